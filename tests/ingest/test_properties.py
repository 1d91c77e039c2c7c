"""Any table reads back as it was written, in every format; any mutilation of a file is survived."""

import csv
import io
import os
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
from docx import Document
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from chrono.ingest import read_case, read_file
from chrono.ingest.case import CaseError
from chrono.model import Return, Value
from tests.ingest import making
from tests.ingest.hostile import SHARED, SHARED_ROWS, TABLE, WORD_TABLE

ROUNDS = int(os.environ.get("CHRONO_MUTATIONS", "500"))

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co"), exclude_characters="\ufeff\x1f"),
    min_size=1,
)
LINES = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
TEXTS = LINES.map(str.strip).filter(bool)
DAYS = st.datetimes(datetime(1901, 1, 1), datetime(2199, 12, 31)).map(lambda day: day.replace(second=0, microsecond=0))


def tables(cells: st.SearchStrategy[Value]) -> st.SearchStrategy[list[list[Value]]]:
    row = st.lists(st.none() | cells, min_size=1, max_size=4)
    return st.lists(row, min_size=1, max_size=5).filter(lambda table: any(any(row) for row in table))


def written(table: list[list[Value]]) -> list[tuple[int, tuple[Value, ...]]]:
    """The rows that should be read: numbered, without blank ends, none that are blank."""
    found = []
    for number, cells in enumerate(table, 1):
        kept = list(cells)
        while kept and kept[-1] is None:
            kept.pop()
        if kept:
            found.append((number, tuple(kept)))
    return found


def workbook_by_openpyxl(table: list[list[Value]]) -> bytes:
    book = Workbook()
    for number, cells in enumerate(table, 1):
        for place, value in enumerate(cells, 1):
            cell = book.worksheets[0].cell(number, place, value)
            if isinstance(value, str):
                cell.data_type = "s"  # or a text that begins with = would become a formula
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def document_by_python_docx(table: list[list[Value]]) -> bytes:
    document = Document()
    grid = document.add_table(len(table), max(map(len, table)))
    for row, cells in zip(grid.rows, table, strict=True):
        for cell, value in zip(row.cells, cells, strict=False):
            cell.text = str(value or "")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@settings(max_examples=40)
@given(tables(TEXTS | DAYS | st.booleans() | st.integers(-(10**9), 10**9)))
def test_a_workbook_reads_back(table: list[list[Value]]) -> None:
    assert making.rows_of(making.read(making.workbook(table))) == written(table)
    assert making.rows_of(making.read(workbook_by_openpyxl(table))) == written(table)


@settings(max_examples=40)
@given(tables(TEXTS))
def test_a_document_reads_back(table: list[list[Value]]) -> None:
    assert making.rows_of(making.read(document_by_python_docx(table), "return.docx")) == written(table)


@settings(max_examples=100)
@example([[";\n;", "0\n;\n;"]], ",", "\n", "utf-8")
@given(
    tables(TEXTS),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_separated_values_read_back(table: list[list[Value]], separator: str, end: str, encoding: str) -> None:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=separator, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows([["Date", "Event", "Outcome", "Worker"], *[[cell or "" for cell in cells] for cells in table]])
    found = making.read(target.getvalue().replace("\n", end).encode(encoding), "return.csv")
    assert [cells for _, cells in making.rows_of(found)[1:]] == [cells for _, cells in written(table)]


EMPTY = (
    ' s="4"/>',
    "/>",
    ' t="n"><v></v></c>',
    "><f>B1</f></c>",
    "><f>B1</f><v></v></c>",
    ' t="str"><f>A1</f><v></v></c>',
)
NUMBERS = (
    ' s="1"><v>43588</v></c>',
    ' s="3"><v>43588.5</v></c>',
    "><v>7</v></c>",
    '><f t="shared" si="0"/><v>3</v></c>',
)
SHARED_TEXTS = (
    *tuple(f' t="s"><v>{place}</v></c>' for place in ("0", "1", "2", "99", "x")),
    ' s="4" t="s"><v>1</v></c>',
)
OWN_TEXTS = (
    ' t="str"><f>A1</f><v>né &amp; x</v></c>',
    ' t="inlineStr"><is><t>né</t></is></c>',
    ' t="inlineStr"><is><r><t>a</t></r></is></c>',
    ' t="inlineStr"><is><t xml:space="preserve"> 5 </t></is></c>',
)
OTHERS = (' t="b"><v>1</v></c>', ' t="e"><v>#N/A</v></c>', ' t="d"><v>2019-05-03</v></c>')
CELLS = st.sampled_from((*EMPTY, *NUMBERS, *SHARED_TEXTS, *OWN_TEXTS, *OTHERS))
ROW_ATTRIBUTES = (
    "",
    ' hidden="1"',
    ' ht="0" customHeight="1"',
    ' spans="1:4" x14ac:dyDescent="0.25"',
    ' s="1" customFormat="1"',
)


def row_of(number: int, attributes: str, cells: list[str]) -> str:
    inside = "".join(f'<c r="{making.column(place)}{number}"{cell}' for place, cell in enumerate(cells))
    return f'<row r="{number}"{attributes}>{inside}</row>'


@settings(max_examples=200)
@given(st.lists(st.tuples(st.sampled_from(ROW_ATTRIBUTES), st.lists(CELLS, max_size=5)), min_size=1, max_size=4))
def test_the_short_cut_reads_as_the_parser_does(rows: list[tuple[str, list[str]]]) -> None:
    lines = (row_of(number, *row) for number, row in enumerate(rows, 1))
    inside = making.row(9, ["end"]) + "".join(lines)
    strings = "<si><t>plain</t></si><si><t>é</t></si><si><r><rPr><strike/></rPr><t>gone</t></r></si>"
    swift = making.read(making.sheet_of(inside, strings=strings))
    slow = making.read(
        making.sheet_of("<!-- no short cut from here on -->" + inside, strings="<!-- nor here -->" + strings)
    )
    assert swift == slow


# ------------------------------------------------------------------------------------------------------ mutilation


def inside(parts: making.Parts, part: str) -> Callable[[random.Random], bytes]:
    """Mutilates one part and packs it again, so that the packing itself is whole."""
    return lambda chance: making.zipped(parts | {part: mutilated(as_bytes(parts[part]), chance)})


def as_bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode()


def mutilated(content: bytes, chance: random.Random) -> bytes:
    """One to four changes: bytes turned, a piece cut out, doubled, moved, or cut off."""
    for _ in range(chance.randint(1, 4)):
        one, other = sorted(chance.randrange(len(content) + 1) for _ in range(2))
        other = min(other, one + chance.choice((1, 5, 50, 500)))
        piece = content[one:other]
        content = (
            chance.choice(
                (
                    content[:one] + bytes(chance.randrange(256) for _ in piece) + content[other:],
                    content[:one] + content[other:],
                    content[:one] + piece + piece + content[other:],
                    content[:one] + piece[::-1] + content[other:],
                    content[:other],
                )
            )
            or b"x"
        )
    return content


SHARED_BOOK = making.workbook_parts(
    making.worksheet(SHARED_ROWS + making.row(4, [datetime(2019, 5, 3), 1, None, True])), strings=SHARED
)
WORD = making.document_parts(WORD_TABLE)
FILES = Path(__file__).with_name("files")
CSV = "\n".join(f'"{date}";"{event}";é' for date, event in TABLE).encode()
KINDS: dict[str, tuple[str, Callable[[random.Random], bytes]]] = {
    "the packing of a workbook": ("a.xlsx", lambda chance: mutilated(making.zipped(SHARED_BOOK), chance)),
    "a sheet": ("a.xlsx", inside(SHARED_BOOK, "xl/worksheets/sheet1.xml")),
    "shared texts": ("a.xlsx", inside(SHARED_BOOK, "xl/sharedStrings.xml")),
    "styles": ("a.xlsx", inside(SHARED_BOOK, "xl/styles.xml")),
    "a workbook part": ("a.xlsx", inside(SHARED_BOOK, "xl/workbook.xml")),
    "pointers": ("a.xlsx", inside(SHARED_BOOK, "xl/_rels/workbook.xml.rels")),
    "the packing of a document": ("a.docx", lambda chance: mutilated(making.zipped(WORD), chance)),
    "a document's body": ("a.docx", inside(WORD, "word/document.xml")),
    "separated values": ("a.csv", lambda chance: mutilated(CSV, chance)),
    "an OpenDocument file": ("a.ods", lambda chance: mutilated((FILES / "small.ods").read_bytes(), chance)),
    "an old workbook": ("a.xls", lambda chance: mutilated((FILES / "small.xls").read_bytes(), chance)),
    "bytes of no kind": ("a.xlsx", lambda chance: chance.randbytes(chance.randrange(1, 3000))),
}


@pytest.mark.parametrize("kind", KINDS)
def test_mutilated_files_end_in_rows_or_words(kind: str, tmp_path: Path) -> None:
    name, make = KINDS[kind]
    path = tmp_path / name
    chance = random.Random(kind)
    for _ in range(ROUNDS):
        path.write_bytes(make(chance))
        found = read_file(path, name)
        assert isinstance(found, Return)
        assert (
            any(sheet.rows for sheet in found.sheets) or found.notes or any(problem.fatal for problem in found.problems)
        )


def test_a_mutilated_case_ends_in_a_case_or_words() -> None:
    words = b"title: W\nperiod: {from: 2019-07, to: 2021-06}\nsubjects:\n- {id: w, aliases: [a, b]}\nrules: {late: {days: 6}}\n"
    chance = random.Random(1)
    for _ in range(ROUNDS):
        with suppress(CaseError):
            read_case(mutilated(words, chance).decode("latin-1"))
