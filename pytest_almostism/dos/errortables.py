"""What DOS says of an error besides its number, and which errors a call admits to.

The calls of DOS 2 have never learned new error codes: programs of its time would not know them.
Each has a list of those that it may return, and turns all others into the last one of the list;
INT 21h/59h tells which error it really was. Long before SHARE.EXE, `open` knew "access denied".

Source: the tables of MS-DOS (error map of INT 21h, class, action and locus by error), as Ralf
Brown's Interrupt List has them with INT 21h/59h.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from pytest_almostism.dos.errorcode import ErrorCode


class Class(IntEnum):
    """What kind of error it is."""

    OUT_OF_RESOURCE = 1
    TEMPORARY = 2
    AUTHORIZATION = 3
    INTERNAL = 4
    HARDWARE = 5
    SYSTEM = 6
    APPLICATION = 7
    NOT_FOUND = 8
    BAD_FORMAT = 9
    LOCKED = 10
    MEDIA = 11
    EXISTS = 12
    UNKNOWN = 13


class Action(IntEnum):
    """What the program is advised to do."""

    RETRY = 1
    RETRY_LATER = 2
    ASK_USER = 3
    ABORT = 4
    ABORT_AT_ONCE = 5
    IGNORE = 6
    RETRY_AFTER_USER = 7


class Locus(IntEnum):
    """Where it happened."""

    UNKNOWN = 1
    DISK = 2
    NETWORK = 3
    SERIAL_DEVICE = 4
    MEMORY = 5


class ExtendedError(NamedTuple):
    """All that INT 21h/59h tells.

    Attributes:
        code: 0: there was no error.
        kind: its class.
        action: what to do.
        locus: where.
        pointer: (segment, offset) of the label of the disk that is missing, for WRONG_DISK.
    """

    code: int
    kind: int = 0
    action: int = 0
    locus: int = 0
    pointer: tuple[int, int] = (0, 0)


_ABOUT = {
    ErrorCode.INVALID_FUNCTION: (Class.APPLICATION, Action.ABORT, Locus.UNKNOWN),
    ErrorCode.FILE_NOT_FOUND: (Class.NOT_FOUND, Action.ASK_USER, Locus.DISK),
    ErrorCode.PATH_NOT_FOUND: (Class.NOT_FOUND, Action.ASK_USER, Locus.DISK),
    ErrorCode.TOO_MANY_OPEN_FILES: (Class.OUT_OF_RESOURCE, Action.ABORT, Locus.UNKNOWN),
    ErrorCode.ACCESS_DENIED: (Class.AUTHORIZATION, Action.ASK_USER, Locus.DISK),
    ErrorCode.INVALID_HANDLE: (Class.APPLICATION, Action.ABORT, Locus.UNKNOWN),
    ErrorCode.MEMORY_CONTROL_BLOCK_DESTROYED: (
        Class.APPLICATION,
        Action.ABORT_AT_ONCE,
        Locus.MEMORY,
    ),
    ErrorCode.INSUFFICIENT_MEMORY: (Class.OUT_OF_RESOURCE, Action.ABORT, Locus.MEMORY),
    ErrorCode.INVALID_MEMORY_BLOCK: (Class.APPLICATION, Action.ABORT, Locus.MEMORY),
    ErrorCode.INVALID_ENVIRONMENT: (Class.APPLICATION, Action.ABORT, Locus.MEMORY),
    ErrorCode.INVALID_FORMAT: (Class.BAD_FORMAT, Action.ASK_USER, Locus.UNKNOWN),
    ErrorCode.INVALID_ACCESS_CODE: (Class.APPLICATION, Action.ABORT, Locus.UNKNOWN),
    ErrorCode.INVALID_DATA: (Class.BAD_FORMAT, Action.ABORT, Locus.UNKNOWN),
    ErrorCode.INVALID_DRIVE: (Class.NOT_FOUND, Action.ASK_USER, Locus.DISK),
    ErrorCode.CURRENT_DIRECTORY: (Class.AUTHORIZATION, Action.ASK_USER, Locus.DISK),
    ErrorCode.NOT_SAME_DEVICE: (Class.UNKNOWN, Action.ASK_USER, Locus.DISK),
    ErrorCode.NO_MORE_FILES: (Class.NOT_FOUND, Action.ASK_USER, Locus.DISK),
    ErrorCode.WRITE_PROTECTED: (Class.MEDIA, Action.RETRY_AFTER_USER, Locus.DISK),
    ErrorCode.UNKNOWN_UNIT: (Class.INTERNAL, Action.ABORT_AT_ONCE, Locus.UNKNOWN),
    ErrorCode.DRIVE_NOT_READY: (Class.HARDWARE, Action.RETRY_AFTER_USER, Locus.DISK),
    ErrorCode.SECTOR_NOT_FOUND: (Class.MEDIA, Action.ABORT, Locus.DISK),
    ErrorCode.WRITE_FAULT: (Class.HARDWARE, Action.ABORT, Locus.DISK),
    ErrorCode.READ_FAULT: (Class.HARDWARE, Action.ABORT, Locus.DISK),
    ErrorCode.GENERAL_FAILURE: (Class.UNKNOWN, Action.ABORT, Locus.DISK),
    ErrorCode.SHARING_VIOLATION: (Class.LOCKED, Action.RETRY_LATER, Locus.DISK),
    ErrorCode.LOCK_VIOLATION: (Class.LOCKED, Action.RETRY_LATER, Locus.DISK),
    ErrorCode.WRONG_DISK: (Class.MEDIA, Action.RETRY_AFTER_USER, Locus.DISK),
    ErrorCode.SHARING_BUFFER_EXCEEDED: (Class.OUT_OF_RESOURCE, Action.ABORT, Locus.MEMORY),
    ErrorCode.DISK_FULL: (Class.OUT_OF_RESOURCE, Action.ABORT, Locus.UNKNOWN),
    ErrorCode.FILE_EXISTS: (Class.EXISTS, Action.ASK_USER, Locus.DISK),
    ErrorCode.CANNOT_MAKE_DIRECTORY: (Class.OUT_OF_RESOURCE, Action.ABORT, Locus.DISK),
    ErrorCode.FAIL_ON_INT24: (Class.UNKNOWN, Action.ABORT, Locus.UNKNOWN),
    ErrorCode.INVALID_PARAMETER: (Class.BAD_FORMAT, Action.ASK_USER, Locus.UNKNOWN),
}
_UNLISTED = (Class.UNKNOWN, Action.ABORT_AT_ONCE, Locus.UNKNOWN)

#: Function of INT 21h -> the errors it returns; all others become the last one.
_ADMITTED = {
    function: tuple(bytes.fromhex(codes))
    for function, codes in {
        0x38: "01 02",
        0x39: "03 02 05",
        0x3A: "10 03 02 05",
        0x3B: "02 03",
        0x3C: "03 02 04 05",
        0x3D: "03 02 0C 04 1A 05",
        0x3E: "06",
        0x3F: "06 05",
        0x40: "06 05",
        0x41: "03 02 05",
        0x42: "06 01",
        0x43: "03 02 01 05",
        0x44: "0F 0D 01 06 05",
        0x45: "06 04",
        0x46: "06 04",
        0x47: "1A 0F",
        0x48: "07 08",
        0x49: "07 09",
        0x4A: "07 09 08",
        0x4B: "03 01 02 04 0B 0A 08 05",
        0x4E: "03 02 12",
        0x4F: "12",
        0x56: "11 03 02 10 05",
        0x57: "06 08 0D 01",
        0x58: "01",
        0x5A: "03 02 04 05",
        0x5B: "50 03 02 04 05",
        0x5C: "06 01 24 21",
        0x65: "01 02",
        0x66: "01 02",
        0x67: "04 08 01",
        0x68: "06",
        0x69: "0F 0D 01 05",
        0x6C: "03 02 0C 04 50 08 1A 0D 01 05",
    }.items()
}


def about(code: ErrorCode) -> ExtendedError:
    """Return what INT 21h/59h tells of an error; it knows no code beyond a byte."""
    if code is ErrorCode.LONG_NAMES_NOT_SUPPORTED:
        code = ErrorCode.INVALID_FUNCTION
    return ExtendedError(code, *_ABOUT.get(code, _UNLISTED))


def admitted(function: int | None, code: int) -> int:
    """Return the error code that a function of INT 21h, AH, puts into AX for an error."""
    codes = _ADMITTED.get(function or 0)
    return code if codes is None or code in codes else codes[-1]
