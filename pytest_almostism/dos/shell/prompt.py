"""PROMPT: what its `$` codes stand for, and how DOS writes dates and times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.shell.calls import Steps, SystemCalls

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_almostism.dos.shell.interpreter import Shell

_WEEKDAYS = "Sun Mon Tue Wed Thu Fri Sat".split()
_CHARACTERS = {
    "B": "|",
    "E": "\x1b",
    "G": ">",
    "H": "\b \b",
    "L": "<",
    "Q": "=",
    "_": "\r\n",
    "$": "$",
}


def expand_prompt(shell: Shell) -> Steps[str]:
    """Return the prompt as the variable PROMPT describes it; without one it is `C>`."""
    codes: dict[str, Callable[[SystemCalls], Steps[str]]] = {
        "D": date,
        "N": SystemCalls.current_drive,
        "P": _directory,
        "T": time,
        "V": version,
    }
    pattern = shell.environment.get("PROMPT") or "$N$G"
    text, rest = "", pattern
    while rest:
        before, dollar, rest = rest.partition("$")
        text += before
        code, rest = rest[:1].upper(), rest[1:]
        if not dollar:
            break
        if code in codes:
            text += yield from codes[code](shell.dos)
        else:
            text += _CHARACTERS.get(code, "")
    return text


def date(dos: SystemCalls) -> Steps[str]:
    """Return the date: `Tue 06-11-1991`."""
    now = yield from dos.call(0x2A00)
    return f"{_WEEKDAYS[now.al % 7]} {now.dh:02}-{now.dl:02}-{now.cx}"


def time(dos: SystemCalls) -> Steps[str]:
    """Return the time of day with hundredths: ` 5:00:00.00`."""
    now = yield from dos.call(0x2C00)
    return f"{now.ch:2}:{now.cl:02}:{now.dh:02}.{now.dl:02}"


def version(dos: SystemCalls) -> Steps[str]:
    """Return what VER says."""
    number = yield from dos.call(0x3000)
    return f"MS-DOS Version {number.al}.{number.ah:02}"


def _directory(dos: SystemCalls) -> Steps[str]:
    return (yield from dos.current_directory((yield from dos.current_drive())))


def short_date(packed: int) -> str:
    """Return a packed date as DIR writes it: `06-11-91`."""
    year = (80 + (packed >> 9)) % 100
    return f"{packed >> 5 & 15:02}-{packed & 31:02}-{year:02}"


def short_time(packed: int) -> str:
    """Return a packed time as DIR writes it: `5:00a`."""
    hour, minute = packed >> 11, packed >> 5 & 63
    return f"{hour % 12 or 12}:{minute:02}{'ap'[hour >= 12]}"
