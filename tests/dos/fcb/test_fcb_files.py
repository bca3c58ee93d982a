"""INT 21h/0Fh, 10h: opening and closing files by FCB."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pytest_almostism import Dos
from pytest_almostism.dos.clock import to_dos

OPEN, CLOSE, CREATE, READ, WRITE = 0x0F00, 0x1000, 0x1600, 0x1400, 0x1500
HIDDEN, SYSTEM, LABEL, DIRECTORY = 2, 4, 8, 0x10
FAILED = 0xFF

NOW = dt.datetime(1991, 6, 11, 5, 0)  # noqa: DTZ001 - DOS knows no time zones
LONG_AGO = dt.datetime(1984, 8, 14, 12, 30, 10)  # noqa: DTZ001 - as above


def call(function: int, block: Any, **registers: int) -> dict[str, Any]:
    return {"ax": function, "dx": block, **registers}


def transfer_area(buffer: bytes | bytearray) -> dict[str, Any]:
    return {"ax": 0x1A00, "dx": buffer}


class TestOpen:
    def test_it_fills_in_drive_size_time_and_a_record_size(
        self, dos: Dos, guest: Any, fcb: Any
    ) -> None:
        dos.clock.time = LONG_AGO
        dos.path("FOO.TXT").write_bytes(bytes(70_000))
        dos.clock.time = NOW
        block = fcb("FOO     TXT").put(0x0C, 2, 7).put(0x0E, 2, 9)

        (answer,) = guest(call(OPEN, block))

        assert answer.ax == 0x0F00  # AH is kept
        assert not answer.carry
        assert (block.drive, block.block, block.record_size, block.size) == (3, 0, 128, 70_000)
        assert block.date_and_time == to_dos(LONG_AGO)

    def test_it_is_noted_in_the_history_of_the_file(self, dos: Dos, guest: Any, fcb: Any) -> None:
        dos.path("FOO").write_bytes(b"")

        guest(call(OPEN, fcb("FOO")))

        assert [event.action for event in dos.path("FOO").history][-1] == "opened"

    def test_it_leaves_the_current_and_the_random_record_alone(
        self, dos: Dos, guest: Any, fcb: Any
    ) -> None:
        dos.path("FOO").write_bytes(b"")
        block = fcb("FOO").put(0x20, 1, 5).put(0x21, 4, 0x12345678)

        guest(call(OPEN, block))

        assert (block.record, block.random) == (5, 0x12345678)

    def test_it_looks_in_the_current_directory_of_the_drive(
        self, dos: Dos, guest: Any, fcb: Any
    ) -> None:
        dos.drives.add("D")
        dos.path(r"D:\SUB").mkdir()
        dos.path(r"D:\SUB\FOO").write_bytes(b"12345")
        dos.drives.change_directory(r"D:\SUB")
        block, other = fcb("FOO", 4), fcb("FOO", 3)

        found, not_found = guest(call(OPEN, block), call(OPEN, other))

        assert (found.al, block.size, block.drive) == (0, 5, 4)
        assert not_found.al == FAILED

    @pytest.mark.parametrize("name", ["foo     txt", "FO?     TXT", "F*      T*", "*       ???"])
    def test_it_takes_the_first_file_that_fits(
        self, dos: Dos, guest: Any, fcb: Any, name: str
    ) -> None:
        for n, file in enumerate(("BAR.C", "FOO.TXT", "FOP.TXT")):
            dos.path(file).write_bytes(bytes(n))
        block = fcb(name)

        (answer,) = guest(call(OPEN, block))

        assert (answer.al, block.size) == (0, 0 if name[0] == "*" else 1)

    @pytest.mark.parametrize(
        "name",
        [
            *("NOSUCH", "FOO", "FOO     TX", "", "   FOO  TXT"),
            *("FOO.TXT", ".", "..", "FO/     TXT", "FO\\     TXT", 'FO"     TXT', "FO:     TXT"),
            *("FO\1     TXT", "\0\0\0", "FO;     TXT", "SUB", "\u2588" * 11),
        ],
    )
    def test_what_is_not_there_is_not_opened(
        self, dos: Dos, guest: Any, fcb: Any, name: str
    ) -> None:
        dos.path("FOO.TXT").write_bytes(b"")
        dos.path("SUB").mkdir()
        block = fcb(name)
        before = bytes(block)

        (answer,) = guest(call(OPEN, block))

        assert answer.al == FAILED
        assert block == before

    @pytest.mark.parametrize("drive", [1, 2, 25, 27, 200])
    def test_there_is_nothing_on_a_drive_that_is_not_there(
        self, dos: Dos, guest: Any, fcb: Any, drive: int
    ) -> None:
        dos.path("FOO").write_bytes(b"")

        assert guest(call(OPEN, fcb("FOO", drive)))[0].al == FAILED
        assert guest(call(OPEN, fcb("CON", drive)))[0].al == FAILED

    @pytest.mark.parametrize("attributes", [HIDDEN, SYSTEM, HIDDEN | SYSTEM])
    def test_special_files_are_opened_by_extended_fcbs_only(
        self, dos: Dos, guest: Any, fcb: Any, attributes: int
    ) -> None:
        dos.path("FOO").write_bytes(b"123")
        dos.path("FOO").attributes = attributes
        extended = fcb("FOO", attributes=attributes)

        plain, with_attributes, without = guest(
            call(OPEN, fcb("FOO")), call(OPEN, extended), call(OPEN, fcb("FOO", attributes=0))
        )

        assert (plain.al, with_attributes.al, without.al) == (FAILED, 0, FAILED)
        assert (extended.size, extended.drive) == (3, 3)

    @pytest.mark.parametrize("attributes", [LABEL, DIRECTORY, LABEL | DIRECTORY])
    def test_neither_directories_nor_labels_are_opened(
        self, dos: Dos, guest: Any, fcb: Any, attributes: int
    ) -> None:
        dos.drives["C"].label = "DISK"
        dos.path("SUB").mkdir()

        answers = guest(*(call(OPEN, fcb(name, attributes=attributes)) for name in ("DISK", "SUB")))

        assert [answer.al for answer in answers] == [FAILED, FAILED]

    def test_a_file_of_more_than_4_gib_is_as_large_as_dos_can_tell(
        self, dos: Dos, guest: Any, fcb: Any
    ) -> None:
        dos.filesystem.create_file("/dos/C/HUGE", st_size=5 << 30)
        opened, measured = fcb("HUGE"), fcb("HUGE").put(0x0E, 2, 1)

        answers = guest(
            call(OPEN, opened),
            call(0x2300, measured),
            call(0x1100, fcb("HUGE")),
            call(READ, opened),
        )

        assert [answer.al for answer in answers] == [0, 0, 0, 1]
        assert (opened.size, measured.random) == (0xFFFFFFFF, 0xFFFFFFFF)

    def test_it_uses_up_no_handles(self, dos: Dos, guest: Any, fcb: Any) -> None:
        for n in range(30):
            dos.path(f"F{n}").write_bytes(b"")

        *_, handle = guest(
            *(call(OPEN, fcb(f"F{n}")) for n in range(30)), {"ax": 0x3D00, "dx": b"F0\0"}
        )

        assert handle.ax == 5

    def test_it_may_be_done_for_ever(self, dos: Dos) -> None:
        dos.path("FOO").write_bytes(b"")
        program = bytes.fromhex(
            "B9 B80B"  # mov cx, 3000
            "B40F BA1501 CD21"  # open the FCB behind
            "08C0 7502"  # failed?
            "E2F3"  # loop
            "B44C CD21 90"
        )
        block = b"\0FOO        " + bytes(25)

        assert dos.run(program + block).exit_code == 0


class TestClose:
    def test_what_was_written_is_in_the_file(self, dos: Dos, guest: Any, fcb: Any) -> None:
        block, text = fcb("NEW     DAT"), b"a record of 128 bytes".ljust(128, b".")

        *_, closed = guest(
            call(CREATE, block), transfer_area(text), call(WRITE, block), call(CLOSE, block)
        )

        assert closed.ax == CLOSE
        assert dos.path("NEW.DAT").read_bytes() == text

    def test_it_may_be_forgotten(self, dos: Dos, guest: Any, fcb: Any) -> None:
        block = fcb("NEW     DAT")

        guest(call(CREATE, block), transfer_area(bytes(128)), call(WRITE, block))

        assert dos.path("NEW.DAT").read_bytes() == bytes(128)

    def test_it_may_be_done_again_and_again_and_without_opening(
        self, dos: Dos, guest: Any, fcb: Any
    ) -> None:
        dos.path("FOO").write_bytes(b"")
        block, never = fcb("FOO"), fcb("FOO")
        garbage = fcb("FOO")
        garbage[12:] = b"\xa5" * len(garbage[12:])

        _, *answers = guest(
            call(OPEN, block), *(call(CLOSE, b) for b in (block, block, never, garbage))
        )

        assert [answer.al for answer in answers] == [0, 0, 0, 0]

    def test_the_file_can_be_used_afterwards(self, dos: Dos, guest: Any, fcb: Any) -> None:
        block = fcb("FOO")

        *_, written, _ = guest(
            call(CREATE, block),
            call(CLOSE, block),
            transfer_area(b"x" * 128),
            call(WRITE, block),
            call(CLOSE, block),
        )

        assert written.al == 0
        assert dos.path("FOO").read_bytes() == b"x" * 128

    @pytest.mark.parametrize(
        "meanwhile",
        [
            {"ax": 0x4100, "dx": b"FOO\0"},
            {"ax": 0x5600, "dx": b"FOO\0", "di": b"BAR\0"},
        ],
        ids=["deleted", "renamed"],
    )
    def test_a_file_that_is_gone_meanwhile_is_not_found(
        self, guest: Any, fcb: Any, meanwhile: dict[str, Any]
    ) -> None:
        block = fcb("FOO")

        *_, closed = guest(
            call(CREATE, block),
            transfer_area(bytes(128)),
            call(WRITE, block),
            meanwhile,
            call(CLOSE, block),
        )

        assert closed.al == FAILED

    def test_a_deleted_file_that_was_only_read_is_closed(
        self, dos: Dos, guest: Any, fcb: Any
    ) -> None:
        dos.path("FOO").write_bytes(b"")
        block = fcb("FOO")

        *_, closed = guest(call(OPEN, block), {"ax": 0x4100, "dx": b"FOO\0"}, call(CLOSE, block))

        assert closed.al == 0

    def test_time_and_length_become_those_of_the_fcb(self, dos: Dos, guest: Any, fcb: Any) -> None:
        block = fcb("FOO")
        guest(call(CREATE, block), transfer_area(b"x" * 128), call(WRITE, block))
        assert (block.size, block.date_and_time) == (128, to_dos(NOW))
        date, time = to_dos(LONG_AGO)
        block.put(0x10, 4, 77).put(0x14, 2, date).put(0x16, 2, time)

        guest(call(CLOSE, block))

        assert dos.path("FOO").read_bytes() == b"x" * 77
        assert dos.path("FOO").stat().modified == LONG_AGO

    def test_but_only_when_it_is_closed_first(self, dos: Dos, guest: Any, fcb: Any) -> None:
        block = fcb("FOO")
        guest(
            call(CREATE, block), transfer_area(b"x" * 128), call(WRITE, block), call(CLOSE, block)
        )
        dos.path("FOO").write_bytes(b"y" * 500)

        assert guest(call(CLOSE, block))[0].al == 0
        assert dos.path("FOO").read_bytes() == b"y" * 500

    def test_not_of_a_file_that_was_only_read(self, dos: Dos, guest: Any, fcb: Any) -> None:
        dos.path("FOO").write_bytes(b"x" * 200)
        block = fcb("FOO")
        guest(call(OPEN, block), transfer_area(bytearray(128)), call(READ, block))
        block.put(0x10, 4, 77).put(0x14, 2, 0x21)

        guest(call(CLOSE, block))

        assert dos.path("FOO").read_bytes() == b"x" * 200
        assert dos.path("FOO").stat().modified == NOW
