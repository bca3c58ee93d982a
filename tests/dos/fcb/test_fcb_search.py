"""INT 21h/11h, 12h: searching by FCB, and the volume label."""

from __future__ import annotations

import datetime as dt
import struct
from typing import Any, NamedTuple

import pytest

from pytest_almostism import Dos
from pytest_almostism.dos.clock import to_dos
from pytest_almostism.dos.names import from_fcb_name

FIRST, NEXT, DELETE, CREATE, RENAME = 0x1100, 0x1200, 0x1300, 0x1600, 0x1700
READ_ONLY, HIDDEN, SYSTEM, LABEL, DIRECTORY, ARCHIVE, DEVICE = 1, 2, 4, 8, 0x10, 0x20, 0x40
FAILED = 0xFF
NOW = dt.datetime(1991, 6, 11, 5, 0)  # noqa: DTZ001 - DOS knows no time zones


class Found(NamedTuple):
    """What a search left in the disk transfer area."""

    drive: int
    name: str
    attributes: int
    time: int
    date: int
    size: int


def found(area: bytes | bytearray) -> Found:
    drive, name, attributes, time, date, size = struct.unpack("<B11sB10xHH2xI", area[:33])
    return Found(drive, name.decode("cp437"), attributes, time, date, size)


def search(guest: Any, block: Any) -> list[Found]:
    """All that a program finds, one search a program: the state is in the block."""
    area = bytearray(40)
    calls = [{"ax": 0x1A00, "dx": area}, {"ax": FIRST, "dx": block}]
    entries = []
    while guest(*calls)[1].al == 0:
        entries.append(found(area[block.start :]))
        calls[1] = {"ax": NEXT, "dx": block}
    return entries


class TestSearch:
    def test_an_entry_lies_in_the_transfer_area_as_on_the_disk(
        self, dos: Dos, guest: Any, fcb: Any
    ) -> None:
        dos.path("FOO.TXT").write_bytes(bytes(70_000))
        area, block = bytearray(b"\xee" * 40), fcb("FOO     TXT")

        _, answer = guest({"ax": 0x1A00, "dx": area}, {"ax": FIRST, "dx": block})

        date, time = to_dos(NOW)
        assert answer.ax == FIRST
        assert found(area) == Found(3, "FOO     TXT", ARCHIVE, time, date, 70_000)
        assert area[33:] == b"\xee" * 7
        assert block.drive == 0

    def test_an_extended_fcb_is_answered_by_one(self, dos: Dos, guest: Any, fcb: Any) -> None:
        dos.path("FOO").write_bytes(b"12345")
        dos.path("FOO").attributes = HIDDEN | ARCHIVE
        area = bytearray(b"\xee" * 44)

        guest(
            {"ax": 0x1A00, "dx": area},
            {"ax": FIRST, "dx": fcb("???????????", 3, attributes=HIDDEN)},
        )

        assert area[:7] == b"\xff\0\0\0\0\0" + bytes((HIDDEN,))
        assert found(area[7:])[:3] == (3, "FOO        ", HIDDEN | ARCHIVE)
        assert area[40:] == b"\xee" * 4

    def test_all_that_fit_are_found_one_after_another(self, dos: Dos, guest: Any, fcb: Any) -> None:
        for name in ("A.TXT", "B.C", "AB.TXT", "ABC.TX"):
            dos.path(name).write_bytes(b"")

        assert [e.name for e in search(guest, fcb("????????TXT"))] == ["A       TXT", "AB      TXT"]
        assert [e.name for e in search(guest, fcb("a*      *  "))] == [
            "A       TXT",
            "AB      TXT",
            "ABC     TX ",
        ]
        assert search(guest, fcb("NOTHING")) == []

    @pytest.mark.parametrize(
        ("attributes", "expected"),
        [
            (None, "PLAIN RDONLY"),
            (0, "PLAIN RDONLY"),
            (HIDDEN, "PLAIN RDONLY HID"),
            (SYSTEM, "PLAIN RDONLY SYS"),
            (DIRECTORY, "PLAIN RDONLY DIR"),
            (HIDDEN | SYSTEM | DIRECTORY, "PLAIN RDONLY HID SYS DIR"),
            (LABEL, "DISK"),
            (LABEL | ARCHIVE | READ_ONLY, "DISK"),
            (LABEL | HIDDEN, "DISK PLAIN RDONLY HID"),
        ],
    )
    def test_attributes_say_what_else_is_found(
        self, dos: Dos, guest: Any, fcb: Any, attributes: int | None, expected: str
    ) -> None:
        dos.drives.add("D", label="DISK")
        for name, bits in {"PLAIN": 0, "RDONLY": READ_ONLY, "HID": HIDDEN, "SYS": SYSTEM}.items():
            dos.path(rf"D:\{name}").write_bytes(b"")
            dos.path(rf"D:\{name}").attributes = bits
        dos.path(r"D:\DIR").mkdir()

        entries = search(guest, fcb("???????????", 4, attributes=attributes))

        assert [from_fcb_name(entry.name) for entry in entries] == expected.split()

    def test_the_state_is_in_the_fcb_so_searches_do_not_disturb_each_other(
        self, dos: Dos, guest: Any, fcb: Any
    ) -> None:
        dos.drives.add("D")
        for name in ("A.1", "B.1", "D:A.2", "D:B.2"):
            dos.path(name).write_bytes(b"")
        ones, twos = fcb("????????1"), fcb("????????2", 4, attributes=0)
        areas = [bytearray(44) for _ in range(4)]
        calls: list[dict[str, Any]] = []
        for area, function, block in zip(
            areas, (FIRST, FIRST, NEXT, NEXT), (ones, twos, ones, twos), strict=True
        ):
            calls += [{"ax": 0x1A00, "dx": area}, {"ax": function, "dx": block}]

        guest(*calls)

        assert [
            from_fcb_name(found(area[block.start :]).name)
            for area, block in zip(areas, (ones, twos, ones, twos), strict=True)
        ] == ["A.1", "A.2", "B.1", "B.2"]

    @pytest.mark.parametrize(
        ("directory", "expected"), [("D:\\SUB", ". .. INSIDE"), ("D:\\", "SUB OUTSIDE")]
    )
    def test_it_looks_in_the_current_directory(
        self, dos: Dos, guest: Any, fcb: Any, directory: str, expected: str
    ) -> None:
        dos.drives.add("D")
        dos.path(r"D:\SUB").mkdir()
        dos.path(r"D:\SUB\INSIDE").write_bytes(b"")
        dos.path(r"D:\OUTSIDE").write_bytes(b"")
        dos.drives.change_directory(directory)

        entries = search(guest, fcb("???????????", 4, attributes=DIRECTORY))

        assert [from_fcb_name(entry.name) for entry in entries] == expected.split()

    @pytest.mark.parametrize("name", ["CON", "NUL", "CON     TXT", "PRN", "clock$"])
    def test_a_device_is_found_by_its_name(self, dos: Dos, guest: Any, fcb: Any, name: str) -> None:
        (entry,) = search(guest, fcb(name))

        date, time = to_dos(dos.clock.now())
        assert entry == Found(3, name[:8].upper().ljust(11), DEVICE, time, date, 0)

    def test_next_without_first_finds_nothing(self, dos: Dos, guest: Any, fcb: Any) -> None:
        dos.path("FOO").write_bytes(b"")
        garbage = fcb("FOO")
        garbage[12:] = b"\xa5" * len(garbage[12:])

        answers = guest({"ax": NEXT, "dx": fcb("FOO")}, {"ax": NEXT, "dx": garbage})

        assert [answer.al for answer in answers] == [FAILED, FAILED]

    def test_a_directory_that_is_gone_is_not_searched(self, dos: Dos, guest: Any, fcb: Any) -> None:
        dos.path("SUB").mkdir()
        dos.drives.change_directory("SUB")
        dos.path(r"C:\SUB").rmdir()

        assert guest({"ax": FIRST, "dx": fcb("???????????")})[0].al == FAILED


class TestLabel:
    def test_it_is_made_found_changed_and_deleted(self, dos: Dos, guest: Any, fcb: Any) -> None:
        drive = dos.drives["C"]
        pattern = fcb("???????????", attributes=LABEL)

        assert guest({"ax": CREATE, "dx": fcb("my first di", attributes=LABEL)})[0].al == 0
        assert drive.label == "MY FIRST DI"
        assert [e[:3] for e in search(guest, pattern)] == [(3, "MY FIRST DI", LABEL)]

        renaming = fcb("MY FIRST DI", new="??-?????   ", attributes=LABEL)
        assert guest({"ax": RENAME, "dx": renaming})[0].al == 0
        assert drive.label == "MY-FIRST"

        assert guest({"ax": DELETE, "dx": fcb("*", attributes=LABEL)})[0].al == 0
        assert drive.label == ""
        assert search(guest, pattern) == []

    def test_there_is_only_one(self, dos: Dos, guest: Any, fcb: Any) -> None:
        dos.drives["C"].label = "FIRST"

        same, second = guest(
            {"ax": CREATE, "dx": fcb("FIRST", attributes=LABEL)},
            {"ax": CREATE, "dx": fcb("SECOND", attributes=LABEL)},
        )

        assert (same.al, second.al, dos.drives["C"].label) == (FAILED, FAILED, "FIRST")

    def test_it_does_not_take_the_name_of_a_file(self, dos: Dos, guest: Any, fcb: Any) -> None:
        dos.drives["C"].label = "KEPT"
        dos.path("FOO").write_bytes(b"")

        (answer,) = guest({"ax": RENAME, "dx": fcb("KEPT", new="FOO", attributes=LABEL)})

        assert (answer.al, dos.drives["C"].label) == (FAILED, "KEPT")

    def test_it_belongs_to_the_root_wherever_one_is(self, dos: Dos, guest: Any, fcb: Any) -> None:
        dos.drives["C"].label = "DISK"
        dos.path("SUB").mkdir()
        dos.drives.change_directory("SUB")

        assert [e.name for e in search(guest, fcb("*       *", attributes=LABEL))] == [
            "DISK       "
        ]
        assert guest({"ax": DELETE, "dx": fcb("DISK", attributes=LABEL)})[0].al == 0
        assert dos.drives["C"].label == ""

    @pytest.mark.parametrize("name", ["CON", "NUL"])
    def test_it_may_be_called_like_a_device(
        self, dos: Dos, guest: Any, fcb: Any, name: str
    ) -> None:
        assert guest({"ax": CREATE, "dx": fcb(name, attributes=LABEL)})[0].al == 0
        assert dos.drives["C"].label == name

    @pytest.mark.parametrize("name", ["", "A?", "A.B", "A/B"])
    def test_not_everything_is_a_label(self, dos: Dos, guest: Any, fcb: Any, name: str) -> None:
        assert guest({"ax": CREATE, "dx": fcb(name, attributes=LABEL)})[0].al == FAILED
        assert dos.drives["C"].label == ""

    def test_a_read_only_drive_keeps_its_own(self, dos: Dos, guest: Any, fcb: Any) -> None:
        dos.drives.add("D", label="KEPT", read_only=True)
        dos.drives.add("E", read_only=True)

        answers = guest(
            {"ax": DELETE, "dx": fcb("KEPT", 4, attributes=LABEL)},
            {"ax": RENAME, "dx": fcb("KEPT", 4, new="LOST", attributes=LABEL)},
            {"ax": CREATE, "dx": fcb("LABEL", 5, attributes=LABEL)},
        )

        assert [answer.al for answer in answers] == [FAILED] * 3
        assert (dos.drives["D"].label, dos.drives["E"].label) == ("KEPT", "")

    def test_a_test_may_give_it_any_characters(self, dos: Dos, guest: Any, fcb: Any) -> None:
        dos.drives["C"].label = "gr\xfcn \u20ac and more"

        (entry,) = search(guest, fcb("???????????", attributes=LABEL))

        assert entry.name == "GR\x9aN ? AND ".encode("latin-1").decode("cp437")

    def test_find_first_finds_it_too(self, dos: Dos, guest: Any) -> None:
        dos.drives["C"].label = "HELLO WORLD"
        dos.path("SUB").mkdir()
        area = bytearray(43)

        _, first, second = guest(
            {"ax": 0x1A00, "dx": area},
            {"ax": 0x4E00, "dx": b"C:\\SUB\\*.*\0", "cx": LABEL},
            {"ax": 0x4F00},
        )

        assert not first.carry
        assert area[0x15] == LABEL
        assert area[0x1E:].rstrip(b"\0") == b"HELLO WO.RLD"
        assert second.carry
