"""Rows that stand twice in one return."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import facts
from chrono.check.wording import all_say, ask
from chrono.model import Finding, Timeline


@rule("D05", needs="plain", severity="low")
def row_given_twice(timeline: Timeline) -> Iterator[Finding]:
    """The same row stands twice in a return.

    Finds: rows of one agency with the same date and the same words.
    Why it matters: counts of visits, sessions or incidents come out too high.
    Stays silent when: the words differ, or the rows are about different children.
    """
    for link in timeline.links:
        if link.kind == "duplicate":
            entries = [timeline.by_id[id_] for id_ in link.entries]
            agency = entries[0].agency
            yield Finding(
                f"{timeline.name_of(agency)}: a row of {entries[0].when} stands {len(entries)} times",
                cites=tuple(entry.source for entry in entries),
                explanation=all_say(entries),
                settle=ask(timeline, (agency,), "whether this happened once or more than once"),
                agencies=(agency,),
                subjects=entries[0].subjects,
                period=facts(entries),
                certainty="definite" if len({entry.text for entry in entries}) == 1 else "possible",
            )
