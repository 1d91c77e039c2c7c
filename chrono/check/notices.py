"""Whether news of an event reached a service: a row of theirs about it, or a row of the sender that says they were told."""

from __future__ import annotations

import re

from chrono.check.view import View, told
from chrono.check.words import tells
from chrono.model import Entry, day_after

NEGATED = re.compile(r"\b(not|never|no|nobody|without)\b[^.;]{0,20}$", re.IGNORECASE)


def reached(entry: Entry, kinds: tuple[str, ...], view: View, days: int) -> bool:
    """True if a service of `kinds` has a row that could be about this event within `days` days of it, or is linked to it."""
    if any(view.kind(row.agency) in kinds for row in view.timeline.linked(entry)):
        return True
    slack = days if entry.when.is_day else max(days, 7)
    first, last = day_after(entry.when.earliest, -1), day_after(entry.when.latest, slack)
    return any(
        row.agency != entry.agency and view.same_child(row, entry) and not row.declares
        for agency in view.of_kinds(*kinds, returned=True)
        for row in view.agency(agency).between(first, last)
    )


def sent(entry: Entry, idea: str, view: View, days: int) -> bool:
    """True if the row itself, or another of the same agency in the `days` days after it, says that somebody was told."""
    if says_told(entry, idea):
        return True
    rows = view.agency(entry.agency).between(entry.when.earliest, day_after(entry.when.latest, days))
    return any(row.id != entry.id and view.same_child(row, entry) and says_told(row, idea) for row in rows)


def says_told(entry: Entry, idea: str) -> bool:
    """True if the row says that those of `idea` were told, and not that they were not."""
    return tells(idea, told(entry)) and not tells("nobody_told", told(entry))
