/* Leave deep recursion by longjmp, several times. */
#include <setjmp.h>
#include <stdio.h>

static jmp_buf back;

static int descend(int depth, int bottom)
{
    char here[20];
    here[0] = depth;
    if (depth == bottom)
        longjmp(back, bottom);
    return descend(depth + 1, bottom) + here[0];
}

int main(void)
{
    static int bottoms[] = {1, 10, 200};
    static int i, sum;
    for (i = 0; i < 3; i++) {
        int jumped = setjmp(back);
        if (jumped == 0)
            descend(0, bottoms[i]);
        printf("back from %d\n", jumped);
        sum += jumped;
    }
    return sum;
}
