"""How large a disk is in sectors and clusters, and what DOS keeps of that in memory.

A drive that is a directory has a capacity and free space, but neither sectors nor clusters. Here
it gets those that DOS's FORMAT would give a disk with that much room for files, and whoever is
asked, INT 21h/1Bh, 1Ch, 1Fh, 32h or 36h, answers by them.
Layouts: Ralf Brown's Interrupt List, INT 21h/32h "Format of DOS Drive Parameter Block" (DOS 4 to
6) and INT 21h/53h "Format of BIOS Parameter Block".
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pytest_almostism.dos.drive import Drive

SECTOR = 512
"""Bytes a sector of every disk that is not an image."""

DPB_SIZE = 33

_DPB = struct.Struct("<BBHBBHBHHHHHHHBB2HHH")
_BPB = struct.Struct("<HBHBHHBHHHII")
_DIRECTORY_ENTRY = 32
_FIXED, _FIXED_ROOT = 0xF8, 512
_FAT12_MOST = 4084  # clusters; with more of them, each takes 16 bits in the FAT
_FAT16_MOST = 65524
_MIB = 1 << 20
_UNKNOWN = 0xFFFF
_END_OF_LIST = (0xFFFF, 0xFFFF)


class Sectors(Protocol):
    """What a drive that is more than a directory offers: the disk below its files.

    Attributes:
        size: bytes a sector.
        count: how many sectors there are.
        read_only: whether writing is refused.
    """

    size: int
    count: int
    read_only: bool

    def read(self, sector: int) -> bytes:
        """Return the contents of a sector, 0..`count` - 1."""

    def write(self, sector: int, data: bytes) -> None:
        """Change the contents of a sector."""


@dataclass(frozen=True)
class _Format:
    """What FORMAT makes of disks up to a size.

    Args:
        most: bytes for files.
        sectors_per_cluster: as named.
        media: the media descriptor of a floppy.
        root_entries: entries of a floppy's root directory.
        track: sectors a track.
        heads: sides.
    """

    most: int
    sectors_per_cluster: int
    media: int = _FIXED
    root_entries: int = _FIXED_ROOT
    track: int = 63
    heads: int = 16


_FORMATS = (
    _Format(160 * 1024, 1, 0xFE, 64, 8, 1),
    _Format(180 * 1024, 1, 0xFC, 64, 9, 1),
    _Format(320 * 1024, 2, 0xFF, 112, 8, 2),
    _Format(360 * 1024, 2, 0xFD, 112, 9, 2),
    _Format(720 * 1024, 2, 0xF9, 112, 9, 2),
    _Format(1200 * 1024, 1, 0xF9, 224, 15, 2),
    _Format(1440 * 1024, 1, 0xF0, 224, 18, 2),
    _Format(2880 * 1024, 2, 0xF0, 240, 36, 2),
    _Format(_FAT12_MOST * 8 * SECTOR, 8),
    _Format(128 * _MIB, 4),
    _Format(256 * _MIB, 8),
    _Format(512 * _MIB, 16),
    _Format(1024 * _MIB, 32),
)
_LARGEST = _Format(2048 * _MIB, 64)


@dataclass(frozen=True)
class Geometry:
    """A disk in sectors: one boot sector, FATs, the root directory, and the clusters of the files.

    Args:
        media: the media descriptor, F8h for a fixed disk.
        sectors_per_cluster: a power of two, 1..128.
        clusters: how many there are for files.
        root_entries: how many entries the root directory has room for.
        sectors_per_fat: as named.
        fats: how many FATs.
        reserved: sectors before the first FAT.
        sector: bytes a sector.
        track: sectors a track.
        heads: sides.
    """

    media: int
    sectors_per_cluster: int
    clusters: int
    root_entries: int
    sectors_per_fat: int
    fats: int = 2
    reserved: int = 1
    sector: int = SECTOR
    track: int = 63
    heads: int = 16

    @classmethod
    def of(cls, capacity: int, *, removable: bool = False) -> Geometry:
        """Return the geometry of a disk that is not an image.

        Args:
            capacity: bytes for files; what is over 2 GiB, or no whole cluster, is not counted.
            removable: whether it is a floppy, of whatever size.
        """
        shape = next((shape for shape in _FORMATS if capacity <= shape.most), _LARGEST)
        cluster = shape.sectors_per_cluster * SECTOR
        clusters = min(capacity // cluster, _FAT16_MOST)
        fat = (clusters + 2) * 3 // 2 + 1 if clusters <= _FAT12_MOST else (clusters + 2) * 2
        return cls(
            shape.media if removable else _FIXED,
            shape.sectors_per_cluster,
            clusters,
            shape.root_entries,
            -(-fat // SECTOR),
            track=shape.track,
            heads=shape.heads,
        )

    @classmethod
    def from_bpb(cls, bpb: bytes) -> Geometry:
        """Return the geometry that a BIOS parameter block of 25 bytes tells, wild or not."""
        sector, cluster, reserved, fats, root, total, media, fat, track, heads, _, large = (
            _BPB.unpack(bpb)
        )
        data = (total or large) - reserved - fats * fat - _directory_sectors(root, sector)
        clusters = (data >> _shift(cluster)) & 0xFFFF
        return cls(
            media, cluster, clusters, root, fat, fats, reserved, sector, track=track, heads=heads
        )

    @property
    def bytes_per_cluster(self) -> int:
        """As named."""
        return self.sectors_per_cluster * self.sector

    @property
    def first_directory_sector(self) -> int:
        """Where the root directory begins."""
        return self.reserved + self.fats * self.sectors_per_fat

    @property
    def first_data_sector(self) -> int:
        """Where the first cluster, number 2, begins."""
        directory = _directory_sectors(self.root_entries, self.sector)
        return self.first_directory_sector + directory

    @property
    def sectors(self) -> int:
        """All there are."""
        return self.first_data_sector + self.clusters * self.sectors_per_cluster

    def bpb(self) -> bytes:
        """Return the BIOS parameter block of a disk like this, 25 bytes."""
        sectors = self.sectors
        small, large = (sectors, 0) if sectors < 0x10000 else (0, sectors)
        return _BPB.pack(
            self.sector,
            self.sectors_per_cluster,
            self.reserved,
            self.fats,
            self.root_entries,
            small,
            self.media,
            self.sectors_per_fat,
            self.track,
            self.heads,
            0,
            large,
        )

    def dpb(
        self,
        drive: int,
        *,
        free: int = _UNKNOWN,
        driver: tuple[int, int] = (0, 0),
        following: tuple[int, int] = _END_OF_LIST,
    ) -> bytes:
        """Return DOS's drive parameter block, `DPB_SIZE` bytes.

        Args:
            drive: 0 for A:.
            free: free clusters, FFFFh if nobody has counted them.
            driver: the header of its device driver, (segment, offset).
            following: the DPB of the next drive, (segment, offset).
        """
        return _DPB.pack(
            drive & 0xFF,
            drive & 0xFF,
            self.sector,
            self.sectors_per_cluster - 1 & 0xFF,
            _shift(self.sectors_per_cluster),
            self.reserved,
            self.fats,
            self.root_entries,
            self.first_data_sector & 0xFFFF,
            self.clusters + 1 & 0xFFFF,
            self.sectors_per_fat,
            self.first_directory_sector & 0xFFFF,
            driver[1],
            driver[0],
            self.media,
            0,  # accessed
            following[1],
            following[0],
            0,  # where the search for a free cluster goes on
            free,
        )


def geometry_of(drive: Drive) -> Geometry:
    """Return the geometry of a drive."""
    return Geometry.of(drive.capacity, removable=drive.letter in "AB")


def free_clusters(drive: Drive) -> int:
    """Return how many clusters of a drive are free."""
    geometry = geometry_of(drive)
    return min(drive.free // geometry.bytes_per_cluster, geometry.clusters)


def _directory_sectors(entries: int, sector: int) -> int:
    per_sector = sector // _DIRECTORY_ENTRY
    return -(-entries // per_sector) if per_sector else 0


def _shift(sectors_per_cluster: int) -> int:
    """Return the number of trailing zero bits, as DOS counts them; 0 for 0."""
    return (
        (sectors_per_cluster & -sectors_per_cluster).bit_length() - 1 if sectors_per_cluster else 0
    )
