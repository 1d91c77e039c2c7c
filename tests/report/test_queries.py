"""The letters of questions."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from chrono.report import write
from chrono.report.changes import changes, in_words
from chrono.report.queries import file_name, write_queries
from chrono.report.writer import Report
from chrono.report.writers.combined import as_dict
from tests.report import desk
from tests.report.invented import entry, finding, review, small
from tests.report.test_writers import hostile


def letter(folder: Path, name: str) -> str:
    return (folder / f"{name}.md").read_text(encoding="utf-8")


def test_each_agency_is_asked_what_only_it_can_answer(tmp_path: Path) -> None:
    write_queries(small(), tmp_path / "queries")
    surgery = letter(tmp_path / "queries", "mill-lane-surgery")
    assert "asked and nothing was returned" in surgery
    assert "strategy discussion" not in surgery


def test_its_own_rows_are_in_full_and_others_are_not(tmp_path: Path) -> None:
    write_queries(small(), tmp_path / "queries")
    police = letter(tmp_path / "queries", "heron-police")
    assert "Strategy meeting. Agreed joint visit." in police
    assert "Heron Children's Social Care: 4 Mar 2021: strategy discussion" in police
    assert "Strategy discussion held with police." not in police


def test_what_is_needed_is_said_without_whom_the_reviewer_is_to_ask(tmp_path: Path) -> None:
    rows = small().timeline.entries
    settle = "Ask Heron Police and Heron Children's Social Care for the minutes, or the entry made at the time."
    write_queries(
        review(rows, [finding("C01", "Two dates", rows[0].source, settle=settle, agencies=("csc",))]), tmp_path
    )
    assert "settle it: the minutes, or the entry made at the time." in letter(tmp_path, "heron-childrens-social-care")


def test_no_page_ends_between_a_question_and_its_box(tmp_path: Path) -> None:
    write_queries(small(), tmp_path / "queries")
    made = Document(str(tmp_path / "queries" / "heron-police.docx"))
    questions = [one for one in made.paragraphs if one.style.name in ("Normal", "List Bullet") and one.text][2:]
    assert questions
    assert all(one.paragraph_format.keep_with_next for one in questions)


def test_others_rows_are_in_full_if_they_may_be_shared(tmp_path: Path) -> None:
    write_queries(small(), tmp_path / "queries", share=True)
    assert "Strategy discussion held with police." in letter(tmp_path / "queries", "heron-police")


def test_what_was_decided_is_not_asked_again(tmp_path: Path) -> None:
    write(small(), tmp_path / "combined", ["workbook"])
    with desk.opened(tmp_path / "combined") as book:
        desk.note(book["Findings"], "Two dates", Status="explained", Reason="The minutes say so.")
    write(small(), tmp_path / "combined", ["workbook"])
    write_queries(small(), tmp_path / "queries")
    assert not (tmp_path / "queries" / "heron-police.md").exists()


def test_the_word_letter_has_a_box_for_each_answer(tmp_path: Path) -> None:
    write_queries(small(), tmp_path / "queries")
    made = Document(str(tmp_path / "queries" / "heron-childrens-social-care.docx"))
    assert [table.cell(0, 0).paragraphs[0].text[:20] for table in made.tables] == [
        "Answer to question 1",
        "Answer to question 2",
    ]


def answered(case: Path, text: str) -> None:
    """Social care's letter with something written in its first box."""
    write_queries(small(), case / "queries")
    made = Document(str(case / "queries" / "heron-childrens-social-care.docx"))
    made.tables[0].cell(0, 0).paragraphs[1].text = text
    (case / "answers").mkdir(exist_ok=True)
    made.save(str(case / "answers" / "from social care.docx"))


def reasons(case: Path) -> list[str]:
    lines = desk.lines(case / "combined", "Findings")
    return [str(line["Reason"]) for line in lines if "Reason" in line]


def test_an_answered_letter_is_read_back_as_the_reason_once(tmp_path: Path) -> None:
    answered(tmp_path, "Held on 5 March; our row is wrong.")
    for _ in range(3):
        write(small(), tmp_path / "combined", ["workbook"])
    assert reasons(tmp_path) == ["from social care.docx: Held on 5 March; our row is wrong."]


def test_an_answer_to_what_is_no_longer_found_is_kept(tmp_path: Path) -> None:
    answered(tmp_path, "Held on 5 March.")
    for _ in range(2):
        write(review(small().timeline.entries), tmp_path / "combined", ["workbook"])
    assert len(desk.plain_lines(tmp_path / "combined", "Notes without a home")) == 1


def test_hostile_text_is_text_in_markdown_and_word(tmp_path: Path) -> None:
    write_queries(hostile(), tmp_path / "queries")
    text = letter(tmp_path / "queries", "heron-childrens-social-care")
    assert "<script>" not in text
    assert "\x1b" not in text
    assert Document(str(tmp_path / "queries" / "heron-childrens-social-care.docx")).tables


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Children's Social Care", "childrens-social-care"),
        ("../../etc/passwd", "etc-passwd"),
        ("A & E (Ålesund)", "a-e-alesund"),
        ("Поліція", "agency"),
    ],
)
def test_file_names_are_plain(name: str, file: str) -> None:
    assert file_name(name) == file


def test_two_agencies_of_one_name_have_two_letters() -> None:
    assert file_name("Police", ["police.docx", "police.md"]) == "police-2"


def test_the_changes_are_told_in_words() -> None:
    first = [
        entry("csc", 2, "2021-03-04", "Home visit. Robin seen alone."),
        entry("csc", 3, "2021-04-04", "Case closed."),
    ]
    later = [
        entry("csc", 5, "2021-03-04", "Home visit. Robin seen with mother."),
        entry("csc", 6, "2021-05-05", "Referral."),
    ]
    found = changes(as_dict(Report(review(first))), as_dict(Report(review(later))))
    assert found.in_words() == "entries 1 added, 1 changed, 1 gone"
    assert "    now  what happened: Home visit. Robin seen with mother." in in_words(found).splitlines()


def test_nothing_changed_when_rows_only_moved() -> None:
    first = [entry("csc", 2, "2021-03-04", "Home visit. Robin seen alone.")]
    later = [entry("csc", 9, "2021-03-04", "Home visit. Robin seen alone.")]
    found = changes(as_dict(Report(review(first))), as_dict(Report(review(later))))
    assert in_words(found) == "Nothing changed. 1 more stand in another row or file, and are otherwise the same."


def test_a_return_under_another_name_is_one_that_changed() -> None:
    first = [entry("csc", 2, "2021-03-04", "Home visit."), entry("gp", 2, "2021-03-04", "Appointment kept.")]
    later = [entry("csc", 2, "2021-03-04", "Home visit, seen.", file="csc v2.xlsx"), first[1]]
    found = changes(as_dict(Report(review(first))), as_dict(Report(review(later))))
    assert [(one.how, one.where) for one in found.of("return")] == [("changed", "csc v2.xlsx")]
