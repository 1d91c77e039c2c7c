"""Every cell that openpyxl can read reads the same here."""

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from chrono.model import Value
from tests.ingest.making import read
from tests.shared import SHARED

EXAMPLES = Path(__file__).parents[2] / "examples"
WORKBOOKS = sorted([*(SHARED / "cases").glob("*/returns/*.xlsx"), *EXAMPLES.glob("*/returns/*.xlsx")])


def as_read_here(value: object) -> Value:
    """openpyxl's value in the words of chrono: no blank texts, hours beyond a day as text."""
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        in_a_day = timedelta(0) <= value < timedelta(days=1)
        return (datetime.min + value).time() if in_a_day else f"{minutes // 60}:{minutes % 60:02d}"
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time())
    assert value is None or isinstance(value, (str, int, float, bool, datetime, time))
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def by_openpyxl(content: bytes) -> dict[tuple[str, int, int], Value]:
    book = load_workbook(io.BytesIO(content), data_only=True)
    cells = (cell for sheet in book.worksheets for line in sheet.iter_rows() for cell in line if cell.value is not None)
    return {
        (cell.parent.title, cell.row, cell.column - 1): as_read_here(cell.value)
        for cell in cells
        if str(cell.value).strip()
    }


def by_chrono(content: bytes) -> dict[tuple[str, int, int], Value]:
    return {
        (sheet.name, row.number, column): value
        for sheet in read(content).sheets
        for row in sheet.rows
        for column, value in enumerate(row.cells)
        if value is not None and str(value).strip()
    }


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: f"{path.parents[1].name}/{path.name}")
def test_workbooks_of_the_cases(path: Path) -> None:
    content = path.read_bytes()
    assert by_chrono(content) == by_openpyxl(content)


FORMATS = (
    "General", "0", "0.00", "dd/mm/yyyy", "d-mmm-yy", "mmm-yy", "yyyy", "dd/mm/yyyy hh:mm", "h:mm AM/PM", "[h]:mm", "mm:ss",
    "[$-809]dd mmmm yyyy", '"day "0', "#,##0;[Red]-#,##0", "@", "yyyy-mm-dd;@", "dddd", "[Red]0", "0.00E+00",
    '0 "hrs"', "_-* #,##0_-",
)  # fmt: skip
NUMBERS = (0, 0.25, 0.999999, 1, 1.5, 59, 61, 366, 43588, 43588.4375, 43588.999999, 60000, 2_957_000)


@pytest.mark.parametrize("epoch", [None, datetime(1904, 1, 1)], ids=["1900", "1904"])
@pytest.mark.parametrize("code", FORMATS)
def test_every_number_under_every_format(code: str, epoch: datetime | None) -> None:
    book = Workbook()
    if epoch:
        book.epoch = epoch
    sheet = book.active
    assert sheet is not None
    for number, value in enumerate(NUMBERS, 1):
        sheet.cell(number, 1, value).number_format = code
    target = io.BytesIO()
    book.save(target)
    assert by_chrono(target.getvalue()) == by_openpyxl(target.getvalue())
