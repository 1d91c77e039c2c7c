"""A thing that has ended for the agency that holds it goes on in another agency's rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chrono.check.any_case import AnyCase
from chrono.check.parties import named_by_own_word
from chrono.check.pictures import DENIED
from chrono.check.rule import rule
from chrono.check.standing import Thing, things
from chrono.check.topics import sentences
from chrono.check.view import Track, View, date_in_doubt, facts, told
from chrono.check.wording import all_say, ask, quoted, span
from chrono.check.words import Idea
from chrono.model import Entry, Finding, Timeline, day_after

NOT_NOW = AnyCase(
    r"\b(?:was|were|had|used to|previously|until|before|would|could|should|if|whether|hop(?:e|es|ed|ing)|wants?|wanted|wish\w*"
    r"|ask\w*|request\w*|appl(?:y|ied|ying)|refer\w*|to be|not yet|no longer|never|stopped)\b"
)
"""Before the words by which a thing goes on: it did once, or may one day."""
MOST = 3
"""Rows of the holder that are cited: the last ones by which it ended."""


@dataclass(frozen=True)
class GoesOn:
    """A row by which a thing goes on: the words, the children concerned, and the holders that it names."""

    entry: Entry
    words: str
    children: tuple[str, ...]
    holders: frozenset[str]


@rule("C25", needs="reading", severity="medium")
def goes_on_though_ended(timeline: Timeline) -> Iterator[Finding]:
    """A school place, a home, a move, an investigation or a bar has ended for its holder, and goes on for another agency.

    Finds: a row of the agency that holds such a thing that it has ended (off roll, keys back, application shut, no further
    action, conditions lapsed), and a later row of another agency by which it goes on (attends daily, lives there, waits for
    an offer, the decision is awaited), with no row of the holder between them that it began again; low where the row does
    not name the holder.
    Why it matters: plans are made on what is no longer there.
    Stays silent when: it began again in between; the later row denies it, tells of the end too, or names another holder.
    """
    view = View.of(timeline)
    for thing in things():
        for row in view.telling(thing.goes_on.name):
            of_its_own = view.kind(row.agency) in thing.kinds
            if row.when.known and not of_its_own and not date_in_doubt(row) and not _ended(thing, row):
                for found in _said(thing, row, view):
                    if ends := _ends(thing, found, view):
                        yield _finding(thing, ends, found, timeline)
                        break


def _said(thing: Thing, row: Entry, view: View) -> Iterator[GoesOn]:
    """What a row says of the thing going on: the words, the children, and the holder if it names one."""
    for sentence in sentences(told(row)):
        found = thing.goes_on.search(sentence.text)
        if not found or DENIED.search(sentence.text[: found.start()]) or NOT_NOW.search(sentence.text[: found.start()]):
            continue
        mentions = [one for one in row.mentions if one.text and one.text in sentence.text]
        children = tuple(dict.fromkeys(one.actor for one in mentions if one.kind == "subject"))
        named = {agency for one in mentions if (agency := view.agency_of(one))} | named_by_own_word(
            sentence.text.lower(), view
        )
        holders = {agency for agency in named - {row.agency} if view.kind(agency) in (*thing.kinds, "")}
        if holders or thing.about.told_in(sentence.text):
            yield GoesOn(row, found.group(), children or row.subjects, frozenset(holders))


def _ends(thing: Thing, found: GoesOn, view: View) -> list[Entry]:
    """The last rows of one holder by which the thing had ended, where nothing shows that it began again by then."""
    row = found.entry
    before = [
        end
        for end in _history(thing, view)
        .of_children(found.children)
        .between(day_after(row.when.earliest, -thing.days), _last_day(row))
        if end.agency != row.agency
        and end.when.latest < _last_day(row)
        and (not found.holders or end.agency in found.holders)
    ]
    if not before or (not found.holders and _begins(thing, before[-1])):
        return []
    last = before[-1].agency
    ends: list[Entry] = []
    for end in reversed(before):
        if _begins(thing, end):
            break
        ends += [end] if end.agency == last else []
    return ends[:MOST][::-1]


def _last_day(row: Entry) -> date:
    """The last day of which a row tells: that of its last dated event, else the first its own date can mean."""
    return max([row.when.earliest, *(event.when.start for event in row.events if event.when and event.when.start)])


def _history(thing: Thing, view: View) -> Track:
    """The rows of holders by which the thing ended or began."""
    return view.track(("standing", thing.name), lambda: _turns(thing, view))


def _turns(thing: Thing, view: View) -> Iterator[Entry]:
    rows = {row.id for row in view.telling(thing.ended.name, thing.begun.name)}
    rows |= {row.id for types in (thing.ending, thing.beginning) if types for row in view.recording(*types)}
    for row in view.everything:
        holds = row.id in rows and view.kind(row.agency) in thing.kinds and not date_in_doubt(row)
        if holds and (_ended(thing, row) or _begins(thing, row)):
            yield row


def _ended(thing: Thing, row: Entry) -> bool:
    """True if it ends in the row; where that tells of a beginning too ('joins us, excluded elsewhere') what comes first."""
    ended, begun = _place(thing.ended, row), _place(thing.begun, row)
    if ended is None and thing.ending and row.records(*thing.ending):
        ended = len(told(row))
    return ended is not None and (begun is None or ended <= begun)


def _begins(thing: Thing, row: Entry) -> bool:
    began = _place(thing.begun, row) is not None or (bool(thing.beginning) and row.records(*thing.beginning))
    return began and not _ended(thing, row)


def _place(idea: Idea, row: Entry) -> int | None:
    """Where the words of an idea stand in what a row tells, unless they are denied."""
    found = idea.search(told(row))
    return found.start() if found and not DENIED.search(told(row)[: found.start()]) else None


def _finding(thing: Thing, ends: list[Entry], found: GoesOn, timeline: Timeline) -> Finding:
    row, end = found.entry, ends[-1]
    holder, other = timeline.name_of(end.agency), timeline.name_of(row.agency)
    return Finding(
        f"{holder} has {thing.name} as ended {end.when}; {other} writes {quoted(found.words, 40)} {row.when}"[:160],
        cites=(*(one.source for one in ends), row.source),
        explanation=f"{all_say([*ends, row])} From the one to the other are {span(end.when, row.when)}; no row of {holder} "
        "between them shows that it began again.",
        settle=ask(timeline, dict.fromkeys((end.agency, row.agency)), thing.settle),
        agencies=(end.agency, row.agency),
        subjects=found.children or end.subjects,
        period=facts((*ends, row)),
        certainty="possible",
        severity=None if found.holders else "low",
    )
