"""The engine: one Unicorn in 16-bit mode, reduced to what a CPU is made of.

Nothing here knows of interrupt vectors or budgets: that is `cpu`, and why all this is done as it
is done stands at the head of that module. Calls go to the library itself, past its bindings.
"""

from __future__ import annotations

import ctypes
import mmap

from unicorn import UC_ARCH_X86, UC_MODE_16, Uc, UcError, x86_const
from unicorn import unicorn_const as uc_const
from unicorn.unicorn_py3.unicorn import UcContext, uclib

from pytest_almostism.dos.errors import CpuError
from pytest_almostism.dos.memory import MEMORY_SIZE
from pytest_almostism.dos.registers import ORDER, WRITABLE_ALONE, Registers

#: Interrupts and exceptions: called with the engine, the number, nothing.
INTR = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_uint32, ctypes.c_void_p)
#: Invalid opcodes: called with the engine and nothing; returns whether to go on.
INSN_INVALID = ctypes.CFUNCTYPE(ctypes.c_bool, ctypes.c_void_p, ctypes.c_void_p)

_MODELS = {"486": x86_const.UC_CPU_X86_486, "pentium": x86_const.UC_CPU_X86_PENTIUM}
_NOWHERE = 0x7FFF_FFFF  # an `until` outside the memory
_TRANSLATED_CODE = 16 << 20  # bytes for translations; the default reserves 1 GiB
_INITIAL_FLAGS = 0x0202  # interrupts enabled, the bit that is always set
_REAL_MODE = ctypes.c_uint64(0x10)  # CR0: neither protection nor paging
_REMOVE_CACHE = (
    uc_const.UC_CTL_TB_REMOVE_CACHE | 2 << 26 | uc_const.UC_CTL_IO_WRITE << 30
)  # UC_CTL_WRITE(type, 2 arguments) of unicorn.h


class _Batch:
    """The arguments of one uc_reg_*_batch call on a part of the register block."""

    def __init__(self, block: int, names: tuple[str, ...], first: int = 0) -> None:
        size = len(names)
        constants = (getattr(x86_const, f"UC_X86_REG_{name.upper()}") for name in names)
        self.ids = (ctypes.c_int32 * size)(*constants)
        self.cells = (ctypes.c_void_p * size)(*(block + 8 * (first + i) for i in range(size)))
        self.size = size


class Engine:
    """Unicorn with a memory and registers that Python sees.

    Args:
        model: one of `pool.MODELS`.
        registers: are read from and written to the processor as one block.

    Attributes:
        memory: the 1088 KiB that it sees.
    """

    def __init__(self, model: str, registers: Registers) -> None:
        self._buffer = mmap.mmap(-1, MEMORY_SIZE)
        self.memory = memoryview(self._buffer)
        self._registers = registers

        self._uc = Uc(UC_ARCH_X86, UC_MODE_16)
        self._uc.ctl_set_tcg_buffer_size(_TRANSLATED_CODE)
        if model in _MODELS:
            self._uc.ctl_set_cpu_model(_MODELS[model])
        address = ctypes.addressof(ctypes.c_char.from_buffer(self._buffer))
        self._uc.mem_map_ptr(0, MEMORY_SIZE, uc_const.UC_PROT_ALL, address)
        self._handle = self._uc._uch  # noqa: SLF001 - the raw calls below need it

        block = ctypes.addressof(ctypes.c_char.from_buffer(registers.block))
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

    # -- running ----------------------------------------------------------------------------

    def start(self, begin: int, count: int) -> str:
        """Run until `stop`, a HLT, a triple fault, or until `count` instructions are used up.

        Args:
            begin: linear address of the first instruction, that of CS:IP.
            count: 1 or more.

        Returns:
            What went wrong in Unicorn's words; nothing if nothing did.
        """
        status = uclib.uc_emu_start(self._handle, begin, _NOWHERE, 0, count)
        return "" if status == uc_const.UC_ERR_OK else str(UcError(status))

    def stop(self) -> None:
        """End `start`, from inside a hook or a signal handler."""
        uclib.uc_emu_stop(self._handle)

    @property
    def executed(self) -> int:
        """Instructions of the last `start`; more than its `count` if that was used up."""
        return self._counter.value

    def restart(self) -> None:
        """Make the registers, coprocessor and all, those of a processor that has never run."""
        uclib.uc_reg_write(self._handle, x86_const.UC_X86_REG_CR0, ctypes.byref(_REAL_MODE))
        self._uc.context_restore(self._newborn)
        self._registers.block[:] = bytes(len(self._registers.block))
        self._registers.eflags = _INITIAL_FLAGS

    def forget_code(self, start: int, stop: int) -> None:
        """Drop translations of the linear range start..stop; Python has written there."""
        if stop > start:
            uclib.uc_ctl(self._handle, _REMOVE_CACHE, ctypes.c_uint64(start), ctypes.c_uint64(stop))

    # -- registers --------------------------------------------------------------------------

    def read(self) -> None:
        """Read all registers from the processor."""
        batch = self._all
        uclib.uc_reg_read_batch(self._handle, batch.ids, batch.cells, batch.size)

    def write(self) -> None:
        """Write all registers to the processor."""
        self._write(self._all)

    def write_changes(self, before: bytes) -> None:
        """Write what differs from the block of registers `before`, CS:EIP only if it does."""
        block = bytes(self._registers.block)
        if block == before:
            return
        data = 8 * WRITABLE_ALONE
        if block[:data] != before[:data]:
            self._write(self._data)
        if block[data:] != before[data:]:
            self._write(self._code)

    def _write(self, batch: _Batch) -> None:
        uclib.uc_reg_write_batch(self._handle, batch.ids, batch.cells, batch.size)

    # -- hooks, and what has no function ----------------------------------------------------

    def hook(self, kind: int, callback: object) -> int:
        """Have a callback, kept alive by the caller, called; return the number of the hook.

        Args:
            kind: UC_HOOK_INTR or UC_HOOK_INSN_INVALID.
            callback: an `INTR` or `INSN_INVALID`.
        """
        number = ctypes.c_size_t()
        status = uclib.uc_hook_add(
            self._handle,
            ctypes.byref(number),
            kind,
            ctypes.cast(callback, ctypes.c_void_p),  # type: ignore[arg-type]
            None,
            ctypes.c_uint64(1),
            ctypes.c_uint64(0),
        )
        if status != uc_const.UC_ERR_OK:
            raise UcError(status)
        return number.value

    def forget_exception(self) -> None:
        """Let the next exception be a first one."""
        self._uc.context_update(self._scratch)
        at = self._last_exception
        _state(self._scratch)[at : at + 4] = b"\xff\xff\xff\xff"
        self._uc.context_restore(self._scratch)

    def _find_last_exception(self) -> int:
        """Return where the CPU state keeps the last exception: FFFFFFFF before a first one."""

        def seen(_uc: int, _number: int, _data: int) -> None:
            self._uc.context_update(self._scratch)
            uclib.uc_emu_stop(self._handle)

        hook = INTR(seen)
        handle = self.hook(uc_const.UC_HOOK_INTR, hook)
        self.memory[0x100:0x104] = b"\x31\xc9\xf7\xf1"  # xor cx,cx / div cx
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
        self.memory[0x100:0x103] = b"\x90\x90\xf4"  # nop / nop / hlt
        self.forget_code(0x100, 0x103)
        executed, count = 3, 0x5EED
        uclib.uc_emu_start(self._handle, 0x100, _NOWHERE, 0, count)
        words = (ctypes.c_size_t * 256).from_address(self._handle.value)
        candidates = [at for at in range(255) if words[at] == executed and words[at + 1] == count]
        if len(candidates) != 1:
            raise CpuError(f"unknown layout of Unicorn's own state: {candidates}")
        return ctypes.c_size_t.from_buffer(words, candidates[0] * ctypes.sizeof(ctypes.c_size_t))


def _state(context: UcContext) -> memoryview:
    """Return the bytes of a saved CPU state, writable."""
    size = context._size  # noqa: SLF001 - the public property copies
    raw = (ctypes.c_ubyte * size).from_address(context.context.value)
    return memoryview(raw).cast("B")
