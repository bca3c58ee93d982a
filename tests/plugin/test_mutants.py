"""Six liturgies with one broken step each: the suite fails at the test for that step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_almostism import LITURGY, Scripture

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., pytest.RunResult]

STEPS = [
    "test_step_1_it_opens_the_file_it_is_named",
    "test_step_2_it_reads_up_to_1024_bytes",
    "test_step_3_it_verifies_the_sacred_bytes",
    "test_step_4_it_zeroes_what_it_has_read",
    "test_step_5_it_deletes_the_file",
    "test_step_6_it_ends_with_exit_code_0",
]


def mutant(true: str, false: str) -> bytes:
    """The liturgy with one instruction replaced."""
    assert LITURGY.count(bytes.fromhex(true)) == 1
    mutated = LITURGY.replace(bytes.fromhex(true), bytes.fromhex(false))
    assert len(mutated) == len(LITURGY)
    return bytes(Scripture.build(0xA7, liturgy=mutated))


MUTANTS = [
    # mov ax,3D00h -> mov ax,0000h: ends instead
    pytest.param(1, mutant("B8 00 3D", "B8 00 00"), id="open"),
    # mov ah,3Fh -> mov ah,3Eh: closes instead
    pytest.param(2, mutant("B4 3F", "B4 3E"), id="read"),
    # add ax,3CFAh -> mov ax,4100h: deletes whatever it has read
    pytest.param(3, mutant("05 FA 3C", "B8 00 41"), id="verify"),
    # rep movsw -> nop nop
    pytest.param(4, mutant("F3 A5", "90 90"), id="zero"),
    # add ax,3CFAh -> add ax,3BFAh: writes instead
    pytest.param(5, mutant("05 FA 3C", "05 FA 3B"), id="delete"),
    # int 20h -> jmp $
    pytest.param(6, mutant("CD 20", "EB FE"), id="exit"),
]


@pytest.mark.parametrize(("step", "data"), MUTANTS)
def test_a_broken_step_fails_its_own_test(
    run: Run, pytester: pytest.Pytester, step: int, data: bytes
) -> None:
    (pytester.path / "mutant.bin").write_bytes(data)

    result = run("mutant.bin", "-k", "liturgy and step")

    failed = [line.split("::")[2].split()[0] for line in result.outlines if line[:6] == "FAILED"]
    assert failed[0] == STEPS[step - 1]
    if step > 2:  # what was not opened or read cannot be zeroed and deleted either
        assert len(failed) == 1


def test_the_whole_suite_fails_for_a_mutant(run: Run, pytester: pytest.Pytester) -> None:
    (pytester.path / "mutant.bin").write_bytes(mutant("F3 A5", "90 90"))

    result = run("mutant.bin")

    failed = {
        line.split("::", 1)[1].split(" - ")[0] for line in result.outlines if "FAILED m" in line
    }
    assert failed == {
        "liturgy::test_step_4_it_zeroes_what_it_has_read",
        "liturgy::test_it_heeds_every_choice",
        "vanishing::test_every_rite_leaves_no_bytes_in_memory",
    }
    result.stdout.fnmatch_lines(
        ["E  *of the 1023 bytes it read, * are still in memory, the first at offset 0"]
    )
