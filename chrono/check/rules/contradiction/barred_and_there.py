"""Somebody who may not be near the child or parent, and another agency's row that has them there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chrono.check.nearness import MANNERS, is_there
from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import all_say, ask, quoted, says
from chrono.check.words import idea, tells, words_for
from chrono.model import Entry, Finding, Timeline, day_after, short_day

SHOWN = 4
AGREED = ("written-agreement", "safety-plan")
A_YEAR = 365
"""Days for which an agreement with a family holds, where it names no end."""


@rule("C21", needs="reading", severity="medium")
def barred_and_there(timeline: Timeline, *, days: int = 92) -> Iterator[Finding]:
    """Bail, an order or an agreement keeps somebody away, and another agency's row of that time has the person there.

    Finds: a row that says that a person it names is not to contact, approach or live with somebody, and rows of other agencies
    up to the day on which it says that this ends (else for `days` days, or a year after a written agreement or safety plan)
    that name the same person as at home, living there or with the child; where it only says that they are not to be alone with
    the child, rows that have them alone with the child, and those of the first agency by which the condition is kept to.
    Why it matters: either nobody told the worker, or the worker took the breach for a good sign.
    Stays silent when: the row says that the person was not there, or speaks of the condition or its breach itself; the time
    is over; it is nobody with a name or label.
    """
    view = View.of(timeline)
    for barred, there in MANNERS:
        for entry in view.telling(barred):
            if entry.when.start is None or entry.records("breach"):
                continue
            for person, last in _barred(entry, barred, view, days):
                later = view.everything.about(entry).between(day_after(entry.when.latest), last)
                rows = [row for row in later if row.agency != entry.agency and is_there(row, person, there)]
                if rows:
                    kept = [row for row in later if row.agency == entry.agency and _kept_to(row, person)]
                    yield _finding(entry, rows[:SHOWN], kept[-SHOWN:], barred, person, last, timeline)


def _kept_to(row: Entry, person: str) -> bool:
    """True if the row says that the person holds to the condition."""
    return tells("kept_to_rule", told(row)) and any(mention.actor == person for mention in row.mentions)


def _barred(entry: Entry, barred: str, view: View, days: int) -> Iterator[tuple[str, date]]:
    """Each person (actor id) named before the words that keep them away, and the last day of it."""
    seen: set[str] = set()
    for mention in entry.mentions:
        actor = view.timeline.actor_by_id.get(mention.actor)
        found = idea(barred).search(entry.cell(mention.column))
        no_staff = actor is not None and (not actor.agency or view.is_family(actor.id))
        of_the_family = actor is not None and actor.kind in ("person", "role") and no_staff
        if found and of_the_family and 0 <= mention.begin < found.start() and mention.actor not in seen:
            seen.add(mention.actor)
            yield mention.actor, _last_day(entry, days)


def _last_day(entry: Entry, days: int) -> date:
    """The latest day that the row names after its own: an end of bail, of an order."""
    named = [mention.when.end for mention in entry.dates if mention.when.end]
    named += [event.when.end for event in entry.events if event.when and event.when.end]
    later = [day for day in named if day > entry.when.latest]
    return max(later, default=day_after(entry.when.latest, A_YEAR if entry.records(*AGREED) else days))


def _finding(
    entry: Entry, rows: list[Entry], kept: list[Entry], barred: str, person: str, last: date, timeline: Timeline
) -> Finding:
    name, other = timeline.name_of(person), timeline.name_of(rows[0].agency)
    words = words_for(barred, told(entry))
    return Finding(
        f"{name}: {quoted(words, 40)} ({timeline.name_of(entry.agency)}, {entry.when}); there on {rows[0].when} ({other})"[
            :160
        ],
        cites=(entry.source, *(row.source for row in (*rows, *kept))),
        explanation=f"{says(entry)} Up to {short_day(last)}, {all_say(rows)} No row says that the condition was lifted or known."
        + (f" That it is kept to: {all_say(kept)}" if kept else ""),
        settle=ask(timeline, (rows[0].agency,), "what it knew of the condition, and whom it told of what it saw"),
        agencies=tuple(dict.fromkeys((entry.agency, *(row.agency for row in rows)))),
        subjects=entry.subjects or rows[0].subjects,
        period=facts((entry, *rows)),
        certainty="possible",
    )
