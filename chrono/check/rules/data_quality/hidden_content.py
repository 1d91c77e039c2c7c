"""What is in a return and not in plain sight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from chrono.check.rule import rule
from chrono.check.view import by_file, facts, subjects_of
from chrono.check.wording import ask, listed
from chrono.model import Entry, Finding, Timeline

IN_WORDS = {
    "hidden": "a hidden or filtered-out row",
    "struck": "struck-out text",
    "white": "text in white",
    "comment": "a comment",
    "deleted": "text deleted as a tracked change",
    "inserted": "text inserted as a tracked change",
    "error": "an error value",
    "formula": "a formula without a stored value",
}
GRAVE = ("hidden", "struck", "white", "deleted")


@rule("D06", needs="plain", severity="medium")
def hidden_content(timeline: Timeline) -> Iterator[Finding]:
    """A return holds what a reader of it does not see.

    Finds: rows, by file, that are hidden or filtered out, struck out, written in white, deleted as a tracked change, or that
    carry a comment.
    Why it matters: somebody may have meant them not to be sent, or not to be read; the reviewer must decide, not the program.
    Stays silent when: everything is in plain sight.
    """
    for file, entries in by_file(entry for entry in timeline.entries if _kinds(entry)):
        counts = Counter(kind for entry in entries for kind in _kinds(entry))
        agency = entries[0].agency
        parts = [f"{IN_WORDS[kind]} ({count})" for kind, count in counts.items()]
        rows = listed(str(entry.source.row) for entry in entries)
        yield Finding(
            f"{file}: rows with {listed(IN_WORDS[kind] for kind in counts)}"[:160],
            cites=tuple(entry.source for entry in entries),
            explanation=f"{file} holds {listed(parts)}, in rows {rows}. They were read like all others, and are marked.",
            settle=ask(timeline, (agency,), "whether these rows are part of its return"),
            agencies=(agency,),
            subjects=subjects_of(entries),
            period=facts(entries),
            severity="medium" if set(counts) & set(GRAVE) else "low",
        )


def _kinds(entry: Entry) -> tuple[str, ...]:
    kinds = ("hidden",) if entry.hidden else ()
    return tuple(dict.fromkeys((*kinds, *(mark.kind for mark in entry.marks if mark.kind in IN_WORDS))))
