"""A season in which something serious lies: before it or after it?"""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import View, by_file, facts, subjects_of, told
from chrono.check.wording import all_say, ask
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline

A_SEASON = 60
"""Days: what is dated more nearly is seldom worth a question."""
TURNS = (
    "sentence",
    "order-made",
    "care-order",
    "interim-care-order",
    "supervision-order",
    "referral-order",
    "death",
    "birth",
)
TELLING = ("incident", "concern", "contact", "evidence")


@rule("D18", needs="typed", severity="low", together=True)
def before_or_after_a_turn(timeline: Timeline) -> Iterator[Finding]:
    """A row of concern is dated so vaguely that it may lie before or after something on which it matters.

    Finds: rows, by file, of an incident, a concern or a contact dated to a season or a part of a year, within which something
    serious, or the order of a court, is dated to the day.
    Why it matters: whether it was a warning, a breach or an aftermath cannot be told.
    Stays silent when: nothing serious lies in that time; the row tells of nothing grave; it is history from before the review.
    """
    view = View.of(timeline)
    for file, entries in by_file(entry for entry in timeline.dated if _around_a_turn(entry, view)):
        agency = entries[0].agency
        yield Finding(
            f"{file}: {len(entries)} row{'s' * (len(entries) > 1)} that may lie before or after something serious",
            cites=tuple(entry.source for entry in entries),
            explanation=f"{all_say(entries)} Within that time others record something serious, or the order of a court.",
            settle=ask(timeline, (agency,), "a nearer date, or what came before and after"),
            agencies=(agency,),
            subjects=subjects_of(entries),
            period=facts(entries),
            column="date",
        )


def _around_a_turn(entry: Entry, view: View) -> bool:
    """True if this row of concern may lie before or after something serious about the same child."""
    when = entry.when
    if when.start is None or when.end is None or entry.declares or (when.end - when.start).days < A_SEASON:
        return False
    if view.timeline.case.start and when.end < view.timeline.case.start:
        return False
    grave = any(event.nature in TELLING and event.status != "planned" for event in entry.events)
    if not grave and not tells("trouble", told(entry)):
        return False
    inside = (*view.serious.between(when.start, when.end), *view.recording(*TURNS).between(when.start, when.end))
    return any(row.id != entry.id and row.when.is_day and view.same_child(row, entry) for row in inside)
