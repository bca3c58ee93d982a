"""Program files: .COM images and MZ .EXE files, and how they lie in memory.

Source: Ralf Brown's Interrupt List, INT 21h/4Bh, "Format of .EXE file header".
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from pytest_almostism.dos.errorcode import DosError, ErrorCode

_HEADER = struct.Struct("<14H")
_COM_MOST = 0x10000 - 0x100 - 2  # the PSP before and one word of stack behind


@dataclass(frozen=True)
class Image:
    """A program as it is to be put into memory.

    Attributes:
        data: what is loaded.
        minimum: paragraphs it needs, PSP included.
        maximum: paragraphs it would like, PSP included.
        entry: (CS, IP); CS relative to the load segment.
        stack: (SS, SP); SS relative to the load segment.
        relocations: (segment, offset) of words to which the load segment is added.
        is_com: whether CS, DS, ES and SS are all the PSP's.
    """

    data: bytes
    minimum: int
    maximum: int
    entry: tuple[int, int]
    stack: tuple[int, int]
    relocations: tuple[tuple[int, int], ...] = field(default=(), repr=False)
    is_com: bool = False


def read_image(data: bytes) -> Image:
    """Return the image in a program file, told apart by its first two bytes, not by its name.

    Raises:
        DosError: INVALID_FORMAT for a .COM over 64 KiB or an EXE header that cannot be true.
    """
    return _read_exe(data) if data[:2] in (b"MZ", b"ZM") else _read_com(data)


def _read_com(data: bytes) -> Image:
    if len(data) > _COM_MOST:
        raise DosError(ErrorCode.INVALID_FORMAT)
    paragraphs = 0x10 + (len(data) + 0x0F >> 4) + 0x10
    return Image(data, paragraphs, 0xFFFF, (0, 0x100), (0, 0xFFFE), is_com=True)


def _read_exe(data: bytes) -> Image:
    if len(data) < _HEADER.size:
        raise DosError(ErrorCode.INVALID_FORMAT)
    (
        _signature,
        last_page,
        pages,
        relocation_count,
        header_paragraphs,
        minimum,
        maximum,
        ss,
        sp,
        _checksum,
        ip,
        cs,
        relocations_at,
        _overlay,
    ) = _HEADER.unpack_from(data)
    start = header_paragraphs * 16
    stop = pages * 512 - (512 - last_page if last_page else 0)
    end_of_table = relocations_at + 4 * relocation_count
    if start > stop or start > len(data) or last_page > 512 or end_of_table > len(data):
        raise DosError(ErrorCode.INVALID_FORMAT)
    image = data[start:stop]  # DOS loads what is there if the file is shorter than it says
    pairs = struct.iter_unpack("<HH", data[relocations_at:end_of_table])
    relocations = tuple((segment, offset) for offset, segment in pairs)
    if any(s * 16 + o + 2 > len(image) for s, o in relocations):
        raise DosError(ErrorCode.INVALID_FORMAT)
    size = 0x10 + (stop - start + 0x0F >> 4)
    return Image(
        image,
        min(size + minimum, 0xFFFF),
        min(size + max(maximum, minimum), 0xFFFF),
        (cs, ip),
        (ss, sp),
        relocations,
    )


def relocate(image: Image, segment: int) -> bytes:
    """Return the image's bytes as they are when loaded at `segment`."""
    if not image.relocations:
        return image.data
    data = bytearray(image.data)
    for at in (s * 16 + o for s, o in image.relocations):
        word = int.from_bytes(data[at : at + 2], "little")
        data[at : at + 2] = (word + segment & 0xFFFF).to_bytes(2, "little")
    return bytes(data)
