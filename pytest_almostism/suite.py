"""The bundled suite as such: its chapters, and the node ids by which they are named."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

PACKAGE = "pytest_almostism.conformance"
"""Where the chapters are imported from."""

SUITE = PACKAGE.replace(".", "/")
"""The node id of all of them."""

RITES = ("liturgy", "reader", "parser", "script")
"""The chapters that are named after the rite they are about."""

CHAPTERS = (
    *("creed", "gap", "seal", "instance", "silence"),
    *RITES,
    *("vanishing", "as_first_spoken", "praxis"),
)
"""The chapters in the order in which they are run."""

OF_NO_FILE = frozenset({"as_first_spoken"})
"""The chapters on specimens of the project's own, which say nothing of a user's file."""


def chapter_module(name: str) -> ModuleType:
    """Imports a chapter.

    Args:
        name: One of `CHAPTERS`.

    Returns:
        Its module.
    """
    return import_module(f"{PACKAGE}.{name}")


def take_suite_ids(config: pytest.Config) -> list[str]:
    """Takes the node ids of the project's scripture out of the arguments.

    pytest would look for files of that name below the invocation directory.

    Args:
        config: The configuration of the run; its `args` are changed.

    Returns:
        The ids, relative to the root directory as pytest prints them.

    Raises:
        pytest.UsageError: There is no such chapter or test.
    """
    ids = {arg: _suite_id(arg, config) for arg in config.args if SUITE in arg}
    taken = [nodeid for nodeid in ids.values() if nodeid is not None]
    # Workers of pytest-xdist could not say so any more: it has to be seen before there are any.
    missing = [nodeid for nodeid in taken if not _exists(nodeid)]
    if missing:
        raise pytest.UsageError(*(f"not found: {nodeid}" for nodeid in missing))
    config.args[:] = [arg for arg in config.args if ids.get(arg) is None]
    return taken


def _suite_id(arg: str, config: pytest.Config) -> str | None:
    path, *names = arg.split("::")
    path = path.rstrip("/")
    place = config.invocation_params.dir / path
    if place.exists():  # in a checkout of this project
        return None
    # In a subdirectory of the root, pytest's summary prints ids relative to that directory.
    for known in (path, os.path.relpath(place, config.rootpath).replace(os.sep, "/")):
        if known == SUITE or known.startswith(f"{SUITE}/"):
            return "::".join([known, *names])
    return None


def _exists(nodeid: str) -> bool:
    """Whether the id of a suite, a chapter or a test of it names anything."""
    path, *names = nodeid.split("::")
    chapters = {f"{SUITE}/{name}.py": name for name in CHAPTERS}
    if not names:
        return path == SUITE or path in chapters
    if path not in chapters or len(names) > 1:
        return False
    return hasattr(chapter_module(chapters[path]), names[0].partition("[")[0])


def is_within(nodeid: str, named: str) -> bool:
    """Whether a test is what was named, or part of it.

    Args:
        nodeid: The node id of the test.
        named: A node id.
    """
    return nodeid == named or nodeid.startswith((f"{named}::", f"{named}/", f"{named}["))
