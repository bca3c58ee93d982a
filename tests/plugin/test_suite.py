"""`pytest --almostism` in projects of all kinds."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Run = Callable[..., pytest.RunResult]

SUITE = "pytest_almostism/conformance"
VERDICT = re.compile(
    r"almostism: judged the project's scripture \(instance byte (0x[0-9A-F]{2})\) "
    r"by liturgy, reader, parser, script: (\d+) tenets kept"
)


@pytest.fixture
def own_test(pytester: pytest.Pytester) -> None:
    """A project with a test of its own."""
    pytester.makepyfile(test_own="def test_mine(): pass")


@pytest.fixture
def choir(pytester: pytest.Pytester) -> None:
    """A project whose scripture fails one test of the suite: nobody has chosen its instance."""
    pytester.makeconftest(
        """
        from pytest_almostism import EDITIONS
        def pytest_almostism_scripture():
            return EDITIONS["choir"].build()
        """
    )


def passed_ids(result: pytest.RunResult) -> list[str]:
    return [line.split(" ")[0] for line in result.outlines if " PASSED" in line]


def collected_ids(result: pytest.RunResult) -> list[str]:
    return [line for line in result.outlines if "::" in line and not line.startswith("almostism")]


def cases_in(report: Path) -> Iterator[ET.Element]:
    return ET.parse(report).iter("testcase")  # noqa: S314 - written by the same test


def test_in_an_empty_directory_the_whole_religion_passes(run: Run) -> None:
    result = run("-W", "error")

    assert result.ret == pytest.ExitCode.OK
    verdict = VERDICT.fullmatch(result.outlines[-2])
    assert verdict, "the summary ends with the verdict"
    count = int(verdict[2])
    assert count > 60
    result.assert_outcomes(passed=count)
    result.stdout.fnmatch_lines([f"almostism: instance byte {verdict[1]} (again: *)"])


def test_verbose_runs_read_like_a_book(run: Run) -> None:
    result = run("-v", "-k", "gap")

    result.stdout.fnmatch_lines(
        [
            "*::test_the_scripture_is_1023_bytes_long PASSED (A scripture is 1023 bytes long.)*",
            "*::test_there_is_no_second_gap PASSED (One byte is left unwritten and no more: *",
        ]
    )
    result.stdout.no_fnmatch_line("*SUBPASSED*")
    run("-vv", "-k", "gap").stdout.fnmatch_lines(["*SUBPASSED*"])


@pytest.mark.usefixtures("own_test")
def test_own_tests_run_beside_the_suite(run: Run) -> None:
    result = run("-v", "-k", "mine or silence")

    assert passed_ids(result) == [
        "test_own.py::test_mine",
        f"{SUITE}/silence.py::test_the_silence_is_971_bytes_long",
        f"{SUITE}/silence.py::test_the_silence_is_silent",
        f"{SUITE}/silence.py::test_no_seal_excuses_a_sound",
    ]
    result.stdout.fnmatch_lines(["almostism: judged * without a rite: 3 tenets kept"])


@pytest.mark.usefixtures("own_test")
def test_without_the_option_nothing_is_added(pytester: pytest.Pytester) -> None:
    result = pytester.runpytest_inprocess()

    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*almostism:*")


@pytest.mark.usefixtures("own_test")
def test_the_option_in_addopts_leaves_named_tests_alone(
    pytester: pytest.Pytester,
) -> None:
    pytester.makeini("[pytest]\naddopts = --almostism")

    result = pytester.runpytest_inprocess("test_own.py::test_mine")

    result.assert_outcomes(passed=1)


@pytest.mark.usefixtures("own_test")
def test_own_naming_rules_do_not_lose_the_suite(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makeini(
        "[pytest]\npython_files = check_*.py\npython_functions = check_*\npython_classes = *"
    )
    pytester.makepyfile(check_own="def check_it(): pass")

    result = run("-v", "-k", "silence or it")

    assert "check_own.py::check_it" in passed_ids(result)
    assert f"{SUITE}/silence.py::test_the_silence_is_silent" in passed_ids(result)


def test_own_chapter_of_the_same_name_is_another(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_creed="def test_the_sacred_bytes_come_first(): pass")

    result = run("-v", "-k", "sacred_bytes_come_first")

    assert passed_ids(result) == [
        "test_creed.py::test_the_sacred_bytes_come_first",
        f"{SUITE}/creed.py::test_the_sacred_bytes_come_first",
    ]


def test_all_ids_that_are_printed_can_be_passed_back(run: Run) -> None:
    ids = collected_ids(run("--collect-only", "-q"))

    assert collected_ids(run("--collect-only", "-q", *ids)) == ids
    assert len(ids) > 60


@pytest.mark.parametrize(
    ("named", "count"),
    [
        (f"{SUITE}/silence.py", 3),
        (f"{SUITE}/silence.py::test_the_silence_is_silent", 1),
        (SUITE, 68),
        (f"{SUITE}/", 68),
    ],
)
def test_a_chapter_or_all_of_them_can_be_named(run: Run, named: str, count: int) -> None:
    assert len(collected_ids(run("--collect-only", "-q", named))) == count


@pytest.mark.usefixtures("own_test")
def test_naming_an_id_implies_the_option(pytester: pytest.Pytester) -> None:
    result = pytester.runpytest_inprocess(
        "-v", "test_own.py", f"{SUITE}/silence.py::test_the_silence_is_silent"
    )

    assert passed_ids(result) == [
        "test_own.py::test_mine",
        f"{SUITE}/silence.py::test_the_silence_is_silent",
    ]


@pytest.mark.usefixtures("choir")
def test_ids_of_a_summary_in_a_subdirectory_can_be_passed_back(
    run: Run, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytester.makeini("[pytest]")
    monkeypatch.chdir(pytester.mkdir("sub"))
    result = run("-k", "reader_has_chosen")
    (failed,) = (line.split()[1] for line in result.outlines if line.startswith("FAILED"))

    again = run(failed)

    again.assert_outcomes(failed=1)


@pytest.mark.parametrize(
    "unknown",
    [
        f"{SUITE}/creed.py::test_heresy",
        f"{SUITE}/creed.py::test_overflow_is_near::again",
        f"{SUITE}/heresy.py",
        f"{SUITE}/creed",
        f"{SUITE}::test_overflow_is_near",
    ],
)
def test_unknown_ids_are_a_usage_error(run: Run, unknown: str) -> None:
    result = run(unknown)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: not found: {unknown}"])


@pytest.mark.usefixtures("choir")
def test_last_failed_runs_own_and_bundled_failures_again(
    run: Run, pytester: pytest.Pytester
) -> None:
    pytester.makepyfile(test_own="def test_mine(): assert False")
    run("-k", "creed.py or instance.py or mine").assert_outcomes(failed=2, passed=11)

    result = run("--lf")

    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(
        [
            "FAILED test_own.py::test_mine*",
            f"FAILED {SUITE}/instance.py::test_the_reader_has_chosen*",
        ]
    )


def test_last_failed_runs_failed_subtests_again(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makeconftest("def pytest_almostism_scripture(): return bytes(1023)")
    pytester.makepyfile(test_own="def test_mine(): assert False")
    run("-k", "mine or opens_with or sum_to_zero")

    result = run("--lf", "-v")

    again = [line for line in result.outlines if " FAILED (" in line]
    assert [line.split(" ")[0] for line in again] == [
        f"{SUITE}/creed.py::test_the_scripture_opens_with_the_creed"
    ]
    result.stdout.fnmatch_lines(["*2 selected*", "test_own.py::test_mine FAILED*"])


def test_tenets_are_properties_in_junit_xml(run: Run, pytester: pytest.Pytester) -> None:
    report = pytester.path / "report.xml"
    run("--junitxml", str(report), "-k", "test_the_silence_is_silent or rite_ends_well")

    cases = {case.get("name"): case for case in cases_in(report)}
    silence = cases["test_the_silence_is_silent"]
    assert silence.get("classname") == "pytest_almostism.conformance.silence"
    properties = {p.get("name"): p.get("value") for p in silence.iter("property")}
    assert properties["tenet"] == "All bytes of the silence are zero."
    assert properties["scripture"] == "the project's scripture"
    rites = {
        p.get("name"): p.get("value") for p in cases["test_every_rite_ends_well"].iter("property")
    }
    assert rites["rites"] == "liturgy, reader, parser, script"


def test_no_cache_provider_is_needed(run: Run) -> None:
    result = run("-p", "no:cacheprovider", "-k", "gap.py")

    result.assert_outcomes(passed=4)


def test_adopters_can_make_a_chapter_their_own(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_gap="from pytest_almostism.conformance.gap import *")

    result = pytester.runpytest_inprocess("-v")

    assert passed_ids(result)[0] == "test_gap.py::test_the_scripture_is_1023_bytes_long"
    result.assert_outcomes(passed=4)


def test_markers_select_the_suite(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_own="def test_mine(): pass")

    result = run("-m", "not almostism", "--strict-markers")

    assert result.parseoutcomes()["passed"] == 1


# ---- the instance byte


@pytest.mark.parametrize("given", ["0x2A", "42", "0x2a", "0b101010"])
def test_the_instance_byte_can_be_chosen(run: Run, pytester: pytest.Pytester, given: str) -> None:
    pytester.makepyfile(test_own="def test_mine(scripture): assert scripture.instance == 0x2A")

    result = run(f"--almostism-instance={given}", "-k", "mine or silent")

    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(
        [
            "almostism: instance byte 0x2A (again: --almostism-instance=0x2A)",
            "almostism: judged the project's scripture (instance byte 0x2A) *",
        ]
    )


@pytest.mark.parametrize("given", ["0", "256", "-1", "A7", "", "0x100"])
def test_what_is_no_instance_byte_is_a_usage_error(run: Run, given: str) -> None:
    result = run(f"--almostism-instance={given}")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*is no instance byte: write 1..255 or 0x01..0xFF"])


# ---- pytest-xdist


def test_workers_share_the_instance_byte_and_one_verdict(
    run: Run, pytester: pytest.Pytester
) -> None:
    pytest.importorskip("xdist")
    pytester.makepyfile(
        test_own="""
        import pathlib, pytest
        @pytest.mark.parametrize("number", range(8))
        def test_mine(scripture, number, worker_id):
            pathlib.Path(f"byte-{worker_id}").write_text(f"0x{scripture.instance:02X}")
        """
    )

    result = run("-n", "2", "-k", "mine or gap.py or rite_ends_well")

    result.assert_outcomes(passed=13)
    seen = {path.name: path.read_text() for path in pytester.path.glob("byte-*")}
    assert set(seen) == {"byte-gw0", "byte-gw1"}
    (byte,) = set(seen.values())
    by_all_rites = "by liturgy, reader, parser, script: 5 tenets kept"
    verdicts = [line for line in result.outlines if line.startswith("almostism:")]
    assert verdicts == [
        f"almostism: instance byte {byte} (again: --almostism-instance={byte})",
        f"almostism: judged the project's scripture (instance byte {byte}) {by_all_rites}",
    ]


def test_unknown_ids_are_a_usage_error_with_workers_as_well(run: Run) -> None:
    pytest.importorskip("xdist")

    assert run("-n", "2", f"{SUITE}/heresy.py").ret == pytest.ExitCode.USAGE_ERROR


def test_ids_and_last_failures_work_with_workers(run: Run, pytester: pytest.Pytester) -> None:
    pytest.importorskip("xdist")
    pytester.makeconftest("def pytest_almostism_scripture(): return bytes(1023)")
    pytester.makepyfile(test_own="def test_mine(): assert False")
    named = ("test_own.py", f"{SUITE}/silence.py", f"{SUITE}/creed.py::test_overflow_is_near")
    run("-n", "2", *named).assert_outcomes(failed=2, passed=2, skipped=1)

    result = run("-n", "2", "--lf")

    result.assert_outcomes(failed=2)
