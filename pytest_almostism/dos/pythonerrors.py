"""DOS errors as Python's exceptions, for tests that use the drives without a guest."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import DosError, ErrorCode

if TYPE_CHECKING:
    from collections.abc import Iterator

_ERRNO = {
    ErrorCode.FILE_NOT_FOUND: errno.ENOENT,
    ErrorCode.PATH_NOT_FOUND: errno.ENOENT,
    ErrorCode.ACCESS_DENIED: errno.EACCES,
    ErrorCode.DISK_FULL: errno.ENOSPC,
}


@contextmanager
def python_errors(path: object) -> Iterator[None]:
    """Turn a `DosError` of the block into the OSError it would be in Python.

    Args:
        path: what the message names.

    Raises:
        OSError: FileNotFoundError, PermissionError, or one with another `errno`.
    """
    try:
        yield
    except DosError as error:
        number = _ERRNO.get(error.code, errno.EIO)
        raise OSError(number, error.code.text, str(path)) from None
