"""Program files: how .COM and MZ .EXE files come to lie in memory, and which are none."""

from __future__ import annotations

import struct
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_almostism import BadProgram, Dos
from pytest_almostism.dos.errorcode import DosError
from pytest_almostism.dos.loader import read_image, relocate
from pytest_almostism.dos.psp import Psp

PSP = 0x10  # paragraphs
EXIT_7 = b"\xb8\x07\x4c\xcd\x21"


def exe(
    image: bytes = EXIT_7,
    *,
    pages: int | None = None,
    last_page: int | None = None,
    header: int = 2,
    minimum: int = 0x10,
    maximum: int = 0xFFFF,
    entry: tuple[int, int] = (0, 0),
    stack: tuple[int, int] = (0, 0x400),
    relocations: tuple[tuple[int, int], ...] = (),
    table_at: int = 0x1C,
) -> bytes:
    """An MZ .EXE file; `header` in paragraphs, pairs as (segment, offset)."""
    size = 16 * header + len(image)
    fields = (
        *(size % 512 if last_page is None else last_page, pages or -(-size // 512)),
        *(len(relocations), header, minimum, maximum, stack[0] & 0xFFFF, stack[1]),
        *(0, entry[1], entry[0] & 0xFFFF, table_at, 0),
    )
    table = b"".join(struct.pack("<HH", offset, segment) for segment, offset in relocations)
    return (b"MZ" + struct.pack("<13H", *fields) + table).ljust(16 * header, b"\0") + image


def in_memory(dos: Dos, segment: int, length: int) -> bytes:
    return dos.memory.read(segment, 0, length)


def test_an_exe_lies_behind_its_psp_and_begins_where_it_says(dos: Dos) -> None:
    image = bytes(range(200))

    process = dos.load(exe(image, entry=(3, 5), stack=(0x20, 0x80)))

    regs, load = process.registers, process.psp + PSP
    assert (regs.cs, regs.ip) == (load + 3, 5)
    assert (regs.ss, regs.sp) == (load + 0x20, 0x80)
    assert regs.ds == regs.es == process.psp
    assert in_memory(dos, load, 200) == image


def test_segments_before_the_image_wrap_around(dos: Dos) -> None:
    """A .COM program with a header: CS and SS are 16 paragraphs before the image, at the PSP."""
    process = dos.load(exe(entry=(-0x10, 0x100), stack=(-0x10, 0xFFFE)))

    assert (process.registers.cs, process.registers.ss) == (process.psp, process.psp)
    assert process.run().exit_code == 7


@pytest.mark.parametrize(
    ("minimum", "maximum", "more"),
    [(0x10, 0x20, 0x20), (0x20, 0x20, 0x20), (0x30, 0x20, 0x30), (1, 1, 1)],
    ids=["maximum", "the same", "minimum over maximum", "one"],
)
def test_an_exe_gets_the_memory_it_asks_for(
    dos: Dos, minimum: int, maximum: int, more: int
) -> None:
    """Behind its image, which is counted in pages of 512 bytes, header included."""
    process = dos.load(exe(bytes(100), minimum=minimum, maximum=maximum))

    image = 512 // 16 - 2
    assert Psp(dos.memory, process.psp).end == process.psp + PSP + image + more


def test_an_exe_that_wants_more_than_there_is_gets_all_there_is(dos: Dos) -> None:
    process = dos.load(exe(maximum=0xFFFF))

    assert Psp(dos.memory, process.psp).end == 0xA000


def test_an_exe_that_needs_more_than_there_is_is_refused(dos: Dos) -> None:
    free = 0xA000 - dos.load(b"\xc3").psp
    fits = exe(minimum=free - PSP - 30)
    too_large = exe(minimum=free - PSP - 29)

    assert dos.run(fits).exit_code == 7
    with pytest.raises(BadProgram, match="error 8 insufficient memory"):
        dos.run(too_large)


def test_an_exe_that_asks_for_no_memory_is_loaded_high(dos: Dos) -> None:
    process = dos.load(exe(minimum=0, maximum=0, entry=(1, 0), stack=(0, 0x100)))

    load = 0xA000 - (512 // 16 - 2)
    assert Psp(dos.memory, process.psp).end == 0xA000
    assert (process.registers.cs, process.registers.ss) == (load + 1, load)
    assert process.registers.ds == process.psp < 0x1000
    assert in_memory(dos, load, len(EXIT_7)) == EXIT_7


def test_an_exe_that_was_loaded_high_runs(dos: Dos) -> None:
    image = (b"\xb8\0\0\x8e\xd8" + EXIT_7).ljust(480, b"\0")  # mov ax,(relocated) / mov ds,ax

    result = dos.run(exe(image, minimum=0, maximum=0, relocations=((0, 1),)))

    assert result.exit_code == 7
    assert result.registers.ds == 0xA000 - 30


def test_whole_pages_are_loaded_and_what_is_behind_them_is_not(dos: Dos) -> None:
    """Whatever the header says of the last page; overlays and debug information stay outside."""
    image = bytes(range(1, 101))
    data = exe(image, last_page=17) + b"d" * 2000

    load = dos.load(data).psp + PSP

    page = data[32:512]
    assert in_memory(dos, load, 512) == page + bytes(32)


@pytest.mark.parametrize("header", [2, 5, 32, 33, 100])
def test_a_header_has_any_number_of_paragraphs(dos: Dos, header: int) -> None:
    assert dos.run(exe(header=header)).exit_code == 7


def test_relocated_words_get_the_load_segment_added(dos: Dos) -> None:
    image = bytearray(64)
    image[0:2], image[34:36] = b"\x34\x12", b"\xff\xff"
    relocations = ((0, 0), (2, 2))

    load = dos.load(exe(bytes(image), relocations=relocations, header=3)).psp + PSP

    assert dos.memory.word(load, 0) == 0x1234 + load
    assert dos.memory.word(load, 34) == load - 1
    assert dos.memory.word(load, 2) == 0


@given(st.binary(min_size=40, max_size=80), st.sets(st.integers(0, 19)), st.integers(0, 0xFFFF))
def test_relocation_changes_these_words_and_nothing_else(
    image: bytes, words: set[int], segment: int
) -> None:
    loaded = read_image(exe(image, relocations=tuple((0, 2 * word) for word in words), header=9))

    relocated = relocate(loaded, segment)

    for word in range(20):
        before, after = (
            int.from_bytes(d[2 * word : 2 * word + 2], "little") for d in (image, relocated)
        )
        assert after == ((before + segment) & 0xFFFF if word in words else before)
    assert relocated[40:] == image[40:]


def test_a_file_may_end_in_its_last_page(dos: Dos) -> None:
    assert dos.run(exe(EXIT_7.ljust(600, b"\0"))[:520]).exit_code == 7


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MZ",
        exe()[:27],
        exe(EXIT_7.ljust(600, b"\0"))[:512],
        exe(pages=3),
        exe(header=100)[:512],
        exe(header=0xFFF)[:512],
        exe(relocations=((0, len(EXIT_7) - 1),)),
        exe(relocations=((0xFFFF, 0xFFFF),)),
        exe(relocations=((0, 0),), table_at=0xFFF0),
    ],
    ids=[
        "empty",
        "two letters",
        "cut header",
        "without its last page",
        "more pages than there are",
        "header over the file",
        "header over its pages",
        "half a word relocated",
        "relocation outside",
        "table outside",
    ],
)
def test_what_cannot_be_true_is_refused(dos: Dos, data: bytes) -> None:
    with pytest.raises(BadProgram, match=r"cannot load C:\\PROGRAM.*: error 11 invalid format"):
        dos.run(data)

    assert dos.run(EXIT_7).exit_code == 7


def test_more_pages_than_memory_holds_are_too_many_before_they_are_missed(dos: Dos) -> None:
    """DOS looks for memory before it reads."""
    with pytest.raises(BadProgram, match="error 8 insufficient memory"):
        dos.run(exe(pages=0x7FFF))


def test_zm_is_an_exe_as_well(dos: Dos) -> None:
    assert dos.run(b"ZM" + exe()[2:]).exit_code == 7


def test_the_first_two_bytes_tell_not_the_name(dos: Dos) -> None:
    dos.path("EXE.COM").write_bytes(exe())
    dos.path("COM.EXE").write_bytes(EXIT_7)

    assert dos.run("EXE.COM").exit_code == dos.run("COM.EXE").exit_code == 7


@given(st.binary(max_size=600), st.binary(min_size=26, max_size=26))
def test_no_header_is_more_than_refused(image: bytes, fields: bytes) -> None:
    try:
        loaded = read_image(b"MZ" + fields + image)
    except DosError as error:
        assert error.code in {8, 11}  # noqa: PT017 - it may end either way
    else:
        assert len(relocate(loaded, 0xFFFF)) <= 16 * loaded.paragraphs
        assert PSP < loaded.minimum <= loaded.maximum


# -- .COM files ------------------------------------------------------------------------------------


def test_the_largest_com_file_runs(dos: Dos) -> None:
    assert dos.run(EXIT_7.ljust(0xFEFE, b"\0")).exit_code == 7

    with pytest.raises(BadProgram, match="error 8 insufficient memory"):
        dos.run(EXIT_7.ljust(0xFEFF, b"\0"))


def test_a_com_file_in_little_memory_has_its_stack_at_the_end_of_it(
    dos_factory: Callable[..., Dos],
) -> None:
    dos = dos_factory(memory_size=64)
    process = dos.load(EXIT_7)

    size = (0x1000 - process.psp) * 16
    assert process.registers.sp == size - 2
    assert dos.memory.word(process.psp, size - 2) == 0
    assert process.run().exit_code == 7
