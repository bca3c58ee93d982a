; HOOK21.COM: stands between its own calls and DOS. Its INT 21h answers function FFh itself,
; changes what DOS says to 30h (pushf / call far), and hands on everything else (jmp far).
; Prints what it sees and ends, through its own handler, with the number of calls it saw.
;   nasm -f bin -o hook21.com hook21.asm

        cpu     8086
        org     100h

        mov     ax, 3521h
        int     21h
        mov     [old], bx
        mov     [old + 2], es
        mov     dx, handler
        mov     ax, 2521h
        int     21h                             ; the last call that is not counted

        mov     ah, 30h
        int     21h                             ; 1
        mov     [version], al
        mov     ah, 0FFh
        int     21h                             ; 2
        mov     [own], ax
        mov     dx, nowhere
        mov     ax, 3D00h
        int     21h                             ; 3: CF and AX come through the chain
        jnc     wrong
        add     al, "0"
        mov     [error], al
wrong:  mov     dx, report
        mov     ah, 09h
        int     21h                             ; 4
        mov     al, [seen]
        inc     ax
        mov     ah, 4Ch
        int     21h                             ; 5

handler:
        inc     byte [cs:seen]
        cmp     ah, 0FFh
        je      answer
        cmp     ah, 30h
        je      change
        jmp     far [cs:old]
change: pushf
        call    far [cs:old]
        mov     al, "9"                         ; this is DOS 9
        iret
answer: mov     ax, "OK"
        iret

seen:    db     0
old:     dw     0, 0
nowhere: db     "NOWHERE.TXT", 0
report:  db     "version "
version: db     "?, function FFh "
own:     db     "??, error "
error:   db     "?", 13, 10, "$"
