from __future__ import annotations

import array
import mmap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_almostism.scripture import assert_gap, leave_one_bit_unset


class TestLeaveOneBitUnset:
    @given(st.binary(min_size=1, max_size=2048))
    def test_only_the_final_bit_is_touched(self, contents: bytes) -> None:
        buffer = bytearray(contents)
        leave_one_bit_unset(buffer)

        assert buffer[:-1] == contents[:-1]
        assert buffer[-1] == contents[-1] & 0b1111_1110

    def test_a_full_buffer_becomes_almost_full(self) -> None:
        buffer = bytearray(b"\xff" * 1024)
        leave_one_bit_unset(buffer)

        assert buffer == b"\xff" * 1023 + b"\xfe"

    def test_once_is_enough(self) -> None:
        buffer = bytearray(b"\xff\xff")
        leave_one_bit_unset(buffer)
        leave_one_bit_unset(buffer)

        assert buffer == b"\xff\xfe"

    def test_a_view_of_a_part_has_a_final_bit_of_its_own(self) -> None:
        buffer = bytearray(b"\xff" * 4)
        view = memoryview(buffer)[1:3]
        leave_one_bit_unset(view)

        assert buffer == b"\xff\xff\xfe\xff"
        assert view.nbytes == 2  # the caller's view is still usable

    def test_mapped_memory(self) -> None:
        with mmap.mmap(-1, 16) as memory:
            memory[:] = b"\xff" * 16
            leave_one_bit_unset(memory)

            assert memory[:] == b"\xff" * 15 + b"\xfe"

    def test_an_array_of_wider_items(self) -> None:
        words = array.array("H", [0xFFFF, 0xFFFF])
        leave_one_bit_unset(words)

        assert words.tobytes() == b"\xff\xff\xff\xfe"

    def test_the_buffer_can_still_grow_afterwards(self) -> None:
        buffer = bytearray(b"\xff")
        leave_one_bit_unset(buffer)
        buffer.append(0)  # would raise BufferError if a view were still held

        assert buffer == b"\xfe\x00"

    def test_an_empty_buffer_has_no_final_bit(self) -> None:
        with pytest.raises(ValueError, match=r"^an empty buffer has no final bit to leave unset$"):
            leave_one_bit_unset(bytearray())

    def test_what_cannot_be_written_cannot_be_left_unset(self) -> None:
        with pytest.raises(TypeError, match="read-only"):
            leave_one_bit_unset(b"\xff")


class TestAssertGap:
    @given(capacity=st.integers(1, 4096), data=st.data())
    def test_a_thing_that_is_not_full_passes(self, capacity: int, data: st.DataObject) -> None:
        assert_gap(bytes(data.draw(st.integers(0, capacity - 1))), capacity)

    def test_a_scripture_keeps_the_gap_of_its_kilobyte(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert_gap(bytes(1023), 1024)

        assert capsys.readouterr() == ("", "")

    def test_a_full_thing_is_shown_full(self) -> None:
        with pytest.raises(AssertionError) as caught:
            assert_gap(bytes(1024), 1024)

        assert str(caught.value) == (
            "[################################] 1024 of 1024 bytes: the last byte is filled\n"
            "Leave one bit unset before you run out of space."
        )

    def test_an_overfull_thing_shows_where_it_had_to_end(self) -> None:
        with pytest.raises(AssertionError) as caught:
            assert_gap(bytes(2048), 1024)

        assert str(caught.value) == (
            "[################|################] 2048 of 1024 bytes: 1024 more than it can hold\n"
            "Leave one bit unset before you run out of space."
        )

    def test_even_one_byte_too_many_can_be_seen(self) -> None:
        with pytest.raises(AssertionError, match=r"^\[#{31}\|#\] 1025 of 1024 bytes: 1 more than"):
            assert_gap(bytes(1025), 1024)

    def test_anything_with_a_length_is_bounded(self) -> None:
        assert_gap(["a", "b"], 3)

        with pytest.raises(AssertionError, match="3 of 3 bytes: the last byte is filled"):
            assert_gap(["a", "b", "c"], 3)

    @pytest.mark.parametrize("capacity", [0, -1])
    def test_what_can_hold_nothing_has_no_last_byte(self, capacity: int) -> None:
        with pytest.raises(ValueError, match=rf"^a capacity of {capacity} bytes has no last byte"):
            assert_gap(b"", capacity)
