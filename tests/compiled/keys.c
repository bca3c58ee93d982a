/* Read keys one by one until Enter; those without a character are shown by their scan codes. */
#include <stdio.h>

extern int getch(); /* returns what INT 16h does: scan code and character */

int main(void)
{
    int key, count = 0;
    while (((key = getch()) & 0xFF) != '\r') {
        if (key & 0xFF)
            printf("%c", key & 0xFF);
        else
            printf("<%d>", key >> 8);
        count++;
    }
    printf("\n");
    return count;
}
