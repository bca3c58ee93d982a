; RELOCATE.EXE: three segments that know of each other only by relocated words.
; Prints a text of its data segment, calls a procedure in its second code segment, which returns
; in AL what it found in the command tail's length byte, and ends with that as its exit code.
;   nasm -f bin -o relocate.exe relocate.asm

        cpu     8086

header: db      "MZ"
        dw      (finis - header) % 512
        dw      (finis - header + 511) / 512
        dw      2                               ; relocations
        dw      (image - header) / 16
        dw      10h, 0FFFFh                     ; paragraphs behind the image: least, most
        dw      (finis - image + 15) / 16, 100h ; SS:SP, behind the image
        dw      0
        dw      start - main, (main - image) / 16
        dw      relocations - header
        dw      0

relocations:
        dw      to_data - image, 0
        dw      to_far - image, 0
        align   16, db 0

image:
second: mov     al, [es:80h]                    ; ES is the PSP
        retf
        align   16, db 0

main:   dw      0DEADh                          ; the entry is not the segment's beginning
start:  mov     ax, (data - image) / 16
to_data equ     $ - 2
        mov     ds, ax
        mov     dx, text - data
        mov     ah, 09h
        int     21h
        call    (second - image) / 16:0
to_far  equ     $ - 2
        mov     ah, 4Ch
        int     21h
        align   16, db 0

data:   db      0
text:   db      "relocated", 13, 10, "$"
finis:
