"""Dates and times as people write them, read as the days they can mean.

    read(cell, context)                  one cell
    read_column(cells, contexts)         a column: ditto and blanks from the row above, and what the column shows
    with_time, until                     a time column, an end column
    mentions(text, anchor, context)      dates inside narrative
    stated_precision(when)               the precision in the words of the conventions

The notations stand in notations.py, in the order in which they are tried; the words in words.yaml.
"""

from chrono.normalise.dates.cells import read, until, with_time
from chrono.normalise.dates.column import Evidence, day_first, evidence, is_american, read_column
from chrono.normalise.dates.context import Context
from chrono.normalise.dates.narrative import mentions
from chrono.normalise.dates.stated import stated_precision

__all__ = [
    "Context",
    "Evidence",
    "day_first",
    "evidence",
    "is_american",
    "mentions",
    "read",
    "read_column",
    "stated_precision",
    "until",
    "with_time",
]
