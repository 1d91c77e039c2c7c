"""A package of somebody else's can add to a shelf by an entry point."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from chrono import report, shelf

WRITER = """
from chrono.report.writer import Writer

writer = Writer("initials", "combined.initials.txt", lambda report, out: out.write(b"N.N."))
"""


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed package with one writer of its own."""
    (tmp_path / "their_writer.py").write_text(WRITER, encoding="utf-8")
    about = tmp_path / "theirs-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: theirs\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[chrono.writers]\ninitials = their_writer\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))


@pytest.mark.usefixtures("added")
def test_a_writer_of_another_package_stands_on_the_shelf() -> None:
    report.writers.cache_clear()
    try:
        assert "initials" in report.writers()
        assert list(report.writers())[-1] == "initials"
    finally:
        report.writers.cache_clear()
        sys.modules.pop("their_writer")


@pytest.mark.parametrize(
    "place", ["chrono.ingest.readers", "chrono.merge.signals", "chrono.check.rules", "chrono.report.writers"]
)
def test_the_order_of_a_shelf_is_that_of_the_names(place: str) -> None:
    names = [module.__name__ for module in shelf.modules(importlib.import_module(place))]
    assert names == sorted(names)
    assert names
