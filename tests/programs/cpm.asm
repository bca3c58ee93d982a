; CPM.COM: calls DOS as CP/M was called: `call 5` with the function in CL. Function 09h prints,
; 06h tells by ZF, 25h is beyond what may be called that way and gives AL=0. Then by the far call
; through offset 50h of the PSP. Ends with exit code 5.
;   nasm -f bin -o cpm.com cpm.asm

        cpu     8086
        org     100h

        mov     bp, sp
        mov     dx, text
        mov     cl, 09h
        call    5
        cmp     sp, bp
        jne     wrong
        mov     cl, 06h                         ; is there a key?
        mov     dl, 0FFh
        call    5
        jnz     wrong
        mov     al, 0FFh
        mov     cl, 25h
        call    5
        or      al, al
        jnz     wrong

        push    cs
        pop     word [far_call + 2]
        mov     dx, far_text
        mov     ah, 09h
        call    far [far_call]
        cmp     sp, bp
        jne     wrong
        mov     ax, 3D00h
        mov     dx, nowhere
        call    far [far_call]
        jnc     wrong                           ; CF comes back
        cmp     ax, 2
        jne     wrong
        mov     ax, 4C05h
        jmp     far [far_call]
wrong:  mov     ax, 4C01h
        int     21h

text:           db "by call 5", 13, 10, "$"
far_text:       db "by a far call", 13, 10, "$"
nowhere:        db "NOWHERE.TXT", 0
far_call:       dw 50h, 0
