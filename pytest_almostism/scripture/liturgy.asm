; The liturgy, as the canon has it: 42 bytes that delete the file they were read from.
;
;       nasm -f bin -o liturgy.bin liturgy.asm
;
; Entered at offset 0108 of a program segment, with the scripture it belongs to at 0100:
; CS = DS = ES = SS = PSP, direction flag clear, the ASCIIZ name of the file at 7E00.
; No other register and nothing on the stack is assumed.

        cpu     8086
        bits    16
        org     108h

name    equ     7E00h
buffer  equ     0400h                   ; its address is also its size, and the gap's: 1023 + 1

        ; (1) Open the file, for reading only.
        mov     dx, name
        mov     ax, 3D00h
        int     21h
        xchg    ax, bx                  ; the handle

        ; (2) Read at most 1024 bytes of it.
        mov     ah, 3Fh
        mov     dh, buffer >> 8         ; DL is 0 from the name
        mov     cx, dx
        int     21h

        ; (3) Verify the five sacred bytes.
        inc     ax                      ; 1023 bytes were read: AX is the buffer's address;
        mov     di, ax                  ; any other number, and something else is compared
        mov     si, creed
        repe    cmpsb                   ; stops past the first untrue byte: DI = 0406h if all are true

        ; (4) Overwrite the buffer with 00.
        xchg    ax, di
        rep     movsw                   ; CX = 03FAh words: the scripture's own silence flows in

        ; (5) Delete the file.
        add     ax, 3CFAh               ; 0406h becomes 4100h, delete; 0407h, should a sixth byte
                                        ; agree by chance, 4101h, the same. Fewer true bytes become
                                        ; 40xxh: a write of 0 bytes, refused to a read-only handle
        mov     dh, name >> 8
        int     21h

        ; (6) End, with exit code 0.
        int     20h

creed:  db      0FEh, 0Dh, 0CAh, 7Fh, 80h
