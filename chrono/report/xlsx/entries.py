"""The sheets Timeline and Undated: every entry on a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from chrono.model import Timeline, short_day
from chrono.report.lines import Line, finding_marks
from chrono.report.text import clean, counted
from chrono.report.writer import Report
from chrono.report.xlsx.book import Cell, Column, Jump, Styled, TableSheet, own_columns
from chrono.report.xlsx.colours import colours

BEFORE_OWN = (
    Column("number", "No.", 5, "number"),
    Column("day", "Sort date", 10.5, "day"),
    Column("read", "Date as read", 14, "strong"),
    Column("written", "Date as written", 12, "faint"),
    Column("time", "Time", 6),
    Column("agency", "Agency", 16),
    Column("subjects", "Subject", 10),
    Column("text", "What happened", 50),
    Column("outcome", "Outcome", 20),
    Column("people", "People", 16),
    Column("also", "Also recorded by", 15),
    Column("findings", "Findings", 10),
)
AFTER_OWN = (
    Column("other", "Other cells of the row", 40, "faint"),
    Column("file", "File", 22, "faint"),
    Column("sheet", "Sheet", 13, "faint"),
    Column("row", "Row", 6, "number"),
    Column("id", "Entry id", 14, "faint", hidden=True),
)
OWN = {
    "Note": (26.0, ()),
    "Key episode": (9.0, ("yes",)),
    "Line of enquiry": (13.0, ()),
    "Include": (8.0, ("yes", "no")),
}
A3 = 8


def columns(report: Report) -> tuple[Column, ...]:
    """The columns of both sheets, the reviewer's in the middle, where they are seen and printed."""
    return BEFORE_OWN + own_columns(report.notebook.headers("entry"), OWN) + AFTER_OWN


def timeline_sheet(report: Report, lines: Sequence[Line], ids: str) -> TableSheet:
    """The dated entries, in order. `ids` is the letter of the id column of the sheet Findings."""
    return _sheet(report, "Timeline", (line for line in lines if line.day), ids, _told(report.review.timeline))


def undated_sheet(report: Report, lines: Sequence[Line], ids: str) -> TableSheet:
    """The entries without a date: kept, and never put on an invented day."""
    told = "Entries whose date is missing or cannot be read. They are part of the chronology, but have no place in its order."
    return _sheet(report, "Undated", (line for line in lines if not line.day), ids, told)


def _sheet(report: Report, name: str, lines: Iterable[Line], ids: str, told: str) -> TableSheet:
    timeline = report.review.timeline
    tints = colours(timeline)
    whole = columns(report)
    return TableSheet(
        name=name,
        kind="entry",
        title=clean(timeline.case.title) or "Combined chronology",
        subtitle=told,
        legend=[(_darker(tint), timeline.name_of(agency)) for agency, tint in tints.items()],
        columns=whole,
        rows=_rows(lines, first_findings(report), tints, ids),
        remarks=report.notebook.remarks.get("entry", {}),
        frozen=3,
        printed=len(whole) - len(AFTER_OWN),
        paper=A3,
    )


def _told(timeline: Timeline) -> str:
    first, last = timeline.period
    period = f"{short_day(first)} to {short_day(last)}. " if first and last else ""
    return f"{period}{counted(len(timeline.dated), 'dated entry', 'dated entries')}. The yellow columns are yours."


def first_findings(report: Report) -> Mapping[str, str]:
    """Entry id -> id of the most important finding that cites it."""
    return {entry: marks[0][1].id for entry, marks in finding_marks(report.review).items()}


def _rows(
    lines: Iterable[Line], findings: Mapping[str, str], tints: Mapping[str, str], ids: str
) -> Iterator[tuple[str, Sequence[Cell]]]:
    for line in lines:
        entry = line.entry
        marks = Jump(line.findings, "Findings", ids, findings[entry.id]) if line.findings else ""
        yield (
            entry.id,
            (
                line.number,
                Styled(line.day, "day" if entry.when.is_day else "first day"),
                line.read,
                line.written,
                line.time,
                Styled(line.agency, "strong", tints[entry.agency]),
                line.subjects,
                line.text,
                line.outcome,
                line.people,
                line.also,
                marks,
                line.other,
                entry.source.file,
                entry.source.sheet,
                entry.source.row,
            ),
        )


def _darker(colour: str) -> str:
    """The same hue, dark enough to be seen as a small square on white."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{max(0, int(255 - (255 - part) * 2.6)):02X}" for part in parts)
