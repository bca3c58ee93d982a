"""Critical errors: what INT 24h is told, and what its answers mean.

Source: Ralf Brown's Interrupt List, INT 24h.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from pytest_almostism.dos.errorcode import Area, CriticalError, ErrorCode
from pytest_almostism.dos.kernel import sysvars
from pytest_almostism.dos.registers import Registers

IGNORE, RETRY, ABORT, FAIL = range(4)

#: What is on the stack above the return address of INT 24h.
FRAME = struct.Struct("<12H")
SAVED = "ax bx cx dx si di bp ds es ip cs flags".split()

#: Bits of AH at INT 24h.
WRITING, DEVICE = 0x01, 0x80
_MAY_FAIL, _MAY_RETRY, _MAY_IGNORE = 0x08, 0x10, 0x20
_CHOICES = (
    ("Abort", ABORT, 0),
    ("Retry", RETRY, _MAY_RETRY),
    ("Ignore", IGNORE, _MAY_IGNORE),
    ("Fail", FAIL, _MAY_FAIL),
)
_MESSAGES = {
    ErrorCode.WRITE_PROTECTED: "Write protect error",
    ErrorCode.UNKNOWN_UNIT: "Invalid unit",
    ErrorCode.DRIVE_NOT_READY: "Not ready",
    ErrorCode.SECTOR_NOT_FOUND: "Sector not found",
    ErrorCode.OUT_OF_PAPER: "Printer out of paper error",
    ErrorCode.WRITE_FAULT: "Write fault error",
    ErrorCode.READ_FAULT: "Read fault error",
    ErrorCode.GENERAL_FAILURE: "General failure",
    ErrorCode.SHARING_VIOLATION: "Sharing violation",
    ErrorCode.LOCK_VIOLATION: "Lock violation",
    ErrorCode.WRONG_DISK: "Invalid disk change",
}
_READ, _WRITE = 0x3F, 0x40
_FIRST_BY_CARRY = 0x38


@dataclass(frozen=True)
class Failure:
    """The registers by which INT 24h is told what failed.

    Attributes:
        ah: bit 0 writing, bits 1-2 the area, 3 fail, 4 retry, 5 ignore are allowed, 7 a device.
        al: the drive, 0 for A:.
        di: the code.
        header: of the device driver, (segment, offset), in BP:SI.
    """

    ah: int
    al: int
    di: int
    header: tuple[int, int]

    @property
    def ax(self) -> int:
        """AH and AL."""
        return self.ah << 8 | self.al


def describe(error: CriticalError) -> Failure:
    """Return what INT 24h is told of an error."""
    ah = _MAY_FAIL | _MAY_RETRY | int(error.writing)
    if error.device:
        ah |= DEVICE | _MAY_IGNORE
    else:
        ah |= error.area << 1 | (_MAY_IGNORE if error.area is Area.DATA else 0)
    drive = ord(error.drive) - 0x41 if error.drive else 0
    header = sysvars.device_header(error.device)
    return Failure(ah, drive, error.code - ErrorCode.WRITE_PROTECTED, header)


def allowed(answer: int, ah: int) -> int:
    """Return what DOS makes of AL after INT 24h: what is not allowed becomes fail, then abort."""
    if (answer == IGNORE and not ah & _MAY_IGNORE) or (answer == RETRY and not ah & _MAY_RETRY):
        answer = FAIL
    if answer == FAIL and not ah & _MAY_FAIL:
        return ABORT
    return answer if answer <= FAIL else ABORT


def pretend(regs: Registers) -> None:
    """Let a call look as if all had gone well: the error is ignored."""
    if regs.ah in {_READ, _WRITE}:
        regs.ax = regs.cx
    elif regs.ah < _FIRST_BY_CARRY:
        regs.al = 0
    regs.carry = False


def message(code: int) -> str:
    """Return how the question to the user begins for the code in DI: `Not ready`."""
    found = (text for error, text in _MESSAGES.items() if error - ErrorCode.WRITE_PROTECTED == code)
    return next(found, "Data error")


def choices(ah: int) -> dict[str, int]:
    """Return the answers a user has, by the words for them, in the order they are asked for."""
    return {word: answer for word, answer, bit in _CHOICES if not bit or ah & bit}
