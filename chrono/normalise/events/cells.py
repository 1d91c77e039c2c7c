"""The events one cell speaks of, each with what the words beside it say. Cached, since cells repeat."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from chrono.model import EventStatus, When
from chrono.normalise.events import details
from chrono.normalise.events.ideas import Told, told
from chrono.normalise.events.modality import CAN_BE_PLANNED, PAST, Item, Judgement, judge, statement_ends
from chrono.normalise.events.mood import mood_of, somebody_is_to
from chrono.normalise.events.phrases import Found, plain
from chrono.normalise.events.vocabulary import (
    Added,
    EventType,
    Mode,
    assessment_stages,
    outcome_phrases,
    outcomes_beside,
    phrases,
)

SHORT = 4
"""A text of so many words is read like a category cell: 'Visit', 'Case closed'."""

BRIEF = 3
"""The most words of a brief statement: 'Sam home.'"""

NUMBERED = frozenset({"meeting", "session", "visit", "appointment", "document"})
"""Natures that are numbered behind their name: 'Session 4'."""


KIND_OF_IT = re.compile(r"(?<= )\((\w[\w'&/-]*(?: \w[\w'&/-]*){0,2})\)$")
"""In brackets behind what a 'type of contact' cell names: 'Visit (CIN plan)', 'Meeting (core group)'."""

ANSWERS = frozenset({"accepted", "refused", "declined", "cancelled", "adjourned", "started", "completed", "extended"})
"""Outcomes that the very words of an event may hold: 'referral accepted'."""

STRONGEST: Sequence[EventStatus] = ("occurred", "referred-to", "planned", "did-not-happen", "cancelled")
"""Of several words that say whether a thing took place, the last of these counts."""

Reading = Literal["text", "title", "result", "short"]


@dataclass(slots=True)
class Draft:
    """An event as one cell puts it; the row's other cells may still change it, so each row works on its own copy."""

    kind: EventType
    status: EventStatus
    outcome: str | None = None
    ordinal: int | None = None
    count: tuple[int, int] | None = None
    documents: tuple[str, ...] = ()
    words: str = ""
    column: str = ""
    begin: int = -1
    end: int = -1
    sure: bool = True
    statement: tuple[int, int] = (0, 0)
    when: When | None = None

    def moved(self, by: int) -> Draft:
        """A copy that stands further on in its cell."""
        (first, last) = self.statement
        return Draft(
            self.kind,
            self.status,
            self.outcome,
            self.ordinal,
            self.count,
            self.documents,
            self.words,
            self.column,
            self.begin + by,
            self.end + by,
            self.sure,
            (first + by, last + by),
        )


def spotted(cell: str, column: str, mode: Mode, agency_kind: str, added: Added) -> Iterator[Draft]:
    """The events one cell speaks of, statement by statement. A short text is read like a category cell, if it begins like one."""
    text = KIND_OF_IT.sub(r" \1 ", plain(cell)) if mode == "title" else plain(cell)
    reading: Reading = "short" if mode == "text" and len(text.split()) <= SHORT else mode
    begin = 0
    for end in statement_ends(text):
        statement = text[begin:end]
        inner = statement.lstrip()
        if inner:
            for draft in _in_statement(inner.rstrip(), column, reading, agency_kind, added):
                yield draft.moved(begin + len(statement) - len(inner))
        begin = end


@lru_cache(maxsize=100_000)
def _in_statement(text: str, column: str, reading: Reading, agency_kind: str, added: Added) -> tuple[Draft, ...]:
    """The events of one statement; statements repeat more often than whole cells do."""
    if reading == "short":
        short = phrases("title", agency_kind, added).find(text)
        items = short if short and short[0].begin == 0 else phrases("text", agency_kind, added).find(text)
    else:
        items = phrases(reading, agency_kind, added).find(text)
    drafts = [*_drafts(text, items, column, result=reading == "result")]
    if reading != "title":
        families = {draft.kind.family for draft in drafts}
        drafts += (
            _told_draft(text, items, one, column, result=reading == "result")
            for one in told(text, agency_kind)
            if one.kind.family not in families and not _within_an_event(one, items)
        )
    return tuple(drafts)


def _within_an_event(one: Told, items: Sequence[Item]) -> bool:
    """True if the words that tell of it are part of a longer name: 'family assessment' of a child and family assessment."""
    begin, end = one.places[0][0], one.places[-1][1]
    events = (item for item in items if any(isinstance(meant, EventType) for meant in item.means))
    return any(item.begin <= begin and end <= item.end for item in events)


def _told_draft(text: str, items: Sequence[Item], one: Told, column: str, *, result: bool) -> Draft:
    """An event that several ideas tell of, as the whole statement puts it, else as the words around the ideas do."""
    judged = [_judged(text, items, one, place, result=result) for place in one.places]
    said = max((each for each in judged if each is judged[0] or each.status != "referred-to"), key=_weight)
    mood = mood_of(text)
    begin, end = one.places[0][0], one.places[-1][1]
    if mood is None and said.cue is None and PAST.search(text[begin:end]):
        mood = "occurred"
    return Draft(
        one.kind,
        mood if mood and (mood != "planned" or one.kind.nature in CAN_BE_PLANNED) else said.status,
        None if mood else said.outcome,
        words=text[begin:end],
        column=column,
        begin=begin,
        end=end,
        sure=said.sure,
        statement=(0, len(text)),
    )


def _judged(text: str, items: Sequence[Item], one: Told, place: tuple[int, int], *, result: bool) -> Judgement:
    """How the words around one of the ideas put it."""
    begin, end = place
    before = [item for item in items if item.end <= begin]
    after = [item for item in items if item.begin >= end]
    return judge(text, [*before, Found(begin, end, (one.kind,)), *after], len(before), one.kind, result=result)


def _weight(judged: Judgement) -> int:
    return STRONGEST.index(judged.status)


def _drafts(text: str, items: Sequence[Item], column: str, *, result: bool) -> Iterator[Draft]:
    outcomes: list[Found[str]] | None = None
    for at, item in enumerate(items):
        for kind in item.means:
            if not isinstance(kind, EventType) or _too_long_for(kind, text, item):
                continue
            if outcomes is None:
                outcomes = outcome_phrases().find(text)
            yield staged(_draft(text, items, at, kind, column, outcomes, result=result))


def _too_long_for(kind: EventType, text: str, item: Item) -> bool:
    """True if the words name this kind only in a brief statement, and this one is longer."""
    if text[item.begin : item.end].lower() not in kind.brief:
        return False
    return len(text.split()) > BRIEF


def _draft(
    text: str, items: Sequence[Item], at: int, kind: EventType, column: str, outcomes: list[Found[str]], *, result: bool
) -> Draft:
    begin, end = items[at].begin, items[at].end
    judged = judge(text, items, at, kind, result=result)
    to_come = (
        judged.cue is None and judged.status == "occurred" and kind.nature in CAN_BE_PLANNED and somebody_is_to(text)
    )
    return Draft(
        kind,
        "planned" if to_come else judged.status,
        judged.outcome or _outcome_beside(text, items[at], outcomes),
        details.ordinal_at(text, begin, end, numbered=kind.nature in NUMBERED),
        details.count_at(text, begin, end, incident=kind.nature == "incident"),
        tuple(name for name in details.documents_in(text) if name not in kind.id),
        text[begin:end],
        column,
        begin,
        end,
        judged.sure,
        (0, len(text)),
    )


def _outcome_beside(text: str, item: Item, outcomes: list[Found[str]]) -> str | None:
    """The outcome that stands directly beside an event in its statement: 'referral accepted', 'completed assessment'."""
    beside = outcomes_beside()
    for one in outcomes:
        within = item.begin <= one.begin < item.end <= one.end and one.means[0] in ANSWERS
        if within or (one.begin >= item.end and one.means[0] in beside):
            return one.means[0] if len(text[item.end : one.begin].split()) <= 2 else None
    before = [one for one in outcomes if one.end <= item.begin]
    stage = before[-1].means[0] if before and item.begin - before[-1].end < 20 else None
    return stage if stage in assessment_stages() else None


def staged(draft: Draft) -> Draft:
    """A social work assessment that is said to have started or been completed is an event of that kind."""
    stages = assessment_stages()
    if draft.kind.family == "single-assessment" and draft.status == "occurred" and draft.kind not in stages.values():
        draft.kind = stages.get(draft.outcome or "", draft.kind)
    return draft
