"""The CPU: what instructions leave in registers, flags and memory."""

from __future__ import annotations

from tests.differential.assembler import calls
from tests.differential.program import Program
from tests.differential.steps import (
    ALL,
    AUXILIARY,
    CARRY,
    OVERFLOW,
    PARITY,
    SIGN,
    ZERO,
    Value,
    at,
    code,
    execute,
    show,
)

_LOGIC = ALL & ~AUXILIARY
_NONE = 0
_WORDS = (0x0000, 0x0001, 0x007F, 0x0080, 0x00FF, 0x0100, 0x7FFF, 0x8000, 0xFFFF, 0x1234)
_PAIRS = tuple((a, b) for a in _WORDS for b in (0x0000, 0x0001, 0x007F, 0x8000, 0xFFFF))
_DIGITS = (0x00, 0x09, 0x0A, 0x0F, 0x10, 0x19, 0x3F, 0x99, 0x9A, 0xA0, 0xF9, 0xFF)


def _pairs(name: str, machine_code: str, *, defined: int = ALL, flags: int = 0) -> Program:
    """An instruction on AX and BX, with many values."""
    return calls(
        f"cpu: {name}",
        *(
            execute(f"{a:04X} {b:04X}", machine_code, ax=a, bx=b, defined=defined, flags=flags)
            for a, b in _PAIRS
        ),
    )


def _digits(name: str, machine_code: str, defined: int) -> Program:
    """A decimal adjustment of AL, with every combination of CF and AF."""
    return calls(
        f"cpu: {name}",
        *(
            execute(
                f"{a:02X} flags {flags:02X}",
                machine_code,
                ax=0x0100 | a,
                flags=flags,
                defined=defined,
            )
            for a in _DIGITS
            for flags in (0, CARRY, AUXILIARY, CARRY | AUXILIARY)
        ),
    )


def _shifts(name: str, opcode: str, *, carry_only: bool = False) -> Program:
    """A shift or rotation of AX by 1 and by CL; OF is defined for 1 only, AF never."""
    rest = CARRY if carry_only else CARRY | PARITY | ZERO | SIGN
    return calls(
        f"cpu: {name}",
        *(
            execute(
                f"{a:04X} by 1 CF={flags}",
                f"D1 {opcode}",
                ax=a,
                flags=flags,
                defined=rest | OVERFLOW,
            )
            for a in _WORDS
            for flags in (0, CARRY)
        ),
        *(
            execute(f"{a:04X} by {n}", f"D3 {opcode}", ax=a, cx=n, flags=CARRY, defined=rest)
            for a in (0x1234, 0x8001, 0xFFFF)
            for n in (0, 2, 7, 8, 15)
        ),
    )


def _one(
    name: str,
    label: str,
    machine_code: str,
    *,
    defined: int = _NONE,
    flags: int = 0,
    **registers: Value,
) -> Program:
    return calls(
        f"cpu: {name}", execute(label, machine_code, defined=defined, flags=flags, **registers)
    )


_TEXT = {"one": b"hello, world, ", "two": b"hello, World, "}

ROWS = (
    _pairs("add", "01 D8"),
    _pairs("add bytes", "00 D8"),
    _pairs("adc", "11 D8", flags=CARRY),
    _pairs("sub", "29 D8"),
    _pairs("sub bytes", "28 D8"),
    _pairs("sbb", "19 D8", flags=CARRY),
    _pairs("cmp", "39 D8"),
    _pairs("and", "21 D8", defined=_LOGIC),
    _pairs("or", "09 D8", defined=_LOGIC),
    _pairs("xor", "31 D8", defined=_LOGIC),
    _pairs("test", "85 D8", defined=_LOGIC),
    _pairs("inc", "40", defined=ALL, flags=CARRY),
    _pairs("dec", "48", defined=ALL),
    _pairs("neg", "F7 D8"),
    _pairs("not", "F7 D0", defined=_NONE),
    _pairs("mul", "F7 E3", defined=CARRY | OVERFLOW),
    _pairs("mul bytes", "F6 E3", defined=CARRY | OVERFLOW),
    _pairs("imul", "F7 EB", defined=CARRY | OVERFLOW),
    _pairs("imul bytes", "F6 EB", defined=CARRY | OVERFLOW),
    _pairs("imul with three operands", "6B C3 07", defined=CARRY | OVERFLOW),
    _pairs("cbw and cwd", "98 99", defined=_NONE),
    _pairs("xchg", "93", defined=_NONE),
    _pairs("lahf", "9F", defined=_NONE, flags=CARRY | ZERO),
    _pairs("sahf", "9E", defined=ALL & ~OVERFLOW),
    _digits("daa", "27", ALL & ~OVERFLOW),
    _digits("das", "2F", ALL & ~OVERFLOW),
    _digits("aaa", "37", CARRY | AUXILIARY),
    _digits("aas", "3F", CARRY | AUXILIARY),
    _digits("aam", "D4 0A", PARITY | ZERO | SIGN),
    _digits("aam by 7", "D4 07", PARITY | ZERO | SIGN),
    _digits("aad", "D5 0A", PARITY | ZERO | SIGN),
    _digits("salc", "D6", _NONE),
    _shifts("rol", "C0", carry_only=True),
    _shifts("ror", "C8", carry_only=True),
    _shifts("rcl", "D0", carry_only=True),
    _shifts("rcr", "D8", carry_only=True),
    _shifts("shl", "E0"),
    _shifts("shr", "E8"),
    _shifts("sar", "F8"),
    calls(
        "cpu: div",
        *(
            execute(f"{d:04X}{a:04X} by {b:04X}", "F7 F3", dx=d, ax=a, bx=b, defined=_NONE)
            for d, a, b in ((0, 100, 7), (1, 0, 2), (0x1234, 0x5678, 0xFFFF), (0, 5, 10))
        ),
    ),
    calls(
        "cpu: idiv",
        *(
            execute(f"{d:04X}{a:04X} by {b:04X}", "F7 FB", dx=d, ax=a, bx=b, defined=_NONE)
            for d, a, b in (
                (0, 100, 7),
                (0xFFFF, 0xFF9C, 7),
                (0, 100, 0xFFF9),
                (0xFFFF, 0xFF9C, 0xFFF9),
            )
        ),
    ),
    calls(
        "cpu: string moves",
        execute("rep movsb", "F3 A4", si=at("one"), di=at("two"), cx=5, defined=_NONE),
        show("two", 14),
        execute("rep stosw", "F3 AB", di=at("two"), ax=0x4241, cx=3, defined=_NONE),
        show("two", 14),
        execute("lodsb", "AC", si=at("one"), defined=_NONE),
        execute("std, movsw", "FD A5 FC", si=at("one", 4), di=at("two", 8), defined=_NONE),
        show("two", 14),
        execute("rep movsb of nothing", "F3 A4", si=at("one"), di=at("two"), cx=0, defined=_NONE),
        data=_TEXT,
    ),
    calls(
        "cpu: string comparisons",
        execute("repe cmpsb", "F3 A6", si=at("one"), di=at("two"), cx=14),
        execute("repne scasb", "F2 AE", di=at("one"), ax=0x2C, cx=14),
        execute("repne scasb in vain", "F2 AE", di=at("one"), ax=0x58, cx=14),
        execute("cmpsw", "A7", si=at("one"), di=at("two")),
        execute("repe cmpsb of nothing", "F3 A6", si=at("one"), di=at("two"), cx=0, flags=ZERO),
        data=_TEXT,
    ),
    calls(
        "cpu: loops",
        execute("loop", "40 E2 FD", cx=5, defined=_NONE),
        execute("loopne", "48 E0 FD", ax=3, cx=9, defined=_NONE),
        execute("loope", "85 C0 E1 FC", ax=0, cx=4, defined=_NONE),
        execute("jcxz", "E3 01 40", cx=0, defined=_NONE),
    ),
    calls(
        "cpu: conditions",
        *(
            execute(
                f"j{opcode:X} flags {flags:03X}", f"{opcode:02X} 01 40", flags=flags, defined=_NONE
            )
            for opcode in range(0x70, 0x80)
            for flags in (0, CARRY, ZERO, SIGN, OVERFLOW, PARITY, SIGN | OVERFLOW, CARRY | ZERO)
        ),
    ),
    calls(
        "cpu: stack",
        execute("push sp, pop ax", "54 58 29 E0", defined=_NONE),
        execute("pusha, popa", "60 31 C0 31 DB 61", ax=1, bx=2, defined=_NONE),
        execute("enter, leave", "C8 08 00 00 89 E8 C9 29 E0", defined=_NONE),
        execute("push immediate", "6A FE 58 68 34 12 5B", defined=_NONE),
        execute("call, ret", "E8 03 00 EB 04 90 40 C3 90 90", defined=_NONE),
        execute("xlat", "D7", bx=at("table"), ax=3, defined=_NONE),
        execute("lea", "8D 40 7F", bx=0x1000, si=0x0234, defined=_NONE),
        data={"table": b"abcdefgh"},
    ),
    calls(
        "cpu: flags",
        execute("stc", "F9"),
        execute("clc", "F8", flags=CARRY),
        execute("cmc", "F5", flags=CARRY),
        execute("pushf, pop ax", "9C 58 25 D5 08", flags=ALL, defined=_NONE),
        execute("std, pushf", "FD 9C 58 FC 25 00 04", defined=_NONE),
    ),
    calls(
        "cpu: 80386 arithmetic",
        execute(
            "add eax, ebx",
            "66 B8 FF FF FF 7F 66 BB 01 00 00 00 66 01 D8 9C 59 66 C1 E8 10 80 E5 08",
            defined=_NONE,
        ),
        execute(
            "mul ebx", "66 B8 78 56 34 12 66 BB 00 00 01 00 66 F7 E3", defined=CARRY | OVERFLOW
        ),
        execute("movzx, movsx", "B3 80 0F B6 CB 0F BE D3", defined=_NONE),
        execute("shld", "0F A4 D8 04", ax=0x1234, bx=0xABCD, defined=CARRY),
        execute("shrd", "0F AC D8 04", ax=0x1234, bx=0xABCD, defined=CARRY),
        execute("bsf, bsr", "0F BC C8 0F BD D0", ax=0x0A40, defined=ZERO),
        execute("bt", "0F A3 D8", ax=0x0008, bx=3, defined=CARRY),
        execute("bts", "0F AB D8", ax=0x0008, bx=4, defined=CARRY),
        execute("setc, setz", "0F 92 C0 0F 94 C4", flags=CARRY, defined=_NONE),
        execute("imul bx, ax", "0F AF D8", ax=300, bx=300, defined=CARRY | OVERFLOW),
        execute("cdq", "66 B8 00 00 00 80 66 99 66 C1 EA 10", defined=_NONE),
        execute("bswap", "66 B8 78 56 34 12 66 0F C8", defined=_NONE),
        execute("xadd", "0F C1 D8", ax=5, bx=7),
        execute("cmpxchg", "0F B1 D9", ax=1, bx=2, cx=9),
        execute("scaled index", "66 BB 04 00 00 00 67 8D 84 DB 10 00 00 00", defined=_NONE),
    ),
    calls(
        "cpu: 80387",
        execute("fninit, status word", "DB E3 DF E0", defined=_NONE),
        execute(
            "7 / 2 as an integer",
            "C7 06 00 80 07 00 C7 06 02 80 02 00 DF 06 00 80 DE 36 02 80 DF 1E 04 80 9B A1 04 80",
            defined=_NONE,
        ),
        execute(
            "sqrt(144)",
            "C7 06 00 80 90 00 DF 06 00 80 D9 FA DF 1E 04 80 9B A1 04 80",
            defined=_NONE,
        ),
    ),
    calls(
        "cpu: code that changes itself",
        code("90"),
        execute("the next but one instruction", "E8 00 00 5B C6 47 06 42 90 40 90", defined=_NONE),
    ),
    _one("segment wrap of a byte", "mov at FFFF", "BB FF FF 8A 07 30 C0", defined=_NONE),
    _one("popf keeps the reserved bits", "popf", "B8 FF 0E 50 9D 9C 58 25 FF 0F", defined=_NONE),
)
