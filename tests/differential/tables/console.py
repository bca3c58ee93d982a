"""Characters and lines, with standard input and output redirected to files.

Nothing here flushes the input (0Ch) or types a line that does not fit: DOSBox would wait for a
keyboard that nobody is at.
"""

from __future__ import annotations

from tests.differential.assembler import calls
from tests.differential.steps import at, dos, interrupt, show

_LINE = {"line": bytes([10]) + bytes(15)}

ROWS = (
    calls(
        "write characters", dos(0x02, dx=0x41), dos(0x02, dx=0x42), dos(0x06, dx=0x43), stdin=b""
    ),
    calls(
        "write a tab", dos(0x02, dx=0x41), dos(0x02, dx=9, shows=""), dos(0x02, dx=0x42, shows="")
    ),
    calls("write a text", dos(0x09, dx=b"hello, world\r\n$")),
    calls("write a text with nothing in it", dos(0x09, dx=b"$")),
    calls("write to standard output", dos(0x40, bx=1, cx=7, dx=b"hello\r\n")),
    calls("write control characters", dos(0x40, bx=1, cx=6, dx=b"\x07\x08\x1b\x1a\x00\x7f")),
    calls("write nothing", dos(0x40, bx=1, cx=0, dx=0)),
    calls(
        "information of redirected handles",
        dos(0x4400, bx=0, hide="dx"),
        dos(0x4400, bx=2),
        dos(0x4400, bx=3),
        dos(0x4400, bx=4),
    ),
    calls("read with echo", dos(0x01), dos(0x01), stdin=b"xyz"),
    calls("read without echo", dos(0x08), dos(0x07), dos(0x08), stdin=b"xyz"),
    calls("read directly", dos(0x06, dx=0xFF), dos(0x06, dx=0xFF), stdin=b"xy"),
    calls("is there input", dos(0x0B), dos(0x08), dos(0x0B), stdin=b"xyz"),
    calls("read a line", dos(0x0A, dx=at("line")), show("line", 8), data=_LINE, stdin=b"hello\r\n"),
    calls(
        "read two lines",
        dos(0x0A, dx=at("line")),
        show("line", 8),
        dos(0x0A, dx=at("line")),
        show("line", 8),
        data=_LINE,
        stdin=b"hello\r\nworld\r\n",
    ),
    calls(
        "read an empty line", dos(0x0A, dx=at("line")), show("line", 4), data=_LINE, stdin=b"\r\n"
    ),
    calls(
        "read a line with backspace",
        dos(0x0A, dx=at("line")),
        show("line", 8),
        data=_LINE,
        stdin=b"hex\bllo\r\n",
    ),
    calls(
        "read from standard input",
        dos(0x3F, bx=0, cx=5, dx=at("line")),
        show("line", 5),
        data=_LINE,
        stdin=b"hello, world",
    ),
    calls(
        "read a line from standard input",
        dos(0x3F, bx=0, cx=15, dx=at("line")),
        show("line", 16),
        data=_LINE,
        stdin=b"hi\r\nyou\r\n",
    ),
    calls("read at the end", dos(0x3F, bx=0, cx=5, dx=at("line")), data=_LINE, stdin=b""),
    calls("carriage return and line feed", dos(0x08), dos(0x08), dos(0x08), stdin=b"\r\nx"),
    calls("control characters come in", dos(0x07), dos(0x07), dos(0x07), stdin=b"\x1a\x00\x1b"),
    calls(
        "raw output to standard error's twin", dos(0x45, bx=1), dos(0x40, bx=5, cx=5, dx=b"twice")
    ),
    calls("fast console output", interrupt(0x29, ax=0x0041)),
    calls("the DOS idle interrupt", interrupt(0x28)),
    calls(
        "write to a closed standard output",
        dos(0x45, bx=1),
        dos(0x3E, bx=1),
        dos(0x02, dx=0x41, shows=""),
        dos(0x46, bx=5, cx=1),
    ),
)
