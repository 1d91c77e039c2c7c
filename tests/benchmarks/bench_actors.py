"""What telling who is who costs beside reading the same files: python tests/benchmarks/bench_actors.py [ROWS ...]

Invented cases of 10,000 and 100,000 rows from 12 agencies, each in a process of its own. The calls that the second stage
makes of the Registry (glossaries, the children of every row, the names in every cell, everybody at the end) are noted,
then made again and measured by themselves. Reading is chrono's own, and beside it what openpyxl takes for the workbooks
among the files, for as many rows. Figures are processor seconds, those of helping processes with them.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

SIZES = (10_000, 100_000)
MEASURED = """
import gc, json, resource, sys
from pathlib import Path
from openpyxl import load_workbook
from chrono.cli import FEW_CLEANINGS
from chrono.ingest import open_case, read_returns
from chrono.normalise import normalise
from chrono.normalise.actors import Registry

def spent():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)

def noting(name, made):
    called = getattr(Registry, name)
    def call(self, *args, **options):
        made.append((called, args, options))
        return called(self, *args, **options)
    return call

gc.set_threshold(*FEW_CLEANINGS)
opened, begun = open_case([Path(sys.argv[1])]), spent()
returns, problems = read_returns(opened)
reading, begun, barely = spent() - begun, spent(), 0
for file in Path(sys.argv[1], "returns").glob("*.xlsx"):
    barely += sum(1 for sheet in load_workbook(file) for row in sheet.iter_rows(values_only=True))
bare = (spent() - begun) / barely
calls = []
for name in ("learn", "learn_client", "subjects", "mentions", "actors"):
    setattr(Registry, name, noting(name, calls))
timeline = normalise(opened.case, returns, problems)
gc.collect()
gc.freeze()
begun = spent()
registry = Registry(timeline.case)
for called, args, options in calls:
    called(registry, *args, **options)
resolving = spent() - begun
names = sum(len(entry.mentions) for entry in timeline.entries)
rows = len(timeline.entries)
print(json.dumps({"rows": rows, "names": names, "reading": reading, "openpyxl": bare * rows, "resolving": resolving}))
"""


def measured(rows: int) -> dict[str, float]:
    """One case made, read, and resolved."""
    from tests.synthetic import make, write

    with tempfile.TemporaryDirectory() as folder:
        case = write(make(seed=1, rows=rows), Path(folder) / "case")
        command = [sys.executable, "-c", MEASURED, str(case)]
        said = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
    told: dict[str, float] = json.loads(said.splitlines()[-1])
    return told


def main(sizes: Sequence[int]) -> None:
    """Measure and print."""
    heads = (
        "rows",
        "names",
        "reading, s",
        "openpyxl, s",
        "resolving, s",
        "us a row",
        "resolving : reading",
        ": openpyxl",
    )
    for cells in (heads, ["---:"] * len(heads)):
        sys.stdout.write(f"| {' | '.join(cells)} |\n")
    for size in sizes:
        told = measured(size)
        rows, resolving = told["rows"], told["resolving"]
        seconds = [f"{told[what]:.2f}" for what in ("reading", "openpyxl", "resolving")]
        figures = (f"{rows:,}", f"{told['names']:,}", *seconds, f"{resolving / rows * 1e6:.0f}")
        ratios = [f"{resolving / told[what]:.2f}" for what in ("reading", "openpyxl")]
        sys.stdout.write(f"| {' | '.join((*figures, *ratios))} |\n")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
