"""INT 25h and 26h: reading and writing sectors, and the flags that stay on the stack."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_almostism import Dos
from pytest_almostism.dos import Flag

READ, WRITE = 0x25, 0x26
UNKNOWN_UNIT, WRONG_FORM, NOT_FOUND, WRITE_PROTECTED = 0x0201, 0x0207, 0x0408, 0x0300
DRIVE_C, DRIVE_D = 2, 3
BUFFER = 0x8000

Absolute = Callable[..., Any]


@dataclass
class Image:
    """A disk in memory."""

    size: int = 512
    count: int = 100
    read_only: bool = False
    written: dict[int, bytes] = field(default_factory=dict)

    def read(self, sector: int) -> bytes:
        return self.written.get(sector, bytes((sector & 0xFF,)) * self.size)

    def write(self, sector: int, data: bytes) -> None:
        self.written[sector] = data


@pytest.fixture
def absolute(dos: Dos) -> Absolute:
    """All registers behind an INT 25h or 26h; the stack is where it was when the flags are off."""

    def absolute(interrupt: int, **registers: int) -> Any:
        process = dos.load(
            bytes((0xCD, interrupt)) + b"\x9c\x5d\x59\xcd\x20"
        )  # pushf/pop bp/pop cx
        for name, value in registers.items():
            setattr(process.registers, name, value)
        before = process.registers.copy()
        after = process.run(max_instructions=1000).registers
        assert after.sp == before.sp
        assert after.cx == before.flags  # those of before the INT were on the stack
        assert bool(after.bp & Flag.CARRY) == bool(after.ax)
        return after

    return absolute


@pytest.fixture
def image(dos: Dos) -> Image:
    image = Image()
    dos.drives.add("D").sectors = image
    return image


@pytest.mark.parametrize("interrupt", [READ, WRITE])
@pytest.mark.parametrize("drive", [DRIVE_C, 0, 24, 26, 255])
@pytest.mark.parametrize("count", [0, 1, 0xFFFF])
def test_a_drive_without_sectors_is_refused(
    dos: Dos, absolute: Absolute, interrupt: int, drive: int, count: int
) -> None:
    after = absolute(interrupt, ax=drive, cx=count, ds=BUFFER, bx=0)

    assert after.ax == UNKNOWN_UNIT
    assert not any(dos.memory.read(BUFFER, 0, 1024))


@pytest.mark.parametrize("interrupt", [READ, WRITE])
def test_the_flags_stay_there_behind_a_handler_of_the_guest(dos: Dos, interrupt: int) -> None:
    code = bytes.fromhex(
        "31C0 8ED8"  # ds = 0
        f"C706 {4 * interrupt:02X}00 1A01"  # the vector: cs:011A
        f"8C0E {4 * interrupt + 2:02X}00"
        f"F8 CD{interrupt:02X} 9D"  # clc / int / popf: CF=0 again
        "7204 B44C CD21"  # if not CF: exit with AL
        "CD20"
    )
    chain = b"\xea" + struct.pack("<HH", 4 * interrupt, 0xF000)
    assert len(code) == 0x1A

    result = dos.run(code + chain)

    assert result.exit_code == UNKNOWN_UNIT & 0xFF
    assert result.calls[0].result == UNKNOWN_UNIT


def test_sectors_are_read(dos: Dos, absolute: Absolute, image: Image) -> None:
    after = absolute(READ, ax=DRIVE_D, cx=3, dx=7, ds=BUFFER, bx=0x100)

    assert after.ax == 0
    assert dos.memory.read(BUFFER, 0x100, 3 * 512) == b"\7" * 512 + b"\x08" * 512 + b"\t" * 512
    assert image.written == {}


def test_sectors_are_written(dos: Dos, absolute: Absolute, image: Image) -> None:
    data = bytes(range(256)) * 4
    dos.memory.write(BUFFER, 0, data)

    after = absolute(WRITE, ax=DRIVE_D, cx=2, dx=98, ds=BUFFER, bx=0)

    assert after.ax == 0
    assert image.written == {98: data[:512], 99: data[512:]}


@pytest.mark.parametrize("interrupt", [READ, WRITE])
def test_a_block_says_it_all(dos: Dos, absolute: Absolute, image: Image, interrupt: int) -> None:
    image.count = 200_000
    dos.memory.write(0x7000, 0x10, struct.pack("<IHHH", 150_000, 1, 0x20, BUFFER))
    dos.memory.write(BUFFER, 0x20, b"w" * 512)

    after = absolute(interrupt, ax=DRIVE_D, cx=0xFFFF, dx=0, ds=0x7000, bx=0x10)

    assert after.ax == 0
    if interrupt == READ:
        assert dos.memory.read(BUFFER, 0x20, 512) == bytes((150_000 & 0xFF,)) * 512
    else:
        assert image.written == {150_000: b"w" * 512}


@pytest.mark.parametrize("interrupt", [READ, WRITE])
def test_a_large_disk_needs_the_block(absolute: Absolute, image: Image, interrupt: int) -> None:
    image.count = 0x10000

    assert absolute(interrupt, ax=DRIVE_D, cx=1, dx=0, ds=BUFFER, bx=0).ax == WRONG_FORM
    image.count -= 1
    assert absolute(interrupt, ax=DRIVE_D, cx=1, dx=0, ds=BUFFER, bx=0).ax == 0


@pytest.mark.parametrize("interrupt", [READ, WRITE])
@pytest.mark.parametrize(("first", "count"), [(100, 1), (99, 2), (0, 101), (0xFFFF, 0xFFFE)])
def test_there_are_no_sectors_behind_the_end(
    absolute: Absolute, image: Image, interrupt: int, first: int, count: int
) -> None:
    assert absolute(interrupt, ax=DRIVE_D, cx=count, dx=first, ds=BUFFER, bx=0).ax == NOT_FOUND
    assert image.written == {}


def test_a_protected_disk_is_not_written(absolute: Absolute, image: Image) -> None:
    image.read_only = True

    assert absolute(WRITE, ax=DRIVE_D, cx=1, dx=0, ds=BUFFER, bx=0).ax == WRITE_PROTECTED
    assert absolute(READ, ax=DRIVE_D, cx=1, dx=0, ds=BUFFER, bx=0).ax == 0


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    interrupt=st.sampled_from([READ, WRITE]),
    drive=st.sampled_from([DRIVE_C, DRIVE_D, 200]),
    count=st.sampled_from([0, 1, 5, 128, 200, 0xFFFF]),
    segment=st.integers(0x3000, 0xFFFF),
    offset=st.integers(0, 0xFFFF),
)
def test_wild_pointers_are_no_harm(
    dos: Dos, absolute: Absolute, interrupt: int, drive: int, count: int, segment: int, offset: int
) -> None:
    if "D" not in dos.drives:
        dos.drives.add("D").sectors = Image(count=200)

    absolute(interrupt, ax=drive, cx=count, dx=0, ds=segment, bx=offset)
