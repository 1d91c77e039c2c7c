"""Rounds of asking for help and ending it: the rows of one service that end a contact with a child without help given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from chrono.check.matters import REFERRALS
from chrono.check.view import View, told
from chrono.check.words import tells
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


def ended(view: View, test: Callable[[Entry], bool]) -> Iterator[tuple[str, str, list[Entry]]]:
    """For each helping service and child, the rows for which `test` holds, in order."""
    for agency in view.of_kinds(*HELPERS, returned=True):
        groups: dict[str, list[Entry]] = defaultdict(list)
        ending = [entry for entry in view.agency(agency) if test(entry)]
        children = {child for entry in ending for child in entry.subjects}
        for entry in ending:
            # a row without a name is the one child's about whom the service's other endings are
            for child in entry.subjects or (children if len(children) == 1 else ("",)):
                groups[child].append(entry)
        for child, rows in groups.items():
            yield agency, child, rows


def refused(entry: Entry) -> bool:
    """True if the row ends the service's offer because child or family did not want it or did not come."""
    words = told(entry)
    return tells("refused_help", words) and (tells("closing", words) or entry.records("closure"))


def turned_down(entry: Entry) -> bool:
    """True if the row says that a referral was not taken on."""
    return tells("turned_down", told(entry))


def below_threshold(entry: Entry) -> bool:
    """True if the row is about asking for help, and ends without any because it was not thought serious enough."""
    asks = entry.records(*ASKED, status=None) or tells("brought_to_notice", told(entry))
    slight = tells("below_threshold", told(entry)) or tells("low_level", told(entry)) or turned_down(entry)
    asks = asks or turned_down(entry)
    return asks and slight and not tells("refused_help", told(entry))
