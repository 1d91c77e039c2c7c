"""Names that stand side by side put together: a place and its service, a service and its worker, a child and a relative."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import takewhile

from chrono.normalise.actors.agencies.services import plain_words, service_words
from chrono.normalise.actors.people.roles import Meaning, Sense
from chrono.normalise.actors.spans.around import ranked
from chrono.normalise.actors.spans.single_words import is_the_child
from chrono.normalise.actors.spans.span import Span, close, owns
from chrono.normalise.actors.spans.words import (
    BEFORE_A_NAME,
    CALENDAR,
    CHILDREN,
    LOCAL_KINDS,
    OF_A_HOLDER,
    OTHER,
    PLACE_ENDINGS,
    PREPOSITIONS,
    SOMEBODY_ELSE,
)
from chrono.normalise.actors.words import Token

PLACE = re.compile(rf"(?:{'|'.join(PLACE_ENDINGS)})$")
PARENTS = frozenset({"mother", "father"})
OWNED: tuple[Sense, ...] = ("relation", "group", "parent", "child", "service", "agency", "role", "worker")


def joined(words: list[Token], text: str, spans: Iterable[Span]) -> list[Span]:
    """Spans with the agency, place or owner that stands beside them made part of them."""
    done: list[Span] = []
    for span in spans:
        if done and _is_holder_behind(words, text, done[-1], span):
            done[-1] = done[-1]._replace(holder=span, tail=span.end)
        joined = _with_left(words, text, done[-1], span) if done else None
        if joined:
            done[-1] = joined
        else:
            done.append(_placed(words, text, ranked(words, text, span), done))
    kept = (span for span in done if not span.has("child") or is_the_child(words, text, span))
    return [span._replace(other=True) if _is_somebody_elses(words, text, span) else span for span in kept]


def _with_left(words: list[Token], text: str, left: Span, span: Span) -> Span | None:
    """A span with its left neighbour as its owner or its agency, or the neighbour with the span as its owner; None if
    the two have nothing to do with each other."""
    if span.begin == left.end + 1 and left.has("relation", "group") and span.has("subject"):
        return left._replace(end=span.end, owner=span) if words[left.end].low in ("of", "to") else None
    if left.end != span.begin or not _close_owner(words, left, span, text):
        return None
    if not owns(words, left) and span.lead == span.begin and _is_called(left, span):
        return span._replace(begin=left.begin, lead=left.lead, called=left)
    if (
        (owns(words, left) or _is_bare_owner(words, left, span))
        and left.has("subject", "child", "relation", "person")
        and span.has(*OWNED)
    ):
        return span._replace(begin=left.begin, lead=left.lead, owner=left, pronoun="")
    return _held(left, span)


def _is_holder_behind(words: list[Token], text: str, left: Span, span: Span) -> bool:
    """True for 'DSL at Larkfield', 'social worker from the Westland team': an agency right behind one of its workers."""
    if not left.has("role", "worker") or left.holder or left.has("person") or not span.has("agency", "service"):
        return False
    between = span.lead - left.end
    return (
        between == 1
        and words[left.end].low in OF_A_HOLDER
        and close(words[left.end - 1], words[left.end], text)
        and close(words[left.end], words[span.lead], text)
    )


def _is_called(left: Span, span: Span) -> bool:
    """True for 'brother S', 'son K', 'SW Dunmore': a word for somebody, and right behind it a name which that one has."""
    if left.number or left.holder or not span.has("subject", "person", "initial"):
        return False
    named = {word for meaning in span.meanings for word in meaning.called}
    told = any(meaning.of in named for meaning in left.meanings if meaning.sense in ("relation", "role"))
    if left.has("parent"):
        return not PARENTS.isdisjoint(named)
    return told or (left.has("child") and span.has("subject", "initial"))


def _is_bare_owner(words: list[Token], left: Span, span: Span) -> bool:
    """True for 'K mother', 'Kyles dad': a child's name right before a relative, without an apostrophe."""
    kin = span.has("relation", "group") and span.lead == span.begin and words[span.begin].raw.islower()
    return kin and left.has("subject") and not (left.owner or left.has("relation"))


def _placed(words: list[Token], text: str, span: Span, done: list[Span]) -> Span:
    """A service with the place before it that the case does not know: 'from Westland Police' is not its own police."""
    place = span.begin - 1
    if place < 0 or span.lead != span.begin or (done and done[-1].end > place) or not _is_local(span):
        return span
    word = words[place]
    named = word.raw.istitle() and len(word.raw) > 3 and not word.owns and close(word, words[span.begin], text)
    if (
        not named
        or word.low in _no_places()
        or not (PLACE.search(word.low) or _follows_a_preposition(words, place, text))
    ):
        return span
    holder = Span(place, span.begin, place, (Meaning("place", word.low),))
    return span._replace(begin=place, lead=place, holder=holder)


def _follows_a_preposition(words: list[Token], place: int, text: str) -> bool:
    return place > 0 and words[place - 1].raw in PREPOSITIONS and close(words[place - 1], words[place], text)


def _is_local(span: Span) -> bool:
    return any(
        m.service and m.service.kind in LOCAL_KINDS and not m.service.organisation for m in span.meanings
    ) and not (span.has("agency", "role", "worker") or span.number)


@lru_cache(maxsize=1)
def _no_places() -> frozenset[str]:
    """Words before a service that say what it is, not where."""
    return plain_words() | service_words() | BEFORE_A_NAME | CALENDAR


def _is_somebody_elses(words: list[Token], text: str, span: Span) -> bool:
    """True for a relative of somebody who is no child of the case: "the victim's mother", 'mother of another pupil'."""
    if span.owner or span.other or not span.has("relation", "group", "parent"):
        return False
    before = words[span.lead - 1] if span.lead else None
    if before and before.owns and _only_an_ending(text[before.end : words[span.lead].begin]):
        return before.low not in CHILDREN
    if span.end >= len(words) or words[span.end].low not in ("of", "to"):
        return False
    rest = words[span.end + 1 :]
    named = list(takewhile(lambda word: word.low in BEFORE_A_NAME, rest))
    return any(word.low in OTHER for word in named) or any(
        w.low in SOMEBODY_ELSE for w in rest[len(named) : len(named) + 1]
    )


def _close_owner(words: list[Token], left: Span, right: Span, text: str) -> bool:
    between = text[words[left.end - 1].end : words[right.begin].begin]
    return _only_an_ending(between) and (owns(words, left) or not between.strip())


def _only_an_ending(between: str) -> bool:
    """True if nothing but a possessive ending and spaces or hyphens part two words."""
    return len(between) <= 4 and not between.strip(" -–'’`´s\n\u00a0")


def _held(left: Span, right: Span) -> Span | None:
    """'Northshire' and 'CSC', 'School' and 'DSL' as one; None if they are two."""
    if left.has("place") and right.has("service", "agency", "role", "worker") and not right.holder:
        return right._replace(begin=left.begin, lead=left.lead, holder=left, other=left.other, unknown=left.unknown)
    if left.has("agency", "service") and right.has("role", "worker") and not right.has("person"):
        return right._replace(begin=left.begin, lead=left.lead, holder=left, other=left.other, unknown=left.unknown)
    return None
