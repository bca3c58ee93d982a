; ADDER.COM: stays in memory and answers INT 60h: AX is BX added, CX how often it was asked.
; Ends with exit code 3.
;   nasm -f bin -o adder.com adder.asm

        cpu     8086
        org     100h

        jmp     install

handler:
        add     ax, bx
        inc     word [cs:asked]
        mov     cx, [cs:asked]
        iret

asked:  dw      0

install:
        mov     dx, handler
        mov     ax, 2560h
        int     21h
        mov     dx, (install - $$ + 100h + 15) / 16
        mov     ax, 3103h
        int     21h
