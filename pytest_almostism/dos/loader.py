"""Program files: .COM images and MZ .EXE files, and how they lie in memory.

Source: Ralf Brown's Interrupt List, INT 21h/4Bh, "Format of .EXE file header".
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from pytest_almostism.dos.errorcode import DosError, ErrorCode

_HEADER = struct.Struct("<14H")
_COM_MOST = 0x10000 - 0x100 - 2  # the PSP before and one word of stack behind
_PAGE = 512
_PAGE_PARAGRAPHS = _PAGE // 16
_PSP_PARAGRAPHS = 0x10
_MOST_PARAGRAPHS = 0xA000 - _PSP_PARAGRAPHS  # no machine has more than 640 KiB


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
        paragraphs: what it takes up itself: of an .EXE whole pages of 512 bytes, as DOS counts.
        high: whether it is loaded at the upper end of its memory, not behind its PSP.
    """

    data: bytes
    minimum: int
    maximum: int
    entry: tuple[int, int]
    stack: tuple[int, int]
    relocations: tuple[tuple[int, int], ...] = field(default=(), repr=False)
    is_com: bool = False
    paragraphs: int = 0
    high: bool = False

    def load_segment(self, psp: int, size: int) -> int:
        """Return where the image lies in a block of `size` paragraphs that begins with the PSP."""
        return psp + size - self.paragraphs if self.high else psp + _PSP_PARAGRAPHS


def read_image(data: bytes) -> Image:
    """Return the image in a program file, told apart by its first two bytes, not by its name.

    Raises:
        DosError: INVALID_FORMAT for an empty file or an EXE header that cannot be true,
            INSUFFICIENT_MEMORY for a .COM over 64 KiB.
    """
    return _read_exe(data) if data[:2] in (b"MZ", b"ZM") else _read_com(data)


def _read_com(data: bytes) -> Image:
    if not data:
        raise DosError(ErrorCode.INVALID_FORMAT)
    if len(data) > _COM_MOST:
        raise DosError(ErrorCode.INSUFFICIENT_MEMORY)
    paragraphs = len(data) + 0x0F >> 4
    minimum = _PSP_PARAGRAPHS + paragraphs + 0x10
    return Image(
        data,
        minimum,
        0xFFFF,
        entry=(0, 0x100),
        stack=(0, 0xFFFE),
        is_com=True,
        paragraphs=paragraphs,
    )


def _read_exe(data: bytes) -> Image:
    """Read an MZ file.

    DOS loads whole pages, whatever the header says of the last one, but takes a file that ends
    in its last page. What lies behind the pages is not loaded: overlays, debug information.
    """
    if len(data) < _HEADER.size:
        raise DosError(ErrorCode.INVALID_FORMAT)
    (
        _signature,
        _last_page,
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
    paragraphs = pages * _PAGE_PARAGRAPHS - header_paragraphs
    end_of_table = relocations_at + 4 * relocation_count
    if paragraphs > _MOST_PARAGRAPHS:  # DOS looks for memory before it reads
        raise DosError(ErrorCode.INSUFFICIENT_MEMORY)
    is_cut = len(data) <= (pages - 1) * _PAGE or end_of_table > len(data)
    if paragraphs <= 0 or is_cut:
        raise DosError(ErrorCode.INVALID_FORMAT)
    image = data[header_paragraphs * 16 : pages * _PAGE]
    pairs = struct.iter_unpack("<HH", data[relocations_at:end_of_table])
    relocations = tuple((segment, offset) for offset, segment in pairs)
    if any(s * 16 + o + 2 > len(image) for s, o in relocations):
        raise DosError(ErrorCode.INVALID_FORMAT)
    high = minimum == maximum == 0
    needed = _PSP_PARAGRAPHS + paragraphs + minimum
    wanted = 0xFFFF if high else _PSP_PARAGRAPHS + paragraphs + max(maximum, minimum)
    return Image(
        image,
        min(needed, 0xFFFF),
        min(wanted, 0xFFFF),
        entry=(cs, ip),
        stack=(ss, sp),
        relocations=relocations,
        paragraphs=paragraphs,
        high=high,
    )


def relocate(image: Image, segment: int) -> bytes:
    """Return the image's bytes with `segment` added wherever a segment is meant."""
    if not image.relocations:
        return image.data
    data = bytearray(image.data)
    for at in (s * 16 + o for s, o in image.relocations):
        word = int.from_bytes(data[at : at + 2], "little")
        data[at : at + 2] = (word + segment & 0xFFFF).to_bytes(2, "little")
    return bytes(data)
