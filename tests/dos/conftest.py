"""What the tests of the emulated PC share: guest programs made of lists of calls, or of a file."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest

from pytest_almostism import Dos, ProgramResult
from pytest_almostism.dos import ErrorCode, Flag, Registers
from pytest_almostism.dos.calls import CallLog, Entry

_MOV = {"ax": 0xB8, "cx": 0xB9, "dx": 0xBA, "bx": 0xBB, "si": 0xBE, "di": 0xBF}
_MOV_SEGMENT = {"ds": b"\x8e\xd8", "es": b"\x8e\xc0"}  # mov ds,ax / mov es,ax
# pushf and push ax, bx, cx, dx, si, di, ds, es
_SAVE = bytes((0x9C, 0x50, 0x53, 0x51, 0x52, 0x56, 0x57, 0x1E, 0x06))
_SAVED = ("es", "ds", "di", "si", "dx", "cx", "bx", "ax", "flags")
_EXIT = b"\xb8\x00\x4c\xcd\x21"
_PROGRAMS = Path(__file__).parents[1] / "programs"

Value = int | bytes | bytearray


class Answer:
    """The registers behind one call: `ax`, `bx`, `carry`, and so on."""

    ax: int
    bx: int
    cx: int
    dx: int
    si: int
    di: int
    ds: int
    es: int
    flags: int

    def __init__(self, words: tuple[int, ...]) -> None:
        self.__dict__.update(zip(_SAVED, words, strict=True))

    @property
    def al(self) -> int:
        return self.ax & 0xFF

    @property
    def ah(self) -> int:
        return self.ax >> 8

    @property
    def carry(self) -> bool:
        return bool(self.flags & Flag.CARRY)

    @property
    def zero(self) -> bool:
        return bool(self.flags & Flag.ZERO)

    @property
    def error(self) -> ErrorCode | None:
        return ErrorCode(self.ax) if self.carry else None


class Guest(Protocol):
    def __call__(
        self, *calls: dict[str, Value], keys: str = "", stdin: bytes = b""
    ) -> list[Answer]: ...


class GuestProgram:
    """Runs INT 21h calls one after another in a real program and tells what each answered.

    A register given as bytes points to them; a bytearray is filled with what is there at the
    end. DS and ES are the program's segment unless given. The first free handle is 5. A call of
    another interrupt says so: `int=0x10`.
    """

    def __init__(self, dos: Dos) -> None:
        self.dos = dos
        self.result: ProgramResult | None = None

    def __call__(
        self, *calls: dict[str, Value], keys: str = "", stdin: bytes = b""
    ) -> list[Answer]:
        size = len(_assemble(calls, {})[0])
        code, data = _assemble(calls, _addresses(calls, 0x100 + size))
        process = self.dos.load(code + data, keys=keys, stdin=stdin)
        segment = process.psp
        self.result = process.run(max_instructions=100_000)
        memory = self.dos.memory
        for value, address in _addresses(calls, 0x100 + size).values():
            if isinstance(value, bytearray):
                value[:] = memory.read(segment, address, len(value))
        width = 2 * len(_SAVED)
        top = self.result.registers.sp + width * len(calls)
        return [
            Answer(struct.unpack("<9H", memory.read(segment, top - width * (n + 1), width)))
            for n in range(len(calls))
        ]


def _addresses(
    calls: tuple[dict[str, Value], ...], at: int
) -> dict[int, tuple[bytes | bytearray, int]]:
    found: dict[int, tuple[bytes | bytearray, int]] = {}
    for call in calls:
        for value in call.values():
            if isinstance(value, (bytes, bytearray)) and id(value) not in found:
                found[id(value)] = value, at
                at += len(value)
    return found


def _assemble(
    calls: tuple[dict[str, Value], ...], addresses: dict[int, tuple[bytes | bytearray, int]]
) -> tuple[bytes, bytes]:
    code = bytearray()
    for call in calls:
        for name, move in _MOV_SEGMENT.items():
            if name in call:
                code += struct.pack("<BH", _MOV["ax"], _word(call[name], addresses)) + move
            else:
                code += b"\x8c\xc8" + move  # mov ax,cs
        for name, opcode in _MOV.items():
            code += struct.pack("<BH", opcode, _word(call.get(name, 0), addresses))
        code += bytes((0xCD, _word(call.get("int", 0x21), addresses))) + _SAVE
    return bytes(code + _EXIT), b"".join(bytes(value) for value, _ in addresses.values())


def _word(value: Value, addresses: dict[int, tuple[bytes | bytearray, int]]) -> int:
    if isinstance(value, int):
        return value
    return addresses[id(value)][1] if addresses else 0


@pytest.fixture
def guest(dos: Dos) -> GuestProgram:
    return GuestProgram(dos)


@pytest.fixture(scope="session")
def guest_on() -> type[GuestProgram]:
    """Makes a `guest` for a machine of one's own, as tests with many examples need it."""
    return GuestProgram


@pytest.fixture
def error_of(guest: GuestProgram) -> Callable[..., ErrorCode | None]:
    """The error code that one call ends with, None for success."""

    def error_of(**registers: Value) -> ErrorCode | None:
        return guest(registers)[0].error

    return error_of


@pytest.fixture(scope="session")
def program() -> Callable[[str], Path]:
    """The path of an assembled program of `tests/programs`."""
    return lambda name: _PROGRAMS / name


class Caller(Protocol):
    def __call__(self, code: bytes = b"\xcd\x21", **registers: int) -> Registers: ...


@pytest.fixture
def after(dos: Dos) -> Caller:
    """All registers behind a piece of code, an INT 21h by default, that began with some values."""

    def after(code: bytes = b"\xcd\x21", **registers: int) -> Registers:
        process = dos.load(code + b"\xcd\x20")
        for name, value in registers.items():
            setattr(process.registers, name, value)
        return process.run(max_instructions=100_000).registers

    return after


# -- which services the guests of this directory have called ----------------------------------


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "anything_goes: it calls services at random, which is no test of them"
    )


_called: set[str] = set()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.name == "test_every_registered_service_was_called_by_a_guest")


@pytest.fixture(scope="session")
def called_services() -> set[str]:
    """The numbers of all services that were called so far, except where anything is called."""
    return _called


@pytest.fixture(autouse=True)
def _remember_calls(request: pytest.FixtureRequest) -> Iterator[None]:
    if request.node.get_closest_marker("anything_goes"):
        yield
        return
    record = CallLog.record

    def remember(log: CallLog, entry: Entry) -> None:
        if entry[1] is not None:
            _called.add(entry[1].number)
        record(log, entry)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CallLog, "record", remember)
        yield
