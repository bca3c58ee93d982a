"""A drive: finding, creating, renaming and deleting with the rules of DOS."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pyfakefs import helpers
from pyfakefs.fake_file import FakeDirectory, FakeFile
from pyfakefs.fake_filesystem import FakeFilesystem
from pyfakefs.fake_open import FakeFileOpen
from pyfakefs.fake_os import FakeOsModule

from pytest_almostism.dos import metadata
from pytest_almostism.dos.drive import Drive
from pytest_almostism.dos.drives import Drives
from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.witness import Journal

NOW = dt.datetime(1991, 6, 11, 5, 0)  # noqa: DTZ001 - DOS knows no time zones


class Machine:
    """A drive C: and all around it."""

    def __init__(self) -> None:
        self.now = NOW
        self.filesystem = FakeFilesystem()
        self.journal = Journal()
        self.drives = Drives(self.filesystem, now=lambda: self.now, journal=self.journal)
        self.drive = self.drives.add("C")
        self.os = FakeOsModule(self.filesystem)
        self.open = FakeFileOpen(self.filesystem)

    def make(self, name: str, contents: bytes = b"") -> FakeFile:
        """Make a file as a program does."""
        file = self.drive.create([name])
        self.drive.write(file, 0, contents)
        self.drive.commit(file)
        return file

    def actions(self, path: str) -> list[str]:
        return [event.action for event in self.journal.history(path)]


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def drive(machine: Machine) -> Drive:
    return machine.drive


@contextmanager
def refused(code: ErrorCode, drive: Drive) -> Iterator[None]:
    """What is done is refused with an error, and the drive is as it was."""
    before = everything_on(drive)
    with pytest.raises(DosError, match=f"error {code:d} {code.text}") as refusal:
        yield
    assert refusal.value.code is code
    assert everything_on(drive) == before


def everything_on(drive: Drive) -> dict[str, tuple[int, int, object]]:
    """Every path below the root with its attributes, its size, when it was written."""
    found: dict[str, tuple[int, int, object]] = {}
    directories = [drive.root]
    while directories:
        for entry in drive.entries(directories.pop()):
            found[drive.path_of(entry.file)] = entry.attributes, entry.size, entry.modified
            if isinstance(entry.file, FakeDirectory):
                directories.append(entry.file)
    return found


class TestFinding:
    def test_a_name_in_a_directory(self, machine: Machine) -> None:
        machine.drive.make_directory(["DIR"])
        file = machine.drive.create(["DIR", "FILE.TXT"])
        assert machine.drive.find(["DIR", "FILE.TXT"]) is file
        assert machine.drive.path_of(file) == r"C:\DIR\FILE.TXT"

    def test_the_root(self, drive: Drive) -> None:
        assert drive.find([]) is drive.root is drive.directory([])
        assert drive.path_of(drive.root) == "C:\\"

    def test_nothing(self, drive: Drive) -> None:
        assert drive.find(["NOSUCH"]) is None

    @pytest.mark.parametrize("name", ["NODIR", "FILE.TXT", "A*", "<|>", " "])
    def test_nothing_below_what_is_no_directory(self, machine: Machine, name: str) -> None:
        machine.make("FILE.TXT")
        with refused(ErrorCode.PATH_NOT_FOUND, machine.drive):
            machine.drive.find([name, "X"])
        with refused(ErrorCode.PATH_NOT_FOUND, machine.drive):
            machine.drive.directory([name])

    @pytest.mark.parametrize("pattern", ["*.*", "FOO?", "*", "????????.???"])
    def test_no_wildcards(self, machine: Machine, pattern: str) -> None:
        machine.make("FOO1")
        assert machine.drive.find([pattern]) is None

    @pytest.mark.parametrize(
        ("host", "asked"),
        [
            ("readme.txt", "README.TXT"),
            ("Long File Name.text", "LONG FILE NAME.TEXT"),
            ("Long File Name.text", "LONGFI~1.TEX"),
            ("résumé.doc", "RESUME.DOC"),
            ("archive.tar.gz", "ARCHIVE.TAR.GZ"),
            ("archive.tar.gz", "ARCHIV~1.GZ"),
            ("LONGNAME.TXT", "LONGNAMEINDEED.TXT"),
            ("hello_world.com", "HELLO_WORLD.COM"),
            ("my file", "MYFILE~1"),
            ("日本.txt", "__~1.TXT"),
        ],
    )
    def test_what_python_made(self, machine: Machine, host: str, asked: str) -> None:
        file = machine.filesystem.create_file(f"/dos/C/{host}")
        assert machine.drive.find([asked]) is file

    def test_an_exact_name_before_all_others(self, machine: Machine) -> None:
        machine.filesystem.is_case_sensitive = True
        lower = machine.filesystem.create_file("/dos/C/foo.txt")
        mixed = machine.filesystem.create_file("/dos/C/Foo.Txt")
        assert machine.drive.find(["FOO.TXT"]) is lower
        exact = machine.filesystem.create_file("/dos/C/FOO.TXT")
        assert machine.drive.find(["FOO.TXT"]) is exact
        names = {entry.file: entry.name for entry in machine.drive.entries(machine.drive.root)}
        assert names[exact] == "FOO.TXT"
        assert sorted((names[lower], names[mixed])) == ["FOO~1.TXT", "FOO~2.TXT"]

    def test_what_python_changed_meanwhile(self, machine: Machine) -> None:
        machine.filesystem.create_file("/dos/C/lower.txt")
        assert machine.drive.find(["LOWER.TXT"]) is not None
        machine.os.remove("/dos/C/lower.txt")
        assert machine.drive.find(["LOWER.TXT"]) is None
        again = machine.filesystem.create_file("/dos/C/Lower.txt")
        assert machine.drive.find(["LOWER.TXT"]) is again

    def test_a_directory_python_renamed(self, machine: Machine) -> None:
        machine.drive.make_directory(["OLD"])
        file = machine.drive.create(["OLD", "X"])
        machine.os.rename("/dos/C/OLD", "/dos/C/brand new")
        assert machine.drive.find(["BRANDN~1", "X"]) is file
        assert machine.drive.path_of(file) == r"C:\BRANDN~1\X"

    @pytest.mark.skipif(os.name == "nt", reason="links need privileges there")
    def test_no_links(self, machine: Machine) -> None:
        machine.filesystem.create_file("/secret", contents="host")
        machine.filesystem.create_symlink("/dos/C/LINK", "/secret")
        machine.filesystem.create_symlink("/dos/C/BROKEN", "/nowhere")
        machine.filesystem.create_symlink("/dos/C/UP", "/")
        assert machine.drive.entries(machine.drive.root) == []
        assert machine.drive.find(["LINK"]) is None
        with refused(ErrorCode.PATH_NOT_FOUND, machine.drive):
            machine.drive.find(["UP", "SECRET"])
        with refused(ErrorCode.ACCESS_DENIED, machine.drive):
            machine.drive.create(["LINK"])

    def test_a_name_that_is_there_is_no_search(
        self, machine: Machine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = machine.make("FILE.TXT")
        monkeypatch.setattr(Drive, "_short_names", None)
        assert machine.drive.find(["FILE.TXT"]) is file


class TestEntries:
    def test_tell_what_a_directory_shows(self, machine: Machine) -> None:
        machine.make("FILE.TXT", b"12345")
        machine.drive.make_directory(["DIR"])
        file, directory = machine.drive.entries(machine.drive.root)
        assert (file.name, file.size, file.attributes, file.modified) == ("FILE.TXT", 5, 0x20, NOW)
        assert (directory.name, directory.size, directory.attributes) == ("DIR", 0, 0x10)
        assert directory.modified == NOW

    def test_are_in_order_of_creation(self, machine: Machine) -> None:
        for name in "ZAMB":
            machine.make(name)
        assert "".join(entry.name for entry in machine.drive.entries(machine.drive.root)) == "ZAMB"

    def test_show_the_size_of_a_file_that_is_being_written(self, machine: Machine) -> None:
        machine.drive.write(machine.make("FILE"), 0, b"123")
        (entry,) = machine.drive.entries(machine.drive.root)
        assert entry.size == 3

    def test_have_aliases_that_stay(self, machine: Machine) -> None:
        for number in range(3):
            machine.filesystem.create_file(f"/dos/C/long name {number}.txt")
        entries = machine.drive.entries(machine.drive.root)
        assert [entry.name for entry in entries] == ["LONGNA~1.TXT", "LONGNA~2.TXT", "LONGNA~3.TXT"]
        machine.drive.delete(["LONGNA~1.TXT"])
        assert [entry.name for entry in machine.drive.entries(machine.drive.root)] == [
            "LONGNA~2.TXT",
            "LONGNA~3.TXT",
        ]
        assert entries[2].long_name == "long name 2.txt"


class TestCreating:
    def test_a_file(self, machine: Machine) -> None:
        file = machine.drive.create(["NEW.TXT"])
        assert machine.drive.size(file) == 0
        assert machine.drive.attributes(file) == metadata.ARCHIVE
        assert machine.drive.modified(file) == NOW
        assert machine.os.listdir("/dos/C") == ["NEW.TXT"]
        assert machine.actions(r"C:\NEW.TXT") == ["created"]

    def test_a_file_with_attributes(self, machine: Machine) -> None:
        file = machine.drive.create(["NEW.TXT"], metadata.READ_ONLY | metadata.HIDDEN)
        assert machine.drive.attributes(file) == 0x23
        assert machine.drive.write(file, 0, b"the creator may write") == 21

    def test_a_long_name_cuts_it(self, machine: Machine) -> None:
        machine.drive.create(["LONGFILENAME.HTML"])
        assert machine.os.listdir("/dos/C") == ["LONGFILE.HTM"]
        assert machine.drive.find(["LONGFILENAME.HTML"]) is not None

    def test_over_a_file_abandons_what_it_held(self, machine: Machine) -> None:
        old = machine.make("KEY", b"secret")
        assert machine.drive.create(["KEY"]) is old
        assert machine.drive.size(old) == 0
        assert machine.actions(r"C:\KEY")[-1] == "replaced"
        machine.drive.delete(["KEY"])
        deleted = machine.journal.deleted[r"C:\KEY"]
        assert not deleted.zeroed
        assert [str(lost) for lost in deleted.abandoned] == [
            "6 bytes at offset 0 abandoned: created anew over 6 bytes"
        ]

    def test_over_what_python_called_otherwise_takes_that(self, machine: Machine) -> None:
        file = machine.filesystem.create_file("/dos/C/lower.txt", contents="x")
        assert machine.drive.create(["LOWER.TXT"]) is file
        assert machine.os.listdir("/dos/C") == ["lower.txt"]

    @pytest.mark.parametrize("attributes", [metadata.VOLUME_LABEL, metadata.DIRECTORY])
    def test_labels_and_directories_is_refused(self, drive: Drive, attributes: int) -> None:
        with refused(ErrorCode.ACCESS_DENIED, drive):
            drive.create(["X"], attributes)

    def test_over_a_read_only_file_is_refused(self, drive: Drive) -> None:
        drive.create(["X"], metadata.READ_ONLY)
        with refused(ErrorCode.ACCESS_DENIED, drive):
            drive.create(["X"])

    def test_over_a_directory_is_refused(self, drive: Drive) -> None:
        drive.make_directory(["DIR"])
        with refused(ErrorCode.ACCESS_DENIED, drive):
            drive.create(["DIR"])
        with refused(ErrorCode.ACCESS_DENIED, drive):
            drive.create([])

    @pytest.mark.parametrize("name", ["CON", "NUL.TXT", "LPT1"])
    def test_a_device_is_refused(self, drive: Drive, name: str) -> None:
        with refused(ErrorCode.ACCESS_DENIED, drive):
            drive.create([name])

    @pytest.mark.parametrize("name", ["A*", "A?", "A+B", "A:B", "A<", "A.B.C", ".A", "\x01", "日"])
    def test_an_illegal_name_is_refused(self, machine: Machine, name: str) -> None:
        with refused(ErrorCode.PATH_NOT_FOUND, machine.drive):
            machine.drive.create([name])
        with refused(ErrorCode.PATH_NOT_FOUND, machine.drive):
            machine.drive.make_directory([name])
        assert machine.os.listdir("/dos/C") == []

    def test_in_no_directory_is_refused(self, drive: Drive) -> None:
        with refused(ErrorCode.PATH_NOT_FOUND, drive):
            drive.create(["NODIR", "X"])

    def test_in_a_directory_of_another_user_works_for_every_user(
        self, machine: Machine, request: pytest.FixtureRequest
    ) -> None:
        request.addfinalizer(helpers.reset_ids)
        helpers.set_uid(helpers.get_uid() + 1000)
        machine.drive.make_directory(["DIR"]).stat_result.st_mode = 0o040555
        machine.drive.create(["DIR", "X"])
        machine.drive.rename(["DIR", "X"], ["DIR", "Y"])
        machine.drive.delete(["DIR", "Y"])
        assert machine.drive.directory(["DIR"]).stat_result.st_mode == 0o040555


class TestDeleting:
    def test_a_file(self, machine: Machine) -> None:
        machine.make("FILE.TXT", b"contents")
        machine.drive.delete(["FILE.TXT"])
        assert machine.drive.find(["FILE.TXT"]) is None
        deleted = machine.journal.deleted[r"C:\FILE.TXT"]
        assert bytes(deleted) == b"contents"
        assert not deleted.zeroed
        assert machine.actions(r"C:\FILE.TXT") == ["created", "written", "deleted"]

    def test_a_file_that_was_zeroed_in_place(self, machine: Machine) -> None:
        file = machine.make("KEY", b"secret")
        machine.drive.write(file, 0, bytes(6))
        machine.drive.delete(["KEY"])
        assert machine.journal.deleted[r"C:\KEY"].zeroed

    def test_a_file_that_is_open_leaves_it_to_those_who_have_it(self, machine: Machine) -> None:
        file = machine.make("FILE", b"contents")
        machine.drive.delete(["FILE"])
        assert machine.drive.read(file, 0, 100) == b"contents"
        assert machine.drive.write(file, 8, b", still") == 7
        machine.drive.commit()
        assert machine.drive.read(file, 0, 100) == b"contents, still"
        assert machine.drive.find(["FILE"]) is None

    @pytest.mark.skipif(os.name == "nt", reason="Windows deletes no open file")
    def test_a_file_that_python_has_open_shows_it_the_zeros(self, machine: Machine) -> None:
        file = machine.make("KEY", b"secret")
        with machine.open("/dos/C/KEY", "rb") as stream:
            machine.drive.write(file, 0, bytes(6))
            machine.drive.delete(["KEY"])
            assert stream.read() == bytes(6)

    def test_nothing_is_refused(self, drive: Drive) -> None:
        with refused(ErrorCode.FILE_NOT_FOUND, drive):
            drive.delete(["NOSUCH"])
        with refused(ErrorCode.PATH_NOT_FOUND, drive):
            drive.delete(["NODIR", "X"])

    def test_directories_and_read_only_files_is_refused(self, drive: Drive) -> None:
        drive.make_directory(["DIR"])
        drive.create(["FILE"], metadata.READ_ONLY)
        for parts in (["DIR"], ["FILE"], []):
            with refused(ErrorCode.ACCESS_DENIED, drive):
                drive.delete(parts)


class TestRenaming:
    def test_a_file(self, machine: Machine) -> None:
        file = machine.make("OLD", b"contents")
        machine.drive.rename(["OLD"], ["NEW.TXT"])
        assert machine.drive.find(["OLD"]) is None
        assert machine.drive.find(["NEW.TXT"]) is file
        assert machine.open("/dos/C/NEW.TXT", "rb").read() == b"contents"
        event = machine.journal.history(r"C:\NEW.TXT")[-1]
        assert str(event) == r"C:\OLD renamed, now C:\NEW.TXT [python]"

    def test_into_another_directory(self, machine: Machine) -> None:
        file = machine.make("FILE", b"1234")
        free = machine.drive.free
        machine.drive.make_directory(["DIR"])
        machine.drive.rename(["FILE"], ["DIR", "FILE"])
        assert machine.drive.path_of(file) == r"C:\DIR\FILE"
        assert machine.drive.free == free

    def test_a_directory_with_all_in_it(self, machine: Machine) -> None:
        machine.drive.make_directory(["OLD"])
        file = machine.drive.create(["OLD", "FILE"])
        machine.drive.write(file, 0, b"1")
        machine.drive.rename(["OLD"], ["NEW"])
        machine.drive.write(file, 1, b"2")
        assert machine.drive.find(["NEW", "FILE"]) is file
        assert machine.actions(r"C:\NEW\FILE") == ["created", "written"]
        assert machine.drive.size(file) == 2

    def test_a_read_only_file(self, machine: Machine) -> None:
        file = machine.drive.create(["OLD"], metadata.READ_ONLY)
        machine.drive.rename(["OLD"], ["NEW"])
        assert machine.drive.attributes(file) & metadata.READ_ONLY

    def test_a_directory_into_another_is_refused(self, drive: Drive) -> None:
        drive.make_directory(["A"])
        drive.make_directory(["B"])
        with refused(ErrorCode.ACCESS_DENIED, drive):
            drive.rename(["A"], ["B", "A"])
        with refused(ErrorCode.ACCESS_DENIED, drive):
            drive.rename(["A"], ["A", "A"])

    def test_to_a_name_that_is_taken_is_refused(self, machine: Machine) -> None:
        machine.make("A", b"a")
        machine.make("B", b"b")
        for target in (["B"], ["A"], []):
            with refused(ErrorCode.ACCESS_DENIED, machine.drive):
                machine.drive.rename(["A"], target)
        assert machine.journal.deleted == {}

    def test_nothing_is_refused(self, drive: Drive) -> None:
        with refused(ErrorCode.FILE_NOT_FOUND, drive):
            drive.rename(["NOSUCH"], ["X"])

    def test_to_an_illegal_place_or_name_is_refused(self, machine: Machine) -> None:
        machine.make("A")
        for target in (["NODIR", "A"], ["A+B"], ["A*"]):
            with refused(ErrorCode.PATH_NOT_FOUND, machine.drive):
                machine.drive.rename(["A"], target)
        with refused(ErrorCode.ACCESS_DENIED, machine.drive):
            machine.drive.rename(["A"], ["CON"])
        assert machine.drive.find(["A"]) is not None


class TestDirectories:
    def test_come_and_go(self, machine: Machine) -> None:
        machine.drive.make_directory(["A"])
        machine.drive.make_directory(["A", "B"])
        assert machine.os.path.isdir("/dos/C/A/B")
        machine.drive.remove_directory(["A", "B"])
        machine.drive.remove_directory(["A"])
        assert machine.os.listdir("/dos/C") == []

    def test_that_are_not_empty_stay(self, machine: Machine) -> None:
        machine.drive.make_directory(["A"])
        machine.drive.create(["A", "X"])
        with refused(ErrorCode.ACCESS_DENIED, machine.drive):
            machine.drive.remove_directory(["A"])

    def test_cannot_be_made_twice(self, machine: Machine) -> None:
        machine.make("FILE")
        machine.drive.make_directory(["A"])
        for parts in (["A"], ["FILE"], [], ["NUL"]):
            with refused(ErrorCode.ACCESS_DENIED, machine.drive):
                machine.drive.make_directory(parts)

    def test_that_are_none_cannot_be_removed(self, machine: Machine) -> None:
        machine.make("FILE")
        for parts in (["NOSUCH"], ["FILE"], ["NOSUCH", "A"]):
            with refused(ErrorCode.PATH_NOT_FOUND, machine.drive):
                machine.drive.remove_directory(parts)
        with refused(ErrorCode.ACCESS_DENIED, machine.drive):
            machine.drive.remove_directory([])


class TestAttributes:
    def test_are_kept_where_samba_keeps_them(self, machine: Machine) -> None:
        file = machine.make("FILE")
        machine.drive.set_attributes(file, metadata.HIDDEN | metadata.SYSTEM)
        assert machine.drive.attributes(file) == 6
        assert file.xattr == {"user.DOSATTRIB": b"0x6"}

    def test_read_only_is_what_python_sees_too(self, machine: Machine) -> None:
        file = machine.make("FILE")
        machine.drive.set_attributes(file, metadata.READ_ONLY)
        assert machine.os.stat("/dos/C/FILE").st_mode & 0o222 == 0
        machine.drive.set_attributes(file, 0)
        assert machine.os.stat("/dos/C/FILE").st_mode & 0o200
        assert machine.drive.attributes(file) == 0

    def test_of_what_python_made_are_archive(self, machine: Machine) -> None:
        file = machine.filesystem.create_file("/dos/C/FILE")
        assert machine.drive.attributes(file) == metadata.ARCHIVE
        machine.os.chmod("/dos/C/FILE", 0o444)
        assert machine.drive.attributes(file) == metadata.ARCHIVE | metadata.READ_ONLY

    @pytest.mark.parametrize("rubbish", [b"", b"rubbish", b"\0\0\5\0\5\0\0\0", b"0xFFFF"])
    def test_that_somebody_spoiled_do_no_harm(self, machine: Machine, rubbish: bytes) -> None:
        file = machine.make("FILE")
        file.xattr["user.DOSATTRIB"] = rubbish
        assert machine.drive.attributes(file) & ~0x27 == 0

    def test_of_directories_always_say_so(self, drive: Drive) -> None:
        directory = drive.make_directory(["DIR"])
        drive.set_attributes(directory, metadata.HIDDEN | metadata.READ_ONLY)
        assert drive.attributes(directory) == 0x13
        drive.create(["DIR", "X"])

    @pytest.mark.parametrize("bits", [metadata.VOLUME_LABEL, metadata.DIRECTORY])
    def test_that_say_what_a_file_is_cannot_be_set(self, machine: Machine, bits: int) -> None:
        file = machine.make("FILE")
        with refused(ErrorCode.ACCESS_DENIED, machine.drive):
            machine.drive.set_attributes(file, bits)

    def test_writing_sets_archive(self, machine: Machine) -> None:
        file = machine.make("FILE")
        machine.drive.set_attributes(file, metadata.HIDDEN)
        machine.drive.write(file, 0, b"x")
        assert machine.drive.attributes(file) == metadata.HIDDEN | metadata.ARCHIVE


class TestTimes:
    def test_are_those_of_the_last_write(self, machine: Machine) -> None:
        file = machine.make("FILE")
        machine.now += dt.timedelta(days=1)
        machine.drive.write(file, 0, b"x")
        assert machine.drive.modified(file) == machine.now

    def test_are_those_of_the_close_behind_it(self, machine: Machine) -> None:
        file = machine.make("FILE")
        machine.drive.write(file, 0, b"x")
        machine.now += dt.timedelta(hours=1)
        machine.drive.commit(file)
        assert machine.drive.modified(file) == machine.now

    def test_that_were_set_outlast_the_close(self, machine: Machine) -> None:
        file = machine.make("FILE")
        moment = dt.datetime(1987, 4, 2, 12, 34, 56)  # noqa: DTZ001 - as above
        machine.drive.write(file, 0, b"x")
        machine.drive.set_modified(file, moment)
        machine.drive.commit(file)
        assert machine.drive.modified(file) == moment

    def test_that_were_set_fall_to_a_later_write(self, machine: Machine) -> None:
        file = machine.make("FILE")
        machine.drive.set_modified(file, dt.datetime(1987, 4, 2))  # noqa: DTZ001 - as above
        machine.drive.write(file, 0, b"x")
        assert machine.drive.modified(file) == NOW

    @pytest.mark.parametrize(
        ("seconds", "year"),
        [(0, 1980), (-(10**9), 1980), (10**10, 2107), (10**18, 2107), (700_000_000, 1992)],
    )
    def test_of_other_ages_move_into_that_of_dos(
        self, machine: Machine, seconds: int, year: int
    ) -> None:
        file = machine.make("FILE")
        file.stat_result.st_mtime_ns = seconds * 10**9
        assert machine.drive.modified(file).year == year


class TestReadOnlyDrives:
    @pytest.fixture
    def drive(self, machine: Machine) -> Drive:
        machine.make("FILE", b"contents")
        machine.drive.make_directory(["DIR"])
        machine.drive.read_only = True
        return machine.drive

    def test_are_read(self, drive: Drive) -> None:
        file = drive.find(["FILE"])
        assert file is not None
        assert drive.read(file, 0, 99) == b"contents"

    def test_refuse_every_change(self, drive: Drive) -> None:
        file = drive.find(["FILE"])
        assert file is not None
        for change in (
            lambda: drive.create(["NEW"]),
            lambda: drive.create(["FILE"]),
            lambda: drive.delete(["FILE"]),
            lambda: drive.rename(["FILE"], ["NEW"]),
            lambda: drive.make_directory(["NEW"]),
            lambda: drive.remove_directory(["DIR"]),
            lambda: drive.set_attributes(file, 0),
            lambda: drive.set_modified(file, NOW),
            lambda: drive.write(file, 0, b"x"),
            lambda: drive.truncate(file, 0),
        ):
            with refused(ErrorCode.ACCESS_DENIED, drive):
                change()
        assert drive.read(file, 0, 99) == b"contents"
