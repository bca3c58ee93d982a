"""The script: a program that is its own scripture for a moment.

`almostism.py` beside this module is never imported: it would delete itself. Run it as a process,
from a copy: `python almostism.py [HEX]`. It builds a scripture with the instance byte HEX, or one
of chance's choosing, writes it over itself, says so, zeroes its file through mmap, deletes it and
exits with code 0. (Design, section 3.)
"""

from __future__ import annotations

from pytest_almostism.scripture.packaged import packaged

SCRIPT: bytes = packaged("almostism.py")
"""The source of `almostism.py`: as long as what it becomes, 1023 bytes."""
