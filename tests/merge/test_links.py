"""Which rows are one event: a row is 'date | agency | event types | text | agencies named | children'."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from chrono.merge import merge
from chrono.merge.background import background
from chrono.merge.neighbours import pairs
from chrono.merge.traits import traits
from chrono.model import Agency, Case, DateMention, Entry, Source, Timeline, When
from tests.merge.linkbook import entry, linked, links, timeline


def test_a_discussion_and_a_meeting_on_one_day_are_one_event() -> None:
    assert linked(
        "2018-05-22 | csc | strategy-discussion | Strategy discussion | police",
        "2018-05-22 | police | strategy-discussion | Strategy meeting attended",
    ) == [{"e0", "e1"}]


def test_a_referral_is_received_the_day_after_it_was_sent() -> None:
    assert linked(
        "2018-05-06 | hospital | referral | Safeguarding referral to social care: wrist fracture | csc",
        "2018-05-07 | csc | referral | Referral from hospital about a fractured wrist | hospital",
    ) == [{"e0", "e1"}]


def test_rows_about_different_children_are_not_compared_on_their_own() -> None:
    assert not linked(
        "2018-05-06 | csc | review-conference | Review conference about the bruises | school | robin",
        "2018-05-06 | school | review-conference | Review conference about the bruises | csc | kim",
    )


def test_rows_of_two_days_are_compared_only_where_they_have_several_things_in_common() -> None:
    def pairs_of(*lines: str) -> int:
        known = traits(timeline(lines))
        return len(list(pairs(known, background(known))))

    conference = "2018-05-06 | csc | review-conference | Review"
    assert pairs_of(conference, "2018-05-06 | school | review-conference | Conference") == 1
    assert pairs_of(conference, "2018-05-08 | school | review-conference | Conference") == 0
    assert pairs_of(conference, "2018-05-08 | school | review-conference | Conference | csc") == 1


def test_a_coarse_date_links_where_everything_else_agrees() -> None:
    assert linked(
        "2018-05-01/2018-05-10 | school | referral | Fight at the bus stop. Referral to social care | csc",
        "2018-05-08 | csc | referral | Referral from school, fight at bus stop | school",
    ) == [{"e0", "e1"}]


def test_a_coarse_date_between_two_candidates_links_to_neither() -> None:
    assert not linked(
        "2018-06-01/2018-06-30 | gp | home-visit | Joint visit with social worker | csc",
        "2018-06-05 | csc | home-visit | Joint visit with GP | gp",
        "2018-06-19 | csc | home-visit | Joint visit with GP | gp",
    )


def test_a_group_holds_one_row_of_each_agency() -> None:
    assert linked(
        "2019-03-07 | csc | professionals-meeting | Professionals' meeting about housing | police, yos",
        "2019-03-07 | police | professionals-meeting | Professionals' meeting attended",
        "2019-03-07 | yos | professionals-meeting | Professionals' meeting: housing transfer",
    ) == [{"e0", "e1", "e2"}]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            (
                "2018-05-22 | csc | looked-after-review | Looked after review, placement stable | yos",
                "2018-05-22 | yos | secure-review | Secure accommodation review | csc",
            ),
            id="two kinds of review on one day",
        ),
        pytest.param(
            (
                "2018-05-22 | csc | return-interview | Return interview with T | police",
                "2018-05-22 | police | safe-and-well-check | Safe and well check of T | csc",
            ),
            id="return interview and safe and well check",
        ),
        pytest.param(
            (
                "2018-05-22 | csc | referral | Referral from school: attendance | school | a",
                "2018-05-22 | school | referral | Referral to social care: attendance | csc | b",
            ),
            id="two children of one family",
        ),
        pytest.param(
            (
                "2018-05-01/2018-05-31 | camhs | mental-health-referral | Referral from School 2: anger | school",
                "2018-05-01/2018-05-31 | early-help | early-help-referral | From School 2 | school",
            ),
            id="two referrals of one month to different services",
        ),
        pytest.param(
            (
                "2018-05-22 | csc | initial-conference#1 | First conference | police",
                "2018-05-22 | police | initial-conference#2 | Second conference | csc",
            ),
            id="first and second",
        ),
    ],
)
def test_look_alikes_stay_apart(rows: tuple[str, ...]) -> None:
    assert not linked(*rows)


def test_a_conference_of_brothers_is_one_though_each_school_names_its_own_pupil() -> None:
    assert linked(
        "2018-05-22 | csc | initial-conference | Initial conference | school, college | a b",
        "2018-05-22 | school | initial-conference | Head at conference | | a",
        "2018-05-22 | college | initial-conference | Tutor at conference | | b",
    ) == [{"e0", "e1", "e2"}]


def test_rows_of_two_children_go_together_where_a_third_is_about_both() -> None:
    assert linked(
        "2018-05-22 | csc | cin-review | Child in need review at the centre | school health | robin kim",
        "2018-05-23 | school | cin-review | Child in need review at the centre | csc | kim",
        "2018-05-22 | health | cin-review | Child in need review at the centre | csc | robin",
    ) == [{"e0", "e1", "e2"}]


def test_a_review_that_mentions_an_education_plan_is_still_the_review() -> None:
    assert linked(
        "2018-05-22 | csc | looked-after-review | Review, education plan held last week | iro",
        "2018-05-22 | iro | looked-after-review personal-education-plan:referred-to | Review. Education plan done | csc",
    ) == [{"e0", "e1"}]


def test_a_third_row_brings_two_together_that_say_little_of_each_other() -> None:
    assert linked(
        "2018-05-22 | police | weapon | Lock knife handed over at the academy | school",
        "2018-05-22 | school | weapon exclusion-permanent | Lock knife in his bag, excluded for good | police",
        "2018-05-23 | council | exclusion-permanent | Exclusion of a pupil of the academy | school",
    ) == [{"e0", "e1", "e2"}]


def test_a_move_dated_three_days_apart_is_one_where_the_home_has_no_other() -> None:
    (link,) = links(
        "2018-01-16 | csc | placement-move | Left the foster carers for the new home today | home",
        "2018-01-13 | home | placement-start | Moved in with two bags | csc",
    )
    assert link.reasons[-1].signal == "no other partner"


def test_a_referral_to_be_made_in_one_return_and_received_in_the_other_was_made() -> None:
    gp, clinic = (
        entry(row, line)
        for row, line in enumerate(
            (
                "2018-05-22 | gp | mental-health-concern referral:planned | Low mood, refer clinic | clinic",
                "2018-05-24 | clinic | referral | Referral in | gp",
            )
        )
    )
    sent = replace(gp.events[1], from_agency="gp", to_agency="clinic")
    received = replace(clinic.events[0], from_agency="gp", to_agency="clinic")
    rows = (replace(gp, events=(gp.events[0], sent)), replace(clinic, events=(received,)))
    assert [link.entries for link in merge(Timeline(Case(), (), rows)).links] == [("e0", "e1")]


def test_the_second_arrest_is_not_the_first() -> None:
    assert linked(
        "2018-07-01 | police | arrest | Arrested for shop theft | yos",
        "2018-07-02 | police | arrest | Arrested again, breach of bail | yos",
        "2018-07-02 | yos | arrest | Police tell us of arrest for breach of bail | police",
    ) == [{"e1", "e2"}]


def test_dates_that_disagree_are_found_when_all_else_agrees() -> None:
    (link,) = links(
        "2018-04-03 | csc | initial-conference | Initial child protection conference, neglect category | police, school",
        "2018-03-04 | school | initial-conference | Initial child protection conference attended, neglect | csc",
    )
    assert "day and month may be exchanged" in " ".join(reason.text for reason in link.reasons)


def test_every_link_says_why() -> None:
    (link,) = links(
        "2018-05-22 | csc | strategy-discussion | Strategy discussion | police",
        "2018-05-22 | police | strategy-discussion | Strategy meeting attended",
    )
    assert [reason.signal for reason in link.reasons][:2] == ["start", "date"]
    assert 0.7 < link.confidence <= 1


def test_shuffled_rows_give_the_same_timeline() -> None:
    rows = [
        f"2018-05-{day:02} | {agency} | home-visit | Visit {day} | csc"
        for day in range(1, 20)
        for agency in ("csc", "gp")
    ]
    merged = timeline(rows)
    entries = list(merged.entries)
    Random(4).shuffle(entries)
    assert merge(replace(merged, entries=tuple(entries))) == merged


def test_a_row_entered_twice_is_a_duplicate_and_does_not_hide_its_partner() -> None:
    found = links(
        "2018-05-22 | csc | strategy-discussion | Strategy discussion about the injury | police",
        "2018-05-22 | csc | strategy-discussion | Strategy discussion about the injury. | police",
        "2018-05-22 | police | strategy-discussion | Strategy meeting attended",
    )
    assert [(link.kind, link.entries) for link in found] == [("same-event", ("e0", "e2")), ("duplicate", ("e0", "e1"))]


def test_what_the_reviewer_joined_is_a_link_even_without_a_date() -> None:
    case = Case(joined=((Source("csc.xlsx", "Sheet1", 0), Source("gp.xlsx", "Sheet1", 1)),))
    assert linked(
        "2018-05-22 | csc | strategy-discussion | Strategy discussion about the injury",
        " | gp | letter | Minutes received",
        case=case,
    ) == [{"e0", "e1"}]


def test_what_the_reviewer_parted_is_no_link() -> None:
    case = Case(parted=((Source("csc.xlsx", "Sheet1", 0), Source("police.xlsx", "Sheet1", 1)),))
    assert not linked(
        "2018-05-22 | csc | strategy-discussion | Strategy discussion | police",
        "2018-05-22 | police | strategy-discussion | Strategy meeting attended",
        case=case,
    )


def test_a_meeting_dated_four_days_apart_is_one_where_neither_return_has_another() -> None:
    (link,) = links(
        "2019-03-04 | csc | core-group | Core group held",
        "2019-03-08 | school | core-group | Core group meeting attended",
    )
    assert link.reasons[-1].text == "neither row has another partner in the other return"


def test_two_core_groups_a_week_apart_stay_two() -> None:
    assert linked(
        "2019-03-04 | csc | core-group | Core group held | school",
        "2019-03-04 | school | core-group | Core group meeting attended",
        "2019-03-11 | school | core-group | Core group meeting attended",
    ) == [{"e0", "e1"}]


SERVICES = Case(
    agencies=(
        Agency("police", "Northshire Police", kind="police"),
        Agency("csc", "Northshire Social Care", kind="social-care"),
        Agency("school", "Hill School", kind="school"),
    )
)


def test_a_police_notice_is_from_the_police_though_the_row_does_not_say_so() -> None:
    rows = (
        "2018-05-20 | police | domestic-abuse | Neighbour rings, shouting in the upstairs flat | | a",
        "2018-05-21 | csc | police-notification | Notice of a neighbour and shouting upstairs | | a",
        "2018-09-20 | school | school-concern | Late again | | a",
    )
    assert linked(*rows, case=SERVICES) == [{"e0", "e1"}]
    assert not linked(*rows)


def test_a_conference_stands_under_another_child_of_the_family_even_where_it_is_only_called_a_meeting() -> None:
    assert linked(
        "2018-05-22 | csc | core-group | Core group at the nursery, plan goes on | nursery, midwife | a, b",
        "2018-05-22 | midwife | core-group | At core group | csc | a",
        "2018-05-22 | nursery | meeting | Meeting, plan goes on at the nursery | csc | b",
    ) == [{"e0", "e1", "e2"}]


def test_a_row_headed_by_one_meeting_is_not_another_that_its_text_tells_of() -> None:
    review = entry(0, "2018-05-22 | csc | looked-after-review personal-education-plan | Review. PEP done before | | a")
    headed = replace(review, events=(replace(review.events[0], column="category"), review.events[1]))
    plan = entry(1, "2018-05-22 | virtual-school | personal-education-plan | PEP held on the day of the review | | a")
    assert not merge(Timeline(Case(), (), (headed, plan))).links


def test_a_notice_days_later_names_the_day_it_is_about() -> None:
    missing = "2023-08-11 | police | missing | Missing person, reported by her aunt | | a"
    notice = entry(1, "2023-08-15 | csc | missing-notification | Missing notice 11 to 13 August | | a")
    other = entry(2, "2023-09-20 | school | school-concern | Late again | | a")
    told = When("11 to 13 August", date(2023, 8, 11), date(2023, 8, 13), "range", status="ok")
    dated = replace(notice, dates=(DateMention(15, 30, told, "occurred"),))
    assert merge(Timeline(SERVICES, (), (entry(0, missing), dated, other))).links
    assert not merge(Timeline(SERVICES, (), (entry(0, missing), notice, other))).links


def test_a_row_that_says_when_others_were_told_goes_with_their_notice_however_late() -> None:
    sent = When("14 November", date(2023, 11, 14), date(2023, 11, 14), "day", status="ok")
    crime = entry(0, "2023-10-16 | police | crime-report police-notification | Chat group, asked for photos | csc | a")
    told = replace(crime, events=(crime.events[0], replace(crime.events[1], column="shared", when=sent)))
    notice = entry(
        1, "2023-11-14 | csc | police-notification | Form on chat group, adult asking for photos | police | a"
    )
    assert merge(Timeline(SERVICES, (), (told, notice))).links
    assert not merge(Timeline(SERVICES, (), (crime, notice))).links


def test_a_team_may_refer_to_another_team_of_the_same_agency() -> None:
    def of_team(row: int, team: str, line: str) -> Entry:
        return replace(entry(row, line), fields={"team": team})

    sent = of_team(0, "School nursing", "2022-02-08 | trust | mental-health-referral | CAMHS form sent: low mood | | a")
    received = of_team(1, "CAMHS", "2022-02-10 | trust | referral | From school nurse. Accepted | | a")
    unnamed = of_team(1, "CAMHS", "2022-02-10 | trust | referral | Accepted | | a")
    assert merge(Timeline(Case(), (), (sent, received))).links
    assert not merge(Timeline(Case(), (), (sent, unnamed))).links


def test_one_sender_and_two_receivers_are_two_referrals() -> None:
    assert not linked(
        "2016-03-04 | hub | referral | School asks for help with temper | school | a",
        "2016-03-04 | clinic | referral | School refers for temper | school | a",
        "2016-05-09 | hub | session | Session kept | | a",
        "2016-06-09 | clinic | session | Session kept | | a",
    )


def test_a_row_that_tells_of_yesterday_goes_with_yesterday_s_row_and_not_with_its_own_day_s() -> None:
    assert linked(
        "2020-03-12 | refuge | | Family left without a word, keys on the bed | | a",
        "2020-03-13 | refuge | | Room cleaned, furniture checked | | a",
        "2020-03-13 | hv | telephone-call | Call from refuge, family gone as of yesterday, keys left on a bed | refuge | a",
    ) == [{"e0", "e2"}]


def test_rows_in_different_words_are_one_where_an_idea_is_shared_and_one_names_the_other() -> None:
    assert linked(
        "2020-05-04 | maternity | | SVD 0412, live female | csc | a",
        "2020-05-04 | csc | | Ward rang, baby girl born | maternity | a",
        "2020-05-04 | gp | | Repeat prescription | | a",
    ) == [{"e0", "e1"}]


def test_the_figures_of_a_day_may_be_exchanged() -> None:
    assert linked(
        "2022-10-12 | nursery | | Left till seven, nobody answering; duty social worker took her to aunt | csc | a",
        "2022-10-21 | csc | | To nursery at seven, nobody had collected; taken to aunt | nursery | a",
    ) == [{"e0", "e1"}]


def test_two_agencies_reports_for_one_conference_are_two_papers() -> None:
    assert not linked(
        "2019-03-04 | gp | conference-report | Report for case conference sent",
        "2019-03-04 | camhs | conference-report | Report for case conference sent",
    )


def test_a_report_that_one_sent_and_the_other_received_is_one_paper() -> None:
    assert linked(
        "2019-03-04 | gp | conference-report | Report for case conference sent | csc",
        "2019-03-04 | csc | conference-report | Report for case conference received | gp",
    ) == [{"e0", "e1"}]
