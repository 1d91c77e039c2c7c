"""Layouts and defects, one a case in test_layout_cases.yaml: which rows are entries, and why the others are none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from chrono.model import Merge, Row, Sheet
from chrono.normalise.tables.columns import Hints
from chrono.normalise.tables.contents import shown
from chrono.normalise.tables.layout import LayoutHints, SheetLayout, read_layout
from chrono.normalise.tables.words import absence

CASES: Mapping[str, Any] = yaml.safe_load(
    Path(__file__).with_name("test_layout_cases.yaml").read_text(encoding="utf-8")
)


def sheet_of(case: Mapping[str, Any]) -> Sheet:
    cells = case.get("cells") or [[cell.strip() for cell in line.split("|")] for line in case["rows"].split("\n")]
    rows = [Row(number, tuple(row)) for number, row in enumerate(cells, 1) if any(row)]
    merges = tuple(merge_of(reference) for reference in case.get("merges", ()))
    return Sheet("return.xlsx", case.get("sheet", "Sheet1"), tuple(rows), case.get("hidden", False), merges)


def merge_of(reference: str) -> Merge:
    left, top, right, bottom = re.fullmatch(r"([A-Z])(\d+):([A-Z])(\d+)", reference).groups()  # type: ignore[union-attr]
    return Merge(int(top), int(bottom), ord(left) - 65, ord(right) - 65)


def layouts_of(case: Mapping[str, Any]) -> list[SheetLayout]:
    speaks = re.compile(r"strategy discussion|referral|visit", re.IGNORECASE)
    child = re.compile(r"YP\d|[QRS]")
    hints = LayoutHints(
        Hints(names_subject=lambda text: bool(child.fullmatch(text))),
        speaks_of_event=lambda text: bool(speaks.search(text)),
    )
    return read_layout(sheet_of(case), hints)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_rows_are_entries_or_set_aside(case: Mapping[str, Any]) -> None:
    layouts = layouts_of(case)
    entries = [entry.line.number for layout in layouts for entry in layout.entries]
    aside = {aside.row: aside.why for layout in layouts for aside in layout.set_aside}
    assert (entries, aside, layouts[0].kind) == (case["entries"], case["aside"], case.get("kind", "chronology"))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_rows_add_up(case: Mapping[str, Any]) -> None:
    for layout in layouts_of(case):
        assert layout.rows == len(layout.entries) + len(layout.set_aside)


def having(key: str) -> Any:
    named = {name: case for name, case in CASES.items() if key in case}
    return pytest.mark.parametrize("case", named.values(), ids=named)


@having("columns")
def test_columns(case: Mapping[str, Any]) -> None:
    read = layouts_of(case)[0].tables[0].columns.by_role
    assert {role: read.get(role) for role in case["columns"]} == case["columns"]


@having("unrecognised")
def test_headers_without_a_role_are_kept(case: Mapping[str, Any]) -> None:
    assert list(layouts_of(case)[0].tables[0].columns.unrecognised) == case["unrecognised"]


@having("headings")
def test_headings_hold_for_the_rows_below(case: Mapping[str, Any]) -> None:
    headings = {entry.line.number: entry.heading for entry in layouts_of(case)[0].entries}
    assert headings == case["headings"]


@having("pairs")
def test_short_forms_explained_in_the_sheet(case: Mapping[str, Any]) -> None:
    assert dict(layouts_of(case)[0].pairs) == case["pairs"]


@having("says")
def test_statements_of_absence(case: Mapping[str, Any]) -> None:
    assert [absence(said.text) for said in layouts_of(case)[0].statements] == case["says"]


@having("dates")
def test_dates_of_merged_cells(case: Mapping[str, Any]) -> None:
    dates = {entry.line.number: shown(entry.date) for entry in layouts_of(case)[0].entries}
    assert {row: dates[row] for row in case["dates"]} == case["dates"]


@having("notes")
def test_assumptions_are_said(case: Mapping[str, Any]) -> None:
    said = " ".join(layouts_of(case)[0].notes)
    assert all(note in said for note in case["notes"])
