"""The one order of a timeline."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from chrono.merge.order import in_order
from chrono.model import Entry, Source
from tests.merge.linkbook import entry

ROWS = [
    entry(4, "2019-05-03 | police | | Strategy meeting attended"),
    entry(2, "2019-05-03 | csc | | Strategy meeting"),
    entry(3, " | csc | | Undated note"),
    entry(1, "2019-05-01/2019-05-31 | gp | | Seen in May"),
    entry(5, "2019-04-30 | school | | Detention"),
]


def ids(entries: tuple[Entry, ...]) -> list[str]:
    return [one.id for one in entries]


def test_date_comes_first_then_agency_and_undated_rows_come_last() -> None:
    assert ids(in_order(ROWS)) == ["e5", "e1", "e2", "e4", "e3"]


@given(st.permutations(ROWS))
def test_the_order_of_the_files_never_matters(shuffled: list[Entry]) -> None:
    assert in_order(shuffled) == in_order(ROWS)


def test_the_return_s_own_sequence_orders_a_day() -> None:
    second = replace(ROWS[1], id="second", sequence=2, source=Source("csc.xlsx", "Sheet1", 7))
    first = replace(ROWS[1], id="first", sequence=1, source=Source("csc.xlsx", "Sheet1", 9))
    assert ids(in_order([second, first])) == ["first", "second"]


def test_clock_times_order_a_day() -> None:
    evening = replace(ROWS[1], id="evening", when=replace(ROWS[1].when, start_time="19:00"))
    morning = replace(ROWS[0], id="morning", when=replace(ROWS[0].when, start_time="08:30"))
    assert ids(in_order([evening, morning])) == ["morning", "evening"]
