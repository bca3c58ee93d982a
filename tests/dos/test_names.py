"""Names of DOS: 8.3, wildcards, paths, devices, aliases."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pytest_almostism.dos.errorcode import DosError
from pytest_almostism.dos.names import (
    CODE_PAGE,
    UPPERCASE,
    from_fcb_name,
    is_device,
    is_short_name,
    matches,
    short_alias,
    split_path,
    to_fcb_name,
    to_short_name,
    upper,
)

CHARACTERS = bytes(range(256)).decode(CODE_PAGE)
LEGAL = "ABCXYZ0189!#$%&'()-@^_`{}~ÇÜß√"

bases = st.text(LEGAL, min_size=1, max_size=8)
extensions = st.text(LEGAL, max_size=3)
short_names = st.builds(
    lambda base, extension: f"{base}.{extension}" if extension else base, bases, extensions
)
host_names = st.text(st.characters(exclude_characters="\0/", exclude_categories=["Cs"]), min_size=1)


class TestUpper:
    @pytest.mark.parametrize(
        ("text", "capitals"),
        [
            ("readme.txt", "README.TXT"),
            ("çüéâäàåê", "ÇÜEAÄAÅE"),
            ("ñandú", "ÑANDU"),
            ("straße", "STRAßE"),
            ("π√", "π√"),
            ("日本.txt", "日本.TXT"),
        ],
    )
    def test_is_that_of_code_page_437(self, text: str, capitals: str) -> None:
        assert upper(text) == capitals

    @given(st.binary())
    def test_agrees_with_the_table_that_guests_get(self, data: bytes) -> None:
        assert upper(data.decode(CODE_PAGE)).encode(CODE_PAGE) == data.translate(UPPERCASE)

    @given(st.text())
    def test_done_twice_changes_nothing(self, text: str) -> None:
        assert upper(upper(text)) == upper(text)


class TestShortNames:
    @pytest.mark.parametrize(
        "name", ["A", "FOO.TXT", "12345678.123", "A B.TXT", "{~}.$$$", "ÄÖÜ.√", "CON.TXT"]
    )
    def test_dos_could_have_written(self, name: str) -> None:
        assert is_short_name(name)

    @pytest.mark.parametrize(
        "name",
        ["", ".", "..", ".TXT", "foo.txt", "FOO.", "FOO ", "123456789", "A.1234", "A.B.C", " A"]
        + [f"A{character}" for character in '"*+,/:;<=>?[\\]|\0\n'],
    )
    def test_dos_could_not_have_written(self, name: str) -> None:
        assert not is_short_name(name)

    @given(short_names)
    def test_survive_the_way_through_an_fcb(self, name: str) -> None:
        assert is_short_name(name)
        assert len(to_fcb_name(name)) == 11
        assert from_fcb_name(to_fcb_name(name)) == name

    @given(short_names)
    def test_stay_what_they_are(self, name: str) -> None:
        assert to_short_name(name) == name

    @pytest.mark.parametrize(
        ("name", "short"),
        [
            ("readme.txt", "README.TXT"),
            ("LongFileName.html", "LONGFILE.HTM"),
            ("foo.", "FOO"),
            ("a b.c", "A B.C"),
        ],
    )
    def test_are_cut_from_longer_ones(self, name: str, short: str) -> None:
        assert to_short_name(name) == short

    @pytest.mark.parametrize("name", ["", ".", "..", ".profile", "*.TXT", "A?", "A+B", "A.B.C"])
    def test_are_not_made_of_illegal_ones(self, name: str) -> None:
        with pytest.raises(DosError, match="path not found"):
            to_short_name(name)

    @given(st.text())
    def test_come_of_any_text_or_it_is_refused(self, text: str) -> None:
        with suppress(DosError):
            assert is_short_name(to_short_name(text))


class TestFcbNames:
    @pytest.mark.parametrize(
        ("name", "fcb_name"),
        [
            ("foo.txt", "FOO     TXT"),
            ("FOO", "FOO        "),
            ("*", "????????   "),
            ("*.*", "???????????"),
            ("*.C", "????????C  "),
            ("a*b.x*", "A???????X??"),
            ("A?.?", "A?      ?  "),
            ("LONGFILENAME.TEXT", "LONGFILETEX"),
            (".", ".          "),
            ("..", "..         "),
            ("", "           "),
        ],
    )
    def test_are_padded_and_their_stars_expanded(self, name: str, fcb_name: str) -> None:
        assert to_fcb_name(name) == fcb_name

    @given(st.text())
    def test_always_have_eleven_characters(self, text: str) -> None:
        assert len(to_fcb_name(text)) == 11


class TestWildcards:
    @pytest.mark.parametrize(
        ("pattern", "name"),
        [("*.*", "FOO"), ("*.TXT", "FOO.TXT"), ("F?O.*", "FOO.C"), ("FOO", "FOO"), ("A??", "A")],
    )
    def test_fit(self, pattern: str, name: str) -> None:
        assert matches(to_fcb_name(pattern), to_fcb_name(name))

    @pytest.mark.parametrize(
        ("pattern", "name"),
        [("*", "FOO.TXT"), ("*.TXT", "FOO.TX"), ("F?O", "FO"), ("FOO.?", "FOO.CC"), ("[A]", "A")],
    )
    def test_do_not_fit(self, pattern: str, name: str) -> None:
        assert not matches(to_fcb_name(pattern), to_fcb_name(name))

    @example("A??????????", "A\n         ")
    @given(
        st.text("AB?.^\\ \n", min_size=11, max_size=11),
        st.text("AB.^\\ \n", min_size=11, max_size=11),
    )
    def test_fit_as_a_loop_over_the_characters_says(self, pattern: str, name: str) -> None:
        expected = all(p in {"?", n} for p, n in zip(pattern, name, strict=True))
        assert matches(pattern, name) == expected

    @given(short_names)
    def test_for_all_fit_every_name(self, name: str) -> None:
        assert matches(to_fcb_name("*.*"), to_fcb_name(name))


class TestDevices:
    @pytest.mark.parametrize(
        "name", ["CON", "nul", "Aux.txt", "PRN.", "CLOCK$", "COM1", "LPT3", "con "]
    )
    def test_have_their_names_with_any_extension(self, name: str) -> None:
        assert is_device(name)

    @pytest.mark.parametrize("name", ["CONS", "COM5", "X.CON", "", "NULL", "LPT"])
    def test_have_no_other_names(self, name: str) -> None:
        assert not is_device(name)


class TestSplitPath:
    @pytest.mark.parametrize(
        ("path", "split"),
        [
            (r"C:\DIR\FILE.TXT", ("C", True, ["DIR", "FILE.TXT"])),
            ("c:/dir/file.txt", ("C", True, ["DIR", "FILE.TXT"])),
            (r"D:FILE", ("D", False, ["FILE"])),
            ("FILE", (None, False, ["FILE"])),
            ("C:", ("C", False, [])),
            ("\\", (None, True, [])),
            (r"C:\.\A\.\B", ("C", True, ["A", "B"])),
            (r"..\A\..", (None, False, ["..", "A", ".."])),
            (r"A\\B", (None, False, ["A", "B"])),
            ("A\\..\\", (None, False, ["A", ".."])),
            ("FOO.", (None, False, ["FOO"])),
            ("FOO .", (None, False, ["FOO"])),
            ("*.*", (None, False, ["*.*"])),
            ("archive.tar.gz", (None, False, ["ARCHIVE.TAR.GZ"])),
        ],
    )
    def test_gives_drive_root_and_components(
        self, path: str, split: tuple[str | None, bool, list[str]]
    ) -> None:
        assert split_path(path) == split

    def test_refuses_no_path_at_all(self) -> None:
        with pytest.raises(DosError, match="file not found"):
            split_path("")

    @pytest.mark.parametrize("path", ["DIR\\", "C:\\DIR/", "C:DIR\\"])
    def test_refuses_a_separator_behind_a_name(self, path: str) -> None:
        with pytest.raises(DosError, match="path not found"):
            split_path(path)

    @given(st.none() | st.sampled_from("ACZ"), st.booleans(), st.lists(short_names))
    def test_undoes_joining(self, letter: str | None, absolute: bool, parts: list[str]) -> None:  # noqa: FBT001 - a value of Hypothesis
        path = (f"{letter}:" if letter else "") + ("\\" if absolute else "") + "\\".join(parts)
        if path:
            assert split_path(path) == (letter, absolute, parts)

    @given(st.text())
    def test_takes_any_text_or_refuses_it(self, text: str) -> None:
        with suppress(DosError):
            _, _, parts = split_path(text)
            assert all(part and part != "." and "\\" not in part for part in parts)


class TestAliases:
    @pytest.mark.parametrize(
        ("name", "alias"),
        [
            ("Long name.text", "LONGNA~1.TEX"),
            ("archive.tar.gz", "ARCHIV~1.GZ"),
            (".bashrc", "BASHRC~1"),
            ("a+b.c", "A_B~1.C"),
            ("日本.txt", "__~1.TXT"),
            ("...", "_~1"),
            ("no_extension_at_all", "NO_EXT~1"),
        ],
    )
    def test_look_like_those_of_windows_95(self, name: str, alias: str) -> None:
        assert short_alias(name, ()) == alias

    def test_count_on_when_taken(self) -> None:
        taken: list[str] = []
        for _ in range(100):
            taken.append(short_alias("program files", taken))
        assert taken[0] == "PROGRA~1"
        assert taken[8:10] == ["PROGRA~9", "PROGR~10"]
        assert taken[99] == "PROG~100"

    @given(st.lists(host_names, max_size=20))
    def test_are_short_names_and_never_twice_the_same(self, names: list[str]) -> None:
        taken: list[str] = []
        for name in names:
            alias = short_alias(name, taken)
            assert is_short_name(alias)
            assert alias not in taken
            taken.append(alias)
