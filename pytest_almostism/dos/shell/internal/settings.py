"""BREAK, CHCP, CLS, CTTY, DATE, TIME, VER and VERIFY."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_almostism.dos.shell import messages
from pytest_almostism.dos.shell.calls import DEVICE, Steps
from pytest_almostism.dos.shell.internal.registry import command
from pytest_almostism.dos.shell.parsing import parse
from pytest_almostism.dos.shell.prompt import date, time, version
from pytest_almostism.dos.shell.signals import CommandError

if TYPE_CHECKING:
    from pytest_almostism.dos.shell.interpreter import Shell

_STDOUT = 1
_CODE_PAGE = "437"
_NORMAL = 0x07
_LAST_CELL = 24 << 8 | 79
_DATE = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{2}|\d{4})")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{1,2})(?:[:.](\d{1,2})(?:[.,](\d{1,2}))?)?)?([AP]?)M?")


@command("BREAK")
def break_(shell: Shell, tail: str) -> Steps[None]:
    """BREAK [ON | OFF]: look for Ctrl-C at every call, or show whether DOS does."""
    value = _on_or_off(tail)
    if value is None:
        state = (yield from shell.dos.call(0x3300)).dl
        yield from shell.print(f"BREAK is {'on' if state else 'off'}\r\n")
    else:
        yield from shell.dos.call(0x3301, dx=int(value))


@command("VERIFY")
def verify(shell: Shell, tail: str) -> Steps[None]:
    """VERIFY [ON | OFF]: set or show the verify flag."""
    value = _on_or_off(tail)
    if value is None:
        state = (yield from shell.dos.call(0x5400)).al
        yield from shell.print(f"VERIFY is {'on' if state else 'off'}\r\n")
    else:
        yield from shell.dos.call(0x2E00 | int(value))


def _on_or_off(tail: str) -> bool | None:
    word = tail.strip(" \t=,;").upper()
    if word not in {"ON", "OFF", ""}:
        raise CommandError(messages.ON_OR_OFF)
    return word == "ON" if word else None


@command("CHCP")
def chcp(shell: Shell, tail: str) -> Steps[None]:
    """CHCP [437]: show the code page; there is one."""
    page = parse(tail).word(default="")
    if page and page != _CODE_PAGE:
        raise CommandError(f"Code page {page} not prepared for system")
    if not page:
        yield from shell.print(f"Active code page: {_CODE_PAGE}\r\n")


@command("CLS")
def cls(shell: Shell, tail: str) -> Steps[None]:
    """CLS: clear the screen, or write the sequence of ANSI that does so into a file."""
    del tail
    if not (yield from shell.dos.information(_STDOUT)) & DEVICE:
        yield from shell.print("\x1b[2J")
        return
    yield from shell.dos.call(0x0600, interrupt=0x10, bx=_NORMAL << 8, dx=_LAST_CELL)
    yield from shell.dos.call(0x0200, interrupt=0x10)


@command("CTTY")
def ctty(shell: Shell, tail: str) -> Steps[None]:
    """CTTY CON: the console is the only device that the shell talks to."""
    del shell
    yield from ()
    if parse(tail).word().rstrip(":") != "CON":
        raise CommandError(messages.INVALID_DEVICE)


@command("VER")
def ver(shell: Shell, tail: str) -> Steps[None]:
    """VER: show the version of DOS."""
    del tail
    yield from shell.print(f"\r\n{(yield from version(shell.dos))}\r\n\r\n")


@command("DATE")
def set_date(shell: Shell, tail: str) -> Steps[None]:
    """DATE [mm-dd-yy]: set the date; without one show it and ask."""
    text = tail.strip()
    if not text:
        yield from shell.print(f"Current date is {(yield from date(shell.dos))}\r\n")
    while text or (text := (yield from _ask(shell, "Enter new date (mm-dd-yy): "))):
        match = _DATE.fullmatch(text)
        if match:
            month, day, year = map(int, match.groups())
            if year < 100:
                year += 1900 if year >= 80 else 2000
            registers = {"cx": year, "dx": month << 8 | day}
            if not (yield from shell.dos.call(0x2B00, **registers)).al:
                return
        yield from shell.print(f"\r\n{messages.INVALID_DATE}\r\n")
        text = ""


@command("TIME")
def set_time(shell: Shell, tail: str) -> Steps[None]:
    """TIME [hh:mm[:ss[.cc]][a|p]]: set the time of day; without one show it and ask."""
    text = tail.strip()
    if not text:
        now = yield from time(shell.dos)
        hour = int(now[:2])
        shown = f"{hour % 12 or 12:2}{now[2:]}{'ap'[hour >= 12]}"
        yield from shell.print(f"Current time is {shown}\r\n")
    while text or (text := (yield from _ask(shell, "Enter new time: "))):
        registers = _time_registers(text)
        if registers and not (yield from shell.dos.call(0x2D00, **registers)).al:
            return
        yield from shell.print(f"\r\n{messages.INVALID_TIME}\r\n")
        text = ""


def _time_registers(text: str) -> dict[str, int]:
    """Return CX and DX for INT 21h/2Dh; nothing for what is no time."""
    match = _TIME.fullmatch(text.upper())
    if match is None:
        return {}
    hour, minute, second, hundredths = (int(part or 0) for part in match.groups()[:4])
    if match[5]:
        if not 1 <= hour <= 12:
            return {}
        hour = hour % 12 + (12 if match[5] == "P" else 0)
    return {"cx": hour << 8 | minute, "dx": second << 8 | hundredths}


def _ask(shell: Shell, question: str) -> Steps[str]:
    """Return what is answered; nothing at the end of the input."""
    yield from shell.print(question)
    return (yield from shell.read_line()).strip()
