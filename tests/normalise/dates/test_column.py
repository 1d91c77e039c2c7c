"""What a column of dates shows that a single cell cannot."""

from datetime import date, datetime

from chrono.model import Value, When
from chrono.normalise.dates import Context, read_column

PERIOD = Context(first=date(2016, 1, 1), last=date(2019, 12, 31))


def days(*cells: Value, context: Context = PERIOD) -> list[date | None]:
    return [when.start for when in read_column(cells, [context] * len(cells))]


def doubts(*cells: Value) -> list[str]:
    """The key of the last note of each cell, '' without notes."""
    whens = read_column(cells, [PERIOD] * len(cells))
    return [when.notes[-1].partition(":")[0] if when.notes else "" for when in whens]


def test_blank_and_ditto_take_the_date_of_the_row_above() -> None:
    assert days("09/05/18", None, '"', "", "10/05/18", "as above") == [date(2018, 5, 9)] * 4 + [date(2018, 5, 10)] * 2


def test_a_blank_below_an_undated_row_takes_the_last_date_there_is() -> None:
    assert days("09/05/18", "not recorded", None) == [date(2018, 5, 9), None, date(2018, 5, 9)]


def test_the_first_blank_has_no_date() -> None:
    assert read_column([None], [PERIOD])[0].status == "unknown"


def test_relative_days_count_on_from_each_other() -> None:
    assert days("09/05/18", "next day", "two days later", "the following Monday") == [
        date(2018, 5, 9),
        date(2018, 5, 10),
        date(2018, 5, 12),
        date(2018, 5, 14),
    ]


def test_days_later_than_an_uncertain_date_are_as_uncertain() -> None:
    when = read_column(["early May 2018", "3 days later"], [PERIOD, PERIOD])[1]
    assert (when.start, when.end) == (date(2018, 5, 4), date(2018, 5, 13))


def test_a_missing_year_runs_on_over_new_year() -> None:
    assert days("28/12/17", "30 December", "2 January", "3/1") == [
        date(2017, 12, 28),
        date(2017, 12, 30),
        date(2018, 1, 2),
        date(2018, 1, 3),
    ]


def test_in_a_column_that_runs_backwards_a_missing_year_is_sought_backwards() -> None:
    assert days("20/02/18", "10/02/18", "05/02/18", "01/02/18", "20 December") == [
        date(2018, 2, 20),
        date(2018, 2, 10),
        date(2018, 2, 5),
        date(2018, 2, 1),
        date(2017, 12, 20),
    ]


def test_a_year_ten_or_a_hundred_off_is_pointed_out_and_left_as_written() -> None:
    assert doubts("09/05/2018", "10/05/2028", "11/05/1918", "12/05/2018") == ["", "year-slip", "year-slip", ""]
    assert days("09/05/2018", "10/05/2028")[1] == date(2028, 5, 10)


def test_last_years_january_is_pointed_out() -> None:
    assert doubts("18/12/2017", "05/01/2017", "09/01/2018") == ["", "year-slip", ""]


def test_a_spell_of_a_few_days_a_year_out_of_order_is_pointed_out() -> None:
    assert doubts("7-8 Jan 2023", "4-5 Feb 2023", "4-5 March 2022", "21 March 2023") == ["", "", "year-slip", ""]
    assert doubts("7-8 Jan 2023", "4-5 Feb 2023", "February 2023", "21 March 2023") == ["", "", "", ""]


def test_a_year_too_many_between_distant_neighbours_is_pointed_out_in_a_column_that_is_otherwise_in_order() -> None:
    assert doubts("12/07/2021", "19/08/2021", "02/12/2022", "08/03/2022", "25/05/2022") == ["", "", "year-slip", "", ""]
    assert doubts("12/07/2022", "19/08/2021", "02/12/2022", "08/03/2022", "25/05/2021")[2] == ""


def test_days_and_months_that_a_spreadsheet_may_have_swapped_are_pointed_out() -> None:
    real = [datetime(2018, 4, 3), datetime(2018, 5, 9), datetime(2018, 11, 12)]
    typed = ["14/03/2018", "25/04/2018", "30/11/2018"]
    assert doubts(*real, *typed) == ["swapped", "swapped", "swapped", "", "", ""]


def test_a_column_with_one_real_date_above_the_twelfth_was_not_swapped() -> None:
    real = [datetime(2018, 4, 3), datetime(2018, 5, 9), datetime(2018, 11, 20)]
    assert doubts(*real, "14/03/2018", "25/04/2018", "30/11/2018") == [""] * 6


def test_ambiguous_dates_of_a_month_first_column_are_pointed_out() -> None:
    assert doubts("05/14/2018", "05/25/2018", "06/03/2018") == ["month-first", "month-first", "month-first"]


def test_in_a_month_first_column_an_ambiguous_date_has_its_month_first_too() -> None:
    assert days("05/14/2018", "05/25/2018", "06/03/2018")[2] == date(2018, 6, 3)


def test_a_column_with_dates_that_are_only_day_first_is_not_turned() -> None:
    assert days("05/14/2018", "05/25/2018", "06/03/2018", "25/06/2018")[2] == date(2018, 3, 6)


def test_running_numbers_before_the_dates_are_no_days() -> None:
    assert days("1 / 19-04-18", "2 / 26-04-18", "3 / 10-05-18") == [
        date(2018, 4, 19),
        date(2018, 4, 26),
        date(2018, 5, 10),
    ]


def test_days_joined_by_a_stroke_that_do_not_count_on_are_days() -> None:
    assert days("3/4.06.19", "9/10.06.19", "20/21.06.19")[0] == date(2019, 6, 3)


def test_a_doubted_day_is_no_longer_one_certain_day() -> None:
    whens = read_column(["05/14/2018", "05/25/2018", "06/03/2018"], [PERIOD] * 3)
    assert not whens[2].is_day


def test_beside_school_terms_a_bare_pair_of_years_is_a_school_year() -> None:
    whens = read_column(["Autumn term 2016", "2017/18"], [PERIOD] * 2)
    assert (whens[1].start, whens[1].end) == (date(2017, 9, 1), date(2018, 8, 31))


def test_a_context_that_brings_its_own_row_above_keeps_it() -> None:
    own = Context(above=When.of_day(date(2019, 1, 1)))
    assert read_column(["09/05/18", '"'], [PERIOD, own])[1].start == date(2019, 1, 1)
