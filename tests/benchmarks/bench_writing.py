"""How fast a review is written, and in how much memory: python tests/benchmarks/bench_writing.py [ENTRIES ...]

Every output of 20,000 and 100,000 invented entries, each in a process of its own, in processor seconds. The workbook and
the csv stand beside the bare library writing the same cells, and reading the workbook back beside openpyxl's bare time.
"""

from __future__ import annotations

import csv
import io
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter
from openpyxl import load_workbook

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from chrono.model import Event, Link, Reason, Review
from chrono.report import Report, write, writers
from chrono.report.lines import Line, lines
from chrono.report.read_back import read_back
from tests.report.invented import entry, finding, review

SIZES = (20_000, 100_000)
WORDS = str.split(
    "home visit school police referral strategy discussion mother father child seen alone meeting agreed plan risk missing "
    "returned placement health review attended"
)
AGENCIES = ("csc", "police", "school", "gp")


def invented(size: int) -> Review:
    """A review of `size` entries of some 150 letters, a tenth of them linked, with 300 findings."""
    chance = random.Random(1)
    entries = []
    for number in range(size):
        day = (date(2015, 1, 1) + timedelta(days=chance.randrange(3000))).isoformat()
        text = " ".join(chance.choices(WORDS, k=22))
        fields = {"outcome": "NFA agreed with manager", "worker": "SW1", "reference": str(number)}
        events = (Event("referral", weight=2),)
        entries.append(entry(AGENCIES[number % 4], number + 2, day, text, fields=fields, events=events))
    found = [finding("X01", f"finding {n}", entries[n * 3].source, entries[n * 3 + 1].source) for n in range(300)]
    pairs = [(entries[n].id, entries[n + 1].id) for n in range(0, size // 10, 2)]
    links = [Link(f"l{n}", pair, 0.9, (Reason("words", 1.0, "alike"),)) for n, pair in enumerate(pairs)]
    return review(entries, found, links=links)


def cells(line: Line) -> tuple[str | int, ...]:
    """What the sheet Timeline shows of an entry."""
    source, day = line.entry.source, line.day.isoformat() if line.day else ""
    return (
        *(line.number, day, line.read, line.written, line.time, line.agency, line.subjects, line.text, line.outcome),
        *(line.people, line.also, line.findings, line.other, source.file, source.sheet, source.row, line.entry.id),
    )


def bare_workbook(made: Review, out: io.BytesIO) -> None:
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet, wrapped = book.add_worksheet(), book.add_format({"text_wrap": True})
    for row, line in enumerate(lines(made)):
        for column, cell in enumerate(cells(line)):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell, wrapped)
            else:
                sheet.write_number(row, column, cell, wrapped)
    book.close()


def bare_csv(made: Review, out: io.BytesIO) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="")
    csv.writer(text).writerows(map(cells, lines(made)))
    text.detach()


def on_file(read: Callable[[Path], object]) -> Callable[[Review, io.BytesIO], None]:
    """Reads a workbook that was written before the clock starts."""

    def timed(made: Review, _: io.BytesIO) -> None:
        global begun
        with tempfile.TemporaryDirectory() as folder:
            path = write(made, Path(folder), ["workbook"])[0]
            begun = time.process_time()
            read(path)

    return timed


def bare_openpyxl(path: Path) -> None:
    book = load_workbook(path, read_only=True)
    for sheet in book:
        for _ in sheet.iter_rows(values_only=True):
            pass


begun = 0.0
BARE: dict[str, Callable[[Review, io.BytesIO], None]] = {
    "bare workbook": bare_workbook,
    "bare csv": bare_csv,
    "read back": on_file(read_back),
    "bare openpyxl": on_file(bare_openpyxl),
}


def one(name: str, size: int) -> str:
    """One line of the table, measured in this process."""
    global begun
    made, out = invented(size), io.BytesIO()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    if name in BARE:
        BARE[name](made, out)
    else:
        writers()[name].write(Report(made), out)
    spent = time.process_time() - begun
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    return f"{name:15} {size:>8,} {spent:7.2f} s {more:6} MB more than the review itself {len(out.getvalue()) >> 10:8,} kB\n"


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] in {*writers(), *BARE}:
        sys.stdout.write(one(sys.argv[1], int(sys.argv[2])))
    else:
        for size in tuple(map(int, sys.argv[1:])) or SIZES:
            for name in (
                "console",
                "combined",
                "csv",
                "bare csv",
                "workbook",
                "bare workbook",
                "document",
                "page",
                "read back",
                "bare openpyxl",
            ):
                subprocess.run([sys.executable, __file__, name, str(size)], check=True)
