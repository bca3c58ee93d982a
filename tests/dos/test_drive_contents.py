"""What the files of a drive hold: reading, writing, truncating, full disks, and a model of it."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule
from pyfakefs.fake_file import FakeFile
from pyfakefs.fake_filesystem import FakeFilesystem
from pyfakefs.fake_open import FakeFileOpen

from pytest_almostism.dos.drive import Drive
from pytest_almostism.dos.drives import Drives
from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.witness import Journal

NOW = dt.datetime(1991, 6, 11, 5, 0)  # noqa: DTZ001 - DOS knows no time zones


class Disk(NamedTuple):
    """A drive and what lies behind it."""

    drive: Drive
    journal: Journal
    filesystem: FakeFilesystem

    def make(self, name: str, contents: bytes) -> FakeFile:
        file = self.drive.create([name])
        assert self.drive.write(file, 0, contents) == len(contents)
        return file

    def python_reads(self, name: str) -> bytes:
        with FakeFileOpen(self.filesystem)(f"/dos/C/{name}", "rb") as stream:
            contents: bytes = stream.read()
        return contents

    def python_writes(self, name: str, contents: bytes) -> None:
        with FakeFileOpen(self.filesystem)(f"/dos/C/{name}", "wb") as stream:
            stream.write(contents)


def new_disk(capacity: int | None = None) -> Disk:
    filesystem, journal = FakeFilesystem(), Journal()
    drives = Drives(filesystem, now=lambda: NOW, journal=journal)
    return Disk(drives.add("C", capacity=capacity), journal, filesystem)


@pytest.fixture
def disk() -> Disk:
    return new_disk()


class TestReading:
    @pytest.mark.parametrize(
        ("offset", "length", "expected"),
        [(0, 4, b"0123"), (8, 4, b"89"), (10, 4, b""), (99, 4, b""), (3, 0, b"")],
    )
    def test_gives_what_there_is(
        self, disk: Disk, offset: int, length: int, expected: bytes
    ) -> None:
        file = disk.make("FILE", b"0123456789")
        assert disk.drive.read(file, offset, length) == expected
        disk.drive.commit()
        assert disk.drive.read(file, offset, length) == expected

    def test_sees_what_python_wrote_meanwhile(self, disk: Disk) -> None:
        file = disk.make("FILE", b"dos")
        disk.drive.commit(file)
        disk.python_writes("FILE", b"python")
        assert disk.drive.read(file, 0, 99) == b"python"

    def test_of_a_file_without_contents_is_a_read_fault(self, disk: Disk) -> None:
        file = disk.filesystem.create_file("/dos/C/HUGE", st_size=10**9)
        with pytest.raises(DosError, match="read fault"):
            disk.drive.read(file, 0, 1)
        with pytest.raises(DosError, match="read fault"):
            disk.drive.write(file, 0, b"x")


class TestWriting:
    def test_is_seen_by_python_when_committed(self, disk: Disk) -> None:
        file = disk.make("FILE", b"old")
        disk.drive.commit(file)
        disk.drive.write(file, 0, b"new")
        assert disk.drive.read(file, 0, 3) == b"new"
        assert disk.python_reads("FILE") == b"old"
        disk.drive.commit(file)
        assert disk.python_reads("FILE") == b"new"

    def test_all_is_committed_at_once(self, disk: Disk) -> None:
        disk.make("A", b"a")
        disk.make("B", b"b")
        disk.drive.commit()
        assert (disk.python_reads("A"), disk.python_reads("B")) == (b"a", b"b")

    def test_keeps_what_python_wrote_before(self, disk: Disk) -> None:
        file = disk.make("FILE", b"dos")
        disk.drive.commit(file)
        disk.python_writes("FILE", b"python")
        disk.drive.write(file, 0, b"P")
        disk.drive.commit(file)
        assert disk.python_reads("FILE") == b"Python"

    def test_wins_over_what_python_wrote_before_it_was_committed(self, disk: Disk) -> None:
        file = disk.make("FILE", b"dos")
        disk.python_writes("FILE", b"python")
        disk.drive.commit(file)
        assert disk.python_reads("FILE") == b"dos"
        assert disk.filesystem.stat("/dos/C/FILE").st_size == 3

    def test_behind_the_end_fills_the_gap_with_zeros(self, disk: Disk) -> None:
        file = disk.make("FILE", b"1")
        assert disk.drive.write(file, 4, b"2") == 1
        assert disk.drive.read(file, 0, 99) == b"1\0\0\0" + b"2"

    def test_copies_no_whole_file_for_a_few_bytes(
        self, disk: Disk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = disk.make("FILE", bytes(1 << 20))
        disk.drive.commit(file)
        commits: list[int] = []
        monkeypatch.setattr(FakeFile, "set_contents", lambda _, data: commits.append(len(data)))
        for offset in range(0, 1 << 20, 4096):
            disk.drive.write(file, offset, b"x" * 512)
        disk.drive.commit(file)
        assert commits == [1 << 20]

    def test_to_4_gib_stops_where_the_disk_ends(self, disk: Disk) -> None:
        file = disk.make("FILE", b"x")
        assert disk.drive.write(file, 0xFFFFFFFF, b"x") == 0
        assert disk.drive.size(file) == 1


class TestTruncating:
    def test_cuts_and_abandons(self, disk: Disk) -> None:
        file = disk.make("FILE", b"0123456789")
        disk.drive.truncate(file, 4)
        assert disk.drive.read(file, 0, 99) == b"0123"
        (lost,) = disk.journal.life(file, r"C:\FILE").abandoned
        assert (lost.offset, lost.data) == (4, b"456789")
        assert str(disk.journal.history(r"C:\FILE")[-1]) == (
            r"C:\FILE truncated to 4 bytes, from 10 [python]"
        )

    def test_of_zeros_abandons_nothing(self, disk: Disk) -> None:
        file = disk.make("FILE", bytes(1023))
        disk.drive.truncate(file, 0)
        disk.drive.delete(["FILE"])
        assert disk.journal.deleted[r"C:\FILE"].zeroed

    def test_extends_with_zeros(self, disk: Disk) -> None:
        file = disk.make("FILE", b"1")
        disk.drive.truncate(file, 3)
        assert disk.drive.read(file, 0, 99) == b"1\0\0"

    def test_to_the_same_size_is_no_event(self, disk: Disk) -> None:
        file = disk.make("FILE", b"1")
        disk.drive.truncate(file, 1)
        actions = [event.action for event in disk.journal.history(r"C:\FILE")]
        assert actions == ["created", "written"]

    def test_to_4_gib_is_a_full_disk(self, disk: Disk) -> None:
        file = disk.make("FILE", b"1")
        free = disk.drive.free
        with pytest.raises(DosError, match="disk full"):
            disk.drive.truncate(file, 0xFFFFFFFF)
        assert (disk.drive.size(file), disk.drive.free) == (1, free)


class TestFullDisks:
    def test_take_what_fits(self) -> None:
        disk = new_disk(capacity=10)
        file = disk.drive.create(["FILE"])
        assert disk.drive.write(file, 0, b"0123456") == 7
        assert disk.drive.free == 3
        assert disk.drive.write(file, 7, b"789ABC") == 3
        assert disk.drive.write(file, 10, b"D") == 0
        assert disk.drive.write(file, 0, b"overwritten") == 10
        assert disk.drive.read(file, 0, 99) == b"overwritte"
        assert (disk.drive.free, disk.drive.capacity) == (0, 10)

    def test_have_room_again_when_something_goes(self) -> None:
        disk = new_disk(capacity=10)
        file = disk.make("A", b"0123456789")
        disk.drive.truncate(file, 6)
        assert disk.drive.free == 4
        disk.drive.commit()
        disk.drive.delete(["A"])
        assert disk.drive.free == 10
        disk.make("B", b"0123456789")
        disk.drive.create(["B"])
        assert disk.drive.free == 10

    def test_do_not_fill_a_gap_they_have_no_room_for(self) -> None:
        disk = new_disk(capacity=10)
        file = disk.make("FILE", b"0")
        assert disk.drive.write(file, 100, b"x") == 0
        assert (disk.drive.size(file), disk.drive.free) == (1, 9)

    def test_count_what_python_put_there(self) -> None:
        disk = new_disk(capacity=10)
        disk.python_writes("FILE", b"0123")
        assert disk.drive.free == 6
        disk.python_writes("FILE", b"0123456789")
        disk.drive.commit()
        assert disk.drive.free == 0

    def test_may_be_the_file_system_itself(self) -> None:
        disk = new_disk()
        disk.filesystem.set_disk_usage(8)
        file = disk.drive.create(["FILE"])
        assert disk.drive.write(file, 0, b"0123456789") == 8
        disk.drive.commit()
        assert disk.python_reads("FILE") == b"01234567"
        assert disk.drive.free == 0

    def test_are_told_when_python_filled_them_before_the_commit(self) -> None:
        disk = new_disk()
        disk.filesystem.set_disk_usage(8)
        file = disk.make("FILE", b"01234567")
        disk.python_writes("FILE", b"")
        disk.python_writes("OTHER", b"0123")
        with pytest.raises(DosError, match="disk full"):
            disk.drive.commit()
        assert disk.drive.read(file, 0, 99) == b"01234567"

    def test_of_unknown_size_are_never_full_of_what_was_there(self, disk: Disk) -> None:
        before = disk.drive.free
        disk.filesystem.create_file("/dos/C/HUGE", st_size=10**10)
        assert disk.drive.free == before > 2**27
        assert disk.drive.capacity > before


class DriveModel(RuleBasedStateMachine):
    """A drive against a dict of byte strings; files stay readable after their names are gone."""

    CAPACITY = 300
    files = Bundle("files")
    names = st.sampled_from(["A", "B.TXT", "LONGNAME.EXT"])

    def __init__(self) -> None:
        super().__init__()
        self.disk = new_disk(self.CAPACITY)
        self.listed: dict[str, FakeFile] = {}
        self.contents: dict[FakeFile, bytearray] = {}
        self.unlinked = 0

    def room(self) -> int:
        return self.CAPACITY - sum(map(len, self.contents.values())) + self.unlinked

    @rule(target=files, name=names)
    def create(self, name: str) -> FakeFile:
        file = self.disk.drive.create([name])
        assert (name in self.listed) == (self.listed.get(name) is file)
        self.listed[name] = file
        self.contents[file] = bytearray()
        return file

    @rule(file=files, offset=st.integers(0, 100), data=st.binary(max_size=50))
    def write(self, file: FakeFile, offset: int, data: bytes) -> None:
        if file not in self.listed.values():
            return
        contents = self.contents[file]
        fits = min(len(data), max(0, len(contents) + self.room() - offset))
        written = self.disk.drive.write(file, offset, data)
        assert written == fits
        if written:
            contents.extend(bytes(max(0, offset - len(contents))))
            contents[offset : offset + written] = data[:written]

    @rule(file=files, size=st.integers(0, 100))
    def truncate(self, file: FakeFile, size: int) -> None:
        contents = self.contents[file]
        if file in self.listed.values() and size - len(contents) <= self.room():
            self.disk.drive.truncate(file, size)
            del contents[size:]
            contents.extend(bytes(size - len(contents)))

    @rule(name=names)
    def delete(self, name: str) -> None:
        if name in self.listed:
            self.disk.drive.delete([name])
            file = self.listed.pop(name)
            self.unlinked += len(self.contents[file])
            assert self.disk.journal.deleted[f"C:\\{name}"].last_contents == self.contents[file]
        else:
            with pytest.raises(DosError, match="file not found"):
                self.disk.drive.delete([name])

    @rule(old=names, new=names)
    def rename(self, old: str, new: str) -> None:
        if old in self.listed and new not in self.listed:
            self.disk.drive.rename([old], [new])
            self.listed[new] = self.listed.pop(old)
        else:
            with pytest.raises(DosError) as caught:
                self.disk.drive.rename([old], [new])
            missing = old not in self.listed
            expected = ErrorCode.FILE_NOT_FOUND if missing else ErrorCode.ACCESS_DENIED
            assert caught.value.code is expected

    @rule(file=files)
    def commit(self, file: FakeFile) -> None:
        self.disk.drive.commit(file)
        assert file.byte_contents == bytes(self.contents[file])

    @rule()
    def commit_all(self) -> None:
        self.disk.drive.commit()
        for name, file in self.listed.items():
            assert self.disk.python_reads(name) == self.contents[file]

    @invariant()
    def agrees(self) -> None:
        drive = self.disk.drive
        assert {entry.name: entry.size for entry in drive.entries(drive.root)} == {
            name: len(self.contents[file]) for name, file in self.listed.items()
        }
        for file, contents in self.contents.items():
            assert drive.read(file, 0, 999) == contents
            assert drive.size(file) == len(contents)
        assert drive.free == self.room()


TestDriveModel = DriveModel.TestCase
