"""INT 21h/16h, 23h: creating and measuring files by FCB."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pytest_almostism import Dos
from pytest_almostism.dos.clock import to_dos

CREATE, SIZE = 0x1600, 0x2300
READ_ONLY, HIDDEN, SYSTEM, DIRECTORY, ARCHIVE, DEVICE = 1, 2, 4, 0x10, 0x20, 0x40
FAILED = 0xFF

NOW = dt.datetime(1991, 6, 11, 5, 0)  # noqa: DTZ001 - DOS knows no time zones


def call(function: int, block: Any, **registers: int) -> dict[str, Any]:
    return {"ax": function, "dx": block, **registers}


class TestCreate:
    def test_a_new_file_is_empty_and_open(self, dos: Dos, guest: Any, fcb: Any) -> None:
        block = fcb("new     dat").put(0x10, 4, 99)

        (answer,) = guest(call(CREATE, block))

        assert answer.ax == CREATE
        assert (block.drive, block.size, block.record_size) == (3, 0, 128)
        assert block.date_and_time == to_dos(NOW)
        assert dos.path("NEW.DAT").read_bytes() == b""
        assert dos.path("NEW.DAT").attributes == ARCHIVE

    def test_an_old_file_is_emptied_and_its_bytes_are_noted(
        self, dos: Dos, guest: Any, fcb: Any
    ) -> None:
        dos.path("FOO").write_bytes(b"secret")

        guest(call(CREATE, fcb("FOO")))

        assert dos.path("FOO").read_bytes() == b""
        assert [event.action for event in dos.path("FOO").history][-1] == "replaced"

    @pytest.mark.parametrize("attributes", [0, READ_ONLY, HIDDEN, SYSTEM, ARCHIVE, 0x27])
    def test_an_extended_fcb_tells_the_attributes(
        self, dos: Dos, guest: Any, fcb: Any, attributes: int
    ) -> None:
        (answer,) = guest(call(CREATE, fcb("FOO", attributes=attributes)))

        assert answer.al == 0
        assert dos.path("FOO").attributes == attributes | ARCHIVE

    @pytest.mark.parametrize("attributes", [DIRECTORY, DEVICE, 0x80])
    def test_there_are_attributes_that_no_file_is_made_with(
        self, dos: Dos, guest: Any, fcb: Any, attributes: int
    ) -> None:
        assert guest(call(CREATE, fcb("FOO", attributes=attributes)))[0].al == FAILED
        assert not dos.path("FOO").exists()

    @pytest.mark.parametrize("has", [READ_ONLY, HIDDEN, SYSTEM])
    def test_an_old_file_with_more_attributes_is_kept(
        self, dos: Dos, guest: Any, fcb: Any, has: int
    ) -> None:
        dos.path("FOO").write_bytes(b"kept")
        dos.path("FOO").attributes = has

        plain, same = guest(call(CREATE, fcb("FOO")), call(CREATE, fcb("FOO", attributes=has)))

        assert plain.al == FAILED
        assert same.al == (FAILED if has == READ_ONLY else 0)
        assert dos.path("FOO").read_bytes() == (b"kept" if has == READ_ONLY else b"")

    @pytest.mark.parametrize("name", ["FO?", "*", "SUB", "", "A.B", "FO+"])
    def test_no_file_is_made_of_what_is_no_name(
        self, dos: Dos, guest: Any, fcb: Any, name: str
    ) -> None:
        dos.path("SUB").mkdir()
        dos.path("FOO").write_bytes(b"kept")

        (answer,) = guest(call(CREATE, fcb(name)))

        assert answer.al == FAILED
        assert dos.path("FOO").read_bytes() == b"kept"

    def test_nothing_is_made_on_a_read_only_drive(self, dos: Dos, guest: Any, fcb: Any) -> None:
        dos.drives.add("D", read_only=True)

        assert guest(call(CREATE, fcb("FOO", 4)))[0].al == FAILED


class TestSize:
    @pytest.mark.parametrize(
        ("length", "record", "count"),
        [
            (0, 128, 0),
            (1, 128, 1),
            (128, 128, 1),
            (129, 128, 2),
            (1000, 10, 100),
            (1001, 10, 101),
            (1000, 0, 8),
            (70_000, 1, 70_000),
            (70_000, 0xFFFF, 2),
        ],
    )
    def test_it_is_told_in_records_and_rounded_up(
        self, dos: Dos, guest: Any, fcb: Any, length: int, record: int, count: int
    ) -> None:
        dos.path("FOO").write_bytes(bytes(length))
        block = fcb("FOO").put(0x0E, 2, record)

        (answer,) = guest(call(SIZE, block))

        assert (answer.ax, block.random, block.record_size) == (SIZE, count, record)

    def test_a_fourth_byte_is_written_only_if_it_is_needed(
        self, dos: Dos, guest: Any, fcb: Any
    ) -> None:
        dos.path("FOO").write_bytes(bytes(300))
        block = fcb("FOO").at(0xFFFFFFFF, 1)

        guest(call(SIZE, block))

        assert block.random == 0xFF00_0000 | 300

    @pytest.mark.parametrize("name", ["NOSUCH", "NUL", "", "SUB"])
    def test_what_is_not_there_has_none(self, dos: Dos, guest: Any, fcb: Any, name: str) -> None:
        dos.path("SUB").mkdir()
        block = fcb(name).at(9)

        assert guest(call(SIZE, block))[0].al == FAILED
        assert block.random == 9

    def test_the_file_need_not_be_open_and_may_be_hidden(
        self, dos: Dos, guest: Any, fcb: Any
    ) -> None:
        dos.path("FOO").write_bytes(bytes(500))
        dos.path("FOO").attributes = HIDDEN
        plain, extended = fcb("FOO"), fcb("FOO", attributes=HIDDEN)

        first, second = guest(call(SIZE, plain), call(SIZE, extended))

        assert (first.al, second.al, extended.random) == (FAILED, 0, 4)
