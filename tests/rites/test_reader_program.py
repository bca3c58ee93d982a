"""READER.COM on the emulated DOS: its judgements, what it destroys, what it leaves alone."""

from __future__ import annotations

import shutil
import struct
import subprocess
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pytest_almostism
from pytest_almostism import EDITIONS, Dos, Scripture
from pytest_almostism.dos.registers import Flag
from pytest_almostism.scripture import CREED, LITURGY

if TYPE_CHECKING:
    from pytest_almostism import ProgramResult

RITES = Path(pytest_almostism.__file__).parent / "rites"
READER = (RITES / "READER.COM").read_bytes()

TRUE, VIOLATION_OF_GAP, INVALID_CHECKSUM, NO_SUCH_FILE, NO_SCRIPTURE, IO_ERROR, WRONG_USAGE = range(
    7
)

OPEN, CLOSE, READ, WRITE, DELETE, SEEK = 0x3D, 0x3E, 0x3F, 0x40, 0x41, 0x42
STDOUT = 1

SCRIPTURE = bytes(Scripture.build(0xA7))


def with_bit_flipped(data: bytes, offset: int, bit: int = 0) -> bytes:
    changed = bytearray(data)
    changed[offset] ^= 1 << bit
    return bytes(changed)


FALSE_CREED = with_bit_flipped(SCRIPTURE, 0)
FALSE_SUM = with_bit_flipped(SCRIPTURE, 500)


def file_calls(result: ProgramResult) -> list[int]:
    """The DOS functions called on files, in order; what went to the screen is left out."""
    return [
        call.function
        for call in result.calls
        if call.interrupt == 0x21
        and call.function in {OPEN, CLOSE, READ, WRITE, DELETE, SEEK}
        and not (call.function == WRITE and call.bx == STDOUT)
    ]


def judgement(data: bytes) -> int:
    """The exit code that a file with these contents deserves."""
    if len(data) > 1023:
        return VIOLATION_OF_GAP
    if len(data) < 1023 or not data.startswith(CREED):
        return NO_SCRIPTURE
    return INVALID_CHECKSUM if sum(data) % 256 else TRUE


# ---- judgements


def test_a_true_scripture_is_gone_and_was_zero_on_disk_before_it_went(dos: Dos) -> None:
    dos.path("SCRIPTUR.E").write_bytes(SCRIPTURE)

    result = dos.run(READER, "SCRIPTUR.E")

    assert result.output == "SCRIPTUR.E: true. It is gone.\n"
    assert result.exit_code == TRUE
    assert not dos.path("SCRIPTUR.E").exists()
    deleted = dos.deleted[r"C:\SCRIPTUR.E"]
    assert deleted.zeroed
    assert bytes(deleted) == bytes(1023)


def test_it_measures_reads_zeroes_closes_and_only_then_deletes(dos: Dos) -> None:
    dos.path("X").write_bytes(SCRIPTURE)

    result = dos.run(READER, "X")

    assert file_calls(result) == [OPEN, SEEK, SEEK, READ, SEEK, WRITE, CLOSE, DELETE]
    assert not result.unsupported


def test_every_instance_byte_is_judged_true(dos: Dos) -> None:
    for instance in range(1, 256):
        dos.path("X").write_bytes(bytes(Scripture.build(instance)))

        assert dos.run(READER, "X").exit_code == TRUE, f"instance byte {instance:02X}"
        assert not dos.path("X").exists(), f"instance byte {instance:02X}"


@pytest.mark.parametrize("name", sorted(EDITIONS))
def test_every_edition_is_judged_true(dos: Dos, name: str) -> None:
    dos.path("X").write_bytes(EDITIONS[name].build())

    assert dos.run(READER, "X").exit_code == TRUE
    assert dos.deleted[r"C:\X"].zeroed


@pytest.mark.parametrize("size", [1024, 1025, 4096, 4097, 65535, 65536, 65537, 70000])
def test_a_file_beyond_the_gap_is_destroyed_unread(dos: Dos, size: int) -> None:
    dos.path("X").write_bytes(SCRIPTURE + b"\xff" * (size - 1023))

    result = dos.run(READER, "X")

    assert result.output == "X: VIOLATION_OF_GAP. Longer than 1023 bytes; destroyed unread.\n"
    assert result.exit_code == VIOLATION_OF_GAP
    assert READ not in file_calls(result)
    assert dos.deleted[r"C:\X"].zeroed
    assert bytes(dos.deleted[r"C:\X"]) == bytes(size)


@pytest.mark.parametrize("offset", [8, 49, 50, 51, 1021, 1022])
def test_a_false_sum_is_destroyed_too(dos: Dos, offset: int) -> None:
    dos.path("X").write_bytes(with_bit_flipped(SCRIPTURE, offset, bit=7))

    result = dos.run(READER, "X")

    assert result.output == "X: INVALID_CHECKSUM. Its bytes do not sum to 0; destroyed.\n"
    assert result.exit_code == INVALID_CHECKSUM
    assert dos.deleted[r"C:\X"].zeroed
    assert bytes(dos.deleted[r"C:\X"]) == bytes(1023)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(SCRIPTURE[:1], id="1-byte"),
        pytest.param(SCRIPTURE[:8], id="only-the-creed"),
        pytest.param(SCRIPTURE[:-1], id="1022-bytes"),
        pytest.param(bytes(1023), id="1023-zeros"),
        pytest.param(b"MZ" + SCRIPTURE[2:], id="another-creed"),
    ],
)
def test_what_is_no_scripture_is_left_alone(dos: Dos, data: bytes) -> None:
    dos.path("LETTER.TXT").write_bytes(data)

    result = dos.run(READER, "LETTER.TXT")

    assert result.output == "LETTER.TXT: not a scripture. Left alone.\n"
    assert result.exit_code == NO_SCRIPTURE
    assert dos.path("LETTER.TXT").read_bytes() == data
    assert not {WRITE, DELETE} & set(file_calls(result))


def test_every_bit_of_the_creed_is_looked_at(dos: Dos) -> None:
    for offset in range(len(CREED)):
        for bit in range(8):
            data = with_bit_flipped(SCRIPTURE, offset, bit)
            dos.path("X").write_bytes(data)

            assert dos.run(READER, "X").exit_code == NO_SCRIPTURE, f"bit {bit} of byte {offset}"
            assert dos.path("X").read_bytes() == data, f"bit {bit} of byte {offset}"


@given(
    st.builds(
        lambda start, middle, end: start + middle + end,
        st.sampled_from([b"", CREED, SCRIPTURE[:-2], SCRIPTURE[:-1], SCRIPTURE]),
        st.binary(max_size=2),
        st.sampled_from([b"", bytes(1013), bytes(5000), SCRIPTURE]),
    )
)
def test_any_file_meets_the_fate_it_deserves(data: bytes) -> None:
    with Dos() as dos:
        dos.path("X").write_bytes(data)

        result = dos.run(READER, "X")

        assert result.exit_code == judgement(data)
        if result.exit_code == NO_SCRIPTURE:
            assert dos.path("X").read_bytes() == data
        else:
            assert not dos.path("X").exists()
            assert bytes(dos.deleted[r"C:\X"]) == bytes(len(data))


def test_nothing_of_the_scripture_stays_in_memory(dos: Dos) -> None:
    dos.path("X").write_bytes(SCRIPTURE)

    process = dos.load(READER, "X")
    process.run()

    assert LITURGY not in dos.memory.read(process.psp, 0, 0x10000)


def test_no_other_file_is_touched(dos: Dos) -> None:
    dos.path("X").write_bytes(SCRIPTURE)
    dos.path("X.BAK").write_bytes(SCRIPTURE)
    dos.path("DIR").mkdir()
    dos.path(r"DIR\X").write_bytes(SCRIPTURE)

    assert dos.run(READER, "X").exit_code == TRUE

    assert dos.path("X.BAK").read_bytes() == SCRIPTURE
    assert dos.path(r"DIR\X").read_bytes() == SCRIPTURE


def test_the_reader_is_longer_than_the_gap_allows_and_obeys_its_own_law(dos: Dos) -> None:
    dos.path("READER.COM").write_bytes(READER)

    assert dos.run("READER.COM", "READER.COM").exit_code == VIOLATION_OF_GAP
    assert dos.deleted[r"C:\READER.COM"].zeroed


# ---- what cannot be judged


@pytest.mark.parametrize("name", ["X", r"C:\NOWHERE\X", r"Q:\X", "*.BIN"])
@pytest.mark.parametrize("switch", ["", "/L "])
def test_a_missing_file_is_reported(dos: Dos, switch: str, name: str) -> None:
    result = dos.run(READER, switch + name)

    assert result.output == f"{name}: no such file.\n"
    assert result.exit_code == NO_SUCH_FILE


@pytest.mark.parametrize("switch", ["", "/L "])
def test_a_read_only_file_is_reported_and_left_alone(dos: Dos, switch: str) -> None:
    dos.path("X").write_bytes(SCRIPTURE)
    dos.path("X").attributes |= 1

    result = dos.run(READER, switch + "X")

    assert result.output == "X: could not be opened (DOS error 05).\n"
    assert result.exit_code == IO_ERROR
    assert dos.path("X").read_bytes() == SCRIPTURE


def test_a_read_only_drive_is_reported_and_left_alone(dos: Dos, tmp_path: Path) -> None:
    (tmp_path / "X").write_bytes(SCRIPTURE)
    dos.mount("D", tmp_path, read_only=True)

    result = dos.run(READER, r"D:\X")

    assert result.output.startswith(r"D:\X: could not be opened (DOS error ")
    assert result.exit_code == IO_ERROR
    assert (tmp_path / "X").read_bytes() == SCRIPTURE


def test_a_directory_cannot_be_opened(dos: Dos) -> None:
    dos.path("DIR").mkdir()

    result = dos.run(READER, "DIR")

    assert result.output == "DIR: could not be opened (DOS error 05).\n"
    assert result.exit_code == IO_ERROR


@pytest.mark.parametrize("device", ["CON", "NUL"])
def test_a_device_is_no_scripture_and_nobody_waits_for_its_input(dos: Dos, device: str) -> None:
    result = dos.run(READER, device)

    assert result.exit_code == NO_SCRIPTURE
    assert READ not in file_calls(result)


CMP_AX = 0x3D
CMP_AH = b"\x80\xfc"


def run_with_a_failing_call(
    dos: Dos, args: str, *, call: int, answer: int, error: bool = True
) -> ProgramResult:
    """Runs the reader after hooking INT 21h: a call that is not for the screen fails.

    Args:
        dos: The machine.
        args: The reader's arguments.
        call: The function (AH) to answer, or function and subfunction (AX) if above FFh.
        answer: What the reader finds in AX.
        error: Whether the carry flag is set.
    """
    process = dos.load(READER, args)
    old_vector = dos.memory.read(0, 0x21 * 4, 4)
    compare = struct.pack("<BH", CMP_AX, call) if call > 0xFF else CMP_AH + bytes([call])
    answering = b"".join(
        [
            b"\xb8" + struct.pack("<H", answer),  # mov ax, answer
            b"\x55\x89\xe5",  # push bp; mov bp, sp
            b"\x83\x4e\x06\x01" if error else b"\x83\x66\x06\xfe",  # the carry flag to return
            b"\x5d\xcf",  # pop bp; iret
        ]
    )
    only_files = b"\x83\xfb\x01\x74" + bytes([len(answering)])  # cmp bx, 1; je to the old vector
    hook = b"".join(
        [
            compare,
            b"\x75" + bytes([len(only_files + answering)]),  # jne to the old vector
            only_files,
            answering,
            b"\xea" + old_vector,  # jmp far
        ]
    )
    dos.memory.write(process.psp, 0x9000, hook)
    dos.memory.write(0, 0x21 * 4, struct.pack("<HH", 0x9000, process.psp))
    return process.run()


@pytest.mark.parametrize("answer", [2, 3, 15])
def test_no_file_no_path_and_no_drive_are_all_no_such_file(dos: Dos, answer: int) -> None:
    result = run_with_a_failing_call(dos, "X", call=OPEN, answer=answer)

    assert result.output == "X: no such file.\n"
    assert result.exit_code == NO_SUCH_FILE


@pytest.mark.parametrize("answer", [1, 4, 5, 12, 32])
def test_any_other_refusal_to_open_is_an_error(dos: Dos, answer: int) -> None:
    result = run_with_a_failing_call(dos, "X", call=OPEN, answer=answer)

    assert result.output == f"X: could not be opened (DOS error {answer:02}).\n"
    assert result.exit_code == IO_ERROR


@pytest.mark.parametrize(
    ("args", "data"),
    [
        pytest.param("X", FALSE_CREED, id="no-scripture"),
        pytest.param("/L X", FALSE_SUM, id="false-sum"),
        pytest.param("/L X", SCRIPTURE, id="before-its-liturgy"),
    ],
)
def test_a_file_left_alone_that_cannot_be_closed_is_an_error(
    dos: Dos, args: str, data: bytes
) -> None:
    dos.path("X").write_bytes(data)

    result = run_with_a_failing_call(dos, args, call=CLOSE, answer=31)

    assert result.output == "X: could not be closed (DOS error 31).\n"
    assert result.exit_code == IO_ERROR
    assert dos.path("X").read_bytes() == data


@pytest.mark.parametrize(
    ("call", "step"),
    [
        pytest.param(0x4202, "could not be measured", id="measure"),
        pytest.param(0x4200, "could not be read", id="rewind"),
        pytest.param(READ, "could not be read", id="read"),
        pytest.param(WRITE, "could not be zeroed", id="write"),
        pytest.param(CLOSE, "could not be closed", id="close"),
        pytest.param(DELETE, "zeroed, but could not be deleted", id="delete"),
    ],
)
def test_a_step_that_fails_is_named_with_the_error_of_dos(dos: Dos, call: int, step: str) -> None:
    dos.path("X").write_bytes(SCRIPTURE)

    result = run_with_a_failing_call(dos, "X", call=call, answer=31)

    assert result.output == f"X: {step} (DOS error 31).\n"
    assert result.exit_code == IO_ERROR
    expected = bytes(1023) if call in {CLOSE, DELETE} else SCRIPTURE
    assert dos.path("X").read_bytes() == expected
    if call != CLOSE:
        assert CLOSE in file_calls(result), "it gives its handle back all the same"


@pytest.mark.parametrize(
    ("call", "step"),
    [
        pytest.param(READ, "could not be read", id="read"),
        pytest.param(WRITE, "could not be zeroed", id="write"),
    ],
)
def test_half_a_step_counts_as_a_failure(dos: Dos, call: int, step: str) -> None:
    dos.path("X").write_bytes(SCRIPTURE)

    result = run_with_a_failing_call(dos, "X", call=call, answer=1022, error=False)

    assert result.output == f"X: {step} (too few bytes).\n"
    assert result.exit_code == IO_ERROR
    assert dos.path("X").read_bytes() == SCRIPTURE


@pytest.mark.parametrize(
    "call", [pytest.param(0x4200, id="rewind"), pytest.param(WRITE, id="write")]
)
def test_a_long_file_that_cannot_be_zeroed_is_not_deleted(dos: Dos, call: int) -> None:
    dos.path("X").write_bytes(b"\xff" * 9000)

    result = run_with_a_failing_call(dos, "X", call=call, answer=0x1D)

    assert result.output == "X: could not be zeroed (DOS error 29).\n"
    assert result.exit_code == IO_ERROR
    assert dos.path("X").read_bytes() == b"\xff" * 9000


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(SCRIPTURE, id="true"),
        pytest.param(SCRIPTURE + b"!", id="too-long"),
        pytest.param(FALSE_SUM, id="false-sum"),
        pytest.param(FALSE_CREED, id="no-scripture"),
    ],
)
def test_every_file_opened_is_closed(dos: Dos, data: bytes) -> None:
    dos.path("X").write_bytes(data)

    handles = Counter[int]()
    for call in dos.run(READER, "X").calls:
        handles[call.result] += call.function == OPEN
        handles[call.bx] -= call.function == CLOSE

    assert not +handles
    assert not -handles


# ---- the command line


@pytest.mark.parametrize(
    "args",
    [
        r"C:\DIR\X.BIN",
        r"\DIR\X.BIN",
        "C:/DIR/X.BIN",
        r"dir\x.bin",
        "  DIR\\X.BIN\t ",
        "\tDIR\\X.BIN",
    ],
)
def test_names_with_paths_and_blanks_around(dos: Dos, args: str) -> None:
    dos.path("DIR").mkdir()
    dos.path(r"DIR\X.BIN").write_bytes(SCRIPTURE)

    result = dos.run(READER, args)

    assert result.output == f"{args.strip()}: true. It is gone.\n"
    assert result.exit_code == TRUE
    assert dos.deleted[r"C:\DIR\X.BIN"].zeroed


@pytest.mark.parametrize(
    "args", ["", "   ", "\t", "/L", "X Y", "X X", "/X", "/X X", "/LX", "X /LX", "/", "X /", "//L X"]
)
def test_wrong_usage_prints_the_table_of_exit_codes_and_touches_nothing(
    dos: Dos, args: str
) -> None:
    dos.path("X").write_bytes(SCRIPTURE)

    result = dos.run(READER, args)

    assert result.exit_code == WRONG_USAGE
    assert "READER NAME" in result.output
    assert "READER /L NAME" in result.output
    for code in range(7):
        assert f"\n  {code}  " in result.output
    assert max(map(len, result.output.splitlines())) < 80
    assert file_calls(result) == []
    assert dos.path("X").read_bytes() == SCRIPTURE


@pytest.mark.parametrize("args", ["/?", "X /?", "/L /? X"])
def test_usage_can_be_asked_for(dos: Dos, args: str) -> None:
    dos.path("X").write_bytes(SCRIPTURE)

    result = dos.run(READER, args)

    assert result.exit_code == 0
    assert "Exit codes\n" in result.output
    assert dos.path("X").read_bytes() == SCRIPTURE


def test_the_longest_name_dos_can_pass_is_taken_whole(dos: Dos) -> None:
    name = "\\".join(["ABCDEFGH"] * 14)[:125]

    result = dos.run(READER, name)

    assert result.output == f"{name}: no such file.\n"
    assert result.exit_code == NO_SUCH_FILE


def test_the_command_line_ends_where_dos_says_it_ends(dos: Dos) -> None:
    dos.path("X").write_bytes(SCRIPTURE)
    process = dos.load(READER)
    process.registers.bx = 0xFFFF
    dos.memory.write(process.psp, 0x80, b"\x02 X" + b"Y" * 125)  # and no carriage return

    assert process.run().output == "X: true. It is gone.\n"


# ---- the machine it starts on


@pytest.mark.parametrize("filling", [0x00, 0x5A, 0xFF])
@pytest.mark.parametrize("switch", ["", "/L "])
def test_it_relies_on_no_register_and_no_memory(dos: Dos, switch: str, filling: int) -> None:
    dos.path("X").write_bytes(SCRIPTURE)
    process = dos.load(READER, switch + "X")
    registers = process.registers
    for name in ("ax", "bx", "cx", "dx", "si", "di", "bp"):
        setattr(registers, name, filling * 0x0101)
    registers.flags |= Flag.DIRECTION | Flag.CARRY
    behind = 0x100 + len(READER)
    dos.memory.write(process.psp, behind, bytes([filling]) * (0xFF00 - behind))

    result = process.run()

    assert result.exit_code == TRUE
    assert not dos.path("X").exists()
    assert not result.unsupported


# ---- /L: the scripture reads itself


def test_its_own_liturgy_deletes_it_for_every_instance_byte(dos: Dos) -> None:
    for instance in range(1, 256):
        dos.path("X").write_bytes(bytes(Scripture.build(instance)))

        result = dos.run(READER, "/L X")

        assert result.exit_code == 0, f"instance byte {instance:02X}"
        assert not dos.path("X").exists(), f"instance byte {instance:02X}"
        assert result.output == "X: true. Its own liturgy reads it now.\n"


@pytest.mark.parametrize("args", ["/L X", "/l X", "X /L", "X /l", "\t/L\tX ", "/L X /l"])
def test_the_switch_may_stand_on_either_side(dos: Dos, args: str) -> None:
    dos.path("X").write_bytes(SCRIPTURE)

    assert dos.run(READER, args).exit_code == 0
    assert bytes(dos.deleted[r"C:\X"]) == SCRIPTURE, "the liturgy zeroes its buffer, not the disk"


def test_the_reader_closes_the_file_before_the_liturgy_opens_it(dos: Dos) -> None:
    dos.path("X").write_bytes(SCRIPTURE)

    result = dos.run(READER, "/L X")

    assert file_calls(result) == [OPEN, SEEK, SEEK, READ, CLOSE, OPEN, READ, DELETE]


@pytest.mark.parametrize("name", [name for name in sorted(EDITIONS) if EDITIONS[name].vanishes])
def test_every_edition_that_can_delete_itself_does(dos: Dos, name: str) -> None:
    dos.path("X").write_bytes(EDITIONS[name].build())

    assert dos.run(READER, "/L X").exit_code == 0
    assert not dos.path("X").exists()


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        pytest.param(b"", NO_SCRIPTURE, "not a scripture. Left alone.", id="empty"),
        pytest.param(SCRIPTURE[:-1], NO_SCRIPTURE, "not a scripture. Left alone.", id="short"),
        pytest.param(SCRIPTURE + b"!", NO_SCRIPTURE, "not a scripture. Left alone.", id="long"),
        pytest.param(SCRIPTURE * 70, NO_SCRIPTURE, "not a scripture. Left alone.", id="70-times"),
        pytest.param(FALSE_CREED, NO_SCRIPTURE, "not a scripture. Left alone.", id="false-creed"),
        pytest.param(
            FALSE_SUM,
            INVALID_CHECKSUM,
            "INVALID_CHECKSUM. Its bytes do not sum to 0; left alone.",
            id="false-sum",
        ),
    ],
)
def test_a_liturgy_of_nothing_true_is_not_entered(
    dos: Dos, data: bytes, code: int, message: str
) -> None:
    dos.path("X").write_bytes(data)

    result = dos.run(READER, "/L X")

    assert result.output == f"X: {message}\n"
    assert result.exit_code == code
    assert dos.path("X").read_bytes() == data
    assert file_calls(result)[-1] == CLOSE


WHAT_A_LITURGY_FINDS = bytes.fromhex(
    "9C 16 06 1E 0E"  # pushf; push ss; push es; push ds; push cs
    "89 E2 B9 0E 00 BB 01 00 B4 40 CD 21"  # write them and 2 words of the stack to stdout,
    "BA 00 7E B9 0B 00 B4 40 CD 21"  # the name at 7E00,
    "BA 00 01 B9 FF 03 B4 40 CD 21"  # the image at 0100
    "CD 20 90 90 90"  # int 20h
)


def test_a_liturgy_finds_all_it_may_rely_on(dos: Dos) -> None:
    data = bytes(Scripture.build(0xA7, liturgy=WHAT_A_LITURGY_FINDS))
    dos.path("SCRIPTUR.E").write_bytes(data)

    process = dos.load(READER, "/L SCRIPTUR.E")
    result = process.run()

    found = result.stdout.partition(b"\r\n")[2]
    *segments, flags, return_offset, return_segment = struct.unpack_from("<7H", found)
    assert segments == [process.psp] * 4, "CS, DS, ES, SS"
    assert flags & 0x0400 == 0, "the direction flag"
    assert (return_offset, return_segment) == (0, process.psp)
    assert found[14:25] == b"SCRIPTUR.E\0"
    assert found[25:] == data
    assert dos.memory.read(process.psp, 0, 0x10000).count(data[8:50]) == 1, "moved, not copied"
    assert result.exit_code == 0


@pytest.mark.parametrize(
    "ending",
    [
        pytest.param("CD 20", id="INT-20h"),
        pytest.param("C3", id="RET"),
        pytest.param("CB", id="RETF"),
        pytest.param("CA 7F 80", id="the-creed"),
    ],
)
def test_a_liturgy_may_end_in_any_way(dos: Dos, ending: str) -> None:
    liturgy = bytes.fromhex(ending).ljust(42, b"\x90")
    dos.path("X").write_bytes(bytes(Scripture.build(0xA7, liturgy=liturgy)))

    result = dos.run(READER, "/L X")

    assert result.exit_code == 0
    assert dos.path("X").exists()


# ---- the source


def test_the_source_assembles_to_the_program(tmp_path: Path) -> None:
    nasm = shutil.which("nasm")
    if nasm is None:
        pytest.skip("nasm, which assembles reader.asm, is not installed")
    program = tmp_path / "READER.COM"

    subprocess.run([nasm, "-f", "bin", "-o", program, RITES / "reader.asm"], check=True)

    assert program.read_bytes() == READER
