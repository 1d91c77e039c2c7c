"""Many workers in a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from chrono.check.named_workers import BY_POST, WITHOUT_POST, told_workers, worker_of, written_small
from chrono.check.rule import rule
from chrono.check.view import Track, View, by_file, facts, told
from chrono.check.wording import all_say, ask, listed, says
from chrono.check.words import tells
from chrono.model import Agency, Entry, Finding, Subject, Timeline

MONTH = 30.44
MONTHS_OF_FEW = 9
OF_ANY_ROLE = "each by name"


@rule("D10", needs="plain", severity="medium")
def worker_turnover(timeline: Timeline, *, workers: int = 4, months: int = 30) -> Iterator[Finding]:
    """One worker after another, and few handovers recorded or none.

    Finds: `workers` or more workers, numbered in one role or named, in one agency for one child within `months` months,
    none of them working beside the others, and handovers recorded at fewer than half of the changes.
    Of low severity: one social worker fewer within `MONTHS_OF_FEW` months; the same of workers whom the text names by
    post and number or by name, where at half of the changes or more the row says that somebody is new or takes over;
    one row less than `workers` that each tell of a change of worker; and a row that counts them ("the fifth social
    worker this year").
    Why it matters: nobody stays long enough to see a pattern; each begins again.
    Stays silent when: the workers come and go beside each other (duty, cover, several roles); a handover is recorded at
    half of the changes or more.
    """
    view = View.of(timeline)
    changing = {entry.id for entry in Track(view.telling("changes_worker"))}
    shown: set[str] = set()
    for agency, entries in timeline.by_agency():
        turns: dict[tuple[str, str], list[tuple[str, Entry]]] = defaultdict(list)
        for entry in entries:
            worker = worker_of(entry)
            if worker and entry.when.known:
                child = entry.subjects[0] if len(entry.subjects) == 1 else ""
                turns[child, worker.role].append((worker.label, entry))
        for (child, role), rows in sorted(_of_the_family(turns).items()):
            firsts = _firsts(rows)
            chosen = _closest(firsts, months)
            handed = sum(row.records("reallocation", "handover") for _, row in rows)
            if len(chosen) >= workers and handed * 2 < len(chosen) - 1 and _in_turn(rows):
                shown.add(agency)
                yield _finding(agency, child, role, chosen, handed, _changes(chosen, entries, changing), view)
            elif view.kind(agency) == "social-care" and agency not in shown and _in_turn(rows):
                few = _closest(firsts, MONTHS_OF_FEW)
                if len(few) == workers - 1 and handed * 2 < len(few) - 1:
                    shown.add(agency)
                    changes = _changes(few, entries, changing)
                    yield replace(_finding(agency, child, role, few, handed, changes, view), severity="low")
    no_names = _no_names(timeline)
    naming: dict[str, list[Entry]] = defaultdict(list)
    for row in view.telling(BY_POST, *WITHOUT_POST):
        naming[row.agency].append(row)
    for agency, entries in timeline.by_agency():
        for role, rows in _told_of(naming[agency], no_names).items() if agency not in shown else ():
            chosen = _closest(_firsts(rows), months)
            new = sum(tells("takes_over", told(row)) or tells("works_for_child", told(row)) for row in chosen)
            if len(chosen) >= workers and _in_turn(rows) and new * 2 >= len(chosen) and agency not in shown:
                shown.add(agency)
                yield _told_finding(agency, role, chosen, view)
        chosen = _closest([row for row in entries if row.id in changing], months)
        if agency not in shown and len(chosen) >= workers - 1:
            yield _told_finding(agency, "one change after another", chosen, view)
    for _, same_file in by_file(view.telling("many_workers_told")):
        yield _counted_finding(same_file, view)


def _of_the_family(
    turns: dict[tuple[str, str], list[tuple[str, Entry]]],
) -> dict[tuple[str, str], list[tuple[str, Entry]]]:
    """The same, where the workers of one child are also those of all: what they did for one counts with the rest."""
    joined: dict[tuple[str, str], list[tuple[str, Entry]]] = defaultdict(list)
    for (child, role), rows in turns.items():
        of_all = {label for label, _ in turns.get(("", role), ())}
        together = len({label for label, _ in rows} & of_all) > 1
        joined["" if together else child, role] += rows
    return {key: sorted(rows, key=lambda each: each[1].when.sort_key) for key, rows in joined.items()}


def _told_of(entries: Sequence[Entry], no_names: frozenset[str]) -> dict[str, list[tuple[str, Entry]]]:
    """By role, the rows whose text names a worker, other than one on duty or in place of another; whoever is new there goes
    before whoever was known."""
    turns: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
    for entry in entries:
        if not entry.when.known or tells("stands_in", told(entry)):
            continue
        found: dict[str, list[str]] = defaultdict(list)
        for worker in told_workers(entry, no_names):
            found[worker.role].append(worker.label)
        if found:
            found[OF_ANY_ROLE] = [label for labels in list(found.values()) for label in labels]
        for role, labels in found.items():
            known = {label for label, _ in turns[role]}
            turns[role].append((next((label for label in labels if label not in known), labels[0]), entry))
    return turns


def _no_names(timeline: Timeline) -> frozenset[str]:
    """Words that are no worker's name: those of the case, and those that the returns also write small."""
    case = timeline.case
    of_the_case: tuple[Subject | Agency, ...] = (*case.subjects, *case.agencies)
    named = [name for one in of_the_case for name in (one.name, *one.aliases)]
    return frozenset(word.casefold() for name in named for word in name.split()) | written_small(View.of(timeline))


def _told_finding(agency: str, role: str, chosen: list[Entry], view: View) -> Finding:
    return Finding(
        f"{view.timeline.name_of(agency)}: {len(chosen)} workers in turn, as its rows tell",
        cites=tuple(row.source for row in chosen),
        explanation=f"The first row of each ({role}): {' '.join(says(row) for row in chosen)}",
        settle=ask(
            view.timeline, (agency,), "when each worker was allocated, why they changed, and what was handed over"
        ),
        agencies=(agency,),
        subjects=view.children(chosen),
        period=facts(chosen),
        severity="low",
    )


def _counted_finding(rows: list[Entry], view: View) -> Finding:
    return Finding(
        f"{rows[0].source.file}: a row tells of many workers, one after another",
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} Which workers these were, and from when to when, the row does not say.",
        settle=ask(
            view.timeline, (rows[0].agency,), "whose workers are meant; and their service for when each was allocated"
        ),
        agencies=(rows[0].agency,),
        subjects=view.children(rows),
        period=facts(rows),
        severity="low",
    )


def _firsts(rows: list[tuple[str, Entry]]) -> list[Entry]:
    """The first row of each worker: one of weeks or months ('April and May') gives way to one of a day within them."""
    seen: dict[str, Entry] = {}
    for label, row in rows:
        first = seen.setdefault(label, row)
        if row.when.is_day and not first.when.is_day and row.when.earliest <= first.when.latest:
            seen[label] = row
    return list(seen.values())


def _closest(firsts: list[Entry], months: int) -> list[Entry]:
    """The longest run of first rows that lies within so many months."""
    best: list[Entry] = []
    for start in range(len(firsts)):
        run = [row for row in firsts[start:] if firsts[start].when.days_until(row.when)[0] <= months * MONTH]
        best = max(best, run, key=len)
    return best


def _changes(chosen: Sequence[Entry], entries: Sequence[Entry], changing: Container[str]) -> list[Entry]:
    """The agency's rows that tell of a change of worker between the first rows of the workers."""
    first, last = facts(chosen)
    return [row for row in entries if row.id in changing and row not in chosen and row.when.within(first, last)]


def _in_turn(rows: list[tuple[str, Entry]]) -> bool:
    """True if no worker comes back after another took over."""
    order = [label for n, (label, _) in enumerate(rows) if n == 0 or rows[n - 1][0] != label]
    return len(order) == len(set(order))


def _of_changes(changes: Sequence[Entry]) -> str:
    return f"Of the changes: {all_say(changes)} " if changes else ""


def _handovers(recorded: int, changes: int) -> str:
    if not recorded:
        return "No row of the agency records a handover between them"
    return f"The agency records {recorded} handover{'s' * (recorded > 1)} at {changes} changes"


def _finding(
    agency: str, child: str, role: str, chosen: list[Entry], handed: int, changes: list[Entry], view: View
) -> Finding:
    timeline = view.timeline
    labels = listed(row.fields["worker"].strip() for row in chosen)
    return Finding(
        f"{timeline.name_of(agency)}: {len(chosen)} workers in turn ({labels})"[:160],
        cites=tuple(row.source for row in (*chosen, *changes)),
        explanation=f"The first row of each: {' '.join(says(row) for row in chosen)} "
        f"{_of_changes(changes)}"
        f"{_handovers(handed, len(chosen) - 1)} ({role}).",
        settle=ask(timeline, (agency,), "when each worker was allocated, why they changed, and what was handed over"),
        agencies=(agency,),
        subjects=(child,) if child else (),
        period=facts(chosen),
    )
