"""What the suite of pytest-almostism judges in this project, and by which rites."""

from __future__ import annotations

from pathlib import Path

from farewell import farewell
from pytest_almostism import Clause, DosProgramRite, FunctionRite, Rite, Scripture

HERE = Path(__file__).parent


def pytest_almostism_scripture() -> Scripture:
    """The scripture that this project builds: the canon, with an instance byte of its own."""
    return Scripture.build(0x2A)


def pytest_almostism_rites() -> list[Rite]:
    """The readers of this project, to be judged beside those of pytest-almostism."""
    gentle = {Clause.DESTROYS_UNTRUE: "it is gentle: what is untrue it leaves alone"}
    return [
        DosProgramRite("FAREWELL.COM", HERE / "FAREWELL.COM", excuses=gentle),
        FunctionRite("farewell.py", farewell),
    ]
