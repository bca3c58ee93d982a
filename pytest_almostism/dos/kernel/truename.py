"""INT 21h/60h: what a path is in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.names import CODE_PAGE, is_device, split_path
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import int21

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine


@int21(0x60, path="ds:si asciiz")
def canonicalize_path(pc: Machine, regs: Registers) -> None:
    r"""INT 21h/60h: write the full path of DS:SI to ES:DI, 128 bytes: capitals, no `.` and `..`.

    It need not exist; `*` becomes `?`. A device is `C:/CON`.
    """
    path = truename(pc, pc.text(regs.ds, regs.si))
    pc.memory.write(regs.es, regs.di, path.encode(CODE_PAGE) + b"\0")


def truename(pc: Machine, path: str) -> str:
    r"""Return the full path of a file, a directory, or a device.

    Raises:
        DosError: FILE_NOT_FOUND for an empty path; PATH_NOT_FOUND for a drive that is not there,
            a `..` above the root, a path on a network (`\\SERVER\SHARE`).
    """
    if path.replace("/", "\\").startswith("\\\\"):
        raise DosError(ErrorCode.PATH_NOT_FOUND)
    stem = path.rstrip("\\/")
    ending = "\\" if stem != path and stem not in {"", stem[:1] + ":"} else ""
    path = stem if ending else path
    letter, _, components = split_path(path)
    if components and is_device(components[-1]):
        drive = letter or pc.drives.current
        if drive not in pc.drives:
            raise DosError(ErrorCode.PATH_NOT_FOUND)
        return f"{drive}:/{components[-1].partition('.')[0].rstrip()}"
    return pc.drives.truename(path) + ending
