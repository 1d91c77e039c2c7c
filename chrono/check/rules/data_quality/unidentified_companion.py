"""People the child was found, hurt or arrested with, and whom nobody names."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import by_file, facts, told, weight
from chrono.check.wording import all_say, ask, listed, quoted
from chrono.check.words import tells, words_for
from chrono.model import Entry, Finding, Timeline

GRAVE = 2


@rule("D09", needs="plain", severity="low")
def unidentified_companion(timeline: Timeline) -> Iterator[Finding]:
    """Who the child was with is not said.

    Finds: rows, by file, about a missing episode, an arrest, an injury, an attendance at hospital or the like, that speak of
    a friend, a cousin, an older male or a group without a name or label.
    Why it matters: the same companion in several rows is how exploitation is seen.
    Stays silent when: the person has a label; the row is about nothing grave.
    """
    for file, entries in by_file(entry for entry in timeline.entries if _accompanied(entry)):
        agency = entries[0].agency
        words = listed(dict.fromkeys(quoted(words_for("companion", told(entry)), 40) for entry in entries))
        yield Finding(
            f"{file}: companions not identified ({len(entries)} row{'s' * (len(entries) > 1)})",
            cites=tuple(entry.source for entry in entries),
            explanation=f"{all_say(entries)} Who {words} was is not said.",
            settle=ask(timeline, (agency,), "whether the person is known, under a label, and seen in other records"),
            agencies=(agency,),
            subjects=tuple(dict.fromkeys(subject for entry in entries for subject in entry.subjects)),
            period=facts(entries),
            column="text",
        )


def _accompanied(entry: Entry) -> bool:
    return tells("companion", told(entry)) and (weight(entry) >= GRAVE or entry.records("hospital-attendance"))
