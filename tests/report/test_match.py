"""Which entry of an earlier merge is which entry now."""

from __future__ import annotations

from dataclasses import replace

from chrono.report.match import Trace, match

VISIT = Trace("a", "csc", "csc.xlsx", "Log", 4, "2021-03-04", "Home visit. Robin seen alone in the kitchen.")
CALL = Trace("b", "csc", "csc.xlsx", "Log", 5, "2021-03-04", "Telephone call from the school about attendance.")


def now(old: list[Trace], new: list[Trace]) -> dict[str, str]:
    return {id_: found.id for id_, found in match(old, new).items()}


def test_the_same_content_is_the_same_entry_wherever_it_stands() -> None:
    assert now([VISIT], [replace(VISIT, file="other.xlsx", row=99)]) == {"a": "a"}


def test_a_corrected_text_on_the_same_row() -> None:
    assert now([VISIT, CALL], [replace(VISIT, id="x", text="Home visit. Robin was seen, not alone."), CALL])["a"] == "x"


def test_a_corrected_date_with_the_same_words() -> None:
    assert now([VISIT], [replace(VISIT, id="x", day="2021-03-05", row=7)]) == {"a": "x"}


def test_a_renamed_file_with_corrected_text() -> None:
    new = replace(VISIT, id="x", file="csc v2.xlsx", row=12, text="Home visit. Robin seen alone in the kitchen, twice.")
    assert now([VISIT], [new]) == {"a": "x"}


def test_two_rows_of_a_day_are_not_mixed_up_when_they_change_places() -> None:
    first = replace(VISIT, id="x", row=5, text=VISIT.text + " Corrected.")
    second = replace(CALL, id="y", row=4, text=CALL.text + " Corrected.")
    assert now([VISIT, CALL], [second, first]) == {"a": "x", "b": "y"}


def test_a_short_text_on_another_day_is_another_entry() -> None:
    short = replace(VISIT, text="Visit")
    assert now([short], [replace(short, id="x", day="2021-06-01", row=30)]) == {}


def test_another_agencys_same_words_on_another_day_are_another_entry() -> None:
    assert now([VISIT], [replace(VISIT, id="x", agency="police", file="police.xlsx", day="2021-06-01")]) == {}


def test_a_replaced_row_is_not_the_entry_that_stood_there() -> None:
    assert now([VISIT], [replace(VISIT, id="x", text="Legal planning meeting, threshold met.")]) == {}


def test_each_entry_is_used_once() -> None:
    twin = replace(VISIT, id="c", row=6)
    assert now([VISIT, twin], [replace(VISIT, id="x", text=VISIT.text + " Corrected.")]) in ({"a": "x"}, {"c": "x"})


def test_words_added_to_a_short_text_of_a_renamed_file() -> None:
    old = replace(VISIT, text="Mother telephoned")
    new = replace(
        old, id="x", file="csc v2.xlsx", row=9, text="Mother telephoned; corrected after the file was reviewed again."
    )
    assert now([old], [new]) == {"a": "x"}
