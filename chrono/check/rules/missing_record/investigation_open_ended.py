"""Police investigations without a recorded result."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from chrono.check import followup
from chrono.check.rule import rule
from chrono.check.view import Track, View, facts, result, told
from chrono.check.wording import all_say, ask, counted, many
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline

RESULTS = ("charge", "no-further-action", "caution", "conviction", "acquittal", "court-hearing", "sentence")
PROPER = (
    "robbery",
    "theft",
    "drugs-offence",
    "assault",
    "stabbing",
    "weapon",
    "sexual-assault",
    "domestic-abuse",
    "threat",
    "offence",
)
PERSONS = ("subject", "people")
MOST, WAITING = 15, 3


@rule("M20", needs="typed", severity="medium")
def investigation_open_ended(timeline: Timeline, *, days: int = 60) -> Iterator[Finding]:
    """A matter is "under investigation", and the returns hold no result of it.

    Finds: rows of the police with an investigation, or release under investigation, of which no later police row about the
    child gives a charge, a decision to take no action or a court result for the same matter, `days` days or more before the
    period ends; and bail past its limit without an end or extension. Rows of
    other agencies that have heard nothing of a result are shown with them.
    Why it matters: conditions lapse, the child waits, and others do not know how the matter stands.
    Stays silent when: a later row of the same kind of offence gives a result, or, where the column of numbers shows which
    rows belong to the matter, one of the same number; the period ends soon. A result of somebody else, where both rows name
    the persons, and an order of a family court are none.
    """
    yield from followup.findings(timeline, "investigation-open-ended")
    view = View.of(timeline)
    for agency in view.of_kinds("police", returned=True):
        groups: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
        for entry in view.agency(agency):
            if _is_open(entry) and not _settled(entry, view, days):
                groups[entry.subjects].append(entry)
        for rows in groups.values():
            for start in range(0, len(rows), MOST):
                yield _finding(agency, rows[start : start + MOST], view)


def _is_open(entry: Entry) -> bool:
    if entry.when.end is None or entry.records(*RESULTS) or entry.records("death"):
        return False
    return entry.records("released-under-investigation") or tells("under_investigation", result(entry) or told(entry))


def _settled(entry: Entry, view: View, days: int) -> bool:
    end = view.timeline.period[1]
    if end and (end - entry.when.latest).days < days:
        return True
    own = view.agency(entry.agency)
    later = own.between(entry.when.earliest, date.max)
    number = _number(entry)
    if number and any(row.id != entry.id and _number(row) == number for row in own):
        later = [row for row in later if _number(row) == number]
    return any(
        _settles(row, entry)
        for row in later
        if row.id != entry.id and view.same_child(row, entry) and not row.when.surely_before(entry.when)
    )


def _settles(row: Entry, entry: Entry) -> bool:
    ended = row.records(*RESULTS) or tells("matter_ended", result(row) or told(row))
    if not ended or tells("under_investigation", told(row)):
        return False
    same_number = set(_numbers(row)) & set(_numbers(entry))
    if not same_number and (_of_somebody_else(row, entry) or tells("civil_court", told(row))):
        return False
    kinds = {event.type for event in entry.events} & set(PROPER)
    return (
        bool(same_number) or bool(kinds & {event.type for event in row.events}) or not (kinds or row.records(*PROPER))
    )


def _of_somebody_else(row: Entry, entry: Entry) -> bool:
    """True if the column of persons of the two rows, both filled, has nobody in common."""
    theirs, ours = ({m.actor for m in one.mentions if m.column in PERSONS} for one in (row, entry))
    return bool(theirs and ours) and not theirs & ours


def _number(entry: Entry) -> str:
    """The number of the matter in a column of its own; where several rows bear it, all that belongs to the matter does."""
    return entry.fields.get("reference", "").strip().casefold()


def _numbers(entry: Entry) -> tuple[str, ...]:
    return tuple(reference for event in entry.events for reference in event.references)


def _waiting(rows: list[Entry], view: View) -> list[Entry]:
    """The last rows of other agencies after the first that have heard nothing of a result."""
    later = Track(view.telling("police_silent")).about(rows[0]).between(rows[0].when.latest, date.max)
    return [row for row in later if row.agency != rows[0].agency][-WAITING:]


def _finding(agency: str, rows: list[Entry], view: View) -> Finding:
    end = view.timeline.period[1] or rows[-1].when.latest
    name = view.timeline.name_of(agency)
    waiting = _waiting(rows, view)
    return Finding(
        f"{name}: {many(len(rows), 'row')} of investigations without a recorded result",
        cites=tuple(row.source for row in (*rows, *waiting)),
        explanation=f"{all_say((*rows, *waiting))} No later row of {name} gives a charge, a decision to take no action or a "
        f"court result for these. "
        f"From the first to the end of the period are {counted(rows[0].when.latest, end)}.",
        settle=ask(view.timeline, (agency,), "the result of each matter and its date, or that it is still open"),
        agencies=(agency,),
        expected_from=(agency,),
        subjects=view.children(rows),
        period=(facts(rows)[0], end),
        certainty="definite" if all(row.when.known for row in rows) else "possible",
    )
