"""Runs of pytest inside the test, with the plugin installed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol

import pytest

from pytest_almostism import Dos, Scripture
from pytest_almostism.suite import CHAPTERS, PACKAGE

if TYPE_CHECKING:
    from collections.abc import Mapping

# pytester forgets what a run has imported. What is imported here stays: unicorn is loaded once,
# and the classes that a run uses are those that its test knows.
for chapter in CHAPTERS:
    import_module(f"{PACKAGE}.{chapter}")
import_module("pytest_almostism.reporting.verdict")
with Dos():
    pass


class Run(Protocol):
    """Runs pytest in the directory of `pytester`, in this process."""

    def __call__(self, *args: str) -> pytest.RunResult: ...


@pytest.fixture
def pytester(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """Runs without plugins that take long to start and have nothing to do here."""
    monkeypatch.setenv("PYTEST_ADDOPTS", "-p no:benchmark -p no:hypothesispytest")
    return pytester


@pytest.fixture
def run(pytester: pytest.Pytester) -> Run:
    """Runs `pytest --almostism` with further arguments."""

    def run(*args: str) -> pytest.RunResult:
        return pytester.runpytest_inprocess("--almostism", *args)

    return run


@pytest.fixture
def good(pytester: pytest.Pytester) -> bytes:
    """A true scripture, which is also in the file `good.bin`."""
    data = bytes(Scripture.build(0xA7))
    (pytester.path / "good.bin").write_bytes(data)
    return data


def outcomes(result: pytest.RunResult) -> Mapping[str, int]:
    """How many tests of the run passed, failed and so on; subtests are left out."""
    return {name: count for name, count in result.parseoutcomes().items() if "subtest" not in name}
