"""`pytest --almostism FILE…`: scriptures of the user's own, true and false, and what is none."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_almostism import EDITIONS, Scripture
from pytest_almostism.scripture import SIZE, sealed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Run = Callable[..., pytest.RunResult]
    Write = Callable[[str, bytes], None]

TRUE = bytes(Scripture.build(0xA7))


def changed(offset: int, data: bytes = TRUE) -> bytes:
    """The same with one bit flipped."""
    text = bytearray(data)
    text[offset] ^= 0x04
    return bytes(text)


def failed_ids(result: pytest.RunResult) -> list[str]:
    return [line.split(" - ")[0][7:] for line in result.outlines if line.startswith("FAILED ")]


def collected_ids(result: pytest.RunResult) -> list[str]:
    return [line for line in result.outlines if "::" in line]


@pytest.fixture
def write(pytester: pytest.Pytester) -> Iterator[Write]:
    """Writes a file of the user's, who finds it as it was when the test ends."""
    written: dict[Path, tuple[bytes, int]] = {}

    def write(name: str, data: bytes) -> None:
        path = pytester.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        written[path] = data, path.stat().st_mtime_ns

    yield write
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in written} == written


def test_the_true_one_passes_and_the_false_one_fails_at_its_clause(
    run: Run, write: Write, pytester: pytest.Pytester
) -> None:
    write("good.bin", TRUE)
    write("bad.bin", changed(500))

    result = run("good.bin", "bad.bin")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert failed_ids(result) == [
        "bad.bin::seal::test_all_bytes_sum_to_zero",
        "bad.bin::seal::test_the_seal_is_the_last_byte",
        "bad.bin::silence::test_the_silence_is_silent",
    ]
    result.stdout.fnmatch_lines(
        [
            "E  *the checksum is invalid: all bytes sum to 0x04, not to 0",
            "E  *the silence is broken at offset 500 by 04",
            "almostism: judged good.bin (instance byte 0xA7), bad.bin (* tenets kept, 3 broken",
        ]
    )
    left = {path.name for path in pytester.path.iterdir()} - {".pytest_cache"}
    assert left == {"good.bin", "bad.bin"}


@pytest.mark.parametrize(
    ("data", "broken"),
    [
        pytest.param(changed(0), ["creed", "seal"], id="a bit of the creed"),
        pytest.param(sealed(changed(0)[:-1]), ["creed"], id="a sealed bit of the creed"),
        pytest.param(changed(30), ["seal"], id="a bit of the liturgy"),
        pytest.param(changed(50), ["seal"], id="a bit of the instance"),
        pytest.param(changed(51), ["seal", "silence"], id="a bit of the silence"),
        pytest.param(sealed(changed(1021)[:-1]), ["silence"], id="a sealed bit of the silence"),
        pytest.param(changed(1022), ["seal"], id="a bit of the seal"),
        pytest.param(b"", ["creed", "gap", "seal", "instance", "silence"], id="0 bytes"),
        pytest.param(TRUE[:1], ["creed", "gap", "seal", "instance", "silence"], id="1 byte"),
        pytest.param(TRUE[:-1], ["gap", "seal"], id="1022 bytes"),
        pytest.param(TRUE + b"\0", ["gap"], id="1024 bytes"),
        pytest.param(TRUE.ljust(4096, b"\0"), ["gap"], id="4096 bytes"),
        pytest.param(bytes(SIZE), ["creed", "instance"], id="all zero"),
        pytest.param(b"\xff" * SIZE, ["creed", "seal", "silence"], id="no bit unset"),
    ],
)
def test_only_the_chapters_whose_clause_is_broken_fail(
    run: Run, write: Write, data: bytes, broken: list[str]
) -> None:
    write("holy.bin", data)

    result = run("holy.bin")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert list(dict.fromkeys(i.split("::")[1] for i in failed_ids(result))) == broken
    result.stdout.no_fnmatch_line("*INTERNALERROR*")
    assert "errors" not in result.parseoutcomes()


def test_rites_are_not_held_over_what_is_no_scripture(run: Run, write: Write) -> None:
    write("holy.bin", TRUE + b"\0")

    result = run("holy.bin", "-k", "vanishing", "-rs")

    result.assert_outcomes(skipped=7)
    result.stdout.fnmatch_lines(["SKIPPED *no scripture: ViolationOfGap: offset 0x3FF: *"])


# ---- other liturgies, other editions


def test_another_liturgy_that_keeps_the_tenets_passes(run: Run, write: Write) -> None:
    own_creed = EDITIONS["by-its-own-creed"]
    write("own.bin", own_creed.build(0x33))

    result = run("own.bin")

    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines(["almostism: judged own.bin (instance byte 0x33) by *"])


def test_the_choir_is_told_that_it_was_outvoted(run: Run, write: Write) -> None:
    write("choir.bin", EDITIONS["choir"].build())

    result = run("choir.bin")

    assert failed_ids(result) == ["choir.bin::instance::test_the_reader_has_chosen"]
    result.stdout.fnmatch_lines(["E  *the instance byte is 0: nobody has chosen it*"])


def test_as_first_spoken_it_is_no_scripture(run: Run, write: Write) -> None:
    write("first.bin", EDITIONS["as-first-spoken"].build(0x33))

    result = run("first.bin")

    assert failed_ids(result) == ["first.bin::silence::test_the_silence_is_silent"]


# ---- names and places


@pytest.mark.parametrize(
    "name", ["with space.bin", "schöpfung.bin", "聖典", "a'b$c.com", "deep/er/HOLY.COM"]
)
def test_any_name_will_do_and_its_ids_can_be_passed_back(run: Run, write: Write, name: str) -> None:
    write(name, TRUE)
    ids = collected_ids(run("--collect-only", "-q", name))
    silence = f"{name}::silence::test_the_silence_is_silent"
    assert silence in ids

    result = run(silence)

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["almostism: judged * (instance byte 0xA7) without a rite: *"])


@pytest.mark.parametrize(
    "args", [("a.bin", "a.bin"), ("a.bin", "./a.bin"), ("a.bin", "."), (".", "a.bin")]
)
def test_a_file_that_is_given_twice_is_judged_once(
    run: Run, write: Write, args: tuple[str, ...]
) -> None:
    write("a.bin", TRUE)

    result = run(*args, "-k", "silence and silent")

    result.assert_outcomes(passed=1)


def test_files_are_found_by_pattern(run: Run, write: Write, pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nalmostism_files = *.holy scripture-?")
    for name in ("one.holy", "sub/scripture-2", "other.bin", "HOLY.COM"):
        write(name, TRUE)

    result = run("-v", "-k", "silence.py or silence and test_the_silence_is_silent")

    passed = [line.split(" ")[0] for line in result.outlines if " PASSED" in line]
    assert [i for i in passed if "conformance" not in i] == [
        "one.holy::silence::test_the_silence_is_silent",
        "sub/scripture-2::silence::test_the_silence_is_silent",
    ]


def test_patterns_count_only_if_the_suite_was_asked_for(
    write: Write, pytester: pytest.Pytester
) -> None:
    pytester.makeini("[pytest]\nalmostism_files = *.COM")
    write("HOLY.COM", TRUE)

    assert pytester.runpytest_inprocess().ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_programs_are_no_scriptures_unless_somebody_says_so(run: Run, write: Write) -> None:
    write("HELLO.COM", b"\xb4\x4c\xcd\x21")

    result = run("-k", "silent")

    result.assert_outcomes(passed=1)


def test_a_text_file_of_doctests_stays_one(run: Run, write: Write) -> None:
    write("README.txt", b">>> 1 + 1\n2\n")
    write("HOLY.txt", TRUE)

    result = run("README.txt", "HOLY.txt", "-k", "README or HOLY and silent")

    result.assert_outcomes(passed=2)


def test_last_failed_runs_the_failures_of_files_again(run: Run, write: Write) -> None:
    write("good.bin", TRUE)
    write("bad.bin", TRUE + b"\0")
    run("good.bin", "bad.bin")

    result = run("--lf", "good.bin", "bad.bin")

    result.assert_outcomes(failed=2)


def test_files_are_judged_by_workers_as_well(run: Run, write: Write) -> None:
    pytest.importorskip("xdist")
    write("good.bin", TRUE)
    write("bad.bin", changed(500))

    result = run("-n", "2", "good.bin", "bad.bin", "-k", "seal or silence")

    assert len(failed_ids(result)) == 3
    result.stdout.fnmatch_lines(["almostism: judged *.bin (*), *.bin (*) without a rite: *"])


def test_many_files_do_not_make_the_verdict_long(run: Run, write: Write) -> None:
    names = [f"{number}.bin" for number in range(7)]
    for name in names:
        write(name, TRUE)

    result = run(*names, "-k", "test_the_silence_is_silent")

    result.stdout.fnmatch_lines(["almostism: judged 0.bin *, 3.bin (*) and 3 more without a rite*"])


# ---- what cannot be read


def test_an_unreadable_file_is_one_failed_test(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("holy.bin", TRUE)
    read_bytes = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "holy.bin":
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", refuse)
        result = run("holy.bin")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*holy.bin cannot be read: Permission denied"])
    assert failed_ids(result) == ["holy.bin::readable"]


@pytest.mark.skipif(
    sys.platform == "win32" or (hasattr(os, "geteuid") and os.geteuid() == 0),
    reason="whoever may read everything can read this, too",
)
def test_a_file_without_permissions_is_one_failed_test(
    run: Run, write: Write, pytester: pytest.Pytester
) -> None:
    write("holy.bin", TRUE)
    path = pytester.path / "holy.bin"
    path.chmod(0)

    result = run("holy.bin")

    path.chmod(0o600)
    result.assert_outcomes(failed=1)


def test_a_directory_without_scriptures_is_one_failed_test(
    run: Run, pytester: pytest.Pytester
) -> None:
    pytester.mkdir("HOLY.COM")

    result = run("HOLY.COM")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*HOLY.COM is a directory without tests or scriptures in it: *"])


def test_a_directory_with_scriptures_is_searched(
    run: Run, write: Write, pytester: pytest.Pytester
) -> None:
    pytester.makeini("[pytest]\nalmostism_files = *.COM")
    write("dist/HOLY.COM", TRUE)

    result = run("dist", "-k", "silent")

    result.assert_outcomes(passed=1)


def test_a_file_that_is_not_there_is_a_usage_error(run: Run) -> None:
    result = run("nowhere.bin")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: file or directory not found: nowhere.bin"])
