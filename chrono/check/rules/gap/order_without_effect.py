"""Orders and cautions whose conditions are not met, and nothing changes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from chrono.check.rule import rule
from chrono.check.view import View, facts, told
from chrono.check.wording import all_say, ask
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline

MEASURES = ("caution", "order-made", "referral-order", "conviction", "sentence", "offence", "supervision-order")
ORDERS = ("order-made", "referral-order", "sentence", "supervision-order")
KEPT = re.compile(r"kept\??|attended\??|seen\??|appointment kept\??", re.IGNORECASE)
CHANGES = ("breach", "order-extended", "court-hearing", "sentence")


@rule("G21", needs="typed", severity="medium")
def order_without_effect(timeline: Timeline, *, times: int = 2, sessions: int = 3) -> Iterator[Finding]:
    """Conditions of orders or cautions are not met again and again, and no row shows a consequence.

    Finds: `times` or more rows of a youth justice or probation service about one child in which an order, caution or its
    sessions are refused, missed or without effect, and no breach, return to court or change after them; or `sessions` or
    more appointments missed while an order runs.
    Why it matters: a measure that is not enforced and not changed neither helps nor holds.
    Stays silent when: the work was voluntary; a breach or return to court is recorded.
    """
    view = View.of(timeline)
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
                yield _finding(agency, rows, timeline)


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


def _finding(agency: str, rows: list[Entry], timeline: Timeline) -> Finding:
    return Finding(
        f"{timeline.name_of(agency)}: {len(rows)} times a measure was not taken up or had no effect, and no "
        f"consequence is recorded",
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} No row shows a breach, a return to court or another programme.",
        settle=ask(timeline, (agency,), "what was decided each time, and whether the court or police were told"),
        agencies=(agency,),
        subjects=rows[0].subjects,
        period=facts(rows),
        certainty="possible",
    )
