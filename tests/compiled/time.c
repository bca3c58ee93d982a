/* What time is it? */
#include <stdio.h>
#include <time.h>

int main(void)
{
    printf("%ld\n", time((long *)0));
    return 0;
}
