"""combined.html: one self-contained page for reading and presenting. Its own policy forbids it any connection."""

from __future__ import annotations

import json
from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from typing import Any, BinaryIO

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from chrono.model import Entry, Finding, Timeline, When, short_day
from chrono.report.status import status
from chrono.report.text import clean
from chrono.report.writer import Report, Writer

COLOURS = 12
QUIET_DAYS = 60
"""A stretch in which nobody wrote anything is shaded from this length on."""
SEVERITIES = {"high": "To ask about", "medium": "To look at", "low": "To tidy up"}
KINDS_IN_A_CELL = 2
HEAVY = 2
"""From this weight on, an event is named in the grid."""


@dataclass(frozen=True)
class Lane:
    """An agency as the page shows it: a colour and a short code that tells it apart without the colour."""

    id: str
    name: str
    code: str
    colour: int
    entries: int


def write(report: Report, to: BinaryIO) -> None:
    """The whole page. The table of entries and the findings are there without JavaScript; it adds zoom and filters."""
    for piece in _template().generate(_page(report)):
        to.write(clean(piece).encode())


@cache
def _asset(name: str) -> str:
    return files("chrono.report").joinpath("page", name).read_text(encoding="utf-8")


@cache
def _template() -> Any:
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined).from_string(
        _asset("page.html.j2")
    )


def _page(report: Report) -> dict[str, Any]:
    review = report.review
    timeline = review.timeline
    lanes = {lane.id: lane for lane in _lanes(timeline)}
    numbered = {finding.id: number for number, finding in enumerate(review.findings, start=1)}
    flags = _flags(timeline, review.findings, numbered)
    shown = [_entry(timeline, entry, lanes, flags.get(entry.id, [])) for entry in timeline.entries]
    start, end = timeline.case.start, timeline.case.end
    dated = [entry for entry in shown if entry["start"] or entry["end"]]
    script, style = _asset("page.js"), _asset("page.css")
    return {
        "title": timeline.case.title or "Combined chronology",
        "period": f"{short_day(start)} to {short_day(end)}" if start and end else "",
        "counts": f"{len(timeline.returns)} returns, {len(shown)} entries, {len(review.findings)} findings",
        "script": Markup(script),
        "style": Markup(style),
        "script_hash": _digest(script),
        "style_hash": _digest(style),
        "agencies": list(lanes.values()),
        "subjects": timeline.case.subjects,
        "kinds": _kinds(timeline),
        "quiet_days": QUIET_DAYS,
        "months": [
            {"name": name, "entries": list(group)} for name, group in groupby(dated, key=lambda entry: entry["month"])
        ],
        "undated": [entry for entry in shown if not (entry["start"] or entry["end"])],
        "findings": review.findings,
        "groups": _groups(timeline, review.findings, numbered),
        "grid": _grid(timeline, lanes),
        "returns": status(review),
        "problems": list(map(str, timeline.problems)),
        "assumptions": timeline.case.assumptions,
        "generator": f"chrono {review.version}",
        "overview": _overview(timeline, lanes),
        "data": Markup(_script_safe(_data(timeline, lanes))),
    }


def _digest(text: str) -> str:
    """What a content security policy knows a script or style by."""
    return b64encode(sha256(text.encode()).digest()).decode()


def _script_safe(data: Any) -> str:
    """JSON that cannot end the element it stands in."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").replace("&", "\\u0026")


def _anchor(entry: Entry) -> str:
    return f"e-{entry.id}"


# ------------------------------------------------------------------------------------------------------- agencies


def _lanes(timeline: Timeline) -> Iterator[Lane]:
    """The agencies that have entries or were asked, in the case's order, then others by id."""
    counts = Counter(entry.agency for entry in timeline.entries)
    listed = [agency.id for agency in timeline.case.agencies if agency.asked or counts[agency.id]]
    taken: set[str] = set()
    for number, agency in enumerate([*listed, *sorted(counts.keys() - set(listed))]):
        name = timeline.name_of(agency)
        yield Lane(agency, name, _code(name, taken), number % COLOURS, counts[agency])


def _code(name: str, taken: set[str]) -> str:
    """Two or three letters of the name that no other agency has."""
    words = [word for word in name.replace("(", " ").replace("-", " ").split() if word[0].isalnum() and word != "and"]
    letters = "".join(word[0] for word in words).upper()
    choices = (letters[:3], name[:3].upper(), *(f"{letters[:2]}{number}" for number in range(1, 100)))
    code = next(choice for choice in choices if choice and choice not in taken)
    taken.add(code)
    return code


# -------------------------------------------------------------------------------------------------------- entries


def _entry(timeline: Timeline, entry: Entry, lanes: dict[str, Lane], flags: list[dict[str, Any]]) -> dict[str, Any]:
    when = entry.when
    first = when.start or when.end
    outcome = entry.fields.get("outcome", "")
    inside = when.within(timeline.case.start, timeline.case.end)
    return {
        "id": entry.id,
        "anchor": _anchor(entry),
        "agency": lanes[entry.agency],
        "start": when.start.isoformat() if when.start else "",
        "end": when.end.isoformat() if when.end else "",
        "month": f"{first:%B %Y}" if first else "",
        "read": str(when),
        "written": _as_written(when),
        "notes": when.notes,
        "outside": "outside the review period" if inside is False else "",
        "about": ", ".join(timeline.name_of(id_) for id_ in entry.subjects) if len(timeline.case.subjects) > 1 else "",
        "subjects": " ".join(entry.subjects),
        "kinds": " ".join(dict.fromkeys(event.type for event in entry.events)),
        "text": entry.text,
        "outcome": outcome,
        "cells": [("date", when.text), *((name, cell) for name, cell in entry.fields.items() if cell)],
        "linked": [
            {"anchor": _anchor(other), "name": timeline.name_of(other.agency), "date": str(other.when)}
            for other in timeline.linked(entry)
        ],
        "source": str(entry.source),
        "marks": (*(("hidden row",) if entry.hidden else ()), *dict.fromkeys(mark.kind for mark in entry.marks)),
        "findings": flags,
    }


def _as_written(when: When) -> str:
    """What stands in the cell, where that is not just the day as read."""
    day = f"{when.start:%d/%m/%Y}" if when.is_day and when.start else ""
    plain = {str(when), day, f"{day} {when.start_time}"}
    return "" if when.text.strip() in plain else when.text.strip()


def _kinds(timeline: Timeline) -> list[dict[str, Any]]:
    counts = Counter(kind for entry in timeline.entries for kind in {event.type for event in entry.events})
    return [{"id": kind, "name": kind.replace("-", " "), "count": counts[kind]} for kind in sorted(counts)]


def _data(timeline: Timeline, lanes: dict[str, Lane]) -> dict[str, Any]:
    """What the script draws: lanes, entries as (id, lane, first day, last day, soft ends), quiet stretches, links."""
    with_entries = [lane for lane in lanes.values() if lane.entries]
    number = {lane.id: index for index, lane in enumerate(with_entries)}
    spans = [(entry, *_span(entry)) for entry in timeline.dated]
    first = min((start for _, start, _ in spans), default=None)
    last = max((end for _, _, end in spans), default=None)
    entries = [
        [entry.id, number[entry.agency], (start - first).days, (end - first).days, int(entry.when.approximate)]
        for entry, start, end in spans
        if first is not None
    ]
    return {
        "first": first.isoformat() if first else None,
        "last": last.isoformat() if last else None,
        "lanes": [{"name": lane.name, "colour": lane.colour} for lane in with_entries],
        "entries": entries,
        "quiet": [[(a - first).days + 1, (b - first).days] for a, b in _quiet(spans) if first is not None],
        "links": {
            entry.id: [other.id for other in timeline.linked(entry)]
            for entry in timeline.entries
            if timeline.links_of(entry)
        },
    }


def _span(entry: Entry) -> tuple[date, date]:
    """The days a mark covers; an open side is drawn as the day that is known."""
    first = entry.when.start or entry.when.latest
    return first, entry.when.end or first


def _quiet(spans: Sequence[tuple[Entry, date, date]]) -> Iterator[tuple[date, date]]:
    """The stretches, of QUIET_DAYS or more, that no entry can lie in: the last day before, the first day after."""
    reached: date | None = None
    for _, start, end in sorted(spans, key=lambda span: (span[1], span[2])):
        if reached and (start - reached).days >= QUIET_DAYS:
            yield reached, start
        reached = max(reached, end) if reached else end


# ------------------------------------------------------------------------------------------------------- findings


def _flags(
    timeline: Timeline, findings: Sequence[Finding], numbered: dict[str, int]
) -> dict[str, list[dict[str, Any]]]:
    """For each entry id, the findings that cite it."""
    flags: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for finding in findings:
        number = numbered[finding.id]
        flag = {"anchor": f"f-{number}", "number": number, "severity": finding.severity, "title": finding.title}
        for entry in {timeline.by_source[source].id for source in finding.cites if source in timeline.by_source}:
            flags[entry].append(flag)
    return flags


def _groups(timeline: Timeline, findings: Sequence[Finding], numbered: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "findings": [_finding(timeline, each, numbered[each.id]) for each in findings if each.severity == severity],
        }
        for severity, name in SEVERITIES.items()
        if any(each.severity == severity for each in findings)
    ]


def _finding(timeline: Timeline, finding: Finding, number: int) -> dict[str, Any]:
    cited = [(source, timeline.by_source.get(source)) for source in finding.cites]
    first, last = finding.period
    return {
        "anchor": f"f-{number}",
        "number": number,
        "severity": finding.severity,
        "title": finding.title,
        "category": (finding.category or "").replace("-", " "),
        "certainty": finding.certainty,
        "when": " to ".join(dict.fromkeys(short_day(day) for day in (first, last) if day)),
        "explanation": [part for part in finding.explanation.split("\n") if part.strip()],
        "settle": finding.settle,
        "basis": finding.basis,
        "rows": " ".join(entry.id for _, entry in cited if entry),
        "cites": [{"source": str(source), "anchor": _anchor(entry) if entry else ""} for source, entry in cited],
    }


# ----------------------------------------------------------------------------------------------------------- grid


def _grid(timeline: Timeline, lanes: dict[str, Lane]) -> dict[str, Any]:
    cells: dict[tuple[str, tuple[int, int]], list[Entry]] = defaultdict(list)
    for entry in timeline.dated:
        first = entry.when.start or entry.when.latest
        cells[entry.agency, (first.year, first.month)].append(entry)
    months = sorted({month for _, month in cells})
    most = max((len(found) for found in cells.values()), default=1)
    return {
        "months": [f"{date(year, month, 1):%b %Y}" for year, month in months],
        "lines": [
            {"name": lane.name, "cells": [_cell(cells.get((lane.id, month), []), most) for month in months]}
            for lane in lanes.values()
        ],
    }


def _cell(entries: Sequence[Entry], most: int) -> dict[str, Any]:
    kinds = Counter(
        event.type
        for entry in entries
        for event in entry.events
        if event.status == "occurred" and event.weight >= HEAVY
    )
    return {
        "count": len(entries),
        "shade": 1 + min(2, 3 * len(entries) // (most + 1)),
        "kinds": [kind.replace("-", " ") for kind, _ in kinds.most_common(KINDS_IN_A_CELL)],
    }


# ------------------------------------------------------------------------------------------- without JavaScript

OVERVIEW_WIDTH, OVERVIEW_LANE, OVERVIEW_NAMES = 1000, 26, 170


def _overview(timeline: Timeline, lanes: dict[str, Lane]) -> Markup:
    """A small drawing of the lanes for those who read without JavaScript; the script replaces it."""
    drawn = _data(timeline, lanes)
    days = max((end for _, _, _, end, _ in drawn["entries"]), default=0) + 1
    scale = (OVERVIEW_WIDTH - OVERVIEW_NAMES - 10) / days
    height = OVERVIEW_LANE * len(drawn["lanes"]) + 4
    parts = [
        Markup('<svg width="{}" height="{}" role="img" aria-label="Entries of each agency along the time">').format(
            OVERVIEW_WIDTH, height
        )
    ]
    for number, lane in enumerate(drawn["lanes"]):
        parts.append(
            Markup('<text class="lane-name" x="4" y="{}">{}</text>').format(
                OVERVIEW_LANE * number + 17, lane["name"][:24]
            )
        )
    for _, lane, start, end, _ in drawn["entries"]:
        parts.append(
            Markup('<rect class="mark c{}" x="{:.1f}" y="{}" width="{:.1f}" height="12"/>').format(
                drawn["lanes"][lane]["colour"],
                OVERVIEW_NAMES + start * scale,
                OVERVIEW_LANE * lane + 7,
                max(3.0, (end - start) * scale),
            )
        )
    return Markup("").join([*parts, Markup("</svg>")])


writer = Writer(
    "page", "combined.html", write, help="a page for reading and presenting, in any browser, without network"
)
