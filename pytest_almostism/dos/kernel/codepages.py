"""Code pages: which characters become which capitals, and how they are sorted.

Tables are those of COUNTRY.SYS: of code page 437 by heart, of another by what its characters are.
"""

from __future__ import annotations

import unicodedata

from pytest_almostism.dos.names import UPPERCASE

#: The code page of the boot, and all that there are.
SYSTEM = 437
CODE_PAGES = (SYSTEM, 850)

# The ranks of 80h to AFh: letters with accents stand beside those without, money beside $.
_RANKS_437 = b'CUEAAAACEEEIIIAAEAAOOOUUYOU$$$$$AIOUNN\xa6\xa7?\xa9\xaa\xab\xac!""'
_SHARP_S = 0xE1


def capitals(code_page: int) -> bytes:
    """Return the capital of each of the 256 characters."""
    if code_page == SYSTEM:
        return UPPERCASE
    return bytes(_capital(code, f"cp{code_page}") for code in range(256))


def ranks(code_page: int) -> bytes:
    """Return the rank of each of the 256 characters in sorting."""
    upper = bytearray(capitals(code_page))
    if code_page == SYSTEM:
        upper[0x80 : 0x80 + len(_RANKS_437)] = _RANKS_437
    else:
        upper[0x80:] = (_rank(code, f"cp{code_page}") for code in range(0x80, 0x100))
    upper[_SHARP_S] = ord("S")
    return bytes(upper)


def _capital(code: int, encoding: str) -> int:
    character = bytes((code,)).decode(encoding)
    for capital in (character.upper(), _base(character).upper()):
        try:
            (upper,) = capital.encode(encoding)
        except ValueError:  # it is not in the code page, or two letters
            continue
        return upper
    return code


def _rank(code: int, encoding: str) -> int:
    character = bytes((code,)).decode(encoding)
    base = _base(character).upper()
    if unicodedata.category(character) == "Sc":
        return ord("$")
    return ord(base) if base.isascii() and base.isalpha() and len(base) == 1 else code


def _base(character: str) -> str:
    """Return a letter without its accents."""
    return unicodedata.normalize("NFD", character)[0]
