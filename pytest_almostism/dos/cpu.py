"""The CPU: Unicorn in 16-bit mode, made into the processor of a PC.

This is the one subtle module, with `engine`, which holds the calls to Unicorn, beside it.
Everything else sees a CPU with named registers, which calls
`interrupt(number)` in Python when an interrupt reaches a vector nobody has changed, and which
runs a guest's own handler when one has. What Unicorn gives us is less than that, and what
follows is how the difference is made up.

Interrupts. Unicorn ignores the interrupt vector table. It calls one hook, INTR, for software
interrupts and CPU exceptions alike, with nothing pushed; for INT n the IP is already behind
the instruction, for an exception it is at it. So the hook looks at IVT[n] itself:

    IVT[n] is still F000:4n      call the service straight away; no frame, no stub
    the guest has changed it     push FLAGS, CS, IP, clear IF and TF, go to the handler

F000:4n holds a real stub, `INT F8h / IRET`, for guests that chain to the old vector with a
far jump or a `pushf / call far`. When INT F8h arrives from there, the hook first does what the
stub's IRET would do, then calls service n: a service therefore always sees the registers as
its caller left them and may change all of them, CS:IP and flags included, whether it was
called directly or through a chain of handlers. The IRET itself is executed only by a guest
that jumps to it on its own.

Exceptions or INT? INT 0 and a divide error have the same number. They are told apart by the
bytes before IP (CD n: INT n). INT 6 does not arrive at INTR at all but, with invalid opcodes,
at INSN_INVALID, with IP at the instruction.

The second exception. Unicorn never forgets the last exception, so the next divide error
would be a double fault and the one after it a silent end. The memory of it is in the CPU
state that context_save() writes, at an offset that is found out once, by dividing by zero.

Registers. The bindings' reg_read costs 3 µs a register. Here all of them are read by one
uc_reg_read_batch on arrays made in advance (about 1 µs), changed in Python, and written back
by another, and only if they changed. CS:EIP is written only when it changed, because writing
it makes Unicorn leave the translated block. In hooks other than INTR and INSN_INVALID a batch
write of IP would be lost; there are none.

Code that changes. Stores by the guest invalidate translated code, stores by Python do not:
whoever writes guest memory from Python must call `forget_code`. `Memory.write` does.

Stopping. `count=` is exact and deterministic but switching it on and off throws all
translations away, so it is always on; a run is cut into slices so that Ctrl-C is served
between them. An exception must not pass through a ctypes callback: it is kept, the emulation
stopped, and raised when emu_start has returned. HLT and a triple fault end emu_start as if
nothing had happened; what tells them from a slice that is used up is Unicorn's own counter of
instructions, which has no function to read it and is found, like the last exception, by trial.
`until` is baked into translated code and so is one constant that no guest reaches.

The end of a segment. Jumps, calls, SP and the string instructions wrap around at FFFF. What
runs straight past the end of its segment does not: Unicorn goes on behind it, with EIP above
FFFF, until the next interrupt, where IP is cut to 16 bits. Nor does a word at offset FFFF
have its second byte at offset 0. Both would take a hook at every instruction or access.

REP that overwrites itself. Unicorn comes back to a REP STOS or MOVS for every iteration, so one
that reaches its own bytes goes on with what it has just stored there. The 386 and 486 would have
finished it, with what follows already in their prefetch queue, and processors since the Pentium
would have finished it and gone on with the new bytes. Neither is imitated.

Models. A model is chosen before memory is mapped, and lacks what came later: a 486 has no CMOV.
There are none older than the 486. None has a prefetch queue, so code that changes itself just
ahead is what runs, as since the Pentium. Unmasked exceptions of the coprocessor raise nothing.

The budget. A call that Python answers takes as long as hundreds of the guest's instructions,
here as on a real PC, and is charged for as many, or a program that polls the keyboard for ever
would take a quarter of an hour to come to its limit.

Reset. One CPU serves many tests: memory is cleared, the CPU state restored from the one
saved at birth, and all translations dropped: 30 µs, against 0.5 ms for a new one. Restoring
the state does not empty the TLB: paging, if the guest switched it on, must be switched off.
"""

from __future__ import annotations

import signal
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from unicorn import unicorn_const as uc_const

from pytest_almostism.dos.engine import INSN_INVALID, INTR, Engine
from pytest_almostism.dos.errors import CpuError, InstructionLimitExceeded
from pytest_almostism.dos.memory import MEMORY_SIZE, Memory
from pytest_almostism.dos.pool import DEFAULT_MODEL
from pytest_almostism.dos.registers import Flag, Registers

#: Where the ROM begins; the first 1 KiB of it holds the stubs of the 256 interrupts.
ROM_SEGMENT = 0xF000
#: The interrupt by which a ROM stub asks for its service.
TRAP = 0xF8
#: Offset in the ROM of the stub to which a handler returns that Python has called.
RETURN_STUB = 0x400
#: What stands in the ROM from offset 0 on: 256 times INT F8h / IRET / NOP, and INT F8h once more.
STUBS = bytes((0xCD, TRAP, 0xCF, 0x90)) * 256 + bytes((0xCD, TRAP))

_SLICE = 500_000  # instructions between two looks at Ctrl-C: 5 ms, some seconds at worst
_CALL = 200  # instructions charged for a call answered in Python
_HALTED = 500_000  # instructions charged for a HLT: a 55 ms tick at about 10 MIPS
_HLT, _INT = 0xF4, 0xCD
_EXCEPTIONS = frozenset((0, 1, 5, 6, 7, 8, 13, 14, 16))

_FRAME = struct.Struct("<HHH")  # IP, CS, FLAGS as an interrupt pushes them


class Cpu:
    """An x86 CPU in real mode with its memory.

    Args:
        model: one of `pool.MODELS`.

    Attributes:
        model: which one it is.
        memory: the 1088 KiB it sees.
        registers: its registers, current while it is stopped and inside `interrupt`.
        interrupt: called with the number of a software interrupt whose vector still points to
            the ROM, or was chained to it; set by the machine.
        exception: the same for an exception of the CPU itself.
        returned: called when a handler of the guest comes back to the ROM's return stub.
        restart, forget_code: those of its engine.
    """

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        self.model = model
        self.registers = Registers()
        self._engine = engine = Engine(model, self.registers)
        self.restart, self.forget_code = engine.restart, engine.forget_code
        self.memory = Memory(engine.memory, engine.forget_code)
        self.interrupt: Callable[[int], None] = self._nobody
        self.exception: Callable[[int], None] = self._nobody
        self.returned: Callable[[], None] = self._nobody_called
        self._failure: BaseException | None = None
        self._stopped = False
        self._calls = 0  # answered in the current slice
        self._budget: int | None = None
        self._left: int | None = None

        self._hooks = (INTR(self._on_intr), INSN_INVALID(self._on_invalid))
        self._engine.hook(uc_const.UC_HOOK_INTR, self._hooks[0])
        self._engine.hook(uc_const.UC_HOOK_INSN_INVALID, self._hooks[1])

    def reset(self) -> None:
        """Make memory and registers those of a CPU that has never run."""
        self.memory.view[:] = _ZEROS
        self.forget_code(0, MEMORY_SIZE)
        self.restart()

    def run(self, max_instructions: int | None) -> None:
        """Run from CS:IP until `stop` is called.

        Args:
            max_instructions: the budget, 1 or more; None for no limit.

        Raises:
            ValueError: that is no budget.
            InstructionLimitExceeded: the budget is used up; registers show where.
            CpuError: the CPU cannot go on: rubbish executed, memory that is not there, or
                halted with interrupts disabled.
        """
        if max_instructions is not None and max_instructions < 1:
            raise ValueError(f"a budget is 1 instruction or more, not {max_instructions}")
        self._engine.write()
        self._stopped, self._failure = False, None
        self._budget = self._left = max_instructions
        with self._interruptible():
            while True:
                count = _SLICE if self._left is None else min(self._left, _SLICE)
                charge = self._run_slice(count)
                if self._stopped:
                    return
                if self._left is not None:
                    self._left -= charge
                    if self._left <= 0:
                        raise self._limit_exceeded()

    def charge(self, instructions: int) -> None:
        """Take off the budget what a service, in Python, saves the guest; 200 at least.

        Raises:
            InstructionLimitExceeded: the budget is used up.
        """
        self._calls += instructions // _CALL
        if self._left is not None and self._calls * _CALL > self._left:
            raise self._limit_exceeded()

    def _limit_exceeded(self) -> InstructionLimitExceeded:
        return InstructionLimitExceeded(
            f"{self._budget:,} instructions executed without coming to an end"
        )

    def stop(self) -> None:
        """End the current `run` after the service that calls this."""
        self._stopped = True
        self._engine.stop()

    def _run_slice(self, count: int) -> int:
        """Run `count` instructions, or up to a HLT; return what they are charged for."""
        regs = self.registers
        begin = (regs.cs << 4) + regs.ip
        self._calls = 0
        trouble = self._engine.start(begin, count)
        self._engine.read()
        self._raise_failure()
        if self._stopped:
            return count
        if trouble:
            raise CpuError(f"{trouble} at {regs.address}")
        charge = self._calls * _CALL
        if self._engine.executed > count:  # it was about to execute one more
            return count + charge
        if self.memory.byte(regs.cs, regs.ip - 1) != _HLT:
            raise CpuError(f"shut itself down at {regs.address}: triple fault")
        if not regs.flags & Flag.INTERRUPT:
            raise CpuError(f"halted for ever at {regs.address}: HLT with interrupts disabled")
        return _HALTED + charge

    @contextmanager
    def _interruptible(self) -> Iterator[None]:
        """Let Ctrl-C end the run: raised inside a callback it would be printed and lost."""
        if (
            threading.current_thread() is not threading.main_thread()
            or signal.getsignal(signal.SIGINT) is not signal.default_int_handler
        ):
            yield
            return
        signal.signal(signal.SIGINT, lambda *_: self._fail(KeyboardInterrupt()))
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        self._raise_failure()  # Ctrl-C at the very last moment

    def _fail(self, failure: BaseException) -> None:
        if self._failure is None:
            self._failure = failure
        self._engine.stop()

    def _raise_failure(self) -> None:
        """Raise what was kept while Unicorn was running."""
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure

    # -- what Unicorn calls -----------------------------------------------------------------

    def _on_intr(self, _uc: int, number: int, _data: int) -> None:
        self._calls += 1
        try:
            self._engine.read()
            before = bytes(self.registers.block)
            self._wrap()
            self._take(number)
            self._engine.write_changes(before)
        except BaseException as failure:  # noqa: BLE001 - must not pass through ctypes; raised by run()
            self._fail(failure)

    def _on_invalid(self, _uc: int, _data: int) -> bool:
        self._calls += 1
        try:
            self._engine.read()
            before = bytes(self.registers.block)
            self._wrap()
            regs = self.registers
            if self.memory.read(regs.cs, regs.ip, 2) == bytes((_INT, 6)):
                regs.ip += 2
                self._vector(6, self.interrupt)
            else:
                self._vector(6, self.exception)
            self._engine.write_changes(before)
        except BaseException as failure:  # noqa: BLE001 - as above
            self._fail(failure)
        return True

    def _wrap(self) -> None:
        """Let IP go on at the beginning of its segment."""
        if self.registers.eip > 0xFFFF:
            self.registers.ip = self.registers.eip

    def _take(self, number: int) -> None:
        """Serve interrupt or exception `number` that has just occurred at CS:IP."""
        regs = self.registers
        if number == TRAP and regs.cs == ROM_SEGMENT and (regs.ip - 2) & 3 == 0:
            service = regs.ip - 2 >> 2
            if service < 0x100:
                regs.ip, regs.cs, regs.flags = _FRAME.unpack(self.memory.read(regs.ss, regs.sp, 6))
                regs.sp += 6
                self.interrupt(service)
                return
            if regs.ip - 2 == RETURN_STUB:
                self.returned()
                return
        software = number not in _EXCEPTIONS or self._is_software(number)
        if not software or number == 0:  # an INT 0 may as well stand before the division
            self._engine.forget_exception()
        self._vector(number, self.interrupt if software else self.exception)

    def _vector(self, number: int, serve: Callable[[int], None]) -> None:
        regs = self.registers
        segment, offset = self.memory.pointer(0, 4 * number)
        if segment == ROM_SEGMENT and offset == 4 * number:
            serve(number)
        else:
            self.enter_handler(number, (regs.cs, regs.ip))

    def enter_handler(self, number: int, back: tuple[int, int]) -> None:
        """Go where an interrupt's vector points to, as INT does.

        Args:
            number: 00h..FFh.
            back: (segment, offset) to which its IRET returns.
        """
        self.push_frame(back)
        regs = self.registers
        regs.flags &= ~(Flag.INTERRUPT | Flag.TRAP)
        regs.cs, regs.ip = self.memory.pointer(0, 4 * number)

    def push_frame(self, back: tuple[int, int]) -> None:
        """Push FLAGS and (segment, offset), for an IRET to pop."""
        regs = self.registers
        regs.sp -= _FRAME.size
        self.memory.write(regs.ss, regs.sp, _FRAME.pack(back[1], back[0], regs.flags))

    def _is_software(self, number: int) -> bool:
        """Return whether the bytes before CS:IP are those of INT `number`."""
        regs = self.registers
        return self.memory.read(regs.cs, regs.ip - 2, 2) == bytes((_INT, number))

    def _nobody_called(self) -> None:
        raise CpuError(f"return to the ROM at {self.registers.address}, which called nobody")

    def _nobody(self, number: int) -> None:
        raise CpuError(f"interrupt {number:02X}h on a CPU without a machine")


_ZEROS = bytes(MEMORY_SIZE)
