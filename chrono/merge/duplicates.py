"""Rows of one agency that are the same row entered twice: the same days, the same children, nearly the same words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from rapidfuzz.fuzz import token_sort_ratio

from chrono.merge.traits import Span, Traits

ALIKE = 92
"""How alike two texts must be, of 100, whatever the order of their words: a corrected slip or a changed full stop."""
SHORT = 12
"""Texts shorter than this ('Home visit') say too little to be a copy of one another, unless everything else is the same too."""
CROWD = 60
"""More rows of one agency on the same days than this are a register, in which rows are alike by nature."""


def duplicates(all_traits: Sequence[Traits]) -> Iterator[tuple[Traits, Traits]]:
    """Pairs of rows of one agency that are one row twice, earlier place first."""
    same_days: dict[tuple[str, Span], list[Traits]] = defaultdict(list)
    for one in all_traits:
        same_days[one.agency, one.span].append(one)
    for rows in same_days.values():
        if 1 < len(rows) <= CROWD:
            yield from ((one, other) for one, other in combinations(rows, 2) if same_row(one, other))


def same_row(one: Traits, other: Traits) -> bool:
    """True if nothing tells the two rows apart but wording that is nearly the same."""
    if one.minute != other.minute or one.subjects != other.subjects or one.ordinals != other.ordinals:
        return False
    if min(len(one.entry.text), len(other.entry.text)) < SHORT:
        return one.entry.text.casefold() == other.entry.text.casefold() and _cells(one) == _cells(other)
    return token_sort_ratio(one.entry.text.casefold(), other.entry.text.casefold()) >= ALIKE and _cells_agree(
        one, other
    )


def _cells(one: Traits) -> dict[str, str]:
    return {column: cell.casefold() for column, cell in one.entry.fields.items() if cell and column != "sequence"}


def _cells_agree(one: Traits, other: Traits) -> bool:
    """True unless a column that both rows fill in says something else: two visits of one day differ in who was seen."""
    mine, theirs = _cells(one), _cells(other)
    return all(token_sort_ratio(mine[column], theirs[column]) >= ALIKE for column in mine.keys() & theirs.keys())
