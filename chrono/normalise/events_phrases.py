"""Finds the phrases of a vocabulary in a text, in one pass: words to patterns, patterns to an index by first word.

The little language of the vocabulary files: a/b is either word; (word) may be left out; word* has any ending; ... stands
for up to four words; ^ is the beginning of a statement and $ its end. Capitals match only capitals.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Generic, TypeVar

What = TypeVar("What")

TOKEN = re.compile(r"\w+")
STRAIGHT = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "\u00a0": " ", "\u2011": "-", "–": "-", "—": "-", "\u200b": " "}
)
KEY = 3
"""Phrases are indexed by the first letters of their first word; so many of them."""

BETWEEN = r"'?[\s\-/]{1,3}"
GAP = r"(?:[\s\-/,'\"]+[\w&']+){0,4}?[\s\-/,'\"]+"
BEGINNING = r"(?:\A|(?<=[.;:?!\n])|(?<=[.;:?!\n][\s\"']))"
ENDING = r"(?=[\s\"')]*(?:[.;:,?!\n(]|\Z))"


@dataclass(frozen=True, slots=True)
class Found(Generic[What]):
    """A phrase found in a text at `begin`..`end`, and what it may stand for; nothing where the words mean something else."""

    begin: int
    end: int
    means: tuple[What, ...]


def plain(text: str) -> str:
    """The text with typographer's quotes, dashes and spaces made plain; every character keeps its place."""
    return text.translate(STRAIGHT)


def lowered(text: str) -> str:
    """The text in small letters, every character at its place."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def variants(phrase: str) -> Iterator[tuple[str, ...]]:
    """The ways of reading a phrase with its optional words in or out, and each alternative taken."""
    choices = [tuple(_choices(word)) for word in re.sub(r"\(([^()]+)\)", _joined, phrase).split()]
    for chosen in product(*choices):
        yield tuple(word for part in chosen for word in part.split("_") if word)


def _joined(match: re.Match[str]) -> str:
    return "?" + match.group(1).replace(" ", "_")


def _choices(word: str) -> Iterator[str]:
    if word.startswith("?"):
        yield ""
        word = word[1:]
    parts = word.split("/")
    alternatives = parts if len(parts) > 1 and any(len(part) > 1 or part.isdigit() for part in parts) else [word]
    for one in alternatives:
        yield one
        if "." in one.strip(".") and not one.startswith("..."):
            yield one.replace(".", "")


def pattern_of(words: tuple[str, ...]) -> str:
    """The pattern of a phrase without optional words or alternatives."""
    begins, ends = words[0] == "^", words[-1] == "$"
    inner = words[begins : len(words) - ends]
    pieces, gap = [], ""
    for word in inner:
        if word == "...":
            gap = GAP
            continue
        pieces.append((gap or (BETWEEN if pieces else "")) + _word(word))
        gap = ""
    return (BEGINNING if begins else "") + "".join(pieces) + (ENDING if ends else r"(?!\w)")


def _word(word: str) -> str:
    wild = word.endswith("*")
    text = re.escape(word.rstrip("*")).replace("'", "'?").replace(r"\-", r"[\s\-]?").replace(r"\.", r"\.\s?")
    return text + (r"\w*" if wild else "")


class Phrases(Generic[What]):
    """Phrases and what each stands for, ready to be found in texts."""

    def __init__(self, entries: Iterable[tuple[str, What | None]]) -> None:
        meanings: dict[tuple[bool, str], list[What]] = defaultdict(list)
        keys: dict[tuple[bool, str], set[str]] = defaultdict(set)
        lengths: dict[tuple[bool, str], int] = {}
        for phrase, what in entries:
            for words in variants(phrase):
                if not any(any(c.isalnum() for c in word) for word in words):
                    continue
                capitals = any(word.isupper() and len(word) > 1 for word in words)
                pattern = pattern_of(words)
                place = (capitals, pattern)
                known = meanings[place]
                if what is not None and what not in known:
                    known.append(what)
                first = TOKEN.search(" ".join(words))
                keys[place].add(first.group()[:KEY].lower() if first else "")
                lengths[place] = sum(len(word.rstrip("*")) for word in words if word != "...")
        self._tables: tuple[Mapping[str, _Alternatives[What]], Mapping[str, _Alternatives[What]]] = (
            _table(meanings, keys, lengths, capitals=False),
            _table(meanings, keys, lengths, capitals=True),
        )

    def find(self, text: str) -> list[Found[What]]:
        """The phrases in `text` (already plain), from left to right, the longest at each place, never overlapping."""
        small, capitals = self._tables
        low = lowered(text)
        found: list[Found[What]] = []
        end = 0
        for token in TOKEN.finditer(low):
            begin = token.start()
            if begin < end:
                continue
            key = low[begin : begin + KEY] if token.end() - begin > KEY else token.group()
            best = small[key].longest(low, begin) if key in small else None
            if key in capitals and text[begin].isupper():
                shouted = capitals[key].longest(text, begin)
                if shouted and (best is None or shouted.end > best.end):
                    best = shouted
            if best:
                found.append(best)
                end = best.end
        return found


class _Alternatives(Generic[What]):
    """The phrases that begin with the same letters, as one pattern with the longest first; compiled when first needed."""

    def __init__(self, patterns: list[tuple[str, tuple[What, ...]]]) -> None:
        self._patterns = patterns
        self._compiled: re.Pattern[str] | None = None

    def longest(self, text: str, begin: int) -> Found[What] | None:
        if self._compiled is None:
            self._compiled = _compiled("|".join(f"({pattern})" for pattern, _ in self._patterns))
        match = self._compiled.match(text, begin)
        if match is None or match.lastindex is None:
            return None
        return Found(begin, match.end(), self._patterns[match.lastindex - 1][1])


@lru_cache(maxsize=None)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _table(
    meanings: Mapping[tuple[bool, str], list[What]],
    keys: Mapping[tuple[bool, str], set[str]],
    lengths: Mapping[tuple[bool, str], int],
    *,
    capitals: bool,
) -> dict[str, _Alternatives[What]]:
    by_key: dict[str, list[tuple[int, str, tuple[What, ...]]]] = defaultdict(list)
    for place, means in meanings.items():
        if place[0] is capitals:
            for key in keys[place]:
                by_key[key].append((-lengths[place], place[1], tuple(means)))
    return {
        key: _Alternatives([(pattern, means) for _, pattern, means in sorted(group, key=lambda one: one[:2])])
        for key, group in by_key.items()
    }
