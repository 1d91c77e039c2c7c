"""Finds the names in a text: known words, longest first, with what stands around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from chrono.normalise.actors.lexicon import Form, Lexicon
from chrono.normalise.actors.people.roles import Meaning, honorifics
from chrono.normalise.actors.spans.around import led, proper_name, with_number
from chrono.normalise.actors.spans.neighbours import joined
from chrono.normalise.actors.spans.single_words import is_no_name
from chrono.normalise.actors.spans.span import Span, Spotted
from chrono.normalise.actors.words import Token, tokens

NOTHING, MAY_BEGIN, SLIP = range(3)
"""What a piece of text may hold: no word with which a name begins, such a word, or a word with a typing slip."""


class Spotter:
    """Finds the names of some lexicons, of which earlier ones override later ones. A text is looked at closely only where
    a word stands in it that can begin a name.

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
        self._titles = honorifics()
        self._pieces = _Remembered(self._look)

    def spot(self, text: str) -> Spotted:
        """The names in a text."""
        seen = set(map(self._pieces.__getitem__, text.split(" ")))
        if seen == {NOTHING}:
            return Spotted(text, (), ())
        words = tokens(text)
        known = self._mended(words) if SLIP in seen else words
        return Spotted(text, words, tuple(joined(words, text, self._spans(words, known, text))))

    def _look(self, piece: str) -> int:
        words = tokens(piece)
        if self._mend and any(self._mend(word.raw) for word in words):
            return SLIP
        return MAY_BEGIN if any(self._may_begin(word) for word in words) else NOTHING

    def _may_begin(self, word: Token) -> bool:
        return word.low in self._begin_names or word.raw in self._titles

    def _mended(self, words: list[Token]) -> list[Token]:
        mend = self._mend
        return [word._replace(low=known) if mend and (known := mend(word.raw)) else word for word in words]

    def _spans(self, words: list[Token], known: list[Token], text: str) -> Iterator[Span]:
        after = 0
        for place, word in enumerate(known):
            if place < after or not self._may_begin(word):
                continue
            if found := proper_name(words, place, text) or self._known(known, place, text):
                after = found.end
                slip = known is not words and known[found.begin : found.end] != words[found.begin : found.end]
                yield found._replace(slip=True) if slip else found

    def _known(self, words: list[Token], place: int, text: str) -> Span | None:
        best, forms = place, list[Form[Meaning]]()
        for lexicon in self._lexicons:
            end, usable = self._longest(lexicon, words, place)
            if usable and end > best:
                best, forms = end, usable
        if not forms or (best - place == 1 and is_no_name(words, place, text, forms)):
            return None
        span = Span(place, best, place, tuple(form.meaning for form in forms))
        return with_number(words, text, led(words, text, span))

    def _longest(self, lexicon: Lexicon[Meaning], words: list[Token], place: int) -> tuple[int, list[Form[Meaning]]]:
        """The longest name from a word on; weak ones only where names are expected, or for a role with its number."""
        end, found = lexicon.longest(words, place)
        if self._names or not any(form.weak for form in found):
            return end, found
        glued = end < len(words) and words[end].begin == words[end - 1].end and words[end].raw.isdigit()
        usable = [form for form in found if not form.weak or (glued and form.meaning.sense == "role")]
        return (end, usable) if usable else lexicon.longest(words, place, weak=False)


class _Remembered(dict[str, int]):
    """What was seen in a piece of text, looked at once."""

    def __init__(self, look: Callable[[str], int]) -> None:
        super().__init__()
        self._look = look

    def __missing__(self, piece: str) -> int:
        found = self[piece] = self._look(piece)
        return found
