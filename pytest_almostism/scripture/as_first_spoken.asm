; The liturgy as it was first spoken: 43 bytes that were to be 42. A specimen; it does not work.
;
;       nasm -f bin -o as_first_spoken.bin as_first_spoken.asm
;
; It opens, reads, verifies and deletes nothing. With a name at 7E00 it loops for ever; with a zero
; there it writes over itself while it runs, and what remains depends on the processor.

        cpu     8086
        bits    16
        org     108h

        mov     ax, 002Eh
        mov     bx, 7E00h               ; the name
next:   mov     al, [bx]
        inc     bx
        cmp     al, 0
        jne     next + 1                ; into the middle of the mov: `pop es`, `inc bx`, and again

        mov     di, si                  ; SI was never set
        xor     ax, ax
        xor     bx, bx
        xor     dx, dx
        mov     cx, 0400h
        rep     stosb                   ; from the image's start if SI is 0100h: over this very code

        xor     ax, ax
        mov     al, 3Ch                 ; AH is 0: not `create` but `terminate`
        int     21h

        xor     ax, ax
        push    ax
        mov     ax, 4C00h
        int     21h

        xor     al, al
        ret
