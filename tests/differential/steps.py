"""The steps that a guest program can be made of, and how the log of each reads.

A table says what a program does as a list of steps:

    calls(
        "open what is there",
        dos(0x3D02, dx="A.TXT", keeps="handle=ax"),
        dos(0x3F, bx=kept("handle"), cx=5, dx=at("buffer")),
        show("buffer", 5),
        files={"A.TXT": b"hello"},
        data={"buffer": bytes(5)},
    )

A register is given as a number, as a text or bytes that it points to, as the place of a datum, or
as what an earlier step has kept. DS and ES are the program's segment unless given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.differential.results import RESULTS, reports_by_carry


@dataclass(frozen=True)
class At:
    """The offset of a datum, some bytes into it."""

    name: str
    plus: int = 0


@dataclass(frozen=True)
class Kept:
    """What an earlier step has kept under this name."""

    name: str


Value = int | str | bytes | At | Kept

at, kept = At, Kept


@dataclass(frozen=True)
class Interrupt:
    """Call an interrupt and log the registers.

    Attributes:
        number: 00h..FFh.
        label: how facts call it.
        registers: what it is given.
        shows: the registers that carry its results.
        hide: registers that are not compared, as the machines may differ in them.
        keeps: what later steps may use: slot name -> register.
    """

    number: int
    label: str
    registers: Mapping[str, Value]
    shows: frozenset[str] = frozenset()
    hide: frozenset[str] = frozenset()
    keeps: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Show:
    """Log bytes from memory.

    Attributes:
        offset: where they are; in the program's segment,
        segment: or in this one.
        length: how many.
        hide: which of them are not compared: offsets and lengths.
        text: whether they are a text that ends in a zero, with whatever behind it.
    """

    offset: At | Kept | int
    segment: Kept | int | None
    length: int
    hide: tuple[tuple[int, int], ...] = ()
    text: bool = False

    @property
    def label(self) -> str:
        """How facts call it."""
        where = self.offset.name if isinstance(self.offset, (At, Kept)) else f"{self.offset:X}h"
        return f"show {where}"


@dataclass(frozen=True)
class Poke:
    """Put bytes or a word into memory, in the program's segment or in another one."""

    offset: At | int
    value: bytes | Kept | At
    segment: Kept | int | None = None


@dataclass(frozen=True)
class Keep:
    """Keep a word of the program's segment under a name."""

    name: str
    offset: At | int


@dataclass(frozen=True)
class Instruction:
    """Execute machine code that does not jump away, and log the registers.

    Attributes:
        label: how facts call it.
        code: the machine code.
        registers: what is in them before.
        flags: the flags before.
        defined: the flags that are compared afterwards.
    """

    label: str
    code: bytes
    registers: Mapping[str, Value]
    flags: int
    defined: int


@dataclass(frozen=True)
class Code:
    """Machine code that stands between the other steps."""

    code: bytes


Step = Interrupt | Show | Poke | Keep | Instruction | Code

#: The arithmetic flags.
CARRY, PARITY, AUXILIARY, ZERO, SIGN, OVERFLOW = 0x001, 0x004, 0x010, 0x040, 0x080, 0x800
ALL = CARRY | PARITY | AUXILIARY | ZERO | SIGN | OVERFLOW

#: The program's segment, as a value.
CS = Kept("CS")


def dos(
    function: int, *, shows: str | None = None, hide: str = "", keeps: str = "", **registers: Value
) -> Interrupt:
    """Call INT 21h.

    Args:
        function: AH, or AX if it is 100h or more.
        shows: registers with results, names with spaces between; those of the manual by default.
        hide: registers that are not compared.
        keeps: `name=register`, more than one with spaces between.
        registers: what is in them.
    """
    ax = function if function > 0xFF else function << 8
    shown = RESULTS.get(ax, RESULTS.get(ax >> 8, "")) if shows is None else shows
    if reports_by_carry(ax >> 8):
        shown += " cf"
    return _interrupt(0x21, f"{function:02X}h", shown, hide, keeps, {"ax": ax, **registers})


def interrupt(
    number: int, *, shows: str = "", hide: str = "", keeps: str = "", **registers: Value
) -> Interrupt:
    """Call another interrupt; the arguments are those of `dos`, but CF shows only if asked for."""
    return _interrupt(number, f"INT {number:02X}h", shows, hide, keeps, registers)


def _interrupt(
    number: int, label: str, shows: str, hide: str, keeps: str, registers: dict[str, Value]
) -> Interrupt:
    kept_registers = dict(pair.split("=") for pair in keeps.split())
    return Interrupt(
        number, label, registers, frozenset(shows.split()), frozenset(hide.split()), kept_registers
    )


def show(
    where: str | At | Kept | int,
    length: int,
    *,
    segment: Kept | int | None = None,
    hide: tuple[tuple[int, int], ...] = (),
    text: bool = False,
) -> Show:
    """Log bytes: of a datum by its name, or at an offset."""
    return Show(At(where) if isinstance(where, str) else where, segment, length, hide, text)


def poke(
    where: str | At | int, value: bytes | Kept | At, *, segment: Kept | int | None = None
) -> Poke:
    """Change bytes: of a datum by its name, or at an offset."""
    return Poke(At(where) if isinstance(where, str) else where, value, segment)


def code(text: str) -> Code:
    """Machine code in hex."""
    return Code(bytes.fromhex(text))


def execute(
    label: str, machine_code: str, *, flags: int = 0, defined: int = ALL, **registers: Value
) -> Instruction:
    """Execute machine code, given in hex, and log what became of registers and flags.

    Args:
        label: the instruction, for people.
        machine_code: in hex.
        flags: the flags before.
        defined: which flags the instruction defines.
        registers: what is in them.
    """
    return Instruction(label, bytes.fromhex(machine_code), registers, flags, defined)
