; The liturgy that leaves by its own creed: 40 bytes, and two of patience before them.
;
;       nasm -f bin -o by_its_own_creed.bin by_its_own_creed.asm
;
; It does what the canon does (see liturgy.asm) but has no exit of its own. The five sacred bytes
; it verifies by are also the last it executes: `dec byte [di]`, one less, and `retf`, out.
;
; Entered as the canon is, and one thing more: the far return address PSP:0000 on the stack,
; where the program segment prefix has its `int 20h`.

        cpu     8086
        bits    16
        org     108h

name    equ     7E00h
buffer  equ     0400h

        nop                             ; the canon's length, and its place for the creed
        nop

        mov     dx, name                ; (1) open
        mov     ax, 3D00h
        int     21h
        xchg    ax, bx

        mov     ah, 3Fh                 ; (2) read
        mov     dh, buffer >> 8
        mov     cx, dx
        int     21h

        inc     ax                      ; (3) verify
        mov     di, ax
        mov     si, creed
        repe    cmpsb

        xchg    ax, di                  ; (4) overwrite with 00
        rep     movsw

        add     ax, 3CFAh               ; (5) delete
        mov     dh, name >> 8
        int     21h

creed:  db      0FEh, 0Dh               ; (6) dec byte [di], which is past the buffer
        db      0CAh, 7Fh, 80h          ;     retf 807Fh: to PSP:0000, and its int 20h
