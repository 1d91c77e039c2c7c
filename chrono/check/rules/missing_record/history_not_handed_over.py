"""A new school, worker or area that was told little of what was known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import View, facts, told, unique
from chrono.check.wording import all_say, ask, named
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline, day_after

MOST = 4


@rule("M13", needs="reading", severity="medium")
def history_not_handed_over(timeline: Timeline, *, days: int = 60) -> Iterator[Finding]:
    """A row says that little or nothing of the child's history was received or passed on.

    Finds: "little information", "no file came", "no handover" and the like, in all rows of the same service that say so, with
    the row of another, in the `days` days before or after, that says its records were sent or were to follow.
    Why it matters: the new service starts again from nothing, and earlier warnings are lost.
    Stays silent when: a later row of the same service says that the records arrived.
    """
    view = View.of(timeline)
    groups: dict[tuple[str, tuple[str, ...]], list[Entry]] = defaultdict(list)
    for entry in view.telling("no_history"):
        if not _arrived_later(entry, view):
            groups[entry.agency, entry.subjects].append(entry)
    for (agency, _), rows in groups.items():
        sending = unique(row for entry in rows for row in _sent(entry, view, days))[:MOST]
        senders = dict.fromkeys(row.agency for row in sending)
        before = f" Sent, or to be sent, by {named(timeline, senders)}: {all_say(sending)}" if sending else ""
        yield Finding(
            f"{view.timeline.name_of(agency)} received little or nothing of the child's history",
            cites=tuple(row.source for row in (*sending, *rows)),
            explanation=f"{all_say(rows)} No row of {timeline.name_of(agency)} shows that records came.{before}",
            settle=ask(
                timeline, (agency,), "what was received, when and from whom; and those before it for what they sent"
            ),
            agencies=tuple(dict.fromkeys((agency, *_senders(agency, rows, sending)))),
            expected_from=_senders(agency, rows, sending),
            subjects=view.children(rows),
            period=facts(rows),
        )


def _senders(agency: str, rows: list[Entry], sending: list[Entry]) -> tuple[str, ...]:
    mentioned = (m.actor for row in rows for m in row.mentions if m.kind == "agency" and m.actor != agency)
    return tuple(dict.fromkeys((*(row.agency for row in sending), *mentioned)))


def _sent(entry: Entry, view: View, days: int) -> list[Entry]:
    """Rows of others that say that records were sent to this service, or were to follow."""
    if entry.when.start is None or entry.when.end is None:
        return []
    near = view.everything.about(entry).between(day_after(entry.when.start, -days), day_after(entry.when.end, days))
    return [
        row
        for row in near
        if row.agency != entry.agency
        and tells("records_sent", told(row))
        and any(mention.actor == entry.agency for mention in row.mentions)
    ]


def _arrived_later(entry: Entry, view: View) -> bool:
    later = (
        row for row in view.agency(entry.agency) if row.when.surely_after(entry.when) and view.same_child(row, entry)
    )
    return any(row.records("school-file-transfer") or "records received" in told(row).lower() for row in later)
