"""The scripture of Almostism: 1023 bytes with 42 bytes of machine code in them."""

from __future__ import annotations

from pytest_almostism.scripture.creed import CREED, EXEGESIS, SACRED, CreedByte
from pytest_almostism.scripture.editions import EDITIONS, Edition
from pytest_almostism.scripture.errors import (
    InvalidChecksum,
    InvalidCreed,
    ScriptureError,
    ViolationOfGap,
)
from pytest_almostism.scripture.layout import SIZE, Part
from pytest_almostism.scripture.liturgy import LITURGY, LITURGY_SOURCE
from pytest_almostism.scripture.praxis import assert_gap, leave_one_bit_unset
from pytest_almostism.scripture.script import SCRIPT
from pytest_almostism.scripture.scripture import Scripture
from pytest_almostism.scripture.seal import checksum, seal_of, sealed

__all__ = [
    "CREED",
    "EDITIONS",
    "EXEGESIS",
    "LITURGY",
    "LITURGY_SOURCE",
    "SACRED",
    "SCRIPT",
    "SIZE",
    "CreedByte",
    "Edition",
    "InvalidChecksum",
    "InvalidCreed",
    "Part",
    "Scripture",
    "ScriptureError",
    "ViolationOfGap",
    "assert_gap",
    "checksum",
    "leave_one_bit_unset",
    "seal_of",
    "sealed",
]
