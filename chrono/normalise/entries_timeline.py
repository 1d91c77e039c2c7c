"""The whole stage in order: layouts, whose return is whose, who is who, entries."""

from __future__ import annotations

from collections.abc import Sequence

from chrono.model import Case, Problem, Return, Timeline
from chrono.normalise.actors import Registry
from chrono.normalise.entries import FileReader, copied_account, layouts_of
from chrono.normalise.entries_case import with_agencies, with_assumptions, with_subjects
from chrono.normalise.entries_ids import with_ids


def normalise(case: Case, returns: Sequence[Return], problems: Sequence[Problem] = ()) -> Timeline:
    """Everything the returns say, as entries. The case is completed with what the files themselves tell.

    A file given twice counts once: the first by name is read, the rows of the others are set aside.
    """
    ordered = sorted(returns, key=lambda return_: return_.file)
    case, owners = with_agencies(case, ordered)
    copies = _copies(ordered)
    layouts = {return_.file: layouts_of(return_, owners[return_.file], case) for return_ in ordered}
    case = with_subjects(case, (layout for found in layouts.values() for layout in found))
    case = with_assumptions(case, owners)
    registry = Registry(case)
    readers = {
        return_.file: FileReader(return_, owners[return_.file], case, registry)
        for return_ in ordered
        if return_.file not in copies
    }
    for file, reader in readers.items():
        reader.learn(layouts[file])
    read = {file: reader.read(layouts[file]) for file, reader in readers.items()}
    accounts = [
        copied_account(return_, copies[return_.file], owners[return_.file], layouts[return_.file])
        if return_.file in copies
        else read[return_.file].account
        for return_ in ordered
    ]
    return Timeline(
        case=case,
        returns=tuple(accounts),
        entries=tuple(with_ids(entry for file in read.values() for entry in file.entries)),
        actors=registry.actors(),
        declarations=tuple(said for file in read.values() for said in file.declarations),
        problems=(*problems, *(problem for file in read.values() for problem in file.problems)),
    )


def _copies(returns: Sequence[Return]) -> dict[str, str]:
    """File -> the earlier file with the same content."""
    first: dict[str, str] = {}
    copies: dict[str, str] = {}
    for return_ in returns:
        original = first.setdefault(return_.sha256, return_.file)
        if original != return_.file:
            copies[return_.file] = original
    return copies
