"""Whether news of an event reached a service: a row of theirs about it, or a row of the sender that says they were told."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from chrono.check.view import View, for_everybody, told
from chrono.check.words import tells
from chrono.model import Entry, day_after

COLUMNS = ("shared", "told")
"""The columns of a return that say with whom something was shared, or whether it was."""
UNNEEDED = re.compile(
    r"^\W*(n/?a|not? (applicable|relevant|needed|required|necessary|need|concerns?|safeguarding)|none (needed|required)|"
    r"nothing to (share|report)|already (known|aware))\b",
    re.IGNORECASE,
)
REFUSED = re.compile(
    r"^\W*(no|n|nil|none|neither|false|nobody|no[- ]?one|never|blank|left blank|outstanding"
    r"|not (yet )?[a-z]+(ed|t|n|de|ld))\b(?!/)",
    re.IGNORECASE,
)
NOT_TOLD = re.compile(
    r"^\W*(?:[\w'’&-]+ ){1,5}?(?:(?:was|were|is|are|have|has|had) )?(?:not|never)(?: (?:been|yet|to be))*"
    r" (?:told|informed|notified|contacted|aware|advised|alerted|updated|copied in|asked|consulted|rung|e-?mailed"
    r"|written to)\W*$",
    re.IGNORECASE,
)
"""One service, and that it was not told, and no more: 'Social care not told'."""
Sharing = Literal["", "yes", "no", "unneeded"]


def sharing(entry: Entry) -> Sharing:
    """What the row's own column says about passing it on: done, not done, no matter for it; '' where it says nothing."""
    cell = " ".join(sharing_cells(entry))
    if not cell or not re.search(r"\w", cell):
        return ""
    if UNNEEDED.match(cell):
        return "unneeded"
    return "no" if REFUSED.match(cell) or tells("nobody_told", cell) or NOT_TOLD.match(cell) else "yes"


def sharing_cells(entry: Entry) -> list[str]:
    """The cells of the columns about sharing, whatever those columns are called."""
    return [cell for name, cell in entry.fields.items() if _is_of_sharing(name)]


@cache
def _is_of_sharing(header: str) -> bool:
    return header.lower().startswith(COLUMNS)


def reached(entry: Entry, kinds: tuple[str, ...], view: View, days: int) -> bool:
    """True if a service of `kinds` has a row that could be about this event within `days` days of it, or is linked to it."""
    if any(view.kind(row.agency) in kinds for row in view.timeline.linked(entry)):
        return True
    slack = days if entry.when.is_day else max(days, 7)
    first, last = day_after(entry.when.earliest, -1), day_after(entry.when.latest, slack)
    return any(
        row.agency != entry.agency and could_be_about(row, entry, view)
        for agency in view.of_kinds(*kinds, returned=True)
        for row in view.agency(agency).about(entry).between(first, last)
    )


NEWS = ("contact", "notification", "referral", "concern", "incident", "attendance", "meeting")
"""Natures of rows by which news of an event may have come in."""
WITHIN = ("management-supervision", "management-decision", "supervision", "legal-planning")
"""Meetings inside one service, by which no news comes in."""


def could_be_about(row: Entry, entry: Entry, view: View) -> bool:
    """True if the row names the sender, records the same kind of event, or is news that names no other sender."""
    named = {mention.actor for mention in row.mentions if mention.kind == "agency"}
    if row.declares or for_everybody(row):
        return False
    if entry.agency in named or {event.type for event in row.events} & {event.type for event in entry.events}:
        return True
    like = {agency for agency in named if view.kind(agency) == view.kind(entry.agency)}
    return not like and any(event.nature in NEWS and event.type not in WITHIN for event in row.events)


def between_family(row: Entry) -> bool:
    """True if a contact is with the family, by its words, and no agency is named: no other agency's news came by it."""
    agencies = any(mention.kind == "agency" for mention in row.mentions)
    contact = any(event.nature == "contact" for event in row.events)
    return contact and not agencies and tells("parent", told(row))


def about_another(row: Entry, entry: Entry, view: View) -> bool:
    """True if the row goes with another row of the same agency as `entry`: it tells of that event, and not of this."""
    return any(other.agency == entry.agency and other.id != entry.id for other in view.timeline.linked(row))


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
    if sharing(entry) == "yes" and (tells(idea, " ".join(sharing_cells(entry))) or not _names_somebody(entry)):
        return True
    return tells(idea, told(entry)) and not tells("nobody_told", told(entry)) and not others_told


def _names_somebody(entry: Entry) -> bool:
    return any(mention.column in COLUMNS for mention in entry.mentions)


def warns(text: str) -> bool:
    """True if a text warns of harm to come, or voices a concern."""
    return tells("danger", text) or tells("warning", text)
