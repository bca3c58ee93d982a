"""INT 21h/44h: what handles stand for and what drives are; 69h, the serial number of a disk."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any

import pytest

from pytest_almostism import Dos
from pytest_almostism.dos import ErrorCode
from pytest_almostism.dos.geometry import Geometry

FILE = 5  # the first handle that a program gets
STDIN, STDOUT, STDERR, AUX, PRN = range(5)
CLOSED = 19
GET, SET = 0x4400, 0x4401
A, B, C, CURRENT = 1, 2, 3, 0
NO_DRIVE = 7

INVALID_FUNCTION = ErrorCode.INVALID_FUNCTION
INVALID_HANDLE = ErrorCode.INVALID_HANDLE
INVALID_DRIVE = ErrorCode.INVALID_DRIVE


@pytest.fixture
def dos(dos_factory: Callable[..., Dos]) -> Dos:
    """A PC with a floppy and a fixed disk."""
    dos = dos_factory(drives="AC")
    dos.path("C:\\F").write_bytes(b"contents")
    return dos


def opened(name: bytes, mode: int = 2) -> dict[str, Any]:
    return {"ax": 0x3D00 | mode, "dx": name + b"\0"}


# -- the device information word ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("handle", "word"),
    [(STDIN, 0x80D3), (STDOUT, 0x80D3), (STDERR, 0x80D3), (AUX, 0x80C0), (PRN, 0xA0C0)],
)
def test_what_the_standard_handles_are(guest: Any, handle: int, word: int) -> None:
    (answer,) = guest({"ax": GET, "bx": handle}, keys="a")

    assert (answer.dx, answer.carry) == (word, False)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        (b"CON", 0x80D3),
        (b"NUL", 0x8084),
        (b"AUX", 0x80C0),
        (b"PRN", 0xA0C0),
        (b"CLOCK$", 0x80C8),
        (b"COM1", 0x80C0),
        (b"COM4", 0x80C0),
        (b"LPT1", 0xA0C0),
        (b"LPT3", 0xA0C0),
        (b"C:\\F", 0x0042),
    ],
)
def test_what_is_opened_is(guest: Any, name: bytes, word: int) -> None:
    _, answer = guest(opened(name), {"ax": GET, "bx": FILE})

    assert answer.dx == word


def test_a_file_that_was_written_and_one_on_another_drive(guest: Any) -> None:
    *_, written, _, other = guest(
        opened(b"F"),
        {"ax": 0x4000, "bx": FILE, "dx": b"new", "cx": 3},
        {"ax": GET, "bx": FILE},
        {"ax": 0x3C00, "dx": b"A:\\G\0"},
        {"ax": GET, "bx": FILE + 1},
    )

    assert (written.dx, other.dx) == (0x0002, 0x0040)


def test_redirected_input_is_a_file(guest: Any) -> None:
    (answer,) = guest({"ax": GET, "bx": STDIN}, stdin=b"text")

    assert not answer.dx & 0x80


def test_what_is_set_is_kept_by_all_handles_of_the_device(guest: Any) -> None:
    _, _, first, second, other = guest(
        {"ax": 0x4500, "bx": STDOUT},
        {"ax": SET, "bx": STDOUT, "dx": 0x73},
        {"ax": GET, "bx": STDOUT},
        {"ax": GET, "bx": FILE},
        {"ax": GET, "bx": STDERR},
    )

    assert (first.dx, second.dx, other.dx) == (0x80F3, 0x80F3, 0x80D3)


@pytest.mark.parametrize(
    ("handle", "dx", "error"),
    [
        (STDOUT, 0x0100, ErrorCode.INVALID_DATA),
        (FILE, 0x0000, INVALID_FUNCTION),
        (CLOSED, 0x0000, INVALID_HANDLE),
    ],
)
def test_what_cannot_be_set(guest: Any, handle: int, dx: int, error: ErrorCode) -> None:
    _, answer = guest(opened(b"F"), {"ax": SET, "bx": handle, "dx": dx})

    assert answer.error is error


HANDLE_CALLS = [0x4400, 0x4401, 0x4402, 0x4403, 0x4406, 0x4407, 0x440A, 0x440C, 0x4410]
DRIVE_CALLS = [0x4404, 0x4405, 0x4408, 0x4409, 0x440D, 0x440E, 0x440F, 0x4411, 0x6900, 0x6901]


@pytest.mark.parametrize("function", HANDLE_CALLS, ids=hex)
def test_a_handle_that_is_closed(error_of: Any, function: int) -> None:
    assert error_of(ax=function, bx=CLOSED) is INVALID_HANDLE


@pytest.mark.parametrize("function", DRIVE_CALLS, ids=hex)
def test_a_drive_that_is_not_there(error_of: Any, function: int) -> None:
    assert error_of(ax=function, bx=NO_DRIVE, cx=0x0860) is INVALID_DRIVE


@pytest.mark.parametrize("function", [0x4402, 0x4403])
@pytest.mark.parametrize("handle", [STDOUT, FILE])
def test_nothing_has_control_data(guest: Any, function: int, handle: int) -> None:
    _, answer = guest(opened(b"F"), {"ax": function, "bx": handle, "dx": b"....", "cx": 4})

    assert answer.error is INVALID_FUNCTION


@pytest.mark.parametrize("function", [0x4404, 0x4405])
def test_no_drive_has_either(error_of: Any, function: int) -> None:
    assert error_of(ax=function, bx=C, dx=b"....", cx=4) is INVALID_FUNCTION


# -- is there something, is there room ---------------------------------------------------------


def test_input_status(dos: Dos, guest: Any) -> None:
    dos.ports["AUX"].waiting += b"x"

    key, _, no_key, _, before, _, end, serial, nul = guest(
        {"ax": 0x4406, "bx": STDIN},
        {"ax": 0x0800},
        {"ax": 0x4406, "bx": STDIN},
        opened(b"F"),
        {"ax": 0x4406, "bx": FILE},
        {"ax": 0x4202, "bx": FILE},
        {"ax": 0x4406, "bx": FILE},
        {"ax": 0x4406, "bx": AUX},
        {"ax": 0x4406, "bx": PRN},
        keys="k",
    )

    assert [a.al for a in (key, no_key, before, end, serial, nul)] == [0xFF, 0, 0xFF, 0, 0xFF, 0]


@pytest.mark.parametrize("handle", [STDOUT, PRN, FILE])
def test_output_status(guest: Any, handle: int) -> None:
    _, answer = guest(opened(b"F"), {"ax": 0x4407, "bx": handle})

    assert (answer.al, answer.carry) == (0xFF, False)


# -- drives ------------------------------------------------------------------------------------


def test_which_drives_are_removable(guest: Any) -> None:
    floppy, fixed, current = guest(*({"ax": 0x4408, "bx": drive} for drive in (A, C, CURRENT)))

    assert (floppy.ax, fixed.ax, current.ax) == (0, 1, 1)


def test_nothing_is_remote(guest: Any) -> None:
    drive, device, _, file = guest(
        {"ax": 0x4409, "bx": C},
        {"ax": 0x440A, "bx": STDOUT},
        opened(b"F"),
        {"ax": 0x440A, "bx": FILE},
    )

    assert not drive.dx & 0x1000
    assert (device.dx, file.dx) == (0x00D3, 0x0042)


def test_drives_have_one_letter(guest: Any) -> None:
    asked, told = guest({"ax": 0x440E, "bx": A}, {"ax": 0x440F, "bx": C})

    assert [(a.al, a.carry) for a in (asked, told)] == [(0, False)] * 2


def test_sharing_retries(guest: Any) -> None:
    set_, none = guest({"ax": 0x440B, "cx": 5, "dx": 9}, {"ax": 0x440B, "cx": 1, "dx": 0})

    assert not set_.carry
    assert none.error is INVALID_FUNCTION


def test_sharing_retries_are_in_the_list_of_lists(dos: Dos, guest: Any) -> None:
    _, lists = guest({"ax": 0x440B, "cx": 5, "dx": 9}, {"ax": 0x5200})

    counts = dos.memory.read(lists.es, lists.bx - 12, 4)
    assert struct.unpack("<HH", counts) == (9, 5)


# -- generic IOCTL of devices ------------------------------------------------------------------


def test_how_often_the_printer_is_tried(guest: Any) -> None:
    before, after = bytearray(2), bytearray(2)

    guest(
        {"ax": 0x440C, "bx": PRN, "cx": 0x0565, "dx": before},
        {"ax": 0x440C, "bx": PRN, "cx": 0x0545, "dx": b"\x07\x00"},
        {"ax": 0x440C, "bx": PRN, "cx": 0x0565, "dx": after},
    )

    assert bytes(before + after) == b"\x01\x00\x07\x00"


@pytest.mark.parametrize(
    ("handle", "what"),
    [
        (PRN, 0x0566),
        (PRN, 0x0365),
        (AUX, 0x0565),
        (STDOUT, 0x0565),
        (STDOUT, 0x037F),
        (FILE, 0x0565),
    ],
)
@pytest.mark.parametrize("function", [0x440C, 0x4410])
def test_what_devices_cannot_do(guest: Any, function: int, handle: int, what: int) -> None:
    _, answer = guest(opened(b"F"), {"ax": function, "bx": handle, "cx": what, "dx": bytes(20)})

    assert answer.error is INVALID_FUNCTION


def test_what_devices_can_do(guest: Any) -> None:
    (answer,) = guest({"ax": 0x4410, "bx": PRN, "cx": 0x0565})

    assert (answer.ax, answer.carry) == (0, False)


def test_the_display_by_ansi_sys(dos_factory: Any, guest_on: Any) -> None:
    display = bytearray(18)
    small = bytes.fromhex("0000 0e00 0000 01 00 1000 8002 5e01 2800 1900")
    guest = guest_on(dos_factory(ansi=True))

    can, got, set_, refused = guest(
        {"ax": 0x4410, "bx": STDOUT, "cx": 0x037F},
        {"ax": 0x440C, "bx": STDOUT, "cx": 0x037F, "dx": display},
        {"ax": 0x440C, "bx": STDOUT, "cx": 0x035F, "dx": display},
        {"ax": 0x440C, "bx": STDOUT, "cx": 0x035F, "dx": small},
    )

    assert [answer.error for answer in (can, got, set_)] == [None] * 3
    size, _, mode, _, colours, _, _, columns, rows = struct.unpack("<HHBBHHHHH", display[2:])
    assert (size, mode, colours, columns, rows) == (14, 1, 16, 80, 25)
    assert refused.error is INVALID_FUNCTION


# -- generic IOCTL of drives -------------------------------------------------------------------


@pytest.mark.parametrize(("drive", "letter", "kind"), [(C, "C", 5), (A, "A", 7)])
def test_the_parameters_of_a_drive(
    dos_factory: Any, guest_on: Any, drive: int, letter: str, kind: int
) -> None:
    dos = dos_factory(drives="C")
    dos.drives.add("A", capacity=1457664)
    block = bytearray(38)

    (answer,) = guest_on(dos)({"ax": 0x440D, "bx": drive, "cx": 0x0860, "dx": block})

    assert not answer.carry
    geometry = Geometry.of(dos.drives[letter].capacity, removable=letter == "A")
    assert block[1] == kind
    assert struct.unpack_from("<H", block, 2)[0] == int(letter == "C")
    assert block[7:32] == geometry.bpb()
    cylinders = struct.unpack_from("<H", block, 4)[0]
    per_cylinder = geometry.track * geometry.heads
    assert (cylinders - 1) * per_cylinder < geometry.sectors <= cylinders * per_cylinder


def test_parameters_can_be_set_to_what_they_are(guest: Any) -> None:
    block = bytearray(38)

    _, answer = guest(
        *({"ax": 0x440D, "bx": C, "cx": what, "dx": block} for what in (0x0860, 0x0840))
    )

    assert not answer.carry


def test_the_serial_number_of_a_disk(dos: Dos, guest: Any) -> None:
    before, after, by_69h = bytearray(25), bytearray(25), bytearray(25)
    new = struct.pack("<HI11s8s", 0, 0xCAFE1234, b"NEW LABEL  ", b"FAT16   ")

    guest(
        {"ax": 0x440D, "bx": C, "cx": 0x0866, "dx": before},
        {"ax": 0x440D, "bx": C, "cx": 0x0846, "dx": new},
        {"ax": 0x440D, "bx": C, "cx": 0x0866, "dx": after},
        {"ax": 0x6900, "bx": C, "dx": by_69h},
    )

    assert before[6:] == b"NO NAME    FAT16   "
    assert after == by_69h == new
    assert (dos.drives["C"].serial, dos.drives["C"].label) == (0xCAFE1234, "NEW LABEL")


def test_setting_the_serial_number_by_69h(dos: Dos, guest: Any) -> None:
    dos.drives["C"].label = "OLD"
    new = struct.pack("<HI11s8s", 0, 0x00010002, b"NO NAME    ", b"FAT16   ")

    (answer,) = guest({"ax": 0x6901, "bx": CURRENT, "dx": new})

    assert not answer.carry
    assert (dos.drives["C"].serial, dos.drives["C"].label) == (0x00010002, "")


def test_a_small_disk_has_a_fat_of_12_bits(dos_factory: Any, guest_on: Any) -> None:
    dos = dos_factory()
    dos.drives.add("B", capacity=360 * 1024)
    told = bytearray(25)

    guest_on(dos)({"ax": 0x6900, "bx": B, "dx": told})

    assert told[17:] == b"FAT12   "


def test_a_drive_may_be_accessed(guest: Any) -> None:
    flag = bytearray(2)

    _, set_ = guest(
        {"ax": 0x440D, "bx": C, "cx": 0x0867, "dx": flag},
        {"ax": 0x440D, "bx": C, "cx": 0x0847, "dx": flag},
    )

    assert flag == b"\0\x01"
    assert not set_.carry


def test_what_medium_is_in_a_drive(guest: Any) -> None:
    medium = bytearray(2)

    floppy, fixed = guest(
        {"ax": 0x440D, "bx": A, "cx": 0x0868, "dx": medium},
        {"ax": 0x440D, "bx": C, "cx": 0x0868, "dx": b".."},
    )

    assert medium == b"\x01\x07"
    assert not floppy.carry
    assert fixed.error is INVALID_FUNCTION


@pytest.mark.parametrize("what", [0x0860, 0x0840, 0x0866, 0x0846, 0x0867, 0x0847])
def test_what_drives_can_do(guest: Any, what: int) -> None:
    (answer,) = guest({"ax": 0x4411, "bx": C, "cx": what})

    assert (answer.ax, answer.carry) == (0, False)


@pytest.mark.parametrize("what", [0x0960, 0x0861, 0x0842, 0x0800])
@pytest.mark.parametrize("function", [0x440D, 0x4411])
def test_what_drives_cannot_do(error_of: Any, function: int, what: int) -> None:
    assert error_of(ax=function, bx=C, cx=what, dx=bytes(40)) is INVALID_FUNCTION
