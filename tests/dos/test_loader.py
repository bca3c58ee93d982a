"""Program files: what is loaded where, and what is no program."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_almostism import BadProgram, Dos
from pytest_almostism.dos.errorcode import DosError
from pytest_almostism.dos.loader import read_image, relocate

Program = Callable[[str], Path]
EXIT_7 = b"\xb8\x07\x4c\xcd\x21"


def exe(
    code: bytes = EXIT_7, relocations: tuple[tuple[int, int], ...] = (), **fields: int
) -> bytes:
    """An MZ file; fields of the header may lie."""
    table = b"".join(struct.pack("<HH", offset, segment) for segment, offset in relocations)
    paragraphs = (28 + len(table) + 15) // 16
    size = 16 * paragraphs + len(code)
    header = {
        "last_page": size % 512,
        "pages": -(-size // 512),
        "relocation_count": len(relocations),
        "header_paragraphs": paragraphs,
        "minimum": 0x10,
        "maximum": 0xFFFF,
        "ss": 0,
        "sp": 0x200,
        "checksum": 0,
        "ip": 0,
        "cs": 0,
        "relocations_at": 28,
        "overlay": 0,
    } | fields
    return (b"MZ" + struct.pack("<13H", *header.values()) + table).ljust(
        16 * paragraphs, b"\0"
    ) + code


def test_an_exe_is_relocated_and_its_segments_find_each_other(dos: Dos, program: Program) -> None:
    result = dos.run(program("relocate.exe"), "abc")

    assert result.output == "relocated\n"
    assert result.exit_code == 4  # the length of " abc", from the PSP in ES


def test_relocations_add_the_load_segment(program: Program) -> None:
    image = read_image(program("relocate.exe").read_bytes())

    there = relocate(image, 0x2000)

    assert len(image.relocations) == 2
    for segment, offset in image.relocations:
        at = segment * 16 + offset
        (here,), (moved,) = (struct.unpack_from("<H", data, at) for data in (image.data, there))
        assert moved == here + 0x2000
    assert relocate(image, 0) == image.data


def test_an_exe_begins_with_the_psp_in_ds_and_es_and_its_own_code_and_stack(dos: Dos) -> None:
    process = dos.load(exe(b"\x90" * 16 + EXIT_7, cs=1, ip=0, ss=2, sp=0x123))
    regs = process.registers

    assert regs.ds == regs.es == process.psp
    assert (regs.cs, regs.ip) == (process.psp + 0x10 + 1, 0)
    assert (regs.ss, regs.sp) == (process.psp + 0x10 + 2, 0x123)
    assert process.run().exit_code == 7


def test_zm_is_as_good_as_mz_and_the_name_does_not_matter(dos: Dos) -> None:
    dos.path("REALLY.COM").write_bytes(b"ZM" + exe()[2:])
    dos.path("REALLY.EXE").write_bytes(EXIT_7)

    assert dos.run("REALLY.COM").exit_code == 7
    assert dos.run("REALLY.EXE").exit_code == 7
    assert dos.run(b"ZM" + exe()[2:]).program == r"C:\PROGRAM.EXE"


def test_what_lies_behind_an_exe_is_not_loaded(dos: Dos) -> None:
    process = dos.load(exe() + b"debug information" * 1000)

    # DOS loads whole pages of 512 bytes
    assert dos.memory.read(process.psp + 0x10 + 512 // 16, 0, 20_000) == bytes(20_000)
    assert process.run().exit_code == 7


@pytest.mark.parametrize(
    ("image", "error"),
    [
        (b"", "error 11 invalid format"),
        (b"MZ", "error 11 invalid format"),
        (exe()[:27], "error 11 invalid format"),
        (exe(pages=2), "error 11 invalid format"),  # shorter than it says
        (exe(pages=0), "error 11 invalid format"),
        (exe(header_paragraphs=0xFFFF), "error 11 invalid format"),
        (exe(relocation_count=1000), "error 11 invalid format"),
        (exe(relocations_at=0xFFFF, relocation_count=1), "error 11 invalid format"),
        (exe(relocations=((0, 4),)), "error 11 invalid format"),  # half outside
        (exe(relocations=((0xFFFF, 0xFFFF),)), "error 11 invalid format"),
        (exe(pages=0xFFFF), "error 8 insufficient memory"),
        (exe(minimum=0xFFFF), "error 8 insufficient memory"),
        (exe(bytes(500_000) + EXIT_7, minimum=0x4000), "error 8 insufficient memory"),
        (bytes(0x10000 - 0x100 - 1), "error 8 insufficient memory"),
        (bytes(100_000), "error 8 insufficient memory"),
    ],
    ids=str,
)
def test_what_is_no_program(dos: Dos, image: bytes, error: str) -> None:
    with pytest.raises(BadProgram, match=rf"cannot load C:\\PROGRAM.(COM|EXE): {error}"):
        dos.run(image)

    assert dos.run(EXIT_7).exit_code == 7


def test_the_largest_com_program_runs(dos: Dos) -> None:
    image = EXIT_7.ljust(0x10000 - 0x100 - 2, b"\xff")
    process = dos.load(image)

    assert dos.memory.read(process.psp, 0x100, len(image)) == image
    assert process.run().exit_code == 7


def test_an_exe_of_many_segments_runs(dos: Dos) -> None:
    far = 300_000
    code = EXIT_7.rjust(far, b"\x90")

    assert dos.run(exe(code, cs=(far - 16) // 16, ip=0)).exit_code == 7


@pytest.mark.parametrize("damage", range(28))
def test_a_header_with_one_byte_wrong_runs_or_is_refused(dos: Dos, damage: int) -> None:
    image = bytearray(exe(relocations=((0, 1),), code=b"\xb8\x00\x00" + EXIT_7))
    image[damage] ^= 0xFF
    try:
        dos.load(bytes(image))
    except BadProgram as error:
        assert "cannot load" in str(error)  # noqa: PT017 - it may be refused or not
    assert dos.run(EXIT_7).exit_code == 7


@given(st.binary(min_size=26, max_size=80))
def test_any_header_is_an_image_or_an_error_of_dos(rest: bytes) -> None:
    try:
        image = read_image(b"MZ" + rest)
    except DosError:
        return

    assert image.data in rest
    assert image.maximum >= image.minimum
    assert len(relocate(image, 0x1234)) == len(image.data)
