"""Which entry of an earlier merge is which entry now, also where its row was moved, renamed or corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

SAME_TEXT = 97
"""Similarity (0 to 100) from which two texts count as the same words."""
CORRECTED_IN_PLACE = 50
CORRECTED_ON_THE_DAY = 65
ADDED_TO = 80
"""The similarity of two texts of which one holds the other."""
DATE_CORRECTED = 88
LEAST_LETTERS = 12
"""Shorter texts ('Home visit') are no evidence by themselves that a row with another date is the same row."""
MOST_ALIKE = 40
"""Rows under one key beyond which they are too much alike to tell apart by anything but their place."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What is known of an entry of one merge. `day` is its date in ISO form, '' where it has none; `agency` a name or id,
    of the same kind on both sides."""

    id: str
    agency: str
    file: str
    sheet: str
    row: int
    day: str
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """The id an entry has now, and what it was recognised by."""

    id: str
    how: str


def match(old: Sequence[Trace], new: Sequence[Trace]) -> Mapping[str, Match]:
    """Old id -> what it is now. One to one; an entry that cannot be told is left out."""
    now = {trace.id: trace for trace in new}
    found = {trace.id: Match(trace.id, "the same content") for trace in old if trace.id in now}
    left_old = [trace for trace in old if trace.id not in found]
    left_new = [trace for trace in new if trace.id not in found]
    if left_old and left_new:
        found |= _best(left_old, left_new)
    return found


def _best(old: Sequence[Trace], new: Sequence[Trace]) -> dict[str, Match]:
    """The likeliest pairs first; each entry is used once."""
    candidates = sorted(_candidates(old, new), key=lambda one: (-one[0], one[1], one[2]))
    found: dict[str, Match] = {}
    taken: set[str] = set()
    for _, before, after, how in candidates:
        if before not in found and after not in taken:
            found[before] = Match(after, how)
            taken.add(after)
    return found


def _candidates(old: Sequence[Trace], new: Sequence[Trace]) -> Iterator[tuple[float, str, str, str]]:
    """(score, old id, new id, how) for pairs that meet under one key and are alike enough."""
    by_key: dict[tuple[str, ...], list[Trace]] = defaultdict(list)
    for trace in new:
        for key in _keys(trace):
            by_key[key].append(trace)
    for before in old:
        met = {after.id: after for key in _keys(before) if len(by_key[key]) <= MOST_ALIKE for after in by_key[key]}
        for after in met.values():
            score, how = _alike(before, after)
            if how:
                yield score, before.id, after.id, how


def _keys(trace: Trace) -> Iterator[tuple[str, ...]]:
    words = " ".join(trace.text.casefold().split())
    yield "place", trace.file, trace.sheet, str(trace.row)
    yield "place", trace.agency, trace.sheet, str(trace.row)
    yield "day", trace.agency, trace.day
    yield "beginning", trace.agency, words[:20]
    yield "end", trace.agency, words[-20:]
    yield "words", words


def _alike(old: Trace, new: Trace) -> tuple[float, str]:
    """How sure it is that the two are one, and by what; no words if it is not."""
    same_file = old.file == new.file or old.agency == new.agency  # a later version often comes under another name
    same_place = same_file and (old.sheet, old.row) == (new.sheet, new.row)
    same_day = old.day == new.day
    alike = _similarity(old.text.casefold(), new.text.casefold())
    score = alike + 12 * same_day + 8 * same_place + 6 * (old.agency == new.agency)
    telling = len(old.text) >= LEAST_LETTERS
    checks = (
        (alike >= SAME_TEXT and same_day, "the same words on the same date"),
        (alike >= CORRECTED_IN_PLACE and same_place and same_day, "the same row and date, its text corrected"),
        (alike >= DATE_CORRECTED and same_place, "the same row and words, its date corrected"),
        (alike >= CORRECTED_ON_THE_DAY and same_day and old.agency == new.agency, "the same date, its text corrected"),
        (alike >= DATE_CORRECTED and telling and old.agency == new.agency, "nearly the same words, its date corrected"),
    )
    return score, next((how for holds, how in checks if holds), "")


def _similarity(old: str, new: str) -> float:
    """From 0 to 100. Words added to a text, or taken from it, leave it much the same, however many they are."""
    shorter, longer = sorted((old, new), key=len)
    added_to = len(shorter) >= LEAST_LETTERS and shorter in longer
    return max(fuzz.ratio(old, new), ADDED_TO if added_to else 0)
