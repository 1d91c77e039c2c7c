"""Cases held for months without a row of supervision or a manager's decision."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from chrono.check.rule import rule
from chrono.check.statements import soon_after, stating
from chrono.check.view import Track, View, facts, told
from chrono.check.wording import all_say, ask, counted, says
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline, day_after

MONTH = 31
MOST = 10
SUPERVISION = "management-supervision"
REGULAR = 3
"""So many rows of supervision about a child show that it is recorded case by case."""
NO_WISH_TO_PROSECUTE = re.compile(
    r"\b(?:not|n['’]t|never|no longer|un(?:able|willing) to|refus\w+ to|declin\w+ to)\b[^.;]{0,15}"
    r"\b(?:support|agree|consent|wish|want|pursue|press|assist|back|engage)\w*\b[^.;]{0,25}"
    r"\b(?:charges?|charging|prosecut\w+|police action|police investigation|complaint|statement|court|criminal)\b",
    re.IGNORECASE,
)
"""What a victim decides for herself: no agency is against another's decision."""
CHANGES = ("reallocation", "worker-starts", "handover")
SINCE = 8
STOPPED = 120
"""Rows and days of work after the last of them, from which on it has stopped."""


@rule("M09", needs="typed", severity="low")
def oversight_not_recorded(
    timeline: Timeline, *, months: int = 6, contacts: int = 12, days: int = 60, interval: int = 92
) -> Iterator[Finding]:
    """A case is worked on without supervision, a manager's eye or a challenge that any row shows.

    Finds: rows which say that supervision, a manager's reading or an audit did not take place, is overdue or was asked for; a
    decision that another agency was against, without a row that it was challenged or escalated within `days` days; and
    `contacts` or more rows of social care about one child over at least `months` months, without a closure or a pause
    of half that time, none of which speaks of supervision, a manager or a chair; supervision that was recorded again and
    again, and then no more while the work goes on for more than twice as long as between any two before; and two rows of
    supervision that are more than `interval` days apart, with work and a change of worker between them and no manager's eye.
    Why it matters: reviews look for reflection and challenge, and find that it was not written down.
    Stays silent when: any of the rows shows oversight; the return was plainly asked for contacts only and is short; it took
    place within a month; the disagreement was taken up and settled.
    """
    view = View.of(timeline)
    yield from _said(view)
    yield from _unchallenged(view, days)
    for agency in view.of_kinds("social-care", returned=True):
        for child in timeline.case.subjects:
            run = _longest_run(list(view.agency_child(agency, child.id)), months)
            for rows in _without_oversight(run):
                if len(rows) >= contacts and (rows[-1].when.earliest - rows[0].when.latest).days >= months * 30:
                    yield _finding(agency, child.id, rows, view)
            if after := _after_the_last(list(view.agency_child(agency, child.id)), child.id):
                yield _stopped(agency, child.id, *after, view)
        for before, between, after_it in _long_between(list(view.agency(agency)), interval):
            yield _far_apart(agency, before, between, after_it, view)


def _long_between(rows: list[Entry], interval: int) -> Iterator[tuple[Entry, list[Entry], Entry]]:
    """Two neighbouring rows of supervision that are surely more than so many days apart, with the rows between them, among
    which the worker changes."""
    held = [place for place, row in enumerate(rows) if row.records(SUPERVISION) and row.when.is_day]
    for first, second in pairwise(held):
        before, between, after = rows[first], rows[first + 1 : second], rows[second]
        changed = any(row.records(*CHANGES) for row in between)
        ended = any(row.records("closure", "transfer") for row in between)
        if (
            changed
            and not ended
            and len(between) >= SINCE
            and before.when.days_until(after.when)[0] > interval
            and not any(row.records(SUPERVISION) or tells("supervised", told(row)) for row in between)
        ):
            yield before, between, after


def _far_apart(agency: str, before: Entry, between: list[Entry], after: Entry, view: View) -> Finding:
    name = view.timeline.name_of(agency)
    changes = [row for row in between if row.records(*CHANGES)]
    return Finding(
        f"{name}: no supervision recorded from {before.when} to {after.when}, though the worker changed",
        cites=(before.source, after.source),
        explanation=f"{says(before)} {says(after)} Between them are {counted(before.when.latest, after.when.earliest)} and "
        f"{len(between)} rows, none of which speaks of supervision. Meanwhile the worker changed: {all_say(changes[:MOST])}",
        settle=ask(view.timeline, (agency,), "supervision records of that time, and how the case was handed over"),
        agencies=(agency,),
        expected_from=(agency,),
        subjects=view.children([before, *between, after]),
        period=facts((before, after)),
        certainty="possible",
    )


def _after_the_last(rows: list[Entry], child: str) -> tuple[list[Entry], list[Entry]] | None:
    """The rows of a supervision that was held again and again, and the agency's rows about the child since it stopped: many
    more days of work than there ever were between two of them."""
    held = [row for row in rows if row.records(SUPERVISION) and row.when.is_day and child in row.subjects]
    if len(held) < REGULAR:
        return None
    usual = max((after.when.earliest - before.when.latest).days for before, after in pairwise(held))
    since = [row for row in rows if child in row.subjects and row.when.surely_after(held[-1].when)]
    closed = next((place for place, row in enumerate(since) if row.records("closure", "transfer")), len(since) - 1)
    since = since[: closed + 1]
    stopped = len(since) >= SINCE and (since[-1].when.earliest - held[-1].when.latest).days > max(STOPPED, 2 * usual)
    return (held, since) if stopped else None


def _stopped(agency: str, child: str, held: list[Entry], since: list[Entry], view: View) -> Finding:
    name, last = view.timeline.name_of(agency), held[-1]
    return Finding(
        f"{name}: supervision is recorded {len(held)} times up to {last.when}, and no more",
        cites=(last.source, since[-1].source),
        explanation=f"{all_say(held)} After the last of them {name} has {len(since)} rows about the child, to {since[-1].when}: "
        f"{counted(last.when.latest, since[-1].when.earliest)}.",
        settle=ask(view.timeline, (agency,), "supervision records from then on, and who had the case"),
        agencies=(agency,),
        expected_from=(agency,),
        subjects=(child,),
        period=facts((last, since[-1])),
        certainty="possible",
    )


def _without_oversight(run: list[Entry]) -> Iterator[list[Entry]]:
    """The rows between one look of a manager and the next."""
    rows: list[Entry] = []
    for row in run:
        if _overseen(row):
            yield rows
            rows = []
        else:
            rows.append(row)
    yield rows


def _finding(agency: str, child: str, rows: list[Entry], view: View) -> Finding:
    first, last = rows[0], rows[-1]
    return Finding(
        f"{view.timeline.name_of(agency)}: no supervision or manager's decision recorded from {first.when} to {last.when}",
        cites=(first.source, last.source),
        explanation=f"{says(first)} {says(last)} Between them are {counted(first.when.latest, last.when.earliest)} and "
        f"{len(rows)} rows, none of which speaks of supervision, a manager or a chair.",
        settle=ask(view.timeline, (agency,), "supervision records and management decisions on the case"),
        agencies=(agency,),
        expected_from=(agency,),
        subjects=(child,),
        period=facts((first, last)),
        certainty="possible",
    )


def _said(view: View) -> Iterator[Finding]:
    """Rows that say that oversight is wanting, all of one agency and child in one finding."""
    groups: dict[tuple[str, tuple[str, ...]], list[Entry]] = defaultdict(list)
    for entry, _ in stating(view, "oversight", "oversight_wanting", unless=("not_oversight",)):
        if not soon_after(entry, view, MONTH, "supervised"):
            groups[entry.agency, entry.subjects].append(entry)
    for (agency, _), rows in groups.items():
        yield Finding(
            f"{view.timeline.name_of(agency)}: supervision or a manager's view was wanting, by its own words",
            cites=tuple(row.source for row in rows[:MOST]),
            explanation=f"{all_say(rows[:MOST])} No row of {view.timeline.name_of(agency)} shows it within a month of that.",
            settle=ask(view.timeline, (agency,), "supervision records and management decisions on the case"),
            agencies=(agency,),
            expected_from=(agency,),
            subjects=view.children(rows),
            period=facts(rows),
            severity="medium",
        )


def _unchallenged(view: View, days: int) -> Iterator[Finding]:
    """Decisions that somebody was against, by a row's words, and that no row shows being challenged or settled."""
    for entry in Track(view.telling("against_decision")):
        said = NO_WISH_TO_PROSECUTE.sub("", told(entry))
        rows = _around(entry, view, days) if tells("against_decision", said) and tells("decided", said) else None
        if rows is None or any(tells("challenged", told(row)) for row in rows):
            continue
        yield Finding(
            f"A disagreement over a decision ({entry.when}) has no record of being taken up",
            cites=(entry.source,),
            explanation=f"{says(entry)} No row of any agency in the {days} days that followed shows that it was escalated, "
            "challenged or settled.",
            settle=ask(view.timeline, (entry.agency,), "any challenge or escalation, and the answer to it"),
            agencies=(entry.agency,),
            expected_from=(entry.agency,),
            subjects=entry.subjects,
            period=facts((entry,)),
            certainty="possible",
            severity="medium",
        )


def _around(entry: Entry, view: View, days: int) -> list[Entry] | None:
    if not entry.when.known:
        return None
    return view.everything.about(entry).between(entry.when.earliest, day_after(entry.when.latest, days))


def _longest_run(rows: list[Entry], months: int) -> list[Entry]:
    runs: list[list[Entry]] = [rows[:1]]
    for before, after in pairwise(rows):
        broken = before.when.days_until(after.when)[0] > months * 15 or before.records("closure", "transfer")
        if broken:
            runs.append([after])
        else:
            runs[-1].append(after)
    return max(runs, key=len)


def _overseen(row: Entry) -> bool:
    return row.records("management-supervision", "management-decision") or tells("supervised", told(row))
