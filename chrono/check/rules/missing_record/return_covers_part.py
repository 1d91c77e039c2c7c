"""A return that starts late or stops early, against what others say of that agency."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chrono.check.parties import named_parties
from chrono.check.rule import rule
from chrono.check.view import View, facts
from chrono.check.wording import all_say, ask
from chrono.model import Entry, Finding, Timeline, short_day

SHOWN = 10


@rule("M02", needs="plain", severity="low")
def return_covers_part(timeline: Timeline, *, days: int = 90, times: int = 2) -> Iterator[Finding]:
    """An agency's rows begin late or end early, while others name it as taking part outside that time.

    Finds: `times` or more rows of others, inside the period, that name the agency as present, told or providing more than
    `days` days before its first row or after its last.
    Why it matters: part of the return may not have been supplied.
    Stays silent when: the agency declares when its involvement began or ended; nobody names it outside its rows.
    """
    view = View.of(timeline)
    outside: dict[str, list[Entry]] = {}
    for entry in timeline.entries:
        if _outside_some(entry, view, days) and entry.when.within(*timeline.period):
            for party in named_parties(entry, view):
                if party.agency in timeline.returned and _outside(entry, party.agency, view, days):
                    outside.setdefault(party.agency, []).append(entry)
    for agency, rows in sorted(outside.items()):
        if len(rows) >= times:
            own = view.agency(agency).entries
            yield Finding(
                f"{timeline.name_of(agency)} is named by others before its first row or after its last",
                cites=tuple(row.source for row in rows[:SHOWN]),
                explanation=f"Its rows run from {short_day(own[0].when.earliest)} to "
                f"{short_day(own[-1].when.latest)}. Others name it outside "
                f"that time: {all_say(rows[:SHOWN])}",
                settle=ask(
                    timeline, (agency,), "the rows for the rest of the period, or a statement of when it was involved"
                ),
                agencies=(agency,),
                expected_from=(agency,),
                period=facts(rows),
                certainty="possible",
            )


def _outside_some(entry: Entry, view: View, days: int) -> bool:
    """True if the row lies `days` days before the first row of some agency, or after its last."""
    if not entry.when.start or not entry.when.end:
        return False
    begin, end = view.kept("begun and ended by all", lambda: _shared_days(view))
    return (begin - entry.when.latest).days > days or (entry.when.earliest - end).days > days


def _shared_days(view: View) -> tuple[date, date]:
    """The first and the last day on which every return has begun and none has ended."""
    extents = [view.extent(agency) for agency in view.timeline.returned]
    return (
        max((first for first, _ in extents if first), default=date.min),
        min((last for _, last in extents if last), default=date.max),
    )


def _outside(entry: Entry, agency: str, view: View, days: int) -> bool:
    first, last = view.extent(agency)
    if first is None or last is None:
        return False
    outside = (first - entry.when.latest).days > days or (entry.when.earliest - last).days > days
    return outside and not any(row.declares for row in view.timeline.of(agency))
