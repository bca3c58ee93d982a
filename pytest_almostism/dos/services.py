"""The service table: which Python function answers which interrupt and function number.

A service is one short function `name(pc, regs)`, named as in the DOS manual and registered by
its number:

    @int21(0x3D, path="ds:dx asciiz", access="al")
    def open_file(pc, regs): ...

It reads its arguments from `regs`, writes its results there, and raises `DosError` for what
DOS reports by CF=1 and an error code in AX. The keywords say how a call reads in a trace.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pytest_almostism.dos.memory import Memory
from pytest_almostism.dos.names import from_fcb_name
from pytest_almostism.dos.registers import Registers

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine

Call = Callable[["Machine", Registers], None]
Decoder = Callable[[Memory, Registers], object]

_SHOWN = 64  # bytes of a buffer that a trace keeps


@dataclass(frozen=True)
class Service:
    """One entry of the table.

    Attributes:
        interrupt: 00h..FFh.
        function: AH; None for an interrupt that is one service whole.
        subfunction: AL; None where AL is an argument or nothing.
        name: as in the DOS manual, without `_file`.
        call: what is done.
        arguments: the names of the arguments, in order.
        registers: those that are in a register, and in which.
        pointers: those that a register points to, and how they are read at the time of the call.
        missing: what of the service is not there yet; empty: nothing.
        traced: whether a trace shows its calls; not if the machine itself makes them.
    """

    interrupt: int
    function: int | None
    subfunction: int | None
    name: str
    call: Call = field(repr=False)
    arguments: tuple[str, ...] = ()
    registers: tuple[tuple[str, str], ...] = ()
    pointers: tuple[tuple[str, Decoder], ...] = field(default=(), repr=False)
    missing: str = ""
    traced: bool = True

    @property
    def reports_by_carry(self) -> bool:
        """Whether CF tells success from failure: so it is in INT 21h from function 38h on."""
        return self.interrupt == 0x21 and self.function is not None and self.function >= 0x38

    @property
    def number(self) -> str:
        """`INT 21h/3Dh`, `INT 21h/4300h`, `INT 20h`."""
        text = f"INT {self.interrupt:02X}h"
        if self.function is None:
            return text
        if self.subfunction is None:
            return f"{text}/{self.function:02X}h"
        return f"{text}/{self.function:02X}{self.subfunction:02X}h"


#: interrupt -> AH -> the service, or AL -> the service; key None: whatever AH or AL is.
_table: dict[int, dict[int | None, Service | dict[int, Service]]] = {}


def service(
    interrupt: int,
    number: int | None = None,
    /,
    *,
    missing: str = "",
    traced: bool = True,
    **arguments: str,
) -> Callable[[Call], Call]:
    """Register a function as the service of an interrupt.

    Args:
        interrupt: 00h..FFh.
        number: AH, or AH*100h+AL (100h and above) for a subfunction; None for all of it.
        missing: what of the real service it does not do.
        traced: whether a trace shows it.
        arguments: how a trace shows a call: the name of a register, or `ds:dx asciiz` for a
            text, `ds:dx $` for one that ends in a dollar, `ds:dx fcb` for the name in a file
            control block, `ds:dx cx` for as many bytes.
    """

    def register(call: Call) -> Call:
        function, subfunction = number, None
        if number is not None and number > 0xFF:
            function, subfunction = number >> 8, number & 0xFF
        entry = Service(
            interrupt,
            function,
            subfunction,
            call.__name__.replace("_file", ""),
            call,
            tuple(arguments),
            tuple((name, where) for name, where in arguments.items() if " " not in where),
            tuple((name, _decoder(where)) for name, where in arguments.items() if " " in where),
            missing,
            traced,
        )
        functions = _table.setdefault(interrupt, {})
        if subfunction is None:
            functions[function] = entry
        else:
            subfunctions = functions.setdefault(function, {})
            if not isinstance(subfunctions, dict):
                raise TypeError(f"{entry.number} is registered whole already")
            subfunctions[subfunction] = entry
        return call

    return register


def int21(number: int, /, *, missing: str = "", **arguments: str) -> Callable[[Call], Call]:
    """Register a function as a service of INT 21h; see `service`."""
    return service(0x21, number, missing=missing, traced=True, **arguments)


def find(interrupt: int, ah: int, al: int) -> Service | None:
    """Return the service for a call, or None if nobody answers it."""
    functions = _table.get(interrupt)
    if functions is None:
        return None
    entry = functions.get(ah) or functions.get(None)
    return entry.get(al) if isinstance(entry, dict) else entry


def registered() -> Iterator[Service]:
    """Yield all services, by number."""
    for _, functions in sorted(_table.items()):
        for _, entry in sorted(functions.items(), key=lambda item: item[0] or 0):
            yield from entry.values() if isinstance(entry, dict) else (entry,)


def _decoder(where: str) -> Decoder:
    pointer, kind = where.split()
    segment, offset = pointer.split(":")

    def decode(memory: Memory, regs: Registers) -> Any:
        at = getattr(regs, segment), getattr(regs, offset)
        if kind == "asciiz":
            return memory.asciiz(*at, limit=2 * _SHOWN).decode("cp437")
        if kind == "fcb":
            return _fcb_path(memory.read(*at, 19))
        if kind == "$":
            return memory.until(0x24, *at, limit=_SHOWN)
        return memory.read(*at, min(getattr(regs, kind), _SHOWN))

    return decode


def _fcb_path(data: bytes) -> str:
    """Return drive and name of a file control block, extended or not: `C:FOO.TXT`."""
    data = data[7:] if data[0] == 0xFF else data
    drive = f"{chr(0x40 + data[0])}:" if 0 < data[0] <= 26 else ""
    return drive + from_fcb_name(data[1:12].decode("cp437"))
