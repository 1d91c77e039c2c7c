"""A case is closed, or a step left out, because of a service that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from chrono.check.matters import REFERRALS
from chrono.check.parties import named_by_own_word
from chrono.check.pictures import DENIED
from chrono.check.rule import rule
from chrono.check.topics import sentences, speaks_of_work
from chrono.check.view import View, date_in_doubt, facts, told
from chrono.check.wording import ask, named, says, sentence_at
from chrono.check.words import idea, tells
from chrono.model import Entry, Finding, Timeline, day_after

NO_HELPERS = ("police", "school", "hospital", "gp", "court", "cafcass")
A_YEAR, A_MONTH = 365, 31
CLAUSE = re.compile(r"[,;:–]\s| - | but | and ")
WORK = (
    "session",
    "attended",
    "home-visit",
    "visit",
    "mental-health-appointment",
    "mental-health-assessment",
    "assessment",
    "family-support",
    "child-seen",
    "worker-starts",
    "first-contact",
    "intervention",
    "treatment",
)
ASKED = (*REFERRALS, "referral-decision", "allocation", "appointment-offered", "support-offered")


@rule("C07", needs="reading", severity="medium")
def leans_on_absent_service(timeline: Timeline, *, days: int = 92) -> Iterator[Finding]:
    """A plan or closure leans on another service whose own rows show that it was not working with the child.

    Finds: a row that closes, or leaves something out, because a named service is involved or will take it on, and rows of
    that service within `days` days that record refusal, closure or no effect, with none that record its work; or a row
    that says a service (or a worker of it) is at work, when that service's own last word before is that it has ended or
    still waits; of low severity, where the row means the service only by its work ("is seen by SALT").
    Why it matters: each service believes that the other holds the case.
    Stays silent when: the service's rows show it working; neither its return is there nor that of another of its kind.
    """
    view = View.of(timeline)
    told_of: set[tuple[str, str]] = set()
    for entry in view.telling("at_work_now"):
        if entry.when.known:
            named = _said_to_work(entry, view)
            for agency in named:
                rows = _standing(entry, agency, view)
                if rows:
                    told_of.add((entry.id, agency))
                    yield _finding(entry, rows, agency, timeline)
            for agency in () if named else _meant_by_its_work(entry, view):
                rows = _standing(entry, agency, view)
                if rows and _state(rows[-1]) == "ended":
                    told_of.add((entry.id, agency))
                    yield replace(_finding(entry, rows, agency, timeline), severity="low")
    for entry in view.telling("leans_on"):
        if entry.when.start is None or entry.when.end is None:
            continue
        for agency in _named(entry, view):
            absent = [] if (entry.id, agency) in told_of else _absent(entry, agency, view, days)
            if absent:
                yield _finding(entry, absent, agency, timeline)


def _absent(entry: Entry, agency: str, view: View, days: int) -> list[Entry]:
    """The service's rows around the time, where most of them say that it is not there."""
    first, last = day_after(entry.when.earliest, -days // 3), day_after(entry.when.latest, days)
    rows = [row for row in view.agency(agency).between(first, last) if view.same_child(row, entry)]
    absent = [row for row in rows if _not_there(row)]
    return absent if len(absent) * 2 > len(rows) else []


def _said_to_work(entry: Entry, view: View) -> list[str]:
    """Helping services that the row says are at work; one without a return stands for those of its kind that have one."""
    found: list[str] = []
    for agency in (*_mentioned(entry, view), *_named_in_part(entry, view)):
        kind = view.kind(agency)
        if agency != entry.agency and kind not in NO_HELPERS:
            others = view.of_kinds(kind, returned=True) if kind else ()
            found += [agency] if agency in view.timeline.returned or not others else others
    return [agency for agency in dict.fromkeys(found) if agency != entry.agency]


def _mentioned(entry: Entry, view: View) -> Iterator[str]:
    """The agencies of the names, of services and of their workers, that stand in a sentence of being at work."""
    for mention in entry.mentions:
        actor = view.timeline.actor_by_id.get(mention.actor)
        agency = mention.actor if mention.kind == "agency" else actor.agency if actor else ""
        if agency and mention.part not in ("author", "told", "referred-to"):
            cell = entry.cell(mention.column)
            if _at_work(sentence_at(cell, max(mention.begin, 0))):
                yield agency


def _named_in_part(entry: Entry, view: View) -> Iterator[str]:
    """The agencies of whose name a word of its own stands in a sentence of being at work: 'his Pathfinder mentor'."""
    for sentence in sentences(told(entry)):
        if _at_work(sentence.text):
            yield from sorted(named_by_own_word(sentence.text.lower(), view))


def _meant_by_its_work(entry: Entry, view: View) -> list[str]:
    """The one helping service that a sentence of the row means by the words of its work alone: 'is seen by SALT'."""
    at_work = [sentence.text for sentence in sentences(told(entry)) if _at_work(sentence.text)]
    meant = [
        agency.id
        for agency in view.agencies.values()
        if agency.id != entry.agency
        and agency.kind not in NO_HELPERS
        and any(speaks_of_work(sentence, agency) for sentence in at_work)
    ]
    return meant if len(meant) == 1 and meant[0] in view.timeline.returned else []


def _at_work(sentence: str) -> bool:
    """True if a sentence says that somebody is at work, and not in that clause that this is over, asked for or to come."""
    found = idea("at_work_now").search(sentence)
    if not found or DENIED.search(sentence[: found.start()]):
        return False
    begin = max((each.end() for each in CLAUSE.finditer(sentence, 0, found.start())), default=0)
    end = CLAUSE.search(sentence, found.end())
    clause = sentence[begin : end.start() if end else len(sentence)]
    return not any(tells(word, clause) for word in ("not_at_work", "waiting", "postponed"))


def _standing(entry: Entry, agency: str, view: View) -> list[Entry]:
    """The rows that say how a service stood at `entry`, if it had ended, still waited, or was about to end; else []."""
    if agency not in view.timeline.returned:
        return _heard_to_have_ended(entry, agency, view)
    if not view.covers(agency, entry.when):
        return []
    rows = [
        row for row in view.agency(agency) if view.same_child(row, entry) and not date_in_doubt(row) and _state(row)
    ]
    before = [row for row in rows if row.when.latest <= entry.when.latest]
    after = [row for row in rows if row.when.surely_after(entry.when)]
    if before and _state(before[-1]) == "ended":
        if not before[-1].when.surely_before(entry.when):
            return []
        return before[-1:] if (entry.when.earliest - before[-1].when.latest).days <= A_YEAR else []
    if before and not any(_state(row) == "works" for row in before):
        first = next((place for place, row in enumerate(after) if _state(row) == "works"), None)
        waits = [row for row in before if tells("waiting", told(row)) or first is not None]
        return [*waits[-3:], *(after[: first + 1][-3:] if first is not None else ())] if waits else []
    return _ends_soon(entry, after) if tells("at_work_on", told(entry)) else []


def _ends_soon(entry: Entry, after: list[Entry]) -> list[Entry]:
    """The service's next row, if it ends its work within a month of a row that says that it will carry on."""
    if not after or _state(after[0]) != "ended" or entry.when.days_until(after[0].when)[1] > A_MONTH:
        return []
    return after[:1]


def _heard_to_have_ended(entry: Entry, agency: str, view: View) -> list[Entry]:
    """The last row of any agency that names a service without a return, where it says that the work has ended."""
    track = view.track(
        ("naming", agency), lambda: [row for row in view.timeline.entries if agency in {m.actor for m in row.mentions}]
    )
    rows = track.between(day_after(entry.when.earliest, -A_YEAR), day_after(entry.when.earliest, -1))
    last = next((row for row in reversed(rows) if view.same_child(row, entry)), None)
    return [last] if last and tells("ended_work", told(last)) else []


def _state(row: Entry) -> str:
    """How a service stands by one of its own rows: ended, works, waits, or '' where the row does not show it."""
    if row.records("closure", "discharge-summary", "not-open") or row.declares or _has_ended(told(row)):
        return "ended"
    if row.records("support-declined") and not row.records(*WORK):
        return "ended"
    if tells("postponed", told(row)) or tells("waiting", told(row)):
        return "waits"
    if row.records(*WORK) and not row.records("did-not-attend", "appointments-cancelled"):
        return "works"
    return "waits" if row.records(*ASKED, "did-not-attend") else ""


def _has_ended(text: str) -> bool:
    found = idea("ended_work").search(text)
    return found is not None and not DENIED.search(text[: found.start()])


def _named(entry: Entry, view: View) -> list[str]:
    found = [mention.actor for mention in entry.mentions if mention.kind == "agency"]
    return [a for a in dict.fromkeys(found) if a != entry.agency and a in view.timeline.returned]


def _not_there(row: Entry) -> bool:
    return row.records("closure", "support-declined") or bool(row.declares) or tells("not_working", told(row))


def _finding(entry: Entry, absent: list[Entry], agency: str, timeline: Timeline) -> Finding:
    name = timeline.name_of(agency)
    meant = [m.actor for m in entry.mentions if m.kind == "agency" and m.actor not in (agency, entry.agency)]
    silent = [actor for actor in dict.fromkeys(meant) if actor not in timeline.returned]
    other = f" The row may mean {named(timeline, silent, 'or')}, of which no return is there." if silent else ""
    return Finding(
        f"{timeline.name_of(entry.agency)} counts on {name}, whose rows show no work going on",
        cites=(entry.source, *(row.source for row in absent)),
        explanation=f"{says(entry)} Of that time {name} says: {' '.join(says(row) for row in absent[:6])}{other}",
        settle=ask(timeline, (entry.agency,), f"what it knew of the work of {name} when it decided"),
        agencies=(entry.agency, agency),
        subjects=entry.subjects,
        period=facts((entry, *absent)),
        certainty="possible",
    )
