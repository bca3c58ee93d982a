"""Guest memory as Python sees it: segment:offset, never out of bounds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pytest_almostism import Dos
from pytest_almostism.dos.memory import MEMORY_SIZE, Memory

WORDS = st.integers(0, 0xFFFF)


def fresh() -> tuple[Memory, list[tuple[int, int]]]:
    """A memory and the ranges whose translated code it gave up."""
    forgotten: list[tuple[int, int]] = []
    memory = Memory(
        memoryview(bytearray(MEMORY_SIZE)), lambda start, stop: forgotten.append((start, stop))
    )
    return memory, forgotten


@given(WORDS, WORDS, st.binary(max_size=40))
def test_what_is_written_is_read_wherever_a_pointer_points(
    segment: int, offset: int, data: bytes
) -> None:
    memory, forgotten = fresh()

    memory.write(segment, offset, data)

    assert memory.read(segment, offset, len(data)) == data
    assert b"".join(bytes(memory.view[start:stop]) for start, stop in forgotten) == data


@given(WORDS, WORDS, WORDS)
def test_words_and_bytes_agree(segment: int, offset: int, value: int) -> None:
    memory, _ = fresh()

    memory.write_word(segment, offset, value)

    assert memory.word(segment, offset) == value
    assert memory.byte(segment, offset) | memory.byte(segment, offset + 1) << 8 == value
    assert memory.read(segment, offset, 2) == value.to_bytes(2, "little")


@given(WORDS, WORDS, WORDS, WORDS)
def test_far_pointers_are_offset_first(
    segment: int, offset: int, to_segment: int, to_offset: int
) -> None:
    memory, _ = fresh()

    memory.write_pointer(segment, offset, (to_segment, to_offset))

    assert memory.pointer(segment, offset) == (to_segment, to_offset)
    assert memory.word(segment, offset) == to_offset


def test_an_access_beyond_a_segment_goes_on_at_its_beginning() -> None:
    memory, forgotten = fresh()

    memory.write(0x1000, 0xFFFE, b"abcd")

    assert bytes(memory.view[0x1FFFE:0x20000]) == b"ab"
    assert bytes(memory.view[0x10000:0x10002]) == b"cd"
    assert bytes(memory.view[0x20000:0x20002]) == bytes(2)
    assert forgotten == [(0x1FFFE, 0x20000), (0x10000, 0x10002)]


def test_a_whole_segment_can_be_read_and_written_from_anywhere() -> None:
    memory, _ = fresh()
    data = bytes(range(256)) * 256

    memory.write(0xFFFF, 0x1234, data)

    assert memory.read(0xFFFF, 0x1234, 0x10000) == data


@given(WORDS, WORDS, st.binary(max_size=300), st.integers(0, 400))
def test_texts_end_at_their_terminator_or_their_limit(
    segment: int, offset: int, data: bytes, limit: int
) -> None:
    memory, _ = fresh()
    memory.write(segment, offset, data + b"$")
    until_dollar = data.partition(b"$")[0]
    until_zero = (data + b"$").partition(b"\0")[0]

    assert memory.until(0x24, segment, offset, limit=limit) == until_dollar[:limit]
    assert memory.asciiz(segment, offset, limit=limit) == until_zero[:limit]


def test_a_text_without_end_is_a_whole_segment() -> None:
    memory, _ = fresh()
    memory.write(0x2000, 0, b"x" * 0x10000)

    assert memory.asciiz(0x2000, 0x8000) == b"x" * 0x10000


def test_a_test_may_look_and_write_before_a_program_runs_and_after(dos: Dos) -> None:
    # mov al,[200] / inc byte [201] / exit(AL)
    process = dos.load(bytes.fromhex("a00002 fe060102 b44c cd21"))
    dos.memory.write(process.psp, 0x200, b"\x2a\x07")

    assert process.run().exit_code == 0x2A
    assert dos.memory.read(process.psp, 0x201, 1) == b"\x08"
