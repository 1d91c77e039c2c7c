"""Between which agencies an event passed, and which took part: from the agencies a row names and the words beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from chrono.model import Entry, Mention
from chrono.normalise.events.modality import statement_ends

RESULTS = frozenset({"outcome", "action"})
"""Cells whose agencies have to do with what came of the event, not with the event."""

AWAY = frozenset({"absent", "invited", "told", "referred-to", "referred-by", "spoken-of"})
"""Parts of those who are named and did not take part."""

SIDES: Mapping[str, str] = {"referred-to": "to", "told": "to", "invited": "to", "referred-by": "from"}
COLUMNS: Mapping[str, str] = {"told": "to", "shared": "to", "referrer": "from", "source": "from"}

FROM_BEFORE = re.compile(r"\b(?:from|by)\s+(?:the\s+|[a-z]+'s\s+)?\Z", re.IGNORECASE)
TO_BEFORE = re.compile(
    r"\b(?:to|with|inform(?:ed|s)|told|tells|notifie[ds]|contact(?:ed|s)|alerted|asked|advised)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
FROM_AFTER = re.compile(
    r"\A\s*(?:tells?|told us|reports?|reported|refers?|referred|notif(?:y|ies)"
    r"|informed us|says|asks?|asked|advises?|advised)(?!\w)",
    re.IGNORECASE,
)
SAYS_WHO = re.compile(r"\b(?:from|to|by|with)\Z", re.IGNORECASE)
"""Words of an event that the other party follows: 'call from' mother is no agency's call, whoever else the row names."""

RECEIVED = re.compile(r"\breceived\b", re.IGNORECASE)
SENT = re.compile(r"\b(?:sent|submitted|forwarded|informed|notified)\b", re.IGNORECASE)
TO_AFTER = re.compile(
    r"\A\s*(?:(?:is|was|were|are)\s+)?(?:also\s+)?"
    r"(?:told(?! us)|informed(?! us)|notified|contacted|alerted|invited|made aware"
    r"|(?:asked for|requested)(?=\s*(?:[.,;]|again\b|\Z)))\b",
    re.IGNORECASE,
)

ASKED_TO = re.compile(
    r"\A\s*(?:(?:is|was|were|are|have been|has been|had been)\s+asked to\b"
    r"|asked to (?:take|offer|mentor|work with|see|support|provide|assess|accept|allocate|pick up|consider|run|deliver)\b)",
    re.IGNORECASE,
)
"""Behind those of whom something was wanted: 'Early Help were asked to take the family on'."""
ASKED_BY = re.compile(
    r"\b(?:request(?:ed|s)?|ask(?:ed|s)?|want(?:ed|s)?|wish(?:ed)?) (?:that|for|to have)\b[^.;:]*\bby\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
"""Before those who are to do what was wanted: 'requested that work be taken up by Early Help'."""

OUTGOING = re.compile(
    r"\b(?:referrals?|requests?|refs?|notifications?|e-?mails?|letters?|calls?)[ -]out\b|\b(?:outgoing|onward)\b",
    re.IGNORECASE,
)
"""The kind of contact of what the agency itself sends: 'Referral out'."""


def participants(named: Sequence[Mention], column: str, statement: tuple[int, int]) -> tuple[str, ...]:
    """Agencies named in the event's statement, or in a cell of their own, unless said to be absent or only told."""
    here = (mention for mention in named if mention.part not in AWAY and _stands_with(mention, column, statement))
    return tuple(dict.fromkeys(mention.actor for mention in here))


def _stands_with(mention: Mention, column: str, statement: tuple[int, int]) -> bool:
    if mention.column not in ("text", "category", "outcome", "action"):
        return mention.column in ("people", "worker", "seen", "location")
    return mention.column == column and statement[0] <= mention.begin < statement[1]


def between(
    named: Sequence[Mention], entry: Entry, *, words: str, column: str, statement: tuple[int, int]
) -> tuple[str | None, str | None]:
    """The agency it came from and the agency it went to; where one is named, the agency that wrote the row is the other.

    Those named in the event's own statement are asked first; then, unless it stands in an outcome or action cell, those
    in the first statement of the text and in cells of their own.
    """
    here = [mention for mention in named if mention.column == column and statement[0] <= mention.begin < statement[1]]
    sender, receiver = _sides(here, entry)
    if sender is None and receiver is None and column not in RESULTS and not SAYS_WHO.search(words):
        first = statement_ends(entry.text)[0]
        rest = [one for one in named if one.column not in RESULTS and (one.column != "text" or one.begin < first)]
        sender, receiver = _sides(rest, entry)
        if sender is None and receiver is None:
            sender, receiver = _by_the_verb(rest, entry)
        if sender is None and receiver is None:
            receiver = _sent_to(named, entry)
    own = entry.agency or None
    if sender not in (None, own) and receiver is None and OUTGOING.search(entry.fields.get("category", "")):
        sender, receiver = own, sender
    if sender and receiver is None and sender != own:
        receiver = own
    if receiver and sender is None and receiver != own:
        sender = own
    return sender, receiver


def _sides(named: Sequence[Mention], entry: Entry) -> tuple[str | None, str | None]:
    sender = next((mention.actor for mention in named if _side(mention, entry) == "from"), None)
    receiver = next((mention.actor for mention in named if _side(mention, entry) == "to"), None)
    return sender, receiver


def _by_the_verb(named: Sequence[Mention], entry: Entry) -> tuple[str | None, str | None]:
    """'Received' comes from the one other agency that the row names in a cell of its own, 'sent' goes to it."""
    others = {mention.actor for mention in named if mention.column == "people" and mention.actor != entry.agency}
    if len(others) != 1:
        return None, None
    (other,) = others
    if RECEIVED.search(entry.text):
        return other, None
    return (None, other) if SENT.search(entry.text) else (None, None)


def _sent_to(named: Sequence[Mention], entry: Entry) -> str | None:
    """To whom an outcome or action cell says it was sent: 'Sent to the hub'."""
    cells = (one for one in named if one.column in RESULTS and SENT.search(entry.fields.get(one.column, "")))
    return next((one.actor for one in cells if _side(one, entry) == "to"), None)


def _side(mention: Mention, entry: Entry) -> str:
    known = SIDES.get(mention.part) or COLUMNS.get(mention.column)
    if known:
        return known
    cell = entry.cell(mention.column)
    if mention.begin < 0 or not cell:
        return ""
    before, after = cell[max(0, mention.begin - 30) : mention.begin], cell[mention.end : mention.end + 30]
    wanted = ASKED_TO.match(after) or ASKED_BY.search(cell, 0, mention.begin)
    if wanted or TO_AFTER.match(after) or TO_BEFORE.search(before):
        return "to"
    if after.startswith(":") and not before.strip() and mention.actor != entry.agency:
        return "from"
    return "from" if FROM_AFTER.match(after) or FROM_BEFORE.search(before) else ""
