; ORPHAN.COM: is its own parent for a while. Its end comes back to where its PSP says, it keeps
; its memory and its files. Then it gives its parent back, and ends with exit code 4.
;   nasm -f bin -o orphan.com orphan.asm

        cpu     8086
        org     100h

        mov     dx, name
        xor     cx, cx
        mov     ah, 3Ch
        int     21h
        mov     [handle], ax
        push    word [16h]
        push    word [0Ah]
        push    word [0Ch]
        mov     [old_sp], sp
        mov     [16h], cs
        mov     word [0Ah], again
        mov     [0Ch], cs
        mov     si, 1234h
        mov     ax, 4C09h
        int     21h

again:  cmp     sp, [old_sp]
        jne     wrong
        cmp     si, 1234h
        jne     wrong
        mov     bx, [handle]
        mov     dx, name
        mov     cx, 4
        mov     ah, 40h
        int     21h
        jc      wrong
        mov     ah, 4Dh
        int     21h
        cmp     ax, 9
        jne     wrong
        pop     word [0Ch]
        pop     word [0Ah]
        pop     word [16h]
        mov     ax, 4C04h
        int     21h
wrong:  mov     ax, 4C01h
        int     21h

name:   db      "KEPT", 0
handle: dw      0
old_sp: dw      0
