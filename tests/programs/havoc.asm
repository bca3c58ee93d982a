; HAVOC.COM: leaves nothing as it was. Fills registers, coprocessor and every byte of memory, from
; the interrupt vectors to the ROM and beyond 1 MiB, then halts for ever.
;   nasm -f bin -o havoc.com havoc.asm

        cpu     386
        org     100h

        mov     ax, 0A000h                      ; go on where no program lives
        mov     es, ax
        xor     di, di
        mov     si, code
        mov     cx, finis - code
        cld
        rep     movsb
        jmp     0A000h:0

code:   cli
        std
        fninit
        fldpi
        fldz
        mov     eax, 0DEADBEEFh
        mov     ebp, eax
        mov     ebx, eax
        mov     edx, eax
        mov     fs, ax
        mov     gs, ax
        mov     al, 0CCh
        xor     bx, bx
.next:  mov     es, bx
        mov     di, 0FFFFh
        mov     cx, 0FFFFh                      ; all but the first byte of each 64 KiB
        cmp     bx, 0A000h
        jne     .fill
        sub     cx, finis - code                ; all but ourselves
.fill:  rep     stosb
        add     bx, 1000h
        jnz     .next
        mov     bx, 0FFFFh                      ; the high memory area
        mov     es, bx
        mov     di, 0FFFFh
        mov     cx, 0FFF0h
        rep     stosb
        hlt
finis:
