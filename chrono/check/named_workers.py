"""Workers whom a row gives by post and by name at once: 'SW2 Jane Hill', 'Jane Hill (IRO)'."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from chrono.check.view import View, told
from chrono.check.words import idea, tells
from chrono.model import Entry, Mention, Timeline

WORD = r"[A-Z][a-z]+(?:['’-][A-Z]?[a-z]+)?"
NAME = rf"(?:(?:Mr|Mrs|Ms|Miss|Dr)\.? {WORD}|[A-Z]\.? {WORD}|{WORD} {WORD})"
BEHIND = re.compile(rf"(?: ?\(| ?[-–,:] ?| )({NAME})(?![\w'’-]| [A-Z])")
IN_FRONT = re.compile(rf"(?<![\w'’-])({NAME})(?: ?\(| ?[-–,] ?)$")
OPENING = ("(", "-", "–", ",")
"""What stands between a name and a post behind it."""
NUMBERED = re.compile(r"[A-Za-z] ?(?:\d{1,4}|[A-Z])$")
LOWER = re.compile(r"\b[a-z]+\b")
ALIKE = 0.8
LABEL = re.compile(r"^\W*([A-Za-z][A-Za-z .'-]*?)\s*(\d{1,2})\W*$|^\W*([A-Za-z][A-Za-z .']*?)[ -]+([A-Z])\W*$")
SURNAME = re.compile(r"^\W*((?:(?:Mr|Mrs|Ms|Miss|Dr)\.?\s+|(?:[A-Z]\.?\s?){1,2})[A-Z][a-z][\w'’-]+)\W*$")
"""A worker given by title or initial and surname; roles and teams in capitals are no names."""


HANDED, BY_NAME_ONLY = "handed over", "by name"


class Worker(NamedTuple):
    """Who a row's column of workers says did it: by role and number, or by name."""

    role: str
    label: str


def worker_of(entry: Entry) -> Worker | None:
    """The one worker that the row's column of workers tells apart from others; None if it does not."""
    cell = entry.fields.get("worker", "")
    if numbered := LABEL.match(cell):
        role, label = (part for part in numbered.groups() if part)
        return Worker(role.strip().lower(), label)
    named = SURNAME.match(cell)
    return Worker("by name", named.group(1)) if named else None


BY_POST = "worker_by_post"
WITHOUT_POST = ("worker_handed_to", "worker_takes_it", "worker_doctor", "worker_by", "worker_with_post")
HANDING = ("worker_handed_to", "worker_takes_it")
"""Ideas of patterns.yaml whose first group is a worker's name; that of BY_POST the post, and the second number or name."""


def told_workers(entry: Entry, no_names: frozenset[str]) -> list[Worker]:
    """The workers whom the text of a row names by post and number, or by post and name.

    `no_names` are words (in small letters) that are no worker's name: those of children, agencies, and whatever the returns
    also write small.
    """
    by_post = [
        Worker(found.group(1).casefold().replace(" ", ""), found.group(2))
        for found in _found(BY_POST, entry)
        if found.group(2).casefold() not in no_names
    ]
    return by_post or [
        Worker(HANDED if name in HANDING else BY_NAME_ONLY, found.group(1))
        for name in WITHOUT_POST
        for found in _found(name, entry)
        if found.group(1).casefold().removesuffix("'s").removesuffix("’s") not in no_names
    ]


def _found(name: str, entry: Entry) -> Iterable[re.Match[str]]:
    return idea(name).pattern.finditer(entry.text) if tells(name, told(entry)) else ()


@dataclass(frozen=True)
class Holder:
    """A row that gives a worker's post (`label`: as written, `role`: what it means) and name."""

    entry: Entry
    label: str
    role: str
    name: str

    @property
    def is_numbered(self) -> bool:
        """True for a label that means one worker only: 'SW2', 'Social Worker B'."""
        return bool(NUMBERED.search(self.label))


def written_small(view: View) -> frozenset[str]:
    """The words that the texts of the returns write in small letters: none is a name."""
    texts = (entry.text for entry in view.timeline.entries)
    return view.kept("written small", lambda: frozenset(LOWER.findall("\n".join(texts))))


def holders(timeline: Timeline) -> dict[str, list[Holder]]:
    """By agency, the rows that give both post and name. A word that the returns also write small is no name."""
    roles = {actor.id: actor.role.split(",")[0].casefold() for actor in timeline.actors}
    found = [holder for entry in timeline.entries for holder in _in_row(entry, roles)]
    small = written_small(View.of(timeline)) if found else frozenset()
    by_agency: dict[str, list[Holder]] = defaultdict(list)
    for holder in found:
        if not any(word.casefold() in small for word in holder.name.split()):
            by_agency[holder.entry.agency].append(holder)
    return by_agency


def _in_row(entry: Entry, roles: dict[str, str]) -> Iterator[Holder]:
    for mention in entry.mentions:
        if mention.kind in ("role", "person") and (role := roles.get(mention.actor, "")):
            cell = entry.cell(mention.column)
            if name := _name_beside(mention, cell):
                yield Holder(entry, mention.text, role, name)


def _name_beside(mention: Mention, cell: str) -> str:
    if cell[mention.begin : mention.end] != mention.text:
        return ""
    found = BEHIND.match(cell, mention.end)
    if not found and cell[: mention.begin].rstrip()[-1:] in OPENING:
        found = IN_FRONT.search(cell[: mention.begin])
    return found.group(1) if found else ""


def may_be_one(name: str, other: str) -> bool:
    """True for names that may be one person's: a shared surname or forename, an initial, a slip of the pen."""
    mine, theirs = (
        re.sub(r"^(?:Mrs?|Ms|Miss|Dr)\.? ", "", one).casefold().replace(".", "").split() for one in (name, other)
    )
    alike = SequenceMatcher(None, mine[-1], theirs[-1]).ratio() >= ALIKE
    return alike or (len(mine) > 1 < len(theirs) and len(mine[0]) > 1 and mine[0] == theirs[0])
