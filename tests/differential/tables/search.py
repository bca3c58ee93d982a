"""Find first and find next, and what they leave in the DTA."""

from __future__ import annotations

from tests.differential.assembler import calls
from tests.differential.program import Program
from tests.differential.steps import Step, at, dos, show

_FILES = {
    "SUB": None,
    "SUB/INNER.TXT": b"inner",
    "A": b"1",
    "A.TXT": b"22",
    "AB.TXT": b"333",
    "ABC.TXT": b"4444",
    "B.BAK": b"55555",
    "LONGNAME.EXT": b"",
}


def _found(attributes: int) -> tuple[Step, Step]:
    """Show attributes, size and name of what has been found."""
    is_sized = not attributes & 0x10  # a directory has the size that the host says, on DOSBox
    return (
        show(at("dta", 21), 9, hide=((1, 4) if is_sized else (1, 8),)),
        show(at("dta", 30), 13, text=True),
    )


def _search(name: str, pattern: str, attributes: int = 0, more: int = 1) -> Program:
    return calls(
        f"find {name}",
        dos(0x1A, dx=at("dta")),
        dos(0x4E, dx=pattern, cx=attributes),
        _found(attributes),
        *(step for _ in range(more) for step in (dos(0x4F), *_found(attributes))),
        data={"dta": bytes(64)},
        files=_FILES,
    )


ROWS = (
    _search("one file", "A.TXT"),
    _search("all", "*.*", more=8),
    _search("all with question marks", "????????.???", more=8),
    _search("a star alone", "*", more=3),
    _search("star dot", "*.", more=3),
    _search("star dot something", "*.TXT", more=4),
    _search("question marks", "A?.TXT", more=3),
    _search("more question marks", "A??.TXT", more=4),
    _search("a star in the middle", "A*C.TXT", more=4),
    _search("a star in the extension", "*.T*", more=4),
    _search("lower-case", "ab*.txt", more=3),
    _search("no extension", "A", more=2),
    _search("a missing file", "NO.TXT"),
    _search("a missing pattern", "Z*.*"),
    _search("in a directory", "SUB\\*.*", more=4),
    _search("a directory's dots", "SUB\\*.*", 0x10, more=4),
    _search("in a missing directory", "NO\\*.*"),
    _search("in a file", "A.TXT\\*.*"),
    _search("directories, too", "*.*", 0x10, more=9),
    _search("a directory by name", "SUB", 0x10),
    _search("a directory that is not asked for", "SUB"),
    _search("a directory with a backslash", "SUB\\", 0x10),
    _search("the root", "\\", 0x10),
    _search("dot", ".", 0x10),
    _search("dot-dot", "..", 0x10),
    _search("an empty pattern", ""),
    _search("on a missing drive", "Q:*.*"),
    _search("a device", "NUL"),
    _search("a device in a directory", "SUB\\CON"),
    _search("with every attribute", "*.*", 0x37, more=9),
    _search("with the archive bit", "*.TXT", 0x20, more=4),
    _search("with dot-dot", "SUB\\..\\A.*", more=2),
    _search("a long name", "LONGNAMEXX.EXTRA"),
    calls(
        "find hidden files",
        dos(0x4301, dx="A.TXT", cx=2),
        dos(0x1A, dx=at("dta")),
        dos(0x4E, dx="A.*", cx=0),
        show(at("dta", 30), 13, text=True),
        dos(0x4E, dx="A.TXT", cx=2),
        show(at("dta", 30), 13, text=True),
        dos(0x4301, dx="A.TXT", cx=0x20),
        data={"dta": bytes(64)},
        files=_FILES,
    ),
    calls(
        "two searches at once",
        dos(0x1A, dx=at("one")),
        dos(0x4E, dx="*.TXT", cx=0),
        dos(0x1A, dx=at("two")),
        dos(0x4E, dx="A*.*", cx=0),
        dos(0x1A, dx=at("one")),
        dos(0x4F),
        show(at("one", 30), 13, text=True),
        dos(0x1A, dx=at("two")),
        dos(0x4F),
        show(at("two", 30), 13, text=True),
        data={"one": bytes(64), "two": bytes(64)},
        files=_FILES,
    ),
    calls("find next without first", dos(0x1A, dx=at("dta")), dos(0x4F), data={"dta": bytes(64)}),
    calls(
        "the search's state",
        dos(0x1A, dx=at("dta")),
        dos(0x4E, dx="AB*.T?T", cx=0x06),
        show("dta", 13),
        data={"dta": bytes(64)},
        files=_FILES,
    ),
    calls(
        "delete while searching",
        dos(0x1A, dx=at("dta")),
        dos(0x4E, dx="*.TXT", cx=0),
        dos(0x41, dx=at("dta", 30)),
        dos(0x4F),
        dos(0x41, dx=at("dta", 30)),
        dos(0x4F),
        dos(0x41, dx=at("dta", 30)),
        dos(0x4F),
        data={"dta": bytes(64)},
        files=_FILES,
    ),
)
