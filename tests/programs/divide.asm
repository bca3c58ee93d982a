; DIVIDE.COM: divides by zero 200 times and goes on, thanks to an INT 0 of its own.
; Ends with the number of divide errors.
;   nasm -f bin -o divide.com divide.asm

        cpu     8086
        org     100h

        mov     dx, handler
        mov     ax, 2500h
        int     21h
        mov     si, 200
        xor     cx, cx
again:  mov     ax, 1
        int     0                               ; by hand: IP is behind it already
        div     cl                              ; a fault: IP is at it
        dec     si
        jnz     again
        mov     al, [errors]
        mov     ah, 4Ch
        int     21h

handler:
        push    bp
        push    bx
        mov     bp, sp
        mov     bx, [bp + 4]
        cmp     word [cs:bx], 0F1F6h            ; div cl
        jne     .done
        cmp     byte [cs:by_hand], 0
        je      .by_hand
        add     word [bp + 4], 2
        inc     byte [cs:errors]
        mov     byte [cs:by_hand], 0
        jmp     .done
.by_hand:
        inc     byte [cs:by_hand]
.done:  pop     bx
        pop     bp
        iret

by_hand: db     0
errors: db      0
