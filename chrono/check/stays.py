"""Times in which a child was elsewhere: on a ward, held, missing, away, or not in school, as the rows of one agency have it.

A time may be told by two rows (of coming and of leaving), by one row with both its days, by one that says how long it is to be,
by another agency afterwards, or by a row that says where the child was all of that day. The words are ideas/stays.yaml.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from chrono.check.counts import NUMBER, amount
from chrono.check.leaving import leaving
from chrono.check.topics import Sentence, sentences
from chrono.check.view import RELATIVE, View, date_in_doubt, told
from chrono.check.words import idea, tells
from chrono.model import Entry, Episode, Mention, day_after
from chrono.told_days import WEEKDAYS

MISSING, HELD, ON_WARD, KEPT = "missing", "in custody", "in hospital", "kept in"
FAR, NEAR, OUT_OF_SCHOOL, ALL_DAY = "away", "staying elsewhere", "out of school", "there all day"
EPISODES = {"missing": MISSING, "custody": HELD, "remand": HELD, "hospital-stay": ON_WARD}
TOLD = {
    "lies_on_a_ward": ON_WARD,
    "is_held": HELD,
    "gone_far": FAR,
    "gone_away": NEAR,
    "stays_elsewhere": NEAR,
    "away_for_days": NEAR,
    "kept_out_of_school": OUT_OF_SCHOOL,
}
"""The ideas by which a row tells of such a time, those that say more first."""
OF_HOLDERS = {
    "on_a_ward": (ON_WARD, ("hospital",)),
    "kept_in": (KEPT, ("", "hospital", "secure", "mental-health", "placement")),
}
"""Words that say as much only in the rows of those who have the child there."""
OF_THE_KIND = {"secure": HELD, "prison": HELD, "hospital": ON_WARD}
"""Where a child is who is admitted by an agency of that kind."""
LONGEST_MISSING = 14
"""Days past which an episode is rather two whose ends between are not recorded."""
LONGEST = 400
WEEKS = 60
"""A stay that one row tells of, or that no event tells, is no longer than so many days."""
FROM_TO = re.compile(r"\b(?:to|until|till|between|from)\b|\d\s*[-–]\s*\d", re.IGNORECASE)
HOME_ON = re.compile(
    r"\b(?:went home|goes home|home|back|until|till|before|returns?|returning|returned|discharged|out|left|ends?|due out)\b"
    r"[^.;\d]{0,16}$",
    re.IGNORECASE,
)
"""Before the day on which a stay ends."""
DAY_ALONE = re.compile(
    r"\b(?:home|back|until|till|before|returns?|returning)\b(?: \w+){0,2}? (\d{1,2})(?:st|nd|rd|th)\b(?! \w*(?:floor|birthday))",
    re.IGNORECASE,
)
SO_LONG = re.compile(
    rf"\b(?:for|of|stay(?:s|ed|ing)?) (?:the (?:next|last|past) )?(?:{NUMBER}|an?|the)"
    r" (?P<unit>(?:school )?day|night|week|fortnight)s?\b",
    re.IGNORECASE,
)
LENGTHS = {"night": 1, "day": 1, "school day": 1, "week": 7, "fortnight": 14}
DAY_NAME = r"(mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?"
WEEKDAYS_OF = re.compile(rf"\b(?:from )?{DAY_NAME}\s*(?:to|until|till|-|–)\s*{DAY_NAME}\b", re.IGNORECASE)
NOT_YET = re.compile(
    r"\b(?:asks?|asked|asking|requests?|requested|would like|wants?|hopes?|hoping|planning|planned|plans?|if|whether|unless|may"
    r"|might|could|due to|to be|is to|are to|refused|declined|cancelled|proposed|considering|considered|not|never|no"
    r"|no longer|without|instead of|rather than|permission)\b[^.;]*$",
    re.IGNORECASE,
)
"""Before the words for a stay, in one sentence with them: it is asked for, or denied."""
CALLED_OFF = re.compile(
    r"\b(?:refused|declined|cancelled|not agreed|not authorised|unauthorised|called off)\b", re.IGNORECASE
)
OF_A_BIRTH = re.compile(r"\b(?:maternity|labour|delivery|postnatal|antenatal|birth)\b", re.IGNORECASE)
A_RELATIVE = re.compile(
    r"\b(?:mother|mum|mummy|father|dad|parents?|grandmother|grandfather|gran|nan|nana|aunt|auntie|uncle|brother|sister|sibling"
    r"|partner|boyfriend|stepfather|stepdad|carers?)\b(?!['’]s)",
    re.IGNORECASE,
)
THE_FAMILY = re.compile(r"\b(?:the|whole|all) (?:family|children|kids|boys|girls|siblings)\b", re.IGNORECASE)
BESIDE = re.compile(r"\b(?:with|by|to|from|of|and|at)\b(?: (?:his|her|their|the|a|an))?\s*$", re.IGNORECASE)
"""Before somebody who is only named beside the one the sentence is about."""


@dataclass(frozen=True)
class Stay:
    """A time in which the child was elsewhere by the rows of one agency. The first and last day both count as neither, unless
    it is `whole`."""

    where: str
    agency: str
    subject: str
    first: date
    last: date
    rows: tuple[Entry, ...]
    exact: bool = True
    whole: bool = False

    @property
    def within(self) -> tuple[date, date]:
        """The days on which the child was surely there."""
        return (self.first, self.last) if self.whole else (day_after(self.first), day_after(self.last, -1))


def stays(view: View) -> tuple[Stay, ...]:
    """Every such time of a child that has a day within it, made once."""
    return view.kept("stays", lambda: tuple(_known_once(_all(view))))


def _all(view: View) -> Iterator[Stay]:
    for stay in (*_from_episodes(view), *_from_coming_and_going(view), *_from_one_row(view), *_all_that_day(view)):
        short = _until_back(stay, view)
        if short.within[0] <= short.within[1]:
            yield short


def _known_once(found: Iterable[Stay]) -> Iterator[Stay]:
    """The stays, less those that the same agency has told already: the same child, the same place, the same first day."""
    seen: set[tuple[str, str, str, date]] = set()
    for stay in found:
        key = stay.agency, stay.where, stay.subject, stay.first
        if key not in seen:
            seen.add(key)
            yield stay


def _until_back(stay: Stay, view: View) -> Stay:
    """The stay, cut where any row within it tells that the child came back early."""
    if stay.whole or len(stay.rows) > 1:
        return stay
    own = {row.id for row in stay.rows}
    for row in view.rows("back_from_a_stay"):
        about = row.id not in own and stay.subject in (row.subjects or (stay.subject,))
        if about and row.when.start and stay.first <= row.when.start < stay.last:
            return replace(stay, last=row.when.start)
    return stay


# ------------------------------------------------------------------------------------------------------ two rows


def _from_episodes(view: View) -> Iterator[Stay]:
    timeline = view.timeline
    for episode in timeline.episodes:
        if episode.kind in EPISODES and episode.opened and episode.start.end and episode.end.end and _short(episode):
            rows = tuple(timeline.by_id[id_] for id_ in (episode.opened, episode.closed) if id_)
            first, last = episode.start.latest, episode.end.earliest
            exact = episode.start.is_day and episode.end.is_day
            yield Stay(EPISODES[episode.kind], episode.agency, episode.subject, first, last, rows, exact)


def _short(episode: Episode) -> bool:
    longest = LONGEST_MISSING if episode.kind == "missing" else LONGEST
    return (episode.end.latest - episode.start.earliest).days <= longest


def _from_coming_and_going(view: View) -> Iterator[Stay]:
    """A row by which the child comes to a ward, to respite or goes away, and the next of the same agency by which this ends, or
    the last that has the child still there."""
    for agency, rows in _rows_of_stays(view).items():
        for place, entry in enumerate(rows):
            where = _where_it_goes(entry, view) if entry.when.is_day else ""
            last = _last_of(entry, rows[place + 1 :], view) if where else None
            if last and entry.when.start and last.when.start:
                for subject in view.child_meant(entry):
                    yield Stay(where, agency, subject, entry.when.start, last.when.start, (entry, last))


def _rows_of_stays(view: View) -> Mapping[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    ideas = "goes_to_stay", "back_from_a_stay", "leaves_a_ward", "still_there"
    for entry in view.rows(*ideas, types=("admission", "discharge")):
        if not date_in_doubt(entry):
            found[entry.agency].append(entry)
    return found


def _where_it_goes(entry: Entry, view: View) -> str:
    """Where a row has the child come to stay, '' if it does not."""
    if entry.records("admission") and not tells("still_there", told(entry)) and _of_a_child(entry, "admission", view):
        return "" if OF_A_BIRTH.search(told(entry)) else OF_THE_KIND.get(view.kind(entry.agency), ON_WARD)
    if not _said("goes_to_stay", entry, view):
        return ""
    return FAR if tells("gone_far", told(entry)) else OF_THE_KIND.get(view.kind(entry.agency), NEAR)


def _of_a_child(entry: Entry, kind: str, view: View) -> bool:
    """True if the words of an event are about the child, and not about a relative."""
    event = entry.events_of(kind)[0]
    if event.column != "text" or event.begin < 0:
        return True
    sentence = next(one for one in reversed(sentences(entry.text)) if one.begin <= event.begin)
    return _is_of_the_child(sentence, event.begin - sentence.begin, entry, view)


def _last_of(entry: Entry, later: Iterable[Entry], view: View) -> Entry | None:
    """The row that ends a stay, or the last before another begins that says it still lasts; None if there is none."""
    still = None
    for row in later:
        if not view.same_child(row, entry) or not row.when.is_day or (row.when.latest - entry.when.latest).days > WEEKS:
            continue
        if row.records("discharge") or tells("back_from_a_stay", told(row)) or tells("leaves_a_ward", told(row)):
            return row
        if tells("still_there", told(row)):
            still = row
        elif _where_it_goes(row, view):
            break
    return still


# ------------------------------------------------------------------------------------------------------ one row


def _from_one_row(view: View) -> Iterator[Stay]:
    """Stays that one row tells of with the day of their end."""
    for entry in view.rows(*TOLD, *OF_HOLDERS, types=("admission", "remand", "exclusion-fixed")):
        if entry.when.start is None or entry.when.end is None or date_in_doubt(entry):
            continue
        for where, sentence in _told_where(entry, view):
            first, last = _days_of(entry, sentence, where)
            if first and last and 0 < (last - first).days <= WEEKS:
                for subject in view.child_meant(entry):
                    yield Stay(where, entry.agency, subject, first, last, (entry,))
                break


def _told_where(entry: Entry, view: View) -> Iterator[tuple[str, str]]:
    """Where a row has the child stay, with the sentence that says so ('' where it is the row as a whole)."""
    if CALLED_OFF.search(told(entry)):
        return
    for name, where in TOLD.items():
        if sentence := _said(name, entry, view):
            yield where, sentence
    for name, (where, kinds) in OF_HOLDERS.items():
        if view.kind(entry.agency) in kinds and (sentence := _said(name, entry, view)):
            yield where, sentence
    if view.kind(entry.agency) == "hospital" and entry.records("admission") and not OF_A_BIRTH.search(told(entry)):
        yield ON_WARD, ""
    if entry.records("exclusion-fixed"):
        yield OUT_OF_SCHOOL, ""


def _said(name: str, entry: Entry, view: View) -> str:
    """The sentence in which a row says so of the child, as a thing that is or was; '' if it does not."""
    if not tells(name, told(entry)):
        return ""
    for sentence in sentences(told(entry)):
        found = idea(name).search(sentence.text)
        if not found or NOT_YET.search(sentence.text[: found.start()]):
            continue
        if name == "lies_on_a_ward" and OF_A_BIRTH.search(sentence.text):
            continue
        if _is_of_the_child(sentence, found.start(), entry, view):
            return sentence.text
    return ""


def _is_of_the_child(sentence: Sentence, before: int, entry: Entry, view: View) -> bool:
    """True if whom a sentence speaks of, in front of a place in it, is a child of the case and not only a relative."""
    if THE_FAMILY.search(sentence.text[:before]):
        return True
    begin = told(entry).find(entry.text)
    named = [(one, one.begin + begin - sentence.begin) for one in entry.mentions if one.column == "text"]
    named = [(one, place) for one, place in named if 0 <= place < before]
    for mention, place in sorted(named, key=lambda each: -each[1]):
        if mention.kind == "subject":
            return True
        if _is_relative(mention, view) and not BESIDE.search(sentence.text[:place]):
            return False
    found = next(A_RELATIVE.finditer(sentence.text[:before]), None)
    return found is None or bool(BESIDE.search(sentence.text[: found.start()]))


def _is_relative(mention: Mention, view: View) -> bool:
    return view.is_family(mention.actor) or RELATIVE.match(mention.text) is not None


def _days_of(entry: Entry, sentence: str, where: str) -> tuple[date | None, date | None]:
    """The first and the last day of a stay, as the row's own dates or the sentence give them."""
    when, day = entry.when, entry.when.start
    if day is None or when.approximate:
        return None, None
    if where == ON_WARD and when.precision == "minute" and when.end and when.end > day:
        return day, when.end
    if when.precision == "range" and FROM_TO.search(when.text):
        return day, when.end
    if left := leaving(entry):
        return day, left.day
    if not when.is_day:
        return None, None
    if told_days := _told_days(entry, sentence, day) or _told_weekdays(sentence, day):
        return told_days
    return day, _end_of_stay(entry, day) or _after_so_long(sentence or told(entry), day, where) or _end_of_the_week(
        entry, where, day
    )


def _told_days(entry: Entry, sentence: str, day: date) -> tuple[date, date] | None:
    """The two days that the text gives, in one expression or two: 'from 15 to 18 May', 'flew 3 February, back 24 February'."""
    first: date | None = None
    for mention in entry.dates:
        words = entry.text[mention.begin : mention.end]
        when = mention.when
        if (sentence and words not in sentence) or when.start is None or when.approximate:
            continue
        if when.precision == "range" and when.end and FROM_TO.search(words) and abs((day - when.end).days) <= WEEKS:
            return when.start, when.end
        if first and when.is_day and first < when.start and HOME_ON.search(entry.text[: mention.begin]):
            return first, when.start
        first = first or (when.start if when.is_day and abs((day - when.start).days) <= WEEKS else None)
    return None


def _told_weekdays(sentence: str, day: date) -> tuple[date, date] | None:
    """The first and last day of a stay told by weekdays: 'with her gran from Monday to Friday this week'."""
    found = WEEKDAYS_OF.search(sentence)
    if not found:
        return None
    first, last = (WEEKDAYS.index(name[:3].lower()) for name in found.groups())
    monday = day_after(day, -day.weekday())
    return (day_after(monday, first), day_after(monday, last)) if first < last else None


def _end_of_stay(entry: Entry, start: date) -> date | None:
    for mention in entry.dates:
        ends = mention.when.is_day or (mention.when.start is None and mention.when.precision != "none")
        before = entry.text[: mention.begin] + (
            entry.text[mention.begin : mention.end] if mention.when.start is None else ""
        )
        if ends and mention.when.end and (mention.when.start is None or HOME_ON.search(before)):
            return mention.when.end
    alone = DAY_ALONE.search(entry.text)
    days = (day_after(start, number) for number in range(1, 28)) if alone else ()
    return next((day for day in days if alone and day.day == int(alone.group(1))), None)


def _after_so_long(text: str, day: date, where: str) -> date | None:
    """The last day of a stay whose length the text gives; of days at school, of which weekends are none, no more than it has."""
    found = SO_LONG.search(text)
    if not found:
        return None
    number = amount(found[1]) if found[1] else 1
    length = number * LENGTHS[found["unit"].lower()]
    return day_after(day, length if found["unit"].lower() == "night" or where != OUT_OF_SCHOOL else length - 1)


def _end_of_the_week(entry: Entry, where: str, day: date) -> date | None:
    """The end of the week of a row that says where the child is kept 'this week'."""
    if where not in (KEPT, OUT_OF_SCHOOL) or not tells("this_week", told(entry)):
        return None
    return day_after(day, (6 if where == KEPT else 4) - day.weekday())


def _all_that_day(view: View) -> Iterator[Stay]:
    """Days on which a row has the child at one place from morning to evening."""
    for entry in view.telling("there_all_day"):
        if entry.when.is_day and entry.when.start and _said("there_all_day", entry, view) and not date_in_doubt(entry):
            for subject in view.child_meant(entry):
                yield Stay(ALL_DAY, entry.agency, subject, entry.when.start, entry.when.start, (entry,), whole=True)
