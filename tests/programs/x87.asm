; X87.COM: finds the x87 as the BIOS has left it, initialised, and calculates with it.
;   nasm -f bin -o x87.com x87.asm

        cpu     386
        org     100h
%include "print.inc"

        fnstcw  [word_]
        say     {"control word "}
        hex     [word_]
        fnstsw  ax
        say     {", status "}
        hex     ax
        line

        fldpi                                   ; without FINIT
        fimul   word [hundred]
        fistp   dword [number]
        say     {"100 pi is "}
        hex     [number]
        line

        finit
        fild    word [hundred]
        fsqrt
        fld1
        faddp
        fstp    qword [number]
        say     {"sqrt(100) + 1 as a double: "}
        hex     [number + 6]
        hex     [number + 4]
        hex     [number + 2]
        hex     [number]
        line

        fldpi
        fstp    tword [number]
        say     {"pi as it is: "}
        hex     [number + 8]
        hex     [number + 6]
        hex     [number + 4]
        hex     [number + 2]
        hex     [number]
        line

        fld1
        fldz
        fdivp                                   ; masked: infinity
        fxam
        fnstsw  ax
        fstp    st0
        and     ah, 47h
        say     {"1/0 is of class "}
        hex     ax
        line
        mov     ax, 4C00h
        int     21h

        printing

word_:          dw 0
hundred:        dw 100
number:         times 5 dw 0
