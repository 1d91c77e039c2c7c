"""Rows that have the child before somebody's eyes: by their event, by the words about the child, or by what they begin with.

The words are ideas/stays.yaml.
"""

from __future__ import annotations

import re

from chrono.check.pictures import DENIED
from chrono.check.topics import Sentence, named_in, sentences
from chrono.check.view import View, told
from chrono.check.words import idea, tells
from chrono.model import Entry, Event

PRESENT = (
    "attended",
    "session",
    "home-visit",
    "visit",
    "statutory-visit",
    "child-seen",
    "attendance",
    "school-routine",
    "mental-health-appointment",
)
NOT_THERE = ("exclusion", "exclusion-fixed", "exclusion-permanent", "off-roll", "truancy", "did-not-attend")
"""Kinds of event of a row that writes of a child who is not to come, or did not."""
HOME_VISITS = ("home-visit", "statutory-visit")
SCHOOLS = ("school", "education", "alternative-provision", "nursery")
OF_ADULTS = ("probation", "substance-misuse", "adult-social-care", "prison")
"""Kinds of agency whose client, unless the row names the child, is a parent."""
ADULTS = re.compile(r"\badults?\b", re.IGNORECASE)
"""In the name of an agency: its clients are no children."""
AT_A_DISTANCE = re.compile(
    r"\b(phone|telephone|video|virtual\w*|remote\w*|online|zoom|teams|e-?mail|text(?:ed)?|letter|did not come|not seen|no reply"
    r"|cancel\w+|postponed|rearranged)\b",
    re.IGNORECASE,
)
ONLY_AN_ADULT = re.compile(
    r"\b(?:mother|mum|father|dad|parents?|grandmother|grandfather|gran|nan|nana|aunt|uncle|carers?|partner|foster carers?)\b",
    re.IGNORECASE,
)
A_CHILD = re.compile(
    r"\b(?:child|children|baby|yp|pupil|student|young person|siblings?|boys?|girls?)\b(?! ?['’]s|s['’])",
    re.IGNORECASE,
)
SAYS_SO = re.compile(
    r"\b(?:says?|said|saying|reports?|reported|states?|stated|tells?|told|according to|heard|believes?|understands?|thinks?)\b",
    re.IGNORECASE,
)
"""Before a word of seeing: somebody else says it."""
OF_THE_CHILD = re.compile(r"['’]s\b")
"""Behind the child's name: it is of somebody or something else that the sentence speaks."""
A_FEW = 2
"""Words that may stand between the child's name and what the child does."""


def has_child_there(entry: Entry, view: View) -> bool:
    """True if a row says that the child, or somebody not named in a child's file, was with the one who writes."""
    text = told(entry)
    if AT_A_DISTANCE.search(entry.all_text) or tells("child_elsewhere", text):
        return False
    if _seen_by_name(entry):
        return True
    if entry.records(*NOT_THERE):
        return False
    if any(event.nature == "meeting" for event in entry.events) and not entry.records("child-seen", "home-visit"):
        return False  # who attended was the service
    named = _names_child(entry)
    if not named and (view.kind(entry.agency) in OF_ADULTS or ADULTS.search(view.timeline.name_of(entry.agency))):
        return False
    if any(_is_of_the_child(event, entry) for event in entry.events_of(*PRESENT)):
        return True
    at_school = view.kind(entry.agency) in SCHOOLS and tells("in_all_day", text)
    return at_school or (not named and _begins_with_child(entry))


def _names_child(entry: Entry) -> bool:
    named = (mention for mention in entry.mentions if mention.kind == "subject" and mention.column == "text")
    return any(not OF_THE_CHILD.match(entry.text, mention.end) for mention in named)


def _is_of_the_child(event: Event, entry: Entry) -> bool:
    """True unless the row of an event of being there speaks of adults alone."""
    if event.type == "child-seen" or _names_child(entry):
        return True
    return not ONLY_AN_ADULT.search(entry.text) or A_CHILD.search(entry.text) is not None


def _seen_by_name(entry: Entry) -> bool:
    """True if the child's name stands behind a word of seeing, or before what the child does there."""
    for sentence in sentences(entry.text):
        for mention in named_in(sentence, entry):
            if mention.kind != "subject":
                continue
            place = mention.begin - sentence.begin
            before, after = sentence.text[:place], sentence.text[place + mention.end - mention.begin :]
            seen = _sees(before) or (not DENIED.search(before) and _does(after))
            if seen and not SAYS_SO.search(before) and not _of_another_day(sentence, entry):
                return True
    return False


def _sees(before: str) -> bool:
    """True if the last words before a name are of seeing or having with one: 'saw', 'collected', 'session with'."""
    words = (found for found in idea("sees_child").finditer(before) if not before[found.end() :].strip())
    return any(not DENIED.search(before[: found.start()]) for found in words)


def _does(after: str) -> bool:
    """True if the first words behind a name are of being there: 'seen', 'came in', 'in class'."""
    if OF_THE_CHILD.match(after):
        return False
    found = idea("child_is_there").search(after)
    if found is None or len(after[: found.start()].split()) > A_FEW:
        return False
    between = after[: found.start()]
    return not DENIED.search(between) and not re.search(
        r"[,.;:]|\b(?:and|who|not|was|were) (?:not|\w+n['’]t)\b", between
    )


def _begins_with_child(entry: Entry) -> bool:
    """True if a row that names no child begins, in its first words, with what a child does there."""
    if len(entry.subjects) != 1:
        return False
    found = idea("child_is_there").search(entry.text)
    if found is None or found.start() > 0:
        return False
    return found.group().endswith((" by", " with")) or not ONLY_AN_ADULT.match(entry.text[found.end() :].lstrip(" :,"))


def _of_another_day(sentence: Sentence, entry: Entry) -> bool:
    days = (
        mention.when
        for mention in entry.dates
        if sentence.begin <= mention.begin < sentence.begin + len(sentence.text) and mention.when.known
    )
    return any(not when.may_overlap(entry.when) for when in days)


def at_home(entry: Entry) -> bool:
    """True if a row has the child at home."""
    return entry.records(*HOME_VISITS) or tells("at_the_home", told(entry))


def in_school(entry: Entry, view: View) -> bool:
    """True if a row has the child at school."""
    return view.kind(entry.agency) in SCHOOLS or tells("seen_in_school", told(entry))


def at_another_place(entry: Entry, agency: str, view: View) -> bool:
    """True if a row says that it was somewhere else than with that agency: in school, in clinic, at a place of its own."""
    if tells("seen_out", told(entry)) or view.kind(entry.agency) in SCHOOLS:
        return True
    return any(
        mention.kind == "agency"
        and mention.column == "text"
        and mention.actor not in (agency, entry.agency)
        and entry.text[: mention.begin].endswith(" at ")
        for mention in entry.mentions
    )
