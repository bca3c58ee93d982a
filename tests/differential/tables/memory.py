"""Memory blocks: their allocation, and the chain they make."""

from __future__ import annotations

from tests.differential.assembler import calls
from tests.differential.steps import at, code, dos, kept, show

_SHRINK = dos(0x4A, bx=0x1000)  # a .COM program owns all memory until it lets go of it

ROWS = (
    calls("nothing is free at first", dos(0x48, bx=1)),
    calls("shrink", dos(0x4A, bx=0x1000), dos(0x48, bx=16, hide="ax")),
    calls("allocate too much", _SHRINK, dos(0x48, bx=0xFFFF, hide="bx")),
    calls("grow too much", dos(0x4A, bx=0xFFFF, hide="bx")),
    calls("allocate nothing", _SHRINK, dos(0x48, bx=0, hide="ax")),
    calls(
        "allocate, resize, free",
        _SHRINK,
        dos(0x48, bx=0x20, hide="ax", keeps="block=ax"),
        dos(0x4A, es=kept("block"), bx=0x40, hide="es"),
        dos(0x4A, es=kept("block"), bx=0x10, hide="es"),
        dos(0x49, es=kept("block"), hide="es"),
    ),
    calls(
        "blocks lie one behind the other",
        _SHRINK,
        dos(0x48, bx=0x0F, hide="ax", keeps="one=ax"),
        dos(0x48, bx=0x0F, hide="ax", keeps="two=ax"),
        dos(0x4A, es=kept("one"), bx=0x10, hide="es"),
        dos(0x49, es=kept("two"), hide="es"),
        dos(0x4A, es=kept("one"), bx=0x1E, hide="es"),
    ),
    calls(
        "a block's header",
        _SHRINK,
        dos(0x48, bx=0x0F, hide="ax", keeps="block=ax"),
        code("1E A1 05 01 48 8E D8 A0 00 00 8B 1E 03 00 1F 88 06 09 01 89 1E 0A 01"),
        show(at("zero", 0), 1),
        data={"zero": b"\0"},
    ),
    calls("free what is no block", dos(0x49, es=0x0123)),
    calls("resize what is no block", dos(0x4A, es=0x0123, bx=1)),
    calls("free the environment", code("A1 2C 00 8E C0"), dos(0x49, es=0x0123)),
    calls(
        "strategy",
        dos(0x5800),
        dos(0x5801, bx=1),
        dos(0x5800),
        dos(0x5801, bx=2),
        dos(0x5800),
        dos(0x5801, bx=0),
    ),
    calls(
        "last fit",
        _SHRINK,
        dos(0x5801, bx=2),
        dos(0x48, bx=0x10, hide="ax", keeps="high=ax"),
        dos(0x48, bx=0x10, hide="ax", keeps="lower=ax"),
        dos(0x4A, es=kept("lower"), bx=0x11, hide="es bx"),
        dos(0x5801, bx=0),
    ),
    calls("strategy nonsense", dos(0x5801, bx=0x0055), dos(0x5800), dos(0x5801, bx=0)),
    calls("unknown strategy function", dos(0x5805, bx=0)),
    calls("upper memory link", dos(0x5802), dos(0x5803, bx=1), dos(0x5803, bx=0)),
    calls("upper memory link nonsense", dos(0x5803, bx=7)),
)
