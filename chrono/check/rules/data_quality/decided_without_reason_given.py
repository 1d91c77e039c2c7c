"""Cells for the reason of a decision that were left empty."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import by_file, facts
from chrono.check.wording import all_say, ask, many
from chrono.model import Finding, Timeline


@rule("D27", needs="plain", severity="low", only_alone=True)
def decided_without_reason_given(timeline: Timeline) -> Iterator[Finding]:
    """A return has a column for reasons, and rows with an outcome leave it empty.

    Finds: rows, by file, with an outcome or a decision, and no reason.
    Why it matters: a decision can only be understood with what it was based on.
    Stays silent when: the file has no column for reasons; the row has no outcome; the words themselves say because.
    """
    asked = {
        (account.file, sheet.sheet)
        for account in timeline.returns
        for sheet in account.sheets
        if "reason" in sheet.columns
    }
    bare = (
        entry
        for entry in timeline.entries
        if (entry.source.file, entry.source.sheet) in asked
        and entry.fields.get("outcome")
        and not entry.fields.get("reason")
        and not any(word in entry.all_text.casefold() for word in ("because", "due to", "as a result", "reason"))
    )
    for file, entries in by_file(bare):
        agency = entries[0].agency
        yield Finding(
            f"{file}: {many(len(entries), 'outcome')} without a reason",
            cites=tuple(entry.source for entry in entries),
            explanation=f"{all_say(entries)} The column for reasons is empty there.",
            settle=ask(timeline, (agency,), "the reasons, as recorded at the time"),
            agencies=(agency,),
            period=facts(entries),
            column="outcome",
        )
