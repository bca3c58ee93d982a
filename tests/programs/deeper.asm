; DEEPER.COM: keeps 128 KiB and runs itself until DOS refuses, printing a dot each time. The
; deepest ends with the error code of the refusal, which all others hand up.
;   nasm -f bin -o deeper.com deeper.asm

        cpu     8086
        org     100h

        mov     sp, stack
        mov     bx, 2000h                       ; 128 KiB of 640
        mov     ah, 4Ah
        int     21h
        mov     dl, "."
        mov     ah, 02h
        int     21h

        mov     ax, cs
        mov     [tail_at + 2], ax
        mov     [fcb_at + 2], ax
        mov     [fcb_at + 6], ax
        mov     dx, program
        mov     bx, block
        mov     ax, 4B00h
        int     21h
        jc      refused
        mov     ah, 4Dh
        int     21h
refused:
        mov     ah, 4Ch
        int     21h

program:  db    "DEEPER.COM", 0
block:    dw    0
tail_at:  dw    80h, 0
fcb_at:   dw    5Ch, 0, 6Ch, 0
        times   64 db 0
stack:
