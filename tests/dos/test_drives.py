"""The drives of a machine: letters, paths, directories of the host, a tree shared with Python."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyfakefs import helpers
from pyfakefs.fake_file import FakeFile
from pyfakefs.fake_filesystem import FakeFilesystem

from pytest_almostism.dos.drive import Drive
from pytest_almostism.dos.drives import Drives
from pytest_almostism.dos.errorcode import DosError
from pytest_almostism.witness import Journal

NOW = dt.datetime(1991, 6, 11, 5, 0)  # noqa: DTZ001 - DOS knows no time zones
HERE = Path(__file__).parent


def make_drives(filesystem: FakeFilesystem | None = None) -> Drives:
    return Drives(filesystem or FakeFilesystem(), now=lambda: NOW, journal=Journal())


@pytest.fixture
def drives() -> Drives:
    drives = make_drives()
    drives.add("C")
    drives.add("D")
    drives["C"].make_directory(["DIR"])
    drives["C"].make_directory(["DIR", "SUB"])
    return drives


def names(drive: Drive) -> list[str]:
    return [entry.name for entry in drive.entries(drive.root)]


def contents(drives: Drives, path: str) -> bytes:
    drive, parts = drives.resolve(path)
    file = drive.find(parts)
    assert file is not None
    return drive.read(file, 0, drive.size(file))


class TestLetters:
    def test_are_those_that_were_added(self, drives: Drives) -> None:
        assert list(drives) == ["C", "D"]
        assert len(drives) == 2
        assert drives["C"].letter == "C"
        assert "E" not in drives

    @pytest.mark.parametrize("letter", ["e", "E", "e:"])
    def test_may_be_small_and_have_a_colon(self, drives: Drives, letter: str) -> None:
        assert drives.add(letter) is drives["E"]

    @pytest.mark.parametrize("letter", ["", "EE", "1", "Ä", ":", "C:\\"])
    def test_are_from_a_to_z(self, drives: Drives, letter: str) -> None:
        with pytest.raises(ValueError, match="a drive has a letter from A to Z, not"):
            drives.add(letter)

    def test_are_given_once(self, drives: Drives) -> None:
        with pytest.raises(ValueError, match="there is a drive C: already"):
            drives.add("C")

    def test_have_directories_in_the_file_system(self, drives: Drives) -> None:
        drives["C"].create(["FILE"])
        assert drives.filesystem.exists("/dos/C/FILE")
        assert drives.filesystem.exists("/dos/D")

    def test_of_an_earlier_machine_keep_what_was_there(self, drives: Drives) -> None:
        again = make_drives(drives.filesystem)
        again.add("C")
        assert names(again["C"]) == ["DIR"]

    def test_may_have_a_label_and_a_size(self, drives: Drives) -> None:
        floppy = drives.add("A", label="GAMES", capacity=1_474_560)
        assert (floppy.label, floppy.capacity, floppy.free) == ("GAMES", 1_474_560, 1_474_560)


class TestResolving:
    @pytest.mark.parametrize(
        ("path", "letter", "parts"),
        [
            (r"C:\FILE.TXT", "C", ["FILE.TXT"]),
            (r"c:\dir\file.txt", "C", ["DIR", "FILE.TXT"]),
            ("FILE", "C", ["DIR", "SUB", "FILE"]),
            ("..\\FILE", "C", ["DIR", "FILE"]),
            ("../../file", "C", ["FILE"]),
            (".", "C", ["DIR", "SUB"]),
            ("C:", "C", ["DIR", "SUB"]),
            ("\\", "C", []),
            ("D:FILE", "D", ["FILE"]),
            ("D:\\", "D", []),
            (r"\DIR\..\DIR\.\SUB", "C", ["DIR", "SUB"]),
        ],
    )
    def test_starts_at_the_current_directory(
        self, drives: Drives, path: str, letter: str, parts: list[str]
    ) -> None:
        drives.change_directory(r"C:\DIR\SUB")
        assert drives.resolve(path) == (drives[letter], parts)

    @pytest.mark.parametrize(
        "path", ["..", r"\..", r"C:\DIR\..\..", "Z:\\FILE", "1:X", "DIR\\", "é:\\"]
    )
    def test_refuses_what_is_no_path(self, drives: Drives, path: str) -> None:
        with pytest.raises(DosError, match="path not found"):
            drives.resolve(path)

    def test_refuses_an_empty_path(self, drives: Drives) -> None:
        with pytest.raises(DosError, match="file not found"):
            drives.resolve("")

    @given(path=st.text("CZ:\\/.. AB*?~éß日\0", max_size=300))
    def test_never_fails_but_with_an_error_of_dos(self, path: str) -> None:
        drives = make_drives()
        drives.add("C")
        for question in (drives.truename, drives.change_directory, lambda path: look(drives, path)):
            with suppress(DosError):
                question(path)
        assert drives.current_directory("C") == ""


def look(drives: Drives, path: str) -> FakeFile | None:
    drive, parts = drives.resolve(path)
    return drive.find(parts)


class TestTruename:
    @pytest.mark.parametrize(
        ("path", "truename"),
        [
            ("file.txt", r"C:\DIR\FILE.TXT"),
            ("..", "C:\\"),
            ("D:", "D:\\"),
            ("*.c", r"C:\DIR\????????.C"),
            (r"\nodir\LongFileName.html", r"C:\NODIR\LONGFILE.HTM"),
            (r"..\long name.txt", r"C:\LONGNA~1.TXT"),
        ],
    )
    def test_is_full_and_short(self, drives: Drives, path: str, truename: str) -> None:
        drives.filesystem.create_file("/dos/C/long name.txt")
        drives.change_directory("DIR")
        assert drives.truename(path) == truename


class TestCurrentDirectory:
    def test_is_one_a_drive(self, drives: Drives) -> None:
        drives["D"].make_directory(["GAMES"])
        drives.change_directory(r"dir\sub")
        drives.change_directory("D:GAMES")
        assert drives.current_directory() == r"DIR\SUB"
        assert drives.current_directory("D") == "GAMES"
        drives.current = "D"
        assert drives.truename("X") == r"D:\GAMES\X"
        assert drives.truename("C:X") == r"C:\DIR\SUB\X"

    def test_of_the_root_is_empty(self, drives: Drives) -> None:
        drives.change_directory("DIR")
        drives.change_directory("..")
        assert drives.current_directory("C") == ""

    def test_is_kept_in_short_names(self, drives: Drives) -> None:
        drives.filesystem.create_dir("/dos/C/Program Files")
        drives.change_directory("program files")
        assert drives.cwd["C"] == ["PROGRA~1"]

    @pytest.mark.parametrize("path", ["NODIR", r"\FILE", r"DIR\NODIR", "Z:\\"])
    def test_is_a_directory(self, drives: Drives, path: str) -> None:
        drives["C"].create(["FILE"])
        with pytest.raises(DosError, match="path not found"):
            drives.change_directory(path)
        assert drives.current_directory("C") == ""


class TestMounting:
    @pytest.fixture
    def host(self, tmp_path: Path) -> Path:
        """A directory of the host with what people have in theirs."""
        (tmp_path / "src" / "sub").mkdir(parents=True)
        (tmp_path / "src" / "hello_world.asm").write_bytes(b"mov ax,4C00h\r\n")
        (tmp_path / "src" / "sub" / "deep.txt").write_bytes(b"deep")
        (tmp_path / "src" / "Makefile").write_bytes(b"all:\n")
        (tmp_path / "secret.txt").write_bytes(b"secret")
        return tmp_path / "src"

    def test_shows_the_directory(self, drives: Drives, host: Path) -> None:
        drive = drives.mount("E", host)
        assert names(drive) == ["MAKEFILE", "HELLO_~1.ASM", "SUB"]
        assert contents(drives, "E:hello_world.asm") == b"mov ax,4C00h\r\n"
        assert contents(drives, r"E:\SUB\DEEP.TXT") == b"deep"
        assert drives.truename(r"E:\SUB\..\HELLO_WORLD.ASM") == r"E:\HELLO_~1.ASM"

    def test_reads_nothing_before_it_is_asked(self, drives: Drives, host: Path) -> None:
        drive = drives.mount("E", host)
        (host / "LATER.TXT").touch()
        assert "LATER.TXT" in names(drive)

    def test_never_writes_to_the_host(self, drives: Drives, host: Path) -> None:
        before = snapshot(host)
        drive = drives.mount("E:", host)
        file = drive.find(["MAKEFILE"])
        assert file is not None
        drive.write(file, 0, b"ALL")
        drive.write(drive.create(["NEW.TXT"]), 0, b"new")
        drive.rename(["SUB", "DEEP.TXT"], ["UP.TXT"])
        drive.delete(["HELLO_~1.ASM"])
        drive.remove_directory(["SUB"])
        drive.commit()
        assert names(drive) == ["MAKEFILE", "NEW.TXT", "UP.TXT"]
        assert contents(drives, "E:MAKEFILE") == b"ALL:\n"
        assert contents(drives, "E:UP.TXT") == b"deep"
        assert bytes(drives.journal.deleted[r"E:\HELLO_~1.ASM"]) == b"mov ax,4C00h\r\n"
        assert snapshot(host) == before

    def test_read_only_refuses_changes(self, drives: Drives, host: Path) -> None:
        drive = drives.mount("E", host, read_only=True)
        with pytest.raises(DosError, match="access denied"):
            drive.create(["NEW.TXT"])
        with pytest.raises(DosError, match="access denied"):
            drive.delete(["MAKEFILE"])
        assert contents(drives, "E:MAKEFILE") == b"all:\n"
        assert [entry.attributes for entry in drive.entries(drive.root)] == [0x21, 0x21, 0x10]

    def test_lists_names_in_order_on_every_host(self, drives: Drives, tmp_path: Path) -> None:
        for number in range(0, 3700, 37):
            (tmp_path / f"{number % 100:03}.TXT").touch()
        drive = drives.mount("E", tmp_path)
        assert names(drive) == [f"{number:03}.TXT" for number in range(100)]

    def test_shows_no_links_and_no_way_out(self, drives: Drives, host: Path) -> None:
        try:
            (host / "link.txt").symlink_to(host / ".." / "secret.txt")
            (host / "up").symlink_to(host.parent, target_is_directory=True)
            (host / "broken").symlink_to(host / "nowhere")
        except OSError:
            pytest.skip("this user may not make symbolic links")
        drive = drives.mount("E", host)
        assert names(drive) == ["MAKEFILE", "HELLO_~1.ASM", "SUB"]
        for path in (r"E:\LINK.TXT", r"E:\BROKEN", r"E:\UP"):
            assert look(drives, path) is None
        for path in (r"E:\UP\SECRET.TXT", r"E:\..\SECRET.TXT", r"E:\SUB\..\..\SECRET.TXT"):
            with pytest.raises(DosError, match="path not found"):
                look(drives, path)

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the host has no pipes")
    def test_shows_no_pipes(self, drives: Drives, host: Path) -> None:
        os.mkfifo(host / "pipe")
        assert "PIPE" not in names(drives.mount("E", host))

    def test_of_a_file_that_vanished_is_a_read_fault(self, drives: Drives, host: Path) -> None:
        drive = drives.mount("E", host)
        file = drive.find(["MAKEFILE"])
        assert file is not None
        (host / "Makefile").unlink()
        with pytest.raises(DosError, match="read fault"):
            drive.read(file, 0, 1)

    def test_of_a_directory_that_vanished_is_denied(self, drives: Drives, host: Path) -> None:
        drive = drives.mount("E", host)
        shutil.rmtree(host)
        for _ in range(2):
            with pytest.raises(DosError, match="access denied"):
                drive.find(["MAKEFILE"])

    def test_of_another_user_takes_changes_all_the_same(
        self, drives: Drives, host: Path, request: pytest.FixtureRequest
    ) -> None:
        request.addfinalizer(helpers.reset_ids)
        request.addfinalizer(lambda: host.chmod(0o755))
        host.chmod(0o555)
        drive = drives.mount("E", host)
        helpers.set_uid(helpers.get_uid() + 1000)
        helpers.set_gid(helpers.get_gid() + 1000)
        drive.create(["NEW"])
        drive.delete(["MAKEFILE"])
        assert names(drive) == ["HELLO_~1.ASM", "SUB", "NEW"]

    def test_replaces_an_empty_drive(self, drives: Drives, host: Path) -> None:
        drives.mount("D", host)
        assert names(drives["D"]) == ["MAKEFILE", "HELLO_~1.ASM", "SUB"]

    def test_refuses_a_drive_with_files(self, drives: Drives, host: Path) -> None:
        with pytest.raises(ValueError, match="drive C: is not empty"):
            drives.mount("C", host)

    def test_refuses_a_letter_mounted_already(self, drives: Drives, host: Path) -> None:
        drives.mount("E", host)
        with pytest.raises(ValueError, match=r"drive E: is .*src.* already"):
            drives.mount("E", host.parent)
        with pytest.raises(ValueError, match=r"drive E: is .*src.* already"):
            drives.mount("E", host)

    def test_again_by_a_machine_that_shares_the_tree_shows_its_changes(
        self, drives: Drives, host: Path
    ) -> None:
        drives.mount("E", host).create(["NEW"])
        again = make_drives(drives.filesystem)
        assert "NEW" in names(again.mount("E", host))

    def test_refuses_what_is_no_directory(self, drives: Drives, host: Path) -> None:
        with pytest.raises(NotADirectoryError, match=r"only a directory can be a drive.*Makefile"):
            drives.mount("E", host / "Makefile")
        with pytest.raises(FileNotFoundError, match="nowhere"):
            drives.mount("E", host / "nowhere")
        assert list(drives) == ["C", "D"]
        drives.mount("E", host)

    def test_of_a_relative_path_outlasts_a_change_of_directory(
        self, drives: Drives, host: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(host)
        drive = drives.mount("E", "sub")
        monkeypatch.chdir(host.parent)
        assert names(drive) == ["DEEP.TXT"]


def snapshot(directory: Path) -> dict[str, bytes | None]:
    return {
        str(path): path.read_bytes() if path.is_file() else None
        for path in sorted(directory.rglob("*"))
    }


class TestSharingWithPython:
    """One tree for a guest and for code that pyfakefs patches."""

    @pytest.fixture
    def drives(self, fs: FakeFilesystem) -> Drives:
        drives = make_drives(fs)
        drives.add("C")
        return drives

    def test_dos_reads_what_python_wrote(self, drives: Drives) -> None:
        Path("/dos/C/report.txt").write_bytes(b"from Python")
        assert contents(drives, r"C:\REPORT.TXT") == b"from Python"

    def test_python_reads_what_dos_committed(self, drives: Drives) -> None:
        file = drives["C"].create(["OUT.TXT"])
        drives["C"].write(file, 0, b"from DOS")
        drives["C"].commit()
        assert Path("/dos/C/OUT.TXT").read_bytes() == b"from DOS"
        assert os.stat("/dos/C/OUT.TXT").st_size == 8  # noqa: PTH116 - as other people's code does

    def test_python_that_has_a_file_open_sees_dos_write_it(self, drives: Drives) -> None:
        drive, path = drives["C"], Path("/dos/C/LOG")
        path.write_bytes(b"one")
        with path.open("rb") as stream:
            assert stream.read() == b"one"
            file = drive.find(["LOG"])
            assert file is not None
            drive.write(file, 3, b" two")
            drive.commit()
            assert stream.read() == b" two"

    def test_dos_sees_python_rename_and_delete(self, drives: Drives) -> None:
        drives["C"].create(["A"])
        drives["C"].create(["B"])
        Path("/dos/C/A").rename("/dos/C/C")
        Path("/dos/C/B").unlink()
        assert names(drives["C"]) == ["C"]

    def test_python_sees_dos_rename_and_delete(self, drives: Drives) -> None:
        for name in "AB":
            drives["C"].create([name])
        drives["C"].rename(["A"], ["C"])
        drives["C"].delete(["B"])
        assert os.listdir("/dos/C") == ["C"]  # noqa: PTH208 - as other people's code does

    def test_a_directory_of_the_host_is_mounted_all_the_same(self, drives: Drives) -> None:
        drive = drives.mount("H", str(HERE))
        assert "TEST_D~1.PY" in names(drive)
        assert b"One tree for a guest" in contents(drives, r"H:\test_drives.py")

    def test_an_attribute_is_a_permission(self, drives: Drives) -> None:
        path = Path("/dos/C/FILE")
        path.write_bytes(b"")
        path.chmod(0o444)
        file = drives["C"].find(["FILE"])
        assert file is not None
        assert drives["C"].attributes(file) == 0x21
