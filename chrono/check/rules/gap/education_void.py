"""Weeks or months without a school, unit or tuition."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import takewhile

from chrono.check.counts import NUMBER
from chrono.check.rule import rule
from chrono.check.topics import sentences
from chrono.check.view import View, facts, told, unique
from chrono.check.wording import all_say, ask, counted
from chrono.check.wording import says as row_says
from chrono.check.words import tells
from chrono.check.workdays import add_school_days
from chrono.model import Entry, Finding, Timeline, day_after, short_day

TEACHERS = ("school", "education", "alternative-provision", "secure")
ENDS = ("exclusion-permanent", "exclusion", "off-roll")
BEGINS = ("school-start", "alternative-provision")
ENDS_SHOWN = 4
A_MONTH = 31
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
HALF_A_YEAR = 6
WORK_WITH_THE_CHILD = ("social-care", "youth-justice", "placement")
"""Services that record the end of a place at school as it happens."""
FROM_A_DAY = re.compile(
    r"\b(?:from|starts?|starting|begins?|beginning|as of)\s+(?:on\s+)?(?:the\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+"
    rf"(?P<month>{'|'.join(MONTHS)})",
    re.IGNORECASE,
)
SCHOOL_AGE_BEGINS, SCHOOL_AGE_ENDS = 5, 16
FOR_DAYS = re.compile(rf"\bfixed|\b(?:exclu|suspen)\w+[^.;]{{0,25}}\b{NUMBER}[- ](?:school )?days?\b", re.IGNORECASE)
"""A fixed-term exclusion, named so or by its length: the child comes back."""
RELEASED = re.compile(
    r"\b(?:released?|discharged) from (?:yoi|custody|hmyoi|hmp|secure|stc|(?-i:[A-Z])\w+)", re.IGNORECASE
)
"""A child of school age who comes out of custody needs a place from that day."""
OF_ANOTHER = re.compile(
    r"\b(another|other|second|older|younger)\s+(pupil|student|child|boy|girl)\b[^.;]{0,30}\bexclu", re.IGNORECASE
)

Ended = tuple[tuple[str, ...], str]
"""The children whose schooling ended, and the id of the row with which it begins again; '' for none."""


@rule("G08", needs="typed", severity="medium")
def education_void(timeline: Timeline, *, school_days: int = 10) -> Iterator[Finding]:
    """A child is out of school and nobody records teaching for weeks or months.

    Finds: an exclusion, the end of a roll or "not safe to attend", and the next row that shows teaching surely more than
    `school_days` school days later, or none at all.
    Why it matters: provision is due from the sixth school day, and children out of school are seen by fewer people.
    Stays silent when: school holidays lie between; dates by month or term may keep the limit; a fixed-term exclusion;
    the child was not yet of school age (a nursery place may be given up), past it, or taught at home by the parents' choice;
    no school or education service has sent a return.
    Basis: Education and Inspections Act 2006 section 101: full-time education from the sixth school day.
    """
    view = View.of(timeline)
    ends: dict[Ended, list[Entry]] = {}
    found_ends: dict[Ended, tuple[Entry | None, date]] = {}
    for row in view.everything:
        if row.when.end is None or not _about_school(row, view) or not _ends_schooling(row):
            continue
        for entry in _for_each_child(row):
            if _not_of_school_age(entry, view) or _taught_elsewhere(entry, view):
                continue
            after = _taught_next(entry, view)
            until = _begins(after) if after else timeline.period[1] or entry.when.latest
            key = entry.subjects, after.id if after else ""
            if key in ends and entry.records("governors-review"):
                continue  # it looks at the end that is told already
            if (key in ends and not after) or until > add_school_days(entry.when.latest, school_days):
                ends.setdefault(key, []).append(entry)
                found_ends.setdefault(key, (after, until))
    for keys in _of_children_together(ends):
        children = tuple(child for key in keys for child in key[0])
        rows = [replace(row, subjects=children) for row in ends[keys[0]]]
        yield _finding(_shown(rows), *found_ends[keys[0]], view)


def _for_each_child(row: Entry) -> Iterator[Entry]:
    """The row as one about each of its children: one may be taught again long before the other."""
    if len(row.subjects) < 2:
        yield row
    else:
        yield from (replace(row, subjects=(child,)) for child in row.subjects)


def _of_children_together(
    ends: Mapping[Ended, list[Entry]],
) -> list[list[Ended]]:
    """The keys of children whose schooling ends and begins by the same rows, together."""
    same: dict[tuple[str, ...], list[Ended]] = defaultdict(list)
    for (children, after), rows in ends.items():
        same[after, *(row.id for row in rows)].append((children, after))
    return list(same.values())


def _shown(rows: list[Entry]) -> list[Entry]:
    """The first rows and the last, where there are many."""
    return rows if len(rows) <= ENDS_SHOWN else [*rows[: ENDS_SHOWN - 1], rows[-1]]


def _about_school(entry: Entry, view: View) -> bool:
    """True for rows of schools and of the council's education services; of others if they say that schooling stopped, and
    an education service has sent a return, or the service's kind is unknown."""
    kind = view.kind(entry.agency)
    words = told(entry)
    teachers = bool(view.of_kinds(*TEACHERS, returned=True))
    if kind in TEACHERS:
        return teachers
    teaches = tells("out_of_school", words) and not entry.records("complaint", "family-account", status=None)
    stopped = teaches or (tells("schooling", words) and tells("school_ends", words))
    ended = kind in WORK_WITH_THE_CHILD and entry.records("off-roll", "exclusion-permanent")
    tutored = kind in WORK_WITH_THE_CHILD and tells("tuition_ends", words)
    return ended or tutored or (not kind and stopped) or bool(RELEASED.search(words))


def _taught_elsewhere(entry: Entry, view: View) -> bool:
    """True if another school or unit had taken the child on in the weeks before, as the old one's roll often ends later."""
    rows = view.everything.about(entry).between(day_after(entry.when.earliest, -A_MONTH), entry.when.earliest)
    return any(
        row.agency != entry.agency
        and view.kind(row.agency) in TEACHERS
        and (row.subjects == entry.subjects or set(entry.subjects) & set(row.subjects))
        and (row.records(*BEGINS) or tells("starts_here", told(row)))
        and not _ends_schooling(row)
        for row in rows
    )


def _begins(after: Entry) -> date:
    """The day on which teaching begins: that which the row names, if it is later than the row."""
    named = [event.when for event in after.events_of(*BEGINS, status=None) if event.when and event.when.start]
    return max((after.when.earliest, *(when.earliest for when in named)))


def _ends_schooling(entry: Entry) -> bool:
    words = told(entry)
    if tells("tuition_ends", words):
        return not (entry.records("school-start") or tells("taught_elsewhere", words) or tells("on_holiday", words))
    if tells("home_educated", words):
        return False
    if tells("not_taught", words):
        return not (entry.records("school-start") and tells("taught_again", words))
    if tells("on_holiday", words) or tells("moves_school", words):
        return False
    if FOR_DAYS.search(words) and not entry.records("exclusion-permanent"):
        return False
    if OF_ANOTHER.search(words):
        return False
    if tells("out_of_school", words) and not entry.records("school-start") and not tells("back_with_us", words):
        return True
    if entry.records("school-start") or tells("taught_again", words):
        return False
    if entry.records("exclusion-fixed"):
        return False
    return entry.records(*ENDS) or tells("school_ends", words) or tells("out_of_school", words)


def _taught_next(entry: Entry, view: View) -> Entry | None:
    """The first row after the end that shows the child being taught; one on the days around the end counts too.

    A row of a whole term does not tell when teaching began, if a row within that term does.
    """
    rows = _teaching(entry, view)
    first = next(rows, None)
    if first is None or _width(first) <= A_MONTH:
        return first
    inside = takewhile(lambda row: row.when.earliest <= first.when.latest, rows)
    return next((row for row in inside if _width(row) <= A_MONTH), first)


def _width(row: Entry) -> int:
    return (row.when.latest - row.when.earliest).days


def _teaching(entry: Entry, view: View) -> Iterator[Entry]:
    for row in view.everything.about(entry).between(entry.when.earliest, date.max):
        words = told(row)
        begins = (
            row.records(*BEGINS) or tells("schooling", words) or tells("starts_education", words)
        )  # whoever records it
        if row.id == entry.id:
            continue
        if view.kind(row.agency) not in TEACHERS and not begins:
            continue
        if row.when.surely_before(entry.when) or not _teaches(row, view) or _ends_schooling(row):
            continue
        if row.agency == entry.agency and not row.when.surely_after(entry.when):
            continue
        if not _thinks_still_there(row, entry, view):
            yield row


def _thinks_still_there(row: Entry, entry: Entry, view: View) -> bool:
    """True if somebody who does not teach has the child at the school that had put them out for good: it is not informed."""
    if view.kind(row.agency) in TEACHERS or not entry.records("exclusion-permanent", "off-roll"):
        return False
    names = [mention.text for mention in row.mentions if view.agency_of(mention) == entry.agency]
    said = [
        one.text for one in sentences(told(row)) if tells("taught_again", one.text) or tells("in_education", one.text)
    ]
    return bool(said) and all(any(name in words for name in names) for words in said)


def _teaches(row: Entry, view: View) -> bool:
    words = told(row)
    if tells("poorly_taught", words) and not row.records("school-start"):
        return False
    if tells("home_educated", words):
        return True
    if tells("place_only_offered", words) and not (tells("starts_education", words) or tells("has_begun", words)):
        return False
    if _announces(row) and not row.records("school-start", "attendance"):
        return False
    started = row.records("school-start", "alternative-provision", "attendance", "education-plan")
    own = view.kind(row.agency) in (*TEACHERS, "") and tells("in_education", words)
    return started or own or tells("taught_again", words) or tells("starts_education", words)


def _announces(row: Entry) -> bool:
    """True if the row names a later day, from which on there is to be teaching: 'three days a week from 24 April'."""
    found = FROM_A_DAY.search(told(row))
    if not found or row.when.end is None:
        return False
    month = MONTHS.index(found["month"][:3].lower()) + 1
    named = (month, int(found["day"]))
    return named > (row.when.end.month, row.when.end.day) and month - row.when.end.month <= HALF_A_YEAR


def _not_of_school_age(entry: Entry, view: View) -> bool:
    """True if a child of the row is past school age, or all of them are surely below it."""
    born = {subject.id: subject.dob for subject in view.timeline.case.subjects}
    dobs = [born.get(child) for child in entry.subjects]
    too_old = any(
        dob and dob.start and (entry.when.earliest - dob.start).days > (SCHOOL_AGE_ENDS + 1) * 365 for dob in dobs
    )
    too_young = bool(dobs) and all(
        dob and dob.start and (entry.when.latest - dob.start).days < SCHOOL_AGE_BEGINS * 365 for dob in dobs
    )
    return too_old or too_young


def _begun_for_sure(entry: Entry, after: Entry, view: View) -> Entry | None:
    """The next start on record, where the teaching before it is spoken of only by a service that does not teach."""
    if view.kind(after.agency) in (*TEACHERS, "") or after.records("school-start"):
        return None
    later = (row for row in _teaching(entry, view) if row.when.surely_after(after.when))
    first = next(later, None)
    return first if first and first.records("school-start") else None


def _finding(rows: list[Entry], after: Entry | None, until: date, view: View) -> Finding:
    entry = rows[0]
    between = [
        row
        for row in view.everything.about(entry).between(day_after(entry.when.latest), until)
        if view.kind(row.agency) in TEACHERS
        and row.id != (after.id if after else "")
        and tells("poorly_taught", told(row))
    ][:4]
    ends = [*rows, *view.timeline.linked(entry)]
    began = _begun_for_sure(entry, after, view) if after else None
    shown = unique((*ends, *between, *(row for row in (after, began) if row)))
    end = f"The next row that shows teaching: {row_says(after)}" if after else "No later row shows teaching."
    if began:
        end += f" No service that teaches bears that out; the next start that is recorded: {row_says(began)}"
    part = f" Between them: {all_say(between)}" if between else ""
    return Finding(
        f"No teaching recorded from {entry.when} to {short_day(until) if after else 'the end of the period'}",
        cites=tuple(row.source for row in shown),
        explanation=f"{all_say(rows)} {end}{part} That is {counted(entry.when.latest, until)}.",
        settle=ask(
            view.timeline,
            view.of_kinds("education", returned=True) or (entry.agency,),
            "the child's roll, timetable and provision in this time",
        ),
        agencies=tuple(dict.fromkeys((entry.agency, *([after.agency] if after else [])))),
        subjects=entry.subjects,
        period=(facts(shown)[0], until),
        certainty="definite" if after and entry.when.is_day and after.when.is_day else "possible",
    )
