"""What holds for every day and every text."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chrono.model import When
from chrono.normalise.dates import Context, mentions, read, read_column, until, with_time

DAYS = st.dates(date(2000, 1, 1), date(2039, 12, 31))
ALPHABET = "0123456789/.-, :'?~&thndrsMayJuneofcwetoandr–—\u00a0ＯＩl|"
NOTATIONS = [
    "%d/%m/%Y", "%d.%m.%y", "%d-%m-%Y", "%d %m %Y", "%d%m%y", "%Y-%m-%d", "%Y%m%d", "%d %B %Y", "%d %b %y", "%d-%b-%y",
    "%d%b%Y", "%B %d, %Y", "%A %d %B %Y", "%a %d.%m.%y", "%d/%m/%y (%a)", "%Y-%m-%dT00:00:00", "%d %B, %Y", "the %d of %B %Y",
    "%d %b '%y", "%d/%m//%y", "%d;%m;%Y", "Date: %d/%m/%Y", "Entry dated %d.%m.%y", "%d/%m/%y - home visit", "%d .%m. %y",
]  # fmt: skip
DOUBTFUL = [
    "c. %d/%m/%Y", "%d %B %Y?", "w/c %d/%m/%y", "w/e %d/%m/%y", "week of %d %B %Y", "since %d/%m/%y", "until %d %b %Y", "%B %Y",
    "%b-%y", "%m/%Y", "%Y", "%d or %d %B %Y", "overnight %d/%m/%y", "midnight %d/%m/%y",
    "%d/%m/%y 14:30", "%d/%m/%y am", "early %Y to late %Y", "xx/%m/%Y", "%d/%m/%y onwards", "by %d.%m.%y",
]  # fmt: skip


@pytest.mark.parametrize("notation", NOTATIONS)
@settings(max_examples=60)
@given(day=DAYS)
def test_a_day_in_any_notation_reads_back_as_that_day(notation: str, day: date) -> None:
    when = read(day.strftime(notation))
    assert (when.start, when.end, when.status) == (day, day, "ok"), day.strftime(notation)


@pytest.mark.parametrize("notation", DOUBTFUL)
@settings(max_examples=60)
@given(day=DAYS)
def test_an_interval_never_leaves_out_the_day_it_was_written_from(notation: str, day: date) -> None:
    when = read(day.strftime(notation))
    assert when.status == "ok"
    assert when.earliest <= day <= when.latest, day.strftime(notation)


@given(day=DAYS)
def test_a_spreadsheets_day_and_a_real_date_cell_are_the_same(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    assert read(serial).start == read(str(serial)).start == read(datetime(day.year, day.month, day.day)).start == day


@given(first=DAYS, days=st.integers(0, 400))
def test_a_range_holds_both_its_ends(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    when = read(f"{first:%d/%m/%Y} - {last:%d/%m/%Y}")
    assert (when.start, when.end) == (first, last)


@given(above=DAYS, days=st.integers(-25, 330))
def test_a_missing_year_is_found_from_the_row_above(above: date, days: int) -> None:
    day = above + timedelta(days=days)
    if (day.month, day.day) == (2, 29):
        return
    assert read(f"{day:%d %B}", Context(above=When.of_day(above))).start == day


@settings(max_examples=400)
@given(
    text=st.one_of(
        st.text(max_size=40),
        st.text(ALPHABET, max_size=25),
        st.binary(max_size=30).map(lambda raw: raw.decode("latin-1")),
    )
)
def test_no_text_makes_reading_fail(text: str) -> None:
    anchor = When.of_day(date(2018, 5, 9))
    when = read(text, Context(above=anchor, first=date(2016, 1, 1), last=date(2019, 1, 1), dob=anchor))
    assert when.text == text
    assert when.start is None or when.end is None or when.start <= when.end
    assert (when.precision == "none") == (
        when.status in ("unknown", "invalid") or (when.status == "conflict" and not when.known)
    )
    for mention in mentions(text, anchor, Context()):
        assert 0 <= mention.begin < mention.end <= len(text)


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.text(ALPHABET, max_size=12),
)


@settings(max_examples=300)
@given(cells=st.lists(VALUES, max_size=8))
def test_no_cell_makes_a_column_fail(cells: list[str | int | float | bool | datetime | date | time | None]) -> None:
    whens = read_column(cells, [Context(first=date(2016, 1, 1), last=date(2019, 1, 1))] * len(cells))
    assert len(whens) == len(cells)
    for when, cell in zip(whens, cells, strict=True):
        until(with_time(when, cell), read(cell))
