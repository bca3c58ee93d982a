"""Programs packed by UPX unpack themselves in memory and do what they did before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pytest_almostism import (
    Dos,
    ProgramResult,
    assert_bytes_zeroed,
    assert_exit_zero,
    assert_file_deleted,
)

Compile = Callable[[str], bytes]
Pack = Callable[[bytes], bytes]


def _run(dos: Dos, image: bytes, args: str = "", stdin: bytes = b"") -> ProgramResult:
    dos.path("IN.TXT").write_bytes(b"alpha\r\nbeta\r\n")
    return dos.run(image, args, stdin=stdin)


def _same(one: ProgramResult, other: ProgramResult) -> bool:
    return (one.exit_code, one.stdout, one.stderr) == (other.exit_code, other.stdout, other.stderr)


@pytest.mark.parametrize(
    ("name", "args", "stdin"),
    [
        ("args", "one two", b""),
        ("numbers", "", b""),
        ("sort", "b", b"c b a\r\n"),
        ("jump", "", b""),
    ],
)
def test_packed_com(
    dos_factory: Callable[..., Dos], bcc: Compile, upx: Pack, name: str, args: str, stdin: bytes
) -> None:
    plain = bcc(name)
    packed = upx(plain)
    assert b"UPX!" in packed
    assert len(packed) < len(plain)
    unpacked_result = _run(dos_factory(), plain, args, stdin)
    assert unpacked_result.output
    assert _same(_run(dos_factory(), packed, args, stdin), unpacked_result)


def test_packed_program_that_deletes_itself(dos: Dos, bcc: Compile, upx: Pack) -> None:
    assert_exit_zero(dos.run(upx(bcc("vanish"))))
    assert_file_deleted(dos.path("C:\\PROGRAM.COM"))
    assert_bytes_zeroed(dos.deleted["C:\\PROGRAM.COM"])


def test_packed_exe(dos_factory: Callable[..., Dos], nasm: Compile, upx: Pack) -> None:
    plain = nasm("segments")
    packed = upx(plain)
    assert packed[:2] == b"MZ"
    assert len(packed) < len(plain)
    unpacked_result = _run(dos_factory(), plain)
    assert unpacked_result.output == ("the first segment\nthe second segment\nthe third segment\n")
    assert unpacked_result.exit_code == len(unpacked_result.stdout)
    assert _same(_run(dos_factory(), packed), unpacked_result)
