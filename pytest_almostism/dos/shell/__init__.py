"""COMMAND.COM: the shell of DOS, on a drive Z: that every machine has.

`host` runs it in the guest, `interpreter` executes what `sources` give it, `internal` are the
commands it has in itself. The package's services are registered when it is imported.
"""

from pytest_almostism.dos.shell.host import COMSPEC, Host, forget_all, install

__all__ = ["COMSPEC", "Host", "forget_all", "install"]
