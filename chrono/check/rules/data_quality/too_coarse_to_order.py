"""Dates too vague to say what came first."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import View, by_file, facts, subjects_of, told
from chrono.check.wording import all_say, ask
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline

VAGUE_DAYS = 300
A_SEASON = 60
"""Days: so wide a date is too coarse where something serious, or a court's order, lies inside it."""
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


@rule("D04", needs="plain", severity="low")
def too_coarse_to_order(timeline: Timeline, *, days: int = VAGUE_DAYS) -> Iterator[Finding]:
    """Years, ages and the like: the order of events cannot be told.

    Finds: rows, by file, whose date may be any of more than `days` days, and that record an event; rows of concern dated to
    a season or a part of a year, within which something serious, or the order of a court, is dated to the day.
    Why it matters: what led to what cannot be said while the order is open.
    Stays silent when: the row tells of something that lasts (a placement, no involvement), or is background history from
    before the review.
    """
    view = View.of(timeline)
    for file, entries in by_file(
        entry for entry in timeline.dated if _vague(entry, timeline, days) or _around_a_turn(entry, view)
    ):
        agency = entries[0].agency
        yield Finding(
            f"{file}: {len(entries)} row{'s' * (len(entries) > 1)} dated too vaguely to be put in order",
            cites=tuple(entry.source for entry in entries),
            explanation=f"{all_say(entries)} Each may lie anywhere in the time given, before or after what others record there.",
            settle=ask(timeline, (agency,), "nearer dates, or what came before and after"),
            agencies=(agency,),
            subjects=subjects_of(entries),
            period=facts(entries),
            column="date",
        )


def _vague(entry: Entry, timeline: Timeline, days: int) -> bool:
    when, start = entry.when, timeline.case.start
    if when.start is None or when.end is None or entry.declares or (start and when.end < start):
        return False
    return (when.end - when.start).days > days and when.notation not in ("end date",)


def _around_a_turn(entry: Entry, view: View) -> bool:
    """True if a row of concern may lie before or after something on which it matters: in words, or by what it records."""
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
