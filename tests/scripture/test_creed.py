from __future__ import annotations

from pytest_almostism.scripture import CREED, EXEGESIS, SACRED


def test_the_creed_is_eight_bytes() -> None:
    assert CREED.hex(" ").upper() == "FE 0D CA 7F 80 A9 5C 5C"


def test_the_first_five_are_sacred() -> None:
    assert SACRED.hex(" ").upper() == "FE 0D CA 7F 80"


def test_the_exegesis_has_something_to_say_about_every_byte_in_order() -> None:
    assert [byte.offset for byte in EXEGESIS] == list(range(8))
    assert bytes(byte.value for byte in EXEGESIS) == CREED
    assert all(byte.glyph and byte.meaning for byte in EXEGESIS)


def test_a_glyph_that_is_a_character_is_the_latin_1_reading_of_its_byte() -> None:
    characters = {byte.value: byte.glyph for byte in EXEGESIS if len(byte.glyph) == 1}

    assert set(characters) == {0xFE, 0xCA, 0xA9, 0x5C}
    assert all(glyph == bytes([value]).decode("latin-1") for value, glyph in characters.items())
