; INVALID.COM: executes an opcode that there is not, and INT 6, with an INT 6 of its own.
; Ends with the number of times it was called: 3 of each.
;   nasm -f bin -o invalid.com invalid.asm

        cpu     286
        org     100h

        mov     dx, handler
        mov     ax, 2506h
        int     21h
        mov     si, 3
again:  ud2
        nop
        int     6
        dec     si
        jnz     again
        mov     al, [count]
        mov     ah, 4Ch
        int     21h

handler:
        push    bp
        push    bx
        mov     bp, sp
        inc     byte [cs:count]
        mov     bx, [bp + 4]
        cmp     word [cs:bx], 0B0Fh             ; at the invalid opcode: skip it
        jne     .done
        add     word [bp + 4], 2
.done:  pop     bx
        pop     bp
        iret

count:  db      0
