"""The files that lie beside these modules: assembly sources and the script."""

from __future__ import annotations

import pkgutil


def packaged(name: str) -> bytes:
    """Reads a file of this package.

    It asks the import system, which still finds the real file when `open` and `pathlib` have been
    replaced, as pyfakefs does.

    Args:
        name: The file's name, without a directory.

    Returns:
        Its contents.
    """
    contents = pkgutil.get_data(__package__, name)
    if contents is None:
        raise FileNotFoundError(f"{__package__} was imported by a loader that cannot read {name}")
    return contents
