"""What a workbook shows, what it hides, and what it says beside its cells."""

from datetime import datetime, time

import pytest

from chrono.ingest.reading import UnreadableError
from chrono.model import Mark, Merge
from tests.ingest import making
from tests.ingest.making import read, row, rows_of, sheet_of, workbook, worksheet, zipped


def marks_of(content: bytes) -> list[Mark]:
    return [mark for sheet in read(content).sheets for line in sheet.rows for mark in line.marks]


def only_value(cell: str, **more: str) -> object:
    return rows_of(read(sheet_of(f'<row r="1">{cell}</row>', **more)))[0][1][0]


def test_rows_keep_their_numbers_and_cells_their_columns() -> None:
    content = workbook([["Date", None, "Event"], [], [datetime(2019, 5, 3), None, "Home visit", "  ", None]])
    assert rows_of(read(content)) == [(1, ("Date", None, "Event")), (3, (datetime(2019, 5, 3), None, "Home visit"))]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1"><v>7</v></c>', 7),
        ('<c r="A1"><v>7.5</v></c>', 7.5),
        ('<c r="A1"><v>-3</v></c>', -3),
        ('<c r="A1"><v>1E3</v></c>', 1000.0),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="str"><f>A2</f><v>seen &amp; spoken to </v></c>', "seen & spoken to "),
        ('<c r="A1" t="d"><v>2019-05-03T10:30:00</v></c>', datetime(2019, 5, 3, 10, 30)),
        ('<c r="A1" t="d"><v>2019-05-03</v></c>', datetime(2019, 5, 3)),
        ('<c r="A1" s="1"><v>43588</v></c>', datetime(2019, 5, 3)),
        ('<c r="A1" s="1"><v>43588.4375</v></c>', datetime(2019, 5, 3, 10, 30)),
        ('<c r="A1" s="1"><v>1</v></c>', datetime(1900, 1, 1)),
        ('<c r="A1" s="1"><v>59</v></c>', datetime(1900, 2, 28)),
        ('<c r="A1" s="1"><v>60</v></c>', "29/02/1900"),
        ('<c r="A1" s="1"><v>61</v></c>', datetime(1900, 3, 1)),
        ('<c r="A1" s="1"><v>-5</v></c>', -5),
        ('<c r="A1" s="1"><v>99999999</v></c>', 99999999),
        ('<c r="A1" s="2"><v>0.6041666666666666</v></c>', time(14, 30)),
        ('<c r="A1" s="7"><v>1.5</v></c>', "36:00"),
        ('<c r="A1" t="inlineStr"><is><t>a</t><rPh><t>b</t></rPh><t>c</t></is></c>', "ac"),
        ('<c r="A1"><is><t>a text without its type</t></is></c>', "a text without its type"),
        ('<c r="A1" t="inlineStr"><is><t>line_x000D_\none</t></is></c>', "line\none"),
        ('<c><v>7</v></c>', 7),
        ('<c r="A1"><v>not a number</v></c>', "not a number"),
        ('<c r="A1"><v>nan</v></c>', "nan"),
        ('<c r="A1"><v>' + "9" * 5000 + "</v></c>", "9" * 5000),
    ],
    ids=lambda part: str(part)[:50],
)  # fmt: skip
def test_a_value_is_what_the_cell_holds(cell: str, value: object) -> None:
    assert only_value(cell) == value


def test_the_1904_calendar_counts_from_another_day() -> None:
    shown = only_value('<c r="A1" s="1"><v>42126</v></c>', properties='<workbookPr date1904="1"/>')
    assert shown == datetime(2019, 5, 3)


def test_shared_texts_are_put_in_with_what_their_runs_say() -> None:
    rich = "<r><t>seen </t></r><r><rPr><strike/></rPr><t>at home</t></r>"
    strings = f"<si><t>plain &amp; simple</t></si><si><t>swift</t></si><si>{rich}</si>"
    cells = '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>'
    content = sheet_of(f'<row r="1">{cells}</row>', strings=strings)
    assert rows_of(read(content)) == [(1, ("plain & simple", "swift", "seen at home"))]
    assert marks_of(content) == [Mark("struck", 2, "at home")]


@pytest.mark.parametrize(
    ("cell", "mark"),
    [
        ('<c r="A1" s="4"><v>1</v></c>', Mark("struck", 0)),
        ('<c r="A1" s="5"><v>1</v></c>', Mark("white", 0)),
        ('<c r="A1" s="9"><v>1</v></c>', Mark("white", 0)),
        ('<c r="A1" s="3"><v>43586</v></c>', Mark("shown", 0, "May 2019")),
        ('<c r="A1" s="3"><v>43588</v></c>', Mark("number-format", 0, "mmm\\-yy")),
        ('<c r="A1" s="8"><v>43586</v></c>', Mark("number-format", 0, "mm/dd/yyyy")),
        ('<c r="A1" t="e"><v>#REF!</v></c>', Mark("error", 0, "#REF!")),
        ('<c r="A1"><f>B1+C1</f></c>', Mark("formula", 0, "=B1+C1")),
        ('<c r="A1" t="s"><v>77</v></c>', Mark("error", 0, "the text of this cell is missing from the file")),
        ('<c r="A1" t="s"><v>-1</v></c>', Mark("error", 0, "the text of this cell is missing from the file")),
        ('<c r="A1" s="1"><v>-5</v></c>', Mark("error", 0, "the number -5 is shown as a date and is none")),
        (
            '<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><rPr><color rgb="FFFFFFFF"/></rPr><t>b</t></r></is></c>',
            Mark("white", 0, "b"),
        ),
    ],
    ids=lambda part: str(part)[:50],
)
def test_what_is_not_in_plain_sight_is_marked(cell: str, mark: Mark) -> None:
    assert marks_of(sheet_of(f'<row r="1">{cell}</row>')) == [mark]


def test_white_on_a_coloured_cell_is_a_header_and_plain_to_see() -> None:
    assert marks_of(sheet_of('<row r="1"><c r="A1" s="6"><v>1</v></c></row>')) == []


def test_hidden_rows_columns_and_sheets_are_read_and_said() -> None:
    columns = '<cols><col min="2" max="2" hidden="1"/><col min="5" max="16384" hidden="1"/></cols>'
    first = worksheet(
        row(1, ["a", "b", "c"]) + row(2, [1, 2, 3], ' hidden="1"') + row(3, ["x"], ' hidden="true"'), columns
    )
    second, third = (worksheet(row(1, [name])) for name in ("second", "third"))
    found = read(zipped(making.workbook_parts(first, second, third, states=("visible", "hidden", "veryHidden"))))
    assert [sheet.hidden for sheet in found.sheets] == [False, True, True]
    assert [line.hidden for line in found.sheets[0].rows] == [False, True, True]
    assert found.sheets[0].hidden_columns == (1,)


def test_merges_are_kept_and_end_where_the_content_ends() -> None:
    merges = '<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="A2:A3"/><mergeCell ref="B2:XFD1048576"/></mergeCells>'
    content = sheet_of(row(1, ["Title"]) + row(2, ["3 May", "one"]) + row(3, [None, None, "two"]), after=merges)
    assert read(content).sheets[0].merges == (Merge(1, 1, 0, 2), Merge(2, 3, 0, 0), Merge(2, 3, 1, 2))


def test_comments_conversations_and_text_boxes_are_read() -> None:
    parts = making.workbook_parts(worksheet(row(1, ["Date", "Event"])))
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = making.relations(
        ("r1", "comments", "../comments1.xml"),
        ("r2", "threadedComment", "../threadedComments/t1.xml"),
        ("r3", "drawing", "/xl/drawings/d1.xml"),
    )
    parts["xl/comments1.xml"] = (
        f'<comments xmlns="{making.MAIN}"><authors><author>R Wren</author><author>tc=1</author></authors><commentList>'
        '<comment ref="B1" authorId="0"><text><r><t>see </t></r><r><t>file</t></r></text></comment>'
        '<comment ref="C4" authorId="1"><text><t>[Threaded comment] Your version of Excel</t></text></comment>'
        "</commentList></comments>"
    )
    parts["xl/threadedComments/t1.xml"] = (
        '<T><threadedComment ref="C4" personId="p"><text>who was it?</text></threadedComment></T>'
    )
    parts["xl/persons/person.xml"] = '<personList><person id="p" displayName="A Dove"/></personList>'
    parts["xl/drawings/d1.xml"] = (
        '<x:wsDr xmlns:x="x" xmlns:a="a"><x:sp><a:p><a:t>Draft</a:t></a:p><a:p><a:t>only</a:t></a:p></x:sp></x:wsDr>'
    )
    sheet = read(zipped(parts)).sheets[0]
    assert sheet.marks == (Mark("text-box", -1, "Draft\nonly"),)
    assert [(line.number, line.marks) for line in sheet.rows] == [
        (1, (Mark("comment", 1, "R Wren: see file"),)),
        (4, (Mark("comment", 2, "A Dove: who was it?"),)),
    ]


def test_page_headers_are_notes() -> None:
    footer = '<headerFooter><oddHeader>&amp;C&amp;"Arial,Bold"&amp;14Northshire Police&amp;R&amp;P</oddHeader></headerFooter>'
    assert read(sheet_of(row(1, ["a"]), after=footer)).notes == ("Northshire Police",)


def test_what_follows_the_rows_is_no_part_of_the_last_cell() -> None:
    after = '<extLst><ext xmlns:xm="xm"><xm:f>Sheet1!A1</xm:f><v>9</v></ext></extLst>'
    content = sheet_of('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1</f><v>2</v></c></row>', after=after)
    assert rows_of(read(content)) == [(1, (1, 2))]
    assert marks_of(content) == []


@pytest.mark.parametrize("shape", ["{}", "<!-- {} -->", "<![CDATA[{}]]>"])
def test_a_row_inside_a_comment_is_no_row(shape: str) -> None:
    real, other = '<row r="1"><c r="A1"><v>1</v></c></row>', '<row r="2"><c r="A2"><v>2</v></c></row>'
    found = rows_of(read(sheet_of(real + shape.format(other))))
    assert found == ([(1, (1,)), (2, (2,))] if shape == "{}" else [(1, (1,))])


def test_a_date_the_file_gives_itself_is_kept() -> None:
    parts = making.workbook_parts(worksheet(row(1, ["a"])))
    parts["docProps/core.xml"] = (
        "<cp:p xmlns:cp='c' xmlns:dcterms='d'><dcterms:modified>2019-06-01T09:30:00Z</dcterms:modified></cp:p>"
    )
    assert read(zipped(parts)).modified == datetime(2019, 6, 1, 9, 30)


def test_a_binary_workbook_is_told_from_a_damaged_one() -> None:
    with pytest.raises(UnreadableError, match="binary workbook"):
        read(zipped({"xl/workbook.bin": b"\0"}))


@pytest.mark.parametrize("length", range(65_400, 65_536, 9))
def test_a_comment_that_begins_between_two_pieces_hides_its_rows(length: int) -> None:
    padding = "<cols>" + "<col/>" * (length // 6) + " " * (length % 6) + "</cols>"
    hidden = "<!-- " + row(2, ["not there"]) + " -->"
    assert rows_of(read(sheet_of(hidden + row(3, ["there"]), before=padding))) == [(3, ("there",))]
