"""What belongs to a name in front of it and behind it: articles, numbers and letters, titles and surnames."""

from __future__ import annotations

import re

from chrono.normalise.actors.people.roles import Meaning
from chrono.normalise.actors.spans.span import Span, close
from chrono.normalise.actors.spans.words import (
    BEFORE_A_NAME,
    CALENDAR,
    NUMBERED_KINDS,
    OTHER,
    PRONOUNS,
    RANKS,
    UNIDENTIFIED,
    VERBS,
)
from chrono.normalise.actors.words import Token

WITH_INITIAL = frozenset({"Mr", "Mrs", "Ms", "Miss"})
"""Titles behind which a surname may be cut to its first letter: 'Mrs R'."""
UNITS = re.compile(
    r"\s*(?:[/.:]\s?\d|%|am\b|pm\b|years?\b|yrs?\b|months?\b|weeks?\b|days?\b|hours?\b|hrs?\b|times?\b|minutes?\b|mins?\b|st\b|nd\b|rd\b|th\b)",
    re.IGNORECASE,
)
"""Behind a figure these show that it counts or measures something: 'SW 2 hours'."""


def led(words: list[Token], text: str, span: Span) -> Span:
    """The span with the articles, pronouns and adjectives that stand before it."""
    lead, other, unknown, pronoun = span.begin, False, False, ""
    while lead and span.begin - lead < 4 and words[lead - 1].low in BEFORE_A_NAME:
        if not close(words[lead - 1], words[lead], text):
            break
        before = words[lead - 1].low
        is_unknown = before in UNIDENTIFIED or (before == "named" and lead > 1 and words[lead - 2].low == "un")
        other, unknown = other or before in OTHER, unknown or is_unknown
        pronoun = pronoun or (before if before in PRONOUNS else "")
        lead -= 1
    if lead == span.begin:
        return span
    return span._replace(lead=lead, other=other, unknown=unknown, pronoun=pronoun)


def with_number(words: list[Token], text: str, span: Span) -> Span:
    """The span with the number or letter behind it, where one can belong to it: 'SW2', 'Social Worker B', 'School 3'."""
    if span.end >= len(words) or words[span.end - 1].owns:
        return span
    following, gap = words[span.end], words[span.end].begin - words[span.end - 1].end
    if not (following.raw.isdigit() or len(following.raw) == 1) or not _takes_a_number(span):
        return span
    rank = any(meaning.of in RANKS for meaning in span.meanings)
    digits = following.raw.isdigit() and gap <= 1 and len(following.raw) <= (5 if rank else 2)
    single = len(following.raw) == 1 and following.raw.isalpha() and following.raw.isupper()
    letter = single and gap == 1 and following.raw != "I" and not _begins_a_phrase(words, span.end, text)
    if not (digits or letter) or UNITS.match(text, following.end):
        return span
    return span._replace(end=span.end + 1, number=following.raw.upper())


def _takes_a_number(span: Span) -> bool:
    kinds = {meaning.service.kind for meaning in span.meanings if meaning.service}
    return (span.has("role", "worker", "child") or bool(kinds & NUMBERED_KINDS)) and not span.has("subject", "person")


def _begins_a_phrase(words: list[Token], place: int, text: str) -> bool:
    """True if a capital A may be an article: 'social worker A home visit'."""
    return (
        words[place].raw == "A"
        and place + 1 < len(words)
        and close(words[place], words[place + 1], text)
        and words[place + 1].raw.islower()
        and words[place + 1].low not in VERBS
    )


def proper_name(words: list[Token], place: int, text: str) -> Span | None:
    """The name behind a title: 'Mr Brown', 'Dr J Patel'; None if there is none."""
    end = _end_of_name(words, place + 1, text)
    if end == place + 1:
        return None
    name = " ".join(word.raw for word in words[place:end])
    return led(words, text, Span(place, end, place, (Meaning("person", ""),), name=name))


def _end_of_name(words: list[Token], place: int, text: str) -> int:
    end = place
    while end < len(words) and end - place < 3 and words[end].raw[0].isupper() and words[end].low not in CALENDAR:
        between = text[words[end - 1].end : words[end].begin].strip()
        abbreviated = end == place or len(words[end - 1].raw) == 1  # 'Mr. Brown', 'Dr. J. Patel'
        if between not in (("", ".") if abbreviated else ("",)) or words[end - 1].owns:
            break
        end += 1
    initial = end == place + 1 and words[place - 1].raw in WITH_INITIAL and not words[place].raw.islower()
    return end if initial or any(len(word.raw) > 1 for word in words[place:end]) else place


def ranked(words: list[Token], text: str, span: Span) -> Span:
    """A police rank with the name behind it: 'PC Brown', 'DS 1234 Green'."""
    if not any(meaning.of in RANKS for meaning in span.meanings) or span.end >= len(words):
        return span
    following = words[span.end]
    if (
        len(following.raw) < 3
        or not following.raw.istitle()
        or following.low in CALENDAR
        or not close(words[span.end - 1], following, text)
    ):
        return span
    return span._replace(end=span.end + 1, name=following.raw)
