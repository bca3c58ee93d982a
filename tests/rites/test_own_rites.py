"""Rites of one's own: programs and functions, and what the suite is told of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import ClassVar

import pytest

from pytest_almostism import (
    Clause,
    DosProgramRite,
    FunctionRite,
    InvalidChecksum,
    Outcome,
    Rite,
    Scripture,
)
from pytest_almostism.rites import READER, LiturgyRite, ReaderRite, ScriptRite
from pytest_almostism.rites.gather import Remembered, gather
from pytest_almostism.witness import Abandoned

TRUE = bytes(Scripture.build(0xA7))

LEAVES_IT_IN_MEMORY = (
    bytes.fromhex(
        "BA 16 01"  # mov dx,name
        "B8 00 3D CD 21"  # open
        "93"  # xchg ax,bx
        "BA 00 20 B9 FF 03 B4 3F CD 21"  # read 1023 bytes to 2000h
        "CD 20 90"  # exit code 0
    )
    + b"HOLY.COM\0"
)


def perform(function: object) -> Outcome:
    return FunctionRite("mine", function).perform(TRUE)  # type: ignore[arg-type]  # any callable


# ---- functions


def zero_and_delete(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(bytes(1023))
    path.unlink()


def test_a_function_that_keeps_all_clauses() -> None:
    outcome = perform(zero_and_delete)

    assert outcome == Outcome(deleted=True, last_contents=bytes(1023), exit_code=0)
    assert outcome.zeroed_on_disk


def test_a_function_that_does_nothing() -> None:
    outcome = perform(lambda _path: None)

    assert outcome.left_alone(TRUE)
    assert str(outcome) == "exit code 0; the file lives"


def test_a_function_that_truncates() -> None:
    def truncate(path: Path) -> None:
        path.write_bytes(b"")
        path.unlink()

    outcome = perform(truncate)

    assert outcome.deleted
    assert outcome.abandoned == (Abandoned(0, TRUE, "cut to 0 bytes"),)
    assert not outcome.zeroed_on_disk


def test_a_function_that_replaces_the_file_by_zeros() -> None:
    def replace(path: Path) -> None:
        zeros = path.with_name("zeros")
        zeros.write_bytes(bytes(1023))
        zeros.replace(path)
        path.unlink()

    outcome = perform(replace)

    assert outcome.deleted
    assert outcome.last_contents == TRUE, "these bytes are still on the disk"


def test_a_function_that_only_renames() -> None:
    outcome = perform(lambda path: path.rename(path.with_name("hidden")))

    assert not outcome.deleted
    assert outcome.others == ("hidden was created",)


def test_a_function_that_touches_others() -> None:
    def touch(path: Path) -> None:
        path.with_name("other.txt").write_text("mine")
        path.with_name("new").mkdir()

    assert perform(touch).others == ("new was created", "other.txt was changed")


@pytest.mark.parametrize(("code", "expected"), [(None, 0), (0, 0), (2, 2), ("no", 1), (True, 1)])
def test_a_function_that_exits(code: str | int | None, expected: int) -> None:
    assert perform(lambda _path: sys.exit(code)).exit_code == expected


def test_a_function_that_says_what_is_untrue() -> None:
    def refuse(_path: Path) -> None:
        raise InvalidChecksum("no", 1022, 0, 1)

    outcome = perform(refuse)

    assert (outcome.exit_code, outcome.output, outcome.failure) == (2, "no", None)


def test_a_function_that_crashes() -> None:
    outcome = perform(lambda path: int(path.name))

    assert outcome.exit_code is None
    assert outcome.failure == "ValueError: invalid literal for int() with base 10: 'holy.bin'"


def test_a_function_that_is_interrupted_interrupts() -> None:
    def interrupt(_path: Path) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        perform(interrupt)


def test_nothing_is_left_in_the_temporary_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    perform(lambda _path: None)
    ScriptRite().perform(TRUE)

    assert not list(tmp_path.iterdir())


def test_without_hard_links_an_open_descriptor_is_the_witness(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_args: object) -> None:
        raise OSError("no hard links here")

    monkeypatch.setattr("os.link", refuse)
    if sys.platform == "win32":
        pytest.skip("what is open cannot be deleted there")

    assert perform(zero_and_delete).zeroed_on_disk
    assert perform(zero_and_delete).deleted
    assert perform(lambda path: path.unlink()).last_contents == TRUE
    assert not perform(lambda path: path.rename(path.with_name("hidden"))).deleted


# ---- programs


def test_a_program_is_an_image_or_a_file(tmp_path: Path) -> None:
    file = tmp_path / "a reader with a long name.com"
    file.write_bytes(READER)

    for program in (READER, file):
        outcome = DosProgramRite("mine", program).perform(TRUE)
        assert outcome.exit_code == 0, str(outcome)
        assert outcome.deleted
        assert outcome.zeroed_on_disk
        assert outcome.zeroed_in_memory


def test_what_a_program_leaves_in_memory_is_found() -> None:
    outcome = DosProgramRite("mine", LEAVES_IT_IN_MEMORY).perform(TRUE)

    assert "-> 03FFh" in outcome.trace, "it was read"
    assert outcome.zeroed_in_memory is False


def test_a_program_that_deletes_itself_is_noticed() -> None:
    program = bytes.fromhex("BA 0C 01 B4 41 CD 21 B8 00 4C CD 21") + b"RITE.COM\0"

    assert DosProgramRite("mine", program).perform(TRUE).others == ("C:\\RITE.COM was deleted",)


def test_a_program_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"NOWHERE\.COM"):
        DosProgramRite("mine", tmp_path / "NOWHERE.COM").perform(TRUE)


# ---- together


def test_all_rites_are_gathered_in_order() -> None:
    mine = FunctionRite("mine", zero_and_delete)

    assert list(gather()) == ["liturgy", "reader", "parser", "script"]
    assert list(gather([[mine]])) == ["liturgy", "reader", "parser", "script", "mine"]
    assert gather([mine])["mine"] is mine
    assert gather([(rite for rite in [mine])])["mine"] is mine


@pytest.mark.parametrize("wrong", [42, LiturgyRite, object(), [None]])
def test_what_is_no_rite_is_a_type_error(wrong: object) -> None:
    with pytest.raises(TypeError, match="which is no rite: it needs a name, excuses and perform"):
        gather([wrong])


def test_two_rites_of_one_name_are_a_value_error() -> None:
    with pytest.raises(ValueError, match="there are two rites named 'reader'"):
        gather([[DosProgramRite("reader", READER)]])


def test_a_remembered_rite_is_performed_once_over_the_same_bytes() -> None:
    seen: list[bytes] = []

    def look(path: Path) -> None:
        seen.append(path.read_bytes())

    rite = Remembered(FunctionRite("mine", look, excuses={Clause.WIPES_DISK: "it only looks"}))

    assert rite.perform(TRUE) is rite.perform(TRUE)
    assert rite.perform(b"other").last_contents == b"other"
    assert seen == [TRUE, b"other"]
    assert isinstance(rite, Rite)
    assert rite.name == "mine"
    assert rite.excuses == {Clause.WIPES_DISK: "it only looks"}


def test_whoever_has_the_methods_is_a_rite() -> None:
    class Mine:
        name = "mine"
        excuses: ClassVar[dict[object, str]] = {}

        def perform(self, data: bytes) -> Outcome:
            return Outcome(deleted=True, last_contents=bytes(len(data)), exit_code=0)

    assert isinstance(Mine(), Rite)
    assert isinstance(ReaderRite(), Rite)
    assert gather([Mine()])["mine"].perform(TRUE).zeroed_on_disk
