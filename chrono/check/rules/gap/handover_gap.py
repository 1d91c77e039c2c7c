"""Days without contact when a case moves from one service to another."""

from __future__ import annotations

from collections.abc import Container, Iterator

from chrono.check.rule import rule
from chrono.check.view import View, facts, told, unique
from chrono.check.waits import NO_WORKER, UNSEEN, about_office, changes_hands, changes_worker, handed_on, saw, waits
from chrono.check.wording import all_say, ask, counted, says, sentence_at, span
from chrono.check.words import idea, tells
from chrono.model import Entry, Event, Finding, Source, Timeline, day_after

VISITING = ("social-care", "health", "health-visiting", "early-help", "youth-justice", "mental-health", "probation")
TAKE_NO_CASE = ("police", "court", "ambulance", "panel")
MOVES = ("transfer", "transfer-conference", "closure", "handover")
VISITS = (
    "home-visit",
    "visit",
    "statutory-visit",
    "child-seen",
    "session",
    "health-visitor-contact",
    "mental-health-appointment",
)
BY_WIRE = ("notification", "telephone-call", "email", "letter")
A_YEAR = 366
UNSEEN_ON_A_PLAN = 20
"""Days between two visits by which a child on a protection plan, to be seen every ten working days, has missed one."""
BETWEEN_WORKERS = 50
"""Days between two visits from which on a change of worker has left the child unseen: one visit of six weeks fell out."""
WITHIN_A_SERVICE = 42
"""Days from the passing on of a case to the first meeting from which on the longest rhythm of visits was not kept."""
CONTACTS = frozenset(("visit", "session", "appointment", "interview", "assessment"))
"""Natures of rows that may be a meeting with the child, in whatever words."""


@rule("G11", needs="typed", severity="medium")
def handover_gap(timeline: Timeline, *, days: int = 14, at_most: int = 200, unseen: int = 28) -> Iterator[Finding]:
    """A case is handed to another service, whose first row comes weeks later.

    Finds: a closure, transfer or handover that names the service to take over, and no row of that service about the child
    in the `days` days after it; or, where the case goes to a service of the same kind elsewhere, `unseen` days or more
    from the old one's last visit to the new one's first
    (three weeks, where a transfer conference moves a plan); and a case that goes to another team or worker of one service, who
    first meets the child six weeks later or more.
    Why it matters: in between nobody has contact, and what was planned jointly tends to be dropped.
    Stays silent when: the new service is already active, or its row comes within the days; it has sent no return.
    """
    view = View.of(timeline)
    moves = list(_between_areas(view, unseen, at_most))
    yield from moves
    told_already = {source for finding in moves for source in finding.cites}
    for agency in sorted(timeline.returned):
        if view.kind(agency) not in NO_WORKER:
            handed = list(_to(agency, view, told_already))
            yield from handed
            told_here = told_already | {source for finding in handed for source in finding.cites}
            between = list(_between_workers(agency, view, at_most, told_here))
            yield from between
            told_here |= {source for finding in between for source in finding.cites}
            yield from _within(agency, view, at_most, told_here) if view.kind(agency) in VISITING else ()
    for entry in view.speaking_of("transfer", "handover", "closure", "order-ended", "step-down"):
        if entry.when.end is None or entry.when.start is None or not tells("passes_the_case", told(entry)):
            continue
        for heir in _heirs(entry, view):
            after = _next_row(entry, heir, view, at_most)
            if after and after.source not in told_already and entry.when.days_until(after.when)[0] > days:
                yield _finding(entry, after, heir, view)


def _to(agency: str, view: View, told_already: Container[Source]) -> Iterator[Finding]:
    """Children let go by another service, whom this one first saw weeks later."""
    for wait in waits(view, agency):
        last = handed_on(wait, view)
        if last and wait.seen and wait.seen.source not in told_already:
            before = [] if saw(last) else _seen_by(last.agency, wait.seen, view, last)[-1:]
            yield _unseen(unique((*before, last, *wait.rows)), last, wait.seen, view)


def _seen_by(agency: str, about: Entry, view: View, until: Entry) -> list[Entry]:
    assert until.when.end
    days = day_after(until.when.end, -A_YEAR), until.when.end
    return [row for row in view.agency(agency).about(about).between(*days) if saw(row)]


def _between_workers(agency: str, view: View, at_most: int, told_already: Container[Source]) -> Iterator[Finding]:
    """A change of worker, with weeks between the last visit of the old one and the first of the new."""
    seen: set[str] = set()
    for entry in view.agency(agency):
        if entry.when.start is None or entry.when.end is None or not changes_worker(entry):
            continue
        rows = view.agency(agency).about(entry)
        before = [row for row in rows.between(day_after(entry.when.start, -at_most), entry.when.end) if saw(row)]
        after = [row for row in rows.between(entry.when.start, day_after(entry.when.end, at_most)) if saw(row)]
        last, first = before[-1:], [row for row in after if row not in before[-1:]][:1]
        if first and first[0].source in told_already:
            continue
        if last and first and first[0].id not in seen and last[0].when.days_until(first[0].when)[0] >= BETWEEN_WORKERS:
            seen.add(first[0].id)
            between = rows.between(last[0].when.latest, first[0].when.earliest)
            changes = [row for row in between if row.id != first[0].id and changes_worker(row)]
            if min(row.when.days_until(first[0].when)[0] for row in (changes or [entry])) < UNSEEN:
                continue  # the old worker had stopped coming long before
            if not all(about_office(row) for row in between if row.id not in (last[0].id, first[0].id)):
                continue
            yield _unseen(unique((*last, entry, *changes, *first)), last[0], first[0], view)


def _within(agency: str, view: View, at_most: int, told_already: Container[Source]) -> Iterator[Finding]:
    """A case that goes to another team or worker of the same service, who first meets the child weeks later."""
    met: set[str] = set()
    for entry in view.agency(agency):
        if entry.when.start is None or entry.source in told_already or not changes_hands(entry) or saw(entry):
            continue
        if entry.records("closure") or _goes_elsewhere(entry, view):
            continue
        later = (
            view.agency(agency)
            .about(entry)
            .between(day_after(entry.when.latest), day_after(entry.when.latest, at_most))
        )
        first = next((row for row in _of_the_new_team(later, entry) if _may_be_meeting(row)), None)
        if first is None or first.id in met or first.source in told_already or not saw(first):
            continue
        met.add(first.id)
        if entry.when.days_until(first.when)[0] >= WITHIN_A_SERVICE:
            yield _unseen([entry, first], entry, first, view)


def _may_be_meeting(row: Entry) -> bool:
    return saw(row) or any(event.nature in CONTACTS for event in _held(row))


def _of_the_new_team(rows: list[Entry], entry: Entry) -> list[Entry]:
    """The rows of the team to which the case went, where a column names the team of each row; else all."""
    words = told(entry).casefold()
    old = entry.fields.get("team", "")
    teams = {team for row in rows if (team := row.fields.get("team", "")) and team != old and team.casefold() in words}
    return [row for row in rows if row.fields.get("team", "") in teams] if teams else rows


def _goes_elsewhere(entry: Entry, view: View) -> bool:
    """True if the sentence by which the case changes hands names another agency."""
    text = told(entry)
    found = idea("case_changes_hands").search(text)
    sentence = sentence_at(text, found.start()) if found else ""
    return any(view.agency_of(one) not in ("", entry.agency) and one.text in sentence for one in entry.mentions)


def _held(row: Entry) -> Iterator[Event]:
    return (event for event in row.events if event.status == "occurred")


def _unseen(rows: list[Entry], last: Entry, first: Entry, view: View) -> Finding:
    names = list(dict.fromkeys(view.timeline.name_of(row.agency) for row in (last, first)))
    return Finding(
        f"{' to '.join(names)}: {span(last.when, first.when)} from one worker to the next without a visit",
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} Between the last of the one and the first meeting with the other are "
        f"{counted(last.when.latest, first.when.earliest)}.",
        settle=ask(
            view.timeline, dict.fromkeys((last.agency, first.agency)), "who was in contact with the child in between"
        ),
        agencies=tuple(dict.fromkeys((last.agency, first.agency))),
        subjects=view.children(rows),
        period=facts(rows),
        certainty="possible",
    )


def _between_areas(view: View, unseen: int, at_most: int) -> Iterator[Finding]:
    """For each move of a case to a service of the same kind: the days between the last visit there and the first here."""
    seen: set[tuple[str, str]] = set()
    for entry in view.recording(*MOVES):
        if entry.when.end is None or entry.when.start is None:
            continue
        least = min(unseen, UNSEEN_ON_A_PLAN) if entry.records("transfer-conference") else unseen
        for old, heir in _old_and_new(entry, view):
            last, first = _last_visit(entry, old, view, at_most), _first_visit(entry, heir, view, at_most)
            if last is None or first is None or (last.id, first.id) in seen:
                continue
            seen.add((last.id, first.id))
            if last.when.days_until(first.when)[0] >= least:
                yield _not_seen(entry, last, first, view)


def _old_and_new(entry: Entry, view: View) -> Iterator[tuple[str, str]]:
    """The services of one kind between which a row may tell of a move: from its own to another, and where it is a transfer
    conference, which the new one holds, also from another to its own."""
    kind = view.kind(entry.agency)
    for other in view.of_kinds(kind, returned=True) if kind in VISITING else ():
        if other != entry.agency:
            yield entry.agency, other
            if entry.records("transfer-conference"):
                yield other, entry.agency


def _last_visit(entry: Entry, old: str, view: View, at_most: int) -> Entry | None:
    """The old service's last visit up to the move."""
    assert entry.when.end
    days = day_after(entry.when.end, -at_most), entry.when.end
    rows = view.recording(*VISITS).about(entry).between(*days)
    return next((row for row in reversed(rows) if row.agency == old), None)


def _first_visit(entry: Entry, heir: str, view: View, at_most: int) -> Entry | None:
    """The new service's first visit after the move, if it had not met the child before."""
    assert entry.when.start
    earlier = day_after(entry.when.start, -at_most), day_after(entry.when.start, -7)
    if any(saw(row) and not row.records(*BY_WIRE) for row in view.agency(heir).about(entry).between(*earlier)):
        return None
    days = day_after(entry.when.start, -7), day_after(entry.when.start, at_most)
    return next((row for row in view.recording(*VISITS).about(entry).between(*days) if row.agency == heir), None)


def _not_seen(entry: Entry, last: Entry, first: Entry, view: View) -> Finding:
    names = [view.timeline.name_of(agency) for agency in (last.agency, first.agency)]
    rows = unique((last, entry, first))
    return Finding(
        f"The case moves from {names[0]} to {names[1]}: {span(last.when, first.when)} between the last visit and the first",
        cites=tuple(row.source for row in rows),
        explanation=f"{says(entry)} The last visit of {names[0]}: {says(last)} The first of {names[1]}: {says(first)} "
        f"Between them are {counted(last.when.latest, first.when.earliest)}.",
        settle=ask(view.timeline, (last.agency, first.agency), "who saw the child between the two visits"),
        agencies=(last.agency, first.agency),
        subjects=view.children(rows),
        period=facts(rows),
        certainty="possible",
    )


def _heirs(entry: Entry, view: View) -> list[str]:
    named = dict.fromkeys(mention.actor for mention in entry.mentions if mention.kind == "agency")
    others = [id_ for id_ in named if id_ != entry.agency and id_ in view.timeline.returned]
    return [id_ for id_ in others if view.kind(id_) not in TAKE_NO_CASE]


def _next_row(entry: Entry, heir: str, view: View, at_most: int) -> Entry | None:
    rows = view.agency(heir).between(day_after(entry.when.earliest, -1), day_after(entry.when.latest, at_most))
    return next((row for row in rows if view.same_child(row, entry) and not row.declares), None)


def _finding(entry: Entry, after: Entry, heir: str, view: View) -> Finding:
    name = view.timeline.name_of(heir)
    return Finding(
        f"Handed over to {name} on {entry.when}; its first row is of {after.when}",
        cites=(entry.source, after.source),
        explanation=f"{says(entry)} The first row of {name} after it: {says(after)} Between them are "
        f"{counted(entry.when.latest, after.when.earliest)}.",
        settle=ask(
            view.timeline,
            (entry.agency, heir),
            "the handover record and who was in contact with the child between the two dates",
        ),
        agencies=(entry.agency, heir),
        subjects=entry.subjects or after.subjects,
        period=facts((entry, after)),
        certainty="possible",
    )
