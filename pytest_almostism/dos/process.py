"""Processes: how a program is put into memory, started, and how it ends."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import DosError
from pytest_almostism.dos.loader import Image, relocate
from pytest_almostism.dos.psp import Psp, build_environment
from pytest_almostism.dos.registers import Flag, Registers

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine

_SHELL_PARAGRAPHS = 0x20


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


class Processes:
    """The running program, its ancestors, and the shell that is the ancestor of all.

    Args:
        machine: the PC.

    Attributes:
        current: PSP of the running program.
        shell: PSP of the shell, which is there from boot on and never runs.
        ending: how the last program ended; what INT 21h/4Dh tells its parent.
    """

    def __init__(self, machine: Machine) -> None:
        self._pc = machine
        self._suspended: dict[int, Registers] = {}
        self.ending = Ending(0, Termination.NORMAL)
        segment = machine.arena.allocate(_SHELL_PARAGRAPHS, owner=0)
        machine.arena.own(segment, segment, "COMMAND")
        self.shell = self.current = Psp(machine.memory, segment)
        self.shell.build(parent=segment, end=segment + _SHELL_PARAGRAPHS, environment=0, tail=b"")

    def start(
        self, image: Image, name: str, tail: bytes, environment: Mapping[str, str] | bytes
    ) -> None:
        """Load a program as a child of the current one and go to its entry.

        Args:
            image: the program.
            name: its full path, for the environment and its memory's owner name.
            tail: the command tail as it will stand in the PSP.
            environment: variables, or a block with the path of another program behind them.

        Raises:
            DosError: INSUFFICIENT_MEMORY.
        """
        pc, parent = self._pc, self.current
        if isinstance(environment, bytes):
            block = environment.split(b"\0\0", 1)[0] + b"\0\0\1\0" + name.encode("cp437") + b"\0"
        else:
            block = build_environment(environment, name)
        environment_segment = pc.arena.allocate(len(block) + 15 >> 4, owner=parent.segment)
        try:
            size = max(image.minimum, min(image.maximum, pc.arena.largest()))
            segment = pc.arena.allocate(size, owner=parent.segment)
        except DosError:
            pc.arena.free(environment_segment)
            raise
        short_name = name.rpartition("\\")[2].partition(".")[0]
        pc.arena.own(environment_segment, segment)
        pc.arena.own(segment, segment, short_name)
        pc.memory.write(environment_segment, 0, block)
        child = Psp(pc.memory, segment)
        child.build(
            parent=parent.segment, end=segment + size, environment=environment_segment, tail=tail
        )
        pc.files.inherit(parent, child)
        self._suspended[parent.segment] = pc.registers.copy()
        self.current = child
        pc.dta = (segment, 0x80)
        self._enter(image, segment, size)

    def _enter(self, image: Image, psp: int, size: int) -> None:
        """Put the image behind its PSP and set the registers for its first instruction."""
        pc = self._pc
        regs = pc.registers
        base = psp if image.is_com else psp + 0x10
        pc.write_linear(psp + 0x10 << 4, relocate(image, psp + 0x10))
        flags = regs.eflags
        regs.block[:] = bytes(len(regs.block))
        regs.eflags = flags & ~(Flag.DIRECTION | Flag.TRAP | Flag.CARRY) | Flag.INTERRUPT
        regs.ds = regs.es = psp
        regs.cs, regs.ip = base + image.entry[0], image.entry[1]
        regs.ss, regs.sp = base + image.stack[0], image.stack[1]
        regs.cx, regs.bp, regs.di, regs.si = 0x00FF, 0x091C, regs.sp, regs.ip
        regs.dx = psp
        if image.is_com:
            regs.sp = min(image.stack[1], (size << 4) - 2)
            regs.di = regs.sp
            pc.memory.write_word(regs.ss, regs.sp, 0)

    def terminate(self, exit_code: int, how: Termination, keep: int | None = None) -> None:
        """End the current program and go back to its parent; from the shell's child, to the host.

        Args:
            exit_code: 0..255.
            how: why.
            keep: paragraphs of its memory that stay resident; None: nothing stays.
        """
        pc, child = self._pc, self.current
        if child.segment == self.shell.segment:
            return
        self.ending = Ending(exit_code & 0xFF, how)
        for number in (0x22, 0x23, 0x24):
            pc.memory.write_pointer(0, 4 * number, child.vector(number))
        return_to = child.vector(0x22)
        with suppress(DosError):  # a destroyed chain of MCBs is reported to the next program
            if keep is None:
                pc.files.close_all(child)
                pc.arena.free_all(child.segment)
            else:
                pc.arena.resize(child.segment, keep)
        parent = child.parent
        if parent not in self._suspended:  # the guest wrote nonsense into its PSP
            parent = next(reversed(self._suspended))
        self.current = Psp(pc.memory, parent)
        caller = self._suspended.pop(parent)
        if parent == self.shell.segment:
            pc.stop()
            return
        pc.registers.load(caller)
        pc.dta = (parent, 0x80)
        pc.registers.cs, pc.registers.ip = return_to
        pc.registers.carry = False

    def abort(self) -> None:
        """End all programs that an error has left in the middle."""
        while self.current.segment != self.shell.segment:
            self.terminate(0, Termination.CRITICAL_ERROR)
