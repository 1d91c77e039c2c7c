"""What the case does not say and the returns do: agencies, and without a case.yaml the subjects. Said as assumptions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from chrono.model import Case, Return, Subject
from chrono.normalise.agencies import found_in, kind_of_agency, whose_return
from chrono.normalise.columns_contents import shown
from chrono.normalise.layout import SheetLayout

_MOST_SUBJECTS = 12
_SUBJECT_IN_TITLE = re.compile(
    r"\b(?:child|young person|yp|subject|pupil|patient|student|client|service user|name)\s*:\s*([A-Z][\w' -]{0,30})"
    r"|\b((?:child|young person|yp|baby|sibling)\s?(?:[A-Z]\d?|\d{1,2}))\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"^(?:all|both|none|n/?a|nil|various|family|general|not (?:stated|known|given)|unknown|others?|mother|mum|father|dad"
    r"|parents?|siblings?|brother|sister|everyone|no one|staff|-+|\W*)$|\bnone\b",
    re.IGNORECASE,
)
_BETWEEN_NAMES = re.compile(r"\s*(?:,|;|/|&|\+|\band\b|\n)\s*")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose return a file is, and by which means that was told."""

    agency: str
    how: str


def with_agencies(case: Case, returns: Sequence[Return]) -> tuple[Case, Mapping[str, Owner]]:
    """The case with the agencies that files turned out to come from, and the owner of every file."""
    owners: dict[str, Owner] = {}
    case = replace(case, agencies=tuple(replace(agency, kind=kind_of_agency(agency)) for agency in case.agencies))
    for return_ in returns:
        agency, how = whose_return(return_, case)
        if agency is None:
            found = found_in(return_)
            if case.agency(found.id) is None:
                found = replace(found, asked=not case.from_file)
                case = replace(case, agencies=(*case.agencies, found))
            agency, how = found.id, f"{how}; taken to be {found.name}"
        owners[return_.file] = Owner(agency, how)
    return case, owners


def with_subjects(case: Case, layouts: Iterable[SheetLayout]) -> Case:
    """Without a case.yaml: the case with the children that columns, titles and headings name."""
    if case.from_file or case.subjects:
        return case
    named: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for layout in layouts:
        for name in _names(layout):
            key = _key(name)
            named[key] += 1
            spelled.setdefault(key, name)
    chosen = sorted(key for key, _ in sorted(named.items(), key=lambda item: (-item[1], item[0]))[:_MOST_SUBJECTS])
    return replace(case, subjects=tuple(Subject(key, _spoken(spelled[key]), _forms(spelled[key])) for key in chosen))


def _names(layout: SheetLayout) -> Iterator[str]:
    for text in (*layout.titles, layout.sheet.heading, layout.sheet.name):
        for found in _SUBJECT_IN_TITLE.finditer(text):
            yield from _people(found.group(1) or found.group(2))
    for table in layout.tables:
        place = table.columns.place("subject")
        if place is not None:
            for row in table.entries:
                yield from _people(shown(row.line.cell(place)))


def _people(text: str) -> Iterator[str]:
    for name in _BETWEEN_NAMES.split(text):
        cleaned = re.sub(r"\(.*?\)|[.:]+$", "", name).strip()
        if cleaned and len(cleaned) <= 40 and len(cleaned.split()) <= 4 and not _NOBODY.search(cleaned):
            yield cleaned


def _key(name: str) -> str:
    """One id for 'Child A', 'child a', 'A'; 'YP 1', 'YP1', 'Young person 1'."""
    text = name.casefold()
    text = re.sub(r"^(?:young person|young people|y\.?p\.?)\s*(?=\d|[a-z]$)", "yp", text)
    text = re.sub(r"^(?:child\s+)?([a-z]\d?)$", r"child-\1", text)
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-") or "child"


def _spoken(name: str) -> str:
    return f"Child {name.upper()}" if re.fullmatch(r"[A-Za-z]\d?", name) else name


def _forms(name: str) -> tuple[str, ...]:
    short = re.fullmatch(r"(?:child\s+)?([A-Za-z]\d?)", name, re.IGNORECASE)
    return (short.group(1).upper(),) if short else ()


def with_assumptions(case: Case, owners: Mapping[str, Owner]) -> Case:
    """Says what was taken to be so because no case.yaml says otherwise."""
    if case.from_file:
        return case
    said = [*case.assumptions]
    for file, owner in sorted(owners.items()):
        said.append(f"{file} is the return of {case.name_of(owner.agency)} ({owner.how}).")
    if case.subjects:
        said.append("The review is about " + _listed([subject.name for subject in case.subjects]) + ".")
    else:
        said.append("No child is named in a column or a title: every row counts for the one review.")
    if case.start is None and case.end is None:
        said.append("No review period is given: it runs from the first to the last date in the returns.")
    return replace(case, assumptions=tuple(said))


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
