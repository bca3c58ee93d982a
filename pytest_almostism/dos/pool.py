"""One CPU a worker process, lent to one machine after another.

A new CPU costs half a millisecond and 3 MB, to reset one 30 µs; and CPUs die only with the
cyclic garbage collector, so thousands of throw-away ones would pile up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_almostism.dos.cpu import Cpu

#: What Unicorn is unless told otherwise: a processor with everything, of about 2013.
DEFAULT_MODEL = "default"
#: The processors there are. Unicorn has none older; all of them execute what an 8086 did.
MODELS = (DEFAULT_MODEL, "486", "pentium")

_idle: list[Cpu] = []


def borrow(model: str = DEFAULT_MODEL) -> Cpu:
    """Return a CPU that nobody else uses, to be reset; unicorn is imported for the first.

    Args:
        model: one of `MODELS`.
    """
    from pytest_almostism.dos.cpu import Cpu  # noqa: PLC0415 - the import costs 40 ms

    for cpu in reversed(_idle):
        if cpu.model == model:
            _idle.remove(cpu)
            return cpu
    return Cpu(model)


def give_back(cpu: Cpu) -> None:
    """Take back a CPU from a machine that is finished with it."""
    _idle.append(cpu)
