"""The version, date and time, vectors, country, disks, and what programs probe at start-up."""

from __future__ import annotations

from tests.differential.assembler import calls
from tests.differential.steps import at, dos, interrupt, show

_BUFFER = {"buffer": bytes(64)}
_HANDLER = {"handler": bytes.fromhex("B8 34 12 CF")}  # mov ax,1234h; iret

ROWS = (
    calls("version", dos(0x30), dos(0x3001, hide="bx")),
    calls("true version", dos(0x3306)),
    calls("boot drive", dos(0x3305)),
    calls(
        "break flag", dos(0x3300), dos(0x3301, dx=1), dos(0x3300), dos(0x3301, dx=0), dos(0x3300)
    ),
    calls("swap the break flag", dos(0x3302, dx=1, hide="dx"), dos(0x3302, dx=0), dos(0x3300)),
    calls(
        "switch character",
        dos(0x3700),
        dos(0x3701, dx=0x2D),
        dos(0x3700, hide="dx"),
        dos(0x3701, dx=0x2F),
    ),
    calls(
        "set the date",
        dos(0x2B, cx=1999, dx=12 << 8 | 31),
        dos(0x2A),
        dos(0x2B, cx=2000, dx=2 << 8 | 29),
        dos(0x2A),
        dos(0x2B, cx=1980, dx=1 << 8 | 1),
        dos(0x2A),
    ),
    calls(
        "dates that are none",
        dos(0x2B, cx=1979, dx=12 << 8 | 31),
        dos(0x2B, cx=1999, dx=2 << 8 | 29),
        dos(0x2B, cx=1999, dx=13 << 8 | 1),
        dos(0x2B, cx=1999, dx=1 << 8),
        dos(0x2B, cx=2100, dx=1 << 8 | 1),
    ),
    calls(
        "set the time",
        dos(0x2D, cx=12 << 8 | 34, dx=56 << 8),
        dos(0x2C, hide="dx"),
        dos(0x2D, cx=1 << 8 | 2, dx=3 << 8),
        dos(0x2C, hide="dx"),
    ),
    calls(
        "times that are none",
        dos(0x2D, cx=24 << 8, dx=0),
        dos(0x2D, cx=60, dx=0),
        dos(0x2D, cx=0, dx=60 << 8),
        dos(0x2D, cx=0, dx=100),
    ),
    calls(
        "vectors",
        dos(0x2560, dx=at("handler")),
        dos(0x3560),
        interrupt(0x60, ax=0x5555, shows="ax"),
        data=_HANDLER,
    ),
    calls(
        "country",
        dos(0x3800, dx=at("buffer"), hide="bx"),
        show("buffer", 24, hide=((18, 4),)),
        data=_BUFFER,
    ),
    calls("country 49", dos(0x3831, dx=at("buffer")), data=_BUFFER),
    calls(
        "extended country information",
        dos(0x6501, bx=0xFFFF, cx=41, dx=0xFFFF, di=at("buffer")),
        show("buffer", 7),
        data=_BUFFER,
    ),
    calls(
        "too small for country information",
        dos(0x6501, bx=0xFFFF, cx=4, dx=0xFFFF, di=at("buffer")),
        data=_BUFFER,
    ),
    calls(
        "upper-case table",
        dos(0x6502, bx=0xFFFF, cx=5, dx=0xFFFF, di=at("buffer")),
        show("buffer", 1),
        data=_BUFFER,
    ),
    calls(
        "file name characters",
        dos(0x6505, bx=0xFFFF, cx=5, dx=0xFFFF, di=at("buffer")),
        show("buffer", 1),
        data=_BUFFER,
    ),
    calls(
        "collating table",
        dos(0x6506, bx=0xFFFF, cx=5, dx=0xFFFF, di=at("buffer")),
        show("buffer", 1),
        data=_BUFFER,
    ),
    calls(
        "double bytes",
        dos(0x6507, bx=0xFFFF, cx=5, dx=0xFFFF, di=at("buffer")),
        show("buffer", 1),
        data=_BUFFER,
    ),
    calls("capital letter", dos(0x6520, dx=0x61), dos(0x6520, dx=0x31)),
    calls(
        "capital text",
        dos(0x6521, dx=at("buffer"), cx=5),
        show("buffer", 8),
        data={"buffer": b"hello\x81x\0"},
    ),
    calls(
        "capital ASCIIZ",
        dos(0x6522, dx=at("buffer")),
        show("buffer", 8),
        data={"buffer": b"hello\x81x\0"},
    ),
    calls(
        "yes or no",
        dos(0x6523, dx=0x59, shows="ax"),
        dos(0x6523, dx=0x6E, shows="ax"),
        dos(0x6523, dx=0x58, shows="ax"),
    ),
    calls("code page", dos(0x6601)),
    calls("unknown code page function", dos(0x6605)),
    calls(
        "lead byte table",
        dos(0x6300, hide="si ds"),
    ),
    calls(
        "extended error: no such file",
        dos(0x3D00, dx="NO.TXT"),
        dos(0x59, bx=0, hide="dx si di bp ds es"),
    ),
    calls(
        "extended error: no such directory",
        dos(0x3D00, dx="NO\\NO.TXT"),
        dos(0x59, bx=0, hide="dx si di bp ds es"),
    ),
    calls(
        "extended error: bad handle", dos(0x3E, bx=99), dos(0x59, bx=0, hide="dx si di bp ds es")
    ),
    calls(
        "extended error: no more files",
        dos(0x4E, dx="NO.*", cx=0),
        dos(0x59, bx=0, hide="dx si di bp ds es"),
    ),
    calls("extended error: bad function", dos(0x5805), dos(0x59, bx=0, hide="dx si di bp ds es")),
    calls(
        "extended error: FCB",
        dos(0x0F, dx=at("buffer")),
        dos(0x59, bx=0, hide="dx si di bp ds es"),
        data={"buffer": b"\0NO      TXT" + bytes(30)},
    ),
    calls("a function that DOS does not have", dos(0x6F00), dos(0xFE00)),
    calls(
        "CP/M's functions that do nothing",
        dos(0x18, shows="al"),
        dos(0x1D, shows="al"),
        dos(0x1E, shows="al"),
        dos(0x20, shows="al"),
    ),
    calls("free space", dos(0x36, dx=0, hide="ax bx cx dx"), dos(0x36, dx=20)),
    calls("drive data of a missing drive", dos(0x1C, dx=20, hide="bx cx dx ds")),
    calls("disk parameters of a missing drive", dos(0x32, dx=20, hide="bx ds")),
    calls("reset the disks", dos(0x0D)),
    calls("INT 2Fh: Windows", interrupt(0x2F, ax=0x1600, shows="al")),
    calls("INT 2Fh: idle", interrupt(0x2F, ax=0x1680, shows="al")),
    calls("INT 2Fh: DPMI", interrupt(0x2F, ax=0x1687, shows="ax", hide="bx cx dx si di es")),
    calls("INT 2Fh: XMS", interrupt(0x2F, ax=0x4300, shows="al")),
    calls("INT 2Fh: network", interrupt(0x2F, ax=0x1100, shows="al")),
    calls("INT 2Fh: PRINT", interrupt(0x2F, ax=0x0100, shows="al")),
    calls("INT 2Fh: ASSIGN", interrupt(0x2F, ax=0x0600, shows="al")),
    calls("INT 2Fh: SHARE", interrupt(0x2F, ax=0x1000, shows="al")),
    calls("INT 2Fh: MSCDEX", interrupt(0x2F, ax=0x1500, bx=0, shows="bx", hide="cx")),
    calls("INT 2Fh: ANSI", interrupt(0x2F, ax=0x1A00, shows="al")),
    calls("INT 2Fh: DOS internals", interrupt(0x2F, ax=0x1200, shows="al")),
    calls("INT 2Fh: DOSKEY", interrupt(0x2F, ax=0x4800, shows="al")),
    calls("INT 2Fh: APPEND", interrupt(0x2F, ax=0xB700, shows="al")),
    calls("INT 2Fh: something unknown", interrupt(0x2F, ax=0xDA00, shows="ax")),
    calls("INT 11h and 12h", interrupt(0x11, shows=""), interrupt(0x12, shows="", hide="ax")),
    calls("INT 16h: no key", interrupt(0x16, ax=0x0100, shows="zf")),
    calls("INT 16h: shift keys", interrupt(0x16, ax=0x0200, shows="al")),
    calls("INT 10h: video mode", interrupt(0x10, ax=0x0F00, shows="ax", hide="bx")),
    calls("INT 15h: unknown", interrupt(0x15, ax=0xB000, shows="cf")),
    calls("INT 1Ah: ticks", interrupt(0x1A, ax=0x0000, hide="cx dx")),
)
