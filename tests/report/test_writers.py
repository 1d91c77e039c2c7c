"""What holds for every writer on the shelf."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from chrono.model import Review, When
from chrono.report import ReportError, write, writer, writers
from chrono.report.xlsx.book import LONGEST
from tests.report.invented import entry, finding, review, small
from tests.report.shown import parts, shown, written

NAMES = sorted(writers())
FILES = sorted(name for name, one in writers().items() if one.filename)
WITH_ENTRIES = ("workbook", "page", "document", "csv", "combined")
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(A1)",
    "-2+3",
    "<script>alert(1)</script>",
    "<r><t>bold</t></r>",
    "[bold]marked up[/bold] [/]",
    "red \x1b[31m bell \x07 nul \x00 end",
    "turned \u202e round \u2066 back",
    "half \ud800 a character \ufffe",
    "_x0041_ &amp; \"quoted\" 'single' {{ 1 + 1 }}",
)


def hostile() -> Review:
    """Every hostile text as an entry's words, and in its other places."""
    entries = [
        entry("csc", row, f"2021-02-{row:02}", text, fields={"outcome": text, text: text})
        for row, text in enumerate(HOSTILE, start=2)
    ]
    found = [finding("X01", text, one.source, settle=text) for text, one in zip(HOSTILE, entries, strict=True)]
    made = review(entries, found)
    return replace(made, timeline=replace(made.timeline, case=replace(made.timeline.case, title=HOSTILE[4])))


@pytest.mark.parametrize("name", ["workbook", "page", "document"])
def test_a_finding_has_the_same_number_in_every_output(name: str) -> None:
    made = small()
    mixed = replace(made, findings=made.findings[::-1])
    text = " ".join(shown(name, mixed).split())
    for number, each in enumerate(mixed.findings, start=1):
        assert re.search(rf"\bF?{number}\b[^.]{{0,60}}{re.escape(each.title)}", text)


@pytest.mark.parametrize("name", NAMES)
def test_every_citation_is_shown(name: str) -> None:
    text = shown(name, small())
    for one in small().findings:
        for source in one.cites:
            assert source.file in text
            assert re.search(rf"\b{source.row}\b", text)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_review_gives_the_same_bytes(name: str) -> None:
    assert written(name, small()) == written(name, small())


@pytest.mark.parametrize("name", NAMES)
def test_a_review_of_nothing_is_written_too(name: str) -> None:
    written(name, review([]))


@pytest.mark.parametrize("name", WITH_ENTRIES)
def test_every_entry_is_shown(name: str) -> None:
    text = shown(name, small())
    assert [one.text for one in small().timeline.entries if one.text not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_control_or_direction_character_reaches_a_reader(name: str) -> None:
    text = shown(name, hostile())
    assert re.findall(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text) == []


@pytest.mark.parametrize("name", WITH_ENTRIES)
def test_hostile_text_is_shown_as_text(name: str) -> None:
    text = shown(name, hostile())
    text = json.dumps(json.loads(text), ensure_ascii=False) if name == "combined" else text
    for words in ("<script>alert(1)</script>", "[bold]marked up[/bold]", "cmd|' /C calc'!A0", "{{ 1 + 1 }}"):
        assert words in text


def test_nothing_in_the_workbook_is_a_formula_but_the_links() -> None:
    made = written("workbook", hostile())
    cells = [cell for sheet in load_workbook(io.BytesIO(made)) for row in sheet.iter_rows() for cell in row]
    assert {str(cell.value)[:12] for cell in cells if cell.data_type == "f"} == {'=HYPERLINK("'}
    texts = [cell for cell in cells if str(cell.value).startswith(("=cmd", "+1+1", "@SUM", "-2+3"))]
    assert texts
    assert all(cell.quotePrefix for cell in texts)


def test_nothing_in_the_csv_is_taken_for_a_formula() -> None:
    records = csv.reader(io.StringIO(written("csv", hostile()).decode("utf-8-sig")))
    assert not [cell for record in records for cell in record if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_no_script_of_a_return_runs_in_the_page() -> None:
    assert "<script>alert" not in written("page", hostile()).decode()


@pytest.mark.parametrize("name", ["workbook", "document"])
def test_office_files_hold_no_links_outside_and_no_code(name: str) -> None:
    inside = parts(written(name, hostile()))
    assert not [part for part in inside if "vba" in part.lower() or "external" in part.lower()]
    assert not [text for part, text in inside.items() if part.endswith(".rels") and 'TargetMode="External"' in text]


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    long = "A very long account. " * 3000
    cells = [
        str(cell.value)
        for sheet in load_workbook(io.BytesIO(written("workbook", review([entry("csc", 2, "2021-02-03", long)]))))
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert max(map(len, cells)) == LONGEST
    assert any("cut: a cell holds no more" in cell for cell in cells)


def test_days_before_excels_calendar_are_written_as_text() -> None:
    old = replace(entry("csc", 2, "2021-02-03", "Family history."), when=When.of_day(date(1898, 5, 4)))
    assert "1898-05-04" in shown("workbook", review([old]))


def test_a_writer_is_the_same_whether_the_others_are_loaded_or_not() -> None:
    assert {name: writer(name) for name in writers()} == writers()


def test_an_unknown_writer_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"pdf: no such writer; there are .*workbook"):
        write(small(), tmp_path, ["pdf"])


def test_files_are_their_owners_only(tmp_path: Path) -> None:
    made = write(small(), tmp_path / "new" / "folder", ["combined", "csv"])
    assert {path.stat().st_mode & 0o077 for path in made} == {0}
    assert (tmp_path / "new" / "folder").stat().st_mode & 0o077 == 0


def test_a_writer_that_fails_leaves_everything_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(small(), tmp_path, ["combined", "csv"])
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def fails(_: object, out: io.BytesIO) -> None:
        out.write(b"half a file")
        raise RuntimeError

    monkeypatch.setitem(writers(), "csv", replace(writers()["csv"], write=fails))  # type: ignore[misc]
    with pytest.raises(RuntimeError):
        write(hostile(), tmp_path, ["combined", "csv"])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(ReportError, match="cannot be used as output folder"):
        write(small(), tmp_path / "taken", ["combined"])
