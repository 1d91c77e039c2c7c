"""Whatever a cell holds; the time and the end that stand in columns of their own; a child's age and school year."""

from datetime import date, datetime, time

import pytest

from chrono.model import Value, When
from chrono.normalise.dates import Context, read, until, with_time

DAY = read("09/05/18")


@pytest.mark.parametrize(
    ("cell", "text", "start", "clock"),
    [
        (datetime(2018, 5, 9), "09/05/2018", date(2018, 5, 9), None),
        (datetime(2018, 5, 9, 14, 30), "09/05/2018 14:30", date(2018, 5, 9), "14:30"),
        (date(2018, 5, 9), "09/05/2018", date(2018, 5, 9), None),
        (43229, "43229", date(2018, 5, 9), None),
        (43229.75, "43229.75", date(2018, 5, 9), "18:00"),
        (2018, "2018", date(2018, 1, 1), None),
        (90518, "90518", None, None),
        (9052018.0, "9052018", None, None),
        (True, "True", None, None),
        (float("nan"), "nan", None, None),
        (None, "", None, None),
        (datetime(1900, 1, 1), "01/01/1900", None, None),
    ],
)
def test_any_value(cell: Value, text: str, start: date | None, clock: str | None) -> None:
    when = read(cell)
    assert (when.text, when.start, when.start_time) == (text, start, clock)


@pytest.mark.parametrize(
    ("clock", "start", "end", "last_day"),
    [
        ("14:30", "14:30", None, 9),
        ("1430", "14:30", None, 9),
        ("1430hrs", "14:30", None, 9),
        ("2.30pm", "14:30", None, 9),
        ("9.05", "09:05", None, 9),
        ("14:30-15:15", "14:30", "15:15", 9),
        ("23:30 - 00:45", "23:30", "00:45", 10),
        (time(14, 30), "14:30", None, 9),
        (datetime(1899, 12, 30, 14, 30), "14:30", None, 9),
        (0.5, "12:00", None, 9),
        (930, "09:30", None, 9),
        (14.3, "14:30", None, 9),
        (time(0, 0), None, None, 9),
        ("pm", None, None, 9),
        ("", None, None, 9),
        (None, None, None, 9),
    ],
)
def test_a_time_column_joins_the_date(clock: Value, start: str | None, end: str | None, last_day: int) -> None:
    when = with_time(DAY, clock)
    assert (when.start_time, when.end_time, when.end) == (start, end, date(2018, 5, last_day))


def test_a_time_that_nobody_can_read_is_noted_and_the_day_stays() -> None:
    when = with_time(DAY, "see log")
    assert (when.start, when.notes[-1].partition(":")[0]) == (date(2018, 5, 9), "time-unread")


def test_a_time_beside_a_month_changes_nothing() -> None:
    assert with_time(read("May 2018"), "14:30").precision == "month"


def test_an_end_column_makes_a_range() -> None:
    when = until(DAY, read("12/05/18"))
    assert (when.start, when.end, when.precision) == (date(2018, 5, 9), date(2018, 5, 12), "range")


def test_an_end_on_the_same_day_adds_nothing() -> None:
    assert until(DAY, read("09/05/18")).precision == "day"


def test_an_end_time_makes_a_span_of_time() -> None:
    when = until(with_time(DAY, "23:00"), with_time(read("10/05/18"), "01:00"))
    assert (when.end, when.start_time, when.end_time) == (date(2018, 5, 10), "23:00", "01:00")


def test_an_end_before_the_start_is_noted_and_left_out() -> None:
    when = until(DAY, read("02/05/18"))
    assert (when.end, when.notes[-1].partition(":")[0]) == (date(2018, 5, 9), "end-before-start")


def test_an_end_that_is_ongoing_leaves_the_end_open() -> None:
    assert until(DAY, read("ongoing")).end is None


BORN = Context(dob=When.of_day(date(2004, 3, 20)))


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("aged 13", date(2017, 3, 20), date(2018, 3, 19)),
        ("age 13", date(2017, 3, 20), date(2018, 3, 19)),
        ("at the age of 13", date(2017, 3, 20), date(2018, 3, 19)),
        ("13 years old", date(2017, 3, 20), date(2018, 3, 19)),
        ("between the ages of 12 and 14", date(2016, 3, 20), date(2019, 3, 19)),
        ("aged 12-14", date(2016, 3, 20), date(2019, 3, 19)),
        ("from the age of about 13", date(2017, 3, 20), None),
        ("since he was 13 or so", date(2017, 3, 20), None),
        ("while she was 13", date(2017, 3, 20), date(2018, 3, 19)),
        ("while aged 12 to 14", date(2016, 3, 20), date(2019, 3, 19)),
        ("when Ash was 13", date(2017, 3, 20), date(2018, 3, 19)),
        ("in his early teenage years", None, None),
        ("before the age of 5", None, date(2009, 3, 19)),
        ("13th birthday", date(2017, 3, 20), date(2017, 3, 20)),
        ("on his 13th birthday", date(2017, 3, 20), date(2017, 3, 20)),
        ("a month short of her 16th birthday", date(2020, 2, 6), date(2020, 3, 5)),
        ("aged 6 months", date(2004, 9, 20), date(2004, 10, 19)),
        ("birth", date(2004, 3, 20), date(2004, 3, 20)),
        ("since birth", date(2004, 3, 20), None),
        ("Year 8", date(2016, 9, 1), date(2017, 8, 31)),
        ("Yr 8", date(2016, 9, 1), date(2017, 8, 31)),
        ("Y8", date(2016, 9, 1), date(2017, 8, 31)),
        ("in year 8", date(2016, 9, 1), date(2017, 8, 31)),
        ("school year 8", date(2016, 9, 1), date(2017, 8, 31)),
        ("Yrs 2-4", date(2010, 9, 1), date(2013, 8, 31)),
        ("Years 2 to 4", date(2010, 9, 1), date(2013, 8, 31)),
        ("Yr 4, summer term", date(2013, 4, 1), date(2013, 7, 31)),
        ("autumn term of Year 4", date(2012, 9, 1), date(2012, 12, 31)),
        ("Reception", date(2008, 9, 1), date(2009, 8, 31)),
        ("KS2", date(2011, 9, 1), date(2015, 8, 31)),
        ("2014/15", date(2014, 9, 1), date(2015, 8, 31)),
        ("end of Year 6", date(2014, 9, 1), date(2015, 8, 31)),
    ],
)
def test_ages_and_school_years_follow_from_the_date_of_birth(
    written: str, start: date | None, end: date | None
) -> None:
    when = read(written, BORN)
    assert (when.start, when.end) == (start, end)


@pytest.mark.parametrize("written", ["aged 13", "Year 8", "KS2", "his 16th birthday", "birth"])
def test_without_a_date_of_birth_an_age_is_no_date(written: str) -> None:
    assert read(written).status == "unknown"


def test_a_child_born_in_september_is_the_oldest_of_the_year() -> None:
    assert read("Year 1", Context(dob=When.of_day(date(2004, 9, 1)))).start == date(2010, 9, 1)
    assert read("Year 1", Context(dob=When.of_day(date(2004, 8, 31)))).start == date(2009, 9, 1)


def test_a_birth_year_alone_leaves_two_school_years() -> None:
    when = read("Year 1", Context(dob=read("2004")))
    assert (when.start, when.end, when.approximate) == (date(2008 + 1, 9, 1), date(2011, 8, 31), True)
