r"""`DosPath`: files on emulated drives, handled as with `pathlib`."""

from __future__ import annotations

import datetime as dt
import errno
from collections.abc import Callable
from pathlib import Path

import pytest
from pyfakefs.fake_filesystem import FakeFilesystem

from pytest_almostism.dos.drives import Drives
from pytest_almostism.dos.path import DosPath
from pytest_almostism.witness import Journal

NOW = dt.datetime(1991, 6, 11, 5, 0)  # noqa: DTZ001 - DOS knows no time zones


@pytest.fixture
def drives() -> Drives:
    drives = Drives(FakeFilesystem(), now=lambda: NOW, journal=Journal())
    drives.add("C")
    return drives


@pytest.fixture
def path(drives: Drives) -> Callable[[str], DosPath]:
    return lambda name: DosPath(drives, name)


class TestNames:
    @pytest.mark.parametrize(
        ("given", "full"),
        [
            (r"c:\dir\file.txt", r"C:\DIR\FILE.TXT"),
            ("file.txt", r"C:\WORK\FILE.TXT"),
            ("/dir/file", r"C:\DIR\FILE"),
            ("..", "C:\\"),
            (r"..\..\..\file", r"C:\FILE"),
            ("", r"C:\WORK"),
            ("C:", r"C:\WORK"),
            ("C:\\", "C:\\"),
            ("dir\\", r"C:\WORK\DIR"),
            ("z:\\file", r"Z:\FILE"),
            ("LongFileName.html", r"C:\WORK\LONGFILE.HTM"),
        ],
    )
    def test_are_full_and_upper_case(
        self, drives: Drives, path: Callable[[str], DosPath], given: str, full: str
    ) -> None:
        path("WORK").mkdir()
        drives.change_directory("WORK")
        assert str(path(given)) == full

    def test_have_parts(self, path: Callable[[str], DosPath]) -> None:
        file = path(r"C:\DIR\FILE.TXT")
        assert (file.name, file.stem, file.suffix) == ("FILE.TXT", "FILE", ".TXT")
        assert file.parts == ("C:\\", "DIR", "FILE.TXT")
        assert file.drive == "C:"
        assert file.parent == path(r"C:\DIR")
        assert path("C:\\").parent == path("C:\\")
        assert (path("C:\\").name, path("MAKEFILE").suffix) == ("", "")

    def test_are_joined(self, path: Callable[[str], DosPath]) -> None:
        assert path("C:\\") / "dir" / "file.txt" == path(r"C:\DIR\FILE.TXT")

    def test_are_equal_when_they_mean_the_same(self, path: Callable[[str], DosPath]) -> None:
        assert {path("file"), path(r"C:\FILE"), path("./File")} == {path("FILE")}
        assert path("A") != path("B")
        assert path("A") != r"C:\A"
        assert sorted([path("B"), path("A")]) == [path("A"), path("B")]

    def test_of_other_machines_are_not_equal(self, path: Callable[[str], DosPath]) -> None:
        other = Drives(FakeFilesystem(), now=lambda: NOW, journal=Journal())
        assert path(r"C:\A") != DosPath(other, r"C:\A")

    def test_show_themselves(self, path: Callable[[str], DosPath]) -> None:
        assert repr(path("file")) == r"DosPath('C:\\FILE')"

    @pytest.mark.parametrize("pattern", ["*.TXT", r"A?\B"])
    def test_are_no_patterns(self, path: Callable[[str], DosPath], pattern: str) -> None:
        with pytest.raises(ValueError, match=r"is a pattern, not a path: use glob\(\)"):
            path(pattern)

    def test_of_long_names_are_their_aliases(
        self, drives: Drives, path: Callable[[str], DosPath]
    ) -> None:
        drives.filesystem.create_file("/dos/C/Long name.text", contents="x")
        assert str(path("long name.text")) == r"C:\LONGNA~1.TEX"
        assert path("long name.text").read_bytes() == b"x"

    def test_in_the_file_system_are_told(
        self, drives: Drives, path: Callable[[str], DosPath]
    ) -> None:
        drives.filesystem.create_file("/dos/C/Long name.text")
        assert Path(path("LONGNA~1.TEX").fake_path).as_posix().endswith("/dos/C/Long name.text")
        assert Path(path(r"NODIR\X").fake_path).as_posix().endswith("/dos/C/NODIR/X")


class TestFiles:
    def test_hold_bytes(self, path: Callable[[str], DosPath]) -> None:
        assert path("FILE").write_bytes(bytes(range(256))) == 256
        assert path("FILE").read_bytes() == bytes(range(256))
        path("FILE").write_bytes(b"short")
        assert path("FILE").read_bytes() == b"short"

    def test_are_seen_by_python_at_once(
        self, drives: Drives, path: Callable[[str], DosPath]
    ) -> None:
        path("FILE").write_bytes(b"12345")
        assert drives.filesystem.get_object(path("FILE").fake_path).byte_contents == b"12345"

    def test_hold_text_of_code_page_437(self, path: Callable[[str], DosPath]) -> None:
        path("FILE").write_text("Grüße\n½ π\n")
        assert path("FILE").read_bytes() == b"Gr\x81\xe1e\r\n\xab \xe3\r\n"
        assert path("FILE").read_text() == "Grüße\n½ π\n"

    def test_hold_text_of_other_kinds(self, path: Callable[[str], DosPath]) -> None:
        path("FILE").write_text("日本\n", encoding="utf-8", newline="\n")
        assert path("FILE").read_bytes() == "日本\n".encode()
        assert path("FILE").read_text(encoding="utf-8") == "日本\n"

    def test_have_lines_that_end_as_in_python(self, path: Callable[[str], DosPath]) -> None:
        path("FILE").write_bytes(b"a\r\nb\rc\nd")
        assert path("FILE").read_text() == "a\nb\nc\nd"

    def test_exist_or_not(self, path: Callable[[str], DosPath]) -> None:
        path("FILE").write_bytes(b"")
        path("DIR").mkdir()
        told = [(p.exists(), p.is_file(), p.is_dir()) for p in map(path, ("FILE", "DIR", "NO"))]
        assert told == [(True, True, False), (True, False, True), (False, False, False)]
        assert not path(r"FILE\X").exists()
        assert not path(r"NO\X").exists()
        assert not path(r"Z:\X").exists()
        assert path("C:\\").is_dir()

    def test_have_size_time_and_attributes(self, path: Callable[[str], DosPath]) -> None:
        path("FILE").write_bytes(b"12345")
        stat = path("FILE").stat()
        assert (stat.st_size, stat.modified, stat.attributes) == (5, NOW, 0x20)
        path("FILE").attributes = 0x03
        assert path("FILE").attributes == 0x03
        assert path("C:\\").stat().attributes == 0x10

    def test_are_touched(self, drives: Drives, path: Callable[[str], DosPath]) -> None:
        path("FILE").touch()
        assert path("FILE").read_bytes() == b""
        path("FILE").write_bytes(b"x")
        drives.now = lambda: NOW + dt.timedelta(days=1)
        path("FILE").touch()
        assert path("FILE").read_bytes() == b"x"
        assert path("FILE").stat().modified == NOW + dt.timedelta(days=1)
        with pytest.raises(FileExistsError, match="FILE"):
            path("FILE").touch(exist_ok=False)

    def test_are_renamed(self, path: Callable[[str], DosPath]) -> None:
        path("OLD").write_bytes(b"x")
        path("DIR").mkdir()
        new = path("OLD").rename(r"dir\new")
        assert new == path(r"C:\DIR\NEW")
        assert new.read_bytes() == b"x"
        assert not path("OLD").exists()
        assert new.rename(path("OLD")).read_bytes() == b"x"

    def test_are_deleted_and_remembered(self, path: Callable[[str], DosPath]) -> None:
        path("KEY").write_bytes(b"secret")
        assert path("KEY").deleted is None
        path("KEY").unlink()
        deleted = path("key").deleted
        assert deleted is not None
        assert bytes(deleted) == b"secret"
        assert [str(event) for event in path("KEY").history] == [
            r"C:\KEY created [python]",
            r"C:\KEY written: 6 bytes at offset 0 [python]",
            r"C:\KEY deleted, 6 bytes, not all of them zero [python]",
        ]

    def test_that_are_missing_may_be_deleted(self, path: Callable[[str], DosPath]) -> None:
        path("NO").unlink(missing_ok=True)
        path(r"NO\NO").unlink(missing_ok=True)
        with pytest.raises(FileNotFoundError):
            path("NO").unlink()


class TestDirectories:
    def test_come_and_go(self, path: Callable[[str], DosPath]) -> None:
        path("DIR").mkdir()
        (path("DIR") / "FILE").touch()
        assert list(path("DIR").iterdir()) == [path(r"DIR\FILE")]
        path(r"DIR\FILE").unlink()
        path("DIR").rmdir()
        assert list(path("C:\\").iterdir()) == []

    def test_come_with_their_parents(self, path: Callable[[str], DosPath]) -> None:
        path(r"A\B\C").mkdir(parents=True)
        path(r"A\B\C").mkdir(parents=True, exist_ok=True)
        assert path(r"A\B\C").is_dir()

    @pytest.mark.parametrize(
        ("pattern", "names"),
        [
            ("*.*", ["A.C", "AB.C", "B.TXT", "C"]),
            ("*", ["C"]),
            ("*.c", ["A.C", "AB.C"]),
            ("?.*", ["A.C", "B.TXT", "C"]),
            ("b.txt", ["B.TXT"]),
            ("*.exe", []),
        ],
    )
    def test_are_searched_with_wildcards(
        self, path: Callable[[str], DosPath], pattern: str, names: list[str]
    ) -> None:
        for name in ("A.C", "AB.C", "B.TXT", "C"):
            path(name).touch()
        assert [found.name for found in path("C:\\").glob(pattern)] == names

    def test_are_not_searched_below(self, path: Callable[[str], DosPath]) -> None:
        with pytest.raises(ValueError, match="only names have wildcards"):
            path("C:\\").glob(r"*\*.C")


class TestErrors:
    """They are Python's, and name the path."""

    @pytest.mark.parametrize("name", ["NO", r"NODIR\NO", r"FILE\NO", r"Z:\NO", "A.B.C", "CON.TXT"])
    @pytest.mark.parametrize(
        "ask",
        [
            DosPath.read_bytes,
            DosPath.read_text,
            DosPath.stat,
            DosPath.iterdir,
            DosPath.rmdir,
            DosPath.unlink,
            pytest.param(lambda path: path.attributes, id="attributes"),
            pytest.param(lambda path: path.rename("NEW"), id="rename"),
        ],
    )
    def test_of_a_missing_file(
        self, path: Callable[[str], DosPath], name: str, ask: Callable[[DosPath], object]
    ) -> None:
        path("FILE").touch()
        with pytest.raises(FileNotFoundError) as caught:
            ask(path(name))
        assert caught.value.filename == str(path(name))

    @pytest.mark.parametrize("name", [r"NODIR\X", r"FILE\X", r"Z:\X"])
    @pytest.mark.parametrize("make", [DosPath.touch, DosPath.mkdir])
    def test_of_a_missing_directory(
        self, path: Callable[[str], DosPath], name: str, make: Callable[[DosPath], object]
    ) -> None:
        path("FILE").touch()
        with pytest.raises(FileNotFoundError, match="no d"):
            make(path(name))

    @pytest.mark.parametrize("name", ["A.B.C", "A+B", ".A", "日"])
    @pytest.mark.parametrize("make", [DosPath.touch, DosPath.mkdir])
    def test_of_an_illegal_name(
        self, path: Callable[[str], DosPath], name: str, make: Callable[[DosPath], object]
    ) -> None:
        with pytest.raises(OSError, match="DOS has no such names") as caught:
            make(path(name))
        assert caught.value.errno == errno.EINVAL

    def test_of_a_directory_taken_for_a_file(self, path: Callable[[str], DosPath]) -> None:
        path("DIR").mkdir()
        for take in (DosPath.read_bytes, DosPath.unlink, lambda p: p.write_bytes(b"")):
            with pytest.raises(IsADirectoryError, match="DIR"):
                take(path("DIR"))

    def test_of_a_file_taken_for_a_directory(self, path: Callable[[str], DosPath]) -> None:
        path("FILE").touch()
        for take in (DosPath.iterdir, DosPath.rmdir, lambda p: p.glob("*.*")):
            with pytest.raises(NotADirectoryError, match="FILE"):
                take(path("FILE"))

    def test_of_what_exists_already(self, path: Callable[[str], DosPath]) -> None:
        path("FILE").touch()
        path("DIR").mkdir()
        for name in ("FILE", "DIR"):
            with pytest.raises(FileExistsError, match=name):
                path(name).mkdir()
            with pytest.raises(FileExistsError, match=name):
                path("FILE").rename(name)
        with pytest.raises(FileExistsError, match="FILE"):
            path("FILE").mkdir(exist_ok=True)

    def test_of_a_read_only_file(self, path: Callable[[str], DosPath]) -> None:
        path("FILE").touch()
        path("FILE").attributes = 1
        with pytest.raises(PermissionError, match=r"access denied.*FILE"):
            path("FILE").write_bytes(b"x")
        with pytest.raises(PermissionError, match=r"access denied.*FILE"):
            path("FILE").unlink()

    def test_of_a_device(self, path: Callable[[str], DosPath]) -> None:
        with pytest.raises(PermissionError, match="CON"):
            path("CON").write_bytes(b"x")

    def test_of_a_directory_with_files(self, path: Callable[[str], DosPath]) -> None:
        path(r"DIR\SUB").mkdir(parents=True)
        with pytest.raises(OSError, match="directory not empty") as caught:
            path("DIR").rmdir()
        assert caught.value.errno == errno.ENOTEMPTY

    def test_of_attributes_that_cannot_be_set(self, path: Callable[[str], DosPath]) -> None:
        path("FILE").touch()
        with pytest.raises(PermissionError, match="FILE"):
            path("FILE").attributes = 0x10

    def test_of_another_drive(self, drives: Drives, path: Callable[[str], DosPath]) -> None:
        drives.add("D")
        path("FILE").touch()
        with pytest.raises(OSError, match="another drive") as caught:
            path("FILE").rename(r"D:\FILE")
        assert caught.value.errno == errno.EXDEV

    def test_of_a_full_disk(self, drives: Drives, path: Callable[[str], DosPath]) -> None:
        drives.add("A", capacity=4)
        with pytest.raises(OSError, match="only 4 of 5 bytes fit") as caught:
            path("A:FILE").write_bytes(b"12345")
        assert caught.value.errno == errno.ENOSPC
