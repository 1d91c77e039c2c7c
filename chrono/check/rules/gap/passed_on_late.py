"""Information that reached those who needed it days or weeks late."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import ask, counted, says
from chrono.model import DateMention, Entry, Finding, Timeline, When

RECEIVED = (
    "contact",
    "notification",
    "police-notification",
    "missing-notification",
    "referral",
    "information-sharing",
    "hospital-safeguarding-alert",
)
RESULTS = (
    "no-further-action",
    "charge",
    "caution",
    "conviction",
    "acquittal",
    "sentence",
    "court-hearing",
    "single-assessment",
    "assessment-started",
    "assessment-completed",
)
"""Rows that tell how a matter ended: the earlier date is that of the matter, and no news of it."""
PASSING = ("forward", "passed on", "sent on", "shared with", "notified", "informed", "told")
TELLING = ("tell", "told", "report", "notif", "inform", "merlin", "ppn", "received", "contact from", "forward", "refer")


@rule("G15", needs="typed", severity="medium")
def passed_on_late(timeline: Timeline, *, days: int = 3, at_most: int = 400) -> Iterator[Finding]:
    """Somebody was told of an event surely more than `days` days after it, or passed the news on later still.

    Finds: a contact, notice or report whose own words date the event earlier than the row, or date its forwarding later.
    Why it matters: decisions in between were made without it.
    Stays silent when: the dates may be within the days; the earlier date is history given for information.
    """
    view = View.of(timeline)
    for entry in timeline.entries:
        if not entry.dates or not entry.when.known or not _is_news(entry):
            continue
        for mention in entry.dates:
            late = _late(entry, mention)
            if late and days < late[0].days_until(late[1])[0] <= at_most:
                yield _finding(entry, *late, _source_row(entry, late[0], view), view)
                break


def _is_news(entry: Entry) -> bool:
    words = told(entry).lower()
    return entry.records(*RECEIVED) and not entry.records(*RESULTS) and any(word in words for word in TELLING)


def _late(entry: Entry, mention: DateMention) -> tuple[When, When] | None:
    """The two dates between which the news lay, or None if this date is not one of an event told or passed on."""
    if mention.role in ("referring-back", "occurred") and mention.when.surely_before(entry.when):
        return mention.when, entry.when
    before = entry.text[max(mention.begin - 30, 0) : mention.begin].lower()
    if mention.when.surely_after(entry.when) and any(word in before for word in PASSING):
        return entry.when, mention.when
    return None


def _source_row(entry: Entry, when: When, view: View) -> Entry | None:
    if when.start is None or when.end is None:
        return None
    named = {mention.actor for mention in entry.mentions if mention.kind == "agency"}
    rows = [
        row
        for row in view.weighty.between(when.start, when.end)
        if row.agency != entry.agency and view.same_child(row, entry)
    ]
    return min(
        rows, key=lambda row: (row.agency not in named, (row.when.latest - row.when.earliest).days), default=None
    )


def _finding(entry: Entry, first: When, last: When, source: Entry | None, view: View) -> Finding:
    rows = [entry, *([source] if source else [])]
    origin = f" The event itself: {says(source)}" if source else ""
    least = first.days_until(last)[0]
    return Finding(
        f"{view.timeline.name_of(entry.agency)}: news of {first} was received or passed on {least} days later or more",
        cites=tuple(row.source for row in rows),
        explanation=f"{says(entry)}{origin} Between the two dates in this row are {counted(first.latest, last.earliest)}.",
        settle=ask(
            view.timeline, dict.fromkeys(row.agency for row in rows), "when it was first reported, by whom and to whom"
        ),
        agencies=tuple(dict.fromkeys(row.agency for row in rows)),
        subjects=entry.subjects,
        period=facts(rows),
        severity="medium" if least > 7 else "low",
    )
