/* Zero the program's own file, close it, delete it. */
#include "calldos.h"
#include <fcntl.h>

extern int open(), write(), close(), unlink();
extern long lseek();

int main(void)
{
    static char path[80], zeros[512];
    long size;
    int file;
    own_path(path);
    if ((file = open(path, O_RDWR)) < 0)
        return 1;
    size = lseek(file, 0L, 2);
    lseek(file, 0L, 0);
    for (; size > 0; size -= sizeof zeros)
        if (write(file, zeros, size < sizeof zeros ? (int)size : sizeof zeros) <= 0)
            return 2;
    close(file);
    if (unlink(path) < 0)
        return 3;
    printf("%s is gone\n", path);
    return 0;
}
