"""Chapter 11, as first spoken: what the first liturgy really does, kept as a specimen.

It was said to be 42 bytes that open, read, verify, zero, delete and end. What is pinned here is
what happens when these bytes are run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_almostism.rites import LiturgyRite
from pytest_almostism.scripture import EDITIONS, Part, Scripture, ViolationOfGap, checksum

if TYPE_CHECKING:
    from pytest_almostism.rites import Performance

_FIRST = EDITIONS["as-first-spoken"]
_JNE = 0x113  # `75 FA`, two bytes
_STEPS = {0x3D: "open", 0x3F: "read", 0x41: "delete"}


def _enter(true_scripture: Scripture, told: str) -> tuple[bytes, Performance]:
    text = _FIRST.build(true_scripture.instance)
    return text, LiturgyRite().enter(text, told=told)


def test_the_42_bytes_were_43() -> None:
    """The first liturgy was said to be 42 bytes long and is 43."""
    assert len(_FIRST.liturgy) == 43


def test_the_sum_did_not_add_up() -> None:
    """“8 + 42 + 1 + 973 = 1023” it was said; and the seal was not counted at all."""
    assert 8 + 42 + 1 + 973 == 1024
    assert 8 + len(_FIRST.liturgy) + 1 + _FIRST.silence + 1 == 1023
    assert _FIRST.silence == 970


def test_it_is_sealed_and_yet_no_scripture(true_scripture: Scripture) -> None:
    """Its seal holds, but its last byte of code stands where the reader would choose."""
    text = _FIRST.build(true_scripture.instance)
    assert checksum(text) == 0
    assert text[Part.INSTANCE.offset] == _FIRST.liturgy[-1]
    with pytest.raises(ViolationOfGap) as violation:
        Scripture.parse(text)
    assert violation.value.offset == Part.SILENCE.offset


def test_its_loop_leaps_into_an_instruction() -> None:
    """Its one conditional jump goes into the middle of the instruction before it."""
    code = _FIRST.liturgy
    at = _JNE - 0x108
    assert code[at : at + 2] == b"\x75\xfa"
    target = _JNE + 2 + int.from_bytes(code[at + 1 : at + 2], "little", signed=True)
    load = code.index(b"\x8a\x07")  # mov al,[bx]
    assert target == 0x108 + load + 1


def test_with_a_name_it_loops_for_ever(true_scripture: Scripture) -> None:
    """Told the name of its file it never ends."""
    text, performance = _enter(true_scripture, "HOLY.COM")
    assert performance.result is None
    assert "InstructionLimitExceeded" in str(performance.outcome.failure)
    assert performance.outcome.left_alone(text)


def test_without_a_name_it_overwrites_itself_and_ends(true_scripture: Scripture) -> None:
    """Told nothing it zeroes itself while it runs, and what is left is INT 21h with AX=003C."""
    text, performance = _enter(true_scripture, "")
    assert performance.result is not None, str(performance.outcome)
    (last,) = performance.calls
    assert (last.interrupt, last.ax) == (0x21, 0x003C), f"AH=0 terminates, but it did {last}"
    assert performance.outcome.exit_code == 0
    assert not any(performance.memory[0x100:0x120]), "it did not zero its own beginning"
    assert performance.outcome.left_alone(text)


def test_it_opens_reads_and_deletes_nothing(
    true_scripture: Scripture, subtests: pytest.Subtests
) -> None:
    """Whatever it is told, it opens nothing, reads nothing and deletes nothing."""
    for told in ("HOLY.COM", ""):
        text, performance = _enter(true_scripture, told)
        with subtests.test(told=told):
            done = [_STEPS[call.function] for call in performance.calls if call.function in _STEPS]
            assert not done
            assert performance.outcome.left_alone(text)
