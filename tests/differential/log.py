"""Reads the log that a program of steps leaves: one fact a step."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence

from tests.differential.program import Facts
from tests.differential.steps import CS, Instruction, Interrupt, Kept, Show, Step, Value

#: What stands before the log in standard output.
MARK = b"\xdb\xb2\xb1\xb0LOG"
#: What the log has of an interrupt or instruction: these registers in this order.
SAVED = ("es", "ds", "bp", "di", "si", "dx", "cx", "bx", "ax", "flags")
RECORD = struct.Struct("<10H")
#: What is in a register that a step says nothing of, so that it shows if it is changed.
UNSAID: dict[str, Value] = {
    "bx": 0xB0B1,
    "cx": 0xC0C1,
    "dx": 0xD0D1,
    "si": 0x5051,
    "di": 0xD1D2,
    "bp": 0xB9BA,
    "ax": 0,
    "ds": CS,
    "es": CS,
}

_SHOWN = ("ax", "bx", "cx", "dx", "si", "di", "bp", "ds", "es")
_CARRY, _ZERO = 0x0001, 0x0040


class Log:
    """What the log of a program means.

    Args:
        steps: what the program does.
        word: tells where a datum is.
    """

    def __init__(self, steps: Sequence[Step], word: Callable[[Value], int]) -> None:
        self._steps = [
            (number, step)
            for number, step in enumerate(steps, 1)
            if isinstance(step, (Interrupt, Instruction, Show))
        ]
        self._word = word

    def read(self, stdout: bytes) -> tuple[bytes, Facts]:
        """Take the log off standard output and return what it tells, step by step."""
        output, mark, log = stdout.rpartition(MARK)
        if not mark:
            return stdout, {"log": "there is none"}
        facts = Facts()
        known = {"CS": struct.unpack_from("<H", log)[0]}
        position = 2
        for number, step in self._steps:
            length = step.length if isinstance(step, Show) else RECORD.size
            entry = log[position : position + length]
            position += length
            if len(entry) < length:
                told = "not in the log"
            elif isinstance(step, Show):
                told = _bytes(step, entry)
            else:
                after = dict(zip(SAVED, RECORD.unpack(entry), strict=True))
                told = self._registers(step, after, known)
                if isinstance(step, Interrupt):
                    known.update((slot, after[name]) for slot, name in step.keeps.items())
            facts[f"{number} {step.label}"] = told
        return output, facts

    def _registers(
        self, step: Interrupt | Instruction, after: dict[str, int], known: dict[str, int]
    ) -> str:
        """Return the results, and what else is not as it was before."""
        if isinstance(step, Instruction):
            told = [f"flags={after['flags'] & step.defined:04X}"]
            results, hidden = frozenset({"ax"}), frozenset[str]()
        else:
            told, results = _outcome(step, after)
            hidden = step.hide
        before = {**UNSAID, **step.registers}
        for name in _SHOWN:
            given, value = before[name], after[name]
            was = known.get(given.name) if isinstance(given, Kept) else self._word(given) & 0xFFFF
            if name in results or (name not in hidden | {"ax"} and value != was):
                told.append(f"{name.upper()}={'CS' if value == known['CS'] else f'{value:04X}'}")
        return " ".join(told)


def _outcome(step: Interrupt, after: dict[str, int]) -> tuple[list[str], frozenset[str]]:
    """Return what flags and AL say of a call, and which registers have its results."""
    told, results = [], step.shows - step.hide
    if "cf" in results:
        told.append(f"CF={after['flags'] & _CARRY}")
        if after["flags"] & _CARRY:
            results = frozenset({"ax"})
    if "zf" in results:
        told.append(f"ZF={int(bool(after['flags'] & _ZERO))}")
    if "al" in results:
        told.append(f"AL={after['ax'] & 0xFF:02X}")
    return told, results


def _bytes(step: Show, data: bytes) -> str:
    """Return bytes in words, dots for those that are not compared."""
    if step.text:
        data = data.partition(b"\0")[0]
    parts, at = [], 0
    for start, length in sorted(step.hide):
        parts.append(repr(data[at:start])[2:-1])
        at = start + length
    parts.append(repr(data[at:])[2:-1])
    return "..".join(parts)
