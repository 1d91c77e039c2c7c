"""What one agency sends to another, and how a row names the other end. The words are transit.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from chrono.check.view import View, told
from chrono.check.words import Idea, idea
from chrono.model import Entry
from chrono.vocabulary import words as words_of

FILE = Path(__file__).with_name("transit.yaml")
PLACE = re.compile(r"[A-Z][\w'’]{3,}")
NO_PLACE = frozenset(
    {"children", "children's", "community", "general", "independent", "national", "family", "early", "youth", "adult"}
)
"""First words of agencies' names that are no name of a place."""


def end(name: str) -> Idea:
    """The words for one end of a way: sent, arrived, not_arrived, awaited, leaves, comes."""
    return idea(f"transit: {name}")


def things_in(entry: Entry) -> frozenset[str]:
    """The kinds of thing a row speaks of: records, a referral, a notice, a report ..."""
    return things_named(told(entry))


def things_named(text: str) -> frozenset[str]:
    """The kinds of thing that a text speaks of."""
    return frozenset(name for name, thing in _things().items() if thing.told_in(text))


def names_agency(entry: Entry, agency: str, view: View) -> bool:
    """True if a row names an agency, or a worker of it who did not write the row."""
    for mention in entry.mentions:
        actor = view.timeline.actor_by_id.get(mention.actor)
        if mention.part != "author" and agency in (mention.actor, actor.agency if actor else ""):
            return True
    return False


def names_place(entry: Entry, agency: str, view: View) -> bool:
    """True if a row names an agency's place: 'Records from Northtown' may be from any agency there."""
    place = _place_of(agency, view)
    return bool(place) and re.search(rf"\b{re.escape(place)}\b", told(entry)) is not None


def names_sheet(entry: Entry, other: Entry) -> bool:
    """True if a row names the team whose sheet holds the other: a trust's return often has a sheet for each team."""
    sheet = other.source.sheet.casefold()
    return len(sheet) > 3 and sheet in told(entry).casefold()


def _place_of(agency: str, view: View) -> str:
    """The first word of an agency's name, where it is a name and that of no other kind of thing; '' if not."""
    found = PLACE.match(view.timeline.name_of(agency))
    return found.group() if found and found.group().casefold().replace("’", "'") not in NO_PLACE else ""


@cache
def _things() -> Mapping[str, Idea]:
    return {name: idea(f"transit: things: {name}") for name in words_of(FILE)["things"]}
