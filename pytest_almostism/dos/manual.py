"""The table of contents of the DOS manual: what functions there are, implemented here or not.

Functions of INT 21h that DOS 5 documents, those that it does not but programs use (marked), the
long file names of later versions, and the software interrupts 20h to 2Fh. Names are those of the
MS-DOS Programmer's Reference; undocumented ones have those of Ralf Brown's Interrupt List.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Function(NamedTuple):
    """One line of the table of contents."""

    interrupt: int
    function: int | None
    subfunction: int | None
    title: str
    documented: bool


_INT21 = """
00   Terminate Program
01   Read Keyboard with Echo
02   Display Character
03   Auxiliary Input
04   Auxiliary Output
05   Print Character
06   Direct Console I/O
07   Direct Console Input
08   Read Keyboard without Echo
09   Display String
0A   Buffered Keyboard Input
0B   Check Keyboard Status
0C   Flush Buffer, Read Keyboard
0D   Reset Drive
0E   Set Default Drive
0F   Open File with FCB
10   Close File with FCB
11   Find First File with FCB
12   Find Next File with FCB
13   Delete File with FCB
14   Sequential Read
15   Sequential Write
16   Create File with FCB
17   Rename File with FCB
18 * Null function for CP/M compatibility
19   Get Default Drive
1A   Set Disk Transfer Address
1B   Get Default Drive Data
1C   Get Drive Data
1D * Null function for CP/M compatibility
1E * Null function for CP/M compatibility
1F   Get Default DPB
20 * Null function for CP/M compatibility
21   Random Read
22   Random Write
23   Get File Size
24   Set Random Record Number
25   Set Interrupt Vector
26   Create New Program Segment Prefix
27   Random Block Read
28   Random Block Write
29   Parse Filename
2A   Get Date
2B   Set Date
2C   Get Time
2D   Set Time
2E   Set/Reset Verify Flag
2F   Get Disk Transfer Address
30   Get Version Number
31   Keep Program
32   Get DPB
3300 Get CTRL+C Check Flag
3301 Set CTRL+C Check Flag
3302 * Get and Set CTRL+C Check Flag
3305 Get Startup Drive
3306 Get MS-DOS Version
34   Get InDOS Flag Address
35   Get Interrupt Vector
36   Get Disk Free Space
3700 * Get Switch Character
3701 * Set Switch Character
38   Get/Set Country Information
39   Create Directory
3A   Remove Directory
3B   Change Current Directory
3C   Create File with Handle
3D   Open File with Handle
3E   Close File with Handle
3F   Read File or Device
40   Write File or Device
41   Delete File
42   Move File Pointer
4300 Get File Attributes
4301 Set File Attributes
4400 Get Device Data
4401 Set Device Data
4402 Receive Control Data from Character Device
4403 Send Control Data to Character Device
4404 Receive Control Data from Block Device
4405 Send Control Data to Block Device
4406 Check Device Input Status
4407 Check Device Output Status
4408 Does Device Use Removable Media
4409 Is Drive Remote
440A Is File or Device Remote
440B Set Sharing Retry Count
440C Generic IOCTL for Character Devices
440D Generic IOCTL for Block Devices
440E Get Logical Drive Map
440F Set Logical Drive Map
4410 Query IOCTL Handle
4411 Query IOCTL Device
45   Duplicate File Handle
46   Force Duplicate File Handle
47   Get Current Directory
48   Allocate Memory
49   Free Allocated Memory
4A   Set Memory Block Size
4B00 Load and Execute Program
4B01 Load Program
4B03 Load Overlay
4B05 Set Execution State
4C   End Program
4D   Get Child-Program Return Value
4E   Find First File
4F   Find Next File
50   Set PSP Address
51   Get PSP Address
52 * Get List of Lists
53 * Translate BIOS Parameter Block to DPB
54   Get Verify State
55 * Create Child PSP
56   Rename File
5700 Get File Date and Time
5701 Set File Date and Time
5800 Get Allocation Strategy
5801 Set Allocation Strategy
5802 Get Upper-Memory Link
5803 Set Upper-Memory Link
59   Get Extended Error
5A   Create Temporary File
5B   Create New File
5C   Lock/Unlock File
5D06 * Get Address of DOS Swappable Data Area
5D0A Set Extended Error
5E00 Get Machine Name
5E01 * Set Machine Name
5E02 Set Printer Setup
5E03 Get Printer Setup
5F02 Get Assign-List Entry
5F03 Make Network Connection
5F04 Delete Network Connection
60 * Canonicalize Path (truename)
61 * Null function
62   Get PSP Address
63 * Get Lead Byte Table
64 * Set Device Driver Lookahead Flag
6501 Get Extended Country Information
6502 Get Uppercase Table
6504 Get Filename Uppercase Table
6505 Get Filename Character Table
6506 Get Collate-Sequence Table
6507 Get Double-Byte Character Set
6520 Convert Character
6521 Convert String
6522 Convert ASCIIZ String
6523 * Determine Yes or No
6601 Get Global Code Page
6602 Set Global Code Page
67   Set Maximum Handle Count
68   Commit File
6900 * Get Disk Serial Number
6901 * Set Disk Serial Number
6A * Commit File
6B * Null function
6C   Extended Open/Create
710D * Reset Drive, long names
7139 * Make Directory, long name
713A * Remove Directory, long name
713B * Change Directory, long name
7141 * Delete File, long name
7143 * Get/Set File Attributes, long name
7147 * Get Current Directory, long name
714E * Find First File, long name
714F * Find Next File, long name
7156 * Rename File, long name
7160 * Get Full, Short or Long Path
716C * Create/Open File, long name
71A0 * Get Volume Information
71A1 * Find Close
71A6 * Get File Information by Handle
71A7 * File Time to and from DOS Time
71A8 * Generate Short Name
"""

_INTERRUPTS = """
20 Terminate Program
21 DOS functions
22 Termination Address
23 CTRL+C Handler
24 Critical-Error Handler
25 Absolute Disk Read
26 Absolute Disk Write
27 Terminate and Stay Resident
28 MS-DOS Idle Handler
29 * Fast Console Output
2A * Network and critical sections
2B * Reserved
2C * Reserved
2D * Reserved
2E * Execute Command
2F Multiplex Interrupt
"""


def contents() -> list[Function]:
    """Return all functions of INT 21h, then the interrupts 20h to 2Fh."""
    functions = []
    for number, title, documented in _lines(_INT21):
        value = int(number, 16)
        function, subfunction = divmod(value, 0x100) if len(number) == 4 else (value, None)
        functions.append(Function(0x21, function, subfunction, title, documented))
    for number, title, documented in _lines(_INTERRUPTS):
        functions.append(Function(int(number, 16), None, None, title, documented))
    return functions


def _lines(table: str) -> Iterator[tuple[str, str, bool]]:
    """Yield number, title, and whether it is in the manual: a star says that it is not."""
    for line in table.strip().splitlines():
        number, _, title = line.partition(" ")
        title = title.strip()
        yield number, title.removeprefix("* "), not title.startswith("* ")
