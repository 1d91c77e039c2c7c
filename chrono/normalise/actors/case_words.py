"""Every name of one case, with the words of the field: what a text is searched for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

from chrono.model import Case
from chrono.normalise.actors.decisions import World
from chrono.normalise.actors.people import label_of, subject_forms
from chrono.normalise.actors.roles import Meaning, field_words
from chrono.normalise.actors.words import Lexicon, tokens

SHORT = 3
"""Names up to this length are abbreviations: their capitals count."""
MENDED = 6
"""Words shorter than this are never mended: too many of them differ by one letter."""


def lexicon_of(case: Case, world: World) -> Lexicon[Meaning]:
    """The names of the case, then the words of the field, then initials."""
    lexicon: Lexicon[Meaning] = Lexicon()
    for name, meaning, exact in _names(case, world):
        lexicon.add(name, meaning, exact=exact)
    for name, meaning, exact, weak in field_words():
        lexicon.add(name, meaning, exact=exact, weak=weak)
    free = [(letters, who) for letters, who in _initials(case) if not lexicon.longest(tokens(letters), 0)[1]]
    for letters, who in free:
        lexicon.add(letters, who, exact=True)
    return lexicon


def _names(case: Case, world: World) -> Iterator[tuple[str, Meaning, bool]]:
    for subject in case.subjects:
        yield from ((form, Meaning("subject", subject.id), exact) for form, exact in subject_forms(subject))
    for agency in case.agencies:
        for form in (agency.name, *agency.aliases):
            yield form, Meaning("agency", agency.id), len(form) <= SHORT
        if agency.id.isalpha() and len(agency.id) >= SHORT:
            yield agency.id.upper(), Meaning("agency", agency.id), True
        yield from ((place.title(), Meaning("place", place), True) for place in world.naming.places[agency.id])
    for known in world.people:
        for form in (known.person.name, re.split(r"[,(]", known.person.name)[0], *known.person.aliases):
            if not _is_field_word(form):
                yield form, Meaning("person", known.id), len(form) <= SHORT


@lru_cache(maxsize=1)
def _field() -> Lexicon[Meaning]:
    lexicon: Lexicon[Meaning] = Lexicon()
    for name, meaning, exact, weak in field_words():
        lexicon.add(name, meaning, exact=exact, weak=weak)
    return lexicon


def _is_field_word(form: str) -> bool:
    """True for 'mother' or 'DSL': words that mean the case's person only where the row allows it."""
    words = tokens(form)
    end, forms = _field().longest(words, 0)
    return bool(forms) and end == len(words)


def _initials(case: Case) -> Iterator[tuple[str, Meaning]]:
    """The initials of children with real names, as 'L' and 'LB'; whoever shares them is yielded too, so that nobody
    is taken for another."""
    children = {subject.id: subject.name for subject in case.subjects if _is_real(subject.name)}
    others = {person.id: person.name for person in case.people if _is_real(person.name)}
    bearers: dict[str, list[str]] = defaultdict(list)
    for id_, name in (*children.items(), *others.items()):
        letters = "".join(word.raw[0] for word in tokens(name))
        for form in {letters[0], letters}:
            bearers[form].append(id_)
    for form, ids in sorted(bearers.items()):
        if children.keys() & set(ids):
            yield from ((form, Meaning("initial", id_)) for id_ in ids)


def _is_real(name: str) -> bool:
    words = tokens(name)
    return (
        bool(words)
        and all(word.raw.istitle() for word in words)
        and not label_of(name)
        and not any(_field().within(name))
    )


class Mender:
    """Finds the known word that one with a typing slip was meant to be: one letter off, missing, doubled or swapped,
    with the first and last letter right. Never for numbers, and never for a word that is itself known."""

    def __init__(self, lexicon: Lexicon[Meaning], case: Case) -> None:
        names = (*(s.name for s in case.subjects), *(p.name for p in case.people), *(a.name for a in case.agencies))
        self._known = frozenset(word.low for name, _ in lexicon.items() for word in tokens(name))
        self._names = _by_ends(word.low for name in names for word in tokens(name) if word.raw[0].isupper())
        self._all = _by_ends(self._known)
        self._found: dict[tuple[str, bool], str] = {}

    def of(self, names: bool) -> Callable[[str], str]:
        """The mender for a cell: in running text only capitalised words are taken for names, and only names of the case."""
        return self._in_names if names else self._in_text

    def _in_text(self, word: str) -> str:
        return self._mended(word, self._names) if len(word) >= MENDED and word[0].isupper() else ""

    def _in_names(self, word: str) -> str:
        return self._mended(word, self._all) if len(word) >= MENDED else ""

    def _mended(self, word: str, known: dict[tuple[str, str], list[str]]) -> str:
        key = (word, known is self._all)
        if key not in self._found:
            self._found[key] = self._nearest(word.lower(), known)
        return self._found[key]

    def _nearest(self, word: str, known: dict[tuple[str, str], list[str]]) -> str:
        if word in self._known or not word.isalpha():
            return ""
        near = [other for other in known.get((word[0], word[-1]), ()) if OSA.distance(word, other, score_cutoff=1) == 1]
        return near[0] if len(near) == 1 else ""


def _by_ends(words: Iterator[str] | frozenset[str]) -> dict[tuple[str, str], list[str]]:
    """Words long enough to be mended, by their first and last letter."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for word in sorted(set(words)):
        if len(word) >= MENDED and word.isalpha():
            groups[word[0], word[-1]].append(word)
    return dict(groups)
