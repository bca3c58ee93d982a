r"""`PureDosPath`: a full path as text, and its parts; nothing here asks a disk."""

from __future__ import annotations


class PureDosPath:
    r"""A full path: drive and components, upper-case short names.

    Args:
        letter: of the drive, `C`.
        components: directories and name, none for the root.
    """

    def __init__(self, letter: str, components: tuple[str, ...]) -> None:
        self._letter = letter
        self._components = components

    def __str__(self) -> str:
        return f"{self.drive}\\" + "\\".join(self._components)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def __lt__(self, other: PureDosPath) -> bool:
        return str(self) < str(other)

    @property
    def drive(self) -> str:
        """The drive with its colon: `C:`."""
        return f"{self._letter}:"

    @property
    def parts(self) -> tuple[str, ...]:
        r"""The root and all components: `("C:\\", "DIR", "FILE.TXT")`."""
        return (f"{self.drive}\\", *self._components)

    @property
    def name(self) -> str:
        """The last component; empty for a root."""
        return self._components[-1] if self._components else ""

    @property
    def stem(self) -> str:
        """The name without its extension."""
        return self.name.partition(".")[0]

    @property
    def suffix(self) -> str:
        """The extension with its dot, or nothing."""
        return self.name[len(self.stem) :]
