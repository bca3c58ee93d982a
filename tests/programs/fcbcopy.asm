; FCBCOPY FROM TO: copy a file as programs of CP/M's time did, with the two FCBs that DOS has made
; of the arguments. Exit code 0, 1: no such file, 2: the copy cannot be made, 3: the disk is full.

        cpu     8086
        org     100h

old     equ     5ch                     ; an open FCB runs over the second one, which is moved
records equ     0eh
random  equ     21h
buffer  equ     2000h
length  equ     6000h

        mov     si, 6ch
        mov     di, new
        mov     cx, 12
        cld
        rep     movsb

        mov     bl, 1
        mov     dx, old
        mov     ah, 0fh                 ; open
        int     21h
        or      al, al
        jnz     exit

        inc     bx
        mov     dx, new
        mov     ah, 16h                 ; create
        int     21h
        or      al, al
        jnz     exit

        mov     word [old + records], 1 ; records of one byte
        mov     word [new + records], 1
        xor     ax, ax
        mov     [old + random], ax
        mov     [old + random + 2], ax
        mov     dx, buffer
        mov     ah, 1ah                 ; set disk transfer address
        int     21h

        inc     bx
again:  mov     cx, length
        mov     dx, old
        mov     ah, 27h                 ; random block read
        int     21h
        jcxz    done
        mov     dx, new
        mov     ah, 28h                 ; random block write
        int     21h
        or      al, al
        jz      again
        jmp     short close

done:   mov     bl, 0
close:  mov     dx, new
        mov     ah, 10h                 ; close
        int     21h
        mov     dx, old
        mov     ah, 10h
        int     21h
exit:   mov     al, bl
        mov     ah, 4ch
        int     21h

new:    times 37 db 0
