"""What is generated in docs is what the code says."""

from __future__ import annotations

from pathlib import Path

from pytest_almostism.reporting.services import services_page

DOCS = Path(__file__).parents[2] / "docs"


def test_the_table_of_services_is_up_to_date() -> None:
    assert (DOCS / "services.md").read_text(encoding="utf-8") == services_page()
