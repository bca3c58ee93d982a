; HELLO.COM: the least that a program can do. It leaves through the word of zero on its stack,
; which returns to INT 20h at the beginning of its PSP.
;   nasm -f bin -o hello.com hello.asm

        cpu     8086
        org     100h

        mov     dx, greeting
        mov     ah, 09h
        int     21h
        ret

greeting: db    "Hello, world!", 13, 10, "$"
