"""Where names stand in a text: known words put together with the numbers, places, owners and titles around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from chrono.normalise.actors.roles import (
    Meaning,
    Sense,
    child_compounds,
    honorifics,
    other_children,
    unidentified,
)
from chrono.normalise.actors.services import other_words
from chrono.normalise.actors.words import ARTICLES, Form, Lexicon, Token, tokens

PRONOUNS = frozenset(["his", "her", "their", "my", "our", "its"])
LEADING = (
    ARTICLES
    | PRONOUNS
    | frozenset(["this", "that", "these", "allocated", "named", "duty", "current", "own", "local", "said"])
)
GENDERED = frozenset(
    {"boy", "girl", "young man", "young woman", "baby", "infant", "toddler", "son", "daughter", "teenager"}
)
OFFSPRING = frozenset({"son", "daughter"})
LABELS = frozenset(
    [
        "class",
        "block",
        "school",
        "group",
        "unit",
        "plan",
        "level",
        "grade",
        "hepatitis",
        "section",
        "part",
        "appendix",
        "adult",
        "child",
        "category",
        "band",
        "tier",
        "team",
        "room",
        "flat",
        "address",
        "type",
        "male",
        "female",
        "girl",
        "boy",
        "pupil",
        "witness",
        "friend",
        "person",
        "young",
        "yp",
        "student",
        "patient",
        "worker",
        "officer",
        "house",
        "vitamin",
        "option",
        "annex",
        "road",
        "junction",
        "wing",
        "ward",
        "street",
        "schedule",
        "phase",
        "stage",
        "step",
        "form",
        "set",
        "year",
        "bus",
        "route",
        "route",
        "ap",
    ]
)
"""Words after which a single letter is a label: in 'Class A' it is nobody's initial."""
VERBS = frozenset(
    [
        "is",
        "was",
        "has",
        "had",
        "did",
        "does",
        "will",
        "would",
        "can",
        "could",
        "may",
        "should",
        "must",
        "told",
        "said",
        "seen",
        "went",
        "left",
        "came",
        "ran",
        "made",
        "took",
        "got",
        "met",
        "began",
        "kept",
        "felt",
        "hit",
        "put",
        "sent",
        "spoke",
        "saw",
        "gave",
        "held",
        "not",
        "also",
        "then",
        "now",
        "and",
        "or",
        "who",
        "with",
        "to",
        "in",
        "at",
        "on",
        "from",
    ]
)
UNITS = re.compile(
    r"\s*(?:[/.:]\s?\d|%|am\b|pm\b|years?\b|yrs?\b|months?\b|weeks?\b|days?\b|hours?\b|hrs?\b|times?\b|minutes?\b|mins?\b|st\b|nd\b|rd\b|th\b)",
    re.IGNORECASE,
)
CALENDAR = frozenset(
    [
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "oct",
        "nov",
        "dec",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ]
)
NUMBERED_KINDS = frozenset({"school", "hospital", "gp", "placement", "voluntary"})
RANKS = frozenset({"police constable", "police detective", "police supervisor"})


@dataclass(frozen=True, slots=True)
class Span:
    """A name in a text. `begin`..`end` are its words (end exclusive), `lead` where articles and adjectives before it
    begin. `holder` says whose worker or service it is ('Northshire' in 'Northshire CSC'), `owner` whose relation
    ("K" in "K's mother"), `name` is a proper name, `other` that it is expressly another one, `unknown` unidentified."""

    begin: int
    end: int
    lead: int
    meanings: tuple[Meaning, ...]
    number: str = ""
    holder: Span | None = None
    owner: Span | None = None
    name: str = ""
    pronoun: bool = False
    other: bool = False
    unknown: bool = False
    slip: bool = False

    def has(self, *senses: Sense) -> bool:
        """True if it may mean something in one of these senses."""
        return any(meaning.sense in senses for meaning in self.meanings)

    def of(self, sense: Sense) -> tuple[Meaning, ...]:
        """What it may mean in this sense."""
        return tuple(meaning for meaning in self.meanings if meaning.sense == sense)


@dataclass(frozen=True, slots=True)
class Spotted:
    """A text, its words, and the names found in it."""

    text: str
    words: tuple[Token, ...]
    spans: tuple[Span, ...]

    def written(self, span: Span, *, whole: bool = False) -> str:
        """The words of a span as they stand; `whole` with the articles and adjectives before it."""
        begin, end = self.place(span, whole=whole)
        return self.text[begin:end]

    def place(self, span: Span, *, whole: bool = False) -> tuple[int, int]:
        """Where a span begins and ends in the text, with the bracket that closes one inside it."""
        begin = self.words[span.lead if whole else span.begin].begin
        end = self.words[span.end - 1].end
        inside = self.text[begin:end]
        closes = inside.count("(") > inside.count(")") and self.text[end : end + 1] == ")"
        return begin, end + closes


def spot(
    text: str,
    lexicons: Sequence[Lexicon[Meaning]],
    *,
    names: bool,
    mend: Callable[[str], str] | None = None,
) -> Spotted:
    """Find the names in a text. `names`: the cell should hold names, so that doubtful abbreviations count too.
    `mend` gives the known word for one with a typing slip, '' if there is none. Earlier lexicons override later ones."""
    words = tokens(text)
    known = _mended(words, mend) if mend else words
    spans: list[Span] = []
    place = 0
    while place < len(words):
        found = _proper_name(words, place, text) or _known(known, place, text, lexicons, names)
        if found:
            slip = known is not words and known[found.begin : found.end] != words[found.begin : found.end]
            spans.append(replace(found, slip=True) if slip else found)
        place = found.end if found else place + 1
    return Spotted(text, tuple(words), tuple(_joined(words, text, spans)))


def _mended(words: list[Token], mend: Callable[[str], str]) -> list[Token]:
    mended = {place: known for place, word in enumerate(words) if (known := mend(word.raw))}
    return [word._replace(low=mended.get(place, word.low)) for place, word in enumerate(words)] if mended else words


def _known(words: list[Token], place: int, text: str, lexicons: Sequence[Lexicon[Meaning]], names: bool) -> Span | None:
    best, forms = place, []
    for lexicon in lexicons:
        end, found = lexicon.longest(words, place, weak=True)
        glued = end < len(words) and words[end].begin == words[end - 1].end and words[end].raw.isdigit()
        usable = [form for form in found if not form.weak or names or (glued and form.meaning.sense == "role")]
        if not usable and found:
            end, usable = lexicon.longest(words, place, weak=False)
        if usable and end > best:
            best, forms = end, usable
    if not forms or (best - place == 1 and _is_no_name(words, place, text, forms)):
        return None
    span = Span(place, best, place, tuple(form.meaning for form in forms))
    return _with_number(words, text, _led(words, text, span))


NOT_APPLICABLE = re.compile(r"(?<![^\W_])n\s?/\s?[aks]$", re.IGNORECASE)


def _is_no_name(words: list[Token], place: int, text: str, forms: list[Form[Meaning]]) -> bool:
    """True for a single letter that is an article, the label of something or no word at all: 'A letter', 'Class A', 'A&E',
    'N/A'."""
    word = words[place]
    if NOT_APPLICABLE.search(text, 0, word.end) and not text[word.end : word.end + 1].isalnum():
        return True
    if len(word.raw) > 1 or not any(form.meaning.sense in ("subject", "person", "initial") for form in forms):
        return False
    after = text[word.end : word.end + 1]
    before = words[place - 1].low if place and _close(words[place - 1], word, text) else ""
    if (
        before in LABELS
        or (after and after in "&+/-–_" and not text[word.end : word.end + 2].endswith(" "))
        or after.isdigit()
    ):
        return True
    starts = not text[: word.begin].rstrip() or text[: word.begin].rstrip()[-1] in ".!?:;-–(\n•"
    return word.raw in ("A", "I") and starts and not word.owns and not _goes_on_as_a_name(words, place, text)


def _goes_on_as_a_name(words: list[Token], place: int, text: str) -> bool:
    """True if what follows 'A' makes it somebody: a verb, a comma, the end."""
    if place + 1 == len(words) or not re.match(r"\s*[A-Za-z]", text[words[place].end :]):
        return True
    following = words[place + 1].low
    after = words[place + 2].low if place + 2 < len(words) else ""
    if following in VERBS:
        return True
    if following.endswith("ed"):
        return not after or after in VERBS | {
            "by",
            "for",
            "as",
            "off",
            "up",
            "out",
            "into",
            "that",
            "again",
            "the",
            "a",
            "his",
            "her",
        }
    return following.endswith("s") and not following.endswith(("ss", "ous", "us", "series"))


def _close(left: Token, right: Token, text: str) -> bool:
    """True if only spaces or a hyphen part two words."""
    return right.begin - left.end <= 3 and not text[left.end : right.begin].strip(" -–\n\t\u00a0")


def _led(words: list[Token], text: str, span: Span) -> Span:
    """The span with the articles, pronouns and adjectives that stand before it."""
    lead, other, unknown, pronoun = span.begin, False, False, False
    while lead and span.begin - lead < 4 and _close(words[lead - 1], words[lead], text):
        before = words[lead - 1].low
        is_other = before in other_words() or before in ("different",)
        is_unknown = before in unidentified() or (before == "named" and lead > 1 and words[lead - 2].low == "un")
        if not (before in LEADING or is_other or is_unknown or before == "un"):
            break
        other, unknown, pronoun = other or is_other, unknown or is_unknown, pronoun or before in PRONOUNS
        lead -= 1
    if lead == span.begin:
        return span
    return replace(span, lead=lead, other=other, unknown=unknown, pronoun=pronoun)


def _with_number(words: list[Token], text: str, span: Span) -> Span:
    """The span with the number or letter behind it, where one can belong to it: 'SW2', 'Social Worker B', 'School 3'."""
    numbered = span.has("role", "worker", "child") or any(
        m.service and m.service.kind in NUMBERED_KINDS for m in span.meanings
    )
    if not numbered or span.end >= len(words) or span.has("subject", "person") or words[span.end - 1].owns:
        return span
    following, gap = words[span.end], words[span.end].begin - words[span.end - 1].end
    rank = any(meaning.of in RANKS for meaning in span.meanings)
    digits = following.raw.isdigit() and gap <= 1 and len(following.raw) <= (5 if rank else 2)
    single = len(following.raw) == 1 and following.raw.isalpha() and following.raw.isupper()
    letter = single and gap == 1 and following.raw != "I" and not _begins_a_phrase(words, span.end, text)
    if UNITS.match(text, following.end) or not (digits or letter):
        return span
    return replace(span, end=span.end + 1, number=following.raw.upper())


def _begins_a_phrase(words: list[Token], place: int, text: str) -> bool:
    """True if a capital A may be an article: 'social worker A home visit'."""
    return (
        words[place].raw == "A"
        and place + 1 < len(words)
        and _close(words[place], words[place + 1], text)
        and words[place + 1].raw.islower()
        and words[place + 1].low not in VERBS
    )


def _proper_name(words: list[Token], place: int, text: str) -> Span | None:
    """A title and a name: 'Mr Brown', 'Dr J Patel'."""
    if words[place].raw not in honorifics():
        return None
    end = _end_of_name(words, place + 1, text)
    if end == place + 1:
        return None
    name = " ".join(word.raw for word in words[place:end])
    return _led(words, text, Span(place, end, place, (Meaning("person", ""),), name=name))


def _end_of_name(words: list[Token], place: int, text: str) -> int:
    end = place
    while end < len(words) and end - place < 3 and words[end].raw[0].isupper() and words[end].low not in CALENDAR:
        between = text[words[end - 1].end : words[end].begin]
        if between.strip(" .") or words[end - 1].owns:
            break
        end += 1
    return end if any(len(word.raw) > 1 for word in words[place:end]) else place


# ----------------------------------------------------------------------------------------- neighbours put together


def _joined(words: list[Token], text: str, spans: list[Span]) -> list[Span]:
    """Spans with the agency, place or owner that stands beside them made part of them."""
    done: list[Span] = []
    for span in spans:
        joined = _with_left(words, text, done[-1], span) if done else None
        if joined:
            done[-1] = joined
        else:
            done.append(_ranked(words, text, span))
    return [span for span in done if not span.has("child") or _is_the_child(words, text, span)]


OWNED: tuple[Sense, ...] = ("relation", "group", "parent", "child", "service", "agency", "role", "worker")


def _with_left(words: list[Token], text: str, left: Span, span: Span) -> Span | None:
    """A span with its left neighbour as its owner or its agency, or the neighbour with the span as its owner; None if
    the two have nothing to do with each other."""
    if left.has("relation", "group") and span.has("subject") and span.begin == left.end + 1:
        return replace(left, end=span.end, owner=span) if words[left.end].low in ("of", "to") else None
    if left.end != span.begin or not _close_owner(words, left, span, text):
        return None
    if _owns(words, left) and left.has("subject", "child", "relation", "person") and span.has(*OWNED):
        return replace(span, begin=left.begin, lead=left.lead, owner=left, pronoun=False)
    return _held(left, span)


def _owns(words: list[Token], span: Span) -> bool:
    return words[span.end - 1].owns


def _close_owner(words: list[Token], left: Span, right: Span, text: str) -> bool:
    between = text[words[left.end - 1].end : words[right.begin].begin]
    return len(between) <= 4 and not between.strip(" -–'’`´s\n\u00a0") and (_owns(words, left) or not between.strip())


def _says_of(words: list[Token], left: Span, right: Span) -> bool:
    return right.begin == left.end + 1 and words[left.end].low in ("of", "to")


def _held(left: Span, right: Span) -> Span | None:
    """'Northshire' and 'CSC', 'School' and 'DSL' as one; None if they are two."""
    if left.has("place") and right.has("service", "agency", "role", "worker") and not right.holder:
        return replace(right, begin=left.begin, lead=left.lead, holder=left, other=left.other, unknown=left.unknown)
    if left.has("agency", "service") and right.has("role", "worker") and not right.has("person"):
        return replace(right, begin=left.begin, lead=left.lead, holder=left, other=left.other, unknown=left.unknown)
    return None


def _ranked(words: list[Token], text: str, span: Span) -> Span:
    """A police rank with the name behind it: 'PC Brown', 'DS 1234 Green'."""
    if not any(meaning.of in RANKS for meaning in span.meanings) or span.end >= len(words):
        return span
    following = words[span.end]
    if (
        len(following.raw) < 3
        or not following.raw.istitle()
        or following.low in CALENDAR
        or not _close(words[span.end - 1], following, text)
    ):
        return span
    return replace(span, end=span.end + 1, name=following.raw)


def _is_the_child(words: list[Token], text: str, span: Span) -> bool:
    """True if 'child', 'pupil' ... stands for a person: not in 'child protection', 'another pupil', 'young people'."""
    if span.number or span.has("subject", "person"):
        return True
    before = words[span.begin - 1].low if span.begin and _close(words[span.begin - 1], words[span.begin], text) else ""
    after = words[span.end].low if span.end < len(words) and _close(words[span.end - 1], words[span.end], text) else ""
    word = words[span.end - 1]
    if after in child_compounds() or (word.owns and after in child_compounds()) or before in other_children():
        return False
    starts = (
        not text[: words[span.begin].begin].rstrip() or text[: words[span.begin].begin].rstrip()[-1] in ".!?:;,(-–/&\n"
    )
    if word.low in OFFSPRING:
        return span.pronoun or span.owner is not None
    return starts or before in LEADING or words[span.begin].raw.isupper()
