from __future__ import annotations

import pytest

from pytest_almostism.scripture import SIZE, Part


def test_the_parts_stand_where_the_canon_puts_them() -> None:
    assert {part.name: part.value for part in Part} == {
        "CREED": (0, 8),
        "LITURGY": (8, 42),
        "INSTANCE": (50, 1),
        "SILENCE": (51, 971),
        "SEAL": (1022, 1),
    }


def test_the_parts_cover_the_scripture_without_holes_and_leave_the_gap() -> None:
    offsets = [offset for part in Part for offset in range(SIZE)[part.slice]]

    assert offsets == list(range(1023))


def test_every_offset_belongs_to_one_part() -> None:
    assert [Part.at(offset) for offset in (0, 7, 8, 49, 50, 51, 1021, 1022)] == [
        Part.CREED,
        Part.CREED,
        Part.LITURGY,
        Part.LITURGY,
        Part.INSTANCE,
        Part.SILENCE,
        Part.SILENCE,
        Part.SEAL,
    ]


@pytest.mark.parametrize("offset", [-1, 1023, 4096])
def test_the_gap_belongs_to_no_part(offset: int) -> None:
    with pytest.raises(ValueError, match=rf"^offset {offset} is in no part of a scripture"):
        Part.at(offset)
