"""Whatever a program does, the worst that comes of it is a MachineError."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_almostism import Dos
from pytest_almostism.dos import BadProgram, MachineError, Registers, UnsupportedCall, services
from pytest_almostism.dos.registers import Flag

pytestmark = pytest.mark.anything_goes  # these calls do not count as tests of a service

NAMES = b"F.TXT\0*.*\0C:\\DIR\0NUL\0..\\..\0PROGRAM.COM\0".ljust(64, b"\0")
WORDS = st.one_of(
    st.sampled_from(
        [0, 1, 2, 4, 5, 0x100, 0x110, 0x116, 0x11A, 0x121, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF]
    ),
    st.integers(0, 0xFFFF),
)
SEGMENTS = st.one_of(st.none(), WORDS, st.sampled_from([0x40, 0x120, 0xB800, 0xF000]))
REGISTERS = st.fixed_dictionaries(
    {
        **dict.fromkeys("bx cx dx si di bp".split(), WORDS),
        **dict.fromkeys("ds es".split(), SEGMENTS),  # None: the program's own
    }
)
INT_21H = b"\xcd\x21\xcd\x20".ljust(16)


def run(
    dos: Dos, code: bytes, registers: Mapping[str, int | None] | None = None, keys: str = ""
) -> Registers | None:
    """The registers at the end of a program, or None if it did not come to one."""
    dos.path("F.TXT").write_bytes(b"a file")
    dos.path("DIR").mkdir(exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnsupportedCall)
        try:
            process = dos.load(code, keys=keys)
            for name, value in (registers or {}).items():
                if value is not None:
                    setattr(process.registers, name, value)
            return process.run(max_instructions=1_000).registers
        except (MachineError, BadProgram):
            return None


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 0xFF), st.integers(0, 0xFF), REGISTERS)
def test_any_call_of_dos(ah: int, al: int, registers: dict[str, int | None]) -> None:
    with Dos() as dos:
        run(dos, INT_21H + NAMES, {**registers, "ax": ah << 8 | al})

        assert dos.path("C:\\").is_dir()


@pytest.mark.parametrize("segment", [0xFFFF, 0xF000, 0x0000])
@pytest.mark.parametrize("offset", [0xFFFF, 0x0000])
def test_every_call_of_dos_with_wild_pointers(dos: Dos, segment: int, offset: int) -> None:
    for ah in range(0x6D):
        pointers = dict.fromkeys("dx si di".split(), offset)
        segments = {"ds": segment, "es": segment}
        run(dos, INT_21H, {"ax": ah << 8, "bx": 1, "cx": 0xFFFF, **segments, **pointers})

    assert dos.path("F.TXT").read_bytes() == b"a file"


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([0x10, 0x11, 0x12, 0x16, 0x1A, 0x20, 0x27]), WORDS, REGISTERS)
def test_any_call_of_the_bios(number: int, ax: int, registers: dict[str, int | None]) -> None:
    with Dos() as dos:
        run(dos, bytes((0xCD, number, 0xCD, 0x20)), {**registers, "ax": ax}, keys="keys")

        assert len(dos.screen.lines) == 25


@settings(max_examples=200, deadline=None)
@given(st.binary(min_size=1, max_size=60))
def test_any_code(code: bytes) -> None:
    with Dos() as dos:
        run(dos, code, keys="keys")

        assert dos.path("F.TXT").parent.is_dir()


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 0x6C), st.integers(0, 0xFF), WORDS, WORDS, WORDS), max_size=8)
)
def test_any_calls_one_after_the_other(calls: list[tuple[int, int, int, int, int]]) -> None:
    code = b"".join(
        bytes((0xB8, al, ah))  # mov ax / bx / cx / dx, int 21h
        + b"".join(
            bytes((opcode,)) + value.to_bytes(2, "little")
            for opcode, value in zip((0xBB, 0xB9, 0xBA), values, strict=True)
        )
        + b"\xcd\x21"
        for ah, al, *values in calls
    )
    with Dos() as dos:
        run(dos, code + b"\xcd\x20" + NAMES, keys="keys{enter}" * 5)
        run(dos, b"\xcd\x20")

        with suppress(MachineError, BadProgram):  # it may have stayed resident in all memory
            assert dos.run(b"\xb8\x07\x4c\xcd\x21").exit_code == 7


# -- registers that a call does not answer in --------------------------------------------------

# What the services of this table return in registers besides AX and CF.
ANSWERS = {
    0x03: "", 0x19: "", 0x2A: "cx dx", 0x2C: "cx dx", 0x2F: "es bx", 0x30: "bx cx", 0x35: "es bx",
    0x36: "bx cx dx", 0x33: "bx dx", 0x37: "dx", 0x42: "dx", 0x43: "cx", 0x44: "dx", 0x48: "bx",
    0x4A: "bx", 0x51: "bx", 0x57: "cx dx", 0x62: "bx",
}  # fmt: skip
SIMPLE = [
    0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0B, 0x0D, 0x0E, 0x19, 0x25, 0x2A, 0x2B,
    0x2C, 0x2D, 0x2E, 0x2F, 0x30, 0x33, 0x35, 0x36, 0x37, 0x39, 0x3A, 0x3B, 0x3C, 0x3D, 0x3E, 0x3F,
    0x40, 0x41, 0x42, 0x43, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4A, 0x4D, 0x4E, 0x4F, 0x51, 0x54, 0x56,
    0x57, 0x58, 0x5B, 0x62,
]  # fmt: skip


@pytest.mark.parametrize("function", SIMPLE, ids="{:02X}".format)
@settings(max_examples=8, deadline=None)
@given(
    registers=st.fixed_dictionaries(dict.fromkeys("bx cx si di bp".split(), WORDS)),
    al=st.integers(0, 8),
)
def test_a_call_keeps_all_registers_it_does_not_answer_in(
    function: int, registers: dict[str, int], al: int
) -> None:
    with Dos() as dos:
        before = dict(registers, dx=0x110, fs=0x1234, gs=0x5678)  # DS:DX: a name
        after = run(dos, INT_21H + NAMES, {**before, "ax": function << 8 | al}, keys="k")
    if after is None or services.find(0x21, function, al) is None:
        return

    kept = (set(before) | {"ds", "es", "ss"}) - set(ANSWERS.get(function, "").split())
    before |= dict.fromkeys(("ds", "es", "ss"), after.cs)
    assert {name: getattr(after, name) for name in kept} == {name: before[name] for name in kept}
    assert not after.flags & (Flag.DIRECTION | Flag.TRAP)
    assert after.flags & Flag.INTERRUPT
