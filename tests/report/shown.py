"""What a person sees of each kind of output, as plain text."""

from __future__ import annotations

import html
import io
import re
import zipfile
from pathlib import Path

from docx import Document
from openpyxl import load_workbook

from chrono.model import Review
from chrono.report import Report, writers


def written(name: str, review: Review) -> bytes:
    """The bytes one writer makes of a review."""
    out = io.BytesIO()
    writers()[name].write(Report(review), out)
    return out.getvalue()


def shown(name: str, review: Review) -> str:
    """The text of one writer's output, as its program shows it."""
    made = written(name, review)
    suffix = Path(writers()[name].filename).suffix
    if suffix == ".xlsx":
        book = load_workbook(io.BytesIO(made))
        return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    if suffix == ".docx":
        tables = Document(io.BytesIO(made)).tables
        return "\n".join(cell.text for table in tables for row in table.rows for cell in row.cells)
    if suffix in (".html", ".xml"):
        return html.unescape(re.sub(r"<[^>]*>", " ", made.decode()))
    return made.decode("utf-8-sig")


def parts(made: bytes) -> dict[str, str]:
    """The parts of a zipped document."""
    with zipfile.ZipFile(io.BytesIO(made)) as whole:
        return {name: whole.read(name).decode("utf-8", "replace") for name in whole.namelist()}
