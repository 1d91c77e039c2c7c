"""One cause, one finding; and the order in which they are shown.

The order: severity, then certainty (definite before possible), then the weight of what the cited rows record (a row
about harm weighs more than one about a visit), then the earlier period. Ties are settled by rule and id, so the order
is the same on every run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from chrono.check.view import weight
from chrono.model import Finding, Timeline

SEVERITIES = ("high", "medium", "low")
CERTAINTIES = ("definite", "possible")
ABSENCES = ("gap", "missing-record")
"""Silence, delay and absence are often three names of one matter; a contradiction or a doubtful cell never is."""
ONE_SIDED = "recorded-by-one-side-only"
OF_THE_DAY = ("same-event-different-day", "one-event-on-two-days", "sent-and-arrived", "ordinal-does-not-fit")
"""Rules that lay a row beside the other agency's row of the same event on another day."""


def ranked(found: Iterable[Finding], timeline: Timeline) -> tuple[Finding, ...]:
    """The findings, most important first."""
    return tuple(sorted(found, key=lambda each: (*_strength(each), -_weight(each, timeline), *_place(each))))


def fold(found: Sequence[Finding]) -> list[Finding]:
    """Findings with one cause made one: the strongest stays and names the others.

    One cause is: the same rows cited by two rules that both speak of an absence, and the same agency to ask. What one
    rule says twice of the same rows are two matters: two assessments that were due, say.
    """
    groups: dict[object, list[list[Finding]]] = defaultdict(list)
    for each in sorted(found, key=lambda each: (*_strength(each), *_place(each))):
        near = groups[frozenset(each.cites) if each.cites and each.category in ABSENCES else each.id]
        cause = next((group for group in near if _holders(group[0]) & _holders(each)), None)
        if cause is None:
            near.append([each])
        else:
            cause.append(each)
    return _without_one_sided([finding for near in groups.values() for group in near for finding in _folded(group)])


def _without_one_sided(found: list[Finding]) -> list[Finding]:
    """The findings; a row of one side only that another of them lays beside the other side's row, of another day, is told
    there, and named as seen from that side too."""
    days = [each for each in found if each.rule in OF_THE_DAY]
    kept: list[Finding] = []
    also: dict[str, list[Finding]] = defaultdict(list)
    for each in found:
        same = next((day for day in days if _is_one_side_of(each, day)), None)
        if same:
            also[same.id].append(each)
        else:
            kept.append(each)
    return [_joined([each, *also[each.id]]) for each in kept]


def _is_one_side_of(each: Finding, day: Finding) -> bool:
    return each.rule == ONE_SIDED and set(each.cites) < set(day.cites) and set(each.agencies) <= set(day.agencies)


def _holders(each: Finding) -> set[str]:
    return set(each.expected_from or each.agencies)


def _folded(group: list[Finding]) -> list[Finding]:
    """The findings of the strongest rule, the first of them naming those of the other rules."""
    own = [each for each in group if each.rule == group[0].rule]
    others = [each for each in group if each.rule != group[0].rule]
    return [_joined([own[0], *others]), *own[1:]]


def _joined(group: list[Finding]) -> Finding:
    first, *rest = group
    if not rest:
        return first
    rest = [each for each in rest if each.title != first.title]
    return replace(
        first,
        agencies=_together(first.agencies, *(each.agencies for each in rest)),
        expected_from=_together(first.expected_from, *(each.expected_from for each in rest)),
        subjects=_together(first.subjects, *(each.subjects for each in rest)),
        also=_together(first.also, *((each.title,) for each in rest), *(each.also for each in rest)),
    )


def _together(*several: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for words in several for word in words))


def _strength(each: Finding) -> tuple[int, int]:
    return SEVERITIES.index(each.severity or "low"), CERTAINTIES.index(each.certainty)


def _place(each: Finding) -> tuple[date, str, str]:
    return each.period[0] or date.max, each.rule, each.id


def _weight(each: Finding, timeline: Timeline) -> int:
    rows = (timeline.by_source.get(cite) for cite in each.cites)
    return max((weight(entry) for entry in rows if entry), default=0)
