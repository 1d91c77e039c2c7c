"""What holds for every reader on the shelf."""

from collections import Counter
from collections.abc import Callable

import pytest

from chrono import shelf
from chrono.ingest import readers
from chrono.ingest.files import all_readers
from chrono.ingest.reading import Reader
from tests.ingest import making
from tests.ingest.hostile import READ, REFUSED

TABLE = [
    ["Date", "Event", "Outcome"],
    ["3 May 2019", "Home visit & call", None],
    [],
    ["4 May 2019", None, "Closed – café"],
]
ROWS = [
    (1, ("Date", "Event", "Outcome")),
    (2, ("3 May 2019", "Home visit & call")),
    (4, ("4 May 2019", None, "Closed – café")),
]


def as_text() -> bytes:
    return "\n".join(";".join(cell or "" for cell in cells) for cells in TABLE).encode()


def as_document() -> bytes:
    return making.document(making.table(*[[cell or "" for cell in cells] for cells in TABLE]))


def as_spreadsheet() -> bytes:
    cell = "<table-cell><p>{}</p></table-cell>"
    rows = ("".join(cell.format((text or "").replace("&", "&amp;")) for text in cells) for cells in TABLE)
    inside = "".join(f"<table-row>{row}</table-row>" for row in rows)
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    parts = {"mimetype": kind, "content.xml": f"<d><table name='Log'>{inside}</table></d>"}
    return making.zipped(parts, packed=False)


WRITERS: dict[str, Callable[[], bytes]] = {
    "log.xlsx": lambda: making.workbook(TABLE),
    "log.csv": as_text,
    "log.docx": as_document,
    "log.ods": as_spreadsheet,
}


@pytest.mark.parametrize("name", WRITERS)
def test_the_same_table_gives_the_same_rows(name: str) -> None:
    found = making.read(WRITERS[name](), name)
    assert making.rows_of(found) == ROWS
    assert found.problems == ()


@pytest.mark.parametrize("name", WRITERS)
def test_reading_twice_gives_the_same(name: str) -> None:
    content = WRITERS[name]()
    assert making.read(content, name) == making.read(content, name)


def test_every_module_on_the_shelf_is_explained_and_offers_a_reader() -> None:
    for module in shelf.modules(readers):
        assert module.__doc__, module.__name__
        assert isinstance(module.reader, Reader), module.__name__


def test_an_ending_belongs_to_one_reader() -> None:
    endings = Counter(suffix for one in all_readers() for suffix in one.suffixes)
    assert [suffix for suffix, count in endings.items() if count > 1 or suffix != suffix.lower()] == []


@pytest.mark.parametrize("one", all_readers(), ids=lambda one: one.name)
def test_recognising_never_fails(one: Reader) -> None:
    contents = [*(make() for make in READ.values()), *(make() for make, _ in REFUSED.values())]
    assert {type(one.recognises(content)) for content in contents} == {bool}
