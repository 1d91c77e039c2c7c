"""One label of a worker, held by two people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from chrono.check.named_workers import Holder, holders, may_be_one
from chrono.check.rule import rule
from chrono.check.view import facts, subjects_of, unique
from chrono.check.wording import all_say, ask, listed
from chrono.model import Finding, Timeline


@rule("D15", needs="plain", severity="medium")
def one_label_two_names(timeline: Timeline) -> Iterator[Finding]:
    """One label, such as SW2, stands for two people in one agency's return.

    Finds: a role with a number or letter to which one agency's rows give two different names: "SW2 Jane Hill" and "SW2 (Paul
    Dean)".
    Why it matters: what each of the two did, saw and decided cannot be told apart.
    Stays silent when: the names may be one (an initial, a slip, the same forename or surname); the label stands without a
    name; the two labels are those of two agencies.
    """
    for agency, found in sorted(holders(timeline).items()):
        labels: dict[str, list[Holder]] = defaultdict(list)
        for holder in found:
            if holder.is_numbered:
                labels[holder.label.replace(" ", "").casefold()].append(holder)
        for same in labels.values():
            names = _different(holder.name for holder in same)
            if len(names) > 1:
                yield _finding(timeline, agency, same, names)


def _different(names: Iterator[str]) -> list[str]:
    """Names that cannot be one person's."""
    kept: list[str] = []
    for name in names:
        if not any(may_be_one(name, other) for other in kept):
            kept.append(name)
    return kept


def _finding(timeline: Timeline, agency: str, same: list[Holder], names: list[str]) -> Finding:
    rows = unique(holder.entry for holder in same)
    label = same[0].label
    return Finding(
        f"{timeline.name_of(agency)}: {label} is {listed(names)}"[:160],
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} The label {label} stands for {len(names)} people.",
        settle=ask(timeline, (agency,), f"who {label} is in each of these rows"),
        agencies=(agency,),
        subjects=subjects_of(rows),
        period=facts(rows),
    )
