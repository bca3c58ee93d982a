"""The rules that the modules of the suite keep."""

from __future__ import annotations

import ast
import inspect
import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from pytest_almostism import conformance
from pytest_almostism.suite import CHAPTERS, PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FunctionType, ModuleType

MODULES = [import_module(f"{PACKAGE}.{name}") for name in CHAPTERS]


def the_tests_of(module: ModuleType) -> Iterator[FunctionType]:
    for name, thing in vars(module).items():
        if name.startswith("test_"):
            yield thing


def tree(module: ModuleType) -> ast.Module:
    return ast.parse(inspect.getsource(module))


def test_every_module_is_a_chapter() -> None:
    assert {info.name for info in pkgutil.iter_modules(conformance.__path__)} == set(CHAPTERS)
    assert not any(name.startswith("test_") for name in CHAPTERS), "pytest would collect it twice"


@pytest.mark.parametrize("module", MODULES, ids=CHAPTERS)
def test_chapters_are_plain_functions(module: ModuleType) -> None:
    statements = tree(module).body

    assert not [s.name for s in statements if isinstance(s, ast.ClassDef)]
    decorated = [s.name for s in statements if isinstance(s, ast.FunctionDef) and s.decorator_list]
    assert not decorated, "no fixtures, no parametrisation, no marks"
    names = {s.name for s in statements if isinstance(s, ast.FunctionDef)}
    assert all(name.startswith(("test_", "_")) for name in names), "`import *` takes only tests"


@pytest.mark.parametrize("module", MODULES, ids=CHAPTERS)
def test_each_docstring_is_a_tenet_in_one_sentence(module: ModuleType) -> None:
    assert (module.__doc__ or "").startswith(f"Chapter {MODULES.index(module) + 1}, ")
    for test in the_tests_of(module):
        tenet = test.__doc__ or ""
        assert tenet, f"{test.__name__} has no tenet"
        assert tenet.strip() == tenet, test.__name__
        assert tenet.endswith("."), test.__name__
        assert ". " not in tenet, f"{test.__name__}: one sentence"


def test_no_tenet_is_told_twice() -> None:
    tenets = [test.__doc__ for module in MODULES for test in the_tests_of(module)]
    assert len(set(tenets)) >= len(tenets) - 2, "the two readers share two of their tenets"
    assert len(tenets) > 60


def test_ids_have_the_shape_that_test_explorers_expect(pytester: pytest.Pytester) -> None:
    (pytester.path / "HOLY.COM").write_bytes(bytes(1023))

    pytester.makeini("[pytest]\nalmostism_files = *.COM")
    items, _ = pytester.inline_genitems("--almostism")

    assert {item.nodeid.split("::")[0].rpartition(".")[2] for item in items} == {"py", "COM"}
    for item in items:
        assert isinstance(item, pytest.Function)
        assert item.cls is None
        assert not hasattr(item, "callspec"), "VS Code looks for the brackets of a file's test"


def test_the_suite_marks_itself(pytester: pytest.Pytester) -> None:
    result = pytester.runpytest_inprocess("--almostism", "--strict-markers", "-m", "almostism")

    assert result.ret == pytest.ExitCode.OK
