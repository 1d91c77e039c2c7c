"""Answered letters read back: what an agency wrote in the boxes of its Word letter."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from chrono.report.text import clean

FOLDER = "answers"
"""Beside the folder of results: where answered letters are put."""
BOX = re.compile(r"Answer to question \d+ \((?P<id>[^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Answer:
    """What was written in one box of one letter."""

    finding: str
    text: str
    file: str


def read_answers(folder: Path) -> tuple[tuple[Answer, ...], tuple[str, ...]]:
    """The answers in every Word file of `folder`, and what is to be said about files that gave none."""
    answers: list[Answer] = []
    said = []
    for path in sorted(folder.glob("*.docx")):
        if path.name.startswith("~$"):
            continue
        try:
            found = list(_answers(path))
        except (zipfile.BadZipFile, KeyError, OSError, ValueError):
            said.append(f"{path.name}: cannot be read as a Word file; save it again in Word and run again")
            continue
        answers += found
        if not found:
            said.append(f"{path.name}: no answer found in its boxes")
    return tuple(answers), tuple(said)


def _answers(path: Path) -> Iterator[Answer]:
    """Raises ValueError, or what the library meets, for a file that is no Word document."""
    # Only a folder with answers needs the library, which takes a tenth of a second to start.
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = docx.Document(str(path))
    except PackageNotFoundError as error:
        raise ValueError(path.name) from error
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                begun = BOX.search(cell.text)
                text = clean(cell.text[begun.end() :]).strip() if begun else ""
                if begun and text:
                    yield Answer(begun["id"], text, path.name)
