"""Long times without a row, and nothing that says there was no contact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chrono.check.rule import rule
from chrono.check.view import by_file
from chrono.check.wording import ask, listed
from chrono.model import Entry, Finding, Source, Timeline, short_day


@rule("D25", needs="plain", severity="low", only_alone=True)
def silence_not_declared(timeline: Timeline, *, days: int = 92, least: int = 5) -> Iterator[Finding]:
    """A return is silent for a long time, and does not say whether there was no contact.

    Finds: files with more than `days` days between one row and the next, or between the ends of the review period and the
    first or last row.
    Why it matters: no row can mean no contact, no record, or a record that nobody looked for.
    Stays silent when: a row states the time without contact; a row's uncertain date may lie in it; the file has fewer than
    `least` rows, as of an agency that met the child now and then.
    """
    for file, entries in by_file(entry for entry in timeline.entries if entry.when.known):
        gaps = _gaps(entries, timeline, days) if len(entries) >= least else []
        if gaps:
            agency = entries[0].agency
            spans = listed(f"{short_day(first)} to {short_day(last)}" for first, last, _ in gaps)
            yield Finding(
                f"{file}: {len(gaps)} long time{'s' * (len(gaps) > 1)} without a row",
                cites=tuple(source for _, _, source in gaps),
                explanation=f"There is no row from {spans}, and none that says there was no contact. The row cited is the "
                "first one after each of these times, or the last one in the file.",
                settle=ask(timeline, (agency,), "whether there was no contact, no record is held, or none was found"),
                agencies=(agency,),
                period=(gaps[0][0], gaps[-1][1]),
                column="date",
            )


def _gaps(entries: list[Entry], timeline: Timeline, days: int) -> list[tuple[date, date, Source]]:
    """First and last day of each silence, and the row to mark. Declared times count as covered; so does all that an
    uncertain date may be, as the search must not claim a silence that is none."""
    case = timeline.case
    ordered = sorted(entries, key=lambda entry: (entry.when.earliest, entry.source))
    spoken = [declared.when for declared in timeline.declarations if declared.agency == entries[0].agency]
    covered = sorted(
        [(when.earliest, when.latest, None) for when in spoken if when.known]
        + [(entry.when.earliest, entry.when.latest, entry.source) for entry in ordered],
        key=lambda one: one[:2],
    )
    found = []
    reached = case.start or covered[0][0]
    for first, last, source in covered:
        if (first - reached).days > days and not (case.end and reached > case.end):
            found.append((reached, min(first, case.end or first), source or ordered[0].source))
        reached = max(reached, last)
    if case.end and (case.end - reached).days > days:
        found.append((reached, case.end, ordered[-1].source))
    return found
