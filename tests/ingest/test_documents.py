"""Word tables: where their text stands, what is tracked, struck, hidden or noted, and what surrounds them."""

import pytest

from chrono.model import Mark, Merge, Row
from tests.ingest.making import box, document, document_parts, paragraph, read, relations, rows_of, run, table, zipped

CONTROL = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"


def rows_in(body: str, place: int = 0) -> list[tuple[int, tuple[object, ...]]]:
    return rows_of(read(document(body), "return.docx"), place)


def only_row(cells: str) -> Row:
    return read(document(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"), "return.docx").sheets[0].rows[0]


def test_each_table_is_a_sheet_with_what_stands_above_it() -> None:
    body = (
        paragraph(run("Northshire Trust"), "Heading1")
        + paragraph(run("Please list all contacts."))
        + paragraph(run("Contacts in 2019"))
        + table(["Date", "Event"], ["3 May", "Visit"])
        + paragraph(run("Key: HV health visitor"))
        + table(["HV", "health visitor"])
    )
    found = read(document(body), "return.docx")
    assert [(sheet.name, sheet.heading) for sheet in found.sheets] == [
        ("table 1", "Northshire Trust\nContacts in 2019"),
        ("table 2", "Key: HV health visitor"),
    ]
    assert rows_of(found) == [(1, ("Date", "Event")), (2, ("3 May", "Visit"))]
    assert found.notes == (
        "Northshire Trust",
        "Please list all contacts.",
        "Contacts in 2019",
        "Key: HV health visitor",
    )


def test_blank_rows_count_and_are_no_rows() -> None:
    assert rows_in(table(["a"], [" "], ["b"])) == [(1, ("a",)), (3, ("b",))]


def test_paragraphs_breaks_and_tabs_in_a_cell_are_kept() -> None:
    words = paragraph(run("one") + "<w:r><w:br/></w:r>" + run("two")) + paragraph("<w:r><w:tab/><w:t>three</w:t></w:r>")
    assert only_row(box(words)).cells == ("one\ntwo\n\tthree",)


def test_a_table_inside_a_cell_is_a_table_of_its_own() -> None:
    body = f"<w:tbl><w:tr>{box(paragraph(run('outer')) + table(['inner']))}</w:tr></w:tbl>" + table(["next"])
    names = [(sheet.name, sheet.rows[0].cells) for sheet in read(document(body), "return.docx").sheets]
    assert names == [("table 1", ("outer",)), ("table 1.1", ("inner",)), ("table 2", ("next",))]


@pytest.mark.parametrize(
    "body",
    [
        CONTROL.format("", table(["Date", "3 May"])),
        f"<w:tbl>{CONTROL.format('', '<w:tr>' + box(run('Date')) + box(run('3 May')) + '</w:tr>')}</w:tbl>",
        f"<w:tbl><w:tr>{box(run('Date'))}{CONTROL.format('', box(run('3 May')))}</w:tr></w:tbl>",
        f"<w:tbl><w:tr>{box(run('Date'))}{box('<w:p>' + CONTROL.format('<w:text/>', run('3 May')) + '</w:p>')}</w:tr></w:tbl>",
    ],
    ids=["table", "row", "cell", "words"],
)
def test_content_controls_hide_nothing(body: str) -> None:
    assert rows_in(body) == [(1, ("Date", "3 May"))]


def test_a_control_nobody_filled_in_is_empty() -> None:
    prompt = CONTROL.format("<w:showingPlcHdr/>", run("Click here to enter a date"))
    assert only_row(box("<w:p>" + prompt + "</w:p>") + box(run("Visit"))).cells == (None, "Visit")


@pytest.mark.parametrize(
    ("inside", "text", "mark"),
    [
        (f"<w:ins>{run('new')}</w:ins>", "old new", Mark("inserted", 0, "new")),
        (f"<w:moveTo>{run('new')}</w:moveTo>", "old new", Mark("inserted", 0, "new")),
        ("<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>", "old", Mark("deleted", 0, "gone")),
        (f"<w:moveFrom>{run('gone')}</w:moveFrom>", "old", Mark("deleted", 0, "gone")),
        (run("no", "<w:strike/>"), "old no", Mark("struck", 0, "no")),
        (run("no", "<w:dstrike w:val='true'/>"), "old no", Mark("struck", 0, "no")),
        (run("unseen", "<w:vanish/>"), "old unseen", Mark("hidden", 0, "unseen")),
        (run("pale", "<w:color w:val='FFFFFF'/>"), "old pale", Mark("white", 0, "pale")),
    ],
    ids=lambda part: str(part)[:25],
)
def test_changes_and_looks_are_told_apart(inside: str, text: str, mark: Mark) -> None:
    row = only_row(box(run("old ") + inside))
    assert (row.cells, row.marks) == ((text,), (mark,))


@pytest.mark.parametrize(
    "switched_off", ["<w:strike w:val='0'/>", "<w:strike w:val='false'/>", "<w:color w:val='auto'/>"]
)
def test_a_look_switched_off_is_no_look(switched_off: str) -> None:
    assert only_row(box(run("plain", switched_off))).marks == ()


def test_white_words_on_a_shaded_cell_are_plain_to_see() -> None:
    shaded = box(run("Date", "<w:color w:val='FFFFFF'/>"), "<w:shd w:fill='000080'/>")
    assert only_row(shaded).marks == ()


def test_a_deleted_row_has_no_live_text() -> None:
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{box(run('3 May'))}{box(run('Visit'))}</w:tr>"
    new = f"<w:tr><w:trPr><w:ins/></w:trPr>{box(run('4 May'))}</w:tr>"
    rows = read(document(f"<w:tbl>{gone}{new}</w:tbl>"), "return.docx").sheets[0].rows
    assert rows[0] == Row(1, (), marks=(Mark("deleted", 0, "3 May"), Mark("deleted", 1, "Visit")))
    assert rows[1] == Row(2, ("4 May",), marks=(Mark("inserted"),))


def test_merged_cells_stand_in_their_columns() -> None:
    rows = (
        box(run("Title"), "<w:gridSpan w:val='3'/>"),
        box(run("3 May"), "<w:vMerge w:val='restart'/>") + box(run("a")) + box(run("b")),
        box("", "<w:vMerge/>") + box(run("c")) + box(run("d")),
        box(run("4 May")) + box(run("e")) + box(run("f")),
    )
    body = "<w:tbl>" + "".join(f"<w:tr>{cells}</w:tr>" for cells in rows) + "</w:tbl>"
    sheet = read(document(body), "return.docx").sheets[0]
    assert [row.cells for row in sheet.rows] == [("Title",), ("3 May", "a", "b"), (None, "c", "d"), ("4 May", "e", "f")]
    assert sheet.merges == (Merge(1, 1, 0, 2), Merge(2, 3, 0, 0))


def test_a_row_that_begins_further_right_keeps_its_columns() -> None:
    body = f"<w:tbl><w:tr><w:trPr><w:gridBefore w:val='2'/></w:trPr>{box(run('late'))}</w:tr></w:tbl>"
    assert rows_in(body) == [(1, (None, None, "late"))]


def test_comments_footnotes_and_text_boxes_stand_beside_the_text() -> None:
    draft = f"<w:txbxContent>{paragraph(run('Draft'))}</w:txbxContent>"
    both = f"<mc:Choice>{draft}</mc:Choice><mc:Fallback>{draft}</mc:Fallback>"
    boxed = f"<w:r><mc:AlternateContent xmlns:mc='m'>{both}</mc:AlternateContent></w:r>"
    references = "<w:r><w:commentReference w:id='4'/></w:r><w:r><w:footnoteReference w:id='2'/></w:r>"
    parts = document_parts(f"<w:tbl><w:tr>{box(run('Visit') + references + boxed)}</w:tr></w:tbl>")
    parts["word/_rels/document.xml.rels"] = relations(
        ("a", "comments", "comments.xml"), ("b", "footnotes", "footnotes.xml")
    )
    parts["word/comments.xml"] = (
        f"<w:comments xmlns:w='w'><w:comment w:id='4' w:author='R Wren'>{paragraph(run('check'))}</w:comment></w:comments>"
    )
    parts["word/footnotes.xml"] = (
        f"<w:footnotes xmlns:w='w'><w:footnote w:id='2'>{paragraph(run('from file'))}</w:footnote></w:footnotes>"
    )
    row = read(zipped(parts), "return.docx").sheets[0].rows[0]
    assert row.cells == ("Visit",)
    assert row.marks == (
        Mark("comment", 0, "R Wren: check"),
        Mark("footnote", 0, "from file"),
        Mark("text-box", 0, "Draft"),
    )


def test_field_codes_and_tab_stops_are_no_text() -> None:
    code = "<w:r><w:instrText>DATE \\@ dd/MM/yyyy</w:instrText></w:r>"
    words = f"<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>{code}{run('3 May')}</w:p>"
    assert only_row(box(words)).cells == ("3 May",)


def test_page_headers_come_first_among_the_notes() -> None:
    parts = document_parts(paragraph(run("below")) + table(["a"]))
    parts["word/_rels/document.xml.rels"] = relations(("a", "header", "header1.xml"))
    parts["word/header1.xml"] = f"<w:hdr xmlns:w='w'>{paragraph(run('Northshire Police'))}</w:hdr>"
    assert read(zipped(parts), "return.docx").notes == ("Northshire Police", "below")


def test_a_letter_without_a_table_is_read_paragraph_by_paragraph() -> None:
    found = read(
        document(paragraph(run("Dear panel")) + paragraph("") + paragraph(run("We hold no records."))), "letter.docx"
    )
    assert [(sheet.name, rows_of(found)) for sheet in found.sheets] == [
        ("text", [(1, ("Dear panel",)), (2, ("We hold no records.",))])
    ]
    assert [problem.what for problem in found.problems] == ["has no table; its paragraphs were read as rows"]


def test_how_words_looked_before_a_tracked_change_does_not_count() -> None:
    changed = "<w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>"
    before = "<w:tcPrChange><w:tcPr><w:gridSpan w:val='3'/></w:tcPr></w:tcPrChange>"
    row = only_row(box(run("plain", changed), before) + box(run("next")))
    assert (row.cells, row.marks) == (("plain", "next"), ())


def test_files_put_inside_a_document_are_told_of() -> None:
    parts = document_parts(table(["a"])) | {"word/embeddings/sheet1.xlsx": "x"}
    assert "holds 1 file put inside it" in read(zipped(parts), "return.docx").problems[0].what
