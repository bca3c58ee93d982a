"""Projects that bring a scripture or rites of their own, good ones and bad ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., pytest.RunResult]

RITE = """
from pytest_almostism import Clause, DosProgramRite, FunctionRite, read_and_vanish
from pytest_almostism.rites import READER

def pytest_almostism_rites(config):
    return [{rite}]
"""

TRUNCATES = (
    bytes.fromhex(
        "BA 17 01"  # mov dx,name
        "31 C9"  # xor cx,cx
        "B4 3C CD 21"  # create: the file is cut to 0 bytes
        "93"  # xchg ax,bx
        "B4 3E CD 21"  # close
        "B4 41 CD 21"  # delete
        "B8 00 4C CD 21"  # exit code 0
    )
    + b"HOLY.COM\0"
)

DELETES_ANOTHER = (
    bytes.fromhex(
        "BA 0C 01"  # mov dx,name
        "B4 41 CD 21"  # delete
        "B8 00 4C CD 21"  # exit code 0
    )
    + b"OTHER.TXT\0"
)

ONLY_DELETES = DELETES_ANOTHER.replace(b"OTHER.TXT", b"HOLY.COM")

MESS = (
    bytes.fromhex(
        "BA 0E 01"  # mov dx,name
        "31 C9"  # xor cx,cx
        "B4 3C CD 21"  # create
        "B8 07 4C CD 21"  # exit code 7
    )
    + b"NEW.TXT\0"
)


def program(image: bytes, **more: str) -> str:
    keywords = "".join(f", {name}={value}" for name, value in more.items())
    return f"DosProgramRite('theirs', {image!r}{keywords})"


def failed_names(result: pytest.RunResult) -> list[str]:
    """The tests that failed, once each, without their common beginning."""
    return [
        line.split("::test_every_rite_")[1].split(" - ")[0]
        for line in result.outlines
        if line.startswith("FAILED ")
    ]


def judge(run: Run, pytester: pytest.Pytester, rite: str) -> pytest.RunResult:
    pytester.makeconftest(RITE.format(rite=rite))
    return run("-k", "vanishing")


@pytest.mark.parametrize(
    "rite",
    [
        "DosProgramRite('theirs', READER)",
        "DosProgramRite('theirs', READER, args='  {name}  ')",
        "FunctionRite('theirs', read_and_vanish)",
    ],
)
def test_a_good_rite_is_judged_with_the_others(
    run: Run, pytester: pytest.Pytester, rite: str
) -> None:
    result = judge(run, pytester, rite)

    result.assert_outcomes(passed=7)
    result.stdout.fnmatch_lines(["almostism: * by liturgy, reader, parser, script, theirs: 7 *"])


def test_a_program_can_be_a_file(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makeconftest(
        """
        import pathlib
        from pytest_almostism import DosProgramRite
        def pytest_almostism_rites(config):
            yield DosProgramRite("theirs", pathlib.Path(config.rootpath, "READER.COM"))
        """
    )
    from pytest_almostism.rites import READER

    (pytester.path / "READER.COM").write_bytes(READER)

    result = run("--deselect", "READER.COM", "-k", "rite_ends_well")

    result.assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("rite", "failed", "message"),
    [
        pytest.param(
            program(b"\xeb\xfe", max_instructions="10_000"),
            ["ends_well", "leaves_no_file", "leaves_no_bytes_on_the_disk", "destroys_*"],
            "theirs did not end by itself: InstructionLimitExceeded: C:\\RITE.COM: 10,000 *",
            id="loops",
        ),
        pytest.param(
            program(b"\x0f\x0b"),
            ["ends_well", "leaves_no_file", "leaves_no_bytes_on_the_disk", "destroys_*"],
            "theirs did not end by itself: CpuError: *",
            id="crashes",
        ),
        pytest.param(
            program(DELETES_ANOTHER),
            [
                *("leaves_no_file", "leaves_others_alone"),
                *("leaves_no_bytes_on_the_disk", "destroys_*"),
            ],
            "theirs did not leave others alone: exit code 0; the file lives; "
            "C:\\OTHER.TXT was deleted",
            id="deletes the wrong file",
        ),
        pytest.param(
            program(TRUNCATES),
            ["leaves_no_bytes_on_the_disk", "spares_strangers", "destroys_*"],
            "theirs: 1023 bytes at offset 0 abandoned: *, without being zeroed *",
            id="truncates instead of zeroing",
        ),
        pytest.param(
            program(ONLY_DELETES),
            ["leaves_no_bytes_on_the_disk", "spares_strangers", "destroys_*"],
            "theirs: its bytes were still on the disk when the file went *",
            id="only deletes",
        ),
        pytest.param(
            program(MESS),
            [
                *("ends_well", "leaves_no_file", "leaves_others_alone"),
                *("leaves_no_bytes_on_the_disk", "destroys_*"),
            ],
            "theirs ended with exit code 7; the file lives; C:\\NEW.TXT was created",
            id="makes a mess",
        ),
        pytest.param(
            program(b"", max_instructions="1_000"),
            ["ends_well", "leaves_no_file", "leaves_no_bytes_on_the_disk", "destroys_*"],
            "theirs did not delete the scripture: *",
            id="is empty",
        ),
        pytest.param(
            program(bytes(70_000)),
            ["ends_well", "leaves_no_file", "leaves_no_bytes_on_the_disk", "destroys_*"],
            "theirs did not end by itself: BadProgram: *",
            id="is no program",
        ),
        pytest.param(
            "FunctionRite('theirs', lambda path: path.unlink())",
            ["leaves_no_bytes_on_the_disk", "spares_strangers", "destroys_*"],
            "theirs: its bytes were still on the disk when the file went *",
            id="function that only deletes",
        ),
        pytest.param(
            "FunctionRite('theirs', lambda path: (path.write_bytes(b''), path.unlink()))",
            ["leaves_no_bytes_on_the_disk", "spares_strangers", "destroys_*"],
            "theirs: 1023 bytes at offset 0 abandoned: cut to 0 bytes, without being zeroed *",
            id="function that truncates",
        ),
        pytest.param(
            "FunctionRite('theirs', lambda path: 1 / 0)",
            ["ends_well", "leaves_no_file", "leaves_no_bytes_on_the_disk", "destroys_*"],
            "theirs did not end by itself: ZeroDivisionError: division by zero; the file lives",
            id="function that crashes",
        ),
        pytest.param(
            "FunctionRite('theirs', lambda path: path.with_name('other.txt').unlink())",
            [
                *("leaves_no_file", "leaves_others_alone"),
                *("leaves_no_bytes_on_the_disk", "destroys_*"),
            ],
            "theirs did not leave others alone: * other.txt was deleted",
            id="function that deletes the wrong file",
        ),
    ],
)
def test_a_bad_rite_fails_the_tests_it_deserves(
    run: Run, pytester: pytest.Pytester, rite: str, failed: list[str], message: str
) -> None:
    result = judge(run, pytester, rite)

    assert [name if "untrue" not in name else "destroys_*" for name in failed_names(result)] == (
        failed
    )
    result.stdout.fnmatch_lines([f"E  *{message.replace('[', '[[]')}"])
    result.stdout.no_fnmatch_line("*INTERNALERROR*")
    result.stdout.fnmatch_lines(["SUBFAILED*theirs*"])
    result.stdout.no_fnmatch_line("SUBFAILED*liturgy*")


# ---- excuses


def test_a_true_excuse_is_accepted(run: Run, pytester: pytest.Pytester) -> None:
    result = judge(
        run,
        pytester,
        program(
            ONLY_DELETES,
            excuses="{Clause.WIPES_DISK: 'no time', Clause.SPARES_STRANGERS: 'it cannot read', "
            "Clause.DESTROYS_UNTRUE: 'neither can it count'}",
        ),
    )

    result.assert_outcomes(passed=7)


def test_a_false_excuse_is_not(run: Run, pytester: pytest.Pytester) -> None:
    result = judge(
        run, pytester, "DosProgramRite('theirs', READER, excuses={Clause.WIPES_DISK: 'no time'})"
    )

    assert failed_names(result) == ["leaves_no_bytes_on_the_disk"]
    result.stdout.fnmatch_lines(
        ["E  *theirs is excused because “no time”, but it does keep the clause: *Drop the excuse"]
    )


# ---- what is no rite


@pytest.mark.parametrize(
    ("rite", "message"),
    [
        ("42", "TypeError: pytest_almostism_rites gave 42, which is no rite: *"),
        ("DosProgramRite", "TypeError: pytest_almostism_rites gave <class *, which is no rite: *"),
        ("DosProgramRite('reader', READER)", "ValueError: there are two rites named 'reader': *"),
    ],
)
def test_what_is_no_rite_is_an_error_that_says_so(
    run: Run, pytester: pytest.Pytester, rite: str, message: str
) -> None:
    pytester.makeconftest(RITE.format(rite=rite))

    result = run("-k", "rite_ends_well or silent")

    result.assert_outcomes(errors=1, passed=1)
    result.stdout.fnmatch_lines([f"E  *{message}"])


# ---- the project's scripture


@pytest.mark.parametrize(
    "given",
    [
        "bytes(Scripture.build(0x11))",
        "bytearray(bytes(Scripture.build(0x11)))",
        "Scripture.build(0x11)",
    ],
)
def test_a_project_says_what_its_scripture_is(
    run: Run, pytester: pytest.Pytester, given: str
) -> None:
    pytester.mkdir("tests").joinpath("conftest.py").write_text(
        "from pytest_almostism import Scripture\n"
        f"def pytest_almostism_scripture(): return {given}\n"
    )
    pytester.makepyfile(test_own="def test_mine(scripture): assert scripture.instance == 0x11")
    pytester.makeini("[pytest]\ntestpaths = tests .")

    result = run("-k", "mine or silent")

    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["almostism: judged the project's scripture (instance byte 0x11)*"])


def test_no_answer_leaves_it_to_others(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makeconftest("def pytest_almostism_scripture(config): return None")

    run("-k", "silent", "--almostism-instance=7").stdout.fnmatch_lines(
        ["almostism: judged the project's scripture (instance byte 0x07) *"]
    )


def test_a_scripture_that_is_neither_is_an_error_that_says_so(
    run: Run, pytester: pytest.Pytester
) -> None:
    pytester.makeconftest("def pytest_almostism_scripture(config): return 'holy'")

    result = run()

    assert result.ret != pytest.ExitCode.OK
    result.stdout.fnmatch_lines(
        ["E  *TypeError: pytest_almostism_scripture gave 'holy': no bytes and no Scripture"]
    )
    result.stdout.no_fnmatch_line("*INTERNALERROR*")


def test_a_false_scripture_of_the_project_fails_its_clause(
    run: Run, pytester: pytest.Pytester
) -> None:
    pytester.makeconftest("def pytest_almostism_scripture(config): return bytes(1024)")
    pytester.makepyfile(test_own="def test_mine(scripture): pass")

    result = run("-k", "mine or 1023_bytes")

    result.assert_outcomes(failed=1, errors=1)
    result.stdout.fnmatch_lines(
        ["E  *ViolationOfGap: *1 byte too many*", "E  *the gap is violated: 1024 bytes, 1 too many"]
    )
