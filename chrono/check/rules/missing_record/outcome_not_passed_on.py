"""Results of a matter that stay with one agency while another goes on working without them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from chrono.check.notices import sent
from chrono.check.rule import rule
from chrono.check.shared import rare, shared_words
from chrono.check.statements import statement
from chrono.check.view import Track, View, date_in_doubt, facts
from chrono.check.wording import all_say, ask, many, named, span
from chrono.model import Entry, Finding, Timeline, day_after

RESULTS = (
    "conviction",
    "sentence",
    "referral-order",
    "order-made",
    "acquittal",
    "charge",
    "caution",
    "bail-end",
    "nrm-decision",
    "care-order",
)
WORKING = ("social-care", "youth-justice")
AWAITED = {
    "trial_awaited": ("conviction", "sentence", "acquittal", "no-further-action"),
    "charge_awaited": ("charge", "no-further-action", "caution", "conviction", "sentence"),
}
"""What a row still awaits, and the results that end the waiting."""
AWAITED_WITHIN = 365
LATE = 7
"""Days in which a result may be on its way."""
SHARED = 2
MOST = 10
MATTERS = (
    "matter_court",
    "matter_bail",
    "matter_housing",
    "matter_test",
    "matter_school",
    "matter_money",
    "matter_allegation",
)


@rule("M12", needs="reading", severity="low")
def outcome_not_passed_on(timeline: Timeline, *, days: int = 60, longest: int = 270) -> Iterator[Finding]:
    """A charge, court result or end of bail stands in one return only, while another service is working with the child.

    Finds: rows that speak of a matter as pending, awaited or still in force, after another agency's row that tells its result,
    where both speak of the same court, bail, housing, test, appeal or the like and none of the first agency tells the result,
    or where it awaits a trial or decision of which another agency had the result a week before or more; and, of low
    severity, results in the rows of police or court, where social care or youth justice has rows about the child both in the
    `days` days before and after, and none of them could be about the result.
    Why it matters: plans go on that rest on a matter already decided.
    Stays silent when: a linked or like row is there; the sender's row says they were told; the other had closed.
    """
    view = View.of(timeline)
    awaited = list(_still_awaited(view, AWAITED_WITHIN))
    yield from awaited
    cited = {cite for found in awaited for cite in found.cites}
    shown: set[tuple[str, str]] = set()
    for settled, waiting in _still_waiting(view, longest):
        if cited & {row.source for row in waiting}:
            continue
        shown |= {(settled.id, row.agency) for row in waiting}
        yield _waiting_finding(settled, waiting, timeline)
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in view.recording(*RESULTS):
        if view.kind(entry.agency) not in ("police", "court") or entry.when.start is None or entry.when.end is None:
            continue
        for other in view.of_kinds(*WORKING, returned=True):
            if (
                (entry.id, other) not in shown
                and _works_on(other, entry, view, days)
                and not _knows(other, entry, view, days)
            ):
                groups[entry.agency, other].append(entry)
    for (agency, other), rows in groups.items():
        part = rows[:MOST]
        yield Finding(
            f"{timeline.name_of(agency)} records {many(len(part), 'result')} that {timeline.name_of(other)} does not",
            cites=tuple(row.source for row in part),
            explanation=f"{all_say(part)} {named(timeline, (other,))} has rows about the child before and after, "
            f"and none that speaks of this.",
            settle=ask(timeline, (agency, other), "when and by whom the result was passed on"),
            agencies=(agency, other),
            expected_from=(other,),
            subjects=view.children(part),
            period=facts(part),
            certainty="possible",
        )


def _still_awaited(view: View, days: int) -> Iterator[Finding]:
    """A row that awaits a trial, charge or sentence of which another agency had the result before."""
    for idea, decided in AWAITED.items():
        for row in view.telling(idea):
            if row.when.start is None:
                continue
            first, last = day_after(row.when.start, -days), day_after(row.when.start, -LATE)
            results = view.recording(*decided).about(row).between(first, last)
            own = [result for result in results if result.agency != row.agency and _one_matter(result, row, view)]
            if own and own[-1].when.surely_before(row.when):
                yield _awaited(own[-1], row, view.timeline)


def _one_matter(decided: Entry, row: Entry, view: View) -> bool:
    """True if both name the same suspect, or share words that few rows of the case use; no further action is a result
    only if it is that of the police."""
    if not decided.records(*RESULTS) and not _of_police(decided, view):
        return False
    suspects = {m.text.lower() for m in decided.mentions if m.kind in ("person", "unresolved")}
    named_too = any(m.text.lower() in suspects for m in row.mentions if m.kind in ("person", "unresolved"))
    return named_too or len(rare(shared_words(decided, row), view)) >= SHARED


def _of_police(row: Entry, view: View) -> bool:
    """True of a row of the police or of court, and of one that names them."""
    agencies = {row.agency, *(view.agency_of(mention) for mention in row.mentions)}
    return any(view.kind(agency) in ("police", "court") for agency in agencies)


def _awaited(decided: Entry, row: Entry, timeline: Timeline) -> Finding:
    return Finding(
        f"{timeline.name_of(row.agency)} still awaits on {row.when} what was decided on {decided.when}",
        cites=(decided.source, row.source),
        explanation=f"{all_say((decided, row))} "
        f"Between the result and the row that awaits it are {span(decided.when, row.when)}.",
        settle=ask(timeline, (decided.agency, row.agency), "when and by whom the result was passed on"),
        agencies=(decided.agency, row.agency),
        expected_from=(row.agency,),
        subjects=row.subjects or decided.subjects,
        period=facts((decided, row)),
        certainty="possible",
        severity="medium",
    )


def _still_waiting(view: View, longest: int) -> Iterator[tuple[Entry, list[Entry]]]:
    """Each row that tells a result, with the later rows of others to whom the same matter is still open."""
    pending = Track(view.telling("still_pending"))
    taken: set[str] = set()
    for entry in reversed(Track(view.telling("settled_result")).entries):  # a row waits for the last result before it
        if entry.when.start is None or entry.when.end is None or date_in_doubt(entry):
            continue
        matters = _matters(entry, "settled_result")
        rows = pending.about(entry).between(day_after(entry.when.latest), day_after(entry.when.end, longest))
        waiting = [row for row in rows if row.id not in taken and _waits(row, entry, matters, view)][:MOST]
        if waiting:
            taken |= {row.id for row in waiting}
            yield entry, waiting


def _waits(row: Entry, settled: Entry, matters: set[str], view: View) -> bool:
    """True if the row waits for a matter of which its agency does not tell the result, nor was told by the other's row."""
    if row.agency == settled.agency or not matters & _matters(row, "still_pending"):
        return False
    if any(view.agency_of(mention) == row.agency for mention in settled.mentions):
        return False
    since = view.agency(row.agency).about(row).between(settled.when.earliest, row.when.latest)
    return not any(matters & _matters(one, "settled_result") for one in since)


def _matters(entry: Entry, state: str) -> set[str]:
    """The matters of which the row says in one statement that they are in this state."""
    return {name for name in MATTERS if statement(entry, state, name)}


def _waiting_finding(settled: Entry, waiting: list[Entry], timeline: Timeline) -> Finding:
    others = tuple(dict.fromkeys(row.agency for row in waiting))
    return Finding(
        f"{timeline.name_of(settled.agency)} has a result that {named(timeline, others)} still waits for"[:160],
        cites=(settled.source, *(row.source for row in waiting)),
        explanation=f"{all_say([settled, *waiting])} No row of {named(timeline, others)} between them tells the result.",
        settle=ask(timeline, (settled.agency, *others), "when and by whom the result was passed on"),
        agencies=(settled.agency, *others),
        expected_from=others,
        subjects=settled.subjects or waiting[0].subjects,
        period=facts((settled, *waiting)),
        certainty="possible",
        severity="medium",
    )


def _works_on(agency: str, entry: Entry, view: View, days: int) -> bool:
    track = view.agency(agency)
    before = track.between(day_after(entry.when.earliest, -days), day_after(entry.when.earliest, -1))
    after = track.between(day_after(entry.when.latest), day_after(entry.when.latest, days))
    return all(any(view.same_child(row, entry) and not row.declares for row in rows) for rows in (before, after))


def _knows(agency: str, entry: Entry, view: View, days: int) -> bool:
    if any(row.agency == agency for row in view.timeline.linked(entry)) or sent(entry, "told_social_care", view, 14):
        return True
    types = [event.type for event in entry.events]
    rows = view.speaking_of(*types).between(day_after(entry.when.earliest, -3), day_after(entry.when.latest, days))
    return any(row.agency == agency and view.same_child(row, entry) for row in rows)
