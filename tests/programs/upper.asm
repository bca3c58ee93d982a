; A filter: standard input in capitals to standard output.

        cpu 8086
        org 100h

next:   mov ah, 3Fh
        xor bx, bx
        mov cx, 1
        mov dx, letter
        int 21h
        jc done
        or ax, ax
        jz done
        mov al, [letter]
        cmp al, 'a'
        jb show
        cmp al, 'z'
        ja show
        sub byte [letter], 20h
show:   mov ah, 40h
        mov bx, 1
        mov cx, bx
        int 21h
        jmp next
done:   mov ax, 4C00h
        int 21h

letter: db 0
