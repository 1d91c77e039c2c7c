"""Dates too vague to say what came first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import by_file, facts, subjects_of
from chrono.check.wording import all_say, ask
from chrono.model import Entry, Finding, Timeline

AFTER_OR_BEFORE = re.compile(r"\b(?:after|before|later than|earlier than|prior to)\b", re.IGNORECASE)
"""A date with one side only: 'some time after Easter'."""
VAGUE_DAYS = 62
"""A season, a term or a quarter is more, a month is less."""


@rule("D04", needs="plain", severity="low")
def too_coarse_to_order(timeline: Timeline, *, days: int = VAGUE_DAYS) -> Iterator[Finding]:
    """Seasons, terms, years, ages and the like: the order of events cannot be told.

    Finds: rows, by file, whose date may be any of more than `days` days, and that record an event; dates of which only one
    side is known ("some time after Easter").
    Why it matters: what led to what cannot be said while the order is open.
    Stays silent when: the row tells of something that lasts (a placement, no involvement), or is background history from
    before the review.
    """
    for file, entries in by_file(entry for entry in timeline.dated if _vague(entry, timeline, days)):
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
    if when.known and None in (when.start, when.end):
        return not entry.declares and bool(AFTER_OR_BEFORE.search(when.text))
    if when.start is None or when.end is None or entry.declares or (start and when.end < start):
        return False
    return (when.end - when.start).days > days and when.notation not in ("end date",)
