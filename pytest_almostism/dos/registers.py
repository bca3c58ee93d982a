"""The registers of the CPU, as one block of memory that services read and change by name."""

from __future__ import annotations

from enum import IntFlag

# The order of the block: eight bytes a register, general registers first, so that everything
# but CS:EIP can be written back on its own.
ORDER = (
    *("eax", "ebx", "ecx", "edx", "esi", "edi", "ebp", "esp"),
    *("ds", "es", "ss", "fs", "gs", "eflags"),
    *("cs", "eip"),
)
WRITABLE_ALONE = ORDER.index("cs")


class Flag(IntFlag):
    """The bits of FLAGS that DOS programs look at."""

    CARRY = 0x0001
    PARITY = 0x0004
    ADJUST = 0x0010
    ZERO = 0x0040
    SIGN = 0x0080
    TRAP = 0x0100
    INTERRUPT = 0x0200
    DIRECTION = 0x0400
    OVERFLOW = 0x0800


def _dword(name: str) -> property:
    index = ORDER.index(name) * 2

    def get(self: Registers) -> int:
        return self._dwords[index]

    def put(self: Registers, value: int) -> None:
        self._dwords[index] = value & 0xFFFFFFFF

    return property(get, put, doc=f"{name.upper()}, 32 bits.")


def _word(name: str, doc: str = "") -> property:
    index = ORDER.index(name) * 4

    def get(self: Registers) -> int:
        return self._words[index]

    def put(self: Registers, value: int) -> None:
        self._words[index] = value & 0xFFFF

    return property(get, put, doc=doc or f"{name[-2:].upper()}, 16 bits.")


def _byte(name: str, half: int) -> property:
    index = ORDER.index(name) * 8 + half

    def get(self: Registers) -> int:
        return self._bytes[index]

    def put(self: Registers, value: int) -> None:
        self._bytes[index] = value & 0xFF

    return property(get, put, doc=f"The {'high' if half else 'low'} byte of {name[1:].upper()}.")


class Registers:
    """A named view of a block of registers.

    Assigned values are cut to the register's width, as a CPU does.

    Args:
        block: `len(ORDER) * 8` bytes, one 8-byte cell a register; a fresh one by default.
    """

    __slots__ = ("_bytes", "_dwords", "_words", "block")

    def __init__(self, block: bytes | bytearray | memoryview | None = None) -> None:
        self.block = memoryview(bytearray(len(ORDER) * 8) if block is None else block).cast("B")
        self._bytes = self.block
        self._words = self.block.cast("H")
        self._dwords = self.block.cast("I")

    eax, ebx, ecx, edx = map(_dword, ("eax", "ebx", "ecx", "edx"))
    esi, edi, ebp, esp = map(_dword, ("esi", "edi", "ebp", "esp"))
    eflags, eip = map(_dword, ("eflags", "eip"))
    ax, bx, cx, dx = map(_word, ("eax", "ebx", "ecx", "edx"))
    si, di, bp, sp = map(_word, ("esi", "edi", "ebp", "esp"))
    ds, es, ss, fs, gs, cs = map(_word, ("ds", "es", "ss", "fs", "gs", "cs"))
    flags = _word("eflags", "FLAGS, the low 16 bits of EFLAGS.")
    al, bl, cl, dl = (_byte(name, 0) for name in ("eax", "ebx", "ecx", "edx"))
    ah, bh, ch, dh = (_byte(name, 1) for name in ("eax", "ebx", "ecx", "edx"))

    @property
    def ip(self) -> int:
        """IP, 16 bits; assigning clears the upper half of EIP."""
        return int(self.eip) & 0xFFFF

    @ip.setter
    def ip(self, value: int) -> None:
        self.eip = value & 0xFFFF

    @property
    def carry(self) -> bool:
        """CF, by which DOS says that a call failed."""
        return bool(self.flags & Flag.CARRY)

    @carry.setter
    def carry(self, value: bool) -> None:
        self.flags = self.flags | Flag.CARRY if value else self.flags & ~Flag.CARRY

    @property
    def zero(self) -> bool:
        """ZF, by which DOS and the BIOS say that no key waits."""
        return bool(self.flags & Flag.ZERO)

    @zero.setter
    def zero(self, value: bool) -> None:
        self.flags = self.flags | Flag.ZERO if value else self.flags & ~Flag.ZERO

    @property
    def address(self) -> str:
        """CS:IP as it is written: `1234:0105`."""
        return f"{self.cs:04X}:{self.ip:04X}"

    def copy(self) -> Registers:
        """Return registers of their own with the same values."""
        return Registers(bytes(self.block))

    def load(self, other: Registers) -> None:
        """Take over all values of `other`."""
        self.block[:] = other.block

    def __repr__(self) -> str:
        general = " ".join(
            f"{n.upper()}={getattr(self, n):04X}" for n in "ax bx cx dx si di bp sp".split()
        )
        segments = " ".join(f"{n.upper()}={getattr(self, n):04X}" for n in "ds es ss cs ip".split())
        letters = "".join(
            letter
            for letter, flag in zip("ODITSZAPC", reversed(Flag), strict=True)
            if self.flags & flag
        )
        return f"{general} {segments} FLAGS={self.flags:04X}[{letters}]"
