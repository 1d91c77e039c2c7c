"""How much of what is planted is found, and how quiet the checks are on clean cases.

python -m tests.benchmarks.bench_planted [--seeds 50] [--kind KIND] [--clean 50]
"""

from __future__ import annotations

import argparse
from collections import Counter

from tests.planted import COUNTED, kinds, make

PER = 200
"""Clean cases are judged by findings of high or medium severity per this many entries."""


def recall(kind: str, seeds: int) -> list[int]:
    """The seeds at which what is planted is not found."""
    cases = ((seed, make(seed, kind)) for seed in range(seeds))
    return [seed for seed, made in cases if not made.found(made.findings())]


def clean(seeds: int) -> tuple[int, Counter[str]]:
    """Rows of the clean cases, and findings by rule and severity."""
    rows, by_rule = 0, Counter[str]()
    for seed in range(seeds):
        made = make(seed)
        rows += made.rows
        by_rule.update(f.rule for f in made.findings() if f.severity in COUNTED)
    return rows, by_rule


def main() -> None:
    """Prints recall by kind, and the clean rate by rule."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=50)
    parser.add_argument("--clean", type=int, default=50)
    parser.add_argument("--kind", action="append", default=[])
    given = parser.parse_args()
    missed = {kind: recall(kind, given.seeds) for kind in given.kind or kinds()}
    for kind, seeds in missed.items():
        print(f"{kind:45} {1 - len(seeds) / given.seeds:5.0%}  {seeds[:12] or ''}")
    total = given.seeds * len(missed)
    print(f"{'all kinds':45} {1 - sum(map(len, missed.values())) / max(1, total):5.1%}")
    rows, by_rule = clean(given.clean)
    for rule, count in by_rule.most_common():
        print(f"clean: {rule:40} {count}")
    print(f"clean: {by_rule.total()} in {rows} rows, {by_rule.total() * PER / max(1, rows):.2f} per {PER}")


if __name__ == "__main__":
    main()
