"""Attributes and times of DOS, kept on the objects of a fake file system.

Attributes are stored as Samba and dosemu store them on Linux, in the extended attribute
`user.DOSATTRIB`; a file's read-only bit is its missing write permission, so that Python sees it
too. A DOS clock has no time zone: moments are taken as UTC, the same on every machine.
"""

from __future__ import annotations

import datetime as dt
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyfakefs.fake_file import FakeFile

READ_ONLY, HIDDEN, SYSTEM, VOLUME_LABEL, DIRECTORY, ARCHIVE = 1, 2, 4, 8, 0x10, 0x20
"""Attribute bits (INT 21h/43h)."""

_XATTR = "user.DOSATTRIB"
_CREATED, _ACCESSED = "user.DOSCREATED", "user.DOSACCESSED"
_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - DOS knows no time zones
_FIRST = dt.datetime(1980, 1, 1)  # noqa: DTZ001 - as above
_LAST = dt.datetime(2107, 12, 31, 23, 59, 58)  # noqa: DTZ001 - as above
_MICROSECOND = dt.timedelta(microseconds=1)


def is_directory(file: FakeFile) -> bool:
    """Return whether an entry is a directory."""
    return stat.S_ISDIR(file.stat_result.st_mode)


def is_visible(file: FakeFile) -> bool:
    """Return whether DOS has a word for it: files and directories, no links, pipes or sockets."""
    return stat.S_IFMT(file.stat_result.st_mode) in {stat.S_IFREG, stat.S_IFDIR}


def attributes(file: FakeFile) -> int:
    """Return the attribute bits of a file or directory; what Python made has only archive."""
    stored = _stored(file)
    if is_directory(file):
        return DIRECTORY | (stored or 0)
    bits = ARCHIVE if stored is None else stored & ~READ_ONLY
    return bits if file.stat_result.st_mode & stat.S_IWUSR else bits | READ_ONLY


def set_attributes(file: FakeFile, bits: int) -> None:
    """Store read-only, hidden, system and archive of `bits`; the other two say what a file is."""
    bits &= READ_ONLY | HIDDEN | SYSTEM | ARCHIVE
    if _stored(file) != bits:
        file.xattr[_XATTR] = b"0x%x" % bits
    if is_directory(file):  # a read-only directory of DOS still takes entries
        return
    mode = file.stat_result.st_mode
    if bits & READ_ONLY:
        file.stat_result.st_mode = mode & ~0o222
    elif not mode & stat.S_IWUSR:
        file.stat_result.st_mode = mode | 0o200 | (mode & 0o044) >> 1


def _stored(file: FakeFile) -> int | None:
    text = file.xattr.get(_XATTR)
    try:
        return int(text, 16) & 0x27 if text else None
    except ValueError:  # Samba's newer binary form, or rubbish
        return None


def modified(file: FakeFile) -> dt.datetime:
    """Return when a file was last written, moved into the years 1980..2107 that DOS knows."""
    microseconds = file.stat_result.st_mtime_ns // 1000
    try:
        moment = _EPOCH + dt.timedelta(microseconds=microseconds)
    except OverflowError:
        return _FIRST if microseconds < 0 else _LAST
    return min(max(moment, _FIRST), _LAST)


def set_modified(file: FakeFile, moment: dt.datetime) -> None:
    """Store when a file was last written; a time zone, if there is one, is dropped."""
    microseconds = (moment.replace(tzinfo=None) - _EPOCH) // _MICROSECOND
    file.stat_result.st_mtime_ns = microseconds * 1000


def created(file: FakeFile) -> dt.datetime:
    """Return when a file was created; if nobody has said so: when it was last written.

    The times that Python's files have besides are those of the host, different on every run.
    """
    return _moment(file, _CREATED)


def accessed(file: FakeFile) -> dt.datetime:
    """Return when a file was last accessed, as `created`; DOS knows the day only."""
    return _moment(file, _ACCESSED)


def set_created(file: FakeFile, moment: dt.datetime) -> None:
    """Store when a file was created."""
    file.xattr[_CREATED] = moment.isoformat().encode()


def set_accessed(file: FakeFile, moment: dt.datetime) -> None:
    """Store when a file was last accessed."""
    file.xattr[_ACCESSED] = moment.isoformat().encode()


def _moment(file: FakeFile, key: str) -> dt.datetime:
    text = file.xattr.get(key)
    try:
        moment = dt.datetime.fromisoformat(text.decode()) if text else modified(file)
    except ValueError:  # rubbish
        moment = modified(file)
    return min(max(moment, _FIRST), _LAST)
