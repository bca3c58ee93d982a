; What the system() of a C library does: %COMSPEC% /C and its own command tail. Ends with the
; exit code of that, or 255 if COMMAND.COM cannot be started.

        cpu 8086
        org 100h

        mov sp, top
        mov bx, top + 15
        mov cl, 4
        shr bx, cl
        mov ah, 4Ah                     ; leave room for it
        int 21h

        mov ds, [2Ch]                   ; look for COMSPEC=
        xor si, si
search: cmp byte [si], 0
        je fail
        mov di, comspec
        mov cx, 8
        push si
        repe cmpsb
        pop bx
        je found
        mov si, bx
skip:   lodsb
        or al, al
        jnz skip
        jmp search

found:  mov dx, si                      ; the value: DS:DX
        mov di, tail + 4                ; /C and our own tail behind it
        mov si, 81h
        mov cl, [es:80h]
        xor ch, ch
        inc cx                          ; with its CR
copy:   mov al, [es:si]
        inc si
        stosb
        loop copy
        mov al, [es:80h]
        add al, 3
        mov [es:tail], al
        mov [es:block + 4], es
        mov [es:block + 8], es
        mov [es:block + 12], es
        mov bx, block
        mov ax, 4B00h
        int 21h
        jc fail
        mov ah, 4Dh
        int 21h
        mov ah, 4Ch
        int 21h
fail:   mov ax, 4CFFh
        int 21h

comspec: db 'COMSPEC='
block:  dw 0, tail, 0, 5Ch, 0, 6Ch, 0
tail:   db 0, ' /C'
        times 128 db 0
        times 256 db 0
        align 2, db 0
top:
