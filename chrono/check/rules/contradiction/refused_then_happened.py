"""A request is refused, and the same thing takes place soon after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from chrono.check.any_case import AnyCase
from chrono.check.pictures import DENIED
from chrono.check.refusals import BY_THE_FAMILY
from chrono.check.rule import rule
from chrono.check.shared import rare, shared_words
from chrono.check.view import View, date_in_doubt, facts, told
from chrono.check.wording import all_say, ask, says, span
from chrono.check.words import Idea, idea, tells
from chrono.model import Entry, Event, Finding, Timeline, day_after
from chrono.vocabulary import words as words_of

FILE = Path(__file__).parents[2] / "refused.yaml"
UNTIL = re.compile(
    r"\b(?:no|not|never|cannot|won't|nobody|only)\b[^.;]{0,60}\b(?:until|unless|before|till|once)\b", re.IGNORECASE
)
"""A condition: nothing of the kind until something else is there."""
STAYS_UNTIL = re.compile(
    r"\b(?:stay(?:s|ing)?|remain(?:s|ing)?|kept|keep|keeps|held|wait(?:s|ing)?)\b[^.;]{0,60}\b(?:until|till|unless|before|pending)\b",
    re.IGNORECASE,
)
"""The same, told by what goes on until then: 'to stay on the ward till the hearing'."""
DAY_TO_COME = re.compile(
    r"\b(?:until|till|before|pending)\b(?: [\w']+){0,5}? (\d{1,2})(?:st|nd|rd|th)\b(?! birthday)", re.IGNORECASE
)

SAME_WORDS = 2
"""So many telling words the refusal and the row by which it came about have in common."""
PANEL = "placement-panel"
A_PLACE = AnyCase(
    r"\b(?:beds?|places?|placements?|residential|secure|fostering|foster|accommodat\w+|moves?|moved|home out)\b"
)
"""What a panel is asked for, and not more staff or money for where the child is."""
PLACED = ("placement-start", "placement-move")
REFUSED = ("refused", "negative")
OF_HOUSEHOLDS = ("housing",)
"""Services whose rows are about the whole family, and name no child."""
MOST = 5
AGREED = ("accepted", "agreed", "positive")


@dataclass(frozen=True)
class Thing:
    """What can be refused, as refused.yaml names it, and the words that it came about."""

    name: str
    words: Idea
    came: Idea
    days: int
    """For how long the refusal stands, where that is longer than the rule's own days."""


@rule("C14", needs="reading", severity="medium")
def refused_then_happened(timeline: Timeline, *, days: int = 92) -> Iterator[Finding]:
    """A request is refused and the same thing takes place soon after, with no new decision between.

    Finds: a row in which a move, placement, conference or service is refused, and a row within `days` days that the same
    kind of thing took place for the same child, when no row between them records that it was agreed after all; a row that
    has no such thing until something else or some day is there, and a row that it took place with that still to come.
    Why it matters: somebody decided otherwise, and there is no record of who, or why.
    Stays silent when: a later decision is recorded; the child or parent had refused, and changed their mind.
    """
    view = View.of(timeline)
    for entry in view.everything:
        if came := _went_past(entry, view, days):
            yield _finding(entry, came, "placement", timeline)
            continue
        refused = _refused(entry)
        if refused and entry.when.end is not None and entry.when.start is not None:
            later = _happened(entry, refused, view, days)
            if later:
                yield _finding(entry, later, refused.type.replace("-", " "), timeline)
                continue
        found: set[str] = set()
        first: Entry | None = None
        for thing, rows in _things_that_came(entry, view, days):
            if first and all(row.when.surely_after(first.when) for row in rows):
                continue  # it had come about before
            if not {row.id for row in rows} <= found:
                first = first or rows[0]
                found.update(row.id for row in rows)
                yield _finding(entry, rows, thing.name, timeline)
        if not found and (came_in_the_same_words := _in_the_same_words(entry, view, days)):
            yield _finding(entry, came_in_the_same_words, "request", timeline)


def _things_that_came(entry: Entry, view: View, days: int) -> list[tuple[Thing, list[Entry]]]:
    """What a row refuses and what came about all the same, by which rows: the earliest first."""
    came = [
        (thing, [row for row in _came(entry, thing, view, days) if not _closes_its_work(row, view)])
        for thing in _not_to_be(entry)
    ]
    return sorted(((thing, rows) for thing, rows in came if rows), key=lambda one: one[1][0].when.sort_key)


def _closes_its_work(row: Entry, view: View) -> bool:
    """True of a service in which nobody lives that ends its own work: 'discharged', and nobody went anywhere by that."""
    return row.records("closure") and view.kind(row.agency) in (
        "mental-health",
        "health",
        "voluntary",
        "missing-service",
    )


def _went_past(entry: Entry, view: View, days: int) -> list[Entry]:
    """The first move or placement after a panel refused one, unless the panel itself agreed to another in between."""
    panel = entry.events_of(PANEL)
    refused = any(event.outcome in REFUSED for event in panel) or (panel and _says_no(told(entry)))
    if not refused or entry.when.end is None or not entry.subjects or not A_PLACE.found_in(told(entry)):
        return []
    later = view.recording(PANEL, *PLACED).about(entry).between(entry.when.end, day_after(entry.when.end, days))
    rows = [row for row in later if row.when.surely_after(entry.when)]
    first = next(iter(rows), None)
    return [first] if first and not first.records(PANEL) else []


def _refused(entry: Entry) -> Event | None:
    """What a body refused: asked for in the row, and not something the family declined."""
    refused = any(event.outcome in REFUSED for event in entry.events)
    if not refused or BY_THE_FAMILY.search(told(entry)):
        return None
    return next((event for event in entry.events if event.status in ("planned", "did-not-happen")), None)


def _happened(entry: Entry, refused: Event, view: View, days: int) -> list[Entry]:
    """The rows of other agencies that say it took place; none if it was agreed after all."""
    rows = [
        row
        for row in view.recording(refused.type).between(entry.when.earliest, day_after(entry.when.latest, days))
        if row.agency != entry.agency and not row.when.surely_before(entry.when) and view.same_child(row, entry)
    ]
    return [] if rows and _agreed(entry, rows[-1], refused, view) else rows[:MOST]


def _agreed(entry: Entry, row: Entry, refused: Event, view: View) -> bool:
    between = view.speaking_of(refused.type).between(entry.when.earliest, row.when.latest)
    others = (
        one for one in between if one.id != entry.id and one.agency == entry.agency and view.same_child(one, entry)
    )
    return any(event.outcome in AGREED for one in others for event in one.events)


def _not_to_be(entry: Entry) -> list[Thing]:
    """The things that a row refuses, or makes wait for something else."""
    text = told(entry)
    if not (_says_no(text) or _waits(text)) or date_in_doubt(entry) or BY_THE_FAMILY.search(text):
        return []
    return [thing for thing in things() if thing.words.told_in(text)]


def _says_no(text: str) -> bool:
    return tells("refused: refused", text)


def _waits(text: str) -> bool:
    return tells("condition", text) and bool(UNTIL.search(text) or STAYS_UNTIL.search(text))


def _came(entry: Entry, thing: Thing, view: View, days: int) -> list[Entry]:
    """The rows by which the thing came about, the first of each agency; none if it was agreed before."""
    if entry.when.end is None or not (entry.subjects or view.kind(entry.agency) in OF_HOUSEHOLDS):
        return []
    found: dict[str, Entry] = {}
    for row in view.everything.about(entry).between(entry.when.end, day_after(entry.when.end, max(days, thing.days))):
        if not entry.when.surely_before(row.when):
            continue
        text = told(row)
        unmet = tells("refused: unmet", text) or _before_its_day(entry, row)
        if _came_about(text, thing) and (_says_no(told(entry)) or unmet):
            found.setdefault(row.agency, row)
        elif not found and thing.words.told_in(text) and tells("refused: agreed", text):
            return []
    return list(found.values())


def _before_its_day(entry: Entry, row: Entry) -> bool:
    """True if the row is surely of a day before that to which the thing was to wait: 'stays with us till court on 10th'."""
    last = row.when.latest
    alone = DAY_TO_COME.search(told(entry))
    if alone and entry.when.start:
        days = (day_after(entry.when.start, number) for number in range(1, 28))
        return any(day.day == int(alone.group(1)) and last < day for day in days)
    named = [mention.when for mention in entry.dates if mention.when.start and mention.when.surely_after(entry.when)]
    return bool(named) and all(row.when.surely_before(when) for when in named)


def _in_the_same_words(entry: Entry, view: View, days: int) -> list[Entry]:
    """The first row in which what the row refuses comes about: told in the refusal's own, rare words."""
    text = told(entry)
    if not _says_no(text) or entry.when.end is None or not entry.subjects or BY_THE_FAMILY.search(text):
        return []
    for row in view.everything.about(entry).between(entry.when.end, day_after(entry.when.end, days)):
        words = shared_words(entry, row) if entry.when.surely_before(row.when) else frozenset()
        if len(words) < SAME_WORDS or not rare(words, view) or _says_no(told(row)):
            continue
        if tells("refused: agreed", told(row)) or _waits(told(row)) or any(e.status != "occurred" for e in row.events):
            return []
        if tells("refused: began", told(row)):
            return [row]
    return []


def _came_about(text: str, thing: Thing) -> bool:
    came = thing.came.search(text) or (thing.words.told_in(text) and idea("refused: began").search(text))
    return bool(came) and not (_says_no(text) or _waits(text) or (came and DENIED.search(text[: came.start()])))


@cache
def things() -> tuple[Thing, ...]:
    """What can be refused."""
    return tuple(
        Thing(
            name,
            idea(f"refused: things: {name}: words"),
            idea(f"refused: things: {name}: came"),
            given.get("days", 0),
        )
        for name, given in words_of(FILE)["things"].items()
    )


def _finding(entry: Entry, rows: list[Entry], kind: str, timeline: Timeline) -> Finding:
    later = rows[0]
    return Finding(
        f"{kind.capitalize()} refused {entry.when}, and recorded as made {later.when}",
        cites=(entry.source, *(row.source for row in rows)),
        explanation=f"{says(entry)} {all_say(rows)} From the one to the other are {span(entry.when, later.when)}. "
        "No row between them records that it was agreed after all.",
        settle=ask(
            timeline, (entry.agency, later.agency), f"the decision on which the {kind} was made: by whom, and why"
        ),
        agencies=tuple(dict.fromkeys((entry.agency, *(row.agency for row in rows)))),
        subjects=entry.subjects or later.subjects,
        period=facts((entry, *rows)),
        certainty="possible",
    )
