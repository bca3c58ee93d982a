"""DIR and VOL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_almostism.dos.names import upper
from pytest_almostism.dos.shell import messages
from pytest_almostism.dos.shell.calls import Found, Steps
from pytest_almostism.dos.shell.internal.registry import command
from pytest_almostism.dos.shell.lookup import absolute
from pytest_almostism.dos.shell.parsing import parse
from pytest_almostism.dos.shell.prompt import short_date, short_time
from pytest_almostism.dos.shell.signals import CommandError
from pytest_almostism.dos.shell.wildcards import ALL, find_pattern

if TYPE_CHECKING:
    from pytest_almostism.dos.shell.interpreter import Shell

_OPTIONS = "ABLOPSW"
_COLUMNS = 5
_NO_DRIVE = 0xFFFF
_LABEL, _DEVICE = 0x08, 0x40
_ATTRIBUTES = {"R": 0x01, "H": 0x02, "S": 0x04, "D": 0x10, "A": 0x20}
_ORDERS: dict[str, Callable[[Found], object]] = {
    "N": lambda file: file.name.partition(".")[0],
    "E": lambda file: file.name.partition(".")[2],
    "D": lambda file: (file.date, file.time),
    "S": lambda file: file.size,
    "G": lambda file: not file.is_directory,
}


@dataclass
class _Format:
    """What the options of DIR ask for, and what was listed so far."""

    wide: bool
    bare: bool
    lower: bool
    deep: bool
    required: int
    excluded: int
    order: str
    files: int = 0
    size: int = 0

    def choose(self, found: list[Found]) -> list[Found]:
        """Return what is to be listed, in order."""
        chosen = [
            file
            for file in found
            if file.attributes & self.required == self.required
            and not file.attributes & (self.excluded | _DEVICE)
            and not (self.bare and file.name in {".", ".."})
        ]
        keys = self.order.replace("-", "")
        for key in reversed(keys):
            chosen.sort(key=_ORDERS[key], reverse=f"-{key}" in self.order)  # type: ignore[arg-type]
        return chosen


@command("DIR")
def dir_(shell: Shell, tail: str) -> Steps[None]:
    """DIR [files] [/W] [/B] [/L] [/S] [/A:..] [/O:..]: list a directory; /P does not wait."""
    preset = shell.environment.get("DIRCMD") or ""
    arguments = parse(f"{preset} {tail}", _OPTIONS)
    path = arguments.words[-1] if arguments.words else ""
    layout = _read_options(arguments.options)
    directory, pattern = yield from find_pattern(shell, path)
    if pattern.startswith("."):
        pattern = "*" + pattern
    elif "." not in pattern:
        pattern = f"{pattern or '*'}.*"
    directory = yield from absolute(shell, upper(directory))
    if not layout.bare:
        yield from _print_label(shell, directory[0])
    directories = [directory]
    while directories:
        current = directories.pop(0)
        yield from _list(shell, current, pattern, layout)
        if layout.deep:
            inside = yield from shell.dos.find(current + ALL, _ATTRIBUTES["D"])
            names = [f.name for f in inside if f.is_directory and f.name not in {".", ".."}]
            directories[:0] = [f"{current}{name}\\" for name in names]
    if layout.bare:
        if not layout.files:
            raise CommandError(messages.FILE_NOT_FOUND)
        return
    if not layout.files:
        yield from shell.complain(messages.FILE_NOT_FOUND)
    elif layout.deep:
        yield from shell.print("Total files listed:\r\n" + _count(layout.files, layout.size))
    yield from shell.print(f"{(yield from _free(shell, directory[0])):28} bytes free\r\n")


def _read_options(options: tuple[str, ...]) -> _Format:
    """Return what the options ask for; a later one overrides, `/-X` takes back."""
    on = dict.fromkeys(_OPTIONS, False)
    values = dict.fromkeys("AO", "")
    for option in options:
        letters = option[1:].lstrip("-")
        on[letters[0]] = not option.startswith("/-")
        if letters[0] in values:
            values[letters[0]] = letters[1:].lstrip(":")
    required, excluded = 0, 0 if on["A"] else _ATTRIBUTES["H"] | _ATTRIBUTES["S"]
    sign = ""
    for letter in values["A"] if on["A"] else "":
        if letter in _ATTRIBUTES and sign:
            excluded |= _ATTRIBUTES[letter]
        elif letter in _ATTRIBUTES:
            required |= _ATTRIBUTES[letter]
        elif letter != "-":
            raise CommandError(f"{messages.INVALID_SWITCH} - /A:{values['A']}")
        sign = letter if letter == "-" else ""
    order = (values["O"] or "GNE") if on["O"] else ""
    if order.strip("NEDSG-"):
        raise CommandError(f"{messages.INVALID_SWITCH} - /O:{values['O']}")
    return _Format(on["W"] and not on["B"], on["B"], on["L"], on["S"], required, excluded, order)


def _list(shell: Shell, directory: str, pattern: str, layout: _Format) -> Steps[None]:
    """List one directory, with its head and sum."""
    everything = _ATTRIBUTES["D"] | _ATTRIBUTES["H"] | _ATTRIBUTES["S"]
    found = yield from shell.dos.find(directory + pattern, everything)
    chosen = layout.choose(found)
    layout.files += len(chosen)
    size = sum(file.size for file in chosen)
    layout.size += size
    name = directory if len(directory) == 3 else directory.rstrip("\\")
    if not layout.bare and (chosen or not layout.deep):
        yield from shell.print(f" Directory of {name}\r\n\r\n")
    text = "".join(_lines(chosen, layout, directory))
    yield from shell.print(text.lower() if layout.lower else text)
    if chosen and not layout.bare:
        gap = "\r\n" if layout.deep else ""
        yield from shell.print(_count(len(chosen), size) + gap)


def _lines(files: list[Found], layout: _Format, directory: str) -> list[str]:
    if layout.bare:
        return [f"{directory if layout.deep else ''}{file.name}\r\n" for file in files]
    if not layout.wide:
        return [_line(file) for file in files]
    names = [f"[{f.name}]" if f.is_directory else f.name for f in files]
    rows = [names[at : at + _COLUMNS] for at in range(0, len(names), _COLUMNS)]
    return ["".join(name.ljust(16) for name in row).rstrip() + "\r\n" for row in rows]


def _line(file: Found) -> str:
    """Return a file as DIR shows it: `COMMAND  COM     47845 04-09-91   5:00a`."""
    if file.name in {".", ".."}:
        name, extension = file.name, ""
    else:
        name, _, extension = file.name.partition(".")
    size = "<DIR>" if file.is_directory else f"{file.size:9}"
    date, time = short_date(file.date), short_time(file.time)
    return f"{name:8} {extension:3} {size:9} {date}  {time:>6}\r\n"


def _count(files: int, size: int) -> str:
    return f"{files:9} file(s) {size:10} bytes\r\n"


def _free(shell: Shell, drive: str) -> Steps[int]:
    """Return the free bytes of a drive, given by its letter."""
    space = yield from shell.dos.call(0x3600, dx=ord(drive) - 0x40)
    return 0 if space.ax == _NO_DRIVE else space.ax * space.bx * space.cx


@command("VOL")
def vol(shell: Shell, tail: str) -> Steps[None]:
    """VOL [drive]: show the label of a drive."""
    drive = parse(tail).word(default=f"{(yield from shell.dos.current_drive())}:")
    if len(drive) != 2 or drive[1] != ":":
        raise CommandError(messages.INVALID_PARAMETER)
    yield from _print_label(shell, drive[0])


def _print_label(shell: Shell, drive: str) -> Steps[None]:
    """Show the label of a drive, given by its letter.

    Raises:
        CommandError: there is no such drive.
    """
    space = yield from shell.dos.call(0x3600, dx=ord(drive) - 0x40 & 0xFF)
    if space.ax == _NO_DRIVE:
        raise CommandError(messages.INVALID_DRIVE)
    found = yield from shell.dos.find(f"{drive}:\\{ALL}", _LABEL)
    label = f"is {found[0].name.replace('.', '')}" if found else "has no label"
    yield from shell.print(f"\r\n Volume in drive {drive} {label}\r\n")
