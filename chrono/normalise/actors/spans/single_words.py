"""Single letters and words for a child that only look like somebody: 'Class A', 'A letter', 'child protection'."""

from __future__ import annotations

import re

from chrono.normalise.actors.lexicon import Form
from chrono.normalise.actors.people.roles import Meaning, child_compounds, other_children
from chrono.normalise.actors.spans.span import Span, close
from chrono.normalise.actors.spans.words import AFTER_A_VERB, LABELS, LEADING, OFFSPRING, SAYING, VERBS, WITH_SOMEBODY
from chrono.normalise.actors.words import Token

PATIENTS = frozenset({"patient", "client"})
BESIDE = frozenset({"and", "to", "in", "on"})
"""Words that with 'child' may name a thing ('child in need'), but not behind 'patient' or 'client'."""
MALES = frozenset({"old", "yo", "yrs", "years", "yr", "a", "an", "the", "this", "that", "another", "one"})
"""Before 'M' and 'F' these show that a man or woman is meant, not a parent."""
BEHIND_WHICH = frozenset({"with", "to", "by", "from", "for", "see", "saw", "seen", "met", "told"})
NOT_APPLICABLE = re.compile(r"(?<![^\W_])n\s?/\s?[aks]$", re.IGNORECASE)


def is_no_name(words: list[Token], place: int, text: str, forms: list[Form[Meaning]]) -> bool:
    """True for a single letter that is an article, the label of something or no word at all: 'A letter', 'Class A', 'A&E',
    'N/A'."""
    word = words[place]
    if len(word.raw) > 1:
        return False
    if NOT_APPLICABLE.search(text[max(0, word.end - 8) : word.end]) and not text[word.end : word.end + 1].isalnum():
        return True
    if not any(form.meaning.sense in ("subject", "person", "initial") for form in forms):
        return False
    after = text[word.end : word.end + 1]
    before = words[place - 1].low if place and close(words[place - 1], word, text) else ""
    if (
        before in LABELS
        or (after and after in "&+/-–_" and not text[word.end : word.end + 2].endswith(" "))
        or after.isdigit()
    ):
        return True
    article = word.raw in ("A", "I") and not word.owns and starts_a_phrase(text, word.begin, ".!?:;-–(\n•")
    return article and not _goes_on_as_a_name(words, place, text)


def is_a_parent(words: list[Token], place: int, text: str) -> bool:
    """True if 'M' or 'F' is somebody who does something or is done something to: 'M said', 'seen with F', "M's phone"; not in
    '15 yr old M', 'M/F', 'M Reed', 'Form F'."""
    word = words[place]
    before, after = text[: word.begin].rstrip(), text[word.end :]
    label = words[place - 1].low if place and close(words[place - 1], word, text) else ""
    if (
        label in LABELS
        or label in MALES
        or label.isdigit()
        or before[-1:] in tuple("/&(+-–")
        or re.match(r"[\d/&+\-–]|\.\s*\S", after)
    ):
        return False
    if word.owns:
        return True
    following = words[place + 1] if place + 1 < len(words) and close(word, words[place + 1], text) else None
    if following is None:
        return label in WITH_SOMEBODY
    said = following.low in VERBS or following.low.endswith("ed") or following.low in SAYING
    return following.raw[0].islower() and (said or label in WITH_SOMEBODY)


def _goes_on_as_a_name(words: list[Token], place: int, text: str) -> bool:
    """True if what follows 'A' makes it somebody: a verb, a comma, the end."""
    if place + 1 == len(words) or not re.match(r"\s*[A-Za-z]", text[words[place].end :]):
        return True
    following = words[place + 1].low
    after = words[place + 2].low if place + 2 < len(words) else ""
    if following in VERBS:
        return True
    if following.endswith("ed"):
        return not after or after in AFTER_A_VERB
    return following.endswith("s") and not following.endswith(("ss", "ous", "us", "series"))


def is_the_child(words: list[Token], text: str, span: Span) -> bool:
    """True if 'child', 'pupil' ... stands for a person: not in 'child protection', 'another pupil', 'young people'."""
    if span.number or span.has("subject", "person"):
        return True
    before = words[span.begin - 1].low if span.begin and close(words[span.begin - 1], words[span.begin], text) else ""
    after = words[span.end].low if span.end < len(words) and close(words[span.end - 1], words[span.end], text) else ""
    word = words[span.end - 1]
    if word.low == "pt":
        return before not in other_children()
    if word.low in PATIENTS and after in BESIDE:
        after = ""
    if after in child_compounds() or (word.owns and after in child_compounds()) or before in other_children():
        return False
    starts = starts_a_phrase(text, words[span.begin].begin, ".!?:;,(-–/&\n")
    if word.low in OFFSPRING:
        return bool(span.pronoun) or span.owner is not None
    led = before in LEADING or (before in BEHIND_WHICH and _ends_a_phrase(text, word.end))
    return starts or led or words[span.begin].raw.isupper()


def _ends_a_phrase(text: str, end: int) -> bool:
    """True if nothing, a mark or 'and' stands behind: 'seen with child, well'."""
    return bool(re.match(r"\s*(?:$|[.,;:)&/]|and\b)", text[end:]))


def starts_a_phrase(text: str, begin: int, marks: str) -> bool:
    """True if nothing, or one of these marks, stands before the word that begins there."""
    before = text[:begin].rstrip()
    return not before or before[-1] in marks
