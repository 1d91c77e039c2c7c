"""No row is lost: rows = entries + set aside, in any grid; and a table reads back the same in any layout."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as some

from chrono.ingest import open_case, read_returns
from chrono.model import Merge, Row, Sheet, Value
from chrono.normalise.tables.contents import shown
from chrono.normalise.tables.layout import read_layout

SHARED = Path(__file__).resolve().parents[3] / "shared" / "cases"
CASES = [SHARED / name for name in ("child-k", "luton-thematic", "bucks")]
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared cases are not beside this folder")

WORDS = ["Home visit made.", "Call from school.", "Referral sent to police.", "Not in.", "Mother seen", "Plan agreed."]
JUNK = some.one_of(
    some.none(),
    some.text(max_size=12),
    some.sampled_from(
        ["Date", "Details", "Total", '"', "2019", "03/05/2019", "SW", "Abbreviations", "No contact", "#", "x" * 300]
    ),
    some.dates(date(1990, 1, 1), date(2030, 1, 1)).map(lambda day: datetime(day.year, day.month, day.day)),
    some.floats(allow_nan=True),
    some.integers(),
    some.booleans(),
)
GRIDS = some.lists(some.lists(JUNK, max_size=6), max_size=12)
RANGES = some.lists(some.tuples(*[some.integers(0, 12)] * 4), max_size=3)


def sheet_of(grid: list[list[Value]], merges: list[tuple[int, ...]] | None = None, name: str = "Sheet1") -> Sheet:
    ranges = [Merge(min(a, b) + 1, max(a, b) + 1, min(c, d), max(c, d)) for a, b, c, d in merges or []]
    rows = [
        Row(number, tuple(cells))
        for number, cells in enumerate(grid, 1)
        if any(cell not in (None, "") for cell in cells)
    ]
    return Sheet("return.xlsx", name, tuple(rows), merges=tuple(ranges))


@given(GRIDS, RANGES)
@settings(max_examples=150)
def test_every_row_of_any_grid_is_accounted_for(grid: list[list[Value]], merges: list[tuple[int, ...]]) -> None:
    sheet = sheet_of(grid, merges)
    layouts = read_layout(sheet)
    for layout in layouts:
        assert layout.rows == len(layout.entries) + len(layout.set_aside)
    told = {entry.line.number for layout in layouts for entry in layout.entries}
    told |= {aside.row for layout in layouts for aside in layout.set_aside}
    assert told == {row.number for row in sheet.rows}


@some.composite
def laid_out(draw: Any) -> tuple[Sheet, list[tuple[str, str]]]:
    """A table of dates and texts in some layout, and what must be read from it."""
    days = sorted(draw(some.lists(some.dates(date(2012, 1, 1), date(2024, 1, 1)), min_size=2, max_size=8)))
    real = draw(some.booleans())
    wanted, body = [], []
    for day in days:
        text = draw(some.sampled_from(WORDS))
        wanted.append((f"{day:%d/%m/%Y}", text))
        body.append(
            {"date": datetime(day.year, day.month, day.day) if real else f"{day:%d/%m/%Y}", "text": text, "who": "SW1"}
        )
    order = draw(some.permutations(["date", "text", "who"]))
    header = {
        "date": draw(some.sampled_from(["Date", "When", "DATE OF CONTACT", "Date/time", "Event date"])),
        "text": draw(some.sampled_from(["Details", "What happened", "Event", "Narrative:", "Summary of\ncontact"])),
        "who": draw(some.sampled_from(["Worker", "Recorded by", "Officer", "Seen by"])),
    }
    grid: list[list[Value]] = [["Northfield Clinic: chronology"]] if draw(some.booleans()) else []
    grid += [[]] * draw(some.integers(0, 2))
    grid.append([header[key] for key in order])
    again = draw(some.integers(1, 8))
    for place, row in enumerate(body):
        if place and place % again == 0:
            grid.append([header[key] for key in order] if draw(some.booleans()) else [])
        grid.append([row[key] for key in order])
    if draw(some.booleans()):
        grid += [[], ["SW: social worker."]]
    return sheet_of(grid), wanted


@given(laid_out())
@settings(max_examples=150)
def test_a_table_reads_back_the_same_in_any_layout(given_: tuple[Sheet, list[tuple[str, str]]]) -> None:
    sheet, wanted = given_
    (layout,) = read_layout(sheet)
    (table,) = layout.tables
    place = table.columns.place("text")
    assert [(shown(row.date), row.line.at(place)) for row in table.entries] == wanted


@given(some.integers(1, 40))
def test_rows_of_headless_tables_are_all_entries(rows: int) -> None:
    first = datetime(2019, 5, 3)
    grid: list[list[Value]] = [[first + timedelta(days=at), "AB", "Visit to the home."] for at in range(rows)]
    (layout,) = read_layout(sheet_of(grid))
    assert len(layout.entries) == rows


# ------------------------------------------------------------------------------------------------------ shared cases


def read_case(folder: Path) -> dict[tuple[str, str], Any]:
    returns, _ = read_returns(open_case([folder]))
    return {
        (return_.file, sheet.name if not return_.file.endswith(".csv") else ""): read_layout(sheet)[0]
        for return_ in returns
        for sheet in return_.sheets
    }


@needs_shared
@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_every_row_of_the_shared_cases_is_accounted_for(folder: Path) -> None:
    for layout in read_case(folder).values():
        assert layout.rows == len(layout.entries) + len(layout.set_aside) == len(layout.sheet.rows)


@needs_shared
@pytest.mark.parametrize("folder", CASES[1:], ids=lambda folder: folder.name)
def test_entries_headers_and_kinds_are_those_of_the_gold(folder: Path) -> None:
    gold = yaml.safe_load((folder / "gold.yaml").read_text(encoding="utf-8"))
    read = read_case(folder)
    for file in gold["files"]:
        for wanted in file["sheets"]:
            layout = read[file["file"], wanted["sheet"]]
            header = layout.tables[0].header_row if layout.tables else None
            got = (layout.kind, header, len(layout.entries))
            assert got == (wanted.get("kind", "chronology"), wanted["header_row"], wanted.get("events", 0)), file[
                "file"
            ]


@needs_shared
@pytest.mark.parametrize("folder", CASES[1:], ids=lambda folder: folder.name)
def test_the_entries_are_the_expected_rows(folder: Path) -> None:
    with (folder / "expected.entries.csv").open(encoding="utf-8", newline="") as lines:
        wanted = {(row["file"], row["sheet"], int(row["row"])) for row in csv.DictReader(lines)}
    read = read_case(folder)
    assert {(*place, entry.line.number) for place, layout in read.items() for entry in layout.entries} == wanted
