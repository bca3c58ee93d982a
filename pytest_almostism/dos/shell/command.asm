; Z:\COMMAND.COM: the guest's half of the shell.        nasm -f bin -o COMMAND.COM command.asm
;
; The thinking is done in Python. Whenever the shell needs something from DOS, Python puts the
; registers of the call here, this program makes it, and comes back with the answer. So the shell
; calls DOS as any program does: handlers that others have hooked see it, a trace shows it, Ctrl-C
; and disk errors reach it through interrupts 23h and 24h, and it can start children.

        cpu 8086
        org 100h

ask     equ 0EBh                ; interrupts 86h to F0h were the ROM BASIC's; no DOS program's

begin:  int ask                 ; a new shell: it reads its command tail
main:   int ask                 ; the registers of its next call
        int 21h
        jmp main
screen: int 10h                 ; as main, for a call of the BIOS
        jmp main

break:  int ask                 ; INT 23h: in the shell itself, never comes back
        stc                     ; in a program that it runs: end that
        retf

failed: pushf                   ; INT 24h: the default handler asks the user
        call 0F000h:4 * 24h
        int ask                 ; whether "abort" means the shell itself
        iret
