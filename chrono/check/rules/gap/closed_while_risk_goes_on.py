"""Cases closed or stepped down while rows around say that the risk is high."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from chrono.check.matters import ends_here
from chrono.check.ratings import rated_from
from chrono.check.rule import rule
from chrono.check.view import Track, View, facts, result, told, unique, weight
from chrono.check.waits import about_office, named_in, saw
from chrono.check.wording import all_say, ask, counted, says
from chrono.check.words import idea, tells
from chrono.model import Entry, Finding, Timeline, day_after

NO_HELPERS = frozenset(
    (
        "police",
        "court",
        "ambulance",
        "hospital",
        "school",
        "education",
        "secure",
        "placement",
        "gp",
        "alternative-provision",
        "housing",
    )
)
"""Agencies that close an incident, a stay or a roll, and not the help for a child."""
NO_PATIENTS = ("social-care", "early-help", "probation", "youth-justice")
"""Agencies that discharge nobody, and write of a discharge from hospital."""
CLOSURES = ("closure", "step-down", "cp-plan-end", "not-open")
IN_CARE = ("looked-after-review", "secure-review", "secure-order", "placement-move", "placement-start", "care-plan")
"""Rows in which what is stepped down is the kind of placement."""
SIGNS = ("risk_signs", "alarm_raised", "danger", "risk_high", "man_in_the_home")
OF_ONE_NEED = re.compile(
    r"\b(?:speech (?:and|&) language|speech therap\w+|sa?lt|hearing (?:test|check|screen\w*|clinic|assessment)|audio(?:logy|gram)"
    r"|(?:eye|sight|vision) (?:test|check|screen\w*)|orthopti\w+|optometr\w+|physio\w*|occupational therap\w+|dieti[ct]\w+"
    r"|dental|dentist|podiatr\w+|eczema clinic|asthma clinic|enuresis clinic|continence clinic|dermatology|fracture clinic)\b",
    re.IGNORECASE,
)
"""Services for one bodily need, which discharge a patient once it is met."""
GRAVE = 3
HIGH = 3
"""The level 'high' on the scale of ratings.yaml."""
SIGNS_WITHIN, SIGNS_AFTER = 45, 120
"""Days before a closing, and after it, within which rows that speak of danger in words only count."""
WELL_FOR = 28
"""Days after work that ended well within which a grave event still puts the ending in question."""
ONE_STEP = 31
"""Days within which a service steps back and closes in one and the same move."""
Closing = tuple[Entry, list[Entry]]
"""A row that closes, and the serious events around it."""
SOON = 35
"""Days after a closing, with nothing before it, within which an event still speaks of the closing."""
FOR_A_TERM = ("probation", "youth-justice")
"""Services whose work ends when an order or a programme does."""
KNOWN, SHOWN = 3, 3
"""Most serious events cited of the time before, and of the time after."""


@rule("G03", needs="reading", severity="medium")
def closed_while_risk_goes_on(timeline: Timeline, *, before: int = 60, after: int = 180) -> Iterator[Finding]:
    """A case is closed or stepped down, and serious events lie close before or after.

    Finds: a closure, step-down, "no role" or taking off a list by a service that helps, with rows about an injury, a weapon,
    an arrest, a missing episode or an exclusion in the `before` days before it (its own too: then it knew) or in the
    `after` days after it; or another agency rates the risk high within weeks of it.
    Why it matters: whether the closing looked at what others knew is a question every review asks.
    Stays silent when: the work ended with a good outcome that held for four weeks; the case was opened again before
    anything happened; nothing serious is recorded around it.
    """
    view = View.of(timeline)
    found: dict[tuple[str, tuple[str, ...]], list[Closing]] = defaultdict(list)
    for entry in view.rows("closing", "below_threshold", "takes_no_step", "ends_work", types=CLOSURES):
        if _closes(entry, view):
            near = _around(entry, view, before, after)
            if near or _rates_itself(entry, view):
                found[entry.agency, entry.subjects].append((entry, near))
    for closings in found.values():
        for one, closing, other in zip([None, *closings], closings, [*closings[1:], None], strict=False):
            if not any(_says_it_all(beside, closing) for beside in (one, other) if beside):
                yield _finding(*closing, view)


def _says_it_all(beside: Closing, closing: Closing) -> bool:
    """True if the closing of the weeks before or after, which is one in words too, has the same events around it."""
    (one, others), (entry, near) = beside, closing
    ends = one.records("closure") and not entry.records("closure")
    return (
        ends
        and entry.when.days_apart(one.when) <= ONE_STEP
        and {row.id for row in near} <= {row.id for row in (one, *others)}
    )


def _closes(entry: Entry, view: View) -> bool:
    if view.kind(entry.agency) in NO_HELPERS or entry.when.end is None or entry.when.start is None:
        return False
    if entry.records(*IN_CARE, "complaint", "complaint-reply"):
        return False
    if entry.records("allocation", "case-opened") and not entry.records("closure"):
        return False  # the row of the service that takes the child on
    if entry.records("discharge") and not entry.records(*CLOSURES) and view.kind(entry.agency) in NO_PATIENTS:
        return False  # from hospital, where somebody else had the child
    if entry.records("return-interview", status=None) and not entry.records("closure"):
        return False  # its write-up is passed on, and the work goes on
    if view.kind(entry.agency) == "health" and OF_ONE_NEED.search(told(entry)) and not entry.records("step-down"):
        return False  # a test or a therapy comes to its end, and nobody had the family's case for it
    if entry.records("reallocation", status=None) and not entry.records("closure"):
        return False  # the worker goes, and the work goes on
    said, came_of_it = idea("no_closing").without(told(entry)), idea("no_closing").without(result(entry))
    if tells("cleared", said) or tells("closed_before", said):
        return False
    if entry.records("closure"):
        return True
    if entry.records("cp-plan-start", "cin-plan") or (tells("as_before", said) and not entry.records("step-down")):
        return False  # a plan begins or goes on
    decides = view.kind(entry.agency) in ("social-care", "early-help")
    no_action = decides and (tells("below_threshold", came_of_it) or tells("takes_no_step", said))
    speaks = entry.records(*CLOSURES, status=None) and tells("closing", said)
    ends = tells("ends_work", said) and not (tells("below_threshold", said) and not decides and _asked_another(entry))
    return bool(speaks or no_action or tells("closing", came_of_it) or ends)


def _asked_another(entry: Entry) -> bool:
    """True if the row tells of a call or contact: 'no further action' is then what the others said."""
    return entry.records("telephone-call", "contact", "notification", "referral")


def _around(entry: Entry, view: View, before: int, after: int) -> list[Entry]:
    """The nearest serious events before the closing, the service's own first, and the gravest after it.

    After work that ended well what others knew by then counts, and what follows within weeks.
    """
    assert entry.when.start
    if _taken_over(entry, view):
        return []
    well = tells("ended_well", told(entry))
    first, last = day_after(entry.when.start, -before), day_after(entry.when.latest, WELL_FOR if well else after)
    own = (
        row
        for row in view.agency(entry.agency).about(entry).between(day_after(entry.when.latest), last)
        if _same(row, entry, view) and not (about_office(row) or ends_here(row))
    )
    again = next(own, None)
    if again:
        last = again.when.earliest
    found = view.recording("found").about(entry).between(first, entry.when.start)
    grave = unique(
        (*view.serious.about(entry).between(first, last), *(row for row in found if view.kind(row.agency) == "police"))
    )
    near = day_after(entry.when.start, -SIGNS_WITHIN), min(last, day_after(entry.when.latest, SIGNS_AFTER))
    rows = unique(
        (*grave, *(row for row in _speaking_of_danger(view).about(entry).between(*near) if _alarms(row, entry, view)))
    )
    rows = [row for row in rows if _same(row, entry, view) and row.when.within(first, last)]
    signs = {row.id for row in rows} - {row.id for row in grave}
    known = [
        row
        for row in rows
        if row.when.surely_before(entry.when) or (row.id in signs and not row.when.surely_after(entry.when))
    ]
    known_ids = {row.id for row in known}
    later = [row for row in rows if row.id not in known_ids and row.agency != entry.agency]
    known.sort(
        key=lambda row: (row.id in signs, row.agency != entry.agency, -row.when.latest.toordinal(), -weight(row))
    )
    later.sort(key=lambda row: (row.id in signs, -weight(row), row.when.sort_key))
    return [*known[:KNOWN], *later[:SHOWN]]


def _speaking_of_danger(view: View) -> Track:
    """The rows that may alarm, whichever case is closed beside them."""
    return view.track("speaking of danger", lambda: view.in_order(_signs(view) | _rated_high(view)))


def _signs(view: View) -> set[str]:
    """The rows that speak of danger in words, and not of its passing."""
    return {row.id for row in view.telling(*SIGNS)} - {row.id for row in view.telling("no_risk_signs")}


def _rated_high(view: View) -> frozenset[str]:
    return view.kept("rated high", lambda: frozenset(e.id for e in view.everything if rated_from(e, HIGH)))


def _alarms(row: Entry, entry: Entry, view: View) -> bool:
    """True if a row that speaks of danger rates a risk high, or does so in words with another agency than the closing one."""
    if row.id in _rated_high(view):
        return True
    return row.agency != entry.agency or (tells("risk_high", told(row)) and not ends_here(row))


def _rates_itself(entry: Entry, view: View) -> bool:
    """True if the row that closes the case itself says that the risk is high."""
    said = told(entry)
    high = rated_from(entry, HIGH) or tells("risk_high", said)
    return high and not tells("no_risk_signs", said) and not tells("ended_well", said) and not _taken_over(entry, view)


def _taken_over(entry: Entry, view: View) -> bool:
    """True if the child leaves, or another service that the row names takes the lead or the work, and is seen at work."""
    said = told(entry)
    if tells("goes_away", said):
        return True
    leads, handed = tells("lead_passes", said), tells("handed_over", said)
    if not (leads or handed):
        return False
    rows = view.everything.about(entry).between(entry.when.earliest, day_after(entry.when.latest, SIGNS_WITHIN))
    helpers = [row for row in rows if row.agency != entry.agency and view.kind(row.agency) not in NO_HELPERS]
    return bool(leads and helpers) or any(saw(row) and named_in(entry, row.agency, view) for row in helpers)


def _same(row: Entry, entry: Entry, view: View) -> bool:
    return row.id != entry.id and view.same_child(row, entry) and not row.declares


def _finding(entry: Entry, near: list[Entry], view: View) -> Finding:
    timeline = view.timeline
    name = timeline.name_of(entry.agency)
    later = [row for row in near if row.when.surely_after(entry.when)]
    first = min(later, key=lambda row: row.when.sort_key) if later else None
    count = (
        f" From the closing to the first of them are {counted(entry.when.latest, first.when.earliest)}."
        if first
        else ""
    )
    known = not near or any(row.agency == entry.agency for row in near)
    what = "that its own rows record" if known else "that others record"
    return Finding(
        f"{name} closed or stepped down close to serious events {what}",
        cites=tuple(row.source for row in (entry, *near)),
        explanation=f"{says(entry)} Around it are recorded: {all_say(near)}{count} Whether these were known and weighed, "
        f"the row does not show.",
        settle=ask(timeline, (entry.agency,), "the reasons for closing and what was known of these events at the time"),
        agencies=tuple(dict.fromkeys(row.agency for row in (entry, *near))),
        subjects=entry.subjects or view.children(near),
        period=facts((entry, *near)),
        certainty="possible",
        severity="medium" if _weighs(entry, near, later, view) else "low",
    )


def _weighs(entry: Entry, near: list[Entry], later: list[Entry], view: View) -> bool:
    """True if the closing itself invites the question: the service knew, or a grave event followed within weeks; and the work
    was not one that a court or a programme had set an end to, with nothing after."""
    if not near:
        return True
    if view.kind(entry.agency) in FOR_A_TERM and not later:
        return False
    known = any(row.agency == entry.agency for row in near)
    before = any(not row.when.surely_after(entry.when) for row in near)
    soon = [row for row in later if before or entry.when.days_until(row.when)[0] <= SOON]
    return known or any(weight(row) >= GRAVE for row in soon)
