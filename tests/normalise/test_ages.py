"""What a row says of a child's age, as the days of birth that make it true."""

from datetime import date

import pytest

from chrono.model import Mention, When
from chrono.normalise.actors.people.ages import ages

DAY = When.of_day(date(2019, 10, 12))


def born(text: str, when: When = DAY) -> list[tuple[date, date]]:
    mention = Mention("Robin", "robin", "subject", begin=text.index("Robin"), end=text.index("Robin") + 5)
    return [statement.born for statement in ages(text, when, (mention,))]


@pytest.mark.parametrize(
    "text", ["Robin (13) was seen", "Robin, aged 13, was seen", "Robin turned 13", "Robin (aged 13)"]
)
def test_an_age_allows_the_year_of_births_before_it(text: str) -> None:
    assert born(text) == [(date(2005, 10, 13), date(2006, 10, 12))]


def test_a_school_year_runs_from_september_to_august() -> None:
    assert born("Robin in Year 9 was late") == [(date(2005, 9, 1), date(2006, 8, 31))]


@pytest.mark.parametrize(
    "text", ["Robin admitted at the beginning of Year 9", "Robin joined at the end of the second term of Year 9"]
)
def test_a_child_that_joins_at_some_time_of_a_year_is_in_that_year(text: str) -> None:
    assert born(text) == [(date(2005, 9, 1), date(2006, 8, 31))]


@pytest.mark.parametrize(
    "text",
    [
        "Robin joined a group of Year 9 pupils",
        "Robin's brother (9)",
        "Robin and brother (9)",
        "Robin was 9 months behind",
        "Robin (9 months corrected)",
        "Robin (2 of 3)",
        "Robin (45)",
        "Robin rang 13",
    ],
)
def test_what_is_not_the_childs_age_says_nothing(text: str) -> None:
    assert born(text) == []


@pytest.mark.parametrize(
    "text", ["Robin aged 9 months", "Robin (9/12)", "Robin, 9 months old", "Robin (9 mths) weighed"]
)
def test_a_babys_age_in_months_is_taken_as_rounded_by_one(text: str) -> None:
    assert born(text) == [(date(2018, 11, 11), date(2019, 2, 11))]


@pytest.mark.parametrize("text", ["Robin (6 weeks)", "Robin aged 6/52", "Robin 6 weeks old"])
def test_a_babys_age_in_weeks_is_taken_as_rounded_by_some_days(text: str) -> None:
    assert born(text) == [(date(2019, 8, 14), date(2019, 9, 10))]


def test_a_vague_date_says_nothing() -> None:
    assert born("Robin (13)", When("2018-2020", date(2018, 1, 1), date(2020, 12, 31), "range", status="ok")) == []
