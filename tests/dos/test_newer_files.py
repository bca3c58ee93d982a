"""INT 21h/5Ah, 67h, 68h, 6Ah, 6Ch: temporary files, more handles, commit, extended open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_almostism import Dos
from pytest_almostism.dos import ErrorCode
from pytest_almostism.dos.clock import Clock

if TYPE_CHECKING:
    import datetime as dt

    from pyfakefs.fake_file import FakeFile

Call = dict[str, int | bytes | bytearray]
FIRST = 5  # the first handle that a program gets
READ, WRITE, BOTH = 0, 1, 2
OPENED, CREATED, REPLACED = 1, 2, 3


def create(path: bytes, attributes: int = 0) -> Call:
    return {"ax": 0x3C00, "dx": path + b"\0", "cx": attributes}


def open_file(path: bytes, access: int = READ) -> Call:
    return {"ax": 0x3D00 | access, "dx": path + b"\0"}


def close(handle: int) -> Call:
    return {"ax": 0x3E00, "bx": handle}


def read(handle: int, into: bytearray) -> Call:
    return {"ax": 0x3F00, "bx": handle, "dx": into, "cx": len(into)}


def write(handle: int, data: bytes) -> Call:
    return {"ax": 0x4000, "bx": handle, "dx": data, "cx": len(data)}


# -- 5Ah: temporary files ------------------------------------------------------------------------


def temporary(buffer: bytearray, attributes: int = 0) -> Call:
    return {"ax": 0x5A00, "dx": buffer, "cx": attributes}


def room(path: bytes) -> bytearray:
    return bytearray(path.ljust(len(path) + 14, b"\0"))


def name_in(buffer: bytearray) -> str:
    return buffer.split(b"\0")[0].decode("cp437")


@pytest.mark.parametrize("path", [rb"C:\TEMP" + b"\\", rb"C:\TEMP", b"TEMP/", b"temp"])
def test_a_temporary_file_has_a_new_name_that_is_appended_to_the_path(
    dos: Dos, guest: Any, path: bytes
) -> None:
    dos.path("TEMP").mkdir()
    buffer = room(path)

    made, written = guest(temporary(buffer), write(FIRST, b"notes"))

    assert (made.error, made.ax, written.ax) == (None, FIRST, 5)
    assert name_in(buffer).startswith(path.decode())
    (file,) = dos.path("TEMP").iterdir()
    assert dos.path(name_in(buffer)) == file
    assert file.read_bytes() == b"notes"
    assert len(file.name) == 8, f"{file.name} is no name without an extension"


def test_an_empty_path_is_no_directory(guest: Any) -> None:
    (made,) = guest(temporary(room(b"")))

    assert made.carry is False or made.error is ErrorCode.PATH_NOT_FOUND


def test_temporary_files_have_names_of_their_own(dos: Dos, guest: Any) -> None:
    buffers = [room(b"C:\\") for _ in range(10)]

    answers = guest(*map(temporary, buffers))

    assert [answer.error for answer in answers] == [None] * 10
    names = {name_in(buffer) for buffer in buffers}
    assert len(names) == 10
    assert all(dos.path(name).is_file() for name in names)


def test_temporary_names_are_the_same_on_every_run(guest_on: Any) -> None:
    def names() -> list[str]:
        with Dos() as dos:
            buffers = [room(b"C:\\") for _ in range(3)]
            guest_on(dos)(*map(temporary, buffers))
        return [name_in(buffer) for buffer in buffers]

    assert names() == names()


def test_a_temporary_file_has_the_attributes_it_is_given(dos: Dos, guest: Any) -> None:
    buffer = room(b"C:\\")

    guest(temporary(buffer, 0x02))

    assert dos.path(name_in(buffer)).attributes == 0x22


def test_a_temporary_file_has_no_path_of_more_than_66_characters(dos: Dos, guest: Any) -> None:
    dos.path("AAAAAAAA").mkdir()
    longest, longer = room(b"C:\\" + b"A" * 54), room(b"C:\\" + b"A" * 55)

    made, refused = guest(temporary(longest), temporary(longer))

    assert made.error is None
    assert refused.error is ErrorCode.PATH_NOT_FOUND


def test_there_is_no_temporary_file_in_a_directory_that_is_not_there(error_of: Any) -> None:
    assert error_of(ax=0x5A00, dx=room(b"C:\\NOWHERE\\")) is ErrorCode.PATH_NOT_FOUND


def test_the_directory_that_is_full_of_names_goes_on_with_the_next(dos: Dos, guest: Any) -> None:
    first, second = room(b"C:\\"), room(b"C:\\")
    guest(temporary(first))
    guest(temporary(second))

    assert name_in(first) != name_in(second)
    assert dos.path(name_in(first)).is_file(), "the second one has replaced it"


# -- 67h: the number of handles --------------------------------------------------------------------


def set_handles(count: int) -> Call:
    return {"ax": 0x6700, "bx": count}


# A .COM has all memory; this gives back what is behind its first 64 KiB.
SHRINK: Call = {"ax": 0x4A00, "bx": 0x1000}


def shrink(segment: int) -> Call:
    return {**SHRINK, "es": segment}


@pytest.fixture
def segment(guest: Any) -> int:
    """The PSP of the guest, which is the same on every run."""
    return int(guest({"ax": 0x6200})[0].bx)


def test_a_program_has_20_handles_if_it_does_not_ask_for_more(guest: Any) -> None:
    answers = guest(*[open_file(b"NUL")] * 16)

    assert [a.ax for a in answers[:15]] == list(range(5, 20))
    assert answers[15].error is ErrorCode.TOO_MANY_OPEN_FILES


def test_as_many_handles_as_asked_for_can_be_used(dos: Dos, guest: Any, segment: int) -> None:
    names = [b"F%d.TXT" % n for n in range(45)]

    answers = guest(
        shrink(segment),
        set_handles(50),
        *map(create, names),
        open_file(b"NUL"),
        write(49, b"the last"),
    )

    assert [a.error for a in answers[:-2]] == [None] * 47
    assert [a.ax for a in answers[2:-2]] == list(range(5, 50))
    assert answers[-2].error is ErrorCode.TOO_MANY_OPEN_FILES
    assert dos.path("F44.TXT").read_bytes() == b"the last"


def test_open_handles_stay_when_there_are_more(guest: Any, segment: int) -> None:
    into = bytearray(3)

    answers = guest(
        create(b"X.TXT"),
        shrink(segment),
        set_handles(30),
        write(FIRST, b"abc"),
        {"ax": 0x4200, "bx": FIRST},
        read(FIRST, into),
    )

    assert [a.error for a in answers] == [None] * 6
    assert into == b"abc"


def test_the_table_moves_out_of_the_psp_and_back(dos: Dos, guest: Any, segment: int) -> None:
    guest(shrink(segment), set_handles(21))
    outside = dos.memory.pointer(segment, 0x34), dos.memory.word(segment, 0x32)
    guest(shrink(segment), set_handles(21), set_handles(20))
    inside = dos.memory.pointer(segment, 0x34), dos.memory.word(segment, 0x32)

    assert outside[1] == 21
    assert outside[0][0] > segment + 0x1000, "it is within the program's first 64 KiB"
    assert inside == ((segment, 0x18), 20)


def test_the_memory_of_the_table_is_given_back(guest: Any, segment: int) -> None:
    everything: Call = {"ax": 0x4800, "bx": 0xFFFF}

    answers = guest(
        shrink(segment),
        everything,
        set_handles(200),
        everything,
        set_handles(60),
        set_handles(5),
        everything,
    )

    before, meanwhile, after = (answers[n].bx for n in (1, 3, 6))
    assert meanwhile < before
    assert after == before


def test_handles_that_are_open_cannot_be_taken_away(guest: Any, segment: int) -> None:
    answers = guest(
        shrink(segment),
        set_handles(40),
        *[open_file(b"NUL")] * 20,
        set_handles(20),
        close(24),
        close(23),
        close(22),
        close(21),
        set_handles(21),
        close(20),
        set_handles(20),
    )

    errors = [a.error for a in answers]
    assert errors[22] is ErrorCode.TOO_MANY_OPEN_FILES
    assert [e for n, e in enumerate(errors) if n != 22] == [None] * 29


def test_without_memory_there_are_no_more_handles(error_of: Any) -> None:
    assert error_of(ax=0x6700, bx=30) is ErrorCode.INSUFFICIENT_MEMORY


@pytest.mark.parametrize("count", [0, 1, 19, 20])
def test_there_are_never_fewer_than_20(guest: Any, count: int) -> None:
    changed, *opened = guest(set_handles(count), *[open_file(b"NUL")] * 15)

    assert changed.error is None
    assert opened[-1].ax == 19


# -- 68h, 6Ah: commit ------------------------------------------------------------------------------


class LookingClock(Clock):
    """Looks at what is on the disk whenever somebody asks it for the time."""

    seen: tuple[bytes | None, ...] = ()
    file: FakeFile | None = None

    def now(self) -> dt.datetime:
        """Return the present moment."""
        if self.file is not None:
            self.seen += (self.file.byte_contents,)
        return super().now()


@pytest.mark.parametrize(
    ("mode", "function", "is_there"),
    [
        pytest.param(BOTH, 0x6800, True, id="committed"),
        pytest.param(BOTH, 0x6A00, True, id="committed by 6Ah"),
        pytest.param(BOTH, 0x0D00, True, id="drive reset"),
        pytest.param(BOTH, 0x710D, True, id="drive reset by 710Dh"),
        pytest.param(BOTH, 0x5400, False, id="not committed"),
        pytest.param(0x4000 | BOTH, 0x5400, True, id="opened to commit every write"),
    ],
)
def test_what_is_committed_is_on_the_disk_while_the_program_runs(
    dos_factory: Any, guest_on: Any, mode: int, function: int, *, is_there: bool
) -> None:
    clock = LookingClock()
    dos = dos_factory(clock=clock)
    dos.path("X.TXT").write_bytes(b"")
    clock.file = dos.filesystem.get_object(dos.path("X.TXT").fake_path)

    answers = guest_on(dos)(
        extended(b"X.TXT", 0x01, mode),
        write(FIRST, b"abc"),
        {"ax": function, "bx": FIRST},
        {"ax": 0x2C00},  # the time
    )

    assert not any(answer.carry for answer in answers)
    assert (b"abc" in clock.seen) == is_there


@pytest.mark.parametrize("function", [0x68, 0x6A])
def test_only_what_is_open_can_be_committed(error_of: Any, function: int) -> None:
    assert error_of(ax=function << 8, bx=9) is ErrorCode.INVALID_HANDLE


@pytest.mark.parametrize("function", [0x68, 0x6A])
def test_a_device_has_nothing_to_commit(error_of: Any, function: int) -> None:
    assert error_of(ax=function << 8, bx=1) is None


# -- 6Ch: extended open -------------------------------------------------------------------------


def extended(path: bytes, action: int, mode: int = BOTH, attributes: int = 0) -> Call:
    return {"ax": 0x6C00, "si": path + b"\0", "dx": action, "bx": mode, "cx": attributes}


@pytest.mark.parametrize(
    ("action", "there", "error", "outcome"),
    [
        (0x01, True, None, OPENED),
        (0x11, True, None, OPENED),
        (0x02, True, None, REPLACED),
        (0x12, True, None, REPLACED),
        (0x10, True, ErrorCode.FILE_EXISTS, None),
        (0x10, False, None, CREATED),
        (0x11, False, None, CREATED),
        (0x12, False, None, CREATED),
        (0x01, False, ErrorCode.FILE_NOT_FOUND, None),
        (0x02, False, ErrorCode.FILE_NOT_FOUND, None),
        *(
            (action, there, ErrorCode.INVALID_FUNCTION, None)
            for action in (0x00, 0x03, 0x13, 0x20, 0x21, 0x0F, 0x100)
            for there in (True, False)
        ),
    ],
)
def test_an_extended_open_does_what_it_is_told(
    dos: Dos, guest: Any, action: int, *, there: bool, error: ErrorCode | None, outcome: int | None
) -> None:
    file = dos.path("X.TXT")
    if there:
        file.write_bytes(b"old")

    (answer,) = guest(extended(b"X.TXT", action, attributes=0x02))

    assert answer.error is error
    if error is None:
        assert (answer.ax, answer.cx) == (FIRST, outcome)
        assert file.read_bytes() == (b"old" if outcome == OPENED else b"")
        assert file.attributes == (0x20 if outcome == OPENED else 0x22)
    else:
        assert file.exists() == there
        assert not there or file.read_bytes() == b"old"


@pytest.mark.parametrize("mode", [READ, WRITE, BOTH])
@pytest.mark.parametrize("action", [0x01, 0x12])
def test_the_access_is_that_of_the_mode(dos: Dos, guest: Any, mode: int, action: int) -> None:
    dos.path("X.TXT").write_bytes(b"old")

    _, was_read, was_written = guest(
        extended(b"X.TXT", action, mode), read(FIRST, bytearray(1)), write(FIRST, b"n")
    )

    assert was_read.error is (ErrorCode.ACCESS_DENIED if mode == WRITE else None)
    assert was_written.error is (ErrorCode.ACCESS_DENIED if mode == READ else None)


@pytest.mark.parametrize("mode", [3, 4, 7, 0x50, 0x72])
def test_there_are_no_other_modes(dos: Dos, error_of: Any, mode: int) -> None:
    error = error_of(**extended(b"X.TXT", 0x12, mode))

    assert error is ErrorCode.INVALID_ACCESS_CODE
    assert not dos.path("X.TXT").exists()


@pytest.mark.parametrize(("action", "mode"), [(0x01, WRITE), (0x01, BOTH), (0x02, READ)])
def test_a_read_only_file_is_not_changed(dos: Dos, error_of: Any, action: int, mode: int) -> None:
    dos.path("X.TXT").write_bytes(b"old")
    dos.path("X.TXT").attributes = 0x01

    assert error_of(**extended(b"X.TXT", action, mode)) is ErrorCode.ACCESS_DENIED
    assert dos.path("X.TXT").read_bytes() == b"old"


def test_a_read_only_file_can_be_written_by_whoever_creates_it(dos: Dos, guest: Any) -> None:
    made, written = guest(extended(b"X.TXT", 0x10, WRITE, 0x01), write(FIRST, b"once"))

    assert (made.cx, written.ax) == (CREATED, 4)
    assert dos.path("X.TXT").attributes & 0x01


def test_a_device_is_opened(guest: Any) -> None:
    answer, written = guest(extended(b"NUL", 0x12), write(FIRST, b"abc"))

    assert (answer.ax, answer.cx, written.ax) == (FIRST, OPENED, 3)


def test_a_directory_is_no_file(dos: Dos, error_of: Any) -> None:
    dos.path("SUB").mkdir()

    assert error_of(**extended(b"SUB", 0x01, READ)) is ErrorCode.ACCESS_DENIED


def test_without_a_free_handle_nothing_is_created(dos: Dos, guest: Any) -> None:
    *_, failed = guest(*[open_file(b"NUL")] * 15, extended(b"X.TXT", 0x12))

    assert failed.error is ErrorCode.TOO_MANY_OPEN_FILES
    assert not dos.path("X.TXT").exists()


def test_al_must_be_0(error_of: Any) -> None:
    assert error_of(ax=0x6C01, si=b"X.TXT\0", dx=0x12, bx=2) is ErrorCode.INVALID_FUNCTION


@settings(max_examples=40)
@given(action=st.integers(0, 0xFFFF), mode=st.integers(0, 0xFFFF), there=st.booleans())
def test_whatever_is_asked_the_old_file_is_changed_only_if_it_says_so(
    guest_on: Any, action: int, mode: int, *, there: bool
) -> None:
    with Dos() as dos:
        file = dos.path("X.TXT")
        if there:
            file.write_bytes(b"old")
        (answer,) = guest_on(dos)(extended(b"X.TXT", action, mode))

        if answer.carry:
            assert file.exists() == there
            assert not there or file.read_bytes() == b"old"
        else:
            assert answer.cx == (OPENED if action & 1 else REPLACED) if there else CREATED
            assert file.read_bytes() == (b"old" if there and action & 1 else b"")
