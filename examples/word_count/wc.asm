; WC.COM: counts lines, words and bytes. For DOS 2.0 and later, on an 8086.
;
;       WC NAME         count the file NAME
;       WC              count standard input: WC < LETTER.TXT, or DIR | WC
;       WC /?           usage
;
; Prints one line: LINES WORDS BYTES NAME. A line ends with a line feed; a word is what stands
; between blanks, and a blank is the space or whatever comes before it in the character set.
;
; The program does one thing after the other, and is written in that order:
;
;       1. the command line     is there a name?
;       2. open                 the file of that name
;       3. count                block by block, to its end
;       4. print                three numbers and the name
;
; Build: nasm -f bin -o WC.COM wc.asm

        cpu 8086
        bits 16
        org 100h                        ; DOS loads a .COM program here: CS=DS=ES=SS=PSP

CR              equ 13
LF              equ 10

STDIN           equ 0                   ; handles that DOS has opened for every program
STDOUT          equ 1
STDERR          equ 2

COUNTED         equ 0                   ; exit codes
NOT_COUNTED     equ 1
WRONG_USAGE     equ 2

TAIL            equ 81h                 ; in the PSP: the command line, up to a CR
BLOCK_SIZE      equ 16*1024


; ---- 1. The command line ---------------------------------------------------------------

start:
        cld
        mov bx,STDIN                    ; what is counted if no file is named
        mov si,TAIL
find_name:
        lodsb
        cmp al,CR
        je count
        cmp al,' '
        jbe find_name
        cmp al,'/'
        je switch
        dec si
        mov [name],si
find_its_end:
        lodsb
        cmp al,' '
        ja find_its_end
        mov byte [si-1],0               ; DOS wants names to end with a zero
find_more:
        cmp al,CR
        je open
        lodsb
        cmp al,' '
        jbe find_more
wrong_usage:                            ; a second name
        mov bx,STDERR
        mov al,WRONG_USAGE
        jmp print_usage

switch:
        cmp byte [si],'?'
        jne wrong_usage
        mov bx,STDOUT
        mov al,COUNTED
print_usage:
        mov dx,usage
        mov cx,usage_end-usage
        jmp print_and_exit


; ---- 2. Open ---------------------------------------------------------------------------
; BX holds the handle from here on. DOS preserves every register it does not answer in.

open:
        mov si,cannot_open
        mov dx,[name]
        mov ax,3D00h                    ; DOS 3Dh: open, for reading
        int 21h
        jc complain
        mov bx,ax


; ---- 3. Count --------------------------------------------------------------------------
; DI = 1 behind a blank, where the next letter begins a word; 0 inside a word. Texts may be
; longer than 65535 bytes: all counters have 32 bits.

count:
        mov di,1
count_block:
        mov dx,block
        mov cx,BLOCK_SIZE
        mov ah,3Fh                      ; DOS 3Fh: read
        int 21h
        mov si,cannot_read
        jc complain
        mov cx,ax                       ; so many bytes were read; none at the end
        jcxz close
        add [bytes],ax
        adc word [bytes+2],0
        mov si,block
count_byte:
        lodsb
        cmp al,' '
        ja letter
        mov di,1
        cmp al,LF
        jne next_byte
        add word [lines],1
        adc word [lines+2],0
        jmp next_byte
letter:
        add [words],di
        adc word [words+2],0
        xor di,di
next_byte:
        loop count_byte
        jmp count_block

close:
        mov ah,3Eh                      ; DOS 3Eh: close
        int 21h


; ---- 4. Print --------------------------------------------------------------------------
; DI goes through the line as it is written.

        mov di,line
        mov si,lines
        call append_number
        mov al,' '
        stosb
        mov si,words
        call append_number
        mov al,' '
        stosb
        mov si,bytes
        call append_number
        mov si,[name]
        cmp byte [si],0
        je counted
        mov al,' '
        stosb
        call append_text
counted:
        mov bx,STDOUT
        mov al,COUNTED

; End the line, print it and leave. AL = the exit code, BX = the handle, DI = the line's end.
print_line_and_exit:
        mov word [di],CR+LF*256
        mov dx,line
        lea cx,[di+2]
        sub cx,dx

; Print and leave. AL = the exit code, BX = the handle, CX bytes from DX on.
print_and_exit:
        push ax
        mov ah,40h                      ; DOS 40h: write
        int 21h
        pop ax
        mov ah,4Ch                      ; DOS 4Ch: end with exit code AL
        int 21h

; Say what went wrong with the file, and leave. SI = what went wrong.
complain:
        mov di,line
        call append_text
        mov si,[name]
        call append_text
        mov bx,STDERR
        mov al,NOT_COUNTED
        jmp print_line_and_exit


; ---- Subroutines -----------------------------------------------------------------------

; Append the text at SI (ASCIIZ) to the line. DI moves behind it.
append_text:
        lodsb
        test al,al
        jz appended
        stosb
        jmp append_text
appended:
        ret

; Append the 32-bit number at SI to the line, decimal. DI moves behind it.
append_number:
        mov ax,[si]
        mov dx,[si+2]
        mov bx,10
        xor cx,cx                       ; counts the digits
get_digit:                              ; DX:AX / 10, in two steps so that nothing overflows
        xchg ax,si                      ; SI = low word
        xchg ax,dx                      ; AX = high word
        xor dx,dx
        div bx                          ; AX = high word of the quotient
        xchg ax,si                      ; keep it in SI; AX = low word
        div bx                          ; AX = low word of the quotient, DX = the digit
        push dx                         ; the last digit comes first: the stack turns them round
        inc cx
        mov dx,si
        or si,ax
        jnz get_digit
put_digit:
        pop ax
        add al,'0'
        stosb
        loop put_digit
        ret


; ---- Data ------------------------------------------------------------------------------

name            dw no_name              ; what is counted (ASCIIZ), as the user wrote it
no_name         db 0

lines           dd 0
words           dd 0
bytes           dd 0

cannot_open     db "WC: cannot open ",0
cannot_read     db "WC: cannot read ",0

usage           db "WC counts lines, words and bytes.",CR,LF
                db CR,LF
                db "  WC NAME   count the file NAME",CR,LF
                db "  WC        count standard input",CR,LF
                db "  WC /?     show this text",CR,LF
usage_end:

section .bss                            ; not in the file: what is here need not be zero
line            resb 256
block           resb BLOCK_SIZE
