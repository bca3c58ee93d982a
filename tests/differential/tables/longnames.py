"""Long file names, which DOSBox does not have."""

from __future__ import annotations

from tests.differential.assembler import calls
from tests.differential.steps import dos

ROWS = (
    calls("long: make a directory", dos(0x7139, dx="A long directory name")),
    calls("long: create", dos(0x716C, si="A long file name.text", bx=2, cx=0, dx=0x12)),
    calls("long: volume", dos(0x71A0, dx="C:\\", di=0x80, cx=32, hide="bx cx dx")),
)
