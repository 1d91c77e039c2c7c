"""Records that put the child in two places at once."""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from chrono.check.rule import rule
from chrono.check.sightings import PRESENT, SCHOOLS, at_another_place, at_home, has_child_there, in_school
from chrono.check.stays import (
    ALL_DAY,
    FAR,
    HELD,
    KEPT,
    LONGEST_MISSING,
    MISSING,
    NEAR,
    ON_WARD,
    OUT_OF_SCHOOL,
    Stay,
    stays,
)
from chrono.check.view import View, date_in_doubt, facts, told
from chrono.check.wording import all_say, ask, says
from chrono.check.words import tells
from chrono.clocks import clock_time
from chrono.model import Entry, Finding, Timeline, day_after, short_day

AT_THAT_HOUR = "there at that hour"
THERE = {
    MISSING: ("missing", "not seen", "not there", "not at home"),
    HELD: ("custody", "cell", "cells", "station", "secure", "prison", "yoi", "hmyoi", "remand"),
    ON_WARD: ("hospital", "ward", "wards", "unit", "bed", "bedside", "intensive care", "inpatient", "in-patient"),
    KEPT: ("unit", "ward", "lodge", "secure", "visited", "home visit"),
    FAR: ("caravan", "holiday", "away", "trip", "camp", "abroad", "residential"),
    NEAR: ("caravan", "holiday", "away", "trip", "camp", "respite", "short break", "staying"),
    OUT_OF_SCHOOL: ("excluded", "suspended", "exclusion", "suspension", "reintegration", "absent", "off sick"),
    ALL_DAY: (),
}
"""Words with which a row says that it took place where the child was, or that the child was not there."""
HOUR = r"\d{1,2}[:.]\d{2} ?(?:[ap]m)?|\d{1,2} ?[ap]m"
AN_HOUR = rf"{HOUR}|[0-2]\d[0-5]\d"
BACK_AT = re.compile(
    r"\b(?:came|comes|walk(?:s|ed)|got|gets|turn(?:s|ed) up|arriv(?:es|ed)|return(?:s|ed)?|back|home|found|located"
    rf"|picked up|met)\b[^.;\d]{{0,30}}?(?P<time>{AN_HOUR})"
    r"(?!\d|[/.]\d|th|st|nd|rd)"
    rf"|(?<![\d/.:])(?P<hour>{HOUR})(?![/.]\d) ?(?:hrs|hours)?[:,;–-]? (?:[\w'’-]+ ){{0,3}}?"
    r"(?:back|returned|home|came (?:in|home)|walked in|turned up|arrived|found|located)\b",
    re.IGNORECASE,
)
"""When a child who was missing came back, by the clock: 'back at 7pm', '7pm: Robin back'."""
NOT_BACK = re.compile(
    r"\b(?:not|never|n['’]t|due|should|must|to be|expected|supposed|curfew|if|unless)\b[^.;]{0,20}$", re.IGNORECASE
)
CLOCK = re.compile(rf"(?<![\d/.:£])(?P<time>{HOUR})(?![\d/.]\d|\d|%)", re.IGNORECASE)
SCHOOL_IS_OUT = "16:00"
IN_BETWEEN = re.compile(
    r"\b(?:in|here|present|attend(?:ed|ing|s)|with us|on site|signed in|session|arrived|stayed|day|nursery|school)\b"
    rf"[^.;\d]{{0,15}}?(?P<first>{AN_HOUR})"
    r"(?: ?[-–] ?| (?:to|till|until|and) |,? (?:(?:and )?(?:left|out|home|collected|picked up|signed out|gone))(?: (?:at|by))? )"
    rf"(?P<last>{AN_HOUR})(?!\d|[/.]\d)",
    re.IGNORECASE,
)
"""From when to when a child was in, by the clock."""
WENT_OUT = re.compile(
    r"\b(?:appointment|appt|hospital|clinic|doctor|gp|dentist|a&e|left early|went home|sent home|collected early"
    r"|back (?:at|by|in)|came back|brought back|returned|taken to|out for|in and out)\b",
    re.IGNORECASE,
)
"""In the row of a day at school: the child was out for a while."""
NOON, HALF_A_DAY, GRACE = 12 * 60, 12 * 60, 20
"""Minutes: an hour of leaving before that of coming is of the afternoon; clocks and notes may differ by so many."""
SEEN_BY_DOCTORS = ("hospital-attendance", "child-protection-medical", "gp-consultation", "admission")
WHERE_FOUND = ("police", "hospital", "ambulance", "secure", "court", "social-care")
"""Agencies with which a missing child may be found."""
A_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
MOST_SEEN, A_WEEK, MOST_CITED = 2, 7, 4
"""Where more rows than that have the child present in longer than a week, the child had come back, and nobody wrote it down."""


@rule("C06", needs="typed", severity="medium")
def in_two_places(timeline: Timeline) -> Iterator[Finding]:
    """The child attends somewhere, or is seen at home, on a day on which another agency has the child missing, held or away.

    Finds: a row that has the child before somebody's eyes on a day that lies surely inside a time of being missing, in custody,
    in hospital, abroad, in respite or out of school, according to another agency: as its rows of coming and of leaving give it,
    one row with both days or with its length, or one that tells of it afterwards; a row of a place that had the child there all
    day, or from one hour to another with the other row's hour between them; a night that the child slept in their bed by one row
    and was missing by another; and an hour on the day of coming back that is earlier than the hour of coming back.
    Why it matters: either the dates of that time or the attendance record is wrong.
    Stays silent when: the day is the first or last of that time; its end is not recorded, or was only asked for; the visit was
    paid to the place where the child was, or was none (by phone, no reply), or found adults alone; who is with relatives or in
    respite is at school, who is suspended at home; several rows have the child present in more than a week: then the end lacks.
    """
    view = View.of(timeline)
    told_of: set[tuple[str, ...]] = set()
    for stay in stays(view):
        seen = list(_seen_meanwhile(stay, view))
        key = stay.subject, *(row.id for row in seen)
        if seen and key not in told_of and (len(seen) <= MOST_SEEN or (stay.last - stay.first).days <= A_WEEK):
            told_of.add(key)
            yield _finding(stay, seen[:MOST_CITED], timeline)
    early: dict[tuple[str, ...], tuple[Stay, list[Entry]]] = {}
    for stay, hour in _back_by_the_clock(view):
        if seen := list(_seen_before(stay, hour, view)):
            key = (stay.subject, *(row.id for row in seen))
            first = early[key][0] if key in early else stay
            rows = stay.rows if first is stay else (*first.rows, *stay.rows)
            early[key] = replace(first, rows=rows), seen
    for stay, seen in early.values():
        yield _finding(stay, seen, timeline)
    for stay, seen in _at_one_hour(view):
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
        for row in own.between(entry.when.start, day_after(entry.when.end, LONGEST_MISSING)):
            day, hour = row.when.end, _hour_back(row)
            if not hour or day is None or day <= entry.when.start or (row.id != entry.id and not row.when.is_day):
                continue
            if (entry.agency, day) not in told_of:
                told_of.add((entry.agency, day))
                rows = (entry,) if row.id == entry.id else (row, entry)
                for subject in entry.subjects:
                    yield Stay(MISSING, entry.agency, subject, entry.when.start, day, rows), hour
            break


def _hour_back(row: Entry) -> str:
    """The hour at which a row has a child come back; '' if it gives none."""
    found = next((one for one in BACK_AT.finditer(row.text) if not NOT_BACK.search(row.text[: one.start()])), None)
    return (clock_time((found["time"] or found["hour"]).lower()) or "") if found else ""


def _seen_before(stay: Stay, hour: str, view: View) -> Iterator[Entry]:
    """Rows of other agencies that have the child there on the day of coming back, at an hour before it."""
    for row in view.everything.between(stay.last, stay.last):
        other = row.agency != stay.agency and stay.subject in row.subjects and row.when.is_day
        if not other or view.kind(row.agency) in WHERE_FOUND or row.records("missing", "found", status=None):
            continue
        there = row.records(*PRESENT, "appointment") or tells("in_all_day", told(row))
        if there and not _there(row, stay, view) and _is_before(row, hour, view):
            yield row


def _is_before(row: Entry, hour: str, view: View) -> bool:
    """True if a row gives an hour before that one, or is of a whole day at school, which ends before it."""
    clock = CLOCK.search(row.text)
    own = row.when.start_time or (clock_time(clock["time"].lower()) if clock else "") or ""
    all_day = tells("in_all_day", told(row)) and view.kind(row.agency) in SCHOOLS and hour >= SCHOOL_IS_OUT
    return all_day or (bool(own) and own < hour)


def _at_one_hour(view: View) -> Iterator[tuple[Stay, list[Entry]]]:
    """Days at school with the hours from when to when the child was in, and another agency's rows that have the child with them
    at an hour between these."""
    for entry in view.everything:
        hours = _hours_in(entry) if view.kind(entry.agency) in SCHOOLS and entry.when.is_day else None
        day = entry.when.start
        if hours is None or day is None or date_in_doubt(entry) or WENT_OUT.search(told(entry)):
            continue
        for subject in view.child_meant(entry):
            stay = Stay(AT_THAT_HOUR, entry.agency, subject, day, day, (entry,), whole=True)
            seen = [row for row in view.everything.between(day, day) if _with_them(row, hours, stay, view)]
            if seen:
                yield stay, seen


def _hours_in(entry: Entry) -> tuple[int, int] | None:
    """From when to when the row has the child in, in minutes after midnight."""
    found = IN_BETWEEN.search(entry.text)
    if found is None or NOT_BACK.search(entry.text[: found.start()]):
        return None
    first, last = _minutes(found["first"]), _minutes(found["last"])
    last += HALF_A_DAY if last < first and last < NOON else 0
    return (first, last) if first < last else None


def _with_them(row: Entry, hours: tuple[int, int], stay: Stay, view: View) -> bool:
    """True if a row of another place than the school, of a minute between these hours, has the child there."""
    own = row.when.start_time
    if own is None or row.agency == stay.agency or stay.subject not in row.subjects or not row.when.is_day:
        return False
    there = row.records(*SEEN_BY_DOCTORS) or has_child_there(row, view)
    inside = hours[0] + GRACE < _minutes(own) < hours[1] - GRACE
    return inside and there and not _at_the_school(row, stay, view)


def _at_the_school(row: Entry, stay: Stay, view: View) -> bool:
    named = any(view.agency_of(mention) == stay.agency for mention in row.mentions)
    return named or tells("seen_in_school", told(row))


def _minutes(clock: str) -> int:
    hour, minute = (clock_time(clock.lower()) or "00:00").split(":")
    return 60 * int(hour) + int(minute)


def _nights_missing(view: View) -> Iterator[Stay]:
    """Nights on which a row has the child missing: reported in the evening or at night, and not back before the next day."""
    for entry in view.recording("missing"):
        if entry.when.is_day and entry.when.start and tells("overnight", told(entry)):
            for subject in entry.subjects:
                yield Stay(MISSING, entry.agency, subject, entry.when.start, entry.when.start, (entry,))


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


def _seen_meanwhile(stay: Stay, view: View) -> Iterator[Entry]:
    """Rows of other agencies that surely lie in the stay and have the child somewhere else."""
    first, last = stay.within
    rows = view.track(
        "rows that have the child there", lambda: (row for row in view.everything if has_child_there(row, view))
    )
    for entry in rows.between(first, last):
        other = entry.agency != stay.agency and stay.subject in entry.subjects and not date_in_doubt(entry)
        if other and entry.when.within(first, last) and _elsewhere(entry, stay, view) and not _there(entry, stay, view):
            yield entry


def _elsewhere(entry: Entry, stay: Stay, view: View) -> bool:
    """True if where a row has the child cannot be squared with the stay: who is with relatives still goes to school."""
    if stay.where == NEAR:
        return at_home(entry)
    if stay.where == OUT_OF_SCHOOL:
        return in_school(entry, view)
    return stay.where != ALL_DAY or at_another_place(entry, stay.agency, view)


def _there(entry: Entry, stay: Stay, view: View) -> bool:
    """True if the row itself says that it took place where the child was, or that the child was not there."""
    text = entry.all_text
    words = (re.escape(word) for word in THERE[stay.where])
    if THERE[stay.where] and re.search(rf"\b(?:{'|'.join(words)})\b", text, re.IGNORECASE):
        return True
    return stay.where not in (MISSING, OUT_OF_SCHOOL) and bool(
        _places(stay.rows, view) & set(A_NAME.findall(entry.text))
    )


def _places(rows: Sequence[Entry], view: View) -> set[str]:
    """The names in the rows of a stay that are no child's: of the place, or of those the child is with."""
    named = {word for row in rows for found in A_NAME.finditer(row.text) if found.start() for word in (found.group(),)}
    children = {word for subject in view.timeline.case.subjects for word in subject.name.split()}
    return named - children - set(month_name) - set(day_name)


def _finding(stay: Stay, seen: Sequence[Entry], timeline: Timeline) -> Finding:
    name, other = timeline.name_of(stay.agency), timeline.name_of(seen[0].agency)
    rows = (*seen, *stay.rows)
    days = f"on {short_day(stay.first)}" if stay.whole else f"from {short_day(stay.first)} to {short_day(stay.last)}"
    return Finding(
        f"{other} has the child present on {seen[0].when}; {name} has them {stay.where}"[:160],
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(seen)} By {name} the child was {stay.where} {days}: "
        f"{' '.join(says(row) for row in stay.rows)}",
        settle=ask(timeline, dict.fromkeys((seen[0].agency, stay.agency)), "the register or log of that day"),
        agencies=tuple(dict.fromkeys(row.agency for row in rows)),
        subjects=(stay.subject,),
        period=facts(rows),
        certainty="definite" if stay.exact and all(row.when.is_day for row in seen) else "possible",
    )
