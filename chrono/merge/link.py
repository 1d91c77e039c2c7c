"""Links between rows that record the same event: which pairs to weigh, how much they weigh, which rows go together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

from chrono.merge import evidence
from chrono.merge.background import background
from chrono.merge.group import Group, Weighed, groups
from chrono.merge.neighbours import pairs
from chrono.merge.pair import Pair
from chrono.merge.traits import traits
from chrono.model import Link, Reason, Timeline


def links(timeline: Timeline) -> tuple[Link, ...]:
    """The links of a timeline whose entries are in order."""
    known = traits(timeline)
    usual = background(known)
    weighed = [Weighed(pair, evidence.weight(pair)) for pair in pairs(known, usual)]
    found = groups(weighed, lambda one, other: evidence.weight(Pair.of(one, other, usual)))
    return tuple(_link(group) for group in found)


def _link(group: Group) -> Link:
    entries = tuple(member.entry.id for member in sorted(group.members, key=lambda member: member.place))
    weakest = min(one.bits for one in group.pairs)
    return Link(link_id(entries), entries, evidence.confidence(weakest), tuple(_waterfall(group)))


def link_id(entries: Iterable[str]) -> str:
    """An id that depends on the entries alone."""
    return "link-" + sha256("\n".join(sorted(entries)).encode()).hexdigest()[:12]


def _waterfall(group: Group) -> Iterator[Reason]:
    """The reasons of each pair that brought the group together; rows are named where there is more than one pair."""
    for pair, _ in group.pairs:
        told = evidence.reasons(pair)
        if len(group.pairs) == 1:
            yield from told
        else:
            rows = f"{pair.one.entry.source} and {pair.other.entry.source}"
            yield from (Reason(reason.signal, reason.weight, f"{rows}: {reason.text}") for reason in told)
