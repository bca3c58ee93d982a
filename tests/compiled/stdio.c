/* Copy IN.TXT to OUT.TXT with numbered lines, then read and change OUT.TXT at random places. */
#include <stdio.h>

extern long ftell();

int main(void)
{
    static char line[200];
    FILE *in, *out;
    int number = 0, c;
    if (fopen("NO.TXT", "r"))
        return 1;
    if (!(in = fopen("IN.TXT", "rb")))
        return 2;
    if (!(out = fopen("OUT.TXT", "wb")))
        return 3;
    while (fgets(line, sizeof line, in))
        fprintf(out, "%3d  %s", ++number, line);
    fclose(in);
    if (fclose(out))
        return 4;

    if (!(out = fopen("OUT.TXT", "r+b")))
        return 5;
    fseek(out, 5L, 0);
    c = fgetc(out);
    printf("%c, then at %ld\n", c, ftell(out));
    ungetc(c, out);
    if (!fgets(line, sizeof line, out))
        return 6;
    printf("%.5s\n", line);
    fseek(out, -2L, 2);
    c = fgetc(out);
    printf("%d at the end\n", c);
    fseek(out, 5L, 0);
    fputs("FIRST", out);
    fclose(out);
    fprintf(stderr, "done\n");
    return number;
}
