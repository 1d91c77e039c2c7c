"""What an output folder still knows of earlier merges: the reviewer's notes and decisions, and what was there before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from chrono.model import Review, Timeline
from chrono.report.answers import FOLDER as ANSWERS
from chrono.report.answers import read_answers
from chrono.report.carry import carry
from chrono.report.changes import Changes
from chrono.report.decisions import NAME as DECISIONS
from chrono.report.decisions import decisions_text, read_decisions
from chrono.report.earlier import changes_since
from chrono.report.folder import Fill
from chrono.report.read_back import OldBook, read_back
from chrono.report.text import clean
from chrono.report.writer import Report, ReportError

WORKBOOK, COMBINED = "combined.xlsx", "combined.json"
KEPT_BESIDE: Mapping[str, str] = {WORKBOOK: "combined.previous.xlsx"}
"""Files of which the last one is kept, and under which name."""
LOCKS = ("~$combined.xlsx", ".~lock.combined.xlsx#")
"""What Excel and LibreOffice put beside a workbook while it is open."""


def remember(review: Review, folder: Path, names: Sequence[str]) -> tuple[Report, Mapping[str, Fill]]:
    """The report with what the reviewer wrote, and the files that keep it as text.

    Raises ReportError where the workbook is to be written and the one that is there is open, cannot be read, or belongs
    to another case.
    """
    writing = "workbook" in names
    book = _old_book(review.timeline, folder, writing) if names else None
    decisions = read_decisions(folder) if names else {}
    answers, told = read_answers(folder.parent / ANSWERS) if writing else ((), ())
    notebook = carry(book, decisions, review, answers)
    notebook = replace(notebook, said=(*notebook.said, *told))
    report = Report(review, notebook, changes_since(folder / COMBINED, Report(review)) if names else Changes())
    text = decisions_text(review, notebook)
    kept: dict[str, Fill] = {}
    if writing and (text or decisions):
        kept[DECISIONS] = lambda out: _put(out, text)
    return report, kept


def _put(out: BinaryIO, text: str) -> None:
    out.write(text.encode("utf-8", "replace"))


def _old_book(timeline: Timeline, folder: Path, writing: bool) -> OldBook | None:
    path = folder / WORKBOOK
    if not path.exists():
        return None
    if writing:
        _not_open(folder)
    try:
        book = read_back(path)
        _same_case(path, book, timeline)
    except ReportError:
        if writing:
            raise
        return None
    return book


def _not_open(folder: Path) -> None:
    for name in LOCKS:
        if (folder / name).exists():
            raise ReportError(
                f"{folder / WORKBOOK}: open in Excel or LibreOffice; save and close it and run again. "
                f"If it is not open, delete the file {name} that was left behind"
            )


def _same_case(path: Path, book: OldBook, timeline: Timeline) -> None:
    """Another case's workbook must not be replaced: another title, and none of its rows among these."""
    same_title = not book.case or book.case.strip() == clean(timeline.case.title).strip()
    lines = book.of("entry")
    known = {entry.id for entry in timeline.entries}
    files = {account.file for account in timeline.returns}
    if same_title or not lines or any(line.text("id") in known or line.text("file") in files for line in lines):
        return
    raise ReportError(
        f"{path}: belongs to another case ({clean(book.case)}), so it is left alone; move it, or choose another folder with -o"
    )
