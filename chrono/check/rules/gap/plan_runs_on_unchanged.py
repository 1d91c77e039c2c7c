"""A plan that goes on from review to review while things do not get better."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from chrono.check import rounds
from chrono.check.rule import rule
from chrono.check.view import View, facts, result, told, unique, weight
from chrono.check.wording import all_say, ask, counted, many, says
from chrono.check.words import tells
from chrono.model import Entry, Finding, Severity, Timeline, day_after

REVIEWS = (
    "review-conference",
    "looked-after-review",
    "cin-review",
    "core-group",
    "assessment",
    "single-assessment",
    "assessment-completed",
)
STARTS = ("initial-conference", "cp-plan-start", "became-looked-after", "cin-plan", "cp-plan")
VISITS = ("visit", "home-visit", "statutory-visit", "single-assessment", "assessment")
SHOWN = 12
A_LITTLE = 120
WORD = re.compile(r"\w+")
NOT_HELD = ("refused", "declined", "cancelled", "not-agreed", "rejected")
ENDINGS = ("cp-plan-end", "closure", "ceased-looked-after", "step-down")
TURNS = (
    "pre-proceedings",
    "legal-planning",
    "care-proceedings",
    "interim-care-order",
    "care-order",
    "became-looked-after",
)


HALF_A_YEAR = 150
APART = 250
"""Days between two reviews: what is further apart belongs to no series."""
LONG_ENOUGH = 4
"""Words: a clause of so many that stands in row after row is a record that was copied; a shorter one may be a heading."""


@rule("G19", needs="typed", severity="medium")
def plan_runs_on_unchanged(
    timeline: Timeline, *, reviews: int = 3, days: int = 365, many_reviews: int = 5
) -> Iterator[Finding]:
    """A plan is continued at review after review for a year or more, until a decisive step or serious events.

    Finds: `reviews` or more reviews in a row that end in "continues" over at least `days` days, with a turn to legal steps
    at their end or serious events among them; or `many_reviews` in a row however close together. The plan's start, the first
    and last review and the turn are cited, and within one year each review. Of low severity: `reviews` or more meetings or
    reviews of any agency about one child, over half a year or more, that change nothing, or of which the same words are
    told, while somebody records a worry; one more suffices without one.
    Why it matters: the time between the first grounds for the decisive step and the step itself is what a review asks about.
    Stays silent when: the plan ended or changed between; the series is shorter; nothing shows that things got worse.
    """
    view = View.of(timeline)
    told_of: set[str] = set()
    for run in _runs(view):
        steps = [row for row in run if _goes_on(row)]
        first, last = run[0], run[-1]
        if len(steps) < reviews or first.when.end is None:
            continue
        if len(steps) < many_reviews and (last.when.latest - first.when.earliest).days < days:
            continue
        worse = [
            row for row in view.serious.between(first.when.earliest, last.when.latest) if view.same_child(row, first)
        ]
        if worse or _turns(last):
            told_of.update(row.id for row in run)
            yield _finding(run, steps, worse, view)
    for steps in _without_change(view, reviews):
        worse = _worries(steps, view)
        if (worse or len(steps) > reviews) and sum(row.id in told_of for row in steps) * 2 < len(steps):
            told_of.update(row.id for row in steps)
            yield _finding(steps, steps, worse, view, "low")


def _without_change(view: View, reviews: int) -> Iterator[list[Entry]]:
    """Series of reviews of one agency about one child in which nothing is changed, or in which the same words stand."""
    for _, _, rows in rounds.with_any(view, filter(_changes_nothing, view.telling("as_before"))):
        for run in rounds.near_each_other(rows, APART):
            if len(run) >= reviews and _lasts(run):
                yield run
    for agency, entries in view.timeline.by_agency():
        for _, _, rows in rounds.of_children(agency, (row for row in entries if row.when.known)):
            for copied in _with_one_clause(rows):
                for run in rounds.near_each_other(copied, APART):
                    if len(run) >= reviews and _lasts(run) and not all(map(_changes_nothing, run)):
                        yield run


def _lasts(run: list[Entry]) -> bool:
    return (run[-1].when.earliest - run[0].when.latest).days >= HALF_A_YEAR


def _changes_nothing(entry: Entry) -> bool:
    """True if a row tells of a review, a meeting or a look at a plan that leaves it as it was."""
    words = told(entry)
    reviews = entry.records(*REVIEWS) or (tells("looked_at_again", words) and not entry.records(*VISITS))
    return reviews and tells("as_before", words) and not _turns(entry) and not tells("plan_changed", words)


def _with_one_clause(rows: list[Entry]) -> Iterator[list[Entry]]:
    """Groups of reviews in which one and the same clause of some words stands behind the heading: actions copied forward."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for row in rows:
        if tells("looked_at_again", told(row)) and not rounds.closes(row):
            for clause in dict.fromkeys(map(_plain, rounds.clauses(row)[1:])):
                groups[clause].append(row)
    yield from (same for clause, same in groups.items() if len(clause.split()) >= LONG_ENOUGH)


def _plain(clause: str) -> str:
    return " ".join(WORD.findall(clause.lower()))


def _worries(steps: list[Entry], view: View) -> list[Entry]:
    """What anybody records of worry from the first of these reviews to the last, and a little after."""
    first, last = steps[0], steps[-1]
    days = first.when.earliest, day_after(last.when.latest, A_LITTLE)
    worries = {row.id for row in rounds.worries(view).about(first).between(*days)}
    worries |= {row.id for row in view.weighty.about(first).between(*days) if row.agency != first.agency}
    worries -= {row.id for row in steps}
    return view.in_order(worries) or [row for row in steps if rounds.worrying(row)]


def _runs(view: View) -> Iterator[list[Entry]]:
    """For each agency and child the rows from the start of a plan, over its reviews, to its end or turning point."""
    runs: dict[tuple[str, tuple[str, ...]], list[Entry]] = defaultdict(list)
    alone = _children_reviewed(view)
    for entry in view.rows("turning_point", types=(*REVIEWS, *STARTS, *ENDINGS, *TURNS)):
        if view.kind(entry.agency) != "social-care" or not entry.when.known:
            continue
        key = (entry.agency, entry.subjects or alone.get(entry.agency, ()))
        if entry.records(*ENDINGS):
            yield from ([runs.pop(key)] if runs.get(key) else [])
        elif _begins_anew(entry):
            yield from ([runs.pop(key)] if runs.get(key) else [])
            runs[key] = [entry]
        elif _turns(entry):
            yield from ([[*runs.pop(key), entry]] if runs.get(key) else [])
        elif entry.records(*REVIEWS, *STARTS):
            runs[key].append(entry)
    yield from (run for run in runs.values() if run)


def _begins_anew(entry: Entry) -> bool:
    """True if a child protection plan starts; a conference that was asked for and refused changes nothing."""
    starts = entry.events_of("initial-conference", "cp-plan-start")
    refused = all(event.outcome in NOT_HELD for event in starts)
    return bool(starts) and not refused and not entry.records("review-conference")


def _children_reviewed(view: View) -> dict[str, tuple[str, ...]]:
    """For each agency whose reviews name only one child (or the same children): whom its rows without a name are about."""
    named: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for entry in view.recording(*REVIEWS):
        if entry.subjects and _goes_on(entry):
            named[entry.agency].add(entry.subjects)
    return {agency: next(iter(children)) for agency, children in named.items() if len(children) == 1}


def _turns(entry: Entry) -> bool:
    return entry.records(*TURNS, status=None) or tells("turning_point", told(entry))


def _goes_on(entry: Entry) -> bool:
    return entry.records(*REVIEWS) and tells("plan_goes_on", result(entry) or told(entry))


def _close_together(steps: list[Entry]) -> bool:
    """True if the whole series lies within a year: then each review is shown, else the first and the last."""
    return (steps[-1].when.latest - steps[0].when.earliest).days < 365


def _finding(
    run: list[Entry], steps: list[Entry], worse: list[Entry], view: View, severity: Severity | None = None
) -> Finding:
    first, last = run[0], run[-1]
    shown = unique((first, *(steps[:SHOWN] if severity or _close_together(steps) else steps[:1]), steps[-1], last))
    grave = sorted(worse, key=lambda row: -weight(row))[:3]
    events = (
        f" In that time {many(len(worse), 'event')} of concern are recorded, among them: {all_say(grave)}"
        if worse
        else ""
    )
    return Finding(
        f"A plan was continued at {len(steps)} reviews without a change that the rows show",
        cites=tuple(row.source for row in shown),
        explanation=f"{says(first)} {all_say(steps)} The last row of the series: {says(last)} The whole lasted "
        f"{counted(first.when.earliest, last.when.latest)} at most.{events}",
        settle=ask(
            view.timeline,
            (first.agency,),
            "what changed in the plan from review to review, and when other steps were first considered",
        ),
        agencies=(first.agency,),
        subjects=first.subjects,
        period=facts(run),
        severity=severity,
        certainty="possible",
    )
