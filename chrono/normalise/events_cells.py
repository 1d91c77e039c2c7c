"""The events one cell speaks of, each with what the words beside it say. Cached, since cells repeat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from chrono.model import EventStatus, When
from chrono.normalise import events_details as details
from chrono.normalise.events_phrases import Found, plain
from chrono.normalise.events_vocabulary import (
    Added,
    EventType,
    Mode,
    assessment_stages,
    outcome_phrases,
    outcomes_beside,
    phrases,
)
from chrono.normalise.modality import Item, judge, statement_of

SHORT = 4
"""A text of so many words is read like a category cell: 'Visit', 'Case closed'."""

BRIEF = 3
"""The most words of a brief statement: 'Sam home.'"""

NUMBERED = frozenset({"meeting", "session", "visit", "appointment", "document"})
"""Natures that are numbered behind their name: 'Session 4'."""


@dataclass(slots=True)
class Draft:
    """An event as one cell puts it; the row's other cells may still change it, so that each row works on its own copy."""

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

    def own(self) -> Draft:
        """A copy that may be changed."""
        return Draft(
            self.kind,
            self.status,
            self.outcome,
            self.ordinal,
            self.count,
            self.documents,
            self.words,
            self.column,
            self.begin,
            self.end,
            self.sure,
            self.statement,
        )


@lru_cache(maxsize=100_000)
def spotted(cell: str, column: str, mode: Mode, agency_kind: str, added: Added) -> tuple[Draft, ...]:
    """The events one cell speaks of. A short text is read like a category cell, if it begins like one."""
    text = plain(cell)
    items = phrases(mode, agency_kind, added).find(text)
    if mode == "text" and len(text.split()) <= SHORT:
        short = phrases("title", agency_kind, added).find(text)
        items = short if short and short[0].begin == 0 else items
    return tuple(_drafts(text, items, column, result=mode == "result"))


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
    first, last = statement_of(text, item.begin)
    return len(text[first:last].split()) > BRIEF


def _draft(
    text: str, items: Sequence[Item], at: int, kind: EventType, column: str, outcomes: list[Found[str]], *, result: bool
) -> Draft:
    begin, end = items[at].begin, items[at].end
    judged = judge(text, items, at, kind, result=result)
    first, last = statement_of(text, begin)
    return Draft(
        kind,
        judged.status,
        judged.outcome or _outcome_beside(text, items[at], (first, last), outcomes),
        details.ordinal_at(text, begin, end, numbered=kind.nature in NUMBERED),
        details.count_at(text, begin, end),
        tuple(name for name in details.documents_in(text[first:last]) if name not in kind.id),
        text[begin:end],
        column,
        begin,
        end,
        judged.sure,
        (first, last),
    )


def _outcome_beside(text: str, item: Item, statement: tuple[int, int], outcomes: list[Found[str]]) -> str | None:
    """The outcome that stands directly beside an event in its statement: 'referral accepted', 'completed assessment'."""
    beside = outcomes_beside()
    for one in outcomes:
        if one.begin >= item.end and one.begin < statement[1] and one.means[0] in beside:
            return one.means[0] if len(text[item.end : one.begin].split()) <= 2 else None
    before = [one for one in outcomes if statement[0] <= one.begin and one.end <= item.begin]
    stage = before[-1].means[0] if before and item.begin - before[-1].end < 20 else None
    return stage if stage in assessment_stages() else None


def staged(draft: Draft) -> Draft:
    """A social work assessment that is said to have started or been completed is an event of that kind."""
    stages = assessment_stages()
    if draft.kind.family == "single-assessment" and draft.status == "occurred" and draft.kind not in stages.values():
        draft.kind = stages.get(draft.outcome or "", draft.kind)
    return draft
