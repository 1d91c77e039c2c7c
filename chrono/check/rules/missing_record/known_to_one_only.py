"""Facts that one service holds, and that another which assesses or plans for the child writes there is nothing of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from chrono.check.rule import rule
from chrono.check.view import Track, View, date_in_doubt, facts, told
from chrono.check.wording import all_say, ask
from chrono.check.words import Idea, idea, tells
from chrono.model import Entry, Finding, Timeline, day_after
from chrono.vocabulary import words as words_of

FILE = Path(__file__).parents[2] / "known_facts.yaml"
MOST = 4
"""Rows of the other service laid beside the fact, the first of them."""
BEFORE = 30
"""Days before the row of the fact in which the other service's view was of the same time."""


@dataclass(frozen=True)
class _Fact:
    """One matter of known_facts.yaml."""

    matter: str
    told: Idea
    none: Idea


@rule("M26", needs="reading", severity="medium")
def known_to_one_only(timeline: Timeline, *, days: int = 365) -> Iterator[Finding]:
    """One service holds a fact that matters, and another's assessment or plan of that time says there is no such thing.

    Finds: an illness, a loss of hearing, a diagnosis, a death, self-harm, violence or a dangerous person at home in the rows
    of one agency, and up to `days` days later rows of another that deny it ("no health needs", "no losses", "risk: low") or
    assess and plan as if nothing of note were known, none of whose rows speaks of it.
    Why it matters: what one service knows helps nobody who does not know it.
    Stays silent when: any row of the other speaks of the fact, in whatever words of its kind; the two tell of it together; the
    other's row only leaves it out.
    """
    view = View.of(timeline)
    for fact in known_facts():
        knowing = Track(entry for entry in view.telling(fact.told.name) if _states(fact, entry))
        if not len(knowing):
            continue
        groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in Track(view.telling(fact.none.name, "nothing_of_note")):
            holder = _holder(entry, fact, knowing, view, days)
            if holder:
                groups[holder.id, entry.agency].append(entry)
        for (holder_id, _), rows in groups.items():
            yield _finding(fact, timeline.by_id[holder_id], rows[:MOST], timeline)


@cache
def known_facts() -> tuple[_Fact, ...]:
    """Every matter of known_facts.yaml."""
    lists: Mapping[str, Any] = words_of(FILE)
    return tuple(
        _Fact(matter, idea(f"known_facts: {matter}: fact"), idea(f"known_facts: {matter}: none")) for matter in lists
    )


def _states(fact: _Fact, entry: Entry) -> bool:
    return not fact.none.told_in(told(entry)) and not tells("only_thought_of", told(entry)) and not date_in_doubt(entry)


def _holder(entry: Entry, fact: _Fact, knowing: Track, view: View, days: int) -> Entry | None:
    """The first row of another agency that holds the fact which this row denies, unless its own agency knows of it."""
    if not entry.when.known or date_in_doubt(entry) or not _denies(entry, fact):
        return None
    since, until = day_after(entry.when.earliest, -days), day_after(entry.when.latest, BEFORE)
    rows = [row for row in knowing.about(entry).between(since, until) if row.subjects and row.id != entry.id]
    if any(row.agency == entry.agency and not row.when.surely_after(entry.when) for row in rows):
        return None
    others = [row for row in rows if row.agency != entry.agency and not _names(row, entry.agency, view)]
    return others[0] if others else None


def _denies(entry: Entry, fact: _Fact) -> bool:
    """True if the row judges the child or the home, and says that there is nothing of the kind, or of any."""
    words = told(entry)
    if fact.told.told_in(words) and not fact.none.told_in(words):
        return False
    return tells("judges", words) and (fact.none.told_in(words) or tells("nothing_of_note", words))


def _names(row: Entry, agency: str, view: View) -> bool:
    """True if the row that holds the fact names the other agency: it may have told it."""
    return any(view.agency_of(mention) == agency for mention in row.mentions)


def _finding(fact: _Fact, holder: Entry, rows: list[Entry], timeline: Timeline) -> Finding:
    one, other = timeline.name_of(holder.agency), timeline.name_of(rows[0].agency)
    return Finding(
        f"{one} knows of {fact.matter}; {other} writes as if there were none"[:160],
        cites=(holder.source, *(row.source for row in rows)),
        explanation=f"{all_say([holder, *rows])} No row of {other} up to then speaks of it, and none says that it was told.",
        settle=ask(timeline, (holder.agency, rows[0].agency), "whether the fact was passed on, to whom and when"),
        agencies=(holder.agency, rows[0].agency),
        expected_from=(rows[0].agency,),
        subjects=rows[0].subjects or holder.subjects,
        period=facts((holder, *rows)),
        certainty="possible",
        severity="medium" if any(fact.none.told_in(told(row)) for row in rows) else "low",
    )
