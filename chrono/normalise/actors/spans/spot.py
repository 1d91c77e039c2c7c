"""Finds the names in a text: known words, longest first, with what stands around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate
from string import ascii_lowercase
from typing import TypeVar

from chrono.normalise.actors.lexicon import Form, Lexicon
from chrono.normalise.actors.people.roles import Meaning, honorifics
from chrono.normalise.actors.spans.around import led, proper_name, with_number
from chrono.normalise.actors.spans.neighbours import joined
from chrono.normalise.actors.spans.single_words import is_a_parent, is_no_name
from chrono.normalise.actors.spans.span import Name, Span, Spotted
from chrono.normalise.actors.spans.words import BEFORE_A_NAME, PREPOSITIONS, SOMEBODY_ELSE
from chrono.normalise.actors.words import Token, tokens, tokens_of_piece

PLAIN, BEGINS, LEADS, ENDS, LINKS = "-bleo"
"""What stands between two spaces: nothing of a name; a word with which a name begins; an article or the like before it;
a word, number or capital with which a name may end; what may only stand inside it ('of', '-'). In capitals where a
sentence or clause ends behind it."""
STRONGEST_FIRST = "".join((BEGINS, LEADS, ENDS, PLAIN, LINKS))
"""Which kind a piece of several words has: that of the first of these that one of them has."""
STRETCH = re.compile("o?[le]*(?:B|b(?:[bleo]*[bleBLE])?)")
"""All that may belong to one name, or to several that stand side by side."""
REFERENCE = re.compile(r"[/-]\d")
"""What shows that capitals before it are part of a reference: 'EH/17'."""
STOPS = (".", ";", ":", "!", "?", ".)", ".\u201d", '."')
SHORT = 3
"""A full stop behind a word up to this length may be that of an abbreviation: 'St. Alda's', 'Dr. Fern', 'J. Fern'."""
JOINS = ("+", "&", "/")
"""What may stand between the letters of two children."""
LONGEST_NUMBER = 2
"""A number behind a single letter may belong to its name if it has no more figures: 'P12'."""
BEFORE, BEHIND = 2, 2
"""Pieces around a stretch that are looked at where it depends on them who is meant."""
REMEMBERED = 1 << 15
LOWER_LETTERS = frozenset(ascii_lowercase)
"""No name begins with one of these alone: 'a' is an article, 'A' may be a child."""

T = TypeVar("T")
Placed = tuple[int, Name]
"""A name, and where the text it was found in begins in the whole."""


class Spotter:
    """Finds the names of some lexicons, of which earlier ones override later ones. A text is looked at closely only in
    stretches that begin with a word that can begin a name, and the same stretch only once.

    `names`: the cells should hold names, so that doubtful abbreviations count too. `mend` gives the known word for one with
    a typing slip, '' if there is none.
    """

    def __init__(
        self, lexicons: Sequence[Lexicon[Meaning]], *, names: bool, mend: Callable[[str], str] | None = None
    ) -> None:
        self._lexicons = lexicons
        self._names = names
        self._mend = mend
        self._begin_names = frozenset().union(*(lexicon.first_words for lexicon in lexicons))
        self._end_names = frozenset().union(*(lexicon.last_words for lexicon in lexicons))
        self._in_names = PREPOSITIONS.union(*(lexicon.words for lexicon in lexicons))
        self._letters = frozenset().union(*(lexicon.letters for lexicon in lexicons))
        self._parents = frozenset(_for_parents(lexicons))
        self._titles = honorifics()
        self._kinds = _Remembered(self._kind)
        self._stretches = _Remembered(self._look)
        self._in_context = lru_cache(maxsize=REMEMBERED)(self._look_around)

    def spot(self, text: str) -> list[Placed]:
        """The names in a text, in order."""
        if text.isdigit() and text not in self._begin_names:
            return []  # cells of figures, of which returns are full
        pieces = text.split(" ")
        kinds = "".join(map(self._kinds.__getitem__, pieces))
        if BEGINS not in kinds.lower():
            return []
        lengths = list(accumulate(map(len, pieces), initial=0))
        found: list[Placed] = []
        for stretch in STRETCH.finditer(kinds):
            first, last = stretch.span()
            begin, end = lengths[first] + first, lengths[last] + last - 1
            names = self._stretches[text[begin:end]]
            if names is None:
                first, last = max(0, first - BEFORE), min(len(pieces), last + BEHIND)
                at = lengths[first] + first
                names = self._in_context(text[at : lengths[last] + last - 1], begin - at, end - at)
                begin = at
            found += [(begin, name) for name in names]
        return found

    def _kind(self, piece: str) -> str:
        words = tokens_of_piece(piece)
        kind = self._kind_of(words)
        ends = piece.endswith(STOPS) and words and (len(words[-1].raw) > SHORT or piece[-1] in ";:!?")
        return kind.upper() if ends and words[-1].raw not in self._titles else kind

    def _kind_of(self, words: Sequence[Token]) -> str:
        if self._is_reference(words):
            return PLAIN
        kinds = [self._kind_of_word(word) for word in words] or [LINKS]
        return min(kinds, key=STRONGEST_FIRST.index) if len(kinds) > 1 else kinds[0]

    def _is_reference(self, words: Sequence[Token]) -> bool:
        """True for a letter with a long number: 'W19501/21' is nobody's initial."""
        if len(words) < 2 or len(words[0].raw) > 1 or words[1].begin != words[0].end:
            return False
        number = words[1].raw
        return number.isdigit() and len(number) > LONGEST_NUMBER and number not in self._in_names

    def _kind_of_word(self, word: Token) -> str:
        low, raw = word.low, word.raw
        if self._may_begin(word) or (self._mend and self._mend(raw)):
            return BEGINS
        if low in BEFORE_A_NAME or word.owns:
            return LEADS
        if low in self._end_names or low in SOMEBODY_ELSE or raw[0].isupper() or raw.isdigit():
            return ENDS
        return LINKS if low in self._in_names else PLAIN

    def _look(self, text: str) -> tuple[Name, ...] | None:
        """The names in a stretch; None if that depends on what stands around it."""
        words = tokens(text)
        spans = tuple(self._spans(words, text))
        letters = [place for place, word in enumerate(words) if word.low in self._letters]
        if any(span.number or span.has("child") for span in spans) or _alone(letters, spans):
            return None
        return _names(text, words, spans)

    def _look_around(self, text: str, begin: int, end: int) -> tuple[Name, ...]:
        """The names of the stretch that begins and ends there, with what stands around it."""
        words = tokens(text)
        return tuple(name for name in _names(text, words, self._spans(words, text)) if begin <= name.begin < end)

    def _may_begin(self, word: Token) -> bool:
        return (word.low in self._begin_names and word.raw not in LOWER_LETTERS) or word.raw in self._titles

    def _mended(self, words: list[Token]) -> list[Token]:
        mend = self._mend
        if mend is None:
            return words
        mended = [mend(word.raw) for word in words]
        if not any(mended):
            return words
        return [word._replace(low=known) if known else word for word, known in zip(words, mended, strict=True)]

    def _spans(self, words: list[Token], text: str) -> Iterator[Span]:
        known = self._mended(words)
        after = 0
        for place, word in enumerate(known):
            if place < after or not self._may_begin(word):
                continue
            titled = proper_name(words, place, text) if word.raw in self._titles else None
            stated = self._known(known, place, text)
            if found := stated if stated and (not titled or _is_told_by(stated, titled, words, text)) else titled:
                after = found.end
                slip = known is not words and known[found.begin : found.end] != words[found.begin : found.end]
                yield found._replace(slip=True) if slip else found

    def _known(self, words: list[Token], place: int, text: str) -> Span | None:
        best = place
        forms: list[Form[Meaning]] = []
        for lexicon in self._lexicons:
            end, usable = self._longest(lexicon, words, place, text)
            if usable and end > best:
                best, forms = end, usable
        if all(form.meaning.sense == "owner" for form in forms):
            forms = self._owners(forms, words, best)
        if not forms or (
            best - place == 1 and is_no_name(words, place, text, forms) and not self._is_of_several(words, place, text)
        ):
            return None
        if all(form.exact and form.meaning.sense == "agency" for form in forms) and _is_reference(
            text, words[best - 1]
        ):
            return None
        span = led(words, text, Span(place, best, place, tuple([form.meaning for form in forms])))
        counted = with_number(words, text, span)
        return span if counted is not span and span.has("child") and self._is_a_child(words, best) else counted

    def _owners(self, forms: list[Form[Meaning]], words: list[Token], place: int) -> list[Form[Meaning]]:
        """The children whose names have an s without an apostrophe, if a word for a relative begins at the place."""
        following = [form for lexicon in self._lexicons for form in lexicon.longest(words, place)[1]]
        if not any(form.meaning.sense in ("relation", "group") for form in following):
            return []
        return [replace(form, meaning=Meaning("subject", form.meaning.of)) for form in forms]

    def _is_of_several(self, words: list[Token], place: int, text: str) -> bool:
        """True for the letter of a child that a mark joins to that of another, where names are expected: 'P+T', 'P/T'."""
        after = place + 1 + (words[place + 1 : place + 2] != [] and words[place + 1].raw == "&")
        if not self._names or after >= len(words) or not all(self._is_a_child(words, one) for one in (place, after)):
            return False
        return text[words[place].end : words[after].begin].strip() in JOINS

    def _is_a_child(self, words: list[Token], place: int) -> bool:
        """True for the letter of a child of the case: 'her son R' is R, not one of several sons."""
        found = (form for lexicon in self._lexicons for form in lexicon.longest(words, place)[1])
        return any(form.meaning.sense == "subject" for form in found)

    def _longest(
        self, lexicon: Lexicon[Meaning], words: list[Token], place: int, text: str
    ) -> tuple[int, list[Form[Meaning]]]:
        """The longest name from a word on; weak ones only where names are expected, or for a role with its number."""
        end, found = lexicon.longest(words, place)
        if self._names or not any(form.weak for form in found):
            return end, found
        if end - place == 1 and words[place].raw in self._parents and is_a_parent(words, place, text):
            return end, found
        glued = end < len(words) and words[end].begin == words[end - 1].end and words[end].raw.isdigit()
        usable = [form for form in found if not form.weak or (glued and form.meaning.sense == "role")]
        return (end, usable) if usable else lexicon.longest(words, place, weak=False)


def _is_told_by(stated: Span, titled: Span, words: Sequence[Token], text: str) -> bool:
    """True if all of a title and name is a name that the case gives, or only the beginning of one: "Mr D's brother"; or if
    it is what stands before a full stop: 'saw Dr M. Back for lunch'."""
    if stated.end < titled.end:
        return stated.has("person") and text.startswith(". ", words[stated.end - 1].end)
    return stated.end > titled.end or stated.has("subject", "person")


def _for_parents(lexicons: Sequence[Lexicon[Meaning]]) -> Iterator[str]:
    """'M' and 'F', where nobody the case names can be meant by them."""
    for letter in ("M", "F"):
        senses = {form.meaning.sense for lexicon in lexicons for form in lexicon.longest(tokens(letter), 0)[1]}
        if "relation" in senses and not any(_is_initial_of(letter, lexicon) for lexicon in lexicons):
            yield letter


def _is_initial_of(letter: str, lexicon: Lexicon[Meaning]) -> bool:
    """True if somebody with a name of their own has this first letter; 'Mother of K' is no such name."""
    for name, form in lexicon.items():
        if form.meaning.sense in ("subject", "person") and name[:1].upper() == letter:
            if len(name) == 1:
                return True
            begin = lexicon.longest(tokens(name), 0)[1] + lexicon.longest(tokens(name)[:1], 0)[1]
            if not any(other.meaning.sense == "relation" for other in begin):
                return True
    return False


def _is_reference(text: str, word: Token) -> bool:
    return REFERENCE.match(text, word.end) is not None


def _alone(places: Sequence[int], spans: Sequence[Span]) -> bool:
    """True if one of these words is no part of a name of several words."""
    longer = [(span.begin, span.end) for span in spans if span.end - span.begin > 1] if places else ()
    return any(not any(begin <= place < end for begin, end in longer) for place in places)


def _names(text: str, words: list[Token], spans: Iterable[Span]) -> tuple[Name, ...]:
    found = Spotted(text, words)
    return tuple(Name.of(span, found) for span in joined(words, text, spans))


class _Remembered(dict[str, T]):
    """What was found in a piece of text, looked at once."""

    def __init__(self, look: Callable[[str], T]) -> None:
        super().__init__()
        self._look = look

    def __missing__(self, piece: str) -> T:
        found = self[piece] = self._look(piece)
        return found
