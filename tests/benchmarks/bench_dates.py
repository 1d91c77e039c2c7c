"""How fast dates are read, beside dateutil's parser: `python tests/benchmarks/bench_dates.py`.

Uncached means that every expression is read from scratch, as in a column where none comes twice.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from time import process_time
from typing import Any

import yaml
from dateutil import parser

from chrono.model import When
from chrono.normalise.dates import Context, mentions, read
from chrono.normalise.dates.reading import forget

TABLE = Path(__file__).parents[1] / "normalise" / "dates" / "readings.yaml"
NARRATIVE = (
    "Home visit by the social worker. Mother present, child seen alone; agreed to meet again on {day:%d/%m/%y} at school.",
    "Telephone call from school: attendance has fallen since September, referral to be made by {day:%d.%m.%Y}.",
    "Officers attended the address, no offences, all in order; the child was safe and well.",
)


class Strings(yaml.SafeLoader):
    """Everything as the text it is."""

    yaml_implicit_resolvers: dict[Any, Any] = {}  # noqa: RUF012 - the library's own shape


def microseconds(action: Callable[[Any], object], things: Sequence[Any], rounds: int = 5) -> float:
    """Of processor time, in the best of some rounds, per thing."""
    best = float("inf")
    for _ in range(rounds):
        begun = process_time()
        for thing in things:
            action(thing)
        best = min(best, process_time() - begun)
    return best / len(things) * 1e6


def uncached(text: str) -> When:
    forget()
    return read(text)


def with_dateutil(text: str) -> object:
    return parser.parse(text, dayfirst=True)


def main() -> None:
    first = date(2015, 1, 1)
    plain = [f"{first + timedelta(days=n):%d/%m/%Y}" for n in range(2000)]
    table = yaml.load(TABLE.read_text(encoding="utf-8"), Loader=Strings)
    mixed = [text for lines in table.values() for line in lines for text in line["written"]]
    rows = [(NARRATIVE[n % 3].format(day=first + timedelta(days=n)), When.of_day(first)) for n in range(2000)]
    ours, theirs = microseconds(read, plain), microseconds(with_dateutil, plain)
    figures = [
        ("plain days (never cached)", ours),
        ("plain days, dateutil", theirs),
        (f"{len(mixed)} mixed expressions, uncached", microseconds(uncached, mixed, rounds=2)),
        (f"{len(mixed)} mixed expressions, cached", microseconds(read, mixed)),
        ("narrative, each row", microseconds(lambda row: mentions(row[0], row[1], Context()), rows)),
    ]
    for what, each in figures:
        sys.stdout.write(f"{what:42} {each:8.1f} us each, {1e6 / each:9,.0f} a second\n")
    sys.stdout.write(f"plain days: {theirs / ours:.1f} times as fast as dateutil\n")


if __name__ == "__main__":
    main()
