"""Test DOS programs from pytest, and a micro-religion as executable specification.

The public names live in their modules and are imported when they are first asked for, so that
`import pytest_almostism` costs nothing and imports neither unicorn nor pyfakefs.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_almostism.assertions import (
        assert_bytes_zeroed,
        assert_exit_zero,
        assert_file_deleted,
    )
    from pytest_almostism.dos import (
        BadProgram,
        Clock,
        CpuError,
        Dos,
        DosCall,
        DosPath,
        ErrorCode,
        InstructionLimitExceeded,
        KeyboardStarved,
        MachineError,
        ProgramNotFound,
        ProgramResult,
        Termination,
        UnsupportedCall,
    )
    from pytest_almostism.errors import AlmostismError
    from pytest_almostism.rites import (
        Clause,
        DosProgramRite,
        FunctionRite,
        MemoryOfTheGap,
        Outcome,
        Rite,
        read_and_vanish,
    )
    from pytest_almostism.scripture import (
        CREED,
        EDITIONS,
        LITURGY,
        SIZE,
        InvalidChecksum,
        InvalidCreed,
        Scripture,
        ScriptureError,
        ViolationOfGap,
        assert_gap,
        leave_one_bit_unset,
    )
    from pytest_almostism.witness import DeletedFile, Witness

__all__ = [
    "CREED",
    "EDITIONS",
    "LITURGY",
    "SIZE",
    "AlmostismError",
    "BadProgram",
    "Clause",
    "Clock",
    "CpuError",
    "DeletedFile",
    "Dos",
    "DosCall",
    "DosPath",
    "DosProgramRite",
    "ErrorCode",
    "FunctionRite",
    "InstructionLimitExceeded",
    "InvalidChecksum",
    "InvalidCreed",
    "KeyboardStarved",
    "MachineError",
    "MemoryOfTheGap",
    "Outcome",
    "ProgramNotFound",
    "ProgramResult",
    "Rite",
    "Scripture",
    "ScriptureError",
    "Termination",
    "UnsupportedCall",
    "ViolationOfGap",
    "Witness",
    "assert_bytes_zeroed",
    "assert_exit_zero",
    "assert_file_deleted",
    "assert_gap",
    "leave_one_bit_unset",
    "read_and_vanish",
]

_HOME = {
    "assertions": "assert_bytes_zeroed assert_exit_zero assert_file_deleted",
    "dos": "BadProgram Clock CpuError Dos DosCall DosPath ErrorCode InstructionLimitExceeded"
    " KeyboardStarved MachineError ProgramNotFound ProgramResult Termination UnsupportedCall",
    "errors": "AlmostismError",
    "rites": "Clause DosProgramRite FunctionRite MemoryOfTheGap Outcome Rite read_and_vanish",
    "scripture": "CREED EDITIONS LITURGY SIZE InvalidChecksum InvalidCreed Scripture ScriptureError"
    " ViolationOfGap assert_gap leave_one_bit_unset",
    "witness": "DeletedFile Witness",
}
_MODULE = {name: module for module, names in _HOME.items() for name in names.split()}


def __getattr__(name: str) -> object:
    try:
        module = _MODULE[name]
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    value = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = value  # from now on without asking
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


if "pytest" in sys.modules:  # the machine works without
    sys.modules["pytest"].register_assert_rewrite(
        f"{__name__}.assertions", f"{__name__}.conformance"
    )
