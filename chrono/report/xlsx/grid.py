"""The sheet Grid: agency by month, with counts and key events, as a published review's summary timeline."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

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
        "In each cell: how many entries, the episodes you marked, the weightiest events, and their numbers in the Timeline.",
        book.format("told"),
    )
    sheet.write_string(
        2,
        0,
        "An entry that may lie in any of several months, or has no date, stands under 'No one month'.",
        book.format("told"),
    )
    sheet.set_column(0, 0, NARROW)
    sheet.set_column(1, 1, WIDE)
    sheet.set_column(2, len(table.months) + 3, NARROW)
    headers = ["Service", "Agency", *(f"{month:%b %Y}" for month in table.months), "No one month", "All"]
    for place, header in enumerate(headers):
        sheet.write_string(HEAD_ROW, place, header, book.format("head"))
    words = _Words(key_episodes(report), {one.id: number for number, one in enumerate(timeline.entries, start=1)})
    for row, agency in enumerate(table.agencies, start=HEAD_ROW + 1):
        head = Styled(name(agency), "strong", tints.get(agency, QUIET))
        book.line(sheet, row, _row(table, agency, head, words))
    sheet.freeze_panes(HEAD_ROW + 1, 2)
    sheet.print_area(HEAD_ROW, 0, HEAD_ROW + len(table.agencies), len(headers) - 1)
    sheet.set_header("&L&B&A: agency by month&R&8A grey cell is a month without entries")
    sheet.set_margins(left=0.4, right=0.4, top=0.8, bottom=0.6)
    sheet.repeat_columns(0, 1)
    sheet.fit_to_pages(0, 1)
    sheet.print_across()


@dataclass(frozen=True)
class _Words:
    """What cells are worded with: the reviewer's key episodes, and the entries' numbers in the timeline, by entry id."""

    episodes: Mapping[str, str]
    numbers: Mapping[str, int]

    def of(self, entries: Sequence[Entry]) -> str:
        """'3 entries', the key episodes marked, the weightiest kinds of event, and the entries' numbers."""
        if not entries:
            return ""
        marked = [f"★ {short(one_line(self.episodes[one.id]), 60)}" for one in entries if one.id in self.episodes]
        numbers = f"(No. {ranges(sorted(self.numbers[one.id] for one in entries))})"
        return "\n".join((counted(len(entries), "entry", "entries"), *marked, *_events(entries), numbers))


def _row(table: Grid, agency: str, head: Cell, words: _Words) -> Iterator[tuple[Cell, str, float]]:
    yield table.services[agency], "faint", NARROW
    yield head, "strong", WIDE
    unplaced = table.unplaced.get(agency, ())
    whole = {entry.id for entry in unplaced}
    for month in table.months:
        entries = table.entries(agency, month)
        whole |= {entry.id for entry in entries}
        yield Styled(words.of(entries), "text", "" if entries else QUIET), "text", NARROW
    yield words.of(unplaced), "text", NARROW
    yield len(whole), "count", NARROW


def ranges(numbers: Sequence[int]) -> str:
    """'1-3, 7': numbers that follow each other are drawn together."""
    groups = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    runs = [[number for _, number in group] for _, group in groups]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _events(entries: Sequence[Entry]) -> list[str]:
    """The kinds of event that took place, the weightiest first, then the most frequent."""
    weights: dict[str, int] = defaultdict(int)
    counts: Counter[str] = Counter()
    for entry in entries:
        happened = {event.type: event.weight for event in entry.events if event.status == "occurred"}
        counts.update(happened.keys())
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
