"""The grid of agency by month: what stands in a cell, and where a published summary timeline has the same cells."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date

import pytest

from chrono.pipeline import review
from chrono.report.grid import grid, months_of
from tests.report.invented import entry
from tests.shared import SHARED

LUTON = SHARED / "cases" / "luton-thematic"


@pytest.mark.parametrize(
    ("day", "months"), [("2021-03-04", 1), ("2021-03", 1), ("", 0)], ids=["a day", "a month", "no date"]
)
def test_an_entry_stands_in_each_month_it_may_touch(day: str, months: int) -> None:
    assert len(months_of(entry("csc", 2, day, "Home visit."))) == months


@pytest.mark.skipif(not LUTON.is_dir(), reason="the benchmark cases do not lie beside this checkout")
def test_every_cell_of_a_published_summary_timeline_holds_its_rows() -> None:
    timeline = review([LUTON]).timeline
    table = grid(timeline)
    with (LUTON / "expected.grid.cells.csv").open(encoding="utf-8", newline="") as opened:
        lines = list(csv.DictReader(opened))
    services: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        files = {row.rpartition(" ")[0] for row in rows_of(line)}
        services[line["agency"]] |= {one.agency for one in timeline.entries if one.source.file in files}
    for line in lines:
        month = date.fromisoformat(f"{line['month']}-01")
        held = {one.source for agency in services[line["agency"]] for one in table.entries(agency, month)}
        assert {f"{one.file} {one.row}" for one in held} == rows_of(line), (line["agency"], line["month"])


def rows_of(line: dict[str, str]) -> set[str]:
    """'csc.xlsx 7' for each row behind a cell."""
    return {row for row in line["rows"].split("; ") if row}
