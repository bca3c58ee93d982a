"""The rites: readings of one scripture, behind one small protocol."""

from __future__ import annotations

from pytest_almostism.rites.dosprogram import DosProgramRite
from pytest_almostism.rites.function import FunctionRite
from pytest_almostism.rites.liturgy import LiturgyRite, Performance
from pytest_almostism.rites.outcome import Outcome
from pytest_almostism.rites.parser import MemoryOfTheGap, ParserRite, read_and_vanish
from pytest_almostism.rites.reader import READER, ReaderRite
from pytest_almostism.rites.rite import Clause, ExitCode, Rite
from pytest_almostism.rites.script import ScriptRite

__all__ = [
    "READER",
    "Clause",
    "DosProgramRite",
    "ExitCode",
    "FunctionRite",
    "LiturgyRite",
    "MemoryOfTheGap",
    "Outcome",
    "ParserRite",
    "Performance",
    "ReaderRite",
    "Rite",
    "ScriptRite",
    "read_and_vanish",
]
