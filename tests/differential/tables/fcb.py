"""Files by file control blocks, and the parsing of names into them."""

from __future__ import annotations

from tests.differential.assembler import calls
from tests.differential.program import Files, Program
from tests.differential.steps import Step, at, dos, poke, show

_ABC = {"A.TXT": b"first", "B.TXT": b"second", "C.DAT": b"third"}
_LINES = {"A.TXT": bytes(range(65, 91)) * 12}  # 312 bytes: two records of 128 and a rest


def _fcb(name: str, drive: int = 0, new: str = "") -> bytes:
    """Return an FCB that is not open yet; `new` is what to rename it to."""
    return (bytes([drive]) + name.encode("cp437") + bytes(5) + new.encode("cp437")).ljust(37, b"\0")


def _extended(name: str, attributes: int) -> bytes:
    return b"\xff" + bytes(5) + bytes([attributes]) + _fcb(name)


def _fcbs(
    name: str,
    *steps: Step | tuple[Step, ...],
    fcb: bytes,
    files: Files | None = None,
) -> Program:
    """Make a program with an FCB and a DTA of 256 bytes."""
    return calls(
        name,
        dos(0x1A, dx=at("dta")),
        *steps,
        data={"fcb": fcb, "dta": bytes(256)},
        files=files or {},
    )


def _show_fcb() -> tuple[Step, ...]:
    """Show drive, name, block, record size, file size, current and random record."""
    return (
        show("fcb", 20, hide=()),
        show(at("fcb", 32), 5),
    )


def _parse(
    name: str, text: str, options: int, fcb: bytes = b"\x05OLDNAMEXOLD" + bytes(25)
) -> Program:
    return calls(
        f"parse {name}",
        dos(0x2900 | options, si=at("text"), di=at("fcb")),
        show("fcb", 16),
        data={"text": text.encode("cp437") + b"\r\0", "fcb": fcb},
    )


ROWS = (
    _fcbs(
        "FCB open",
        dos(0x0F, dx=at("fcb")),
        _show_fcb(),
        dos(0x10, dx=at("fcb")),
        fcb=_fcb("A       TXT"),
        files=_ABC,
    ),
    _fcbs("FCB open a missing file", dos(0x0F, dx=at("fcb")), fcb=_fcb("NO      TXT")),
    _fcbs(
        "FCB open with wildcards",
        dos(0x0F, dx=at("fcb")),
        _show_fcb(),
        fcb=_fcb("?       TXT"),
        files=_ABC,
    ),
    _fcbs("FCB open on a missing drive", dos(0x0F, dx=at("fcb")), fcb=_fcb("A       TXT", 17)),
    _fcbs("FCB close without open", dos(0x10, dx=at("fcb")), fcb=_fcb("A       TXT"), files=_ABC),
    _fcbs(
        "FCB read sequentially",
        dos(0x0F, dx=at("fcb")),
        *(
            step
            for _ in range(4)
            for step in (
                dos(0x14, dx=at("fcb")),
                show("dta", 128),
                show(at("fcb", 12), 4),
                show(at("fcb", 32), 1),
            )
        ),
        dos(0x10, dx=at("fcb")),
        fcb=_fcb("A       TXT"),
        files=_LINES,
    ),
    _fcbs(
        "FCB create and write",
        dos(0x16, dx=at("fcb")),
        poke("dta", b"what is written"),
        poke(at("fcb", 14), b"\x0f\x00"),
        dos(0x15, dx=at("fcb")),
        dos(0x15, dx=at("fcb")),
        show(at("fcb", 16), 4),
        dos(0x10, dx=at("fcb")),
        fcb=_fcb("NEW     TXT"),
    ),
    _fcbs(
        "FCB create over an old file",
        dos(0x16, dx=at("fcb")),
        dos(0x10, dx=at("fcb")),
        fcb=_fcb("A       TXT"),
        files=_ABC,
    ),
    _fcbs("FCB create with wildcards", dos(0x16, dx=at("fcb")), fcb=_fcb("A?      TXT")),
    _fcbs(
        "FCB random read",
        dos(0x0F, dx=at("fcb")),
        poke(at("fcb", 14), b"\x1a\x00"),
        poke(at("fcb", 33), b"\x02\x00\x00"),
        dos(0x21, dx=at("fcb")),
        show("dta", 27),
        show(at("fcb", 12), 4),
        show(at("fcb", 32), 4),
        poke(at("fcb", 33), b"\x63\x00\x00"),
        dos(0x21, dx=at("fcb")),
        fcb=_fcb("A       TXT"),
        files=_LINES,
    ),
    _fcbs(
        "FCB random write",
        dos(0x0F, dx=at("fcb")),
        poke(at("fcb", 14), b"\x04\x00"),
        poke(at("fcb", 33), b"\x03\x00\x00"),
        poke("dta", b"four"),
        dos(0x22, dx=at("fcb")),
        show(at("fcb", 32), 4),
        dos(0x10, dx=at("fcb")),
        fcb=_fcb("A       TXT"),
        files={"A.TXT": b"x" * 20},
    ),
    _fcbs(
        "FCB block read",
        dos(0x0F, dx=at("fcb")),
        poke(at("fcb", 14), b"\x64\x00"),
        dos(0x27, cx=2, dx=at("fcb")),
        show("dta", 200),
        show(at("fcb", 33), 3),
        dos(0x27, cx=2, dx=at("fcb")),
        show("dta", 128),
        show(at("fcb", 33), 3),
        dos(0x27, cx=2, dx=at("fcb")),
        fcb=_fcb("A       TXT"),
        files=_LINES,
    ),
    _fcbs(
        "FCB block write",
        dos(0x16, dx=at("fcb")),
        poke("dta", b"abcdefghijkl"),
        poke(at("fcb", 14), b"\x03\x00"),
        dos(0x28, cx=4, dx=at("fcb")),
        show(at("fcb", 16), 4),
        show(at("fcb", 33), 3),
        dos(0x10, dx=at("fcb")),
        fcb=_fcb("NEW     TXT"),
    ),
    _fcbs(
        "FCB truncate by a block write of nothing",
        dos(0x0F, dx=at("fcb")),
        poke(at("fcb", 14), b"\x01\x00"),
        poke(at("fcb", 33), b"\x07\x00\x00"),
        dos(0x28, cx=0, dx=at("fcb")),
        show(at("fcb", 16), 4),
        dos(0x10, dx=at("fcb")),
        fcb=_fcb("A       TXT"),
        files=_LINES,
    ),
    _fcbs(
        "FCB file size",
        poke(at("fcb", 14), b"\x64\x00"),
        dos(0x23, dx=at("fcb")),
        show(at("fcb", 33), 3),
        fcb=_fcb("A       TXT"),
        files=_LINES,
    ),
    _fcbs(
        "FCB size of a missing file",
        poke(at("fcb", 14), b"\x64\x00"),
        dos(0x23, dx=at("fcb")),
        fcb=_fcb("NO      TXT"),
    ),
    _fcbs(
        "FCB set the random record",
        dos(0x0F, dx=at("fcb")),
        poke(at("fcb", 12), b"\x02\x00"),
        poke(at("fcb", 32), b"\x05"),
        dos(0x24, dx=at("fcb")),
        show(at("fcb", 33), 3),
        fcb=_fcb("A       TXT"),
        files=_LINES,
    ),
    _fcbs(
        "FCB find",
        dos(0x11, dx=at("fcb")),
        show("dta", 12),
        show(at("dta", 29), 4),
        dos(0x12, dx=at("fcb")),
        show("dta", 12),
        dos(0x12, dx=at("fcb")),
        fcb=_fcb("????????TXT"),
        files=_ABC,
    ),
    _fcbs("FCB find nothing", dos(0x11, dx=at("fcb")), fcb=_fcb("NO      ???"), files=_ABC),
    _fcbs(
        "FCB find with attributes",
        dos(0x11, dx=at("fcb")),
        show("dta", 20),
        show(at("dta", 36), 4),
        dos(0x12, dx=at("fcb")),
        fcb=_extended("S??     ???", 0x10),
        files={**_ABC, "SUB": None},
    ),
    _fcbs("FCB delete", dos(0x13, dx=at("fcb")), fcb=_fcb("A       TXT"), files=_ABC),
    _fcbs(
        "FCB delete with wildcards", dos(0x13, dx=at("fcb")), fcb=_fcb("????????TXT"), files=_ABC
    ),
    _fcbs("FCB delete nothing", dos(0x13, dx=at("fcb")), fcb=_fcb("NO      ???"), files=_ABC),
    _fcbs(
        "FCB rename", dos(0x17, dx=at("fcb")), fcb=_fcb("A       TXT", 0, "NEW     TXT"), files=_ABC
    ),
    _fcbs(
        "FCB rename with wildcards",
        dos(0x17, dx=at("fcb")),
        fcb=_fcb("????????TXT", 0, "????????BAK"),
        files=_ABC,
    ),
    _fcbs(
        "FCB rename to a taken name",
        dos(0x17, dx=at("fcb")),
        fcb=_fcb("A       TXT", 0, "B       TXT"),
        files=_ABC,
    ),
    _fcbs(
        "FCB rename nothing",
        dos(0x17, dx=at("fcb")),
        fcb=_fcb("NO      TXT", 0, "NEW     TXT"),
        files=_ABC,
    ),
    _fcbs(
        "FCB extended open",
        dos(0x0F, dx=at("fcb")),
        show("fcb", 23),
        fcb=_extended("A       TXT", 0),
        files=_ABC,
    ),
    _fcbs(
        "FCB open a device",
        dos(0x0F, dx=at("fcb")),
        dos(0x15, dx=at("fcb")),
        dos(0x10, dx=at("fcb")),
        fcb=_fcb("NUL        "),
    ),
    _parse("a name", "a.txt", 0),
    _parse("a drive", "c:file.ext", 0),
    _parse("a missing drive", "q:file.ext", 0),
    _parse("stars", "*.*", 0),
    _parse("a star at the end", "ab*.t*", 0),
    _parse("a question mark", "a?b.c?d", 0),
    _parse("long parts", "longfilename.extension", 0),
    _parse("leading blanks", "   a.txt rest", 0),
    _parse("a leading comma", ",a.txt", 0),
    _parse("a leading comma that is skipped", ",a.txt", 1),
    _parse("two leading commas", ",,a.txt", 1),
    _parse("nothing", "", 0),
    _parse("nothing, keep the name", "", 4),
    _parse("nothing, keep the extension", "", 8),
    _parse("nothing, keep all", "", 0x0E),
    _parse("a name alone, keep the extension", "name", 8),
    _parse("an extension alone, keep the name", ".new", 4),
    _parse("a dot", ".", 0),
    _parse("dot-dot", "..", 0),
    _parse("a path", "\\dir\\a.txt", 0),
    _parse("an option", "/x", 0),
    _parse("a colon", "a:", 2),
    _parse("an equals sign inside", "a=b", 0),
    _parse("a plus sign", "a+b", 0),
    _parse("a quote", '"a', 0),
    _parse("a redirection", "a<b", 0),
    _parse("a tab", "\ta\tb", 0),
)
