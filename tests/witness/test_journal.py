"""The journal: what became of files, whoever changed them."""

from __future__ import annotations

import gc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_almostism.witness import Abandoned, DeletedFile, FileEvent, Journal, Witness
from pytest_almostism.witness.journal import KEPT

PATH = r"C:\KEY.TMP"


class File:
    """Stands for a file."""


@pytest.fixture
def journal() -> Journal:
    return Journal()


@pytest.fixture
def file() -> File:
    return File()


def test_events_tell_who_did_what(journal: Journal, file: File) -> None:
    journal.record(file, "created", PATH)
    journal.actor = lambda: "12AB:0125 INT 21h/40h"
    life = journal.life(file, PATH)
    life.written(0, 1)
    life.record("truncated", length=0, detail="from 1")
    assert [str(event) for event in journal.history(PATH)] == [
        r"C:\KEY.TMP created [python]",
        r"C:\KEY.TMP written: 1 byte at offset 0 [12AB:0125 INT 21h/40h]",
        r"C:\KEY.TMP truncated to 0 bytes, from 1 [12AB:0125 INT 21h/40h]",
    ]


def test_an_event_of_nobody_has_no_brackets() -> None:
    assert str(FileEvent("closed", PATH)) == r"C:\KEY.TMP closed"


def test_writes_one_behind_another_are_one_event(journal: Journal, file: File) -> None:
    life = journal.life(file, PATH)
    for offset in range(0, 1024, 512):
        life.written(offset, 512)
    life.written(0, 10)
    assert [(event.offset, event.length) for event in life.history] == [(0, 1024), (0, 10)]


def test_something_between_two_writes_keeps_them_apart(journal: Journal, file: File) -> None:
    life = journal.life(file, PATH)
    life.written(0, 512)
    life.record("closed")
    life.written(512, 512)
    assert [event.action for event in life.history] == ["written", "closed", "written"]


@given(st.integers(min_value=0, max_value=5 * KEPT))
def test_a_long_history_keeps_its_ends_and_counts_the_rest(number: int) -> None:
    life = Journal().life(File(), PATH)
    for index in range(number):
        life.written(2 * index, 1)
    offsets = [event.offset // 2 for event in life.history if event.action == "written"]
    omitted = [event.length for event in life.history if event.action == "omitted"]
    assert offsets[:KEPT] == list(range(min(number, KEPT)))
    assert offsets[KEPT:] == list(range(max(KEPT, number - KEPT), number))
    assert len(offsets) + sum(omitted) == number
    assert len(omitted) == (number > 2 * KEPT)


def test_a_gap_in_the_history_is_said(journal: Journal, file: File) -> None:
    life = journal.life(file, PATH)
    for index in range(2 * KEPT + 37):
        life.written(2 * index, 1)
    assert str(life.history[KEPT]) == r"C:\KEY.TMP omitted, 37 events"


class TestDeleted:
    def test_files_are_known_by_their_path(self, journal: Journal, file: File) -> None:
        journal.record(file, "created", PATH)
        journal.delete(file, PATH, bytes(3))
        deleted = journal.deleted[PATH]
        assert bytes(deleted) == b"\0\0\0"
        assert deleted.zeroed
        assert [event.action for event in deleted.history] == ["created", "deleted"]

    @pytest.mark.parametrize(
        ("contents", "state"),
        [
            (b"", "empty"),
            (b"\0", "1 byte, all of them zero"),
            (b"\0\1", "2 bytes, not all of them zero"),
        ],
    )
    def test_files_say_what_they_were(
        self, journal: Journal, file: File, contents: bytes, state: str
    ) -> None:
        assert str(journal.delete(file, PATH, contents)) == rf"C:\KEY.TMP deleted, {state} [python]"

    def test_files_with_bytes_left_are_not_zeroed(self) -> None:
        assert not DeletedFile(PATH, b"\0\0\1").zeroed

    def test_files_that_were_truncated_first_are_not_zeroed(
        self, journal: Journal, file: File
    ) -> None:
        journal.life(file, PATH).abandon(4, b"key", "truncated from 7 to 4 bytes")
        deleted = journal.delete(file, PATH, bytes(4))
        assert not deleted.zeroed
        assert deleted.abandoned == (Abandoned(4, b"key", "truncated from 7 to 4 bytes"),)
        assert "3 bytes at offset 4 abandoned: truncated from 7 to 4 bytes" in str(deleted)

    def test_files_that_lost_only_zeros_are_zeroed(self, journal: Journal, file: File) -> None:
        journal.life(file, PATH).abandon(0, bytes(100), "truncated from 100 to 0 bytes")
        assert journal.delete(file, PATH, b"").zeroed

    def test_files_of_one_name_leave_the_newest(self, journal: Journal) -> None:
        journal.delete(File(), PATH, b"old")
        journal.delete(File(), PATH, b"new")
        assert bytes(journal.deleted[PATH]) == b"new"

    def test_files_are_kept_but_not_what_stood_for_them(self, journal: Journal) -> None:
        for index in range(100):
            journal.delete(File(), rf"C:\{index}.TMP", b"x")
        gc.collect()
        assert len(journal.deleted) == 100
        assert not list(journal._lives)


class TestHistory:
    def test_follows_a_file_through_its_names(self, journal: Journal, file: File) -> None:
        journal.record(file, "created", r"C:\OLD")
        journal.record(file, "renamed", r"C:\OLD", detail=r"now C:\NEW")
        journal.life(file, r"C:\NEW").written(0, 5)
        expected = [("created", r"C:\OLD"), ("renamed", r"C:\OLD"), ("written", r"C:\NEW")]
        for path in (r"C:\OLD", r"C:\NEW"):
            assert [(event.action, event.path) for event in journal.history(path)] == expected

    def test_of_a_path_is_that_of_all_its_files(self, journal: Journal) -> None:
        files = File(), File()
        for file in files:
            journal.record(file, "created", PATH)
            journal.delete(file, PATH, b"")
        actions = [event.action for event in journal.history(PATH)]
        assert actions == ["created", "deleted"] * 2

    def test_is_found_in_any_case(self, journal: Journal, file: File) -> None:
        journal.record(file, "created", PATH)
        assert journal.history(r"c:\key.tmp") == journal.history(PATH) != ()

    def test_of_an_unknown_path_is_empty(self, journal: Journal) -> None:
        assert journal.history(PATH) == ()

    def test_of_a_path_used_ten_thousand_times_is_bounded(self, journal: Journal) -> None:
        for _ in range(10_000):
            journal.delete(File(), PATH, b"")
        assert len(journal.history(PATH)) < 100


def test_touched_are_the_paths_of_changes_only(journal: Journal) -> None:
    files = File(), File(), File()
    journal.record(files[0], "opened", r"C:\READ")
    journal.record(files[0], "closed", r"C:\READ")
    journal.life(files[1], r"C:\WRITTEN").written(0, 1)
    journal.delete(files[2], r"C:\DELETED", b"")
    assert journal.touched() == {r"C:\WRITTEN", r"C:\DELETED"}


class TestWitness:
    def test_knows_nothing_of_a_path_nobody_used(self, journal: Journal) -> None:
        assert Witness(journal).of(PATH) is None

    def test_tells_of_a_file_that_lives(self, journal: Journal, file: File) -> None:
        journal.record(file, "created", PATH)
        erasure = Witness(journal).of(PATH)
        assert erasure is not None
        assert not erasure.deleted
        assert not erasure.zeroed
        assert erasure.last_contents is None
        assert [event.action for event in erasure.history] == ["created"]

    def test_tells_of_a_file_that_was_wiped(self, journal: Journal, file: File) -> None:
        journal.delete(file, PATH, bytes(1023))
        witness = Witness(journal)
        erasure = witness.of("c:\\key.tmp")
        assert erasure is not None
        assert erasure.deleted
        assert erasure.zeroed
        assert erasure.last_contents == bytes(1023)
        assert witness.deleted[PATH].zeroed

    def test_tells_what_was_abandoned(self, journal: Journal, file: File) -> None:
        journal.life(file, PATH).abandon(0, b"key", "truncated from 3 to 0 bytes")
        journal.delete(file, PATH, b"")
        erasure = Witness(journal).of(PATH)
        assert erasure is not None
        assert not erasure.zeroed
        assert [lost.data for lost in erasure.abandoned] == [b"key"]
        assert str(erasure).splitlines() == [
            r"C:\KEY.TMP deleted, empty [python]",
            "3 bytes at offset 0 abandoned: truncated from 3 to 0 bytes",
        ]

    def test_follows_a_file_that_was_renamed_before_it_went(
        self, journal: Journal, file: File
    ) -> None:
        journal.record(file, "renamed", r"C:\A", detail=r"now C:\B")
        journal.delete(file, r"C:\B", b"")
        erasure = Witness(journal).of(r"C:\A")
        assert erasure is not None
        assert (erasure.deleted, erasure.path) == (True, r"C:\B")

    def test_of_a_name_used_again_tells_of_the_new_file(self, journal: Journal, file: File) -> None:
        journal.delete(File(), PATH, b"old")
        journal.record(file, "created", PATH)
        erasure = Witness(journal).of(PATH)
        assert erasure is not None
        assert not erasure.deleted
        assert len(erasure.history) == 2
