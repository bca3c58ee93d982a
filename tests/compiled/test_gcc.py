"""What gcc compiles for real mode: 32-bit registers and addresses everywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from pytest_almostism import Dos


@pytest.mark.parametrize("length", [0, 3, 55, 56, 64, 1000, 10_000])
def test_sha256(dos: Dos, gcc: Callable[[str], bytes], length: int) -> None:
    data = bytes(number * 7 & 0xFF for number in range(length))
    result = dos.run(gcc("sha256"), stdin=data)
    assert result.output == hashlib.sha256(data).hexdigest()
    assert result.exit_code == length & 0xFF
