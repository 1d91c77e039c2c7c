"""Two services, or two units of one, that work with the same child at the same time and name each other nowhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from chrono.check.rule import rule
from chrono.check.view import View, date_in_doubt, facts, told, unique
from chrono.check.wording import all_say, ask, quoted
from chrono.check.words import idea, words_for
from chrono.model import Entry, Finding, Timeline, day_after

UNITS = ("source", "agency", "unit", "team", "department", "service")
JOINT = (
    "strategy-discussion",
    "professionals-meeting",
    "multi-agency-panel",
    "initial-conference",
    "review-conference",
    "core-group",
)
SHOWN = 4
OF_ADULTS = ("probation", "substance-misuse", "mental-health", "domestic-abuse")
"""Services that work with a parent."""
CHILDRENS = re.compile(r"\b(?:camhs|child|children|young)\b", re.IGNORECASE)
AROUND = 60
"""Days on each side of a row within which a service has rows, if it was at work then."""


@rule("M22", needs="reading", severity="low")
def parallel_work(timeline: Timeline) -> Iterator[Finding]:
    """Two units see the same child in the same weeks, and neither row shows that it knew of the other.

    Finds: rows of two units of one return (its unit or team column) about the same child on dates that coincide; and rows of
    social care and youth justice that coincide, where in the whole overlap neither names the other and no joint meeting lies;
    of medium severity, a row that says that no other service works with a parent, where one for adults has rows about that
    parent in the weeks before and after it.
    Why it matters: two pieces of work that do not know of each other can undo each other.
    Stays silent when: the rows are linked as one event; either names the other; a joint meeting lies near.
    """
    view = View.of(timeline)
    for agency in sorted(timeline.returned):
        yield from _units(agency, view)
    for one in view.of_kinds("social-care", returned=True):
        for two in view.of_kinds("youth-justice", returned=True):
            yield from _services(one, two, view)
    for entry in view.telling("no_other_service_works"):
        for agency in _at_work_all_the_same(entry, view):
            yield _another_works(entry, agency, view)


def _at_work_all_the_same(entry: Entry, view: View) -> Iterator[str]:
    """The services for adults that write of the person of whom the row says that nobody else works with them."""
    person = _of_whom(entry, view)
    if not person or not entry.when.known or date_in_doubt(entry):
        return
    for agency in view.of_kinds(*OF_ADULTS, returned=True):
        other = agency != entry.agency and not CHILDRENS.search(view.timeline.name_of(agency))
        names = any(mention.actor == person for row in view.agency(agency) for mention in row.mentions)
        if other and names and not _names(entry, agency) and all(_around(entry, agency, view)):
            yield agency


def _of_whom(entry: Entry, view: View) -> str:
    """The relative named last before the words that nobody else works with them, in one sentence with them."""
    found = idea("no_other_service_works").search(entry.text)
    if not found:
        return ""
    begin = max(entry.text.rfind(stop, 0, found.start()) for stop in ".;") + 1
    named = [m for m in entry.mentions if m.column == "text" and begin <= m.begin < found.end() + len(" with father")]
    return next((m.actor for m in named[::-1] if m.kind == "person" and view.is_family(m.actor)), "")


def _around(entry: Entry, agency: str, view: View) -> tuple[Entry | None, Entry | None]:
    """The last row of a service before this one and the first after it, each within weeks."""
    own = view.agency(agency).about(entry)
    before = own.between(day_after(entry.when.earliest, -AROUND), day_after(entry.when.earliest, -1))
    after = own.between(day_after(entry.when.latest), day_after(entry.when.latest, AROUND))
    return next(reversed(before), None), next(iter(after), None)


def _another_works(entry: Entry, agency: str, view: View) -> Finding:
    near = [row for row in _around(entry, agency, view) if row]
    rows = [entry, *near]
    name, other = view.timeline.name_of(entry.agency), view.timeline.name_of(agency)
    words = words_for("no_other_service_works", told(entry))
    return Finding(
        f"{name} writes {quoted(words, 40)}; {other} was at work with the same person"[:160],
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} The two do not name each other here.",
        settle=ask(
            view.timeline, (entry.agency, agency), "whether the two knew of each other's work, and what was asked"
        ),
        agencies=(entry.agency, agency),
        expected_from=(entry.agency, agency),
        subjects=entry.subjects,
        period=facts(rows),
        certainty="possible",
        severity="medium",
    )


def _unit(entry: Entry) -> str:
    names = {name.lower(): cell for name, cell in entry.fields.items()}
    return next((names[name].strip() for name in UNITS if names.get(name, "").strip()), "")


def _units(agency: str, view: View) -> Iterator[Finding]:
    groups: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for entry in view.agency(agency):
        if _unit(entry) and entry.subjects and entry.when.start and entry.events:
            groups[entry.when.start, entry.when.end, entry.subjects].append(entry)
    for rows in groups.values():
        for first, second in combinations(rows[:SHOWN], 2):
            if _unit(first) != _unit(second) and not _know(first, second, view):
                yield _finding([first, second], view, f"{quoted(_unit(first))} and {quoted(_unit(second))}", (agency,))


def _know(first: Entry, second: Entry, view: View) -> bool:
    if second in view.timeline.linked(first) or first.events[0].type == second.events[0].type:
        return True
    texts = (told(first).lower(), told(second).lower())
    return (
        _unit(second).lower() in texts[0]
        or _unit(first).lower() in texts[1]
        or any(row.records(*JOINT) for row in (first, second))
    )


def _services(one: str, two: str, view: View) -> Iterator[Finding]:
    for child in view.timeline.case.subjects:
        left = [row for row in view.agency_child(one, child.id) if child.id in row.subjects]
        right = [row for row in view.agency_child(two, child.id) if child.id in row.subjects]
        pairs = [
            (a, b)
            for a in left
            for b in view.agency_child(two, child.id).between(a.when.earliest, a.when.latest)
            if child.id in b.subjects
        ]
        if pairs and not any(_names(row, two) for row in left) and not any(_names(row, one) for row in right):
            rows = unique(row for pair in pairs[:2] for row in pair)
            both = f"{view.timeline.name_of(one)} and {view.timeline.name_of(two)}"
            yield _finding(rows, view, both, (one, two))


def _names(row: Entry, agency: str) -> bool:
    return any(mention.actor == agency for mention in row.mentions)


def _finding(rows: list[Entry], view: View, who: str, agencies: tuple[str, ...]) -> Finding:
    return Finding(
        f"{who} work with the same child at the same time without a sign that they know of each other",
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} Neither names the other, and no joint meeting is recorded.",
        settle=ask(view.timeline, agencies, "whether the two knew of each other's work and how it was joined up"),
        agencies=agencies,
        expected_from=agencies[:1],
        subjects=rows[0].subjects,
        period=facts(rows),
        certainty="possible",
    )
