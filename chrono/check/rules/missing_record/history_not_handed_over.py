"""A new school, worker or area that was told little of what was known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from chrono.check.rule import rule
from chrono.check.statements import statement
from chrono.check.view import Track, View, facts, told, unique
from chrono.check.wording import all_say, ask, named
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline, day_after

MOST = 4
MONTH = 31
HALF_A_YEAR = 184
NEW = 100
"""Days in which a service is new to a child."""


@rule("M13", needs="reading", severity="medium")
def history_not_handed_over(timeline: Timeline, *, days: int = 60) -> Iterator[Finding]:
    """A row says that little or nothing of the child's history was received or passed on.

    Finds: "little information", "no file came", "no handover", "had we known" and the like, in all rows of the same service
    that say so while it is new to the child or names the service before it, with the row of another, in the `days` days
    before or after, that says its records were sent or were to follow, or, in the half year before, that nothing was sent on.
    Why it matters: the new service starts again from nothing, and earlier warnings are lost.
    Stays silent when: a row of the same service says within a month that the records arrived or that all was handed over;
    there was nothing to hand over.
    """
    view = View.of(timeline)
    groups: dict[tuple[str, tuple[str, ...]], list[Entry]] = defaultdict(list)
    for entry in _lacking(view):
        if not _arrived_soon(entry, view) and not _in_full(entry, view):
            groups[entry.agency, _children(entry, groups)].append(entry)
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
    sent = view.track("records sent", lambda: view.telling("records_sent"))
    near = sent.about(entry).between(day_after(entry.when.start, -days), day_after(entry.when.end, days))
    kept = view.track("records kept", lambda: view.telling("nothing_sent_on"))
    kept_back = kept.about(entry).between(day_after(entry.when.start, -HALF_A_YEAR), entry.when.end)
    named = view.named_by(entry)
    return [row for row in kept_back if row.agency in named] + [
        row
        for row in near
        if row.agency != entry.agency and any(mention.actor == entry.agency for mention in row.mentions)
    ]


def _lacking(view: View) -> Iterator[Entry]:
    """Rows that say that the child's history did not come."""
    for entry in Track(view.telling("no_history", "did_not_come", "little_known")):
        if tells("no_history", told(entry)) or _found_out(entry, view) or _not_come(entry, view):
            yield entry


def _found_out(entry: Entry, view: View) -> bool:
    """True if a service new to the child says what it was not told before."""
    words = told(entry)
    if not tells("little_known", words) or tells("not_invited", words):
        return False
    return _is_new(entry, view) or tells("new_here", words)


def _not_come(entry: Entry, view: View) -> bool:
    """True if papers did not come: of another place, or to a service new to the child."""
    if tells("not_invited", told(entry)):
        return False
    if statement(entry, "did_not_come", "history_paper", "new_here"):
        return True
    return _is_new(entry, view) and bool(statement(entry, "did_not_come", "records_word"))


def _children(entry: Entry, groups: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[str, ...]:
    """The children a row is about; one that does not say goes with the agency's rows before it."""
    known = [children for agency, children in groups if agency == entry.agency]
    return entry.subjects or (known[-1] if known else ())


def _in_full(entry: Entry, view: View) -> bool:
    """True if a row within a month, of whoever, says that all was handed over, or that there was nothing to hand over."""
    if not entry.when.known:
        return False
    full = view.track("handed over", lambda: view.telling("nothing_to_hand_over", "handed_over_in_full"))
    near = full.about(entry).between(day_after(entry.when.earliest, -MONTH), day_after(entry.when.latest, MONTH))
    return any(
        tells("nothing_to_hand_over", told(row))
        or (row.agency == entry.agency and row.id != entry.id and tells("handed_over_in_full", told(row)))
        for row in near
    )


def _is_new(entry: Entry, view: View) -> bool:
    """True if the service's first row about the child is not long before this one, and others had rows before it."""
    own, others = view.agency(entry.agency).about(entry), view.everything.about(entry)
    first = own.entries[0] if len(own) else None
    if first is None or not entry.when.known or not entry.subjects:
        return False
    earlier = others.entries[0].agency != entry.agency
    return earlier and (entry.when.latest - first.when.earliest).days <= NEW


def _arrived_soon(entry: Entry, view: View) -> bool:
    if entry.when.end is None:
        return False
    rows = view.agency(entry.agency).about(entry).between(entry.when.latest, day_after(entry.when.end, MONTH))
    return any(
        row.id != entry.id
        and (
            row.records("school-file-transfer")
            or tells("records_came", told(row))
            or statement(row, "paper_came", "records_word", unless=("did_not_come",))
        )
        for row in rows
    )
