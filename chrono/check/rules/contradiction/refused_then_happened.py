"""A request is refused, and the same thing takes place soon after."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import all_say, ask, says, span
from chrono.model import Entry, Event, Finding, Timeline, day_after

BY_THE_FAMILY = re.compile(
    r"\b(mother|mum|father|dad|parents?|family|carers?|he|she|child|young person)\b[^.;]{0,40}\b(refus|declin)",
    re.IGNORECASE,
)
REFUSED = ("refused", "negative")
MOST = 5
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
    """What a body refused: asked for in the row, and not something the family declined."""
    refused = any(event.outcome in REFUSED for event in entry.events)
    if not refused or BY_THE_FAMILY.search(told(entry)):
        return None
    return next((event for event in entry.events if event.status in ("planned", "did-not-happen")), None)


def _happened(entry: Entry, refused: Event, view: View, days: int) -> list[Entry]:
    """The rows of other agencies that say it took place; none if it was agreed after all."""
    rows = [
        row
        for row in view.recording(refused.type).between(entry.when.earliest, day_after(entry.when.latest, days))
        if row.agency != entry.agency and not row.when.surely_before(entry.when) and view.same_child(row, entry)
    ]
    return [] if rows and _agreed(entry, rows[-1], refused, view) else rows[:MOST]


def _agreed(entry: Entry, row: Entry, refused: Event, view: View) -> bool:
    between = view.speaking_of(refused.type).between(entry.when.earliest, row.when.latest)
    others = (
        one for one in between if one.id != entry.id and one.agency == entry.agency and view.same_child(one, entry)
    )
    return any(event.outcome in AGREED for one in others for event in one.events)


def _finding(entry: Entry, rows: list[Entry], refused: Event, timeline: Timeline) -> Finding:
    kind = refused.type.replace("-", " ")
    later = rows[0]
    return Finding(
        f"{kind.capitalize()} refused {entry.when}, and recorded as made {later.when}",
        cites=(entry.source, *(row.source for row in rows)),
        explanation=f"{says(entry)} {all_say(rows)} From the one to the other are {span(entry.when, later.when)}. "
        "No row between them records that it was agreed after all.",
        settle=ask(
            timeline, (entry.agency, later.agency), f"the decision on which the {kind} was made: by whom, and why"
        ),
        agencies=tuple(dict.fromkeys((entry.agency, *(row.agency for row in rows)))),
        subjects=entry.subjects or later.subjects,
        period=facts((entry, *rows)),
        certainty="possible",
    )
