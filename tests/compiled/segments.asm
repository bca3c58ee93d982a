; SEGMENTS.EXE: code in two segments, three segments of data, relocations that tie them together,
; and enough repetition for a packer to bite on. Prints a line of every segment and ends with the
; number of the characters it printed, modulo 256.
;   nasm -f bin -o segments.exe segments.asm

        cpu     8086

%define segment_of(label) ((label - image) / 16)

header: db      "MZ"
        dw      (finis - header) % 512
        dw      (finis - header + 511) / 512
        dw      (relocated - relocations) / 4
        dw      (image - header) / 16
        dw      20h, 0FFFFh                     ; paragraphs behind the image: least, most
        dw      segment_of(finis) + 1, 200h     ; SS:SP
        dw      0
        dw      start - main, segment_of(main)
        dw      relocations - header
        dw      0

relocations:
        dw      first_text - main, segment_of(main)
        dw      second_text - main, segment_of(main)
        dw      third_text - main, segment_of(main)
        dw      far_call - main, segment_of(main)
relocated:
        align   16, db 0

image:
main:   dw      0
start:  xor     bp, bp
        mov     cx, 3
        mov     si, texts - main
next:   cs lodsw
        mov     ds, ax
        call    segment_of(far_code):0
far_call equ    $ - 2
        loop    next
        mov     ax, bp
        mov     ah, 4Ch
        int     21h
texts:
first_text:  dw segment_of(first)
second_text: dw segment_of(second)
third_text:  dw segment_of(third)
        align   16, db 0

far_code:                                       ; write the text at DS:0 up to its dollar
        xor     dx, dx
        mov     ah, 09h
        int     21h
        mov     bx, dx
count:  cmp     byte [bx], "$"
        je      counted
        inc     bx
        inc     bp
        jmp     count
counted: retf
        align   16, db 0

first:  db      "the first segment", 13, 10, "$"
        times   100 db "nothing but filling, "
        align   16, db 0
second: db      "the second segment", 13, 10, "$"
        times   200 db "more of the same. "
        align   16, db 0
third:  db      "the third segment", 13, 10, "$"
        times   4000 db 0
        align   16, db 0
finis:
