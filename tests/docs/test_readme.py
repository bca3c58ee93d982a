"""The README says nothing that does not work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_the_example_passes(pytester: pytest.Pytester) -> None:
    (example,) = blocks("python")
    pytester.makepyfile(example)
    (pytester.path / "WIPE.COM").write_bytes((ROOT / "tests/programs/wipe.com").read_bytes())
    pytester.runpytest_inprocess().assert_outcomes(passed=1)


def test_the_example_is_as_short_as_it_claims() -> None:
    (example,) = blocks("python")
    assert len([line for line in example.splitlines() if line]) <= 10


def test_two_commands_of_one_line_each() -> None:
    commands = blocks("sh")
    assert [command.count("\n") for command in commands] == [1, 1]
    assert "pytest --almostism" in commands[0]
    assert "--group tests" in commands[1]


def test_links_lead_to_files_that_are_there() -> None:
    links = re.findall(r'\]\(([^):]+)\)|src="([^":]+)"', README)
    assert links
    for link in links:
        assert (ROOT / "".join(link)).exists(), link


@pytest.mark.parametrize("name", re.findall(r"`(?:from pytest_almostism import )?(\w+)`", README))
def test_names_exist(name: str, request: pytest.FixtureRequest) -> None:
    import pytest_almostism

    fixtures = {"dos", "witness", "dos_factory", "dos_filesystem"}
    attributes = {"exit_code", "termination", "stdout", "stderr", "output", "screen", "calls"}
    attributes |= {"unsupported"}
    others = {"pathlib", "bin", "Scripts"}
    assert (
        name in pytest_almostism.__all__ or name in fixtures or name in attributes or name in others
    )
    if name in fixtures:
        request.getfixturevalue(name)
