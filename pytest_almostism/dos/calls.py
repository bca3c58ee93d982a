"""The trace: which DOS and BIOS calls a program made, as strace would show them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

from pytest_almostism.dos.errorcode import ErrorCode
from pytest_almostism.dos.registers import Flag, Registers
from pytest_almostism.dos.services import Service

#: How many calls a log keeps; of a program that makes more, the last ones.
CALLS_KEPT = 10_000


@dataclass(frozen=True)
class DosCall:
    """One call of an interrupt that the machine answered, or should have.

    Attributes:
        interrupt: 00h..FFh.
        number: `INT 21h/3Dh`, `INT 21h/4300h`, `INT 20h`.
        name: the service's name in the DOS manual: `open`, `get_version`; empty if unanswered.
        before: the registers as the program called; IP is behind the INT.
        arguments: the arguments by name, texts and buffers (their first 64 bytes) included.
        result: AX afterwards.
        error: what DOS answered, or None for success.
    """

    interrupt: int
    number: str
    name: str
    before: Registers
    arguments: Mapping[str, object]
    result: int
    error: ErrorCode | int | None

    @property
    def function(self) -> int:
        """AH at the call."""
        return int(self.before.ah)

    @property
    def ax(self) -> int:
        """AX at the call."""
        return int(self.before.ax)

    @property
    def bx(self) -> int:
        """BX at the call."""
        return int(self.before.bx)

    @property
    def cx(self) -> int:
        """CX at the call."""
        return int(self.before.cx)

    @property
    def dx(self) -> int:
        """DX at the call."""
        return int(self.before.dx)

    @property
    def address(self) -> str:
        """CS:IP behind the INT instruction: `1234:0105`."""
        return self.before.address

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={_show(value)}" for name, value in self.arguments.items())
        if self.error is None:
            outcome = f"{self.result:04X}h"
        elif isinstance(self.error, ErrorCode):
            outcome = f"error {self.error:d} {self.error.text}"
        else:
            outcome = f"error {self.error}"
        name = self.name or "unanswered"
        return f"{self.address}  {self.number} {name}({shown}) -> {outcome}"


def _show(value: object) -> str:
    if isinstance(value, int):
        return f"{value:X}h" if value > 9 else str(value)
    if isinstance(value, bytes):
        if len(value) > 4 and value == value[:1] * len(value):
            return f"{value[:1]!r}*{len(value)}"[1:]
        return repr(value)[1:]
    return f'"{value}"'


Entry = tuple[int, Service | None, bytes, dict[str, object], int, int]


class CallLog(Sequence[DosCall]):
    """The calls of one run, oldest first; indexing makes `DosCall`s of what was recorded.

    Attributes:
        total: how many calls there were; more than `len()` if the oldest were dropped.
    """

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=CALLS_KEPT)
        self.total = 0

    def record(self, entry: Entry) -> None:
        """Add what is known of a call: cheap, since it happens at every one.

        Args:
            entry: interrupt, service, register block before, what pointers pointed to, AX and
                FLAGS afterwards.
        """
        self.total += 1
        self._entries.append(entry)

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, index: int) -> DosCall: ...
    @overload
    def __getitem__(self, index: slice) -> list[DosCall]: ...
    def __getitem__(self, index: int | slice) -> DosCall | list[DosCall]:
        if isinstance(index, slice):
            return [_decode(self._entries[i]) for i in range(*index.indices(len(self)))]
        return _decode(self._entries[index])

    def __iter__(self) -> Iterator[DosCall]:
        return map(_decode, tuple(self._entries))

    def __repr__(self) -> str:
        return f"<{self.total} calls>"


def _decode(entry: Entry) -> DosCall:
    interrupt, service, block, pointed, result, flags = entry
    before = Registers(block)
    if service is None:
        arguments: dict[str, object] = {n: getattr(before, n) for n in ("ax", "bx", "cx", "dx")}
        number = f"INT {interrupt:02X}h/{before.ah:02X}h"
        return DosCall(interrupt, number, "", before, arguments, result, _error(result))
    values = {**pointed, **{name: getattr(before, where) for name, where in service.registers}}
    failed = flags & Flag.CARRY and service.reports_by_carry
    return DosCall(
        interrupt,
        service.number,
        service.name,
        before,
        {name: values[name] for name in service.arguments},
        result,
        _error(result) if failed else None,
    )


def _error(code: int) -> ErrorCode | int:
    return ErrorCode(code) if code in ErrorCode._value2member_map_ else code
