"""People the child was found, hurt or arrested with, and whom nobody names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from chrono.check import rounds
from chrono.check.any_case import AnyCase
from chrono.check.rule import rule
from chrono.check.view import View, by_file, facts, subjects_of, told, weight
from chrono.check.wording import all_say, ask, listed, quoted
from chrono.check.words import tells, words_for
from chrono.model import Entry, Finding, Timeline

GRAVE = 2
ORDINARY = ("school", "education", "early-help", "voluntary", "")
"""Where children are seen with friends every day."""
WITH = re.compile(r"\b(with|accompan\w+|escort\w*|brought|companions?)\b", re.IGNORECASE)
"""Headers of the column that says who came with the child."""
PERSONS = (
    "girls?|boys?|lads?|males?|females?|m[ae]n|wom[ae]n|lady|ladies|gentleman|youths?|adults?|friends?|mates?|pals?|associates?"
    "|peers?|teenagers?|teens|strangers?|drivers?|partner|boyfriend|girlfriend|blokes?|guys?|persons?|people|someone|somebody"
    "|cousins?|relatives?|relations?|neighbours?|uncles?|aunts?|aunties?|crowd|gang|couple"
)
ANY = (
    "[Aa]n?|[Aa]nother|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]ome|[Ss]everal|[Oo]lder|[Uu]nknown|[Uu]nnamed|[Oo]ther|[Aa]dult"
    "|[Ss]ame|[Hh]is|[Hh]er|[Tt]heir|[Tt]he|[Nn]ew|was|with|w/|by|of|x ?[0-9]+|[0-9]+ ?x?"
)
SOMEBODY = re.compile(
    rf"(?<!\w)(?:{ANY})\s+(?:[a-z0-9-]+\s+){{0,2}}(?:{PERSONS})\b(?! (?:[A-Z]|of the (?:family|school)))"
)
"""Somebody of whom no more than a kind is said: 'a girl from another school', 'two older lads', 'her partner'."""
STRANGER = AnyCase(
    r"\b(?:older|adult|unknown|unnamed|unidentified|grown|another|two|three|four|several|some|strange|a)\s+(?:[a-z-]+\s+){0,1}"
    r"(?:males?|m[ae]n|lads?|youths?|boys?|teenagers?|blokes?|guys?|boyfriend|drivers?|females?|wom[ae]n|girls?)\b(?! [A-Z])"
    r"|\b(?:in|looked|aged|about|late|mid|early)[ -](?:his |her |their |late |mid |early |about )*"
    r"(?:teens|twenties|thirties|20s|30s)\b"
    r"|\b(?:known as|calls himself|calls herself|goes by|nicknamed|street name|called only)\b"
)
"""Somebody nobody would call a friend of the family: he need not be met in any special way."""
OF_A_PARENT = AnyCase(
    r"\b(?:mother|mum|mo|father|dad|parents?|carers?|gran)(?:['’]s)?(?: and)?(?: her| his| their| new| ex| older)*"
    r"[ -](?:partner|boyfriend|girlfriend|friends?|m[ae]n|cousins?|neighbours?)\b"
)
"""Whom a parent is with: no companion of the child."""
OF_A_SERVICE = AnyCase(r"\b(?:man|woman|lady|girl|guy|someone|somebody) (?:from|at|on) the\b")
PERSON = re.compile(rf"\b(?:{PERSONS})\b", re.IGNORECASE)
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
    rows = [entry for entry in timeline.entries if _accompanied(entry, view)]
    for file, entries in by_file(rows):
        words = listed(dict.fromkeys(quoted(_words(entry), 40) for entry in entries))
        yield _finding(timeline, entries, f"{file}: companions not identified", f"Who {words} was is not said.")
    for entries in _perhaps_the_same([row for row in rows if STRANGER.search(_accounts(row))], view):
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
        for word in {PLURAL.sub("", found.lower()) for found in PERSON.findall(_words(entry))}:
            groups[word].append(entry)
    for same in groups.values():
        for run in rounds.near_each_other(same, SOME_MONTHS, once_a_day=False):
            linked = any(other in view.timeline.linked(entry) for entry in run for other in run if other is not entry)
            if len({entry.source.file for entry in run}) > 1 and len(run) <= MOST and not linked:
                yield run


def _accompanied(entry: Entry, view: View) -> bool:
    words = OF_A_PARENT.without(_accounts(entry))
    if tells("left_out_on_purpose", words) or LABEL.search(_without_subjects(entry, words)):
        return False
    grave = (
        weight(entry) >= GRAVE
        or entry.records("hospital-attendance")
        or view.kind(entry.agency) in ("hospital", "police")
    )
    if (grave or tells("handed_to", told(entry))) and tells("companion", words):
        return True
    worried = rounds.worrying(entry) or view.kind(entry.agency) not in ORDINARY or tells("not_asked_who", words)
    met = tells("met_with", words) and worried
    if STRANGER.search(words) and not OF_A_SERVICE.search(words):
        return True
    if tells("in_company", words) and (grave or worried):
        return True
    return bool(SOMEBODY.search(words)) and (grave or met or tells("not_asked_who", words))


def _without_subjects(entry: Entry, words: str) -> str:
    """The words less what the row calls the children of the review: 'YP1' is no label of a companion."""
    for mention in entry.mentions:
        if mention.kind == "subject":
            words = words.replace(mention.text, " ")
    return words


def _words(entry: Entry) -> str:
    words = _accounts(entry)
    found = SOMEBODY.search(words) or STRANGER.search(words)
    return words_for("companion", words) or (found.group() if found else words_for("in_company", words))


def _accounts(entry: Entry) -> str:
    """What the row tells, and its column of who came with the child."""
    return " · ".join((told(entry), *(cell for header, cell in entry.fields.items() if WITH.search(header))))
