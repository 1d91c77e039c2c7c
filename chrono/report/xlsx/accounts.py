"""The sheets Returns and Who is who: what came in and where every row went; who the names were taken to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from chrono.model import Actor, ReturnAccount, SheetAccount, Timeline
from chrono.report.lines import names
from chrono.report.writer import Report
from chrono.report.xlsx.book import Cell, Column, Styled, TableSheet, own_columns
from chrono.report.xlsx.colours import colours

RETURNS = (
    Column("agency", "Agency", 24),
    Column("state", "Asked and returned", 18),
    Column("file", "File", 26),
    Column("sheet", "Sheet", 16),
    Column("rows", "Rows", 8, "count"),
    Column("entries", "Entries", 8, "count"),
    Column("set-aside", "Set aside", 9, "count"),
    Column("why", "Why set aside", 26),
    Column("first", "First day", 12, "day"),
    Column("last", "Last day", 12, "day"),
    Column("undated", "Undated", 9, "count"),
    Column("columns", "How its columns were read", 40, "faint"),
    Column("how", "How the agency was told", 18, "faint"),
    Column("problems", "Problems", 30),
)
WHO = (
    Column("name", "Name", 30, "strong"),
    Column("kind", "Taken to be", 14),
    Column("role", "Role", 26),
    Column("agency", "Agency", 24),
    Column("surfaces", "Written as", 46),
    Column("count", "How often", 10, "count"),
    Column("files", "In files", 36, "faint"),
    Column("why", "Why, and what is not sure", 46),
)
NOTE = {"Note": (26.0, ())}
MOST_SURFACES = 40


def returns_sheet(report: Report) -> TableSheet:
    """A line for each sheet of each return, and one for each agency that was asked and returned nothing."""
    return TableSheet(
        name="Returns",
        kind="return",
        title="Agencies and returns",
        subtitle="Every row of every file: rows = entries + set aside.",
        columns=(*RETURNS, *own_columns(report.notebook.headers("return"), NOTE), ID),
        rows=_returns(report.review.timeline),
        remarks=report.notebook.remarks.get("return", {}),
        frozen=1,
        paper=8,
    )


ID = Column("id", "Id", 14, "faint", hidden=True)


def _returns(timeline: Timeline) -> Iterator[tuple[str, Sequence[Cell]]]:
    tints, name = colours(timeline), names(timeline)
    silent = [agency for agency in timeline.case.agencies if agency.asked and agency.id not in timeline.returned]
    order = {agency.id: place for place, agency in enumerate(timeline.case.agencies)}
    ranked = sorted(timeline.returns, key=lambda one: (order.get(one.agency or "", len(order)), one.file))
    for account in ranked:
        agency = timeline.case.agency(account.agency or "")
        called = Styled(
            name(account.agency) if account.agency else "not told", "strong", tints.get(account.agency or "", "")
        )
        state = "asked, returned" if agency and agency.asked else "returned, not asked"
        for sheet in account.sheets or (SheetAccount("", "empty", 0, 0),):
            yield f"{account.file}|{sheet.sheet}", (called, state, *_sheet(timeline, account, sheet))
    for agency in silent:
        blank = [""] * (len(RETURNS) - 2)
        yield (
            f"agency|{agency.id}",
            (Styled(name(agency.id), "strong"), Styled("asked, nothing returned", "medium"), *blank),
        )


def _sheet(timeline: Timeline, account: ReturnAccount, sheet: SheetAccount) -> tuple[Cell, ...]:
    entries = [
        entry
        for entry in timeline.of(account.agency or "")
        if (entry.source.file, entry.source.sheet) == (account.file, sheet.sheet)
    ]
    starts = [entry.when.start for entry in entries if entry.when.start]
    ends = [entry.when.end for entry in entries if entry.when.end]
    why = Counter(aside.why for aside in sheet.set_aside)
    read = [f"{role}: {header}" for role, header in sheet.columns.items()]
    problems = [
        str(problem)
        for problem in timeline.problems
        if problem.file == account.file and problem.sheet in ("", sheet.sheet)
    ]
    same = [f"the same content as {account.same_as}"] if account.same_as else []
    return (
        account.file,
        sheet.sheet if sheet.kind == "chronology" else f"{sheet.sheet} ({sheet.kind})".strip(),
        sheet.rows,
        sheet.entries,
        len(sheet.set_aside),
        ", ".join(f"{count} {reason}" for reason, count in why.most_common()),
        min(starts, default=None),
        max(ends, default=None),
        sum(not entry.when.known for entry in entries),
        "; ".join((*read, *(f"kept as it is: {header}" for header in sheet.unrecognised))),
        account.how,
        "\n".join((*problems, *same, *sheet.notes)),
    )


def who_sheet(report: Report) -> TableSheet:
    """Every name found, and who it was taken to be; names that nobody could be told from come first."""
    return TableSheet(
        name="Who is who",
        kind="actor",
        title="Who is who",
        subtitle="Who the names in the returns were taken to be. What is not resolved stands first.",
        columns=(*WHO, *own_columns(report.notebook.headers("actor"), NOTE), ID),
        rows=_who(report.review.timeline),
        remarks=report.notebook.remarks.get("actor", {}),
        frozen=1,
        paper=8,
    )


KINDS = {"unresolved": "not resolved", "subject": "subject", "person": "person", "role": "role", "agency": "agency"}


def _who(timeline: Timeline) -> Iterator[tuple[str, Sequence[Cell]]]:
    name = names(timeline)
    order = {kind: place for place, kind in enumerate(KINDS)}
    for actor in sorted(timeline.actors, key=lambda one: (order[one.kind], one.name.casefold(), one.id)):
        count = sum(surface.count for surface in actor.surfaces)
        files = sorted({file for surface in actor.surfaces for file in surface.files})
        style = "medium" if actor.kind == "unresolved" else "text"
        kind = Styled(KINDS[actor.kind], style)
        agency = name(actor.agency) if actor.agency else ""
        written = _surfaces(actor)
        yield actor.id, (actor.name, kind, actor.role, agency, written, count, ", ".join(files), _why(actor, name))


def _surfaces(actor: Actor) -> str:
    shown = [f"{one.text}" + ("" if one.sure else " (?)") for one in actor.surfaces[:MOST_SURFACES]]
    more = [f"and {len(actor.surfaces) - MOST_SURFACES} more"] if len(actor.surfaces) > MOST_SURFACES else []
    return "; ".join(shown + more)


def _why(actor: Actor, name: Callable[[str], str]) -> str:
    parts = [actor.why] if actor.why else []
    if actor.suggestion:
        parts.append(f"perhaps {name(actor.suggestion)}")
    return "; ".join(parts)
