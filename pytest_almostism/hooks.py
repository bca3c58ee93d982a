"""The hooks pytest-almostism adds to pytest: implement them in any conftest.py or plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_almostism.rites import Rite
    from pytest_almostism.scripture import Scripture


@pytest.hookspec(firstresult=True)
def pytest_almostism_scripture(config: pytest.Config) -> bytes | Scripture | None:
    """Says what the conformance suite judges when no file is named.

    The first answer that is not None counts; without any, a scripture is built.

    Args:
        config: The configuration of the run.

    Returns:
        A scripture or the bytes of what is to be one, or None to leave it to others.
    """


@pytest.hookspec
def pytest_almostism_rites(config: pytest.Config) -> Iterable[Rite]:
    """Adds rites: further readings of the scripture, to be judged by the same suite.

    Args:
        config: The configuration of the run.

    Returns:
        Rites: `DosProgramRite`, `FunctionRite`, or anything with the same methods.
    """
    raise NotImplementedError  # it is only the specification
