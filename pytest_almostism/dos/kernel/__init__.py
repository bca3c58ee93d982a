"""The DOS kernel: INT 20h and INT 21h, one module an area; importing it registers the services."""

from pytest_almostism.dos.kernel import (
    console,
    devices,
    directories,
    disks,
    files,
    memory,
    programs,
    search,
    system,
    time,
    vectors,
)
from pytest_almostism.dos.kernel.search import Searches
from pytest_almostism.dos.kernel.system import Settings

__all__ = [
    "Searches",
    "Settings",
    "console",
    "devices",
    "directories",
    "disks",
    "files",
    "memory",
    "programs",
    "search",
    "system",
    "time",
    "vectors",
]
