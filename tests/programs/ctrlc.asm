; CTRLC.COM: echoes what is typed up to a q; its INT 23h prints a ! and lets DOS go on.
;   nasm -f bin -o ctrlc.com ctrlc.asm

        cpu     8086
        org     100h

        mov     dx, handler
        mov     ax, 2523h
        int     21h
next:   mov     ah, 08h
        int     21h
        mov     dl, al
        mov     ah, 02h
        int     21h
        cmp     dl, "q"
        jne     next
        ret

handler:
        push    ax
        push    dx
        mov     dl, "!"
        mov     ah, 02h
        int     21h
        pop     dx
        pop     ax
        iret
