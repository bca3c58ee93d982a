"""The emulated PC with DOS; usable without pytest.

Reading order: `dos` is what a test uses; `machine` puts together `cpu`, `memory` and the
devices; `services` is the table in which `kernel` and `bios` register what answers INT 21h and
the rest; `drives`, `drive` and its neighbours are the disks; `shell` is COMMAND.COM. Unicorn is
imported when the first machine is made.
"""

from pytest_almostism.dos.calls import DosCall
from pytest_almostism.dos.clock import Clock
from pytest_almostism.dos.dos import Dos
from pytest_almostism.dos.errorcode import ErrorCode
from pytest_almostism.dos.errors import (
    BadProgram,
    CpuError,
    InstructionLimitExceeded,
    KeyboardStarved,
    MachineError,
    ProgramNotFound,
    UnsupportedCall,
)
from pytest_almostism.dos.execution import Process
from pytest_almostism.dos.path import DosPath
from pytest_almostism.dos.process import Termination
from pytest_almostism.dos.registers import Flag, Registers
from pytest_almostism.dos.result import ProgramResult

__all__ = [
    "BadProgram",
    "Clock",
    "CpuError",
    "Dos",
    "DosCall",
    "DosPath",
    "ErrorCode",
    "Flag",
    "InstructionLimitExceeded",
    "KeyboardStarved",
    "MachineError",
    "Process",
    "ProgramNotFound",
    "ProgramResult",
    "Registers",
    "Termination",
    "UnsupportedCall",
]
