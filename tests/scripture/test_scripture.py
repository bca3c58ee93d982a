from __future__ import annotations

import pickle
import random
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pytest_almostism.errors import AlmostismError
from pytest_almostism.scripture import (
    CREED,
    LITURGY,
    SIZE,
    InvalidChecksum,
    InvalidCreed,
    Part,
    Scripture,
    ScriptureError,
    ViolationOfGap,
    checksum,
    sealed,
)

INSTANCES = st.integers(1, 255)
LITURGIES = st.binary(min_size=42, max_size=42)
TRUE = bytes(Scripture.build(0xA7))


def refusal(data: bytes) -> ScriptureError:
    """Gives the error that parsing these bytes raises."""
    with pytest.raises(ScriptureError) as caught:
        Scripture.parse(data)
    return caught.value


def verdict(data: bytes) -> Scripture | ScriptureError:
    """Parses, and gives the error instead of raising it. Any other error passes through."""
    try:
        return Scripture.parse(data)
    except ScriptureError as error:
        return error


def chance(seed: int) -> random.Random:
    """Gives a chance that can be had again."""
    return random.Random(seed)  # noqa: S311 - no secret, the tests repeat it


def changed(data: bytes, changes: dict[int, int]) -> bytes:
    """Gives a copy with other bytes at some offsets."""
    copy = bytearray(data)
    for offset, value in changes.items():
        copy[offset] = value
    return bytes(copy)


def with_bit_flipped(data: bytes, bit: int) -> bytes:
    """Gives a copy with one bit, counted from the first byte's lowest, turned round."""
    return changed(data, {bit // 8: data[bit // 8] ^ 1 << bit % 8})


class TestBuild:
    @pytest.mark.parametrize("instance", range(1, 256))
    def test_every_instance_byte_makes_a_scripture(self, instance: int) -> None:
        scripture = Scripture.build(instance)
        data = bytes(scripture)

        assert len(data) == len(scripture) == 1023
        assert sum(data) % 256 == 0
        assert data[50] == scripture.instance == instance
        assert Scripture.parse(data) == scripture

    def test_its_parts_are_what_its_bytes_say(self) -> None:
        scripture = Scripture.build(0xA7)
        data = bytes(scripture)

        assert data[0:8] == scripture.creed == CREED
        assert data[8:50] == scripture.liturgy == LITURGY
        assert data[50] == scripture.instance == 0xA7
        assert data[51:1022] == scripture.silence == bytes(971)
        assert data[1022] == scripture.seal

    def test_the_liturgy_is_42_bytes(self) -> None:
        assert len(LITURGY) == 42

    @pytest.mark.parametrize("instance", [-1, 0, 256, 1000])
    def test_an_instance_byte_out_of_range_is_refused(self, instance: int) -> None:
        with pytest.raises(ValueError, match=rf"^an instance byte is 1\.\.255, not {instance}"):
            Scripture.build(instance)

    def test_whoever_asks_for_no_instance_byte_is_sent_to_the_choir(self) -> None:
        with pytest.raises(ValueError, match=r"only the choir edition goes without$"):
            Scripture.build(0)

    @pytest.mark.parametrize("length", [0, 41, 43])
    def test_a_liturgy_of_another_length_is_refused(self, length: int) -> None:
        with pytest.raises(ValueError, match=rf"^a liturgy is 42 bytes long, not {length}$"):
            Scripture.build(1, liturgy=bytes(length))

    def test_chance_chooses_among_all_instance_bytes_and_never_zero(self) -> None:
        rng = chance(42)
        chosen = {Scripture.build(rng=rng).instance for _ in range(5000)}

        assert chosen == set(range(1, 256))

    def test_the_same_chance_makes_the_same_scripture(self) -> None:
        assert Scripture.build(rng=chance(7)) == Scripture.build(rng=chance(7))

    def test_without_a_choice_copies_differ(self) -> None:
        assert len({Scripture.build() for _ in range(100)}) > 1

    def test_a_choice_leaves_nothing_to_chance(self) -> None:
        rng = chance(7)
        before = rng.getstate()
        Scripture.build(1, rng=rng)

        assert rng.getstate() == before


class TestScripture:
    def test_equal_parts_are_equal_scriptures(self) -> None:
        assert Scripture.build(1) == Scripture.build(1)
        assert hash(Scripture.build(1)) == hash(Scripture.build(1))
        assert Scripture.build(1) != Scripture.build(2)
        assert Scripture.build(1) != Scripture.build(1, liturgy=bytes(42))

    def test_it_cannot_be_changed(self) -> None:
        scripture = Scripture.build(1)

        with pytest.raises(AttributeError, match="cannot assign to field 'instance'"):
            scripture.instance = 2  # type: ignore[misc]  # that it is refused is the point

    def test_its_repr_is_short(self) -> None:
        assert repr(Scripture.build(0xA7)) == "<Scripture instance=0xA7 seal=0x1F>"

    def test_its_repr_shows_a_liturgy_of_ones_own(self) -> None:
        assert repr(Scripture.build(1, liturgy=b"\x90" * 42)).endswith(
            "liturgy=" + "90 " * 41 + "90>"
        )

    @pytest.mark.parametrize("instance", [-1, 256])
    def test_its_instance_byte_is_a_byte(self, instance: int) -> None:
        with pytest.raises(ValueError, match=rf"^the instance byte is a byte, not {instance}$"):
            Scripture(instance)


class TestParse:
    @given(instance=INSTANCES, liturgy=LITURGIES)
    def test_what_was_built_is_read_back(self, instance: int, liturgy: bytes) -> None:
        scripture = Scripture.build(instance, liturgy=liturgy)

        assert Scripture.parse(bytes(scripture)) == scripture
        assert checksum(bytes(scripture)) == 0

    @pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
    def test_any_bytes_like_thing_will_do(self, kind: type) -> None:
        assert Scripture.parse(kind(TRUE)) == Scripture.build(0xA7)

    def test_text_is_no_bytes_like_thing(self) -> None:
        with pytest.raises(TypeError, match="bytes-like"):
            Scripture.parse("FE 0D CA")  # type: ignore[arg-type]  # that it is refused is the point

    def test_the_choir_is_heard(self) -> None:
        choir = sealed(CREED + LITURGY)

        assert Scripture.parse(choir).instance == 0
        assert bytes(Scripture.parse(choir)) == choir

    @given(data=st.binary(max_size=1100) | st.binary(min_size=SIZE, max_size=SIZE))
    @example(b"")
    @example(bytes(SIZE))
    @example(CREED)
    @example(TRUE[:-1])
    @example(TRUE + b"\0")
    def test_bytes_are_a_scripture_or_one_of_three_errors(self, data: bytes) -> None:
        found = verdict(data)

        if isinstance(found, Scripture):
            assert bytes(found) == data
        else:
            assert type(found) in {ViolationOfGap, InvalidCreed, InvalidChecksum}

    @given(
        instance=INSTANCES,
        changes=st.dictionaries(st.integers(0, SIZE - 1), st.integers(0, 255), max_size=4),
        resealed=st.booleans(),
    )
    def test_almost_a_scripture_is_a_scripture_or_one_of_three_errors(
        self, instance: int, changes: dict[int, int], *, resealed: bool
    ) -> None:
        data = changed(bytes(Scripture.build(instance)), changes)
        if resealed:
            data = sealed(data[:-1])

        found = verdict(data)

        if isinstance(found, Scripture):
            assert bytes(found) == data
        else:
            assert type(found) in {ViolationOfGap, InvalidCreed, InvalidChecksum}
            assert found.expected != found.found


class TestOneBit:
    """One bit gone wrong is always noticed."""

    def test_every_bit_of_the_creed_is_noticed_by_the_creed_and_all_others_by_the_seal(
        self,
    ) -> None:
        noticed = Counter(
            (Part.at(bit // 8), type(refusal(with_bit_flipped(TRUE, bit))))
            for bit in range(1023 * 8)
        )

        assert noticed == {
            (Part.CREED, InvalidCreed): 8 * 8,
            (Part.LITURGY, InvalidChecksum): 42 * 8,
            (Part.INSTANCE, InvalidChecksum): 8,
            (Part.SILENCE, InvalidChecksum): 971 * 8,
            (Part.SEAL, InvalidChecksum): 8,
        }

    @given(instance=INSTANCES, liturgy=LITURGIES, bit=st.integers(0, 1023 * 8 - 1))
    def test_whatever_the_scripture(self, instance: int, liturgy: bytes, bit: int) -> None:
        scripture = bytes(Scripture.build(instance, liturgy=liturgy))
        error = refusal(with_bit_flipped(scripture, bit))

        assert type(error) is (InvalidCreed if bit < 64 else InvalidChecksum)


class TestErrors:
    """Each error says at which offset, what was expected and what was found."""

    def test_they_are_value_errors_of_this_project(self) -> None:
        error = refusal(b"")

        assert isinstance(error, ValueError)
        assert isinstance(error, AlmostismError)

    @pytest.mark.parametrize(
        ("size", "message"),
        [
            (0, "offset 0x000: expected 1023 bytes in all, found 0: 1023 bytes too few"),
            (1022, "offset 0x3FE: expected 1023 bytes in all, found 1022: 1 byte too few"),
            (
                1024,
                (
                    "offset 0x3FF: expected 1023 bytes in all, found 1024: 1 byte too many, "
                    "the gap is filled"
                ),
            ),
            (
                4096,
                (
                    "offset 0x3FF: expected 1023 bytes in all, found 4096: "
                    "3073 bytes too many, the gap is filled"
                ),
            ),
        ],
    )
    def test_a_wrong_size_violates_the_gap(self, size: int, message: str) -> None:
        error = refusal(TRUE.ljust(size, b"\0")[:size])

        assert type(error) is ViolationOfGap
        assert str(error) == message
        assert (error.offset, error.expected, error.found) == (min(size, 1023), 1023, size)

    def test_a_false_creed_byte_is_named_with_its_meaning(self) -> None:
        error = refusal(changed(TRUE, {3: 0x7E, 5: 0}))

        assert type(error) is InvalidCreed
        assert str(error) == (
            "offset 0x003: expected creed byte 0x7F (DEL: the holiest act is to erase the finger "
            "that points at the moon), found 0x7E"
        )
        assert (error.offset, error.expected, error.found) == (3, 0x7F, 0x7E)

    def test_a_sum_that_is_not_zero_is_the_seals_concern(self) -> None:
        error = refusal(changed(TRUE, {50: 0xA8}))

        assert type(error) is InvalidChecksum
        assert str(error) == (
            "offset 0x3FE: expected seal 0x1E, found 0x1F: the sum of all bytes is 0x01, not 0"
        )
        assert (error.offset, error.expected, error.found) == (1022, 0x1E, 0x1F)

    def test_a_sound_in_the_silence_violates_the_gap_even_when_the_sum_is_right(self) -> None:
        error = refusal(changed(TRUE, {0x123: 0x01, 0x234: 0xFF}))

        assert type(error) is ViolationOfGap
        assert str(error) == "offset 0x123: expected silence 0x00, found 0x01"
        assert (error.offset, error.expected, error.found) == (0x123, 0, 1)

    @pytest.mark.parametrize("offset", [51, 1021])
    def test_silence_has_its_edges_where_the_layout_says(self, offset: int) -> None:
        error = refusal(sealed(changed(TRUE, {offset: 0x42})[:-1]))

        assert type(error) is ViolationOfGap
        assert (error.offset, error.expected, error.found) == (offset, 0, 0x42)

    def test_the_size_is_judged_before_the_creed_and_the_creed_before_the_seal(self) -> None:
        assert type(refusal(b"\0" * 1024)) is ViolationOfGap
        assert type(refusal(changed(TRUE, {0: 0, 50: 0, 51: 1}))) is InvalidCreed
        assert type(refusal(changed(TRUE, {51: 1}))) is InvalidChecksum

    @pytest.mark.parametrize("data", [b"", bytes(1023), changed(TRUE, {50: 0})])
    def test_they_survive_the_way_between_processes(self, data: bytes) -> None:
        error = refusal(data)
        copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - pickled in the line itself

        assert type(copy) is type(error)
        assert str(copy) == str(error)
        assert (copy.offset, copy.expected, copy.found) == (
            error.offset,
            error.expected,
            error.found,
        )
