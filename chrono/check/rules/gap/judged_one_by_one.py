"""Contacts that each fall below the threshold, and are never added up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from chrono.check import rounds
from chrono.check.rule import rule
from chrono.check.view import View, facts, told, unique
from chrono.check.wording import all_say, ask
from chrono.check.words import tells
from chrono.model import Entry, Finding, Severity, Timeline, day_after

SEE_THE_HURT = ("hospital", "ambulance")
HARM_WITHIN = 120
APART = 150
"""Days between two of several small answers: what lies further apart is hardly one series."""
SHORT = 8
"""Rows: in a series up to this length those without an answer are shown with those that were answered with little."""
ASSESSED = ("assessment-completed", "single-assessment")
ADDED_UP = (
    *ASSESSED,
    "strategy-discussion",
    "professionals-meeting",
    "referral",
    "early-help-referral",
    "initial-conference",
)


@rule("G18", needs="reading", severity="medium")
def judged_one_by_one(timeline: Timeline, *, times: int = 3, others: int = 4) -> Iterator[Finding]:
    """Several incidents, referrals or contacts about one child were each found not serious enough.

    Finds: `times` or more referrals or contacts of one service about one child that ended in advice, no assessment or no
    further action, with no row that looks at them together; two referrals that were turned down suffice where something
    serious followed within four months. Of low severity: `times` or more rows of any agency in which a worry was answered
    with a note, a word or a look; `others` or more of several agencies, or of a hospital to which a child came hurt.
    Why it matters: what is slight by itself may be grave as a series.
    Stays silent when: an assessment or a referral lies between them; a row names the pattern or the history.
    """
    view = View.of(timeline)
    told_of: set[str] = set()
    little = view.telling("below_threshold", "low_level", "turned_down")
    for agency, runs in _by_agency(rounds.ended(view, filter(rounds.below_threshold, little)), view):
        for run in _of_one_family(runs):
            few = len(run) < times and not _turned_down_before_harm(run, view)
            if not few and not _taken_together(run) and not told_of.issuperset(row.id for row in run):
                told_of |= {row.id for row in run}
                yield _finding(timeline, (agency,), view.children(run), run, None)
    single: set[str] = set()
    sent_home = _sent_home(view)
    ids = {row.id for row in sent_home}
    worries = sorted(unique((*rounds.worries(view), *sent_home)), key=lambda row: row.when.sort_key)
    unanswered = [row for row in worries if not row.records(*ADDED_UP)]
    for agency, child, rows in rounds.with_any(view, unanswered):
        for run in _series(rows, view):
            slight = [row for row in run if rounds.slight(row) or row.id in ids]
            chosen = run if len(run) <= SHORT and len(slight) * 2 >= len(run) else slight
            least = others if ids.issuperset(row.id for row in chosen) else times
            if len(chosen) >= least and len(slight) > 1 and not told_of.issuperset(row.id for row in chosen):
                single.update(row.id for row in chosen)
                yield _finding(timeline, (agency,), (child,) if child else (), chosen, "low")
    everybody = [row for row in unanswered if rounds.slight(row) and row.id not in told_of | single]
    for _, child, rows in rounds.of_children("", everybody):
        for run in _series(rows, view):
            if len(run) >= others:
                yield _finding(
                    timeline, tuple(dict.fromkeys(row.agency for row in run)), (child,) if child else (), run, "low"
                )


def _sent_home(view: View) -> list[Entry]:
    """The dated rows of hospitals and crews in which a child came hurt and was sent home as after an accident."""
    hurt = {row.id for row in view.telling("came_hurt")}
    rows = view.telling("sent_home_as_accident")
    return [row for row in rows if row.id in hurt and row.when.known and view.kind(row.agency) in SEE_THE_HURT]


def _by_agency(found: Iterable[tuple[str, str, list[Entry]]], view: View) -> Iterator[tuple[str, list[list[Entry]]]]:
    """The runs of each agency about its children, between which nobody assessed them."""
    runs: dict[str, list[list[Entry]]] = defaultdict(list)
    for agency, _, rows in found:
        runs[agency] += _unassessed(rows, view)
    yield from runs.items()


def _of_one_family(runs: Iterable[list[Entry]]) -> list[list[Entry]]:
    """The longest first, so that a series is told once; runs about brothers and sisters that share half of their rows are one."""
    joined: list[list[Entry]] = []
    for run in sorted(runs, key=len, reverse=True):
        ids = {row.id for row in run}
        same = next((one for one in joined if len(ids & {row.id for row in one}) * 2 >= len(run)), None)
        if same is None:
            joined.append(run)
        else:
            same[:] = sorted(unique([*same, *run]), key=lambda row: row.when.sort_key)
    return joined


def _series(rows: list[Entry], view: View) -> Iterator[list[Entry]]:
    """Runs of small answers that nobody added up in between."""
    for near in rounds.near_each_other(rows, APART):
        for run in _unassessed(near, view):
            if not _added_up(run, view):
                yield run


def _added_up(run: list[Entry], view: View) -> bool:
    own = {row.agency for row in run}
    adding_up = view.track(
        "adding up", lambda: [*view.telling("taken_together"), *view.timeline.recording(*ADDED_UP[1:])]
    )
    between = adding_up.about(run[0]).between(run[0].when.earliest, run[-1].when.latest)
    return any(row.agency in own for row in between)


def _taken_together(rows: list[Entry]) -> bool:
    return any(tells("taken_together", told(row)) for row in rows)


def _turned_down_before_harm(rows: list[Entry], view: View) -> bool:
    """True if a service turned down two or more referrals of its own accord and something serious followed within months."""
    if len(rows) < 2 or not all(rounds.turned_down(row) for row in rows):
        return False
    last = rows[-1].when.latest
    after = view.serious.about(rows[-1]).between(day_after(last), day_after(last, HARM_WITHIN))
    return any(row.when.surely_after(rows[-1].when) for row in after)


def _unassessed(rows: list[Entry], view: View) -> Iterator[list[Entry]]:
    """The rows in runs between which the same service assessed the child."""
    run: list[Entry] = []
    for row in rows:
        if run:
            assessed = view.recording(*ASSESSED).between(run[-1].when.earliest, row.when.latest)
            if any(view.same_child(one, row) and one.agency == row.agency for one in assessed):
                yield run
                run = []
        run.append(row)
    yield run


def _finding(
    timeline: Timeline,
    agencies: tuple[str, ...],
    children: tuple[str, ...],
    rows: list[Entry],
    severity: Severity | None,
) -> Finding:
    who = timeline.name_of(agencies[0]) if len(agencies) == 1 else f"{len(agencies)} agencies"
    what = "worries were each answered by themselves" if severity else "referrals or contacts each below the threshold"
    title = f"{who}: {len(rows)} {what}" if severity else f"{who} found {len(rows)} {what}"
    return Finding(
        title,
        cites=tuple(row.source for row in rows),
        explanation=f"{all_say(rows)} No row between them considers them together.",
        settle=ask(
            timeline, agencies, "whether the earlier contacts were looked at each time, and any chronology made then"
        ),
        agencies=agencies,
        subjects=children,
        period=facts(rows),
        severity=severity,
        certainty="possible",
    )
