"""Whether news of an event reached a service: a row of theirs about it, or a row of the sender that says they were told."""

from __future__ import annotations

import re

from chrono.check.view import View, for_everybody, told
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
        row.agency != entry.agency and _could_be_about(row, entry, view)
        for agency in view.of_kinds(*kinds, returned=True)
        for row in view.agency(agency).about(entry).between(first, last)
    )


NEWS = ("contact", "notification", "referral", "concern", "incident", "attendance", "meeting")
"""Natures of rows by which news of an event may have come in."""


def _could_be_about(row: Entry, entry: Entry, view: View) -> bool:
    """True if the row names the sender, records the same kind of event, or is news that names no other sender."""
    named = {mention.actor for mention in row.mentions if mention.kind == "agency"}
    if row.declares or for_everybody(row):
        return False
    if entry.agency in named or {event.type for event in row.events} & {event.type for event in entry.events}:
        return True
    like = {agency for agency in named if view.kind(agency) == view.kind(entry.agency)}
    return not like and any(event.nature in NEWS for event in row.events)


def sent(entry: Entry, idea: str, view: View, days: int) -> bool:
    """True if the row itself, or another of the same agency in the `days` days after it, says that somebody was told."""
    if says_told(entry, idea):
        return True
    rows = view.agency(entry.agency).about(entry).between(entry.when.earliest, day_after(entry.when.latest, days))
    return any(row.id != entry.id and says_told(row, idea) for row in rows)


def says_told(entry: Entry, idea: str) -> bool:
    """True if the row says that those of `idea` were told, and not that they were not."""
    others_told = any(
        event.from_agency not in (None, "", entry.agency) and event.to_agency != entry.agency for event in entry.events
    )
    return tells(idea, told(entry)) and not tells("nobody_told", told(entry)) and not others_told
