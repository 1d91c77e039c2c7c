"""Rows that were taken for notes and may be events."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.wording import ask, listed, many, quoted
from chrono.model import Finding, SetAside, Source, Timeline

DATED = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b")
KINDS = ("note", "unreadable")
SHOWN = 6


@rule("D28", needs="plain", severity="low", only_alone=True)
def note_with_a_date(timeline: Timeline) -> Iterator[Finding]:
    """A row that was set aside as a note gives a date.

    Finds: rows, by file, of a chronology that were taken for no entry although their words hold a date.
    Why it matters: what happened then would be in no timeline.
    Stays silent when: the note gives no date; the sheet is no chronology.
    """
    for account in timeline.returns:
        rows = [
            (Source(account.file, sheet.sheet, aside.row), aside.text)
            for sheet in account.sheets
            if sheet.kind == "chronology"
            for aside in sheet.set_aside
            if _worth_a_look(aside)
        ]
        if rows:
            agency = (account.agency,) if account.agency else ()
            yield Finding(
                f"{account.file}: {many(len(rows), 'row')} set aside as a note, with a date",
                cites=tuple(source for source, _ in rows),
                explanation=f"Set aside: {listed(f'{source} {quoted(text, 80)}' for source, text in rows[:SHOWN])}.",
                settle=ask(
                    timeline, agency, "whether this is an event; if so, a row of its own with the date in its cell"
                ),
                agencies=agency,
            )


def _worth_a_look(aside: SetAside) -> bool:
    return aside.why in KINDS and bool(DATED.search(aside.text))
