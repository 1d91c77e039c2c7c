"""Roles of columns: by the header's wording, by words in it, by the cells, by case.yaml."""

from __future__ import annotations

import pytest

from chrono.model import Value
from chrono.normalise.tables.columns import Columns, Hints, read_columns, unique_headers
from chrono.normalise.tables.contents import holds_several_dates, is_date, is_time
from chrono.normalise.tables.header_words import CaseHeaders, role_of, words


def columns_of(*columns: list[Value], hints: Hints | None = None) -> Columns:
    """Columns given as [header, cell, cell ...]."""
    headers = {place: str(column[0]) for place, column in enumerate(columns)}
    cells = {place: column[1:] for place, column in enumerate(columns)}
    return read_columns(headers, cells, hints or Hints())


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("DATE", "date"),
        ("Date & Time:", "date"),
        ("Date/Time of contact", "date"),
        ("Date that the incident took place", "date"),
        ("Date entered on system", "recorded"),
        ("When was this recorded?", "recorded"),
        ("Finish date", "end-date"),
        ("Date case closed", "end-date"),
        ("Review due date", "kept"),
        ("Time (24hr)", "time"),
        ("Pupil(s)", "subject"),
        ("Child's name", "subject"),
        ("Details of event / contact", "text"),
        ("Brief summary of what happened", "text"),
        ("Type of Contact", "category"),
        ("Action(s) taken", "action"),
        ("Decision and rationale", "outcome"),
        ("Who was the information shared with?", "shared"),
        ("PPN / Encompass", "shared"),
        ("Vulnerability form completed", "shared"),
        ("PPN number", "reference"),
        ("Departure", "end-date"),
        ("Was the child seen alone?", "seen"),
        ("Views of the child", "voice"),
        ("Referred by", "referrer"),
        ("Referred on to", "told"),
        ("Name of professional", "worker"),
        ("Officer making entry", "worker"),
        ("Nurse / key worker entry", "text"),
        ("What the practitioner wrote", "text"),
        ("Date offered / attended", "date"),
        ("Held or planned", "date"),
        ("Grounds for this", "reason"),
        ("How it was concluded", "outcome"),
        ("Purpose of visit", "category"),
        ("Linked persons", "people"),
        ("Crime No.", "reference"),
        ("#", "sequence"),
        ("Panel's commentary", "comment"),
        ("Typed up", "recorded"),
        ("Wr'n up", "recorded"),
        ("created_at", "recorded"),
        ("When was this put on the system?", "recorded"),
        ("On what day did they get in touch?", "date"),
        ("Dt attd", "date"),
        ("Occ", "date"),
        ("Went ahead\nDt", "date"),
        ("Arranged for\nDt", "kept"),
        ("Rptd\nDt/Tm", "reported"),
        ("Stay\nin (dd/mm/yy)", "date"),
        ("Appt mde", "kept"),
        ("Opened", "reported"),
        ("Event entered", "recorded"),
        ("Date seen", "date"),
        ("Seen / due", "date"),
        ("Took place", "date"),
        ("Booked on", "kept"),
        ("Statutory due", "kept"),
        ("Circulated to", "told"),
        ("Caller", "referrer"),
    ],
)
def test_a_header_names_a_role(header: str, role: str) -> None:
    known = role_of(header)
    assert known is not None
    assert known.role == role


def test_five_hundred_wordings_are_listed() -> None:
    assert sum(map(len, words()["headers"].values())) >= 500


def test_no_wording_is_listed_twice() -> None:
    listed = [header for headers in words()["headers"].values() for header in headers]
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize(
    "cell", ["3/5/19", "3 May", "May 2019", "Yr 4", "aged 13", "w/c 03.05.19", "early 2011", "2014/15"]
)
def test_cells_that_say_when(cell: str) -> None:
    assert is_date(cell)


@pytest.mark.parametrize("cell", ["SW1", "Primary 1", "Visit", "Year 9 report sent home", "Meeting 3", "May be", "", 7])
def test_cells_that_do_not(cell: Value) -> None:
    assert not is_date(cell)


@pytest.mark.parametrize("cell", ["14:30", "1430hrs", "2.30pm", "9am", "09:00 - 10:15"])
def test_cells_that_are_times(cell: str) -> None:
    assert is_time(cell)


def test_several_days_in_one_cell_are_told_from_a_stretch() -> None:
    assert holds_several_dates("12.01.18, 15.03.18 and 20.05.18")
    assert not holds_several_dates("12.01.18 to 15.03.18")


def test_case_yaml_comes_first() -> None:
    hints = Hints(CaseHeaders.of({"date": "Event dt"}, {"text": ["Dealings"]}))
    read = columns_of(
        ["Date", "03/05/2019"], ["Event dt", "04/05/2019"], ["Details", "x"], ["Dealings", "y"], hints=hints
    )
    assert (read.by_role["date"], read.by_role["text"]) == ("Event dt", "Dealings")


def test_there_is_one_main_date() -> None:
    read = columns_of(["Date", "03/05/2019"], ["Date reported", "04/05/2019"], ["Details", "Visit."])
    assert (read.by_role["date"], read.by_role["recorded"]) == ("Date", "Date reported")


def test_a_reported_date_serves_where_there_is_no_other() -> None:
    read = columns_of(["Date reported", "04/05/2019"], ["Details", "Visit."])
    assert read.by_role["date"] == "Date reported"


def test_a_time_column_full_of_dates_is_the_date() -> None:
    read = columns_of(["Time/Date", "03/05/2019 14:00", "04/05/2019"], ["Details", "Visit.", "Call."])
    assert read.by_role["date"] == "Time/Date"


def test_event_is_the_category_beside_details() -> None:
    read = columns_of(["Date", "03/05/2019"], ["Event", "Visit"], ["Details", "Mother and child seen at home."])
    assert (read.by_role["category"], read.by_role["text"]) == ("Event", "Details")


def test_event_is_the_text_where_nothing_else_is() -> None:
    read = columns_of(["Date", "03/05/2019"], ["Event", "Visit, mother seen"], ["Outcome", "None"])
    assert read.by_role["text"] == "Event"


def test_a_what_of_labels_beside_the_notes_is_the_category() -> None:
    read = columns_of(
        ["When", "03/05/2019"], ["What", "Interview"], ["Notes", "Seen at the home, talked about friends."]
    )
    assert (read.by_role["category"], read.by_role["text"]) == ("What", "Notes")


def test_incident_numbers_under_the_header_of_a_category_are_the_reference() -> None:
    read = columns_of(
        ["Incident", "AB-4410", "AB-4588"],
        ["Opened", "03/05/2019", "04/05/2019"],
        ["Closed", "04/05/2019", "05/05/2019"],
        ["Class", "MISPER", "MTG"],
        ["Log", "Reported by carer.", "Meeting at the station."],
    )
    assert (read.by_role["reference"], read.by_role["category"]) == ("Incident", "Class")
    assert read.by_role["date"] == "Opened"


def test_seen_is_the_date_where_its_cells_are_days() -> None:
    read = columns_of(["Clinic", "Town"], ["Seen", "03/05/2019"], ["Note", "Routine, came with key worker."])
    assert read.by_role["date"] == "Seen"


def test_comments_on_labels_are_the_text() -> None:
    read = columns_of(
        ["When", "03/05/2019"], ["Activity", "First meeting"], ["Comments", "Came with mother, talked about school."]
    )
    assert (read.by_role["category"], read.by_role["text"]) == ("Activity", "Comments")


def test_comments_on_a_narrative_stay_comments() -> None:
    read = columns_of(
        ["When", "03/05/2019"],
        ["Details", "Came with mother."],
        ["Comments", "Good practice, in the view of the panel."],
    )
    assert (read.by_role["text"], read.by_role["comment"]) == ("Details", "Comments")


def test_a_second_column_of_a_role_keeps_its_own_header() -> None:
    read = columns_of(["Date", "03/05/2019"], ["Details", "Visit."], ["Outcome", "a"], ["Decision", "b"])
    assert read.by_role["outcome"] == "Outcome"
    assert read.unrecognised == ("Decision",)


def test_a_column_says_why_it_was_read_so() -> None:
    read = columns_of(["Meeting", "03/05/2019"], ["Details", "Visit."])
    assert read.explained == ("column 'Meeting' was read as date: its cells look like it",)


def test_initials_that_are_no_child_s_are_those_of_staff() -> None:
    hints = Hints(names_subject=lambda text: text == "M")
    read = columns_of(["Date", "3 May 2019"], ["Entry", "Not back. Police rung."], ["Initials", "PF"], hints=hints)
    assert read.by_role["worker"] == "Initials"
    again = columns_of(["Date", "3 May 2019"], ["Entry", "Not back. Police rung."], ["Initials", "M"], hints=hints)
    assert again.by_role["subject"] == "Initials"


def test_long_cells_are_no_names_of_workers_although_the_header_has_a_word_for_one() -> None:
    read = columns_of(
        ["Date", "3 May 2019"],
        ["Kind", "Call"],
        ["Support worker's side", "Rang mother at noon to ask how the first night in the new flat had been for all."],
    )
    assert read.by_role["text"] == "Support worker's side"


def test_an_event_column_of_nothing_but_the_family_says_whom_the_row_is_about() -> None:
    hints = Hints(names_subject=lambda text: text in ("Mina", "Otto"))
    read = columns_of(
        ["Date", "3 May 2019", "4 May 2019", "5 May 2019"],
        ["Record of", "Mina", "Mother", "Otto"],
        ["Free text", "Came with a rash.", "Repeat issued.", "Ear looked at, nothing seen."],
        hints=hints,
    )
    assert read.by_role["subject"] == "Record of"


def test_headers_are_made_unique() -> None:
    assert unique_headers(["Date", "", "Date", "date"]) == ("Date", "column B", "Date (2)", "date (3)")


@pytest.mark.parametrize("header", ["Seen", "Clinic", "Ref", "By", "Visit", "Consultation", "Incident", "Contact"])
def test_a_column_of_dates_is_the_date_whatever_its_header_is_taken_for(header: str) -> None:
    read = columns_of(
        [header, "16 Feb 2022", "20 Apr 2022", "September 2022"],
        ["Note", "Came with a friend from school.", "Screen done, no indicators.", "Reminder sent, not taken up."],
    )
    assert read.by_role["date"] == header


def test_when_it_was_shared_is_not_when_it_happened() -> None:
    read = columns_of(["Shared", "16/02/2022", "20/04/2022"], ["Note", "Came with a friend.", "Screen done, no signs."])
    assert "date" not in read.by_role


def test_from_without_a_date_beside_a_column_of_dates_says_from_whom() -> None:
    read = columns_of(
        ["Meeting / receipt", "25th February 2022", "16th March 2022"],
        ["From", "Academy", "Chair"],
        ["Discussion", "Referral form received.", "First discussion, unexplained money."],
    )
    assert read.by_role["date"] == "Meeting / receipt"


def test_from_says_from_whom_beside_the_day_on_which_it_was_received() -> None:
    read = columns_of(
        ["Date received", "3 October 2022", "6 December 2022"],
        ["From", "House manager", "Northshire"],
        ["Detail", "Asked whether we would take part in the review.", "Transfer form of the day before."],
    )
    assert (read.by_role["date"], read.by_role["referrer"]) == ("Date received", "From")


def test_whether_and_when_somebody_was_told_is_not_when_it_happened() -> None:
    read = columns_of(
        ["Reported", "18/12/2021 23:15", "14/10/2021", "20/06/2022 22:50"],
        ["Circumstances", "Raised voices, words of advice.", "Heard at the meeting.", "Neighbour heard screaming."],
        ["To hub (date)", "Y 20/12/21", "n/a", "N"],
    )
    assert (read.by_role["date"], read.by_role["told"]) == ("Reported", "To hub (date)")


@pytest.mark.parametrize("header", ["Incident from", "Incident", "Occurred on"])
def test_when_an_incident_was_comes_before_when_it_was_reported(header: str) -> None:
    read = columns_of(
        ["Reported", "20/11/2021", "03/02/2022"],
        [header, "19/11/2021", "02/02/2022"],
        ["Report", "Argument over money.", "Door kicked in."],
    )
    assert (read.by_role["date"], read.by_role["recorded"]) == (header, "Reported")


def test_a_date_of_birth_is_not_the_date_of_the_row() -> None:
    read = columns_of(
        ["DOB", "11/09/2014", "30/01/2019"],
        ["Step", "Referral screened.", "First visit, both children seen."],
        ["Held", "03/03/2022", "07/03/2022"],
        ["Finalised", "04/03/2022", "09/03/2022"],
    )
    assert (read.by_role["date"], read.by_role["recorded"]) == ("Held", "Finalised")


def test_the_day_it_took_place_comes_before_the_day_it_was_opened() -> None:
    read = columns_of(
        ["Opened", "12/09/2020", "16/11/2020"],
        ["Took place", "15/09/2020", "24/11/2020"],
        ["Summary of step", "First family meeting.", "Home visit, bedroom shared."],
    )
    assert (read.by_role["date"], read.by_role["recorded"]) == ("Took place", "Opened")


@pytest.mark.parametrize(("left", "right"), [("Out", "In"), ("In", "Out"), ("Left", "Came back")])
def test_of_in_and_out_the_left_one_begins(left: str, right: str) -> None:
    read = columns_of(
        [left, "23/11/23 22:40", "14/11/23 16:00"],
        [right, "24/11/23 05:10", "14/11/23 23:15"],
        ["Circumstances", "Walked out after a call.", "Did not come from school."],
    )
    assert read.by_role["date"] == left


def test_a_column_full_of_days_comes_before_one_that_only_has_date_in_its_header() -> None:
    read = columns_of(
        ["Raised in office", "18/12/2021", "14/10/2021", "20/06/2022"],
        ["Circumstances", "Raised voices, words of advice.", "Heard at the meeting.", "Neighbour heard screaming."],
        ["Copy gone, date", "Y 20/12/21", "n/a", "Y 23/06/22"],
    )
    assert read.by_role["date"] == "Raised in office"


def test_a_date_column_that_nobody_can_read_stays_the_date_column() -> None:
    read = columns_of(
        ["Date", "??", "tbc"], ["Ref", "01/02/2022", "03/02/2022"], ["Details", "Seen at home.", "Seen at school."]
    )
    assert read.by_role["date"] == "Date"


def test_when_it_was_entered_is_not_the_date_beside_an_earlier_column_of_dates() -> None:
    read = columns_of(
        ["Contact", "12/12/2017", "11/01/2018"],
        ["Entered", "16/03/2018", "16/03/2018"],
        ["Narrative", "Home visit, baby smiling.", "Mark by left ear."],
    )
    assert (read.by_role["date"], read.by_role["recorded"]) == ("Contact", "Entered")


def test_what_came_of_it_stands_behind_what_happened_whatever_its_header() -> None:
    when = ["Day", "3 May 2019", "4 May 2019", "5 May 2019", "6 May 2019"]
    told = ["Account", "Called at the home, nobody in", "Second call, father there", "Met at school", "Rang the school"]
    then = ["Rounding off", "To go again", "Plan carries on", "Nothing more", "They will ring"]
    assert columns_of(when, told, then).by_role["outcome"] == "Rounding off"
    assert "outcome" not in columns_of(when, told, ["Rounding off", "Red", "Red", "Blue", "Red"]).by_role


def test_numbers_and_codes_beside_the_narrative_are_no_categories() -> None:
    when = ["Day", "3 May 2019", "4 May 2019", "5 May 2019"]
    told = ["Narrative", "Called at the home, nobody in", "Second call, father there", "Met him at school"]
    assert columns_of(when, told, ["Log", "QP/01", "QP/02", "QP/03"]).by_role["reference"] == "Log"
    assert columns_of(when, told, ["Entry", "1", "2", "3"]).by_role["sequence"] == "Entry"
