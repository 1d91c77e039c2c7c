"""'The youth offending team', where the case has two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import View, by_file, facts, subjects_of, told
from chrono.check.wording import all_say, ask, listed, named, quoted, sentence_at
from chrono.check.words import tells, words_for
from chrono.model import Entry, Finding, Mention, Timeline, day_after

SENTENCE = re.compile(r"(?<=[.;])\s+| · ")
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
MATTERS = ("closing", "leans_on", "at_work_now")
"""Where it must be known which one: the row closes because of it, counts on it, or says that it is at work."""


@rule("D29", needs="plain", severity="low")
def agency_or_branch_unclear(timeline: Timeline) -> Iterator[Finding]:
    """A service is named by its kind only, and the case has two or more of that kind.

    Finds: rows, by file, that close, count on a service or say that it is at work, and call it by a word ("the youth
    offending team") that fits several agencies of the case and is the name of none; rows in which a service of a kind says or
    does something, and two of that kind were at work around that time; rows that tell or send something to
    "the other office", "the relevant team".
    Why it matters: each of the two may believe that the other was meant.
    Stays silent when: the case has one such agency; the terms of reference give the word as a name of one; the row's own
    agency is of that kind; nothing in the row hangs on it.
    """
    view = View.of(timeline)
    yield from _nobody_in_particular(view)
    shown: set[str] = set()
    unclear = {entry.id: mention for entry in view.telling(*MATTERS) if (mention := _unclear(entry, view))}
    for file, entries in by_file(entry for entry in timeline.entries if entry.id in unclear):
        shown.update(entry.id for entry in entries)
        words = listed(dict.fromkeys(quoted(unclear[entry.id].text, 40) for entry in entries))
        kinds = dict.fromkeys(view.kind(unclear[entry.id].actor) for entry in entries)
        fitting = named(timeline, (id_ for kind in kinds for id_ in view.of_kinds(kind)), "or")
        yield Finding(
            f"{file}: which service is meant is not said ({len(entries)} row{'s' * (len(entries) > 1)})",
            cites=tuple(entry.source for entry in entries),
            explanation=f"{all_say(entries)} In this case {words} may be {fitting}.",
            settle=ask(timeline, (entries[0].agency,), "which service it meant, and whom it spoke to there"),
            agencies=(entries[0].agency,),
            subjects=view.children(entries),
            period=facts(entries),
            certainty="possible",
            column="text",
        )
    for file, kind, entries in _of_a_kind(view, shown):
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


def _of_a_kind(view: View, shown: set[str]) -> Iterator[tuple[str, str, list[Entry]]]:
    """By file and kind of service, the rows in which one of that kind says or does something, and two may be meant."""
    for kind, idea in SOME.items():
        if len(_called(kind, view)) < 2:
            continue
        rows = (entry for entry in view.telling(idea) if entry.id not in shown and _two_may_be_meant(entry, kind, view))
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
    acts = any(tells(SOME[kind], one) and tells("says_or_does", one) for one in SENTENCE.split(told(entry)))
    if not acts or not entry.when.known or len(_fitting(entry, kind, view)) < 2:
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
    if agency not in view.timeline.returned:
        return True
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


def _unclear(entry: Entry, view: View) -> Mention | None:
    for mention in entry.mentions:
        if mention.kind != "agency" or mention.column != "text" or not mention.text:
            continue
        kind = view.kind(mention.actor)
        fits_several = kind and kind != view.kind(entry.agency) and len(view.of_kinds(kind)) > 1
        sentence = sentence_at(entry.text, mention.begin)
        if fits_several and not _is_a_name(mention, view) and any(tells(matter, sentence) for matter in MATTERS):
            return mention
    return None


def _is_a_name(mention: Mention, view: View) -> bool:
    """True if the words, or some of them, are what the case itself calls an agency."""
    words = mention.text.casefold()
    return any(
        name.casefold() in words for agency in view.agencies.values() for name in (agency.name, *agency.aliases) if name
    )


def _nobody_in_particular(view: View) -> Iterator[Finding]:
    """Rows that tell or send something to a service of which not even the kind is said."""
    for file, entries in by_file(entry for entry in view.telling("some_service") if _to_nobody(entry)):
        words = listed(dict.fromkeys(quoted(words_for("some_service", told(entry)), 40) for entry in entries))
        yield Finding(
            f"{file}: told or sent to a service that is not named ({len(entries)} row{'s' * (len(entries) > 1)})",
            cites=tuple(entry.source for entry in entries),
            explanation=f"{all_say(entries)} Which service {words} is, no row says, so nobody can be asked whether it came.",
            settle=ask(view.timeline, (entries[0].agency,), "which service it meant, and whom it spoke to there"),
            agencies=(entries[0].agency,),
            subjects=subjects_of(entries),
            period=facts(entries),
            certainty="possible",
            column="text",
        )


def _to_nobody(entry: Entry) -> bool:
    return any(
        tells("some_service", sentence) and tells("handed_on", sentence) for sentence in SENTENCE.split(told(entry))
    )
