"""Rows of two agencies laid side by side: what linked rows, and near ones about the same child, say of one matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from chrono.check.view import Track, View
from chrono.model import Entry, Link, Timeline, day_after

Pair = tuple[Entry, Entry]


def linked_pairs(timeline: Timeline) -> Iterator[tuple[Link, Entry, Entry]]:
    """Every two rows that record the same event, with the link that says so; duplicates in one return are left out."""
    for link in timeline.links:
        if link.kind == "same-event":
            for one, other in combinations((timeline.by_id[id_] for id_ in link.entries), 2):
                yield link, one, other


def joined(view: View) -> frozenset[frozenset[str]]:
    """The ids of every two rows that record the same event."""
    return view.kept(
        "joined", lambda: frozenset(frozenset((one.id, other.id)) for _, one, other in linked_pairs(view.timeline))
    )


def near_pairs(view: View, ones: Iterable[Entry], others: Iterable[Entry], days: int) -> Iterator[Pair]:
    """A row of `ones` and one of `others`, of different agencies, about the same child, that may lie within `days` days."""
    track = Track(others)
    for one in ones:
        if one.when.start is None or one.when.end is None:
            continue
        for other in track.between(day_after(one.when.start, -days), day_after(one.when.end, days)):
            if other.agency != one.agency and view.same_child(one, other):
                yield one, other


def nearest(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """For each first row, only the second that lies nearest to it in time; each second row is used once."""
    used: set[str] = set()
    chosen: set[str] = set()
    for one, other in sorted(
        pairs, key=lambda pair: (pair[0].when.days_apart(pair[1].when), pair[0].source, pair[1].source)
    ):
        if one.id not in chosen and other.id not in used:
            chosen.add(one.id)
            used.add(other.id)
            yield one, other
