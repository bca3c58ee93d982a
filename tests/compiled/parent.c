/* Run ARGS.COM three times, then something that is not there. */
#include "calldos.h"

int main(void)
{
    int i, code = 0;
    static char arguments[40];
    for (i = 1; i <= 3; i++) {
        sprintf(arguments, " child %d", i);
        fflush(stdout);
        code = code * 10 + execute("ARGS.COM", arguments);
    }
    printf("%d %d\n", code, execute("NO.COM", ""));
    return 0;
}
