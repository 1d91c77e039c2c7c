"""What the case does not say and the returns do: agencies, and without a case.yaml the children. Said as assumptions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from chrono.model import Agency, Case, Return
from chrono.normalise.actors.agencies import agency_in, found_in, kind_of, kind_of_agency, whose_return
from chrono.normalise.actors.agencies.shown import kind_shown
from chrono.normalise.actors.words import slug
from chrono.normalise.entries.subjects import subjects_in
from chrono.normalise.tables.layout import SheetLayout

_LONGEST_NAME = 60
_SEVERAL = re.compile(r"[,;/\n]|\band\b|^(?:all|n/?a|none|various|-+)$", re.IGNORECASE)
"""A cell that names more than one agency, or none."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose return a file is, and by which means that was told."""

    agency: str
    how: str
    told: bool = True
    """False where the case has no such agency, and the file's own name had to do."""


def with_agencies(case: Case, returns: Sequence[Return]) -> tuple[Case, Mapping[str, Owner]]:
    """The case with the agencies that files turned out to come from, and the owner of every file.

    Every file is held against the case as given, so that one file's agency never decides on another file.
    """
    owners: dict[str, Owner] = {}
    case = replace(case, agencies=tuple(replace(agency, kind=kind_of_agency(agency)) for agency in case.agencies))
    found = dict.fromkeys(agency.id for agency in case.agencies)
    added = []
    for return_ in returns:
        agency, how = whose_return(return_, case)
        told = agency is not None
        if agency is None:
            named = found_in(return_)
            if named.id not in found:
                found[named.id] = None
                added.append(replace(named, asked=not case.from_file))
            agency = named.id
            how = f"{how}; taken to be {named.name}" if case.from_file else "by its name and its titles"
        owners[return_.file] = Owner(agency, how, told)
    return replace(case, agencies=(*case.agencies, *added)), owners


def with_agencies_in_columns(case: Case, layouts: Iterable[SheetLayout]) -> Case:
    """The case with the agencies that a return of several agencies names in its agency column."""
    named = {label for layout in layouts for label in _labels(layout) if not agency_in(label, case)}
    known = {agency.id for agency in case.agencies}
    added = [
        Agency(slug(label), label, asked=not case.from_file, kind=kind_of(label))
        for label in sorted(named)
        if slug(label) and slug(label) not in known
    ]
    once = {agency.id: agency for agency in reversed(added)}
    return replace(case, agencies=(*case.agencies, *(once[id_] for id_ in sorted(once)))) if once else case


def with_kinds_shown(case: Case, owners: Mapping[str, Owner], layouts: Mapping[str, Sequence[SheetLayout]]) -> Case:
    """The case with the kinds of those agencies whose names tell none, where the rows of their returns do."""
    unknown = {agency.id for agency in case.agencies if not agency.kind}
    rows: dict[str, list[str]] = {id_: [] for id_ in unknown}
    for file, found in layouts.items():
        if owners[file].agency in unknown:
            rows[owners[file].agency] += [row.line.text for layout in found for row in layout.entries]
    kinds = {id_: kind_shown(texts) for id_, texts in rows.items() if texts}
    return replace(case, agencies=tuple(replace(a, kind=a.kind or kinds.get(a.id, "")) for a in case.agencies))


def _labels(layout: SheetLayout) -> Iterator[str]:
    for table in layout.tables:
        place = table.columns.place("agency")
        labels = {row.line.at(place) for row in table.entries} if place is not None else set()
        yield from (label for label in labels if 0 < len(label) <= _LONGEST_NAME and not _SEVERAL.search(label))


def with_subjects(case: Case, layouts: Iterable[SheetLayout], returns: Sequence[Return]) -> Case:
    """Without a case.yaml: the case with the children that columns, titles, headings and letters around tables name."""
    if case.from_file or case.subjects:
        return case
    return replace(case, subjects=subjects_in(layouts, [note for return_ in returns for note in return_.notes]))


def with_assumptions(case: Case, owners: Mapping[str, Owner]) -> Case:
    """Says what was taken to be so because no case.yaml says otherwise."""
    if case.from_file:
        return case
    said = [
        f"{file} was taken to be the return of {case.name_of(owner.agency)}, {owner.how}."
        for file, owner in sorted(owners.items())
    ]
    if case.subjects:
        said.append(f"The review was taken to be about {_listed([subject.name for subject in case.subjects])}.")
    else:
        said.append("No column or title names a child: all rows were taken to be about one child.")
    if case.start is None and case.end is None:
        said.append("No review period is given: the first and the last date in the returns were taken for it.")
    return replace(case, assumptions=(*case.assumptions, *said))


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
