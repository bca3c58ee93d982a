"""INT 21h/25h and 35h: interrupt vectors."""

from __future__ import annotations

from typing import Any

from pytest_almostism import Dos


def test_every_vector_points_into_the_rom_at_first(dos: Dos, guest: Any) -> None:
    answers = guest(*[{"ax": 0x3500 | number} for number in range(256)])

    assert {answer.es for answer in answers} == {0xF000}
    assert len({answer.bx for answer in answers}) == 256
    # where an IRET comes after the trap, for programs that chain to it
    assert dos.memory.read(0xF000, answers[0x60].bx, 3) == b"\xcd\xf8\xcf"


def test_a_vector_that_was_set_is_read_back(dos: Dos, guest: Any) -> None:
    _, answer = guest({"ax": 0x2560, "ds": 0x1234, "dx": 0x5678}, {"ax": 0x3560})

    assert (answer.es, answer.bx) == (0x1234, 0x5678)
    assert dos.memory.pointer(0, 4 * 0x60) == (0x1234, 0x5678)


def test_what_a_program_pokes_into_the_table_counts_as_well(dos: Dos) -> None:
    # es=0 / [es:180h]=handler / [es:182h]=cs / int 60h / exit(AL) / handler: mov al,42h / iret
    code = "31c0 8ec0 26c70680011a01 268c0e8201 cd60 b44c cd21 9090909090 b042 cf"
    code = code.replace("1a01", f"{0x100 + len(bytes.fromhex(code)) - 3:04x}"[2:] + "01")

    assert dos.run(bytes.fromhex(code)).exit_code == 0x42


def test_ctrl_c_and_critical_error_handlers_go_with_their_program(guest: Any) -> None:
    guest(*[{"ax": 0x2500 | number, "ds": 0x1234, "dx": number} for number in (0x22, 0x23, 0x24)])

    answers = guest(*[{"ax": 0x3500 | number} for number in (0x22, 0x23, 0x24)])
    assert [answer.es for answer in answers] == [0xF000] * 3
