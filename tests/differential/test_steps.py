"""The programs of the tables tell all that they should: a comparison must not be blind."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from pytest_almostism import Dos
from tests.differential import ours, work
from tests.differential.assembler import calls
from tests.differential.program import Facts, Outcome, Program, ending
from tests.differential.steps import (
    ALL,
    CARRY,
    CS,
    Keep,
    at,
    code,
    dos,
    execute,
    interrupt,
    kept,
    poke,
    show,
)

_HERE = Path(__file__).parent


@pytest.fixture
def machine(request: pytest.FixtureRequest) -> Dos:
    """The fixture `dos`: here that is what a step is called."""
    made = request.getfixturevalue("dos")
    assert isinstance(made, Dos)
    return made


def _facts(machine: Dos, program: Program) -> Facts:
    return program.facts(ours.run(machine, {"000": program})["000"])


def test_results_errors_and_files(machine: Dos) -> None:
    facts = _facts(
        machine,
        calls(
            "",
            dos(0x3C, dx="NEW.TXT", cx=0, keeps="handle=ax"),
            dos(0x40, bx=kept("handle"), cx=3, dx=b"new"),
            dos(0x3E, bx=kept("handle")),
            dos(0x3D00, dx="NO.TXT"),
            dos(0x41, dx="OLD.TXT"),
            dos(0x39, dx="SUB"),
            dos(0x02, dx=0x21),
            files={"OLD.TXT": b"old", "KEPT.TXT": b"kept"},
        ),
    )
    assert facts == {
        "1 3Ch": "CF=0 AX=0005",
        "2 40h": "CF=0 AX=0003",
        "3 3Eh": "CF=0",
        "4 3D00h": "CF=1 AX=0002",
        "5 41h": "CF=0",
        "6 39h": "CF=0",
        "7 02h": "",
        "end": "exit code 0",
        "output": "'!'",
        "file NEW.TXT": "'new'",
        "file OLD.TXT": "gone",
        "file SUB": "a directory",
    }


def test_registers_that_change_show_and_hidden_ones_do_not(machine: Dos) -> None:
    # a handler for INT 60h: mov bx,1234h; mov cx,5678h; push cs; pop es; iret
    handler = bytes.fromhex("BB 34 12 B9 78 56 0E 07 CF")
    facts = _facts(
        machine,
        calls(
            "",
            dos(0x2560, dx=at("handler")),
            interrupt(0x60),
            interrupt(0x60, bx=0x1234, cx=0x5678),
            interrupt(0x60, hide="bx", es=0x1111),
            interrupt(0x60, shows="ax", hide="bx cx", ax=0x4321),
            data={"handler": handler},
        ),
    )
    told = [facts[f"{number} INT 60h"] for number in (2, 3, 4, 5)]
    assert told == ["BX=1234 CX=5678", "", "CX=5678 ES=CS", "AX=4321"]


def test_memory_shows(machine: Dos) -> None:
    facts = _facts(
        machine,
        calls(
            "",
            show("datum", 6, hide=((1, 2),)),
            poke(at("datum", 3), b"XY"),
            show("datum", 9, text=True),
            poke("datum", at("datum")),
            Keep("where", at("datum")),
            show(kept("where"), 1, segment=CS, hide=((0, 1),)),
            show(0, 2, segment=CS),
            data={"datum": b"abcdef\0gh"},
        ),
    )
    assert facts["1 show datum"] == "a..def"
    assert facts["3 show datum"] == "abcXYf"
    assert facts["6 show where"] == ".."
    assert facts["7 show 0h"] == "\\xcd "


def test_instructions_show_registers_and_defined_flags(machine: Dos) -> None:
    facts = _facts(
        machine,
        calls(
            "",
            execute("inc", "40", ax=0xFFFF, flags=CARRY),
            execute("inc", "40", ax=0xFFFF, flags=CARRY, defined=CARRY),
            execute("mov", "BB 01 00", defined=0),
            execute("stc", "F9", defined=ALL),
        ),
    )
    assert facts["1 inc"] == "flags=0055 AX=0000"  # zero, parity, auxiliary, and the old carry
    assert facts["2 inc"] == "flags=0001 AX=0000"
    assert facts["3 mov"] == "flags=0000 AX=0000 BX=0001"
    assert facts["4 stc"] == "flags=0001 AX=0000"


def test_a_program_that_ends_early_has_no_log(machine: Dos) -> None:
    facts = _facts(machine, calls("", dos(0x30), code("B8 07 4C CD 21")))
    assert facts["log"] == "there is none"
    assert facts["end"] == "exit code 7"


def test_what_is_too_long_to_show_is_compared_all_the_same() -> None:
    program = Program("", b"")
    one, other = (program.facts(Outcome("", b"x" * 1000 + end)) for end in (b"1", b"2"))
    assert one["output"] != other["output"]


def test_endings() -> None:
    assert ending(b"\0\0\x07\0") == "exit code 7"
    assert ending(b"\0\0\0\x01") == "exit code 0, by Ctrl-C"
    assert ending(b"\0\0\x03\x03") == "exit code 3, stays resident"
    assert ending(b"\xff\xff\x08\0") == "not started: error 8"
    assert ending(b"") == "the runner did not come back"


def test_the_runner_is_what_its_source_says(tmp_path: Path) -> None:
    nasm = shutil.which("nasm")
    if nasm is None:
        pytest.skip("nasm is not installed")
    made = tmp_path / "runner.com"
    subprocess.run([nasm, "-f", "bin", "-o", made, _HERE / "runner.asm"], check=True)
    assert made.read_bytes() == work.RUNNER
