"""One small table as LibreOffice saved it in two other formats: both say the same as the workbook it came from."""

from datetime import datetime, time
from pathlib import Path

import pytest

from chrono.ingest import read_file
from chrono.model import Mark, Merge, Return, Sheet
from tests.ingest import making

FILES = Path(__file__).with_name("files")
FORMATS = ("small.ods", "small.xls")


def sheets(name: str) -> tuple[Sheet, ...]:
    found = read_file(FILES / name, name)
    assert isinstance(found, Return)
    assert found.problems == ()
    return found.sheets


@pytest.mark.parametrize("name", FORMATS)
def test_values_stand_where_they_stood(name: str) -> None:
    log, codes = sheets(name)
    assert [(row.number, row.cells) for row in log.rows] == [
        (1, ("Northshire Housing",)),
        (2, ("Date", "Time", "Event", "Count")),
        (3, (datetime(2019, 5, 3), time(14, 30), "Home visit & call", 2)),
        (4, (datetime(2019, 5, 4, 9, 15), None, "Line one\nline two", 2.5)),
        (5, ("early May", None, "struck", True)),
        (6, (None, None, "hidden row")),
        (8, ("after a blank row",)),
        (9, ("#DIV/0!",)),
    ]
    assert [row.cells for row in codes.rows] == [("HV", "health visitor")]


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_not_in_plain_sight_is_said(name: str) -> None:
    log, codes = sheets(name)
    assert (log.hidden, codes.hidden) == (False, True)
    assert (log.merges, log.hidden_columns) == ((Merge(1, 1, 0, 2),), (3,))
    assert [row.number for row in log.rows if row.hidden] == [6]
    assert [(row.number, row.marks) for row in log.rows if row.marks] == [
        (3, (Mark("comment", 2, "see file"),)),
        (5, (Mark("struck", 2),)),
        (9, (Mark("error", 0, "#DIV/0!"),)),
    ]


SPREADSHEET = (
    '<d xmlns:table="t" xmlns:text="x" xmlns:office="o" xmlns:style="s">'
    '<style:style style:name="S"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<table:table table:name="Log">{}</table:table></d>'
)


def spreadsheet(*rows: str) -> bytes:
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return making.zipped({"mimetype": kind, "content.xml": SPREADSHEET.format("".join(rows))}, packed=False)


def row(words: str, times: int = 1, across: int = 1) -> str:
    inside = f"<text:p>{words}</text:p>" if words else ""
    cell = f'<table:table-cell table:number-columns-repeated="{across}">{inside}</table:table-cell>'
    return f'<table:table-row table:number-rows-repeated="{times}">{cell}</table:table-row>'


def test_repeated_rows_and_cells_are_counted_and_bounded() -> None:
    content = spreadsheet(row("", 1_000_000, 16_384), row("a", 2, 2), row("", 999_999_999))
    assert making.rows_of(making.read(content, "log.ods")) == [(1_000_001, ("a", "a")), (1_000_002, ("a", "a"))]


def test_a_row_repeated_without_end_is_stopped() -> None:
    found = making.read(spreadsheet(row("first"), row("a", 1_000_000, 16_384)), "log.ods")
    assert making.rows_of(found) == [(1, ("first",))]
    assert "holds more cells than can be read" in found.problems[0].what


def test_words_struck_out_inside_a_cell_are_marked() -> None:
    words = 'seen <text:span text:style-name="S">at home</text:span><text:s text:c="2"/>later'
    line = making.read(spreadsheet(row(words)), "log.ods").sheets[0].rows[0]
    assert (line.cells, line.marks) == (("seen at home  later",), (Mark("struck", 0, "at home"),))
