"""Incidents that social care, by the returns, was not told of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from chrono.check import rounds
from chrono.check.notices import about_another, reached, says_told, sent, sharing, warns
from chrono.check.pictures import pictures_in
from chrono.check.rule import rule
from chrono.check.statements import statement
from chrono.check.view import View, facts, told, weight
from chrono.check.wording import all_say, ask, many, named
from chrono.check.words import tells
from chrono.model import Entry, Finding, Timeline, day_after

SENDERS = (
    "police",
    "hospital",
    "school",
    "education",
    "health",
    "gp",
    "ambulance",
    "voluntary",
    "housing",
    "alternative-provision",
)
OF_ADULTS = ("probation", "mental-health", "substance-misuse", "gp", "housing", "domestic-abuse")
"""Services that learn of a danger to a child from or about the adults they see."""
OF_OFFENDERS = ("probation", "prison")
"""Services whose client is the danger: that he is with a child is enough."""
REASONS = frozenset(
    (
        "arrest",
        "charge",
        "missing",
        "assault",
        "stabbing",
        "weapon",
        "injury",
        "sexual-assault",
        "robbery",
        "drugs-offence",
        "domestic-abuse",
        "self-harm",
        "exploitation-concern",
        "gang-concern",
        "threat",
        "neglect-concern",
        "allegation",
        "warning-marker",
        "disclosure",
        "concern-raised",
    )
)
SOON = 3
"""Days within which a row of social care shows that it knew, whatever the sender's column says."""
DAYS_LATE = 7
"""Days after which social care, where its row is of the same event, found out by itself what it was not told."""
ENQUIRIES = ("strategy-discussion", "section-47")
SECOND_HAND = ("letter", "email", "discharge-summary", "notification", "police-notification", "information-sharing")
"""Rows that have their news from another service, whose it is to pass on."""
ROUTINE = ("session", "appointment", "contact", "attendance")
"""Natures of what a service does with people day by day."""
ANSWERS = ("return-interview",)
"""Rows of what is done about an incident that others record."""
ONLY_HURT = {"injury", "self-harm"}
FORTNIGHT = 14
MOST = 20


@rule("M10", needs="typed", severity="medium")
def not_shared_with_hub(timeline: Timeline, *, days: int = 7) -> Iterator[Finding]:
    """Police, a school or a hospital record an incident, and social care has no row about it.

    Finds: rows whose own column or words say that it was not shared, or that a form was not sent; and arrests, injuries,
    weapons, threats, disclosures and the like, and dangers that a service for adults learns of (he is back with the family;
    she fears for the baby; probation finds its client with a child), without a row of social care about the child within
    `days` days, and without a word in the sender's rows that social care was told. One finding for each sender, child and
    kind of proof.
    Why it matters: the hub can only put the pieces together that it is sent.
    Stays silent when: social care has sent no return, or has a row that could be it; the row says it was told; it is an
    accident at play, or the matter is marked as none of safeguarding (n/a); the event comes after the period.
    """
    view = View.of(timeline)
    holders = view.of_kinds("social-care", returned=True)
    said: dict[tuple[str, tuple[str, ...]], list[Entry]] = defaultdict(list)
    silent: dict[tuple[str, tuple[str, ...]], list[Entry]] = defaultdict(list)
    for entry in timeline.entries:
        if (sharing(entry) == "no" and _of_some_matter(entry, view)) or _kept_back(entry, view):
            if not _known_all_the_same(entry, view):
                said[entry.agency, ()].append(entry)
        elif holders and _should_be_shared(entry, view) and not _told(entry, view, days):
            silent[entry.agency, entry.subjects].append(entry)
    for entry in view.telling("asked_to_keep_quiet"):
        if holders and not entry.when.known and _never_told(entry, view):
            silent[entry.agency, entry.subjects].append(entry)
    for (agency, _), rows in said.items():
        yield from _findings(agency, rows, holders, view, by_column=True)
    for (agency, _), rows in silent.items():
        yield from _findings(agency, rows, holders, view, by_column=False)


def _of_some_matter(entry: Entry, view: View) -> bool:
    """False of a routine contact that tells of no worry: nobody would pass it on, whatever its column says."""
    routine = bool(entry.events) and all(event.nature in ROUTINE and not event.weight for event in entry.events)
    if not routine or view.kind(entry.agency) == "police" or rounds.worrying(entry):
        return True
    return any(picture.poor_words(told(entry)) for picture in pictures_in(told(entry)))


def _never_told(entry: Entry, view: View) -> bool:
    """True for a danger that a service was asked to keep to itself, in a row without a date, and that it passed on nowhere."""
    if view.kind(entry.agency) == "social-care" or not (tells("danger_learnt", told(entry)) or warns(told(entry))):
        return False
    return not says_told(entry, "told_social_care")


def _kept_back(entry: Entry, view: View) -> bool:
    """True if the row says in words that something about the child was kept back, or a notice not sent."""
    words = told(entry)
    kept_back = tells("kept_back", words) and not tells("not_kept_back", words)
    if not kept_back and not statement(entry, "notice_word", "not_sent", unless=("not_kept_back",)):
        return False
    return view.kind(entry.agency) != "social-care" and sharing(entry) != "unneeded"


def _known_all_the_same(entry: Entry, view: View) -> bool:
    """True if social care's rows show, whatever the sender's column says, that it knew: by name, or at a joint enquiry.
    A row of theirs that goes with another row of the sender is about that one, and one of weeks later shows that it did not
    know."""
    hub = [row for row in view.timeline.linked(entry) if view.kind(row.agency) == "social-care"]
    if any(entry.when.days_until(row.when)[0] <= DAYS_LATE for row in hub):
        return True
    if not entry.when.known:
        return False
    near = view.everything.about(entry).between(entry.when.earliest, day_after(entry.when.latest, SOON))
    return any(row.records(*ENQUIRIES) or _names_sender(row, entry, view) for row in near)


def _names_sender(row: Entry, entry: Entry, view: View) -> bool:
    named = any(mention.actor == entry.agency for mention in row.mentions)
    return named and view.kind(row.agency) == "social-care" and not about_another(row, entry, view)


def _should_be_shared(entry: Entry, view: View) -> bool:
    if not _is_dangerous(entry, view.kind(entry.agency)) or not entry.when.known:
        return False
    if sharing(entry) == "unneeded" or entry.records(*SECOND_HAND, *ANSWERS):
        return False
    return entry.when.within(*view.timeline.period) is True and _covered(entry, view)


def _is_dangerous(entry: Entry, kind: str) -> bool:
    """True if the row tells of what a service of this kind is to pass on."""
    if kind in OF_ADULTS and tells("danger_learnt", told(entry)):
        return True
    if kind in OF_OFFENDERS and tells("near_a_child", told(entry)):
        return True
    if kind not in SENDERS:
        return False
    if kind not in ("police", "hospital") and warns(told(entry)):
        return True
    reasons = {
        event.type
        for event in entry.events
        if event.type in REASONS and event.status == "occurred" and event.weight >= 2
    }
    return bool(reasons) and not (reasons <= ONLY_HURT and _needs_no_notice(entry, kind))


def _needs_no_notice(entry: Entry, kind: str) -> bool:
    """True of an accident at play that nobody doubts, and of a surgery that sends a child who hurts himself to those who
    treat it."""
    if tells("accident_at_play", told(entry)):
        return not tells("danger", told(entry)) and entry.records("injury")
    return (
        kind == "gp"
        and entry.records("mental-health-referral", "self-harm")
        and tells("some_mental_health", told(entry))
    )


def _covered(entry: Entry, view: View) -> bool:
    return any(view.covers(agency, entry.when) for agency in view.of_kinds("social-care", returned=True))


def _told(entry: Entry, view: View, days: int) -> bool:
    return reached(entry, ("social-care",), view, days) or sent(entry, "told_social_care", view, days)


def _is_grave(rows: list[Entry], view: View) -> bool:
    """True if something serious is among them at a time when social care had no other row about the child, or several are."""
    grave = [row for row in rows if weight(row) >= 3]
    return len(grave) > 1 or any(not _at_work(row, view) for row in grave)


def _at_work(entry: Entry, view: View) -> bool:
    """True if social care has a row about the child soon after, whatever it tells of."""
    rows = view.everything.about(entry).between(entry.when.earliest, day_after(entry.when.latest, FORTNIGHT))
    return any(view.kind(row.agency) == "social-care" for row in rows)


def _findings(
    agency: str, rows: list[Entry], holders: tuple[str, ...], view: View, *, by_column: bool
) -> Iterator[Finding]:
    name = view.timeline.name_of(agency)
    proof = (
        "The return itself says that these were not shared."
        if by_column
        else f"No row of {named(view.timeline, holders, 'or')} within days of them could be about them, and no row "
        f"of {name} says that social care was told."
    )
    for start in range(0, len(rows), MOST):
        part = rows[start : start + MOST]
        yield Finding(
            f"{name}: {many(len(part), 'incident')} that social care has no record of being told",
            cites=tuple(row.source for row in part),
            explanation=f"{all_say(part)} {proof}",
            settle=ask(
                view.timeline,
                dict.fromkeys((agency, *holders)),
                "any notice sent or received about these, with its date",
            ),
            agencies=tuple(dict.fromkeys((agency, *holders))),
            expected_from=holders,
            subjects=view.children(part),
            period=facts(part),
            certainty="definite" if by_column else "possible",
            severity="medium" if by_column or _is_grave(part, view) else "low",
        )
