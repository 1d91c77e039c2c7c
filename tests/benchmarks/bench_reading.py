"""How fast returns are read, and in how much memory: python tests/benchmarks/bench_reading.py

20 workbooks of 5,000 rows by 8 columns beside python-calamine's bare time for the same files (if it is installed), and 100
small returns of 60 rows in three formats. Each reading runs in a process of its own; the best of three counts.
"""

from __future__ import annotations

import csv
import importlib.util
import random
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import xlsxwriter
from docx import Document

HEADER = ("Date", "Time", "What happened", "Source", "Worker", "Outcome", "Reference", "Count")
SENTENCE = (
    "the school called mother about absence and a visit was agreed with the social worker for next week at home after "
    "concerns were shared by the health visitor who had seen both children at the clinic"
)
BY_CHRONO = """
import resource, sys, time
from pathlib import Path
from chrono.ingest import open_case, read_returns
begun = time.perf_counter()
returns, problems = read_returns(open_case([Path(sys.argv[1])]))
spent = time.perf_counter() - begun
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
assert not problems
print(spent, peak // 1024, sum(len(sheet.rows) for one in returns for sheet in one.sheets))
"""
BY_CALAMINE = """
import resource, sys, time
from pathlib import Path
from python_calamine import CalamineWorkbook
begun, rows = time.perf_counter(), 0
for file in sorted(Path(sys.argv[1]).glob("*.xlsx")):
    book = CalamineWorkbook.from_path(file)
    for name in book.sheet_names:
        rows += len(book.get_sheet_by_name(name).to_python())
spent = time.perf_counter() - begun
print(spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, rows)
"""


def a_row(number: int, chance: random.Random) -> tuple[datetime, str, str, str, str, str, str, int]:
    """One entry as an agency may write it."""
    day = datetime(2015, 1, 1) + timedelta(days=number % 1500)
    happened, outcome = (" ".join(chance.choices(SENTENCE.split(), k=length)) for length in (25, 6))
    return (
        day,
        f"{number % 24:02}:{number % 60:02}",
        happened,
        "case file",
        f"SW{number % 9}",
        outcome,
        f"R{number}",
        number,
    )


def write_workbook(path: Path, rows: int, chance: random.Random) -> None:
    """A workbook of one sheet with real dates."""
    with xlsxwriter.Workbook(path) as book:
        sheet, dated = book.add_worksheet("Chronology"), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, HEADER)
        for number in range(1, rows + 1):
            day, *rest = a_row(number, chance)
            sheet.write_datetime(number, 0, day, dated)
            sheet.write_row(number, 1, rest)


def write_text(path: Path, rows: int, chance: random.Random) -> None:
    """The same as separated values."""
    with path.open("w", newline="", encoding="utf-8-sig") as target:
        csv.writer(target).writerows([HEADER, *(a_row(number, chance) for number in range(rows))])


def write_document(path: Path, rows: int, chance: random.Random) -> None:
    """The same as a Word table."""
    document = Document()
    table = document.add_table(rows + 1, len(HEADER))
    for line, cells in zip(table.rows, [HEADER, *(a_row(number, chance) for number in range(rows))], strict=True):
        for cell, value in zip(line.cells, cells, strict=True):
            cell.text = str(value)
    document.save(str(path))


def best(script: str, folder: Path) -> tuple[float, int, int]:
    """Seconds, megabytes at the peak, and rows, of the quickest of three runs."""
    runs = []
    for _ in range(3):
        said = subprocess.run(
            [sys.executable, "-c", script, str(folder)], check=True, capture_output=True, text=True
        ).stdout
        seconds, megabytes, rows = said.split()
        runs.append((float(seconds), int(megabytes), int(rows)))
    return min(runs)


def main() -> None:
    """Write the files, read them, print the figures."""
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as place:
        large, small = Path(place, "large"), Path(place, "small")
        large.mkdir()
        small.mkdir()
        for number in range(20):
            write_workbook(large / f"return {number:02}.xlsx", 5000, chance)
        for number in range(100):
            suffix, write = ((".xlsx", write_workbook), (".csv", write_text), (".docx", write_document))[number % 3]
            write(small / f"return {number:03}{suffix}", 60, chance)
        seconds, megabytes, rows = best(BY_CHRONO, large)
        show("20 x 5,000 rows", f"{seconds:.2f} s, {megabytes} MB, {rows:,} rows")
        if importlib.util.find_spec("python_calamine"):
            bare, _, _ = best(BY_CALAMINE, large)
            show("python-calamine, values only", f"{bare:.2f} s; chrono takes {seconds / bare:.1f} times as long")
        seconds, megabytes, rows = best(BY_CHRONO, small)
        show("100 returns of 60 rows", f"{seconds:.2f} s, {megabytes} MB, {rows:,} rows")


def show(what: str, figures: str) -> None:
    """One line of the result."""
    sys.stdout.write(f"{what:30} {figures}\n")


if __name__ == "__main__":
    main()
