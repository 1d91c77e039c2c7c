"""Which children of the case a row is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from chrono.model import Case
from chrono.normalise.actors.lexicon import Lexicon
from chrono.normalise.actors.people.known import subject_forms
from chrono.normalise.actors.people.roles import Meaning
from chrono.normalise.actors.spans import Spotter
from chrono.normalise.actors.words import folded

ALL = re.compile(
    r"^\W*(?:all(?: (?:of them|(?:the )?(?:children|boys|girls|siblings|young people|subjects|pupils"
    r"|yps?|of the above)|(?:the )?(?P<number>two|three|four|five|six|seven|eight|\d)))?"
    r"|both(?: (?:of them|(?:the )?(?:children|boys|girls|siblings|young people|subjects|pupils"
    r"|yps?)))?|everyone|the (?:children|siblings|boys|girls|young people)"
    r"|(?:the |all )?(?P<count>two|three|four|five|six|seven|eight|\d) (?:children|boys|girls"
    r"|siblings|young people|yps?))\W*$",
    re.IGNORECASE,
)
NOBODY = re.compile(
    r"^\W*(?:none\b.*|no[- ]?one|nobody|not (?:stated|known|recorded|given|named|applicable|specified"
    r"|clear)|n/?[aks]|unknown|unnamed|general|various|other|n/?a|nil|staff|school|whole school|not about .*)\W*$",
    re.IGNORECASE,
)
SOMEBODY_BESIDE = re.compile(
    r"\b(?:companion|friend|brother|sister|sibling|mother|father|mum|dad|parent|parents|cousin"
    r"|associate|relative|carer|partner|victim|victims|peer|boyfriend|girlfriend|family|grandmother|grandfather)"
    r"s?\b\W+(?:of|to|for)\b",
    re.IGNORECASE,
)
FOR_ALL = re.compile(
    r"\b(?:sent|posted|delivered|issued|letters?|invitations?|e-?mailed|circulated"
    r"|given)\s+(?:\w+\s+){0,3}?to\s+(?:all\b|every\b|homes\b|schools\b|families\b|parents\b|members\b|pupils\b)",
    re.IGNORECASE,
)
"""Something sent to everybody is about nobody in particular."""
COUNTED = re.compile(
    r"\b(?:both|all (?:two|three|four|five|six|\d))\b(?: of)?(?: the| our)?(?: (?:boys|girls"
    r"|children|young people|siblings|subjects|yps?))?",
    re.IGNORECASE,
)
COUNTS_CHILDREN = re.compile(r"\b(?:boys|girls|children|young people|siblings|subjects|yps?)\b|all \w+$", re.IGNORECASE)
QUANTITIES = ("", "one", "two", "three", "four", "five", "six", "seven", "eight")

REMEMBERED = 1 << 14
Extra = tuple[Lexicon[Meaning], ...]
"""The glossary of the file a text stands in, if it has one."""


class Children:
    """Tells which children of the case are meant by a cell, a heading, the name of a sheet."""

    def __init__(self, case: Case) -> None:
        self.ids = tuple(subject.id for subject in case.subjects)
        self._lexicon: Lexicon[Meaning] = Lexicon()
        for subject in case.subjects:
            for form, exact in subject_forms(subject):
                self._lexicon.add(form, Meaning("subject", subject.id), exact=exact)
        self._spotters: dict[Extra, Spotter] = {}
        # Titles, subject cells and stock phrases come again and again.
        self.named_in = lru_cache(maxsize=REMEMBERED)(self._named_in)
        self.in_cell = lru_cache(maxsize=REMEMBERED)(self._in_cell)
        self._above = lru_cache(maxsize=REMEMBERED)(self._named_above)

    def _named_in(self, text: str, extra: Extra = ()) -> tuple[str, ...]:
        """The children a text names, in the order of the case; a relative of one ("A's brother") does not name the child
        when the words are only about the relative."""
        if extra not in self._spotters:
            self._spotters[extra] = Spotter((self._lexicon, *extra), names=True)
        meant = ({m.of for m in name.span.of("subject")} for _, name in self._spotters[extra].spot(text))
        found = {id_ for ids in meant if len(ids) == 1 for id_ in ids}
        return tuple(id_ for id_ in self.ids if id_ in found) if found else ()

    def _in_cell(self, cell: str, extra: Extra = ()) -> tuple[str, ...] | None:
        """The children a cell of a subject column means: () for nobody in particular, None if the cell does not tell."""
        if not folded(cell):
            return None
        whole = ALL.match(cell)
        if whole:
            return self._all(whole.group("number") or whole.group("count") or "", cell)
        named = self.named_in(cell.replace("/", " / "), extra)
        if SOMEBODY_BESIDE.search(cell) and named and not re.search(r"[,;&+]|\band\b", cell):
            return ()
        if named:
            return named
        return () if NOBODY.match(cell) else None

    def _all(self, number: str, cell: str) -> tuple[str, ...] | None:
        """All children of the case; None if the words count another number of them, () in a case of one child."""
        wanted = 2 if folded(cell).startswith("both") else _quantity(number)
        if len(self.ids) == 1:
            return ()
        return self.ids if wanted in (0, len(self.ids)) else None

    def of_row(
        self,
        cell: str,
        texts: Sequence[str],
        titles: Sequence[str],
        extra: Extra = (),
    ) -> tuple[str, ...]:
        """The children a row is about. In this order: its subject cell, the heading, sheet name and title above it (the
        nearest that names only some of the children), its own texts; in a case of one child, that child."""
        told = self.in_cell(cell, extra) if cell else None
        if told is not None:
            return told
        single = self.ids if len(self.ids) == 1 else ()
        if single:
            return () if for_everybody(texts) and not any(self.named_in(text, extra) for text in texts) else single
        said = (self._in_text(text, extra) for text in texts if text)
        return self._above(tuple(titles), extra) or next(filter(None, said), ())

    def _named_above(self, titles: tuple[str, ...], extra: Extra) -> tuple[str, ...]:
        """The children named by the nearest title that names only some of them."""
        above = (self.named_in(title, extra) for title in titles if title)
        return next((named for named in above if named and len(named) < len(self.ids)), ())

    def _in_text(self, text: str, extra: Extra) -> tuple[str, ...]:
        counted = COUNTED.search(text)
        if counted and COUNTS_CHILDREN.search(counted.group()):
            everybody = self._all(_number_in(counted.group()), counted.group())
            if everybody:
                return everybody
        return self.named_in(text, extra)


def _number_in(words: str) -> str:
    return next((word for word in words.lower().split() if word in QUANTITIES[1:] or word.isdigit()), "")


def _quantity(number: str) -> int:
    """0 for no number."""
    return int(number) if number.isdigit() else QUANTITIES.index(number.lower())


def for_everybody(texts: Sequence[str]) -> bool:
    """True for a row about no child in particular: a mailing, a programme, an open day."""
    return any(FOR_ALL.search(text) for text in texts)
