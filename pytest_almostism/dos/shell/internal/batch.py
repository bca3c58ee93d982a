"""ECHO, EXIT, GOTO, PAUSE, REM and SHIFT; IF, FOR and CALL are no commands but precede one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_almostism.dos.shell import messages
from pytest_almostism.dos.shell.calls import Steps
from pytest_almostism.dos.shell.internal.registry import command
from pytest_almostism.dos.shell.signals import CommandError, Leave

if TYPE_CHECKING:
    from pytest_almostism.dos.shell.interpreter import Shell

_LABEL = re.compile(r'[.:;,=+\s]*([^.:;,=+\s/\\"\[\]|<>]{0,8})')


@command("ECHO")
def echo(shell: Shell, tail: str) -> Steps[None]:
    """ECHO [ON | OFF | text]: switch echo, or write a line; `ECHO.` writes an empty one."""
    word = tail.strip(" \t=").upper()
    if word in {"ON", "OFF"}:
        shell.echo = word == "ON"
    elif not tail.strip(" \t"):
        yield from shell.print(f"ECHO is {'on' if shell.echo else 'off'}\r\n")
    else:
        yield from shell.print(f"{tail[1:]}\r\n")


@command("EXIT")
def exit_(shell: Shell, tail: str) -> Steps[None]:
    """EXIT: leave this COMMAND.COM, whatever it is doing."""
    del shell, tail
    yield from ()
    raise Leave


@command("GOTO")
def goto(shell: Shell, tail: str) -> Steps[None]:
    """GOTO label: go on behind `:label` of the batch file."""
    if shell.batch is None:
        return
    label = _LABEL.match(tail)
    if label is None or not label[1]:
        shell.batch.leave()
        raise CommandError(messages.LABEL_NOT_FOUND)
    yield from shell.batch.go_to(shell, label[1])


@command("PAUSE")
def pause(shell: Shell, tail: str) -> Steps[None]:
    """PAUSE: wait for a key; redirected input that is at its end does not wait."""
    del tail
    yield from shell.print(messages.PRESS_ANY_KEY)
    if not (yield from shell.dos.call(0x0C08)).al:
        yield from shell.dos.call(0x0700)  # the scan code of a key without a character
    yield from shell.print("\r\n")


@command("REM")
def rem(shell: Shell, tail: str) -> Steps[None]:
    """REM: a remark."""
    del shell, tail
    yield from ()


@command("SHIFT")
def shift(shell: Shell, tail: str) -> Steps[None]:
    """SHIFT: let `%1` become `%0`, `%2` become `%1` and so on."""
    del tail
    yield from ()
    if shell.batch is not None:
        shell.batch.shift()
