"""INT 21h/29h: make an FCB of a name on a command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.fcbnames import parse
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import int21

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine

_SKIP_SEPARATOR, _KEEP_DRIVE, _KEEP_NAME, _KEEP_EXTENSION = 1, 2, 4, 8
_WILD, _BAD_DRIVE = 0x01, 0xFF


@int21(0x29, text="ds:si asciiz", options="al")
def parse_filename(pc: Machine, regs: Registers) -> None:
    """INT 21h/29h: make the FCB ES:DI of the text DS:SI; SI goes behind what was read.

    AL, bit 0: skip a separator; bits 1, 2, 3: leave drive, name, extension as they are if the
    text has none. Returns AL=1 if it has wildcards, FFh if there is no such drive.
    """
    options, memory = regs.al, pc.memory
    parsed = parse(
        memory.read(regs.ds, regs.si, 0x10000), skip_separator=bool(options & _SKIP_SEPARATOR)
    )
    parts = (
        (0, parsed.drive if parsed.drive is None else bytes((parsed.drive,)), b"\0", _KEEP_DRIVE),
        (1, parsed.name, b" " * 8, _KEEP_NAME),
        (9, parsed.extension, b" " * 3, _KEEP_EXTENSION),
    )
    for offset, said, default, keep in parts:
        if said is not None or not options & keep:
            memory.write(regs.es, regs.di + offset, default if said is None else said)
    memory.write(regs.es, regs.di + 12, bytes(4))
    regs.si += parsed.length
    if parsed.drive is not None and chr(0x40 + parsed.drive) not in pc.drives:
        regs.al = _BAD_DRIVE
    else:
        regs.al = _WILD if parsed.is_wild else 0
