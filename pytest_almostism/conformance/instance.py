"""Chapter 4, the instance byte: chosen by the reader at the moment of acquisition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.scripture import Part, Scripture

if TYPE_CHECKING:
    import pytest


def test_the_reader_has_chosen(scripture_under_test: bytes) -> None:
    """The instance byte is 1..255: a reader has chosen it."""
    instance = scripture_under_test[Part.INSTANCE.slice]
    assert instance, f"there is no instance byte at offset {Part.INSTANCE.offset}"
    assert instance != b"\0", (
        "the instance byte is 0: nobody has chosen it (the choir, who have none, were outvoted)"
    )


def test_any_choice_makes_a_scripture(true_scripture: Scripture, subtests: pytest.Subtests) -> None:
    """Each of the 255 choices makes a scripture."""
    for instance in range(1, 256):
        copy = Scripture.build(instance, liturgy=true_scripture.liturgy)
        if Scripture.parse(bytes(copy)) != copy:
            with subtests.test(instance=f"0x{instance:02X}"):
                assert Scripture.parse(bytes(copy)) == copy


def test_no_two_copies_need_be_alike(true_scripture: Scripture) -> None:
    """Two choices make two scriptures, and they differ in the choice and in the seal alone."""
    other = 255 if true_scripture.instance != 255 else 1
    ours = bytes(true_scripture)
    theirs = bytes(Scripture.build(other, liturgy=true_scripture.liturgy))
    differing = [offset for offset in range(len(ours)) if ours[offset] != theirs[offset]]
    assert differing == [Part.INSTANCE.offset, Part.SEAL.offset]


def test_what_the_choice_adds_the_seal_takes(true_scripture: Scripture) -> None:
    """Whatever the reader chooses, choice and seal together sum to the same."""
    sums = {
        (copy.instance + copy.seal) % 256
        for copy in (
            Scripture.build(instance, liturgy=true_scripture.liturgy) for instance in range(1, 256)
        )
    }
    assert sums == {(true_scripture.instance + true_scripture.seal) % 256}
