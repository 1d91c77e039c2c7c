"""The shelf of signals: what each must hold, and what a few of them say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chrono.merge import evidence
from chrono.merge.background import background
from chrono.merge.evidence import SIGNALS, Signal
from chrono.merge.pair import Pair
from chrono.merge.traits import Traits, traits
from chrono.model import Case, Timeline
from tests.merge.linkbook import entry

LINES = [
    "2019-03-04 | csc | strategy-discussion | Strategy discussion after fall from a wall | police | a",
    "2019-03-04 | police | strategy-discussion | Strategy meeting attended, fall from wall | csc | a",
    "2019-04-03 | school | initial-conference | Conference attended | csc | a",
    "2019-03-01/2019-03-31 | gp | referral | Referral to mental health service | camhs | b",
    "2019-03-06 | camhs | mental-health-referral | Referral from GP | gp | b",
    "2019-03-06 | yos | session:planned | Session | | a",
    "2019-03-06 | housing | | Boiler repaired | |",
]
KNOWN: tuple[Traits, ...] = traits(Timeline(Case(), (), tuple(map(entry, range(len(LINES)), LINES))))
USUAL = background(KNOWN)


def pair(one: int, other: int) -> Pair:
    return Pair.of(KNOWN[one], KNOWN[other], USUAL)


def bits(name: str, one: int, other: int) -> float:
    return next(signal.weigh(pair(one, other)) for signal in SIGNALS if signal.name == name)


rows = st.integers(0, len(LINES) - 1)


@pytest.mark.parametrize("signal", SIGNALS, ids=lambda signal: signal.name)
@given(one=rows, other=rows)
def test_a_signal_weighs_the_same_from_both_sides_and_explains_itself(signal: Signal, one: int, other: int) -> None:
    weight = signal.weigh(pair(one, other))
    assert weight == signal.weigh(pair(other, one))
    assert -25 < weight < 12
    assert not weight or signal.explain(pair(one, other))


@given(one=rows, other=rows)
def test_the_waterfall_adds_up(one: int, other: int) -> None:
    told = evidence.reasons(pair(one, other))
    assert sum(reason.weight for reason in told) == pytest.approx(evidence.weight(pair(one, other)), abs=1)


def test_the_same_day_says_more_than_the_same_month() -> None:
    assert bits("date", 0, 1) > bits("date", 3, 4) > 0


def test_each_naming_the_other_says_more_than_one() -> None:
    assert bits("agencies named", 0, 1) > bits("agencies named", 0, 2) > bits("agencies named", 0, 5)


def test_different_children_are_different_events() -> None:
    assert bits("child", 0, 3) < -10


def test_rare_words_count() -> None:
    assert bits("shared words", 0, 1) > 3


def test_a_row_of_no_known_kind_is_a_note_of_its_own_rather_on_another_day_or_beside_an_agencys_own_work() -> None:
    same_day, another_day, own_work = (bits("kind of event", row, 6) for row in (4, 0, 5))
    assert another_day == own_work < same_day < 0


def weighed(name: str, *lines: str) -> float:
    """What one signal says of the first two of these rows."""
    known = traits(Timeline(Case(), (), tuple(map(entry, range(len(lines)), lines))))
    signal = next(signal for signal in SIGNALS if signal.name == name)
    return signal.weigh(Pair.of(known[0], known[1], background(known)))


def test_work_of_the_same_sort_on_one_day_is_each_agency_s_own_unless_one_names_the_other() -> None:
    visit = "2021-06-04 | csc | statutory-visit | Statutory visit, seen alone"
    assert weighed("own work", visit, "2021-06-04 | kin | visit | Visit 1") < -4
    assert weighed("own work", visit, "2021-06-04 | kin | visit | Visit 1 with SW | csc") == 0


def test_own_work_about_one_matter_speaks_less_against() -> None:
    one, other = (
        "2021-06-04 | csc | statutory-visit | Visit. Dog bite on leg",
        "2021-06-04 | hv | home-visit | Bitten by dog",
    )
    assert -3 < weighed("own work", one, other) < 0


def test_an_idea_counts_where_no_word_is_shared() -> None:
    born = "2021-06-04 | mat | | SVD 0412"
    assert weighed("shared ideas", born, "2021-06-05 | csc | | Told of the birth") > 1
    assert weighed("shared ideas", born, "2021-06-05 | csc | | SVD at hospital") == 0


def test_times_in_the_texts_are_compared() -> None:
    assert weighed("time of day", "2021-06-04 | pol | | Call 19:40", "2021-06-04 | home | | 7.50pm officer rang") > 0
    assert weighed("time of day", "2021-06-04 | pol | | Call 19:40", "2021-06-05 | home | | 7.50pm officer rang") == 0


def test_a_time_may_stand_at_the_end_of_a_sentence() -> None:
    assert (
        weighed("time of day", "2021-06-04 | hosp | | Nurse rang at 08:30.", "2021-06-04 | csc | | Call, 08:30: fall")
        > 0
    )


def test_a_spell_is_told_of_by_its_first_or_last_day() -> None:
    gone = "2021-06-04/2021-06-07 | pol | missing | Walked in Monday"
    told, not_told = "2021-06-08 | csc | notification | Home yesterday", "2021-06-08 | csc | notification | Home again"
    assert weighed("date", gone, told) > weighed("date", gone, not_told)


def test_what_takes_place_today_is_not_put_off_by_a_call_that_both_rows_tell_of() -> None:
    call = "2021-06-04 | hosp | telephone-call strategy-discussion:planned | Rang, await discussion"
    assert weighed("took place", call, "2021-06-04 | csc | telephone-call strategy-discussion | Held by phone") < 0


def test_a_call_about_a_meeting_still_to_come_is_not_the_meeting() -> None:
    held = "2021-06-04 | csc | strategy-discussion | Strategy meeting"
    call = "2021-06-04 | hosp | telephone-call strategy-discussion:planned | Rang before the meeting, cannot come"
    plan = "2021-06-04 | hosp | strategy-discussion:planned | Strategy meeting, cannot come"
    assert weighed("took place", call, held) < weighed("took place", plan, held) < 0


def test_a_conference_without_its_number_is_no_look_alike_of_a_review() -> None:
    review = "2021-06-04 | csc | review-conference | RCPC"
    assert weighed("look-alike", review, "2021-06-04 | pol | initial-conference | Conference, officer went") == 0


def test_a_row_that_only_refers_to_one_half_of_a_pair_is_no_look_alike_of_the_other() -> None:
    talk, gone = (
        "2021-06-04 | rhi | return-interview | RHI done",
        "2021-06-04 | home | missing:referred-to | Talk on missing",
    )
    assert weighed("look-alike", talk, gone) == 0
    assert weighed("look-alike", talk, gone.replace(":referred-to", "")) < 0


def test_news_of_a_conference_on_another_day_may_stand_under_a_brother_or_sister() -> None:
    held = "2021-06-04 | csc | initial-conference | Conference held | | robin"
    told = "2021-06-07 | gp | initial-conference | Told of conference on the 4th | | kim"
    assert -5 < weighed("child", held, told) < 0


def test_a_row_of_another_day_than_the_one_that_is_told_is_less_likely_meant() -> None:
    told = "2021-06-10 | eh | | Notice in about Tuesday"
    on_the_day, next_day = "2021-06-08 | pol | | Row in street", "2021-06-09 | pol | | Banging on door"
    assert weighed("date", told, on_the_day) > weighed("date", told, next_day)


def test_a_call_is_news_of_what_another_agency_records_only_where_both_speak_of_it() -> None:
    born = "2021-06-04 | hospital | birth | SVD, live female"
    of_it, of_something_else = (
        f"2021-06-04 | csc | telephone-call | {text}" for text in ("Baby born", "Boiler repaired")
    )
    assert weighed("kind of event", of_it, born) > weighed("kind of event", of_something_else, born)
