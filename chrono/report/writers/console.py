"""A summary in the terminal that fits a screen: who returned what, the months, and what matters most."""

from __future__ import annotations

import io
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import BinaryIO

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from chrono.model import Source, Timeline, short_day
from chrono.report.grid import Grid, grid
from chrono.report.notebook import DECIDED
from chrono.report.status import AgencyStatus, status
from chrono.report.text import counted, one_line, short
from chrono.report.writer import Report, Writer

MOST_FINDINGS = 8
MOST_ROWS = 3
"""Rows named beside a finding; the workbook names them all."""
MOST_LINES = 6
"""Problems and assumptions shown; combined.json has them all."""
STEPS = (1, 2, 3, 6, 12, 24, 60)
"""Months that one character of the month grid may stand for."""
LEAST_GRID = 12
COLOURS = {"high": "bold red", "medium": "yellow", "low": "dim"}


def write(report: Report, out: BinaryIO) -> None:
    """Colours only on a terminal that wants them (NO_COLOR); as wide as the terminal is."""
    stream = io.TextIOWrapper(out, encoding=sys.stdout.encoding or "utf-8", errors="replace", write_through=True)
    try:
        console = Console(file=stream, highlight=False)
        for part in _parts(report, console.width):
            console.print(part)
    finally:
        stream.detach()


def _parts(report: Report, width: int) -> Iterator[RenderableType]:
    review = report.review
    yield _heading(review.timeline)
    yield from _agencies(review.timeline, status(review), width)
    yield from _findings(report, width)
    told = [f"Since the last merge: {report.changes.in_words()}"] if report.changes else []
    yield from _said("Your workbook", [*told, *report.notebook.said])
    yield from _said("Could not be used as it is", list(_problems(review.timeline)))
    yield from _said("Assumed", review.timeline.case.assumptions)


def _heading(timeline: Timeline) -> Text:
    first, last = timeline.period
    period = f"{short_day(first)} to {short_day(last)}" if first and last else "no dates"
    sheets = [sheet for account in timeline.returns for sheet in account.sheets]
    aside = sum(len(sheet.set_aside) for sheet in sheets)
    undated = len(timeline.entries) - len(timeline.dated)
    asked = sum(agency.asked for agency in timeline.case.agencies)
    answered = sum(agency.asked and agency.id in timeline.returned for agency in timeline.case.agencies)
    parts = [
        f"{asked} asked, {answered} returned" if asked else counted(len(timeline.returned), "agency", "agencies"),
        f"{sum(sheet.rows for sheet in sheets):,} rows = {counted(len(timeline.entries), 'entry', 'entries')}"
        f" + {aside:,} set aside",
        counted(len(timeline.links), "group") + " of linked entries",
        *([f"{undated} without a date"] if undated else []),
    ]
    text = Text(one_line(timeline.case.title) or "Combined chronology", style="bold")
    text.append(f"  {period}\n", style="default not bold")
    return text.append("; ".join(parts), style="not bold")


def _agencies(timeline: Timeline, lines: tuple[AgencyStatus, ...], width: int) -> Iterator[RenderableType]:
    """Who was asked and returned what; beside it how many entries each has in each month, as far as it is wide enough."""
    months = grid(timeline)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("Agency", max_width=max(12, width // 4), no_wrap=True)
    table.add_column("Returned", max_width=max(10, width // 5), no_wrap=True)
    table.add_column("Entries", justify="right")
    table.add_column("Aside", justify="right")
    sent = tuple(line for line in lines if line.files)
    room = width - _taken(sent, width)
    step = next((step for step in STEPS if len(months.months) <= step * room), 0) if room >= LEAST_GRID else 0
    if step:
        table.add_column(Text(_years(months.months, step)), no_wrap=True)
    for line in lines:
        if line.files:
            returned = short(one_line(", ".join(line.files)), max(10, width // 5))
            cells = [one_line(line.name), returned, f"{line.entries:,}", f"{line.set_aside:,}"]
            cells += [_activity(months, line.agency, step)] if step else []
            table.add_row(*map(Text, cells))
    silent = ", ".join(one_line(line.name) for line in lines if not line.files)
    yield Text()
    yield table
    if step:
        each = "a month" if step == 1 else f"{step} months"
        yield Text(f"Each character is {each}: the number of entries, + for ten or more, · for none.", style="dim")
    if silent:
        yield Text(f"Asked, nothing returned: {silent}", style="yellow")


def _taken(lines: tuple[AgencyStatus, ...], width: int) -> int:
    """Characters that the columns before the grid take, with their padding."""
    names = min(max((len(line.name) for line in lines), default=0), max(12, width // 4))
    files = max((len(", ".join(line.files)) for line in lines), default=0)
    return names + min(max(files, 8), max(10, width // 5)) + len("EntriesAside") + 2 * 5


def _groups(months: tuple[date, ...], step: int) -> Iterator[tuple[date, ...]]:
    for begin in range(0, len(months), step):
        yield months[begin : begin + step]


def _activity(months: Grid, agency: str, step: int) -> str:
    counts = (
        len({entry.id for month in group for entry in months.entries(agency, month)})
        for group in _groups(months.months, step)
    )
    return "".join("·" if count == 0 else str(count) if count < 10 else "+" for count in counts)


def _years(months: tuple[date, ...], step: int) -> str:
    """The years, each where its first month stands; left out where there is no room between two."""
    ruler = ""
    shown = None
    for place, group in enumerate(_groups(months, step)):
        if group[0].year != shown and len(ruler) <= place:
            ruler = f"{ruler:{place}}{group[0].year} "
            shown = group[0].year
    return ruler.rstrip()


def _findings(report: Report, width: int) -> Iterator[RenderableType]:
    findings, place = report.review.findings, _places(report.review.timeline)
    numbered = enumerate(findings, start=1)
    open_ones = [(number, each) for number, each in numbered if report.notebook.status(each) not in DECIDED]
    counts = {name: sum(finding.severity == name for _, finding in open_ones) for name in COLOURS}
    split = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    yield Text()
    decided = f" ({len(findings) - len(open_ones)} more are decided)" if len(open_ones) < len(findings) else ""
    yield Text(counted(len(open_ones), "finding") + (f": {split}" if split else "") + decided, style="bold")
    table = Table.grid(padding=(0, 2, 0, 0))
    for number, finding in open_ones[:MOST_FINDINGS]:
        severity = finding.severity or "low"
        rows = [one_line(place(source)) for source in finding.cites]
        more = f" and {len(rows) - MOST_ROWS} more" if len(rows) > MOST_ROWS else ""
        text = Text(one_line(finding.title))
        text.append("  " + "; ".join(rows[:MOST_ROWS]) + more if rows else "", style="dim")
        table.add_row(f"F{number}", Text(severity, style=COLOURS[severity]), text)
    yield table
    if len(open_ones) > MOST_FINDINGS:
        yield Text(
            short(
                f"and {len(open_ones) - MOST_FINDINGS} more, in the workbook's sheet Findings; one in full: chrono show F1",
                width,
            )
        )


def _problems(timeline: Timeline) -> Iterator[str]:
    """Each problem once, with all the files that have it."""
    files: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in timeline.problems:
        files[one.what, one.remedy].append(str(Source(one.file, one.sheet, one.row)))
    for (what, remedy), places in files.items():
        yield f"{', '.join(dict.fromkeys(places))}: {what}" + (f"; {remedy}" if remedy else "")


def _places(timeline: Timeline) -> Callable[[Source], str]:
    """How a row is named: the sheet only where a file has several with entries."""
    several = {account.file for account in timeline.returns if sum(sheet.entries > 0 for sheet in account.sheets) > 1}
    return lambda source: str(source if source.file in several else replace(source, sheet=""))


def _said(heading: str, lines: list[str] | tuple[str, ...]) -> Iterator[RenderableType]:
    if not lines:
        return
    yield Text()
    yield Text(heading, style="bold")
    yield from (Text(one_line(line)) for line in lines[:MOST_LINES])
    if len(lines) > MOST_LINES:
        yield Text(f"and {len(lines) - MOST_LINES} more, in combined.json", style="dim")


writer = Writer("console", "", write, help="a summary in the terminal")
