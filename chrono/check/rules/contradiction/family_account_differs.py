"""A relative or the child remembers what was done for them otherwise than the records tell it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from chrono.check.any_case import AnyCase
from chrono.check.claims import RELATIVES, Claim, claims_in, is_of_that_time, relatives_in, stands_against
from chrono.check.rule import rule
from chrono.check.topics import of_topic, rare_words, rows_with, sentences, topics, topics_of
from chrono.check.view import Track, View, date_in_doubt, facts, told, unique
from chrono.check.wording import all_say, ask, quoted
from chrono.check.words import idea, tells
from chrono.model import Entry, Finding, Timeline, day_after

NEAR = 6
"""Words after a denial within which it is of what somebody did: 'nobody from the council ever came'."""
FEELING = AnyCase(r"\bf(?:eel|elt|eels)\b(?! that)")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
FIRST_PERSON = re.compile(r"\b(?:I|we|me|us|my|our|I['’]\w+|we['’]\w+)\b")
QUOTE = re.compile(r"[\"“][^\"”]{12,}[\"”]|(?<!\w)['‘].{12,}['’](?!\w)")
SPEAKING = re.compile(r"\W{0,3}(?:\([^)]*\))?\s?(?::|[-–] )")
OPENS = re.compile(r":|[-–] ")
IS_TOLD = re.compile(
    r"told(?=\W+(?:by|of|about|in person|in writing|at|on|over|face to face|this"
    r"|that (?:morning|day|evening)|today|yesterday|before|beforehand)\b"
    r"|\s*(?:[.,;·]|$))",
    re.IGNORECASE,
)
"""'Mother told by phone', 'Mum told of the move', 'Mother told.': she is the one to whom it was said."""
TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mr and Mrs) [A-Z]\w*")
SINCE = AnyCase(r"\bfirst (?:time|contact|call|request|asked)\b|\bnever (?:asked|rang|came|been)\b|\bno previous\b")
"""In a row later than the account: it looks back to the time of which that speaks."""
AFTERWARDS = 183
EVERYBODY = frozenset(RELATIVES)
AGAINST = 3
ROWS = 8
ENOUGH = 2


@dataclass(frozen=True)
class Account:
    """What a row has a relative or the child say of what was done: the words of complaint and all they say, its topics, rare
    words, and agencies named."""

    entry: Entry
    words: str
    spoken: str
    topics: frozenset[str]
    rare: frozenset[str]
    agencies: frozenset[str]


class Matters:
    """What rows are about: their topics and rare words, worked out once; and whether the family speaks there."""

    def __init__(self, accounts: Iterable[Account], view: View) -> None:
        self.view = view
        self._known: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        self._of_family: dict[str, bool] = {}
        words = {word for account in accounts for word in account.rare}
        self._rare = {word: Track(rows_with(view).get(word, ())) for word in words}

    def sharing(self, account: Account, first: date, last: date) -> list[Entry]:
        """The rows about the same child from `first` to `last`, in order, with a topic or a rare word of the account."""
        tracks = [
            *(of_topic(topic, self.view) for topic in account.topics),
            *(self._rare[word] for word in account.rare),
        ]
        found = {row.id for track in tracks for row in track.about(account.entry).between(first, last)}
        return self.view.in_order(found - {account.entry.id})

    def of(self, row: Entry) -> tuple[frozenset[str], frozenset[str]]:
        """The topics and the rare words of a row."""
        if row.id not in self._known:
            self._known[row.id] = topics_of(row), rare_words(told(row), row, self.view)
        return self._known[row.id]

    def are_of_the_family(self, row: Entry) -> bool:
        """True if the row is what the family says, or declares that there is nothing to say."""
        if row.id not in self._of_family:
            self._of_family[row.id] = bool(row.declares) or bool(_spoken(row, self.view))
        return self._of_family[row.id]


@rule("C23", needs="reading", severity="low")
def family_account_differs(timeline: Timeline, *, days: int = 730) -> Iterator[Finding]:
    """The child or a relative tells what was done, or was not, otherwise than the records.

    Finds: a row in which the child or a relative says that nobody came, told, asked or helped them, or that they were made to,
    and the rows of the `days` days before it in which an agency records having done that very thing.
    Why it matters: what services believe they gave is not always what arrived.
    Stays silent when: it is a feeling and no fact; it is of a year before the rows; no row has its topic; the row is of
    what the family itself did.
    """
    view = View.of(timeline)
    of_somebody = len(timeline.case.subjects) > 1
    rows = (row for row in _may_complain(view) if row.when.known and not date_in_doubt(row))
    accounts = [account for row in rows if row.subjects or not of_somebody if (account := _account(row, view))]
    matters = Matters(accounts, view)
    for account in accounts:
        against = _against(account, view, days, matters)
        if found := unique((*against, *_recorded(account, days, matters)))[:ROWS]:
            yield _finding(account, found, timeline)


def _account(entry: Entry, view: View) -> Account | None:
    spoken = _spoken(entry, view)
    words = _complaint(spoken)
    if not words or _of_long_ago(spoken, entry):
        return None
    agencies = frozenset(
        a for m in entry.mentions if m.text in spoken and (a := view.agency_of(m)) and a != entry.agency
    )
    return Account(entry, words, spoken, topics(spoken), rare_words(spoken, entry, view), agencies)


def _spoken(entry: Entry, view: View) -> str:
    """What the row has a member of the family say, to the end of the row; '' where nobody of them speaks."""
    text = told(entry)
    if entry.agency in _of_the_family(view) or entry.records("family-account"):
        return text
    accounts, as_told = tells("accounts", text), tells("as_told", text)
    if accounts or as_told or OPENS.search(text):
        for sentence in sentences(text):
            if (as_told and tells("as_told", sentence.text)) or _speaks(sentence.text, entry, accounts=accounts):
                return text[sentence.begin :]
    if claimed := _claimed(text):
        return claimed
    quote = QUOTE.search(text)
    family = any(m.kind == "subject" or m.actor.startswith(entry.subjects) for m in entry.mentions)
    return text[quote.start() :] if quote and family and FIRST_PERSON.search(quote.group()) else ""


def _claimed(text: str) -> str:
    """What a row has somebody of the family claim without a word of saying: 'Mum in tears. Nobody ever rang her about it.'"""
    speaker = -1
    if not (_denies(text) and any(claims_in(text))):
        return ""
    for sentence in sentences(text):
        if speaker < 0 and relatives_in(sentence.text):
            speaker = sentence.begin
        if speaker >= 0 and any(claims_in(sentence.text)) and _denies(sentence.text):
            return text[speaker:]
    return ""


def _of_the_family(view: View) -> frozenset[str]:
    """The returns in which the family itself speaks, by their names."""
    return view.kept("of the family", lambda: frozenset(_found_of_the_family(view)))


def _found_of_the_family(view: View) -> Iterator[str]:
    agencies = view.agencies.keys() | view.timeline.returned
    return (agency for agency in agencies if _is_of_the_family(agency, view))


def _is_of_the_family(agency: str, view: View) -> bool:
    name = view.timeline.name_of(agency)
    children = (word for child in view.timeline.case.subjects for word in child.name.split())
    own = tells("family_return", name) or any(re.search(rf"\b{re.escape(word)}\b", name) for word in children)
    return view.kind(agency) in ("", "voluntary") and own


def _speaks(sentence: str, entry: Entry, *, accounts: bool) -> bool:
    """True if somebody of the family is said to say something, or a colon after them opens what they say. `accounts`: the
    row has words of saying."""
    named = [m.text for m in entry.mentions if m.kind == "subject"]
    ends = [found.end() for found in idea("family_member").pattern.finditer(sentence)]
    ends += [place + len(name) for name in named if (place := sentence.find(name)) >= 0]
    ends += [found.end() for found in TITLED.finditer(sentence)]
    for end in ends:
        after = sentence[end:]
        how = idea("accounts").pattern.search(after) if accounts else None
        is_told = how and IS_TOLD.match(after, how.start())
        if SPEAKING.match(after) or (how and not is_told and len(after[: how.start()].split()) <= NEAR):
            return True
    return False


def _may_complain(view: View) -> list[Entry]:
    """The rows with a phrase of complaint, or with a denial and what a service may have done: in no other need be looked for
    who speaks."""
    complaining = {row.id for row in view.telling("complains_of_services", "of_nobody")}
    denying = {row.id for row in view.telling("denial")} & {row.id for row in view.telling("done_by_services")}
    return view.in_order(complaining | denying)


def _denies(sentence: str) -> bool:
    return tells("denial", sentence) or tells("complains_of_services", sentence)


def _complaint(spoken: str) -> str:
    """The words by which it is said that something was not done, or done against one's will."""
    for sentence in sentences(spoken):
        if FEELING.search(sentence.text):
            continue
        if found := idea("complains_of_services").search(sentence.text):
            return found.group()
        if found := idea("of_nobody").search(sentence.text):
            return sentence.text[found.start() :].partition(".")[0]
        for denial in idea("denial").finditer(sentence.text):
            after = sentence.text[denial.end() :]
            done = idea("done_by_services").search(after)
            if done and len(after[: done.start()].split()) <= NEAR:
                return denial.group() + after[: done.end()]
    return ""


def _of_long_ago(spoken: str, entry: Entry) -> bool:
    """True if it speaks of a year that is not that of the row, nor the one before."""
    return any(int(year) < entry.when.earliest.year - 1 for year in YEAR.findall(spoken))


def _recorded(account: Account, days: int, matters: Matters) -> list[Entry]:
    """The rows of one agency that record what the account denies: those most like it."""
    entry = account.entry
    first, last = day_after(entry.when.earliest, -days), entry.when.latest
    scored: dict[str, list[tuple[int, Entry]]] = {}
    for row in matters.sharing(account, first, last):
        if (likeness := _likeness(account, row, matters)) >= ENOUGH:
            scored.setdefault(row.agency, []).append((likeness, row))
    if not scored:
        return []
    best = max(scored.values(), key=lambda rows: (max(rows, key=lambda one: one[0])[0], len(rows)))
    most = max(likeness for likeness, _ in best)
    return [row for likeness, row in best if likeness >= most - 1][-ROWS:]


def _against(account: Account, view: View, days: int, matters: Matters) -> list[Entry]:
    """The rows that record the contrary of what the same relative claims: of that time or matter, the likest first."""
    entry = account.entry
    kinds = list(claims_in(account.spoken))
    who = relatives_in(entry.all_text) or (EVERYBODY if entry.agency in _of_the_family(view) else frozenset())
    if not kinds or not who:
        return []
    track = view.track(("records", *(kind.name for kind in kinds)), lambda: _records(kinds, view))
    scored: list[tuple[int, Entry]] = []
    first, last = day_after(entry.when.earliest, -days), day_after(entry.when.latest, AFTERWARDS)
    for row in track.about(entry).between(first, last):
        says_the_same = row.id == entry.id or any(kind.claim.told_in(told(row)) for kind in kinds)
        of_an_agency = not row.declares and row.agency not in _of_the_family(view)
        if says_the_same or not of_an_agency or not any(stands_against(kind, row, who) for kind in kinds):
            continue
        later = row.when.surely_after(entry.when)
        of_that_time = SINCE.found_in(told(row)) if later else is_of_that_time(account.spoken, entry, row)
        likeness = _likeness(account, row, matters)
        if likeness > ENOUGH or of_that_time:
            scored.append((likeness + 2 * of_that_time + (row.agency in account.agencies), row))
    scored.sort(key=lambda each: (-each[0], each[1].when.sort_key))
    return [row for likeness, row in scored[:AGAINST] if likeness >= ENOUGH]


def _records(kinds: Sequence[Claim], view: View) -> Iterator[Entry]:
    """The rows that may record the contrary of such claims: in what they tell, or in their column of who was told."""
    telling = {row.id for row in view.telling(*(kind.record.name for kind in kinds))}
    return (row for row in view.everything if row.id in telling or row.fields.get("told"))


def _likeness(account: Account, row: Entry, matters: Matters) -> int:
    """How much a row has in common with an account: each topic counts two, each rare word one; the agency named one."""
    of, rare = matters.of(row)
    common = 2 * len(account.topics & of) + len(account.rare & rare)
    likeness = common + (row.agency in account.agencies) if common else 0
    return likeness if likeness >= ENOUGH and not matters.are_of_the_family(row) else 0


def _finding(account: Account, rows: Sequence[Entry], timeline: Timeline) -> Finding:
    entry = account.entry
    agencies = tuple(dict.fromkeys((entry.agency, *(row.agency for row in rows))))
    name = timeline.name_of(rows[0].agency)
    return Finding(
        f"The family's account ({quoted(account.words, 60)}) beside the rows of {name}"[:160],
        cites=(*(row.source for row in rows), entry.source),
        explanation=f"{all_say([entry, *rows])} Whether both can be right only those concerned can say.",
        settle=ask(timeline, (rows[0].agency,), "what was done, with whom, and how the family was told"),
        agencies=agencies,
        subjects=entry.subjects or rows[0].subjects,
        period=facts((entry, *rows)),
        certainty="possible",
    )
