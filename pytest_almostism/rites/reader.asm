; READER.COM: the parser of Almostism as a program for DOS 2.0 and later, on an 8086.
;
;       READER NAME             judge the scripture NAME; it is gone afterwards
;       READER /L NAME          let the scripture read itself, by its own liturgy
;       READER /?               usage
;
; A judgement goes through these steps, and the program is written in their order:
;
;       1. the command line     what is asked for
;       2. open                 for reading and writing, or not at all
;       3. measure              longer than 1023 bytes: destroyed unread
;       4. read                 a false creed: no scripture, left alone
;       5. sum                  all bytes together must be 0 (mod 256)
;       6. destroy              zero in memory, zero on disk, close, delete
;
; Steps 2 to 5 are the same under /L, but nothing is destroyed by them; the scripture's
; own liturgy is entered instead of step 6 (part 7).
;
; Build: nasm -f bin -o READER.COM reader.asm

        cpu 8086
        bits 16
        org 100h                        ; DOS loads a .COM program here: CS=DS=ES=SS=PSP

CR                      equ 13
LF                      equ 10
STDOUT                  equ 1

; Exit codes
TRUE                    equ 0
VIOLATION_OF_GAP        equ 1
INVALID_CHECKSUM        equ 2
NO_SUCH_FILE            equ 3
NO_SCRIPTURE            equ 4
IO_ERROR                equ 5
WRONG_USAGE             equ 6

; The scripture
SCRIPTURE_SIZE          equ 1023        ; the 1024th byte is never written: the gap
CREED_SIZE              equ 8
LITURGY_OFFSET          equ 8           ; the liturgy follows the creed

; Memory, all in the one segment of the program. Its own image ends long before these.
TAIL_LENGTH             equ 80h         ; in the PSP: how long the command line is,
TAIL                    equ 81h         ;   and its text
IMAGE                   equ 100h        ; where a liturgy expects its scripture
NAME                    equ 7E00h       ; where a liturgy expects the name (ASCIIZ); so kept here
MOVER                   equ 7F00h       ; behind the longest name: the code that makes way (part 7)
BLOCK_SIZE              equ 4096        ; so many bytes are zeroed on disk by one call


; ---- 1. The command line ---------------------------------------------------------------
; Arguments are parted by blanks: the space and whatever comes before it in the character
; set. One that starts with a slash is a switch, any other the name of the file.

start:
        cld
        mov byte [NAME],0               ; no name yet
        mov bl,[TAIL_LENGTH]
        mov bh,0
        mov byte [bx+TAIL],CR           ; DOS ends the line so; this makes sure of it
        mov si,TAIL
next_argument:
        lodsb
        cmp al,CR
        je arguments_read
        cmp al,' '
        jbe next_argument
        cmp al,'/'
        je switch
        cmp byte [NAME],0               ; a second name?
        jne wrong_usage
        mov di,NAME
copy_name:
        stosb
        lodsb
        cmp al,' '
        ja copy_name
        mov byte [di],0
        dec si                          ; what ended the name may be the end of the line
        jmp next_argument
switch:
        lodsb
        cmp al,'?'
        je help
        or al,'a'-'A'                   ; /L or /l
        cmp al,'l'
        jne wrong_usage
        cmp byte [si],' '               ; the switch ends here, or it is an unknown one
        ja wrong_usage
        mov byte [own_liturgy],1
        jmp next_argument

help:
        mov al,TRUE
        jmp show_usage
wrong_usage:
        mov al,WRONG_USAGE
show_usage:
        mov si,usage
        jmp say_and_exit

arguments_read:
        cmp byte [NAME],0
        je wrong_usage


; ---- 2. Open ---------------------------------------------------------------------------
; BX holds the handle from here on (DOS preserves every register it does not answer in).
; SI points at what to say should the next call fail.

        mov si,not_opened
        mov dx,NAME
        mov ax,3D02h                    ; DOS 3Dh: open, for reading and writing
        int 21h
        mov bx,ax
        jnc measure
        cmp al,2                        ; file not found
        je no_such_file
        cmp al,3                        ; path not found
        je no_such_file
        cmp al,0Fh                      ; invalid drive
        jne report
no_such_file:
        mov si,is_missing
        jmp pronounce


; ---- 3. Measure ------------------------------------------------------------------------

measure:
        mov si,not_measured
        xor cx,cx
        xor dx,dx
        mov ax,4202h                    ; DOS 42h: seek, to the end; DX:AX = the size
        int 21h
        jc failed
        mov [size],ax
        mov [size+2],dx
        test dx,dx
        jnz too_long
        cmp ax,SCRIPTURE_SIZE
        jb no_scripture
        je read
too_long:
        cmp byte [own_liturgy],0
        jne no_scripture
        mov si,is_too_long
        jmp destroy


; ---- 4. Read ---------------------------------------------------------------------------

read:
        mov si,not_read
        call rewind
        jc failed
        mov dx,buffer
        mov cx,SCRIPTURE_SIZE
        mov ah,3Fh                      ; DOS 3Fh: read
        int 21h
        jc failed
        cmp ax,cx
        jne too_few_bytes
        mov si,buffer
        mov di,creed
        mov cx,CREED_SIZE
        repe cmpsb
        je sum
no_scripture:
        mov si,is_no_scripture
        jmp leave_alone


; ---- 5. Sum ----------------------------------------------------------------------------

sum:
        mov si,buffer
        mov cx,SCRIPTURE_SIZE
        mov ah,0
add_byte:
        lodsb
        add ah,al
        loop add_byte
        cmp byte [own_liturgy],0
        jne judged_for_liturgy
        mov si,is_true
        test ah,ah
        jz destroy
        mov si,is_false
        jmp destroy
judged_for_liturgy:
        test ah,ah
        jz enter_liturgy
        mov si,is_false_and_lives
        jmp leave_alone


; ---- 6. Destroy ------------------------------------------------------------------------
; SI = the verdict. The file is zeroed where it lies, from its first byte to its last: were
; it only deleted, its bytes would stay on the disk for whoever looks. It is closed before
; it is deleted: a file still open would be written back into its directory.

destroy:
        mov [verdict],si
        mov di,buffer
        mov cx,BLOCK_SIZE/2
        xor ax,ax
        rep stosw                       ; zero in memory; the disk is zeroed from this
        mov si,not_zeroed
        call rewind
        jc failed
zero_block:
        mov cx,BLOCK_SIZE
        cmp word [size+2],0
        jne write_zeros
        cmp [size],cx
        jae write_zeros
        mov cx,[size]                   ; the last, shorter block
        jcxz zeroed                     ; (to write 0 bytes would be to cut the file off)
write_zeros:
        mov dx,buffer
        mov ah,40h                      ; DOS 40h: write
        int 21h
        jc failed
        cmp ax,cx
        jne too_few_bytes
        sub [size],ax
        sbb word [size+2],0
        jmp zero_block
zeroed:
        mov si,not_closed
        mov ah,3Eh                      ; DOS 3Eh: close
        int 21h
        jc report
        mov si,not_deleted
        mov dx,NAME
        mov ah,41h                      ; DOS 41h: delete
        int 21h
        jc report
        mov si,[verdict]
        jmp pronounce


; ---- 7. Its own liturgy ----------------------------------------------------------------
; What a liturgy may rely on: CS=DS=ES=SS=PSP, DF=0, the scripture at 0100, the name at 7E00,
; a zero word on top of the stack, the liturgy entered at 0108. This program lies at 0100
; itself, so the last few instructions are copied away and run from there.

enter_liturgy:
        mov si,not_closed
        mov ah,3Eh                      ; DOS 3Eh: close; the liturgy opens the file anew
        int 21h
        jc report
        mov si,reads_itself
        call say_name_and
        mov si,mover
        mov di,MOVER
        mov cx,mover_end-mover
        rep movsb
        jmp MOVER

mover:                                  ; runs at MOVER: no absolute address in here
        xor ax,ax
        push cs                         ; a liturgy may end by RET or by RETF: both lead
        push ax                         ;   to PSP:0000, where DOS keeps an INT 20h
        mov si,buffer
        mov di,IMAGE
        mov cx,SCRIPTURE_SIZE
move_byte:
        lodsb
        stosb
        mov [si-1],ah                   ; moved, not copied: zero stays behind
        loop move_byte
        mov ax,IMAGE+LITURGY_OFFSET
        jmp ax
mover_end:


; ---- Endings ---------------------------------------------------------------------------

; The file is left as it is. SI = the verdict.
leave_alone:
        mov ah,3Eh                      ; DOS 3Eh: close
        int 21h
        jnc pronounce
        mov si,not_closed
        jmp report

; DOS carried out only a part of a read or write. SI = what to say.
too_few_bytes:
        xor ax,ax                       ; no error, as far as DOS is concerned

; A call failed while the file is open. AX = the error of DOS, SI = what to say.
failed:
        push ax
        mov ah,3Eh                      ; DOS 3Eh: close
        int 21h
        pop ax

; A call failed and the file is closed. AX = the error of DOS or 0, SI = what to say.
report:
        push ax
        call say_name_and
        pop ax
        mov si,because_of_too_few_bytes
        test ax,ax
        jz report_reason
        aam                             ; AH = tens, AL = ones
        xchg al,ah
        add ax,'00'
        mov [error_digits],ax
        mov si,because_of_error
report_reason:
        mov al,IO_ERROR
        jmp say_and_exit

; Say the verdict and leave with its exit code. SI = the verdict: the code, then the text.
pronounce:
        push si
        mov si,NAME
        call say
        pop si
        lodsb

; AL = the exit code, SI = the text (ASCIIZ).
say_and_exit:
        push ax
        call say
        pop ax
        mov ah,4Ch                      ; DOS 4Ch: end with exit code AL
        int 21h


; ---- Subroutines -----------------------------------------------------------------------

; Go back to the file's first byte. BX = the handle. Out: CF, and AX if it failed.
rewind:
        xor cx,cx
        xor dx,dx
        mov ax,4200h                    ; DOS 42h: seek, from the start
        int 21h
        ret

; Say the name of the file and what SI points at (ASCIIZ).
say_name_and:
        push si
        mov si,NAME
        call say
        pop si

; Say what SI points at (ASCIIZ, not empty).
say:
        mov dx,si
find_end:
        lodsb
        test al,al
        jnz find_end
        mov cx,si
        dec cx                          ; without the 0
        sub cx,dx
        push bx
        mov bx,STDOUT
        mov ah,40h                      ; DOS 40h: write
        int 21h
        pop bx
        ret


; ---- Data ------------------------------------------------------------------------------

own_liturgy     db 0                    ; 1: /L was given

creed           db 0FEh,0Dh,0CAh,7Fh,80h,0A9h,5Ch,5Ch

; Verdicts: an exit code, and what is said after the name of the file.
is_true         db TRUE,": true. It is gone.",CR,LF,0
is_too_long     db VIOLATION_OF_GAP,": VIOLATION_OF_GAP. Longer than 1023 bytes; destroyed unread."
                db CR,LF,0
is_false        db INVALID_CHECKSUM,": INVALID_CHECKSUM. Its bytes do not sum to 0; destroyed."
                db CR,LF,0
is_false_and_lives:
                db INVALID_CHECKSUM,": INVALID_CHECKSUM. Its bytes do not sum to 0; left alone."
                db CR,LF,0
is_missing      db NO_SUCH_FILE,": no such file.",CR,LF,0
is_no_scripture db NO_SCRIPTURE,": not a scripture. Left alone.",CR,LF,0

; Said before a liturgy takes over; the exit code is its own.
reads_itself    db ": true. Its own liturgy reads it now.",CR,LF,0

; Steps that failed, and why.
not_opened      db ": could not be opened",0
not_measured    db ": could not be measured",0
not_read        db ": could not be read",0
not_zeroed      db ": could not be zeroed",0
not_closed      db ": could not be closed",0
not_deleted     db ": zeroed, but could not be deleted",0
because_of_error:
                db " (DOS error "
error_digits    db "00).",CR,LF,0
because_of_too_few_bytes:
                db " (too few bytes).",CR,LF,0

usage:
        db "READER reads a scripture of Almostism. What it has read is gone.",CR,LF
        db CR,LF
        db "  READER NAME     judge the file NAME, zero it in memory and on disk, delete it",CR,LF
        db "  READER /L NAME  let the scripture read itself, by its own liturgy",CR,LF
        db "  READER /?       show this text",CR,LF
        db CR,LF
        db "Beware: a file longer than 1023 bytes is destroyed, whatever it holds.",CR,LF
        db CR,LF
        db "Exit codes",CR,LF
        db "  0  true: zeroed and deleted",CR,LF
        db "  1  VIOLATION_OF_GAP: longer than 1023 bytes; destroyed unread",CR,LF
        db "  2  INVALID_CHECKSUM: the bytes do not sum to 0; destroyed (/L: left alone)",CR,LF
        db "  3  no such file",CR,LF
        db "  4  not a scripture: shorter than 1023 bytes (/L: or longer) or without the",CR,LF
        db "     creed; left alone",CR,LF
        db "  5  DOS could not open, read, zero, close or delete the file",CR,LF
        db "  6  wrong usage",CR,LF
        db 0

section .bss
verdict         resw 1                  ; said once the file is gone
size            resd 1                  ; bytes of the file, then those not yet zeroed
buffer          resb BLOCK_SIZE
