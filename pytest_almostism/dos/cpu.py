"""The CPU: Unicorn in 16-bit mode, made into the processor of a PC.

This is the one subtle module. Everything else sees a CPU with named registers, which calls
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

import ctypes
import mmap
import signal
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from unicorn import UC_ARCH_X86, UC_MODE_16, Uc, UcError, x86_const
from unicorn import unicorn_const as uc_const
from unicorn.unicorn_py3.unicorn import UcContext, uclib

from pytest_almostism.dos.errors import CpuError, InstructionLimitExceeded
from pytest_almostism.dos.memory import MEMORY_SIZE, Memory
from pytest_almostism.dos.pool import DEFAULT_MODEL
from pytest_almostism.dos.registers import ORDER, WRITABLE_ALONE, Flag, Registers

#: Where the ROM begins; the first 1 KiB of it holds the stubs of the 256 interrupts.
ROM_SEGMENT = 0xF000
#: The interrupt by which a ROM stub asks for its service.
TRAP = 0xF8
#: Offset in the ROM of the stub to which a handler returns that Python has called.
RETURN_STUB = 0x400
#: What stands in the ROM from offset 0 on: 256 times INT F8h / IRET / NOP, and INT F8h once more.
STUBS = bytes((0xCD, TRAP, 0xCF, 0x90)) * 256 + bytes((0xCD, TRAP))

_MODELS = {"486": x86_const.UC_CPU_X86_486, "pentium": x86_const.UC_CPU_X86_PENTIUM}
_NOWHERE = 0x7FFF_FFFF  # an `until` outside the memory
_SLICE = 500_000  # instructions between two looks at Ctrl-C: 5 ms, some seconds at worst
_CALL = 200  # instructions charged for a call answered in Python
_HALTED = 500_000  # instructions charged for a HLT: a 55 ms tick at about 10 MIPS
_TRANSLATED_CODE = 16 << 20  # bytes for translations; the default reserves 1 GiB
_HLT, _INT = 0xF4, 0xCD
_EXCEPTIONS = frozenset((0, 1, 5, 6, 7, 8, 13, 14, 16))
_INITIAL_FLAGS = 0x0202  # interrupts enabled, the bit that is always set

_INTR = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_uint32, ctypes.c_void_p)
_INSN_INVALID = ctypes.CFUNCTYPE(ctypes.c_bool, ctypes.c_void_p, ctypes.c_void_p)
_FRAME = struct.Struct("<HHH")  # IP, CS, FLAGS as an interrupt pushes them


class _Batch:
    """The arguments of one uc_reg_*_batch call on a part of the register block."""

    def __init__(self, block: int, names: tuple[str, ...], first: int = 0) -> None:
        size = len(names)
        constants = (getattr(x86_const, f"UC_X86_REG_{name.upper()}") for name in names)
        self.ids = (ctypes.c_int32 * size)(*constants)
        self.cells = (ctypes.c_void_p * size)(*(block + 8 * (first + i) for i in range(size)))
        self.size = size


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
    """

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        self.model = model
        self._buffer = mmap.mmap(-1, MEMORY_SIZE)
        self.memory = Memory(memoryview(self._buffer), self.forget_code)
        self.registers = Registers()
        self.interrupt: Callable[[int], None] = self._nobody
        self.exception: Callable[[int], None] = self._nobody
        self.returned: Callable[[], None] = self._nobody_called
        self._failure: BaseException | None = None
        self._stopped = False
        self._calls = 0  # answered in the current slice
        self._budget: int | None = None
        self._left: int | None = None

        self._uc = Uc(UC_ARCH_X86, UC_MODE_16)
        self._uc.ctl_set_tcg_buffer_size(_TRANSLATED_CODE)
        if model in _MODELS:
            self._uc.ctl_set_cpu_model(_MODELS[model])
        address = ctypes.addressof(ctypes.c_char.from_buffer(self._buffer))
        self._uc.mem_map_ptr(0, MEMORY_SIZE, uc_const.UC_PROT_ALL, address)
        self._handle = self._uc._uch  # noqa: SLF001 - the raw calls below need it

        block = ctypes.addressof(ctypes.c_char.from_buffer(self.registers.block))
        self._all = _Batch(block, ORDER)
        self._data = _Batch(block, ORDER[:WRITABLE_ALONE])
        self._code = _Batch(block, ORDER[WRITABLE_ALONE:], WRITABLE_ALONE)

        self._uc.reg_write(x86_const.UC_X86_REG_EFLAGS, _INITIAL_FLAGS)
        self._uc.reg_write(x86_const.UC_X86_REG_FPCW, 0x037F)
        self._uc.reg_write(x86_const.UC_X86_REG_FPTAG, 0xFFFF)
        self._newborn = self._uc.context_save()
        self._scratch = self._uc.context_save()
        self._last_exception = self._find_last_exception()
        self._counter = self._find_counter()
        self._hooks = (_INTR(self._on_intr), _INSN_INVALID(self._on_invalid))
        self._add_hook(uc_const.UC_HOOK_INTR, self._hooks[0])
        self._add_hook(uc_const.UC_HOOK_INSN_INVALID, self._hooks[1])

    def reset(self) -> None:
        """Make memory and registers those of a CPU that has never run."""
        self.memory.view[:] = _ZEROS
        self.forget_code(0, MEMORY_SIZE)
        self.restart()

    def restart(self) -> None:
        """Make the registers, coprocessor and all, those of a CPU that has never run."""
        uclib.uc_reg_write(self._handle, x86_const.UC_X86_REG_CR0, ctypes.byref(_REAL_MODE))
        self._uc.context_restore(self._newborn)
        self.registers.block[:] = bytes(len(self.registers.block))
        self.registers.eflags = _INITIAL_FLAGS

    def forget_code(self, start: int, stop: int) -> None:
        """Drop translations of the linear range start..stop; Python has written there."""
        if stop > start:
            uclib.uc_ctl(self._handle, _REMOVE_CACHE, ctypes.c_uint64(start), ctypes.c_uint64(stop))

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
        self._write(self._all)
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
        uclib.uc_emu_stop(self._handle)

    def _run_slice(self, count: int) -> int:
        """Run `count` instructions, or up to a HLT; return what they are charged for."""
        regs = self.registers
        begin = (regs.cs << 4) + regs.ip
        self._calls = 0
        status = uclib.uc_emu_start(self._handle, begin, _NOWHERE, 0, count)
        self._read()
        self._raise_failure()
        if self._stopped:
            return count
        if status != uc_const.UC_ERR_OK:
            raise CpuError(f"{UcError(status)} at {regs.address}")
        charge = self._calls * _CALL
        if self._counter.value > count:  # it was about to execute one more
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
        uclib.uc_emu_stop(self._handle)

    def _raise_failure(self) -> None:
        """Raise what was kept while Unicorn was running."""
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure

    # -- what Unicorn calls -----------------------------------------------------------------

    def _on_intr(self, _uc: int, number: int, _data: int) -> None:
        self._calls += 1
        try:
            self._read()
            before = bytes(self.registers.block)
            self._wrap()
            self._take(number)
            self._write_changes(before)
        except BaseException as failure:  # noqa: BLE001 - must not pass through ctypes; raised by run()
            self._fail(failure)

    def _on_invalid(self, _uc: int, _data: int) -> bool:
        self._calls += 1
        try:
            self._read()
            before = bytes(self.registers.block)
            self._wrap()
            regs = self.registers
            if self.memory.read(regs.cs, regs.ip, 2) == bytes((_INT, 6)):
                regs.ip += 2
                self._vector(6, self.interrupt)
            else:
                self._vector(6, self.exception)
            self._write_changes(before)
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
            self._forget_exception()
        self._vector(number, self.interrupt if software else self.exception)

    def _vector(self, number: int, serve: Callable[[int], None]) -> None:
        regs, memory = self.registers, self.memory
        segment, offset = memory.pointer(0, 4 * number)
        if segment == ROM_SEGMENT and offset == 4 * number:
            serve(number)
            return
        regs.sp -= 6
        memory.write(regs.ss, regs.sp, _FRAME.pack(regs.ip, regs.cs, regs.flags))
        regs.flags &= ~(Flag.INTERRUPT | Flag.TRAP)
        regs.cs, regs.ip = segment, offset

    def _is_software(self, number: int) -> bool:
        """Return whether the bytes before CS:IP are those of INT `number`."""
        regs = self.registers
        return self.memory.read(regs.cs, regs.ip - 2, 2) == bytes((_INT, number))

    # -- the CPU state ----------------------------------------------------------------------

    def _read(self) -> None:
        batch = self._all
        uclib.uc_reg_read_batch(self._handle, batch.ids, batch.cells, batch.size)

    def _write(self, batch: _Batch) -> None:
        uclib.uc_reg_write_batch(self._handle, batch.ids, batch.cells, batch.size)

    def _write_changes(self, before: bytes) -> None:
        block = bytes(self.registers.block)
        if block == before:
            return
        data = 8 * WRITABLE_ALONE
        if block[:data] != before[:data]:
            self._write(self._data)
        if block[data:] != before[data:]:
            self._write(self._code)

    def _find_last_exception(self) -> int:
        """Return where the CPU state keeps the last exception: FFFFFFFF before a first one."""

        def seen(_uc: int, _number: int, _data: int) -> None:
            self._uc.context_update(self._scratch)
            uclib.uc_emu_stop(self._handle)

        hook = _INTR(seen)
        handle = self._add_hook(uc_const.UC_HOOK_INTR, hook)
        self.memory.view[0x100:0x104] = b"\x31\xc9\xf7\xf1"  # xor cx,cx / div cx
        uclib.uc_emu_start(self._handle, 0x100, _NOWHERE, 0, 2)
        uclib.uc_hook_del(self._handle, handle)
        before, after = bytes(_state(self._newborn)), bytes(_state(self._scratch))
        candidates = [
            at
            for at in range(0, len(before) - 3, 4)
            if before[at : at + 4] == b"\xff\xff\xff\xff" and after[at : at + 4] == bytes(4)
        ]
        if len(candidates) != 1:
            raise CpuError(f"unknown layout of Unicorn's CPU state: {candidates}")
        return candidates[0]

    def _find_counter(self) -> ctypes.c_size_t:
        """Return Unicorn's counter of instructions: more than `count` if those are used up.

        In its `struct uc_struct` it stands before the `count` of the last emu_start.
        """
        self.memory.view[0x100:0x103] = b"\x90\x90\xf4"  # nop / nop / hlt
        self.forget_code(0x100, 0x103)
        executed, count = 3, 0x5EED
        uclib.uc_emu_start(self._handle, 0x100, _NOWHERE, 0, count)
        words = (ctypes.c_size_t * 256).from_address(self._handle.value)
        candidates = [at for at in range(255) if words[at] == executed and words[at + 1] == count]
        if len(candidates) != 1:
            raise CpuError(f"unknown layout of Unicorn's own state: {candidates}")
        return ctypes.c_size_t.from_buffer(words, candidates[0] * ctypes.sizeof(ctypes.c_size_t))

    def _forget_exception(self) -> None:
        self._uc.context_update(self._scratch)
        at = self._last_exception
        _state(self._scratch)[at : at + 4] = b"\xff\xff\xff\xff"
        self._uc.context_restore(self._scratch)

    def _add_hook(self, kind: int, callback: object) -> int:
        hook = ctypes.c_size_t()
        status = uclib.uc_hook_add(
            self._handle,
            ctypes.byref(hook),
            kind,
            ctypes.cast(callback, ctypes.c_void_p),  # type: ignore[arg-type]
            None,
            ctypes.c_uint64(1),
            ctypes.c_uint64(0),
        )
        if status != uc_const.UC_ERR_OK:
            raise UcError(status)
        return hook.value

    def _nobody_called(self) -> None:
        raise CpuError(f"return to the ROM at {self.registers.address}, which called nobody")

    def _nobody(self, number: int) -> None:
        raise CpuError(f"interrupt {number:02X}h on a CPU without a machine")


_ZEROS = bytes(MEMORY_SIZE)
_REAL_MODE = ctypes.c_uint64(0x10)  # CR0: neither protection nor paging
_REMOVE_CACHE = (
    uc_const.UC_CTL_TB_REMOVE_CACHE | 2 << 26 | uc_const.UC_CTL_IO_WRITE << 30
)  # UC_CTL_WRITE(type, 2 arguments) of unicorn.h


def _state(context: UcContext) -> memoryview:
    """Return the bytes of a saved CPU state, writable."""
    size = context._size  # noqa: SLF001 - the public property copies
    raw = (ctypes.c_ubyte * size).from_address(context.context.value)
    return memoryview(raw).cast("B")
