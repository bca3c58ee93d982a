"""Batch files that never end, and command lines that make no sense: a clear end, no traceback."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_almostism import Dos, InstructionLimitExceeded
from pytest_almostism.dos import MachineError

BUDGET = 20_000_000


@pytest.mark.parametrize(
    "text",
    [
        "@echo off\n:a\ngoto a\n",
        ":a\ngoto a\n",
        "@t\n",
        "@call t\n@call t\n",
        "@for %%a in (1 2 3) do call t\n",
        "@for %%a in (1 2 3) do t\n",
        "@echo more>> t.bat\n@goto a\n:a\n@t\n",
        "@if exist t.bat t\n",
        "@echo x|t\n@t\n",
        "@command /c t\n@t\n",
        "@goto a\n" + ":b\n" * 1000 + ":a\n@t\n",
    ],
)
def test_batch_files_without_end_use_up_the_budget(dos: Dos, text: str) -> None:
    dos.path("T.BAT").write_text(text)

    with pytest.raises(InstructionLimitExceeded, match="20,000,000 instructions"):
        dos.run("T.BAT", max_instructions=BUDGET)

    dos.path("T.BAT").write_text("@echo off\necho well\n")
    assert dos.run("T.BAT").output == "well\n"


def test_a_command_costs_as_much_as_a_hundred_thousand_instructions(dos: Dos) -> None:
    """The default budget is used up by 5,000 commands, which take seconds."""
    dos.path("T.BAT").write_text("@echo off\n" + "rem\n" * 15)

    assert dos.run("T.BAT", max_instructions=2_000_000).exit_code == 0
    with pytest.raises(InstructionLimitExceeded):
        dos.run("T.BAT", max_instructions=1_500_000)


def test_a_batch_file_that_calls_itself_comes_back(dos: Dos) -> None:
    """Every call costs memory in DOS; there is an end before all of it is used up."""
    dos.path("T.BAT").write_text("@echo off\ncall t\necho back\n")

    result = dos.run("T.BAT")

    assert result.stderr == b"Insufficient memory: batch files call one another too deeply\r\n"
    assert result.output == "back\n" * 100


def test_without_a_budget_calls_still_end(dos: Dos) -> None:
    dos.path("T.BAT").write_text("@call t")

    assert b"too deeply" in dos.run("T.BAT", max_instructions=None).stderr


@pytest.mark.parametrize("tail", ["/C", "/C ", "/C;", "/X", "/", "/E:99999 /C rem", "nonsense"])
def test_command_lines_of_the_shell(dos: Dos, tail: str) -> None:
    assert dos.run("COMMAND.COM", tail).exit_code == 0


def test_arguments_that_do_not_fit(dos: Dos) -> None:
    dos.path("T.BAT").write_text("@echo off\necho %1\n")

    assert dos.run("T.BAT", "x" * 115).output == "x" * 115 + "\n"
    with pytest.raises(ValueError, match="126 characters at most"):
        dos.run("T.BAT", "x" * 120)


def test_little_memory(dos_factory: type[Dos]) -> None:
    small = dos_factory(memory_size=64)

    assert small.run("COMMAND.COM", "/C echo hi").output == "hi\n"


_WORDS = st.sampled_from(
    """if not exist errorlevel == call for %%a %a in ( ) (a) do echo echo. @ off on goto :a a copy
    ren del dir type set x=1 path prompt cd .. \\ md d rd c: z: q: > >> < | a.txt *.* ?.* con nul t
    t2 command /c /k pause rem shift vol date time break ctty cls exit lh truename + , ; = " % %x%
    %0 %1 /w /s /b /a:-d /o-n /y -1 255 x:y: \x01 \x1a \xff""".split()
)
_LINES = st.lists(_WORDS, max_size=10).map(" ".join) | st.text(
    st.characters(max_codepoint=0xFF), max_size=200
)


@pytest.mark.anything_goes
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
@given(lines=st.lists(_LINES, min_size=1, max_size=6), stdin=st.sampled_from(["", "y\n", "\x03"]))
def test_whatever_a_batch_file_says(lines: list[str], stdin: str) -> None:
    with Dos(max_instructions=5_000_000) as dos:
        dos.path("A.TXT").write_text("text\n")
        dos.path("T2.BAT").write_text("@echo two %1\n")
        dos.path("T.BAT").write_bytes("\r\n".join(lines).encode("cp437", "replace"))

        with suppress(MachineError):
            assert 0 <= dos.run("T.BAT", stdin=stdin).exit_code <= 255
