; RUNNER.COM: run the programs of a list one after another, each in a directory of its own with
; standard input and output redirected to files, and write down how each of them ended.
; Assemble with: nasm -f bin -o runner.com runner.asm
;
; C:\LIST holds records, a program each. Of every program four bytes are written: zero, or FFFFh if
; EXEC failed; then EXEC's error code, or what INT 21h/4Dh says of the program's end.

        cpu 8086
        org 100h

        struc record
.directory      resb 32         ; where the program works, ASCIIZ
.input          resb 32         ; the file that is its standard input
.output         resb 32         ; the file that is made of its standard output
.ending         resb 32         ; the file that tells how it ended
.program        resb 32         ; where it is
.tail           resb 128        ; its command tail: length, text, CR
        endstruc

JFT     equ 18h                 ; the handle table in the PSP
CLOSED  equ 0FFh

        mov sp, stack
        mov bx, (stack + 15) / 16
        mov ah, 4Ah             ; all memory but our own is for the programs
        int 21h

next:
        mov dx, list
        mov ax, 3D00h           ; closed again before the program starts: its handles are its own
        int 21h
        jc done
        mov bx, ax
        mov ax, [index]
        inc word [index]
        mov cx, record_size
        mul cx
        mov cx, dx
        mov dx, ax
        mov ax, 4200h
        int 21h
        mov cx, record_size
        mov dx, current
        mov ah, 3Fh
        int 21h
        push ax
        mov ah, 3Eh
        int 21h
        pop ax
        cmp ax, record_size
        jne done
        call run
        jmp next

done:
        mov ax, 4C00h
        int 21h

run:
        mov dx, current + record.directory
        mov ah, 3Bh
        int 21h
        mov dx, current + record.input
        mov ax, 3D00h
        int 21h
        mov bx, ax
        mov al, CLOSED
        xchg al, [JFT + bx]     ; what the new handle stands for becomes handle 0
        xchg al, [JFT]
        mov [standard], al
        mov dx, current + record.output
        xor cx, cx
        mov ah, 3Ch
        int 21h
        mov bx, ax
        mov al, CLOSED
        xchg al, [JFT + bx]
        xchg al, [JFT + 1]
        mov [standard + 1], al

        mov di, vectors         ; what programs do to them is theirs alone
        xor si, si
        mov ds, si
        mov cx, 200h
        cld
        rep movsw
        push cs
        pop ds

        mov [block + 4], cs
        mov [block + 8], cs
        mov [block + 12], cs
        mov si, current + record.tail + 1
        mov di, fcb1
        mov ax, 2901h
        int 21h
        mov di, fcb2
        mov ax, 2901h
        int 21h
        mov dx, current + record.program
        mov bx, block
        mov ax, 4B00h
        int 21h
        mov cx, cs              ; DOS 2 gave nothing back but CS:IP
        mov ds, cx
        mov es, cx
        mov ss, cx
        mov sp, stack - 2       ; below it: where `run` returns to
        cld
        sbb dx, dx
        mov [ended], dx
        mov [ended + 2], ax
        mov si, vectors
        xor di, di
        mov es, di
        mov cx, 200h
        cli
        rep movsw
        sti
        push cs
        pop es
        or dx, dx
        jnz restore
        mov ah, 4Dh
        int 21h
        mov [ended + 2], ax

restore:
        xor bx, bx
        mov ah, 3Eh
        int 21h
        mov bx, 1
        mov ah, 3Eh
        int 21h
        mov ax, [standard]
        mov [JFT], ax
        push cs
        pop ds
        mov dx, root
        mov ah, 3Bh
        int 21h
        mov dl, 2               ; C:
        mov ah, 0Eh
        int 21h
        mov dx, current + record.ending
        xor cx, cx
        mov ah, 3Ch
        int 21h
        mov bx, ax
        mov dx, ended
        mov cx, 4
        mov ah, 40h
        int 21h
        mov ah, 3Eh
        int 21h
        ret

list:   db "C:\LIST", 0
root:   db "C:\", 0
index:  dw 0
standard: dw 0
block:  dw 0                    ; for EXEC: our environment,
        dw current + record.tail, 0
        dw fcb1, 0
        dw fcb2, 0
fcb1:   times 37 db 0
fcb2:   times 37 db 0

        absolute 100h + $ - $$
ended:  resb 4
vectors: resb 400h
current: resb record_size
        resb 512
stack:
