; PREFIXES.COM: writes to standard output the registers it began with (AX BX CX DX SI DI BP SP, CS
; DS ES SS), its PSP, its parent's, and the twelve words that its parent's stack pointer (2Eh)
; points to: what an INT 21h leaves there.
;   nasm -f bin -o prefixes.com prefixes.asm

        cpu     8086
        org     100h

        mov     [registers], ax
        mov     [registers + 2], bx
        mov     [registers + 4], cx
        mov     [registers + 6], dx
        mov     [registers + 8], si
        mov     [registers + 10], di
        mov     [registers + 12], bp
        mov     [registers + 14], sp
        mov     [registers + 16], cs
        mov     [registers + 18], ds
        mov     [registers + 20], es
        mov     [registers + 22], ss
        mov     dx, registers
        mov     cx, 24
        call    write
        xor     dx, dx
        mov     cx, 100h
        call    write
        mov     ds, [16h]
        xor     dx, dx
        mov     cx, 100h
        call    write
        lds     dx, [2Eh]
        mov     cx, 24
        call    write
        mov     ax, 4C00h
        int     21h

write:  mov     bx, 1
        mov     ah, 40h
        int     21h
        ret

registers:
        times   12 dw 0
