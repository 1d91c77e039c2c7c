"""A 'third' meeting of which two are to be found."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from chrono.check.any_case import AnyCase
from chrono.check.pairs import linked_pairs
from chrono.check.rule import rule
from chrono.check.view import Track, View, date_in_doubt, date_of, facts, told
from chrono.check.wording import all_say, ask, listed, quoted, says
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline, When, day_after
from chrono.numerals import ORDINAL, ORDINALS, ordinal_value

NUMBERED = ("", *ORDINALS[:10])
EVERYDAY = frozenset(
    (
        "session",
        "attended",
        "visit",
        "home-visit",
        "appointment",
        "contact",
        "telephone-call",
        "intervention",
        "did-not-attend",
    )
)
MOST = 20
NUMBERED_TITLE = re.compile(
    r"\s*(?:[\w-]+ ){0,3}(?:review|meeting|conference|panel|group)\s*(?:no\.?|number|#)?\s*\(?"
    rf"(?P<number>\d{{1,2}}(?=(?:st|nd|rd|th)?\b)(?!\s*/)|{'|'.join(NUMBERED[1:])}\b)",
    re.IGNORECASE,
)
"""A kind of contact that ends in the meeting's number: 'Review 3', 'LAC review (second)', 'Core group (1st)'."""
BEGINS = re.compile(r"\b(open(ed|s)|beg[au]n|begins|start(ed|s)|commenced|initiated|under way)\b", re.IGNORECASE)
ENDS = re.compile(
    r"\b(finish(ed|es)|complet(ed|es)|signed off|authorised|conclud(ed|es)|closed|end(ed|s))\b", re.IGNORECASE
)
RESULTS = ("outcome", "action")
ONE_FIRST = ("core-group", "review-conference", "looked-after-review")
"""Meetings of a plan, of which the first is held once: two services that each call another day the first tell of one."""
FIRST_WITHIN = 62
"""Days between two that are each called the first: later, it may be the first of another plan."""
PASSED_ON = 7
"""Days within which another agency's row of the same number tells of the same event, as it heard of it."""


DOMESTIC_CALL = AnyCase(
    rf"\b({ORDINAL}) (?:such )?(?:domestic(?:[- ](?:abuse|violence|related))?|dv|da)"
    r" (?:calls?|call-?outs?|incidents?|reports?|attendances?|disputes?|matters?|episodes?|ppns?|notices?|notifications?)\b"
)
"""A call to a household that the police number: 'third domestic incident'."""
OF_A_TIME = re.compile(
    r"[^.;]{0,40}\b(?:this (?:week|weekend|month|year|term|quarter|period|season|evening|night)|since"
    r"|in the (?:last|past)|within|today"
    r"|at (?:this|the) (?:new )?address)\b",
    re.I,
)
"""After it: the number is of a stretch of time, or of one address."""
CAME_OF_IT = (
    "police-interview",
    "panel-referral",
    "marac",
    "strategy-discussion",
    "bail",
    "order-made",
    "intelligence",
)
"""What follows a call, and is none of its own."""


@rule("C13", needs="typed", severity="medium")
def ordinal_does_not_fit(timeline: Timeline) -> Iterator[Finding]:
    """A meeting, review or episode is numbered, and the returns do not hold as many.

    Finds: a row that calls an event the third (or any other) of its kind, when fewer of the kind are recorded for the child
    by anybody up to then, or since the last one that the same agency numbers; two events on different days that bear the same
    number; one meeting that two agencies number differently; the first meeting of a plan on different days by two agencies;
    and a domestic call that the police number lower than their own
    rows before it are many.
    Why it matters: what is not there may be the one at which it was decided.
    Stays silent when: as many are recorded; it is one of work sessions or visits, of which the rows of the agency itself do
    not show most; the earlier ones may lie before the review period; the number was planned only;
    another agency's row of the same number is a few days later: it tells of the same event.
    """
    view = View.of(timeline)
    too_few: set[str] = set()
    too_low = {call.id: finding for call, finding in _calls_numbered_too_low(view)}
    for kind, numbered in sorted(_numbered(timeline).items()):
        for entry, ordinal in numbered:
            if ordinal == 1 or entry.id in too_low:
                continue
            known = _up_to(entry, kind, view)
            own = [rows for rows in known if any(row.agency == entry.agency for row in rows)]
            counted = (len(known), len(own)) if kind in EVERYDAY else (len(known),)
            series = all(_shows_a_series(number, ordinal, kind) for number in counted)
            if series and not _may_lie_before(known, timeline):
                too_few.add(entry.id)
                yield _too_few(entry, kind, ordinal, known, view)
        yield from (jump for entry, jump in _jumps(numbered, kind, view) if entry.id not in too_few)
        yield from _twice(numbered, kind, view)
    yield from _numbered_differently(view)
    yield from _two_firsts(view)
    yield from too_low.values()


def _shows_a_series(known: int, ordinal: int, kind: str) -> bool:
    """True if the rows show some of a series and not all; of everyday contacts, which few agencies enter one by one, most.
    A third of which no other is known may be told by another name than the first two."""
    least = max(3, ordinal * 2 / 3) if kind in EVERYDAY else min(ordinal - 1, 2)
    return least <= known < ordinal


def _numbered(timeline: Timeline) -> dict[str, list[tuple[Entry, int]]]:
    found: dict[str, list[tuple[Entry, int]]] = defaultdict(list)
    for entry in timeline.dated:
        for event in entry.events:
            if event.ordinal and event.status == "occurred":
                found[event.family or event.type].append((entry, event.ordinal))
                break
    return found


def _jumps(numbered: list[tuple[Entry, int]], kind: str, view: View) -> Iterator[tuple[Entry, Finding]]:
    """Two rows of one agency that number neighbouring events of a child, with a number left out between them."""
    last: dict[tuple[str, str], tuple[Entry, int]] = {}
    for entry, ordinal in numbered if kind not in EVERYDAY else ():
        for child in entry.subjects or ("",):
            before, number = last.get((entry.agency, child), (entry, ordinal))
            last[entry.agency, child] = entry, ordinal
            if number + 1 < ordinal and before.when.surely_before(entry.when):
                between = _between(before, entry, kind, view)
                if number + len(between) + 1 < ordinal:
                    yield entry, _jump(before, number, entry, ordinal, kind, len(between), view)
                    break


def _between(before: Entry, entry: Entry, kind: str, view: View) -> set[When]:
    """The days on which anybody records an event of the kind between two rows."""
    rows = _track(kind, view).about(entry).between(before.when.earliest, entry.when.latest)
    return {row.when for row in rows if not (row.when.may_overlap(before.when) or row.when.may_overlap(entry.when))}


def _track(kind: str, view: View) -> Track:
    """The rows by which an event of the kind took place."""
    return view.track(("kind", kind), lambda: _of_kind(view.timeline, kind))


def _up_to(entry: Entry, kind: str, view: View) -> list[list[Entry]]:
    """The events of the kind up to this row, each as the rows that record it."""
    groups: list[list[Entry]] = []
    place: dict[str, int] = {}
    for row in _track(kind, view).about(entry):
        if row.when.surely_after(entry.when) or date_in_doubt(row):
            continue
        partner = next((place[other.id] for other in view.timeline.linked(row) if other.id in place), None)
        if partner is None:
            partner = next((n for n, group in enumerate(groups) if _same(row, group)), len(groups))
        if partner == len(groups):
            groups.append([])
        groups[partner].append(row)
        place[row.id] = partner
    return groups


def _of_kind(timeline: Timeline, kind: str) -> list[Entry]:
    return [
        entry
        for entry in timeline.entries
        if any((event.family or event.type) == kind and event.status == "occurred" for event in entry.events)
    ]


def _same(row: Entry, group: list[Entry]) -> bool:
    return any(other.agency != row.agency and other.when.surely_same_day(row.when) for other in group)


def _may_lie_before(known: Sequence[Sequence[Entry]], timeline: Timeline) -> bool:
    """True if the first one recorded lies in the first weeks of the returns, so that others may have come before."""
    first = timeline.dated[0].when.earliest if timeline.dated else None
    return first is not None and (known[0][0].when.earliest - first).days < 28


def _numbered_differently(view: View) -> Iterator[Finding]:
    """One meeting of two agencies, to which each gives another number."""
    for _, one, other in linked_pairs(view.timeline):
        mine, theirs = _number_of(one), _number_of(other)
        if mine and theirs and mine != theirs and one.when.may_overlap(other.when):
            yield Finding(
                f"One meeting of {one.when} is the {_word(mine)} for {view.timeline.name_of(one.agency)}, "
                f"the {_word(theirs)} for {view.timeline.name_of(other.agency)}",
                cites=(one.source, other.source),
                explanation=f"{all_say((one, other))} Both tell of one event, and number it differently.",
                settle=ask(view.timeline, (one.agency, other.agency), "the numbering of the series, with all dates"),
                agencies=(one.agency, other.agency),
                subjects=one.subjects or other.subjects,
                period=facts((one, other)),
            )


def _calls_numbered_too_low(view: View) -> Iterator[tuple[Entry, Finding]]:
    """Rows of the police that number a domestic call, where their own rows hold as many before it, or more."""
    for entry in (row for agency in view.of_kinds("police", returned=True) for row in view.agency(agency)):
        agency, found = entry.agency, DOMESTIC_CALL.search(told(entry))
        if not found or OF_A_TIME.match(told(entry), found.end()) or date_in_doubt(entry):
            continue
        number = ordinal_value(found.group(1))
        before = view.agency(agency).about(entry).between(date.min, day_after(entry.when.earliest, -1))
        calls = {row.when.earliest: row for row in before if row.when.is_day and _is_domestic_call(row, entry)}
        if len(calls) >= number:
            rows = [*calls.values()][-MOST:]
            yield (
                entry,
                Finding(
                    f"{view.timeline.name_of(agency)}: {quoted(found.group(), 40)}, and {len(calls)} of its own rows before it",
                    cites=tuple(row.source for row in (*rows, entry)),
                    explanation=f"{says(entry)} Before it, its own rows seem to record {len(calls)}: {all_say(rows)}",
                    settle=ask(view.timeline, (agency,), "the list behind the number, and which calls it leaves out"),
                    agencies=(agency,),
                    subjects=entry.subjects,
                    period=facts((*rows, entry)),
                    certainty="possible",
                ),
            )


def _is_domestic_call(row: Entry, entry: Entry) -> bool:
    """True if a row is of a call about a quarrel or violence between adults, and names somebody whom the other names."""
    theirs, ours = ({m.actor for m in one.mentions if m.column == "subject"} for one in (row, entry))
    same = bool(theirs & ours)
    called = row.records("domestic-abuse") or (same and tells("quarrel_at_home", told(row)))
    return called and (same or not (theirs and ours)) and not row.records(*CAME_OF_IT)


def _number_of(entry: Entry) -> int:
    """The number of the meeting that a row is about, as its words or its kind of contact give it; 0 if there is none."""
    titled = NUMBERED_TITLE.match(entry.fields.get("category", ""))
    if titled:
        number = titled["number"].lower()
        return int(number) if number.isdigit() else NUMBERED.index(number)
    meetings = (event for event in entry.events if event.nature == "meeting" and event.status == "occurred")
    return next((event.ordinal for event in meetings if event.ordinal), 0)


def _word(number: int) -> str:
    return NUMBERED[number] if number < len(NUMBERED) else f"{number}th"


def _too_few(entry: Entry, kind: str, ordinal: int, known: list[list[Entry]], view: View) -> Finding:
    timeline = view.timeline
    earlier = [group[0] for group in known if entry not in group]
    rows = [*earlier[-MOST:], entry]
    name = kind.replace("-", " ")
    dates = listed(str(row.when) for row in earlier) if earlier else "none"
    return Finding(
        f"{timeline.name_of(entry.agency)}: the {_word(ordinal)} {name}, but {len(known)} recorded up to then",
        cites=tuple(row.source for row in rows),
        explanation=f"{says(entry)} The returns hold, before it: {dates}. {ordinal - len(known)} of the series cannot be found.",
        settle=ask(timeline, (entry.agency,), f"the dates and minutes of each {name}"),
        agencies=tuple(dict.fromkeys(row.agency for row in (entry, *earlier))),
        expected_from=(entry.agency,),
        subjects=entry.subjects,
        period=facts(rows),
        certainty="possible",
    )


def _jump(before: Entry, number: int, entry: Entry, ordinal: int, kind: str, between: int, view: View) -> Finding:
    timeline, name = view.timeline, kind.replace("-", " ")
    return Finding(
        f"{timeline.name_of(entry.agency)}: the {_word(number)} {name} on {before.when}, and {entry.when} the {_word(ordinal)}",
        cites=(before.source, entry.source),
        explanation=f"{all_say((before, entry))} Between them the returns hold {between or 'none'} of the kind.",
        settle=ask(timeline, (entry.agency,), "the numbering of the series, with all dates"),
        agencies=(entry.agency,),
        subjects=entry.subjects or before.subjects,
        period=facts((before, entry)),
        certainty="possible",
    )


def _is_the_same_once_more(first: Entry, later: Entry, ordinal: int) -> bool:
    """True if the first came to nothing and is tried again under its number, or began what the later one ends, or has in its
    outcome what the same agency does some days later."""
    announced = any(event.ordinal == ordinal and event.column in RESULTS for event in first.events)
    if announced and first.agency == later.agency and first.when.days_until(later.when)[0] <= PASSED_ON:
        return True
    if first.records("did-not-attend") or tells("postponed", told(first)) or tells("fell_through", told(first)):
        return True
    return bool(BEGINS.search(told(first)) and ENDS.search(told(later)))


def _two_firsts(view: View) -> Iterator[Finding]:
    """The first meeting of a plan as two agencies date it, surely on different days."""
    for kind in ONE_FIRST:
        firsts = [row for row in view.recording(kind) if row.when.known and _is_first(row, kind)]
        for place, one in enumerate(firsts):
            other = next((row for row in firsts[place + 1 :] if _dates_it_otherwise(one, row, kind, view)), None)
            if other:
                yield _first_twice(one, other, kind, view)


def _is_first(row: Entry, kind: str) -> bool:
    return _number_of(row) == 1 or any(event.ordinal == 1 for event in row.events_of(kind))


def _dates_it_otherwise(one: Entry, other: Entry, kind: str, view: View) -> bool:
    """True if another agency has the first of the same child on a surely later day, of which the one has no row itself."""
    if one.agency == other.agency or not view.same_child(one, other) or not one.when.surely_before(other.when):
        return False
    if one.when.days_until(other.when)[1] > FIRST_WITHIN or other in view.timeline.linked(one):
        return False
    that_day = view.recording(kind).about(one).between(other.when.earliest, other.when.latest)
    return not any(row.agency == one.agency for row in that_day)


def _first_twice(one: Entry, other: Entry, kind: str, view: View) -> Finding:
    return Finding(
        f"The first {kind.replace('-', ' ')} is that of {one.when} for {view.timeline.name_of(one.agency)}, "
        f"of {other.when} for {view.timeline.name_of(other.agency)}",
        cites=(one.source, other.source),
        explanation=f"{all_say((one, other))} Each calls its own the first.",
        settle=ask(view.timeline, (one.agency, other.agency), "the minutes of the first, with its date and who came"),
        agencies=(one.agency, other.agency),
        subjects=one.subjects or other.subjects,
        period=facts((one, other)),
        certainty="possible",
    )


def _twice(numbered: list[tuple[Entry, int]], kind: str, view: View) -> Iterator[Finding]:
    by_number: dict[tuple[int, tuple[str, ...]], list[Entry]] = defaultdict(list)
    for entry, ordinal in numbered:
        if ordinal > 1:
            by_number[ordinal, entry.subjects].append(entry)
    for (ordinal, subjects), entries in sorted(by_number.items()):
        first, *rest = entries
        other = next(
            (
                row
                for row in rest
                if not row.when.may_overlap(first.when)
                and row not in view.timeline.linked(first)
                and not (row.agency != first.agency and first.when.days_until(row.when)[0] <= PASSED_ON)
                and not _is_the_same_once_more(first, row, ordinal)
            ),
            None,
        )
        if other and not any(when.may_overlap(first.when) for when in (date_of(e, other) for e in other.events)):
            yield Finding(
                f"Two events are called the {_word(ordinal)} {kind.replace('-', ' ')}: {first.when} and {other.when}",
                cites=(first.source, other.source),
                explanation=all_say((first, other)),
                settle=ask(view.timeline, (first.agency, other.agency), "the numbering of the series, with all dates"),
                agencies=tuple(dict.fromkeys((first.agency, other.agency))),
                subjects=subjects,
                period=facts((first, other)),
                certainty="possible",
            )
