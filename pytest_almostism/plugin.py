"""The pytest plugin: options, markers and fixtures. It only wires.

Nothing is autouse, and whatever is heavy is imported by the fixture that needs it: a run that
does not use the plugin does not notice it.
"""
# ruff: noqa: PLC0415 - imports inside fixtures are what keeps plain pytest runs fast

from __future__ import annotations

import argparse
import random
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping
    from typing import Any

    from pyfakefs.fake_filesystem import FakeFilesystem

    from pytest_almostism.dos import Dos
    from pytest_almostism.rites import Rite
    from pytest_almostism.scripture import Scripture
    from pytest_almostism.witness import Witness

_INSTANCE = pytest.StashKey[int]()  # of a run: the instance byte of what it builds
_RITES = pytest.StashKey["Mapping[str, Rite]"]()  # of a run: all rites, once they were asked for
_MACHINES = pytest.StashKey["list[Dos]"]()  # of a test: what it has booted


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the options, all with one prefix."""
    group = parser.getgroup("almostism", "DOS programs, and the conformance of Almostism")
    group.addoption(
        "--almostism",
        action="store_true",
        help="also run the conformance suite: over the scripture files that are named, or over "
        "the project's scripture if no files are",
    )
    group.addoption(
        "--almostism-instance",
        type=_instance_byte,
        metavar="BYTE",
        help="instance byte of the scriptures this run builds, 1..255 or 0x01..0xFF; by default "
        "chance chooses, and the report header says what",
    )
    parser.addini(
        "almostism_files",
        type="args",
        default=[],
        help="file name patterns of the scriptures that --almostism finds by itself, as *.HOLY",
    )


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Adds the hooks by which a project says what is judged, and by which rites."""
    from pytest_almostism import hooks

    pluginmanager.add_hookspecs(hooks)


def pytest_configure(config: pytest.Config) -> None:
    """Chooses the instance byte, and adds the suite if it was asked for."""
    config.addinivalue_line(
        "markers", "almostism: a test of the conformance suite of pytest-almostism"
    )
    config.stash[_INSTANCE] = (
        config.getoption("almostism_instance")
        or getattr(config, "workerinput", {}).get("almostism_instance")
        or random.SystemRandom().randint(1, 255)
    )
    asked = config.getoption("almostism")
    if asked or any("pytest_almostism/conformance" in arg for arg in config.args):
        from pytest_almostism.collection import Collection
        from pytest_almostism.reporting.verdict import Verdict
        from pytest_almostism.suite import take_suite_ids

        ids = take_suite_ids(config)
        if asked or ids:
            config.pluginmanager.register(Collection(config, ids), "almostism-collection")
            config.pluginmanager.register(Verdict(config.stash[_INSTANCE]), "almostism-verdict")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Hands the instance byte to a worker of pytest-xdist: one run, one byte."""
    node.workerinput["almostism_instance"] = node.config.stash[_INSTANCE]


@pytest.hookimpl(trylast=True)
def pytest_almostism_scripture(config: pytest.Config) -> Scripture:
    """Builds a scripture if nobody else has one."""
    from pytest_almostism.scripture import Scripture

    return Scripture.build(config.stash[_INSTANCE])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Adds to a failure what the test's machines did last."""
    report = yield
    if report.failed and report.when == "call" and _MACHINES in item.stash:
        from pytest_almostism.reporting.trace import machine_section

        message = report.longreprtext
        sections = [machine_section(dos, message) for dos in item.stash[_MACHINES]]
        report.sections += [("DOS", section) for section in sections if section]
    return report


def _instance_byte(text: str) -> int:
    try:
        instance = int(text, 0)
    except ValueError:
        instance = 0
    if not 1 <= instance <= 255:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no instance byte: write 1..255 or 0x01..0xFF"
        )
    return instance


# ---- The machine ---------------------------------------------------------------------------


@pytest.fixture
def dos_filesystem() -> FakeFilesystem:
    """The fake file system behind the drives of `dos`.

    Override it with `return fs` to share one tree between the guest and Python code that runs
    under pyfakefs' `fs`.
    """
    from pyfakefs.fake_filesystem import FakeFilesystem

    return FakeFilesystem()


@pytest.fixture
def dos_factory(request: pytest.FixtureRequest) -> Iterator[Callable[..., Dos]]:
    """Makes machines: call it with the keywords of `Dos`. They are switched off afterwards."""
    from pytest_almostism.dos import Dos

    machines = request.node.stash.setdefault(_MACHINES, [])
    with ExitStack() as until_the_end:

        def make(**keywords: Any) -> Dos:
            dos = until_the_end.enter_context(Dos(**keywords))
            machines.append(dos)
            return dos

        yield make


@pytest.fixture
def dos(dos_factory: Callable[..., Dos], dos_filesystem: FakeFilesystem) -> Dos:
    """A freshly booted PC with DOS and an empty drive C:."""
    return dos_factory(filesystem=dos_filesystem)


@pytest.fixture
def witness(dos: Dos) -> Witness:
    """What became of the files of `dos`: deletions, last contents, abandoned bytes."""
    from pytest_almostism.witness import Witness

    return Witness(dos.journal)


# ---- The scripture -------------------------------------------------------------------------


@pytest.fixture
def scripture(pytestconfig: pytest.Config) -> Scripture:
    """The project's scripture: from the hook `pytest_almostism_scripture`, else built."""
    from pytest_almostism.collection import project_scripture
    from pytest_almostism.scripture import Scripture

    return Scripture.parse(project_scripture(pytestconfig))


@pytest.fixture
def scripture_under_test(request: pytest.FixtureRequest) -> bytes:
    """The bytes a test of the suite is about, true or not: a file's, or the project's."""
    from pytest_almostism.collection import data_under_test

    return data_under_test(request.node)


@pytest.fixture
def true_scripture(scripture_under_test: bytes) -> Scripture:
    """What a test of the suite is about, if it is a scripture; no rite is held over anything else.

    The test is skipped otherwise: the chapters on the creed, the gap, the seal and the silence
    say what is wrong.
    """
    from pytest_almostism.scripture import Scripture, ScriptureError

    try:
        return Scripture.parse(scripture_under_test)
    except ScriptureError as error:
        pytest.skip(f"no scripture: {type(error).__name__}: {error}")


@pytest.fixture
def rites(request: pytest.FixtureRequest) -> Mapping[str, Rite]:
    """All rites by name: the package's own four and those of `pytest_almostism_rites`.

    Over the same bytes each is performed once in a run; its outcome is what tests look at.
    """
    from pytest_almostism.rites.gather import Remembered, gather

    config = request.config
    if _RITES not in config.stash:
        gathered = gather(config.hook.pytest_almostism_rites(config=config))
        config.stash[_RITES] = {name: Remembered(rite) for name, rite in gathered.items()}
    remembered = config.stash[_RITES]
    request.node.user_properties.append(("rites", ", ".join(remembered)))
    return remembered
