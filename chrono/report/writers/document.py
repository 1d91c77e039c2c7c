"""combined.docx: the combined chronology as the Word table that panels expect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from chrono.model import short_day
from chrono.report.lines import CATEGORIES, Line, lines
from chrono.report.text import counted
from chrono.report.writer import Report, Writer

HEADERS = ("No.", "Date", "Time", "Agency", "Subject", "What happened", "Outcome", "Source")
WIDTHS = (1.1, 2.5, 1.3, 3.0, 1.9, 9.1, 3.7, 4.1)
FINDING_HEADERS = ("No.", "Importance", "Kind", "What was found", "Rows")
FINDING_WIDTHS = (1.1, 2.7, 2.9, 12.0, 8.0)
LEFT_OUT = frozenset({"no", "n", "false", "0"})


def write(report: Report, out: BinaryIO) -> None:
    """The dated entries, then the undated ones, then what does not fit. Entries marked 'no' under Include are left out."""
    # Most merges write no Word file, and the library takes a tenth of a second to start.
    from chrono.report import word

    timeline = report.review.timeline
    first, last = timeline.period
    shown = [line for line in lines(report.review) if not left_out(report, line)]
    missing = len(timeline.entries) - len(shown)
    told = [f"{short_day(first)} to {short_day(last)}"] if first and last else []
    told += [counted(len(shown), "entry", "entries")]
    told += [f"{missing} left out by the reviewer"] if missing else []
    made = word.document(timeline.case.title or "Combined chronology", "; ".join(told), landscape=True)
    word.table(made, HEADERS, WIDTHS, _rows(line for line in shown if line.day))
    undated = [line for line in shown if not line.day]
    if undated:
        made.document.add_heading("Entries without a date", level=2)
        word.table(made, HEADERS, WIDTHS, _rows(undated))
    if report.review.findings:
        made.document.add_heading("What does not fit", level=2)
        word.quiet(made, "What the rows show and what is absent; not who was at fault.")
        word.table(made, FINDING_HEADERS, FINDING_WIDTHS, _finding_rows(report))
    word.save(made, out)


def left_out(report: Report, line: Line) -> bool:
    """True if the reviewer said so."""
    said = report.notebook.beside("entry", line.entry.id).get("Include")
    return str(said if said is not None else "").strip().casefold() in LEFT_OUT


def _rows(shown: Iterable[Line]) -> Iterator[tuple[str, ...]]:
    for line in shown:
        certain = line.entry.when.is_day and line.entry.when.status == "ok"
        date = line.read if certain else f"{line.read}\n(written: {line.written or 'nothing'})"
        source = str(line.entry.source)
        yield str(line.number), date, line.time, line.agency, line.subjects, line.text, line.outcome, source


def _finding_rows(report: Report) -> Iterator[tuple[str, ...]]:
    for number, finding in enumerate(report.review.findings, start=1):
        yield (
            f"F{number}",
            f"{finding.severity or 'low'}, {finding.certainty}",
            CATEGORIES[finding.category or "data-quality"],
            f"{finding.title}\n{finding.explanation}".strip(),
            "\n".join(map(str, finding.cites)),
        )


writer = Writer("document", "combined.docx", write, help="the Word table that panels expect")
