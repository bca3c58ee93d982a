"""INT 21h/4B03h: overlays are loaded where a program wants them."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from pytest_almostism import Dos
from pytest_almostism.dos import ErrorCode

WHERE = 0x7000
# DS=ES=8000h / ES:BX=8000:0, DS:DX=8000:10 / 4B03h / exit(error or 0)
LOAD = bytes.fromhex("b80080 8ed8 8ec0 31db ba1000 b8034b cd21 7202 b000 b44c cd21")


@pytest.fixture
def load(dos: Dos) -> Callable[..., int]:
    """Loads an overlay at 7000:0; returns the exit code, which is the error."""

    def load(name: str, factor: int = 0) -> int:
        process = dos.load(LOAD)
        dos.memory.write(0x8000, 0, struct.pack("<HH", WHERE, factor))
        dos.memory.write(0x8000, 0x10, name.encode() + b"\0")
        return process.run().exit_code

    return load


def overlay_exe(image: bytes, *relocations: int, pages: int = 1) -> bytes:
    fields = *(0, pages, len(relocations), 4), *(0, 0, 0, 0), *(0, 0, 0, 0x1C, 1)
    table = b"".join(struct.pack("<HH", offset, 0) for offset in relocations)
    return (b"MZ" + struct.pack("<13H", *fields) + table).ljust(64, b"\0") + image


def test_overlays_are_loaded_and_called(dos: Dos, program: Callable[[str], Path]) -> None:
    result = dos.run(program("overlays.com"))

    assert result.output.splitlines() == [
        "the binary overlay: 0B1B",
        "the relocated word: 1234",
        "without a file: error 0002",
    ]
    assert result.exit_code == 0


def test_a_file_that_is_no_exe_is_loaded_as_it_is(dos: Dos, load: Callable[..., int]) -> None:
    data = bytes(range(256)) * 8
    dos.path("DATA.OVL").write_bytes(data)

    assert load("DATA.OVL", 0x1234) == 0

    assert dos.memory.read(WHERE, 0, len(data)) == data


def test_an_exe_is_loaded_without_its_header_and_relocated_by_the_factor(
    dos: Dos, load: Callable[..., int]
) -> None:
    dos.path("CODE.EXE").write_bytes(overlay_exe(b"\x01\x00\x02\x00\x03\x00", 2))

    assert load("CODE.EXE", 0x1000) == 0

    assert dos.memory.read(WHERE, 0, 6) == b"\x01\x00\x02\x10\x03\x00"


def test_an_overlay_is_no_program(dos: Dos, load: Callable[..., int]) -> None:
    """No PSP is made, no memory taken, nobody's end awaited."""
    dos.path("CODE.EXE").write_bytes(overlay_exe(bytes(10)))
    before = dos.memory.read(WHERE - 0x10, 0, 0x100)

    assert load("CODE.EXE") == 0

    assert dos.memory.read(WHERE - 0x10, 0, 0x100) == before


def test_code_that_an_overlay_replaces_is_the_new_code(dos: Dos) -> None:
    """Two overlays, one after the other, called at the same address."""
    for name, value in (("ONE.OVL", 3), ("TWO.OVL", 4)):
        dos.path(name).write_bytes(bytes((0xB0, value, 0xCB)))  # mov al,value / retf
    # call 7000:0 after each load; exit with 10 times the first result and the second
    call = "9a00000070"
    code = bytes.fromhex(
        f"b80080 8ed8 8ec0 31db ba1000 b8034b cd21 {call} 88c1"
        f"31db ba2000 b8034b cd21 {call} 86c1 b40a f6e4 00c8 b44c cd21"
    )
    process = dos.load(code)
    dos.memory.write(0x8000, 0, struct.pack("<HH", WHERE, 0))
    dos.memory.write(0x8000, 0x10, b"ONE.OVL\0".ljust(16, b"\0") + b"TWO.OVL\0")

    assert process.run().exit_code == 34


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("NOWHERE.OVL", ErrorCode.FILE_NOT_FOUND),
        ("EMPTY.OVL", ErrorCode.INVALID_FORMAT),
        ("LYING.EXE", ErrorCode.INVALID_FORMAT),
        ("LARGE.OVL", ErrorCode.INSUFFICIENT_MEMORY),
        ("DIRECTOR.Y", ErrorCode.ACCESS_DENIED),
    ],
)
def test_what_is_no_overlay(
    dos: Dos, load: Callable[..., int], name: str, error: ErrorCode
) -> None:
    dos.path("EMPTY.OVL").touch()
    dos.path("LYING.EXE").write_bytes(overlay_exe(b"", pages=9))
    dos.path("LARGE.OVL").write_bytes(bytes(0xFFFF))
    dos.path("DIRECTOR.Y").mkdir()

    assert load(name) == error


def test_an_overlay_at_the_end_of_memory_is_cut_off(dos: Dos, load: Callable[..., int]) -> None:
    """It is loaded where the program says, ROM or not, and goes no further than memory."""
    dos.path("DATA.OVL").write_bytes(b"x" * 0xFFFE)
    process = dos.load(LOAD)
    dos.memory.write(0x8000, 0, struct.pack("<HH", 0xFFFF, 0))
    dos.memory.write(0x8000, 0x10, b"DATA.OVL\0")

    assert process.run().exit_code == 0
    assert dos.memory.read(0xFFFF, 0x10, 10) == b"x" * 10
    assert load("DATA.OVL") == 0
