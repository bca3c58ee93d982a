"""Collecting the bundled suite: once for the project's scripture, once per scripture file.

    pytest_almostism/conformance/creed.py::test_x    the scripture of the project
    dist/HOLY.COM::creed::test_x                     a scripture file of the user's own

An id of the first kind names a path that exists only below site-packages: it is the same in
every project and on every machine, and cannot be confused with a file of the user's.

The suite is handed to pytest as early as can be, in the session's collect report, so that
everything later (`-k`, `-m`, `--deselect`, `--lf`, xdist, reports) treats it as ordinary tests.
"""

from __future__ import annotations

import os
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from pytest_almostism.scripture import SACRED, Part, Scripture
from pytest_almostism.suite import CHAPTERS, OF_NO_FILE, RITES, SUITE, chapter_module, is_within

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from types import ModuleType


class UnderTest(bytes):
    """The bytes of a scripture, true or not, with a `repr` that fits into a failure's report."""

    __slots__ = ()

    def __repr__(self) -> str:
        dots = " …" if len(self) > Part.CREED.length else ""
        return f"<{len(self)} bytes: {self[Part.CREED.slice].hex(' ').upper()}{dots}>"


class Chapter(pytest.Module):
    """One chapter of the suite, imported by name and deaf to the user's `python_*` options.

    Args:
        bundled: The chapter's module.
        subject: What it is about, as (name, value) properties of its tests.
        **kwargs: As for `pytest.Module`.
    """

    def __init__(
        self, *, bundled: ModuleType, subject: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        self._bundled = bundled
        self._subject = tuple(subject)
        super().__init__(**kwargs)
        self.add_marker("almostism")

    def _getobj(self) -> ModuleType:
        return self._bundled

    def funcnamefilter(self, name: str) -> bool:
        """Tells which functions are tests, whatever `python_functions` says."""
        return name.startswith("test_")

    def classnamefilter(self, name: str) -> bool:  # noqa: ARG002 - pytest's signature
        """Tells which classes are tests: none."""
        return False

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """Yields the tests, each with its tenet and its subject as report properties."""
        chapter = self._bundled.__name__.rpartition(".")[2]
        for item in super().collect():
            if isinstance(item, pytest.Function):
                tenet = " ".join((item.function.__doc__ or "").split())
                item.user_properties += [("tenet", tenet), *self._subject]
                if "true_scripture" in item.fixturenames and chapter in RITES:
                    item.user_properties.append(("rites", chapter))
            yield item


class Complaint(pytest.Item):
    """A test that fails, where there is nothing to be tested.

    Args:
        message: Why.
        **kwargs: As for `pytest.Item`.
    """

    def __init__(self, *, message: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._message = message

    def runtest(self) -> NoReturn:
        """Fails."""
        pytest.fail(self._message, pytrace=False)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Names what is complained about."""
        return self.path, None, self.name


class ProjectScripture(pytest.Collector):
    """The suite over what the project calls its scripture.

    It yields the tests, not the chapters: pytest's `--lf` skips *files* whose path no failed node
    id names, and the path of a chapter is one that no node id can name.
    """

    data: UnderTest

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """Yields the tests of all chapters."""
        self.data = project_scripture(self.config)
        for name in CHAPTERS:
            module = chapter_module(name)
            chapter = Chapter.from_parent(
                self,
                bundled=module,
                subject=_subject("the project's scripture", self.data),
                name=f"{name}.py",
                path=Path(str(module.__file__)),
                nodeid=f"{self.nodeid}/{name}.py",
            )
            yield from chapter.collect()


class ScriptureFile(pytest.File):
    """The suite over a file; the file is only ever read."""

    data: UnderTest

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """Yields the chapters, or a complaint if the file cannot be read."""
        try:
            self.data = UnderTest(self.path.read_bytes())
        except OSError as error:
            message = f"{self.path} cannot be read: {error.strerror or error}"
            yield Complaint.from_parent(self, name="readable", message=message)
            return
        for name in CHAPTERS:
            if name not in OF_NO_FILE:
                yield Chapter.from_parent(
                    self,
                    bundled=chapter_module(name),
                    subject=_subject(self.nodeid, self.data),
                    name=name,
                    path=self.path,
                    nodeid=f"{self.nodeid}::{name}",
                )


def project_scripture(config: pytest.Config) -> UnderTest:
    """Finds out what the suite judges when no file is named.

    Args:
        config: The configuration of the run.

    Returns:
        What the hook `pytest_almostism_scripture` gives, as bytes.

    Raises:
        TypeError: The hook gave neither a scripture nor bytes.
    """
    given = config.hook.pytest_almostism_scripture(config=config)
    if not isinstance(given, (Scripture, bytes, bytearray, memoryview)):
        raise TypeError(f"pytest_almostism_scripture gave {given!r}: no bytes and no Scripture")
    return UnderTest(bytes(given))


def data_under_test(node: pytest.Item) -> UnderTest:
    """Finds the bytes that a test of the suite is about.

    Args:
        node: The test.

    Returns:
        Those of the file it was collected from, else those of the project's scripture.
    """
    subject = node.getparent(ScriptureFile) or node.getparent(ProjectScripture)
    return subject.data if subject else project_scripture(node.config)


class Collection:
    """The collection hooks; registered only when the suite was asked for.

    Args:
        config: The configuration of the run.
        ids: Node ids of the project's scripture that were named on the command line.
    """

    def __init__(self, config: pytest.Config, ids: list[str]) -> None:
        self._ids = ids
        # If files were named, only those are judged, so that `addopts = --almostism` does not
        # get in the way of `pytest tests/test_x.py`.
        here = config.invocation_params.dir
        are_named = config.args_source is config.ArgsSource.ARGS
        self._project_too = bool(ids) or not are_named
        # Not `isinitpath`: to pytest a file beside its directory is no argument of its own.
        self._named = {
            Path(os.path.abspath(here / arg.split("::")[0]))  # noqa: PTH100 - as pytest does
            for arg in (config.args if are_named else ())
        }
        self._patterns = config.getini("almostism_files")

    @pytest.hookimpl(wrapper=True)
    def pytest_collect_file(
        self, file_path: Path, parent: pytest.Collector
    ) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
        """Collects a scripture file; no other plugin shall read it as something else."""
        collectors = yield
        if any(fnmatch(file_path.name, pattern) for pattern in self._patterns) or (
            file_path in self._named
            and file_path.suffix != ".py"
            and (not collectors or _is_sacred(file_path))
        ):
            return [ScriptureFile.from_parent(parent, path=file_path)]
        return collectors

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Adds the suite to the session, and a complaint to a named directory without anything."""
        report = yield
        if not report.passed or report.result is None:
            return report
        if isinstance(collector, pytest.Session) and self._project_too:
            suite = ProjectScripture.from_parent(collector, name=SUITE, nodeid=SUITE)
            report.result.append(suite)
        is_named = isinstance(collector, pytest.Directory) and collector.path in self._named
        if is_named and not report.result:
            message = (
                f"{collector.path} is a directory without tests or scriptures in it: name a file, "
                f"or a pattern by almostism_files, which now has {self._patterns or 'none'}"
            )
            complaint = Complaint.from_parent(collector, name="scripture", message=message)
            report.result.append(complaint)
        return report

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keeps of the project's scripture only what was named on the command line."""
        if self._ids:
            items[:] = [
                item
                for item in items
                if item.getparent(ProjectScripture) is None
                or any(is_within(item.nodeid, nodeid) for nodeid in self._ids)
            ]


def _subject(title: str, data: bytes) -> list[tuple[str, str]]:
    """What a test is about, for reports."""
    instance = data[Part.INSTANCE.slice]
    shown = f"0x{instance.hex().upper()}" if any(instance) else "none"
    return [("scripture", title), ("instance_byte", shown)]


def _is_sacred(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(SACRED)) == SACRED
    except OSError:
        return False
