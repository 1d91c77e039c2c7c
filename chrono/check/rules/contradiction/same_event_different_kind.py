"""Two names for one event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from chrono.check.pairs import Pair, linked_pairs
from chrono.check.parties import named_parties
from chrono.check.rule import rule
from chrono.check.shared import rare, shared_words
from chrono.check.view import View, facts
from chrono.check.wording import all_say, ask, listed, quoted
from chrono.model import Entry, Finding, Timeline

MOST = 10
GATHERINGS = {
    "discussion": "discussion",
    "disc": "discussion",
    "call": "discussion",
    "conversation": "discussion",
    "meeting": "meeting",
    "mtg": "meeting",
    "conference": "conference",
    "conf": "conference",
    "review": "review",
    "panel": "panel",
}
"""The last word of a name, short or in full, and what kind of gathering it calls the event."""
KINDS = (
    "strategy-discussion",
    "initial-conference",
    "review-conference",
    "core-group",
    "cin-review",
    "looked-after-review",
    "team-around-the-family",
    "professionals-meeting",
    "multi-agency-panel",
    "marac",
    "mappa",
    "legal-planning",
    "family-group-conference",
    "school-meeting",
    "placement-panel",
    "ehc-review",
    "personal-education-plan",
)
"""Kinds of meeting of which a child hardly has two on one day with different agencies."""


@rule("C02", needs="typed", severity="low")
def same_event_different_kind(timeline: Timeline) -> Iterator[Finding]:
    """One agency calls it a discussion, the other a meeting, a review or a conference.

    Finds: rows that record the same event under different names of one family of events, a finding for each two agencies;
    and meetings of one day about one child that two or more agencies name differently, and that nothing shows to be two.
    Why it matters: what it was decides who had to be there, what had to be written, and what had to follow.
    Stays silent when: the names are the same but for an abbreviation, or one row names no kind at all.
    """
    groups: dict[tuple[str, str], list[tuple[Pair, str, str]]] = defaultdict(list)
    for _, one, other in linked_pairs(timeline):
        names = _names(one, other)
        if names and one.agency != other.agency:
            agencies = tuple(sorted((one.agency, other.agency)))
            groups[agencies[0], agencies[1]].append(((one, other), *names))
    for rows in _meetings_of_one_day(
        View.of(timeline), {frozenset((one.id, other.id)) for _, one, other in linked_pairs(timeline)}
    ):
        yield _of_one_day(rows, timeline)
    for agencies, found in sorted(groups.items()):
        for start in range(0, len(found), MOST):
            yield _finding(agencies, found[start : start + MOST], timeline)


def _meetings_of_one_day(view: View, joined: set[frozenset[str]]) -> Iterator[list[Entry]]:
    """Rows of several agencies of one day about one child, each of a meeting of another kind, that name each other or share
    rare words; none of them has a partner of its own kind."""
    by_day: dict[date, list[Entry]] = defaultdict(list)
    for row in view.recording(*KINDS):
        if row.when.is_day and row.when.start and any(event.words for event in row.events_of(*KINDS)):
            by_day[row.when.start].append(row)
    for rows in (of_child for of_day in by_day.values() for of_child in _of_one_child(of_day, view)):
        first = rows[0]
        others = [row for row in rows[1:] if row.agency != first.agency and not _kinds(row) & _kinds(first)]
        seem_one = [row for row in others if _seem_one(first, row, view) or frozenset((first.id, row.id)) in joined]
        if seem_one and len({row.agency for row in rows}) == len(rows):
            yield [first, *seem_one]


def _of_one_child(rows: list[Entry], view: View) -> Iterator[list[Entry]]:
    """The rows of a day in groups about one child each: a row about two children stands with what others have of either."""
    groups: list[list[Entry]] = []
    for row in sorted(rows, key=lambda row: -len(row.subjects)):
        group = next((each for each in groups if view.same_child(each[0], row)), None)
        if group is None:
            groups.append([row])
        else:
            group.append(row)
    yield from groups


def _kinds(row: Entry) -> set[str]:
    return {event.type for event in row.events_of(*KINDS)}


def _seem_one(one: Entry, other: Entry, view: View) -> bool:
    named = {party.agency for row in (one, other) for party in named_parties(row, view)}
    return bool(named & {one.agency, other.agency}) or bool(rare(shared_words(one, other), view))


def _of_one_day(rows: list[Entry], timeline: Timeline) -> Finding:
    agencies = tuple(dict.fromkeys(row.agency for row in rows))
    called = listed(quoted(row.events_of(*KINDS)[0].words, 40) for row in rows)
    return Finding(
        f"Meetings of {rows[0].when} that may be one are called {called}"[:160],
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} They are of one day and one child, and no agency has two.",
        settle=ask(timeline, agencies, "what kind of meeting it was, and its minutes"),
        agencies=agencies,
        subjects=rows[0].subjects,
        period=facts(rows),
        certainty="possible",
    )


def _names(one: Entry, other: Entry) -> tuple[str, str] | None:
    """The words of each for a meeting of one family, if they differ in kind."""
    for mine in one.events:
        for theirs in other.events:
            same_family = mine.family and mine.family == theirs.family
            called = _gathering(mine.words), _gathering(theirs.words)
            if same_family and "meeting" in (mine.nature, theirs.nature) and all(called) and called[0] != called[1]:
                return mine.words, theirs.words
    return None


def _gathering(words: str) -> str:
    """What the last word calls it: 'strategy meetings' is a meeting; '' for names such as ICPC that do not say."""
    return GATHERINGS.get(words.lower().split()[-1].rstrip("s."), "") if words.strip() else ""


def _finding(agencies: tuple[str, str], found: list[tuple[Pair, str, str]], timeline: Timeline) -> Finding:
    rows = [entry for pair, _, _ in found for entry in pair]
    words = listed(f"{quoted(one, 40)} and {quoted(other, 40)}" for _, one, other in found[:4])
    first, second = (timeline.name_of(agency) for agency in agencies)
    return Finding(
        f"{first} and {second} give one event different names ({len(found)} time{'s' * (len(found) > 1)})",
        cites=tuple(entry.source for entry in rows),
        explanation=f"The same event is called {words}. {all_say(rows)}",
        settle=ask(timeline, agencies, "what kind of meeting it was, and its minutes"),
        agencies=agencies,
        subjects=rows[0].subjects,
        period=facts(rows),
    )
