"""combined.csv: the chronology for any spreadsheet or statistics program."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from chrono.report.lines import Line, lines
from chrono.report.text import clean
from chrono.report.writer import Report, Writer

HEADERS = (
    *("No.", "Date as read", "First day", "Last day", "Date as written", "Time", "Agency", "Subject"),
    *("What happened", "Outcome", "People", "Also recorded by", "Findings", "Other cells of the row"),
    *("File", "Sheet", "Row", "Entry id"),
)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\n")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""Without it Excel takes UTF-8 for something else."""


def write(report: Report, out: BinaryIO) -> None:
    """One record an entry, undated ones last, then the reviewer's columns; lines end as RFC 4180 asks."""
    out.write(BYTE_ORDER_MARK)
    text = io.TextIOWrapper(out, encoding="utf-8", errors="replace", newline="")
    try:
        own = report.notebook.headers("entry")
        table = csv.writer(text)
        table.writerow([inert(header) for header in (*HEADERS, *own)])
        for line in lines(report.review):
            remarks = report.notebook.beside("entry", line.entry.id)
            kept = (remarks.get(header) for header in own)
            table.writerow(
                [*map(inert, _record(line)), *("" if value is None else inert(str(value)) for value in kept)]
            )
    finally:
        text.detach()


def _record(line: Line) -> Iterator[str]:
    when, source = line.entry.when, line.entry.source
    yield from (str(line.number), line.read)
    yield from (day.isoformat() if day else "" for day in (when.start, when.end))
    yield from (line.written, line.time, line.agency, line.subjects, line.text, line.outcome, line.people)
    yield from (line.also, line.findings, line.other, source.file, source.sheet, str(source.row), line.entry.id)


def inert(text: str) -> str:
    """Text that a spreadsheet does not take for a formula: an apostrophe goes before what looks like one."""
    safe = clean(text)
    return f"'{safe}" if safe.startswith(FORMULA_STARTS) else safe


writer = Writer("csv", "combined.csv", write, help="the chronology for any spreadsheet")
