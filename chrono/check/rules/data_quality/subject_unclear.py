"""Whose event it is cannot be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import by_file, facts, for_everybody, told, weight
from chrono.check.wording import all_say, ask
from chrono.check.words import tells
from chrono.model import Entry, Finding, Severity, Timeline

TOGETHER = 0.1
"""From this share of the rows on that name several children, the children are taken to live in one household."""


@rule("D11", needs="plain", severity="medium", alone=True)
def subject_unclear(timeline: Timeline) -> Iterator[Finding]:
    """In a review of several children, a row of weight does not say about whom it is.

    Finds: rows, by file, that record a concern, a warning or something graver, name none of the children, and are not about
    everybody.
    Of low severity where the rows often name several children together: what happens in one household is about all of them;
    and in a return whose other rows do not tell two children apart: it was written about one child, and leaves the name out.
    Why it matters: the row can be set against no child's life, and its answer can be looked for nowhere.
    Stays silent when: the review is about one child; the file, sheet or a heading settles whose row it is; it is a mailing
    or a programme for all.
    """
    if len(timeline.case.subjects) < 2:
        return
    of_several = set() if _of_one_household(timeline) else _telling_children_apart(timeline)
    for file, entries in by_file(entry for entry in timeline.entries if _unclear(entry)):
        agency = entries[0].agency
        severity: Severity | None = None if file in of_several else "low"
        yield Finding(
            f"{file}: {len(entries)} row{'s' * (len(entries) > 1)} of weight that name no child",
            cites=tuple(entry.source for entry in entries),
            explanation=f"{all_say(entries)} Neither the row nor what stands above it says which child is meant.",
            settle=ask(timeline, (agency,), "which child each of these rows is about, who was told, and on which day"),
            agencies=(agency,),
            period=facts(entries),
            severity=severity,
            column="subject",
        )


def _of_one_household(timeline: Timeline) -> bool:
    """True if the rows often name several of the children together, as they do of brothers and sisters."""
    named = [len(entry.subjects) for entry in timeline.entries if entry.subjects]
    return sum(number > 1 for number in named) > TOGETHER * len(named)


def _telling_children_apart(timeline: Timeline) -> set[str]:
    """The files with a row about one child and a row about another."""
    named: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for entry in timeline.entries:
        if len(entry.subjects) == 1:
            named[entry.source.file].add(entry.subjects)
    return {file for file, children in named.items() if len(children) > 1}


def _unclear(entry: Entry) -> bool:
    grave = weight(entry) >= 2 or tells("warning", told(entry))
    return not entry.subjects and grave and not for_everybody(entry) and not entry.declares
