/* List a directory and all below it: sizes and names, directories in brackets. */
#include "calldos.h"

static long total;

static void list(char *directory, int depth)
{
    char pattern[80], below[80], dta[44];
    int more;
    strcpy(pattern, directory);
    strcat(pattern, "\\*.*");
    in.x.dx = (unsigned)dta;
    dos(0x1A00);
    for (more = dos_path(0x4E00, pattern, 0x10); more >= 0; more = dos(0x4F00)) {
        if (dta[30] != '.') {
            if (dta[21] & 0x10) {
                printf("%*s[%s]\n", depth * 2 + 1, "", dta + 30);
                strcpy(below, directory);
                strcat(below, "\\");
                strcat(below, dta + 30);
                list(below, depth + 1);
            } else {
                printf("%*s%s %ld\n", depth * 2 + 1, "", dta + 30, *(long *)(dta + 26));
                total += *(long *)(dta + 26);
            }
        }
        in.x.dx = (unsigned)dta; /* the recursion has used another one */
        dos(0x1A00);
    }
}

int main(int argc, char **argv)
{
    list(argc > 1 ? argv[1] : ".", 0);
    printf("%ld bytes\n", total);
    return 0;
}
