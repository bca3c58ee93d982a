"""Where DOSBox 0.74 does something else, and why that here is right.

Row -> fact, or a pattern of facts -> reason. "The source" is that of MS-DOS 4.0, which its maker
has published under the MIT licence; DOS 5 and 6 did not change these parts.
"""

from __future__ import annotations

from collections.abc import Mapping

_ACCESS = "DOSBox says access denied; error 0Ch, invalid access code, is there for this"
_NO_CODE = "DOSBox leaves AX as it was and sets CF; DOS returns an error code"
_CF = "DOSBox does not clear CF, though it succeeds"
_CLEAN = "bit 6 of a file's device word says that nothing has been written; DOSBox does not know it"
_CREATES_WILDCARDS = "no directory entry can have such a name; DOSBox hands it to the host"
_DEVICE = "the source says access denied (5): a device is no file"
_DIRECTORY_ATTRIBUTES = "a directory has no archive bit; DOSBox gives it one"
_ERROR_CLASS = "class, action and locus are those of the source's error table; DOSBox guesses"
_EXISTS = "access denied (5): the name exists"
_HOLE = "DOSBox leaves a hole in memory below the first program"
_LONG_NAMES = "DOSBox has no long names"
_LOOKS_FOR_PATHS = "the source says path not found (3) of wildcards here"
_MISSING_DIRECTORY = "the directory is missing, not the file: path not found (3)"
_PARSER = "DOSBox's parser is simpler than MAKEFCB of the source"
_READ_ONLY = "DOSBox keeps no attributes on a mounted directory"
_SHARE = "SHARE is loaded here, on DOSBox it is not"
_TRUENAME_DEVICE = "DOS answers `C:/NUL` for a device, wherever it is looked for"
_UNKNOWN_FUNCTION = (
    "DOS sets AL=0 and leaves CF alone; here CF=1 and AX=1, so that no program takes a service"
    " that is not there for a success"
)

DIFFERENCES: Mapping[str, Mapping[str, str]] = {
    # -- files ------------------------------------------------------------------------------
    "create over a directory": {"1 3Ch": _EXISTS},
    "create with wildcards": {
        "1 3Ch": "the source says file not found (2)",
        "file A[*].TXT": _CREATES_WILDCARDS,
    },
    "create a name with a blank": {
        "file A*B.TXT": "the source keeps blanks within names (NameTrans); DOSBox drops them",
    },
    "open with access 3": {"1 3D03h": _ACCESS},
    "open with access 7": {"1 3D07h": _ACCESS},
    "open with a trailing backslash": {
        "1 3D00h": "A.TXT is no directory: path not found (3); DOSBox opens it",
    },
    "seek with method 3": {"2 4203h": "invalid function (1); DOSBox returns the error before"},
    "two handles of one file": {
        "5 show buffer": "what one handle writes the other reads; DOSBox's host buffers it",
    },
    "delete in a missing directory": {"1 41h": _MISSING_DIRECTORY},
    "delete with wildcards": {"1 41h": _LOOKS_FOR_PATHS},
    "rename into a missing directory": {"1 56h": _MISSING_DIRECTORY},
    "rename a device": {"1 56h": _DEVICE},
    "rename the current directory": {
        "*": "the source says current directory (16); the prompt would show what is gone",
    },
    "rename with wildcards": {"1 56h": _LOOKS_FOR_PATHS},
    "information of a file": {"2 4400h": _CLEAN},
    "set raw mode": {"3 4400h": "raw mode, bit 5, can be asked back; DOSBox forgets it"},
    "NUL takes and gives nothing": {"3 3Fh": "NUL is at its end at once; DOSBox reads on"},
    "delete a device": {"1 41h": _DEVICE},
    "attributes of a device": {"2 4301h": _DEVICE},
    "create new where a device is": {
        "1 5Bh": "a device can be created at any time: it is opened (MAKENODE of the source)",
    },
    "a device in the directory of devices": {
        "1 3D02h": "DOS knows the directory \\DEV for devices; DOSBox does not",
    },
    "extended open: create where a directory is": {"1 6C00h": _EXISTS},
    "duplicate": {"4 4400h": _CLEAN},
    "force a duplicate": {"3 4400h": _CLEAN},
    "force a duplicate of itself": {
        "2 46h": "DOS 3.3 hangs and DOS 4 loses the handle; nothing is what dup2() promises",
        "3 4400h": _CLEAN,
    },
    "force a duplicate beyond the table": {
        "2 46h": "there is no handle 20 (6); DOSBox does not look"
    },
    "attributes": {"2 4300h": _DIRECTORY_ATTRIBUTES},
    "attributes of a missing file": {"2 4300h": _MISSING_DIRECTORY},
    "attributes with wildcards": {"1 4300h": _LOOKS_FOR_PATHS},
    "attributes of the root": {"1 4300h": _DIRECTORY_ATTRIBUTES},
    "set attributes": {"2 4300h": _READ_ONLY},
    "set attributes of a missing file": {"1 4301h": "file not found (2); DOSBox says error 8"},
    "set the directory attribute": {"1 4301h": "it cannot be set (5)"},
    "a read-only file": {"*": _READ_ONLY},
    "time of a closed handle": {"1 5700h": _NO_CODE},
    "set the time of a file": {"3 5700h": "DOSBox does not set it"},
    "unknown time function": {"2 5705h": _NO_CODE},
    "create new where a directory is": {"1 5Bh": _EXISTS},
    "lock": {"2 5C00h": _SHARE, "3 5C00h": _SHARE},
    # -- directories ------------------------------------------------------------------------
    "make a directory where a file is": {"1 39h": _EXISTS},
    "make a directory with wildcards": {
        "1 39h": _CREATES_WILDCARDS,
        "file N[?]W": _CREATES_WILDCARDS,
    },
    "make a device": {"*": _DEVICE},
    "remove a device": {"1 3Ah": _DEVICE},
    "make the root": {"1 39h": "access denied (5): it exists"},
    "change above the root": {"[12] 3Bh": "the root has no parent (3); DOSBox stays in the root"},
    "three dots": {"1 3D00h": "`...` is no directory: path not found (3)"},
    "a path of 130 characters": {
        "1 3D00h": "it is short when its dots are gone; DOSBox counts before",
    },
    "truename: a wildcard": {"2 show path": "`*` becomes `?` in a full path"},
    "truename: above the root": {
        "1 60h": "the root has no parent (3); DOSBox stays in the root",
        "2 show path": "the root has no parent (3); DOSBox stays in the root",
    },
    "truename: a device": {"2 show path": _TRUENAME_DEVICE},
    "truename: a device in a directory": {"2 show path": _TRUENAME_DEVICE},
    "truename: a trailing backslash": {"2 show path": "the source keeps it"},
    # -- search -----------------------------------------------------------------------------
    "find a directory with a backslash": {
        "2 4Eh": "a directory's contents are asked for by a name behind the backslash (3)",
    },
    "the search's state": {
        "3 show dta": "drive A: is 1 and the pattern is that of an FCB, `*` become `?`",
    },
    # -- file control blocks ----------------------------------------------------------------
    "FCB open with wildcards": {"[23] *": "DOS opens the first file that fits"},
    "FCB create with wildcards": {
        "2 16h": _CREATES_WILDCARDS,
        "file A[?].TXT": _CREATES_WILDCARDS,
    },
    "FCB block read": {"10 27h": "CX counts the records that were read: none"},
    "FCB truncate by a block write of nothing": {
        "6 show fcb": "the FCB has the file's new size; DOSBox shows it when it is closed",
    },
    "FCB find": {"4 show dta": "what is found is a whole directory entry, with the size"},
    "FCB find with attributes": {
        "3 show dta": "what is found is a whole directory entry, with the attributes",
    },
    "FCB rename with wildcards": {"*": "DOS renames all that fit; DOSBox does not know how"},
    "parse a missing drive": {"2 show fcb": _PARSER},
    "parse long parts": {"[12] *": _PARSER},
    "parse nothing, keep the name": {"2 show fcb": _PARSER},
    "parse nothing, keep all": {"2 show fcb": _PARSER},
    "parse a path": {"[12] *": _PARSER},
    "parse a colon": {"2 show fcb": _PARSER},
    # -- long names -------------------------------------------------------------------------
    "long: make a directory": {"*": _LONG_NAMES},
    "long: create": {"*": _LONG_NAMES},
    "long: volume": {"*": _LONG_NAMES},
    # -- console ----------------------------------------------------------------------------
    "information of redirected handles": {
        "[34] 4400h": "handles 3 and 4 are AUX and PRN; on DOSBox all of them are CON",
    },
    "read with echo": {"output": "the echo goes to standard output; DOSBox's goes to the screen"},
    "read two lines": {
        "[4o]*": "a line feed before the line is not part of it (STRIN of the source)",
    },
    # -- memory -----------------------------------------------------------------------------
    "nothing is free at first": {"1 48h": _HOLE},
    "strategy": {"[135] 5800h": _CF},
    "strategy nonsense": {"2 5800h": _CF},
    # -- processes --------------------------------------------------------------------------
    "a child's exit code": {"10 4Dh": "it can be asked once, then it is 0"},
    "a child in a missing directory": {"8 4B00h": _MISSING_DIRECTORY},
    "a directory as a child": {"8 4B00h": "access denied (5): it is opened like any file"},
    "an unknown EXEC": {"8 4B02h": "invalid function (1): there is no 4B02h"},
    "a child without memory": {"1 4B00h": _HOLE},
    "the PSP: how to end": {"2 show 5h": "a far call, as DOS has it; DOSBox has a far jump"},
    # -- system -----------------------------------------------------------------------------
    "true version": {"1 3306h": "DOS is in low memory here"},
    "dates that are none": {"2 2Bh": "1999 has no 29th of February"},
    "set the time": {"[24] 2Ch": "DOSBox does not set it"},
    "country 49": {"1 3831h": "the countries of COUNTRY.SYS are here; DOSBox knows one"},
    "too small for country information": {"1 6501h": _NO_CODE},
    "capital ASCIIZ": {"2 show buffer": "ü (81h) becomes Ü (9Ah) in code page 437"},
    "yes or no": {"*": "DOSBox does not know 6523h and gives up altogether"},
    "unknown code page function": {"1 6605h": _NO_CODE},
    "extended error: no such file": {"2 59h": _ERROR_CLASS},
    "extended error: no such directory": {"2 59h": _ERROR_CLASS},
    "extended error: bad handle": {"2 59h": _ERROR_CLASS},
    "extended error: no more files": {"2 59h": _ERROR_CLASS},
    "extended error: bad function": {
        "2 59h": "invalid function (1) is what failed last; DOSBox tells of an error before",
    },
    "extended error: FCB": {"2 59h": _ERROR_CLASS},
    "a function that DOS does not have": {"*": _UNKNOWN_FUNCTION},
    "INT 2Fh: network": {"1 INT 2Fh": "there is no network here; DOSBox says there is one"},
    "INT 2Fh: SHARE": {"1 INT 2Fh": _SHARE},
    "INT 2Fh: DOS internals": {"1 INT 2Fh": "1200h tells by AL=FFh that there is a DOS"},
    # -- the CPU ----------------------------------------------------------------------------
    "cpu: 80386 arithmetic": {
        "13 xadd": "the flags are those of an addition (Intel); DOSBox sets none",
        "14 cmpxchg": "the flags are those of a comparison (Intel); DOSBox sets ZF only",
    },
    # -- whole programs ---------------------------------------------------------------------
    "program: child.com": {"output": "the environment is that of another machine"},
    "program: cpm.com": {"*": "DOSBox does not survive `call 5`"},
    "program: parent.com": {"output": "DOSBox tells an exit code twice"},
    "program: psps.com": {"*": "DOSBox does not clear CF at the end of 55h, as if it had failed"},
    "program: system.com": {"end": "COMMAND.COM /C ends with the exit code of what it ran"},
    "program: x87.com": {
        "output": "an x87 has 64 bits of mantissa, DOSBox 53; and infinity is of class 05xxh",
    },
}
