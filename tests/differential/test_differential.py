"""Every program of the tables does the same here and on DOSBox, but for what is explained."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest

from pytest_almostism import Dos
from tests.differential import dosbox, ours, work
from tests.differential.differences import DIFFERENCES
from tests.differential.program import Outcome
from tests.differential.rows import PROGRAMS
from tests.differential.tables import programs

_PROGRAMS = work.directories(PROGRAMS)


@pytest.fixture(scope="session")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """What became of all programs on DOSBox."""
    installed = dosbox.find()
    if installed is None:
        pytest.skip(f"DOSBox {dosbox.VERSION} is not installed")
    return dosbox.run(installed, _PROGRAMS, tmp_path_factory.mktemp("dosbox"))


@pytest.mark.filterwarnings("ignore::pytest_almostism.dos.UnsupportedCall")
@pytest.mark.parametrize("at", _PROGRAMS, ids=[program.name for program in PROGRAMS])
def test_same_as_dosbox(at: str, theirs: dict[str, Outcome], dos: Dos) -> None:
    program = _PROGRAMS[at]
    here = program.facts(ours.run(dos, {at: program})[at])
    there = program.facts(theirs[at])
    differing = [name for name in here | there if here.get(name) != there.get(name)]

    explained = DIFFERENCES.get(program.name, {})
    unexplained = [
        f"{name}\n  here    {here.get(name)}\n  DOSBox  {there.get(name)}"
        for name in differing
        if not any(fnmatchcase(name, pattern) for pattern in explained)
    ]
    assert not unexplained, "\n".join(unexplained)

    gone = [pattern for pattern in explained if not any(fnmatchcase(n, pattern) for n in differing)]
    assert not gone, f"no longer different, so there is nothing to explain: {gone}"


#: What is otherwise on a machine where residents have stayed: there is less memory.
_LESS_MEMORY = {"a child without memory", "program: deeper.com", "C: memory"}


@pytest.mark.filterwarnings("ignore::pytest_almostism.dos.UnsupportedCall")
def test_one_machine_runs_them_all(dos: Dos) -> None:
    together = ours.run(dos, _PROGRAMS)
    for at, program in _PROGRAMS.items():
        with Dos() as another:
            alone = ours.run(another, {at: program})[at]
        if program.name not in _LESS_MEMORY:
            assert program.facts(together[at]) == program.facts(alone), program.name


def test_only_rows_of_the_tables_are_explained() -> None:
    assert DIFFERENCES.keys() <= {program.name for program in PROGRAMS}
    assert len(PROGRAMS) >= 150


def test_every_program_of_the_other_tests_is_compared() -> None:
    files = {path.name for path in programs.DIRECTORY.iterdir() if path.suffix in {".com", ".exe"}}
    assert files == programs.KNOWN
