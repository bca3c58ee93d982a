"""What ends a command before its time."""

from __future__ import annotations


class CommandError(Exception):
    """A command failed; the message goes to standard error and the next command follows.

    Args:
        message: what COMMAND.COM says, without the line end.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Interrupted(Exception):  # it is no error
    """Ctrl-C was typed in the shell or in a program that it ran."""


class Aborted(Exception):  # it is no error
    """A disk failed in the middle of a command, and the user gave the command up."""


class Leave(Exception):  # it is no error
    """EXIT: nothing of what the shell was doing goes on."""
