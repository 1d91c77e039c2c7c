"""How findings are put into words: what each row says, what is absent, how days were counted. Never whose fault it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from chrono.check.workdays import working_days
from chrono.model import Entry, Timeline, When, short_day

QUESTION = re.compile(r"(who|when|what|where|whether|how|why)\b")
SENTENCE_ENDS = re.compile(r"[.;!?](?:\s|$)")
QUOTED = 140
"""Longest quotation, in characters: enough to recognise the row by."""
SHOWN = 8
"""Most rows that an explanation spells out; the rest is counted, and cited all the same."""


def quoted(text: str, limit: int = QUOTED) -> str:
    """The words as written, on one line, cut at a word's end if they are long."""
    line = " ".join(text.split())
    if len(line) > limit:
        line = line[:limit].rpartition(" ")[0] + " ..."
    return f"“{line}”"


def sentence_at(text: str, place: int) -> str:
    """The sentence of a text in which a place (counted in characters) lies."""
    ends = [found.end() for found in SENTENCE_ENDS.finditer(text)]
    first = max((end for end in ends if end <= place), default=0)
    return text[first : min((end for end in ends if end > place), default=len(text))]


def says(entry: Entry) -> str:
    """What a row says: 'csc.xlsx [Log] row 14 (3 Jan 2019): “Home visit” - outcome: “Planned”'."""
    outcome = entry.fields.get("outcome") or entry.fields.get("action") or ""
    text = entry.text or entry.fields.get("category", "") or "no text"
    tail = f", with “{' '.join(outcome.split())[:80]}” as result" if outcome else ""
    return f"{entry.source} ({entry.when}) says {quoted(text)}{tail}."


def all_say(entries: Sequence[Entry]) -> str:
    """What each of some rows says, as sentences; past SHOWN rows the others are counted."""
    told = [says(entry) for entry in entries[:SHOWN]]
    left = len(entries) - SHOWN
    return " ".join([*told, f"{left} more rows say the like."] if left > 0 else told)


def listed(words: Iterable[str], last: str = "and") -> str:
    """'A', 'A and B', 'A, B and C'."""
    *most, end = list(words) or [""]
    return f"{', '.join(most)} {last} {end}" if most else end


def named(timeline: Timeline, ids: Iterable[str], last: str = "and") -> str:
    """The names of agencies, subjects or people, as a list in words."""
    return listed((timeline.name_of(id_) for id_ in ids), last)


def days(least: int, most: int) -> str:
    """'12 days', 'between 5 and 12 days', 'at least 5 days' where the most cannot be told."""
    if least == most:
        return f"{least} day{'s' * (least != 1)}"
    return f"at least {least} days" if most > 20_000 else f"between {least} and {most} days"


def span(first: When, second: When) -> str:
    """The days from one date to another, in words, with the least and the most where they are uncertain."""
    least, most = first.days_until(second)
    return days(max(least, 0), most)


def counted(first: date, last: date) -> str:
    """A count of days that the reader can check: '46 days (33 working days) from 3 Jan 2019 to 18 Feb 2019'."""
    worked = working_days(first, last)
    return f"{days((last - first).days, (last - first).days)} ({worked} working) from {short_day(first)} to {short_day(last)}"


def no_record(timeline: Timeline, agencies: Iterable[str], of_what: str) -> str:
    """That something is not in the returns, and in whose it was looked for."""
    names = named(timeline, agencies, "or")
    return f"No row in the return{'s' * (names.count(' or ') > 0 or not names)} of {names or 'any agency'} records {of_what}."


def many(number: int, noun: str) -> str:
    """'one event', '3 events'."""
    return f"one {noun}" if number == 1 else f"{number} {noun}s"


def ask(timeline: Timeline, agencies: Iterable[str], for_what: str) -> str:
    """What would settle it: 'Ask Housing for the letter.', 'Ask Housing when it was sent.'."""
    joined = "" if QUESTION.match(for_what) else "for "
    return f"Ask {named(timeline, agencies) or 'the agency concerned'} {joined}{for_what}."
