"""The events one cell speaks of, each with what the words beside it say. Cached, since cells repeat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from chrono.model import EventStatus, When
from chrono.normalise.events import details
from chrono.normalise.events.modality import Item, judge, statement_ends
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


ANSWERS = frozenset({"accepted", "refused", "declined", "cancelled", "adjourned", "started", "completed", "extended"})
"""Outcomes that the very words of an event may hold: 'referral accepted'."""

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
    text = plain(cell)
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
    return tuple(_drafts(text, items, column, result=reading == "result"))


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
    return Draft(
        kind,
        judged.status,
        judged.outcome or _outcome_beside(text, items[at], outcomes),
        details.ordinal_at(text, begin, end, numbered=kind.nature in NUMBERED),
        details.count_at(text, begin, end),
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
