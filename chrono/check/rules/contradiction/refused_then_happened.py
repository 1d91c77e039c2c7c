"""A request is refused, and the same thing takes place soon after."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import ask, says, span
from chrono.check.words import tells
from chrono.model import Entry, Event, Finding, Timeline, day_after

REFUSED = ("refused", "negative")
AGREED = ("accepted", "agreed", "positive")


@rule("C14", needs="reading", severity="medium")
def refused_then_happened(timeline: Timeline, *, days: int = 92) -> Iterator[Finding]:
    """A request is refused and the same thing takes place soon after, with no new decision between.

    Finds: a row in which a move, placement, conference or service is refused, and a row within `days` days that the same
    kind of thing took place for the same child, when no row between them records that it was agreed after all.
    Why it matters: somebody decided otherwise, and there is no record of who, or why.
    Stays silent when: a later decision is recorded; the child or parent had refused, and changed their mind.
    """
    view = View.of(timeline)
    for entry in view.everything:
        refused = _refused(entry)
        if refused and entry.when.end is not None and entry.when.start is not None:
            later = _happened(entry, refused, view, days)
            if later:
                yield _finding(entry, later, refused, timeline)


def _refused(entry: Entry) -> Event | None:
    """The event whose request a body refused: not one that the family declined."""
    if tells("refused_help", told(entry)) and not any(event.outcome in REFUSED for event in entry.events):
        return None
    return next(
        (event for event in entry.events if event.outcome in REFUSED and event.status in ("planned", "did-not-happen")),
        None,
    )


def _happened(entry: Entry, refused: Event, view: View, days: int) -> Entry | None:
    if entry.when.end is None or entry.when.start is None:
        return None
    last = day_after(entry.when.end, days)
    for row in view.recording(refused.type).between(entry.when.start, last):
        later = not row.when.surely_before(entry.when) and row.id != entry.id and view.same_child(row, entry)
        if later and row.agency != entry.agency:
            return None if _agreed(entry, row, refused, view) else row
    return None


def _agreed(entry: Entry, row: Entry, refused: Event, view: View) -> bool:
    between = view.speaking_of(refused.type).between(entry.when.earliest, row.when.latest)
    return any(
        event.outcome in AGREED and view.same_child(one, entry)
        for one in between
        if one.id not in (entry.id, row.id)
        for event in one.events_of(refused.type, status=None)
    )


def _finding(entry: Entry, later: Entry, refused: Event, timeline: Timeline) -> Finding:
    kind = refused.type.replace("-", " ")
    return Finding(
        f"{kind.capitalize()} refused {entry.when}, and recorded as made {later.when}",
        cites=(entry.source, later.source),
        explanation=f"{says(entry)} {says(later)} From the one to the other are {span(entry.when, later.when)}. "
        "No row between them records that it was agreed after all.",
        settle=ask(
            timeline, (entry.agency, later.agency), f"the decision on which the {kind} was made: by whom, and why"
        ),
        agencies=(entry.agency, later.agency),
        subjects=entry.subjects or later.subjects,
        period=facts((entry, later)),
        certainty="possible",
    )
