"""Assessment after assessment, with no service between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import View, facts
from chrono.check.wording import all_say, ask
from chrono.model import Entry, Finding, Timeline, day_after

STARTS = ("assessment-started",)


@rule("G20", needs="reading", severity="low")
def reassessed_instead_of_acted(timeline: Timeline, *, times: int = 3, months: int = 18) -> Iterator[Finding]:
    """New assessments are started again and again.

    Finds: `times` or more assessments started for one child, by any agencies, within `months` months.
    Why it matters: a new assessment at each change of worker or area can take the place of help.
    Stays silent when: the assessments are fewer or further apart.
    """
    view = View.of(timeline)
    groups: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in view.recording(*STARTS):
        groups[entry.subjects].append(entry)
    for rows in groups.values():
        for place, first in enumerate(rows):
            last = day_after(first.when.earliest, months * 30)
            near = [row for row in rows[place:] if row.when.latest <= last]
            if len(near) >= times:
                yield Finding(
                    f"{len(near)} assessments were started within {months} months",
                    cites=tuple(row.source for row in near),
                    explanation=all_say(near),
                    settle=ask(
                        timeline, dict.fromkeys(row.agency for row in near), "what help followed each assessment"
                    ),
                    agencies=tuple(dict.fromkeys(row.agency for row in near)),
                    subjects=first.subjects,
                    period=facts(near),
                    certainty="possible",
                )
                break
