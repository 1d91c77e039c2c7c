"""One row says that somebody was told of a thing or knew it, a later one that they were not and did not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from chrono.check.rule import rule
from chrono.check.topics import Sentence, rare_words, sentences, topics
from chrono.check.view import View, date_in_doubt, facts, told
from chrono.check.wording import all_say, ask, quoted
from chrono.check.words import idea, tells
from chrono.model import Entry, Finding, Mention, Timeline, day_after

LONG_BEFORE = re.compile(
    r"\b(?:since|already|all along|always|previously|earlier|had been|were told|was told|has been told"
    r"|been aware|at the time|in \d{4}|on \d|months? ago|weeks? ago|last (?:year|month|week|term))\b",
    re.IGNORECASE,
)
"""In a row of telling that is later than the one of not knowing: it was done before."""
PRONOUN = re.compile(r"\b(?:she|he|they|her|him|them)\b", re.IGNORECASE)
BY_OR_WITH = re.compile(r"\b(?:by|from|with|of|to)(?: the| her| his| their)? *$", re.IGNORECASE)
"""Right before a name: it is not the one who speaks, as in 'until the visit by Anna, she says, nobody told her'."""
LATER = 92
"""Days after a row of not knowing in which another may say that it was known long before."""
SHOWN = 3
ENOUGH = 2
"""How much two sentences have in common at least where they speak of one thing: see _likeness."""
NO_TOPICS = frozenset(
    ("being told", "being asked and heard", "help", "visits", "being invited", "where the child lives")
)
"""What rows of telling are about by their words alone: it makes no two of them speak of one thing."""


@dataclass(frozen=True)
class Said:
    """A sentence of a row by which somebody knew or did not know: of what, and who."""

    entry: Entry
    words: str
    topics: frozenset[str]
    rare: frozenset[str]
    who: frozenset[str]
    of_family: bool = False
    """True if it is a relative who is said not to have known, and nobody else."""
    of: frozenset[str] = frozenset()
    """The agencies that the sentence names."""


@rule("C22", needs="reading", severity="low")
def knew_or_did_not_know(timeline: Timeline, *, days: int = 400) -> Iterator[Finding]:
    """One record says that somebody was told or aware, a later one that they were not.

    Finds: a row by which an agency, a worker or a parent was told of a thing, was there when it was spoken of, or had it on
    record, and a row of the `days` days after it in which the same one is said not to have known, with the thing in common.
    Why it matters: what was done, or left undone, is explained by what people knew.
    Stays silent when: they were told only later; the two rows have no topic in common; the telling was planned or failed.
    """
    view = View.of(timeline)
    telling = view.track("somebody told", lambda: view.telling("told_somebody"))
    for entry in view.telling("did_not_know", "not_knowing"):
        if date_in_doubt(entry) or not entry.when.known:
            continue
        for unaware in _unaware(entry, view):
            known = _known_before(
                unaware,
                list(
                    telling.about(entry).between(
                        day_after(entry.when.earliest, -days), day_after(entry.when.latest, LATER)
                    )
                ),
                view,
            )
            if known:
                yield _finding(known, unaware, timeline)
                break


def _unaware(entry: Entry, view: View) -> Iterator[Said]:
    for sentence in sentences(told(entry)):
        found = _not_knowing(sentence.text)
        if found and (relative := _meant_by_her(entry, sentence, found, view)):
            said = _said(entry, sentence, found.group(), frozenset((relative,)), view)
            yield replace(said, of_family=True, of=_who(entry, view, sentence.text) & view.agencies.keys())
        if found:
            who = _who(entry, view, sentence.text[: found.start()])
            if not who & view.agencies.keys():  # the row speaks of its own agency, and of its worker
                workers = (m for m in entry.mentions if m.kind in ("role", "unresolved"))
                who |= {entry.agency, *(_plain(mention, view) for mention in workers)}
            yield _said(entry, sentence, found.group(), who, view)


def _meant_by_her(entry: Entry, sentence: Sentence, found: re.Match[str], view: View) -> str:
    """The relative (actor id) whom a sentence that names nobody speaks of: 'Gran upset. Says nobody had told her why.'"""
    if not PRONOUN.search(sentence.text, found.start()):
        return ""
    place = entry.text.find(sentence.text)
    people = [m for m in entry.mentions if m.column == "text" and m.kind in ("person", "subject") and place >= 0]
    inside = [
        m
        for m in people
        if place <= m.begin < place + found.start() and not BY_OR_WITH.search(entry.text[place : m.begin])
    ]
    before = [m for m in people if m.begin < place]
    last = max(before, key=lambda mention: mention.begin, default=None)
    return last.actor if last and not inside and view.is_family(last.actor) else ""


def _not_knowing(sentence: str) -> re.Match[str] | None:
    return idea("did_not_know").search(sentence) or idea("not_knowing").search(sentence)


def _known_before(unaware: Said, rows: list[Entry], view: View) -> list[Said]:
    """The sentences that best say the same one to have known the same thing, SHOWN at most, the likest first."""
    found: dict[str, tuple[int, Said]] = {}
    for row in rows:
        later = row.when.surely_after(unaware.entry.when)
        for sentence in sentences(told(row)) if row.id != unaware.entry.id else ():
            words = _telling(sentence)
            if words and (not later or LONG_BEFORE.search(sentence.text)):
                said = _said(row, sentence, words, _who(row, view) | {row.agency}, view)
                likeness = _likeness(said, unaware)
                if likeness >= max(ENOUGH, found.get(row.id, (0,))[0]):
                    found[row.id] = likeness, said
    best = sorted(found.values(), key=lambda one: (one[0], one[1].entry.when.sort_key), reverse=True)
    return [said for _, said in best[:SHOWN]]


def _telling(sentence: Sentence) -> str:
    """The words by which somebody was told, where they are not denied, planned or tried only."""
    if idea("did_not_know").search(sentence.text):
        return ""
    for found in idea("told_somebody").pattern.finditer(sentence.text):
        if not tells("not_told_yet", sentence.text[: found.start()]):
            return found.group()
    return ""


def _likeness(one: Said, other: Said) -> int:
    """How much two sentences have in common: those who knew and each topic count two, each rare word one."""
    if one.entry.agency == other.entry.agency and not one.topics & other.topics:
        return 0
    if other.of_family:
        common = 2 * len(one.topics & other.topics) + len(one.rare & other.rare) + 2 * (one.entry.agency in other.of)
        return common if one.who & other.who else 0
    return 2 * bool(one.who & other.who) + 2 * len(one.topics & other.topics) + len(one.rare & other.rare)


def _said(entry: Entry, sentence: Sentence, words: str, who: frozenset[str], view: View) -> Said:
    """What a sentence says: where it has no topic of its own ("School not told."), that of its row."""
    of = topics(sentence.text) - NO_TOPICS or topics(told(entry)) - NO_TOPICS
    return Said(entry, words, of, rare_words(sentence.text.replace(words, " "), entry, view), who)


def _who(entry: Entry, view: View, within: str | None = None) -> frozenset[str]:
    """Those whom a row, or a part of it, names: agencies, and people by their part rather than by whose row it is."""
    return frozenset(
        name
        for mention in entry.mentions
        if mention.kind != "subject" and (within is None or mention.text in within)
        for name in (view.agency_of(mention), _plain(mention, view))
        if name
    )


def _plain(mention: Mention, view: View) -> str:
    """'headteacher' for 'school-headteacher' and for 'police-headteacher': each return names people for itself."""
    if mention.kind == "unresolved":
        return mention.text.lower()
    if mention.kind not in ("person", "role"):
        return ""
    first, _, rest = mention.actor.partition("-")
    return rest if first in view.agencies else mention.actor


def _finding(known: list[Said], unaware: Said, timeline: Timeline) -> Finding:
    rows = [*(said.entry for said in known), unaware.entry]
    agencies = tuple(dict.fromkeys(row.agency for row in rows))
    first, second = timeline.name_of(rows[0].agency), timeline.name_of(unaware.entry.agency)
    return Finding(
        f"{first} writes {quoted(known[0].words, 40)}, {second} {quoted(unaware.words, 40)}"[:160],
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} They seem to speak of the same thing and of the same people.",
        settle=ask(timeline, agencies, "who was told what, by whom, on what day, and how it was noted"),
        agencies=agencies,
        subjects=unaware.entry.subjects or rows[0].subjects,
        period=facts(rows),
        certainty="possible",
    )
