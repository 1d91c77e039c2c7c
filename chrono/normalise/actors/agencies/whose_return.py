"""Whose return a file is: an agency of the case, or one that the file itself names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from itertools import takewhile
from pathlib import PurePosixPath

from chrono.model import Agency, Case, Return, Row, Sheet
from chrono.normalise.actors.agencies.naming import agency_in
from chrono.normalise.actors.agencies.services import abbreviations, fillers, kind_of
from chrono.normalise.actors.words import slug
from chrono.normalise.tables.header_words import role_of

TITLE_ROWS = 8
"""How far down a sheet its titles are looked for."""
TITLE_LENGTH = 120
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2,})")
COPY_NUMBER = re.compile(r"\(\d+\)\s*$|[\s_.-]v\d+(?=\W|_|$)", re.IGNORECASE)
DEFAULT_SHEET = re.compile(r"(sheet|table|tab|page)\s*\d*", re.IGNORECASE)


def whose_return(return_: Return, case: Case) -> tuple[str | None, str]:
    """The id of the agency a file came from and by which means that was told; (None, why not) if no agency of the
    case can be meant."""
    told = _by_pattern(return_, case) or _by_file_name(return_, case) or _by_titles(return_, case)
    return told or (None, "neither its name nor its titles name an agency of the case")


def _by_pattern(return_: Return, case: Case) -> tuple[str, str] | None:
    path = return_.file.lower()
    for agency in case.agencies:
        for pattern in agency.files:
            wanted = pattern.lower().removeprefix("returns/")
            if fnmatchcase(path, wanted) or fnmatchcase(PurePosixPath(path).name, wanted):
                return agency.id, f"case.yaml gives '{pattern}' as its file"
    return None


def _by_file_name(return_: Return, case: Case) -> tuple[str, str] | None:
    for name in _file_names(return_.file):
        for text in (name, name.upper()):  # abbreviations are known by their capitals, files are often named without
            agency = agency_in(text, case)
            if agency:
                return agency, "its file name"
    return None


def _file_names(file: str) -> Iterator[str]:
    """The name of a file as words, then the names of its folders, nearest first."""
    path = PurePosixPath(file)
    yield spaced(path.stem)
    yield from (spaced(parent.name) for parent in path.parents if parent.name)


def _by_titles(return_: Return, case: Case) -> tuple[str, str] | None:
    for line, where in titles(return_):
        agency = agency_in(line, case)
        if agency:
            return agency, where
    return None


def spaced(name: str) -> str:
    """The words of a file's name: 'CSC_chronology-v2' gives 'CSC chronology v2', 'HillPolice (2)' 'Hill Police'."""
    parted = re.sub(r"[_\-.+,()\[\]]+", " ", COPY_NUMBER.sub("", name))
    return " ".join(CAMEL.sub(" ", parted).split())


def titles(return_: Return) -> Iterator[tuple[str, str]]:
    """The titles of a file, the likeliest to name its agency first, each with where it stands."""
    for sheet in return_.sheets:
        for row in takewhile(_is_above_the_table, sheet.rows[:TITLE_ROWS]):
            yield from ((text, f"the title in row {row.number}") for text in _title(row))
    for sheet in return_.sheets:
        if sheet.heading:
            yield sheet.heading, "the heading above its table"
    yield from ((note[:TITLE_LENGTH], "the text outside its tables") for note in return_.notes[:TITLE_ROWS])
    for sheet in return_.sheets:
        if not _has_default_name(sheet):
            yield sheet.name, "the name of a sheet"


def _is_above_the_table(row: Row) -> bool:
    """False from the header, or the first row of several cells, onwards: what stands below names agencies of all kinds."""
    filled = [cell for cell in row.cells if cell not in (None, "")]
    headers = [known for cell in filled if isinstance(cell, str) and (known := role_of(cell)) and known.whole]
    return len(filled) <= 2 and len(headers) < 2


def _title(row: Row) -> Iterator[str]:
    """The text of a row that has hardly any other cell."""
    filled = [cell for cell in row.cells if cell not in (None, "")]
    texts = [cell.strip() for cell in filled if isinstance(cell, str)]
    if texts and len(filled) <= 2:
        yield " ".join(texts)[:TITLE_LENGTH]


def _has_default_name(sheet: Sheet) -> bool:
    return not sheet.name or bool(DEFAULT_SHEET.fullmatch(sheet.name.strip()))


# ------------------------------------------------------------------------------------ an agency the case lacks


def found_in(return_: Return) -> Agency:
    """The agency a file names, for a case that does not have it: named by the file's name, else by a title that speaks
    of a service, else by whatever the file is called."""
    stem = _told_apart(spaced(PurePosixPath(return_.file).stem))
    lines = [_told_apart(re.split(r"[:;|]| - | – ", line)[0]) for line, _ in titles(return_) if "=" not in line]
    name = next((line for line in (stem, *lines) if kind_of(line) or kind_of(line.upper())), stem) or return_.file
    name = _capitals(name)
    return Agency(slug(name) or "agency", name, kind=kind_of(name))


def _told_apart(name: str) -> str:
    """A name without the words that files share: 'chronology', 'final', years, version numbers."""
    kept = [word for word in name.split() if word.lower() not in fillers() and not re.fullmatch(r"v?\d{4,8}", word)]
    return " ".join(kept)


def _capitals(name: str) -> str:
    """A name as it is usually written: 'csc' as 'CSC', 'hill-top school' as 'Hill Top School'."""
    words = (word.upper() if word.upper() in abbreviations() else word for word in name.split())
    return " ".join(word if any(letter.isupper() for letter in word) else word.capitalize() for word in words)
