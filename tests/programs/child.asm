; CHILD.COM: what PARENT.COM runs. Tells what it was given, writes through the handle it
; inherited, tries the one it did not, leaves a file open and ends with exit code 7.
;   nasm -f bin -o child.com child.asm

        cpu     8086
        org     100h

        mov     dx, 81h                         ; the command tail
        mov     cl, [80h]
        xor     ch, ch
        call    print
        mov     dx, 5Ch + 1                     ; the FCBs
        mov     cx, 11
        call    print
        mov     dx, 6Ch + 1
        mov     cx, 11
        call    print

        mov     es, [2Ch]                       ; all of the environment, and our name behind it
        xor     di, di
        xor     al, al
        cld
.next:  mov     cx, 0FFFFh
        repne   scasb
        cmp     [es:di], al
        jne     .next
        add     di, 3
        mov     cx, 0FFFFh
        push    di
        repne   scasb
        lea     cx, [di - 1]
        pop     di
        push    es
        pop     ds
        push    di
        push    cx
        xor     dx, dx
        lea     cx, [di - 4]                    ; up to the two zeros
        call    print
        pop     cx
        pop     dx
        sub     cx, dx
        call    print
        push    cs
        pop     ds

        mov     dx, note
        mov     cx, note_size
        mov     bx, 5
        mov     ah, 40h
        int     21h
        mov     dx, note
        mov     cx, note_size
        mov     bx, 6
        mov     ah, 40h
        int     21h
        jnc     .end
        cmp     ax, 6
        jne     .end
        mov     dx, closed
        mov     cx, closed_size
        call    print

        mov     dx, left_open
        xor     cx, cx
        mov     ah, 3Ch
        int     21h
        mov     bx, ax
        mov     dx, note
        mov     cx, note_size
        mov     ah, 40h
        int     21h
.end:   mov     ax, 4C07h
        int     21h

print:                                          ; DS:DX, CX: a line
        mov     bx, 1
        mov     ah, 40h
        int     21h
        push    ds
        push    cs
        pop     ds
        mov     dx, new_line
        mov     cx, 2
        mov     ah, 40h
        int     21h
        pop     ds
        ret

note:           db "the child was here"
note_size       equ $ - note
closed:         db "handle 6 is closed"
closed_size     equ $ - closed
new_line:       db 13, 10
left_open:      db "CHILD.TMP", 0
