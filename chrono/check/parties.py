"""Which agencies a row names as having a part in what it records, and what part."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chrono.check.notices import COLUMNS, sharing
from chrono.check.took_part import LIST_GOES_ON, LISTED, was_there, was_told
from chrono.check.view import View
from chrono.check.words import tells
from chrono.model import Entry, Event, Mention

PARTS = ("present", "told", "provider", "informant", "referred-to", "referred-by", "invited", "decided")
UNTOLD = re.compile(r"\W*(?:(?:is|was|were)\s+)?(?:not|never|n/?a|to be|no reply|tomorrow|on monday)\b", re.IGNORECASE)
PROVIDES = re.compile(
    r"\b(sessions?|mentoring|course|programme|group|tuition|therapy|counselling|work|class(?:es)?|workshops?|parenting|weeks? of"
    r"|block)\b[^.;]{0,25}\b(at|by|with|from)\s+(the\s+)?$",
    re.IGNORECASE,
)

FEW_IN_A_LIST = 3
JOINING = re.compile(
    r"(?:[\s,;&+/().'’-]|\b(?:and|the|a|an|his|her|their|our|from|of|for|also|plus|with|present|social worker|worker|nurse"
    r"|officer|lead|dsl|teacher|mentor|sw\d?|hv|gp)\b)*",
    re.IGNORECASE,
)
"""What joins the names of those who were at a meeting."""

MET = ("meeting", "visit", "session", "interview", "appointment")
"""Natures of events at which those who take part meet: a decision or an assessment that names an agency is not such."""
WRITTEN = ("email", "letter", "text-message", "telephone-call")
"""Kinds of event that reach the agency to which they go, as the row says."""
PANELS_OF_THEIR_OWN = ("youth-justice", "court", "education", "fostering", "placement", "school")
STILL_TO_DECIDE = re.compile(
    r"\b(?:until|till|when(?:ever)?|once|before|if|unless|whether|pending|as soon as|depends on (?:what|how|whether)|what|how)"
    r"\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""Before the name of an agency that is to decide: it has not yet."""
KNOWS = re.compile(
    r"(?:'s)? (?:is |are |was |were |all |already |now |also )*(?:aware|know|knows|knew|informed|updated)\b"
)
"""Behind the name of an agency: it has the news, and was not there."""

PLAIN_NAMES = frozenset(
    (
        "the",
        "a",
        "police",
        "officer",
        "officers",
        "hospital",
        "ward",
        "school",
        "nursery",
        "college",
        "surgery",
        "gp",
        "practice",
        "csc",
        "social",
        "care",
        "services",
        "worker",
        "children",
        "s",
        "health",
        "visitor",
        "nurse",
        "midwife",
        "housing",
        "council",
        "panel",
        "mash",
        "hub",
        "early",
        "help",
        "probation",
        "camhs",
    )
)
"""Words that tell the kind of service and not which one: where a case has two of a kind, either may be meant."""
SOCIAL_WORKER = re.compile(
    r"(?:the |a |his |her |their |duty |allocated |child['’]?s )*(?:social worker|sw|s/w)", re.IGNORECASE
)
WORD = re.compile(r"[a-z]{4,}")


@dataclass(frozen=True)
class Party:
    """An agency (id) named in a row, and its part: one of PARTS. A provider does the work that the row is about, an
    informant is only where the row has its news from."""

    agency: str
    part: str
    words: str
    by_column: bool = False
    """True if a column about sharing names it: then the row tells of a notice, whatever else it tells of."""
    in_words: bool = False
    """True if the words around its name say that it was there or was told: then something took place, whether or not of a
    known kind."""


def is_plain(party: Party) -> bool:
    """True if the words tell the kind of service only."""
    return set(re.findall(r"[a-z]+", party.words.lower())) <= PLAIN_NAMES


def named_parties(entry: Entry, view: View) -> tuple[Party, ...]:
    """The agencies of the case, other than the row's own, that the row says took part."""
    known: dict[str, tuple[Party, ...]] = view.kept("parties", dict)
    if entry.id not in known:
        known[entry.id] = tuple(_named(entry, view))
    return known[entry.id]


def _named(entry: Entry, view: View) -> Iterator[Party]:
    seen: set[str] = set()
    for mention in entry.mentions:
        agency = _of_social_worker(mention, entry, view) or view.agency_of(mention)
        if not agency or agency == entry.agency or agency in seen:
            continue
        by_column = mention.column in COLUMNS
        in_text = not by_column and mention.column == "text"
        if mention.part == "decided" and STILL_TO_DECIDE.search(entry.cell(mention.column)[: max(mention.begin, 0)]):
            continue
        present = in_text and was_there(entry.text, mention)
        given = not by_column and not present and was_told(entry.cell(mention.column), mention)
        part = _told(entry, mention) if by_column else "present" if present else _part(entry, mention)
        part = "told" if given and part in ("", "spoken-of") else part
        if part in PARTS:
            seen.add(agency)
            yield Party(agency, part, mention.text, by_column, present or given)
    for event in entry.events:
        for agency in event.participants if event.status == "occurred" and event.nature in MET else ():
            named = agency != entry.agency and agency not in seen and agency in view.agencies
            if named and _took_part(agency, event, entry, view):
                seen.add(agency)
                yield Party(agency, "present", view.timeline.name_of(agency))
    for event in entry.events:
        to = event.to_agency or ""
        written = event.type in WRITTEN and event.status == "occurred" and event.from_agency == entry.agency
        if written and to in view.agencies and to not in seen | {entry.agency}:
            seen.add(to)
            yield Party(to, "told", next((m.text for m in entry.mentions if m.actor == to), view.timeline.name_of(to)))


def _of_social_worker(mention: Mention, entry: Entry, view: View) -> str:
    """The one social care agency of the case, where an unnamed social worker was told something or spoken to."""
    agencies = view.by_kind.get("social-care", ())
    unnamed = mention.kind == "unresolved" and SOCIAL_WORKER.fullmatch(mention.text) is not None
    told = mention.part == "told" or (unnamed and was_told(entry.cell(mention.column), mention))
    return agencies[0] if unnamed and told and len(agencies) == 1 else ""


def _took_part(agency: str, event: Event, entry: Entry, view: View) -> bool:
    """True unless the row names the agency as a place only, or says that it knows, or the panel is one of another kind."""
    if view.kind(agency) == "panel" and (event.type == "youth-offender-panel" or _of_its_own(agency, entry, view)):
        return False
    named = [
        mention for mention in entry.mentions if view.agency_of(mention) == agency and mention.column != "location"
    ]
    return any(not _only_knows(entry, mention) for mention in named)


def _of_its_own(agency: str, entry: Entry, view: View) -> bool:
    """True if a service that has panels of its own writes of a panel by no other name."""
    words = {mention.text.casefold() for mention in entry.mentions if view.agency_of(mention) == agency}
    return view.kind(entry.agency) in PANELS_OF_THEIR_OWN and words <= {"panel", "the panel"}


def _only_knows(entry: Entry, mention: Mention) -> bool:
    return KNOWS.match(entry.cell(mention.column), max(mention.end, 0)) is not None


def named_by_own_word(text: str, view: View) -> frozenset[str]:
    """The agencies of whose name a word stands in the text (in small letters) that no other agency of the case has in its own."""
    whose = view.kept("words of names", lambda: _own_words(view))
    return frozenset(whose[word] for word in WORD.findall(text) if word in whose)


def _own_words(view: View) -> Mapping[str, str]:
    """The proper words in the names of agencies, which stand in no other's -> the agency."""
    words = {id_: set(WORD.findall(each.name.lower())) for id_, each in view.agencies.items()}
    used = Counter(word for found in words.values() for word in found)
    return {
        word: id_
        for id_, found in words.items()
        for word in found
        if used[word] == 1 and not tells("common_in_names", word)
    }


def _told(entry: Entry, mention: Mention) -> str:
    """'told', unless the column says that nobody was, or that this one need not be."""
    cell = entry.fields.get(mention.column, "")
    return "told" if sharing(entry) == "yes" and not UNTOLD.match(cell[max(mention.end, 0) :]) else ""


def _part(entry: Entry, mention: Mention) -> str:
    text = entry.cell(mention.column)
    if mention.part in ("", "provider") and mention.begin > 0 and PROVIDES.search(text[: mention.begin]):
        return "provider"
    if not mention.part and mention.begin > 0 and _is_listed(entry, text, mention):
        return "present"
    return "informant" if mention.part == "provider" else mention.part


def _is_listed(entry: Entry, text: str, mention: Mention) -> bool:
    """True in the list of those who were there, behind the colon of a meeting: 'Disruption meeting: SW3, IRO1, carer'."""
    held = any(event.nature == "meeting" and event.status == "occurred" for event in entry.events)
    if not held or not LIST_GOES_ON.match(text[mention.end :]):
        return False
    return bool(LISTED.search(text[: mention.begin])) or _in_a_list_alone(entry, mention)


def _in_a_list_alone(entry: Entry, mention: Mention) -> bool:
    """True in a sentence of a meeting's row that names people and nothing else: 'Mum, head of year and the mentor.'"""
    if mention.column != "text":
        return False
    text = entry.text
    start = max(text.rfind(stop, 0, mention.begin) for stop in (". ", "; ", "\n", ": ")) + 1
    ends = [place for stop in (". ", ";", "\n") if (place := text.find(stop, mention.end)) >= 0]
    sentence_end = min(ends, default=len(text))
    named = [one for one in entry.mentions if one.column == "text" and start <= one.begin < sentence_end]
    rest = "".join(
        " " if any(one.begin <= place < one.end for one in named) else text[place]
        for place in range(start, sentence_end)
    )
    return len(named) >= FEW_IN_A_LIST and JOINING.fullmatch(rest) is not None
