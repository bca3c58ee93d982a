; SYSVARS.COM: makes a directory its current one and walks through what the list of lists (INT
; 21h/52h) leads to: the memory blocks, the devices, the drives.
;   nasm -f bin -o sysvars.com sysvars.asm

        cpu     8086
        org     100h
%include "print.inc"

        mov     dx, directory
        mov     ah, 39h
        int     21h
        mov     dx, directory
        mov     ah, 3Bh
        int     21h
        mov     ah, 52h
        int     21h
        mov     [list], bx
        mov     [list + 2], es

        mov     ax, [es:bx - 2]                 ; -- memory blocks
        xor     cx, cx
.block: mov     es, ax
        inc     cx
        mov     dx, ax                          ; is it ours?
        inc     dx
        mov     bx, cs
        cmp     dx, bx
        jne     .other
        cmp     [es:1], bx
        jne     bad
        say     {"our block is of the program "}
        mov     si, 8
        push    ax
        push    cx
        call    text
        pop     cx
        pop     ax
        line
.other: add     ax, [es:3]
        inc     ax
        cmp     byte [es:0], "M"
        je      .block
        cmp     byte [es:0], "Z"
        jne     bad
        cmp     cx, 3
        jb      bad
        say     {"memory ends at "}
        hex     ax
        line

        les     bx, [list]                      ; -- devices
        add     bx, 22h
.next:  test    word [es:bx + 4], 8000h
        jz      .drives
        push    bx
        lea     si, [bx + 10]
        call    text
        pop     bx
        jmp     .call
.drives:
        mov     dl, "0"
        add     dl, [es:bx + 10]
        mov     ah, 02h
        int     21h
        say     {" drives"}
.call:  mov     ax, [es:bx + 6]                 ; its code returns at once
        mov     [strategy], ax
        mov     [strategy + 2], es
        call    far [strategy]
        say     " "
        les     bx, [es:bx]
        cmp     bx, 0FFFFh
        jne     .next
        line

        les     bx, [list]                      ; -- pointers to single devices
        les     si, [es:bx + 8]
        add     si, 10
        call    text
        say     " "
        les     bx, [list]
        les     si, [es:bx + 12]
        add     si, 10
        call    text
        line

        les     bx, [list]                      ; -- current directories
        mov     al, [es:bx + 21h]
        xor     ah, ah
        say     {"LASTDRIVE "}
        hex     ax
        les     bx, [es:bx + 16h]
        add     bx, 2 * 58h                     ; C:
        say     {", flags "}
        hex     [es:bx + 43h]
        say     {", "}
        mov     si, bx
        call    asciiz
        line

        les     bx, [list]                      ; -- drive parameter blocks
        les     bx, [es:bx]
.dpb:   say     {"drive "}
        mov     dl, "A"
        add     dl, [es:bx]
        mov     ah, 02h
        int     21h
        say     {", sectors of "}
        hex     [es:bx + 2]
        les     bx, [es:bx + 19h]
        line
        cmp     bx, 0FFFFh
        jne     .dpb

        les     bx, [list]                      ; -- buffers
        les     bx, [es:bx + 12h]
        les     bx, [es:bx]
        cmp     [es:bx], bx                     ; the only one is behind itself
        jne     bad
        mov     ax, 4C00h
        int     21h
bad:    mov     ax, 4C01h
        int     21h

text:   mov     cx, 8                           ; 8 characters at ES:SI without blanks
.next:  mov     dl, [es:si]
        inc     si
        cmp     dl, " "
        jbe     .skip
        mov     ah, 02h
        int     21h
.skip:  loop    .next
        ret

asciiz: mov     dl, [es:si]
        inc     si
        or      dl, dl
        jz      .end
        mov     ah, 02h
        int     21h
        jmp     asciiz
.end:   ret

        printing

directory:      db "DEEP", 0
list:           dw 0, 0
strategy:       dw 0, 0
