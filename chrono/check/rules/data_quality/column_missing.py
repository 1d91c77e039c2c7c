"""Columns that were asked for and are not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chrono.check.rule import rule
from chrono.check.wording import ask, listed
from chrono.model import Finding, Severity, SheetAccount, Source, Timeline

LIKE = {"outcome": ("outcome", "action"), "people": ("people", "worker")}
"""Columns either of which will do."""
IN_WORDS = {"text": "what happened", "people": "who was involved", "told": "who was told", "recorded": "recorded on"}
FEW = 3


@rule("D22", needs="plain", severity="low", only_alone=True)
def column_missing(
    timeline: Timeline, *, required: Sequence[str] = ("outcome",), severity: Severity = "low"
) -> Iterator[Finding]:
    """A return has no column for what was asked of it.

    Finds: files without one of the columns in `required` (roles: outcome, people, told, recorded, seen, ...) on any sheet.
    Why it matters: without an outcome, nobody can tell a decision from a conversation.
    Stays silent when: one sheet of the file has it, or a column like it (outcome and action); the file has fewer than three
    rows.
    """
    for account in timeline.returns:
        sheets = [sheet for sheet in account.sheets if sheet.kind == "chronology" and sheet.entries]
        missing = [role for role in required if not any(_has(sheet, role) for sheet in sheets)]
        if missing and sum(sheet.entries for sheet in sheets) >= FEW:
            words = listed(IN_WORDS.get(role, role) for role in missing)
            agency = (account.agency,) if account.agency else ()
            yield Finding(
                f"{account.file}: no column for {words}",
                cites=(Source(account.file, sheets[0].sheet, sheets[0].header_row or 0),),
                explanation=f"The columns were read as: {listed(sheets[0].columns)}.",
                settle=ask(timeline, agency, f"{words} of each row, if it is recorded"),
                agencies=agency,
                severity=severity,
            )


def _has(sheet: SheetAccount, role: str) -> bool:
    return any(name in sheet.columns for name in LIKE.get(role, (role,)))
