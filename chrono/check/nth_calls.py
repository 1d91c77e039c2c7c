"""What a row says of how often its agency has called another: 'the fifth time since September that we have rung them'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chrono.check.counts import AUTUMN, NUMBER, amount
from chrono.check.days_named import MONTHS
from chrono.check.topics import sentences
from chrono.check.view import View, told
from chrono.model import Entry, day_after
from chrono.numerals import ORDINAL, ordinal_value

NTH = re.compile(
    rf"\b(?P<nth>{ORDINAL}) (?:\w+ )?"
    r"(?:time|call|phone call|contact|referral|report|request|occasion|notification|e-?mail|alert|approach|concern form)\b",
    re.IGNORECASE,
)
CALLED = re.compile(
    r"\b(?:we|i|school|staff|us|our|dsl)\b[^.;]{0,25}\b(?:call(?:ed)?|rang|rung|phoned|telephoned|contacted|referred|reported|told|e-?mailed"
    r"|written|raised|alerted|notified|made|sent|been in touch|spoken)\b"
    r"|\b(?:call|contact|referral|report|request|notification|e-?mail|alert) (?:to|with|from us|by us|we|i|made|sent)\b",
    re.IGNORECASE,
)
"""The agency speaks of what it did itself."""
SINCE = re.compile(rf"\bsince (?:\w+ ){{0,3}}?(?P<month>{'|'.join(MONTHS)})\b", re.IGNORECASE)
THIS_YEAR = re.compile(
    r"\b(?:this (?:school|academic) year|since (?:the )?start of (?:the )?(?:school )?year)\b", re.IGNORECASE
)
IN_SO_LONG = re.compile(rf"\bin (?:the (?:last|past) )?{NUMBER} (?P<unit>week|month)s?\b", re.IGNORECASE)
CONTACTING = ("telephone-call", "referral", "contact", "notification", "email", "concern-raised", "letter")
LEAST = 3
DAYS_OF = {"week": 7.0, "month": 30.44}


@dataclass(frozen=True)
class NthCall:
    """A row that numbers its agency's call to another, and the time since when it counts them."""

    entry: Entry
    number: int
    to: str
    since: date


def nth_calls(view: View) -> Iterator[NthCall]:
    """Every row that says which call of its agency to one other it was, in a time that the agency's own rows cover."""
    for entry in view.recording(*CONTACTING):
        for sentence in sentences(told(entry)):
            found = NTH.search(sentence.text)
            if not found or not CALLED.search(sentence.text):
                continue
            number = ordinal_value(found["nth"])
            since, to = _since(sentence.text, entry), _called(entry, view)
            first = view.extent(entry.agency)[0]
            if number >= LEAST and since and to and first and first <= since:
                yield NthCall(entry, number, to, since)


def rows_of_calls(call: NthCall, view: View) -> tuple[list[Entry], list[Entry]]:
    """The caller's rows of such calls, this one with them, and those of the agency that was called."""
    rows = view.recording(*CONTACTING).between(call.since, call.entry.when.latest)
    near = [row for row in rows if view.same_child(row, call.entry)]
    own = [row for row in near if row.agency == call.entry.agency and call.to in view.named_by(row)]
    theirs = [row for row in near if row.agency == call.to and call.entry.agency in view.named_by(row)]
    return own, theirs


def _called(entry: Entry, view: View) -> str:
    """The one other agency that the row names; '' if it names none or several."""
    named = view.named_by(entry)
    return named.pop() if len(named) == 1 else ""


def _since(text: str, entry: Entry) -> date | None:
    day = entry.when.start
    if day is None:
        return None
    if found := SINCE.search(text):
        month = MONTHS.index(found["month"].lower()) + 1
        return date(day.year if month <= day.month else day.year - 1, month, 1)
    if THIS_YEAR.search(text):
        return date(day.year if day.month >= AUTUMN else day.year - 1, AUTUMN, 1)
    if found := IN_SO_LONG.search(text):
        return day_after(day, -round(amount(found[1]) * DAYS_OF[found["unit"].lower()]))
    return None
