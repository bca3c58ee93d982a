"""Makes a program of steps.

Behind every interrupt the program copies its registers to a log in its memory, `show` adds other
bytes. At its end it writes a marker and the log to standard output.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence

from tests.differential.log import MARK, RECORD, SAVED, UNSAID, Log
from tests.differential.program import Files, Program
from tests.differential.steps import (
    CS,
    At,
    Instruction,
    Interrupt,
    Keep,
    Kept,
    Poke,
    Show,
    Step,
    Value,
)

_LOG_END, _SLOTS, _SLOT_COUNT = 0x103, 0x105, 8
_RECORD_AT = _SLOTS + 2 * _SLOT_COUNT

_RECORD_ROUTINE = bytes.fromhex(
    "9C 50 53 51 52 56 57 55 1E 06"  # pushf, push ax bx cx dx si di bp ds es
    "16 1F 0E 07 89 E6 B9 0A 00"  # ds=ss, es=cs, mov si,sp, mov cx,10
    "2E 8B 3E 03 01 FC F3 A5 2E 89 3E 03 01"  # mov di,[log end], rep movsw, mov [log end],di
    "0E 1F 0E 07 83 C4 14 C3"  # ds=es=cs, add sp,20, ret
)
_SHOW_AT = _RECORD_AT + len(_RECORD_ROUTINE)
_SHOW_ROUTINE = bytes.fromhex(
    "0E 07 2E 8B 3E 03 01 FC F3 A4 2E 89 3E 03 01 0E 1F C3"  # the same, of cx bytes at ds:si
)
_MAIN = _SHOW_AT + len(_SHOW_ROUTINE)

_NUMBERS = {"ax": 0, "cx": 1, "dx": 2, "bx": 3, "bp": 5, "si": 6, "di": 7}
_MOV_SEGMENT = {"es": b"\x8e\xc0", "ds": b"\x8e\xd8"}  # mov es,ax / mov ds,ax


def calls(
    name: str,
    *steps: Step | tuple[Step, ...],
    data: Mapping[str, bytes] | None = None,
    args: str = "",
    stdin: bytes = b"",
    files: Files | None = None,
) -> Program:
    """Make a row of a table: a program of steps.

    Args:
        name: what the row is called.
        steps: what the program does; a tuple stands for the steps in it.
        data: what it has in its memory, by name.
        args: its command tail.
        stdin: its standard input.
        files: what lies in its directory.
    """
    flat = [s for step in steps for s in (step if isinstance(step, tuple) else (step,))]
    made = _StepProgram(flat, data or {})
    log = Log(flat, made.word)
    return Program(name, made.image, args, stdin, files or {}, observe=log.read)


class _StepProgram:
    def __init__(self, steps: Sequence[Step], data: Mapping[str, bytes]) -> None:
        self._steps = steps
        self._data = bytearray()
        self._places: dict[str | bytes, int] = {}
        self._slots: dict[str, int] = {}
        self._data_at = 0
        for name, datum in data.items():
            self._place(name, datum)
        self._data_at = _MAIN + len(self._code())  # the first time only tells how long it is
        code = self._code()
        log_at = self._data_at + len(self._data) + len(MARK)
        head = struct.pack("<BHH", 0xE9, _MAIN - 0x103, log_at) + bytes(2 * _SLOT_COUNT)
        self.image = head + _RECORD_ROUTINE + _SHOW_ROUTINE + code + bytes(self._data) + MARK

    # -- the way there: machine code --------------------------------------------------------

    def _code(self) -> bytes:
        code = bytearray()
        for part in self._parts():
            if isinstance(part, int):  # the address of a routine to call
                code += struct.pack("<BH", 0xE8, part - (_MAIN + len(code) + 3) & 0xFFFF)
            else:
                code += part
        return bytes(code)

    def _parts(self) -> Iterator[bytes | int]:
        yield bytes.fromhex("8B 3E 03 01 8C C8 FC AB 89 3E 03 01")  # the log begins with CS
        for step in self._steps:
            if isinstance(step, Interrupt):
                yield from self._interrupt(step)
            elif isinstance(step, Show):
                yield self._load("si", step.offset) + self._load("cx", step.length)
                if step.segment is not None:
                    yield self._load("ax", step.segment) + _MOV_SEGMENT["ds"]
                yield _SHOW_AT
            elif isinstance(step, Poke):
                yield from self._poke(step)
            elif isinstance(step, Keep):
                yield struct.pack(
                    "<BHBH", 0xA1, self.word(step.offset), 0xA3, self._slot(step.name)
                )
            elif isinstance(step, Instruction):
                yield from self._instruction(step)
            else:
                yield step.code
        # mov cx,[log end]; sub cx,mark; write it to handle 1, end
        yield b"\x8b\x0e\x03\x01" + self._load("dx", self._data_at + len(self._data))
        yield bytes.fromhex("29 D1 BB 01 00 B4 40 CD 21 B8 00 4C CD 21")

    def _interrupt(self, step: Interrupt) -> Iterator[bytes | int]:
        yield from self._registers(step.registers)
        yield b"\xf9\xcd" + bytes([step.number])  # stc: success has to clear it
        yield _RECORD_AT
        for slot, register in step.keeps.items():
            back = SAVED.index(register) * 2 - RECORD.size
            yield b"\x8b\x1e\x03\x01\x8b\x47" + struct.pack("<b", back)  # bx=[log end], ax=[bx+..]
            yield struct.pack("<BH", 0xA3, self._slot(slot))

    def _instruction(self, step: Instruction) -> Iterator[bytes | int]:
        yield self._load("ax", step.flags) + b"\x50"  # push ax
        yield from self._registers(step.registers)
        yield b"\x9d" + step.code  # popf
        yield _RECORD_AT

    def _registers(self, registers: Mapping[str, Value]) -> Iterator[bytes]:
        for name, move in _MOV_SEGMENT.items():
            if name in registers:
                yield self._load("ax", registers[name]) + move
        for name, value in {**UNSAID, "ax": 0, **registers}.items():
            if name in _NUMBERS:
                yield self._load(name, value)

    def _poke(self, step: Poke) -> Iterator[bytes]:
        yield b"\x1e\x07"  # es=ds
        if step.segment is not None:
            yield self._load("ax", step.segment) + _MOV_SEGMENT["es"]
        offset = self.word(step.offset)
        if isinstance(step.value, (Kept, At)):
            yield self._load("ax", step.value) + struct.pack("<BBH", 0x26, 0xA3, offset)
        else:
            for position, byte in enumerate(step.value):
                yield struct.pack("<BBBHB", 0x26, 0xC6, 0x06, offset + position & 0xFFFF, byte)

    def _load(self, register: str, value: Value) -> bytes:
        number = _NUMBERS[register]
        if value == CS:
            return b"\x8c" + bytes([0xC8 + number])
        if isinstance(value, Kept):  # mov register, cs:[slot]
            return struct.pack("<BBBH", 0x2E, 0x8B, 8 * number + 6, self._slot(value.name))
        return struct.pack("<BH", 0xB8 + number, self.word(value) & 0xFFFF)

    def word(self, value: Value) -> int:
        """Return a number, or the address of what stands for it."""
        if isinstance(value, int):
            return value
        if isinstance(value, Kept):
            raise TypeError(f"{value} is known only when the program runs")
        if isinstance(value, At):
            return self._data_at + self._places[value.name] + value.plus
        datum = value.encode("cp437") + b"\0" if isinstance(value, str) else value
        if datum not in self._places:
            self._place(datum, datum)
        return self._data_at + self._places[datum]

    def _place(self, name: str | bytes, datum: bytes) -> None:
        self._places[name] = len(self._data)
        self._data += datum

    def _slot(self, name: str) -> int:
        return _SLOTS + 2 * self._slots.setdefault(name, len(self._slots))
