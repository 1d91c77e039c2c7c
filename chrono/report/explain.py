"""How each file was understood: its sheets, its columns, the rows set aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from chrono.model import ReturnAccount, SheetAccount
from chrono.report.text import clean


def columns_in_words(returns: Sequence[ReturnAccount]) -> str:
    """For each sheet: which header was taken for what, which were not recognised, and why rows were set aside."""
    return clean("\n".join(line for each in returns for line in _file(each)))


def _file(account: ReturnAccount) -> Iterator[str]:
    yield f"{account.file}: {account.agency or 'agency not recognised'}" + (f" ({account.how})" if account.how else "")
    for sheet in account.sheets:
        yield from (f"  {line}" for line in _sheet(sheet))
    yield ""


def _sheet(sheet: SheetAccount) -> Iterator[str]:
    name = f"sheet {sheet.sheet!r}: " if sheet.sheet else ""
    yield f"{name}{sheet.kind}, {sheet.rows} rows = {sheet.entries} entries + {len(sheet.set_aside)} set aside"
    if sheet.columns:
        where = f" in row {sheet.header_row}" if sheet.header_row else ""
        yield f"  columns{where}: " + ", ".join(f"{header!r} is {role}" for role, header in sheet.columns.items())
    if sheet.unrecognised:
        yield "  kept under their own name: " + ", ".join(map(repr, sheet.unrecognised))
    if sheet.set_aside:
        reasons = Counter(aside.why for aside in sheet.set_aside)
        yield "  set aside: " + ", ".join(f"{count} {why}" for why, count in reasons.most_common())
    yield from (f"  {note}" for note in sheet.notes)
