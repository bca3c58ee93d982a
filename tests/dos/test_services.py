"""The table of services, and that guests call every one of them in some test."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_almostism.dos import bios, kernel, services
from pytest_almostism.dos.machine import Machine
from pytest_almostism.dos.registers import Registers

AREAS = (kernel, bios)  # importing them registers their services
HERE = Path(__file__).parent


def test_every_registered_service_was_called_by_a_guest(
    request: pytest.FixtureRequest, called_services: set[str]
) -> None:
    """It runs last. Whether each call also did what it should is for the tests that made it."""
    modules = {item.path for item in request.session.items}
    if hasattr(request.config, "workerinput"):
        pytest.skip("a worker of pytest-xdist runs only a part of the tests")
    if not set(HERE.glob("test_*.py")) <= modules:
        pytest.skip("only the whole directory calls every service")

    registered = [service for service in services.registered() if service.traced]

    assert [f"{s.number} {s.name}" for s in registered if s.number not in called_services] == []


def test_services_have_a_number_each_and_say_what_they_do() -> None:
    registered = list(services.registered())

    assert len({service.number for service in registered}) == len(registered)
    assert [s.number for s in registered if not (s.call.__doc__ or "").startswith("INT ")] == []


@pytest.mark.parametrize(
    ("interrupt", "ah", "al", "name"),
    [
        (0x21, 0x3D, 0x02, "open"),
        (0x21, 0x43, 0x00, "get_attributes"),
        (0x21, 0x43, 0x01, "set_attributes"),
        (0x20, 0x12, 0x34, "terminate_program"),
        (0x21, 0x43, 0xEE, None),
        (0x21, 0xEE, 0x00, None),
        (0x77, 0x00, 0x00, None),
    ],
)
def test_a_call_finds_its_service(interrupt: int, ah: int, al: int, name: str | None) -> None:
    service = services.find(interrupt, ah, al)

    assert (service and service.name) == name


def test_a_service_is_registered_whole_or_by_subfunctions() -> None:
    def null(pc: Machine, regs: Registers) -> None:
        del pc, regs

    with pytest.raises(TypeError, match="INT 21h/4C01h is registered whole already"):
        services.int21(0x4C01)(null)
