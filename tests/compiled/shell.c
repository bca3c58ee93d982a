/* What system() is for: let the shell do it. */
#include "calldos.h"

int main(void)
{
    if (run_command("ECHO hello, shell> OUT.TXT"))
        return 1;
    run_command("COPY OUT.TXT COPY.TXT > NUL");
    run_command("DEL OUT.TXT");
    return run_command("ARGS.COM one two");
}
