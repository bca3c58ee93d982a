; PIECES.COM: reads pieces of code of three bytes from PIECES.BIN, one over the other, calls
; each, and ends with the sum of what they returned in AL.
;   nasm -f bin -o pieces.com pieces.asm

        cpu     8086
        org     100h

        mov     dx, name
        mov     ax, 3D00h
        int     21h
        mov     bx, ax
next:   mov     dx, piece
        mov     cx, 3
        mov     ah, 3Fh
        int     21h
        or      ax, ax
        jz      done
        call    piece
        add     [sum], al
        jmp     next
done:   mov     al, [sum]
        mov     ah, 4Ch
        int     21h

piece:  times   3 db 0
sum:    db      0
name:   db      "PIECES.BIN", 0
