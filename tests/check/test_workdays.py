from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chrono.check.workdays import Limit, add_school_days, add_working_days, holidays_may_explain, working_days
from chrono.model import When

DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))


def month(year: int, number: int, last: int) -> When:
    return When("", date(year, number, 1), date(year, number, last), "month", status="ok")


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2019, 9, 4), date(2019, 9, 24), 14),
        (date(2019, 1, 4), date(2019, 1, 7), 1),  # Friday to Monday
        (date(2018, 12, 24), date(2018, 12, 27), 1),  # two bank holidays between
        (date(2019, 1, 7), date(2019, 1, 4), -1),
    ],
)
def test_working_days_leave_out_weekends_and_bank_holidays(first: date, last: date, days: int) -> None:
    assert working_days(first, last) == days


@given(DAYS, st.integers(0, 120))
def test_so_many_working_days_later_so_many_have_passed(day: date, days: int) -> None:
    assert working_days(day, add_working_days(day, days)) == days


@given(DAYS, DAYS)
def test_there_are_never_more_working_days_than_days(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert 0 <= working_days(first, last) <= (last - first).days


def test_fifteen_working_days_from_a_strategy_discussion() -> None:
    assert Limit(15, "working_days").due(date(2019, 3, 4)) == date(2019, 3, 25)


def test_seventy_two_hours_are_three_days() -> None:
    assert Limit(72, "hours").due(date(2019, 3, 4)) == date(2019, 3, 7)


@pytest.mark.parametrize(
    ("done", "kept"),
    [
        (When.of_day(date(2019, 9, 4)), "kept"),
        (When.of_day(date(2019, 9, 5)), "passed"),
        (month(2019, 8, 31), "kept"),
        (month(2019, 9, 30), "perhaps"),
        (month(2019, 10, 31), "passed"),
    ],
)
def test_a_limit_is_kept_passed_or_perhaps(done: When, kept: str) -> None:
    assert Limit(6, "months").judge(When.of_day(date(2019, 3, 4)), done) == kept


def test_an_unknown_trigger_leaves_it_open() -> None:
    assert Limit(6, "months").judge(When.unknown("??"), When.of_day(date(2019, 9, 4))) == "perhaps"


def test_school_days_pass_over_the_summer() -> None:
    assert add_school_days(date(2019, 7, 18), 1) >= date(2019, 9, 2)


def test_the_summer_holidays_explain_six_weeks_and_not_ten() -> None:
    assert holidays_may_explain(date(2019, 7, 20), date(2019, 9, 1))
    assert not holidays_may_explain(date(2019, 5, 1), date(2019, 5, 1) + timedelta(days=70))
