"""The exceptions of the kit, and what DOS's own error codes are called."""

from __future__ import annotations

import pytest

from pytest_almostism import AlmostismError, Dos
from pytest_almostism.dos import (
    BadProgram,
    CpuError,
    ErrorCode,
    InstructionLimitExceeded,
    KeyboardStarved,
    MachineError,
    ProgramNotFound,
)
from pytest_almostism.dos.errorcode import DosError

FAILING = {
    CpuError: b"\x0f\x0b",
    InstructionLimitExceeded: b"\xeb\xfe",
    KeyboardStarved: b"\x31\xc0\xcd\x16",
}


@pytest.mark.parametrize(("error", "code"), FAILING.items(), ids=[e.__name__ for e in FAILING])
def test_whatever_stops_a_machine_is_a_machine_error_with_a_story(
    dos: Dos, error: type[MachineError], code: bytes
) -> None:
    with pytest.raises(error) as failure:
        dos.run(
            b"\xb4\x09\xba\x20\x01\xcd\x21" + code.ljust(25) + b"on the screen$",
            max_instructions=999,
        )

    assert issubclass(error, MachineError)
    assert issubclass(error, AlmostismError)
    first, where, registers, heading, call, *_, screen = str(failure.value).splitlines()
    assert first.startswith(r"C:\PROGRAM.COM: ")
    assert where.startswith(f"  {dos.registers.address}  ")
    assert registers.startswith("  AX=")
    assert heading.startswith("  the last ")
    assert "display_string(text='on the screen')" in call
    assert screen == "    | on the screen"


def test_looking_after_a_crash(dos: Dos) -> None:
    """A post mortem: registers, memory, screen and calls stay until the next run."""
    with pytest.raises(CpuError):
        dos.run(bytes.fromhex("b82143 a3f001 b402 b258 cd21 0f0b"))

    assert dos.registers.dl == ord("X")
    assert dos.memory.word(dos.registers.ds, 0x1F0) == 0x4321
    assert dos.screen.text == "X"
    assert [call.name for call in dos.calls] == ["character_output"]


@pytest.mark.parametrize("error", [ProgramNotFound, BadProgram])
def test_errors_before_the_start_are_no_machine_errors(error: type[AlmostismError]) -> None:
    assert issubclass(error, AlmostismError)
    assert not issubclass(error, MachineError)


def test_error_codes_have_words() -> None:
    assert ErrorCode(2).text == "file not found"
    assert str(DosError(ErrorCode.ACCESS_DENIED)) == "error 5 access denied"
