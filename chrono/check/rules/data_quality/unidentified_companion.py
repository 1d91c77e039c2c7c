"""People the child was found, hurt or arrested with, and whom nobody names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import View, by_file, facts, subjects_of, told, weight
from chrono.check.wording import all_say, ask, listed, quoted
from chrono.check.words import tells, words_for
from chrono.model import Entry, Finding, Timeline

GRAVE = 2
WITH = re.compile(r"\b(with|accompan\w+|escort\w*|brought|companions?)\b", re.IGNORECASE)
"""Headers of the column that says who came with the child."""


@rule("D09", needs="plain", severity="low")
def unidentified_companion(timeline: Timeline) -> Iterator[Finding]:
    """Who the child was with is not said.

    Finds: rows, by file, of the police or about a missing episode, an arrest, an injury, an attendance at hospital, a child
    picked up from nursery or the like, that speak of a friend, a cousin, an older male or a group without a name or label.
    Why it matters: the same companion in several rows is how exploitation is seen.
    Stays silent when: the person has a label; the row is about nothing grave.
    """
    view = View.of(timeline)
    for file, entries in by_file(entry for entry in timeline.entries if _accompanied(entry, view)):
        agency = entries[0].agency
        words = listed(dict.fromkeys(quoted(words_for("companion", _accounts(entry)), 40) for entry in entries))
        yield Finding(
            f"{file}: companions not identified ({len(entries)} row{'s' * (len(entries) > 1)})",
            cites=tuple(entry.source for entry in entries),
            explanation=f"{all_say(entries)} Who {words} was is not said.",
            settle=ask(timeline, (agency,), "whether the person is known, under a label, and seen in other records"),
            agencies=(agency,),
            subjects=subjects_of(entries),
            period=facts(entries),
            column="text",
        )


def _accompanied(entry: Entry, view: View) -> bool:
    grave = (
        weight(entry) >= GRAVE
        or entry.records("hospital-attendance")
        or view.kind(entry.agency) in ("hospital", "police")
    )
    return (grave or tells("handed_to", told(entry))) and tells("companion", _accounts(entry))


def _accounts(entry: Entry) -> str:
    """What the row tells, and its column of who came with the child."""
    return " · ".join((told(entry), *(cell for header, cell in entry.fields.items() if WITH.search(header))))
