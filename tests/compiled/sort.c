/* Sort the words of standard input, and look one up. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int compare(char **one, char **other)
{
    return strcmp(*one, *other);
}

static int compare_backwards(char **one, char **other)
{
    return strcmp(*other, *one);
}

int main(int argc, char **argv)
{
    static char *words[300];
    static char word[80];
    int count = 0, i;
    char **found;
    while (count < 300 && scanf("%79s", word) == 1)
        words[count++] = strdup(word);
    qsort(words, count, sizeof *words, compare_backwards); /* that of bcc sorts downwards */
    for (i = 0; i < count; i++)
        printf("%s\n", words[i]);
    found = bsearch(&argv[1], words, count, sizeof *words, compare);
    return found ? found - words : 255;
}
