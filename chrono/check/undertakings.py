"""What a row says in words of its own that an agency is to do, and whether any later row speaks of the same matter.

Tasks of telling and following up have their own module; here is whatever else was undertaken: 'SENCO will complete the form',
'Housing: lock change', 'Police tasked: checks on the occupants'. That it was done is seen by its own words coming again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from chrono.check.view import View, told
from chrono.check.words import tells
from chrono.model import Entry, day_after

COLUMNS = ("text", "outcome", "action")
PART = re.compile(r"[^.;\n]+(?:\.(?=\w)[^.;\n]*)*")
CUE = re.compile(
    r"\b(?:will|shall|(?:is|are) to|agrees? to|agreed to"
    r"|undertook to|undertakes to|to|tasked(?: to| with)?|we['’]d|we would|I['’]ll)\b\W*"
    r"|(?<=\w):\s+",
    re.IGNORECASE,
)
DONE = re.compile(r"\b(done|completed|complete|sent|actioned|in hand)\b", re.IGNORECASE)
NOT_UNDERTAKEN = re.compile(
    r"\b(if|whether|may|might|could|consider\w*|hopes?|wants?|wish\w*|would like|not|unable|refus\w+|declin\w+|due|used|able|"
    r"\w+ed|sent|gone|came|come|went|goes|moves?|back|next|close|up|given|told|spoke|speaks?|rings?|asks|happy|mum|mother|dad|father|parents?|family|he|she|they|child|gran\w*|continue\w*|remain\w*|stay\w*)\b\W*$",
    re.IGNORECASE,
)
"""Words before the cue that make it a wish, a condition, a way somewhere ('sent to'), or the family's own step."""
PLAIN_WORDS = 4
"""Fewer letters, and a word says nothing of the matter."""
STEM = 5
LEAST = 2
"""Words of the matter that an undertaking must have to be known again."""


@dataclass(frozen=True)
class Undertaking:
    """What `doer` (an agency) is to do, by the words of a row; `matter` are the stems of its telling words."""

    entry: Entry
    doer: str
    words: str
    matter: frozenset[str]


def undertakings(entry: Entry, view: View) -> Iterator[Undertaking]:
    """What a row of a meeting or plan says that an agency named in it, or its own, is to do."""
    for column in COLUMNS:
        cell = entry.text if column == "text" else entry.fields.get(column, "")
        for part in PART.finditer(cell) if cell else ():
            cue = CUE.search(part.group())
            if cue and (found := _undertaking(entry, column, part, cue, view)):
                yield found


def taken_up(undertaking: Undertaking, view: View, days: int) -> bool:
    """True if a later row speaks of the matter: the doer's with one of its words, another's with two; or if it cannot be seen."""
    entry = undertaking.entry
    if entry.when.start is None or entry.when.end is None or not view.covers(undertaking.doer, entry.when):
        return True
    until = day_after(entry.when.end, days)
    if view.timeline.case.end and until > view.timeline.case.end:
        return True
    own = view.agency(undertaking.doer).about(entry).between(day_after(entry.when.latest), until)
    if not own:
        return True  # the doer's silence is another matter
    later = view.everything.about(entry).between(entry.when.earliest, until)
    return any(
        len(undertaking.matter & stems(told(row))) >= (1 if row.agency == undertaking.doer else LEAST)
        for row in later
        if row.id != entry.id and not row.when.surely_before(entry.when)
    )


@lru_cache(maxsize=65_536)
def stems(text: str) -> frozenset[str]:
    """The beginnings of the words of a text that tell of a matter."""
    words = re.findall(r"[a-z]+", text.lower())
    return frozenset(word[:STEM] for word in words if len(word) >= PLAIN_WORDS and not tells("no_matter_word", word))


def _undertaking(entry: Entry, column: str, part: re.Match[str], cue: re.Match[str], view: View) -> Undertaking | None:
    words, before = part.group(), part.group()[: cue.start()]
    rest = words[cue.end() :]
    if DONE.search(rest) or NOT_UNDERTAKEN.search(before) or "?" in words:
        return None
    place = part.start() + cue.start()
    named = [m for m in entry.mentions if m.column == column and part.start() <= m.begin < place]
    labelled = cue.group().startswith(":")
    if labelled:
        named = [m for m in named if m.end == place]
    doers = [agency for m in named if (agency := view.agency_of(m))]
    if not doers and (labelled or not tells("own_worker", before)):
        return None
    matter = stems(rest) - stems(" ".join(mention.text for mention in entry.mentions))
    doer = doers[-1] if doers else entry.agency
    return Undertaking(entry, doer, words.strip(), matter) if len(matter) >= LEAST else None
