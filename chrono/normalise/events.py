"""What happened: the events a row speaks of, each with its status, from its text and its category, outcome and action cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from chrono.model import Case, DateMention, Entry, Event, Mention, When
from chrono.normalise import events_details as details
from chrono.normalise.events_declared import declares
from chrono.normalise.events_phrases import plain
from chrono.normalise.events_vocabulary import (
    Added,
    EventType,
    Mode,
    outcome_phrases,
    outcomes,
    outcomes_beside,
    phrases,
    types,
)
from chrono.normalise.modality import KEPT_OR_MISSED, Item, judge, statement_of
from chrono.normalise.services import kind_of_agency

__all__ = ["declares", "outcomes", "recognise", "types"]

COLUMNS: tuple[tuple[str, Mode], ...] = (
    ("category", "title"),
    ("text", "text"),
    ("outcome", "result"),
    ("action", "result"),
)
"""The cells that speak of events, in the order in which their events are listed."""

SHORT = 4
"""A text of so many words is read like a category cell: 'Visit', 'Case closed'."""

BRIEF = 3
"""The most words of a brief statement: 'Sam home.'"""

NUMBERED = frozenset({"meeting", "session", "visit", "appointment", "document"})
STAGES: Mapping[str, str] = {"started": "assessment-started", "completed": "assessment-completed"}
"""Which kind of event a social work assessment's stage is."""

TOGETHER = frozenset({"meeting", "visit", "interview", "assessment", "session", "plan", "decision"})
OFFERED = frozenset({"session", "visit", "appointment", "interview", "contact", "assessment"})
"""Natures that a family refuses; what else is 'refused' was refused by a service or a panel."""

PASSED_ON = frozenset({"referral", "notification", "contact", "document"})


@dataclass(frozen=True, slots=True)
class Spotted:
    """An event found in one cell, with where it stands, before the row's other cells are looked at."""

    event: Event
    nature: str
    statement: tuple[int, int]


def recognise(entry: Entry, case: Case) -> tuple[Event, ...]:
    """The events an entry speaks of: those of its category cell first, then as they stand in the text, outcome and action."""
    kind = _agency_kind(entry, case)
    added = _added(case)
    spotted = [
        one
        for column, mode in COLUMNS
        if (cell := entry.text if column == "text" else entry.fields.get(column, ""))
        for one in _spotted(cell, column, mode, kind, added)
    ]
    spotted.extend(_of_the_row(spotted, kind))
    if not spotted:
        return ()
    spotted = _dated(spotted, entry)
    spotted = _as_attended(spotted, entry)
    spotted = [replace(one, event=_staged(one.event)) for one in _with_outcome(spotted, entry)]
    return tuple(_complete(one, entry, kind) for one in _without_doubles(spotted))


# ------------------------------------------------------------------------------------------------- finding in one cell


@lru_cache(maxsize=200_000)
def _spotted(cell: str, column: str, mode: Mode, kind: str, added: Added) -> tuple[Spotted, ...]:
    """The events one cell speaks of. A short text is read like a category cell."""
    text = plain(cell)
    items = phrases(mode, kind, added).find(text)
    if mode == "text" and len(text.split()) <= SHORT:
        short = phrases("title", kind, added).find(text)
        items = short if short and short[0].begin == 0 else items
    return tuple(_events(text, items, column, result=mode == "result"))


def _of_the_row(spotted: Sequence[Spotted], kind: str) -> Iterator[Spotted]:
    """The event that every row of such an agency is: a panel's log has one row for each discussion at the panel."""
    for whole in types().values():
        if whole.row_of == kind != "" and not any(one.event.type == whole.id for one in spotted):
            event = Event(
                whole.id, family=whole.family, nature=whole.nature, weight=whole.weight, column="", sure=False
            )
            yield Spotted(event, whole.nature, (0, 0))


def _events(text: str, items: Sequence[Item], column: str, *, result: bool) -> Iterator[Spotted]:
    for at, item in enumerate(items):
        for meant in item.means:
            if isinstance(meant, EventType) and not _too_long_for(meant, text, item):
                yield _event(text, items, at, meant, column, result=result)


def _too_long_for(kind: EventType, text: str, item: Item) -> bool:
    """True if the words name this kind only in a brief statement, and this one is longer."""
    first, last = statement_of(text, item.begin)
    return text[item.begin : item.end].lower() in kind.brief and len(text[first:last].split()) > BRIEF


def _event(text: str, items: Sequence[Item], at: int, kind: EventType, column: str, *, result: bool) -> Spotted:
    begin, end = items[at].begin, items[at].end
    judged = judge(text, items, at, kind, result=result)
    first, last = statement_of(text, begin)
    outcome = judged.outcome or _outcome_beside(text, begin, end, (first, last))
    event = Event(
        type=kind.id,
        status=judged.status,
        outcome=outcome,
        ordinal=details.ordinal_at(text, begin, end, numbered=kind.nature in NUMBERED),
        count=details.count_at(text, begin, end),
        documents=tuple(name for name in details.documents_in(text[first:last]) if name not in kind.id),
        words=text[begin:end],
        column=column,
        begin=begin,
        end=end,
        sure=judged.sure,
        family=kind.family,
        nature=kind.nature,
        weight=kind.weight,
    )
    return Spotted(_staged(event), kind.nature, (first, last))


def _outcome_beside(text: str, begin: int, end: int, statement: tuple[int, int]) -> str | None:
    """The outcome that stands directly beside an event in its statement: 'referral accepted', 'completed assessment'."""
    after = text[end : min(statement[1], end + 40)]
    known = outcomes_beside()
    found = [one for one in outcome_phrases().find(after) if one.means[0] in known]
    told = next((one.means[0] for one in found if len(after[: one.begin].split()) <= 2), None)
    if told:
        return told
    before = outcome_phrases().find(text[max(statement[0], begin - 30) : begin])
    return next((one.means[0] for one in before[-1:] if one.means[0] in STAGES), None)


# ------------------------------------------------------------------------------------------- the row's cells together


def _dated(spotted: list[Spotted], entry: Entry) -> list[Spotted]:
    """Each date in the text goes to the event nearest to it in its statement, rather the one it follows."""
    texts = [one for one in spotted if one.event.column == "text"]
    given: dict[int, DateMention] = {}
    for mention in entry.dates:
        near = [one for one in texts if one.statement[0] <= mention.begin < one.statement[1]]
        if near:
            nearest = min(near, key=lambda one: _distance(one.event, mention))
            given.setdefault(id(nearest), mention)
    dated = [_with_date(one, given.get(id(one))) for one in spotted]
    announced = [_announced(one, given[id(one)]) for one in spotted if id(one) in given]
    return dated + [one for one in announced if one]


def _distance(event: Event, mention: DateMention) -> int:
    return mention.begin - event.end if mention.begin >= event.end else 2 * (event.begin - mention.end) + 5


def _with_date(one: Spotted, mention: DateMention | None) -> Spotted:
    """The event with its own date. A date it lasts until or is due by is not the day it took place."""
    if mention is None or not mention.when.known or mention.role == "recorded":
        return one
    event = one.event
    if mention.role in ("planned-for", "due-by") and event.status == "occurred":
        return one
    # A dated mention of something past says that it took place: 'after the meeting of 3 May'.
    status = (
        "occurred" if event.status == "referred-to" and mention.role in ("occurred", "referring-back") else event.status
    )
    return replace(one, event=replace(event, when=mention.when, status=status))


def _announced(one: Spotted, mention: DateMention) -> Spotted | None:
    """The end that a row announces with its date: 'bailed to 27/02/19' plans a bail-end on that day."""
    until = types()[one.event.type].until if one.event.type in types() else ""
    if not until or mention.role not in ("planned-for", "due-by") or one.event.status != "occurred":
        return None
    end = types()[until]
    event = replace(
        one.event,
        type=end.id,
        status="planned",
        when=mention.when,
        family=end.family,
        nature=end.nature,
        weight=end.weight,
        outcome=None,
        count=None,
        ordinal=None,
    )
    return replace(one, event=event, nature=end.nature)


def _as_attended(spotted: list[Spotted], entry: Entry) -> list[Spotted]:
    """A visit, session or appointment did not happen if the row says that nobody came, or that it was cancelled."""
    missed = [one for one in spotted if one.event.type == "did-not-attend" and one.event.status == "occurred"]
    cell = _cell_outcome(entry)
    verdict = "cancelled" if cell == "cancelled" else "did-not-happen" if missed or cell == "did-not-attend" else None
    if verdict is None:
        return spotted
    return [_missed(one, missed, verdict) for one in spotted]


def _missed(one: Spotted, missed: Sequence[Spotted], verdict: Literal["cancelled", "did-not-happen"]) -> Spotted:
    event = one.event
    arranged = one.nature in KEPT_OR_MISSED and event.status in (
        ("occurred", "planned") if verdict == "cancelled" else ("occurred",)
    )
    near = not missed or event.column != "text" or any(_beside(one, other) for other in missed)
    return replace(one, event=replace(event, status=verdict)) if arranged and near else one


def _beside(one: Spotted, other: Spotted) -> bool:
    """True if two events stand in the same or in neighbouring statements, or in different cells."""
    if one.event.column != other.event.column:
        return True
    (first, last), (begin, end) = one.statement, other.statement
    return first <= end + 1 and begin <= last + 1


def _staged(event: Event) -> Event:
    """A social work assessment that is said to have started or been completed is an event of that kind."""
    if event.family != "single-assessment" or event.status != "occurred" or event.type in STAGES.values():
        return event
    return replace(event, type=STAGES.get(event.outcome or "", event.type))


def _cell_outcome(entry: Entry) -> str | None:
    return next(
        (found for column in ("outcome", "action") if (found := _outcome_of(entry.fields.get(column, "")))), None
    )


@lru_cache(maxsize=65536)
def _outcome_of(cell: str) -> str | None:
    """What an outcome cell says first; None if it says nothing we know."""
    found = outcome_phrases().find(plain(cell)) if cell else []
    return next((one.means[0] for one in found if one.means), None)


def _with_outcome(spotted: list[Spotted], entry: Entry) -> list[Spotted]:
    """The outcome cell speaks of the row's main event: the first that is not merely spoken of."""
    rows = [
        one for one in spotted if one.event.column in ("category", "text", "") and one.event.status != "referred-to"
    ]
    if not rows:
        return spotted
    main = rows[0]
    told = _cell_outcome(entry)
    outcome = told or main.event.outcome or _outcome_in_short_statement(entry.text, main.event.column == "text")
    if outcome is None or outcome == main.event.outcome:
        return spotted
    if outcome == "refused" and main.nature in OFFERED:
        outcome = "declined"
    return [replace(one, event=replace(one.event, outcome=outcome)) if one is main else one for one in spotted]


@lru_cache(maxsize=65536)
def _outcome_in_short_statement(text: str, behind_the_first: bool) -> str | None:
    """An outcome that is a statement of its own: 'Referral to the clinic. Accepted.'"""
    statements = [part.strip() for part in re.split(r"[.;\n]", plain(text))][behind_the_first:]
    return next(
        (found for part in statements if part and len(part.split()) <= 3 and (found := _outcome_of(part))), None
    )


def _without_doubles(spotted: Sequence[Spotted]) -> list[Spotted]:
    """One event of a type, status and date; a category's general or repeated name gives way to what the text says."""
    kept: dict[tuple[str, str, When | None, int | None], Spotted] = {}
    in_text = [one.event for one in spotted if one.event.column == "text"]
    families = {one.event.family for one in spotted if one.event.status == "occurred"}
    for one in spotted:
        event = one.event
        if event.column == "category" and _said_again(event, in_text):
            continue
        if event.status == "referred-to" and _default(event) == "referred-to" and event.family in families:
            continue
        kept.setdefault((event.type, event.status, event.when, event.ordinal), one)
    return list(kept.values())


def _said_again(category: Event, in_text: Sequence[Event]) -> bool:
    """True if the text names what the category names, or, where the category is vague, names the kind of it."""
    vague = category.type in types() and types()[category.type].vague
    same = (event for event in in_text if event.status == category.status)
    return any(
        event.type == category.type or (vague and event.nature == category.nature and not types()[event.type].vague)
        for event in same
        if event.type in types()
    )


def _default(event: Event) -> str:
    return types()[event.type].default if event.type in types() else "occurred"


# ----------------------------------------------------------------------------------------------------------- who


def _complete(one: Spotted, entry: Entry, kind: str) -> Event:
    """The event with the agencies between which it passed or who took part, and the row's references."""
    event = one.event
    named = [mention for mention in entry.mentions if mention.kind == "agency"]
    senders, receivers = _between_whom(one, named, entry) if one.nature in PASSED_ON else (None, None)
    return replace(
        event,
        from_agency=senders,
        to_agency=receivers,
        participants=_participants(one, named) if one.nature in TOGETHER else (),
        references=_references(entry),
    )


def _participants(one: Spotted, named: Sequence[Mention]) -> tuple[str, ...]:
    """Agencies named with the event: in its statement, or in a cell of their own, unless said to be absent or only told."""
    away = {"absent", "invited", "told", "referred-to", "referred-by", "spoken-of"}
    taking_part = [
        mention.actor
        for mention in named
        if mention.part not in away
        and (mention.column not in ("text", "outcome", "action") or _stands_with(one, mention))
    ]
    return tuple(dict.fromkeys(taking_part))


def _stands_with(one: Spotted, mention: Mention) -> bool:
    return mention.column == one.event.column and one.statement[0] <= mention.begin < one.statement[1]


def _between_whom(one: Spotted, named: Sequence[Mention], entry: Entry) -> tuple[str | None, str | None]:
    """The agency it came from and the agency it went to; where one is named, the agency that wrote the row is the other."""
    sender = receiver = None
    for mention in named:
        side = _side(mention, entry)
        if side == "from" and sender is None:
            sender = mention.actor
        if side == "to" and receiver is None:
            receiver = mention.actor
    own = entry.agency or None
    if sender and receiver is None and sender != own:
        receiver = own
    if receiver and sender is None and receiver != own:
        sender = own
    return sender, receiver


PARTS: Mapping[str, str] = {"referred-to": "to", "told": "to", "invited": "to", "referred-by": "from"}
FROM = re.compile(r"\b(?:from|by|of)\s+(?:the\s+|[a-z]+'s\s+)?\Z", re.I)
TO = re.compile(r"\b(?:to|with|informed|told|tells|notified|contacted|alerted|asked|advised)\s+(?:the\s+)?\Z", re.I)
TELLS = re.compile(
    r"\A\s*(?:tell|tells|told us|report|reports|reported|refer|refers|notify|notifies|informed us|says|ask|asks|asked|advise[sd]?)\b",
    re.I,
)
IS_TOLD = re.compile(
    r"\A\s*(?:(?:is|was|were|are)\s+)?(?:also\s+)?(?:told|informed|notified|contacted|alerted|invited|made aware)\b",
    re.I,
)


def _side(mention: Mention, entry: Entry) -> str:
    if mention.part in PARTS:
        return PARTS[mention.part]
    if mention.column in ("told", "shared"):
        return "to"
    if mention.column in ("referrer", "source"):
        return "from"
    cell = entry.text if mention.column == "text" else entry.fields.get(mention.column, "")
    if mention.begin < 0 or not cell:
        return ""
    before, after = cell[max(0, mention.begin - 30) : mention.begin], cell[mention.end : mention.end + 30]
    if IS_TOLD.match(after) or TO.search(before):
        return "to"
    return "from" if TELLS.match(after) or FROM.search(before) else ""


def _references(entry: Entry) -> tuple[str, ...]:
    own = entry.fields.get("reference", "").strip()
    cells = (entry.text, entry.fields.get("outcome", ""), entry.fields.get("action", ""))
    found = (own, *(ref for cell in cells if cell for ref in details.references_in(cell)))
    return tuple(dict.fromkeys(ref for ref in found if ref))


# -------------------------------------------------------------------------------------------------------- the case


def _agency_kind(entry: Entry, case: Case) -> str:
    agency = case.agency(entry.agency)
    return kind_of_agency(agency) if agency else ""


def _added(case: Case) -> Added:
    """The phrases case.yaml adds, in a form that can be looked up."""
    more = case.vocabulary.get("events") if case.vocabulary else None
    return (
        tuple((str(id_), tuple(map(str, words or ()))) for id_, words in more.items())
        if isinstance(more, Mapping)
        else ()
    )
