"""Days a text names by words that need the row's own date."""

from datetime import date

import pytest

from chrono.told_days import told_days

OWN = date(2021, 3, 10)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Carer rang: out all of last night", [9]),
        ("Told that he was discharged yesterday", [9]),
        ("Fell off the bus on Saturday", [6]),
        ("Wed night row, neighbours called police", [3]),
        ("Letter: not brought on the 4th", [4]),
        ("Clinic says not brought (5/3)", [5]),
        ("Seen on 8/3, no marks", [8]),
        ("Attendance of 2.03: cough", [2]),
        ("On the 4th mother rang the police", [4]),
        ("Police: on the 8th he was at the bus station", [8]),
    ],
)
def test_a_day_before_the_row_is_told(text: str, days: list[int]) -> None:
    assert [date.fromordinal(day) for day in told_days(text, OWN.toordinal())] == [date(2021, 3, day) for day in days]


@pytest.mark.parametrize(
    "text",
    [
        "Suspended until Friday",
        "Next Monday is the review",
        "4th core group",
        "Scored 5/9 on the scale",
        "Dose of 2.03 mg",
        "Comes every Tuesday",
        "Flat on the 20th floor",
        "Seen on the 4th ward round",
        "Sat with staff in the hall",
        "Monthly report",
    ],
)
def test_what_lies_ahead_or_is_no_date_is_not(text: str) -> None:
    assert not list(told_days(text, OWN.toordinal()))


def test_the_last_day_of_the_month_before_may_be_meant() -> None:
    assert list(told_days("Absent on the 30th", date(2021, 5, 2).toordinal())) == [date(2021, 4, 30).toordinal()]
