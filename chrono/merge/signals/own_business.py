"""Against: what an agency does by itself, such as a session or an appointment, is not in another's return unless it is named."""

from __future__ import annotations

from chrono.merge.ideas import ideas
from chrono.merge.kinds import kinds
from chrono.merge.pair import Pair
from chrono.merge.traits import Traits

NAME = "own work"

EACH_ITS_PAPER = -12.0
"""Two reports for one conference are two agencies', each with its own."""
BY_ITSELF, EACH_BY_ITSELF, ABOUT_ONE_MATTER = -3.0, -5.0, -2.0
"""Two supervision sessions or home visits of one day are mostly two agencies', each with its own."""


def weigh(pair: Pair) -> float:
    """Bits against, for rows of an agency's own work, where neither row names the other agency, nor both a third."""
    one, other = pair.one, pair.other
    if one.agency in other.named or other.agency in one.named:
        return 0.0
    if _is_paper(one) and _is_paper(other):
        return EACH_ITS_PAPER
    if one.named & other.named:
        return 0.0
    if pair.types and pair.types <= kinds().own and not _about_one_matter(pair):
        return EACH_BY_ITSELF
    if not _by_itself(one) and not _by_itself(other):
        return 0.0
    if _about_one_matter(pair):
        return ABOUT_ONE_MATTER
    return EACH_BY_ITSELF if _by_itself(one) and _by_itself(other) else BY_ITSELF


def explain(pair: Pair) -> str:
    """What it is."""
    own = sorted(
        {
            type_.replace("-", " ")
            for one in (pair.one, pair.other)
            if _by_itself(one) or _is_paper(one)
            for type_ in one.main
        }
    )
    return f"{' and '.join(own[:3])}: mostly one agency's own work, and neither row names the other agency"


def _about_one_matter(pair: Pair) -> bool:
    """True if both speak of something that is no everyday idea and not the kind of work itself."""
    shared = pair.one.ideas.keys() & pair.other.ideas.keys() - ideas().everyday
    work = {idea for one in (pair.one, pair.other) for type_ in one.main for idea in one.typed_ideas.get(type_, ())}
    return bool(shared - work)


def _is_paper(one: Traits) -> bool:
    return bool(one.main) and one.main <= kinds().papers


def _by_itself(one: Traits) -> bool:
    return bool(one.main) and one.main <= kinds().own
