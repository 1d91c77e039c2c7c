"""States that last: which rows open and close them."""

from dataclasses import replace
from datetime import date

from chrono.merge.episodes import episodes, states
from chrono.model import Agency, Case, Entry, Episode, Event, Source, Subject, Timeline, When
from chrono.normalise.events import types


def row(number: int, day: str, *types: str, agency: str = "police", time: str | None = None, **about: object) -> Entry:
    """A row of one agency on one day, with events of these types."""
    when = replace(When.of_day(date.fromisoformat(day)), start_time=time)
    events = tuple(replace(Event(type_), **about) for type_ in types)  # type: ignore[arg-type]
    return Entry(
        f"row{number}", Source(f"{agency}.csv", "", number), agency, when, "", subjects=("sam",), events=events
    )


def found(*entries: Entry, kind: str = "missing") -> list[Episode]:
    timeline = Timeline(
        Case(subjects=(Subject("sam", "Sam"),)), (), tuple(sorted(entries, key=lambda one: one.when.sort_key))
    )
    return [episode for episode in episodes(timeline) if episode.kind == kind]


def rows(found: list[Episode]) -> list[tuple[str | None, str | None]]:
    return [(episode.opened, episode.closed) for episode in found]


def test_missing_until_found() -> None:
    assert rows(found(row(1, "2020-03-01", "missing"), row(2, "2020-03-03", "found"))) == [("row1", "row2")]


def test_an_episode_without_a_closing_row_stays_open() -> None:
    (episode,) = found(row(1, "2020-03-01", "missing"))
    assert (episode.closed, episode.end.known) == (None, False)


def test_several_episodes_in_one_day_are_told_apart_by_the_clock() -> None:
    day = "2020-03-01"
    told = found(
        row(1, day, "missing", time="08:00"),
        row(2, day, "found", time="11:00"),
        row(3, day, "missing", time="19:00"),
        row(4, day, "found", time="23:30"),
    )
    assert rows(told) == [("row1", "row2"), ("row3", "row4")]


def test_two_agencies_report_one_episode() -> None:
    told = found(
        row(1, "2020-03-01", "missing"), row(2, "2020-03-01", "missing", agency="csc"), row(3, "2020-03-02", "found")
    )
    assert rows(told) == [("row1", "row3")]


def test_a_second_report_on_a_later_day_leaves_the_first_open() -> None:
    told = found(row(1, "2020-03-01", "missing"), row(2, "2020-03-09", "missing"), row(3, "2020-03-10", "found"))
    assert rows(told) == [("row1", None), ("row2", "row3")]


def test_found_without_a_report_has_an_unknown_start() -> None:
    (episode,) = found(row(1, "2020-03-01", "found"))
    assert (episode.opened, episode.start.known, episode.closed) == (None, False, "row1")


def test_a_row_that_gives_both_ends_closes_itself() -> None:
    span = When("1 to 4 March 2020", date(2020, 3, 1), date(2020, 3, 4), "range", status="ok")
    (episode,) = found(row(1, "2020-03-06", "missing", when=span))
    assert (episode.start.start, episode.end.end, episode.closed) == (date(2020, 3, 1), date(2020, 3, 4), "row1")


def test_a_number_of_times_is_no_episode() -> None:
    assert found(row(1, "2020-03-01", "missing", count=(10, 10))) == []


def test_what_was_only_planned_opens_nothing() -> None:
    assert found(row(1, "2020-03-01", "cp-plan-start", status="planned"), kind="cp-plan") == []


def test_a_conference_makes_a_plan_only_if_it_says_so() -> None:
    made = row(1, "2020-03-01", "initial-conference", agency="csc", outcome="cp")
    not_made = row(2, "2020-03-01", "initial-conference", agency="csc", outcome="cin")
    assert rows(found(made, kind="cp-plan")) == [("row1", None)]
    assert found(not_made, kind="cp-plan") == []


def test_each_agency_has_its_own_case() -> None:
    told = found(
        row(1, "2020-01-01", "referral", agency="csc"),
        row(2, "2020-02-01", "closure", agency="yos"),
        row(3, "2020-03-01", "closure", agency="csc"),
        kind="case-open",
    )
    assert rows(told) == [("row1", "row3"), (None, "row2")]


def test_one_worker_follows_another() -> None:
    told = found(row(1, "2020-01-01", "allocation"), row(2, "2020-02-01", "reallocation"), kind="allocated")
    assert rows(told) == [("row1", "row2"), ("row2", None)]


def test_bail_ends_when_it_is_said_to() -> None:
    told = found(
        row(1, "2020-01-01", "bail"),
        row(2, "2020-02-01", "bail-extended"),
        row(3, "2020-03-01", "bail-end"),
        kind="bail",
    )
    assert rows(told) == [("row1", "row3")]


def test_every_state_opens_with_something() -> None:
    assert all(state.opens for state in states().values())


def test_states_are_opened_and_closed_by_known_kinds_of_event() -> None:
    named = {type_ for state in states().values() for type_ in (*state.opens, *state.closes, *state.alone)}
    assert named <= set(types())


def told_by(kind: str, *entries: Entry, of: str) -> list[Episode]:
    """The episodes of a kind, where all rows are those of one agency of this kind."""
    agencies = tuple(Agency(id_, id_, kind=kind) for id_ in sorted({entry.agency for entry in entries}))
    timeline = Timeline(Case(subjects=(Subject("sam", "Sam"),), agencies=agencies), (), entries)
    return [episode for episode in episodes(timeline) if episode.kind == of]


def test_a_referral_that_was_sent_opens_no_case() -> None:
    sent = row(1, "2020-01-01", "referral", agency="csc", from_agency="csc", to_agency="camhs")
    assert told_by("social-care", sent, of="case-open") == []


def test_a_transfer_that_was_only_agreed_closes_no_case() -> None:
    entries = (
        row(1, "2020-01-01", "case-opened", agency="csc"),
        row(2, "2020-02-01", "transfer", agency="csc", words="transfer agreed"),
        row(3, "2020-03-01", "transfer", agency="csc", words="Case transferred"),
    )
    assert rows(told_by("social-care", *entries, of="case-open")) == [("row1", "row3")]


def test_a_school_has_no_custody() -> None:
    assert told_by("school", row(1, "2020-01-01", "arrest", agency="school"), of="custody") == []


def test_an_end_of_another_matter_ends_no_bail() -> None:
    entries = (
        row(1, "2020-01-01", "bail", "robbery", nature="incident"),
        row(2, "2020-02-01", "no-further-action", "theft", nature="incident"),
        row(3, "2020-03-01", "no-further-action", "robbery", nature="incident"),
    )
    assert rows(told_by("police", *entries, of="bail")) == [("row1", "row3")]


def test_a_rough_start_gives_way_to_a_better_known_one() -> None:
    rough = replace(
        row(1, "2020-01-01", "cp-plan-start"),
        when=When("2020", date(2020, 1, 1), date(2020, 12, 31), "year", status="ok"),
    )
    (episode,) = found(rough, row(2, "2020-03-05", "cp-plan-start"), kind="cp-plan")
    assert (episode.opened, episode.start.start) == ("row2", date(2020, 3, 5))
