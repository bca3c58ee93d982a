"""INT 21h/14h, 15h, 21h, 22h, 24h, 27h, 28h: reading and writing records by FCB, at the DTA.

AL tells how it went: 0 well; 1 at the end of the file nothing was read, or the disk is full or
refuses; 2 the records do not fit between the DTA and the end of its segment; 3 the end of the
file was in the midst of a record, the rest of which is zeros now. As in DOS, a record that ends
with the segment is transferred and yet reported by 2.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from pytest_almostism.dos import metadata
from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.kernel.fcb import DEFAULT_RECORD, Fcb
from pytest_almostism.dos.kernel.openfiles import DiskFile, OpenFile
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import int21

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine

_DONE, _END, _WRAP, _PARTIAL = range(4)
_SEGMENT = 0x10000


class _Outcome(NamedTuple):
    """What became of a transfer: AL, how many records there were, and which one comes next."""

    status: int
    records: int
    following: int


_Move = Callable[["Machine", Fcb, OpenFile, int, int], int]


@int21(0x14, fcb="ds:dx fcb")
def sequential_read(pc: Machine, regs: Registers) -> None:
    """INT 21h/14h: read the current record of the FCB DS:DX, and go to the next."""
    _sequential(pc, regs, _read)


@int21(0x15, fcb="ds:dx fcb")
def sequential_write(pc: Machine, regs: Registers) -> None:
    """INT 21h/15h: write the current record of the FCB DS:DX, and go to the next."""
    _sequential(pc, regs, _write)


@int21(0x21, fcb="ds:dx fcb")
def random_read(pc: Machine, regs: Registers) -> None:
    """INT 21h/21h: read the random record of the FCB DS:DX and make it the current one."""
    _random(pc, regs, _read)


@int21(0x22, fcb="ds:dx fcb")
def random_write(pc: Machine, regs: Registers) -> None:
    """INT 21h/22h: write the random record of the FCB DS:DX and make it the current one."""
    _random(pc, regs, _write)


@int21(0x24, fcb="ds:dx fcb")
def set_random_record_number(pc: Machine, regs: Registers) -> None:
    """INT 21h/24h: make the current record of the FCB DS:DX its random record."""
    fcb = Fcb(pc.memory, regs.ds, regs.dx)
    fcb.random = fcb.current
    regs.al = _DONE


@int21(0x27, fcb="ds:dx fcb", records="cx")
def random_block_read(pc: Machine, regs: Registers) -> None:
    """INT 21h/27h: read CX records from the random one of the FCB DS:DX on; CX=how many."""
    _block(pc, regs, _read)


@int21(0x28, fcb="ds:dx fcb", records="cx")
def random_block_write(pc: Machine, regs: Registers) -> None:
    """INT 21h/28h: write CX records from the random one of the FCB DS:DX on; CX=how many.

    CX=0 makes the file end before that record.
    """
    _block(pc, regs, _write)


def _sequential(pc: Machine, regs: Registers, move: _Move) -> None:
    fcb = _begin(pc, regs)
    outcome = _transfer(pc, fcb, fcb.current, 1, move)
    fcb.current = outcome.following
    regs.al = outcome.status


def _random(pc: Machine, regs: Registers, move: _Move) -> None:
    fcb = _begin(pc, regs)
    regs.al = _transfer(pc, fcb, fcb.random, 1, move).status


def _block(pc: Machine, regs: Registers, move: _Move) -> None:
    count, regs.cx = regs.cx, 0
    fcb = _begin(pc, regs)
    outcome = _transfer(pc, fcb, fcb.random, count, move)
    fcb.current = fcb.random = outcome.following
    regs.al, regs.cx = outcome.status, outcome.records


def _begin(pc: Machine, regs: Registers) -> Fcb:
    """Return the FCB DS:DX, its record size not 0; AL=1 in case that something goes wrong."""
    regs.al = _END
    fcb = Fcb(pc.memory, regs.ds, regs.dx)
    fcb.record_size = fcb.record_size or DEFAULT_RECORD
    return fcb


def _transfer(pc: Machine, fcb: Fcb, first: int, count: int, move: _Move) -> _Outcome:
    """Move records between a file and the DTA; the first becomes the current one of the FCB.

    Args:
        pc: the machine.
        fcb: of the file.
        first: number of the first record.
        count: how many, 0..FFFFh.
        move: `_read` or `_write`.

    Raises:
        DosError: the FCB is not open, or the file may not be written to.
    """
    size, offset = fcb.record_size, pc.dta[1]
    fcb.current = first
    wraps = offset + count * size >= _SEGMENT
    if wraps:
        room = _SEGMENT - offset if offset else _SEGMENT - 1
        count = room // size
        if not count:
            return _Outcome(_WRAP, 0, first)
    file = pc.fcbs.find(fcb)
    if file is None:
        raise DosError(ErrorCode.INVALID_HANDLE)
    moved = move(pc, fcb, file, first * size & 0xFFFFFFFF, count * size)
    records, rest = divmod(moved, size)
    status = _WRAP if wraps else _DONE
    if records < count and (move is _read or isinstance(file, DiskFile)):
        status = _END
    following = first + records + bool(rest)
    if rest and move is _read:
        pc.memory.write(pc.dta[0], offset + moved, bytes(size - rest))
        return _Outcome(_PARTIAL, records + 1, following)
    return _Outcome(status, records, following)


def _read(pc: Machine, fcb: Fcb, file: OpenFile, at: int, length: int) -> int:
    """Read bytes to the DTA, on a disk only as many as the FCB says there are; return how many."""
    file.seek(at, 0)
    if isinstance(file, DiskFile):
        length = max(0, min(length, fcb.size - at))
        pc.files.locks.check(file, pc.processes.current.segment, length)
    data = file.read(length) if length else b""
    pc.memory.write(*pc.dta, data)
    return len(data)


def _write(pc: Machine, fcb: Fcb, file: OpenFile, at: int, length: int) -> int:
    """Write bytes from the DTA, all of them or, on a full disk, none; return how many."""
    if isinstance(file, DiskFile):
        return _write_to_disk(pc, fcb, file, at, length)
    fcb.stamp(pc.clock.now())
    return file.write(pc.memory.read(*pc.dta, length)) if length else 0


def _write_to_disk(pc: Machine, fcb: Fcb, file: DiskFile, at: int, length: int) -> int:
    drive = file.drive
    if drive.attributes(file.file) & metadata.READ_ONLY:
        raise DosError(ErrorCode.ACCESS_DENIED)
    fcb.stamp(pc.clock.now())
    file.seek(at, 0)
    pc.files.locks.check(file, pc.processes.current.segment, length)
    growth = at + length - drive.size(file.file)
    if length and growth > drive.free:
        return 0
    count = file.write(pc.memory.read(*pc.dta, length))
    fcb.is_written = True
    fcb.size = max(fcb.size, at + count) if length else at
    return count
