"""The liturgy, run: for every instance byte, before every false creed, in every edition."""

from __future__ import annotations

import pytest

from pytest_almostism import EDITIONS, LITURGY, Clause, Scripture, assert_bytes_zeroed
from pytest_almostism.rites import LiturgyRite, ParserRite, ReaderRite
from pytest_almostism.scripture import CREED, SACRED, sealed

TRUE = bytes(Scripture.build(0xA7))


@pytest.mark.parametrize("rite", [LiturgyRite(), ReaderRite(), ParserRite()], ids=lambda r: r.name)
def test_all_255_instances_vanish(rite: LiturgyRite | ReaderRite | ParserRite) -> None:
    for instance in range(1, 256):
        outcome = rite.perform(bytes(Scripture.build(instance)))
        assert outcome.failure is None, str(outcome)
        assert outcome.exit_code == 0, str(outcome)
        assert outcome.deleted, str(outcome)
        assert outcome.zeroed_in_memory, str(outcome)
        assert outcome.zeroed_on_disk != (Clause.WIPES_DISK in rite.excuses), str(outcome)


def test_no_false_sacred_byte_is_taken_for_a_true_one() -> None:
    for offset, true in enumerate(SACRED):
        for false in set(range(256)) - {true}:
            file = TRUE[:offset] + bytes([false]) + TRUE[offset + 1 :]
            outcome = LiturgyRite().enter(TRUE, file).outcome
            assert outcome.left_alone(file), f"{offset}: {false:02X}: {outcome}"
            assert outcome.exit_code == 0, str(outcome)


@pytest.mark.parametrize("size", [300, 512, 1022, 1024, 1025, 2000])
def test_a_file_of_another_size_is_left_alone(size: int) -> None:
    file = (TRUE * 2)[:size]

    outcome = LiturgyRite().enter(TRUE, file).outcome

    assert outcome.left_alone(file), str(outcome)
    assert outcome.exit_code == 0


def test_the_steps_can_be_seen() -> None:
    performance = LiturgyRite().enter(TRUE)

    assert [call.name for call in performance.calls] == [
        *("open", "read", "delete", "terminate_program")
    ]
    assert performance.opened
    assert performance.read
    assert performance.deleted
    assert performance.read.bx == performance.opened.result
    assert len(performance.buffer) == 1023
    assert_bytes_zeroed(performance.buffer)


@pytest.mark.parametrize("name", [n for n, e in EDITIONS.items() if e.vanishes])
def test_editions_that_vanish_do(name: str) -> None:
    outcome = LiturgyRite().perform(EDITIONS[name].build())

    assert outcome.deleted, str(outcome)
    assert outcome.exit_code == 0
    assert not outcome.others


@pytest.mark.parametrize("ending", ["CD 20", "C3 90", "CB 90"], ids=["int 20h", "ret", "retf"])
def test_a_liturgy_may_end_in_three_ways(ending: str) -> None:
    liturgy = LITURGY.replace(b"\xcd\x20", bytes.fromhex(ending))

    outcome = LiturgyRite().perform(bytes(Scripture.build(1, liturgy=liturgy)))

    assert outcome.deleted, str(outcome)
    assert outcome.exit_code == 0


def test_a_liturgy_that_loops_is_stopped_and_says_so() -> None:
    outcome = LiturgyRite().perform(sealed(CREED + b"\xeb\xfe".ljust(42) + b"\x01"))

    assert outcome.exit_code is None
    assert not outcome.deleted
    assert outcome.failure
    assert outcome.failure.startswith("InstructionLimitExceeded: ")
    assert str(outcome).splitlines()[-1] == "it made no DOS calls"


def test_a_liturgy_that_crashes_is_stopped_and_says_so() -> None:
    outcome = LiturgyRite().perform(sealed(CREED + b"\x0f\x0b".ljust(42) + b"\x01"))

    assert outcome.exit_code is None
    assert outcome.failure
    assert outcome.failure.startswith("CpuError: ")


def test_a_liturgy_that_waits_for_a_key_is_stopped_and_says_so() -> None:
    waits = bytes.fromhex("B4 00 CD 16")  # mov ah,0 / int 16h

    outcome = LiturgyRite().perform(sealed(CREED + waits.ljust(42) + b"\x01"))

    assert outcome.exit_code is None
    assert outcome.failure


def test_calls_that_nobody_answers_stand_in_the_trace() -> None:
    unknown = bytes.fromhex("B4 FF CD 21 CD 20")

    outcome = LiturgyRite().perform(sealed(CREED + unknown.ljust(42) + b"\x01"))

    assert outcome.exit_code == 0
    assert "INT 21h/FFh" in outcome.trace
