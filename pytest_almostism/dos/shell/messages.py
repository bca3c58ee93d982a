"""What COMMAND.COM says. The wording is that of DOS 5: programs and tests look for it."""

from __future__ import annotations

from pytest_almostism.dos.errorcode import ErrorCode

ACCESS_DENIED = "Access denied"
ALL_FILES = "All files in directory will be deleted!\r\nAre you sure (Y/N)?"
BAD_COMMAND = "Bad command or file name"
BATCH_MISSING = "Batch file missing"
BATCH_TOO_DEEP = "Insufficient memory: batch files call one another too deeply"
BINARY_DEVICE = "Cannot do binary reads from a device"
CONTENT_LOST = "Content of destination lost before copy"
CURRENT_DIRECTORY = "Attempt to remove current directory"
DIRECTORY_EXISTS = "Directory already exists"
DUPLICATE = "Duplicate file name or file not found"
EXE_ERROR = "Error in EXE file"
FILE_CREATION = "File creation error"
FILE_NOT_FOUND = "File not found"
FOR_NESTED = "FOR cannot be nested"
INSUFFICIENT_MEMORY = "Insufficient memory"
INVALID_DATE = "Invalid date"
INVALID_DEVICE = "Invalid device"
INVALID_DIRECTORY = "Invalid directory"
INVALID_DRIVE = "Invalid drive specification"
INVALID_FILENAME = "Invalid filename or file not found"
INVALID_PARAMETER = "Invalid parameter"
INVALID_SWITCH = "Invalid switch"
INVALID_TIME = "Invalid time"
LABEL_NOT_FOUND = "Label not found"
MISSING_PARAMETER = "Required parameter missing"
NO_PATH = "No Path"
NO_SPACE = "Insufficient disk space"
NOT_REMOVED = "Invalid path, not directory,\r\nor directory not empty"
ONTO_ITSELF = "File cannot be copied onto itself"
ON_OR_OFF = "Must specify ON or OFF"
OUT_OF_ENVIRONMENT = "Out of environment space"
PATH_NOT_FOUND = "Path not found"
PIPE_ERROR = "Intermediate file error during pipe"
PRESS_ANY_KEY = "Press any key to continue . . ."
SYNTAX_ERROR = "Syntax error"
TERMINATE_BATCH = "\r\nTerminate batch job (Y/N)?"
TOO_BIG = "Program too big to fit in memory"
TOO_MANY_PARAMETERS = "Too many parameters"
UNABLE_TO_CREATE = "Unable to create directory"

_ERRORS = {
    ErrorCode.FILE_NOT_FOUND: FILE_NOT_FOUND,
    ErrorCode.NO_MORE_FILES: FILE_NOT_FOUND,
    ErrorCode.PATH_NOT_FOUND: PATH_NOT_FOUND,
    ErrorCode.ACCESS_DENIED: ACCESS_DENIED,
    ErrorCode.INSUFFICIENT_MEMORY: INSUFFICIENT_MEMORY,
    ErrorCode.INVALID_DRIVE: INVALID_DRIVE,
    ErrorCode.CURRENT_DIRECTORY: CURRENT_DIRECTORY,
    ErrorCode.DISK_FULL: NO_SPACE,
    ErrorCode.FAIL_ON_INT24: "Fail on INT 24",
}


def of_error(code: ErrorCode, subject: str = "") -> str:
    """Return the message for an error of DOS, and what it is about: `File not found - X.TXT`."""
    text = _ERRORS.get(code) or code.text.capitalize()
    return f"{text} - {subject}" if subject else text
