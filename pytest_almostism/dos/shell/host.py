"""Between the guest's COMMAND.COM and the shell in Python: INT EBh, and the drive Z: with it.

The program (`command.asm`) asks by INT EBh for the registers of the next call, makes the call,
and asks again. Which of its INTs asks is told by the IP behind it.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from pytest_almostism.dos import critical, metadata
from pytest_almostism.dos.errorcode import DosError
from pytest_almostism.dos.fakefs import attach, new_file
from pytest_almostism.dos.loader import read_image
from pytest_almostism.dos.psp import Psp
from pytest_almostism.dos.registers import Flag, Registers
from pytest_almostism.dos.services import service
from pytest_almostism.dos.shell.calls import (
    PARAGRAPHS,
    STACK,
    Call,
    Steps,
    SystemCalls,
)
from pytest_almostism.dos.shell.interpreter import Shell
from pytest_almostism.dos.shell.signals import Aborted, Interrupted
from pytest_almostism.dos.shell.sources import Keyboard, Once, Source

if TYPE_CHECKING:
    from pytest_almostism.dos.drives import Drives
    from pytest_almostism.dos.machine import Machine

#: What `nasm -f bin command.asm` makes of it.
PROGRAM = bytes.fromhex("CDEB CDEB CD21EBFA CD10EBF6 CDEB F9CB 9C 9A900000F0 CDEB CF")
_BEGUN, _ASKED, _SCREEN, _BROKEN, _FAILED = 0x102, 0x104, 0x108, 0x10E, 0x118
_BREAK_HANDLER, _ERROR_HANDLER = 0x10C, 0x110

DRIVE, _NAME = "Z", "COMMAND.COM"
COMSPEC = f"{DRIVE}:\\{_NAME}"
_DATE = dt.datetime(1991, 4, 9, 5, 0)  # noqa: DTZ001 - DOS knows no time zones

#: Instructions charged for a command: COMMAND.COM opens, reads and closes the batch file for
#: every line, which takes a PC of 10 MIPS about 10 ms.
_COMMAND = 100_000
_INSUFFICIENT_MEMORY = 8  # exit code
_SWITCH = re.compile(r"/[CK](.*)", re.IGNORECASE | re.DOTALL)
_SIZE = re.compile(r"/E:(\d{1,5})", re.IGNORECASE)


def install(drives: Drives) -> None:
    """Add the read-only drive Z: with COMMAND.COM.

    Raises:
        ValueError: there is another drive Z: already.
    """
    drive = drives.add(DRIVE, read_only=True)
    if drive.find([_NAME]) is None:
        file = new_file(_NAME, drives.filesystem)
        attach(drive.root, _NAME, file)
        file.st_size = len(PROGRAM)  # so that it takes nothing from the room of the file system
        file.set_initial_contents(PROGRAM)
        metadata.set_modified(file, _DATE)


class Host:
    """One process that runs COMMAND.COM.

    Args:
        pc: the machine.
        segment: of the process.
        line: a command that it executes instead of its command tail.

    Attributes:
        shell: what it does.
        begun: whether it has made a call.
    """

    def __init__(self, pc: Machine, segment: int, line: str | None = None) -> None:
        self._pc = pc
        self._segment = segment
        self._line = line
        self._dos = SystemCalls(pc.memory, segment)
        self.shell = Shell(self._dos, lambda: pc.cpu.charge(_COMMAND))
        self._steps = self._live()
        self.begun = False
        self._aborted = False

    def _live(self) -> Steps[None]:
        """Be COMMAND.COM from its first call to its last."""
        psp = Psp(self._pc.memory, self._segment)
        tail, switch = psp.command_tail, _SWITCH.search(psp.command_tail)
        source: Source = Keyboard()
        if self._line is not None:
            source = Once(self._line)
        elif switch:
            source = Once(switch[1])
        if psp.end - self._segment < PARAGRAPHS:
            self.shell.errorlevel = _INSUFFICIENT_MEMORY
        else:
            with suppress(Interrupted, Aborted):
                yield from self._settle(tail[: switch.start()] if switch else tail)
            yield from self.shell.run(source)
        while True:  # a guest that is able to prevent its end is asked again
            with suppress(Interrupted, Aborted):
                yield from self._dos.call(0x4C00 | self.shell.errorlevel)

    def _settle(self, options: str) -> Steps[None]:
        """Give back memory, take the interrupts, and move the environment."""
        dos = self._dos
        yield from dos.call(0x4A00, es=self._segment, bx=PARAGRAPHS)
        yield from dos.call(0x2523, dx=_BREAK_HANDLER)
        yield from dos.call(0x2524, dx=_ERROR_HANDLER)
        if self._line is None:
            size = _SIZE.search(options)
            yield from self.shell.environment.settle(int(size[1]) if size else 0)

    def resume(self, regs: Registers) -> None:
        """Let the shell go on with the answer to its last call, up to its next."""
        aborted, self._aborted = self._aborted, False
        if not self.begun:
            self.begun = True
            self._put(regs, next(self._steps))
        elif aborted:
            self._put(regs, self._steps.throw(Aborted()))
        else:
            self._put(regs, self._steps.send(regs.copy()))

    def interrupt(self, regs: Registers) -> None:
        """Give up what the shell is doing if INT 23h came out of a call of its own."""
        if self._pc.processes.current.segment == self._segment:
            self._put(regs, self._steps.throw(Interrupted()))

    def fail(self, regs: Registers) -> None:
        """Give up the command, not the shell, if INT 24h is to abort a call of its own."""
        own = self._pc.processes.current.segment == self._segment
        if own and regs.al == critical.ABORT:
            regs.al, self._aborted = critical.FAIL, True

    def _put(self, regs: Registers, call: Call) -> None:
        """Set the registers for a call, and the stack, which DOS need not give back."""
        regs.ax = regs.bx = regs.cx = regs.dx = regs.si = regs.di = regs.bp = 0
        regs.ds = regs.es = regs.ss = self._segment
        regs.sp = STACK
        regs.cs, regs.ip = self._segment, _ASKED if call.interrupt == 0x21 else _SCREEN
        regs.flags = regs.flags & ~(Flag.CARRY | Flag.DIRECTION) | Flag.INTERRUPT
        for name, value in call.registers.items():
            setattr(regs, name, value)

    def forget(self) -> None:
        """Give back what the shell held when its process was ended from outside."""
        self.shell.handles.forget(self._pc.files, self._pc.processes.shell)


def forget_all(pc: Machine) -> None:
    """Drop the shells of a run that is over."""
    for host in pc.shells.values():
        host.forget()
    pc.shells.clear()


@service(0xEB, traced=False)
def ask_the_shell(pc: Machine, regs: Registers) -> None:
    """INT EBh: COMMAND.COM asks for its next call; nobody else may."""
    host = pc.shells.get(regs.cs)
    if regs.ip == _BEGUN and regs.cs == pc.processes.current.segment:
        if host is None or host.begun:  # else it was made by INT 2Eh
            pc.shells[regs.cs] = Host(pc, regs.cs)
    elif host is None:
        regs.carry = True
    elif regs.ip == _ASKED:
        host.resume(regs)
    elif regs.ip == _BROKEN:
        host.interrupt(regs)
    elif regs.ip == _FAILED:
        host.fail(regs)


@service(0x2E, line="ds:si asciiz")
def pass_command_to_shell(pc: Machine, regs: Registers) -> None:
    """INT 2Eh: execute the command at DS:SI, counted and ended by CR; AX=0, or FFFFh: no memory.

    It is executed by a COMMAND.COM of its own, in the environment of the one that the program
    was started from.
    """
    size = pc.memory.byte(regs.ds, regs.si)
    text = pc.memory.read(regs.ds, regs.si + 1, size).partition(b"\r")[0]
    parent = pc.processes.current
    pc.memory.write_pointer(0, 4 * 0x22, (regs.cs, regs.ip))
    regs.ax = 0
    try:
        pc.processes.start(read_image(PROGRAM), COMSPEC, b"", b"")
    except DosError:
        regs.ax = 0xFFFF
        return
    child = pc.processes.current
    child.environment = _environment_of_shell(pc, parent)
    pc.shells[child.segment] = Host(pc, child.segment, text.decode("cp437"))


def _environment_of_shell(pc: Machine, process: Psp) -> int:
    """Return the environment of the nearest COMMAND.COM among a process's ancestors, or its own."""
    ancestor = process
    for _ in range(1000):
        if ancestor.segment in pc.shells:
            return int(ancestor.environment)
        if ancestor.parent == ancestor.segment:
            break
        ancestor = Psp(pc.memory, ancestor.parent)
    return int(process.environment)
