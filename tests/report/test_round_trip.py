"""What the reviewer wrote is found again after rows were added, changed, moved and withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl.comments import Comment

from chrono.model import Entry, Finding, Review, Source
from chrono.report import ReportError, write
from tests.report import desk
from tests.report.invented import content_id, entry, finding, review, small

NAMES = ("workbook", "combined")
SUBJECTS = ("attendance", "housing", "health", "contact with the family", "a placement", "school transport")
ACTS = ("Telephone call about", "Home visit about", "Letter received about", "Meeting held about", "E-mail sent about")


def diary(agency: str, count: int, start: date) -> list[Entry]:
    """Entries as an agency writes them: alike, and no two the same."""
    made = []
    for number in range(count):
        day = (start + timedelta(days=9 * number)).isoformat()
        text = f"{ACTS[number % 5]} {SUBJECTS[number % 6]}, note {number * number + 7}. Worker {agency.upper()}{number % 3}."
        made.append(entry(agency, number + 2, day, text))
    return made


def moved(one: Entry, row: int, **more: object) -> Entry:
    """The entry on another row of its file."""
    return replace(one, source=Source(one.source.file, one.source.sheet, row), **more)


def changed(one: Entry, *, text: str = "") -> Entry:
    """The row after its text was corrected: its content, so its id, is another."""
    return replace(one, text=text, id=content_id(one.agency, one.when.text, text))


CSC, POLICE, SCHOOL = (
    diary("csc", 20, date(2021, 1, 4)),
    diary("police", 20, date(2021, 2, 1)),
    diary("school", 12, date(2021, 3, 1)),
)


def findings(entries: list[Entry]) -> list[Finding]:
    """Twelve findings, each on a pair of social care's entries."""
    return [
        finding("G01", f"Nothing between entries {number} and {number + 1}", first.source, second.source)
        for number, (first, second) in enumerate(pairwise(entries[:13]))
    ]


def identified(one: Review) -> Review:
    """With ids from the content of the rows cited, as the checks give them."""
    by_source = one.timeline.by_source
    named = [
        replace(each, id=content_id(each.rule, *(by_source[cite].id for cite in each.cites))) for each in one.findings
    ]
    return replace(one, findings=tuple(named))


def first_merge() -> Review:
    return identified(review([*CSC, *POLICE, *SCHOOL], findings(CSC)))


def later_merge() -> Review:
    """Social care sends a later version: five rows added on top, three changed, two withdrawn; the surgery's return is late."""
    added = [
        entry("csc", row, f"2020-11-{row:02}", f"Earlier history, part {row} of the old file.") for row in range(2, 7)
    ]
    kept = [moved(one, one.source.row + 5) for one in CSC if one not in (CSC[16], CSC[18])]
    corrected = {CSC[place].id for place in (2, 14, 15)}
    kept = [changed(one, text=one.text + " Corrected on file.") if one.id in corrected else one for one in kept]
    late = diary("gp", 6, date(2021, 5, 3))
    return identified(review([*added, *kept, *POLICE, *SCHOOL, *late], findings(kept)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An output folder in which the reviewer has worked: 30 notes, 10 decisions, a column of their own, all sorted anew."""
    write(first_merge(), tmp_path, NAMES)
    with desk.opened(tmp_path) as book:
        timeline = book["Timeline"]
        timeline.insert_cols(3)
        timeline.cell(desk.HEADERS, 3, "My mark")
        for place, one in enumerate([*CSC[:20], *POLICE[:10]]):
            desk.note(timeline, one.text, Note=f"about {one.text}", Include="yes", My_mark=place)
        for number in range(10):
            desk.note(
                book["Findings"], f"Nothing between entries {number} ", Status="accepted", Reason=f"reason {number}"
            )
        desk.reverse(timeline)
        timeline.title = "My timeline"
    return tmp_path


def test_every_note_is_beside_its_entry_or_has_no_home(folder: Path) -> None:
    write(later_merge(), folder, NAMES)
    there = {str(line["Note"]): str(line["What happened"]) for line in desk.lines(folder) if "Note" in line}
    homeless = [str(line[3]) for line in desk.plain_lines(folder, "Notes without a home") if line[2] == "Note"]
    assert all(text.startswith(said.removeprefix("about ")) for said, text in there.items())
    assert sorted([*there, *homeless]) == sorted(f"about {one.text}" for one in [*CSC[:20], *POLICE[:10]])
    assert sorted(homeless) == sorted(f"about {one.text}" for one in (CSC[16], CSC[18]))


def test_a_column_of_the_reviewers_own_goes_along(folder: Path) -> None:
    write(later_merge(), folder, NAMES)
    marks = {line["What happened"]: line["My mark"] for line in desk.lines(folder) if "My mark" in line}
    assert marks[CSC[7].text] == 7
    assert marks[POLICE[9].text] == 29


def test_decisions_stand_unless_their_facts_changed(folder: Path) -> None:
    write(later_merge(), folder, NAMES)
    decided = {line["Reason"]: line for line in desk.lines(folder, "Findings") if "Reason" in line}
    # Entry 2 was corrected, and findings 1 and 2 rest on it.
    reopened = [reason for reason, line in decided.items() if line["Status"] == "open"]
    assert len(decided) == 10
    assert sorted(reopened) == ["reason 1", "reason 2"]
    assert "accepted" in decided["reason 1"]["Open again because"]


def test_the_changes_listed_are_those_made(folder: Path) -> None:
    write(later_merge(), folder, NAMES)
    listed = [(line[0], line[1]) for line in desk.plain_lines(folder, "Changes")]
    assert listed.count(("entry", "added")) == 5 + 6
    assert listed.count(("entry", "changed")) == 3
    assert listed.count(("entry", "gone")) == 2
    assert [line for line in listed if line[0] == "return"] == [("return", "added")]


def test_a_third_merge_of_the_same_returns_changes_nothing(folder: Path) -> None:
    write(later_merge(), folder, NAMES)
    before = desk.lines(folder), desk.lines(folder, "Findings"), desk.plain_lines(folder, "Notes without a home")
    write(later_merge(), folder, NAMES)
    after = desk.lines(folder), desk.lines(folder, "Findings"), desk.plain_lines(folder, "Notes without a home")
    assert after == before


def test_the_workbook_as_it_was_left_is_kept(folder: Path) -> None:
    left = (folder / "combined.xlsx").read_bytes()
    write(later_merge(), folder, NAMES)
    assert (folder / "combined.previous.xlsx").read_bytes() == left


def test_a_note_comes_home_when_its_return_does(folder: Path) -> None:
    without = review([*POLICE, *SCHOOL])
    write(without, folder, NAMES)
    assert len([line for line in desk.plain_lines(folder, "Notes without a home") if line[2] == "Note"]) == 20
    write(first_merge(), folder, NAMES)
    assert sum("Note" in line for line in desk.lines(folder)) == 30
    assert not desk.plain_lines(folder, "Notes without a home")


def test_deleted_ids_and_keys_are_made_up_for_by_headers_and_words(folder: Path) -> None:
    with desk.opened(folder) as book:
        timeline = book["My timeline"]
        timeline.title = "Timeline"
        timeline.delete_cols(desk.columns(timeline)["Entry id"])
        timeline.delete_rows(3)
    write(first_merge(), folder, NAMES)
    assert sum("Note" in line for line in desk.lines(folder)) == 30


def test_decisions_are_kept_as_text_and_read_from_there(folder: Path) -> None:
    write(first_merge(), folder, NAMES)
    assert "reason: reason 3" in (folder / "decisions.yaml").read_text()
    (folder / "combined.xlsx").unlink()
    write(first_merge(), folder, NAMES)
    assert sum(line["Status"] == "accepted" for line in desk.lines(folder, "Findings")) == 10


def test_a_decision_taken_in_the_text_file_reaches_the_workbook(folder: Path) -> None:
    write(first_merge(), folder, NAMES)
    text = (folder / "decisions.yaml").read_text().replace("reason: reason 3", "reason: as the panel agreed")
    (folder / "decisions.yaml").write_text(text)
    write(first_merge(), folder, NAMES)
    assert "as the panel agreed" in [line.get("Reason") for line in desk.lines(folder, "Findings")]


def test_a_formula_in_a_note_is_kept_as_the_text_that_was_typed(tmp_path: Path) -> None:
    write(small(), tmp_path, NAMES)
    with desk.opened(tmp_path) as book:
        desk.note(book["Timeline"], "Home visit", Note="=1+1")
    write(small(), tmp_path, NAMES)
    write(small(), tmp_path, NAMES)
    assert [line["Note"] for line in desk.lines(tmp_path) if "Note" in line] == ["=1+1"]


def test_words_typed_over_an_agencys_are_not_lost(tmp_path: Path) -> None:
    write(small(), tmp_path, NAMES)
    with desk.opened(tmp_path) as book:
        timeline = book["Timeline"]
        row = desk.row_of(timeline, "Home visit")
        timeline.cell(row, desk.columns(timeline)["What happened"], "My words")
    write(small(), tmp_path, NAMES)
    assert "My words" in [line[3] for line in desk.plain_lines(tmp_path, "Notes without a home")]


def test_a_row_and_a_sheet_that_the_reviewer_added_are_kept(tmp_path: Path) -> None:
    write(small(), tmp_path, NAMES)
    with desk.opened(tmp_path) as book:
        timeline = book["Timeline"]
        timeline.append([None, None, "June 2021", *[None] * 4, "Panel met"])
        book.create_sheet("Ideas")["A1"] = "Ask about transport"
    write(small(), tmp_path, NAMES)
    assert "Panel met" in [line[3] for line in desk.plain_lines(tmp_path, "Notes without a home")]
    with desk.opened(tmp_path) as book:
        assert book["Ideas"]["A1"].value == "Ask about transport"


def test_comments_on_cells_are_kept_in_a_column(tmp_path: Path) -> None:
    write(small(), tmp_path, NAMES)
    with desk.opened(tmp_path) as book:
        timeline = book["Timeline"]
        timeline.cell(desk.row_of(timeline, "Home visit"), 1).comment = Comment("Ask who was there", "Reviewer")
    for _ in range(2):
        write(small(), tmp_path, NAMES)
    assert [line["Comments in cells"] for line in desk.lines(tmp_path) if "Comments in cells" in line] == [
        "Ask who was there"
    ]


def test_a_column_called_as_one_of_chronos_is_kept_apart(tmp_path: Path) -> None:
    write(small(), tmp_path, NAMES)
    with desk.opened(tmp_path) as book:
        timeline = book["Timeline"]
        timeline.cell(desk.HEADERS, timeline.max_column + 1).value = "Agency"
        timeline.cell(desk.FIRST, timeline.max_column).value = "asked again"
    for _ in range(2):
        write(small(), tmp_path, NAMES)
    assert [line["Agency (2)"] for line in desk.lines(tmp_path) if "Agency (2)" in line] == ["asked again"]


def test_dates_and_numbers_that_the_reviewer_typed_stay_dates_and_numbers(tmp_path: Path) -> None:
    write(small(), tmp_path, NAMES)
    with desk.opened(tmp_path) as book:
        desk.note(book["Timeline"], "Home visit", Note=3.5, Key_episode=datetime(2021, 9, 20), Include=True)
    for _ in range(2):
        write(small(), tmp_path, NAMES)
    line = next(line for line in desk.lines(tmp_path) if "Note" in line)
    assert (line["Note"], line["Key episode"], line["Include"]) == (3.5, datetime(2021, 9, 20), True)


def test_a_workbook_of_another_case_is_left_alone(tmp_path: Path) -> None:
    write(small(), tmp_path, NAMES)
    before = (tmp_path / "combined.xlsx").read_bytes()
    other = review([entry("csc", 2, "2020-01-01", "Another child's row.", file="elsewhere.xlsx")])
    other = replace(other, timeline=replace(other.timeline, case=replace(other.timeline.case, title="Another case")))
    with pytest.raises(ReportError, match="another case"):
        write(other, tmp_path, NAMES)
    assert (tmp_path / "combined.xlsx").read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_a_workbook_that_cannot_be_read_is_left_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "combined.xlsx").write_bytes(content)
    with pytest.raises(ReportError, match="left alone"):
        write(small(), tmp_path, NAMES)
    assert (tmp_path / "combined.xlsx").read_bytes() == content


def test_an_open_workbook_is_not_replaced(tmp_path: Path) -> None:
    write(small(), tmp_path, NAMES)
    (tmp_path / "~$combined.xlsx").write_bytes(b"")
    with pytest.raises(ReportError, match="save and close it"):
        write(small(), tmp_path, NAMES)
