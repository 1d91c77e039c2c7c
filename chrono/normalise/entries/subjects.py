"""The children a review is about, where no case.yaml names them: from columns, titles, headings and glossaries."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from chrono.model import Subject
from chrono.normalise.tables.contents import shown
from chrono.normalise.tables.layout import SheetLayout

_MOST_SUBJECTS = 12
_LABEL = r"(?:child|young\s+person|y\.?p\.?|pupil|baby|sibling|subject|p)(?:\s(?-i:[A-Z])\d?|\s?\d{1,2})"
_LABELLED = re.compile(rf"^(?:{_LABEL}|[a-z]\d?)$", re.IGNORECASE)
_IN_TITLE = re.compile(rf"\b(?!p\s?[a-z]\b)({_LABEL})\b(?:\s*\(([^()]+)\))?", re.IGNORECASE)
_AFTER_LABEL = re.compile(
    r"\b(?:child|young person|yp|subject|pupil|patient|student|client|service user|name of (?:child|pupil|patient|subject))"
    r"\s*:\s*\|?\s*([A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*)"
)
_NOBODY = re.compile(
    r"^(?:all|both|none|n/?a|nil|various|family|general|not (?:stated|known|given)|unknown|others?|mother|mum"
    r"|father|dad|parents?|siblings?|brother|sister|everyone|no one|staff|children|pupils|young (?:people|persons)|-+|\W*)$"
    r"|\bnone\b|\b(?:of|to)\b",
    re.IGNORECASE,
)
_BETWEEN_NAMES = re.compile(r"\s*(?:,|;|/|&|\+|\band\b|\n)\s*")
_WITH_BRACKET = re.compile(r"^(.+?)\s*\(([^()]+)\)$")


class _Names:
    """Names that mean the same child, as far as the returns say so."""

    def __init__(self) -> None:
        self._same: dict[str, str] = {}
        self.count: Counter[str] = Counter()
        self.spelled: dict[str, Counter[str]] = defaultdict(Counter)

    def key(self, name: str) -> str:
        key = _key(name)
        while key in self._same:
            key = self._same[key]
        return key

    def add(self, name: str) -> None:
        key = _key(name)
        self.count[key] += 1
        self.spelled[key][" ".join(name.split())] += 1

    def join(self, one: str, other: str) -> None:
        first, second = sorted((self.key(one), self.key(other)), key=_plainest)
        if first != second:
            self._same[second] = first

    def groups(self) -> dict[str, list[str]]:
        """The key of each child -> the keys of all its names."""
        found: dict[str, list[str]] = defaultdict(list)
        for key in sorted(self.count):
            found[self.key(key)].append(key)
        return found


def subjects_in(layouts: Iterable[SheetLayout], texts: Iterable[str] = ()) -> tuple[Subject, ...]:
    """The children named, most often named first chosen, in the order of their ids. `texts` stand outside the tables."""
    names = _Names()
    pairs: list[tuple[str, str]] = []
    for said in (one for text in texts for one in _in_title(text)):
        names.add(said[0])
    for layout in layouts:
        for said in (*_in_titles(layout), *_in_columns(layout)):
            names.add(said[0])
            pairs += [(said[0], other) for other in said[1:]]
        pairs += [pair for pair in layout.pairs if all(_LABELLED.match(name) for name in pair)]
    for one, other in pairs:
        if _key(one) in names.count or _key(other) in names.count:
            names.join(one, other)
    _join_short_labels(names)
    groups = names.groups()
    often = sorted(groups, key=lambda key: (-sum(names.count[name] for name in groups[key]), key))[:_MOST_SUBJECTS]
    return tuple(_subject(key, groups[key], names) for key in sorted(often))


def _join_short_labels(names: _Names) -> None:
    """'P1' is 'YP1' where a YP1 is spoken of."""
    for key in list(names.count):
        short = re.fullmatch(r"child-p(\d{1,2})", key)
        if short and f"yp{short.group(1)}" in names.count:
            names.join(key, f"yp{short.group(1)}")


def _in_titles(layout: SheetLayout) -> Iterator[tuple[str, ...]]:
    headings = dict.fromkeys(entry.heading for entry in layout.entries)
    for text in dict.fromkeys((*layout.titles, layout.sheet.heading, layout.sheet.name, *headings)):
        yield from _in_title(text)


def _in_title(text: str) -> Iterator[tuple[str, ...]]:
    yield from ((found.group(1),) for found in _AFTER_LABEL.finditer(text) if not _NOBODY.search(found.group(1)))
    for found in _IN_TITLE.finditer(text):
        beside = found.group(2)
        yield (found.group(1), beside) if beside and _LABELLED.match(beside) else (found.group(1),)


def _in_columns(layout: SheetLayout) -> Iterator[tuple[str, ...]]:
    for table in layout.tables:
        place = table.columns.place("subject")
        cells = [] if place is None else [shown(row.line.cell(place)) for row in table.entries]
        for cell in cells:
            yield from _people(cell)


def _people(cell: str) -> Iterator[tuple[str, ...]]:
    for part in _BETWEEN_NAMES.split(cell):
        named = _WITH_BRACKET.match(part)
        name, beside = named.groups() if named else (part, "")
        name = name.strip(" .:")
        if name and len(name) <= 40 and len(name.split()) <= 4 and not _NOBODY.search(name):
            yield (name, beside) if _LABELLED.match(beside) else (name,)


def _key(name: str) -> str:
    """One key for 'Child A', 'child a' and 'A'; for 'YP 1', 'YP1' and 'Young person 1'."""
    text = " ".join(name.casefold().split())
    text = re.sub(r"^(?:young person|y\.?p\.?)\s*(?=\d|[a-z]$)", "yp", text)
    text = re.sub(r"^(?:(?:child|pupil|subject) ?)?([a-z]\d{0,2})$", r"child-\1", text)
    return re.sub(r"[^\w]+", "-", text).strip("-") or "child"


def _plainest(key: str) -> tuple[int, str]:
    return (0 if key.startswith("yp") else 1 if key.startswith("child-") else 2, key)


def _subject(key: str, keys: list[str], names: _Names) -> Subject:
    spelled: Counter[str] = Counter()
    for each in keys:
        spelled.update(names.spelled[each])
    forms = sorted(spelled, key=lambda form: (-spelled[form], form))
    name = max(names.spelled[key] or spelled, key=lambda form: (len(form), form))
    if re.fullmatch(r"[A-Za-z]\d?", name):
        name = f"Child {name.upper()}"
    letter = re.fullmatch(r"child\s+([a-z]\d?)", name, re.IGNORECASE)
    others = [form for form in (*forms, *(letter.groups() if letter else ())) if form != name]
    return Subject(key, name[:1].upper() + name[1:], tuple(dict.fromkeys(others)))
