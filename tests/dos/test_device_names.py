"""Devices by name and by handle: CON, NUL, AUX, PRN, CLOCK$, COM1 to COM4, LPT1 to LPT3."""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pytest_almostism import Dos
from pytest_almostism.dos import ErrorCode

FILE = 5
READ, WRITE = 0x3F00, 0x4000
OPEN, CREATE, CREATE_NEW = 0x3D00, 0x3C00, 0x5B00
AUX, PRN = 3, 4
IS_DEVICE = 0x80
DEVICES = "CON NUL AUX PRN CLOCK$ COM1 COM2 COM3 COM4 LPT1 LPT2 LPT3".split()


def named(function: int, name: str) -> dict[str, Any]:
    return {"ax": function, "dx": name.encode() + b"\0"}


def information(handle: int = FILE) -> dict[str, Any]:
    return {"ax": 0x4400, "bx": handle}


# -- names -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DEVICES)
@pytest.mark.parametrize("function", [OPEN, CREATE, CREATE_NEW], ids=hex)
def test_every_device_has_a_name(guest: Any, function: int, name: str) -> None:
    opened, what = guest(named(function, name), information())

    assert opened.ax == FILE
    assert what.dx & IS_DEVICE


@pytest.mark.parametrize(
    "name", ["nul", "NUL.TXT", "C:NUL", "C:\\NUL", "\\SUB\\NUL.C", "SUB/nul", "\\DEV\\NUL", "NUL:"]
)
def test_a_device_is_in_every_directory(dos: Dos, guest: Any, name: str) -> None:
    dos.path("SUB").mkdir()

    _, what = guest(named(OPEN, name), information())

    assert what.dx == 0x8084


@pytest.mark.parametrize("function", [OPEN, CREATE, 0x4E00], ids=hex)
def test_but_not_in_one_that_is_not_there(error_of: Any, function: int) -> None:
    error = error_of(**named(function, "\\NONE\\NUL"))

    assert error is ErrorCode.PATH_NOT_FOUND


@pytest.mark.parametrize("name", ["NULL", "XNUL", "COM5", "LPT4", "CLOCK", "NUL\\X", "CO"])
def test_other_names_are_names_of_files(guest: Any, name: str) -> None:
    (opened,) = guest(named(OPEN, name))

    assert opened.carry


def test_a_device_can_be_opened_by_6ch(guest: Any) -> None:
    opened, what = guest({"ax": 0x6C00, "bx": 2, "dx": 1, "si": b"NUL\0"}, information())

    assert (opened.ax, opened.cx) == (FILE, 1)
    assert what.dx == 0x8084


@pytest.mark.parametrize("name", ["NUL", "CON.TXT", "SUB\\PRN"])
def test_a_device_is_found(dos: Dos, guest: Any, name: str) -> None:
    dos.path("SUB").mkdir()
    dta = bytearray(43)

    _, found = guest({"ax": 0x1A00, "dx": dta}, named(0x4E00, name))

    assert not found.carry
    assert dta[30:].startswith(name.rpartition("\\")[2].partition(".")[0].encode())


def test_a_device_takes_output_by_fcb(guest: Any) -> None:
    fcb = bytearray(b"\0PRN        " + bytes(25))

    _, _, opened, written = guest(
        {"ax": 0x1A00, "dx": b"record".ljust(128)},
        {"ax": 0x0D00},
        {"ax": 0x0F00, "dx": fcb},
        {"ax": 0x1500, "dx": fcb},
    )

    assert (opened.al, written.al) == (0, 0)
    assert guest.result.printer == b"record".ljust(128)


def test_a_device_keeps_its_access_mode(guest: Any) -> None:
    _, write, _, read = guest(
        named(OPEN, "NUL"),
        {"ax": WRITE, "bx": FILE, "dx": b"x", "cx": 1},
        named(OPEN | 1, "NUL"),
        {"ax": READ, "bx": FILE + 1, "dx": b"x", "cx": 1},
    )

    assert write.error is read.error is ErrorCode.ACCESS_DENIED


def test_devices_have_a_date_that_is_now(dos: Dos, guest: Any) -> None:
    _, stamp, set_, seek = guest(
        named(OPEN, "NUL"),
        {"ax": 0x5700, "bx": FILE},
        {"ax": 0x5701, "bx": FILE, "cx": 1, "dx": 0x21},
        {"ax": 0x4202, "bx": FILE, "cx": 0, "dx": 0},
    )

    assert (stamp.dx >> 9) + 1980 == dos.clock.time.year
    assert not set_.carry
    assert (seek.dx, seek.ax, seek.carry) == (0, 0, False)


# -- NUL ---------------------------------------------------------------------------------------


def test_nul_takes_everything_and_gives_nothing(guest: Any) -> None:
    _, written, read = guest(
        named(OPEN | 2, "NUL"),
        {"ax": WRITE, "bx": FILE, "dx": b"text", "cx": 4},
        {"ax": READ, "bx": FILE, "dx": b"....", "cx": 4},
    )

    assert (written.ax, read.ax) == (4, 0)


# -- ports -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "field"),
    [("PRN", "printer"), ("LPT1", "printer"), ("COM1", "serial"), ("AUX", "serial")],
)
def test_what_is_sent_is_in_the_result(guest: Any, name: str, field: str) -> None:
    handle = PRN if field == "printer" else AUX
    character = 0x0500 if field == "printer" else 0x0400

    guest(
        named(OPEN | 1, name),
        {"ax": WRITE, "bx": FILE, "dx": b"by name ", "cx": 8},
        {"ax": WRITE, "bx": handle, "dx": b"by handle", "cx": 9},
        {"ax": character, "dx": ord("!")},
    )

    assert getattr(guest.result, field) == b"by name by handle!"
    assert guest.result.stdout == b""


def test_other_ports_are_others(dos: Dos, guest: Any) -> None:
    guest(
        named(OPEN | 1, "LPT2"),
        {"ax": WRITE, "bx": FILE, "dx": b"two", "cx": 3},
        named(OPEN | 1, "COM3"),
        {"ax": WRITE, "bx": FILE + 1, "dx": b"three", "cx": 5},
    )

    assert (guest.result.printer, guest.result.serial) == (b"", b"")
    assert bytes(dos.ports["LPT2"].sent) == b"two"
    assert bytes(dos.ports["COM3"].sent) == b"three"


def test_the_next_run_prints_on_a_new_page(guest: Any) -> None:
    guest({"ax": 0x0500, "dx": ord("1")})
    guest({"ax": 0x0500, "dx": ord("2")})

    assert guest.result.printer == b"2"


def test_what_comes_in_at_the_serial_port(dos: Dos, guest: Any) -> None:
    dos.ports["AUX"].waiting += b"modem"
    into = bytearray(9)

    first, rest, end = guest(
        {"ax": 0x0300}, {"ax": READ, "bx": AUX, "dx": into, "cx": 9}, {"ax": 0x0300}
    )

    assert (first.al, rest.ax, end.al) == (ord("m"), 4, 0x1A)
    assert into[:4] == b"odem"


# -- CLOCK$ ------------------------------------------------------------------------------------


def test_reading_the_clock(dos: Dos, guest: Any) -> None:
    dos.clock.time = dt.datetime.fromisoformat("1993-02-01 13:14:15.160000")
    into = bytearray(10)

    _, read = guest(named(OPEN, "CLOCK$"), {"ax": READ, "bx": FILE, "dx": into, "cx": 6})

    assert read.ax == 6
    days = (dt.date(1993, 2, 1) - dt.date(1980, 1, 1)).days
    assert struct.unpack("<HBBBB", into[:6]) == (days, 14, 13, 16, 15)


def test_setting_the_clock(dos: Dos, guest: Any) -> None:
    new = struct.pack("<HBBBB", 366, 59, 23, 99, 58)

    guest(named(OPEN | 1, "CLOCK$"), {"ax": WRITE, "bx": FILE, "dx": new, "cx": 6})

    assert dos.clock.time == dt.datetime.fromisoformat("1981-01-01 23:59:58.990000")


@pytest.mark.parametrize(
    "data", [b"\0\0\x3c\0\0\0", b"\0\0\0\x18\0\0", b"\xff\xff\0\0\0\0", b"\0\0"]
)
def test_what_is_no_time_sets_nothing(dos: Dos, guest: Any, data: bytes) -> None:
    before = dos.clock.time

    guest(named(OPEN | 1, "CLOCK$"), {"ax": WRITE, "bx": FILE, "dx": data, "cx": len(data)})

    assert dos.clock.time == before


# -- redirection -------------------------------------------------------------------------------


def test_output_goes_where_a_program_sends_it_and_so_does_its_childs(
    dos: Dos, guest: Any, program: Callable[[str], Path]
) -> None:
    hello = dos.run(program("hello.com"))

    guest(
        {"ax": 0x4A00, "bx": 0x1000},
        {"ax": 0x4500, "bx": 1},
        {"ax": CREATE, "dx": b"OUT\0"},
        {"ax": 0x4600, "bx": 6, "cx": 1},
        {"ax": 0x4B00, "dx": b"HELLO.COM\0", "bx": bytes(14)},
        {"ax": 0x0900, "dx": b"parent$"},
        {"ax": 0x4600, "bx": 5, "cx": 1},
        {"ax": 0x0900, "dx": b"screen$"},
    )

    assert dos.path("OUT").read_bytes() == hello.stdout + b"parent"
    assert guest.result.stdout == b"screen"


def test_input_from_a_file(dos: Dos, guest: Any) -> None:
    dos.path("IN").write_bytes(b"xy")

    *_, first, second, end = guest(
        named(OPEN, "IN"),
        {"ax": 0x4600, "bx": FILE, "cx": 0},
        {"ax": 0x0800},
        {"ax": 0x0700},
        {"ax": 0x0100},
        keys="never",
    )

    assert bytes((first.al, second.al, end.al)) == b"xy\x1a"


def test_a_program_may_print_instead(guest: Any) -> None:
    guest({"ax": 0x4600, "bx": PRN, "cx": 1}, {"ax": 0x0900, "dx": b"paper$"})

    assert (guest.result.printer, guest.result.screen) == (b"paper", "")
