/* Print the arguments, the environment and the program's own path; exit with argc. */
#include "calldos.h"

int main(int argc, char **argv)
{
    static char text[256];
    unsigned offset = 0;
    int i;
    for (i = 1; i < argc; i++)
        printf("argv[%d] %s\n", i, argv[i]);
    while (*next_variable(&offset, text))
        printf("%s\n", text);
    own_path(text);
    printf("%s\n", text);
    return argc;
}
