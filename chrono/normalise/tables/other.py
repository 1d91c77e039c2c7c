"""Sheets without a chronology: guidance, abbreviations, people. Their pairs of short form and meaning are kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chrono.model import SetAside
from chrono.normalise.tables.lines import Line
from chrono.normalise.tables.rows import Sorted, Statement
from chrono.normalise.tables.words import (
    absence,
    heads_glossary,
    heads_meanings,
    is_abbreviation,
    is_glossary_name,
    is_guidance_name,
    pairs_in,
)

_LONGEST_SHORT_FORM = 40


def named_as_guidance(name: str) -> bool:
    """True if a sheet's name says that it holds no chronology."""
    return is_guidance_name(name) and not re.search(r"\bchronolog", name, re.IGNORECASE)


def sort_other(lines: Sequence[Line], name: str) -> Sorted:
    """The rows of a sheet that holds no chronology: aliases, statements of absence, and guidance or notes."""
    found = Sorted()
    paired = _holds_pairs(lines, name)
    for line in lines:
        why = _why(line, paired)
        found.set_aside.append(SetAside(line.number, why, line.text))
        if why == "alias":
            found.pairs.append((line.first, line.texts[line.filled[1]]))
        elif why == "declaration":
            found.statements.append(Statement(line, line.text))
        elif why == "guidance":
            found.pairs.extend(pairs_in(line.text))
    return found


def _why(line: Line, paired: bool) -> str:
    if not line.filled:
        return "blank"
    if absence(line.text):
        return "declaration"
    if len(line.filled) >= 2 and heads_glossary(line.first) and heads_meanings(line.texts[line.filled[1]]):
        return "header"
    if paired and _is_pair(line):
        return "alias"
    return "guidance"


def _is_pair(line: Line) -> bool:
    return len(line.filled) >= 2 and len(line.first) <= _LONGEST_SHORT_FORM and not line.lone


def _holds_pairs(lines: Sequence[Line], name: str) -> bool:
    """True if the sheet is named as a glossary, headed as one, or half of its rows explain an abbreviation."""
    full = [line for line in lines if line.filled]
    if is_glossary_name(name) or any(_heads_pairs(line) for line in full):
        return True
    return sum(_is_pair(line) and is_abbreviation(line.first) for line in full) * 2 >= max(len(full), 1)


def _heads_pairs(line: Line) -> bool:
    return len(line.filled) == 2 and heads_glossary(line.first) and heads_meanings(line.texts[line.filled[1]])
