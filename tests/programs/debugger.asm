; DEBUGGER.COM: loads itself as a child with a command tail (4B01h), looks at what it got, gives
; the child what belongs into the registers and jumps to it. When the child has ended, with exit
; code 9, DOS comes back behind the call that loaded it.
;   nasm -f bin -o debugger.com debugger.asm

        cpu     8086
        org     100h
%include "print.inc"

        cmp     byte [80h], 0
        jne     child

        mov     sp, stack
        mov     bx, (stack - $$ + 100h + 15) / 16
        mov     ah, 4Ah
        int     21h
        mov     ax, cs
        mov     [block + 4], ax
        mov     [block + 8], ax
        mov     [block + 12], ax
        mov     dx, program
        mov     bx, block
        mov     ax, 4B01h
        int     21h
        push    cs                              ; twice: when it is loaded, and when it has ended
        pop     ds
        jc      failed
        cmp     byte [launched], 0
        jne     ended

        inc     byte [launched]
        mov     ah, 51h
        int     21h                             ; the child's PSP is the current one
        mov     es, bx
        cmp     bx, [entry + 2]
        jne     wrong
        cmp     bx, [child_stack + 2]
        jne     wrong
        mov     ax, cs
        cmp     [es:16h], ax                    ; we are its parent
        jne     wrong
        say     {"loaded, IP="}
        hex     [entry]
        say     {", the word to be AX is "}
        les     di, [child_stack]
        hex     [es:di]
        say     {", below it "}
        hex     [es:di + 2]
        line

        cli
        mov     ss, [child_stack + 2]
        mov     sp, [child_stack]
        sti
        pop     ax
        mov     es, [entry + 2]
        push    es
        pop     ds
        jmp     far [cs:entry]

child:  hex     ax
        say     {" in the child", 13, 10}
        mov     ax, 4C09h
        int     21h

ended:  mov     ah, 51h
        int     21h
        mov     ax, cs
        cmp     bx, ax
        jne     wrong
        mov     ah, 4Dh
        int     21h
        say     {"it ended with "}
        hex     ax
        line
        mov     ax, 4C00h
        int     21h

failed: say     {"error "}
        hex     ax
wrong:  mov     ax, 4C01h
        int     21h

        printing

program:        db "DEBUGGER.COM", 0
tail:           db 6, " child", 13
no_drive:       db 25, "NAME    EXT"            ; Y:
no_name:        db 0, "           "
launched:       db 0
block:          dw 0, tail, 0, no_drive, 0, no_name, 0
child_stack:    dw 0, 0
entry:          dw 0, 0
                times 96 db 0
stack:
