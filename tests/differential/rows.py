"""All rows of all tables."""

from __future__ import annotations

from tests.differential.program import Program
from tests.differential.tables import (
    compiled,
    console,
    directories,
    fcb,
    files,
    handles,
    instructions,
    longnames,
    memory,
    processes,
    programs,
    search,
    system,
)

PROGRAMS: tuple[Program, ...] = (
    *files.ROWS,
    *handles.ROWS,
    *directories.ROWS,
    *search.ROWS,
    *fcb.ROWS,
    *longnames.ROWS,
    *console.ROWS,
    *memory.ROWS,
    *processes.ROWS,
    *system.ROWS,
    *instructions.ROWS,
    *programs.ROWS,
    *compiled.ROWS,
)
