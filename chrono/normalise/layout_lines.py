"""Rows as lines of text, and what the words of a line that is no entry look like: notes, totals, glossaries, nil statements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from chrono.model import Merge, Row, Sheet, Value
from chrono.normalise.columns_contents import shown

Absence = Literal["", "no-contact", "not-open", "no-records"]


@dataclass(frozen=True, slots=True)
class Line:
    """A row with the text of its cells. `filled` are the places of cells with text; `wide` is the place where a cell
    merged over most of the table stands, or -1."""

    row: Row
    cells: tuple[Value, ...]
    texts: tuple[str, ...]
    filled: tuple[int, ...]
    wide: bool = False

    @property
    def number(self) -> int:
        """The row number that the spreadsheet shows."""
        return self.row.number

    @property
    def lone(self) -> bool:
        """True if the whole row says one thing: one filled cell, or one text repeated in all (a merged row in Word)."""
        return len(self.filled) == 1 or (len(self.filled) > 2 and len({self.texts[at] for at in self.filled}) == 1)

    @property
    def first(self) -> str:
        """The text of the first filled cell."""
        return self.texts[self.filled[0]] if self.filled else ""

    @property
    def text(self) -> str:
        """All texts of the row."""
        if self.lone:
            return self.first
        return " | ".join(self.texts[at] for at in self.filled)

    def at(self, place: int | None) -> str:
        """The text at this place; '' where the row is shorter."""
        return self.texts[place] if place is not None and place < len(self.texts) else ""

    def cell(self, place: int | None) -> Value:
        """The value at this place; None where the row is shorter."""
        return self.cells[place] if place is not None and place < len(self.cells) else None


def lines_of(sheet: Sheet, columns: tuple[int, int] | None = None) -> list[Line]:
    """The rows of a sheet, or of the columns from `columns[0]` to `columns[1]`, with cells merged downwards filled in."""
    below = _merged_downwards(sheet)
    wide = {merge.first_row: merge for merge in sheet.merges if merge.last_column > merge.first_column}
    return [_line(row, below, wide, columns) for row in sheet.rows]


def _line(
    row: Row, below: dict[tuple[int, int], Value], wide: dict[int, Merge], columns: tuple[int, int] | None
) -> Line:
    cells = row.cells
    if below:
        cells = tuple(
            below.get((row.number, place), cell) if cell is None or cell == "" else cell
            for place, cell in enumerate(_padded(cells, row.number, below))
        )
    if columns:
        cells = tuple(cell if columns[0] <= place <= columns[1] else None for place, cell in enumerate(cells))
    texts = tuple([shown(cell) for cell in cells])
    filled = tuple([place for place, text in enumerate(texts) if text])
    merge = wide.get(row.number)
    is_wide = bool(merge and merge.last_column - merge.first_column >= 1 and filled and filled[0] == merge.first_column)
    return Line(row, cells, texts, filled, is_wide)


def _padded(cells: Sequence[Value], number: int, below: dict[tuple[int, int], Value]) -> Iterator[Value]:
    yield from cells
    longest = max((place for line, place in below if line == number), default=-1)
    yield from [None] * (longest + 1 - len(cells))


_LARGEST_MERGE = 2_000


def _merged_downwards(sheet: Sheet) -> dict[tuple[int, int], Value]:
    """(row, column) -> value, for cells covered by a merge that starts in a row above. A merge over several columns and
    rows at once is a title block, and a merge of hundreds of rows a border: neither is filled in."""
    tops = {row.number: row for row in sheet.rows}
    filled: dict[tuple[int, int], Value] = {}
    for merge in sheet.merges:
        top = tops.get(merge.first_row)
        if top is None or merge.first_column != merge.last_column or merge.last_row - merge.first_row > _LARGEST_MERGE:
            continue
        if merge.first_column < len(top.cells) and merge.last_row > merge.first_row:
            for number in range(merge.first_row + 1, merge.last_row + 1):
                filled[number, merge.first_column] = top.cells[merge.first_column]
    return filled


# ------------------------------------------------------------------------------------- words of rows that are no entry

_TOTAL = re.compile(
    r"^(?:(?:grand|sub|overall)[ -]?)?total(?:s|\b(?! (?:failure|loss|breakdown)))|^(?:sum|count)\s*[:=]?$"
    r"|^(?:number|no\.?) of (?:entries|events|contacts|rows|records)\b",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"^(?:\*|†|‡|nb\b|n\.b\.|notes?\s*(?:[:.\-–\d]|$)|please note|key\s*[:.]|key$|footnotes?\b|abbreviations?\b|glossary\b|legend\b"
    r"|sources?\s*[:.]|end of (?:chronology|return|entries|report|records?|log)\b|\W*(?:end|ends)\W*$|continued\b|page \d+)",
    re.IGNORECASE,
)
_AUTHOR_NOTE = re.compile(r"^\s*[#^~¬]")
_FORM = re.compile(
    r"^(?:completed|compiled|prepared|signed|approved|checked|quality assured|author(?:ed)?|reviewed|submitted|returned)"
    r"(?: (?:by|on|off|date))?(?: by)?\s*[:.]?$|^(?:completed|compiled|prepared|signed|submitted|authored|written) by\b"
    r"|^(?:name|designation|job title|position|date (?:of )?(?:completed|completion|submitted|submission|report|return|signed)"
    r"|signature|version|contact details|e-?mail|tel(?:ephone)?|report author|agency name|name of (?:agency|author))\s*:",
    re.IGNORECASE,
)
_GLOSSARY_HEAD = re.compile(
    r"^(?:(?:list of )?(?:abbreviations?|acronyms?|initialisms?)|glossary|key(?: to .{1,40})?|legend|terms?|who'?s who|people|names?"
    r"|anonymisation(?: key| code)?|code)(?: (?:used|of terms|and abbreviations|and acronyms))?\s*:?$",
    re.IGNORECASE,
)
_MEANING = re.compile(
    r"^(?:meaning|definition|explanation|full (?:name|title|term|wording)|stands for|description|in full|expansion|what it means"
    r"|role|relationship(?: to .{1,30})?|who (?:they are|it is|this is)|designation|job title|position)$",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"^(?=.*[A-Z])[A-Za-z0-9&/+().' -]{1,14}$")
_PAIR = re.compile(
    r"(?:^|[.;,\n]\s*|\s{2,})([A-Z][\w&/.'’-]{0,14}(?: [\w&/-]{1,12}){0,2})\s*(?:=|:|\bstands for\b|\bmeans\b|–| - )\s*([^.;=:\n]{2,90})"
)


def is_total(text: str) -> bool:
    """True for the label of a row that adds up others."""
    return bool(_TOTAL.match(text))


def is_note(text: str) -> bool:
    """True for the beginning of a footnote, key or remark about the chronology itself."""
    return bool(_NOTE.match(text))


def is_author_note(text: str) -> bool:
    """True for Chronolator's author notes: their source starts with # ^ ~ or ¬."""
    return bool(_AUTHOR_NOTE.match(text))


def is_form_label(text: str) -> bool:
    """True for the label of a form's field about the return itself: 'Completed by:'."""
    return bool(_FORM.match(text))


def heads_glossary(text: str) -> bool:
    """True for a heading over abbreviations or people."""
    return bool(_GLOSSARY_HEAD.match(text))


def heads_meanings(text: str) -> bool:
    """True for the header over the meanings of abbreviations, or the roles of people."""
    return bool(_MEANING.match(text))


def is_abbreviation(text: str) -> bool:
    """True for a short form such as 'SW', 'AP1, AP2' or 'SENCo'."""
    return (
        bool(_ACRONYM.match(text)) and sum(letter.isupper() for letter in text) * 2 >= sum(map(str.isalpha, text)) > 0
    )


def pairs_in(text: str) -> tuple[tuple[str, str], ...]:
    """Abbreviations explained in running words: 'SW: social worker. TM = team manager.'"""
    return tuple((short.strip(), meaning.strip()) for short, meaning in _PAIR.findall(text) if is_abbreviation(short))


_HOLDS_NOTHING = r"(?:held|found|traced|located|recorded|known|to report|to declare|on (?:file|record)|available)"
_ABSENCE = (
    ("not-open", re.compile(r"^(?:(?:case|child|family) )?(?:was |is |were )?not (?:open|allocated)\b|^(?:case )?closed to (?:us|service)\b", re.I)),
    (
        "no-records",
        re.compile(
            rf"\bno (?:other |further |relevant |additional |more )?(?:records?|information|entries|files?|trace|notes)\b(?: (?:is|are|was|were|could be))?(?: {_HOLDS_NOTHING}|[.\s]*$| (?:for|about|on|in|during|between|of (?:this|the|any)))"
            rf"|\bnothing(?: else| further| more| relevant)?(?: is| was)? {_HOLDS_NOTHING}|\bnothing recorded\b|\bno records?[.\s]*$"
            r"|\b(?:do|does|did) not hold (?:any )?(?:records?|information)|\bholds? no (?:records?|information)",
            re.I,
        ),
    ),
    (
        "no-contact",
        re.compile(
            r"\bnil (?:return|contact|involvement|entries)\b|^nil[.\s]*$"
            r"|\bno (?:known |recorded |relevant |direct |further |other |agency |service )*(?:involvement|engagement)\b(?! (?:of|by|from|in the (?:assault|incident|offence)))"
            r"|\bno (?:known |recorded |relevant |direct |further |other )*contacts?\b(?=[.\s]*$| (?:in|during|for|between|within|throughout|over) | with (?:this |the )?(?:service|agency|family|child|subject|department|team|organisation|trust)\b|\s+(?:recorded|held|known))"
            r"|\bnot (?:previously |currently )?(?:known|involved|in contact) (?:to|with) (?:this |the |our |us\b|any )?(?:service|agency|department|team|organisation|trust|school|practice|family|child|us)?"
            r"|\b(?:had|has|have) (?:had )?no (?:contact|involvement)\b",
            re.I,
        ),
    ),
)  # fmt: skip
_ASKS = re.compile(r"\b(?:please|if|should|must|where there|state|enter|record any|ensure|complete)\b", re.IGNORECASE)
_LONGEST_STATEMENT = 240
_LEAD_IN = 60


@lru_cache(maxsize=100_000)
def absence(text: str) -> Absence:
    """The kind of absence that a statement declares; '' for an instruction, a long text, or any other words."""
    if not text or len(text) > _LONGEST_STATEMENT or _ASKS.search(text):
        return ""
    for kind, pattern in _ABSENCE:
        found = pattern.search(text)
        if found and found.start() <= _LEAD_IN:
            return kind  # type: ignore[return-value]  # the table's first column holds only Absence
    return ""


_ONLY_ABSENCE = re.compile(
    r"^(?:(?:there (?:was|were|has been|is)|we (?:have|had|hold)|agency|service|family|child|case|(?:was|is|were)|recorded|known|this|the"
    r"|not|no|nil|none|nothing|open|opened|involvement|contacts?|records?|return|entries|information|held|found|else|further|to|with|for|of|in"
    r"|during|between|throughout|period|time|dates?|and|or|from|until|since|service|agency|us|our|by|on|file|review|allocated|known|other"
    r"|children|social|care|team|department|trust|school|police|health|young|person|recorded|relevant|any|had|have|has|been|\d+|[A-Z]{1,6})\W*)+$",
    re.IGNORECASE,
)


@lru_cache(maxsize=100_000)
def only_absence(text: str) -> Absence:
    """As `absence`, but only where the text says nothing else: 'No contact made with mother' tells of a visit that failed."""
    kind = absence(text)
    return kind if kind and _ONLY_ABSENCE.match(text) else ""
