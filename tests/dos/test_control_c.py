"""Ctrl-C and Ctrl-Break: where DOS notices them, and what INT 23h and 1Bh can make of them."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_almostism import Dos, Termination

SET_HANDLER, SET_BREAK_HANDLER = 0x2523, 0x251B
GET, PRINT = 0x0800, 0x0900
IRET, RETF_C, RETF_NC = b"\xcf", b"\xf9\xcb", b"\xf8\xcb"
QUIT = bytes.fromhex("b8074c cd21")  # end with exit code 7
STAR = "50 b82a0e cd10 58"  # print * by INT 10h
STAR_IRET = bytes.fromhex(f"{STAR} cf")
TO_THE_CALLER = bytes.fromhex("b82a00 83c406 cf")  # AX=2Ah / drop DOS's frame / iret


def test_iret_makes_the_call_again(guest: Any) -> None:
    _, answer = guest({"ax": SET_HANDLER, "dx": STAR_IRET}, {"ax": GET}, keys="{ctrl-c}a")

    assert answer.al == ord("a")
    assert guest.result.screen == "^C\n*"


@pytest.mark.parametrize("handler", [IRET, RETF_NC], ids=["IRET", "RETF, CF=0"])
def test_the_program_goes_on(guest: Any, handler: bytes) -> None:
    _, answer = guest({"ax": SET_HANDLER, "dx": handler}, {"ax": GET}, keys="{ctrl-c}a")

    assert answer.al == ord("a")
    assert guest.result.termination is Termination.NORMAL


def test_retf_with_carry_ends_the_program(guest: Any) -> None:
    guest(
        {"ax": SET_HANDLER, "dx": RETF_C},
        {"ax": GET},
        {"ax": PRINT, "dx": b"never$"},
        keys="{ctrl-c}a",
    )

    assert guest.result.termination is Termination.CTRL_C
    assert guest.result.screen == "^C"


def test_a_handler_may_end_the_program_itself(guest: Any) -> None:
    guest({"ax": SET_HANDLER, "dx": QUIT}, {"ax": GET}, keys="{ctrl-c}")

    assert guest.result.exit_code == 7
    assert guest.result.termination is Termination.NORMAL


def test_a_handler_may_go_back_to_the_program_without_dos(guest: Any) -> None:
    """The frame of the INT 21h is on the stack above the one of DOS."""
    _, answer, after = guest(
        {"ax": SET_HANDLER, "dx": TO_THE_CALLER}, {"ax": GET}, {"ax": GET}, keys="{ctrl-c}a"
    )

    assert (answer.ax, after.al) == (0x2A, ord("a"))


def test_a_handler_finds_the_registers_of_the_call(guest: Any) -> None:
    # compare BX, CX, DX, SI and DI with what the call had: 1, 2, 3, 4, 5 / * if all are the same
    same = "83fb01 7513 83f902 750e 83fa03 7509 83fe04 7504 83ff05 7500"
    check = bytes.fromhex(f"{same} 7506 {STAR} cf")

    _, answer = guest(
        {"ax": SET_HANDLER, "dx": check},
        {"ax": GET, "bx": 1, "cx": 2, "dx": 3, "si": 4, "di": 5},
        keys="{ctrl-c}a",
    )

    assert guest.result.screen == "^C\n*"
    assert (answer.bx, answer.cx, answer.dx, answer.si, answer.di) == (1, 2, 3, 4, 5)


def test_a_handler_that_is_interrupted_itself(guest: Any) -> None:
    reads = bytes.fromhex("50 b408 cd21 88c2 b402 cd21 58 cf")  # read a key / print it / iret

    _, answer = guest({"ax": SET_HANDLER, "dx": reads}, {"ax": GET}, keys="{ctrl-c}{ctrl-c}abc")

    assert answer.al == ord("c")
    assert guest.result.stdout == b"^C\r\n^C\r\nab"


# -- where it is noticed -----------------------------------------------------------------------

LINE = b"\x05\0" + bytes(5)
CONSOLE_CALLS = [
    {"ax": 0x0100},
    {"ax": 0x0200, "dx": ord("x")},
    {"ax": 0x0800},
    {"ax": 0x0900, "dx": b"text$"},
    {"ax": 0x0A00, "dx": LINE},
    {"ax": 0x0B00},
    {"ax": 0x0C01},
    {"ax": 0x3F00, "bx": 0, "dx": LINE, "cx": 5},
    {"ax": 0x4000, "bx": 1, "dx": b"text", "cx": 4},
    {"ax": 0x4000, "bx": 2, "dx": b"text", "cx": 4},
]
OTHER_CALLS = [
    {"ax": 0x0600, "dx": ord("x")},
    {"ax": 0x0700},
    {"ax": 0x3000},
    {"ax": 0x3D00, "dx": b"NUL\0"},
    {"ax": 0x4400, "bx": 0},
]


def name(call: dict[str, Any]) -> str:
    return f"{call['ax']:04X}, BX={call.get('bx', 0)}"


@pytest.mark.parametrize("call", CONSOLE_CALLS, ids=name)
def test_console_calls_notice_it(guest: Any, call: dict[str, Any]) -> None:
    guest(call, keys="{ctrl-c}")

    assert guest.result.termination is Termination.CTRL_C
    assert guest.result.screen == "^C"


@pytest.mark.parametrize("call", OTHER_CALLS, ids=name)
def test_other_calls_do_not(guest: Any, call: dict[str, Any]) -> None:
    guest(call, keys="{ctrl-c}")

    assert guest.result.termination is Termination.NORMAL


@pytest.mark.parametrize("call", OTHER_CALLS[2:], ids=name)
def test_other_calls_do_with_break_on(guest: Any, call: dict[str, Any]) -> None:
    guest({"ax": 0x3301, "dx": 1}, call, keys="{ctrl-c}")

    assert guest.result.termination is Termination.CTRL_C


@pytest.mark.parametrize("function", [0x3300, 0x5100, 0x6200, 0x0700])
def test_some_never_do(guest: Any, function: int) -> None:
    guest({"ax": 0x3301, "dx": 1}, {"ax": function}, {"ax": 0x3301, "dx": 0}, keys="{ctrl-c}")

    assert guest.result.termination is Termination.NORMAL


def test_it_is_noticed_when_it_comes_next_not_before(guest: Any) -> None:
    output, first = guest({"ax": PRINT, "dx": b"text$"}, {"ax": GET}, keys="a{ctrl-c}")

    assert (output.al, first.al) == (0x24, ord("a"))
    assert guest.result.screen == "text"
    assert guest.result.termination is Termination.NORMAL


def test_raw_output_notices_nothing(guest: Any) -> None:
    guest(
        {"ax": 0x4401, "bx": 1, "dx": 0xE0},
        {"ax": 0x4000, "bx": 1, "dx": b"text", "cx": 4},
        keys="{ctrl-c}",
    )

    assert guest.result.screen == "text"


def test_it_is_noticed_in_redirected_input_too(guest: Any) -> None:
    guest({"ax": GET}, stdin=b"\x03")

    assert guest.result.termination is Termination.CTRL_C


# -- Ctrl-Break --------------------------------------------------------------------------------


def test_ctrl_break_is_ctrl_c_for_dos(guest: Any) -> None:
    guest({"ax": GET}, keys="{ctrl-break}a")

    assert guest.result.termination is Termination.CTRL_C
    assert guest.result.screen == "^C"


def test_ctrl_break_calls_int_1bh(guest: Any) -> None:
    _, answer = guest({"ax": SET_BREAK_HANDLER, "dx": STAR_IRET}, {"ax": GET}, keys="{ctrl-break}a")

    assert answer.al == ord("a"), "DOS does not hear of it"
    assert guest.result.screen == "*"


def test_a_line_survives_ctrl_break_if_its_handler_keeps_it_to_itself(guest: Any) -> None:
    buffer = bytearray(b"\x09\0" + bytes(9))

    guest(
        {"ax": SET_BREAK_HANDLER, "dx": IRET},
        {"ax": 0x0A00, "dx": buffer},
        keys="li{ctrl-break}ne{enter}",
    )

    assert buffer[1:7] == b"\x04line\r"
    assert guest.result.stdout == b"line\r"


def test_a_handler_of_int_1bh_may_pass_it_on(guest: Any) -> None:
    chain = bytes.fromhex(f"{STAR} ea 6c00 00f0")  # print * / jmp F000:006C, DOS's own

    guest({"ax": SET_BREAK_HANDLER, "dx": chain}, {"ax": GET}, keys="{ctrl-break}a")

    assert guest.result.screen == "*^C"
    assert guest.result.termination is Termination.CTRL_C


def test_the_bios_leaves_a_key_that_is_none(guest: Any) -> None:
    broken, after = guest({"int": 0x16}, {"int": 0x16}, keys="{ctrl-break}a")

    assert (broken.ax, after.ax) == (0, 0x1E61)


# -- Ctrl-S and Ctrl-P -------------------------------------------------------------------------


def test_ctrl_s_stops_the_output_up_to_the_next_key(guest: Any) -> None:
    _, answer = guest({"ax": PRINT, "dx": b"text$"}, {"ax": GET}, keys="{ctrl-s}{ctrl-q}a")

    assert answer.al == ord("a")
    assert guest.result.screen == "text"


def test_ctrl_c_ends_the_pause_and_the_program(guest: Any) -> None:
    guest({"ax": PRINT, "dx": b"text$"}, keys="{ctrl-s}{ctrl-c}")

    assert guest.result.termination is Termination.CTRL_C


def test_ctrl_s_and_nothing_after_it_is_no_reason_to_wait_for_ever(guest: Any) -> None:
    guest({"ax": PRINT, "dx": b"text$"}, keys="{ctrl-s}")

    assert guest.result.screen == "text"


def test_ctrl_p_lets_the_printer_print_what_is_shown(dos: Dos, guest: Any) -> None:
    guest(
        {"ax": PRINT, "dx": b"both$"},
        {"ax": 0x0100},
        {"ax": PRINT, "dx": b"shown$"},
        keys="{ctrl-p}!{ctrl-p}",
    )

    assert guest.result.screen == "both!shown"
    assert guest.result.printer == b"both!"
    assert bytes(dos.ports["PRN"].sent) == b"both!"
