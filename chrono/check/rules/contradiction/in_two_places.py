"""Records that put the child in two places at once."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import View, facts
from chrono.check.wording import ask, says
from chrono.model import Entry, Episode, Finding, Timeline

AWAY = {"missing": "missing", "custody": "in custody", "hospital": "in hospital"}
PRESENT = (
    "attended",
    "session",
    "home-visit",
    "visit",
    "statutory-visit",
    "child-seen",
    "attendance",
    "school-routine",
)


@rule("C06", needs="typed", severity="medium")
def in_two_places(timeline: Timeline) -> Iterator[Finding]:
    """The child attends somewhere, or is seen at home, on a day on which another agency has the child missing or held.

    Finds: a row that says the child attended or was seen on a day that lies surely inside an episode of being missing, in
    custody or in hospital, according to another agency.
    Why it matters: either the episode's dates or the attendance record is wrong.
    Stays silent when: the day is the first or last of the episode; the end of the episode is not recorded; the visit was
    paid to the place where the child was.
    """
    view = View.of(timeline)
    for episode in timeline.episodes:
        if episode.kind in AWAY and episode.end.end and episode.start.end and episode.opened:
            for entry in _seen_meanwhile(episode, view):
                yield _finding(episode, entry, timeline)


def _seen_meanwhile(episode: Episode, view: View) -> Iterator[Entry]:
    first, last = episode.start.latest, episode.end.earliest
    for entry in view.recording(*PRESENT).of_children((episode.subject,)).between(first, last):
        inside = entry.when.surely_after(episode.start) and entry.when.surely_before(episode.end)
        about = episode.subject in entry.subjects
        if inside and about and entry.agency != episode.agency and not _there(entry, episode):
            yield entry


def _there(entry: Entry, episode: Episode) -> bool:
    """True if the row itself says that it took place where the child was held, or that the child was not there."""
    words = {"custody": ("custody", "cell", "station", "secure", "prison"), "hospital": ("hospital", "ward", "bed")}
    text = entry.all_text.lower()
    if entry.records("exclusion", "exclusion-fixed", "exclusion-permanent", "off-roll", "truancy"):
        return True  # the school writes of a child who is not to come
    return any(word in text for word in words.get(episode.kind, ("missing", "not seen", "not there", "not at home")))


def _finding(episode: Episode, entry: Entry, timeline: Timeline) -> Finding:
    ends = [timeline.by_id[id_] for id_ in (episode.opened, episode.closed) if id_]
    name = timeline.name_of(episode.agency)
    return Finding(
        f"{timeline.name_of(entry.agency)} has the child present on {entry.when}; {name} has them {AWAY[episode.kind]}",
        cites=(entry.source, *(end.source for end in ends)),
        explanation=f"{says(entry)} By the rows of {name} the child was {AWAY[episode.kind]} from {episode.start} to "
        f"{episode.end}: {' '.join(says(end) for end in ends)}",
        settle=ask(timeline, (entry.agency, episode.agency), "the register or log of that day"),
        agencies=(entry.agency, episode.agency),
        subjects=(episode.subject,),
        period=facts((entry, *ends)),
        certainty="definite" if entry.when.is_day and episode.start.is_day and episode.end.is_day else "possible",
    )
