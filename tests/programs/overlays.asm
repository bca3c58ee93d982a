; OVERLAYS.COM: writes two overlays, loads them by 4B03h into memory of its own, and calls them.
; OVERLAY.BIN is code for offset 0; OVERLAY.EXE has a header and a relocated word, to which a
; factor is added that is not where it is loaded.
;   nasm -f bin -o overlays.com overlays.asm

        cpu     8086
        org     100h
%include "print.inc"

        mov     sp, stack
        mov     bx, (stack - $$ + 100h + 15) / 16
        mov     ah, 4Ah
        int     21h
        mov     bx, 40h
        mov     ah, 48h
        int     21h
        mov     [entry + 2], ax
        mov     [block], ax
        mov     word [block + 2], 1000h

        mov     dx, bin_name
        mov     si, bin
        mov     cx, bin_end - bin
        call    write
        mov     dx, exe_name
        mov     si, exe
        mov     cx, exe_end - exe
        call    write

        mov     dx, bin_name
        call    load
        say     {"the binary overlay: "}
        hex     ax
        line
        mov     dx, exe_name
        call    load
        say     {"the relocated word: "}
        hex     ax
        line
        mov     ah, 51h
        int     21h                             ; no overlay is a program
        mov     ax, cs
        cmp     ax, bx
        jne     failed
        mov     dx, nowhere
        mov     bx, block
        mov     ax, 4B03h
        int     21h
        jnc     failed
        say     {"without a file: error "}
        hex     ax
        line
        mov     ax, 4C00h
        int     21h

load:   push    cs
        pop     es
        mov     bx, block
        mov     ax, 4B03h
        int     21h
        jc      failed
        call    far [entry]
        ret

write:  push    cx
        xor     cx, cx
        mov     ah, 3Ch
        int     21h
        jc      failed
        mov     bx, ax
        pop     cx
        mov     dx, si
        mov     ah, 40h
        int     21h
        mov     ah, 3Eh
        int     21h
        ret

failed: mov     ax, 4C01h
        int     21h

        printing

bin_name:       db "OVERLAY.BIN", 0
exe_name:       db "OVERLAY.EXE", 0
nowhere:        db "NOWHERE.OVL", 0
entry:          dw 0, 0
block:          dw 0, 0

bin:    mov     ax, 0B1Bh
        retf
bin_end:

exe:    db      "MZ"
        dw      (exe_end - exe) % 512, 1, 1, 2  ; last page, pages, relocations, header
        dw      0, 0FFFFh, 0, 0, 0, 0, 0, 1Ch, 0
        dw      word_at - image + 1, 0
.fill:  times   32 - (.fill - exe) db 0
image:
word_at:
        mov     ax, 0234h
        retf
exe_end:
        times   96 db 0
stack:
