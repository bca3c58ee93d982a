"""C programs, compiled by bcc with its own C library, do what they do on a PC."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Callable

import pytest

from pytest_almostism import (
    Clock,
    Dos,
    assert_bytes_zeroed,
    assert_exit_zero,
    assert_file_deleted,
)

Compile = Callable[[str], bytes]


def test_arguments_and_environment(dos: Dos, bcc: Compile) -> None:
    result = dos.run(bcc("args"), 'one "two three"', env={"NAME": "value"})
    assert result.exit_code == 4
    lines = result.output.splitlines()
    assert lines[:3] == ["argv[1] one", 'argv[2] "two', 'argv[3] three"']
    assert "NAME=value" in lines
    assert lines[-1] == "C:\\PROGRAM.COM"


def test_no_arguments(dos: Dos, bcc: Compile) -> None:
    result = dos.run(bcc("args"))
    assert result.exit_code == 1
    assert "argv" not in result.output


def test_files_of_the_c_library(dos: Dos, bcc: Compile) -> None:
    dos.path("IN.TXT").write_bytes(b"alpha\r\nbeta\r\ngamma\r\n")
    result = dos.run(bcc("stdio"))
    assert result.exit_code == 3
    assert result.output == "a, then at 6\nalpha\n13 at the end\n"
    assert result.stderr == b"done\r\n"
    assert dos.path("OUT.TXT").read_bytes() == b"  1  FIRST\r\n  2  beta\r\n  3  gamma\r\n"


def test_sorting_standard_input(dos: Dos, bcc: Compile) -> None:
    words = [f"w{1000 + number * 7919 % 1000}" for number in range(200)]
    result = dos.run(bcc("sort"), words[0], stdin=" ".join(words) + "\n")
    assert result.output.split() == sorted(words)
    assert result.exit_code == sorted(words).index(words[0])


def test_sorting_what_a_user_types(dos: Dos, bcc: Compile) -> None:
    result = dos.run(bcc("sort"), "c", keys="c b{enter}a{enter}{ctrl-z}{enter}")
    assert result.output.split()[-3:] == ["a", "b", "c"]
    assert result.exit_code == 2


@pytest.mark.parametrize("memory_size", [256, 640])
def test_memory_until_there_is_no_more(
    dos_factory: Callable[..., Dos], bcc: Compile, memory_size: int
) -> None:
    dos = dos_factory(memory_size=memory_size)
    result = dos.run(bcc("memory"))
    assert_exit_zero(result)
    first, second, segments = map(int, result.output.split())
    assert first == second > 50  # of 1000 bytes, in the program's 64 KiB
    assert segments == (memory_size - 20) // 64 - 1  # of 64 KiB beside it


def test_longjmp_out_of_recursion(dos: Dos, bcc: Compile) -> None:
    result = dos.run(bcc("jump"))
    assert result.output == "back from 1\nback from 10\nback from 200\n"
    assert result.exit_code == 211


def test_walking_directories(dos: Dos, bcc: Compile) -> None:
    dos.path("TOP\\SUB\\DEEP").mkdir(parents=True)
    dos.path("TOP\\EMPTY").mkdir()
    dos.path("TOP\\A.TXT").write_bytes(b"x" * 70_000)
    dos.path("TOP\\SUB\\B.C").write_bytes(b"")
    dos.path("TOP\\SUB\\DEEP\\LAST.ONE").write_bytes(b"x")
    result = dos.run(bcc("tree"), "TOP")
    assert sorted(line.strip() for line in result.output.splitlines()) == sorted(
        ["[SUB]", "[DEEP]", "LAST.ONE 1", "B.C 0", "[EMPTY]", "A.TXT 70000", "70001 bytes"]
    )


def test_a_program_that_zeroes_and_deletes_itself(dos: Dos, bcc: Compile) -> None:
    result = dos.run(bcc("vanish"))
    assert_exit_zero(result)
    assert result.output == "C:\\PROGRAM.COM is gone\n"
    assert_file_deleted(dos.path("C:\\PROGRAM.COM"))
    assert_bytes_zeroed(dos.deleted["C:\\PROGRAM.COM"])


def test_child_programs(dos: Dos, bcc: Compile) -> None:
    dos.path("ARGS.COM").write_bytes(bcc("args"))
    result = dos.run(bcc("parent"))
    assert_exit_zero(result)
    lines = result.output.splitlines()
    assert lines[-1] == "333 -1"
    assert [line for line in lines if line.startswith("argv[2]")] == [
        f"argv[2] {number}" for number in (1, 2, 3)
    ]
    assert lines.count("C:\\ARGS.COM") == 3


def test_the_shell(dos: Dos, bcc: Compile) -> None:
    dos.path("ARGS.COM").write_bytes(bcc("args"))
    result = dos.run(bcc("shell"))
    assert result.exit_code == 3
    assert result.output.startswith("argv[1] one\nargv[2] two\n")
    assert dos.path("COPY.TXT").read_bytes() == b"hello, shell\r\n"
    assert not dos.path("OUT.TXT").exists()


def test_numbers(dos: Dos, bcc: Compile) -> None:
    result = dos.run(bcc("numbers"))
    assert result.output.splitlines() == [
        "2262 primes",
        f"12! = {479001600} = {479001600:x}",
        f"{int(-1000000007 / 1234)} {-(1000000007 % 1234)}",
        f"{zlib.crc32(b'123456789'):x}",
        "[   42][42   ][00042][2a][52][x][ab    ][ab][%]",
        f"{-0x7FFF} 123",
    ]


def test_keys(dos: Dos, bcc: Compile) -> None:
    result = dos.run(bcc("keys"), keys="ab{f1}{left}c{enter}")
    assert result.output == "ab<59><75>c\n"
    assert result.exit_code == 5


def test_the_time(dos_factory: Callable[..., Dos], bcc: Compile) -> None:
    now = dt.datetime(1999, 12, 31, 23, 59, 58, tzinfo=dt.timezone.utc)
    dos = dos_factory(clock=Clock(now.replace(tzinfo=None)))
    day = 24 * 60 * 60
    assert int(dos.run(bcc("time")).output) == now.timestamp() + day  # its time() is a day ahead
