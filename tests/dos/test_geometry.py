"""INT 21h/1Bh, 1Ch, 1Fh, 32h, 36h, 53h: how large a disk is; all must tell the same."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_almostism import Dos
from pytest_almostism.dos.geometry import Geometry
from pytest_almostism.dos.registers import Registers

DEFAULT_DATA, DATA, DEFAULT_DPB, DPB, FREE = 0x1B00, 0x1C00, 0x1F00, 0x3200, 0x3600
KIB, MIB, SECTOR = 1024, 1024 * 1024, 512
NO_DRIVE = 0xFF


class Parameters(NamedTuple):
    """A drive parameter block as DOS 4 to 6 lay it out."""

    drive: int
    unit: int
    sector: int
    cluster_mask: int
    cluster_shift: int
    reserved: int
    fats: int
    root_entries: int
    first_data: int
    highest_cluster: int
    fat_size: int
    first_directory: int
    driver: int
    media: int
    accessed: int
    following: int
    search_from: int
    free: int


LAYOUT = struct.Struct("<BBHBBHBHHHHHIBBIHH")


def parameters(dos: Dos, segment: int, offset: int) -> Parameters:
    return Parameters(*LAYOUT.unpack(dos.memory.read(segment, offset, LAYOUT.size)))


@pytest.mark.parametrize(
    ("letter", "capacity", "sectors_per_cluster", "clusters", "media"),
    [
        ("A", 163_840, 1, 320, 0xFE),
        ("A", 368_640, 2, 360, 0xFD),
        ("A", 737_280, 2, 720, 0xF9),
        ("B", 1_228_800, 1, 2400, 0xF9),
        ("B", 1_474_560, 1, 2880, 0xF0),
        ("A", 2_949_120, 2, 2880, 0xF0),
        ("A", 1000, 1, 1, 0xFE),
        ("D", 1000, 1, 1, 0xF8),
        ("D", 0, 1, 0, 0xF8),
        ("D", 1_474_560, 1, 2880, 0xF8),
        ("D", 10 * MIB, 8, 2560, 0xF8),
        ("D", 32 * MIB, 4, 16_384, 0xF8),
        ("D", 200 * MIB, 8, 51_200, 0xF8),
        ("D", 512 * MIB, 16, 65_524, 0xF8),
        ("D", 800 * MIB, 32, 51_200, 0xF8),
        ("D", 2000 * MIB, 64, 64_000, 0xF8),
        ("D", 9000 * MIB, 64, 65_524, 0xF8),
    ],
)
def test_a_drive_has_the_clusters_that_format_gives_it(
    dos: Dos,
    guest: Any,
    letter: str,
    capacity: int,
    sectors_per_cluster: int,
    clusters: int,
    media: int,
) -> None:
    dos.drives.add(letter, capacity=capacity)
    number = ord(letter) - 0x40

    data, dpb, free = guest(
        {"ax": DATA, "dx": number}, {"ax": DPB, "dx": number}, {"ax": FREE, "dx": number}
    )

    assert (data.al, data.cx, data.dx) == (sectors_per_cluster, SECTOR, clusters)
    assert dos.memory.byte(data.ds, data.bx) == media
    assert (free.ax, free.bx, free.cx, free.dx) == (
        sectors_per_cluster,
        clusters,
        SECTOR,
        clusters,
    )
    block = parameters(dos, dpb.ds, dpb.bx)
    assert dpb.al == 0
    assert (block.drive, block.unit, block.media) == (number - 1, number - 1, media)
    assert block.sector == SECTOR
    assert block.cluster_mask + 1 == 1 << block.cluster_shift == sectors_per_cluster
    assert block.highest_cluster == clusters + 1


def test_the_current_drive_needs_no_number(dos: Dos, guest: Any) -> None:
    dos.drives.add("D", capacity=1_474_560)
    dos.drives.current = "D"

    default_data, data, zero_data, default_dpb, dpb, zero_dpb = guest(
        {"ax": DEFAULT_DATA},
        {"ax": DATA, "dx": 4},
        {"ax": DATA},
        {"ax": DEFAULT_DPB, "dx": 0xFFFF},
        {"ax": DPB, "dx": 4},
        {"ax": DPB},
    )

    def told(answer: Any) -> tuple[int, ...]:
        return answer.al, answer.cx, answer.dx, answer.ds, answer.bx

    assert told(default_data) == told(data) == told(zero_data)
    assert default_data.ah == DEFAULT_DATA >> 8
    assert (default_dpb.al, default_dpb.ds, default_dpb.bx) == (0, dpb.ds, dpb.bx)
    assert (zero_dpb.ds, zero_dpb.bx) == (dpb.ds, dpb.bx)


@pytest.mark.parametrize("number", [1, 20, 27, 255])
def test_a_drive_that_is_not_there(guest: Any, number: int) -> None:
    data, dpb, free = guest(
        {"ax": DATA, "dx": number, "bx": 5, "cx": 6},
        {"ax": DPB, "dx": number, "bx": 5},
        {"ax": FREE, "dx": number},
    )

    assert (data.ax, data.bx, data.cx, data.dx) == (DATA | NO_DRIVE, 5, 6, number)
    assert (dpb.ax, dpb.bx) == (DPB | NO_DRIVE, 5)
    assert free.ax == 0xFFFF
    assert not free.carry


def test_what_is_free_agrees_with_what_can_be_written(dos: Dos, guest: Any) -> None:
    dos.drives.add("D", capacity=100 * KIB)
    dos.path("D:\\USED").write_bytes(bytes(30 * KIB + 1))

    (answer,) = guest({"ax": FREE, "dx": 4})

    free = answer.ax * answer.bx * answer.cx
    assert free == 69 * KIB + SECTOR
    assert answer.dx * answer.ax * answer.cx == 100 * KIB
    block, data = bytearray(b"\4BIG        " + bytes(25)), bytes(KIB)
    guest(
        {"ax": 0x1600, "dx": block},
        {"ax": 0x1A00, "dx": data},
        {"ax": 0x2800, "dx": block, "cx": 8},
    )
    assert guest({"ax": FREE, "dx": 4})[0].bx == answer.bx - 2


def test_the_blocks_of_all_drives_are_a_chain(dos: Dos, guest: Any) -> None:
    dos.drives.add("A", capacity=1_474_560)
    dos.drives.add("E", capacity=MIB)
    numbers = {ord(letter) - 0x40 for letter in dos.drives}

    answers = guest(*({"ax": DPB, "dx": number} for number in sorted(numbers)))

    at = {(answer.ds, answer.bx) for answer in answers}
    following = {
        (block.following >> 16, block.following & 0xFFFF)
        for block in (parameters(dos, answer.ds, answer.bx) for answer in answers)
    }
    assert len(at) == len(numbers)
    assert following == at - {(answers[0].ds, answers[0].bx)} | {(0xFFFF, 0xFFFF)}


# -- INT 21h/53h ----------------------------------------------------------------------------


Translate = Callable[[bytes, bytes], bytes]


@pytest.fixture
def translate(dos: Dos) -> Translate:
    """What a program gets for a BIOS parameter block and what stood there before."""

    def translate(bpb: bytes, old: bytes) -> bytes:
        process = dos.load(b"\xb4\x53\xcd\x21\xcd\x20")
        regs: Registers = process.registers
        regs.ds, regs.si, regs.es, regs.bp = 0x7000, 0xFFF8, 0x8000, 0xFFF0
        dos.memory.write(0x7000, 0xFFF8, bpb)
        dos.memory.write(0x8000, 0xFFF0, old)
        process.run(max_instructions=100)
        return dos.memory.read(0x8000, 0xFFF0, len(old))

    return translate


@pytest.mark.parametrize("capacity", [100, 1_474_560, 20 * MIB, 100 * MIB, 512 * MIB])
def test_a_block_of_the_bios_is_translated_to_the_same_geometry(
    dos: Dos, guest: Any, translate: Translate, capacity: int
) -> None:
    dos.drives.add("D", capacity=capacity)
    (answer,) = guest({"ax": DPB, "dx": 4})
    of_drive = dos.memory.read(answer.ds, answer.bx, LAYOUT.size)

    new = translate(Geometry.of(capacity).bpb(), bytes(LAYOUT.size))

    assert new[0x02:0x13] == of_drive[0x02:0x13]
    assert new[0x17] == of_drive[0x17]
    assert new[0x1D:] == b"\0\0\xff\xff"


def test_a_floppy_is_translated(translate: Translate) -> None:
    bpb = struct.pack("<HBHBHHBHHHII", 512, 1, 1, 2, 224, 2880, 0xF0, 9, 18, 2, 0, 0)
    old = bytes(range(0x80, 0x80 + LAYOUT.size))

    new = translate(bpb, old)

    block = Parameters(*LAYOUT.unpack(new))
    assert (block.first_directory, block.first_data, block.highest_cluster) == (19, 33, 2848)
    assert (block.cluster_mask, block.cluster_shift, block.fat_size) == (0, 0, 9)
    assert (new[:2], new[0x13:0x17], new[0x18:0x1D]) == (old[:2], old[0x13:0x17], old[0x18:0x1D])


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(bpb=st.binary(min_size=25, max_size=25))
def test_whatever_the_block_says_it_is_translated(translate: Translate, bpb: bytes) -> None:
    new = translate(bpb, b"\xee" * (LAYOUT.size + 4))

    assert new[LAYOUT.size :] == b"\xee" * 4
    assert new[2:4] == bpb[:2]
    assert new[0x17] == bpb[10]


@given(capacity=st.integers(0, 1 << 33), removable=st.booleans())
def test_every_geometry_is_one_that_dos_can_use(capacity: int, removable: bool) -> None:  # noqa: FBT001 - Hypothesis gives it by name
    geometry = Geometry.of(capacity, removable=removable)

    bits = 12 if geometry.clusters < 4085 else 16
    assert geometry.sectors_per_fat * SECTOR * 8 >= (geometry.clusters + 2) * bits
    assert geometry.sectors_per_fat <= 256
    assert geometry.clusters <= 65_524
    assert geometry.clusters * geometry.bytes_per_cluster <= capacity
    assert Geometry.from_bpb(geometry.bpb()) == geometry
