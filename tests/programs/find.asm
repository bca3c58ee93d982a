; FIND AA PATTERN: writes the DTA of everything that a search for attributes AA (two hex digits)
; finds, 43 bytes each. FIND AAD PATTERN deletes each file when it is found.
; Ends with the error code of the last call.
;   nasm -f bin -o find.com find.asm

        cpu     8086
        org     100h

        mov     dx, dta
        mov     ah, 1Ah
        int     21h
        mov     si, 82h                         ; behind the first space
        cld
        call    digit
        mov     cl, 4
        shl     al, cl
        mov     ch, al
        call    digit
        or      ch, al
        mov     cl, ch
        xor     ch, ch                          ; CX: attributes
        lodsb
        cmp     al, "D"
        jne     .named
        mov     byte [deletes], 1
        inc     si
.named: mov     dx, si
.end:   lodsb
        cmp     al, 13
        jne     .end
        mov     byte [si - 1], 0

        mov     ah, 4Eh
        int     21h
next:   jc      done
        mov     dx, dta
        mov     cx, 43
        mov     bx, 1
        mov     ah, 40h
        int     21h
        cmp     byte [deletes], 0
        je      .kept
        mov     dx, dta + 30
        mov     ah, 41h
        int     21h
.kept:  mov     ah, 4Fh
        int     21h
        jmp     next
done:   mov     ah, 4Ch
        int     21h

digit:  lodsb                                   ; -> AL: 0..15
        sub     al, "0"
        cmp     al, 9
        jbe     .done
        sub     al, "A" - "0" - 10
.done:  ret

deletes: db     0
dta:    times   43 db 0
