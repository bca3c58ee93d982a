"""INT 11h and 12h: what the PC is made of, as the BIOS data area says."""

from __future__ import annotations

from typing import Any

from pytest_almostism import Dos


def test_the_equipment_is_that_of_the_bios_data_area(dos: Dos, guest: Any) -> None:
    (answer,) = guest({"int": 0x11})

    assert answer.ax == dos.memory.word(0x40, 0x10)
    assert answer.ax & 0b0000_0000_0011_0011 == 0b0010_0011  # floppy, 8087, 80 x 25 colour
    assert answer.ax >> 9 & 7 == 1  # a serial port
    assert answer.ax >> 14 == 1  # a printer


def test_memory_is_what_the_bios_data_area_says(dos: Dos, guest: Any) -> None:
    assert guest({"int": 0x12})[0].ax == 640

    dos.memory.write_word(0x40, 0x13, 512)
    assert guest({"int": 0x12})[0].ax == 512


def test_the_rom_says_that_it_is_an_at(dos: Dos) -> None:
    assert dos.memory.read(0xFFFF, 0, 1) == b"\xea"  # the reset vector: a far jump
    assert dos.memory.byte(0xF000, 0xFFFE) == 0xFC
