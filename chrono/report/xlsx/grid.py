"""The sheet Grid: agency by month, with counts and key events, as a published review's summary timeline."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from chrono.model import Entry
from chrono.report.grid import Grid, grid
from chrono.report.lines import names
from chrono.report.text import counted, one_line, short
from chrono.report.writer import Report
from chrono.report.xlsx.book import Book, Cell, Styled
from chrono.report.xlsx.colours import colours

WEIGHTY = 2
"""Events from this weight on are named in the grid: a concern, a formal step, or worse."""
MOST_NAMED = 4
HEAD_ROW = 3
QUIET = "#F3F4F6"
WIDE, NARROW = 26, 13
A3 = 8


def put_grid(book: Book, report: Report) -> None:
    """One line for each agency, one column for each month; a cell that is grey and empty is a month without entries."""
    timeline = report.review.timeline
    table, name, tints = grid(timeline), names(timeline), colours(timeline)
    sheet = book.sheet("Grid")
    sheet.set_paper(A3)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, "Agency by month", book.format("title"))
    sheet.write_string(
        1,
        0,
        "In each cell: how many entries, then the episodes you marked and the weightiest events.",
        book.format("told"),
    )
    sheet.write_string(
        2, 0, "An entry dated no closer than a month or more stands under 'No one month'.", book.format("told")
    )
    sheet.set_column(0, 0, WIDE)
    sheet.set_column(1, len(table.months) + 2, NARROW)
    headers = ["Agency", *(f"{month:%b %Y}" for month in table.months), "No one month", "All"]
    for place, header in enumerate(headers):
        sheet.write_string(HEAD_ROW, place, header, book.format("head"))
    episodes = key_episodes(report)
    for row, agency in enumerate(table.agencies, start=HEAD_ROW + 1):
        book.line(sheet, row, _row(table, agency, Styled(name(agency), "strong", tints.get(agency, QUIET)), episodes))
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    sheet.repeat_rows(HEAD_ROW)
    sheet.repeat_columns(0)
    sheet.fit_to_pages(0, 1)
    sheet.print_across()


def _row(table: Grid, agency: str, head: Cell, episodes: Mapping[str, str]) -> Iterator[tuple[Cell, str, float]]:
    yield head, "strong", WIDE
    whole = {entry.id for entry in table.unplaced.get(agency, ())}
    for month in table.months:
        entries = table.entries(agency, month)
        whole |= {entry.id for entry in entries}
        text = in_words(entries, episodes)
        yield Styled(text, "text", "" if text else QUIET), "text", NARROW
    yield in_words(table.unplaced.get(agency, ()), episodes), "text", NARROW
    yield len(whole), "count", NARROW


def in_words(entries: Sequence[Entry], episodes: Mapping[str, str]) -> str:
    """'3 entries', the key episodes marked, and the weightiest kinds of event with their counts."""
    if not entries:
        return ""
    marked = [f"★ {short(one_line(episodes[entry.id]), 60)}" for entry in entries if entry.id in episodes]
    return "\n".join((counted(len(entries), "entry", "entries"), *marked, *_events(entries)))


def _events(entries: Sequence[Entry]) -> list[str]:
    """The kinds of event that took place, the weightiest first, then the most frequent."""
    weights: dict[str, int] = defaultdict(int)
    counts: Counter[str] = Counter()
    for entry in entries:
        happened = {event.type: event.weight for event in entry.events if event.status == "occurred"}
        counts.update(happened)
        for kind, weight in happened.items():
            weights[kind] = max(weights[kind], weight)
    weighty = sorted(
        (kind for kind in counts if weights[kind] >= WEIGHTY), key=lambda kind: (-weights[kind], -counts[kind], kind)
    )
    named = [kind.replace("-", " ") + (f" ×{counts[kind]}" if counts[kind] > 1 else "") for kind in weighty]
    more = [f"and {len(named) - MOST_NAMED} more"] if len(named) > MOST_NAMED else []
    return named[:MOST_NAMED] + more


def key_episodes(report: Report) -> Mapping[str, str]:
    """Entry id -> the reviewer's words for it, for the entries marked as key episodes."""
    marked = {}
    for id_, remarks in report.notebook.remarks.get("entry", {}).items():
        said = str(remarks.get("Key episode") or "").strip()
        if said and said.casefold() not in ("no", "n", "false", "0"):
            entry = report.review.timeline.by_id.get(id_)
            plain = said.casefold() in ("yes", "y", "true", "x", "1")
            marked[id_] = entry.text if plain and entry else said
    return marked
