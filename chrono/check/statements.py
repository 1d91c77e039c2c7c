"""What a row says in one statement: two ideas, such as a paper and that it is not there, which together make a third."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chrono.check.pictures import SENTENCE
from chrono.check.view import View, told
from chrono.check.words import tells
from chrono.model import Entry, day_after

GOES_ON = re.compile(
    r"(?:still\s+)?(?:not|never|none|no\s+(?:trace|sign|copy|reason|sight)(?! of (?!it\b|them\b|this\b|these\b|any\b)\w)"
    r"|nothing|nobody|no\s?one|didn['’]t|hasn['’]t|asked|chased"
    r"|we\s+(?:have|had|hold|held|never)|(?:it|this|they|these)\s+(?:is|was|has|have|are|were|did|never))\b",
    re.IGNORECASE,
)
"""So begins a sentence that leaves out what the one before it named: 'Read the care plan. Not in the file.'"""


def statement(entry: Entry, *names: str, unless: tuple[str, ...] = ()) -> str:
    """The first sentence or cell of what a row tells that speaks of all of these ideas and of none of `unless`; '' if none."""
    text = told(entry)
    if not all(tells(name, text) for name in names):
        return ""
    return next(
        (
            part.strip()
            for part in _parts(text)
            if all(tells(name, part) for name in names) and not any(tells(name, part) for name in unless)
        ),
        "",
    )


def stating(view: View, *names: str, unless: tuple[str, ...] = ()) -> Iterator[tuple[Entry, str]]:
    """The rows with such a statement, and its words. Name the rarest idea first."""
    for entry in view.telling(names[0]):
        if words := statement(entry, *names, unless=unless):
            yield entry, words


def soon_after(entry: Entry, view: View, days: int, *names: str, of_anyone: bool = False) -> bool:
    """True if a later row about the child, of the same agency or of anyone, tells of all of these ideas in `days` days."""
    if entry.when.end is None:
        return False
    track = view.everything if of_anyone else view.agency(entry.agency)
    rows = track.about(entry).between(entry.when.latest, day_after(entry.when.end, days))
    return any(
        row.id != entry.id and row.when.surely_after(entry.when) and all(tells(name, told(row)) for name in names)
        for row in rows
    )


def _parts(text: str) -> Iterator[str]:
    """Its sentences and cells; one that leaves out what it is about comes with the one before."""
    before = ""
    for part in SENTENCE.split(text):
        yield f"{before} {part}" if before and GOES_ON.match(part) else part
        before = part
