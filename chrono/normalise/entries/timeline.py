"""The whole stage in order: layouts, whose return is whose, who is who, entries, nothing counted twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from chrono.model import Case, Problem, Return, ReturnAccount, SetAside, SheetAccount, Timeline
from chrono.normalise.actors.registry import Registry
from chrono.normalise.entries.case import (
    Owner,
    with_agencies,
    with_agencies_in_columns,
    with_assumptions,
    with_kinds_shown,
    with_subjects,
)
from chrono.normalise.entries.copies import Place, repeated_sheets, same_files
from chrono.normalise.entries.ids import numbered
from chrono.normalise.entries.read import FileRead, FileReader, account_of, layouts_of
from chrono.normalise.tables.layout import SheetLayout

Layouts = Mapping[str, Sequence[SheetLayout]]


def normalise(case: Case, returns: Sequence[Return], problems: Sequence[Problem] = ()) -> Timeline:
    """Everything the returns say, as entries. The case is completed with what the files themselves tell.

    A file given twice counts once: the first by name is read, the rows of the others are set aside. So are the rows of
    a sheet that another one of the same agency holds in full.
    """
    ordered = sorted(returns, key=lambda return_: return_.file)
    case, owners = with_agencies(case, ordered)
    layouts = {return_.file: layouts_of(return_, owners[return_.file], case) for return_ in ordered}
    found = [layout for each in layouts.values() for layout in each]
    case = with_kinds_shown(with_agencies_in_columns(case, found), owners, layouts)
    case = with_subjects(case, found, ordered)
    case = with_assumptions(case, owners)
    registry = Registry(case)
    copies = same_files(ordered)
    read = _read([return_ for return_ in ordered if return_.file not in copies], layouts, owners, case, registry)
    repeats = repeated_sheets(entry for file in read.values() for entry in file.entries)
    entries = [
        entry
        for file in read.values()
        for entry in file.entries
        if (entry.source.file, entry.source.sheet) not in repeats
    ]
    accounts = [
        _copied(return_, copies[return_.file], owners[return_.file], layouts[return_.file])
        if return_.file in copies
        else _without_repeats(read[return_.file].account, repeats, layouts[return_.file])
        for return_ in ordered
    ]
    return Timeline(
        case=case,
        returns=tuple(accounts),
        entries=tuple(numbered(entries)),
        actors=registry.actors(),
        declarations=tuple(said for file in read.values() for said in file.declarations),
        problems=(*problems, *(problem for file in read.values() for problem in file.problems)),
    )


def _read(
    returns: Sequence[Return], layouts: Layouts, owners: Mapping[str, Owner], case: Case, registry: Registry
) -> dict[str, FileRead]:
    """Every file read. All glossaries are learnt first, so that the order of files changes nothing."""
    readers = {return_.file: FileReader(return_, owners[return_.file], case, registry) for return_ in returns}
    for file, reader in readers.items():
        reader.learn(layouts[file])
    return {file: reader.read(layouts[file]) for file, reader in readers.items()}


def _copied(return_: Return, original: str, owner: Owner, layouts: Sequence[SheetLayout]) -> ReturnAccount:
    """The account of a file whose content another file has too."""
    sheets = tuple(_all_aside(account_of(layout), layout, "duplicate file") for layout in layouts)
    how = f"the same content as {original}"
    return ReturnAccount(
        return_.file, return_.sha256, owner.agency, sheets, how, return_.size, return_.modified, original
    )


def _without_repeats(
    account: ReturnAccount, repeats: Mapping[Place, Place], layouts: Sequence[SheetLayout]
) -> ReturnAccount:
    """The account with the sheets set aside that only repeat another one. Where none else is left, the file is a copy."""
    fuller = {layout.sheet.name: repeats.get((account.file, layout.sheet.name)) for layout in layouts}
    if not any(fuller.values()):
        return account
    sheets = tuple(
        _repeated(sheet, layout, kept) if (kept := fuller[sheet.sheet]) else sheet
        for sheet, layout in zip(account.sheets, layouts, strict=True)
    )
    others = {kept[0] for kept in fuller.values() if kept}
    whole = not any(sheet.entries for sheet in sheets) and len(others) == 1 and account.file not in others
    return replace(account, sheets=sheets, same_as=others.pop() if whole else "")


def _repeated(account: SheetAccount, layout: SheetLayout, kept: Place) -> SheetAccount:
    where = f"{kept[0]} [{kept[1]}]" if kept[1] else kept[0]
    aside = _all_aside(account, layout, "duplicate row")
    return replace(aside, notes=(*account.notes, f"every row stands in {where} too; it is not counted twice"))


def _all_aside(account: SheetAccount, layout: SheetLayout, why: str) -> SheetAccount:
    """The account of a sheet none of whose rows counts: its entries set aside, like its other rows."""
    rows = [SetAside(entry.line.number, why, entry.line.text) for entry in layout.entries]
    aside = sorted([*account.set_aside, *rows], key=lambda aside: aside.row)
    return replace(account, entries=0, set_aside=tuple(aside))
