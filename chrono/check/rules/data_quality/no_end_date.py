"""A plan, placement or piece of support whose end is not known."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import View, by_file, facts, subjects_of, told
from chrono.check.wording import all_say, ask, listed, quoted
from chrono.check.words import words_for
from chrono.model import Entry, Finding, Timeline


@rule("D13", needs="plain", severity="medium", alone=True)
def no_end_date(timeline: Timeline) -> Iterator[Finding]:
    """Something is said to have lasted 'for a period of time', and nobody says until when.

    Finds: rows, by file, that say a plan, placement, school place or support ran for a time without giving its length or end.
    Why it matters: whether it was still running when the next thing happened cannot be told.
    Stays silent when: the row gives a length or an end date, or a later row of the agency closes it.
    """
    for file, entries in by_file(entry for entry in View.of(timeline).telling("indefinite") if _open(entry, timeline)):
        agency = entries[0].agency
        words = listed(dict.fromkeys(quoted(words_for("indefinite", told(entry)), 40) for entry in entries))
        yield Finding(
            f"{file}: how long it lasted is not said ({len(entries)} row{'s' * (len(entries) > 1)})",
            cites=tuple(entry.source for entry in entries),
            explanation=f"{all_say(entries)} {words} gives neither a length nor an end.",
            settle=ask(timeline, (agency,), "the day it began and the day it ended"),
            agencies=(agency,),
            subjects=subjects_of(entries),
            period=facts(entries),
            column="text",
        )


def _open(entry: Entry, timeline: Timeline) -> bool:
    if "end-date" in entry.fields:
        return False
    kinds = {event.type for event in entry.events}
    closing = {f"{kind}-end" for kind in kinds} | ({"closure", "cp-plan-end", "step-down"} if kinds else set())
    later = (
        row for row in timeline.of(entry.agency) if row.when.surely_after(entry.when) and row.subjects == entry.subjects
    )
    return not any(row.records(*closing) for row in later)
