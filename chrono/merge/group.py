"""From weighed pairs to groups: each row finds its one partner in each other agency, or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from chrono.merge.kinds import kinds
from chrono.merge.pair import Pair
from chrono.merge.signals.date import distance, notice, slipped, told_day
from chrono.merge.signals.spoken_date import brings_news
from chrono.merge.traits import Traits
from chrono.merge.unpartnered import FORGIVEN, MOST, Partnered, may_be_one_day, partnered

ENOUGH = 0.5
"""Bits for a link where the dates can agree: about three in four."""
ENOUGH_APART = 3.0
"""Bits for a link where they cannot: the other evidence has to make up for it twice."""
ENOUGH_SLIPPED = 1.5
"""Bits for a link of which a slip of the pen explains the dates."""
ENOUGH_ALONE = 0.5
"""Bits for a link of two rows that find no other partner: likelier than not."""
CLEARLY = 0.5
"""Bits by which a partner must be better than the next best row of the same agency, or nobody can say which it is."""


class Weighed(NamedTuple):
    """A pair and the bits for it; `alone` are those of them that count because neither row finds another partner."""

    pair: Pair
    bits: float
    alone: float = 0.0


@dataclass(slots=True)
class Group:
    """Rows that go together, in the timeline's order, and the weighed pairs that brought them together."""

    members: list[Traits]
    pairs: list[Weighed] = field(default_factory=list)


Fit = Callable[[Traits, Traits, float, bool], bool]
"""Whether two rows may stand in one group, however little they say of each other, where a third goes with both, by so many
bits; and whether some row of the group is about the children of the two together."""


def groups(
    weighed: Sequence[Weighed],
    fit: Fit,
    all_traits: Sequence[Traits],
    joined: Iterable[tuple[Traits, Traits]] = (),
) -> list[Group]:
    """Groups of two and more rows. What was `joined` comes first, then the best pairs: the order of files never matters."""
    group_of = {member.place: group for group in joined_groups(joined) for member in group.members}
    _bring_together(clear([one for one in weighed if one.bits >= needed(one.pair)]), fit, group_of)
    usual = partnered(all_traits, {place: group.members for place, group in group_of.items()})
    _bring_together(clear(_left_alone(weighed, group_of, usual)), fit, group_of)
    return _in_order(group_of)


def promising(one: Weighed) -> bool:
    """True if the pair may yet become a link. Most pairs of a big case may not, and need not be kept."""
    return one.bits + MOST >= ENOUGH_ALONE


def _bring_together(chosen: Iterable[Weighed], fit: Fit, group_of: dict[int, Group]) -> None:
    for one in sorted(chosen, key=lambda one: (-one.bits, one.pair.one.place, one.pair.other.place)):
        mine = group_of.get(one.pair.one.place) or Group([one.pair.one])
        theirs = group_of.get(one.pair.other.place) or Group([one.pair.other])
        if mine is not theirs and _fit(mine, theirs, one.bits, fit):
            _join(mine, theirs, [one], group_of)


def _left_alone(weighed: Iterable[Weighed], group_of: Mapping[int, Group], usual: Partnered) -> Iterator[Weighed]:
    """Pairs nearly good enough, in which neither row has found a partner in the other's return."""
    for pair, bits, _ in weighed:
        if bits >= needed(pair) or bits + MOST < ENOUGH_ALONE or not may_be_one_day(pair):
            continue
        alone = usual.bits(pair)
        taken = _has_partner(pair.one, pair.other, group_of) or _has_partner(pair.other, pair.one, group_of)
        if alone and bits + alone >= ENOUGH_ALONE and not taken:
            yield Weighed(pair, bits + alone, alone)


def _has_partner(one: Traits, other: Traits, group_of: Mapping[int, Group]) -> bool:
    """True if `one` is in a group with a row of the return that `other` stands in."""
    group = group_of.get(one.place)
    return group is not None and any(member.recorder == other.recorder for member in group.members)


def joined_groups(pairs: Iterable[tuple[Traits, Traits]]) -> list[Group]:
    """Groups of rows that go together pair by pair, whatever else speaks against it."""
    group_of: dict[int, Group] = {}
    for one, other in pairs:
        mine = group_of.get(one.place) or Group([one])
        theirs = group_of.get(other.place) or Group([other])
        if mine is not theirs:
            _join(mine, theirs, [], group_of)
    return _in_order(group_of)


def _join(mine: Group, theirs: Group, by: list[Weighed], group_of: dict[int, Group]) -> None:
    members = sorted(mine.members + theirs.members, key=lambda member: member.place)
    joined = Group(members, [*mine.pairs, *theirs.pairs, *by])
    for member in members:
        group_of[member.place] = joined


def _in_order(group_of: Mapping[int, Group]) -> list[Group]:
    unique = {id(group): group for group in group_of.values()}
    return sorted(unique.values(), key=lambda group: group.members[0].place)


def clear(weighed: Iterable[Weighed]) -> list[Weighed]:
    """Of pairs with enough weight, those in which each is clearly the other's best partner in its agency."""
    enough = list(weighed)
    best = _best_partners(enough)
    return [one for one in enough if not _rivalled(one, best)]


def needed(pair: Pair) -> float:
    """The bits a pair must have."""
    gap = distance(pair.one.span, pair.other.span)
    told = notice(pair) or brings_news(pair) or told_day(pair.one, pair.other) > 0
    if gap <= 1 or told or (pair.passed_on and gap <= FORGIVEN):
        return ENOUGH
    return ENOUGH_SLIPPED if slipped(pair.one.span, pair.other.span) else ENOUGH_APART


Rivals = Mapping[tuple[int, str], Sequence[tuple[float, int]]]
"""(row, other agency) -> that agency's rows as (bits, place), best first."""


def _best_partners(enough: Iterable[Weighed]) -> Rivals:
    found: dict[tuple[int, str], list[tuple[float, int]]] = defaultdict(list)
    for pair, bits, _ in enough:
        found[pair.one.place, pair.other.recorder].append((bits, pair.other.place))
        found[pair.other.place, pair.one.recorder].append((bits, pair.one.place))
    return {key: sorted(rows, key=lambda row: (-row[0], row[1])) for key, rows in found.items()}


def _rivalled(one: Weighed, best: Rivals) -> bool:
    """True if either has a better partner, or one nearly as good that has no better partner itself."""
    first, second = one.pair.one, one.pair.other
    return _has_rival(first, second, one.bits, best) or _has_rival(second, first, one.bits, best)


def _has_rival(one: Traits, other: Traits, bits: float, best: Rivals) -> bool:
    for rival_bits, rival in best[one.place, other.recorder]:
        if rival == other.place:
            continue
        if rival_bits <= bits - CLEARLY:
            return False
        prefers, _ = best[rival, one.recorder][0]
        if prefers <= rival_bits:
            return True
    return False


def _fit(mine: Group, theirs: Group, by: float, fit: Fit) -> bool:
    """True if no agency would stand in the group twice, and no two rows in it contradict each other."""
    recorders = {member.recorder for member in mine.members}
    if any(member.recorder in recorders for member in theirs.members):
        return False
    members = (*mine.members, *theirs.members)
    return all(fit(one, other, by, _together(one, other, members)) for one in mine.members for other in theirs.members)


def _together(one: Traits, other: Traits, members: Iterable[Traits]) -> bool:
    """True if a row of the group is about the children of two rows together, or is of a family's meeting and names no child:
    a review of a whole family stands in the return of each child's service under that child."""
    children = one.subjects | other.subjects
    return any(_is_about(children, member) for member in members)


def _is_about(children: Set[str], member: Traits) -> bool:
    if member.subjects:
        return children <= member.subjects
    return bool(member.main_families & kinds().of_the_family)
