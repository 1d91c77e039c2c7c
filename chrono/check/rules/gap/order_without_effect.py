"""Orders and cautions whose conditions are not met, and nothing changes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from chrono.check import rounds
from chrono.check.rule import rule
from chrono.check.view import Track, View, facts, told, unique
from chrono.check.wording import all_say, ask, named
from chrono.check.words import tells
from chrono.model import Entry, Finding, Severity, Timeline, day_after

MEASURES = ("caution", "order-made", "referral-order", "conviction", "sentence", "offence", "supervision-order")
ORDERS = ("order-made", "referral-order", "sentence", "supervision-order")
KEPT = re.compile(r"kept\??|attended\??|seen\??|appointment kept\??", re.IGNORECASE)
CHANGES = ("breach", "order-extended", "court-hearing", "sentence")
ENFORCERS = ("youth-justice", "probation", "police", "court")
FORBIDS = re.compile(
    r"\b(?:not (?:to )?(?:go|enter|be|attend|contact|approach|associate|come|meet|carry|visit)|barred from|banned from"
    r"|excluded from|prohibited from|must not|exclusion zone)\b(?P<what>[^.;]{0,60})",
    re.IGNORECASE,
)
"""What an order forbids: where it begins to say so, and the words that follow."""
PLACE = re.compile(r"[A-Za-z]{5,}")
NO_PLACE = frozenset(
    (
        "enter",
        "going",
        "contact",
        "approach",
        "associate",
        "attend",
        "within",
        "address",
        "metres",
        "person",
        "persons",
        "months",
        "until",
        "police",
        "court",
        "order",
        "mother",
        "father",
        "school",
        "child",
        "children",
        "unless",
        "named",
        "others",
    )
)
DENIED = re.compile(
    r"\b(?:not (?:seen |been )?(?:in|at|near)|no sign|(?:kept|keeps|keeping|stayed|stays|staying) (?:away|clear|out)"
    r"|nowhere near)\b",
    re.IGNORECASE,
)
A_YEAR = 366
APART = 250
AFTER = 45


@rule("G21", needs="typed", severity="medium")
def order_without_effect(timeline: Timeline, *, times: int = 2, sessions: int = 3) -> Iterator[Finding]:
    """Conditions of orders or cautions are not met again and again, and no row shows a consequence.

    Finds: `times` or more rows of a youth justice or probation service about one child in which an order, caution or its
    sessions are refused, missed or without effect, and no breach, return to court or change after them; or `sessions` or
    more appointments missed while an order runs. Of low severity: rows of any agency that has orders to watch, in which
    what an order, a caution or bail asks for is not done, or what it forbids is, and that are answered with no more than a
    word, a letter or a new date.
    Why it matters: a measure that is not enforced and not changed neither helps nor holds.
    Stays silent when: the work was voluntary; a breach, an arrest for it, a return to court or a change of programme is
    recorded.
    """
    view = View.of(timeline)
    told_of: set[str] = set()
    for agency in view.of_kinds("youth-justice", "probation", returned=True):
        groups: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
        for entry in view.agency(agency):
            if _without_effect(entry):
                groups[entry.subjects].append(entry)
        for run in _missed_under_orders(view.agency(agency), sessions):
            groups[("", *run[0].subjects)].extend(run)
        for rows in groups.values():
            after = view.agency(agency).between(rows[-1].when.earliest, rows[-1].when.latest)
            if len(rows) >= times and not any(
                row.records(*CHANGES) and not _missed(row) and view.same_child(row, rows[0])
                for row in after
                if row not in rows
            ):
                told_of.update(row.id for row in rows)
                yield _finding((agency,), rows, timeline)
    for agencies, rows in _not_kept(view, times):
        if len(rows) >= times and not told_of.issuperset(row.id for row in rows):
            told_of.update(row.id for row in rows)
            yield _finding(agencies, rows, timeline, "low")


def _not_kept(view: View, enough: int) -> Iterator[tuple[tuple[str, ...], list[Entry]]]:
    """Runs of rows in which an order is not kept, while no consequence is recorded: of one agency, or of all together."""
    orders = view.track("orders told", lambda: view.telling("order_made"))
    ignored = [row for row in view.everything if _ignored(row) and _under_an_order(row, orders, view)] if orders else []
    ignored = sorted(unique((*ignored, *_where_forbidden(orders, view))), key=lambda row: row.when.sort_key)
    own = [rows for id_ in sorted(view.timeline.returned) for rows in _by_child(r for r in ignored if r.agency == id_)]
    for rows in (*own, *_by_child(ignored)):
        for run in rounds.near_each_other(rows, APART):
            soft = sum(tells("soft_answer", told(row)) for row in run)
            if (soft * 2 >= len(run) or len(run) > enough) and not _enforced(run, view):
                yield tuple(dict.fromkeys(row.agency for row in run)), run


def _where_forbidden(orders: Track, view: View) -> Iterator[Entry]:
    """Rows of the year after an order that have the child at the very place, or with the very person, that it forbids, and
    are answered with no more than words."""
    for order in orders:
        found = FORBIDS.search(told(order))
        words = {one.lower() for one in PLACE.findall(found["what"])} - NO_PLACE if found else set()
        for row in _answered_softly(order, view) if words else ():
            said = set(PLACE.findall(told(row).lower()))
            if said & words and not rounds.affirms("enforced", told(row)) and not DENIED.search(told(row)):
                yield row


def _answered_softly(order: Entry, view: View) -> list[Entry]:
    days = day_after(order.when.latest), day_after(order.when.latest, A_YEAR)
    rows = view.track("soft answers", lambda: view.telling("soft_answer")).about(order).between(*days)
    return [row for row in rows if view.kind(row.agency) in (*ENFORCERS, "housing")]


def _by_child(rows: Iterable[Entry]) -> Iterator[list[Entry]]:
    for _, _, found in rounds.of_children("", rows):
        yield found


def _ignored(entry: Entry) -> bool:
    """True if a row tells that somebody did not do what was asked, or did what was forbidden, or came to notice again."""
    words = told(entry)
    if tells("voluntary", words) or rounds.affirms("enforced", words):
        return False
    return tells("not_kept", words) or entry.records("did-not-attend", "breach")


def _under_an_order(entry: Entry, orders: Track, view: View) -> bool:
    """True if the row names an order, or is of an agency that watches over orders, of which one was told in the year before."""
    if tells("order_made", told(entry)):
        return True
    if view.kind(entry.agency) not in ENFORCERS:
        return False
    return bool(orders.about(entry).between(day_after(entry.when.earliest, -A_YEAR), entry.when.latest))


def _enforced(run: list[Entry], view: View) -> bool:
    between = view.everything.about(run[0]).between(run[0].when.earliest, day_after(run[-1].when.latest, AFTER))
    return any(rounds.affirms("enforced", told(row)) for row in between)


def _without_effect(entry: Entry) -> bool:
    words = told(entry)
    measure = entry.records(*MEASURES, status=None) or "supervision" in words.lower()
    return measure and tells("no_effect", words) and "voluntary" not in words.lower() and not entry.records("breach")


def _missed(entry: Entry) -> bool:
    """True if an appointment of the service was missed, by the words or by a column of what was kept."""
    kept = next((cell for name, cell in entry.fields.items() if KEPT.fullmatch(name.strip())), "")
    no = kept.strip().lower() in ("n", "no", "dna", "missed")
    spoken = entry.records("session", "appointment", "visit", "did-not-attend", status=None)
    words = " · ".join((entry.text, *entry.fields.values()))
    return no or entry.records("did-not-attend") or (spoken and tells("refused_help", words))


def _missed_under_orders(rows: Iterable[Entry], sessions: int) -> Iterator[list[Entry]]:
    """The missed appointments between the making of an order and its end or a breach, if there are so many."""
    run: list[Entry] | None = None
    for entry in rows:
        if entry.records(*ORDERS):
            yield from ([run] if run and len(run) >= sessions else [])
            run = []
        elif run is not None and entry.records("order-ended", "breach", "order-extended"):
            yield from ([run] if len(run) >= sessions and not entry.records("breach") else [])
            run = None
        elif run is not None and _missed(entry) and not _without_effect(entry):
            run.append(entry)
    if run and len(run) >= sessions:
        yield run


def _finding(
    agencies: tuple[str, ...], rows: list[Entry], timeline: Timeline, severity: Severity | None = None
) -> Finding:
    return Finding(
        f"{named(timeline, agencies)}: {len(rows)} times a measure was not taken up or had no effect, and no "
        f"consequence is recorded",
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} No row shows a breach, a return to court or another programme.",
        settle=ask(timeline, agencies, "what was decided each time, and whether the court or police were told"),
        agencies=agencies,
        subjects=rows[0].subjects,
        period=facts(rows),
        severity=severity,
        certainty="possible",
    )
