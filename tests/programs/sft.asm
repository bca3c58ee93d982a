; SFT.COM: follows a file through the system file table, as INT 2Fh/1220h and 1216h lead there:
; name, references, mode, device word, size and position, after each of some calls.
;   nasm -f bin -o sft.com sft.asm

        cpu     8086
        org     100h
%include "print.inc"

        mov     dx, name
        mov     cx, 2                           ; hidden
        mov     ah, 3Ch
        int     21h
        mov     [handle], ax
        say     {"created"}
        call    show

        mov     dx, name
        mov     cx, 9
        call    write
        say     {"written"}
        call    show

        mov     bx, [handle]
        mov     ax, 4200h
        xor     cx, cx
        mov     dx, 4
        int     21h
        say     {"moved  "}
        call    show

        mov     bx, [handle]
        mov     ah, 45h
        int     21h
        mov     [second], ax
        say     {"twice  "}
        call    show

        mov     bx, [handle]
        mov     ax, 5701h
        mov     cx, 6000h                       ; 12:00:00
        mov     dx, 1921h                       ; 1992-09-01
        int     21h
        mov     bx, [second]
        mov     ah, 3Eh
        int     21h
        say     {"closed "}
        call    show

        say     {"date "}
        hex     [es:di + 0Fh]
        say     {", time "}
        hex     [es:di + 0Dh]
        say     {", attributes "}
        mov     al, [es:di + 4]
        xor     ah, ah
        hex     ax
        line
        mov     ax, cs
        cmp     [es:di + 31h], ax               ; the owner
        jne     wrong

        mov     bx, [handle]
        mov     ah, 3Eh
        int     21h
        cmp     word [es:di], 0
        jne     wrong

        mov     word [handle], 1                ; standard output
        say     {"output "}
        call    show
        les     di, [es:di + 7]                 ; its driver
        cmp     word [es:di + 10], "CO"
        jne     wrong
        mov     bx, 99                          ; no such handle
        mov     ax, 1220h
        int     2Fh
        jnc     wrong
        cmp     al, 6
        jne     wrong
        mov     bx, 300                         ; no such entry
        mov     ax, 1216h
        int     2Fh
        jnc     wrong
        mov     ax, 4C00h
        int     21h
wrong:  mov     ax, 4C01h
        int     21h

write:  mov     bx, [handle]
        mov     ah, 40h
        int     21h
        ret

show:   mov     bx, [handle]
        mov     ax, 1220h
        int     2Fh
        jc      wrong
        mov     bl, [es:di]
        xor     bh, bh
        mov     ax, 1216h
        int     2Fh
        jc      wrong
        say     {": "}
        lea     si, [di + 20h]
        mov     cx, 11
.name:  mov     dl, [es:si]
        inc     si
        mov     ah, 02h
        int     21h
        loop    .name
        say     {" references "}
        hex     [es:di]
        say     {" mode "}
        hex     [es:di + 2]
        say     {" device "}
        hex     [es:di + 5]
        say     {" size "}
        hex     [es:di + 11h]
        say     {" at "}
        hex     [es:di + 15h]
        line
        ret

        printing

name:           db "FILE.TXT", 0
handle:         dw 0
second:         dw 0
