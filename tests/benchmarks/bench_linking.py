"""How well and how fast rows of one event are linked, on made-up cases.

    python -m tests.benchmarks.bench_linking [--seeds 50] [--rows 600] [--sizes 20000 100000]

Prints precision and recall of linking over the seeds, then the processor time each stage takes for cases of the given sizes.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from chrono.cli import FEW_CLEANINGS
from chrono.ingest import open_case, read_returns
from chrono.merge import merge
from chrono.model import Source, Timeline
from chrono.normalise import normalise
from tests.synthetic import Made, make, write

Pair = frozenset[Source]


def say(line: str) -> None:
    """One line of the figures."""
    sys.stdout.write(f"{line}\n")


def linked(timeline: Timeline) -> set[Pair]:
    """The pairs of rows of different agencies that were linked."""
    at = {entry.id: entry.source for entry in timeline.entries}
    groups = (link.entries for link in timeline.links if link.kind == "same-event")
    return {frozenset((at[one], at[other])) for group in groups for one, other in combinations(group, 2)}


def judged(made: Made) -> Counter[str]:
    """Pairs found, missed and wrong; look-alikes linked; rows of each kind of defect whose links were found all the same."""
    found = linked(merge(normalise(made.case, made.returns)))
    counts = Counter(right=len(found & made.links), missed=len(made.links - found), wrong=len(found - made.links))
    counts["look-alikes"], counts["look-alikes linked"] = len(made.look_alikes), len(made.look_alikes & found)
    for defect in ("date-differs", "day-month-swapped", "year-slip", "coarse-date"):
        spoiled = {
            frozenset((rows[-1], row)) for rows in made.planted.get(defect, ()) for row in rows[:-1]
        } & made.links
        counts[f"{defect}: pairs"], counts[f"{defect}: found"] = len(spoiled), len(spoiled & found)
    return counts


def quality(seeds: int, rows: int) -> None:
    """Prints precision and recall over cases of `rows` rows."""
    total: Counter[str] = Counter()
    for seed in range(seeds):
        total += judged(make(seed, rows))
    right = total["right"]
    say(f"{seeds} cases of {rows} rows, {right + total['missed']:,} linked pairs")
    say(f"  precision {right / (right + total['wrong']):.1%}   recall {right / (right + total['missed']):.1%}")
    for name in sorted(total.keys() - {"right", "missed", "wrong"}):
        say(f"  {name}: {total[name]:,}")


def speed(rows: int) -> float:
    """Prints seconds for each stage; the microseconds of merging an entry."""
    made = make(1, rows)
    with TemporaryDirectory() as folder:
        opened = open_case([write(made, Path(folder) / "case")])
        start = process_time()
        returns, problems = read_returns(opened)
        reading = process_time() - start
    start = process_time()
    timeline = normalise(opened.case, returns, problems)
    normalising, start = process_time() - start, process_time()
    merged = merge(timeline)
    merging = process_time() - start
    each = merging / len(merged.entries) * 1e6
    say(
        f"{len(merged.entries):,} entries: read {reading:.1f} s, normalised {normalising:.1f} s, merged {merging:.1f} s "
        f"({merging / reading:.1f} of reading; {each:.0f} µs an entry; {len(merged.links):,} links)"
    )
    return each


def main() -> None:
    """Reads the arguments and prints the figures."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--seeds", type=int, default=50)
    arguments.add_argument("--rows", type=int, default=600)
    arguments.add_argument("--sizes", type=int, nargs="*", default=[20_000, 100_000])
    given = arguments.parse_args()
    gc.set_threshold(*FEW_CLEANINGS)
    if given.seeds:
        quality(given.seeds, given.rows)
    each = [speed(rows) for rows in given.sizes]
    if len(each) > 1:
        say(f"time an entry, largest to smallest case: {each[-1] / each[0]:.2f}")


if __name__ == "__main__":
    sys.exit(main())
