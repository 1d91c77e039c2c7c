"""What chrono writes opens in LibreOffice as it was meant: nothing to repair, comments on their cells, pages to print.

Skipped where LibreOffice is not installed.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from typer.testing import CliRunner

from chrono.cli import app
from tests.copies import copied

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = [
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed"),
    pytest.mark.xdist_group("libreoffice"),
]
RUN = CliRunner()
RIVERBANK = Path(__file__).parents[2] / "examples" / "riverbank"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example with everything that chrono writes about it."""
    folder = tmp_path_factory.mktemp("office") / "case"
    copied(RIVERBANK, folder)
    RUN.invoke(app, ["merge", str(folder), "--only", "workbook,document,csv"])
    RUN.invoke(app, ["check", str(folder), "--annotate", str(folder / "copies")])
    RUN.invoke(app, ["queries", str(folder), "-o", str(folder / "queries")])
    RUN.invoke(app, ["template", str(folder), "-o", str(folder / "forms")])
    return folder


def opened_and_saved(file: Path, kind: str, folder: Path) -> Path:
    """What LibreOffice makes of a file."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{file.stem}.{kind}"


@pytest.mark.parametrize(
    "name",
    [
        "combined/combined.xlsx",
        "combined/combined.docx",
        "combined/combined.csv",
        "queries/wolden-police.docx",
        "forms/Wolden Police chronology.xlsx",
        "forms/Wolden Police chronology.docx",
    ],
)
def test_a_file_opens_and_prints(case: Path, name: str, tmp_path: Path) -> None:
    assert opened_and_saved(case / name, "pdf", tmp_path).read_bytes().startswith(b"%PDF")


def test_a_copy_to_be_sent_back_has_the_same_comments_on_the_same_cells(case: Path, tmp_path: Path) -> None:
    for file in sorted((case / "copies").iterdir()):
        assert comments(opened_and_saved(file, "xlsx", tmp_path)) == comments(file) != {}


def comments(file: Path) -> dict[tuple[str, str], str]:
    book = load_workbook(file)
    cells = ((sheet.title, cell) for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment)
    return {(title, cell.coordinate): cell.comment.text.strip() for title, cell in cells}


def test_the_workbook_has_the_same_cells_after_it_was_saved_there(case: Path, tmp_path: Path) -> None:
    """Except for the links, whose formulas another program words in its own way."""
    first, again = (
        load_workbook(file)["Timeline"]
        for file in (
            case / "combined" / "combined.xlsx",
            opened_and_saved(case / "combined" / "combined.xlsx", "xlsx", tmp_path),
        )
    )
    for row in first.iter_rows():
        for cell in row:
            if cell.data_type != "f":
                assert again[cell.coordinate].value == cell.value


def test_an_answered_letter_is_still_read_after_it_was_saved_there(case: Path, tmp_path: Path) -> None:
    letter = Document(str(case / "queries" / "wolden-police.docx"))
    letter.tables[0].cell(0, 0).paragraphs[1].text = "Charged on 9 March 2023."
    letter.save(str(tmp_path / "answer.docx"))
    (case / "answers").mkdir()
    shutil.move(opened_and_saved(tmp_path / "answer.docx", "odt", tmp_path), tmp_path / "answered.odt")
    shutil.move(opened_and_saved(tmp_path / "answered.odt", "docx", tmp_path), case / "answers" / "police.docx")
    RUN.invoke(app, ["merge", str(case), "--only", "workbook"])
    sheet = load_workbook(case / "combined" / "combined.xlsx")["Findings"]
    values = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "police.docx: Charged on 9 March 2023." in values
