"""Uncertain dates are compared in one place, and for every reading at once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chrono.model import When
from chrono.normalise.dates import read

DAYS = st.dates(date(2010, 1, 1), date(2010, 3, 1))


@st.composite
def whens(draw: st.DrawFn) -> When:
    start, end = sorted((draw(DAYS), draw(DAYS)))
    return When("", start, end, "range", status="ok")


def readings(when: When) -> list[date]:
    return [when.earliest + timedelta(days=n) for n in range((when.latest - when.earliest).days + 1)]


@given(one=whens(), other=whens())
def test_surely_before_means_before_in_every_reading(one: When, other: When) -> None:
    assert one.surely_before(other) == all(a < b for a in readings(one) for b in readings(other))


@given(one=whens(), other=whens(), slack=st.integers(0, 10))
def test_may_overlap_means_near_in_some_reading(one: When, other: When, slack: int) -> None:
    near = any(abs((a - b).days) <= slack for a in readings(one) for b in readings(other))
    assert one.may_overlap(other, slack) == near


@given(one=whens(), other=whens())
def test_days_until_are_the_least_and_the_most(one: When, other: When) -> None:
    apart = [(b - a).days for a in readings(one) for b in readings(other)]
    assert one.days_until(other) == (min(apart), max(apart))


def test_what_is_unknown_is_never_surely_anything() -> None:
    nothing, day = When.unknown("??"), When.of_day(date(2018, 5, 9))
    compared = (
        nothing.surely_before(day),
        nothing.surely_after(day),
        nothing.may_overlap(day),
        nothing.surely_same_day(day),
    )
    assert not any(compared)


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("9 May 2018", "2018-05-09"),
        ("9 May 2018 14:30", "2018-05-09T14:30:00"),
        ("May 2018", "2018-05"),
        ("2018", "2018"),
        ("circa 2018", "2018~"),
        ("c. May 2018", "2018-05~"),
        ("c. 9 May 2018", "2018-05-06~/2018-05-12~"),
        ("Summer 2018", "2018-22"),
        ("Winter 2018", "2018-12-01/2019-02-28"),
        ("9-11 May 2018", "2018-05-09/2018-05-11"),
        ("since 9 May 2018", "2018-05-09/.."),
        ("until 9 May 2018", "../2018-05-09"),
        ("not known", ""),
    ],
)
def test_edtf(written: str, edtf: str) -> None:
    assert read(written).edtf == edtf
