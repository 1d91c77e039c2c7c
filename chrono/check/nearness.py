"""Whether a row has somebody at the home, or with the child, who was to be kept away."""

from __future__ import annotations

import re

from chrono.check.pictures import DENIED
from chrono.check.view import RELATIVE, View
from chrono.check.words import idea, tells
from chrono.model import Entry, Mention

MANNERS = (("barred", "is_there"), ("barred_alone", "alone_with"))
"""Words that keep somebody away, and those by which they are there; words that keep them from being alone with the child, and
those by which they are."""
LEFT_WITH = re.compile(
    r"\b(?:left with|in the (?:sole )?care of|looked after by|cared for by|minded by|babysat by|alone with|only with)"
    r"(?: \w+)?\s*$",
    re.IGNORECASE,
)
"""Right before a name: the child is alone with them."""
CLEFT = re.compile(
    r"(?:^|\. )((?:the|a|it was the) (?:only )?(?:person|one|man|woman|adult|relative|driver|visitor)\b[^.]*?)"
    r"\b(?:is|was|were)(?: again| once more| in fact| said to be| thought to be)?(?: (?:the|his|her|their|an?|our))?\s*$",
    re.IGNORECASE,
)
"""Right before a name: what is said of them before they are named, as in 'the one who fetched her, alone, was her uncle'."""
KNOWN = ("breach", "police-notification")
"""Rows of which the breach is the matter itself."""


def is_there(row: Entry, person: str, there: str) -> bool:
    """True if the row has this person (an actor's id) there, in the words of the idea `there`, and does not tell of a breach."""
    return not row.records(*KNOWN) and any(
        mention.actor == person and has_there(row, mention, there) for mention in row.mentions
    )


def has_there(row: Entry, mention: Mention, there: str) -> bool:
    """True if the words that follow a name in its sentence, or stand right before it, have the person there."""
    if mention.begin < 0:
        return False
    after = row.cell(mention.column)[mention.end :].split(".")[0]
    if any(tells(barred, after) for barred, _ in MANNERS) or tells("kept_to_rule", after):
        return False
    before = row.cell(mention.column)[: mention.begin]
    if there == "alone_with" and (left := LEFT_WITH.search(before)) and not DENIED.search(before[: left.start()]):
        return True
    cleft = CLEFT.search(before)
    after = cleft.group(1) if cleft and idea(there).search(cleft.group(1)) else after
    found = idea(there).search(after)
    return found is not None and not DENIED.search(after[: found.start()])


def may_be(mention: Mention, person: str, view: View) -> bool:
    """True if a relative named only by what they are to the child ('the uncle') may be this person, by name or role."""
    if mention.actor == person or not RELATIVE.fullmatch(mention.text):
        return mention.actor == person
    actor = view.timeline.actor_by_id.get(person)
    known = f"{actor.name} {actor.role}".lower().split() if actor else []
    return mention.text.lower().split()[-1] in known
