"""Erasure: what was written, abandoned, zeroed and deleted. Pure; imports nothing of ours."""

from __future__ import annotations

from pytest_almostism.witness.journal import Abandoned, DeletedFile, FileEvent, Journal, Life
from pytest_almostism.witness.witness import Erasure, Witness

__all__ = ["Abandoned", "DeletedFile", "Erasure", "FileEvent", "Journal", "Life", "Witness"]
