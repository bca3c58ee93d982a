/* Allocate until there is no more, in the program's segment and beyond; free it; do it again. */
#include <dos.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK 1000

static int take(char **list)
{
    int count = 0;
    char *block;
    list[0] = 0;
    while ((block = malloc(BLOCK)) != 0) {
        memset(block, 0xA5, BLOCK);
        *(char **)block = list[0];
        list[0] = block;
        count++;
    }
    return count;
}

int main(void)
{
    char *list, *next;
    int first, second, segments = 0;
    first = take(&list);
    while (list) {
        next = *(char **)list;
        free(list);
        list = next;
    }
    second = take(&list);
    while (__segalloc(0x1000))
        segments++;
    printf("%d %d %d\n", first, second, segments);
    return first == second ? 0 : 1;
}
