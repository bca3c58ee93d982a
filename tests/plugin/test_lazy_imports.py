"""What is imported when: a run that does not use the plugin must not pay for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

import pytest_almostism

HEAVY = ("unicorn", "pyfakefs", "pytest_almostism.dos", "pytest_almostism.scripture", "hashlib")


def python(code: str) -> str:
    """What a fresh interpreter prints."""
    process = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return process.stdout.strip()


def imported_after(statement: str) -> set[str]:
    return set(python(f"import sys\n{statement}\nprint(*sys.modules)").split())


def test_the_plugin_imports_nothing_heavy() -> None:
    before = imported_after("import pytest")

    added = imported_after("import pytest_almostism.plugin") - before

    assert {name for name in added if name.startswith("pytest_almostism")} == {
        "pytest_almostism",
        "pytest_almostism.plugin",
    }
    assert not added.intersection(HEAVY)


def test_the_package_imports_not_even_pytest() -> None:
    assert not imported_after("import pytest_almostism").intersection({"pytest", *HEAVY})


def test_the_machine_needs_no_pytest() -> None:
    assert "pytest" not in imported_after("from pytest_almostism import Dos; Dos().close()")


def test_the_scripture_needs_no_machine() -> None:
    modules = imported_after("from pytest_almostism import Scripture; Scripture.build()")

    assert not modules.intersection({"unicorn", "pyfakefs", "pytest_almostism.dos"})


def test_the_suite_is_imported_only_if_asked(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys
        def test_it():
            mine = {name for name in sys.modules if name.startswith("pytest_almostism")}
            assert mine == {"pytest_almostism", "pytest_almostism.plugin", "pytest_almostism.hooks"}
            assert "unicorn" not in sys.modules
        """
    )
    pytester.runpytest_subprocess("-p", "no:fakefs").assert_outcomes(passed=1)


# ---- the public names


@pytest.mark.parametrize("name", pytest_almostism.__all__)
def test_public_names_can_be_imported(name: str) -> None:
    assert getattr(pytest_almostism, name) is not None
    assert name in dir(pytest_almostism)


def test_public_names_are_imported_from_where_the_table_says() -> None:
    assert set(pytest_almostism._MODULE) == set(pytest_almostism.__all__)


def test_a_name_that_is_none_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'pytest_almostism' has no attribute 'heresy'"):
        pytest_almostism.heresy  # noqa: B018 - the access is the test


def test_assertions_of_suite_and_rites_are_rewritten(pytester: pytest.Pytester) -> None:
    pytester.makeconftest("def pytest_almostism_scripture(): return bytes(7)")

    result = pytester.runpytest_inprocess("--almostism", "-k", "1023_bytes")

    result.stdout.fnmatch_lines(["E  *assert 7 == 1023"])
