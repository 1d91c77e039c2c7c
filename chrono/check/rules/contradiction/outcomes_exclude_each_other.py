"""One matter with two outcomes of which only one can be true."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chrono.check.days_named import surely_names_day
from chrono.check.matters import ends_here
from chrono.check.pairs import linked_pairs, near_pairs, nearest
from chrono.check.refusals import BY_THE_FAMILY
from chrono.check.rule import rule
from chrono.check.shared import rare, shared_words
from chrono.check.view import Track, View, facts, told, unique
from chrono.check.wording import all_say, ask, sentence_at
from chrono.check.words import idea, tells
from chrono.model import Entry, Finding, Timeline, day_after

JUSTICE = {
    "caution": ("caution",),
    "conviction": ("conviction", "sentence"),
    "charge": ("charge",),
    "no further action": ("no-further-action",),
}
EXCLUDE = (
    ("caution", "conviction"),
    ("caution", "no further action"),
    ("no further action", "conviction"),
    ("no further action", "charge"),
)
OUT_OF_COURT = {
    "community resolution": "settled_by_resolution",
    "conditional caution": "settled_by_conditional_caution",
    "caution without conditions": "settled_by_caution",
    "reprimand or warning": "settled_by_warning",
}
"""Disposals of which one offence has one -> the idea of decisions.yaml that tells it."""
DECISIONS = {
    "no-further-action": "ended",
    "closed": "ended",
    "no-assessment": "ended",
    "refused": "refused",
    "negative": "refused",
    "accepted": "accepted",
    "assessment": "goes on",
    "section-47": "goes on",
    "conference": "goes on",
    "continues": "goes on",
    "extended": "goes on",
}
ENDINGS = (("assessment-completed",), ("section-47-outcome",), ("early-help-assessment",))
BEGINNINGS = ("assessment-started", "referral", "contact", "section-47", "case-opened")
RESULTS = ("outcome", "action")
ONE_ENDING = 14
"""Most days between two rows that tell the end of one assessment; with a new contact between them it may be another's."""
ENDED = ("closure", "no-further-action")
BEGUN = (
    "single-assessment",
    "assessment-started",
    "assessment",
    "section-47",
    "cin-plan",
    "initial-conference",
    "cp-plan-start",
)
TO_BEGIN = re.compile(
    r"\b(to (?:be )?(?:open\w*|start\w*|beg[iu]n|commence\w*|carried out|undertaken|convened|held)|starts?|started|begins?|begun"
    r"|(?:is |was )?(?:required|needed|recommended|agreed)|meets (?:the )?threshold|sign\w*)\b",
    re.IGNORECASE,
)
"""Beside a kind of work: it is about to begin."""
ASSESSED = ("assessment-started", "assessment-completed", "single-assessment")
JUDGING = ("section-47-outcome", "section-47", "assessment-completed", "single-assessment", "allegation")
EXCLUSION_HEARD = ("governors-review", "exclusion", "exclusion-permanent")
A_QUARTER = 92
REFERRED = ("referral", "contact", "telephone-call", "email", "letter", "notification")
TOLD_WITHIN = 7
"""Days in which the others learn of a decision; later there may have been another."""
SAME_WORDS = 2
ARRANGED = ("meeting", "visit", "appointment", "interview", "assessment")
"""Natures of what two agencies arrange and both record."""
PANELS = ("marac", "mappa", "multi-agency-panel", "channel-panel")
"""A panel closes its own hearing of a case, while those who sat there go on with theirs."""
OPPOSED = ({"ended", "goes on"}, {"refused", "accepted"})


@rule("C04", needs="typed", severity="medium")
def outcomes_exclude_each_other(timeline: Timeline, *, days: int = 60) -> Iterator[Finding]:
    """One matter carries two outcomes that cannot both be true.

    Finds: rows that record one event with opposed outcomes (closed and assess further, refused and accepted), or of which one
    says that it took place and another that it did not; the end of one assessment written twice by one agency within a
    fortnight, with such outcomes; a row of social care that closes and in the same breath begins an assessment or plan, or
    such a plan within a fortnight of the closing; an enquiry of social care that bears an allegation out and an assessment
    soon after that does not; a panel that let an exclusion stand by one row, and put the child back by another's;
    an offence that one agency says ended in a caution and another in a
    conviction, or in another kind of caution or resolution, within `days` days, with the same offence named; a request that
    one agency refused and another, within a week, has as agreed; what social care takes into an assessment, while the one
    who told it is answered within a week that nothing further is done.
    Why it matters: what was decided is the first thing a review must know, and others acted on it.
    Stays silent when: the outcomes can follow one another in time; the rows are about different children or offences; the
    agency also has the other's outcome.
    """
    view = View.of(timeline)
    seen: set[frozenset[str]] = set()
    found = (
        *_decisions(view),
        *_held_or_not(view),
        *_told_of_an_assessment(view),
        *_told_of_no_action(view),
        *_written_twice(view),
        *_ended_and_begun(view),
        *_disposals(view, days),
        *_cautions(view, days),
        *_told_otherwise(view),
        *_assessed_though_closed(view),
        *_borne_out_or_not(view),
        *_upheld_or_not(view),
    )
    for one, other, first, second in found:
        key = frozenset((one.id, other.id))
        if key not in seen:
            seen.add(key)
            yield _finding(one, other, first, second, timeline)


def _decisions(view: View) -> Iterator[tuple[Entry, Entry, str, str]]:
    for _, one, other in linked_pairs(view.timeline):
        for mine in one.events:
            for theirs in other.events:
                kinds = {DECISIONS.get(mine.outcome or ""), DECISIONS.get(theirs.outcome or "")}
                same = mine.type == theirs.type or (mine.family and mine.family == theirs.family)
                if same and kinds in OPPOSED and mine.type not in PANELS:
                    yield one, other, str(mine.outcome), str(theirs.outcome)


def _held_or_not(view: View) -> Iterator[tuple[Entry, Entry, str, str]]:
    """One agency has a meeting, visit or interview of a day as held, the other says that it did not take place."""
    for _, *both in linked_pairs(view.timeline):
        for not_held, held in (both, both[::-1]):
            failed = {event.type for event in not_held.events if event.status == "did-not-happen"}
            took_place = {event.type for event in held.events_of(*failed) if event.nature in ARRANGED}
            denied = held.events_of(*failed, status="did-not-happen")
            if took_place and not denied and not_held.when.may_overlap(held.when) and not _stayed_away(not_held):
                yield held, not_held, "held", "not held"


def _stayed_away(entry: Entry) -> bool:
    """True if the row says only that its own agency was not there."""
    return tells("not_present", told(entry))


def _told_of_an_assessment(view: View) -> Iterator[tuple[Entry, Entry, str, str]]:
    """Social care takes no further action on a referral, and the referrer was told, then or in the week after, that an
    assessment is to start."""
    for _, *both in linked_pairs(view.timeline):
        for ended, other in (both, both[::-1]):
            if _to_come_to_nothing(ended, view) and _awaits_assessment(other):
                yield ended, other, "no further action", "assessment"
    for ended in view.recording("no-further-action"):
        if ended.when.end is None or not _to_come_to_nothing(ended, view) or _begins(ended):
            continue
        referrers = view.named_by(ended)
        later = view.recording(*REFERRED).about(ended).between(ended.when.end, day_after(ended.when.end, TOLD_WITHIN))
        for other in later if not _begun_soon(ended, view) else ():
            hears = any(view.agency_of(mention) == ended.agency for mention in other.mentions)
            if other.agency in referrers and hears and _awaits_assessment(other):
                yield ended, other, "no further action", "assessment"


def _told_of_no_action(view: View) -> Iterator[tuple[Entry, Entry, str, str]]:
    """Social care takes what it was told into an assessment, and the one who told it hears in the days after that nothing
    further is to be done."""
    for taken in view.recording(*REFERRED):
        if view.kind(taken.agency) != "social-care" or taken.when.end is None or not _taken_up(taken):
            continue
        referrers = view.named_by(taken)
        later = view.recording("no-further-action", "referral-decision").about(taken)
        for other in later.between(taken.when.end, day_after(taken.when.end, TOLD_WITHIN)):
            hears = any(view.agency_of(mention) == taken.agency for mention in other.mentions)
            if other.agency in referrers and hears and _hears_of_nothing(other) and not _ended_soon(taken, view):
                yield taken, other, "assessment", "no further action"


def _taken_up(entry: Entry) -> bool:
    """True if the row passes the matter on to an assessment or enquiry, and closes nothing."""
    return _assessed_or_to_be(entry) and not entry.records(*ENDED, status=None)


def _hears_of_nothing(entry: Entry) -> bool:
    """True if the row tells of social care's answer: that the matter is not taken up."""
    answered = tells("answer_came", told(entry)) and tells("matter_not_taken_up", told(entry))
    return answered and not _assessed_or_to_be(entry)


def _assessed_or_to_be(entry: Entry) -> bool:
    """True if the row has an assessment or enquiry begun, or to begin."""
    return any(event.status in ("planned", "occurred") for event in entry.events_of(*BEGUN, status=None))


def _ended_soon(taken: Entry, view: View) -> bool:
    """True if social care closed a matter about the child in the days in which the other heard of it."""
    rows = view.recording(*ENDED).about(taken).between(taken.when.earliest, day_after(taken.when.latest, TOLD_WITHIN))
    return any(row.agency == taken.agency for row in rows)


def _to_come_to_nothing(entry: Entry, view: View) -> bool:
    """True of social care's row of a referral, contact or letter of which nothing further comes."""
    result = any(event.column in RESULTS for event in entry.events_of("no-further-action"))
    came = entry.records("referral", "contact") or (result and entry.records(*REFERRED))
    return came and entry.records("no-further-action") and view.kind(entry.agency) == "social-care"


def _begun_soon(ended: Entry, view: View) -> bool:
    """True if social care took the matter up after all, or had a new contact, in the days in which the referrer heard of it."""
    rows = (
        view.recording(*BEGINNINGS).about(ended).between(ended.when.earliest, day_after(ended.when.latest, TOLD_WITHIN))
    )
    return any(row.id != ended.id and row.agency == ended.agency for row in rows)


def _awaits_assessment(entry: Entry) -> bool:
    to_come = any(event.status == "planned" for event in entry.events_of(*BEGUN, status=None))
    return to_come and not entry.records(*ENDED)


def _written_twice(view: View) -> Iterator[tuple[Entry, Entry, str, str]]:
    """One agency's two rows of one assessment or enquiry that came to an end, a few days apart, with opposed results."""
    for ends in ENDINGS:
        last: dict[tuple[str, tuple[str, ...]], Entry] = {}
        for entry in view.recording(*ends):
            before = last.get((entry.agency, entry.subjects))
            last[entry.agency, entry.subjects] = entry
            if (
                before
                and before.when.days_until(entry.when)[1] <= ONE_ENDING
                and not _begun_between(before, entry, view)
            ):
                first, second = _results(before), _results(entry)
                if first and second and {DECISIONS[first], DECISIONS[second]} in OPPOSED:
                    yield before, entry, first, second


def _ended_and_begun(view: View) -> Iterator[tuple[Entry, Entry, str, str]]:
    """Rows of social care that end a matter and begin work on it: in one row, or one of them within a fortnight."""
    for agency in view.of_kinds("social-care", returned=True):
        for entry in view.agency(agency):
            if not entry.records("contact", "referral", "assessment-completed", "single-assessment") or not _ends(
                entry
            ):
                continue
            if begun := _begins(entry):
                yield entry, entry, "ended", begun
            elif entry.when.end is not None and entry.records("assessment-completed"):
                rows = view.agency(agency).between(day_after(entry.when.end), day_after(entry.when.end, ONE_ENDING))
                later = next(
                    (row for row in rows if view.same_child(row, entry) and _begins(row) and not _ends(row)), None
                )
                if later and not _begun_between(entry, later, view):
                    yield entry, later, "ended", _begins(later)


def _ends(entry: Entry) -> bool:
    """True if the row's result closes the matter, or takes no further action: not what it says of another service."""
    return any(event.status == "occurred" and event.column in RESULTS for event in entry.events_of(*ENDED))


def _begins(entry: Entry) -> str:
    """The work that the row says is about to begin; '' if there is none."""
    for event in entry.events_of(*BEGUN, status=None):
        cell = entry.cell(event.column)
        found = TO_BEGIN.search(sentence_at(cell, max(event.begin, 0)))
        to_come = found is not None and found.group().lower().startswith(("to ", "meets "))
        if found and (event.status in ("planned", "occurred") or (event.status == "referred-to" and to_come)):
            return event.type.replace("-", " ")
    return ""


def _results(entry: Entry) -> str:
    """The row's decision; '' if it has none, or two that are opposed."""
    found = [str(event.outcome) for event in entry.events if event.outcome in DECISIONS]
    return found[0] if len({DECISIONS[each] for each in found}) == 1 else ""


def _begun_between(before: Entry, after: Entry, view: View) -> bool:
    rows = view.recording(*BEGINNINGS).between(before.when.earliest, after.when.latest)
    return any(row.id != before.id and view.same_child(row, before) for row in rows)


def _disposals(view: View, days: int) -> Iterator[tuple[Entry, Entry, str, str]]:
    for first, second in EXCLUDE:
        ones = view.recording(*JUSTICE[first])
        others = view.recording(*JUSTICE[second])
        pairs = (
            (one, other)
            for one, other in near_pairs(view, ones, others, days)
            if (_offences(one) & _offences(other) or rare(shared_words(one, other), view))
            and not one.when.surely_after(other.when)
        )
        for one, other in nearest(pairs):
            if not _knows_both(view, one, other, first, second, days):
                yield one, other, first, second


def _cautions(view: View, days: int) -> Iterator[tuple[Entry, Entry, str, str]]:
    """One offence that two agencies have as settled out of court in different ways, where neither has the other's way too."""
    settled = [(row, ways) for row in view.recording("caution") if (ways := _ways_of_settling(row))]
    rows = [row for row, ways in settled if len(ways) == 1]
    way = {row.id: ways[0] for row, ways in settled}
    near = [pair for pair in near_pairs(view, rows, rows, days) if pair[0].agency < pair[1].agency]
    known = {(row.agency, way) for row, ways in settled for way in ways}
    for one, other in nearest(near):
        first, second = way[one.id], way[other.id]
        knows = (one.agency, second) in known or (other.agency, first) in known
        if (
            first != second
            and not knows
            and (_offences(one) & _offences(other) or rare(shared_words(one, other), view))
        ):
            yield one, other, first, second


def _ways_of_settling(row: Entry) -> list[str]:
    """The kinds of disposal out of court that the row names."""
    return [way for way, idea_of_it in OUT_OF_COURT.items() if tells(idea_of_it, told(row))]


def _told_otherwise(view: View) -> Iterator[tuple[Entry, Entry, str, str]]:
    """A refusal, and within a few days another agency's row that has the same request agreed, in the same rare words."""
    for no in view.telling("refused: refused"):
        if no.when.end is None or BY_THE_FAMILY.search(told(no)):
            continue
        for yes in view.everything.about(no).between(no.when.earliest, day_after(no.when.end, TOLD_WITHIN)):
            if yes.agency == no.agency or not _agreed_only(yes) or _agreed_only(no):
                continue
            words = shared_words(no, yes)
            if len(words) >= SAME_WORDS and rare(words, view):
                yield no, yes, "refused", "agreed"


def _assessed_though_closed(view: View) -> Iterator[tuple[Entry, Entry, str, str]]:
    """An assessment on the contact of a day on which social care closed that contact without one."""
    for later in view.recording(*ASSESSED):
        if later.when.end is None or later.when.start is None:
            continue
        named = {mention.when.start for mention in later.dates if mention.when.is_day and mention.when.start}
        own = view.agency(later.agency).about(later)
        for first in own.between(day_after(later.when.start, -A_QUARTER), later.when.end):
            day = first.when.start
            if day is None or not first.when.is_day or not first.when.surely_before(later.when):
                continue
            if (day in named or surely_names_day(later, day)) and _closed_unassessed(first):
                yield first, later, "no assessment", "assessment"


def _closed_unassessed(first: Entry) -> bool:
    news = first.records("contact", "referral", "police-notification", "notification", status=None)
    return news and (_not_to_be_assessed(first) or first.records("no-further-action"))


def _not_to_be_assessed(entry: Entry) -> bool:
    ended = ends_here(entry) or any(
        event.outcome in ("closed", "no-further-action", "no-assessment")
        for event in entry.events_of("contact", "referral")
    )
    refused = any(
        event.status == "did-not-happen" for event in entry.events_of("single-assessment", "assessment", status=None)
    )
    return ended and (refused or tells("closed_unassessed", told(entry)))


def _upheld_or_not(view: View) -> Iterator[tuple[Entry, Entry, str, str]]:
    """The panel on an exclusion that let it stand by one agency's row, and put the child back by the other's."""
    for _, one, other in linked_pairs(view.timeline):
        if all(row.records(*EXCLUSION_HEARD) for row in (one, other)) and one.agency != other.agency:
            first, second = _upheld(one), _upheld(other)
            if first and second and first != second:
                yield one, other, first, second


def _upheld(entry: Entry) -> str:
    """What a panel did with an exclusion; '' if the row says both or neither."""
    yes = tells("exclusion_stands", told(entry))
    no = tells("exclusion_undone", idea("exclusion_stands").without(told(entry)))
    return "" if yes == no else "upheld" if yes else "not upheld"


def _borne_out_or_not(view: View) -> Iterator[tuple[Entry, Entry, str, str]]:
    """An enquiry that finds an allegation borne out, and a later enquiry or assessment of one agency that has it as not, with
    nothing new between them."""
    judged = Track(row for row in view.rows("borne_out", "not_borne_out") if row.records(*JUDGING))
    for before in judged:
        if before.when.end is None or not before.subjects:
            continue
        for after in judged.about(before).between(before.when.end, day_after(before.when.end, A_QUARTER)):
            if after.agency != before.agency or not before.when.surely_before(after.when):
                continue
            first, second = _borne_out(before), _borne_out(after)
            if first and second and first != second and not _begun_between(before, after, view):
                yield before, after, first, second


def _borne_out(entry: Entry) -> str:
    """What the row finds of an allegation; '' if it says both or neither."""
    no = tells("not_borne_out", told(entry))
    yes = tells("borne_out", idea("not_borne_out").without(told(entry)))
    return "" if yes == no else "substantiated" if yes else "not substantiated"


def _agreed_only(entry: Entry) -> bool:
    return tells("refused: agreed", told(entry)) and not tells("refused: refused", told(entry))


def _knows_both(view: View, one: Entry, other: Entry, first: str, second: str, days: int) -> bool:
    """True if either agency also records the other's outcome near it: then it is a sequence, not a contradiction."""
    mine = near_pairs(view, [other], view.recording(*JUSTICE[second]), days)
    theirs = near_pairs(view, [one], view.recording(*JUSTICE[first]), days)
    return any(row.agency == one.agency for _, row in mine) or any(row.agency == other.agency for _, row in theirs)


def _offences(entry: Entry) -> set[str]:
    named = {found.lower()[:6] for found in idea("offence").findall(told(entry))}
    return named | ({"drugs"} if tells("drug_offence", told(entry)) else set())


def _finding(one: Entry, other: Entry, first: str, second: str, timeline: Timeline) -> Finding:
    mine, theirs = timeline.name_of(one.agency), timeline.name_of(other.agency)
    return Finding(
        f"Two outcomes of one matter: {first.replace('-', ' ')} ({mine}), {second.replace('-', ' ')} ({theirs})",
        cites=(one.source, other.source),
        explanation=f"{all_say(unique((one, other)))} The one outcome leaves no room for the other, and neither row explains it.",
        settle=ask(
            timeline,
            dict.fromkeys((one.agency, other.agency)),
            "the decision itself: its date, who took it, and in what words",
        ),
        agencies=tuple(dict.fromkeys((one.agency, other.agency))),
        subjects=one.subjects or other.subjects,
        period=facts((one, other)),
        certainty="possible",
    )
