"""Links between rows that record the same event: which pairs to weigh, how much they weigh, which rows go together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from chrono.merge import evidence
from chrono.merge.background import Background, background
from chrono.merge.duplicates import duplicates
from chrono.merge.group import Group, Weighed, groups, joined_groups, promising
from chrono.merge.neighbours import pairs
from chrono.merge.pair import Pair
from chrono.merge.teams import teams
from chrono.merge.traits import Traits, traits
from chrono.model import Link, Reason, Source, Timeline

APART = -99.0
"""The weight of two rows that the reviewer parted."""
AT_ODDS = -6.0
"""Bits for two rows, with those by which a third brings them together, at which they are two events all the same."""
TWICE = Reason("same row twice", 20.0, "one agency's rows of the same days, with the same words")
DECIDED = Reason("reviewer", 99.0, "the reviewer decided that these rows are one event")


def links(timeline: Timeline, *, alone: bool = False) -> tuple[Link, ...]:
    """The links of a timeline whose entries are in order. What the reviewer joined or parted in the case holds.

    `alone`: only the rows that a return gives twice.
    """
    decisions = _Decisions(timeline)
    known = traits(timeline, also=decisions.ids, alone=alone)
    copies = joined_groups([pair for pair in duplicates(known) if not decisions.parts(*pair)])
    found = () if alone else _of_one_event(_without_copies(known, copies), known, decisions)
    return (*(_link(group, decisions) for group in found), *(_copy(group) for group in copies))


def _of_one_event(distinct: Sequence[Traits], known: Sequence[Traits], decisions: _Decisions) -> tuple[Group, ...]:
    """The groups of rows that record the same event; `distinct` are the rows without copies."""
    usual = background(distinct)
    across = _grouped(distinct, usual, decisions, decisions.joined(known))
    # Two teams of one agency may both record an event; what links them says nothing about the other agencies' rows.
    within = (_grouped(rows, usual, decisions) for rows in teams(distinct))
    return (*across, *(group for found in within for group in found))


def _grouped(
    rows: Sequence[Traits], usual: Background, decisions: _Decisions, joined: Iterable[tuple[Traits, Traits]] = ()
) -> list[Group]:
    """The groups of rows of different agencies."""

    def weigh(pair: Pair) -> float:
        return APART if decisions.parts(pair.one, pair.other) else evidence.weight(pair)

    def fit(one: Traits, other: Traits, by: float, together: bool) -> bool:
        pair = Pair.of(one, other, usual, together=together)
        if decisions.parts(one, other) or evidence.contradicted(pair):
            return False
        return evidence.weight(pair) + by > AT_ODDS

    weighed = [*filter(promising, (Weighed(pair, weigh(pair)) for pair in pairs(rows, usual)))]
    return groups(weighed, fit, rows, joined)


class _Decisions:
    """The pairs of rows that the reviewer joined or parted."""

    def __init__(self, timeline: Timeline) -> None:
        self._together = _entries(timeline, timeline.case.joined)
        self._apart = frozenset(frozenset(pair) for pair in _entries(timeline, timeline.case.parted))

    @property
    def ids(self) -> frozenset[str]:
        """The entries that were joined to another."""
        return frozenset(id_ for pair in self._together for id_ in pair)

    def joined(self, known: Iterable[Traits]) -> list[tuple[Traits, Traits]]:
        """The pairs that were joined."""
        by_id = {one.entry.id: one for one in known}
        return [(by_id[one], by_id[other]) for one, other in self._together if one in by_id and other in by_id]

    def parts(self, one: Traits, other: Traits) -> bool:
        """True if the two rows were parted."""
        return bool(self._apart) and frozenset((one.entry.id, other.entry.id)) in self._apart


def _entries(timeline: Timeline, decided: Iterable[tuple[Source, Source]]) -> list[tuple[str, str]]:
    """Ids of the decided rows; a decision about a row that is no longer there is left alone."""
    at = timeline.by_source
    return sorted((at[one].id, at[other].id) for one, other in decided if one in at and other in at)


def _without_copies(known: Sequence[Traits], copies: Iterable[Group]) -> tuple[Traits, ...]:
    """Each row once: of rows entered twice, the first speaks for all."""
    again = {member.place for group in copies for member in group.members[1:]}
    return tuple(one for one in known if one.place not in again)


def _link(group: Group, decisions: _Decisions) -> Link:
    entries = _ids(group)
    decided = decisions.ids & set(entries)
    weakest = min((one.bits for one in group.pairs), default=DECIDED.weight)
    told = (DECIDED,) if decided else ()
    return Link(link_id(entries), entries, evidence.confidence(weakest), (*told, *_waterfall(group)))


def _copy(group: Group) -> Link:
    entries = _ids(group)
    return Link(link_id(entries), entries, evidence.confidence(TWICE.weight), (TWICE,), "duplicate")


def _ids(group: Group) -> tuple[str, ...]:
    return tuple(member.entry.id for member in sorted(group.members, key=lambda member: member.place))


def link_id(entries: Iterable[str]) -> str:
    """An id that depends on the entries alone."""
    return "link-" + sha256("\n".join(sorted(entries)).encode()).hexdigest()[:12]


def _waterfall(group: Group) -> Iterator[Reason]:
    """The reasons of each pair that brought the group together; rows are named where there is more than one pair."""
    for pair, _, alone in group.pairs:
        told = (*evidence.reasons(pair), *((_on_their_own(alone),) if alone else ()))
        if len(group.pairs) == 1:
            yield from told
        else:
            rows = f"{pair.one.entry.source} and {pair.other.entry.source}"
            yield from (Reason(reason.signal, reason.weight, f"{rows}: {reason.text}") for reason in told)


def _on_their_own(bits: float) -> Reason:
    return Reason("no other partner", round(bits, 1), "neither row has another partner in the other return")
