"""What kind of event the rows tell of: the same, another name for the same, or something else."""

from __future__ import annotations

from collections.abc import Iterable

from chrono.merge.background import bits
from chrono.merge.ideas import ideas
from chrono.merge.kinds import families, kinds, natures, telling
from chrono.merge.pair import Pair
from chrono.merge.signals.date import distance, told_day
from chrono.merge.traits import Traits

NAME = "kind of event"

SAME_TYPE = 0.7
SAME_FAMILY = 0.4
WIDER_WORD = 0.2
VAGUE = 0.6
"""Share of its weight that a kind counts for which says little about what happened."""
ASIDE = 0.5
"""Share of its weight that a kind counts for in a row that mentions it beside something else, or as an outcome."""
FURTHER = 0.5
"""Kinds come together (an assault and an injury), so each further one counts for this share of the one before."""
MOST = 6.0
LEAST = 0.5
EXPECTED = 1.5
"""What all who took part record finds its partner three times as often as other rows do."""
UNRECOGNISED = -0.5
"""A row in which no kind of event was recognised is mostly an agency's own note."""
UNRECOGNISED_APART = -1.5
"""All the more if it is of another day and the two do not name each other, or the other row is of that agency's own work."""
OTHER_KIND = -4.0
"""Two rows of one event rarely share no kind of event at all, once both were recognised."""
NEWS_OF_IT = -1.0
"""A letter, a call or a notice from the other agency may be about anything that agency recorded."""
OTHER_MATTER = -2.5
"""Nor are they mostly about different matters, even if both mention something in passing."""


def weigh(pair: Pair) -> float:
    """Bits for the rarest kind both tell of; against, where both were recognised and have none in common."""
    if not pair.one.main or not pair.other.main:
        return UNRECOGNISED_APART if _apart(pair) else UNRECOGNISED
    weight, _ = _best(pair)
    if not weight:
        return NEWS_OF_IT if _news_of_it(pair) else OTHER_KIND
    if not _one_matter(pair) and not pair.meet:
        return weight + OTHER_MATTER
    return weight + EXPECTED if _takes_several(pair) else weight


def _apart(pair: Pair) -> bool:
    """True if one row is of an agency's own work, or the days differ and the two do not name each other."""
    one, other = pair.one, pair.other
    if any(row.main and row.main <= kinds().own for row in (one, other)):
        return True
    days_differ = distance(one.span, other.span) > 0 and not told_day(one, other)
    return days_differ and not (other.agency in one.named and one.agency in other.named)


def _news_of_it(pair: Pair) -> bool:
    """True if one row may be news of the other, or both are news from one third."""
    one, other = pair.one, pair.other
    return _may_tell_of_it(one, other) or _may_tell_of_it(other, one) or bool(one.comes_from & other.comes_from)


def _may_tell_of_it(one: Traits, other: Traits) -> bool:
    """True for what came from the other agency or went there, or was passed on by anybody and is of what the other tells."""
    if not (one.exchanged or one.main <= kinds().carriers):
        return False
    if other.agency in one.comes_from | one.sends_to or told_day(one, other):
        return True
    return bool(one.ideas.keys() & other.ideas.keys() - ideas().everyday)


def _takes_several(pair: Pair) -> bool:
    """True if both rows are about one telling kind of event that all who took part record."""
    both = telling(pair.one.main & pair.other.main)
    return bool(both) and "shared" in natures(families(both))


def explain(pair: Pair) -> str:
    """The kind they share, or the kinds they have."""
    if not pair.one.main or not pair.other.main:
        return "no kind of event was recognised in one of the rows"
    weight, shared = _best(pair)
    if not weight:
        return f"one tells of {_list(pair.one.types)}, the other of {_list(pair.other.types)}"
    if _one_matter(pair):
        return f"both tell of: {shared}"
    return f"both tell of: {shared}; but one is about {_list(pair.one.main)}, the other about {_list(pair.other.main)}"


def _best(pair: Pair) -> tuple[float, str]:
    """The weight of the kinds in common and the name of the strongest; (0, '') if there is none."""
    types = sorted(((_type_weight(type_, pair), type_.replace("-", " ")) for type_ in pair.types), reverse=True)
    together = min(MOST, sum(weight * FURTHER**place for place, (weight, _) in enumerate(types)))
    found = [(together, types[0][1]) if types else (0.0, "")]
    found += [(_family_weight(family, pair), family) for family in pair.families]
    found += [(_wider_weight(family, pair), family) for family in pair.wider]
    return max(found)


def _type_weight(type_: str, pair: Pair) -> float:
    weight = bits(SAME_TYPE, pair.usual.share(pair.usual.types.get(type_, 0)))
    asides = (type_ not in pair.one.main) + (type_ not in pair.other.main)
    return _bounded(weight) * (VAGUE if type_ in kinds().vague else 1.0) * ASIDE**asides


def _family_weight(family: str, pair: Pair) -> float:
    weight = bits(SAME_FAMILY, pair.usual.share(pair.usual.families.get(family, 0)))
    return _bounded(weight) * VAGUE * _aside(family, pair)


def _wider_weight(family: str, pair: Pair) -> float:
    """A wider word meets its meaning by chance as often as the word is used."""
    types = [
        type_ for one in (pair.one, pair.other) for type_ in one.types if family in kinds().general_of.get(type_, ())
    ]
    chance = max((pair.usual.share(pair.usual.types.get(type_, 0)) for type_ in types), default=1.0)
    return _bounded(bits(WIDER_WORD, chance)) * VAGUE * _aside(family, pair)


def _aside(family: str, pair: Pair) -> float:
    return ASIDE ** ((family not in pair.one.main_families) + (family not in pair.other.main_families))


def _bounded(weight: float) -> float:
    return min(MOST, max(LEAST, weight))


def _one_matter(pair: Pair) -> bool:
    """True if what the two rows are mainly about can be one thing."""
    return bool(pair.one.main & pair.other.types.keys() or pair.other.main & pair.one.types.keys()) or bool(
        pair.one.main_families & pair.other.main_families
    )


def _list(types: Iterable[str]) -> str:
    return " and ".join(sorted(type_.replace("-", " ") for type_ in types)[:3])
