"""A child or family that lives with two holders at once, or learns all week in two places."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.pictures import DENIED
from chrono.check.rule import rule
from chrono.check.view import Track, View, date_in_doubt, date_of, facts, told, unique
from chrono.check.wording import all_say, ask, span
from chrono.check.words import idea, tells
from chrono.model import Entry, Finding, Timeline, When, day_after

HOMES = ("placement", "secure", "domestic-abuse", "housing", "")
"""Kinds of agency with which a child or family lives; '' are the homes whose name says nothing."""
SCHOOLS = ("school", "education", "alternative-provision", "")
DAYS = 120
"""An end so long after the beginning elsewhere is rather of another stay."""
CHANGEOVER, CHANGE_OF_SCHOOL = 3, 21
"""Days that a move may take, and that a school may take to write a child off."""
ONE_TERM = 60
OFF_ROLL = "standing: a place at school: ended"
HOW = {
    "lives": "The child lives with two at once",
    "learns": "The child is in class all week in two places",
    "roll": "The child is on the roll of two schools",
}


@rule("C27", needs="reading", severity="medium")
def stays_overlap(timeline: Timeline) -> Iterator[Finding]:
    """A stay begins with one agency before it ends with another, or two have the child in their classes all week.

    Finds: a row of a placement, refuge or landlord that a stay ended, and an earlier row of another that one had begun there,
    more than a few days before; a child taken on the roll of one school weeks before another took it off; and rows of two
    schools or units, within a term, that each have the child with them full-time or every day.
    Why it matters: one of the two does not know where the child is, or draws money for an empty place.
    Stays silent when: a row says that both are meant (respite, dual roll, weekends, shared timetable); one gives the other's
    day; a vague date may fit.
    """
    view = View.of(timeline)
    for begins, ends in _overlapping(view):
        yield _finding([begins, ends], "lives", timeline)
    for begins, ends in _on_two_rolls(view):
        yield _finding([begins, ends], "roll", timeline)
    for rows in _in_two_classes(view):
        yield _finding(rows, "learns", timeline)


def _overlapping(view: View) -> Iterator[tuple[Entry, Entry]]:
    """Beginnings with one holder, and the first end with another that surely comes later."""
    beginnings = [
        row for row in view.telling("begins_to_live") if _of(row, HOMES, view) and _says("begins_to_live", row)
    ]
    for ends in view.telling("ends_living"):
        if not _of(ends, HOMES, view) or not _says("ends_living", ends) or tells("meant_for_both", told(ends)):
            continue
        left = _day(ends, "placement-end")
        for begins in beginnings:
            came = _day(begins, "placement-start")
            of_one = begins.agency != ends.agency and view.same_child(begins, ends) and _overlap(came, left)
            if of_one and _was_there_before(ends, came, view) and not _also_there(begins, ends, view):
                yield begins, ends
                break


def _on_two_rolls(view: View) -> Iterator[tuple[Entry, Entry]]:
    """A start at one school, and the day on which another took the child off its roll, which is weeks later."""
    starts = view.track(
        "starts at schools", lambda: (r for r in view.recording("school-start") if _is_on_roll(r, view))
    )
    for ends in view.rows(OFF_ROLL, types=("off-roll",)):
        if not _is_on_roll(ends, view) or not (_says(OFF_ROLL, ends) or ends.records("off-roll")):
            continue
        for begins in starts.about(ends).between(day_after(ends.when.earliest, -DAYS), ends.when.latest):
            late = begins.when.days_until(ends.when)[0] > CHANGE_OF_SCHOOL
            if late and begins.agency != ends.agency and _was_there_before(ends, begins.when, view):
                yield begins, ends
                break


def _is_on_roll(row: Entry, view: View) -> bool:
    """True of a row of a school that is not of a place shared with another, or tried."""
    shared = tells("meant_for_both", told(row)) or row.records("managed-move", "alternative-provision")
    return _of(row, ("school",), view) and not shared


def _of(row: Entry, kinds: tuple[str, ...], view: View) -> bool:
    return view.kind(row.agency) in kinds and row.when.known and not date_in_doubt(row) and not row.declares


def _says(name: str, row: Entry) -> bool:
    found = idea(name).search(told(row))
    return found is not None and not DENIED.search(told(row)[: found.start()])


def _day(row: Entry, kind: str) -> When:
    return next((date_of(event, row) for event in row.events_of(kind)), row.when)


def _overlap(came: When, left: When) -> bool:
    least, most = came.days_until(left)
    return least > CHANGEOVER and most <= DAYS


def _was_there_before(ends: Entry, came: When, view: View) -> bool:
    """True if the agency that the child left has them with it before the beginning elsewhere."""
    before = view.agency(ends.agency).about(ends).between(day_after(came.earliest, -DAYS), came.earliest)
    return any(row.when.surely_before(came) and not _says("ends_living", row) for row in before)


def _also_there(begins: Entry, ends: Entry, view: View) -> bool:
    """True if the agency that was left records an end by the time of the beginning too, or both are meant."""
    rows = view.agency(ends.agency).about(ends).between(day_after(begins.when.earliest, -DAYS), begins.when.latest)
    if any(_says("ends_living", row) for row in rows):
        return True
    return any(tells("meant_for_both", told(row)) for row in (begins, ends))


def _in_two_classes(view: View) -> Iterator[list[Entry]]:
    """Rows of two schools within a term of each other that have the child with them all week, two of each at most."""
    rows = (row for row in view.telling("learns_all_week") if _of(row, SCHOOLS, view) and _says("learns_all_week", row))
    track = Track(row for row in rows if not tells("meant_for_both", told(row)) and _is_taught(row, view))
    seen: set[tuple[frozenset[str], tuple[str, ...]]] = set()
    for one in track:
        near = list(track.about(one).between(one.when.earliest, day_after(one.when.latest, ONE_TERM)))
        for other in near:
            key = frozenset((one.agency, other.agency)), one.subjects
            if one.agency != other.agency and key not in seen and not _leaves_between(one, other, view):
                seen.add(key)
                term = track.about(one).between(one.when.earliest, day_after(other.when.latest, ONE_TERM))
                both = [[row for row in term if row.agency == agency] for agency in (one.agency, other.agency)]
                yield unique(row for rows in both for row in (rows[0], rows[-1]))


def _is_taught(row: Entry, view: View) -> bool:
    """True if the school or unit writes of its own classes."""
    return view.kind(row.agency) != "" or tells("attendance_word", told(row))


def _leaves_between(first: Entry, second: Entry, view: View) -> bool:
    rows = view.agency(first.agency).about(first).between(first.when.latest, second.when.earliest)
    return any(tells(OFF_ROLL, told(row)) for row in rows) or second.records("school-start")


def _finding(rows: list[Entry], how: str, timeline: Timeline) -> Finding:
    agencies = tuple(dict.fromkeys(row.agency for row in rows))
    names = [timeline.name_of(agency) for agency in agencies]
    first, *_, last = sorted((row.when for row in rows), key=lambda when: when.sort_key)
    return Finding(
        f"{HOW[how]}: {names[0]} and {names[1]}"[:160],
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} From the first to the last are {span(first, last)}.",
        settle=ask(timeline, agencies, "the dates on which the child came and left"),
        agencies=agencies,
        subjects=rows[0].subjects or rows[1].subjects,
        period=facts(rows),
        certainty="possible",
    )
