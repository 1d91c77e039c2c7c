"""Many workers in a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from chrono.check.named_workers import worker_of
from chrono.check.rule import rule
from chrono.check.view import View, facts
from chrono.check.wording import ask, listed, says
from chrono.model import Entry, Finding, Timeline

MONTH = 30.44


@rule("D10", needs="plain", severity="medium")
def worker_turnover(timeline: Timeline, *, workers: int = 4, months: int = 30) -> Iterator[Finding]:
    """One worker after another, and few handovers recorded or none.

    Finds: `workers` or more workers, numbered in one role or named, in one agency for one child within `months` months,
    none of them working beside the others, and handovers recorded at fewer than half of the changes.
    Why it matters: nobody stays long enough to see a pattern; each begins again.
    Stays silent when: the workers come and go beside each other (duty, cover, several roles); a handover is recorded at
    half of the changes or more.
    """
    view = View.of(timeline)
    for agency, entries in timeline.by_agency():
        turns: dict[tuple[str, str], list[tuple[str, Entry]]] = defaultdict(list)
        for entry in entries:
            worker = worker_of(entry)
            if worker and entry.when.known:
                child = entry.subjects[0] if len(entry.subjects) == 1 else ""
                turns[child, worker.role].append((worker.label, entry))
        for (child, role), rows in sorted(turns.items()):
            firsts = _firsts(rows)
            chosen = _closest(firsts, months)
            handed = sum(row.records("reallocation", "handover") for _, row in rows)
            if len(chosen) >= workers and handed * 2 < len(chosen) - 1 and _in_turn(rows):
                yield _finding(agency, child, role, chosen, handed, view)


def _firsts(rows: list[tuple[str, Entry]]) -> list[Entry]:
    """The first row of each worker."""
    seen: dict[str, Entry] = {}
    for label, row in rows:
        seen.setdefault(label, row)
    return list(seen.values())


def _closest(firsts: list[Entry], months: int) -> list[Entry]:
    """The longest run of first rows that lies within so many months."""
    best: list[Entry] = []
    for start in range(len(firsts)):
        run = [row for row in firsts[start:] if firsts[start].when.days_until(row.when)[0] <= months * MONTH]
        best = max(best, run, key=len)
    return best


def _in_turn(rows: list[tuple[str, Entry]]) -> bool:
    """True if no worker comes back after another took over."""
    order = [label for n, (label, _) in enumerate(rows) if n == 0 or rows[n - 1][0] != label]
    return len(order) == len(set(order))


def _handovers(recorded: int, changes: int) -> str:
    if not recorded:
        return "No row of the agency records a handover between them"
    return f"The agency records {recorded} handover{'s' * (recorded > 1)} at {changes} changes"


def _finding(agency: str, child: str, role: str, chosen: list[Entry], handed: int, view: View) -> Finding:
    timeline = view.timeline
    labels = listed(row.fields["worker"].strip() for row in chosen)
    return Finding(
        f"{timeline.name_of(agency)}: {len(chosen)} workers in turn ({labels})"[:160],
        cites=tuple(row.source for row in chosen),
        explanation=f"The first row of each: {' '.join(says(row) for row in chosen)} "
        f"{_handovers(handed, len(chosen) - 1)} ({role}).",
        settle=ask(timeline, (agency,), "when each worker was allocated, why they changed, and what was handed over"),
        agencies=(agency,),
        subjects=(child,) if child else (),
        period=facts(chosen),
    )
