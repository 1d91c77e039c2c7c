"""The round trip on whole cases: a reviewer's work, a later version of one return, and a late one."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import load_workbook

from chrono.model import Entry, Review
from chrono.pipeline import review
from chrono.report import write
from tests.copies import copied
from tests.report import desk
from tests.shared import CASES

ROOT = Path(__file__).resolve().parents[2]
WHOLE_CASES = [ROOT / "examples" / "riverbank", *CASES]
NOTES, DECISIONS = 30, 10
ADDED, CHANGED, WITHDRAWN = 5, 3, 2
CORRECTION = " (corrected when the file was looked at again)"


@dataclass(frozen=True)
class Trip:
    """A case before and after, and what was done to it."""

    folder: Path
    before: Review
    after: Review
    notes: dict[str, str]
    corrected: tuple[Entry, ...]
    withdrawn: tuple[Entry, ...]
    late: int


def sure(entries: list[Entry]) -> list[Entry]:
    """Entries that can be changed without changing another: neither they nor the next take their date from above."""
    pairs = pairwise(entries)
    return [one for one, following in pairs if one.when.is_day and {one.when.status, following.when.status} == {"ok"}]


def on(made: Review, file: str, sheet: str) -> list[Entry]:
    """The entries of one sheet, in its order."""
    here = (one for one in made.timeline.entries if (one.source.file, one.source.sheet) == (file, sheet))
    return sorted(here, key=lambda one: one.source.row)


def later_version(folder: Path, made: Review) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """The return as it comes again, under another name: rows added, changed and withdrawn."""
    accounts = [
        (one.file, sheet) for one in made.timeline.returns if one.file.endswith(".xlsx") for sheet in one.sheets
    ]
    file, sheet = max(accounts, key=lambda one: (len(sure(on(made, one[0], one[1].sheet))), one[0]))
    here = on(made, file, sheet.sheet)
    chosen = sure(here)[1 :: max(1, len(sure(here)) // (CHANGED + WITHDRAWN + 1))][: CHANGED + WITHDRAWN]
    corrected, withdrawn = tuple(chosen[:CHANGED]), tuple(chosen[CHANGED:])
    book = load_workbook(folder / "returns" / file)
    table = book[sheet.sheet]
    assert sheet.header_row
    column = next(cell.column for cell in table[sheet.header_row] if cell.value == sheet.columns["text"])
    for one in corrected:
        cell = table.cell(one.source.row, column)
        cell.value = f"{cell.value}{CORRECTION}"
    model = [cell.value for cell in table[sure(here)[0].source.row]]
    for number in range(ADDED):
        place = here[-1].source.row + 1
        table.insert_rows(place)
        for at, value in enumerate(model, start=1):
            table.cell(place, at).value = value
        table.cell(place, column).value = f"Contact {number} that was left out of the first return, with the family."
    for row in sorted((one.source.row for one in withdrawn), reverse=True):
        table.delete_rows(row)
    book.save(folder / "returns" / f"{Path(file).stem} v2.xlsx")
    (folder / "returns" / file).unlink()
    return corrected, withdrawn


def work(folder: Path) -> dict[str, str]:
    """Thirty notes and ten decisions, a new column, everything sorted anew. Gives the notes by entry id."""
    notes = {}
    with desk.opened(folder) as book:
        timeline, findings = book["Timeline"], book["Findings"]
        named = desk.columns(timeline)
        last = timeline.max_row
        for row in range(desk.FIRST, last + 1, max(1, (last - desk.FIRST + 1) // NOTES)):
            id_ = str(timeline.cell(row, named["Entry id"]).value)
            notes[id_] = f"my note on {id_}"
            timeline.cell(row, named["Note"]).value = notes[id_]
        named = desk.columns(findings)
        for number, row in enumerate(range(desk.FIRST, min(findings.max_row, desk.FIRST + DECISIONS - 1) + 1)):
            findings.cell(row, named["Status"]).value = "accepted"
            findings.cell(row, named["Reason"]).value = f"reason {number}"
        timeline.insert_cols(4)
        desk.reverse(timeline)
    return notes


@pytest.fixture(scope="module", params=WHOLE_CASES, ids=lambda path: path.name)
def trip(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Trip:
    folder = tmp_path_factory.mktemp("round trip") / request.param.name
    copied(request.param / "returns", folder / "returns")
    shutil.copyfile(request.param / "case.yaml", folder / "case.yaml")
    csv = next(iter(sorted((folder / "returns").glob("*.csv"))))
    late = csv.rename(folder / csv.name)
    before = review([folder])
    write(before, folder / "combined", ["workbook", "combined"])
    notes = work(folder / "combined")
    changed = later_version(folder, before)
    late.rename(csv)
    after = review([folder])
    write(after, folder / "combined", ["workbook", "combined"])
    entries = sum(one.source.file == csv.name for one in after.timeline.entries)
    return Trip(folder / "combined", before, after, notes, *changed, entries)


def test_every_note_is_with_its_entry_or_without_a_home(trip: Trip) -> None:
    there = {str(line["Note"]): line for line in desk.lines(trip.folder) if "Note" in line}
    homeless = {str(line[3]) for line in desk.plain_lines(trip.folder, "Notes without a home")}
    was = trip.before.timeline.by_id
    gone = {one.id for one in trip.withdrawn}
    assert {note for id_, note in trip.notes.items() if id_ in gone} <= homeless
    for id_, note in trip.notes.items():
        if id_ not in gone:
            assert str(there[note]["What happened"]).removesuffix(CORRECTION) == was[id_].text


def test_what_was_decided_is_decided_or_says_why_not(trip: Trip) -> None:
    lines = {str(line["Reason"]): line for line in desk.lines(trip.folder, "Findings") if "Reason" in line}
    homeless = {str(line[3]) for line in desk.plain_lines(trip.folder, "Notes without a home")}
    still = {finding.id for finding in trip.before.findings} & {finding.id for finding in trip.after.findings}
    assert len(lines) + len([each for each in homeless if each.startswith("reason")]) == DECISIONS
    for line in lines.values():
        if line["Finding id"] in still:
            assert line["Status"] == "accepted"
        else:
            assert (line["Status"], "Since then" in str(line["Open again because"])) == ("open", True)


def test_the_changes_listed_are_those_made(trip: Trip) -> None:
    listed = Counter((line[0], line[1]) for line in desk.plain_lines(trip.folder, "Changes"))
    assert listed["entry", "added"] == ADDED + trip.late
    assert listed["entry", "changed"] == len(trip.corrected) > 0
    assert listed["entry", "gone"] == len(trip.withdrawn)
    assert (listed["return", "changed"], listed["return", "added"], listed["return", "gone"]) == (1, 1, 0)
