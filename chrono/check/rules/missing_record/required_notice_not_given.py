"""Events at a school or hospital after which somebody else should have been told."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from chrono.check.not_brought import not_told_of
from chrono.check.notices import reached, sent
from chrono.check.rule import rule
from chrono.check.view import View, facts, told, unique
from chrono.check.wording import all_say, ask, many, named, sentence_at
from chrono.check.words import idea, tells
from chrono.model import Entry, Finding, Timeline, day_after


@dataclass(frozen=True)
class _Duty:
    """Events in the rows of `senders` of which `receivers` should have a row; `words` in the sender's rows that say so."""

    senders: tuple[str, ...]
    events: tuple[str, ...]
    receivers: tuple[str, ...]
    words: str
    whom: str
    pattern: str = ""


DUTIES = (
    _Duty(
        ("school", "education", "alternative-provision", "voluntary", "placement"),
        ("assault", "stabbing", "weapon", "robbery", "sexual-assault", "drugs-offence"),
        ("police",),
        "told_police",
        "the police",
        r"\b(assault\w*|attacked|hits?|knife|weapon|robb\w+|stabb\w+|drugs?)\b",
    ),
    _Duty(
        ("police",),
        ("stabbing", "injury"),
        ("hospital", "ambulance"),
        "told_hospital",
        "a hospital",
        r"\b(stab\w*|wound\w*|injur\w+|shot)\b",
    ),
    _Duty(
        ("school", "alternative-provision"),
        ("managed-move", "exclusion-permanent"),
        ("education",),
        "told_education",
        "the council's education service",
        r"\b(managed move|permanent\w*\s+exclu\w+|exclu\w+)\b",
    ),
    _Duty(
        ("hospital", "ambulance", "gp"),
        ("assault", "stabbing", "self-harm", "sexual-assault"),
        ("social-care",),
        "told_safeguarding_team",
        "the hospital's safeguarding team or social care",
        r"\b(assault\w*|stab\w*|overdose|self[- ]harm\w*|intoxicat\w*)\b",
    ),
)
ELSEWHERE = re.compile(
    r"\b(victim of|disclos|historic|alleged|outside school|in the community|at the weekend|told|reports? that|hears?|off site)\b",
    re.IGNORECASE,
)
FATAL = re.compile(r"\b(fatal\w*|murder\w*|killed|suspect(ed)?)\b", re.IGNORECASE)
"""Deaths are known to everybody, and a suspect is not the one who was hurt."""
FAMILY = re.compile(
    r"\b(mother|mum|mo|father|dad|fa|parents?|family|carers?|grandmother|child|he|she|they|yp)\s+(says?\s+)?(was|were|had|has)?\s*$",
    re.IGNORECASE,
)
OF_FAMILY = re.compile(r"\b(?:mother|mum|mo|father|dad|fa|parents?|carers?|gran\w*)\b", re.IGNORECASE)
"""Somebody of the family stands in the row: then it is rather they who were not told."""
FIRST_PERSON = re.compile(r"\b(?:we|us|our|i|me|this (?:service|team|office|force|school))\b", re.IGNORECASE)
GRAVE = 2
"""The weight of an event from which on others expect to be told of it."""
LOOK_BACK = 184
HEARD_BY_LETTER = ("letter", "discharge-summary", "discharge", "email")
WIDEST = 200
"""An event dated more coarsely, in days, cannot be looked for in another return."""
MOST = 20


@rule("M11", needs="typed", severity="medium")
def required_notice_not_given(timeline: Timeline, *, days: int = 7) -> Iterator[Finding]:
    """An assault or weapon at school, a stab wound, a self-harm attendance: the service that should know has no row.

    Finds: such events in the rows of a school, a hospital or the police, where the police, the hospital or the safeguarding
    team, if they have returned, have no row within `days` days that could be about them, and no word says they were told;
    rows in which a service says that it was not told of something; and a child on a plan whom a clinic writes down as not
    brought again and again, with no word of it to or from social care.
    Why it matters: each service sees its own part; the notice is what joins them.
    Stays silent when: the receiver has a row that could be it; the row says they were told; the receiver has sent no return;
    the school only heard of something that happened elsewhere.
    """
    view = View.of(timeline)
    for duty in DUTIES:
        receivers = view.of_kinds(*duty.receivers, returned=True)
        if not receivers:
            continue
        groups: dict[str, list[Entry]] = defaultdict(list)
        for entry in timeline.entries:
            if (
                view.kind(entry.agency) in duty.senders
                and _due(entry, duty, view)
                and not _given(entry, duty, view, days)
            ):
                groups[entry.agency].append(entry)
        for agency, rows in groups.items():
            yield _finding(agency, rows[:MOST], duty, receivers, view)
    for run in not_told_of(view):
        yield _not_brought_finding(run, view)
    untold: dict[tuple[str, tuple[str, ...]], list[Entry]] = defaultdict(list)
    for entry in view.telling("not_told_us"):
        if tells("not_reached", told(entry)):
            continue  # it was the family that did not ring back
        if _says_untold(entry):
            untold[entry.agency, entry.subjects].append(entry)
    for (agency, _), rows in untold.items():
        yield _untold_finding(agency, rows[:MOST], view)


def _not_brought_finding(rows: list[Entry], view: View) -> Finding:
    agency, holders = rows[0].agency, view.of_kinds("social-care", returned=True)
    name = view.timeline.name_of(agency)
    return Finding(
        f"{name}: a child on a plan not brought {len(rows)} times, and social care not told",
        cites=tuple(row.source for row in rows[:MOST]),
        explanation=f"{all_say(rows[:MOST])} The child was on a plan or looked after. No row of {name} says that social care was "
        f"told, and none of {named(view.timeline, holders, 'or')} speaks of it.",
        settle=ask(view.timeline, (agency, *holders), "who was told that the child was not brought, and when"),
        agencies=(agency, *holders),
        expected_from=holders,
        subjects=view.children(rows),
        period=facts(rows),
        certainty="possible",
    )


def _says_untold(entry: Entry) -> bool:
    """True if the writer's service says that it was not told of something; meetings and records have rules of their own."""
    found = idea("not_told_us").search(told(entry))
    if not found or tells("no_history", told(entry)) or tells("not_invited", told(entry)):
        return False
    return not FAMILY.search(told(entry)[: found.start()])


def _untold_finding(agency: str, rows: list[Entry], view: View) -> Finding:
    name = view.timeline.name_of(agency)
    named = tuple(
        dict.fromkeys(m.actor for row in rows for m in row.mentions if m.kind == "agency" and m.actor != agency)
    )
    of_family = all(_of_family(row) for row in rows)
    who = f"The family, in the rows of {name}," if of_family else name
    of_what = unique(known for row in rows if not _of_family(row) for known in _known_to_others(row, view))[:MOST]
    named = tuple(dict.fromkeys((*named, *(row.agency for row in of_what))))
    whom = "them" if of_family else name
    shown = sorted((*of_what, *rows), key=lambda row: row.when.sort_key)
    return Finding(
        f"{who} says that it was not told",
        cites=tuple(row.source for row in shown),
        explanation=f"{all_say(shown)} Who should have told {whom}, and when, does not stand in the row.",
        settle=ask(view.timeline, (agency, *named), "any notice that was sent or received, with its date"),
        agencies=(agency, *named),
        expected_from=named,
        subjects=view.children(rows),
        period=facts(shown),
        certainty="definite",
    )


def _of_family(entry: Entry) -> bool:
    """True if the sentence says of somebody of the family that they were not told, and not 'we' or 'I'."""
    found = idea("not_told_us").search(told(entry))
    sentence = sentence_at(told(entry), found.start()) if found else ""
    return bool(OF_FAMILY.search(sentence)) and not FIRST_PERSON.search(sentence)


def _known_to_others(entry: Entry, view: View) -> list[Entry]:
    """Rows of other agencies, of one day in the months before, that tell of the grave event of which the row says that its
    writer was not told: where it names one, and there was only one."""
    kinds = {event.type for event in entry.events if event.status != "planned" and event.weight >= GRAVE}
    if not kinds or not entry.when.start:
        return []
    before = day_after(entry.when.start, -LOOK_BACK), day_after(entry.when.start, -1)
    rows = [row for row in view.recording(*kinds).about(entry).between(*before) if row.when.is_day]
    if not rows or any(row.agency == entry.agency for row in rows) or len({row.when.start for row in rows}) > 1:
        return []
    return rows


def _due(entry: Entry, duty: _Duty, view: View) -> bool:
    if not _has_event(entry, duty) or not entry.when.known or not re.search(duty.pattern, told(entry), re.IGNORECASE):
        return False
    if (entry.when.latest - entry.when.earliest).days > WIDEST:
        return False
    if entry.records("death") or FATAL.search(told(entry)):
        return False
    if view.kind(entry.agency) == "gp" and entry.records(*HEARD_BY_LETTER):
        return False  # the news is the hospital's, which had to pass it on
    if view.kind(entry.agency) not in ("police", "hospital") and ELSEWHERE.search(told(entry)):
        return False
    return any(view.covers(agency, entry.when) for agency in view.of_kinds(*duty.receivers, returned=True))


def _has_event(entry: Entry, duty: _Duty) -> bool:
    """True if it happened; a hospital's row that only refers to it ('following an overdose') is about a patient who came."""
    enough = ("occurred", "referred-to") if "hospital" in duty.senders else ("occurred",)
    return any(event.status in enough for event in entry.events_of(*duty.events, status=None))


def _given(entry: Entry, duty: _Duty, view: View, days: int) -> bool:
    return reached(entry, duty.receivers, view, days) or sent(entry, duty.words, view, days)


def _finding(agency: str, rows: list[Entry], duty: _Duty, receivers: tuple[str, ...], view: View) -> Finding:
    name = view.timeline.name_of(agency)
    return Finding(
        f"{name}: {many(len(rows), 'event')} of which {duty.whom} has no record",
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} No row of {named(view.timeline, receivers, 'or')} in the days around could "
        f"be about this, and no row of "
        f"{name} says that {duty.whom} was told.",
        settle=ask(
            view.timeline,
            dict.fromkeys((agency, *receivers)),
            "any notice or record of it, or the reason why none was needed",
        ),
        agencies=tuple(dict.fromkeys((agency, *receivers))),
        expected_from=receivers,
        subjects=view.children(rows),
        period=facts(rows),
        certainty="possible",
    )
