"""Rounds of asking for help and ending it: the rows of one service that end a contact with a child without help given."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from chrono.check.matters import REFERRALS
from chrono.check.view import Track, View, told
from chrono.check.words import idea, tells
from chrono.model import Entry

HELPERS = (
    "social-care",
    "early-help",
    "mental-health",
    "voluntary",
    "youth-justice",
    "health",
    "exploitation",
    "housing",
    "substance-misuse",
    "domestic-abuse",
    "community-health",
    "hospital",
)
ASKED = (
    *REFERRALS,
    "contact",
    "police-notification",
    "assessment-offered",
    "support-offered",
    "notification",
    "appointment-offered",
)

CLAUSE = re.compile(r"\s+·\s+|(?<=[.;!?])\s+")
NOT_BEFORE = re.compile(
    r"\b(?:no|not|nor|never|without|n't|nobody|neither|instead of|nil|nothing)\b[^.;:]{0,25}$", re.IGNORECASE
)
NOT_AFTER = re.compile(
    r"\W{1,3}(?:was |were |is |has |been |to be )?(?:not|never|no|nil|refused|declined|dropped|withdrawn)\b",
    re.IGNORECASE,
)
OF_WORRY = ("incident", "concern")
"""Natures of events that somebody would worry about."""


ENDS = ("ended_work", "put_away")


def ended(view: View, rows: Iterable[Entry]) -> Iterator[tuple[str, str, list[Entry]]]:
    """For each helping service and child, those of `rows` that are dated, in order."""
    yield from _by_agency(view.of_kinds(*HELPERS, returned=True), rows)


def with_any(view: View, rows: Iterable[Entry], but: tuple[str, ...] = ()) -> Iterator[tuple[str, str, list[Entry]]]:
    """The same of every agency that made a return, whatever its kind of service, `but` those kinds."""
    yield from _by_agency((id_ for id_ in sorted(view.timeline.returned) if view.kind(id_) not in but), rows)


def _by_agency(agencies: Iterable[str], rows: Iterable[Entry]) -> Iterator[tuple[str, str, list[Entry]]]:
    of_agency: dict[str, list[Entry]] = defaultdict(list)
    for row in rows:
        if row.when.known:
            of_agency[row.agency].append(row)
    for agency in agencies:
        yield from of_children(agency, of_agency.get(agency, ()))


def of_children(agency: str, rows: Iterable[Entry]) -> Iterator[tuple[str, str, list[Entry]]]:
    """The rows of an agency by child; one without a name is the one child's about whom its other rows of the kind are, or
    each child's, where the agency writes of the children of the family together."""
    found = list(rows)
    groups: dict[str, list[Entry]] = defaultdict(list)
    children = {child for entry in found for child in entry.subjects}
    together = any(len(entry.subjects) > 1 for entry in found)
    for entry in found:
        for child in entry.subjects or (sorted(children) if len(children) == 1 or together else ("",)):
            groups[child].append(entry)
    for child, entries in groups.items():
        yield agency, child, entries


def near_each_other(rows: Iterable[Entry], days: int, *, once_a_day: bool = True) -> Iterator[list[Entry]]:
    """The rows in runs, none of which has a surely longer pause than so many days; each day counts once, unless every row
    is wanted."""
    run: list[Entry] = []
    for row in rows:
        if once_a_day and run and run[-1].when.surely_same_day(row.when):
            continue
        if run and run[-1].when.days_until(row.when)[0] > days:
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def clauses(entry: Entry) -> list[str]:
    """What the row tells, cut at stops and semicolons."""
    return [clause for part in CLAUSE.split(told(entry)) if (clause := part.strip())]


def affirms(name: str, text: str) -> bool:
    """True if a text speaks of an idea, and does not say in the same breath that it is not so."""
    if not tells(name, text):
        return False
    return any(
        not NOT_BEFORE.search(text[: found.start()]) and not NOT_AFTER.match(text, found.end())
        for found in idea(name).pattern.finditer(text)
    )


def slight(entry: Entry) -> bool:
    """True if a row answers what it tells of with a note, a word or a look, or says that it is not grave enough."""
    words = told(entry)
    if turned_down(entry) or any(tells(name, words) for name in ("below_threshold", "low_level", "let_be")):
        return True
    return any((found := idea("graded_low").search(clause)) and found.start() == 0 for clause in clauses(entry))


def worrying(entry: Entry) -> bool:
    """True if a row tells of something that somebody would worry about."""
    words = told(entry)
    happened = any(event.nature in OF_WORRY and event.status == "occurred" for event in entry.events)
    return happened or any(tells(name, words) for name in ("worry", "trouble", "danger"))


def worries(view: View) -> Track:
    """The dated rows that tell of something that somebody would worry about."""
    return view.track("worries", lambda: filter(worrying, view.timeline.entries))


def closes(entry: Entry) -> bool:
    """True if the row ends the agency's work or a contact with it."""
    return entry.records("closure") or any(tells(name, told(entry)) for name in ENDS)


def closings(view: View) -> Track:
    """The dated rows that end the agency's work or a contact with it."""
    return view.track("closings", lambda: filter(closes, view.rows(*ENDS, types=("closure",))))


def refused(entry: Entry) -> bool:
    """True if the row ends the service's offer because child or family did not want it or did not come."""
    words = told(entry)
    return tells("refused_help", words) and (tells("closing", words) or entry.records("closure"))


def turned_down(entry: Entry) -> bool:
    """True if the row says that a referral was not taken on."""
    return tells("turned_down", told(entry))


def below_threshold(entry: Entry) -> bool:
    """True if the row is about asking for help, and ends without any because it was not thought serious enough."""
    words = told(entry)
    asks = entry.records(*ASKED, status=None) or tells("brought_to_notice", words) or turned_down(entry)
    taken_on = any(event.outcome == "accepted" for event in entry.events_of(*ASKED, status=None))
    little = tells("below_threshold", words) or (tells("low_level", words) and not taken_on) or turned_down(entry)
    return asks and little and not tells("refused_help", words)
