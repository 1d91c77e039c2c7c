"""Writes a text anew: every name by its pseudonym, every date as the set shows it."""

from __future__ import annotations

import re
import unicodedata
from calendar import month_name
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from chrono.model import Case, Value, When
from chrono.publish import neutral
from chrono.publish.dates import Calendar
from chrono.publish.pseudonyms import Pseudonyms
from chrono.publish.words import Ordinary, begins_sentence, lettered, titles
from chrono.vocabulary import words

NO_DATE = When.unknown()
PATTERNS = Path(__file__).with_name("patterns.yaml")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_MONTHS = [name.lower() for name in month_name[1:]]
_WORD_BEFORE = re.compile(r"(\w+)[\s-]+\Z")
_AFTER = re.compile(r"(?!\s?&)(?:\s(?P<word>[a-z]+))?")
_ALSO_WORDS = ("A", "I")
_NO_NOUN = re.compile(r"was|has|had|said|told|did|does|will|would|could|went|came|left|took|made|[aeio]\w*|\w*[^sui]s")
"""What no article stands before: A refuses, A arrested."""
Change = tuple[int, int, str]


@dataclass(frozen=True)
class Written:
    """A text as the set shows it. `masked` has a mark in place of every letter that the rewriting put there."""

    text: str
    masked: str


class Rewriter:
    """Rewrites texts, the same way everywhere."""

    def __init__(
        self, case: Case, given: Pseudonyms, ordinary: Ordinary, calendar: Calendar, *, neutral: bool = False
    ) -> None:
        self.given = given
        self.calendar = calendar
        self._ordinary = ordinary
        self._neutral = neutral
        self._births = _birth_pattern(case, calendar)
        self._birth_years: dict[date, Value] = {
            one.dob.start: str(calendar.moved(one.dob.start).year)
            for one in case.subjects
            if one.dob and one.dob.start and one.dob.start == one.dob.end
        }
        self._numbers: dict[str, dict[str, str]] = defaultdict(dict)
        self._exact = {_key(surface): name for surface, name in given.by_surface.items()}

    def write(self, text: str, when: When = NO_DATE) -> Written:
        """The text anew; `when` is the date of the row it stands in."""
        clean = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
        kept: list[Change] = []
        births, patterns, names = self._of_births(clean), self._of_patterns(clean), self._of_names(clean)
        words = neutral.changes(clean) if self._neutral else ()
        for change in (*births, *patterns, *names, *self.calendar.in_text(clean, when), *words):
            if not _overlaps(change, kept):
                kept.append(change)
        return _apply(clean, sorted(kept))

    def date_cell(self, value: datetime | date) -> Value:
        """A real date cell anew; a day of birth becomes its year."""
        day = value.date() if isinstance(value, datetime) else value
        return self._birth_years.get(day, self.calendar.cell(value))

    def _of_births(self, text: str) -> Iterator[Change]:
        if self._births:
            pattern, years = self._births
            for found in pattern.finditer(text):
                yield found.start(), found.end(), years[str(found.lastgroup)]

    def _of_patterns(self, text: str) -> Iterator[Change]:
        for kind, pattern in _replaced():
            for found in pattern.finditer(text):
                if _key(found.group()) not in self._exact:
                    yield found.start(), found.end(), self._counted(kind, found.group())

    def _counted(self, kind: str, text: str) -> str:
        seen = self._numbers[kind]
        return seen.setdefault(re.sub(r"\W+", "", text).casefold(), f"{kind} {len(seen) + 1}")

    def _of_names(self, text: str) -> Iterator[Change]:
        for pattern in self._names:
            for found in pattern.finditer(text):
                if len(found["name"]) > 1 or _is_a_child(text, found):
                    yield found.start(), found.end(), self._exact[_key(found["name"])]

    @cached_property
    def _names(self) -> tuple[re.Pattern[str], ...]:
        """Names written in any case; and, exactly as given, labels and names that are words too when written small."""
        surfaces = sorted(self.given.by_surface, key=lambda text: (-len(text), text))
        letters = [text for text in surfaces if len(text) == 1]
        exact = [text for text in surfaces if len(text) > 1 and (len(text) < 3 or self._ordinary.also_a_word(text))]
        loose = [text for text in surfaces if len(text) > 1 and text not in exact]
        title = rf"(?:(?:{'|'.join(titles())})\.?\s)??"
        return tuple(
            re.compile(rf"(?<![^\W_]){before}(?P<name>{'|'.join(map(_loosely, group))})(?![^\W_])", flags)
            for group, flags, before in (
                (loose, re.IGNORECASE, title),
                ([*exact, *(text.upper() for text in exact)], 0, title),
                (letters, 0, ""),
            )
            if group
        )

    def key(self) -> Mapping[str, Mapping[str, str]]:
        """What stands for what: for the key, never for the set."""
        return {"names": dict(sorted(self.given.by_surface.items())), "other": dict(sorted(self._others()))}

    def _others(self) -> Iterator[tuple[str, str]]:
        for seen in self._numbers.values():
            yield from seen.items()


def _is_a_child(text: str, letter: re.Match[str]) -> bool:
    """False for the letter in "class A", "A&E", "A visit was made"."""
    before, after = _WORD_BEFORE.search(text, 0, letter.start()), _AFTER.match(text, letter.end())
    if (before and before[1].casefold() in lettered()) or after is None:
        return False
    article = letter["name"] in _ALSO_WORDS and after["word"] and begins_sentence(text, letter.start())
    return not article or _NO_NOUN.fullmatch(after["word"]) is not None


def _replaced() -> Iterator[tuple[str, re.Pattern[str]]]:
    for one in words(PATTERNS):
        if "instead" in one:
            yield one["instead"], re.compile(one["pattern"])


def _loosely(surface: str) -> str:
    """However it is spaced and whichever apostrophe it has."""
    pieces = re.split(r"[\s_-]+", surface.strip())
    return r"[\s_-]+".join(re.sub(r"\\?['’]", "['’]", re.escape(piece)) for piece in pieces)


def _key(text: str) -> str:
    return re.sub(r"[\s_-]+", " ", text.replace("’", "'")).strip().casefold()


def _overlaps(change: Change, others: Iterable[Change]) -> bool:
    return any(change[0] < end and begin < change[1] for begin, end, _ in others)


def _apply(text: str, changes: Iterable[Change]) -> Written:
    new: list[str] = []
    masked: list[str] = []
    place = 0
    for begin, end, instead in changes:
        if begin < place:
            continue
        new += (text[place:begin], instead)
        masked += (text[place:begin], "\N{MIDDLE DOT}" * len(instead))
        place = end
    return Written("".join((*new, text[place:])), "".join((*masked, text[place:])))


def _birth_pattern(case: Case, calendar: Calendar) -> tuple[re.Pattern[str], dict[str, str]] | None:
    """Finds the subjects' days of birth in the usual notations; gives the year that is written instead."""
    forms: list[str] = []
    years: dict[str, str] = {}
    for number, subject in enumerate(case.subjects):
        born = subject.dob
        if born is None or born.start is None or born.start != born.end:
            continue
        day, month, year = born.start.day, born.start.month, born.start.year
        years[f"b{number}"] = str(calendar.moved(born.start).year)
        name = _MONTHS[month - 1]
        in_words = rf"0?{day}(?:st|nd|rd|th)?\s(?:of\s)?(?:{name}|{name[:3]}\.?),?\s(?:{year}|'?{year % 100:02})"
        american = rf"(?:{name}|{name[:3]}\.?)\s{day}(?:st|nd|rd|th)?,?\s{year}"
        figures = rf"0?{day}\s?[./-]\s?0?{month}\s?[./-]\s?(?:{year}|{year % 100:02})"
        iso = rf"{year}[-/.]?{month:02}[-/.]?{day:02}"
        forms.append(rf"(?P<b{number}>{in_words}|{american}|{figures}|{iso})")
    return (re.compile(rf"(?<![\w/])(?:{'|'.join(forms)})(?![\w/])", re.IGNORECASE), years) if forms else None
