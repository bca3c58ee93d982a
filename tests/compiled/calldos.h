/* What the C library of bcc lacks of DOS, by way of its int86x(). */

#include <dos.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DTA 0x80 /* where DOS leaves what it finds, unless told otherwise */

extern int int86x();
extern void segread();
extern unsigned __psp, __envseg;

static union REGS in, out;
static struct SREGS segments;

/* INT 21h with the registers of `in`; returns AX, or -1 if the carry flag is set. */
static int dos(int function)
{
    segread(&segments);
    segments.es = segments.ds;
    in.x.ax = function;
    int86x(0x21, &in, &out, &segments);
    return out.x.cflag ? -1 : out.x.ax;
}

/* The same with a path in DS:DX and a word in CX. */
static int dos_path(int function, char *path, int word)
{
    in.x.dx = (unsigned)path;
    in.x.cx = word;
    return dos(function);
}

/* A byte of another segment. */
static int peek(unsigned segment, unsigned offset)
{
    __set_es(segment);
    return __peek_es(offset) & 0xFF;
}

/* The strings of the environment one after another, "" behind the last; then the program's path. */
static char *next_variable(unsigned *offset, char *text)
{
    char *end = text;
    while ((*end++ = peek(__envseg, (*offset)++)) != 0)
        ;
    return text;
}

static void own_path(char *path)
{
    unsigned offset = 0;
    while (*next_variable(&offset, path))
        ;
    offset += 2; /* how many strings follow: one */
    next_variable(&offset, path);
}

/* Run a program as a child; returns its exit code, or -1 if it did not start. */
static int execute(char *path, char *arguments)
{
    static char tail[130];
    static unsigned block[7];
    tail[0] = strlen(arguments);
    strcpy(tail + 1, arguments);
    tail[strlen(arguments) + 1] = '\r';
    segread(&segments);
    block[0] = 0;
    block[1] = (unsigned)tail;
    block[3] = 0x5C;
    block[5] = 0x6C;
    block[2] = block[4] = block[6] = segments.ds;
    in.x.bx = (unsigned)block;
    if (dos_path(0x4B00, path, 0) < 0)
        return -1;
    return dos(0x4D00) & 0xFF;
}

/* The value of a variable of the environment; "" if there is none. */
static char *variable(char *name, char *text)
{
    unsigned offset = 0;
    while (*next_variable(&offset, text))
        if (!memcmp(text, name, strlen(name)) && text[strlen(name)] == '=')
            return text + strlen(name) + 1;
    return text;
}

/* What C calls system(). */
static int run_command(char *command)
{
    static char text[256], line[128];
    strcpy(line, " /C ");
    strcat(line, command);
    return execute(variable("COMSPEC", text), line);
}
