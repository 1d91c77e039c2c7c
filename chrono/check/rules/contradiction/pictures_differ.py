"""One agency paints a good picture of a matter, and another agency's rows of that time a poor one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from chrono.check.pictures import Picture, pictures, pictures_in
from chrono.check.rule import rule
from chrono.check.view import Track, View, date_in_doubt, facts, told
from chrono.check.wording import all_say, ask, quoted
from chrono.model import Entry, Finding, Timeline, day_after

SHOWN, SEVERAL = 3, 6
"""Rows of an agency, and of all, laid beside a good picture, the nearest first: more would say the same."""


@rule("C16", needs="reading", severity="medium")
def pictures_differ(timeline: Timeline) -> Iterator[Finding]:
    """One agency writes that a matter stands well, and another's rows of the same time that it does not.

    Finds: a row that says attendance, growth, medicine, drinking, the home, a placement or treatment is good or in order (of low
    severity: speech, sleep, consent, protection papers, immunisations and the like), and
    rows of another agency about the same child, of the weeks up to it, that say the contrary, with none of that agency
    between them that says it has become better.
    Why it matters: meetings and plans rest on the picture that was brought to them.
    Stays silent when: the two lie further apart in time than such a matter holds; what is good is only hoped for, asked or
    denied; one row tells both; a later row of the same agency says that it improved.
    """
    view = View.of(timeline)
    painted = _painted(view)
    for picture in pictures():
        for one, rows in _against(picture, *painted[picture]).items():
            yield _finding(picture, timeline.by_id[one], rows, timeline)


def _painted(view: View) -> dict[Picture, tuple[Track, Track]]:
    """The rows that paint a good picture, and those that paint a poor one; a date in doubt proves neither."""
    good: dict[Picture, list[Entry]] = defaultdict(list)
    poor: dict[Picture, list[Entry]] = defaultdict(list)
    for entry in Track(view.telling(*(idea.name for one in pictures() for idea in (one.good, one.poor, one.share)))):
        for picture in () if date_in_doubt(entry) else pictures_in(told(entry)):
            if picture.poor_words(told(entry)):
                poor[picture].append(entry)
            elif picture.good_words(told(entry)):
                good[picture].append(entry)
    return {picture: (Track(good[picture]), Track(poor[picture])) for picture in pictures()}


def _against(picture: Picture, good: Track, poor: Track) -> dict[str, list[Entry]]:
    """Each good row (its id) -> the nearest poor rows of its time, of each other agency."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in good:
        if entry.when.start is None or entry.when.end is None:
            continue
        first, last = day_after(entry.when.start, -picture.days), day_after(entry.when.end, picture.after)
        for row in reversed(poor.about(entry).between(first, last)):
            rows = found[entry.id]
            full = len(rows) == SEVERAL or (not picture.low and sum(one.agency == row.agency for one in rows) == SHOWN)
            if not full and row.agency != entry.agency and not _better_since(row, entry, good):
                rows.append(row)
    return {one: rows for one, rows in found.items() if rows}


def _better_since(row: Entry, entry: Entry, good: Track) -> bool:
    """True if the agency of the poor row paints a good picture of the same child itself between the two."""
    return any(
        other.agency == row.agency and row.when.surely_before(other.when) and not other.when.surely_after(entry.when)
        for other in good.about(row).between(row.when.latest, entry.when.latest)
    )


def _finding(picture: Picture, entry: Entry, rows: Sequence[Entry], timeline: Timeline) -> Finding:
    others = tuple(dict.fromkeys(row.agency for row in rows))
    good, poor = picture.good_words(told(entry)), picture.poor_words(told(rows[0]))
    first, second = timeline.name_of(entry.agency), timeline.name_of(others[0])
    return Finding(
        f"{picture.matter[0].upper()}{picture.matter[1:]}: {first} writes {quoted(good, 40)}, {second} {quoted(poor, 40)}"[
            :160
        ],
        cites=(entry.source, *(row.source for row in rows)),
        explanation=f"{all_say([entry, *rows])} Neither row names the other's view.",
        settle=ask(timeline, others, picture.settle) + f" Ask {first} what its view rested on.",
        agencies=(entry.agency, *others),
        subjects=entry.subjects or rows[0].subjects,
        period=facts((entry, *rows)),
        certainty="possible",
        severity="low" if picture.low else None,
    )
