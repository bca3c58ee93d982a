"""Programs that start programs, and what a program finds before itself."""

from __future__ import annotations

from tests.differential.assembler import calls
from tests.differential.program import Files, Program
from tests.differential.steps import CS, Keep, Step, at, code, dos, interrupt, kept, poke, show

_BLOCK = {
    "block": bytes(22),
    "tail": b"\x06 1 two\r".ljust(128, b"\0"),
    "fcb": b"\0ONE     TXT".ljust(16, b"\0"),
}
_SHRINK = dos(0x4A, bx=0x0800)
#: What EXEC leaves in the registers is not defined.
_LOST = "bx cx dx si di bp ds es"

# mov ax,4C2Ah; int 21h
_EXITS = bytes.fromhex("B8 2A 4C CD 21")
# ah=40h, bx=1, cx=[80h], dx=81h, int 21h: writes its command tail; ret
_ECHO = bytes.fromhex("B4 40 BB 01 00 8A 0E 80 00 30 ED BA 81 00 CD 21 C3")
# writes 32 bytes at 5Ch: its two FCBs
_FCBS = bytes.fromhex("B4 40 BB 01 00 B9 20 00 BA 5C 00 CD 21 CD 20")
# reads 5 bytes from handle 5 and writes what it got, if anything
_INHERITS = bytes.fromhex(
    "B4 3F BB 05 00 B9 05 00 BA 00 02 CD 21 72 09 89 C1 B4 40 BB 01 00 CD 21 C3"
)
# INT 60h to a handler that returns AX=1234h; stays resident with exit code 3
_RESIDENT = bytes.fromhex("B8 60 25 BA 10 01 CD 21 B8 03 31 BA 20 00 CD 21 B8 34 12 CF")
# the same by INT 27h
_RESIDENT_27 = bytes.fromhex("B8 60 25 BA 0D 01 CD 21 BA 00 02 CD 27 B8 78 56 CF")
# opens A.TXT and does not close it
_FORGETS = bytes.fromhex("B8 00 3D BA 08 01 CD 21 C3") + b"A.TXT\0"
# INT 21h/00h
_OLD_END = bytes.fromhex("31 C0 CD 21")


def _runs(
    name: str,
    *steps: Step | tuple[Step, ...],
    child: bytes = _EXITS,
    files: Files | None = None,
) -> Program:
    """Make a program with a parameter block for EXEC and a CHILD.COM beside it."""
    return calls(
        name,
        _SHRINK,
        poke(at("block", 2), at("tail")),
        poke(at("block", 4), CS),
        poke(at("block", 6), at("fcb")),
        poke(at("block", 8), CS),
        poke(at("block", 10), at("fcb")),
        poke(at("block", 12), CS),
        *steps,
        data=_BLOCK,
        files={"CHILD.COM": child, **(files or {})},
    )


_EXEC = dos(0x4B00, dx="CHILD.COM", bx=at("block"), hide=_LOST)


def _exe(
    image: bytes, *, minimum: int = 0x10, maximum: int = 0xFFFF, sp: int = 0x100, ip: int = 0
) -> bytes:
    """Return an .EXE file without relocations."""
    length = 32 + len(image)
    words = (
        0x5A4D,
        length % 512,
        -(-length // 512),
        0,
        2,
        minimum,
        maximum,
        0,
        sp,
        0,
        ip,
        0,
        28,
        0,
        0,
        0,
    )
    return b"".join(word.to_bytes(2, "little") for word in words) + image


ROWS = (
    _runs("a child's exit code", _EXEC, dos(0x4D), dos(0x4D)),
    _runs("a child's command tail", _EXEC, dos(0x4D), child=_ECHO),
    _runs("a child's FCBs", _EXEC, child=_FCBS),
    _runs(
        "a child inherits handles",
        dos(0x3D00, dx="A.TXT"),
        _EXEC,
        dos(0x3F, bx=5, cx=5, dx=at("tail")),
        show("tail", 5),
        child=_INHERITS,
        files={"A.TXT": b"hello, world"},
    ),
    _runs(
        "a child does not inherit a private handle",
        dos(0x3D80, dx="A.TXT"),
        _EXEC,
        child=_INHERITS,
        files={"A.TXT": b"hello, world"},
    ),
    _runs(
        "a child's handles are closed",
        _EXEC,
        dos(0x3D00, dx="A.TXT"),
        child=_FORGETS,
        files={"A.TXT": b""},
    ),
    _runs("a child ends the old way", _EXEC, dos(0x4D), child=_OLD_END),
    _runs("a child stays resident", _EXEC, dos(0x4D), interrupt(0x60, shows="ax"), child=_RESIDENT),
    _runs(
        "a child stays resident by INT 27h",
        _EXEC,
        dos(0x4D),
        interrupt(0x60, shows="ax"),
        child=_RESIDENT_27,
    ),
    _runs("a missing child", dos(0x4B00, dx="NO.COM", bx=at("block"), hide=_LOST)),
    _runs(
        "a child in a missing directory", dos(0x4B00, dx="NO\\NO.COM", bx=at("block"), hide=_LOST)
    ),
    _runs(
        "a directory as a child",
        dos(0x4B00, dx="SUB", bx=at("block"), hide=_LOST),
        files={"SUB": None},
    ),
    _runs("an unknown EXEC", dos(0x4B02, dx="CHILD.COM", bx=at("block"), hide=_LOST)),
    calls(
        "a child without memory",
        dos(0x4B00, dx="CHILD.COM", bx=at("block"), hide=_LOST),
        data=_BLOCK,
        files={"CHILD.COM": _EXITS},
    ),
    _runs(
        "an .EXE as a child",
        dos(0x4B00, dx="CHILD.EXE", bx=at("block"), hide=_LOST),
        dos(0x4D),
        files={"CHILD.EXE": _exe(_EXITS)},
    ),
    _runs(
        "an .EXE under another name",
        dos(0x4B00, dx="CHILD.DAT", bx=at("block"), hide=_LOST),
        dos(0x4D),
        files={"CHILD.DAT": _exe(_EXITS)},
    ),
    _runs(
        "an .EXE that wants too much",
        dos(0x4B00, dx="CHILD.EXE", bx=at("block"), hide=_LOST),
        files={"CHILD.EXE": _exe(_EXITS, minimum=0xFFF0)},
    ),
    _runs(
        "an .EXE header that lies",
        dos(0x4B00, dx="CHILD.EXE", bx=at("block"), hide=_LOST),
        files={"CHILD.EXE": b"MZ\0\0\xff\xff" + bytes(26)},
    ),
    _runs(
        "an overlay",
        dos(0x48, bx=0x10, hide="ax", keeps="block=ax"),
        poke("block", kept("block")),
        poke(at("block", 2), kept("block")),
        dos(0x4B03, dx="CHILD.COM", bx=at("block"), hide=_LOST),
        show(0, 5, segment=kept("block")),
    ),
    _runs(
        "load without running",
        dos(0x4B01, dx="CHILD.COM", bx=at("block"), hide=_LOST),
        dos(0x51, hide="bx", keeps="child=bx"),
        dos(0x50, bx=CS),
        show(at("block", 18), 2),
        dos(0x49, es=kept("child"), hide="es"),
    ),
    calls("who am I", dos(0x51), dos(0x62)),
    calls("set the PSP", dos(0x50, bx=0x1234), dos(0x51), dos(0x50, bx=CS), dos(0x62)),
    calls(
        "a new PSP",
        _SHRINK,
        dos(0x48, bx=0x20, hide="ax", keeps="block=ax"),
        dos(0x26, dx=kept("block"), hide="dx"),
        show(0, 2, segment=kept("block")),
        show(0x50, 3, segment=kept("block")),
        show(0x80, 2, segment=kept("block")),
        args="x",
    ),
    calls(
        "a child PSP",
        _SHRINK,
        dos(0x48, bx=0x20, hide="ax", keeps="block=ax"),
        dos(0x55, dx=kept("block"), si=0xA000, hide="dx"),
        show(0, 4, segment=kept("block")),
        show(0x32, 2, segment=kept("block")),
        dos(0x51, hide="bx"),
        dos(0x50, bx=CS),
    ),
    calls("the PSP: how to end", show(0, 2), show(5, 1), show(0x50, 3)),
    calls(
        "the PSP: handles", show(0x18, 20, hide=((0, 5),)), show(0x32, 4, hide=()), show(0x38, 4)
    ),
    calls("the PSP: no arguments", show(0x5C, 16), show(0x6C, 16), show(0x80, 2)),
    calls(
        "the PSP: arguments",
        show(0x5C, 16),
        show(0x6C, 16),
        show(0x80, 24),
        args="one.txt c:*.dat three",
    ),
    calls("the PSP: options", show(0x5C, 16), show(0x6C, 16), show(0x80, 8), args="/x -y"),
    calls(
        "the environment ends with the program",
        Keep("environment", 0x2C),
        dos(0x49, es=kept("environment"), hide="es"),
    ),
    calls("end with INT 20h", code("CD 20")),
    calls("end with RET", code("C3")),
    calls("end with INT 21h/00h", code("31 C0 CD 21")),
    calls("end with exit code 255", code("B8 FF 4C CD 21")),
    calls("end by a jump to the PSP", code("31 C0 50 C3")),
    calls("end resident", code("B8 04 31 BA 20 00 CD 21")),
)
