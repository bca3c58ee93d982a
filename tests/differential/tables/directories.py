"""Directories, the current drive, and how paths are read."""

from __future__ import annotations

from tests.differential.assembler import calls
from tests.differential.program import Program
from tests.differential.steps import at, dos, show

_SUB = {"SUB": None, "SUB/A.TXT": b"hello"}
_TREE = {"SUB": None, "SUB/DEEP": None, "SUB/DEEP/A.TXT": b"hello"}
_PATH = {"path": bytes(80)}


def _canonical(name: str, path: str) -> Program:
    return calls(
        f"truename: {name}",
        dos(0x60, si=path, di=at("path")),
        show("path", 80, text=True),
        data=_PATH,
        files=_SUB,
    )


ROWS = (
    calls("make a directory", dos(0x39, dx="NEW")),
    calls("make a directory in a directory", dos(0x39, dx="SUB\\NEW"), files=_SUB),
    calls("make a directory that is there", dos(0x39, dx="SUB"), files=_SUB),
    calls("make a directory where a file is", dos(0x39, dx="A"), files={"A": b""}),
    calls("make a directory in a missing one", dos(0x39, dx="NO\\NEW")),
    calls("make a directory with wildcards", dos(0x39, dx="N?W")),
    calls("make a directory with an empty name", dos(0x39, dx="")),
    calls("make the root", dos(0x39, dx="\\")),
    calls("make dot", dos(0x39, dx=".")),
    calls("make a device", dos(0x39, dx="NUL")),
    calls("remove a device", dos(0x3A, dx="NUL")),
    calls("make a directory with an extension", dos(0x39, dx="new.dir")),
    calls("make a directory with a trailing backslash", dos(0x39, dx="NEW\\")),
    calls("remove a directory", dos(0x3A, dx="SUB"), files={"SUB": None}),
    calls("remove a directory that holds a file", dos(0x3A, dx="SUB"), files=_SUB),
    calls("remove a missing directory", dos(0x3A, dx="NO")),
    calls("remove a directory in a missing one", dos(0x3A, dx="NO\\SUB")),
    calls("remove a file as a directory", dos(0x3A, dx="A"), files={"A": b""}),
    calls("remove the root", dos(0x3A, dx="\\")),
    calls(
        "remove the current directory",
        dos(0x3B, dx="SUB"),
        dos(0x3A, dx="..\\SUB"),
        files={"SUB": None},
    ),
    calls("remove dot", dos(0x3A, dx="."), files={"SUB": None}),
    calls("remove with wildcards", dos(0x3A, dx="S*"), files={"SUB": None}),
    calls(
        "change directory, down and up",
        dos(0x3B, dx="SUB"),
        dos(0x47, dx=0, si=at("path")),
        show("path", 80, text=True),
        dos(0x3B, dx="DEEP"),
        dos(0x47, dx=0, si=at("path")),
        show("path", 80, text=True),
        dos(0x3B, dx=".."),
        dos(0x3B, dx="..\\SUB\\DEEP\\."),
        dos(0x47, dx=3, si=at("path")),
        show("path", 80, text=True),
        dos(0x3B, dx="\\"),
        dos(0x47, dx=3, si=at("path")),
        show("path", 80, text=True),
        data=_PATH,
        files=_TREE,
    ),
    calls("change to a missing directory", dos(0x3B, dx="NO")),
    calls("change to a file", dos(0x3B, dx="A.TXT"), files={"A.TXT": b""}),
    calls("change above the root", dos(0x3B, dx="\\.."), dos(0x3B, dx="\\W\\..\\..")),
    calls("change with an empty name", dos(0x3B, dx="")),
    calls("change with wildcards", dos(0x3B, dx="S*"), files=_SUB),
    calls("change lower-case with slashes", dos(0x3B, dx="sub/deep"), files=_TREE),
    calls("change on a missing drive", dos(0x3B, dx="Q:\\")),
    calls("current directory of a missing drive", dos(0x47, dx=17, si=at("path")), data=_PATH),
    calls(
        "relative to the current directory",
        dos(0x3B, dx="SUB"),
        dos(0x3D00, dx="A.TXT"),
        dos(0x3D00, dx="C:A.TXT"),
        dos(0x3D00, dx=".\\A.TXT"),
        dos(0x3D00, dx="..\\SUB\\A.TXT"),
        dos(0x3D00, dx="..\\A.TXT"),
        files=_SUB,
    ),
    calls(
        "the current drive",
        dos(0x19),
        dos(0x0E, dx=2, hide="al"),
        dos(0x19),
        dos(0x0E, dx=16, hide="al"),
        dos(0x19),
    ),
    calls(
        "a path through a file",
        dos(0x3D00, dx="A.TXT\\..\\B.TXT"),
        files={"A.TXT": b"", "B.TXT": b""},
    ),
    calls(
        "a path through a missing directory", dos(0x3D00, dx="NO\\..\\B.TXT"), files={"B.TXT": b""}
    ),
    calls("two backslashes", dos(0x3D00, dx="SUB\\\\A.TXT"), files=_SUB),
    calls("three dots", dos(0x3D00, dx="...\\A.TXT"), files=_SUB),
    calls(
        "a path of 130 characters",
        dos(0x3D00, dx=".\\" * 62 + "A.TXT"),
        files={"A.TXT": b""},
    ),
    _canonical("a file", "A.TXT"),
    _canonical("a missing file", "no.txt"),
    _canonical("in a directory", "sub/a.txt"),
    _canonical("dot-dot", "sub\\..\\a.txt"),
    _canonical("dot", "."),
    _canonical("the root", "\\"),
    _canonical("a wildcard", "a*.t?t"),
    _canonical("a long name", "longfilename.text"),
    _canonical("above the root", "\\..\\a"),
    _canonical("a drive", "c:a"),
    _canonical("a missing drive", "q:\\a"),
    _canonical("a device", "nul"),
    _canonical("a device in a directory", "sub\\con"),
    _canonical("an empty name", ""),
    _canonical("a trailing backslash", "sub\\"),
)
