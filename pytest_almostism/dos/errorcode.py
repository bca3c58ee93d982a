"""The error codes of DOS, and the exception by which the kernel's own code reports them.

A service or a drive raises `DosError`; the dispatcher turns it into CF=1 and AX=code, so it
never leaves the machine. Numbers and names: Ralf Brown's Interrupt List, table 01680.
"""

from __future__ import annotations

from enum import IntEnum


class ErrorCode(IntEnum):
    """DOS extended error codes (INT 21h/59h)."""

    INVALID_FUNCTION = 0x01
    FILE_NOT_FOUND = 0x02
    PATH_NOT_FOUND = 0x03
    TOO_MANY_OPEN_FILES = 0x04
    ACCESS_DENIED = 0x05
    INVALID_HANDLE = 0x06
    MEMORY_CONTROL_BLOCK_DESTROYED = 0x07
    INSUFFICIENT_MEMORY = 0x08
    INVALID_MEMORY_BLOCK = 0x09
    INVALID_ENVIRONMENT = 0x0A
    INVALID_FORMAT = 0x0B
    INVALID_ACCESS_CODE = 0x0C
    INVALID_DATA = 0x0D
    INVALID_DRIVE = 0x0F
    CURRENT_DIRECTORY = 0x10
    NOT_SAME_DEVICE = 0x11
    NO_MORE_FILES = 0x12
    WRITE_PROTECTED = 0x13
    UNKNOWN_UNIT = 0x14
    DRIVE_NOT_READY = 0x15
    SECTOR_NOT_FOUND = 0x1B
    OUT_OF_PAPER = 0x1C
    WRITE_FAULT = 0x1D
    READ_FAULT = 0x1E
    GENERAL_FAILURE = 0x1F
    SHARING_VIOLATION = 0x20
    LOCK_VIOLATION = 0x21
    WRONG_DISK = 0x22
    SHARING_BUFFER_EXCEEDED = 0x24
    DISK_FULL = 0x27
    FILE_EXISTS = 0x50
    CANNOT_MAKE_DIRECTORY = 0x52
    FAIL_ON_INT24 = 0x53
    INVALID_PARAMETER = 0x57
    LONG_NAMES_NOT_SUPPORTED = 0x7100

    @property
    def text(self) -> str:
        """The code in words: `file not found`."""
        return self.name.replace("_", " ").lower()


class DosError(Exception):
    """A DOS call failed; the guest will see CF=1 and AX=code.

    Args:
        code: what the guest finds in AX.
    """

    def __init__(self, code: ErrorCode) -> None:
        super().__init__(f"error {code:d} {code.text}")
        self.code = code


class Area(IntEnum):
    """Where on a disk a critical error occurred (bits 1 and 2 of AH at INT 24h)."""

    SYSTEM = 0
    FAT = 1
    DIRECTORY = 2
    DATA = 3


class CriticalError(OSError):
    """A drive or a device failed, and INT 24h is to decide what becomes of the call.

    It is no DosError: nobody may take it for an answer before INT 24h was asked.

    Args:
        code: WRITE_PROTECTED (13h) to GENERAL_FAILURE (1Fh).
        drive: the letter of the drive that failed; empty for a device.
        device: the name of the device that failed; empty for a drive.
        writing: whether it happened while writing.
        area: of the disk.
    """

    def __init__(
        self,
        code: ErrorCode,
        drive: str = "",
        *,
        device: str = "",
        writing: bool,
        area: Area = Area.DATA,
    ) -> None:
        what = f"drive {drive}:" if drive else f"device {device}"
        super().__init__(f"{what} {code.text}, {'writing' if writing else 'reading'}")
        self.code = code
        self.drive = drive
        self.device = device
        self.writing = writing
        self.area = area


class ControlC(Exception):  # it is no error
    """Ctrl-C was read: INT 23h is to decide what becomes of the program."""


class CallHandler(Exception):  # it is no error
    """A handler of the guest is to run, and the call is to be made again when it has returned.

    Args:
        number: the interrupt whose handler it is.
    """

    def __init__(self, number: int) -> None:
        super().__init__(f"INT {number:02X}h")
        self.number = number


class CallAbandoned(Exception):  # it is no error
    """A call does not return: the registers are already those of whoever goes on."""
