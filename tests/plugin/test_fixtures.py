"""The fixtures, as a project that knows nothing of the suite uses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_almostism import Dos, Scripture
from pytest_almostism.rites import READER

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyfakefs.fake_filesystem import FakeFilesystem

    from pytest_almostism import Witness

EXIT_7 = bytes.fromhex("B8 07 4C CD 21")
HELLO = bytes.fromhex("B4 09 BA 0C 01 CD 21 B8 00 4C CD 21") + b"Hello!\r\n$"


def test_a_program_runs(dos: Dos) -> None:
    result = dos.run(HELLO)

    assert result.output == "Hello!\n"
    assert result.exit_code == 0


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_gets_a_fresh_machine(dos: Dos, turn: int) -> None:
    assert not list(dos.path("C:\\").iterdir())
    assert dos.memory.read(0x5000, 0, 4) == bytes(4)
    dos.path("C:\\LEFT.TXT").write_text(f"by turn {turn}")
    dos.memory.write(0x5000, 0, b"left")


def test_the_disk_is_the_fake_file_system(dos: Dos, dos_filesystem: FakeFilesystem) -> None:
    path = dos.path("C:\\X.TXT")
    path.write_text("shared")

    assert dos_filesystem.get_object(path.fake_path).byte_contents == b"shared"


def test_the_factory_makes_machines_with_disks_of_their_own(
    dos_factory: Callable[..., Dos], dos: Dos
) -> None:
    other = dos_factory(drives="CD", memory_size=256)
    other.path("D:\\X.TXT").write_text("mine")

    assert not dos.path("C:\\X.TXT").exists()
    assert other.run(EXIT_7).exit_code == 7
    assert dos.run(EXIT_7).exit_code == 7


def test_the_witness_saw_it(dos: Dos, witness: Witness, scripture: Scripture) -> None:
    dos.path("C:\\HOLY.COM").write_bytes(bytes(scripture))

    dos.run(READER, "HOLY.COM")

    assert witness.deleted["C:\\HOLY.COM"].zeroed
    seen = witness.of("C:\\HOLY.COM")
    assert seen
    assert seen.deleted
    assert not seen.abandoned


def test_the_scripture_is_a_true_one(scripture: Scripture, scripture_under_test: bytes) -> None:
    assert Scripture.parse(scripture_under_test) == scripture
    assert 1 <= scripture.instance <= 255


def test_machines_are_switched_off_in_the_end(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest
        from pytest_almostism.dos import MachineError
        kept = []
        def test_one(dos_factory):
            kept.append(dos_factory())
        def test_two():
            with pytest.raises(MachineError, match="switched off"):
                kept[0].run(b"")
        """
    )
    pytester.runpytest_inprocess().assert_outcomes(passed=2)


def test_guest_and_python_share_the_tree_of_fs(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import os
        import pytest
        from pytest_almostism.rites import READER

        @pytest.fixture
        def dos_filesystem(fs):
            return fs

        def test_shared(dos, scripture):
            path = dos.path("HOLY.COM")
            with open(path.fake_path, "wb") as file:
                file.write(bytes(scripture))
            with open(path.fake_path, "rb") as kept:
                assert dos.run(READER, "HOLY.COM").exit_code == 0
                assert kept.read() == bytes(1023)
            assert not os.path.exists(path.fake_path)
        """
    )
    pytester.runpytest_inprocess().assert_outcomes(passed=1)


# ---- what a failure shows


def test_a_failure_shows_what_the_machine_did(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        f"""
        def test_it(dos):
            result = dos.run({HELLO!r})
            assert result.exit_code == 1
        def test_without_a_run(dos):
            assert False
        """
    )

    result = pytester.runpytest_inprocess()

    result.stdout.fnmatch_lines(
        [
            "*- DOS -*",
            "its calls:",
            "*INT 21h/09h * -> *",
            "*INT 21h/4Ch * -> *",
            "the screen:",
            "*| Hello! |",
        ]
    )
    assert str(result.stdout).count("- DOS -") == 1


def test_a_message_that_shows_it_is_enough(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        f"""
        from pytest_almostism import assert_exit_zero
        def test_it(dos):
            assert_exit_zero(dos.run({EXIT_7!r}))
        """
    )

    result = pytester.runpytest_inprocess()

    result.stdout.fnmatch_lines(["E *INT 21h/4Ch *"])
    result.stdout.no_fnmatch_line("*- DOS -*")


def test_a_failure_under_workers_shows_it_as_well(pytester: pytest.Pytester) -> None:
    pytest.importorskip("xdist")
    pytester.makepyfile(f"def test_it(dos): assert dos.run({EXIT_7!r}).exit_code == 0")

    result = pytester.runpytest_inprocess("-n", "1")

    result.stdout.fnmatch_lines(["*- DOS -*", "*INT 21h/4Ch * -> *", "the screen was empty"])


@pytest.mark.parametrize(
    ("run", "error"),
    [
        (r'dos.run(b"\xeb\xfe", max_instructions=1000)', "InstructionLimitExceeded"),
        (r'dos.run(b"\x0f\xff")', "CpuError"),
        (r'dos.run(b"\xb4\x00\xcd\x16")', "KeyboardStarved"),
        (r'dos.run("NOPE")', "ProgramNotFound"),
    ],
)
def test_a_program_that_cannot_go_on_is_told_without_a_look_into_the_machine(
    pytester: pytest.Pytester, run: str, error: str
) -> None:
    pytester.makepyfile(f"def test_it(dos):\n    {run}\n")

    result = pytester.runpytest_inprocess()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([">       dos.run*", f"E       pytest_almostism.*.{error}: *"])
    result.stdout.no_fnmatch_line("*Cpu object*")
    result.stdout.no_fnmatch_line("*cpu.py*")
    result.stdout.no_fnmatch_line("*def _search*")
