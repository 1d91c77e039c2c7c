"""A handover or transfer that the two sides date differently."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import View, date_of, facts, told
from chrono.check.wording import all_say, ask, says, span
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline, When, day_after

HANDED = ("handover", "transfer", "closure", "step-down")
MOST = 4
TAKEN = ("allocation", "worker-starts", "case-opened", "assessment-started", "transfer")


@rule("C09", needs="typed", severity="medium")
def handover_dated_differently(timeline: Timeline, *, days: int = 10) -> Iterator[Finding]:
    """One agency says that work was handed over, the other begins it much later; or a transfer is told before it was made.

    Finds: a row that hands work over to a named agency, and that agency's first allocation or start surely more than `days`
    days later; and a row of a third agency that speaks of a transfer as done, surely before the transfer's own row.
    Why it matters: between the two dates nobody held the work, or somebody acted on a transfer that had not been made.
    Stays silent when: the receiving agency was at work already; the dates may agree.
    """
    view = View.of(timeline)
    yield from _handed_over(view, days)
    yield from _told_too_soon(view, days)


def _handed_over(view: View, days: int) -> Iterator[Finding]:
    for entry in view.speaking_of(*HANDED):
        if entry.when.end is None or not tells("handed_over", told(entry)) or _only_heard(entry):
            continue
        for agency in _others_named(entry, view):
            taken = _taken(entry, agency, view)
            if taken and entry.when.days_until(taken.when)[0] > days and not _at_work(entry, agency, taken, view):
                yield _late(entry, taken, view.timeline)


def _taken(entry: Entry, agency: str, view: View) -> Entry | None:
    last = day_after(entry.when.latest, 120)
    rows = view.recording(*TAKEN).between(entry.when.earliest, last)
    return next((row for row in rows if row.agency == agency and view.same_child(row, entry)), None)


def _at_work(entry: Entry, agency: str, taken: Entry, view: View) -> bool:
    between = view.agency(agency).between(entry.when.latest, day_after(taken.when.earliest, -1))
    return any(row.records("session", "home-visit", "visit") and view.same_child(row, entry) for row in between)


def _told_too_soon(view: View, days: int) -> Iterator[Finding]:
    for entry in view.speaking_of("transfer"):
        event = next(event for event in entry.events_of("transfer", status=None))
        if event.status != "occurred" or not any(
            m.part in ("told", "referred-by", "spoken-of") for m in entry.mentions
        ):
            continue
        own = _own_transfer(entry, date_of(event, entry), view, days)
        if own:
            yield _early(entry, own, view.timeline)


def _only_heard(entry: Entry) -> bool:
    """True if the row reports what another agency said that it had done."""
    return any(mention.part == "told" for mention in entry.mentions)


def _own_transfer(entry: Entry, when: When, view: View, days: int) -> list[Entry]:
    """The transfer in the return of an agency the row names, if all of its rows put it surely later."""
    if when.end is None or entry.when.start is None:
        return []
    named = _others_named(entry, view)
    around = view.recording("transfer").between(day_after(entry.when.start, -31), day_after(when.end, 60))
    own = [row for row in around if row.agency in named and row.id != entry.id and view.same_child(row, entry)]
    late = [row for row in own if when.days_until(row.when)[0] > days]
    return late[:MOST] if len(late) == len(own) else []


def _others_named(entry: Entry, view: View) -> list[str]:
    found = [mention.actor for mention in entry.mentions if mention.kind == "agency"]
    return [a for a in dict.fromkeys(found) if a != entry.agency and a in view.timeline.returned]


def _late(entry: Entry, taken: Entry, timeline: Timeline) -> Finding:
    giver, taker = timeline.name_of(entry.agency), timeline.name_of(taken.agency)
    return Finding(
        f"{giver} hands over on {entry.when}; {taker} begins {taken.when}",
        cites=(entry.source, taken.source),
        explanation=f"{says(entry)} {says(taken)} From the one to the other are {span(entry.when, taken.when)}; "
        f"no row of {taker} between them shows work with the child.",
        settle=ask(
            timeline, (entry.agency, taken.agency), "when the work was handed over, to whom, and who held it meanwhile"
        ),
        agencies=(entry.agency, taken.agency),
        subjects=entry.subjects or taken.subjects,
        period=facts((entry, taken)),
        certainty="possible",
    )


def _early(entry: Entry, rows: list[Entry], timeline: Timeline) -> Finding:
    own = rows[0]
    return Finding(
        f"{timeline.name_of(entry.agency)} has the transfer by {entry.when}; {timeline.name_of(own.agency)} dates it {own.when}",
        cites=(entry.source, *(row.source for row in rows)),
        explanation=f"{says(entry)} {all_say(rows)} The transfer is told {span(entry.when, own.when)} before it is dated.",
        settle=ask(timeline, (own.agency,), "the day the transfer took effect, and what others were told before"),
        agencies=(entry.agency, own.agency),
        subjects=entry.subjects or own.subjects,
        period=facts((entry, *rows)),
        certainty="possible",
    )
