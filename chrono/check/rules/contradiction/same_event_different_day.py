"""Two agencies date one event differently."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chrono.check.coming_back import told_apart
from chrono.check.days_named import days_of, names_day
from chrono.check.notices import COLUMNS
from chrono.check.pairs import linked_pairs
from chrono.check.rule import rule
from chrono.check.shared import rare, shared_words
from chrono.check.transit import end
from chrono.check.view import Track, View, date_in_doubt, facts, told, unique
from chrono.check.wording import all_say, ask, days
from chrono.check.words import tells
from chrono.model import DateMention, Entry, Event, Finding, Link, Timeline, When, day_after

SURE = 0.97
"""From this confidence of the link on, the rows are taken to be one event."""
REASONS = 3
"""The strongest pieces of evidence that are told; all of them stand with the link."""
PASSED_ON = ("notification", "referral", "contact", "document")
"""Kinds of record that are often made when the news arrives, not when the thing happened."""
LEARNT = ("address-change",)
"""Kinds of event that other agencies learn of in the days after, without a meeting of their own."""
OWN = {"closure", "step-down", "allocation", "case-opened"}
"""Kinds of event that each agency has by itself: two closures are not one that is dated twice."""
BY_TELEPHONE = ("telephone-call", "email", "text-message")
"""How a meeting may be held or arranged: in its row no news of what happened elsewhere."""
RESPONSE = ("assessment", "contact", "meeting", "visit", "attendance", "appointment", "document")
"""Natures of what is done about an incident in the days after it."""
FORMAL = (
    "strategy-discussion",
    "initial-conference",
    "review-conference",
    "looked-after-review",
    "marac",
    "legal-planning-meeting",
)
"""Meetings of which there are hardly two in one week."""
FEW_DAYS = 5
"""Days between two dates that may be of one such meeting."""
TERMLY = ("personal-education-plan", "ehc-review")
"""Meetings of which there are hardly two in one half term."""
HALF_TERM = 14
SAME_WORDS = 2
"""So many rare words that both rows have show that they are of one meeting."""
SOON = 3
EVENING = "20:00"
A_MOVE = 28
"""Days within which two rows of a move to one address are of one move."""
NEW_ADDRESS = re.compile(
    r"\b(?:to|into|in|at)\b[^.;]{0,40}?((?-i:[A-Z][\w'’]+ )(?-i:[A-Z][\w'’]+ )?"
    r"(?:Road|Rd|Street|St|Lane|Close|Avenue|Ave|Drive|Way|Court|House|Place|Terrace|Gardens|Crescent|Hill|Row|Grove|Estate"
    r"|Hostel|Hotel|Lodge|Refuge|Green|Square|Mews|Walk))\b",
    re.IGNORECASE,
)
LETTERS = ("letter", "discharge-summary")
SEEN_THERE = ("hospital-attendance", "child-protection-medical")
SEEN_ON = re.compile(
    r"\b(?:attend(?:ed|ance|ing)|seen|present(?:ed|ation|ing)|brought(?: in)?|visit|taken|came(?: in)?|treated|episode)"
    r"(?: (?:at|to|in|with us|there|ed|a&e|hospital|emergency department|urgent care|minor injuries|casualty|of|on|the))*\W*$",
    re.IGNORECASE,
)
"""In front of the day on which a patient was seen."""
BY_LETTER = 28
"""Days within which a letter tells of what happened elsewhere."""


@rule("C01", needs="typed", severity="medium")
def same_event_different_day(timeline: Timeline, *, reported_within: int = 4) -> Iterator[Finding]:
    """Two agencies date the same meeting or incident differently.

    Finds: rows that record the same event and whose dates cannot both be right, however they are read; rows of one missing
    episode by which the child came back on two days; rows of one formal meeting (strategy discussion, conference,
    education plan) of two agencies that name each other or share rare words, days apart; a letter that gives another day
    for an attendance than the place that wrote it; rows of a move to one address that each have it happen on their own day.
    Why it matters: the order of what was known and done hangs on it, and so does the search for minutes.
    Stays silent when: a vague date may mean the other's day; the text of one row names the other's day; the thing was
    passed on and recorded within `reported_within` days; a night has both days; it is each
    agency's own closure or allocation; the later row is of what was done about the incident.
    """
    view = View.of(timeline)
    apart: dict[str, list[Entry]] = {}
    links = {link.id: link for link in timeline.links}
    for link, one, other in linked_pairs(timeline):
        if (
            one.agency != other.agency
            and _differ(one, other, reported_within, view)
            and not _bridged(one, other, link, timeline)
        ):
            apart.setdefault(link.id, []).extend((one, other))
    linked_apart = {entry.id for entries in apart.values() for entry in entries}
    for one, other in _held_apart(view):
        if not {one.id, other.id} & linked_apart:
            linked_apart |= {one.id, other.id}
            yield _apart(one, other, timeline)
    for letter, seen, told_as in _told_by_letter(timeline, view):
        yield _by_letter(letter, seen, told_as, timeline)
    for one, other in _back_on_two_days(timeline):
        if not {one.id, other.id} & linked_apart:
            linked_apart |= {one.id, other.id}
            yield _back_apart(one, other, timeline)
    for one, other in _moved_on_two_days(view):
        if not {one.id, other.id} & linked_apart:
            yield _moved_apart(one, other, timeline)
    for id_, entries in apart.items():
        beside = _of_the_same_days(entries, [timeline.by_id[row] for row in links[id_].entries])
        yield _finding(links[id_], unique((*entries, *beside)), timeline)


def _told_by_letter(timeline: Timeline, view: View) -> Iterator[tuple[Entry, Entry, When]]:
    """A letter that gives the day of an attendance, the row of the attendance at the place that wrote it, on another day, and
    the day as the letter has it, on which that place has no row about the patient."""
    for link, *both in linked_pairs(timeline):
        for letter, seen in (both, both[::-1]):
            if view.kind(seen.agency) != "hospital" or link.confidence < SURE or not seen.records(*SEEN_THERE):
                continue
            told_as = [mention.when for mention in letter.dates if _of_attendance(letter, mention)]
            if (
                letter.agency == seen.agency
                or not (letter.records(*LETTERS) and told_as and seen.when.is_day)
                or date_in_doubt(seen)
            ):
                continue
            day, other = seen.when.earliest, told_as[0].earliest
            own = view.agency(seen.agency).about(seen).between(other, other)
            taken = view.recording(*SEEN_THERE).about(seen).between(other, other)
            there = any(row.agency != letter.agency for row in (*own, *taken))
            borne_out = there or names_day(letter, day) or any(each.may_overlap(seen.when) for each in told_as)
            if not borne_out and abs((day - other).days) <= HALF_TERM and not names_day(seen, other):
                yield letter, seen, told_as[0]


def _of_attendance(letter: Entry, mention: DateMention) -> bool:
    """True of a day that the letter's row gives as that on which the patient was seen."""
    before = letter.text[: max(mention.begin, 0)]
    return mention.when.is_day and mention.when.surely_before(letter.when) and bool(SEEN_ON.search(before))


def _back_on_two_days(timeline: Timeline) -> Iterator[tuple[Entry, Entry]]:
    """Two agencies' rows of one missing episode that have the child back on two days."""
    for _, one, other in linked_pairs(timeline):
        of_one_episode = one.agency != other.agency and (one.records("missing") or other.records("missing"))
        if of_one_episode and not (date_in_doubt(one) or date_in_doubt(other)) and told_apart(one, other):
            yield one, other


def _held_apart(view: View) -> Iterator[tuple[Entry, Entry]]:
    """Two agencies' rows of one formal meeting, each naming the other, that are some days apart, where neither has a row of
    such a meeting on the other's day."""
    for kind in (*FORMAL, *TERMLY):
        held = view.recording(kind)
        for one in held:
            if one.when.end is None or not one.when.is_day or date_in_doubt(one):
                continue
            days_apart = HALF_TERM if kind in TERMLY else FEW_DAYS
            for other in held.about(one).between(day_after(one.when.end), day_after(one.when.end, days_apart)):
                if one.agency != other.agency and other.when.is_day and _one_meeting(one, other, held, view):
                    yield one, other


def _moved_on_two_days(view: View) -> Iterator[tuple[Entry, Entry]]:
    """Two agencies' rows of a move to one address, some days apart, each of which has it happen on its own day."""
    moves = view.rows("moves_today", types=("address-change",))
    firsthand = Track(row for row in moves if row.when.is_day and not date_in_doubt(row) and _moves_that_day(row, view))
    for one in firsthand:
        there = _new_addresses(one)
        for other in firsthand.about(one).between(day_after(one.when.latest), day_after(one.when.latest, A_MOVE)):
            of_one_move = other.agency != one.agency and bool(there & _new_addresses(other))
            if of_one_move and not (_says_day_of(one, other) or _says_day_of(other, one)):
                yield one, other


def _moves_that_day(row: Entry, view: View) -> bool:
    """True if a row has the move on its own day: by its words, or because the landlord's records are of the tenancy."""
    return tells("moves_today", told(row)) or (
        view.kind(row.agency) == "housing" and not tells("hears_of_it", told(row))
    )


def _new_addresses(row: Entry) -> set[str]:
    return {found.group(1).casefold() for found in NEW_ADDRESS.finditer(told(row))}


def _one_meeting(one: Entry, other: Entry, held: Track, view: View) -> bool:
    each_names_the_other = _names(one, other.agency, view) and _names(other, one.agency, view)
    alike = len(rare(shared_words(one, other), view)) >= SAME_WORDS
    if not (each_names_the_other or alike) or date_in_doubt(other):
        return False
    if _says_day_of(one, other) or _says_day_of(other, one):
        return False
    both = {one.agency, other.agency}
    near = held.about(one).between(one.when.earliest, other.when.latest)
    return [row.id for row in near if row.agency in both] == [one.id, other.id]


def _names(row: Entry, agency: str, view: View) -> bool:
    return any(view.agency_of(mention) == agency for mention in row.mentions)


def _of_the_same_days(entries: list[Entry], linked: list[Entry]) -> Iterator[Entry]:
    """The linked rows of others that bear one of the two days out: each of them says who stands where."""
    kinds = [_met(entry) for entry in entries]
    days_told = {entry.when.start for entry in entries if entry.when.is_day}
    for row in linked:
        if row.when.is_day and row.when.start in days_told and any(_met(row) & met for met in kinds):
            yield row


def _differ(one: Entry, other: Entry, reported_within: int, view: View) -> bool:
    if any(first.may_overlap(second) for first in days_of(one) for second in days_of(other)):
        return False
    if date_in_doubt(one) or date_in_doubt(other):
        return False  # the doubt is a finding of its own
    if _are_two(one, other) or _says_day_of(one, other) or _says_day_of(other, one):
        return False
    gap = one.when.days_apart(other.when)
    if gap == 1 and _over_midnight(min(one, other, key=lambda entry: entry.when.sort_key)):
        return False
    later = max(one, other, key=lambda entry: entry.when.sort_key)
    by_letter = any(event.type in LETTERS for event in _own(later)) or tells("paper_taken_in", told(later))
    if by_letter and gap <= BY_LETTER:
        return False
    first_hand = _both_met(one, other) or _both_had(one, other, view)
    passed_on = any(_is_news(entry) or (not first_hand and _was_sent(entry)) for entry in (one, other))
    return gap > (reported_within if passed_on else 0)


def _bridged(one: Entry, other: Entry, link: Link, timeline: Timeline) -> bool:
    """True if a third row of the link has the days of both: it was decided on the one and came about on the other."""
    thirds = (timeline.by_id[id_] for id_ in link.entries if id_ not in (one.id, other.id))
    return any(
        all(any(when.may_overlap(day) for when in named) for day in (one.when, other.when))
        for third in thirds
        if (named := [third.when, *(mention.when for mention in third.dates if mention.when.is_day)])
    )


def _are_two(one: Entry, other: Entry) -> bool:
    """True if the rows are of two events after all: each agency's own, or an incident and what was done about it."""
    types = [{event.type for event in entry.events if event.status == "occurred"} for entry in (one, other)]
    common = types[0] & types[1]
    if common and common <= OWN:
        return True
    if _of_other_natures(one, other) or _writes(one) != _writes(other):
        return True
    first, second = sorted((one, other), key=lambda entry: entry.when.sort_key)
    if not common and any(_spoken_of(row) & _spoken_of(of) for row, of in ((one, other), (other, one))):
        return True
    if not common and _still_to_come(first) & _met(second):
        return True
    if tells("arises_from_meeting", told(second)) and not tells("arises_from_meeting", told(first)):
        return True
    incident = any(event.nature == "incident" and event.type in common for event in first.events)
    answered = any(event.nature in RESPONSE and event.type not in common for event in second.events)
    return incident and answered and first.when.days_until(second.when)[0] <= SOON


def _writes(row: Entry) -> bool:
    """True if the row is of a paper written for a meeting, and not of the meeting."""
    return row.records("conference-report", status=None) and not _met(row)


def _of_other_natures(one: Entry, other: Entry) -> bool:
    """True if both tell of events and no two of these are of one type, family or nature: a decision, and what began by it."""
    kinds = [
        {
            kind
            for event in row.events
            if event.status == "occurred"
            for kind in (event.type, event.family, event.nature)
        }
        for row in (one, other)
    ]
    return all(kinds) and not (kinds[0] & kinds[1]) - {""}


def _says_day_of(entry: Entry, other: Entry) -> bool:
    """True if the text of one row has the other's day."""
    return other.when.is_day and other.when.start is not None and names_day(entry, other.when.start)


def _over_midnight(first: Entry) -> bool:
    """True of what began late in the evening: a night has two days."""
    return first.when.start_time is not None and first.when.start_time >= EVENING


def _both_met(one: Entry, other: Entry) -> bool:
    """True if both record a meeting of one kind that took place: whoever was there dates it by the day it was held."""
    return bool(_met(one) & _met(other))


def _both_had(one: Entry, other: Entry, view: View) -> bool:
    """True of a crew and the hospital to which it brought the child: each had them."""
    kinds = {view.kind(one.agency), view.kind(other.agency)}
    return kinds == {"ambulance", "hospital"} and all(row.records("hospital-attendance") for row in (one, other))


def _met(row: Entry) -> set[str]:
    return {event.type for event in row.events if event.nature == "meeting" and event.status == "occurred"}


def _spoken_of(row: Entry) -> set[str]:
    return {event.type for event in row.events if event.status in ("planned", "did-not-happen")}


def _still_to_come(row: Entry) -> set[str]:
    """The kinds of event that were yet to be when the row was written: it bears the day of its writing, and not theirs."""
    return {event.type for event in row.events if event.status == "planned"}


def _is_news(entry: Entry) -> bool:
    met = bool(_met(entry))
    by_kind = any(
        (event.nature in PASSED_ON or event.type in LEARNT) and not (met and event.type in BY_TELEPHONE)
        for event in _own(entry)
    )
    return by_kind or tells("news", told(entry))


def _own(entry: Entry) -> list[Event]:
    """The events without those of a column of sharing: that news was sent on makes the row no record of news."""
    return [event for event in entry.events if event.status == "occurred" and event.column not in COLUMNS]


def _was_sent(entry: Entry) -> bool:
    by_words = end("sent").search(told(entry)) or end("arrived").search(told(entry))
    return bool(by_words) or any(mention.part == "told" and mention.column not in COLUMNS for mention in entry.mentions)


def _apart(one: Entry, other: Entry, timeline: Timeline) -> Finding:
    return _of_two(
        one,
        other,
        f"One meeting, two dates: {_each_says(one, other, timeline)}",
        f"{_days_apart(one, other)} They name each other or the same matters, and neither has such a meeting on the other's day.",
        "the minutes, or the entry made at the time",
        timeline,
    )


def _moved_apart(one: Entry, other: Entry, timeline: Timeline) -> Finding:
    return _of_two(
        one,
        other,
        f"One move, two dates: {_each_says(one, other, timeline)}",
        f"{_days_apart(one, other)} Both name one address, and each has the move on its own day.",
        "the tenancy agreement, or the entry made at the time",
        timeline,
    )


def _by_letter(letter: Entry, seen: Entry, told_as: When, timeline: Timeline) -> Finding:
    place, holder = timeline.name_of(seen.agency), timeline.name_of(letter.agency)
    apart = told_as.days_apart(seen.when)
    return _of_two(
        seen,
        letter,
        f"One attendance, two dates: {place} says {seen.when}, the letter with {holder} says {told_as}",
        f"They are {days(apart, apart)} apart, and {place} has no row about the patient on the day that the letter gives.",
        "the attendance record, and the letter itself",
        timeline,
    )


def _back_apart(one: Entry, other: Entry, timeline: Timeline) -> Finding:
    first, second = timeline.name_of(one.agency), timeline.name_of(other.agency)
    return _of_two(
        one,
        other,
        f"One missing episode, two days of the return: {first} and {second} ({one.when})"[:160],
        "The two have the child back on different days.",
        "the log of that night, and who brought the child back when",
        timeline,
    )


def _each_says(one: Entry, other: Entry, timeline: Timeline) -> str:
    return f"{timeline.name_of(one.agency)} says {one.when}, {timeline.name_of(other.agency)} says {other.when}"


def _days_apart(one: Entry, other: Entry) -> str:
    return f"They are {days(*one.when.days_until(other.when))} apart."


def _of_two(one: Entry, other: Entry, title: str, why: str, record: str, timeline: Timeline) -> Finding:
    """A finding on two agencies' rows; `record` would settle it."""
    agencies = one.agency, other.agency
    return Finding(
        title,
        cites=(one.source, other.source),
        explanation=f"{all_say([one, other])} {why}",
        settle=ask(timeline, agencies, record),
        agencies=agencies,
        subjects=one.subjects or other.subjects,
        period=facts((one, other)),
        certainty="possible",
    )


def _finding(link: Link, entries: list[Entry], timeline: Timeline) -> Finding:
    rows = sorted(entries, key=lambda entry: (entry.when.sort_key, entry.source))
    earliest, latest = rows[0], rows[-1]
    least, most = earliest.when.days_until(latest.when)
    first, second = timeline.name_of(earliest.agency), timeline.name_of(latest.agency)
    reasons = "; ".join([reason.text for reason in link.reasons if reason.weight > 0][:REASONS])
    agencies = tuple(dict.fromkeys(entry.agency for entry in rows))
    return Finding(
        f"One event, two dates: {first} says {earliest.when}, {second} says {latest.when}",
        cites=tuple(entry.source for entry in rows),
        explanation=f"{all_say(rows)} They are {days(least, most)} apart. They are taken to be one event because: {reasons}.",
        settle=ask(timeline, agencies, "the minutes, or the entry made at the time"),
        agencies=agencies,
        subjects=earliest.subjects or latest.subjects,
        period=facts(rows),
        certainty="definite" if link.confidence >= SURE else "possible",
    )
