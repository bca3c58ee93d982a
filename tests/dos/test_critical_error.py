"""Critical errors: a drive or device fails, and INT 24h decides what becomes of the call."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any

import pytest

from pytest_almostism import Dos, Termination
from pytest_almostism.dos import ErrorCode

SET_HANDLER, OPEN, CREATE, READ, WRITE = 0x2524, 0x3D00, 0x3C00, 0x3F00, 0x4000
GET_ERROR = 0x5900
IGNORE, RETRY, ABORT, FAIL = range(4)


def answering(al: int) -> bytes:
    """A handler that answers without a question: mov al,n / iret."""
    return bytes((0xB0, al, 0xCF))


# push DI, AX, BP, SI / 38 bytes of the stack to standard output / AL=3, fail / iret
TELL = bytes.fromhex("57 50 55 56 89e2 161f b92600 bb0100 b440 cd21 83c408 b003 cf")
TOLD = struct.Struct("<4H 3H 9H 3H")
# drop DOS's frame / take the registers of the call back / AX=BEEFh / iret: to the program itself
TO_THE_CALLER = bytes.fromhex("83c406 58 5b 59 5a 5e 5f 5d 1f 07 b8efbe cf")


@pytest.fixture
def dos(dos_factory: Callable[..., Dos]) -> Dos:
    """A PC with a floppy in A: that holds a file."""
    dos = dos_factory(drives="AC")
    dos.path("A:\\F").write_bytes(b"contents")
    return dos


def not_ready(dos: Dos) -> None:
    dos.drives["A"].fault = ErrorCode.DRIVE_NOT_READY


def open_a(mode: int = 0) -> dict[str, Any]:
    return {"ax": OPEN | mode, "dx": b"A:\\F\0"}


# -- what the handler is told ------------------------------------------------------------------


def test_the_registers_and_the_stack_of_a_handler(dos: Dos, guest: Any) -> None:
    not_ready(dos)

    guest(
        {"ax": SET_HANDLER, "dx": TELL},
        {**open_a(), "bx": 0x1111, "cx": 0x2222, "si": 0x3333, "di": 0x4444, "es": 0x5555},
    )

    si, bp, ax, di, *rest = TOLD.unpack(guest.result.stdout)
    dos_frame, caller, frame = rest[:3], rest[3:12], rest[12:]
    call = next(call for call in guest.result.calls if call.ax == OPEN)
    assert ax == 0x1C00, "reading the directory of A:; retry and fail are allowed"
    assert di & 0xFF == 2, "not ready"
    assert dos_frame[1] == 0xF000, "back to DOS"
    before = call.before
    assert caller == [OPEN, 0x1111, 0x2222, before.dx, 0x3333, 0x4444, before.bp, before.ds, 0x5555]
    assert frame[:2] == [before.ip, before.cs]
    header = dos.memory.read(bp, si, 18)
    assert struct.unpack_from("<H", header, 4)[0] & 0x8000 == 0, "a driver of block devices"


@pytest.mark.parametrize(
    ("code", "call", "ah"),
    [
        (ErrorCode.DRIVE_NOT_READY, {"ax": CREATE, "dx": b"A:\\NEW\0"}, 0x1C),
        (ErrorCode.DRIVE_NOT_READY, {"ax": 0x4E00, "dx": b"A:\\*.*\0"}, 0x1C),
        (ErrorCode.DRIVE_NOT_READY, {"ax": 0x3B00, "dx": b"A:\\X\0"}, 0x1C),
        (ErrorCode.DRIVE_NOT_READY, {"ax": 0x3600, "dx": 1}, 0x1A),
        (ErrorCode.WRITE_PROTECTED, {"ax": CREATE, "dx": b"A:\\NEW\0"}, 0x1D),
        (ErrorCode.WRITE_PROTECTED, {"ax": 0x3900, "dx": b"A:\\NEW\0"}, 0x1D),
        (ErrorCode.WRITE_PROTECTED, {"ax": 0x4100, "dx": b"A:\\F\0"}, 0x1D),
    ],
    ids=["create", "find", "go to", "free space", "create, protected", "make", "delete"],
)
def test_where_it_failed(
    dos: Dos, guest: Any, code: ErrorCode, call: dict[str, Any], ah: int
) -> None:
    dos.drives["A"].fault = code

    guest({"ax": SET_HANDLER, "dx": TELL}, call)

    assert TOLD.unpack(guest.result.stdout)[2] >> 8 == ah


@pytest.mark.parametrize(
    ("code", "di"),
    [
        (ErrorCode.WRITE_PROTECTED, 0x00),
        (ErrorCode.DRIVE_NOT_READY, 0x02),
        (ErrorCode.SECTOR_NOT_FOUND, 0x08),
        (ErrorCode.WRITE_FAULT, 0x0A),
        (ErrorCode.READ_FAULT, 0x0B),
        (ErrorCode.GENERAL_FAILURE, 0x0C),
    ],
)
def test_the_code_in_di(dos: Dos, guest: Any, code: ErrorCode, di: int) -> None:
    dos.drives["A"].fault = code

    guest({"ax": SET_HANDLER, "dx": TELL}, {"ax": CREATE, "dx": b"A:\\NEW\0"})

    assert TOLD.unpack(guest.result.stdout)[3] & 0xFF == di


# -- what it can answer ------------------------------------------------------------------------


def test_fail_fails_the_call_and_59h_knows_why(dos: Dos, guest: Any) -> None:
    not_ready(dos)

    _, opened, why = guest({"ax": SET_HANDLER, "dx": answering(FAIL)}, open_a(), {"ax": GET_ERROR})

    assert opened.carry
    assert why.ax == ErrorCode.FAIL_ON_INT24


def test_abort_ends_the_program(dos: Dos, guest: Any) -> None:
    not_ready(dos)

    guest({"ax": SET_HANDLER, "dx": answering(ABORT)}, open_a(), {"ax": 0x0900, "dx": b"never$"})

    assert guest.result.termination is Termination.CRITICAL_ERROR
    assert guest.result.screen == ""


def test_retry_makes_the_call_again(dos: Dos, guest: Any) -> None:
    dos.drives["A"].fail(ErrorCode.DRIVE_NOT_READY, times=2)

    _, opened, _ = guest(
        {"ax": SET_HANDLER, "dx": answering(RETRY)}, open_a(), {"ax": 0x0900, "dx": b"then$"}
    )

    assert (opened.ax, opened.carry) == (5, False)
    assert sum(call.ax == OPEN for call in guest.result.calls) == 3


def test_ignore_is_not_allowed_in_a_directory_and_fails(dos: Dos, guest: Any) -> None:
    not_ready(dos)

    _, opened, why = guest(
        {"ax": SET_HANDLER, "dx": answering(IGNORE)}, open_a(), {"ax": GET_ERROR}
    )

    assert opened.carry
    assert why.ax == ErrorCode.FAIL_ON_INT24


def test_an_answer_that_is_none_aborts(dos: Dos, guest: Any) -> None:
    not_ready(dos)

    guest({"ax": SET_HANDLER, "dx": answering(77)}, open_a())

    assert guest.result.termination is Termination.CRITICAL_ERROR


def test_a_handler_may_go_back_to_the_program_without_dos(dos: Dos, guest: Any) -> None:
    not_ready(dos)

    _, answer = guest({"ax": SET_HANDLER, "dx": TO_THE_CALLER}, {**open_a(), "bx": 7, "si": 8})

    assert (answer.ax, answer.bx, answer.si) == (0xBEEF, 7, 8)


def test_a_handler_may_end_the_program_itself(dos: Dos, guest: Any) -> None:
    not_ready(dos)

    guest({"ax": SET_HANDLER, "dx": bytes.fromhex("b8094c cd21")}, open_a())

    assert guest.result.exit_code == 9
    assert guest.result.termination is Termination.NORMAL


def test_functions_of_cp_m_times_fail_by_al(dos: Dos, guest: Any) -> None:
    not_ready(dos)
    fcb = bytearray(b"\x01F          " + bytes(25))

    _, answer = guest({"ax": SET_HANDLER, "dx": answering(FAIL)}, {"ax": 0x0F00, "dx": fcb})

    assert answer.al == 0xFF


# -- reading and writing -----------------------------------------------------------------------


def test_writing_to_a_protected_disk(dos: Dos, guest: Any) -> None:
    dos.drives["A"].fault = ErrorCode.WRITE_PROTECTED
    into = bytearray(8)

    _, opened, read, write = guest(
        {"ax": SET_HANDLER, "dx": answering(FAIL)},
        open_a(2),
        {"ax": READ, "bx": 5, "dx": into, "cx": 8},
        {"ax": WRITE, "bx": 5, "dx": b"new", "cx": 3},
    )

    assert (opened.carry, read.ax, bytes(into)) == (False, 8, b"contents")
    assert write.carry
    dos.drives["A"].fault = None
    assert dos.path("A:\\F").read_bytes() == b"contents"


def test_ignored_writing_looks_as_if_it_had_been_done(dos: Dos, guest: Any) -> None:
    dos.drives["A"].fault = ErrorCode.WRITE_PROTECTED

    _, _, write = guest(
        {"ax": SET_HANDLER, "dx": answering(IGNORE)},
        open_a(2),
        {"ax": WRITE, "bx": 5, "dx": b"new", "cx": 3},
    )

    assert (write.ax, write.carry) == (3, False)
    dos.drives["A"].fault = None
    assert dos.path("A:\\F").read_bytes() == b"contents"


def test_the_handler_is_told_that_data_was_written(dos: Dos, guest: Any) -> None:
    dos.drives["A"].fault = ErrorCode.WRITE_PROTECTED

    guest({"ax": SET_HANDLER, "dx": TELL}, open_a(2), {"ax": WRITE, "bx": 5, "dx": b"new", "cx": 3})

    assert TOLD.unpack(guest.result.stdout)[2] == 0x3F00


def test_other_drives_work(dos: Dos, guest: Any) -> None:
    not_ready(dos)

    (created,) = guest({"ax": CREATE, "dx": b"C:\\F\0"})

    assert not created.carry


# -- devices -----------------------------------------------------------------------------------


def test_a_printer_without_paper(dos: Dos, guest: Any) -> None:
    dos.ports["PRN"].fault = ErrorCode.OUT_OF_PAPER

    guest({"ax": SET_HANDLER, "dx": TELL}, {"ax": WRITE, "bx": 4, "dx": b"text", "cx": 4})

    si, bp, ax, di, *_ = TOLD.unpack(guest.result.stdout)
    assert ax >> 8 == 0xB9, "a device, writing; ignore, retry and fail are allowed"
    assert di & 0xFF == 9
    assert dos.memory.read(bp, si + 10, 8) == b"PRN     "
    assert guest.result.printer == b""


# -- without a handler -------------------------------------------------------------------------


def test_dos_asks_and_aborts_if_nobody_answers(dos: Dos, guest: Any) -> None:
    not_ready(dos)

    guest(open_a(), {"ax": 0x0900, "dx": b"never$"})

    assert guest.result.screen == "\nNot ready reading drive A\nAbort, Retry, Fail?"
    assert guest.result.termination is Termination.CRITICAL_ERROR
    assert guest.result.stdout == b""


def test_dos_asks_again_until_it_is_answered(dos: Dos, guest: Any) -> None:
    not_ready(dos)

    opened, why = guest(open_a(), {"ax": GET_ERROR}, keys="xf")

    assert opened.carry
    assert why.ax == ErrorCode.FAIL_ON_INT24
    assert guest.result.screen.count("Abort, Retry, Fail?") == 2


def test_retrying_by_hand(dos: Dos, guest: Any) -> None:
    dos.drives["A"].fail(ErrorCode.DRIVE_NOT_READY, times=2)

    (opened,) = guest(open_a(), keys="rr")

    assert not opened.carry


def test_a_device_is_named_and_may_be_ignored(dos: Dos, guest: Any) -> None:
    dos.ports["PRN"].fault = ErrorCode.OUT_OF_PAPER

    (answer,) = guest({"ax": WRITE, "bx": 4, "dx": b"text", "cx": 4}, keys="i")

    assert (answer.ax, answer.carry) == (4, False)
    assert guest.result.screen.splitlines()[1:] == [
        "Printer out of paper error writing device PRN",
        "Abort, Retry, Ignore, Fail? i",
    ]


def test_a_handler_may_leave_it_to_dos(dos: Dos, guest: Any) -> None:
    not_ready(dos)
    chain = bytes.fromhex("ea 9000 00f0")  # jmp F000:0090

    _, opened = guest({"ax": SET_HANDLER, "dx": chain}, open_a(), keys="f")

    assert opened.carry
    assert "Not ready" in guest.result.screen


def test_python_finds_the_drive_broken_too(dos: Dos) -> None:
    not_ready(dos)

    with pytest.raises(OSError, match="drive A: drive not ready, reading"):
        dos.path("A:\\F").read_bytes()
