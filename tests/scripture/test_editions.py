from __future__ import annotations

import random

import pytest

from pytest_almostism.scripture import (
    CREED,
    EDITIONS,
    LITURGY,
    SACRED,
    Edition,
    Scripture,
    ViolationOfGap,
)

EVERY_EDITION = pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS.keys())


def test_there_are_four_and_the_canon_comes_first() -> None:
    assert list(EDITIONS) == ["canon", "as-first-spoken", "choir", "by-its-own-creed"]
    assert all(edition.name == name and edition.title for name, edition in EDITIONS.items())


@EVERY_EDITION
def test_every_edition_is_1023_bytes_that_sum_to_zero(edition: Edition) -> None:
    for instance in range(1, 256) if edition.has_instance else [None]:
        data = edition.build(instance)

        assert len(data) == 1023
        assert sum(data) % 256 == 0
        assert data.startswith(CREED + edition.liturgy)
        assert data[edition.instance_offset] == (instance or 0)


@EVERY_EDITION
def test_silence_lies_between_instance_byte_and_seal(edition: Edition) -> None:
    data = edition.build()

    assert data[edition.instance_offset + 1 : -1] == bytes(edition.silence)


def test_the_canon_is_what_a_scripture_is_built_as() -> None:
    assert EDITIONS["canon"].build(0xA7) == bytes(Scripture.build(0xA7))


def test_chance_can_be_given() -> None:
    first, second = (random.Random(7) for _ in range(2))  # noqa: S311 - no secret, but the same

    assert EDITIONS["canon"].build(rng=first) == EDITIONS["canon"].build(rng=second)


def test_as_first_spoken_has_43_bytes_of_liturgy_and_970_of_silence() -> None:
    spoken = EDITIONS["as-first-spoken"]

    assert len(spoken.liturgy) == 43
    assert spoken.silence == 970
    assert not spoken.vanishes
    assert spoken.liturgy.hex().upper() == (
        "B82E00BB007E8A07433C0075FA89F731C031DB31D2B90004F3AA31C0B03CCD2131C050B8004CCD2130C0C3"
    )


def test_as_first_spoken_is_not_canonical_its_43rd_byte_pushes_the_instance_into_the_silence() -> (
    None
):
    with pytest.raises(ViolationOfGap, match=r"^offset 0x033: expected silence 0x00, found 0xA7$"):
        Scripture.parse(EDITIONS["as-first-spoken"].build(0xA7))


def test_the_choir_is_the_canon_with_zero_for_an_instance_byte() -> None:
    choir = EDITIONS["choir"].build()

    assert choir == bytes(Scripture(0))
    assert choir[:50] == bytes(Scripture.build(1))[:50]


def test_the_choir_takes_no_instance_byte() -> None:
    with pytest.raises(ValueError, match=r"^the choir edition has no instance byte to set to 7$"):
        EDITIONS["choir"].build(7)


def test_the_other_editions_take_no_zero() -> None:
    with pytest.raises(ValueError, match=r"^an instance byte is 1\.\.255, not 0"):
        EDITIONS["by-its-own-creed"].build(0)


def test_by_its_own_creed_is_the_canon_without_its_int_20h() -> None:
    own = EDITIONS["by-its-own-creed"]
    nops, steps = own.liturgy[:2], own.liturgy[2:]

    assert nops == b"\x90\x90"
    assert steps + b"\xcd\x20" == LITURGY.replace(b"\xcd\x20" + SACRED, SACRED) + b"\xcd\x20"
    assert LITURGY.endswith(b"\xcd\x20" + SACRED)
    assert own.far_return


@pytest.mark.parametrize("name", ["canon", "choir", "by-its-own-creed"])
def test_a_liturgy_that_verifies_ends_with_what_it_verifies(name: str) -> None:
    liturgy = EDITIONS[name].liturgy
    creed_copy = 0x012D - 0x0108  # where `mov si, creed` points, in a liturgy entered at 0108

    assert liturgy[creed_copy:] == SACRED
    assert b"\xbe\x2d\x01" in liturgy
