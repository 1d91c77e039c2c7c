"""People the child was found, hurt or arrested with, and whom nobody names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from chrono.check import rounds
from chrono.check.any_case import AnyCase
from chrono.check.rule import rule
from chrono.check.view import View, by_file, facts, subjects_of, told, weight
from chrono.check.wording import all_say, ask, listed, quoted
from chrono.check.words import idea, tells, words_for
from chrono.model import Entry, Finding, Timeline

GRAVE = 2
ORDINARY = ("school", "education", "early-help", "voluntary", "")
"""Where children are seen with friends every day."""
WITH = re.compile(r"\b(with|accompan\w+|escort\w*|brought|companions?)\b", re.IGNORECASE)
"""Headers of the column that says who came with the child."""
WITHOUT_NAME = ("companion", "somebody", "stranger", "in_company")
"""Ideas for company without a name, those with the best words first."""
OF_A_SERVICE = AnyCase(r"\b(?:man|woman|lady|girl|guy|someone|somebody) (?:from|at|on) the\b")
PLURAL = re.compile(r"s$")
SOME_MONTHS = 120
MOST = 8
LABEL = re.compile(r"\b(?:AP|Associate|Person|Friend|Male|Female|Adult|Child|YP|Subject) ?(?:\d{1,2}|[B-Z])\b")


@rule("D09", needs="plain", severity="low")
def unidentified_companion(timeline: Timeline) -> Iterator[Finding]:
    """Who the child was with is not said.

    Finds: rows, by file, of the police or about a missing episode, an arrest, an injury, an attendance at hospital, a child
    picked up from nursery, a worry or the like, that speak of a friend, a cousin, an older male or a group without a name or
    label.
    Why it matters: the same companion in several rows is how exploitation is seen.
    Stays silent when: the person has a label or is left out on purpose; the row is about nothing that anybody worries
    about.
    """
    view = View.of(timeline)
    rows = [entry for entry in _of_company(view) if _accompanied(entry, view)]
    for file, entries in by_file(rows):
        words = listed(dict.fromkeys(quoted(_words(entry), 40) for entry in entries))
        yield _finding(timeline, entries, f"{file}: companions not identified", f"Who {words} was is not said.")
    for entries in _perhaps_the_same([row for row in rows if tells("stranger", _accounts(row))], view):
        yield _finding(
            timeline,
            entries,
            "Perhaps one companion in the rows of several agencies, identified by none",
            "Whether it was the same person, and who, no row says.",
        )


def _finding(timeline: Timeline, entries: list[Entry], title: str, open_question: str) -> Finding:
    agencies = tuple(dict.fromkeys(entry.agency for entry in entries))
    return Finding(
        f"{title} ({len(entries)} row{'s' * (len(entries) > 1)})",
        cites=tuple(entry.source for entry in entries),
        explanation=f"{all_say(entries)} {open_question}",
        settle=ask(timeline, agencies, "whether the person is known, under a label, and seen in other records"),
        agencies=agencies,
        subjects=subjects_of(entries),
        period=facts(entries),
        certainty="possible" if len(agencies) > 1 else "definite",
        column="text",
    )


def _perhaps_the_same(rows: list[Entry], view: View) -> Iterator[list[Entry]]:
    """Rows of several files, within some months, that call somebody by the same kind of word."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in rows:
        for word in {PLURAL.sub("", found.lower()) for found in idea("person").findall(_words(entry))}:
            groups[word].append(entry)
    for same in groups.values():
        for run in rounds.near_each_other(same, SOME_MONTHS, once_a_day=False):
            of_several = len({entry.source.file for entry in run}) > 1 and len(run) <= MOST
            if of_several and not any(other in view.timeline.linked(entry) for entry in run for other in run):
                yield run


def _of_company(view: View) -> Iterator[Entry]:
    """Rows that speak of somebody without a name, and those with a column of who came with the child."""
    telling = {entry.id for entry in view.rows(*WITHOUT_NAME, "with_a_parent")}
    return (row for row in view.timeline.entries if row.id in telling or any(map(_says_with_whom, row.fields)))


def _accompanied(entry: Entry, view: View) -> bool:
    words = idea("with_a_parent").without(_accounts(entry))
    if tells("left_out_on_purpose", words) or not _company_told(entry, words, view):
        return False
    return not LABEL.search(_without_subjects(entry, words))


def _company_told(entry: Entry, words: str, view: View) -> bool:
    """True if the words speak of somebody without a name, in a row of something that one may worry about."""
    grave = (
        weight(entry) >= GRAVE
        or entry.records("hospital-attendance")
        or view.kind(entry.agency) in ("hospital", "police")
    )
    if (grave or tells("handed_to", told(entry))) and tells("companion", words):
        return True
    worried = rounds.worrying(entry) or view.kind(entry.agency) not in ORDINARY or tells("not_asked_who", words)
    met = tells("met_with", words) and worried
    if tells("stranger", words) and not OF_A_SERVICE.search(words):
        return True
    if tells("in_company", words) and (grave or worried):
        return True
    return tells("somebody", words) and (grave or met or tells("not_asked_who", words))


def _without_subjects(entry: Entry, words: str) -> str:
    """The words less what the row calls the children of the review: 'YP1' is no label of a companion."""
    for mention in entry.mentions:
        if mention.kind == "subject":
            words = words.replace(mention.text, " ")
    return words


def _words(entry: Entry) -> str:
    words = _accounts(entry)
    return next(filter(None, (words_for(name, words) for name in WITHOUT_NAME)), "")


def _accounts(entry: Entry) -> str:
    """What the row tells, and its column of who came with the child."""
    return " · ".join((told(entry), *(cell for header, cell in entry.fields.items() if _says_with_whom(header))))


@cache
def _says_with_whom(header: str) -> bool:
    return WITH.search(header) is not None
