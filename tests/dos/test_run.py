"""`Dos.run` and `Dos.load`: programs from everywhere, arguments, input, what is left behind."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pytest_almostism import AlmostismError, Dos, ProgramNotFound
from pytest_almostism.dos import BadProgram, InstructionLimitExceeded, MachineError
from pytest_almostism.dos.drives import Drives

EXIT = {n: bytes((0xB8, n, 0x4C, 0xCD, 0x21)) for n in range(8)}  # exit(n)
# read all of standard input, 255 bytes at most, and write it to standard output
ECHO = bytes.fromhex("b43f 31db b9ff00 ba0002 cd21 91 b440 bb0100 cd21 c3")


# -- programs ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "exit_code"),
    [
        ("TOOL.COM", 1),
        ("tool", 1),
        (r"C:\TOOL", 1),
        (r"\tool.com", 1),
        ("C:/TOOL", 1),
        ("TOOL.EXE", 2),
        ("ONLY", 3),
        (r"SUB\INNER", 4),
        (r"D:\OTHER", 5),
        ("D:OTHER.COM", 5),
        ("INPATH", 6),
    ],
)
def test_a_program_is_found_as_command_com_finds_it(dos: Dos, name: str, exit_code: int) -> None:
    dos.drives.add("D")
    dos.path(r"C:\SUB").mkdir()
    dos.path(r"D:\BIN").mkdir()
    places = [
        "TOOL.COM",
        "TOOL.EXE",
        "ONLY.EXE",
        r"SUB\INNER.COM",
        r"D:\OTHER.COM",
        r"D:\BIN\INPATH.EXE",
    ]
    for n, place in enumerate(places, 1):
        dos.path(place).write_bytes(EXIT[n])

    result = dos.run(name, env={"PATH": r"Q:\NOWHERE;;C:\NOWHERE;D:\BIN"})

    assert result.exit_code == exit_code


def test_a_path_on_a_drive_is_a_program(dos: Dos) -> None:
    tool = dos.path("TOOL.COM")
    tool.write_bytes(EXIT[3])

    assert dos.run(tool).exit_code == 3


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "\\",
        "C:",
        "NOWHERE",
        "NOWHERE.COM",
        "*.COM",
        "Q:\\X",
        "SUB",
        "☃",
        "A" * 300,
        "A\0B",
    ],
)
def test_a_program_that_is_not_there(dos: Dos, name: str) -> None:
    dos.path("SUB").mkdir()

    with pytest.raises(ProgramNotFound) as failure:
        dos.run(name)

    assert str(failure.value).startswith(f"no program {name!r} on the drives; looked for ")
    assert isinstance(failure.value, FileNotFoundError)
    assert isinstance(failure.value, AlmostismError)


def test_the_message_says_where_it_was_looked_for(dos: Dos) -> None:
    with pytest.raises(ProgramNotFound) as failure:
        dos.run("TOOL", env={"PATH": r"C:\BIN"})

    assert str(failure.value).startswith(
        r"no program 'TOOL' on the drives; looked for TOOL.COM, TOOL.EXE, "
    )
    assert r"C:\BIN\TOOL.COM, C:\BIN\TOOL.EXE" in str(failure.value)
    assert "(to run a file of the host, pass a pathlib.Path)" in str(failure.value)


@pytest.mark.parametrize(
    ("name", "on_c"),
    [
        ("tool.com", "TOOL.COM"),
        ("a very long name.com", "AVERYL~1.COM"),
        ("größe.exe", "GRÖßE.EXE"),
        ("☃.com", "_~1.COM"),
        ("noextension", "NOEXTE~1"),
        ("tool.image", "TOOL~1.IMA"),
    ],
)
def test_a_program_of_the_host_is_copied_to_c(
    dos: Dos, tmp_path: Path, name: str, on_c: str
) -> None:
    host = tmp_path / name
    host.write_bytes(EXIT[5])

    result = dos.run(host)

    assert (result.exit_code, result.program) == (5, rf"C:\{on_c}")
    assert host.read_bytes() == EXIT[5]


def test_whatever_has_a_path_is_a_program_of_the_host(dos: Dos, tmp_path: Path) -> None:
    (tmp_path / "x.com").write_bytes(EXIT[5])

    class Artefact:
        def __fspath__(self) -> str:
            return str(tmp_path / "x.com")

    assert isinstance(Artefact(), os.PathLike)
    assert dos.run(Artefact()).exit_code == 5


def test_a_program_of_the_host_that_is_not_there(dos: Dos, tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.com", tmp_path):
        with pytest.raises(ProgramNotFound) as failure:
            dos.run(path)
        assert str(failure.value).startswith(f"cannot read the program {path}: ")


@pytest.mark.parametrize("image", [EXIT[4], bytearray(EXIT[4]), memoryview(EXIT[4])])
def test_bytes_are_a_program(dos: Dos, image: bytes) -> None:
    result = dos.run(image)

    assert (result.exit_code, result.program) == (4, r"C:\PROGRAM.COM")
    assert dos.path("PROGRAM.COM").read_bytes() == EXIT[4]


def test_without_a_drive_c_bytes_have_no_place(dos_factory: Callable[..., Dos]) -> None:
    dos = dos_factory(drives="D")
    dos.path(r"D:\TOOL.COM").write_bytes(EXIT[2])

    with pytest.raises(FileNotFoundError, match="there is no drive C:"):
        dos.run(EXIT[1])
    assert dos.run(r"D:\TOOL").exit_code == 2


# -- input, output, directories ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("stdin", "read"),
    [
        (b"bytes\n\x1a\0\xff", b"bytes\n\x1a\0\xff"),
        ("text\n", b"text\r\n"),
        ("text\r\n", b"text\r\n"),
        ("Größe", b"Gr\x94\xe1e"),
        (b"", b""),
        ("", b""),
    ],
    ids=repr,
)
def test_standard_input_is_bytes_or_text(dos: Dos, stdin: bytes | str, read: bytes) -> None:
    assert dos.run(ECHO, stdin=stdin).stdout == read


def test_standard_input_that_code_page_437_has_not(dos: Dos) -> None:
    with pytest.raises(ValueError, match="code page 437 has no '☃': 'snow ☃'"):
        dos.run(ECHO, stdin="snow ☃")


def test_with_keys_standard_input_is_the_keyboard(dos: Dos) -> None:
    assert dos.run(ECHO, keys="typed{enter}").output == "typed\n"
    assert dos.run(ECHO, keys="typed{enter}", stdin="redirected").output == "redirected"


def test_the_current_directory_is_for_one_run(dos: Dos) -> None:
    dos.drives.add("D")
    dos.path(r"D:\DEEP\DEEPER").mkdir(parents=True)
    create = bytes.fromhex("b43c 31c9 ba0a01 cd21 c3") + b"NEW\0"

    dos.run(create, cwd=r"D:\DEEP")
    dos.run(create)

    assert dos.path(r"D:\DEEP\NEW").exists()
    assert dos.path(r"C:\NEW").exists()
    assert str(dos.path("X")) == r"C:\X"


@pytest.mark.parametrize("cwd", [r"C:\NOWHERE", "Q:\\", "F.TXT", "", r"..", r"C:\*"])
def test_a_current_directory_that_is_none(dos: Dos, cwd: str) -> None:
    dos.path("F.TXT").write_bytes(b"")

    with pytest.raises(NotADirectoryError) as failure:
        dos.run(EXIT[1], cwd=cwd)

    assert str(failure.value).startswith(f"cannot work in {cwd}: ")
    assert dos.run(EXIT[1]).exit_code == 1


@pytest.mark.parametrize(
    ("program", "options"),
    [
        ("NOWHERE", {}),
        (b"", {}),
        (EXIT[1], {"env": {"": ""}}),
        (EXIT[1], {"keys": "{no}"}),
        (EXIT[1], {"args": "x" * 200}),
        (EXIT[1], {"max_instructions": 0}),
        (b"\xeb\xfe", {"max_instructions": 10}),
    ],
    ids=["not found", "no program", "environment", "keys", "arguments", "budget", "loop"],
)
def test_however_a_run_fails_the_current_directory_comes_back(
    dos: Dos, program: str | bytes, options: dict[str, Any]
) -> None:
    dos.path("DIR").mkdir()

    with pytest.raises((AlmostismError, ValueError)):
        dos.run(program, cwd="DIR", **options)

    assert str(dos.path("X")) == r"C:\X"
    assert dos.run(EXIT[6]).exit_code == 6


# -- load, then run ----------------------------------------------------------------------------


def test_a_process_runs_once(dos: Dos) -> None:
    process = dos.load(EXIT[1])
    assert process.run().exit_code == 1

    with pytest.raises(MachineError) as failure:
        process.run()
    assert str(failure.value) == (r"C:\PROGRAM.COM cannot run: it has ended, or another was loaded")


def test_a_process_does_not_run_in_anothers_place(dos: Dos) -> None:
    first = dos.load(EXIT[1])
    second = dos.load(EXIT[2])

    with pytest.raises(MachineError, match="it has ended, or another was loaded"):
        first.run()
    assert second.run().exit_code == 2


def test_a_process_that_was_never_run_leaves_nothing_behind(dos: Dos) -> None:
    first = dos.load(EXIT[1]).psp

    assert [dos.load(EXIT[1]).psp for _ in range(3)] == [first] * 3


def test_a_process_does_not_run_without_its_machine(dos_factory: Callable[..., Dos]) -> None:
    dos = dos_factory()
    process = dos.load(EXIT[1])
    dos.close()

    with pytest.raises(MachineError, match="cannot run: its machine is switched off"):
        process.run()


def test_budgets_are_the_runs_the_loads_or_the_machines(dos_factory: Callable[..., Dos]) -> None:
    dos = dos_factory(max_instructions=1000)
    loop = b"\xeb\xfe"

    runs: list[tuple[str, Callable[[], object]]] = [
        ("1,000", lambda: dos.run(loop)),
        ("77", lambda: dos.run(loop, max_instructions=77)),
        ("1,000", lambda: dos.load(loop).run()),
        ("88", lambda: dos.load(loop).run(88)),
    ]
    for budget, run in runs:
        with pytest.raises(InstructionLimitExceeded, match=f": {budget} instructions executed"):
            run()


# -- results -----------------------------------------------------------------------------------


def test_a_result_is_of_its_own_run(dos: Dos) -> None:
    first = dos.run(ECHO, stdin="one")
    second = dos.run(ECHO, stdin="two")

    assert (first.output, second.output) == ("one", "two")
    assert (len(first.calls), len(second.calls)) == (3, 3)
    assert first.calls[0].name == "read"
    assert (first.screen, second.screen) == ("one", "onetwo")  # one screen for both


def test_a_result_reads_well_in_a_failed_test(dos: Dos) -> None:
    assert repr(dos.run(EXIT[3])) == (
        r"ProgramResult(program='C:\\PROGRAM.COM', exit_code=3,"
        " termination=<Termination.NORMAL: 0>, stdout=b'', stderr=b'')"
    )


# -- machines ----------------------------------------------------------------------------------


def test_a_machine_is_a_context_manager_without_pytest() -> None:
    with Dos() as dos:
        result = dos.run(EXIT[2])
        dos.path("LEFT.TXT").write_text("still here")

    assert result.exit_code == 2
    assert dos.path("LEFT.TXT").read_text() == "still here"
    uses: list[Callable[[], object]] = [
        lambda: dos.run(EXIT[1]),
        lambda: dos.load(EXIT[1]),
        lambda: dos.memory,
        lambda: dos.registers,
        lambda: dos.screen,
        lambda: dos.calls,
    ]
    for use in uses:
        with pytest.raises(MachineError, match="this machine is switched off"):
            use()
    dos.close()


@pytest.mark.parametrize(("drives", "letters"), [("C", "C"), ("ac", "AC"), ("", "")])
def test_a_machine_has_the_drives_it_is_given(
    dos_factory: Callable[..., Dos], drives: str, letters: str
) -> None:
    dos = dos_factory(drives=drives)

    assert isinstance(dos.drives, Drives)
    assert set(letters) <= set(dos.drives)


@pytest.mark.parametrize("drives", ["1", "CC", "C:"])
def test_there_are_no_such_drives(dos_factory: Callable[..., Dos], drives: str) -> None:
    with pytest.raises(ValueError, match=r"a drive has a letter|there is a drive C: already"):
        dos_factory(drives=drives)


def test_a_host_directory_is_a_drive(dos: Dos, tmp_path: Path) -> None:
    (tmp_path / "tool.com").write_bytes(ECHO)
    (tmp_path / "input.txt").write_bytes(b"from the host")
    dos.mount("H:", tmp_path)

    assert dos.run(r"H:\TOOL", stdin=dos.path(r"H:\INPUT.TXT").read_bytes()).output == (
        "from the host"
    )
    dos.path(r"H:\INPUT.TXT").write_bytes(b"changed")
    assert (tmp_path / "input.txt").read_bytes() == b"from the host"


def test_a_bad_program_is_a_value_error_of_the_kit(dos: Dos) -> None:
    with pytest.raises(BadProgram) as failure:
        dos.run(b"MZ")

    assert isinstance(failure.value, ValueError)
    assert isinstance(failure.value, AlmostismError)
    assert str(failure.value) == r"cannot load C:\PROGRAM.EXE: error 11 invalid format"
