; EVENTS.COM: has handlers of its own for what the CPU reports by itself: single steps (INT 1),
; the breakpoint (INT 3), INTO (INT 4) and BOUND (INT 5). Prints how often each was called, and
; that INTO without an overflow is none.
;   nasm -f bin -o events.com events.asm

        cpu     186
        org     100h
%include "print.inc"

%macro  hook 2
        mov     dx, %2
        mov     ax, 2500h + %1
        int     21h
%endmacro

        hook    1, step
        hook    3, breakpoint
        hook    4, overflow
        hook    5, bound_range

        pushf
        pop     ax
        or      ah, 1                           ; TF
        push    ax
        popf                                    ; the first step is behind the next instruction
        nop
        mov     cx, 3
.loop:  loop    .loop
        pushf
        pop     ax
        and     ah, ~1
        push    ax
        popf                                    ; the last one: TF was still set when it began
        say     {"single steps: "}
        hex     [steps]
        line

        int3
        int     3
        db      0CDh, 3
        say     {"breakpoints: "}
        hex     [breakpoints]
        line

        mov     al, 1
        add     al, 1
        into                                    ; no overflow
        mov     al, 127
        add     al, 1
        into
        say     {"overflows: "}
        hex     [overflows]
        line

        mov     ax, 5
        bound   ax, [limits]                    ; inside
        mov     ax, 12
        bound   ax, [limits]                    ; the handler makes it fit, and it is done again
        say     {"out of bounds: "}
        hex     [outside]
        say     {", now "}
        hex     ax
        line
        mov     ax, 4C00h
        int     21h

step:   inc     word [cs:steps]
        iret
breakpoint:
        inc     word [cs:breakpoints]
        iret
overflow:
        inc     word [cs:overflows]
        iret
bound_range:
        inc     word [cs:outside]
        dec     ax
        iret

        printing

limits:         dw 0, 10
steps:          dw 0
breakpoints:    dw 0
overflows:      dw 0
outside:        dw 0
