"""Text with separated values: .csv, .tsv, .txt, in whatever encoding and with whatever separator it came."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, field

from chrono.ingest.reading import Contents, Given, Reader, UnreadableError
from chrono.ingest.text import decoded, looks_like_text
from chrono.model import Problem, Row, Sheet

SEPARATORS = (",", "\t", ";", "|")
NONE = "\x1f"
"""A separator no text has."""
SEPARATOR_LINE = re.compile(r'"?sep=(.)"?[,;|\t ]*', re.IGNORECASE)
TORN = 2
"""What a line weighs against a separator that tears it: with which a quotation mark in it is not closed."""
SAMPLE_LINES = 200
LONGEST_RECORD = 5_000
"""Lines: a cell that goes on for longer has lost its closing quotation mark."""
PATIENCE = 10
"""Lines may be read again this many times, on average, before quotation marks are no longer believed."""
UNCLOSED = "a quotation mark is opened and never closed; the line was read as it stands"
UNCLOSED_TOLD = 10
TOO_MUCH, ASK_IN_PARTS = "holds more cells than can be read", "ask the agency to send it in parts"
ASK_QUOTES = "check this row against the agency's own copy"

csv.field_size_limit(2**31 - 1)


@dataclass(slots=True)
class Lines:
    """The lines of a text, handed to the csv module one by one; `done` is how many it has taken, `until` where it must stop."""

    lines: list[str]
    done: int = 0
    until: int = 0

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        if self.done >= min(self.until, len(self.lines)):
            raise StopIteration
        self.done += 1
        return self.lines[self.done - 1] + "\n"


@dataclass(slots=True)
class Records:
    """The records of a text with the line each begins on, and the lines where a quotation mark is opened and never closed."""

    found: list[tuple[int, list[str]]] = field(default_factory=list)
    unclosed: list[int] = field(default_factory=list)


def read_delimited(given: Given) -> Contents:
    """Read a text as one sheet without a name. A row's number is the line on which its record begins."""
    text = decoded(given.content)
    limits = given.limits
    if max(map(text.words.count, SEPARATORS)) > limits.slots or text.words.count("\n") > limits.rows:
        raise UnreadableError(TOO_MUCH, ASK_IN_PARTS)
    lines = text.words.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    separator, first = separator_of(lines)
    if given.suffix == ".txt" and not first and _agreement(lines[:SAMPLE_LINES], separator)[2] < 2:
        separator = NONE  # a letter: its commas part sentences, not cells
    records = records_of(lines, separator, first)
    problems = [Problem(given.file, doubt, ASK_QUOTES) for doubt in text.doubts]
    problems += (Problem(given.file, UNCLOSED, ASK_QUOTES, row=line) for line in records.unclosed[:UNCLOSED_TOLD])
    if more := len(records.unclosed[UNCLOSED_TOLD:]):
        problems.append(Problem(given.file, f"the same is so in {more:,} further lines", ASK_QUOTES))
    rows = tuple(row for line, cells in records.found if (row := _row(line, cells)))
    return Contents((Sheet(given.file, "", rows),), problems=tuple(problems))


def _row(line: int, cells: list[str]) -> Row | None:
    while cells and not cells[-1].strip():
        cells.pop()
    return Row(line, tuple(cell if cell.strip() else None for cell in cells)) if cells else None


def separator_of(lines: list[str]) -> tuple[str, int]:
    """The separator, and the index of the first line that is data: a line 'sep=;' names it and is itself no data.

    Otherwise it is the one that gives most lines the same number of cells, more than one; the comma where none does.
    """
    if lines and (named := SEPARATOR_LINE.fullmatch(lines[0])):
        return named[1], 1
    sample = [line for line in lines[:SAMPLE_LINES] if line.strip()]
    return max(SEPARATORS, key=lambda separator: _agreement(sample, separator)), 0


def _agreement(sample: list[str], separator: str) -> tuple[int, int, int]:
    """How well a separator fits: its weight, the number of cells most lines have, how many lines have it."""
    records = records_of(sample, separator, 0)
    several = Counter(width for _, cells in records.found if (width := len(cells)) > 1)
    if not several:
        return 0, 0, 0
    # Weighed by width: a comma in a sentence splits many lines in two, the true separator splits them in more.
    width, lines = max(several.items(), key=lambda item: (item[1] * (item[0] - 1), item[0]))
    return lines * (width - 1) - TORN * len(records.unclosed), width, lines


def records_of(lines: list[str], separator: str, first: int) -> Records:
    """Split lines (from index `first`) into records. A quotation mark that swallows what follows is taken as it stands."""
    records = Records()
    whole = _whole_record(separator)
    source = Lines(lines, first, first)
    begins, wasted = first, 0
    reader = csv.reader(source, delimiter=separator)
    while begins < len(lines):
        source.until = begins + (LONGEST_RECORD if wasted <= PATIENCE * len(lines) else 1)
        cells = next(reader, [])
        spans = source.done - begins
        if '"' in lines[begins] and not _is_whole(lines[begins : source.done], whole):
            records.unclosed.append(begins + 1)
            wasted += spans
            source.done = source.until = begins + 1
            cells = lines[begins].split(separator)
            reader = csv.reader(source, delimiter=separator)
        records.found.append((begins + 1, cells))
        begins = source.done
    return records


def _is_whole(lines: list[str], whole: re.Pattern[str]) -> bool:
    """Most records are one line and need no second look, unless a quotation mark is left open in it."""
    return (len(lines) == 1 and lines[0].count('"') % 2 == 0) or bool(whole.fullmatch("\n".join(lines)))


def _whole_record(separator: str) -> re.Pattern[str]:
    """A record in which every quotation mark that begins a cell is closed at that cell's end."""
    mark = re.escape(separator)
    cell = rf'(?:"(?:[^"]++|"")*+"|(?!")[^{mark}\n]*+)'
    return re.compile(rf"{cell}(?:{mark}{cell})*+")


reader = Reader("separated values", (".csv", ".tsv", ".tab", ".txt"), looks_like_text, read_delimited, turn=3)
