"""INT 24h as COMMAND.COM answers it when a program has no handler: the user is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos import critical
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import service

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine


@service(0x24, kind="ah", drive="al", code="di")
def critical_error_handler(pc: Machine, regs: Registers) -> None:
    """INT 24h: ask "Abort, Retry, Fail?"; AL=what was typed, abort if no keys are left."""
    choices = critical.choices(regs.ah)
    verb = "writing" if regs.ah & critical.WRITING else "reading"
    where = f"drive {chr(0x41 + regs.al)}"
    if regs.ah & critical.DEVICE:
        name = pc.memory.read(regs.bp, regs.si + 10, 8).decode("cp437").rstrip()
        where = f"device {name}"
    question = f"{critical.message(regs.di & 0xFF)} {verb} {where}\r\n{', '.join(choices)}? "
    console = pc.console(pc.streams.stderr)
    answers = {word[0]: answer for word, answer in choices.items()}
    while True:
        console.echo(f"\r\n{question}".encode("cp437", "replace"))
        if not console.ready():
            regs.al = critical.ABORT
            break
        key = console.character()
        console.echo(bytes((key,)))
        answer = answers.get(chr(key).upper())
        if answer is not None:
            regs.al = answer
            break
    console.echo(b"\r\n")
