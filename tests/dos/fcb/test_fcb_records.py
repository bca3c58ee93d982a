"""INT 21h/14h, 15h, 21h, 22h, 24h, 27h, 28h: reading and writing records by FCB."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_almostism import Dos
from pytest_almostism.dos.clock import to_dos

OPEN, CLOSE, CREATE = 0x0F00, 0x1000, 0x1600
READ, WRITE, RANDOM_READ, RANDOM_WRITE = 0x1400, 0x1500, 0x2100, 0x2200
SET_RANDOM, BLOCK_READ, BLOCK_WRITE = 0x2400, 0x2700, 0x2800
DONE, END, PARTIAL = 0, 1, 3

ONE_MACHINE = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def call(function: int, block: Any, **registers: int) -> dict[str, Any]:
    return {"ax": function, "dx": block, **registers}


def transfer_area(buffer: bytes | bytearray) -> dict[str, Any]:
    return {"ax": 0x1A00, "dx": buffer}


def opened(dos: Dos, guest: Any, fcb: Any, contents: bytes, **attributes: int) -> Any:
    """An open FCB of a file with these contents."""
    dos.path("FOO").write_bytes(contents)
    block = fcb("FOO", **attributes)
    assert guest(call(OPEN, block))[0].al == DONE
    return block


TEXT = bytes(range(256)) * 3


class TestSequential:
    def test_records_are_read_one_after_another(self, dos: Dos, guest: Any, fcb: Any) -> None:
        block = opened(dos, guest, fcb, TEXT)
        areas = [bytearray(128) for _ in range(7)]
        calls = [c for area in areas for c in (transfer_area(area), call(READ, block))]

        answers = guest(*calls)[1::2]

        assert [answer.al for answer in answers] == [DONE] * 6 + [END]
        assert b"".join(areas) == TEXT + bytes(128)
        assert (block.block, block.record) == (0, 6)
        assert answers[0].ah == READ >> 8

    def test_the_record_size_is_what_the_fcb_says(self, dos: Dos, guest: Any, fcb: Any) -> None:
        block = opened(dos, guest, fcb, TEXT).put(0x0E, 2, 100).put(0x20, 1, 2)
        area = bytearray(b"\xee" * 128)

        _, answer = guest(transfer_area(area), call(READ, block))

        assert answer.al == DONE
        assert area == TEXT[200:300] + b"\xee" * 28

    def test_the_last_record_is_filled_with_zeros(self, dos: Dos, guest: Any, fcb: Any) -> None:
        block = opened(dos, guest, fcb, b"x" * 130).put(0x20, 1, 1)
        area = bytearray(b"\xee" * 130)

        _, partial, end = guest(transfer_area(area), call(READ, block), call(READ, block))

        assert (partial.al, end.al) == (PARTIAL, END)
        assert area == b"xx" + bytes(126) + b"\xee\xee"
        assert block.record == 2

    def test_a_record_size_of_zero_is_128(self, dos: Dos, guest: Any, fcb: Any) -> None:
        block = opened(dos, guest, fcb, TEXT).put(0x0E, 2, 0)

        _, answer = guest(transfer_area(bytearray(128)), call(READ, block))

        assert (answer.al, block.record_size) == (DONE, 128)

    def test_records_are_written_one_after_another(self, dos: Dos, guest: Any, fcb: Any) -> None:
        block = fcb("NEW")
        calls = [
            c
            for at in range(0, len(TEXT), 128)
            for c in (transfer_area(TEXT[at : at + 128]), call(WRITE, block))
        ]

        answers = guest(call(CREATE, block), *calls)[2::2]

        assert [answer.al for answer in answers] == [DONE] * 6
        assert dos.path("NEW").read_bytes() == TEXT
        assert (block.size, block.record) == (len(TEXT), 6)

    def test_128_records_are_a_block(self, dos: Dos, guest: Any, fcb: Any) -> None:
        block = opened(dos, guest, fcb, bytes(300)).put(0x0E, 2, 1).put(0x20, 1, 127)
        area = bytearray(1)

        guest(transfer_area(area), call(READ, block))
        assert (block.block, block.record) == (1, 0)

        block.put(0x0C, 2, 2).put(0x20, 1, 43)
        assert [a.al for a in guest(call(READ, block), call(READ, block))] == [DONE, END]
        assert (block.block, block.record) == (2, 44)

    def test_the_time_of_a_write_is_noted_in_the_fcb(self, dos: Dos, guest: Any, fcb: Any) -> None:
        block = opened(dos, guest, fcb, b"")
        dos.clock.advance(3600)
        assert block.date_and_time == to_dos(dos.clock.now() - dt.timedelta(hours=1))

        guest(call(WRITE, block))

        assert block.date_and_time == to_dos(dos.clock.now())


class TestRandom:
    def test_a_record_is_read_and_becomes_the_current_one(
        self, dos: Dos, guest: Any, fcb: Any
    ) -> None:
        block = opened(dos, guest, fcb, bytes(300 * 10) + b"0123456789").put(0x0E, 2, 10)
        block.put(0x21, 4, 300)
        area = bytearray(10)

        _, answer = guest(transfer_area(area), call(RANDOM_READ, block))

        assert (answer.al, bytes(area)) == (DONE, b"0123456789")
        assert (block.block, block.record, block.random) == (2, 44, 300)

    def test_a_record_is_written_wherever_it_belongs(self, dos: Dos, guest: Any, fcb: Any) -> None:
        block = opened(dos, guest, fcb, b"ab").at(3, 4)

        _, answer = guest(transfer_area(b"3333"), call(RANDOM_WRITE, block))

        assert answer.al == DONE
        assert dos.path("FOO").read_bytes() == b"ab" + bytes(10) + b"3333"
        assert (block.size, block.record, block.random) == (16, 3, 3)

    @pytest.mark.parametrize(
        ("length", "record", "status", "expected"),
        [(10, 1, DONE, b"56789"), (10, 2, END, b"....."), (7, 1, PARTIAL, b"56\0\0\0")],
    )
    def test_the_end_of_the_file(
        self,
        dos: Dos,
        guest: Any,
        fcb: Any,
        length: int,
        record: int,
        status: int,
        expected: bytes,
    ) -> None:
        block = opened(dos, guest, fcb, b"0123456789"[:length]).at(record, 5)
        area = bytearray(b".....")

        assert guest(transfer_area(area), call(RANDOM_READ, block))[1].al == status
        assert area == expected

    def test_it_does_not_go_on_to_the_next_record(self, dos: Dos, guest: Any, fcb: Any) -> None:
        block = opened(dos, guest, fcb, b"0123456789").at(1, 5)
        area = bytearray(5)

        answers = guest(transfer_area(area), *[call(RANDOM_READ, block)] * 3, call(READ, block))

        assert [answer.al for answer in answers[1:]] == [DONE] * 4
        assert area == b"56789"
        assert (block.random, block.record) == (1, 2)

    def test_small_records_are_numbered_by_four_bytes_others_by_three(
        self, dos: Dos, guest: Any, fcb: Any
    ) -> None:
        small = opened(dos, guest, fcb, b"x" * 128).at(0x0100_0000, 63)
        large = fcb("FOO")
        guest(call(OPEN, large))
        large.at(0x0100_0000, 64)
        area = bytearray(64)

        answers = guest(transfer_area(area), call(RANDOM_READ, small), call(RANDOM_READ, large))

        assert [answer.al for answer in answers[1:]] == [END, DONE]

    def test_a_file_may_have_more_than_65536_records(self, dos: Dos, guest: Any, fcb: Any) -> None:
        block = opened(dos, guest, fcb, bytes(99_999) + b"!").at(99_999, 1)
        area = bytearray(1)

        assert guest(transfer_area(area), call(RANDOM_READ, block))[1].al == DONE
        assert area == b"!"
        assert (block.block, block.record) == (99_999 // 128, 99_999 % 128)

    @pytest.mark.parametrize("current", [0, 1, 127, 128, 1000, 128 * 0xFFFF + 5])
    @pytest.mark.parametrize(("size", "kept"), [(128, 0xAA00_0000), (64, 0xAA00_0000), (63, 0)])
    def test_the_current_record_becomes_the_random_one(
        self, guest: Any, fcb: Any, current: int, size: int, kept: int
    ) -> None:
        block = fcb("FOO").at(current, size).put(0x21, 4, 0xAAAA_AAAA)

        (answer,) = guest(call(SET_RANDOM | 0xFF, block))

        assert (answer.ax, block.random) == (SET_RANDOM, kept | current)


class TestBlocks:
    def test_many_records_are_read_at_once(self, dos: Dos, guest: Any, fcb: Any) -> None:
        block = opened(dos, guest, fcb, TEXT).at(1, 100)
        area = bytearray(310)

        _, answer = guest(transfer_area(area), call(BLOCK_READ, block, cx=3))

        assert (answer.ax, answer.cx) == (BLOCK_READ, 3)
        assert area == TEXT[100:400] + bytes(10)
        assert (block.random, block.block, block.record) == (4, 0, 4)

    def test_what_is_short_is_filled_with_zeros_and_counted(
        self, dos: Dos, guest: Any, fcb: Any
    ) -> None:
        block = opened(dos, guest, fcb, TEXT[:250]).at(1, 100)
        area = bytearray(b"\xee" * 400)

        _, partial, end = guest(
            transfer_area(area), call(BLOCK_READ, block, cx=9), call(BLOCK_READ, block, cx=9)
        )

        assert (partial.al, partial.cx) == (PARTIAL, 2)
        assert (end.al, end.cx) == (END, 0)
        assert area == TEXT[100:250] + bytes(50) + b"\xee" * 200
        assert block.random == 3

    def test_fewer_records_than_wanted_are_the_end(self, dos: Dos, guest: Any, fcb: Any) -> None:
        block = opened(dos, guest, fcb, TEXT[:200]).at(0, 100)

        _, answer = guest(transfer_area(bytearray(300)), call(BLOCK_READ, block, cx=3))

        assert (answer.al, answer.cx, block.random) == (END, 2, 2)

    def test_no_records_are_read_at_once(self, dos: Dos, guest: Any, fcb: Any) -> None:
        block = opened(dos, guest, fcb, TEXT).at(2)

        _, answer = guest(transfer_area(bytearray(1)), call(BLOCK_READ, block, cx=0))

        assert (answer.al, answer.cx, block.random) == (DONE, 0, 2)

    def test_many_records_are_written_at_once(self, dos: Dos, guest: Any, fcb: Any) -> None:
        block = opened(dos, guest, fcb, b"").at(2, 100)

        _, answer = guest(transfer_area(TEXT), call(BLOCK_WRITE, block, cx=7))

        assert (answer.ax, answer.cx) == (BLOCK_WRITE, 7)
        assert dos.path("FOO").read_bytes() == bytes(200) + TEXT[:700]
        assert (block.random, block.record, block.size) == (9, 9, 900)

    @pytest.mark.parametrize("record", [0, 3, 5, 7])
    def test_no_records_set_the_length(self, dos: Dos, guest: Any, fcb: Any, record: int) -> None:
        block = opened(dos, guest, fcb, b"x" * 50).at(record, 10)

        answer, closed = guest(call(BLOCK_WRITE, block, cx=0), call(CLOSE, block))

        assert (answer.al, answer.cx, closed.al) == (DONE, 0, 0)
        assert dos.path("FOO").read_bytes() == (b"x" * 50).ljust(70, b"\0")[: record * 10]
        assert (block.size, block.random) == (record * 10, record)


# -- against a model ------------------------------------------------------------------------

STEPS = st.one_of(
    st.tuples(
        st.sampled_from([READ, WRITE, RANDOM_READ, RANDOM_WRITE]),
        st.integers(0, 40),
        st.just(1),
        st.integers(1, 255),
    ),
    st.tuples(
        st.sampled_from([BLOCK_READ, BLOCK_WRITE]),
        st.integers(0, 40),
        st.integers(0, 6),
        st.integers(1, 255),
    ),
)


@ONE_MACHINE
@given(
    contents=st.binary(max_size=400),
    size=st.integers(1, 70),
    steps=st.lists(STEPS, min_size=1, max_size=12),
)
def test_access_is_as_in_a_model(
    dos: Dos,
    guest: Any,
    fcb: Any,
    contents: bytes,
    size: int,
    steps: list[tuple[int, int, int, int]],
) -> None:
    block = opened(dos, guest, fcb, contents).put(0x0E, 2, size)
    model = bytearray(contents)
    current = 0
    for function, random, count, fill in steps:
        block.put(0x21, 4, random)
        first = current if function in {READ, WRITE} else random
        area = bytearray([fill]) * (6 * 70)
        before = bytes(area)

        _, answer = guest(transfer_area(area), call(function, block, cx=count))

        at, length = first * size, count * size
        if function in {READ, RANDOM_READ, BLOCK_READ}:
            data = bytes(model[at : at + length])
            records, rest = divmod(len(data), size)
            status = PARTIAL if rest else END if records < count else DONE
            records += bool(rest)
            padded = data.ljust(records * size, b"\0")
            assert area == padded + before[len(padded) :]
        else:
            status, records = DONE, count
            if count:
                model.extend(bytes(max(0, at - len(model))))
                model[at : at + length] = before[:length]
            else:
                model[:] = model[:at].ljust(at, b"\0")
        assert (answer.al, block.size) == (status, len(model))
        if function in {BLOCK_READ, BLOCK_WRITE}:
            assert (answer.cx, block.random) == (records, first + records)
        else:
            assert (answer.cx, block.random) == (count, random)
        current = first if function in {RANDOM_READ, RANDOM_WRITE} else first + records
        assert block.block * 128 + block.record == current

    assert guest(call(CLOSE, block))[0].al == DONE
    assert dos.path("FOO").read_bytes() == bytes(model)
