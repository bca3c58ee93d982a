; PSPS.COM: makes program segment prefixes of its own. The first (26h) is a copy of its own. The
; second (55h) is a child, with the handles that are inherited, and is the current program at
; once; what runs under it ends with exit code 6 and comes back to where its PSP says, with the
; stack as it was when 55h was called. The file it opened is closed then.
;   nasm -f bin -o psps.com psps.asm

        cpu     8086
        org     100h
%include "print.inc"

        mov     sp, stack
        mov     bx, (stack - $$ + 100h + 15) / 16
        mov     ah, 4Ah
        int     21h
        mov     bx, 10h
        mov     ah, 48h
        int     21h
        mov     [copy], ax
        mov     bx, 10h
        mov     ah, 48h
        int     21h
        mov     [child], ax

        mov     word [5Ch], "QQ"                ; to be copied
        mov     dx, handler
        mov     ax, 2523h
        int     21h                             ; the vectors are those of now
        mov     dx, [copy]
        mov     ah, 26h
        int     21h
        mov     es, [copy]
        mov     si, 5Ch
        call    same
        mov     si, 16h                         ; parent
        call    same
        mov     si, 18h                         ; handles
        call    same
        mov     si, 2Ch                         ; environment
        call    same
        mov     si, 02h                         ; end of memory
        call    same
        cmp     word [es:0Eh], handler
        jne     bad
        mov     ax, es
        cmp     [es:36h], ax                    ; its handles are its own
        jne     bad
        mov     ah, 51h
        int     21h
        mov     ax, cs
        cmp     bx, ax                          ; and we are ourselves
        jne     bad
        say     {"26h: a copy", 13, 10}

        mov     dx, shared
        xor     cx, cx
        mov     ah, 3Ch
        int     21h                             ; handle 5, inherited
        mov     dx, shared
        mov     ax, 3D82h
        int     21h                             ; handle 6, not inherited
        mov     dx, [child]
        mov     si, dx
        add     si, 10h
        mov     bp, 1234h
        mov     ah, 55h
        int     21h
        mov     ah, 62h
        int     21h
        cmp     bx, [child]
        jne     bad
        mov     es, bx
        mov     ax, cs
        cmp     [es:16h], ax
        jne     bad
        cmp     word [es:02h], si
        jne     bad
        mov     word [es:0Ah], ended            ; where its end goes
        mov     [es:0Ch], cs
        mov     dx, shared
        mov     ax, 3D00h
        int     21h                             ; its handle 6, since that was not inherited
        cmp     ax, 6
        jne     bad
        mov     bx, 5
        mov     dx, text
        mov     cx, 4
        mov     ah, 40h
        int     21h
        jc      bad
        push    ax                              ; will have been in vain
        mov     ax, 4C06h
        int     21h

bad:    mov     ax, 4C01h
        int     21h

ended:  pushf
        pop     ax
        test    ax, 1
        jnz     bad
        cmp     sp, stack
        jne     bad
        cmp     bp, 1234h
        jne     bad
        mov     ah, 4Dh
        int     21h
        say     {"55h: a child, it ended with "}
        hex     ax
        line
        mov     ah, 51h
        int     21h
        mov     ax, cs
        cmp     bx, ax
        jne     bad
        mov     ax, 4C00h
        int     21h

same:   mov     ax, [si]
        cmp     ax, [es:si]
        jne     bad
        ret

handler:
        iret

        printing

shared: db      "SHARED.TXT", 0
text:   db      "text"
copy:   dw      0
child:  dw      0
        times   96 db 0
        align   16
stack:
