"""One entry or one finding in full, as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from chrono.model import Entry, Event, Finding, Review, Timeline
from chrono.report.text import clean


def entry_in_full(review: Review, entry: Entry) -> str:
    """Where it stands, what was written, what it was taken to mean, and why it is linked to others."""
    return clean("\n".join(_entry_lines(review, entry)))


def finding_in_full(review: Review, finding: Finding) -> str:
    """What was found, how it was worked out, the rows it rests on, and what would settle it."""
    return clean("\n".join(_finding_lines(review, finding)))


def _entry_lines(review: Review, entry: Entry) -> Iterator[str]:
    timeline = review.timeline
    yield f"{entry.id}  {timeline.name_of(entry.agency)}, {entry.source}"
    yield f"  Date       {entry.when.text or '(none written)'} - read as {entry.when} ({entry.when.status})"
    yield from (f"             {note}" for note in entry.when.notes)
    if entry.recorded:
        yield f"  Recorded   {entry.recorded}"
    yield f"  Text       {entry.text}"
    yield from (f"  {name[:10]:10} {cell}" for name, cell in entry.fields.items() if cell)
    yield from (f"  Event      {_event(timeline, event)}" for event in entry.events)
    if entry.subjects:
        yield f"  About      {', '.join(timeline.name_of(id_) for id_ in entry.subjects)}"
    for link in timeline.links_of(entry):
        others = ", ".join(str(timeline.by_id[id_].source) for id_ in link.entries if id_ != entry.id)
        yield f"  Linked     {others} (confidence {link.confidence:.0%})"
        yield from (f"             {reason.weight:+5.1f}  {reason.text}" for reason in link.reasons)
    yield from (
        f"  Finding    {finding.id} {finding.severity}: {finding.title}"
        for finding in review.findings
        if entry.source in finding.cites
    )


def _event(timeline: Timeline, event: Event) -> str:
    parts = [event.type.replace("-", " "), event.status.replace("-", " ")]
    parts += [f"dated {event.when}"] if event.when else []
    parts += [f"outcome {event.outcome}"] if event.outcome else []
    parts += [f"to {timeline.name_of(event.to_agency)}"] if event.to_agency else []
    return ", ".join(parts) + (f' ("{event.words}")' if event.words else "")


def _finding_lines(review: Review, finding: Finding) -> Iterator[str]:
    timeline = review.timeline
    yield f"{finding.id}  {finding.severity} {finding.category}, {finding.certainty} ({finding.rule})"
    yield finding.title
    yield ""
    yield finding.explanation
    if finding.settle:
        yield f"To settle it: {finding.settle}"
    if finding.basis:
        yield f"Basis: {finding.basis}"
    for source in finding.cites:
        entry = timeline.by_source.get(source)
        yield f"  {source}" + (f": {entry.when}: {entry.text}" if entry else "")
