; Ends with the exit code that its argument says: STATUS 3.

        cpu 8086
        org 100h

        mov si, 81h
        xor ax, ax
next:   mov bl, [si]
        inc si
        cmp bl, ' '
        je next
        sub bl, '0'
        jb done
        cmp bl, 9
        ja done
        mov cl, 10
        mul cl
        add al, bl
        jmp next
done:   mov ah, 4Ch
        int 21h
