"""Whether what a text speaks of took place: read from the words that stand beside it, statement by statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from chrono.model import EventStatus
from chrono.normalise.events.phrases import Found
from chrono.normalise.events.vocabulary import Cue, EventType, Side

Item = Found[EventType | Cue]

_SHORTENED = ("e\\.g", "i\\.e", "approx", "no", "occ", "ref", "mr", "mrs", "ms", "dr", "st", "vs", "stat")
# The mark stands first in the pattern, so that the search leaps from mark to mark.
STATEMENT_END = re.compile(
    r"[.!?;\n](?:(?<=[;\n])|" + "".join(rf"(?<!\b{word}[.!?])" for word in _SHORTENED) + r"(?=[\s\"')]|\Z))",
    re.IGNORECASE,
)
TURN = re.compile(r":|\s-\s|\b(?:but|however|although|though|then|so|because|who|which|when|where|as)\b", re.IGNORECASE)
REPORTS = re.compile(r"\b(?:to say|saying|to tell|to report)\b", re.IGNORECASE)
"""What follows is what somebody said, and says nothing of the call in which it was said."""

LISTING = re.compile(
    r"(?:[\s,/&'\"]|\b(?:and|or|nor|a|an|the|any|his|her|their|its|for|of|further|both|then|two|three)\b)*",
    re.IGNORECASE,
)
WORD = re.compile(r"\w[\w'.:/&-]*")
PAST = re.compile(
    r"\w*[a-z]ed|told|sent|written|held|put|made|met|took|seen|done|given|gave|found|left|ran|went|began|shot|wrote|rang|stabbed",
    re.IGNORECASE,
)

STILL_TO_BE = re.compile(r"(?:to|will|shall|should|must|can) be|will|shall", re.IGNORECASE)
"""In front of what is done 'at' a meeting these words have the meeting still to come: 'to be raised at the conference'."""

KNOWN_ALREADY = re.compile(r"\s*(?:the|his|her|their|this|that|these|those|its|such)\b|[^,]*\w's\b", re.IGNORECASE)
"""Words behind 'after' that refer to something known: 'after the assault', not 'after an assault'."""

ALSO = re.compile(r"[/&]|\b(?:and|or|nor)\b", re.IGNORECASE)
"""'After the assault and the arrest' speaks of both; 'after an assault, excluded for a day' of the first."""

AN_OBJECT = re.compile(r"\s+(?:a|an|the|another|further|his|her|their|our)\s+\w", re.IGNORECASE)

CONNECTED = re.compile(r"[,/&]|\b(?:and|or|nor)\b", re.IGNORECASE)

CAN_BE_PLANNED = frozenset(
    {
        "meeting",
        "assessment",
        "visit",
        "session",
        "appointment",
        "interview",
        "referral",
        "contact",
        "notification",
        "document",
        "plan",
        "order",
        "decision",
        "offer",
        "evidence",
        "treatment",
        "status",
        "attendance",
    }
)
ARRANGED = frozenset(
    {"meeting", "assessment", "visit", "session", "appointment", "interview", "referral", "contact", "document"}
)
"""Natures that, standing bare in an outcome or action column, are what is to be done and not what was done."""

ANSWERED = frozenset({"referral", "decision", "contact", "notification"})
"""Natures that took place even if the answer was no: a referral that was declined was made."""

KEPT_OR_MISSED = frozenset({"session", "appointment", "visit", "interview"})
"""Natures that do not take place if the young person is not there; a meeting takes place without the one who is absent."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the words around say: the status, an outcome they carry ('declined'), and if they settle it."""

    status: EventStatus
    outcome: str | None = None
    sure: bool = True
    cue: EventStatus | None = None


@lru_cache(maxsize=65536)
def statement_ends(text: str) -> tuple[int, ...]:
    """Where each statement of the text ends."""
    return (*(match.end() for match in STATEMENT_END.finditer(text)), len(text))


def judge(text: str, items: Sequence[Item], at: int, kind: EventType, *, result: bool) -> Judgement:
    """How the words around `items[at]`, which names `kind`, put it. `result`: the statement is of an outcome or action cell."""
    itself = next((cue for cue in items[at].means if isinstance(cue, Cue) and cue.side == "itself"), None)
    if itself:
        return Judgement(itself.status, cue=itself.status)
    before = _cues_before(text, items, at, kind)
    after = _cues_after(text, items, at, kind)
    said = _weighed(before, after)
    if said is not None and said.outcome and kind.nature in ANSWERED:
        return Judgement("occurred", "refused", cue=said.status)
    if said is not None and not (said.status == "planned" and kind.nature not in CAN_BE_PLANNED):
        return Judgement(said.status, said.outcome, cue=said.status)
    if result and kind.nature in ARRANGED and not PAST.search(text[items[at].begin : items[at].end]):
        return Judgement("planned", sure=False)
    return Judgement(kind.default)


def _weighed(before: list[Cue], after: list[Cue]) -> Cue | None:
    """The cue that decides: what was cancelled or did not happen first, then the verb that follows, then what stands before."""
    if before and before[0].strong:
        return before[0]
    for status in ("cancelled", "did-not-happen"):
        told = next((cue for cue in (*after, *before) if cue.status == status), None)
        if told:
            return told
    if after and after[0].status in ("occurred", "planned"):
        return after[0]
    if before:
        return before[0]
    return after[0] if after else None


def _cues_before(text: str, items: Sequence[Item], at: int, kind: EventType) -> list[Cue]:
    """Cues that speak of the event from before it, the nearest first, but what is still to be before all."""
    event = items[at]
    found: list[Cue] = []
    spans: list[tuple[int, int]] = []
    passed = False
    for item in reversed(items[:at]):
        between, words = _between(text, item.end, event.begin, spans)
        if TURN.search(between):
            break
        for cue in _cues(item, "before", kind):
            news = cue.news and _is_news(text, item.end, event, kind)
            if words <= cue.reach and not news and _carries(cue, between, passed=passed):
                ahead = (
                    cue.status == "planned"
                    and kind.nature != "plan"
                    and STILL_TO_BE.fullmatch(text[item.begin : item.end])
                )
                found.insert(0 if ahead else len(found), cue)
        spans.append((item.begin, item.end))
        passed = passed or any(isinstance(meant, EventType) for meant in item.means)
    return found


def _is_news(text: str, begin: int, event: Item, kind: EventType) -> bool:
    """True if words such as 'after' tell of a single incident that was not known before."""
    plural = text[event.begin : event.end].lower().endswith("s")
    return kind.nature == "incident" and not plural and not KNOWN_ALREADY.match(text[begin : event.begin])


def _cues_after(text: str, items: Sequence[Item], at: int, kind: EventType) -> list[Cue]:
    """Cues that speak of the event from after it, the nearest first."""
    event = items[at]
    found: list[Cue] = []
    spans: list[tuple[int, int]] = []
    passed = False
    for place, item in enumerate(items[at + 1 :], at + 1):
        between, words = _between(text, event.end, item.begin, spans)
        if ":" in between or REPORTS.search(between):
            break
        for cue in _cues(item, "after", kind) if not _of_the_next(text, item) else ():
            if words <= cue.reach and _carries(cue, between, passed=passed):
                found.append(_denied(text, items, place) or cue)
        spans.append((item.begin, item.end))
        passed = passed or any(isinstance(meant, EventType) for meant in item.means)
    return found


def _cues(item: Item, side: Side, kind: EventType) -> list[Cue]:
    return [cue for cue in item.means if isinstance(cue, Cue) and cue.side == side and kind.nature not in cue.excepting]


def _of_the_next(text: str, verb: Item) -> bool:
    """True of a verb behind 'and' that has an object of its own: 'sent an e-mail and | asked for | a meeting'."""
    behind_and = text[: verb.begin].rstrip().lower().endswith(" and")
    return behind_and and AN_OBJECT.match(text, verb.end) is not None


def _denied(text: str, items: Sequence[Item], at: int) -> Cue | None:
    """The 'not' that stands directly before a verb and denies it: 'was not | convened'."""
    before = items[at - 1]
    if text[before.end : items[at].begin].strip():
        return None
    nots = (
        cue for cue in before.means if isinstance(cue, Cue) and cue.side == "before" and cue.status == "did-not-happen"
    )
    return next(nots, None)


def _between(text: str, begin: int, end: int, spans: Sequence[tuple[int, int]]) -> tuple[str, int]:
    """What stands between, without the events and cues in it, and how many words that is."""
    if begin >= end:
        return "", 0
    pieces, place = [], begin
    for first, last in sorted(spans):
        pieces.append(text[place:first])
        place = last
    pieces.append(text[place:end])
    between = " ".join(pieces)
    return between, len(WORD.findall(between))


def _carries(cue: Cue, between: str, *, passed: bool) -> bool:
    """True if a cue reaches over these words: past another event or a comma only along a list."""
    if passed and cue.news and not ALSO.search(between):
        return False
    if passed or (cue.status != "planned" and re.search(r"\band\b", between)):
        return LISTING.fullmatch(between) is not None and CONNECTED.search(between) is not None
    if "," in between:
        return cue.side == "after" and (cue.status in ("cancelled", "occurred") or cue.outcome is not None)
    return True
