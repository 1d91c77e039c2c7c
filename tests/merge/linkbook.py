"""Entries written in a line each: '2019-03-07 | csc | professionals-meeting | Professionals' meeting | names police, yos'."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from chrono.merge import merge
from chrono.model import Case, Entry, Event, Link, Mention, Source, Timeline, When


def entry(row: int, line: str) -> Entry:
    """An entry from 'date | agency | event types | text | names agencies | about children'; later parts may be left out.

    A date may be a day or 'from/to'; an event type may carry a status ('icpc:planned') or a number ('lac-review#2').
    """
    parts = [part.strip() for part in line.split("|")] + [""] * 4
    when, agency, types, text, named, about = parts[:6]
    return Entry(
        id=f"e{row}",
        source=Source(f"{agency}.xlsx", "Sheet1", row),
        agency=agency,
        when=_when(when),
        text=text,
        subjects=tuple(about.replace(",", " ").split()),
        events=tuple(_event(written) for written in types.split()),
        mentions=tuple(Mention(name, name, "agency", "people") for name in named.replace(",", " ").split()),
    )


def _when(written: str) -> When:
    if not written:
        return When.unknown()
    first, _, last = written.partition("/")
    start = date.fromisoformat(first)
    end = date.fromisoformat(last) if last else start
    return When(written, start, end, "day" if start == end else "range", status="ok")


def _event(written: str) -> Event:
    kind, _, number = written.partition("#")
    type_, _, status = kind.partition(":")
    return Event(type_, status or "occurred", ordinal=int(number) if number else None)  # type: ignore[arg-type]


def timeline(lines: Sequence[str], case: Case | None = None) -> Timeline:
    """The merged timeline of entries e0, e1, ... in the order written."""
    return merge(Timeline(case or Case(), (), tuple(entry(row, line) for row, line in enumerate(lines))))


def linked(*lines: str, case: Case | None = None) -> list[set[str]]:
    """The groups that linking makes of these rows."""
    return [set(link.entries) for link in links(*lines, case=case)]


def links(*lines: str, case: Case | None = None) -> tuple[Link, ...]:
    """The links of these rows."""
    return timeline(lines, case).links
