"""The BIOS: one module a device; importing the package registers its services."""

from pytest_almostism.dos.bios import equipment, keyboard, time, video
from pytest_almostism.dos.bios.equipment import EQUIPMENT

__all__ = ["EQUIPMENT", "equipment", "keyboard", "time", "video"]
