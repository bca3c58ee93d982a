; Shows what a parent hands over: the command tail in brackets, the names in the two FCBs.

        cpu 8086
        org 100h

        mov dx, left
        mov ah, 9
        int 21h
        mov ah, 40h
        mov bx, 1
        mov cl, [80h]
        xor ch, ch
        mov dx, 81h
        int 21h
        mov dx, 5Ch
        call fcb
        mov dx, 6Ch
        call fcb
        mov dx, right
        mov ah, 9
        int 21h
        mov ax, 4C00h
        int 21h

fcb:    push dx
        mov dx, middle
        mov ah, 9
        int 21h
        pop dx
        mov bx, dx
        add byte [bx], '0'
        mov ah, 40h
        mov bx, 1
        mov cx, 12
        int 21h
        ret

left:   db '[$'
middle: db '] [$'
right:  db ']', 13, 10, '$'
