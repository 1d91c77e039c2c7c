"""'The school rang': which of two that were at work with the child?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.statements import statement
from chrono.check.view import View, by_file, facts, told
from chrono.check.wording import all_say, ask, listed, named, quoted
from chrono.check.words import tells, words_for
from chrono.model import Entry, Finding, Timeline, day_after

AROUND = 60
MOST = 12
SOME = {
    "youth-justice": "some_youth_justice",
    "social-care": "some_social_care",
    "mental-health": "some_mental_health",
    "school": "some_school",
    "nursery": "some_nursery",
    "hospital": "some_hospital",
    "gp": "some_gp",
    "police": "some_police",
    "housing": "some_housing",
    "early-help": "some_early_help",
    "voluntary": "some_voluntary",
    "probation": "some_probation",
    "health": "some_health",
    "substance-misuse": "some_substance_misuse",
    "placement": "some_childrens_home",
}
"""Kind of service -> the words that stand for any of the kind."""


@rule("D45", needs="plain", severity="low", together=True)
def which_of_two(timeline: Timeline) -> Iterator[Finding]:
    """A service of a kind says or does something, and the case has two of that kind at work.

    Finds: rows, by file, in which "the school" or "the youth offending team" says, decides or does something, when two of
    that kind were at work with the child around that time, as their own rows show.
    Why it matters: each of the two may believe that the other was meant.
    Stays silent when: a word of the row or a linked row tells which one; only one of them was at work then; the row's own
    agency is of that kind.
    """
    view = View.of(timeline)
    for file, kind, entries in _of_a_kind(view):
        words = listed(dict.fromkeys(quoted(words_for(SOME[kind], told(entry)), 40) for entry in entries))
        yield Finding(
            f"{file}: which {words} is meant is not said ({len(entries)} row{'s' * (len(entries) > 1)})",
            cites=tuple(entry.source for entry in entries),
            explanation=f"{all_say(entries)} In this case {words} may be "
            f"{named(timeline, _fitting(entries[0], kind, view), 'or')}.",
            settle=ask(timeline, (entries[0].agency,), "which service it meant, and whom it spoke to there"),
            agencies=(entries[0].agency,),
            subjects=view.children(entries),
            period=facts(entries),
            certainty="possible",
            column="text",
        )


def _of_a_kind(view: View) -> Iterator[tuple[str, str, list[Entry]]]:
    """By file and kind of service, the rows in which one of that kind says or does something, and two may be meant."""
    shown: set[str] = set()
    for kind, idea in SOME.items():
        if len(_called(kind, view)) < 2:
            continue
        rows = (row for row in view.telling(idea) if row.id not in shown and _two_may_be_meant(row, kind, view))
        for file, entries in by_file(rows):
            shown.update(entry.id for entry in entries)
            yield file, kind, entries[:MOST]


def _called(kind: str, view: View) -> tuple[str, ...]:
    """The agencies of the case that the words for a kind may stand for: by their kind of service, or by their own name."""
    return tuple(
        agency.id
        for agency in view.timeline.case.agencies
        if agency.kind == kind or (not agency.kind and tells(SOME[kind], agency.name))
    )


def _two_may_be_meant(entry: Entry, kind: str, view: View) -> bool:
    if not statement(entry, SOME[kind], "says_or_does") or not entry.when.known or len(_fitting(entry, kind, view)) < 2:
        return False
    text = told(entry).casefold()
    own_kind = view.kind(entry.agency) == kind
    if own_kind and not re.search(r"\bother\b", text):
        return False  # a service that speaks of its own kind means itself
    if any(row.agency in _called(kind, view) for row in view.timeline.linked(entry)):
        return False
    return not any(word in text for id_ in _called(kind, view) for word in _own_words(id_, kind, view))


def _fitting(entry: Entry, kind: str, view: View) -> tuple[str, ...]:
    """The agencies of a kind that were at work around that time, as their own rows show, but for the one that wrote the row."""
    return tuple(id_ for id_ in _called(kind, view) if id_ != entry.agency and _at_work(id_, entry, view))


def _at_work(agency: str, entry: Entry, view: View) -> bool:
    first, last = day_after(entry.when.earliest, -AROUND), day_after(entry.when.latest, AROUND)
    return bool(view.agency(agency).about(entry).between(first, last))


def _own_words(agency: str, kind: str, view: View) -> list[str]:
    """The words of an agency's name that no other agency of the kind has: they settle which one is meant."""
    known = view.agencies[agency]
    others = {word for id_ in _called(kind, view) if id_ != agency for word in _words(view.agencies[id_].name)}
    names = (known.name, *known.aliases)
    return [word for name in names for word in _words(name) if word not in others and len(word) > 3]


def _words(name: str) -> list[str]:
    return [word.casefold() for word in re.findall(r"[A-Za-z'’]+", name)]
