"""Records that put the child in two places at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from chrono.check.leaving import leaving
from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import all_say, ask, says
from chrono.check.words import tells
from chrono.model import Entry, Episode, Finding, Timeline, day_after, short_day
from chrono.normalise.dates.clock import clock_time

AWAY = {"missing": "missing", "custody": "in custody", "remand": "in custody", "hospital-stay": "in hospital"}
KEPT = "kept in"
LOCKED = ("", "hospital", "secure", "mental-health", "placement")
LONGEST = {"missing": 14}
"""Days past which an episode is rather two whose ends between are not recorded."""
THERE = {
    "missing": ("missing", "not seen", "not there", "not at home"),
    "in custody": ("custody", "cell", "station", "secure", "prison", "yoi"),
    "in hospital": ("hospital", "ward", "bed", "unit"),
    "kept in": ("unit", "ward", "lodge", "secure", "visited", "home visit"),
    "away": ("caravan", "holiday", "away", "trip", "camp"),
}
"""Words with which a row says that it took place where the child was, or that the child was not there."""
AT_A_DISTANCE = re.compile(
    r"\b(phone|telephone|video|virtual\w*|remote\w*|e-?mail|text(?:ed)?|did not come|not seen|no reply|cancel\w+)\b",
    re.IGNORECASE,
)
HOME_ON = re.compile(
    r"\b(?:went home|goes home|home|back|until|till|before|returns?|returning|returned|discharged|out|left)\b[^.;\d]{0,16}$",
    re.IGNORECASE,
)
"""Before the day on which a stay ends."""
DAY_ALONE = re.compile(
    r"\b(?:home|back|until|till|before|returns?|returning)\b(?: \w+){0,2}? (\d{1,2})(?:st|nd|rd|th)\b(?! \w*(?:floor|birthday))",
    re.IGNORECASE,
)
NAMES_OF_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_NAME = r"(mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?"
WEEKDAYS_OF = re.compile(rf"\b(?:from )?{DAY_NAME}\s*(?:to|until|till|-|–)\s*{DAY_NAME}\b", re.IGNORECASE)
WARD = re.compile(r"\bward\b", re.IGNORECASE)
WEEKS = 60
"""A stay that one row tells of is no longer than so many days."""
BACK_AT = re.compile(
    r"\b(?:came|comes|walk(?:s|ed)|got|gets|turn(?:s|ed) up|arriv(?:es|ed)|return(?:s|ed)?|back|home|found|located"
    r"|picked up|met)\b[^.;\d]{0,30}?(?P<time>\d{1,2}[:.]\d{2} ?(?:[ap]m)?|\d{1,2} ?[ap]m|[0-2]\d[0-5]\d)"
    r"(?!\d|[/.]\d|th|st|nd|rd)",
    re.IGNORECASE,
)
"""When a child who was missing came back, by the clock."""
NOT_BACK = re.compile(
    r"\b(?:not|never|n['’]t|due|should|must|to be|expected|supposed|curfew|if|unless)\b[^.;]{0,20}$", re.IGNORECASE
)
CLOCK = re.compile(
    r"(?<![\d/.:£])(?P<time>\d{1,2}[:.]\d{2} ?(?:[ap]m)?|\d{1,2} ?[ap]m)(?![\d/.]\d|\d|%)", re.IGNORECASE
)
SCHOOL_IS_OUT = "16:00"
WHERE_FOUND = ("police", "hospital", "ambulance", "secure", "court", "social-care")
"""Agencies with which a missing child may be found."""
PRESENT = (
    "attended",
    "session",
    "home-visit",
    "visit",
    "statutory-visit",
    "child-seen",
    "attendance",
    "school-routine",
)
SCHOOLS = ("school", "education", "alternative-provision", "nursery")
MOST_SEEN = 2
"""Where more rows have the child present in between, the child had come back, and nobody wrote it down."""


@dataclass(frozen=True)
class Stay:
    """A time in which the child was elsewhere by the rows of one agency: the first and last day both count as neither."""

    where: str
    agency: str
    subject: str
    first: date
    last: date
    rows: tuple[Entry, ...]
    exact: bool


@rule("C06", needs="typed", severity="medium")
def in_two_places(timeline: Timeline) -> Iterator[Finding]:
    """The child attends somewhere, or is seen at home, on a day on which another agency has the child missing, held or away.

    Finds: a row that says the child attended or was seen on a day that lies surely inside a time of being missing, in
    custody, in hospital or away with carers, according to another agency: as two rows give it, or one row with its end; a
    night that the child slept in their bed by one row and was missing by another; and an hour on the day of coming back
    that is earlier than the hour of coming back.
    Why it matters: either the dates of that time or the attendance record is wrong.
    Stays silent when: the day is the first or last of that time; its end is not recorded; the visit was paid to the place
    where the child was, or was none (by phone, no reply); several rows have the child present: then the end lacks.
    """
    view = View.of(timeline)
    for stay in (*_from_episodes(timeline), *_from_one_row(view)):
        seen = list(_seen_meanwhile(stay, view))
        if 0 < len(seen) <= MOST_SEEN:
            yield _finding(stay, seen, timeline)
    early: dict[tuple[str, ...], tuple[Stay, list[Entry]]] = {}
    for stay, hour in _back_by_the_clock(view):
        if seen := list(_seen_before(stay, hour, view)):
            key = (stay.subject, *(row.id for row in seen))
            first = early[key][0] if key in early else stay
            rows = stay.rows if first is stay else (*first.rows, *stay.rows)
            early[key] = replace(first, rows=rows), seen
    for stay, seen in early.values():
        yield _finding(stay, seen, timeline)
    for stay in _nights_missing(view):
        if slept := _asleep(stay, view):
            yield _finding(stay, slept, timeline)


def _back_by_the_clock(view: View) -> Iterator[tuple[Stay, str]]:
    """Times of being missing over more than a day whose end a row of the same agency gives by the clock, with the hour."""
    told_of: set[tuple[str, date]] = set()
    for entry in view.recording("missing"):
        if entry.when.start is None or entry.when.end is None:
            continue
        own = view.agency(entry.agency).about(entry)
        for row in own.between(entry.when.start, day_after(entry.when.end, LONGEST["missing"])):
            day, hour = row.when.end, _hour_back(row)
            if not hour or day is None or day <= entry.when.start or (row.id != entry.id and not row.when.is_day):
                continue
            if (entry.agency, day) not in told_of:
                told_of.add((entry.agency, day))
                rows = (entry,) if row.id == entry.id else (row, entry)
                for subject in entry.subjects:
                    yield Stay("missing", entry.agency, subject, entry.when.start, day, rows, exact=True), hour
            break


def _hour_back(row: Entry) -> str:
    """The hour at which a row has a child come back; '' if it gives none."""
    found = next((one for one in BACK_AT.finditer(row.text) if not NOT_BACK.search(row.text[: one.start()])), None)
    return (clock_time(found["time"].lower()) or "") if found else ""


def _seen_before(stay: Stay, hour: str, view: View) -> Iterator[Entry]:
    """Rows of other agencies that have the child there on the day of coming back, at an hour before it."""
    for row in view.everything.between(stay.last, stay.last):
        other = row.agency != stay.agency and stay.subject in row.subjects and row.when.is_day
        if not other or view.kind(row.agency) in WHERE_FOUND or row.records("missing", "found", status=None):
            continue
        there = row.records(*PRESENT, "mental-health-appointment", "appointment") or tells("in_all_day", told(row))
        if there and not _there(row, stay) and _is_before(row, hour, view):
            yield row


def _is_before(row: Entry, hour: str, view: View) -> bool:
    """True if a row gives an hour before that one, or is of a whole day at school, which ends before it."""
    clock = CLOCK.search(row.text)
    own = row.when.start_time or (clock_time(clock["time"].lower()) if clock else "") or ""
    all_day = tells("in_all_day", told(row)) and view.kind(row.agency) in SCHOOLS and hour >= SCHOOL_IS_OUT
    return all_day or (bool(own) and own < hour)


def _nights_missing(view: View) -> Iterator[Stay]:
    """Nights on which a row has the child missing: reported in the evening or at night, and not back before the next day."""
    for entry in view.recording("missing"):
        if entry.when.is_day and entry.when.start and tells("overnight", told(entry)):
            for subject in entry.subjects:
                yield Stay("missing", entry.agency, subject, entry.when.start, entry.when.start, (entry,), exact=True)


def _asleep(stay: Stay, view: View) -> list[Entry]:
    """Rows of another agency that have the child in bed that night."""
    rows = view.everything.between(stay.first, stay.first)
    return [
        row
        for row in rows
        if row.agency != stay.agency and stay.subject in row.subjects and row.when.is_day and _in_bed(row)
    ]


def _in_bed(row: Entry) -> bool:
    return tells("in_bed", told(row)) and not row.records("missing", "found", status=None)


def _from_episodes(timeline: Timeline) -> Iterator[Stay]:
    for episode in timeline.episodes:
        if episode.kind in AWAY and episode.opened and episode.start.end and episode.end.end and _short(episode):
            rows = tuple(timeline.by_id[id_] for id_ in (episode.opened, episode.closed) if id_)
            first, last = episode.start.latest, episode.end.earliest
            exact = episode.start.is_day and episode.end.is_day
            yield Stay(AWAY[episode.kind], episode.agency, episode.subject, first, last, rows, exact)


def _short(episode: Episode) -> bool:
    return (episode.end.latest - episode.start.earliest).days <= LONGEST.get(episode.kind, 400)


def _from_one_row(view: View) -> Iterator[Stay]:
    """Stays in hospital and journeys that one row tells of with the day of their end."""
    for entry in view.everything:
        if entry.when.start is None or entry.when.end is None:
            continue
        if until := _on_ward_until(entry, view):
            for subject in view.child_meant(entry):
                yield Stay("in hospital", entry.agency, subject, entry.when.start, until, (entry,), exact=True)
            continue
        if not entry.when.is_day:
            continue
        if weekdays := _told_weekdays(entry):
            for subject in view.child_meant(entry):
                yield Stay("away", entry.agency, subject, *weekdays, (entry,), exact=True)
            continue
        where = _where(entry, view)
        last = _end_of_stay(entry, entry.when.start) or _end_of_the_week(entry, where) if where else None
        if last and 0 < (last - entry.when.start).days <= WEEKS:
            for subject in view.child_meant(entry):
                yield Stay(where, entry.agency, subject, entry.when.start, last, (entry,), exact=True)


def _on_ward_until(entry: Entry, view: View) -> date | None:
    """The day of leaving that a hospital's row of a ward gives, beside the day of coming; None where there is none."""
    when, left = entry.when, leaving(entry)
    if when.start is None or view.kind(entry.agency) != "hospital" or when.approximate:
        return None
    last = left.day if left else when.end if when.precision in ("minute", "range") else None
    on_ward = tells("on_a_ward", told(entry)) or entry.records("admission") or WARD.search(told(entry))
    return last if last and on_ward and 1 < (last - when.start).days <= WEEKS else None


def _told_weekdays(entry: Entry) -> tuple[date, date] | None:
    """The first and last day of a stay told by weekdays: 'with her gran from Monday to Friday this week'."""
    day, found = entry.when.start, WEEKDAYS_OF.search(entry.text)
    if day is None or not found or not tells("away_for_days", told(entry)):
        return None
    first, last = (NAMES_OF_DAYS.index(name[:3].lower()) for name in found.groups())
    monday = day_after(day, -day.weekday())
    return (day_after(monday, first), day_after(monday, last)) if first < last else None


def _end_of_the_week(entry: Entry, where: str) -> date | None:
    """The Sunday after a row that says where the child is kept 'this week'."""
    day = entry.when.start
    this_week = where == KEPT and day is not None and tells("this_week", told(entry))
    return day_after(day, 6 - day.weekday()) if this_week and day else None


def _where(entry: Entry, view: View) -> str:
    if tells("on_a_ward", told(entry)) and view.kind(entry.agency) == "hospital":
        return "in hospital"
    if tells("kept_in", told(entry)) and view.kind(entry.agency) in LOCKED:
        return KEPT
    return "away" if tells("gone_away", told(entry)) else ""


def _end_of_stay(entry: Entry, start: date) -> date | None:
    for mention in entry.dates:
        if mention.when.is_day and mention.when.start and HOME_ON.search(entry.text[: mention.begin]):
            return mention.when.start
    alone = DAY_ALONE.search(entry.text)
    days = (day_after(start, number) for number in range(1, 28)) if alone else ()
    return next((day for day in days if alone and day.day == int(alone.group(1))), None)


def _in_all_day(view: View) -> Iterator[Entry]:
    return (row for row in view.telling("in_all_day") if view.kind(row.agency) in SCHOOLS)


def _seen_meanwhile(stay: Stay, view: View) -> Iterator[Entry]:
    kinds = (*PRESENT, "mental-health-appointment") if stay.where == KEPT else PRESENT
    rows = view.track(("present", kinds), lambda: (*view.recording(*kinds), *_in_all_day(view)))
    for entry in rows.between(day_after(stay.first), day_after(stay.last, -1)):
        inside = entry.when.within(day_after(stay.first), day_after(stay.last, -1))
        if inside and stay.subject in entry.subjects and entry.agency != stay.agency and not _there(entry, stay):
            yield entry


def _there(entry: Entry, stay: Stay) -> bool:
    """True if the row itself says that it took place where the child was, at a distance, or that the child was not there."""
    if entry.records("exclusion", "exclusion-fixed", "exclusion-permanent", "off-roll", "truancy", "did-not-attend"):
        return True  # the school writes of a child who is not to come
    if any(event.nature == "meeting" for event in entry.events) and not entry.records("child-seen", "home-visit"):
        return True  # who attended was the service
    text = entry.all_text
    return bool(AT_A_DISTANCE.search(text)) or any(word in text.lower() for word in THERE[stay.where])


def _finding(stay: Stay, seen: Sequence[Entry], timeline: Timeline) -> Finding:
    name, other = timeline.name_of(stay.agency), timeline.name_of(seen[0].agency)
    rows = (*seen, *stay.rows)
    return Finding(
        f"{other} has the child present on {seen[0].when}; {name} has them {stay.where}"[:160],
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(seen)} By {name} the child was {stay.where} from {short_day(stay.first)} to "
        f"{short_day(stay.last)}: {' '.join(says(row) for row in stay.rows)}",
        settle=ask(timeline, dict.fromkeys((seen[0].agency, stay.agency)), "the register or log of that day"),
        agencies=tuple(dict.fromkeys(row.agency for row in rows)),
        subjects=(stay.subject,),
        period=facts(rows),
        certainty="definite" if stay.exact and all(row.when.is_day for row in seen) else "possible",
    )
