"""Which words a text must have for a regular expression to be found in it, so that most texts need not be searched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

try:
    from re import _parser as parser  # type: ignore[attr-defined]  # the library's own parser has no public name
except ImportError:  # then every text is searched, which is slower and as right
    parser = None

MOST = 60
"""Beginnings that are told apart in one place of an expression; where there are more the letters read last are left out."""
WORD = re.compile(r"\w+")
COMMON = re.compile(
    r"(?:an?|about|after|all|and|any|are|as|at|be|been|before|but|by|did|for|from|ha[ds]|have|he|hers?|him|his|i[fnst]|its"
    r"|more|no|nor|not|o[fnr]|off|out|over|s|she|so|some|t|than|that|the|their|them|then|there|they|this|to|up|was|were|when"
    r"|who|will|with|without|would)\*?"
)
"""Words that stand in so many texts that needing one of them spares few."""
REPEATS = ("MAX_REPEAT", "MIN_REPEAT")
BEGINS = ("LITERAL", "IN", *REPEATS)
HOLDS = ("SUBPATTERN", "ASSERT", "BRANCH", *REPEATS)
"""What a match may begin with, and what has other steps in it."""
EDGES = ("AT_BOUNDARY", "AT_BEGINNING")
EDGE, OPEN = "\1", "\0"
"""In the text with which a match begins: the edge of a word, and that nothing is known of what follows."""
Part = tuple[Any, Any]
"""One step of a parsed expression: what it does, and with what."""


def needed_words(expression: str) -> frozenset[str] | None:
    """Words, and beginnings of words ('clos*'), of which one at least stands in every text in which the expression is found;
    None if none can be named. The expression is one for texts in small letters."""
    return None if parser is None else _needed(parser.parse(expression))


def _needed(parts: Sequence[Part], edge: bool = False) -> frozenset[str] | None:
    """What the most telling place in a sequence asks for; `edge` says that it begins where a word may begin."""
    found = []
    steps = _steps(parts)
    for place, part in enumerate(steps):
        does = str(part[0])
        if edge and does in BEGINS:
            found.append(_rarest_words(_texts(steps[place:])))
        elif does in HOLDS:
            found.append(_needed_in(part, edge))
        if does == "LITERAL":
            edge = not _is_of_a_word(part[1])
        else:
            edge = _parts_words(part) or (_ends_between_words(part) and (edge or not _may_be_left_out(part)))
    return min(filter(None, found), key=_frequency, default=None)


def _frequency(words: Iterable[str]) -> float:
    """How many texts may have one of these words, roughly: short ones are common, and beginnings more so."""
    return sum(map(_share, words))


@cache
def _share(word: str) -> float:
    """How many texts may have a word, roughly."""
    return 1 if COMMON.fullmatch(word) else 4.0 ** -len(word.rstrip("*")) * (4 if word.endswith("*") else 1)


def _needed_in(part: Part, edge: bool) -> frozenset[str] | None:
    does, what = str(part[0]), part[1]
    if does == "SUBPATTERN":
        return _needed(what[3], edge)
    if does == "ASSERT" and what[0] > 0:
        return _needed(what[1], edge)
    if does in REPEATS and what[0]:
        return _needed(what[2], edge)
    if does == "BRANCH":
        each = [_needed(branch, edge) for branch in what[1]]
        return None if None in each else frozenset().union(*(words for words in each if words))
    return None


def _may_be_left_out(part: Part) -> bool:
    return str(part[0]) in REPEATS and not part[1][0]


def _ends_between_words(part: Part) -> bool:
    """True of what ends with something that stands between words only: `(the |his )?`, and not `(re-?)?`."""
    does, what = str(part[0]), part[1]
    if does == "BRANCH":
        return all(map(_last_is_between_words, what[1]))
    inner: Sequence[Part] = what[3] if does == "SUBPATTERN" else what[2] if does in REPEATS else ()
    return _last_is_between_words(inner) if len(inner) else _parts_words(part)


def _last_is_between_words(parts: Sequence[Part]) -> bool:
    return len(parts) > 0 and not _may_be_left_out(parts[-1]) and _ends_between_words(parts[-1])


def _parts_words(part: Part) -> bool:
    """True of what stands between words only: an edge, or letters that are of no word."""
    does, what = str(part[0]), part[1]
    if does == "LITERAL":
        return not _is_of_a_word(what)
    if does == "IN":
        return not any(text == OPEN or WORD.match(text) for text in _letters(what))
    return (does == "AT" and str(what) in EDGES) or (does == "ASSERT_NOT" and _is_letter_before(what))


@cache
def _is_of_a_word(letter: int) -> bool:
    return WORD.match(chr(letter)) is not None


def _is_letter_before(what: Any) -> bool:
    """True of `\\w` in `(?<!\\w)`."""
    direction, parts = what
    return direction < 0 and "CATEGORY_WORD" in str(list(parts))


def _steps(parts: Sequence[Part]) -> Sequence[Part]:
    """The same as a list: what the library parses to is slow to walk through."""
    steps: Sequence[Part] = getattr(parts, "data", parts)
    return steps


def _rarest_words(texts: Iterable[str]) -> frozenset[str] | None:
    """The rarest word of each text, or the beginning of a word where the text does not show its end; None if one has none."""
    rarest = [min(_words_in(text), key=_share, default=None) for text in texts]
    return None if None in rarest else frozenset(word for word in rarest if word)


def _words_in(text: str) -> Iterator[str]:
    """Every word of a text with which a match may begin; what follows OPEN is unknown, and so is the end of the last word."""
    known = text.partition(OPEN)[0]
    for word in WORD.finditer(known):
        yield word.group() if word.end() < len(known) else f"{word.group()}*"


def _texts(parts: Sequence[Part]) -> set[str]:
    """The texts with which a match of these parts may begin; those that may go on in unknown ways end with OPEN."""
    ended: set[str] = set()
    found = {""}
    for part in _steps(parts):
        if str(part[0]) == "LITERAL":
            letter = chr(part[1])
            found = {text + letter for text in found}
            continue
        more = _texts_of(part)
        longer = {text + other for text in found for other in more}
        if len(longer) + len(ended) > MOST:
            return ended.union(text + OPEN for text in found)
        ended.update(text for text in longer if text.endswith(OPEN))
        found = longer - ended
        if not found:
            break
    return ended | found


def _texts_of(part: Part) -> set[str]:
    does, what = str(part[0]), part[1]
    if does == "LITERAL":
        return {chr(what)}
    if does == "IN":
        return _letters(what)
    if does == "AT" and str(what) == "AT_BOUNDARY":
        return {EDGE}
    if does in ("AT", "ASSERT", "ASSERT_NOT"):
        return {""}
    if does == "SUBPATTERN":
        return _texts(what[3])
    if does == "BRANCH":
        return {text for branch in what[1] for text in _texts(branch)}
    if does in REPEATS:
        least, most, repeated = what
        once = (
            _texts(repeated)
            if most == 1
            else {text if text.endswith(OPEN) else text + OPEN for text in _texts(repeated)}
        )
        return once if least else once | {""}
    return {OPEN}


def _letters(choices: Sequence[Part]) -> set[str]:
    """The letters of a class of few."""
    found: set[str] = set()
    for kind, what in choices:
        if str(kind) == "LITERAL":
            found.add(chr(what))
        elif str(kind) == "CATEGORY" and str(what) == "CATEGORY_DIGIT":
            found |= set("0123456789")
        else:
            return {OPEN}
    return found
