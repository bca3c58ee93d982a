"""The table of services, `docs/services.md`: made from the registry, so it cannot lie.

python -m pytest_almostism.reporting.services > docs/services.md
"""

from __future__ import annotations

import sys

from pytest_almostism.dos import bios, kernel, shell  # noqa: F401 - they register the services
from pytest_almostism.dos.manual import Function, contents
from pytest_almostism.dos.services import Service, registered

_HEAD = """\
# Services

Every function of INT 21h and every interrupt from 20h to 2Fh that DOS 5 has, and the services of
the BIOS. *Partial* says what is missing. Functions marked with a star are not in the DOS manual,
but programs use them. This page is made from the table in which the services are registered:

    python -m pytest_almostism.reporting.services > docs/services.md
"""
_ABSENT = "absent"
# Vectors that DOS keeps for the program: nothing answers them, the kernel calls or restores them.
_VECTORS = {
    0x22: "kept in the PSP, where a program's end goes",
    0x23: "called on Ctrl-C",
    0x24: "called when a drive fails",
}


def services_page() -> str:
    """Return the page as Markdown."""
    services = list(registered())
    manual = contents()
    parts = [_HEAD]
    parts.append("## INT 21h\n")
    parts.append(_table([_row(f, services) for f in manual if f.interrupt == 0x21]))
    parts.append("## INT 20h to 2Fh\n")
    rows = [_row(f, services) for f in manual if f.interrupt != 0x21]
    parts.append(_table(rows))
    parts.append("## BIOS, CPU and what is our own\n")
    rest = [s for s in services if not 0x20 <= s.interrupt <= 0x2F]
    parts.append(_table([(_number(s), s.name.replace("_", " "), _state([s])) for s in rest]))
    return "\n".join(parts)


def _row(function: Function, services: list[Service]) -> tuple[str, str, str]:
    number = f"{function.interrupt:02X}h"
    if function.function is not None:
        number = f"{function.function:02X}h"
    if function.subfunction is not None:
        number = f"{number[:2]}{function.subfunction:02X}h"
    title = function.title if function.documented else f"{function.title} *"
    return number, title, _answer(function, services)


def _answer(function: Function, services: list[Service]) -> str:
    if function.interrupt == 0x21 and function.function is None:
        return "see above"
    if function.interrupt in _VECTORS:
        return _VECTORS[function.interrupt]
    return _state([s for s in services if _serves(s, function)])


def _serves(service: Service, function: Function) -> bool:
    return (
        service.interrupt == function.interrupt
        and (function.function is None or service.function in {function.function, None})
        and (function.subfunction is None or service.subfunction in {function.subfunction, None})
    )


def _state(services: list[Service]) -> str:
    if not services:
        return _ABSENT
    missing = "; ".join(dict.fromkeys(s.missing for s in services if s.missing))
    return f"partial: without {missing}" if missing else "implemented"


def _number(service: Service) -> str:
    return service.number.removeprefix("INT ")


def _table(rows: list[tuple[str, str, str]]) -> str:
    lines = ["| number | name | here |", "|---|---|---|"]
    lines += [f"| {number} | {name} | {state} |" for number, name, state in rows]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(services_page())
