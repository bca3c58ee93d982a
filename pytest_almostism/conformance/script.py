"""Chapter 9, the script: almostism.py, a program that is its own scripture for a moment."""

from __future__ import annotations

import ast

from pytest_almostism.rites import ScriptRite
from pytest_almostism.scripture import CREED, LITURGY, SCRIPT, SIZE, Scripture

_COMMANDMENT = "Almostism – leave one bit unset before you run out of space"  # noqa: RUF001 - as told


def test_the_script_is_as_long_as_a_scripture() -> None:
    """The source of the script is 1023 bytes long, as what it becomes is."""
    assert len(SCRIPT) == SIZE


def test_the_script_can_be_read() -> None:
    """The script is readable Python that says what it is, and carries creed and liturgy."""
    source = SCRIPT.decode("utf-8")
    assert ast.get_docstring(ast.parse(source)), "it does not say what it is"
    assert CREED.hex().upper() in source
    assert LITURGY.hex().upper() in source


def test_the_script_vanishes(true_scripture: Scripture) -> None:
    """The script says the one commandment and its instance byte, and is gone with exit code 0."""
    outcome = ScriptRite().perform(bytes(true_scripture))
    assert outcome.exit_code == 0, str(outcome)
    commandment, instance = outcome.output.splitlines()
    assert commandment == _COMMANDMENT
    if true_scripture.instance:
        assert instance == f"Instance byte: 0x{true_scripture.instance:02X}"
    assert outcome.deleted, str(outcome)
    assert not outcome.others, str(outcome)


def test_nothing_of_the_script_is_left_on_the_disk(true_scripture: Scripture) -> None:
    """Whoever kept a second name for the script finds 1023 zeros under it."""
    outcome = ScriptRite().perform(bytes(true_scripture))
    assert outcome.last_contents == bytes(SIZE), (
        f"its bytes were still on the disk: {outcome.last_contents[:64]!r}"
    )
