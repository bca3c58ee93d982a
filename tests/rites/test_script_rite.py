"""The script, run as a real process on a real disk."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from pytest_almostism import EDITIONS, Scripture
from pytest_almostism.rites import Outcome, ScriptRite, script


def perform(instance: int) -> Outcome:
    return ScriptRite().perform(bytes(Scripture.build(instance)))


def test_all_255_instances_vanish() -> None:
    with ThreadPoolExecutor(4) as pool:
        outcomes = pool.map(perform, range(1, 256))

    for instance, outcome in enumerate(outcomes, 1):
        assert outcome.exit_code == 0, str(outcome)
        assert outcome.output.endswith(f"\nInstance byte: 0x{instance:02X}\n")
        assert outcome.deleted
        assert outcome.last_contents == bytes(1023)
        assert not outcome.others


def test_nobody_chose_so_chance_does() -> None:
    outcome = ScriptRite().perform(EDITIONS["choir"].build())

    assert outcome.exit_code == 0, str(outcome)
    assert int(outcome.output.split("0x")[1], 16) in range(1, 256)


def test_a_script_that_does_not_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "SCRIPT", b"import time; time.sleep(60)")
    monkeypatch.setattr(script, "_SECONDS", 0.2)

    outcome = perform(1)

    assert outcome.failure == "it ran for more than 0.2 seconds"
    assert not outcome.deleted


def test_a_script_that_crashes_shows_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "SCRIPT", b"1 / 0")

    outcome = perform(1)

    assert outcome.exit_code == 1
    assert outcome.trace.endswith("ZeroDivisionError: division by zero\n")
    assert outcome.last_contents == b"1 / 0"
