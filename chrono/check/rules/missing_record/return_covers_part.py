"""A return that starts late or stops early, against what others say of that agency."""

from __future__ import annotations

from collections.abc import Iterator

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
        if entry.when.start and entry.when.end and entry.when.within(*timeline.period):
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


def _outside(entry: Entry, agency: str, view: View, days: int) -> bool:
    first, last = view.extent(agency)
    if first is None or last is None:
        return False
    outside = (first - entry.when.latest).days > days or (entry.when.earliest - last).days > days
    return outside and not any(row.declares for row in view.timeline.of(agency))
