"""What a test sees when a machine cannot go on."""

from __future__ import annotations

from pytest_almostism.errors import AlmostismError


class MachineError(AlmostismError):
    """The emulated PC came to a state from which no program returns."""


class InstructionLimitExceeded(MachineError):
    """A program used up its instruction budget without ending."""


class CpuError(MachineError):
    """A program executed something that no CPU executes, or stopped the CPU for good."""


class KeyboardStarved(MachineError):
    """A program waits for a key, and no more keys were typed: it would wait for ever."""


class ProgramNotFound(AlmostismError, FileNotFoundError):
    """The program to be run is neither on a drive nor on the host."""


class BadProgram(AlmostismError, ValueError):
    """The file to be run is no program: it is too large, or its EXE header lies."""


class UnsupportedCall(UserWarning):
    """A program made a call that no service answered."""
