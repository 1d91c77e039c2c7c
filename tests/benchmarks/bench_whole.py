"""What a whole merge costs, stage by stage: python tests/benchmarks/bench_whole.py [ENTRIES ...]

Invented cases of 600, 1,000, 10,000 and 100,000 entries from 12 agencies, each read, merged, checked and written in a
process of its own, with the modules compiled as an installation has them. Figures are processor seconds, not seconds on the
clock, so that other work on the machine counts for little; all but the first table are ratios. Bare reading is the fastest
reader of the same files: python-calamine if it is installed, else openpyxl. Prints Markdown, as it stands in the README.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

SIZES = (600, 1_000, 10_000, 100_000)
WARM = 50
"""Entries of a case that is run first, so that all modules are compiled."""
WRITERS = {"combined": "json", "workbook": "xlsx", "page": "html"}

WHOLE = """
import gc, json, resource, sys, time
from pathlib import Path

def spent():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)

costs, last, began = {}, 0.0, time.perf_counter()

def done(stage):
    global last
    costs[stage], last = spent() - last, spent()

from chrono.cli import FEW_CLEANINGS
gc.set_threshold(*FEW_CLEANINGS)
from chrono import report
from chrono.check import check, notes
from chrono.ingest import open_case, read_returns
from chrono.merge import merge
from chrono.model import Review
from chrono.normalise import normalise
done("start")
opened = open_case([Path(sys.argv[1])])
returns, problems = read_returns(opened)
letters = sum(len(str(cell)) for one in returns for sheet in one.sheets for row in sheet.rows for cell in row.cells if cell)
done("read")
timeline = normalise(opened.case, returns, problems)
done("normalise")
timeline = merge(timeline)
done("merge")
findings = check(timeline)
done("check")
review = Review(timeline, findings, "", notes())
for name in ("combined", "workbook", "page"):
    report.write(review, Path(sys.argv[2]) / name, [name])
    done(name)
peak = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) * 1024
told = {"costs": costs, "peak": peak, "letters": letters, "entries": len(timeline.entries), "findings": len(findings)}
print(json.dumps(told | {"clock": time.perf_counter() - began}))
"""

BARE_READING = """
import csv, sys
from pathlib import Path
try:
    from python_calamine import CalamineWorkbook
except ImportError:
    CalamineWorkbook = None
from openpyxl import load_workbook
from lxml import etree
import zipfile

def rows(file):
    if file.suffix == ".csv":
        with file.open(encoding="cp1252", newline="") as opened:
            return list(csv.reader(opened))
    if file.suffix == ".docx":
        document = etree.fromstring(zipfile.ZipFile(file).read("word/document.xml"))
        return ["".join(row.itertext()) for row in document.iter("{*}tr")]
    if CalamineWorkbook:
        book = CalamineWorkbook.from_path(file)
        return [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    return [row for sheet in load_workbook(file, read_only=True) for row in sheet.iter_rows(values_only=True)]

print(sum(len(rows(file)) for file in sorted(Path(sys.argv[1], "returns").iterdir())))
"""


def processor_seconds(*command: str) -> tuple[float, str]:
    """What a command costs, with what it starts, and what it says."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [sys.executable, *command], check=True, capture_output=True, text=True, env=environment, encoding="utf-8"
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, ran.stdout


def best_of(times: int, *command: str) -> float:
    """The cheapest of several runs."""
    return min(processor_seconds(*command)[0] for _ in range(times))


def one_size(entries: int, folder: Path) -> dict[str, Any]:
    """One case made, read barely, and merged whole."""
    from tests.synthetic import make, write

    case = write(make(seed=1, rows=entries), folder / "case")
    bare = best_of(2, "-c", BARE_READING, str(case)) - best_of(2, "-c", "import csv")
    _, said = processor_seconds("-c", WHOLE, str(case), str(folder))
    told: dict[str, Any] = json.loads(said.splitlines()[-1])
    return told | {"bare": bare}


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, figures to the right."""
    rule = ["---", *("---:" for _ in heads[1:])]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, rule, *rows)) + "\n\n"


def stages(results: Sequence[dict[str, Any]]) -> str:
    """Processor seconds of each stage at each size."""

    def row(name: str, cost: Callable[[dict[str, Any]], float]) -> list[str]:
        return [name, *(f"{cost(result):.2f}" for result in results)]

    names = {"start": "start", **{stage: stage for stage in ("read", "normalise", "merge", "check")}}
    names |= {writer: f"write {suffix}" for writer, suffix in WRITERS.items()}
    rows = [row(name, lambda result, stage=stage: result["costs"][stage]) for stage, name in names.items()]  # type: ignore[misc]
    rows.append(row("whole", lambda result: sum(result["costs"].values())))
    return table(["Processor seconds", *(f"{result['entries']:,} entries" for result in results)], rows)


def ratios(results: Sequence[dict[str, Any]]) -> str:
    """What the results come to beside bare reading, the text, and one another."""

    def whole(result: dict[str, Any]) -> float:
        return float(sum(result["costs"].values()))

    rows = [
        ["whole merge : bare reading", *(f"{whole(result) / result['bare']:.0f}" for result in results)],
        ["reading : bare reading", *(f"{result['costs']['read'] / result['bare']:.1f}" for result in results)],
        ["peak memory, MB", *(f"{result['peak'] / 2**20:.0f}" for result in results)],
        ["peak memory : extracted text", *(f"{result['peak'] / result['letters']:.0f}" for result in results)],
    ]
    by_entry = [(whole(result) - result["costs"]["start"]) / result["entries"] for result in results]
    before = [None, *by_entry[:-1]]
    rows.append(
        [
            "cost of an entry : at the size before",
            *(f"{now / then:.2f}" if then else "" for now, then in zip(by_entry, before, strict=True)),
        ]
    )
    return table(["Ratio", *(f"{result['entries']:,} entries" for result in results)], rows)


def starting() -> str:
    """How long commands take to start beside Python itself."""
    bare = best_of(5, "-c", "pass")
    commands = {"`chrono --help`": ("--help",), "`chrono date 3/4/22`": ("date", "3/4/22")}
    rows = [
        [name, f"{cost:.2f}", f"{cost / bare:.1f}"]
        for name, words in commands.items()
        for cost in [best_of(5, "-c", "from chrono.cli import main; main()", *words)]
    ]
    return table(["Starting", "processor seconds", "times `python -c pass`"], rows)


def main(sizes: Sequence[int]) -> None:
    """Measure and print."""
    results = []
    with tempfile.TemporaryDirectory() as compiled:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = compiled
        for entries in (WARM, *sizes):
            with tempfile.TemporaryDirectory() as folder:
                results.append(one_size(entries, Path(folder)))
        sys.stdout.write(stages(results[1:]) + ratios(results[1:]) + starting())


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
