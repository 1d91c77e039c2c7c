"""Dates that can be read and that something speaks against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from chrono.check.rule import rule
from chrono.check.view import View, by_file, facts, subjects_of
from chrono.check.wording import all_say, ask, quoted, says
from chrono.model import Entry, Finding, Timeline

DOUBTS = {
    "year-slip": "the year may be slipped",
    "swapped": "day and month may have changed places",
    "month-first": "the month may come first",
    "conflict": "the day of the week is not that of the date",
    "weekday": "the day of the week is not that of the date",
    "end-before-start": "the range ends before it starts",
    "backwards": "the range ends before it starts",
    "far": "the date lies far outside the review",
    "out-of-order": "the rows around it are dated otherwise",
}
SHOWN = 6
MONTHS = 12


@rule("D03", needs="plain", severity="medium")
def date_in_doubt(timeline: Timeline) -> Iterator[Finding]:
    """A date can be read, and something speaks against it.

    Finds: rows, by file and kind of doubt: a weekday that the date is not; a range that ends before it starts; a year that
    breaks the order of its neighbours by twelve months; a file in which day and month may have changed places; of low
    severity, a row out of order whose day and month, exchanged, give the day on which others record the like.
    Why it matters: a wrong date that looks right puts the event among the wrong neighbours.
    Stays silent when: only one reading is left, or the row's place in the file bears the date out.
    """
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in timeline.entries:
        doubt = _doubt(entry)
        if doubt:
            groups[entry.source.file, doubt].append(entry)
    for (file, doubt), entries in groups.items():
        agency = entries[0].agency
        first = entries[0]
        yield Finding(
            f"{file}: {DOUBTS[doubt]} ({'row ' + str(first.source.row) if len(entries) == 1 else f'{len(entries)} rows'})",
            cites=tuple(entry.source for entry in entries),
            explanation=" ".join(_told(entry) for entry in entries[:SHOWN])
            + ("" if doubt == "month-first" else " The dates stand as written; nothing was changed."),
            settle=ask(timeline, (agency,), "the right date, from the record itself"),
            agencies=(agency,),
            subjects=subjects_of(entries),
            period=facts(entries),
            certainty="definite" if doubt in ("conflict", "weekday", "end-before-start", "backwards") else "possible",
            column="date",
        )
    for entry, others in _swapped_against_others(View.of(timeline)):
        if not _doubt(entry):
            yield Finding(
                f"{entry.source}: day and month may have changed places",
                cites=(entry.source,),
                explanation=f"{says(entry)} Read with day and month exchanged it is the day on which others record the like: "
                f"{all_say(others)} The date stands as written; nothing was changed.",
                settle=ask(timeline, (entry.agency,), "the right date, from the record itself"),
                agencies=(entry.agency,),
                subjects=entry.subjects,
                period=facts([entry]),
                severity="low",
                certainty="possible",
                column="date",
            )


def _swapped_against_others(view: View) -> Iterator[tuple[Entry, list[Entry]]]:
    """Rows that stand out of order in their file, with the rows of others that record the like on the day with day and month
    exchanged."""
    for _, entries in by_file(view.timeline.dated):
        for entry in _out_of_order(entries):
            other_day = _exchanged(entry)
            near = view.everything.about(entry).between(other_day, other_day) if other_day else []
            kinds = {event.type for event in entry.events}
            others = [
                row for row in near if row.agency != entry.agency and kinds & {event.type for event in row.events}
            ]
            if others:
                yield entry, others


def _out_of_order(entries: list[Entry]) -> Iterator[Entry]:
    """Rows dated later than the row below them, in a file whose other rows stand in order."""
    days = [entry.when.start for entry in entries if entry.when.is_day and entry.when.start]
    breaks = sum(later < earlier for earlier, later in pairwise(days))
    for above, below in pairwise(entry for entry in entries if entry.when.is_day):
        if breaks * 10 <= max(len(days), 10) and below.when.surely_before(above.when):
            yield from (above, below)


def _exchanged(entry: Entry) -> date | None:
    day = entry.when.start
    if day is None or day.day > MONTHS or day.day == day.month:
        return None
    return date(day.year, day.day, day.month)


def _doubt(entry: Entry) -> str:
    keys = [note.partition(":")[0] for note in entry.when.notes]
    found = next((key for key in DOUBTS if key in keys), "")
    return found or ("conflict" if entry.when.status == "conflict" else "")


def _told(entry: Entry) -> str:
    notes = "; ".join(note.partition(": ")[2] or note for note in entry.when.notes)
    return f"{entry.source} says {quoted(entry.when.text, 40)}" + (
        f": {notes}." if notes else ", which does not fit itself."
    )
