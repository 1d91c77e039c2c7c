"""A new school, worker or area that was told little of what was known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import all_say, ask
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline


@rule("M13", needs="reading", severity="medium")
def history_not_handed_over(timeline: Timeline) -> Iterator[Finding]:
    """A row says that little or nothing of the child's history was received or passed on.

    Finds: "little information", "no background papers", "no handover" and the like, together with the rows of the same
    service that say so.
    Why it matters: the new service starts again from nothing, and earlier warnings are lost.
    Stays silent when: a later row of the same service says that the records arrived.
    """
    view = View.of(timeline)
    groups: dict[tuple[str, tuple[str, ...]], list[Entry]] = defaultdict(list)
    for entry in timeline.entries:
        if tells("no_history", told(entry)) and not _arrived_later(entry, view):
            groups[entry.agency, entry.subjects].append(entry)
    for (agency, _), rows in groups.items():
        yield Finding(
            f"{view.timeline.name_of(agency)} received little or nothing of the child's history",
            cites=tuple(row.source for row in rows),
            explanation=f"{all_say(rows)} No other row shows records being handed over to {timeline.name_of(agency)}.",
            settle=ask(
                timeline, (agency,), "what was received, when and from whom; and those before it for what they sent"
            ),
            agencies=tuple(
                dict.fromkeys((agency, *(m.actor for row in rows for m in row.mentions if m.kind == "agency")))
            ),
            expected_from=tuple(
                dict.fromkeys(m.actor for row in rows for m in row.mentions if m.kind == "agency" and m.actor != agency)
            ),
            subjects=view.children(rows),
            period=facts(rows),
        )


def _arrived_later(entry: Entry, view: View) -> bool:
    later = (
        row for row in view.agency(entry.agency) if row.when.surely_after(entry.when) and view.same_child(row, entry)
    )
    return any(row.records("school-file-transfer") or "records received" in told(row).lower() for row in later)
