"""Finds the phrases of a vocabulary in a text, in one pass: words to patterns, patterns to an index by the first word and the
first letters of the second, so that few patterns are ever prepared, and most words of a text are passed over without one.

The little language of the vocabulary files: a/b is either word; (word) may be left out; word* has any ending; ... stands
for up to four words; # is a number; ^ is the beginning of a statement and $ its end. Capitals match only capitals.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

What = TypeVar("What")

TOKEN = re.compile(r"\w+")
PLAIN_WORD = re.compile(r"\w+\*?|#")
STRAIGHT = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "\u00a0": " ", "\u2011": "-", "–": "-", "—": "-", "\u200b": " "}
)
STEM = 3
"""A phrase that begins with word* is found by the first letters of that word; so many of them."""
SECOND = 2
"""So many first letters of a phrase's second word are held against the text's next word."""
NUMBER, NUMBERS = "#", frozenset(map(str, range(1000)))
"""How the vocabulary files write a number, and the numbers that a phrase may begin with."""

BETWEEN = r"'?[\s\-/]{1,3}"
SHORTENED = r"(?:occ|ref|no|nos|inc|incid|art|sec|sect|s|para|p|approx|ext|tel|flat|rm)\.(?=\s?[\w/-]*\d)"
"""A word cut short before a number: its full stop ends no sentence."""
GAP = rf"(?:[\s\-/,'\"]+(?:{SHORTENED}|[\w&']+)){{0,4}}?[\s\-/,'\"]+"
BEGINNING = r"(?:\A|(?<=[.;:?!\n])|(?<=[.;:?!\n][\s\"']))"
ENDING = r"(?=[\s\"')]*(?:[.;:,?!\n(]|\Z))"


@dataclass(frozen=True, slots=True)
class Found(Generic[What]):
    """A phrase found in a text at `begin`..`end`, and what it may stand for; nothing where the words mean something else."""

    begin: int
    end: int
    means: tuple[What, ...]


@dataclass(frozen=True, slots=True)
class Not(Generic[What]):
    """Says of a phrase that the words in it do not stand for `what`, whatever a shorter phrase says."""

    what: What


def plain(text: str) -> str:
    """The text with typographer's quotes, dashes and spaces made plain; every character keeps its place."""
    return text if text.isascii() else text.translate(STRAIGHT)


def lowered(text: str) -> str:
    """The text in small letters, every character at its place."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def variants(phrase: str) -> Iterator[tuple[str, ...]]:
    """The ways of reading a phrase with its optional words in or out, and each alternative taken."""
    for chosen in product(*_parts(phrase)):
        yield tuple(word for part in chosen for word in part.split("_") if word)


def _parts(phrase: str) -> list[tuple[str, ...]]:
    """For each word of a phrase what may stand there: nothing for an optional word, words joined by _ for several."""
    return [tuple(_choices(word)) for word in re.sub(r"\(([^()]+)\)", _joined, phrase).split()]


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
    pieces: list[str] = []
    gap = ""
    for word in inner:
        if word == "...":
            gap = GAP
            continue
        pieces.append((gap or (BETWEEN if pieces else "")) + _word(word))
        gap = ""
    return (BEGINNING if begins else "") + "".join(pieces) + (ENDING if ends else r"(?!\w)")


def _word(word: str) -> str:
    if word == "#":
        return r"\d{1,3}"
    wild = word.endswith("*")
    text = re.escape(word.rstrip("*")).replace("'", "'?").replace(r"\-", r"[\s\-]?").replace(r"\.", r"\.\s?")
    return text + (r"\w*" if wild else "")


@dataclass(frozen=True, slots=True)
class _Way(Generic[What]):
    """One pattern, what it stands for, and what it says it does not stand for. `second`: the first letters of its second
    word, '' where the text may go on otherwise."""

    pattern: str
    second: str
    means: tuple[What, ...]
    nots: tuple[What, ...]


_Ranked = tuple[int, _Way[What]]
"""A pattern behind its rank: the longest comes first."""
Line = tuple[str, What | Not[What]] | tuple[str, What | Not[What], str]
"""A line of a vocabulary: a phrase, what it stands for, and where, if not everywhere."""
Counts = Callable[[str, str], bool]
"""Whether a phrase counts, by the phrase and where it does so."""


class Phrases(Generic[What]):
    """Phrases and what each stands for, ready to be found in texts. What begins with a word is prepared when it is met."""

    def __init__(self, entries: Iterable[Line[What]]) -> None:
        self._entries: dict[str, list[Line[What]]] = defaultdict(list)
        self._counts: Counts = lambda _phrase, _where: False
        for entry in entries:
            for key in _first_words(entry[0]):
                self._entries[key].append(entry)
        self._words = self._entries.keys() | (NUMBERS if NUMBER in self._entries else ())
        self._stems = {key[:-1] for key in self._entries if key.endswith("*")}
        self._beginning: dict[tuple[str, bool], _Prepared[What]] = {}
        self._known: dict[tuple[str, str, bool], _Alternatives[What] | None] = {}

    def counting(self, counts: Counts) -> Phrases[What]:
        """The phrases that count somewhere: the long index by first words is shared, as it would take long to make anew."""
        some = copy(self)
        some._counts, some._beginning, some._known = counts, {}, {}
        return some

    def find(self, text: str) -> list[Found[What]]:
        """The phrases in `text` (already plain), from left to right, the longest at each place, never overlapping."""
        low = lowered(text)
        words, stems = self._words, self._stems
        found: list[Found[What]] = []
        refused: list[tuple[int, What]] = []
        end = 0
        tokens = list(TOKEN.finditer(low))
        for at, token in enumerate(tokens, 1):
            word = token[0]
            if word not in words and word[:STEM] not in stems:
                continue
            begin = token.start()
            if begin < end:
                continue
            second = tokens[at][0][:SECOND] if at < len(tokens) else ""
            here = self._at(word, second, capitals=False)
            best = here.longest(low, begin, refused) if here else None
            if text[begin].isupper() and (shouting := self._at(word, second, capitals=True)):
                shouted = shouting.longest(text, begin, refused)
                if shouted and (best is None or shouted.end > best.end):
                    best = shouted
            if best:
                found.append(best)
                end = best.end
        return found

    def _at(self, word: str, second: str, *, capitals: bool) -> _Alternatives[What] | None:
        """The phrases that can begin with `word`, and go on with a word that begins with `second`."""
        place = word, second, capitals
        if place not in self._known:
            if (word, capitals) not in self._beginning:
                self._beginning[word, capitals] = self._prepared(word, capitals)
            whatever_follows, before = self._beginning[word, capitals]
            groups = [group for group in (whatever_follows, before.get(second)) if group]
            self._known[place] = _Alternatives(groups) if groups else None
        return self._known[place]

    def _prepared(self, word: str, capitals: bool) -> _Prepared[What]:
        keys = [word, *([NUMBER] if word in NUMBERS else [])]
        if not capitals:
            keys.append(word[:STEM] + "*")
        ways = _longest_first(one for key in keys for one in _ways(self._here(key), key, capitals))
        before: dict[str, list[_Ranked[What]]] = defaultdict(list)
        for rank, way in enumerate(ways):
            before[way.second].append((rank, way))
        groups = {second: _Group(ranked) for second, ranked in before.items()}
        return groups.pop("", None), groups

    def _here(self, key: str) -> Iterator[tuple[str, What | Not[What]]]:
        for phrase, what, *where in self._entries.get(key, ()):
            if not where or self._counts(phrase, where[0]):
                yield phrase, what


class _Group(Generic[What]):
    """Phrases that begin with the same letters and go on with the same or in any way, the longest first, each with its rank
    among all that begin so; one pattern, compiled when first needed."""

    def __init__(self, ranked: Sequence[_Ranked[What]]) -> None:
        self.ranked = ranked

    @cached_property
    def any(self) -> re.Pattern[str]:
        """What finds the first of them that stands at a place; its number is that of the group that matched."""
        return _compiled("|".join(f"({way.pattern})" for _, way in self.ranked))


_Prepared = tuple[_Group[What] | None, dict[str, _Group[What]]]
"""The phrases that begin with a word: those that may go on in any way, and the others by the beginning of their second word."""


class _Alternatives(Generic[What]):
    """The phrases that can stand at a place by its word and the beginning of the next."""

    def __init__(self, groups: Sequence[_Group[What]]) -> None:
        self._groups = groups

    def longest(self, text: str, begin: int, refused: list[tuple[int, What]]) -> Found[What] | None:
        """The longest phrase here. `refused`, which is added to, says until where the text stands for something not."""
        best: tuple[int, _Way[What], int] | None = None
        for group in self._groups:
            match = group.any.match(text, begin)
            if match is not None and match.lastindex is not None:
                rank, way = group.ranked[match.lastindex - 1]
                if best is None or rank < best[0]:
                    best = rank, way, match.end()
        if best is None:
            return None
        _, way, end = best
        if way.nots or any(begin < until for until, _ in refused):
            return self._allowed(text, begin, refused)
        return Found(begin, end, way.means)

    def _allowed(self, text: str, begin: int, refused: list[tuple[int, What]]) -> Found[What] | None:
        """The longest phrase that means something not refused, one after the other: the slow way, seldom needed."""
        for _, way in sorted((one for group in self._groups for one in group.ranked), key=itemgetter(0)):
            match = _compiled(way.pattern).match(text, begin)
            if match is None:
                continue
            refused.extend((match.end(), what) for what in way.nots)
            means = tuple(what for what in way.means if not any(begin < until and what == no for until, no in refused))
            if means:
                return Found(begin, match.end(), means)
        return None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _ways(
    entries: Iterable[tuple[str, What | Not[What]]], key: str, capitals: bool
) -> Iterator[tuple[int, _Way[What]]]:
    """Every pattern that is looked for under `key` once, with its length and all it stands for."""
    means: dict[str, list[What]] = defaultdict(list)
    nots: dict[str, list[What]] = defaultdict(list)
    places: dict[str, _Place] = {}
    for phrase, what in entries:
        for place in _places(phrase):
            if (place.capitals, place.key) != (capitals, key):
                continue
            places[place.pattern] = place
            known, thing = (nots[place.pattern], what.what) if isinstance(what, Not) else (means[place.pattern], what)
            if thing not in known:
                known.append(thing)
    for pattern, place in places.items():
        yield place.length, _Way(pattern, place.second, tuple(means[pattern]), tuple(nots[pattern]))


class _Place(NamedTuple):
    """Where a phrase is looked for: among words in capitals or all, under which first letters, before which; with which
    pattern; and how long it is."""

    capitals: bool
    key: str
    second: str
    pattern: str
    length: int


@cache
def _places(phrase: str) -> tuple[_Place, ...]:
    """Where a phrase is looked for."""
    return tuple(
        _Place(
            any(word.isupper() and len(word) > 1 for word in words),
            key,
            _second(words),
            pattern_of(words),
            sum(len(word.rstrip("*")) for word in words if word != "..."),
        )
        for words in variants(phrase)
        if any(map(_says_something, words))
        for key in _keys(words)
    )


def _second(words: tuple[str, ...]) -> str:
    """The first letters of the second word, where the text must have it next: not behind '...', a number, or a first word that
    may be written as two."""
    first, *rest = (word.lower() for word in words if word not in "^$")
    letters = rest[0][:SECOND] if rest else ""
    plain_words = PLAIN_WORD.fullmatch(first) and len(letters) == SECOND and letters.isalnum()
    return letters if plain_words else ""


def _says_something(word: str) -> bool:
    return any(character.isalnum() or character == NUMBER for character in word)


@cache
def _first_words(phrase: str) -> tuple[str, ...]:
    """Every key that a phrase may be looked for under, found without writing out all its variants."""
    keys: dict[str, None] = {}
    for choices in _parts(phrase):
        words = [choice.strip("_").partition("_")[0] for choice in choices]
        keys.update(dict.fromkeys(key for word in words if _says_something(word) for key in _keys((word,))))
        if all(map(_says_something, words)):
            break
    return tuple(keys)


def _keys(words: tuple[str, ...]) -> Iterator[str]:
    """Under what a phrase is looked for: its first word, 'stem*' if that may have any ending, NUMBER for any number.

    Behind a stem too short for the index only a number may stand: 'sw*' is a social worker, 'SW1' too.
    """
    first = next(word for word in words if word != "^").lower()
    if first == NUMBER:
        yield NUMBER
        return
    runs = TOKEN.findall(first)
    for run in dict.fromkeys((runs[0], "".join(runs))):
        if not first.endswith("*") or run != "".join(runs):
            yield run
            continue
        yield run[:STEM] + "*"
        if len(run) == STEM - 1:
            yield from (f"{run}{digit}*" for digit in "0123456789")


def _longest_first(group: Iterable[tuple[int, _Way[What]]]) -> list[_Way[What]]:
    return [way for _, way in sorted(group, key=lambda one: (-one[0], bool(one[1].nots), one[1].pattern))]
