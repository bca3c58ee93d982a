"""The commands that COMMAND.COM has in itself, one function each; importing registers them."""

from pytest_almostism.dos.shell.internal import (
    batch,
    copy,
    directories,
    files,
    listing,
    settings,
    variables,
)
from pytest_almostism.dos.shell.internal.registry import COMMANDS

__all__ = [
    "COMMANDS",
    "batch",
    "copy",
    "directories",
    "files",
    "listing",
    "settings",
    "variables",
]
