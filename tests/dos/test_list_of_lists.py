"""INT 21h/34h, 52h, 5D06h and INT 2Fh/12xxh: DOS's own variables, as programs look at them."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pytest_almostism import Dos
from pytest_almostism.dos import ErrorCode, Registers
from pytest_almostism.dos.kernel import sysvars

Program = Callable[[str], Path]
DATA = sysvars.DATA
INT_2F = b"\xcd\x2f"


@pytest.fixture
def inner(after: Any) -> Callable[..., Registers]:
    """Calls INT 2Fh/12xxh with a word on the stack, and returns all registers."""

    def inner(ax: int, word: int = 0, **registers: int) -> Registers:
        push = b"\x68" + struct.pack("<H", word)
        result: Registers = after(push + INT_2F, ax=ax, **registers)
        return result

    return inner


# -- the list of lists -----------------------------------------------------------------------------


def test_a_program_walks_through_all_of_it(dos: Dos, program: Program) -> None:
    result = dos.run(program("sysvars.com"))

    assert result.output.splitlines() == [
        "our block is of the program SYSVARS",
        "memory ends at A000",
        f"NUL CON AUX PRN CLOCK$ {len(dos.drives)} drives COM1 LPT1 LPT2 LPT3 COM2 COM3 COM4 ",
        "CLOCK$ CON",
        r"LASTDRIVE 001A, flags 4000, C:\DEEP",
        *(f"drive {letter}, sectors of 0200" for letter in dos.drives),
    ]
    assert result.exit_code == 0


def test_its_fixed_fields(dos: Dos, guest: Any) -> None:
    (answer,) = guest({"ax": 0x5200})

    at = answer.es, answer.bx
    assert at == (DATA, 0x26)
    assert dos.memory.word(at[0], at[1] - 2) == sysvars.FIRST_MCB
    assert dos.memory.byte(at[0], at[1] + 0x20) == len(dos.drives)  # block devices
    assert dos.memory.byte(at[0], at[1] + 0x21) == 26
    assert dos.memory.byte(at[0], at[1] + 0x43) == 3  # booted from C:
    assert dos.memory.word(at[0], at[1] + 0x10) == 512
    assert dos.memory.word(at[0], at[1] + 0x3F) == 1  # BUFFERS


def test_it_knows_drives_that_come_later(dos: Dos, guest: Any) -> None:
    guest({"ax": 0x5200})
    before = dos.memory.byte(DATA, 0x26 + 0x20)
    dos.drives.add("D")

    guest({"ax": 0x5200})

    assert dos.memory.byte(DATA, 0x26 + 0x20) == before + 1
    segment, offset = sysvars.directory_structure(3)
    assert dos.memory.asciiz(segment, offset) == b"D:\\"
    assert dos.memory.word(segment, offset + 0x43) == 0x4000
    assert dos.memory.word(segment, offset + sysvars.CDS_SIZE + 0x43) == 0  # there is no E:


def test_an_open_file_is_followed_through_the_system_file_table(dos: Dos, program: Program) -> None:
    result = dos.run(program("sft.com"))

    rest = "FILE    TXT references {} mode 0002 device 00{} size {} at {}"
    assert result.output.splitlines()[:6] == [
        "created: " + rest.format("0001", "42", "0000", "0000"),
        "written: " + rest.format("0001", "02", "0009", "0009"),
        "moved  : " + rest.format("0001", "02", "0009", "0004"),
        "twice  : " + rest.format("0002", "02", "0009", "0004"),
        "closed : " + rest.format("0001", "02", "0009", "0004"),
        "date 1921, time 6000, attributes 0022",
    ]
    assert result.output.splitlines()[6].startswith("output : CON         references 0002 mode ")
    assert result.exit_code == 0


def test_nothing_is_written_as_long_as_nobody_looks(dos: Dos, program: Program) -> None:
    dos.run(program("hello.com"))

    first = dos.memory.read(*sysvars.file_entry(0), sysvars.SFT_SIZE)
    assert first == bytes(sysvars.SFT_SIZE)


def test_the_tables_of_files_are_chained(dos: Dos, guest: Any) -> None:
    guest({"ax": 0x5200})

    at, sizes = dos.memory.pointer(DATA, 0x26 + 4), []
    while at[1] != 0xFFFF:
        sizes.append(dos.memory.word(at[0], at[1] + 4))
        at = dos.memory.pointer(*at)
    assert sizes == [5, 249]


# -- the swappable data area -----------------------------------------------------------------------


def test_the_indos_flag_is_0_while_a_program_runs(dos: Dos, guest: Any) -> None:
    (answer,) = guest({"ax": 0x3400})

    assert dos.memory.byte(answer.es, answer.bx) == 0
    assert (answer.es, answer.bx) == (DATA, 0x321)


def test_the_swappable_data_area_begins_with_the_two_flags(dos: Dos, guest: Any) -> None:
    (answer,) = guest({"ax": 0x5D06})

    assert (answer.ds, answer.si) == (DATA, 0x320)
    assert (answer.cx, answer.dx) == (sysvars.SWAPPABLE_SIZE, 0x1A)
    assert dos.memory.read(DATA, 0x320, 2) == b"\0\0"


# a handler that copies both flags to CS:4000h and returns AL=3
COPY_FLAGS = bytes.fromhex("1e 53 bb8000 8edb 8b1e2003 2e891e0040 5b 1f b003 cf")


def test_in_int_24h_the_critical_error_flag_is_set_and_dos_is_not_busy(
    dos_factory: Callable[..., Dos], guest_on: Callable[[Dos], Any]
) -> None:
    """So resident programs may call DOS again, though only its first functions."""
    dos = dos_factory(drives="AC")
    dos.drives["A"].fault = ErrorCode.DRIVE_NOT_READY

    _, failed = guest_on(dos)({"ax": 0x2524, "dx": COPY_FLAGS}, {"ax": 0x3D00, "dx": b"A:\\F\0"})

    assert failed.carry
    assert dos.memory.read(dos.registers.cs, 0x4000, 2) == b"\1\0"
    assert dos.memory.read(DATA, 0x320, 2) == b"\0\0"


def test_in_int_28h_dos_is_busy(dos: Dos, guest: Any) -> None:
    """As resident programs know it: InDOS is 1, and still they may use files."""
    guest({"ax": 0x2528, "dx": COPY_FLAGS}, {"ax": 0x0800}, keys="x")

    assert dos.memory.read(dos.registers.cs, 0x4000, 2) == b"\0\1"
    assert dos.memory.read(DATA, 0x320, 2) == b"\0\0"


def test_dta_and_psp_are_in_the_swappable_data_area(dos: Dos, guest: Any) -> None:
    guest({"ax": 0x5D06}, {"ax": 0x1A00, "ds": 0x1234, "dx": 0x5678}, {"ax": 0x3000})

    # before its end, when the current PSP became the shell's
    assert dos.memory.pointer(DATA, 0x320 + 0x0C) == (0x1234, 0x5678)


def test_the_current_psp_is_in_the_swappable_data_area(dos: Dos) -> None:
    # 5D06h / exit(AL), AL: whether [si+10h] is CS
    code = "b8065d cd21 8b4410 8cc9 39c8 b000 7502 b001 b44c cd21"

    assert dos.run(bytes.fromhex(code)).exit_code == 1


def test_a_program_that_puts_the_swappable_data_area_back_is_believed(dos: Dos) -> None:
    """A resident saves it, changes PSP and DTA by calls, and restores all by copying."""
    code = (
        "b8065d cd21 0e 07 bf0040 b91a00 fc f3a4"  # copy 1Ah bytes of it to CS:4000
        "bb3412 b450 cd21 0e 1f ba7856 b41a cd21"  # PSP=1234h, DTA=CS:5678
        "be0040 b88000 8ec0 bf2003 b91a00 f3a4"  # copy them back
        "b42f cd21 89de"  # SI=offset of the DTA
        "b451 cd21 8cc9 39cb 7501 46"  # plus 1 if the PSP is CS
        "89f0 b44c cd21"
    )

    assert dos.run(bytes.fromhex(code)).exit_code == 0x81


# -- routines inside DOS ---------------------------------------------------------------------------


def test_dos_has_its_inner_functions(inner: Callable[..., Registers]) -> None:
    assert inner(0x1200).al == 0xFF
    assert inner(0x1203).ds == DATA


def test_vectors_are_where_they_are(inner: Callable[..., Registers]) -> None:
    regs = inner(0x1202, 0x21)

    assert (regs.es, regs.bx) == (0, 0x84)


@pytest.mark.parametrize(
    ("character", "normal", "separates"),
    [("/", "\\", True), ("\\", "\\", True), ("a", "a", False), (":", ":", False)],
)
def test_separators_are_normalised(
    inner: Callable[..., Registers], character: str, normal: str, *, separates: bool
) -> None:
    regs = inner(0x1204, ord(character))

    assert (chr(regs.al), regs.zero) == (normal, separates)


def test_characters_are_made_capitals(inner: Callable[..., Registers]) -> None:
    assert [inner(0x1213, code).al for code in b"a1Z\x81"] == list(b"A1Z\x9a")


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [((1, 2), (1, 2), True), ((1, 2), (1, 3), False), ((1, 2), (2, 2), False)],
)
def test_far_pointers_are_compared(
    inner: Callable[..., Registers], first: Any, second: Any, *, same: bool
) -> None:
    regs = inner(0x1214, ds=first[0], si=first[1], es=second[0], di=second[1])

    assert (regs.zero, regs.carry) == (same, not same)


def test_texts_are_measured_with_their_zero(guest: Any) -> None:
    text = b"twelve bytes\0"
    at_si, at_di = guest(
        {"int": 0x2F, "ax": 0x1225, "si": text}, {"int": 0x2F, "ax": 0x1212, "di": text}
    )

    assert at_si.cx == at_di.cx == 13


def test_names_are_normalised_and_compared(guest: Any) -> None:
    name, other, copy = b"c:/dir/Na.me\0", b"C:\\DIR\\NA.ME\0", bytearray(16)
    _, same, different = guest(
        {"int": 0x2F, "ax": 0x1211, "si": name, "di": copy},
        {"int": 0x2F, "ax": 0x121E, "si": name, "di": other},
        {"int": 0x2F, "ax": 0x121E, "si": name, "di": b"D:\\DIR\\NA.ME\0"},
    )

    assert copy.rstrip(b"\0") == other[:-1]
    assert (same.zero, different.zero) == (True, False)


def test_a_names_drive_is_found(guest: Any) -> None:
    names = b"c:x\0", b"x\0", b"Y:x\0"
    answers = guest(*({"int": 0x2F, "ax": 0x121A, "si": name} for name in names))

    assert [answer.al for answer in answers] == [3, 0, 0xFF]
    assert answers[2].si - answers[1].si == 4  # behind `Y:`, and the three names before


def test_a_drives_structure_is_found(dos: Dos, inner: Callable[..., Registers]) -> None:
    dos.path("SUB").mkdir()
    dos.drives.change_directory("SUB")
    regs = inner(0x1217, 2)

    assert not regs.carry
    assert dos.memory.asciiz(regs.ds, regs.si) == rb"C:\SUB"
    assert inner(0x1217, 26).carry


def test_the_job_file_table_is_found(dos: Dos, guest: Any) -> None:
    (found, none) = guest(
        {"int": 0x2F, "ax": 0x1220, "bx": 3}, {"int": 0x2F, "ax": 0x1220, "bx": 20}
    )

    assert (found.es, found.di, found.carry) == (dos.registers.cs, 0x18 + 3, False)
    assert none.error is ErrorCode.INVALID_HANDLE


@pytest.mark.parametrize(("entry", "within"), [(0, 0), (4, 4), (5, 0), (253, 248)])
def test_entries_of_the_system_file_table_are_found(guest: Any, entry: int, within: int) -> None:
    (answer,) = guest({"int": 0x2F, "ax": 0x1216, "bx": entry})

    assert (answer.es, answer.di) == sysvars.file_entry(entry)
    assert (answer.bx, answer.carry) == (within, False)


def test_there_are_254_files(guest: Any) -> None:
    (answer,) = guest({"int": 0x2F, "ax": 0x1216, "bx": 254})

    assert answer.error is ErrorCode.INVALID_HANDLE


def test_the_chain_of_devices_is_found_behind_nul(
    dos: Dos, inner: Callable[..., Registers]
) -> None:
    regs = inner(0x122C)

    assert dos.memory.read(regs.bx, regs.ax + 10, 8) == b"CON     "


def test_the_last_error_is_told(guest: Any) -> None:
    before, _, after = guest(
        {"int": 0x2F, "ax": 0x122D}, {"ax": 0x3E00, "bx": 99}, {"int": 0x2F, "ax": 0x122D}
    )

    assert after.ax == ErrorCode.INVALID_HANDLE
    assert before.ax != after.ax


@pytest.mark.parametrize(
    ("path", "full"), [(b"x.c\0", b"C:\\X.C"), (b"con\0", b"C:/CON"), (b"c:..\\x\0", None)]
)
def test_paths_are_made_full(guest: Any, path: bytes, full: bytes | None) -> None:
    buffer = bytearray(128)
    (answer,) = guest({"int": 0x2F, "ax": 0x1221, "si": path, "di": buffer})

    if full is None:
        assert answer.error is ErrorCode.PATH_NOT_FOUND
    else:
        assert bytes(buffer).rstrip(b"\0") == full
        assert not answer.carry
