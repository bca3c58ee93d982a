; WIPE NAME: overwrites a file with zeros, closes it, deletes it.
; Exit code 0; 1 if anything went wrong.

        cpu 8086
        org 100h

        mov si,81h              ; the command tail begins with a space
skip:   lodsb
        cmp al,' '
        je skip
        lea dx,[si-1]           ; DX: the name
find:   cmp al,0Dh              ; it ends with the line
        je found
        lodsb
        jmp find
found:  mov byte [si-1],0

        mov ax,3D02h            ; open for reading and writing
        int 21h
        jc failed
        mov bx,ax
        mov si,dx               ; keep the name

        mov ax,4202h            ; to the end: DX:AX = how long it is
        xor cx,cx
        xor dx,dx
        int 21h
        jc failed
        mov di,ax
        mov ax,4200h            ; and back to the start
        xor dx,dx
        int 21h
        jc failed

wipe:   mov cx,di               ; DI: bytes still to be wiped
        jcxz wiped
        cmp cx,zeros.size
        jbe some
        mov cx,zeros.size
some:   mov dx,zeros
        mov ah,40h              ; write
        int 21h
        jc failed
        cmp ax,cx
        jne failed
        sub di,ax
        jmp wipe

wiped:  mov ah,3Eh              ; close
        int 21h
        jc failed
        mov dx,si
        mov ah,41h              ; delete
        int 21h
        jc failed
        mov ax,4C00h
        int 21h

failed: mov ax,4C01h
        int 21h

zeros:  times 512 db 0
.size   equ $-zeros
