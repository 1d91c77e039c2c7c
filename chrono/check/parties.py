"""Which agencies a row names as having a part in what it records, and what part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chrono.check.view import View
from chrono.model import Entry

PARTS = ("present", "told", "provider", "referred-to", "referred-by", "invited", "decided")
PROVIDES = re.compile(
    r"\b(sessions?|mentoring|course|programme|group|tuition|therapy|counselling|work)\b[^.;]{0,25}\b(at|by|with|from)\s+(the\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Party:
    """An agency (id) named in a row, and its part: present, told, provider, referred-to, referred-by, invited, decided."""

    agency: str
    part: str
    words: str


def named_parties(entry: Entry, view: View) -> Iterator[Party]:
    """The agencies of the case, other than the row's own, that the row says took part."""
    seen: set[str] = set()
    for mention in entry.mentions:
        agency = _agency_of(mention.actor, mention.kind, view)
        if not agency or agency == entry.agency or agency in seen:
            continue
        part = mention.part or _provider(entry, mention.column, mention.begin)
        if part in PARTS:
            seen.add(agency)
            yield Party(agency, part, mention.text)
    for event in entry.events:
        for agency in event.participants if event.status == "occurred" else ():
            if agency != entry.agency and agency not in seen and agency in view.agencies:
                seen.add(agency)
                yield Party(agency, "present", view.timeline.name_of(agency))


def _agency_of(actor: str, kind: str, view: View) -> str:
    if kind == "agency":
        return actor if actor in view.agencies else ""
    known = view.timeline.actor_by_id.get(actor)
    return known.agency if known and known.agency in view.agencies else ""


def _provider(entry: Entry, column: str, begin: int) -> str:
    text = entry.text if column == "text" else entry.fields.get(column, "")
    return "provider" if begin > 0 and PROVIDES.search(text[:begin]) else ""
