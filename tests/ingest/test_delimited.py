"""Separated values: any encoding, any separator, any quoting; a row's number is the line on which it begins."""

import codecs

import pytest

from tests.ingest.making import read, rows_of

TABLE = "Date,Event\n3 May,visit – café\n4 May,call\n"
ROWS = [(1, ("Date", "Event")), (2, ("3 May", "visit – café")), (3, ("4 May", "call"))]


def rows(text: str | bytes, name: str = "return.csv") -> list[tuple[int, tuple[object, ...]]]:
    return rows_of(read(text.encode() if isinstance(text, str) else text, name))


def doubts(text: str | bytes) -> list[tuple[str, int]]:
    found = read(text.encode() if isinstance(text, str) else text, "return.csv").problems
    return [(problem.what.partition(";")[0].partition(":")[0], problem.row) for problem in found]


@pytest.mark.parametrize(
    "content",
    [
        TABLE.encode(),
        codecs.BOM_UTF8 + TABLE.encode(),
        TABLE.encode("cp1252"),
        TABLE.encode("utf-16"),
        TABLE.encode("utf-16-le"),
        TABLE.encode("utf-16-be"),
        TABLE.encode("utf-32"),
        TABLE.replace("\n", "\r\n").encode(),
        TABLE.replace("\n", "\r").encode(),
        TABLE.encode().rstrip(b"\n"),
    ],
    ids=["utf-8", "mark", "windows", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "crlf", "cr", "no end"],
)
def test_encodings_and_line_ends_read_alike(content: bytes) -> None:
    assert rows(content) == ROWS


def test_a_late_byte_of_another_encoding_does_not_spoil_the_rest() -> None:
    early, late = "1 May,café\n" * 5000, "9 May,visit – home\n"
    content = ("Date,Event\n" + early).encode() + late.encode("cp1252")
    found = rows(content)
    assert (found[1][1][1], found[-1][1][1]) == ("café", "visit – home")
    assert doubts(content) == [("two encodings are mixed in it", 0)]


def test_a_byte_that_no_encoding_has_is_kept() -> None:
    assert rows(b"Event\nvisit \x81 \x96\n") == [(1, ("Event",)), (2, ("visit \x81 –",))]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator: str) -> None:
    text = f"Date{separator}Event{separator}Who\n3 May{separator}visit, at home; all seen{separator}SW\n" * 3
    assert rows(text)[1][1] == (
        ("3 May", "visit, at home; all seen", "SW") if separator in "\t|" else ("3 May", *rows(text)[1][1][1:])
    )
    assert rows(text)[0][1] == ("Date", "Event", "Who")


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;", "sep=;;;"])
def test_a_line_that_names_the_separator_is_no_row(line: str) -> None:
    assert rows(f"{line}\nDate;Event\n3,5;x\n") == [(2, ("Date", "Event")), (3, ("3,5", "x"))]


def test_title_lines_above_the_table_do_not_hide_its_separator() -> None:
    text = "Northshire Police\nChronology, prepared for the panel, final\n\nDate;Event;Who\n1 May;a;b\n2 May;c;d\n"
    assert rows(text)[2:] == [(4, ("Date", "Event", "Who")), (5, ("1 May", "a", "b")), (6, ("2 May", "c", "d"))]


def test_cells_of_several_lines_keep_them_and_rows_are_counted_in_lines() -> None:
    text = 'Date,Event\r\n3 May,"first\r\nsecond, with ""quotes"""\r\n\r\n4 May,call\r\n'
    assert rows(text) == [
        (1, ("Date", "Event")),
        (2, ("3 May", 'first\nsecond, with "quotes"')),
        (5, ("4 May", "call")),
    ]


def test_a_quotation_mark_that_is_never_closed_swallows_nothing() -> None:
    text = 'Date,Event\n1 May,"said\n2 May,call\n3 May,visit\n'
    assert rows(text)[1:] == [(2, ("1 May", '"said')), (3, ("2 May", "call")), (4, ("3 May", "visit"))]
    assert doubts(text) == [("a quotation mark is opened and never closed", 2)]


def test_a_quotation_mark_closed_by_the_next_quotation_swallows_nothing() -> None:
    text = 'Date,Event\n1 May,"said\n2 May,"call, later"\n3 May,visit\n'
    assert rows(text)[1:] == [(2, ("1 May", '"said')), (3, ("2 May", "call, later")), (4, ("3 May", "visit"))]


def test_many_open_quotation_marks_cost_no_more_than_time() -> None:
    text = "Date,Event\n" + '1 May,"said","x"y\n' * 3000
    assert len(rows(text)) == 3001


def test_inches_and_quotations_inside_a_cell_are_text() -> None:
    assert rows('Event,Who\nhe said "no" twice,SW\n')[1] == (2, ('he said "no" twice', "SW"))


def test_long_cells_empty_characters_and_ragged_rows_are_read() -> None:
    text = "Date,Event\n1 May," + "x" * 200_000 + "\n2 May,a,b,c\n3\0 May\n,,\n"
    found = rows(text)
    assert [len(cells) for _, cells in found] == [2, 2, 4, 1]
    assert (len(str(found[1][1][1])), found[3]) == (200_000, (4, ("3 May",)))
    assert doubts(text) == [("1 empty (NUL) characters were left out", 0)]


def test_unusual_characters_do_not_break_lines() -> None:
    assert rows("Event,Who\na\u2028b\x0bc\x85d,SW\n")[1] == (2, ("a\u2028b\x0bc\x85d", "SW"))


def test_a_letter_is_one_column() -> None:
    text = "We hold no records, on paper or otherwise, of the family.\n\nSigned, A Dove\n"
    assert [number for number, cells in rows(text, "letter.txt") if len(cells) == 1] == [1, 3]


def test_a_table_saved_as_text_is_a_table() -> None:
    assert rows("Date\tEvent\n3 May\tvisit, at home\n", "return.txt")[1] == (2, ("3 May", "visit, at home"))
