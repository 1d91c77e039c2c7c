"""From the day a service has a child to the day it first sees them: the words for both, and for what falls through."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from chrono.check.counts import NUMBER, amount
from chrono.check.matters import REFERRALS, ends_here, referrals
from chrono.check.parties import named_by_own_word
from chrono.check.view import View, date_in_doubt, result, told
from chrono.check.words import idea, tells
from chrono.model import Entry, Mention, day_after

NO_CLINIC = frozenset(("social-care", "police", "school", "education", "panel", "housing", "court", "gp", "ambulance"))
"""Agencies that record other services' appointments, and give none that a family waits for."""
NO_WORKER = NO_CLINIC - {"social-care", "housing"} | {"hospital", "alternative-provision", "placement", "secure"}
"""Services without a worker for the child, from whom or to whom none is handed on."""
MEETINGS = (
    "meeting",
    "core-group",
    "strategy-discussion",
    "professionals-meeting",
    "cin-review",
    "looked-after-review",
)
REVIEWS = (
    "core-group",
    "strategy-discussion",
    "cin-review",
    "looked-after-review",
    "initial-conference",
    "review-conference",
    "transfer-conference",
)
"""Meetings of several services about a child, at which none of them gives its own appointment."""
APPOINTMENTS = (
    "appointment",
    "mental-health-appointment",
    "mental-health-assessment",
    "session",
    "assessment",
    "medical-review",
)
VISITS = ("child-seen", "home-visit", "visit", "health-visitor-contact")
OFFERED = ("appointment-offered", "did-not-attend")
HOLDS_ON = ("pathway-plan", "care-plan", "looked-after-review", "cin-review", "core-group")
"""What a service does with a child that it has not let go, whoever cares for them."""
ON_A_WARD = ("self-harm", "admission")
STOP = re.compile(r"[.;]\s")
NEAR = 25
"""Characters beside the words for a meeting within which it may say that it is still to come."""
LONG = 42
"""Days without a row of a service that has the child, after which its next row is a first step, whatever it tells."""
OFTEN = 2
"""After so many meetings that fell through, the next row that tells of none is one of a meeting."""
HANDED_ON_WITHIN, UNSEEN = 200, 28
"""Most and fewest days from letting a child go to the first meeting elsewhere that leave a gap between the two."""
AT_WORK = 120
"""Days after a meeting within which another list or letter begins no new wait."""
A_SPAN = rf"(?:{NUMBER}(?: to |-))?{NUMBER}[- ]?(weeks?|wks?|months?|mths?)"
STATED_WAIT = re.compile(
    rf"\b(?:wait(?:ing)?(?: times?| list)?|list|target|up to|within|approx\w*|about)\b[^.;]{{0,25}}?{A_SPAN}|{A_SPAN} wait",
    re.IGNORECASE,
)
OF_AN_ADDRESS = re.compile(
    r"\b(?:street|st|road|rd|lane|close|avenue|ave|drive|way|court|house|flats?|place|terrace|gardens?|crescent|hill|row|grove"
    r"|estate|accommodation|hostel|hotel|refuge),? (?:in )?$",
    re.IGNORECASE,
)
FROM = re.compile(r"\b(?:from|by|via)\s+(?:the\s+)?$", re.IGNORECASE)
ASKED_WITHIN = 14
"""Days before a service takes a child in within which the asking for it is looked for."""
DAYS_OF = {"w": 7, "m": 30}


@dataclass
class Wait:
    """A child taken in by a service: the rows that took them in, those of meetings that fell through, and the first kept.

    With nothing before `seen`, that is the service's first row about the child."""

    taken: list[Entry] = field(default_factory=list)
    fallen: list[Entry] = field(default_factory=list)
    seen: Entry | None = None
    told_so: bool = True
    """False if no row says that the service took the child in: then `taken` is its first row about them."""
    surely_seen: bool = True
    """False if `seen` is only the service's next row after a long time, and does not tell of a meeting."""

    @property
    def rows(self) -> list[Entry]:
        """All its rows, in order."""
        rows = (*self.taken, *self.fallen, *([self.seen] if self.seen else []))
        return sorted(rows, key=lambda row: row.when.sort_key)

    @property
    def days(self) -> int:
        """The least that can lie between being taken in and being seen."""
        return self.taken[0].when.days_until(self.seen.when)[0] if self.taken and self.seen else 0

    @property
    def own(self) -> bool:
        """True if the rows say that the service took the child in and first met them, and name no other service."""
        others = any(
            one.kind == "agency" and one.actor != row.agency and not _sent_it(row, one)
            for row in self.rows
            for one in row.mentions
        )
        return bool(self.taken and self.told_so and self.seen and first_met(self.seen) and not others)

    @property
    def explained(self) -> bool:
        """True if a row told the family of a waiting time, and it was kept; or the child lay on a ward meanwhile."""
        announced = any(self.days <= announced_wait(row) for row in self.taken)
        return announced or any(tells("on_a_ward", told(row)) for row in self.fallen)


def _sent_it(row: Entry, named: Mention) -> bool:
    """True if the row names an agency only as the one from which the request came."""
    before = row.text[: max(named.begin, 0)] if named.column == "text" else ""
    return named.part in ("referred-by", "informant") or named.column == "referrer" or FROM.search(before) is not None


def asked_before(entry: Entry, view: View) -> list[Entry]:
    """The last row of another agency or team that refers the child in the days before a row; none, or one."""
    assert entry.when.start
    days = day_after(entry.when.start, -ASKED_WITHIN), entry.when.start
    rows = view.speaking_of(*REFERRALS).about(entry).between(*days)
    own = entry.agency, entry.fields.get("team", "")
    return [row for row in rows if row.id != entry.id and (row.agency, row.fields.get("team", "")) != own][-1:]


def waits(view: View, agency: str) -> list[Wait]:
    """For each child and team of a service: being taken in, or failing to meet, up to the next meeting that was kept.

    Rows that do not say about whom may be about each child; what they alone tell is given once."""
    return view.kept(f"waits of {agency}", lambda: list(_waits_of(view, agency)))


def _waits_of(view: View, agency: str) -> Iterator[Wait]:
    given: set[tuple[str, ...]] = set()
    received = view.kept("received", lambda: _received(view))
    children = _clients(view, agency)
    for child in children or [""]:
        rows = view.agency_child(agency, child) if child else view.agency(agency)
        for wait in _waits_of_one(rows, received):
            ids = tuple(row.id for row in wait.rows)
            if ids not in given:
                given.add(ids)
                yield wait


def _clients(view: View, agency: str) -> list[str]:
    """The children for whom an agency works: those of whom alone a row of it tells; all, where there is none."""
    children = [subject.id for subject in view.timeline.case.subjects]
    alone = {row.subjects[0] for row in view.agency(agency) if len(row.subjects) == 1}
    return [child for child in children if child in alone] or children


def _waits_of_one(rows: Iterable[Entry], received: Container[str]) -> Iterator[Wait]:
    open_ones: dict[str, Wait] = {}
    met: dict[str, date] = {}
    for entry in rows:
        if date_in_doubt(entry) or entry.declares or entry.when.start is None:
            continue
        team = entry.fields.get("team", "")
        wait, new = open_ones.get(team), team not in met
        what = _part(entry, wait)
        met.setdefault(team, date.min)
        if what in ("kept", "perhaps kept"):
            met[team] = entry.when.latest
            wait = open_ones.pop(team, None) or (Wait() if new else None)
            if wait:
                wait.seen, wait.surely_seen = entry, what == "kept"
                yield wait
        elif wait and (wait.fallen or (wait.told_so and wait.taken)) and _is_let_go(entry, received):
            yield open_ones.pop(team)
        elif what == "fallen":
            open_ones.setdefault(team, Wait()).fallen.append(entry)
        elif entry.id in received or (what == "taken" and (wait or (entry.when.earliest - met[team]).days > AT_WORK)):
            open_ones.setdefault(team, Wait()).taken.append(entry)
        elif new and not what:
            open_ones[team] = Wait([entry], told_so=False)
    yield from open_ones.values()


def _is_let_go(entry: Entry, received: Container[str]) -> bool:
    """True if the service ends its work with the row, and did not just take the child in."""
    return entry.records("closure") and entry.id not in received


def _received(view: View) -> frozenset[str]:
    """The ids of rows that tell of a referral to their own agency."""
    return frozenset(
        each.entry.id
        for each in referrals(view)
        if (each.receiver == each.entry.agency or (not each.receiver and each.sender != each.entry.agency))
        and not tells("not_taken_in", told(each.entry))
    )


def _part(entry: Entry, wait: Wait | None) -> str:
    """What a row of a service is in a wait: 'taken', 'fallen', 'kept' or 'perhaps kept'; '' if none of these."""
    if first_met(entry):
        return "kept"
    if _came_to_nothing(entry) or (wait and wait.taken and fell_through(entry) and not entry.records("attended")):
        return "fallen"
    if entry.records(*REVIEWS) and not entry.records(*APPOINTMENTS, *VISITS):
        return ""  # those who came together spoke about the child, whatever comes of the appointment
    if entry.records("attended"):
        return "kept"
    if taken_in(entry):
        return "kept" if entry.records(*VISITS) else "taken"
    if _kept(entry):
        return "kept"
    if not wait or not wait.taken or ends_here(entry) or tells("to_come", told(entry)):
        return ""
    if len(wait.fallen) >= OFTEN:
        return "kept"
    return "perhaps kept" if wait.told_so and wait.taken[-1].when.days_until(entry.when)[0] > LONG else ""


def handed_on(wait: Wait, view: View) -> Entry | None:
    """The row of another service that let the child go to this one, weeks before this one first saw them.

    The other names it, or is named by it, or is of its kind; and it does not see the child again in between."""
    if not wait.seen or not wait.seen.when.start or view.kind(wait.seen.agency) in NO_WORKER:
        return None
    if wait.taken and not wait.told_so and not first_met(wait.seen):
        return None  # at work already when the child came, as far as its rows tell
    seen, first = wait.seen, wait.rows[0]
    days = day_after(wait.seen.when.earliest, -HANDED_ON_WITHIN), day_after(wait.seen.when.earliest, -UNSEEN)
    for row in reversed(view.everything.about(seen).between(*days)):
        if row.agency == seen.agency or view.kind(row.agency) in NO_WORKER or row.when.days_until(first.when)[0] < -7:
            continue
        if lets_go(row) and _belong(row, wait, view) and not _seen_before(row, seen, view):
            later = view.agency(row.agency).about(seen).between(day_after(row.when.latest), seen.when.earliest)
            return None if any(_kept(one) or one.records(*HOLDS_ON) for one in later) else row
    return None


def _seen_before(row: Entry, seen: Entry, view: View) -> bool:
    """True if the service had seen the child in the months before another let them go: it takes nothing over, and may only
    have a new worker."""
    assert row.when.start
    days = day_after(row.when.start, -HANDED_ON_WITHIN), row.when.start
    return any(saw(one) for one in view.agency(seen.agency).about(seen).between(*days))


def _belong(row: Entry, wait: Wait, view: View) -> bool:
    assert wait.seen
    to = wait.seen.agency
    if named_in(row, to, view) or any(named_in(mine, row.agency, view) for mine in wait.taken):
        return True
    return bool(view.kind(to)) and view.kind(row.agency) == view.kind(to)


def asks(entry: Entry) -> bool:
    """True if the row asks a service to see the child, or may."""
    return tells("asks", told(entry)) and not tells("not_taken_in", told(entry))


def named_in(entry: Entry, agency: str, view: View) -> bool:
    """True if the row names this agency, or a word of its name that no other agency of the case has in its own."""
    named = [one for one in entry.mentions if one.kind == "agency"]
    if any(one.actor == agency and not _as_a_place(one, entry) for one in named):
        return True
    words = told(entry)
    for one in named:
        if one.actor != agency or _as_a_place(one, entry):
            words = words.replace(one.text, " ")  # 'Hill school nurses' does not name the council of Hill
    return agency in named_by_own_word(words.lower(), view)


def _as_a_place(named: Mention, entry: Entry) -> bool:
    """True if one word, which an agency's name shares with its town, ends an address: 'to 4 Tower Close, Hill'."""
    before = entry.cell(named.column)[: max(named.begin, 0)]
    return " " not in named.text.strip() and OF_AN_ADDRESS.search(before) is not None


def lets_go(entry: Entry) -> bool:
    """True if the row tells that the child leaves its service or area."""
    return tells("lets_go", told(entry))


def changes_worker(entry: Entry) -> bool:
    """True if the row tells that the worker goes or another takes over."""
    return tells("worker_changes", told(entry))


def changes_hands(entry: Entry) -> bool:
    """True if the row tells that the case itself has gone to another team or worker."""
    return tells("case_changes_hands", told(entry)) and not tells("not_yet_passed", told(entry))


def about_office(entry: Entry) -> bool:
    """True if the row tells of arrangements only, and nothing in it can be a meeting."""
    return changes_worker(entry) or fell_through(entry) or tells("to_come", told(entry)) or tells("desk", told(entry))


def saw(entry: Entry) -> bool:
    """True if the row records a meeting with the child or family that took place."""
    return not entry.records(*ON_A_WARD) and not fell_through(entry) and (first_met(entry) or _kept(entry))


def taken_in(entry: Entry) -> bool:
    """True if the row shows that its own service now has the child, and no more."""
    text = told(entry)
    return tells("taken_in", text) and not tells("not_taken_in", text)


def first_met(entry: Entry) -> bool:
    """True if the row says that it is of the first meeting: by its number, or in words."""
    if entry.records(*ON_A_WARD, *MEETINGS):
        return False
    return _tells_of_meeting("first_seen", entry) and not fell_through(entry)


def _tells_of_meeting(name: str, entry: Entry) -> bool:
    """True if the row has such words, and none close by that it is only arranged."""
    text = entry.text
    for found in idea(name).pattern.finditer(text) if tells(name, told(entry)) else ():
        before, after = STOP.split(text[: found.start()])[-1], STOP.split(text[found.end() :])[0]
        if not tells("to_come", " ".join((before[-NEAR:], found.group(), after[:NEAR]))):
            return True
    return False


def _kept(entry: Entry) -> bool:
    """True if the child was seen as arranged; being seen on a ward after self-harm is not what was waited for."""
    if entry.records(*ON_A_WARD):
        return False
    came = tells("came", told(entry)) and tells("came", entry.text)
    return came or entry.records(*APPOINTMENTS, *VISITS) or _tells_of_meeting("met", entry)


def _came_to_nothing(entry: Entry) -> bool:
    """True if an appointment was cancelled, put off or missed: by its kind of event, or by the result column alone."""
    if tells("met_instead", told(entry)):
        return False
    speaks = entry.records(*APPOINTMENTS, *OFFERED, status=None)
    missed = tells("postponed", told(entry)) or entry.records("did-not-attend")
    if speaks and missed and not entry.records(*REFERRALS):
        return True
    if tells("another_day", told(entry)) and not entry.records(*REFERRALS, *MEETINGS, status=None):
        return True
    if not tells("postponed", told(entry)):
        return False
    return tells("postponed", result(entry)) or (tells("new_date", result(entry)) and tells("postponed", entry.text))


def fell_through(entry: Entry) -> bool:
    """True if the row tells of a meeting that came to nothing, and of none that did."""
    instead = entry.records(*MEETINGS, status=None) or tells("met_instead", told(entry))
    return tells("fell_through", told(entry)) and not instead


def announced_wait(entry: Entry) -> int:
    """The days of waiting that a row tells the family to expect; 0 if it tells none."""
    found = STATED_WAIT.search(told(entry))
    if not found:
        return 0
    number, unit = [part for part in found.groups() if part][-2:]
    return amount(number.lower()) * DAYS_OF[unit[0].lower()]
