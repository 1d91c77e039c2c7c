"""What the case does not say and the returns do: agencies, and without a case.yaml the children. Said as assumptions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from chrono.model import Case, Return
from chrono.normalise.agencies import found_in, kind_of_agency, whose_return
from chrono.normalise.entries_subjects import subjects_in
from chrono.normalise.layout import SheetLayout


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose return a file is, and by which means that was told."""

    agency: str
    how: str


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
        if agency is None:
            named = found_in(return_)
            if named.id not in found:
                found[named.id] = None
                added.append(replace(named, asked=not case.from_file))
            agency = named.id
            how = f"{how}; taken to be {named.name}" if case.from_file else "by its name and its titles"
        owners[return_.file] = Owner(agency, how)
    return replace(case, agencies=(*case.agencies, *added)), owners


def with_subjects(case: Case, layouts: Iterable[SheetLayout]) -> Case:
    """Without a case.yaml: the case with the children that columns, titles and headings name."""
    if case.from_file or case.subjects:
        return case
    return replace(case, subjects=subjects_in(layouts))


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
