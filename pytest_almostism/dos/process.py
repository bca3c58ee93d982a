"""Processes: how a program is put into memory, started, and how it ends.

Who waits for whom stands in guest memory, as in DOS: a PSP names its parent, and in the parent's
PSP is the stack on which the parent's registers were when it called. So a program may make PSPs
of its own, be its own parent, or send a child's end somewhere else. What Python knows besides
is only which programs were started and have not ended, to clear up after an error.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from pytest_almostism.dos.cpu import ROM_SEGMENT
from pytest_almostism.dos.errorcode import DosError
from pytest_almostism.dos.errors import MachineError
from pytest_almostism.dos.loader import Image, relocate
from pytest_almostism.dos.psp import TAIL, Psp, build_environment
from pytest_almostism.dos.registers import Flag

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine

_SHELL_PARAGRAPHS = 0x20
_TERMINATE = 0x22
_BACK_IN_THE_SHELL = (ROM_SEGMENT, 4 * _TERMINATE)
_FRAME = struct.Struct("<12H")  # what DOS pushes at INT 21h, below what the INT itself pushed
_SAVED = "ax bx cx dx si di bp ds es ip cs flags".split()
_FLAGS = 0x7202  # of a parent whose child has ended
_NO_DRIVE = 0xFF
_HALTED = "Memory allocation error\r\nCannot load COMMAND, system halted"


class Termination(IntEnum):
    """How a program ended (AH of INT 21h/4Dh)."""

    NORMAL = 0
    CTRL_C = 1
    CRITICAL_ERROR = 2
    RESIDENT = 3


@dataclass(frozen=True)
class Ending:
    """The end of a program: its exit code 0..255 and how it came about."""

    exit_code: int
    termination: Termination


class Start(NamedTuple):
    """What the registers are to be when a loaded program begins."""

    psp: int
    cs: int
    ip: int
    ss: int
    sp: int


class Processes:
    """The running program, its ancestors, and the shell that is the ancestor of all.

    Args:
        machine: the PC.

    Attributes:
        current: PSP of the running program.
        shell: PSP of the shell, which is there from boot on and never runs.
        running: segments of the PSPs of programs that were started and have not ended.
        ending: how the last program ended; what INT 21h/4Dh tells its parent.
    """

    def __init__(self, machine: Machine) -> None:
        self._pc = machine
        self.running: list[int] = []
        self.ending = Ending(0, Termination.NORMAL)
        segment = machine.arena.allocate(_SHELL_PARAGRAPHS, owner=0)
        machine.arena.own(segment, segment, "COMMAND")
        self.shell = self.current = Psp(machine.memory, segment)
        end = segment + _SHELL_PARAGRAPHS
        self.shell.build(parent=segment, end=end, environment=0, version=machine.version)
        self.shell.stack = (segment, _SHELL_PARAGRAPHS * 16 - _FRAME.size)

    # -- beginning --------------------------------------------------------------------------

    def start(
        self, image: Image, name: str, tail: bytes, environment: Mapping[str, str] | bytes
    ) -> None:
        """Load a program as a child of the current one and go to its entry.

        Args:
            image: the program.
            name: its full path, for the environment and its memory's owner name.
            tail: the command tail, without the CR that ends it.
            environment: variables, or a block with the path of another program behind them.

        Raises:
            DosError: INSUFFICIENT_MEMORY, MEMORY_CONTROL_BLOCK_DESTROYED.
        """
        start = self.load(image, name, environment)
        self.current.set_arguments(tail)
        self.enter(start)

    def load(self, image: Image, name: str, environment: Mapping[str, str] | bytes | None) -> Start:
        """Put a program into memory as a child of the current one, which waits for its end.

        Args:
            image: the program.
            name: its full path, for the environment and its memory's owner name.
            environment: variables; a block with or without the path of another program behind
                them; or None: the program gets no environment.

        Returns:
            Where it begins; its PSP is the current one already, without arguments.

        Raises:
            DosError: INSUFFICIENT_MEMORY, MEMORY_CONTROL_BLOCK_DESTROYED.
        """
        pc, parent = self._pc, self.current
        environment_segment = self._copy_environment(environment, name)
        try:
            size = max(image.minimum, min(image.maximum, pc.arena.largest()))
            segment = pc.arena.allocate(size, owner=parent.segment)
        except DosError:
            if environment_segment:
                pc.arena.free(environment_segment)
            raise
        if environment_segment:
            pc.arena.own(environment_segment, segment)
        pc.arena.own(segment, segment, name.rpartition("\\")[2].partition(".")[0])
        child = Psp(pc.memory, segment)
        child.build(
            parent=parent.segment,
            end=segment + size,
            environment=environment_segment,
            version=pc.version,
        )
        pc.files.inherit(parent, child)
        self.suspend()
        self.running = [running for running in self.running if running != segment]
        self.running.append(segment)
        self.current = child
        pc.dta = (segment, TAIL)
        return self._place(image, segment, size)

    def _copy_environment(self, environment: Mapping[str, str] | bytes | None, name: str) -> int:
        """Return the segment of a program's own environment, 0 if it has none."""
        if environment is None:
            return 0
        if isinstance(environment, bytes):
            block = environment.split(b"\0\0", 1)[0] + b"\0\0\1\0" + name.encode("cp437") + b"\0"
        else:
            block = build_environment(environment, name)
        pc = self._pc
        segment = pc.arena.allocate(len(block) + 15 >> 4, owner=self.current.segment)
        pc.memory.write(segment, 0, block)
        return segment

    def _place(self, image: Image, psp: int, size: int) -> Start:
        """Put an image into its block of memory; return where it begins."""
        pc = self._pc
        segment = image.load_segment(psp, size)
        pc.write_linear(segment << 4, relocate(image, segment))
        if not image.is_com:
            (cs, ip), (ss, sp) = image.entry, image.stack
            return Start(psp, segment + cs & 0xFFFF, ip, segment + ss & 0xFFFF, sp)
        sp = min(image.stack[1], (size << 4) - 2)
        pc.memory.write_word(psp, sp, 0)
        return Start(psp, psp, image.entry[1], psp, sp)

    def enter(self, start: Start) -> None:
        """Set the registers for a program's first instruction."""
        regs = self._pc.registers
        flags = regs.eflags
        regs.block[:] = bytes(len(regs.block))
        regs.eflags = flags & ~(Flag.DIRECTION | Flag.TRAP | Flag.CARRY) | Flag.INTERRUPT
        regs.ds = regs.es = regs.dx = start.psp
        regs.cs, regs.ip = start.cs, start.ip
        regs.ss, regs.sp = start.ss, start.sp
        regs.cx, regs.bp, regs.di, regs.si = 0x00FF, 0x091C, start.sp, start.ip
        regs.ax = regs.bx = self.drives_named()

    def drives_named(self) -> int:
        """Return AX at a program's entry: AL or AH=FFh if its first or second FCB names no drive.

        So a program knows that the drive in its argument, which the FCB cannot show, is none.
        """
        first, second = (
            _NO_DRIVE if drive and chr(0x40 + drive) not in self._pc.drives else 0
            for drive in self.current.fcb_drives
        )
        return second << 8 | first

    def suspend(self) -> None:
        """Leave the current program's registers on its stack, to be found when a child ends."""
        if self.current.segment == self.shell.segment:
            return
        pc, regs = self._pc, self._pc.registers
        sp = regs.sp - _FRAME.size & 0xFFFF
        pc.memory.write(regs.ss, sp, _FRAME.pack(*(getattr(regs, name) for name in _SAVED)))
        self.current.stack = (regs.ss, sp)

    def switch(self, psp: int) -> None:
        """Make a PSP the current one; that which is left may become the parent of what follows."""
        is_waiting = any(
            Psp(self._pc.memory, running).parent == self.current.segment for running in self.running
        )
        if not is_waiting:  # or it would forget where it waits
            self.suspend()
        self.current = Psp(self._pc.memory, psp)

    # -- ending -----------------------------------------------------------------------------

    def terminate(self, exit_code: int, how: Termination, keep: int | None = None) -> None:
        """End the current program and go back to its parent; from the shell's child, to the host.

        A program that is its own parent keeps memory and files, and goes where its PSP says.

        Args:
            exit_code: 0..255.
            how: why.
            keep: paragraphs of its memory that stay resident; None: nothing stays.

        Raises:
            MachineError: if it is the shell that finds the chain of memory blocks destroyed.
        """
        pc, child = self._pc, self.current
        self.ending = Ending(exit_code & 0xFF, how)
        if child.segment == self.shell.segment:  # a guest has made itself the shell
            self.back_in_the_shell()
            return
        parent, return_to = Psp(pc.memory, child.parent), child.vector(_TERMINATE)
        if not parent.is_one:
            raise MachineError(f"ended, but its parent {parent.segment:04X} is no program")
        child.restore_vectors()
        if parent.segment == child.segment:
            self.suspend()
        else:
            self._release(child, keep)
            self.current = parent
        if parent.segment == self.shell.segment and return_to == _BACK_IN_THE_SHELL:
            self.back_in_the_shell()
        else:
            self._resume(return_to)

    def back_in_the_shell(self) -> None:
        """End the run; the shell looks whether there is memory for itself.

        Raises:
            MachineError: if the chain of memory blocks is destroyed.
        """
        self._pc.stop()
        self._check_memory()

    def _release(self, child: Psp, keep: int | None) -> None:
        """Take back what a program had, its memory and its open files."""
        pc = self._pc
        if child.segment in self.running:
            self.running.remove(child.segment)
        if keep is not None:
            with suppress(DosError):
                pc.arena.resize(child.segment, keep)
                child.end = child.segment + keep
            return
        pc.files.close_all(child)
        with suppress(DosError):  # a destroyed chain is found out by whoever allocates next
            pc.arena.free_all(child.segment)

    def _resume(self, return_to: tuple[int, int]) -> None:
        """Let the current program go on, with the registers it left on its stack."""
        pc, regs = self._pc, self._pc.registers
        ss, sp = self.current.stack
        values = _FRAME.unpack(pc.memory.read(ss, sp, _FRAME.size))
        for name, value in zip(_SAVED, values, strict=True):
            setattr(regs, name, value)
        regs.ss, regs.sp = ss, sp + _FRAME.size
        regs.cs, regs.ip = return_to
        regs.flags = _FLAGS

    def _check_memory(self) -> None:
        """Do as COMMAND.COM when it cannot get memory for its transient part: halt."""
        try:
            for _ in self._pc.arena.blocks():
                pass
        except DosError:
            self._pc.screen.write(f"\r\n{_HALTED}".encode("cp437"))
            raise MachineError(
                f"{_HALTED.replace(chr(13) + chr(10), ': ')} (a memory control block is destroyed)"
            ) from None

    def abort(self) -> None:
        """End all programs that an error has left in the middle."""
        left = [Psp(self._pc.memory, segment) for segment in reversed(self.running)]
        if self.current.segment not in {self.shell.segment, *self.running}:
            left.insert(0, self.current)
        for program in left:
            program.restore_vectors()
            self._release(program, None)
        self.current = self.shell
