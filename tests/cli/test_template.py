"""A form that was sent out and filled in comes back as it was meant."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from typer.testing import CliRunner

from chrono.cli import app
from chrono.model import Review, Timeline
from chrono.pipeline import review

RUN = CliRunner(env={"NO_COLOR": "1", "COLUMNS": "200", "TERM": "dumb"})
CASE = """\
title: Ferry Wharf review
period: {from: 2021-01-01, to: 2021-12-31}
subjects:
  - {id: wren, name: Wren}
  - {id: lark, name: Lark}
agencies:
  - {id: csc, name: Eastmere Children's Services, asked: true}
  - {id: police, name: Eastmere Police, asked: true}
"""
FIRST = 6
"""The row of the form that is filled in first."""


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    """A case folder whose forms were just written."""
    case = tmp_path / "case"
    (case / "returns").mkdir(parents=True)
    (case / "case.yaml").write_text(CASE, encoding="utf-8")
    shown = RUN.invoke(app, ["template", str(case), "--return-by", "2022-03-31"])
    assert shown.exit_code == 0, shown.output
    return case


def invented() -> list[tuple[str, str, str, str, str, str, str, str, str, str]]:
    """Date, time, date to, subject, text, involved, told, seen, outcome, edtf: forty rows of every kind."""
    special = [
        ("03/01/2021", "14:30", "", "Wren", "Home visit.", "SW1", "School", "Seen alone", "Plan agreed", "2021-01-03T14:30:00"),
        ("early January 2021", "", "", "Wren", "Letter from the nurse.", "SW1", "", "", "", "2021-01-01/2021-01-10"),
        ("between 11 and 14 January 2021", "", "", "Lark", "Phone call.", "SW2", "", "", "", "2021-01-11/2021-01-14"),
        ("18/01/2021", "", "22/01/2021", "Lark", "Stay with an aunt.", "SW2", "", "", "", "2021-01-18/2021-01-22"),
        ("January 2021", "", "", "All of them", "Case closed to duty.", "SW1", "", "", "", "2021-01"),
        ("about 28 January 2021", "", "", "Wren", "Call to the landlord.", "SW1", "", "", "", ""),
        ("2 February 2021", "", "", "Wren", "Visit planned for 9 February 2021.", "SW1", "", "", "", "2021-02-02"),
        ("01/08/2021", "", "30/11/2021", "All of them", "No contact in this period.", "", "", "", "", "2021-08-01/2021-11-30"),
    ]  # fmt: skip
    start = date(2021, 2, 4)
    days = [start + timedelta(days=5 * number) for number in range(32)]
    plain = [
        (f"{day:%d/%m/%Y}", "", "", "Wren" if number % 2 else "Lark", f"Visit number {number + 1} at the flat.", "SW1", "",
         "Seen with others", "Next visit agreed", day.isoformat())
        for number, day in enumerate(days)
    ]  # fmt: skip
    return [*special[:7], *plain, special[7]]


def filled(case: Path) -> list[tuple[str, ...]]:
    """The workbook of Children's Services, filled in and put among the returns."""
    form = case / "templates" / "Eastmere Children's Services chronology.xlsx"
    book = load_workbook(form)
    sheet = book["Chronology"]
    rows = invented()
    for number, (day, hour, until, subject, text, people, told, seen, outcome, _) in enumerate(rows):
        cells = (day, hour, until, "Case notes", subject, text, people, told, seen, outcome, "", "")
        for column, value in enumerate(cells, start=1):
            sheet.cell(FIRST + number, column).value = value or None
    book["Abbreviations"].cell(2, 1).value, book["Abbreviations"].cell(2, 2).value = "ZQT", "Zonal Quiet Team"
    book["People"].cell(2, 1).value, book["People"].cell(2, 2).value = "SW1", "Social worker, duty team"
    book["People"].cell(3, 1).value, book["People"].cell(3, 2).value = "SW2", "Social worker, long-term team"
    book.save(case / "returns" / form.name)
    return rows


def merged(case: Path) -> Timeline:
    return result(case).timeline


def result(case: Path) -> Review:
    return review([case])


def test_a_filled_form_gives_every_row_with_its_date_and_child(forms: Path) -> None:
    rows = filled(forms)
    timeline = merged(forms)
    by_row = {entry.source.row: entry for entry in timeline.entries}
    assert sorted(by_row) == list(range(FIRST, FIRST + len(rows)))
    assert not timeline.problems
    for number, row in enumerate(rows):
        entry = by_row[FIRST + number]
        assert entry.text == row[4]
        assert row[9] in ("", entry.when.edtf), (row, entry.when)
        assert entry.subjects == (("wren", "lark") if row[3] == "All of them" else (row[3].lower(),))
        assert entry.fields.get("outcome", "") == row[8]
    assert by_row[FIRST + 39].declares == "no-contact"
    assert by_row[FIRST + 5].when.approximate


def test_people_of_a_filled_form_are_known(forms: Path) -> None:
    filled(forms)
    timeline = merged(forms)
    people = {actor for entry in timeline.entries for actor in entry.people}
    known = {surface.text for actor in timeline.actors if actor.id in people for surface in actor.surfaces}
    assert {"SW1", "SW2"} <= known


def test_a_filled_form_checks_clean(forms: Path) -> None:
    filled(forms)
    file = str(forms / "returns" / "Eastmere Children's Services chronology.xlsx")
    shown = RUN.invoke(app, ["check", file, "--case", str(forms), "--format", "json"])
    findings = json.loads(shown.stdout)["findings"]
    assert [each["title"] for each in findings if each["severity"] != "low"] == []
    assert shown.exit_code == 0


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
def test_an_empty_form_gives_no_entry_and_is_not_passed_over(forms: Path, suffix: str) -> None:
    form = forms / "templates" / f"Eastmere Police chronology.{suffix}"
    shown = RUN.invoke(app, ["check", str(form), "--case", str(forms), "--format", "json"])
    told = json.loads(shown.stdout)
    assert told["entries"] == []
    assert shown.exit_code == 2


def test_yes_in_the_nil_box_is_a_declaration(forms: Path) -> None:
    form = forms / "templates" / "Eastmere Police chronology.xlsx"
    book = load_workbook(form)
    book["Chronology"]["F3"].value = "YES"
    book.save(forms / "returns" / form.name)
    declared = merged(forms).declarations
    assert [each.agency for each in declared] == ["police"]


def test_a_filled_word_form_gives_its_rows(forms: Path) -> None:
    form = forms / "templates" / "Eastmere Police chronology.docx"
    document = Document(str(form))
    table = document.tables[-1]
    for number, day in enumerate(("03/06/2021", "early July 2021"), start=1):
        table.rows[number].cells[0].text = day
        table.rows[number].cells[4].text = "Wren"
        table.rows[number].cells[5].text = f"Stopped in the park, time {number}."
    document.save(str(forms / "returns" / form.name))
    timeline = merged(forms)
    assert [entry.when.edtf for entry in timeline.entries] == ["2021-06-03", "2021-07-01/2021-07-10"]
    assert {entry.agency for entry in timeline.entries} == {"police"}


def test_forms_are_never_written_over(forms: Path) -> None:
    again = RUN.invoke(app, ["template", str(forms)])
    assert again.exit_code == 2
    assert "exists already" in again.stderr
