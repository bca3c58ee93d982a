; PARENT.COM: runs CHILD.COM with a command tail, an environment and FCBs of its own.
; Handle 5 may be inherited, handle 6 may not. Prints how the child ended and whether all of its
; memory came back, and ends with the child's exit code.
;   nasm -f bin -o parent.com parent.asm

        cpu     8086
        org     100h

        mov     sp, stack
        mov     bx, (stack - $$ + 100h + 15) / 16
        mov     ah, 4Ah                         ; give back what is not needed
        int     21h

        mov     dx, shared
        xor     cx, cx
        mov     ah, 3Ch
        int     21h                             ; handle 5
        mov     dx, shared
        mov     ax, 3D82h                       ; both, not inherited
        int     21h                             ; handle 6

        call    largest
        mov     [before], bx

        mov     ax, cs
        mov     [tail_at + 2], ax
        mov     [fcb1_at + 2], ax
        mov     [fcb2_at + 2], ax
        mov     cl, 4
        mov     dx, environment
        shr     dx, cl
        add     ax, dx
        mov     [block], ax
        mov     dx, program
        mov     bx, block
        mov     ax, 4B00h
        int     21h
        jc      failed

        call    largest
        cmp     bx, [before]
        jne     leaked
        mov     dx, kept
        mov     ah, 09h
        int     21h

leaked: mov     ah, 4Dh
        int     21h                             ; AL: exit code, AH: how
        push    ax
        mov     ah, 4Dh
        int     21h                             ; asked again there is nothing
        or      ax, ax
        jz      once
        mov     dx, twice
        mov     ah, 09h
        int     21h
once:   pop     ax
failed: mov     ah, 4Ch
        int     21h

largest:                                        ; -> BX: the largest free block
        mov     bx, 0FFFFh
        mov     ah, 48h
        int     21h
        ret

program:  db    "CHILD.COM", 0
shared:   db    "SHARED.TXT", 0
kept:     db    "memory is as before", 13, 10, "$"
twice:    db    "4Dh tells twice", 13, 10, "$"
tail:     db    8, " one two", 13
fcb1:     db    0, "FIRST   FCB"
fcb2:     db    2, "SECOND  FCB"
before:   dw    0
block:    dw    0
tail_at:  dw    tail, 0
fcb1_at:  dw    fcb1, 0
fcb2_at:  dw    fcb2, 0
        align   16, db 0
environment:
          db    "WHO=parent", 0, 0
        times   256 db 0
stack:
