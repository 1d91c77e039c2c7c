"""The sheet Findings: what does not fit, most serious first, with links that jump to the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from chrono.model import Entry, Finding
from chrono.report.lines import CATEGORIES, SEVERITIES, cited, names
from chrono.report.notebook import STATUSES
from chrono.report.text import counted
from chrono.report.writer import Report
from chrono.report.xlsx.book import Cell, Column, Jump, Styled, TableSheet, own_columns

JUMPS = 3
"""Links to rows a finding has; all its rows stand in words beside them."""
BEFORE_OWN = (
    Column("number", "No.", 5, "strong"),
    Column("severity", "Importance", 11),
    Column("category", "Kind", 14),
    Column("certainty", "Certainty", 10),
    Column("title", "What was found", 32, "strong"),
    Column("explanation", "How it was worked out", 46),
    Column("settle", "What would settle it", 28),
    Column("rows", "Rows", 26, "faint"),
    *(Column(f"jump{place}", f"Go to {place}", 7) for place in range(1, JUMPS + 1)),
)
AFTER_OWN = (
    Column("reopened", "Open again because", 20),
    Column("agencies", "Agencies", 20),
    Column("expected", "Expected from", 20),
    Column("subjects", "Subject", 12),
    Column("from", "From", 11, "day"),
    Column("to", "To", 11, "day"),
    Column("basis", "Basis", 28, "faint"),
    Column("rule", "Check", 16, "faint"),
    Column("entries", "Entry ids", 14, "faint", hidden=True),
    Column("as-written", "Decision as written", 14, "faint", hidden=True),
    Column("id", "Finding id", 14, "faint", hidden=True),
)
OWN = {"Status": (13.0, STATUSES), "Reason": (28.0, ())}
A3 = 8


def columns(report: Report) -> tuple[Column, ...]:
    """The columns of the sheet, with the reviewer's decision beside what was found."""
    return BEFORE_OWN + own_columns(report.notebook.headers("finding"), OWN) + AFTER_OWN


def findings_sheet(report: Report, ids: str) -> TableSheet:
    """All findings, numbered as in every output. `ids` is the letter of the id column of the sheets Timeline and Undated."""
    findings = report.review.findings
    remarks = {finding.id: {"Status": "open", **report.notebook.beside("finding", finding.id)} for finding in findings}
    whole = columns(report)
    return TableSheet(
        name="Findings",
        kind="finding",
        title="Findings",
        subtitle=_told(findings),
        columns=whole,
        rows=_rows(report, findings, ids),
        remarks=remarks,
        frozen=5,
        printed=len(whole) - len(AFTER_OWN) + 1,
        paper=A3,
    )


def _told(findings: Sequence[Finding]) -> str:
    kinds = [
        counted(sum(finding.category == kind for finding in findings), word.lower(), f"{word.lower()}s")
        for kind, word in CATEGORIES.items()
        if any(finding.category == kind for finding in findings)
    ]
    ranks = [f"{sum(each.severity == name for each in findings)} {name}" for name in SEVERITIES]
    return (
        f"{', '.join(ranks)}. {', '.join(kinds)}. "
        "They state what the rows show and what is absent, not who was at fault. Status and Reason are yours."
    ).replace("data qualitys", "of data quality")


def _rows(report: Report, findings: Sequence[Finding], ids: str) -> Iterator[tuple[str, Sequence[Cell]]]:
    timeline = report.review.timeline
    name = names(timeline)
    numbers = {entry.id: number for number, entry in enumerate(timeline.entries, start=1)}
    for number, finding in enumerate(findings, start=1):
        entries = cited(timeline, finding)
        first, last = finding.period
        severity = finding.severity or "low"
        yield (
            finding.id,
            (
                f"F{number}",
                Styled(severity, severity),
                CATEGORIES[finding.category or "data-quality"],
                finding.certainty,
                finding.title,
                finding.explanation,
                finding.settle,
                "\n".join(map(str, finding.cites)),
                *_jumps(entries, numbers, ids),
                report.notebook.reopened.get(finding.id, ""),
                _named(name, finding.agencies),
                _named(name, finding.expected_from),
                _named(name, finding.subjects),
                first,
                last,
                finding.basis or "",
                finding.rule,
                " ".join(dict.fromkeys(entry.id for entry in entries)),
                f"{report.notebook.status(finding)}|{report.notebook.reason(finding)}",
            ),
        )


def _jumps(entries: Sequence[Entry], numbers: dict[str, int], ids: str) -> Iterator[Cell]:
    for place in range(JUMPS):
        if place >= len(entries):
            yield ""
            continue
        entry = entries[place]
        yield Jump(f"No. {numbers[entry.id]}", "Timeline" if entry.when.known else "Undated", ids, entry.id)


def _named(name: Callable[[str], str], ids: Sequence[str]) -> str:
    return ", ".join(map(name, ids))
