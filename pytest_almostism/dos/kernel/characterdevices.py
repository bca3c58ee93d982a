"""The devices that are not the console: NUL, the ports AUX and PRN with their kin, CLOCK$."""

from __future__ import annotations

import datetime as dt
import struct
from typing import TYPE_CHECKING

from pytest_almostism.dos.clock import EPOCH
from pytest_almostism.dos.errorcode import CriticalError, ErrorCode
from pytest_almostism.dos.kernel.openfiles import READ_WRITE, OpenFile

if TYPE_CHECKING:
    from pytest_almostism.dos.clock import Clock

_CLOCK = struct.Struct("<HBBBB")  # days since 1980, minutes, hours, hundredths, seconds
_LAST_DAY = 46750  # 2107-12-31


class Device(OpenFile):
    """A character device, opened.

    Args:
        name: which.
        mode: access mode.
        attributes: the device information word that it has at first (INT 21h/4400h): of the
            high byte those of the driver, bit 14 for IOCTL and 13 for output until busy.
    """

    is_device = True

    def __init__(self, name: str, mode: int = READ_WRITE, attributes: int = 0x80C0) -> None:
        super().__init__(name, mode)
        self.information = attributes

    @property
    def is_raw(self) -> bool:
        """Whether it hands out what comes, untouched: bit 5, set by INT 21h/4401h."""
        return bool(self.information & 0x20)


class Nul(Device):
    """NUL: at its end for readers, and all that is written to it is gone."""

    def __init__(self, mode: int = READ_WRITE) -> None:
        super().__init__("NUL", mode, 0x8084)

    def read(self, length: int) -> bytes:
        """Return nothing."""
        del length
        return b""

    def write(self, data: bytes) -> int:
        """Take it all."""
        return len(data)


class Port:
    """A serial or parallel port, with whatever is at the other end of the cable.

    Attributes:
        sent: all that programs have sent.
        waiting: what comes in when programs read.
        fault: what is wrong with it, or None: `ErrorCode.OUT_OF_PAPER`, DRIVE_NOT_READY.
        tries: how often DOS tries while it is busy.
    """

    def __init__(self) -> None:
        self.sent = bytearray()
        self.waiting = bytearray()
        self.fault: ErrorCode | None = None
        self.tries = 1


class PortDevice(Device):
    """AUX, COM1 to COM4, PRN, LPT1 to LPT3.

    Args:
        name: which.
        port: where it leads to.
        mode: access mode.
    """

    def __init__(self, name: str, port: Port, mode: int = READ_WRITE) -> None:
        super().__init__(name, mode, 0xA0C0 if name[0] in "PL" else 0x80C0)
        self._port = port

    def read(self, length: int) -> bytes:
        """Return what waits, at most `length` bytes."""
        self._work(writing=False)
        data = bytes(self._port.waiting[:length])
        del self._port.waiting[:length]
        return data

    def write(self, data: bytes) -> int:
        """Send `data`."""
        self._work(writing=True)
        self._port.sent += data
        return len(data)

    def ready(self) -> bool:
        """Return whether something has come in."""
        return bool(self._port.waiting)

    def _work(self, *, writing: bool) -> None:
        if self._port.fault is not None:
            raise CriticalError(self._port.fault, device=self.name, writing=writing)


class ClockDevice(Device):
    """CLOCK$: the date and time in six bytes.

    Args:
        clock: the clock of the machine.
        mode: access mode.
    """

    def __init__(self, clock: Clock, mode: int = READ_WRITE) -> None:
        super().__init__("CLOCK$", mode, 0x80C8)
        self._clock = clock

    def read(self, length: int) -> bytes:
        """Return days since 1980-01-01, minutes, hours, hundredths, seconds."""
        now = self._clock.now()
        hundredths = now.microsecond // 10_000
        fields = (now - EPOCH).days, now.minute, now.hour, hundredths, now.second
        return _CLOCK.pack(*fields)[:length]

    def write(self, data: bytes) -> int:
        """Set the clock, if there are six bytes and they are a time."""
        if len(data) >= _CLOCK.size:
            days, minutes, hours, hundredths, seconds = _CLOCK.unpack(data[: _CLOCK.size])
            if days <= _LAST_DAY and minutes < 60 and hours < 24 and seconds < 60:
                self._clock.time = EPOCH + dt.timedelta(
                    days,
                    hours=hours,
                    minutes=minutes,
                    seconds=seconds,
                    milliseconds=10 * min(hundredths, 99),
                )
        return len(data)
