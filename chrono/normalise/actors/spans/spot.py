"""Finds the names in a text: known words, longest first, with what stands around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from chrono.normalise.actors.lexicon import Lexicon
from chrono.normalise.actors.people.roles import Meaning
from chrono.normalise.actors.spans.around import led, proper_name, with_number
from chrono.normalise.actors.spans.neighbours import joined
from chrono.normalise.actors.spans.single_words import is_no_name
from chrono.normalise.actors.spans.span import Span, Spotted
from chrono.normalise.actors.words import Token, tokens


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
        found = proper_name(words, place, text) or _known(known, place, text, lexicons, names)
        if found:
            slip = known is not words and known[found.begin : found.end] != words[found.begin : found.end]
            spans.append(replace(found, slip=True) if slip else found)
        place = found.end if found else place + 1
    return Spotted(text, tuple(words), tuple(joined(words, text, spans)))


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
    if not forms or (best - place == 1 and is_no_name(words, place, text, forms)):
        return None
    span = Span(place, best, place, tuple(form.meaning for form in forms))
    return with_number(words, text, led(words, text, span))


def _mended(words: list[Token], mend: Callable[[str], str]) -> list[Token]:
    mended = {place: known for place, word in enumerate(words) if (known := mend(word.raw))}
    return [word._replace(low=mended.get(place, word.low)) for place, word in enumerate(words)] if mended else words
