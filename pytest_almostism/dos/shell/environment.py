"""The environment of the shell, where it is for every program: in a memory block of the guest."""

from __future__ import annotations

from pytest_almostism.dos.errorcode import DosError
from pytest_almostism.dos.names import upper
from pytest_almostism.dos.shell import messages
from pytest_almostism.dos.shell.calls import Steps, SystemCalls
from pytest_almostism.dos.shell.signals import CommandError

_SEGMENT_AT = 0x2C  # in the PSP
_MOST = 0x8000
_SPARE = 0x100  # bytes; when a program runs behind it, it cannot grow


class Environment:
    """The variables of a shell; programs that it starts get a copy.

    Args:
        dos: the shell's calls.
    """

    def __init__(self, dos: SystemCalls) -> None:
        self._dos = dos

    @property
    def segment(self) -> int:
        """Where it is."""
        return self._dos.memory.word(self._dos.segment, _SEGMENT_AT)

    def strings(self) -> list[str]:
        """Return all of it as `NAME=value`, in order."""
        if not self.segment:
            return []
        block = self._dos.memory.read(self.segment, 0, _MOST)
        return [text for text in block.partition(b"\0\0")[0].decode("cp437").split("\0") if text]

    def get(self, name: str) -> str | None:
        """Return the value of a variable, or None."""
        name = upper(name)
        for text in self.strings():
            key, equals, value = text.partition("=")
            if equals and key == name:
                return value
        return None

    def set(self, name: str, value: str) -> Steps[None]:
        """Set a variable, or with an empty value remove it; the block grows if it has to.

        Raises:
            CommandError: if it cannot.
        """
        name = upper(name)
        strings = [text for text in self.strings() if text.partition("=")[0] != name]
        if value:
            strings.append(f"{name}={value}")
        yield from self._store(strings)

    def settle(self, size: int) -> Steps[None]:
        """Move to a block that can grow: behind the shell, not before it.

        Args:
            size: how large it is to be at least, bytes.
        """
        dos, old, strings = self._dos, self.segment, self.strings()
        size = max(size, len(_pack(strings)) + _SPARE)
        try:
            answer = yield from dos.call(0x4800, bx=size + 15 >> 4)
            dos.memory.write_word(dos.segment, _SEGMENT_AT, answer.ax)
            yield from self._store(strings)
            yield from dos.call(0x4900, es=old)
        except DosError:
            return  # there is no memory: it stays where it is

    def _store(self, strings: list[str]) -> Steps[None]:
        dos, segment, block = self._dos, self.segment, _pack(strings)
        if not segment or len(block) > _MOST:
            raise CommandError(messages.OUT_OF_ENVIRONMENT)
        paragraphs = len(block) + 15 >> 4
        if paragraphs > dos.memory.word(segment - 1, 3):
            try:
                yield from dos.call(0x4A00, es=segment, bx=paragraphs)
            except DosError:
                raise CommandError(messages.OUT_OF_ENVIRONMENT) from None
        dos.memory.write(segment, 0, block)


def _pack(strings: list[str]) -> bytes:
    return ("".join(text + "\0" for text in strings) or "\0").encode("cp437", "replace") + b"\0"
