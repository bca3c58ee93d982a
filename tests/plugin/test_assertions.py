"""The three assertions: what they accept, and what they say when they do not."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_almostism import (
    DeletedFile,
    Dos,
    assert_bytes_zeroed,
    assert_exit_zero,
    assert_file_deleted,
)
from pytest_almostism.witness import Abandoned

if TYPE_CHECKING:
    from pathlib import Path

CTRL_C = bytes.fromhex("B4 01 CD 21 B8 00 4C CD 21")  # reads a key, exit code 0
EXIT_7 = bytes.fromhex("B8 07 4C CD 21")
BUSY = bytes.fromhex("B9 14 00 B4 02 B2 2A CD 21 E2 F8 B8 01 4C CD 21")  # prints 20 stars, exit 1


def message_of(callable_: Any, *args: Any, **kwargs: Any) -> str:
    """What the AssertionError says."""
    with pytest.raises(AssertionError) as failure:
        callable_(*args, **kwargs)
    return str(failure.value)


# ---- assert_file_deleted


def test_a_deleted_file_is_deleted(dos: Dos) -> None:
    path = dos.path("C:\\X.TXT")
    path.write_text("gone")
    path.unlink()

    assert_file_deleted(path)


def test_a_file_that_lives_is_shown_with_its_last_operations(dos: Dos) -> None:
    path = dos.path("C:\\X.TXT")
    path.write_text("here")
    path.rename("C:\\Y.TXT")

    assert message_of(assert_file_deleted, dos.path("C:\\Y.TXT")).splitlines() == [
        "C:\\Y.TXT was not deleted",
        "what happened to it:",
        "  C:\\X.TXT created [python]",
        "  C:\\X.TXT written: 4 bytes at offset 0 [python]",
        "  C:\\X.TXT renamed, now C:\\Y.TXT [python]",
    ]


def test_a_long_history_is_cut_at_its_beginning(dos: Dos) -> None:
    path = dos.path("C:\\X.TXT")
    for _ in range(20):
        path.write_text("again")

    lines = message_of(assert_file_deleted, path).splitlines()

    assert lines[:2] == ["C:\\X.TXT was not deleted", "what happened to it:"]
    assert lines[2].endswith(" earlier operations")
    assert len(lines) == 3 + 10


def test_what_never_was_cannot_be_deleted(dos: Dos) -> None:
    assert message_of(assert_file_deleted, dos.path("C:\\NEVER.TXT")) == (
        "nothing named C:\\NEVER.TXT was ever deleted\nnothing ever happened to it"
    )


def test_a_file_that_was_renamed_was_not_deleted(dos: Dos) -> None:
    path = dos.path("C:\\X.TXT")
    path.write_text("here")
    path.rename("C:\\Y.TXT")

    message = message_of(assert_file_deleted, path)

    assert message.startswith("nothing named C:\\X.TXT was ever deleted\n")
    assert "renamed, now C:\\Y.TXT" in message


def test_a_file_that_came_back_is_not_deleted(dos: Dos) -> None:
    path = dos.path("C:\\X.TXT")
    path.write_text("here")
    path.unlink()
    path.write_text("again")

    assert message_of(assert_file_deleted, path).startswith("C:\\X.TXT was not deleted\n")


def test_files_of_the_host_are_looked_for_by_path_or_text(tmp_path: Path) -> None:
    path = tmp_path / "x.bin"
    assert_file_deleted(path)
    assert_file_deleted(str(path))

    path.write_bytes(b"1234")

    assert message_of(assert_file_deleted, path) == (
        f"{path} was not deleted: it is there, 4 bytes long"
    )
    assert message_of(assert_file_deleted, str(tmp_path)).endswith("it is a directory")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_that_leads_nowhere_is_still_there(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "nowhere")

    assert "was not deleted" in message_of(assert_file_deleted, link)


@pytest.mark.parametrize("wrong", [None, 42, b"x.bin", ["x.bin"]])
def test_what_is_no_path_is_a_type_error(wrong: Any) -> None:
    with pytest.raises(TypeError, match="a path is needed, not "):
        assert_file_deleted(wrong)


# ---- assert_bytes_zeroed


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_zeros_are_zero(kind: Any) -> None:
    assert_bytes_zeroed(kind(bytes(1023)))


def test_the_rows_with_other_bytes_are_shown_with_their_offsets() -> None:
    data = bytearray(1023)
    data[0x12] = 0xFE
    data[0x3FE] = 0x41

    assert message_of(assert_bytes_zeroed, data).splitlines() == [
        "the bytearray: 2 of 1023 bytes are not zero",
        "  000010  .. .. FE .. .. .. .. .. .. .. .. .. .. .. .. ..  ................",
        "  0003F0  .. .. .. .. .. .. .. .. .. .. .. .. .. .. 41     ..............A",
    ]


def test_many_rows_are_counted_not_shown() -> None:
    lines = message_of(assert_bytes_zeroed, b"\xff" * 1024).splitlines()

    assert lines[0] == "the bytes: 1024 of 1024 bytes are not zero"
    assert lines[-1] == "  … and 56 more rows with bytes that are not zero"
    assert len(lines) == 10


@pytest.mark.parametrize(
    ("start", "stop"), [(4, None), (4, 8), (5, 6), (-2, None), (0, 3), (0, -5), (8, None)]
)
def test_only_the_range_counts(start: int, stop: int | None) -> None:
    assert_bytes_zeroed(b"\0\0\0\x01\0\0\0\0", start=start, stop=stop)


def test_offsets_of_a_range_are_those_of_the_whole() -> None:
    message = message_of(assert_bytes_zeroed, bytes(100) + b"\x07" + bytes(9), start=98)

    assert message.splitlines() == [
        "the bytes: 1 of 12 bytes is not zero",
        "  000060        .. .. 07 .. .. .. .. .. .. .. .. ..          ............",
    ]


@given(st.binary(max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_it_agrees_with_python(data: bytes, start: int, stop: int) -> None:
    is_zero = stop <= len(data) and not any(data[start:stop])
    try:
        assert_bytes_zeroed(data, start=start, stop=stop)
    except AssertionError:
        assert not is_zero
    else:
        assert is_zero


def test_bytes_that_are_not_there_are_not_zero() -> None:
    assert message_of(assert_bytes_zeroed, bytes(10), stop=1023) == (
        "the bytes: no bytes 0..1022 to be zero, it is 10 bytes long"
    )


def test_a_view_with_holes_is_looked_through() -> None:
    assert_bytes_zeroed(memoryview(b"\0\x01\0\x01")[::2])


def test_a_deleted_file_shows_its_last_contents(dos: Dos) -> None:
    path = dos.path("C:\\X.TXT")
    path.write_bytes(b"secret")
    path.unlink()

    for data in (path, path.deleted, dos.deleted["C:\\X.TXT"]):
        assert data
        assert message_of(assert_bytes_zeroed, data).splitlines() == [
            "C:\\X.TXT (deleted): 6 of 6 bytes are not zero",
            "  000000  73 65 63 72 65 74                                secret",
        ]


def test_bytes_that_were_cut_off_were_not_zeroed() -> None:
    gone = DeletedFile("C:\\X.TXT", b"", (Abandoned(0, b"secret", "truncated to 0 bytes"),))

    assert message_of(assert_bytes_zeroed, gone).splitlines() == [
        "C:\\X.TXT (deleted): bytes were cut off without being overwritten",
        "truncated to 0 bytes, from offset 0:",
        "  000000  73 65 63 72 65 74                                secret",
    ]


def test_a_living_file_is_read(dos: Dos) -> None:
    path = dos.path("C:\\X.TXT")
    path.write_bytes(bytes(9))
    assert_bytes_zeroed(path, stop=9)

    path.write_bytes(b"\x01")
    assert message_of(assert_bytes_zeroed, path).startswith("C:\\X.TXT: 1 of 1 byte is not zero")


def test_a_file_that_never_was_has_no_bytes(dos: Dos) -> None:
    assert message_of(assert_bytes_zeroed, dos.path("C:\\NEVER.TXT")) == (
        "C:\\NEVER.TXT is no file and never was: it has no bytes to be zero"
    )


@pytest.mark.parametrize("wrong", [None, 0, "\0\0", [0, 0]])
def test_what_has_no_bytes_is_a_type_error(wrong: Any) -> None:
    with pytest.raises(TypeError, match="bytes are needed, not "):
        assert_bytes_zeroed(wrong)


# ---- assert_exit_zero


def test_a_good_end_is_accepted_in_every_form(dos: Dos) -> None:
    assert_exit_zero(0)
    assert_exit_zero(SystemExit(0))
    assert_exit_zero(SystemExit(None))
    assert_exit_zero(subprocess.CompletedProcess(["x"], 0))
    assert_exit_zero(dos.run(bytes.fromhex("B8 00 4C CD 21")))
    assert_exit_zero(dos.run(bytes.fromhex("B8 00 31 BA 20 00 CD 21")))  # stays resident
    with pytest.raises(SystemExit) as ending:
        sys.exit()
    assert_exit_zero(ending)


def test_a_program_is_shown_with_its_calls_and_its_screen(dos: Dos) -> None:
    message = message_of(assert_exit_zero, dos.run(BUSY))

    lines = message.splitlines()
    assert lines[0] == "C:\\PROGRAM.COM: exit code 1, not 0: it ended normally"
    assert lines[1] == "the last 10 of 21 calls:"
    assert len([line for line in lines if "INT 21h/02h" in line]) == 9
    assert "INT 21h/4Ch" in lines[11]
    assert lines[12:] == [
        "the screen:",
        "  +----------------------+",
        "  | ******************** |",
        "  +----------------------+",
    ]


def test_a_program_that_shows_nothing_says_so(dos: Dos) -> None:
    lines = message_of(assert_exit_zero, dos.run(EXIT_7)).splitlines()

    assert lines[0] == "C:\\PROGRAM.COM: exit code 7, not 0: it ended normally"
    assert lines[1] == "its calls:"
    assert lines[-1] == "the screen was empty"


def test_an_end_by_ctrl_c_is_no_good_end(dos: Dos) -> None:
    result = dos.run(CTRL_C, keys="{ctrl-c}")

    assert result.exit_code == 0
    assert message_of(assert_exit_zero, result).startswith(
        "C:\\PROGRAM.COM: exit code 0: it was ended by Ctrl-C\n"
    )


def test_a_process_is_shown_with_what_it_wrote() -> None:
    code = "import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)"
    process = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )

    lines = message_of(assert_exit_zero, process).splitlines()

    assert lines[0].startswith("exit code 3, not 0: [")
    assert lines[1:] == ["stdout:", "  out", "stderr:", "  err"]


@pytest.mark.parametrize(
    ("process", "expected"),
    [
        (
            subprocess.CompletedProcess("x", 1, b"\xff\n", b""),
            "exit code 1, not 0: x\nstdout:\n  \ufffd\nstderr was empty",
        ),
        (
            subprocess.CompletedProcess("x", -9),
            "exit code -9, not 0 (killed by signal 9): x\nstdout was not captured\nstderr was not",
        ),
    ],
)
def test_processes_of_all_kinds(process: subprocess.CompletedProcess[Any], expected: str) -> None:
    assert message_of(assert_exit_zero, process).startswith(expected)


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (1, "exit code 1, not 0"),
        (-1, "exit code -1, not 0"),
        (SystemExit(2), "exit code 2, not 0"),
        (SystemExit("no"), "exit code 1, not 0: it ended with the message 'no'"),
    ],
)
def test_numbers_and_system_exits(result: int | SystemExit, expected: str) -> None:
    assert message_of(assert_exit_zero, result) == expected


@pytest.mark.parametrize("wrong", [None, True, "0", ValueError(0), object()])
def test_what_holds_no_exit_code_is_a_type_error(wrong: Any) -> None:
    with pytest.raises(TypeError, match="an exit code is needed, not "):
        assert_exit_zero(wrong)


def test_an_exception_that_is_no_exit_holds_no_exit_code() -> None:
    with pytest.raises(ValueError, match="x") as info:
        raise ValueError("x")
    with pytest.raises(TypeError, match="an exit code is needed, not ValueError"):
        assert_exit_zero(info)


# ---- how pytest shows them


def test_a_failure_shows_the_line_that_asked_not_the_assertion(
    pytester: pytest.Pytester,
) -> None:
    pytester.makepyfile(
        """
        from pytest_almostism import assert_bytes_zeroed
        def test_it():
            assert_bytes_zeroed(b"x")
        """
    )

    result = pytester.runpytest_inprocess()

    result.stdout.fnmatch_lines(
        [">       assert_bytes_zeroed(b*x*)", "E *the bytes: 1 of 1 byte is not zero"]
    )
    result.stdout.no_fnmatch_line("*assertions.py*")
