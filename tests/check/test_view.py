"""Looking entries up by child and days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from chrono.check.view import Track, View
from chrono.model import Case, Entry, Event, Source, Timeline, When


def entry(number: int, *subjects: str, last: int = 0) -> Entry:
    day = date(2020, 1, number)
    when = When("", day, date(2020, 1, last or number), "range", status="ok")
    return Entry(f"e{number}", Source("a.csv", "", number), "csc", when, "", subjects=subjects)


def rows(entries: list[Entry]) -> list[int]:
    return [entry.source.row for entry in entries]


TRACK = Track([entry(1, "a"), entry(2, "b", last=20), entry(3), entry(4, "a", "b"), entry(5, "c"), entry(6, "a")])


def test_rows_about_a_child_are_its_own_and_those_that_do_not_say_about_whom() -> None:
    assert rows(TRACK.about(entry(9, "a")).between(date.min, date.max)) == [1, 3, 4, 6]
    assert rows(TRACK.about(entry(9, "b", "c")).between(date.min, date.max)) == [2, 3, 4, 5]


def test_a_row_that_does_not_say_about_whom_may_be_about_any_child() -> None:
    assert TRACK.about(entry(9)) is TRACK


def test_between_gives_what_may_have_happened_then_in_order() -> None:
    assert rows(TRACK.between(date(2020, 1, 4), date(2020, 1, 5))) == [2, 4, 5]


def test_rows_that_tell_of_an_idea_are_found_in_their_order() -> None:
    texts = ("Home visit.", "He is BARRED FROM the site.", "", "No answer yet; barred from there", "A barrister came.")
    told = [replace(entry(number, "a"), text=text) for number, text in enumerate(texts, 1)]
    view = View(Timeline(Case(), (), tuple(told)))
    assert rows(list(view.telling("barred"))) == [2, 4]
    assert rows(list(view.telling("no_answer", "barred"))) == [2, 4]


def test_rows_that_tell_of_an_idea_or_speak_of_a_kind_of_event_are_found_in_their_order() -> None:
    barred = replace(entry(3, "a"), text="He is barred from the site.")
    cancelled = replace(entry(2, "a"), events=(Event("home-visit", status="cancelled"),))
    view = View(Timeline(Case(), (), (entry(1, "a"), cancelled, barred, entry(4, "a"))))
    assert rows(list(view.rows("barred", types=("home-visit",)))) == [2, 3]
