"""Rows that stand for a number of events nobody can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from chrono.check import rounds
from chrono.check.rule import rule
from chrono.check.view import View, by_file, facts, told
from chrono.check.wording import all_say, ask, listed, quoted
from chrono.check.words import tells, words_for
from chrono.model import Entry, Finding, Timeline

GRAVE = ("incident", "concern", "attendance")
"""Natures of events of which the number matters: each may have called for a step of its own."""

HOW_OFTEN = ("several_times", "how_often", "over_weeks")
"""Ideas of which one stands in each row of a single day that stands for several events."""
UNCOUNTED = re.compile(
    r"\b(several|numerous|various|many|multiple|countless|frequent|repeated|regular|a number of|lots of|a few|a couple of|some)"
    r"\s+(?:\w+\s+){0,2}?(calls?|texts|letters|e-?mails|messages|visits|contacts|appointments|meetings|sessions|incidents"
    r"|episodes|occurrences|reports|concerns|complaints|referrals|notices|notifications|attendances|admissions|detentions"
    r"|exclusions|suspensions|absences|lates|truancies|fights|arguments|rows|outbursts|threats|assaults|arrests|stops|searches"
    r"|call-?outs|sightings|disturbances|bumps|bruises|grazes|marks|scratches|injuries|accidents|falls|nights|evenings"
    r"|mornings|afternoons|days|weekends|times|occasions)\b",
    re.IGNORECASE,
)
"""Happenings in the plural without their number; only a row dated over more than a day stands for them."""
NUMBER = (
    r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|a dozen|a couple of|a handful of|both|all|each|every)"
    r"\s+(?:\w+\s+){0,2}?"
)
TROUBLE = (
    "calls?|call-?outs|incidents?|episodes?|reports?|absences|lates|attendances|contacts|detentions|exclusions|suspensions"
    "|notifications|mfh|mispers?|missings|fights|nights|assaults|arrests|stops|seizures|fits|bruises|injuries|complaints|occasions?"
)
COUNTED_TROUBLE = re.compile(rf"(?<!\w)(?:x ?\d{{1,2}}|\d{{1,2}} ?x)(?!\w)|\b{NUMBER}(?:{TROUBLE})\b", re.IGNORECASE)
"""Events of a kind that each may have called for a step, counted, or of which it is said that each was so."""
COUNTED = re.compile(
    rf"{COUNTED_TROUBLE.pattern}|\b{NUMBER}(?:times|texts|visits|sessions|appointments|referrals|weekends|e-?mails|letters|meetings)\b",
    re.IGNORECASE,
)
A_WEEK = 6
SEVERAL_DAYS = 3
"""So many days named in the text of a row that is dated more vaguely: each is an event of its own."""
A_NARRATIVE = 25
"""Characters: a longer cell of a column without a role tells something."""


@rule("D40", needs="reading", severity="low", alone=True)
def many_events_in_one_row(timeline: Timeline) -> Iterator[Finding]:
    """One row stands for several incidents, without their number or their days.

    Finds: rows, by file, that say of an incident or concern that it happened several times, on various dates, repeatedly,
    and give no number; rows dated over more than a day that stand for "several calls", "numerous detentions", or that tell
    of three days or more; rows that count events over weeks and give none of them a day.
    Why it matters: the single events cannot be counted, or held against what other agencies record.
    Stays silent when: the row gives a number, and tells of no weeks; it lies on one day and only recalls the past.
    """
    view = View.of(timeline)
    for file, entries in by_file(entry for entry in _saying_how_often(view) if _several(entry, view)):
        words = listed(dict.fromkeys(quoted(_words(_written(entry)), 40) for entry in entries))
        agency = entries[0].agency
        yield Finding(
            f"{file}: {len(entries)} row{'s' * (len(entries) > 1)} that stand{'s' * (len(entries) == 1)} for several events",
            cites=tuple(entry.source for entry in entries),
            explanation=f"{all_say(entries)} How many events {words} stands for, and on which days, is not said.",
            settle=ask(timeline, (agency,), "the log of the single events, with their dates"),
            agencies=(agency,),
            subjects=view.children(entries),
            period=facts(entries),
            column="text",
        )


def _saying_how_often(view: View) -> Iterator[Entry]:
    """Rows that do not lie on one day, and those of which some part speaks of a number or of weeks."""
    telling = {entry.id for entry in view.rows(*HOW_OFTEN)}
    for entry in view.about_a_child:
        beside_told = (part for part in _parts(entry) if part != told(entry))
        if (
            not entry.when.is_day
            or entry.id in telling
            or any(tells(name, part) for part in beside_told for name in HOW_OFTEN)
        ):
            yield entry


def _several(entry: Entry, view: View) -> bool:
    if _counted_over_days(entry):
        return True
    if any(event.count and event.count[0] == event.count[1] > 1 for event in entry.events):
        return False
    words = _written(entry)
    told_so = tells("several_times", words)
    if told_so or tells("how_often", words):
        grave = any(event.nature in GRAVE and event.status == "occurred" for event in entry.events)
        trouble = grave or tells("trouble_each_time", told(entry))
        by_a_gp = entry.when.is_day and view.kind(entry.agency) == "gp"
        if told_so or trouble:
            return trouble and not tells("arranged_each_time", words) and not by_a_gp
    return not entry.when.is_day and (bool(UNCOUNTED.search(words)) or len(_days(entry)) >= SEVERAL_DAYS)


def _counted_over_days(entry: Entry) -> bool:
    """True if a row counts events of weeks ("x6 this month") and gives none a day: it is dated so, or speaks of
    them, and not as somebody's account."""
    words = _written(entry)
    over_weeks = not entry.when.is_day and (entry.when.latest - entry.when.earliest).days >= A_WEEK
    counted = COUNTED if rounds.worrying(entry) else COUNTED_TROUBLE
    speaks_of_weeks = tells("over_weeks", words) and not tells("recalls", words)
    found = counted.search(words) if over_weeks or speaks_of_weeks else None
    return bool(found) and len(_days(entry)) < SEVERAL_DAYS


def _days(entry: Entry) -> set[date | None]:
    """The days on which, as the text itself says, something happened."""
    return {one.when.start for one in entry.dates if one.when.is_day and one.role == "occurred"}


def _words(text: str) -> str:
    """The words for a number nobody gives."""
    found = UNCOUNTED.search(text) or COUNTED.search(text)
    return words_for("several_times", text) or (found.group() if found else words_for("how_often", text) or "one row")


def _written(entry: Entry) -> str:
    return " · ".join(_parts(entry))


def _parts(entry: Entry) -> Iterator[str]:
    """The date as written ('various dates' stands there), what the row tells, and cells that no role was found for."""
    yield entry.when.text
    yield told(entry)
    yield from (cell for cell in entry.fields.values() if len(cell) >= A_NARRATIVE and cell not in told(entry))
