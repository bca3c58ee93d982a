"""The verdict: what pytest says about a run of the suite, line by line and in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping, Sequence

_SUBJECTS_SHOWN = 4


class Verdict:
    """The reporting hooks; registered only when the suite was asked for.

    Args:
        instance: The instance byte of this run.
    """

    def __init__(self, instance: int) -> None:
        self._instance = instance
        self._is_telling = False

    def pytest_report_header(self) -> str:
        """Says how to get this run's scripture again."""
        byte = f"0x{self._instance:02X}"
        return f"almostism: instance byte {byte} (again: --almostism-instance={byte})"

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_logreport(self) -> Generator[None, None, None]:
        """Notes that a test is being reported: the summary asks for the same words later."""
        self._is_telling = True
        yield
        self._is_telling = False

    @pytest.hookimpl(wrapper=True)
    def pytest_report_teststatus(
        self, report: pytest.CollectReport | pytest.TestReport, config: pytest.Config
    ) -> Generator[None, Any, Any]:
        """Adds the tenet to the word that `-v` shows for a test.

        Subtests that pass are shown from `-vv` on: `-v` is for reading the tenets.
        """
        status = yield
        tenet = properties(report).get("tenet")
        if not tenet or not status:
            return status
        if isinstance(report, pytest.SubtestReport):
            quiet = report.passed and config.get_verbosity(config.VERBOSITY_SUBTESTS) < 2
            return ("", "", "") if quiet else status
        category, letter, word = status
        if self._is_telling and word in {"PASSED", "FAILED"}:
            word = f"{word} ({tenet})"
        return category, letter, word

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter
    ) -> Generator[None, None, None]:
        """Ends the summary with one line; the outermost wrapper has the last word."""
        yield
        line = summary_line(terminalreporter.stats)
        if line and terminalreporter.config.get_verbosity() >= -1:
            terminalreporter.write_line(line)


def summary_line(stats: Mapping[str, Sequence[Any]]) -> str:
    """Says in one line what was judged, by which rites, and with what result.

    Args:
        stats: The reports of a run by category, as pytest's terminal reporter has them.

    Returns:
        The line; nothing if no test of the suite was run.
    """
    passed = _tenets(stats.get("passed", ()))
    broken = _tenets([*stats.get("failed", ()), *stats.get("error", ())])
    kept = {nodeid: report for nodeid, report in passed.items() if nodeid not in broken}
    judged = [*kept.values(), *broken.values()]
    if not judged:
        return ""
    subjects = dict.fromkeys(_subject(report) for report in judged)
    rites = dict.fromkeys(
        rite
        for report in judged
        for name, value in report.user_properties
        if name == "rites"
        for rite in value.split(", ")
    )
    tenets = "tenet" if len(kept) == 1 else "tenets"
    count = f"{len(kept)} {tenets} kept" + (f", {len(broken)} broken" if broken else "")
    by_rites = f"by {', '.join(rites)}" if rites else "without a rite"
    return f"almostism: judged {_listed(list(subjects))} {by_rites}: {count}"


def properties(report: object) -> dict[str, str]:
    """Reads the properties of a report, the last of each name.

    Args:
        report: Any report of pytest's.

    Returns:
        Their values by name.
    """
    return dict(getattr(report, "user_properties", ()))


def _tenets(reports: Iterable[Any]) -> dict[str, Any]:
    return {report.nodeid: report for report in reports if "scripture" in properties(report)}


def _subject(report: object) -> str:
    found = properties(report)
    return f"{found['scripture']} (instance byte {found['instance_byte']})"


def _listed(subjects: list[str]) -> str:
    more = len(subjects) - _SUBJECTS_SHOWN
    shown = subjects[:_SUBJECTS_SHOWN]
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")
