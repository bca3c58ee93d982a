; LOGGER.COM: stays in memory with a file open. At every INT 61h it makes its own PSP the current
; one (50h), writes a line to that file, commits it, and gives the caller his PSP back.
;   nasm -f bin -o logger.com logger.asm

        cpu     8086
        org     100h

        jmp     install

handler:
        push    ax
        push    bx
        push    cx
        push    dx
        push    ds
        mov     ah, 51h
        int     21h
        push    bx
        mov     bx, cs
        mov     ah, 50h
        int     21h
        push    cs
        pop     ds
        mov     bx, [log]
        mov     dx, text
        mov     cx, 6
        mov     ah, 40h
        int     21h
        mov     ah, 68h
        int     21h
        pop     bx
        mov     ah, 50h
        int     21h
        pop     ds
        pop     dx
        pop     cx
        pop     bx
        pop     ax
        iret

log:    dw      0
text:   db      "once", 13, 10
name:   db      "LOG", 0

install:
        mov     dx, name
        xor     cx, cx
        mov     ah, 3Ch
        int     21h
        mov     [log], ax
        mov     dx, handler
        mov     ax, 2561h
        int     21h
        mov     dx, (install - $$ + 100h + 15) / 16
        mov     ax, 3100h
        int     21h
