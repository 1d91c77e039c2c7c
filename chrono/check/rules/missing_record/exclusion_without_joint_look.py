"""Permanent exclusions and hasty moves without a referral or a joint meeting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from chrono.check import rounds
from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import all_say, ask
from chrono.check.words import tells
from chrono.model import Entry, Finding, Severity, Timeline, day_after

ENDS = ("exclusion-permanent", "off-roll")
JOINT = (
    "referral",
    "early-help-referral",
    "panel-referral",
    "strategy-discussion",
    "professionals-meeting",
    "multi-agency-panel",
    "team-around-the-family",
    "initial-conference",
    "review-conference",
    "core-group",
    "cin-review",
    "looked-after-review",
    "contact",
)
SCHOOLS = ("school", "education", "alternative-provision")
HEARERS = ("health", "mental-health", "hospital", "gp", "police", "court", "youth-justice", "probation")
"""Agencies that only hear of the end of a place at school."""
SHOWN = 6


@rule("M23", needs="typed", severity="medium")
def exclusion_without_joint_look(timeline: Timeline, *, days: int = 42) -> Iterator[Finding]:
    """A child is permanently excluded or taken off roll, with no referral and no meeting of services around it.

    Finds: a permanent exclusion or the end of a roll in a school's rows, with no referral, contact or multi-agency meeting
    about the child in the `days` days before and after it. Of low severity: the end of a place at school, college or nursery
    told in other words or by others (a move to another school, home education, a course that is ended), with the rows that
    tell of it.
    Why it matters: exclusion raises the risk of harm, and is a moment at which services can look together.
    Stays silent when: a referral or joint meeting is recorded; the case is open and the social worker informed; the family
    has moved too far away; the date is vaguer than the weeks that are looked at.
    """
    view = View.of(timeline)
    told_of: set[str] = set()
    if view.of_kinds("social-care", returned=True):
        groups: dict[str, list[Entry]] = defaultdict(list)
        for entry in view.recording(*ENDS):
            if (
                view.kind(entry.agency) in SCHOOLS
                and entry.when.start
                and entry.when.end
                and (entry.when.latest - entry.when.earliest).days <= days
                and not tells("left_by_moving", told(entry))
                and not _looked_at(entry, view, days)
            ):
                groups[entry.agency].append(entry)
        for agency, rows in groups.items():
            told_of.update(row.id for row in rows)
            yield _finding((agency,), rows[:SHOWN], view)
    for rows in _places_lost(view, days):
        if told_of.isdisjoint(row.id for row in rows):
            told_of.update(row.id for row in rows)
            yield _finding(tuple(dict.fromkeys(row.agency for row in rows)), rows[:SHOWN], view, "low")


def _looked_at(entry: Entry, view: View, days: int) -> bool:
    words = told(entry).lower()
    if "social worker" in words or "social care informed" in words or entry.when.within(*view.timeline.period) is False:
        return True
    rows = view.recording(*JOINT).between(day_after(entry.when.earliest, -days), day_after(entry.when.latest, days))
    return any(view.same_child(row, entry) and row.id != entry.id for row in rows)


def _places_lost(view: View, days: int) -> Iterator[list[Entry]]:
    """The rows of all agencies that tell of the end of one place, where no services came together over it."""
    rows = [row for row in view.telling("school_lost", "left_school") if row.when.start and row.when.end]
    for _, _, found in rounds.of_children("", rows):
        for start, first in enumerate(found):
            if (
                view.kind(first.agency) in HEARERS
                or not _ends_a_place(first)
                or any(_ends_a_place(row) for row in _within(found[:start], first, days))
            ):
                continue
            later = _within(found[start + 1 :], first, 2 * days)
            if not _joined_up(first, view, days):
                yield [first, *later]


def _within(rows: list[Entry], entry: Entry, days: int) -> list[Entry]:
    return [row for row in rows if abs((row.when.earliest - entry.when.earliest).days) <= days]


def _ends_a_place(entry: Entry) -> bool:
    words = told(entry)
    return (
        rounds.affirms("school_lost", words) and not tells("end_avoided", words) and not tells("left_by_moving", words)
    )


def _joined_up(entry: Entry, view: View, days: int) -> bool:
    """True if services were asked or told, or met, in the weeks around, as any row tells."""
    if entry.when.within(*view.timeline.period) is False:
        return True
    around = view.everything.about(entry).between(
        day_after(entry.when.earliest, -days), day_after(entry.when.latest, days)
    )
    return any(row.records(*JOINT) or rounds.affirms("looked_at_together", told(row)) for row in around)


def _finding(agencies: tuple[str, ...], rows: list[Entry], view: View, severity: Severity | None = None) -> Finding:
    holders = view.of_kinds("social-care", returned=True)
    everybody = tuple(dict.fromkeys((*agencies, *holders)))
    return Finding(
        f"{view.timeline.name_of(agencies[0])}: exclusion or removal from roll without a referral or joint meeting",
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} No return has a referral, contact or multi-agency meeting about the child in "
        f"the six weeks around it.",
        settle=ask(
            view.timeline, everybody, "whether social care or early help was asked or told, and what was decided"
        ),
        agencies=everybody,
        expected_from=holders,
        subjects=view.children(rows),
        period=facts(rows),
        severity=severity,
        certainty="possible",
    )
