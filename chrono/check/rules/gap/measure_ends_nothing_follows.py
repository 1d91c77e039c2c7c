"""Bail, an order, a plan or a service ends, nothing takes its place, and something serious happens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from chrono.check.rule import rule
from chrono.check.view import Track, View, facts, told, weight
from chrono.check.wording import all_say, ask, counted, says
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline, When, day_after

ENDS = ("bail-end", "order-ended", "cp-plan-end", "placement-end", "ceased-looked-after")
LAPSED = re.compile(r"\bbail\b[^.;]{0,20}\b(ends?|ended|expires?|expired|lapsed?|lifted|removed)\b", re.IGNORECASE)
NOTICE = re.compile(r"\bnotice\b|\b28 days\b|\bwill end\b|\b(?:is|due) to end\b", re.IGNORECASE)
FOLLOWS = (
    "allocation",
    "worker-starts",
    "order-made",
    "referral-order",
    "order-extended",
    "bail",
    "bail-extended",
    "charge",
    "cin-plan",
    "cp-plan-start",
    "placement-start",
    "placement-move",
    "strategy-discussion",
    "safety-plan",
    "home-visit",
    "statutory-visit",
    "session",
    "case-opened",
)
BAR_ENDED = "standing: a bar or condition: ended"
BARS = ("bail-end", "bail")
AFTER_A_BAR = (
    "order-made",
    "referral-order",
    "order-extended",
    "bail",
    "bail-extended",
    "charge",
    "remand",
    "cp-plan-start",
    "placement-start",
    "placement-move",
    "address-change",
    "strategy-discussion",
    "safety-plan",
    "abduction-warning",
)
"""What takes the place of a bar on somebody: a session or a visit does not."""
TAKES_OVER = re.compile(
    r"\b(takes?|took|taking) (over|its place|the place of)\b|\b(replaced|superseded|succeeded) by\b|\bin its (place|stead)\b",
    re.IGNORECASE,
)
"""The row itself says what comes instead."""
INSTEAD_OF_BAIL = ("bail-extended", "charge", "remand", "order-made", "sentence", "released-under-investigation")
OVER = re.compile(
    r"\b(?:bail|conditions?)\b[^.;]{0,30}\b(?:r[au]n out|ended|expired|lapsed|finished|fell away|fallen away"
    r"|came to an end|come to an end|not (?:been )?(?:renewed|extended)"
    r"|no longer (?:in force|applied|in place|live)|up by then|over by then)\b"
    r"|\b(?:no longer|not|was not|wasn't|off) (?:now |any more )?(?:on|under|subject to) (?:police |any )?bail\b|\bout of bail\b"
    r"|\bno (?:live |current |longer any )?(?:bail )?conditions? (?:in force|in place|applied|by then|now|left)\b",
    re.IGNORECASE,
)
"""Bail is said to be over."""
NEEDED = re.compile(
    r"\b(?:found|traced|located|seen|stopped|come across|picked up|recovered|met|together"
    r"|contact(?:ed)?|approached|messag\w+|visited|in (?:the|his|her|a) (?:flat|house|car|room|company)|with (?:him|her|\w)\b"
    r"|assault\w*|hurt|hit|attacked|threaten\w*|harass\w*)",
    re.IGNORECASE,
)
"""Somebody was with, or did something to, another, from which bail might have kept them."""
SHOWN, GRAVE = 3, 3


@rule("G10", needs="typed", severity="medium")
def measure_ends_nothing_follows(
    timeline: Timeline, *, days: int = 14, until: int = 120, until_a_bar: int = 60
) -> Iterator[Finding]:
    """A measure that protected or held the child ends, nothing is recorded in its place, and something serious follows.

    Finds: bail with a day on which it ends, no renewal, charge or order recorded up to then or in the `days` days after, and a
    row in the `until_a_bar` days after it that says that it had run out and that the child was found with somebody or came
    to harm; the end of bail, an order, a plan or a placement with no new measure, worker or plan of anyone within `days`
    days, and a serious event within `until` days after it (`until_a_bar` after bail, and of low severity where others saw the
    child meanwhile); or a row that says itself that something ran out and nothing
    takes its place.
    Why it matters: the days after a measure ends are a time of risk, and somebody should have planned for them.
    Stays silent when: a new measure, a worker or a plan is recorded in time; nothing serious follows; the row
    only gives notice, or tells second hand of bail that the police's own rows record.
    """
    view = View.of(timeline)
    for entry in view.recording(*ENDS, "bail"):
        if entry.records("cp-plan-end") and entry.records("closure"):
            continue  # the closing of the case is looked at by itself
        if not entry.records(*ENDS) and not (LAPSED.search(told(entry)) or tells(BAR_ENDED, told(entry))):
            continue
        if entry.when.end is None or entry.when.start is None or _only_told(entry, view):
            continue
        if TAKES_OVER.search(told(entry)):
            continue
        serious = _next_serious(entry, view, until_a_bar if entry.records(*BARS) else until)
        if serious and not _followed(entry, serious[0], view, days, AFTER_A_BAR if entry.records(*BARS) else FOLLOWS):
            contact_only = _followed(entry, serious[0], view, days, FOLLOWS)
            yield replace(_finding(entry, serious, view), severity="low" if contact_only else None)
    yield from _run_out(view, days, until_a_bar)
    for entry in view.telling("nothing_follows"):
        if entry.when.end and entry.when.start and tells("measure_over", told(entry)):
            yield _told(entry, _next_serious(entry, view, until), view)


def _run_out(view: View, days: int, until: int) -> Iterator[Finding]:
    """Bail whose last day a row names, with nothing in its place, and a later row by which it had run out when it was needed."""
    for entry in view.recording("bail"):
        last = next((event.when for event in entry.events_of("bail-end", status="planned") if event.when), None)
        if last is None or last.start is None or last.end is None or not last.surely_after(entry.when):
            continue
        later = view.agency(entry.agency).about(entry).between(day_after(last.end), day_after(last.end, until))
        needed = next((row for row in later if OVER.search(told(row)) and NEEDED.search(told(row))), None)
        if needed is None or not needed.when.surely_after(last):
            continue
        first, end = day_after(entry.when.latest), min(day_after(last.end, days), day_after(needed.when.earliest, -1))
        instead = view.recording(*INSTEAD_OF_BAIL).about(entry).between(first, end)
        if not any(row.id != entry.id for row in instead):
            yield _ran_out(entry, last, needed, view)


def _ran_out(entry: Entry, last: When, needed: Entry, view: View) -> Finding:
    name = view.timeline.name_of(entry.agency)
    return Finding(
        f"{name}: bail ended on {last}, no renewal is recorded, and on {needed.when} it was needed",
        cites=(entry.source, needed.source),
        explanation=(
            f"{says(entry)} Then: {says(needed)} That is {counted(last.latest, needed.when.earliest)} after its last day. "
            "No row between them shows that it was extended, or that a charge or an order took its place."
        ),
        settle=ask(
            view.timeline, (entry.agency,), "whether bail was extended, and who was told that its conditions ended"
        ),
        agencies=tuple(dict.fromkeys((entry.agency, needed.agency))),
        subjects=entry.subjects or needed.subjects,
        period=(last.start, needed.when.end),
        certainty="possible",
    )


def _only_told(entry: Entry, view: View) -> bool:
    """True if the row gives notice of an end to come, or tells at a meeting or second hand of a bail that is the police's."""
    if entry.records("meeting", "professionals-meeting") or NOTICE.search(told(entry)):
        return True
    police = view.of_kinds("police", returned=True)
    return bool(police) and entry.records("bail", "bail-end") and entry.agency not in police


def _next_serious(entry: Entry, view: View, days: int) -> list[Entry]:
    """The rows of the first serious event after a measure ended: those of its day, SHOWN at most."""
    rows = _serious(view).about(entry).between(day_after(entry.when.latest), day_after(entry.when.latest, days))
    later = [row for row in rows if row.when.surely_after(entry.when) and view.same_child(row, entry)]
    return [row for row in later if row.when.may_overlap(later[0].when)][:SHOWN]


def _serious(view: View) -> Track:
    """Rows that record something serious, and those of an attack or a fall that had police or doctors called."""
    return view.track(
        "serious or with an alarm", lambda: (row for row in view.everything if weight(row) >= GRAVE or _alarms(row))
    )


def _alarms(row: Entry) -> bool:
    """True if a row tells of an attack, a fall or a threat, and that police or doctors were called or took somebody."""
    return tells("harm_done", told(row)) and tells("alarm_raised", told(row)) and not tells("no_risk_signs", told(row))


def _followed(entry: Entry, serious: Entry, view: View, days: int, kinds: tuple[str, ...]) -> bool:
    last = min(day_after(entry.when.latest, days), day_after(serious.when.earliest, -1))
    rows = view.recording(*kinds).between(entry.when.earliest, last)
    return any(row.id != entry.id and view.same_child(row, entry) and row.agency != entry.agency for row in rows)


def _finding(entry: Entry, serious: list[Entry], view: View) -> Finding:
    name = view.timeline.name_of(entry.agency)
    return Finding(
        f"{name}: a measure ends on {entry.when} and nothing is recorded in its place before the next serious event",
        cites=(entry.source, *(row.source for row in serious)),
        explanation=(
            f"{says(entry)} The next serious event: {all_say(serious)} "
            f"That is {counted(entry.when.latest, serious[0].when.earliest)}. "
            "No row of any other agency between them shows a new measure, worker or plan."
        ),
        settle=ask(
            view.timeline, (entry.agency,), "what was planned for the time after, and who was told that it ended"
        ),
        agencies=tuple(dict.fromkeys((entry.agency, *(row.agency for row in serious)))),
        subjects=entry.subjects or serious[0].subjects,
        period=facts((entry, *serious)),
        certainty="possible",
    )


def _told(entry: Entry, serious: list[Entry], view: View) -> Finding:
    rows = (entry, *serious)
    then = f" The next serious event: {all_say(serious)}" if serious else ""
    return Finding(
        f"{view.timeline.name_of(entry.agency)}: something ended and nothing takes its place, as a row of {entry.when} says",
        cites=tuple(row.source for row in rows),
        explanation=f"{says(entry)}{then}",
        settle=ask(view.timeline, (entry.agency,), "what was planned for the time after, and who was told"),
        agencies=tuple(dict.fromkeys(row.agency for row in rows)),
        subjects=entry.subjects,
        period=facts(rows),
    )
