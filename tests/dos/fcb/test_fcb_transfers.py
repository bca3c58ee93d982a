"""INT 21h/14h, 15h, 21h, 22h, 27h, 28h: what a transfer by FCB cannot do, shares, and devices."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_almostism import Dos
from pytest_almostism.dos.clock import to_dos

OPEN, CLOSE, CREATE = 0x0F00, 0x1000, 0x1600
READ, WRITE, RANDOM_READ, RANDOM_WRITE = 0x1400, 0x1500, 0x2100, 0x2200
BLOCK_READ, BLOCK_WRITE = 0x2700, 0x2800
DONE, END, WRAP, PARTIAL = range(4)
EVERY_TRANSFER = [READ, WRITE, RANDOM_READ, RANDOM_WRITE, BLOCK_READ, BLOCK_WRITE]


def call(function: int, block: Any, **registers: int) -> dict[str, Any]:
    return {"ax": function, "dx": block, **registers}


def transfer_area(buffer: bytes | bytearray) -> dict[str, Any]:
    return {"ax": 0x1A00, "dx": buffer}


def opened(dos: Dos, guest: Any, fcb: Any, contents: bytes, **attributes: int) -> Any:
    """An open FCB of a file with these contents."""
    dos.path("FOO").write_bytes(contents)
    block = fcb("FOO", **attributes)
    assert guest(call(OPEN, block))[0].al == DONE
    return block


class TestTransferArea:
    @pytest.mark.parametrize(
        ("offset", "count", "records"),
        [(0xFF00, 2, 2), (0xFF00, 3, 2), (0xFF81, 1, 0), (0, 512, 511), (0x8000, 0xFFFF, 256)],
    )
    def test_records_do_not_wrap_around_the_segment(
        self, dos: Dos, guest: Any, fcb: Any, offset: int, count: int, records: int
    ) -> None:
        block = opened(dos, guest, fcb, bytes(100_000))

        _, answer = guest(
            {"ax": 0x1A00, "ds": 0x8000, "dx": offset}, call(BLOCK_READ, block, cx=count)
        )

        assert (answer.al, answer.cx, block.random) == (WRAP, records, records)

    @pytest.mark.parametrize("function", [READ, WRITE, RANDOM_READ, RANDOM_WRITE])
    def test_a_record_that_does_not_fit_is_left_alone(
        self, dos: Dos, guest: Any, fcb: Any, function: int
    ) -> None:
        block = opened(dos, guest, fcb, b"x" * 128)

        _, answer = guest({"ax": 0x1A00, "ds": 0x8000, "dx": 0xFFF0}, call(function, block))

        assert answer.al == WRAP
        assert (block.random, block.record) == (0, 0)
        assert dos.path("FOO").read_bytes() == b"x" * 128
        assert not any(dos.memory.read(0x8000, 0xFFF0, 128))

    def test_one_byte_less_fits(self, dos: Dos, guest: Any, fcb: Any) -> None:
        block = opened(dos, guest, fcb, b"x" * 128)

        _, answer = guest({"ax": 0x1A00, "ds": 0x8000, "dx": 0xFF7F}, call(READ, block))

        assert answer.al == DONE
        assert dos.memory.read(0x8000, 0xFF7F, 129) == b"x" * 128 + b"\0"


class TestRefusals:
    @pytest.mark.parametrize("function", EVERY_TRANSFER)
    def test_an_fcb_that_was_never_opened(
        self, dos: Dos, guest: Any, fcb: Any, function: int
    ) -> None:
        dos.path("FOO").write_bytes(b"x" * 128)
        garbage = fcb("FOO")
        garbage[12:] = b"\xa5" * len(garbage[12:])
        garbage.put(0x0E, 2, 10)

        answers = guest(call(function, fcb("FOO"), cx=1), call(function, garbage, cx=1))

        assert [answer.al for answer in answers] == [END, END]
        assert [answer.cx for answer in answers] == [int(function < BLOCK_READ)] * 2
        assert dos.path("FOO").read_bytes() == b"x" * 128

    @pytest.mark.parametrize("function", [WRITE, RANDOM_WRITE, BLOCK_WRITE])
    def test_a_read_only_file(self, dos: Dos, guest: Any, fcb: Any, function: int) -> None:
        dos.path("FOO").write_bytes(b"kept")
        dos.path("FOO").attributes = 1
        block = fcb("FOO")

        open_, write, read = guest(
            call(OPEN, block), call(function, block, cx=1), call(READ, block)
        )

        assert (open_.al, write.al, read.al) == (DONE, END, PARTIAL)
        assert dos.path("FOO").read_bytes() == b"kept"

    def test_a_file_that_was_created_read_only(self, dos: Dos, guest: Any, fcb: Any) -> None:
        block = fcb("FOO", attributes=1)

        created, write = guest(call(CREATE, block), call(WRITE, block))

        assert (created.al, write.al) == (DONE, END)
        assert dos.path("FOO").read_bytes() == b""

    def test_a_read_only_drive(self, dos: Dos, guest: Any, fcb: Any) -> None:
        dos.drives.add("D")
        dos.path("D:\\FOO").write_bytes(b"kept")
        dos.drives["D"].read_only = True
        block = fcb("FOO", 4)

        assert [a.al for a in guest(call(OPEN, block), call(WRITE, block))] == [DONE, END]
        assert dos.path("D:\\FOO").read_bytes() == b"kept"

    def test_a_full_disk_takes_all_of_a_write_or_nothing(
        self, dos: Dos, guest: Any, fcb: Any
    ) -> None:
        dos.drives.add("D", capacity=1000)
        block = fcb("FOO", 4)

        _, first, second, longer, rest = guest(
            call(CREATE, block),
            call(BLOCK_WRITE, block, cx=7),
            call(BLOCK_WRITE, block, cx=1),
            {**call(RANDOM_WRITE, fcb("FOO", 4))},
            call(READ, block),
        )

        assert (first.al, first.cx) == (DONE, 7)
        assert (second.al, second.cx) == (END, 0)
        assert longer.al == END
        assert rest.al == END
        assert (block.random, block.size) == (7, 896)
        assert dos.path("D:\\FOO").stat().st_size == 896

    def test_a_disk_can_be_filled_to_the_last_byte(self, dos: Dos, guest: Any, fcb: Any) -> None:
        dos.drives.add("D", capacity=1024)
        block = fcb("FOO", 4)

        _, answer = guest(call(CREATE, block), call(BLOCK_WRITE, block, cx=8))

        assert (answer.al, answer.cx) == (DONE, 8)

    def test_a_full_disk_does_not_let_a_file_grow_by_a_length(
        self, dos: Dos, guest: Any, fcb: Any
    ) -> None:
        dos.drives.add("D", capacity=1000)
        block = fcb("FOO", 4)
        guest(call(CREATE, block))
        block.at(100)

        assert guest(call(BLOCK_WRITE, block, cx=0))[0].al == END
        assert dos.path("D:\\FOO").stat().st_size == 0

    @pytest.mark.parametrize("function", EVERY_TRANSFER)
    @pytest.mark.parametrize("where", [0xFFFF, 0xFFE0, 0xFFDB])
    def test_an_fcb_at_the_end_of_its_segment_wraps_around(
        self, guest: Any, function: int, where: int
    ) -> None:
        (answer,) = guest({"ax": function, "ds": 0x9000, "dx": where, "cx": 1})

        assert answer.al == END


class TestSharedFiles:
    def test_two_fcbs_of_one_file_have_each_their_own_place(
        self, dos: Dos, guest: Any, fcb: Any
    ) -> None:
        first, second = opened(dos, guest, fcb, b"aabbcc").put(0x0E, 2, 2), fcb("FOO")
        guest(call(OPEN, second))
        second.put(0x0E, 2, 2)
        areas = [bytearray(2) for _ in range(4)]
        calls = [
            c
            for area, block in zip(areas, (first, first, second, first), strict=True)
            for c in (transfer_area(area), call(READ, block))
        ]

        guest(*calls)

        assert [bytes(area) for area in areas] == [b"aa", b"bb", b"aa", b"cc"]

    def test_fcbs_of_different_files_do_not_mix(self, dos: Dos, guest: Any, fcb: Any) -> None:
        names = ("A", "B", "NUL", "C")
        blocks = [fcb(name) for name in names]
        for name in "ABC":
            dos.path(name).write_bytes(name.encode() * 2)
        areas = [bytearray(128) for _ in names]
        calls = [
            c
            for area, block in zip(areas, blocks, strict=True)
            for c in (transfer_area(area), call(READ, block))
        ]

        guest(*(call(OPEN, block) for block in blocks), *calls)

        assert [bytes(area[:3]) for area in areas] == [b"AA\0", b"BB\0", bytes(3), b"CC\0"]

    def test_an_fcb_may_be_copied(self, dos: Dos, guest: Any, fcb: Any) -> None:
        block = opened(dos, guest, fcb, b"aabb").put(0x0E, 2, 2)
        copy = fcb("FOO")
        copy[:] = block
        area = bytearray(2)

        assert guest(transfer_area(area), call(READ, copy))[1].al == DONE
        assert area == b"aa"

    def test_what_a_handle_appends_is_behind_the_end_of_an_open_fcb(
        self, dos: Dos, guest: Any, fcb: Any
    ) -> None:
        block = opened(dos, guest, fcb, b"aa").at(1, 2)
        dos.path("FOO").write_bytes(b"aabb")

        assert guest(call(READ, block))[0].al == END
        guest(call(OPEN, block))
        assert guest(call(READ, block.at(1, 2)))[0].al == DONE

    def test_a_deleted_file_lives_on_in_its_fcb(self, dos: Dos, guest: Any, fcb: Any) -> None:
        block = opened(dos, guest, fcb, b"still there")
        area = bytearray(128)

        *_, answer = guest({"ax": 0x4100, "dx": b"FOO\0"}, transfer_area(area), call(READ, block))

        assert (answer.al, bytes(area).rstrip(b"\0")) == (PARTIAL, b"still there")


class TestDevices:
    def test_nul_is_at_its_end_and_takes_everything(self, guest: Any, fcb: Any) -> None:
        block = fcb("nul").at(0, 10)

        open_, read, write, close = guest(
            call(OPEN, block), call(READ, block), call(WRITE, block), call(CLOSE, block)
        )

        assert [a.al for a in (open_, read, write, close)] == [DONE, END, DONE, DONE]
        assert (block.drive, block.size) == (0, 0)

    @pytest.mark.parametrize("function", [OPEN, CREATE])
    def test_the_console_shows_what_is_written_to_it(
        self, dos: Dos, guest: Any, fcb: Any, function: int
    ) -> None:
        block, text = fcb("CON"), b"Hello".ljust(128)

        guest(call(function, block), transfer_area(text), call(WRITE, block))

        assert dos.screen.text.startswith("Hello")
        assert not dos.path("CON").exists()

    def test_a_line_is_read_from_the_console(self, guest: Any, fcb: Any) -> None:
        block, area = fcb("CON"), bytearray(128)

        *_, answer = guest(
            call(OPEN, block), transfer_area(area), call(READ, block), keys="hi{enter}"
        )

        assert (answer.al, bytes(area).rstrip(b"\0")) == (PARTIAL, b"hi\r\n")

    def test_the_time_of_a_write_is_noted(self, dos: Dos, guest: Any, fcb: Any) -> None:
        block = fcb("NUL")
        guest(call(OPEN, block))
        dos.clock.advance(3600)

        guest(call(WRITE, block))

        assert block.date_and_time == to_dos(dos.clock.now())

    def test_a_device_is_opened_by_name_whatever_the_extension(self, guest: Any, fcb: Any) -> None:
        block = fcb("NUL     TXT")

        assert [a.al for a in guest(call(OPEN, block), call(READ, block))] == [DONE, END]


class TestSharing:
    """Only programs that ask for it, by handle, keep others from their files."""

    def test_a_locked_region_is_neither_read_nor_written(
        self, dos: Dos, guest: Any, fcb: Any
    ) -> None:
        dos.path("FOO").write_bytes(b"x" * 256)
        block = fcb("FOO")

        *_, first, second, write = guest(
            call(OPEN, block),
            {"ax": 0x3D02, "dx": b"FOO\0"},
            {"ax": 0x5C00, "bx": 5, "dx": 128, "di": 1},
            call(READ, block),
            call(READ, block),
            call(WRITE, block),
        )

        assert [answer.al for answer in (first, second, write)] == [DONE, END, END]

    @pytest.mark.parametrize("function", [CREATE, 0x1300, 0x1700])
    def test_a_file_that_is_denied_to_others_is_left_alone(
        self, dos: Dos, guest: Any, fcb: Any, function: int
    ) -> None:
        dos.path("FOO").write_bytes(b"kept")

        _, answer = guest(
            {"ax": 0x3D12, "dx": b"FOO\0"}, call(function, fcb("FOO", new="BAR")), keys="f"
        )

        assert answer.al == 0xFF
        assert dos.path("FOO").read_bytes() == b"kept"

    def test_it_is_not_opened_either(self, dos: Dos, guest: Any, fcb: Any) -> None:
        dos.path("FOO").write_bytes(b"kept")
        block = fcb("FOO")

        _, answer = guest({"ax": 0x3D12, "dx": b"FOO\0"}, call(OPEN, block), keys="f")

        assert (answer.al, block.size) == (0xFF, 0)
