"""Bail, an order, a plan or a service ends, nothing takes its place, and something serious happens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from chrono.check.counts import NUMBER, amount
from chrono.check.nearness import KNOWN, has_there, may_be
from chrono.check.rule import rule
from chrono.check.view import Track, View, facts, told, weight
from chrono.check.wording import all_say, ask, counted, says
from chrono.check.words import idea, tells
from chrono.model import Entry, Finding, Timeline, When, day_after

ENDS = ("bail-end", "order-ended", "cp-plan-end", "placement-end", "ceased-looked-after")
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
    r"\b(takes?|took|taking) (over|its place|the place of)\b|\b(replaced|superseded|succeeded) by\b|\bin its (place|stead)\b"
    r"|\b(replac|supersed|succeed)(e?s|ed|ing) (it|this|that|these|them|the)\b|\bg[ai]ves? way to\b"
    r"|\b(in place|instead|in lieu) of (it|this|that|the)\b",
    re.IGNORECASE,
)
"""The row itself says what comes instead."""
WITH_THE_END = ("charge", "remand", "bail-extended", "sentence")
"""What the ending row itself puts in its place."""
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
EXPIRES = re.compile(rf"\bfor (?:a (?:period|term) of )?{NUMBER} (days|weeks|months)\b", re.IGNORECASE)
"""How long something holds, from the day of the row."""
DAY_ITSELF = re.compile(r"(?:the )?\d.*|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b.*", re.IGNORECASE | re.DOTALL)
"""What of a date such as 'until 20 March' is the day."""
DAYS_OF = {"days": 1, "weeks": 7, "months": 30}
EXTENDED = re.compile(r"\b(?:extend|renew|re-?bail)\w*", re.IGNORECASE)
"""The row itself tells of a later end."""
MOTHER = re.compile(r"^(?:the |his |her |birth )?(?:mum|mother|mo|child|victim|daughter|son)$", re.IGNORECASE)
SOON = 31
"""Days after the last day of a plan in which what happens falls into the time that it left open."""
OF_A_BAR = 183
"""Days before its end in which a row tells whom bail or an order kept away."""
SHOWN, GRAVE = 3, 3


@rule("G10", needs="typed", severity="medium")
def measure_ends_nothing_follows(
    timeline: Timeline, *, days: int = 14, until: int = 120, until_a_bar: int = 60
) -> Iterator[Finding]:
    """A measure that protected or held the child ends, nothing is recorded in its place, and something serious follows.

    Finds: bail with a day on which it ends, no renewal, charge or order recorded up to then or in the `days` days after, and a
    row in the `until_a_bar` days after it that says that it had run out and that the child was found with somebody or came
    to harm, or that has the person whom it kept away there or doing harm; the end of bail, an order, a plan or a placement
    with no new measure, worker or plan of anyone within `days` days, and within `until` days after it a serious event, or,
    within `until_a_bar` days, the person whom it kept away at the home or with the child (of low severity where others saw
    the child meanwhile, or the person is known only by what they are to the child); or a row that says itself that something
    ran out and nothing takes its place.
    Why it matters: the days after a measure ends are a time of risk, and somebody should have planned for them.
    Stays silent when: a new measure, a worker or a plan is recorded in time; nothing serious follows; the row
    only gives notice, or tells second hand of bail that the police's own rows record.
    """
    view = View.of(timeline)
    needed: set[str] = set()
    ended: set[str] = set()
    for entry in view.rows("measure_ended", BAR_ENDED, types=(*ENDS, "bail")):
        if not _is_end(entry) or entry.when.end is None or entry.when.start is None or _only_told(entry, view):
            continue
        bar = _is_bar(entry)
        serious = _next_serious(entry, view, until_a_bar if bar or not entry.records(*ENDS) else until)
        there = _next_there(entry, entry.when, view, until_a_bar) if bar else []
        first = there or serious
        if first and not _followed(entry, first[0], view, days, AFTER_A_BAR if bar else FOLLOWS):
            needed.update(row.id for row in first)
            ended.add(entry.id)
            seen = not there and _followed(entry, first[0], view, days, FOLLOWS)
            doubtful = seen or (there and not _by_name(there[0], entry, view))
            yield replace(_finding(entry, first, view), severity="low" if doubtful else None)
    yield from _run_out(view, days, until_a_bar, needed)
    for entry in view.telling("nothing_follows"):
        if entry.id not in ended and entry.when.end and entry.when.start and tells("measure_over", told(entry)):
            yield _told(entry, _next_serious(entry, view, until), view)


def _is_end(entry: Entry) -> bool:
    """True if the row tells that something that protected is over, and neither closes the case with it nor says what comes
    instead."""
    if TAKES_OVER.search(told(entry)) or (entry.records("cp-plan-end") and entry.records("closure")):
        return False  # the closing of the case is looked at by itself
    if entry.records(*WITH_THE_END):
        return False
    if entry.records(*ENDS):
        return True
    ended = idea("measure_ended").search(told(entry))
    later = any(mention.when.surely_after(entry.when) for mention in entry.dates)
    return (ended is not None and not later) or (entry.records("bail") and tells(BAR_ENDED, told(entry)))


def _is_bar(entry: Entry) -> bool:
    """True if what ended kept somebody away: bail, or an order by its name."""
    return bool(entry.records(*BARS)) or tells("keeps_away", told(entry))


def _next_there(entry: Entry, ended: When, view: View, days: int) -> list[Entry]:
    """The first row, in the days after the end of a bar, that has the person whom it kept away at the home or with the child."""
    persons = _kept_away(entry, view)
    last = day_after(ended.latest, days)
    for row in view.everything.about(entry).between(day_after(ended.latest), last) if persons else ():
        if row.when.surely_after(ended) and any(_may_be_there(row, person, view) for person in persons):
            return [row]
    return []


def _kept_away(entry: Entry, view: View) -> list[str]:
    """The people (actor ids) of whom the row tells; where it names nobody, those of its agency's last row of the bar."""
    if persons := _people(entry, view):
        return persons
    assert entry.when.start
    rows = view.agency(entry.agency).about(entry).between(day_after(entry.when.start, -OF_A_BAR), entry.when.start)
    before = [row for row in rows if row.id != entry.id and (row.records(*BARS) or tells("barred", told(row)))]
    return _people(before[-1], view) if before else []


def _people(entry: Entry, view: View) -> list[str]:
    """The first of those named in a row who works for no agency and is not the mother or a child: whom a bar keeps away."""
    return [
        mention.actor
        for mention in entry.mentions
        if mention.kind in ("person", "role") and mention.begin >= 0 and not view.agency_of(mention)
        if not any(MOTHER.search(words) for words in (mention.text, _described(mention.actor, view)))
    ][:1]


def _described(person: str, view: View) -> str:
    actor = view.timeline.actor_by_id.get(person)
    return f"{actor.role or actor.name}" if actor else ""


def _may_be_there(row: Entry, person: str, view: View) -> bool:
    return not row.records(*KNOWN) and any(
        may_be(mention, person, view) and has_there(row, mention, "is_there") for mention in row.mentions
    )


def _by_name(row: Entry, entry: Entry, view: View) -> bool:
    """True if the row names the very person: 'the uncle' may be another."""
    persons = _kept_away(entry, view)
    return any(mention.actor in persons for mention in row.mentions)


def _run_out(view: View, days: int, until: int, known: set[str]) -> Iterator[Finding]:
    """Bail or an order whose last day a row names, with nothing in its place, and a later row by which it had run out when it
    was needed."""
    for entry in view.rows("keeps_away", "plan_of_safety", types=("bail",)):
        last = _last_day(entry)
        if last is None or last.start is None or last.end is None or not last.surely_after(entry.when):
            continue
        needed = _needed(entry, last, view, until)
        if needed is None or not needed.when.surely_after(last) or needed.id in known:
            continue
        first, end = day_after(entry.when.latest), min(day_after(last.end, days), day_after(needed.when.earliest, -1))
        instead = view.recording(*INSTEAD_OF_BAIL).about(entry).between(first, end)
        if not any(row.id != entry.id for row in instead):
            known.add(needed.id)
            yield _ran_out(entry, last, needed, view)


def _last_day(entry: Entry) -> When | None:
    """The last day of bail or an order, as the row names it, or counts it from its own day."""
    planned = [event.when for event in entry.events_of("bail-end", status="planned") if event.when and event.when.known]
    if planned:
        return max(planned, key=lambda when: when.sort_key) if not EXTENDED.search(told(entry)) else None
    for mention in entry.dates:
        before = entry.text[: mention.begin] + DAY_ITSELF.sub("", entry.text[mention.begin : mention.end])
        end = When.of_day(mention.when.latest) if mention.when.known else mention.when
        if end.surely_after(entry.when) and tells("measure_until", before):
            return end
    holds = EXPIRES.search(entry.text) if tells("keeps_away", entry.text) else None
    if holds and entry.when.is_day and entry.when.end:
        return When.of_day(day_after(entry.when.end, amount(holds.group(1).lower()) * DAYS_OF[holds.group(2).lower()]))
    return None


def _needed(entry: Entry, last: When, view: View, until: int) -> Entry | None:
    """The first row after the last day that says that it was over when somebody came, or that has the person there."""
    assert last.end
    later = view.agency(entry.agency).about(entry).between(day_after(last.end), day_after(last.end, until))
    told_so = [row for row in later if OVER.search(told(row)) and NEEDED.search(told(row))]
    persons = _kept_away(entry, view)
    by_them = [row for row in _after(last, entry, view, until) if any(m.actor in persons for m in row.mentions)]
    of_a_plan = tells("plan_of_safety", told(entry)) and not entry.records(*BARS)
    planned = _after(last, entry, view, SOON) if of_a_plan else []
    rows = [*told_so, *by_them, *planned, *_next_there(entry, last, view, until)]
    return min(rows, key=lambda row: row.when.sort_key, default=None)


def _after(last: When, entry: Entry, view: View, days: int) -> list[Entry]:
    """The rows of something serious in the days after a last day."""
    rows = _serious(view).about(entry).between(day_after(last.latest), day_after(last.latest, days))
    return [row for row in rows if row.when.surely_after(last) and view.same_child(row, entry)]


def _ran_out(entry: Entry, last: When, needed: Entry, view: View) -> Finding:
    name = view.timeline.name_of(entry.agency)
    return Finding(
        f"{name}: what held until {last} ran out, no renewal is recorded, and on {needed.when} it was needed",
        cites=(entry.source, needed.source),
        explanation=(
            f"{says(entry)} Then: {says(needed)} That is {counted(last.latest, needed.when.earliest)} after its last day. "
            "No row between them shows that it was extended, or that a charge or an order took its place."
        ),
        settle=ask(view.timeline, (entry.agency,), "whether it was extended, and who was told that it ended"),
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
