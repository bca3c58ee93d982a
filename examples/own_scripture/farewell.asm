; FAREWELL.COM: a reader of scriptures, for DOS 2.0 and later, on an 8086.
;
;       FAREWELL NAME
;
; A true scripture is gone afterwards, from memory and from the disk: exit code 0. It is a
; gentle reader: anything else is left alone, and the exit code is 1.
;
; Build: nasm -f bin -o FAREWELL.COM farewell.asm

        cpu 8086
        bits 16
        org 100h                        ; DOS loads a .COM program here: CS=DS=ES=SS=PSP

SIZE            equ 1023                ; of a scripture
TAIL_LENGTH     equ 80h                 ; in the PSP: how long the command line is,
TAIL            equ 81h                 ;   and its text

        ; The name is the command line without the blanks before it.
        cld
        mov bl,[TAIL_LENGTH]
        mov bh,0
        mov [bx+TAIL],bh                ; DOS wants names to end with a zero
        mov si,TAIL
skip_blank:
        lodsb
        cmp al,' '
        je skip_blank
        dec si
        mov bp,si                       ; BP = the name, BX = the handle, from here on

        mov dx,bp
        mov ax,3D02h                    ; DOS 3Dh: open, for reading and writing
        int 21h
        jc leave_alone
        mov bx,ax

        ; It must be as long as a scripture: read one byte more, and do not get it.
        mov dx,text
        mov cx,SIZE+1
        mov ah,3Fh                      ; DOS 3Fh: read
        int 21h
        jc leave_alone
        cmp ax,SIZE
        jne leave_alone

        ; It must begin with the creed.
        mov si,text
        mov di,creed
        mov cx,creed_end-creed
        repe cmpsb
        jne leave_alone

        ; It must sum to 0.
        mov si,text
        mov cx,SIZE
        mov ah,0
add_byte:
        lodsb
        add ah,al
        loop add_byte
        test ah,ah
        jnz leave_alone

        ; Zero it in memory, and with these zeros on the disk.
        mov di,text
        mov cx,SIZE
        mov al,0
        rep stosb
        xor cx,cx
        xor dx,dx
        mov ax,4200h                    ; DOS 42h: seek, from the start
        int 21h
        jc leave_alone
        mov dx,text
        mov cx,SIZE
        mov ah,40h                      ; DOS 40h: write
        int 21h
        jc leave_alone
        cmp ax,cx
        jne leave_alone

        ; Then let it go.
        mov ah,3Eh                      ; DOS 3Eh: close
        int 21h
        jc leave_alone
        mov dx,bp
        mov ah,41h                      ; DOS 41h: delete
        int 21h
        jc leave_alone
        mov dx,farewell
        mov ah,9                        ; DOS 09h: print, up to the $
        int 21h
        mov ax,4C00h                    ; DOS 4Ch: end with exit code 0
        int 21h

leave_alone:
        mov ax,4C01h                    ; DOS closes what is still open
        int 21h

creed           db 0FEh,0Dh,0CAh,7Fh,80h,0A9h,5Ch,5Ch
creed_end:
farewell        db "Farewell.",13,10,"$"

section .bss
text            resb SIZE+1
