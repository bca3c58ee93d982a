"""The examples, run as a stranger would: copied to a new directory, in a process of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest

from pytest_almostism.suite import CHAPTERS

EXAMPLES = Path(__file__).parents[2] / "examples"

NOT_OF_A_FILE = "as_first_spoken"


@dataclass(frozen=True)
class Run:
    """What pytest said about an example.

    Args:
        exit_code: pytest's.
        passed: how many tests passed, by file.
        outcomes: the words of the last line: passed, failed, skipped, warnings …
        output: all of it.
    """

    exit_code: int
    passed: Counter[str]
    outcomes: set[str]
    output: str


@dataclass(frozen=True)
class Stranger:
    """Somebody who has a copy of an example, and no checkout of this project."""

    directory: Path

    def pytest(self, *args: str) -> Run:
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("PYTEST_") and name != "PYTHONPATH"
        }
        process = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider", *args],
            cwd=self.directory,
            env=environment | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1", "COLUMNS": "100"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        output = process.stdout + process.stderr
        last_line = output.rstrip().rpartition("\n")[2].rpartition(" in ")[0]
        return Run(
            exit_code=process.returncode,
            passed=Counter(re.findall(r"^PASSED ([^:]+)::", output, re.MULTILINE)),
            outcomes={word.strip() for word in re.split(r"\d+|,", last_line)} - {""},
            output=output,
        )

    def files(self) -> dict[str, bytes]:
        paths = (path for path in self.directory.rglob("*") if path.is_file())
        return {path.relative_to(self.directory).as_posix(): path.read_bytes() for path in paths}


def with_a_copy_of(example: str, directory: Path) -> Stranger:
    caches = shutil.ignore_patterns("__pycache__", ".*_cache")
    return Stranger(Path(shutil.copytree(EXAMPLES / example, directory / example, ignore=caches)))


def tenets(*chapters: str) -> int:
    """How many tests there are in some chapters of the suite."""
    modules = [import_module(f"pytest_almostism.conformance.{chapter}") for chapter in chapters]
    return sum(name.startswith("test_") for module in modules for name in vars(module))


def tenets_of_the_project() -> Counter[str]:
    return Counter(
        {f"pytest_almostism/conformance/{chapter}.py": tenets(chapter) for chapter in CHAPTERS}
    )


def tenets_of_the_file() -> Counter[str]:
    return Counter({"FIRST.GAP": tenets(*(set(CHAPTERS) - {NOT_OF_A_FILE}))})


OWN_TESTS = Counter(
    {
        "tests/test_farewell.py": 8,
        "tests/test_scripture.py": 3,
        "tests/test_tenets.py": tenets("creed", "vanishing"),
    }
)


# ---- an ordinary DOS program


@pytest.fixture
def word_count(tmp_path: Path) -> Stranger:
    return with_a_copy_of("word_count", tmp_path)


def test_an_ordinary_dos_program_is_tested(word_count: Stranger) -> None:
    before = word_count.files()

    run = word_count.pytest()

    assert run.exit_code == pytest.ExitCode.OK, run.output
    assert run.passed == Counter({"test_wc.py": 26})
    assert run.outcomes == {"passed"}
    assert word_count.files() == before


# ---- a scripture and readers of one's own


@pytest.fixture
def own_scripture(tmp_path: Path) -> Stranger:
    return with_a_copy_of("own_scripture", tmp_path)


def test_a_project_tests_its_own_scripture(own_scripture: Stranger) -> None:
    run = own_scripture.pytest()

    assert run.exit_code == pytest.ExitCode.OK, run.output
    assert run.passed == OWN_TESTS
    assert run.outcomes == {"passed", "subtests passed"}


@pytest.mark.parametrize("options", [(), ("-n", "2")], ids=["one process", "two workers"])
def test_the_suite_judges_what_is_built_what_is_published_and_all_readers(
    own_scripture: Stranger, options: tuple[str, ...]
) -> None:
    if options:
        pytest.importorskip("xdist")
    before = own_scripture.files()

    run = own_scripture.pytest("--almostism", *options)

    assert run.exit_code == pytest.ExitCode.OK, run.output
    assert run.passed == OWN_TESTS + tenets_of_the_project() + tenets_of_the_file()
    assert run.outcomes == {"passed", "subtests passed"}
    verdict = next(line for line in run.output.splitlines() if line.startswith("almostism: "))
    for judged in ("FIRST.GAP", "the project's scripture", "0x2A", "FAREWELL.COM", "farewell.py"):
        assert judged in verdict
    assert own_scripture.files() == before


def test_a_published_scripture_that_was_changed_is_found_and_left_as_it_is(
    own_scripture: Stranger,
) -> None:
    published = own_scripture.directory / "FIRST.GAP"
    changed = published.read_bytes()[:-1] + b"\x55"
    published.write_bytes(changed)

    run = own_scripture.pytest("--almostism", "FIRST.GAP")

    assert run.exit_code == pytest.ExitCode.TESTS_FAILED, run.output
    assert "FAILED FIRST.GAP::seal::test_all_bytes_sum_to_zero" in run.output
    assert set(run.passed) == {"FIRST.GAP"}
    assert published.read_bytes() == changed


def test_a_reader_that_only_deletes_is_found(own_scripture: Stranger) -> None:
    reader = own_scripture.directory / "farewell.py"
    reader.write_text("def farewell(path):\n    path.unlink()\n", encoding="utf-8")

    run = own_scripture.pytest("tests/test_tenets.py")

    assert run.exit_code == pytest.ExitCode.TESTS_FAILED, run.output
    assert "farewell.py: its bytes were still on the disk when the file went" in run.output
    assert "farewell.py: it did not leave a stranger alone" in run.output


# ---- programs and their sources


@pytest.mark.parametrize(
    "source", [pytest.param(path, id=path.name) for path in sorted(EXAMPLES.rglob("*.asm"))]
)
def test_a_program_is_what_its_source_says(source: Path, tmp_path: Path) -> None:
    nasm = shutil.which("nasm")
    if nasm is None:
        pytest.skip("nasm is not installed: what was assembled cannot be assembled again")
    command = re.search(r"nasm -f bin -o (\S+) (\S+)$", source.read_text("ascii"), re.MULTILINE)
    assert command is not None, f"{source} does not say how it is assembled"
    program, of_source = command.groups()
    assert of_source == source.name

    assembled = tmp_path / program
    subprocess.run([nasm, "-f", "bin", "-o", assembled, source], check=True)

    assert assembled.read_bytes() == source.with_name(program).read_bytes()
