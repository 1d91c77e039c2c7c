"""Whole returns to entries: agency, date, subject, text, fields, and what is said where there is no case.yaml."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime

import pytest

from chrono.model import Agency, Case, Entry, Mark, Return, Row, Sheet, Source, Subject, Timeline, Value, When
from chrono.normalise import normalise

CASE = Case(
    title="Child Q",
    start=date(2018, 1, 1),
    end=date(2020, 12, 31),
    subjects=(Subject("q", "Child Q", ("Q",), When.of_day(date(2008, 4, 3))), Subject("r", "Child R", ("R",))),
    agencies=(
        Agency("csc", "Northshire Social Care", ("CSC",), asked=True, files=("csc*",)),
        Agency("school", "Hillside School", (), asked=True, files=("school*",)),
    ),
    from_file=True,
)
HEADER: list[Value] = ["Date", "Details", "Outcome"]


def return_of(file: str, *grid: list[Value], sheet: str = "Sheet1", **more: object) -> Return:
    rows = tuple(Row(number, tuple(cells)) for number, cells in enumerate(grid, 1) if any(cells))
    content = repr((sheet, grid, more)).encode()
    return Return(file, hashlib.sha256(content).hexdigest(), len(content), (Sheet(file, sheet, rows, **more),))  # type: ignore[arg-type]


def read(*returns: Return, case: Case = CASE) -> Timeline:
    return normalise(case, returns)


def only(*grid: list[Value], file: str = "csc.xlsx") -> Entry:
    (entry,) = read(return_of(file, *grid)).entries
    return entry


def test_an_entry_knows_where_it_is_written_and_whose_it_is() -> None:
    entry = only(HEADER, ["03/05/2019", "Visit made.", "Seen"])
    assert (entry.source, entry.agency) == (Source("csc.xlsx", "Sheet1", 2), "csc")


def test_other_cells_are_kept_by_role_or_header() -> None:
    entry = only(["Date", "Details", "Outcome", "Bus fare"], ["03/05/2019", "Visit made.", "Seen", "2.50"])
    assert entry.fields == {"outcome": "Seen", "Bus fare": "2.50"}


def test_time_and_end_date_columns_join_the_date() -> None:
    entry = only(
        ["Start Date", "Start Time", "End Date", "Details"], ["03/05/2019", "14:30", "05/05/2019", "Missing from home."]
    )
    assert (entry.when.start, entry.when.end, entry.when.start_time) == (date(2019, 5, 3), date(2019, 5, 5), "14:30")


def test_a_night_ends_on_the_next_day() -> None:
    entry = only(["Date", "Start", "Finish", "Log"], ["30/06/2019", "22:10", "00:45", "Kept awake by shouting."])
    assert (entry.when.start, entry.when.end, entry.when.end_time) == (date(2019, 6, 30), date(2019, 7, 1), "00:45")


def test_an_admission_is_entered_on_its_first_day() -> None:
    entry = only(["Admitted", "Discharged", "Notes"], ["03/05/2019", "06/05/2019", "Admitted with burns."])
    assert (entry.when.start, entry.when.end) == (date(2019, 5, 3), date(2019, 5, 3))


def test_a_discharge_before_the_admission_is_pointed_out() -> None:
    entry = only(["Admitted", "Discharged", "Notes"], ["10/01/2023", "08/01/2023", "Chest infection."])
    assert [note.partition(":")[0] for note in entry.when.notes] == ["end-before-start"]


def test_a_header_that_puts_the_month_first_holds_for_every_date_of_its_table() -> None:
    header: list[Value] = ["Date (mm/dd/yyyy)", "Date entered", "Notes"]
    entry = only(header, ["03/05/2019", "03/06/2019", "Seen at home."])
    assert entry.when.start == date(2019, 3, 5)
    assert entry.recorded
    assert entry.recorded.start == date(2019, 3, 6)


def test_a_return_of_forms_each_in_a_table_of_its_own() -> None:
    forms = (
        [["Visit held", "10/02/2022"], ["Present", "Carers"], ["Record", "Unannounced visit."]],
        [["Visit held", "14/03/2022"], ["Present", "Mrs T"], ["Record", "Carer says she is out most nights."]],
    )
    sheets = tuple(
        Sheet("csc.docx", f"table {number}", tuple(Row(place, tuple(row)) for place, row in enumerate(form, 1)))
        for number, form in enumerate(forms, 1)
    )
    entries = read(replace(return_of("csc.docx", ["-"]), sheets=sheets)).entries
    assert [(entry.when.start, entry.text) for entry in entries] == [
        (date(2022, 2, 10), "Unannounced visit."),
        (date(2022, 3, 14), "Carer says she is out most nights."),
    ]


def test_a_year_above_a_table_is_that_of_its_days() -> None:
    entry = read(
        return_of("csc.docx", ["Raised", "Detail"], ["14 January", "Messages to a player."], heading="Year: 2020")
    ).entries[0]
    assert entry.when.start == date(2020, 1, 14)


def test_when_it_was_written_is_kept_apart() -> None:
    entry = only(["Date of event", "Date recorded", "Details"], ["03/05/2019", "06/05/2019", "Visit made."])
    assert entry.recorded is not None
    assert (entry.when.start, entry.recorded.start) == (date(2019, 5, 3), date(2019, 5, 6))


def test_a_blank_date_means_the_date_above() -> None:
    timeline = read(
        return_of(
            "csc.xlsx", ["Date", "Details", "Worker"], ["03/05/2019", "Visit.", "AB"], [None, "Manager told.", "CD"]
        )
    )
    assert [entry.when.start for entry in timeline.entries] == [date(2019, 5, 3)] * 2


def test_a_blank_date_never_looks_above_a_heading() -> None:
    grid: list[list[Value]] = [
        ["Date", "Child", "Details"],
        ["03/05/2019", "Q", "Visit."],
        ["Letters"],
        [None, "R", "Letter to school."],
        ["04/05/2019", "R", "Call."],
    ]
    assert [entry.when.known for entry in read(return_of("csc.xlsx", *grid)).entries] == [True, False, True]


def test_a_heading_gives_the_year() -> None:
    grid: list[list[Value]] = [["Date", "Details"], ["2019"], ["3 May", "Visit."], ["2020"], ["4 May", "Call."]]
    days = [entry.when.start for entry in read(return_of("csc.xlsx", *grid)).entries]
    assert days == [date(2019, 5, 3), date(2020, 5, 4)]


def test_a_heading_gives_the_month() -> None:
    grid: list[list[Value]] = [
        ["Date", "Details"],
        ["May 2019"],
        ["3", "Visit."],
        ["14", "Call."],
        ["June 2019"],
        ["2", "Letter."],
    ]
    days = [entry.when.start for entry in read(return_of("csc.xlsx", *grid)).entries]
    assert days == [date(2019, 5, 3), date(2019, 5, 14), date(2019, 6, 2)]


def test_a_heading_gives_the_day() -> None:
    grid: list[list[Value]] = [
        ["Date", "Time", "Details"],
        ["Friday 3 May 2019"],
        [None, "09:00", "Call."],
        [None, "10:00", "Visit."],
    ]
    entries = read(return_of("csc.xlsx", *grid)).entries
    assert [(entry.when.start, entry.when.start_time) for entry in entries] == [
        (date(2019, 5, 3), "09:00"),
        (date(2019, 5, 3), "10:00"),
    ]


def test_a_school_year_is_that_of_the_rows_own_child() -> None:
    entry = only(["Child", "School year", "Details"], ["Q", "Yr 5", "Reading support."], file="school.xlsx")
    assert (entry.when.start, entry.when.end) == (date(2017, 9, 1), date(2018, 8, 31))


@pytest.mark.parametrize(
    ("grid", "subjects"),
    [
        ([["Child", "Date", "Details"], ["Q", "03/05/2019", "Visit."]], ("q",)),
        ([["Child", "Date", "Details"], ["Q and R", "03/05/2019", "Visit."]], ("q", "r")),
        ([["Child R"], ["Date", "Details"], ["03/05/2019", "Visit."]], ("r",)),
    ],
)
def test_the_subject_of_a_row(grid: list[list[Value]], subjects: tuple[str, ...]) -> None:
    assert only(*grid).subjects == subjects


def test_the_subject_from_the_name_of_the_sheet() -> None:
    (entry,) = read(return_of("csc.xlsx", HEADER, ["03/05/2019", "Visit.", "Seen"], sheet="Child R")).entries
    assert entry.subjects == ("r",)


def test_text_that_runs_on_is_joined() -> None:
    grid: list[list[Value]] = [["Date", "Details"], ["03/05/2019", "Mother said that she"], [None, "would not come."]]
    entry = only(*grid)
    assert (entry.text, entry.continued) == ("Mother said that she\nwould not come.", (3,))


def test_without_a_narrative_the_next_best_cell_is_the_text() -> None:
    entry = only(["Date", "Type", "Details"], ["03/05/2019", "Home visit", None])
    assert entry.text == "Home visit"


def test_a_list_without_a_narrative_is_told_by_its_other_cells() -> None:
    entry = only(["Placement", "Start date", "End date"], ["Foster carers", "03/07/2019", "04/08/2019"])
    assert entry.text == "Placement: Foster carers"


def test_a_dated_row_of_no_involvement_is_an_entry_and_a_statement() -> None:
    timeline = read(
        return_of("csc.xlsx", ["Date", "Details"], ["2018 - 2019", "No involvement."], ["03/05/2020", "Visit."])
    )
    assert timeline.entries[0].declares == "no-contact"
    assert [(said.agency, said.when.start) for said in timeline.declarations] == [("csc", date(2018, 1, 1))]


def test_a_nil_return_speaks_of_the_review_period() -> None:
    timeline = read(return_of("school.xlsx", HEADER, ["No contact in this period."]))
    (said,) = timeline.declarations
    assert (said.agency, said.when.start, said.when.end) == ("school", CASE.start, CASE.end)
    assert not timeline.problems


def test_an_agency_column_overrides_the_file() -> None:
    entry = only(["Date", "Agency", "Details"], ["03/05/2019", "Hillside School", "Parents' evening."])
    assert entry.agency == "school"


def test_columns_of_case_yaml_come_first() -> None:
    agency = Agency("csc", "Northshire Social Care", files=("csc*",), columns={"date": "Event dt"})
    case = Case(agencies=(agency,), from_file=True)
    given = return_of("csc.xlsx", ["Date", "Event dt", "Details"], ["01/01/2020", "03/05/2019", "Visit."])
    (entry,) = read(given, case=case).entries
    assert entry.when.start == date(2019, 5, 3)


def test_what_is_hidden_is_read_and_marked() -> None:
    row = Row(2, ("03/05/2019", "Visit."), hidden=True, marks=(Mark("struck", 1),))
    given = Return("csc.xlsx", "0" * 64, 1, (Sheet("csc.xlsx", "S", (Row(1, ("Date", "Details")), row)),))
    (entry,) = read(given).entries
    assert entry.hidden
    assert entry.marks == (Mark("struck", 1),)


def test_several_dates_in_one_cell_are_marked() -> None:
    entry = only(["Date", "Details"], ["12.01.19, 15.03.19 and 20.05.19", "Visits."])
    assert [mark.kind for mark in entry.marks] == ["several-dates"]


def test_ids_stay_when_rows_are_moved_or_added() -> None:
    first: list[Value] = ["03/05/2019", "Visit.", "Seen"]
    second: list[Value] = [datetime(2019, 5, 4), "Call.", ""]
    one = read(return_of("csc.xlsx", HEADER, first, second))
    other = read(return_of("csc2.xlsx", ["Title"], HEADER, ["01/05/2019", "Letter."], second, first))
    assert {entry.id for entry in one.entries} < {entry.id for entry in other.entries}


def test_rows_that_say_the_same_have_ids_of_their_own() -> None:
    timeline = read(return_of("csc.xlsx", HEADER, ["03/05/2019", "Visit.", "Seen"], ["03/05/2019", "Visit.", "Seen"]))
    assert len({entry.id for entry in timeline.entries}) == 2


ROWS: list[list[Value]] = [[f"0{day}/05/2019", f"Visit {day}.", "Seen"] for day in range(1, 5)]


def test_the_same_file_twice_counts_once() -> None:
    one = return_of("csc.xlsx", HEADER, *ROWS)
    copy = Return("csc-copy.xlsx", one.sha256, one.size, (Sheet("csc-copy.xlsx", "Sheet1", one.sheets[0].rows),))
    timeline = read(one, copy)
    assert len(timeline.entries) == 4
    assert {account.file: account.same_as for account in timeline.returns} == {
        "csc.xlsx": "csc-copy.xlsx",
        "csc-copy.xlsx": "",
    }


def test_an_earlier_version_of_a_return_is_not_counted_beside_the_later() -> None:
    early = return_of("csc v1.xlsx", HEADER, *ROWS)
    late = return_of("csc v2.xlsx", ["CSC"], HEADER, *ROWS, ["09/09/2019", "Letter.", ""])
    timeline = read(early, late)
    assert {entry.source.file for entry in timeline.entries} == {"csc v2.xlsx"}
    assert timeline.returns[0].same_as == "csc v2.xlsx"


def test_two_sheets_of_one_file_may_be_alike_unless_one_is_a_copy() -> None:
    def with_second(name: str) -> int:
        one = return_of("csc.xlsx", HEADER, *ROWS)
        return len(read(replace(one, sheets=(*one.sheets, replace(one.sheets[0], name=name)))).entries)

    assert (with_second("Second child"), with_second("Sheet1 (2)")) == (8, 4)


def test_rows_add_up_when_files_are_given_twice() -> None:
    for account in read(
        return_of("csc.xlsx", HEADER, *ROWS), return_of("csc v2.xlsx", HEADER, *reversed(ROWS))
    ).returns:
        for sheet in account.sheets:
            assert sheet.rows == sheet.entries + len(sheet.set_aside)


def test_the_order_of_files_changes_nothing() -> None:
    returns = [return_of("csc.xlsx", HEADER, *ROWS), return_of("school.xlsx", HEADER, ["05/05/2019", "Report.", ""])]
    assert read(*returns) == read(*reversed(returns))


def test_a_file_without_a_table_is_a_problem_that_says_what_to_do() -> None:
    (problem,) = read(return_of("csc.xlsx", ["Thank you for your letter."])).problems
    assert "no table with dates" in problem.what
    assert problem.remedy


def test_a_table_without_dates_is_a_problem_too() -> None:
    (problem,) = read(
        return_of("csc.xlsx", ["Event", "Outcome"], *([f"Visit {n}.", "Seen"] for n in range(4)))
    ).problems
    assert "no column of it holds dates" in problem.what


def test_without_a_case_the_assumptions_are_said() -> None:
    given = return_of("Hillside School.xlsx", ["Chronology for Child Q"], HEADER, ["03/05/2019", "Visit.", "Seen"])
    case = read(given, case=Case()).case
    assert [subject.name for subject in case.subjects] == ["Child Q"]
    assert [agency.name for agency in case.agencies] == ["Hillside School"]
    assert len(case.assumptions) == 3


def test_a_word_table_without_a_header_is_read_like_the_one_before() -> None:
    first = Sheet(
        "csc.docx", "table 1", (Row(1, ("Date", "Worker", "Details")), Row(2, ("03/05/2019", "AB", "Visit.")))
    )
    second = Sheet("csc.docx", "table 2", (Row(1, ("04/05/2019", "CD", "Call from the school.")),))
    timeline = read(Return("csc.docx", "0" * 64, 1, (first, second)))
    assert [entry.fields for entry in timeline.entries] == [{"worker": "AB"}, {"worker": "CD"}]
    assert "like the table before" in timeline.returns[0].sheets[1].notes[0]


def test_without_a_case_forms_of_one_childs_name_are_joined() -> None:
    given = return_of(
        "Clinic.xlsx", ["Patient", "Date", "Details"], ["YP 1", "03/05/2019", "Visit."], ["YP1", "04/05/2019", "Call."]
    )
    (subject,) = read(given, case=Case()).case.subjects
    assert subject.id == "yp1"


def test_without_a_case_an_agency_column_names_the_agencies() -> None:
    grid: list[list[Value]] = [
        ["Date", "Agency", "Details"],
        ["03/05/2019", "Police", "Call."],
        ["04/05/2019", "Hillside School", "Visit."],
    ]
    timeline = read(return_of("combined.csv", *grid), case=Case())
    assert [timeline.case.name_of(entry.agency) for entry in timeline.entries] == ["Police", "Hillside School"]


def test_the_source_names_the_agency_where_the_file_does_not() -> None:
    entry = only(
        ["Date", "Source", "Details"], ["03/05/2019", "Hillside School", "Parents' evening."], file="everything.xlsx"
    )
    assert entry.agency == "school"
