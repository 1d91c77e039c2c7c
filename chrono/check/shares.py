"""Shares of sessions that a child attended, as rows state them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chrono.check.pictures import PERCENT, SENTENCE
from chrono.check.view import told
from chrono.model import Entry

ATTENDS = re.compile(r"\b(attend\w*|present|in school|sessions)\b", re.IGNORECASE)
SO_FAR = re.compile(
    r"\b(so far|to date|this (?:term|year|half[- ]term|week|month)|for the (?:year|term)|overall)\b", re.IGNORECASE
)
NOT_A_FACT = re.compile(
    r"\b(target\w*|promis\w+|aim\w*|expect\w*|should|must|need\w*|hop\w+|threshold|at least|below|under|above|reach|national"
    r"|average|absen\w+|missed|lateness|persistent|class|cohort|whole school|other pupils)\b",
    re.IGNORECASE,
)
FRAMES = {
    "year": re.compile(r"\b(year|annual|overall|since september)\b", re.IGNORECASE),
    "term": re.compile(r"\b(term|half[- ]term)\b", re.IGNORECASE),
    "month": re.compile(r"\bmonth\b", re.IGNORECASE),
    "week": re.compile(r"\b(week|fortnight)\b", re.IGNORECASE),
}
SCHOOLS = ("school", "education", "alternative-provision", "nursery")


@dataclass(frozen=True)
class Share:
    """How much of the sessions a row says the child attended, in per cent, and of what time ('' if it does not say)."""

    entry: Entry
    share: float
    frame: str
    words: str


def shares(entries: Iterable[Entry], kind_of: dict[str, str]) -> Iterator[Share]:
    """The one share of attendance that each of some rows states as a fact. `kind_of` gives the kind of each agency."""
    for entry in entries:
        if not PERCENT.search(told(entry)):
            continue
        found = [
            Share(entry, float(each.group(1)), _frame(sentence), each.group())
            for sentence in SENTENCE.split(told(entry))
            for each in PERCENT.finditer(sentence)
            if _is_of_attendance(sentence, entry, kind_of)
        ]
        if len(found) == 1:
            yield found[0]


def _is_of_attendance(sentence: str, entry: Entry, kind_of: dict[str, str]) -> bool:
    if NOT_A_FACT.search(sentence):
        return False
    by_kind = kind_of.get(entry.agency, "") in SCHOOLS and SO_FAR.search(sentence)
    return bool(ATTENDS.search(sentence) or by_kind or ATTENDS.search(entry.fields.get("category", "")))


def _frame(sentence: str) -> str:
    return next((name for name, words in FRAMES.items() if words.search(sentence)), "")
