; PAGING.COM: enters protected mode with paging, in which the text screen's first page is
; somewhere else, writes there, and halts for ever.
;   nasm -f bin -o paging.com paging.asm

        cpu     386
        org     100h

        cli
        mov     ax, 2000h                       ; page directory at 20000h, table at 21000h
        mov     es, ax
        xor     di, di
        xor     eax, eax
        mov     cx, 1024
        cld
        rep     stosd
        mov     dword [es:0], 21000h + 3        ; present, writable
        mov     di, 1000h
        mov     eax, 3
        mov     cx, 1024
.next:  stosd
        add     eax, 1000h
        loop    .next
        mov     dword [es:1000h + 0B8h * 4], 30000h + 3

        mov     eax, 20000h
        mov     cr3, eax
        mov     eax, cr0
        or      eax, 80000001h
        mov     cr0, eax
        jmp     .on
.on:    mov     ebx, 0B8000h
        sub     ebx, 20000h                     ; ES still begins at 20000h
        mov     dword [es:ebx], 07210721h       ; lands at 30000h
        hlt
