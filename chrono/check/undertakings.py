"""What a row says in words of its own that an agency is to do, and whether any later row speaks of the same matter.

Tasks of telling and following up have their own module; here is whatever else was undertaken: 'SENCO will complete the form',
'Housing: lock change', 'Police tasked: checks on the occupants'. That it was done is seen by its own words coming again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from chrono.check.view import RELATIVE, View, told
from chrono.check.words import idea, tells
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
WISHED = re.compile(
    r"\b(?:if|whether|unless|may|might|could|wants?|wanted|wish\w*|would like|hop\w+|ask(?:s|ed)|says?|said|told|advised"
    r"|refus\w+|declin\w+|not|no longer|due|used|able|once|when|until|mum|mother|dad|father|parents?|family|gran\w*)\b",
    re.IGNORECASE,
)
"""In front of it: somebody only says or wishes it, or it hangs on something else."""
COMING_BACK = re.compile(r"\b(?:back|return|call|try|see|seen|attempt)\b", re.IGNORECASE)
"""What is to be done again is to come to the family, whatever the row calls it."""
MEETING_AGAIN = ("visit", "appointment", "session")
LATER = 183
"""Days in which the agency goes on at all, so that what was to be done again could be seen."""
PLAIN_WORDS = 4
"""Fewer letters, and a word says nothing of the matter."""
STEM = 5
SEEN_BY = frozenset(("visit", "interview", "assessment", "appointment", "session", "meeting", "referral"))
"""Natures of steps that are done again."""
LEAST = 2
"""Words of the matter that an undertaking must have to be known again."""


@dataclass(frozen=True)
class Undertaking:
    """What `doer` (an agency) is to do, by the words of a row; `matter` are the stems of its telling words."""

    entry: Entry
    doer: str
    words: str
    matter: frozenset[str]
    natures: frozenset[str] = frozenset()
    """The natures of event by which it would be seen, where the row's own step is to be done again."""
    column: str = ""
    place: tuple[int, int] = (0, 0)


def unfinished(entry: Entry) -> Iterator[Undertaking]:
    """What a row of any kind says is to be done again, gone on with or chased; the row tells of a step of work."""
    if not tells("step_of_work", told(entry)):
        return
    natures = frozenset(event.nature for event in entry.events) & SEEN_BY
    for column in COLUMNS:
        cell = entry.cell(column)
        before = ""
        for part in PART.finditer(cell) if cell else ():
            again = idea("done_again").search(part.group())
            place = part.start() + again.start() if again else 0
            if again and not _only_wished(part.group(), again) and not _of_somebody(entry, column, place):
                about = (
                    f"{before} {part.group()} {entry.fields.get('category', '')}" if column == "text" else told(entry)
                )
                matter = stems(about) - stems(again.group()) - stems(" ".join(one.text for one in entry.mentions))
                seen_by = natures | frozenset(MEETING_AGAIN if COMING_BACK.search(again.group()) else ())
                if matter or seen_by:
                    yield Undertaking(entry, entry.agency, part.group().strip(), matter, seen_by, column, part.span())
            before = part.group()


def _of_somebody(entry: Entry, column: str, place: int) -> bool:
    """True if a child or relative is named right in front of the words: 'Robin will return' is no step of the service."""
    return any(
        mention.column == column
        and 0 <= place - mention.end <= 1
        and mention.kind in ("subject", "person")
        and (mention.kind == "subject" or RELATIVE.match(mention.text) is not None)
        for mention in entry.mentions
    )


def _only_wished(statement: str, again: re.Match[str]) -> bool:
    """True if somebody only says or wishes it, or it is done. What a family is called back for is the service's own step."""
    called_back = again.group().lower().startswith(("for ", "back "))
    wished = not called_back and WISHED.search(statement[: again.start()])
    return bool(wished or DONE.search(statement[again.end() :]))


def gone_on_with(undertaking: Undertaking, view: View, days: int) -> bool:
    """True if a later row shows the step again or speaks of its matter, or if it cannot be seen: the agency does not go on."""
    entry = undertaking.entry
    if entry.when.end is None or not view.covers(entry.agency, entry.when):
        return True
    until = day_after(entry.when.end, days)
    if view.timeline.period[1] and until > view.timeline.period[1]:
        return True
    own = view.agency(entry.agency).about(entry)
    if not own.between(day_after(entry.when.latest), day_after(entry.when.end, LATER)):
        return True
    for row in view.everything.about(entry).between(entry.when.earliest, until):
        if row.id == entry.id or row.when.surely_before(entry.when):
            continue
        like = any(event.nature in undertaking.natures and event.status != "planned" for event in row.events)
        if like and (row.agency == entry.agency or entry.agency in view.named_by(row)):
            return True
        shared = undertaking.matter & stems(told(row))
        if len(shared) >= (1 if row.agency == entry.agency else LEAST):
            return True
        if row.agency == entry.agency and tells("done_again", told(row)):
            return True
    return False


def undertakings(entry: Entry, view: View) -> Iterator[Undertaking]:
    """What a row of a meeting or plan says that an agency named in it, or its own, is to do."""
    for column in COLUMNS:
        cell = entry.cell(column)
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
