"""The same words again and again, and no result."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import facts, result
from chrono.check.wording import ask, quoted
from chrono.model import Entry, Finding, Timeline

SHORT = 5
"""Texts of fewer words ('Attended.', 'Held.') are labels; that they repeat means nothing."""
MOST = 25


@rule("D12", needs="reading", severity="low", alone=True)
def repeated_text(timeline: Timeline, *, times: int = 3) -> Iterator[Finding]:
    """Visits or meetings whose record is word for word the same and names no result.

    Finds: `times` or more rows of one agency about one child with the same text of more than a few words, on different days,
    without outcome or decision.
    Why it matters: what the visits were for, and what was seen each time, cannot be made out.
    Stays silent when: each row has an outcome of its own; the text is only a label.
    """
    groups: dict[tuple[str, tuple[str, ...], str], list[Entry]] = defaultdict(list)
    for entry in timeline.dated:
        words = re.findall(r"\w+", entry.text.lower()) if not result(entry) else ()
        if len(words) >= SHORT:
            groups[entry.agency, entry.subjects, " ".join(words)].append(entry)
    for (agency, subjects, _), entries in groups.items():
        if len({entry.when.sort_key for entry in entries}) >= times:
            yield Finding(
                f"{timeline.name_of(agency)}: {len(entries)} rows say the same, without a result",
                cites=tuple(entry.source for entry in entries[:MOST]),
                explanation=f"From {entries[0].when} to {entries[-1].when}, {len(entries)} rows read {quoted(entries[0].text)}. "
                "None names an outcome, a decision or a purpose.",
                settle=ask(timeline, (agency,), "the full notes of these contacts and the plan they served"),
                agencies=(agency,),
                subjects=subjects,
                period=facts(entries),
                column="text",
            )
