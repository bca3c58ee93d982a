"""DOS's data segment: the variables and tables of DOS that programs look at in memory.

It lies below the first memory control block. What never changes is written at boot from a
template. What follows the state of the machine, the open files, the current directories, the
swappable data area, costs nothing as long as nobody looks: it is written when a program asks
where it is (`reveal`), and from then on after every call. Offsets in the segment are those of
DOS 5 where programs are known to rely on them.

    0070:0000  device drivers, as if IO.SYS were there
    0080:0000  this segment: list of lists at 0026, files at 00CC, swappable data area at 0320
    behind it  current directories, drive parameter blocks, the other files

Sources: Ralf Brown's Interrupt List, INT 21h/52h (list of lists, current directory structure,
system file table, device driver header, disk buffer) and 5D06h (swappable data area).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from pytest_almostism.dos.kernel import codepages

#: The segment of DOS's data, and of the device drivers.
DATA, DEVICES = 0x0080, 0x0070
#: Offsets in the data segment.
LIST_OF_LISTS, FILES, SWAPPABLE, IN_DOS = 0x0026, 0x00CC, 0x0320, 0x0321
CASE_MAP, CPM_ENTRY = 0x0070, 0x0080
MEDIA = 0x02F8  # the media descriptor of the drive that INT 21h/1Bh or 1Ch was last asked for
UPPER_CASE, FILE_UPPER_CASE, FILE_CHARACTERS = 0x0420, 0x04A2, 0x0524
COLLATING, DOUBLE_BYTES = 0x053C, 0x063E
_FCB_FILES, _RETURN, _BUFFER_INFO, _BUFFER, _END = 0x0200, 0x02F2, 0x0650, 0x0670, 0x0890
#: Size of the swappable data area, and how much of it is to be swapped always.
SWAPPABLE_SIZE, SWAPPABLE_ALWAYS = 0x100, 0x1A

LAST_DRIVE = 26
CDS_SIZE, DPB_SIZE, SFT_SIZE = 0x58, 0x21, 0x3B
_SFT_HEADER = 6
#: How many files the table in the list of lists and the one behind it describe.
FIRST_FILES, OTHER_FILES = 5, 249
_FCBS = 4


def _segment_behind(segment: int, size: int) -> int:
    return segment + (size + 15 >> 4)


#: Segments of the current directory structures, the drive parameter blocks, the other files.
CDS = _segment_behind(DATA, _END)
DPBS = _segment_behind(CDS, LAST_DRIVE * CDS_SIZE)
MORE_FILES = _segment_behind(DPBS, LAST_DRIVE * DPB_SIZE)
#: Segment of the first memory control block.
FIRST_MCB = _segment_behind(MORE_FILES, _SFT_HEADER + OTHER_FILES * SFT_SIZE)

_NOWHERE = 0xFFFF_FFFF  # the end of a chain of far pointers
_RETF = b"\xcb"

# What INT 21h/38h lets programs call to make a capital of AL, if it is 80h or above:
#     cmp al, 80h / jb .done / sub al, 80h / push bx / mov bx, UPPER_CASE + 2 / cs xlatb / pop bx
#     .done: retf
_CASE_MAP_CODE = bytes.fromhex("3C8072092C8053BB 0000 2ED75BCB")
# Where CP/M's `call 5` comes to: on the stack are the offset behind the far call in the PSP, the
# PSP, and where the near call came from.
#     push bp / mov bp, sp / push ax / pushf / pop ax / xchg ax, [bp + 6] / mov [bp + 2], ax
#     pop ax / pop bp                   ; the frame is that of an interrupt now
#     cmp cl, 24h / ja .none / mov ah, cl / int 21h / retf 2
#     .none: mov al, 0 / retf 2
_CPM_CODE = bytes.fromhex("5589E5509C5887460689460258 5D 80F9247707 88CC CD21 CA0200 B000 CA0200")
_CPM_GATE = 0x1000C0  # where the far call in the PSP goes, FEF0 behind F01D:0000

_HEADER = struct.Struct("<IHHH8s")
# in the order of the chain, which begins with NUL in the list of lists; None: the drives
_DEVICES: tuple[tuple[str | None, int], ...] = (
    ("CON", 0x8013),
    ("AUX", 0x8000),
    ("PRN", 0xA0C0),
    ("CLOCK$", 0x8008),
    (None, 0x08C2),
    ("COM1", 0x8000),
    ("LPT1", 0xA0C0),
    ("LPT2", 0xA0C0),
    ("LPT3", 0xA0C0),
    ("COM2", 0x8000),
    ("COM3", 0x8000),
    ("COM4", 0x8000),
)
_NUL_ATTRIBUTES, _NUL_OFFSET = 0x8004, LIST_OF_LISTS + 0x22
_DEVICE_OF = {name: n * _HEADER.size for n, (name, _) in enumerate(_DEVICES)}
#: Linear address of the number of drives in the header of their driver.
UNITS = (DEVICES << 4) + _DEVICE_OF[None] + 10


def device_header(name: str) -> tuple[int, int]:
    """Return where the header of a device is, (segment, offset); of the drives for no device."""
    if name == "NUL":
        return DATA, _NUL_OFFSET
    return DEVICES, _DEVICE_OF.get(name, _DEVICE_OF[None])


def directory_structure(drive: int) -> tuple[int, int]:
    """Return where the current directory structure of drive 0 (A:) to 25 is."""
    return CDS, drive * CDS_SIZE


def drive_parameters(drive: int) -> tuple[int, int]:
    """Return where the drive parameter block of drive 0 (A:) to 25 is."""
    return DPBS, drive * DPB_SIZE


def file_entry(index: int) -> tuple[int, int]:
    """Return where entry 0..253 of the system file table is."""
    if index < FIRST_FILES:
        return DATA, FILES + _SFT_HEADER + index * SFT_SIZE
    return MORE_FILES, _SFT_HEADER + (index - FIRST_FILES) * SFT_SIZE


def far(pointer: tuple[int, int]) -> int:
    """Return a far pointer (segment, offset) as the double word that it is in memory."""
    return pointer[0] << 16 | pointer[1]


def _list_of_lists() -> bytes:
    """Return the list of lists from offset -24 on, where it does not follow the drives."""
    before = struct.pack(
        "<HHHIHHHIHH",
        *(0, 0, 0, _NOWHERE, 0),
        *(3, 1),  # sharing retries, and how long to wait
        far((DATA, _BUFFER)),
        *(0, FIRST_MCB),
    )
    pointers = struct.pack(
        "<IIIIHIIIH",
        _NOWHERE,  # the first drive parameter block: when it is asked for
        far((DATA, FILES)),
        far(device_header("CLOCK$")),
        far(device_header("CON")),
        512,
        far((DATA, _BUFFER_INFO)),
        far((CDS, 0)),
        far((DATA, _FCB_FILES)),
        0,
    )
    nul = _header(far(device_header("CON")), _NUL_ATTRIBUTES, _RETURN, b"NUL     ")
    buffers, startup_drive, is_386 = 1, 3, 1
    rest = struct.pack("<BHIHHHHBBH", 0, 0, 0, 0, 0, buffers, 0, startup_drive, is_386, 0)
    return before + pointers + bytes((0, LAST_DRIVE)) + nul + rest


def _header(following: int, attributes: int, code: int, name: bytes) -> bytes:
    return _HEADER.pack(following, attributes, code, code, name)


def _devices() -> bytes:
    """Return the device drivers; their code returns at once."""
    code = len(_DEVICES) * _HEADER.size
    chain = [far((DEVICES, n * _HEADER.size)) for n in range(1, len(_DEVICES))] + [_NOWHERE]
    headers = [
        _header(following, attributes, code, (name or "").ljust(8 if name else 0).encode())
        for following, (name, attributes) in zip(chain, _DEVICES, strict=True)
    ]
    return b"".join(headers) + _RETF


def _file_tables() -> tuple[bytes, bytes, bytes]:
    """Return the headers of the two tables of files and of the one of FCBs."""
    first = struct.pack("<IH", far((MORE_FILES, 0)), FIRST_FILES)
    return first, struct.pack("<IH", _NOWHERE, OTHER_FILES), struct.pack("<IH", _NOWHERE, _FCBS)


# Characters that names may have, 0 to FFh, except 0 to 20h and the ones that separate
_SEPARATORS = b'."/\\[]:|<>+=;,'
_CHARACTERS = struct.pack("<HBBBBBBBB", 0x16, 1, 0, 0xFF, 0, 0, 0x20, 2, len(_SEPARATORS))


def case_tables(code_page: int) -> Iterator[tuple[int, bytes]]:
    """Yield the tables that depend on the code page, with their offsets in the data segment."""
    upper = struct.pack("<H", 128) + codepages.capitals(code_page)[128:]
    yield UPPER_CASE, upper
    yield FILE_UPPER_CASE, upper
    yield COLLATING, struct.pack("<H", 256) + codepages.ranks(code_page)


def _template() -> bytes:
    memory = bytearray(((DATA - DEVICES) << 4) + _END)

    def put(offset: int, data: bytes) -> None:
        at = (DATA - DEVICES << 4) + offset
        memory[at : at + len(data)] = data

    first, _, fcbs = _file_tables()
    memory[: len(_devices())] = _devices()
    put(LIST_OF_LISTS - 24, _list_of_lists())
    put(FILES, first)
    put(_FCB_FILES, fcbs)
    put(_RETURN, _RETF)
    put(CASE_MAP, _CASE_MAP_CODE.replace(b"\0\0", struct.pack("<H", UPPER_CASE + 2)))
    put(CPM_ENTRY, _CPM_CODE)
    for at, table in case_tables(codepages.SYSTEM):
        put(at, table)
    put(FILE_CHARACTERS, _CHARACTERS + _SEPARATORS)
    put(_BUFFER_INFO, struct.pack("<IHIHB", far((DATA, _BUFFER)), 0, 0, 0, 0))
    put(_BUFFER, struct.pack("<HHBB", _BUFFER, _BUFFER, 0xFF, 0))
    return bytes(memory)


TEMPLATE = _template()
_MORE_FILES_HEADER = _file_tables()[1]


def install(view: memoryview) -> None:
    """Write what is there from boot on into the whole memory `view`."""
    view[DEVICES << 4 : (DEVICES << 4) + len(TEMPLATE)] = TEMPLATE
    at = MORE_FILES << 4
    view[at : at + len(_MORE_FILES_HEADER)] = _MORE_FILES_HEADER
    jump = b"\xea" + struct.pack("<HH", CPM_ENTRY, DATA)
    view[_CPM_GATE : _CPM_GATE + len(jump)] = jump
