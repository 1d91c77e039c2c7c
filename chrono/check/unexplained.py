"""Decisions that go against what an earlier row says, and do not say why: a child sent home whom somebody advised to keep in,
a matter filed by police who had found something."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.view import Track, View, told
from chrono.check.words import tells
from chrono.model import Entry, day_after

AFTER_ADVICE = 2
"""Days after the advice to keep a child in, within which a discharge is one against it."""
FOUND_WITHIN = 200
"""Days before police file a matter within which what they found is taken to be of it."""
FEW_WORDS = 15
"""Most words of a row that files a matter and leaves out why."""


def sent_home(view: View) -> Iterator[tuple[Entry, Entry]]:
    """Advice to keep a child on the ward, and another agency's row of the days after it that sends them home."""
    for advice in Track(view.telling("advises_stay")):
        days = advice.when.earliest, day_after(advice.when.latest, AFTER_ADVICE)
        for row in view.recording("discharge").about(advice).between(*days):
            earlier = row.when.surely_before(advice.when)
            if row.agency != advice.agency and not earlier and not tells("reason", told(row)):
                yield advice, row
                break


def filed(view: View) -> Iterator[tuple[Entry, Entry]]:
    """What police found, and the later row of a few words with which they file the matter."""
    for agency in view.of_kinds("police", returned=True):
        found = Track(row for row in view.telling("evidence_found") if row.agency == agency)
        for row in Track(view.telling("police_file")) if found else ():
            if row.agency != agency or len(told(row).split()) > FEW_WORDS or _says_why(row, view):
                continue
            before = found.about(row).between(day_after(row.when.earliest, -FOUND_WITHIN), row.when.latest)
            before = [one for one in before if one.when.surely_before(row.when) and not tells("police_file", told(one))]
            if before:
                yield before[-1], row


def _says_why(row: Entry, view: View) -> bool:
    rows = (row, *view.timeline.linked(row))
    return any(tells("reason", told(one)) or tells("police_reason", told(one)) for one in rows)
