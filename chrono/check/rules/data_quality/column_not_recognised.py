"""Columns whose meaning is not known."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.wording import ask, listed, quoted
from chrono.model import Finding, Source, Timeline


@rule("D21", needs="plain", severity="low", only_alone=True)
def column_not_recognised(timeline: Timeline) -> Iterator[Finding]:
    """A column of a chronology is kept, and no check reads it.

    Finds: files with a column whose header says nothing that is known, at the row of the headers.
    Why it matters: if it holds an outcome, a time or who was told, findings will say that these are missing.
    Stays silent when: every header is known; the sheet is no chronology.
    """
    for account in timeline.returns:
        found = [
            (sheet, header) for sheet in account.sheets if sheet.kind == "chronology" for header in sheet.unrecognised
        ]
        if found:
            headers = list(dict.fromkeys(header for _, header in found))
            agency = (account.agency,) if account.agency else ()
            yield Finding(
                f"{account.file}: not recognised: {'column' if len(headers) == 1 else 'columns'} "
                f"{listed(quoted(header, 40) for header in headers)}"[:160],
                cites=tuple(
                    dict.fromkeys(Source(account.file, sheet.sheet, sheet.header_row or 0) for sheet, _ in found)
                ),
                explanation=f"The cells are kept under the header's own name. Other columns: "
                f"{listed(quoted(header, 40) for header in found[0][0].columns.values())}.",
                settle=f"{ask(timeline, agency, 'what is in it')} Or say in case.yaml which column it is, under the "
                "agency's `columns`.",
                agencies=agency,
                column=headers[0] if len(headers) == 1 else "",
            )
