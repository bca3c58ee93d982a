; RUN.COM NAME [TAIL]: runs a program (4B00h) with a command tail, FCBs made of it (29h) and its
; own environment. Ends with the program's exit code, or says which error kept it from running.
;   nasm -f bin -o run.com run.asm

        cpu     8086
        org     100h
%include "print.inc"

        mov     sp, stack
        mov     bx, (stack - $$ + 100h + 15) / 16
        mov     ah, 4Ah
        int     21h

        mov     si, 82h                         ; the name, behind the first space
        mov     di, name
        cld
.name:  lodsb
        cmp     al, " "
        jbe     .named
        stosb
        jmp     .name
.named: mov     byte [di], 0

        dec     si                              ; the rest, with the space
        mov     di, tail + 1
.tail:  lodsb
        stosb
        cmp     al, 13
        jne     .tail
        lea     ax, [di - tail - 2]
        mov     [tail], al

        mov     si, tail + 1
        mov     di, fcb1
        mov     ax, 2901h
        int     21h
        mov     di, fcb2
        mov     ax, 2901h
        int     21h

        mov     [block + 4], cs
        mov     [block + 8], cs
        mov     [block + 12], cs
        mov     dx, name
        mov     bx, block
        mov     ax, 4B00h
        int     21h
        jc      .failed
        mov     ah, 4Dh
        int     21h
        mov     ah, 4Ch
        int     21h
.failed:
        say     {"error "}
        hex     ax
        line
        mov     ax, 4CFFh
        int     21h

        printing

block:  dw      0, tail, 0, fcb1, 0, fcb2, 0
fcb1:   times   37 db 0
fcb2:   times   37 db 0
name:   times   80 db 0
tail:   times   130 db 0
        times   96 db 0
stack:
