"""Makes the invented returns of examples/riverbank: five layouts, three formats. Run it after changing a row.

python examples/make_returns.py
"""

import csv
from datetime import date, time
from pathlib import Path

from docx import Document
from openpyxl import Workbook
from openpyxl.styles import Font

RETURNS = Path(__file__).parent / "riverbank" / "returns"


def social_care() -> None:
    """Title rows above the header, a merged date, a ditto mark, dates as real dates and as words, a list of abbreviations."""
    rows = [
        ("Northmere Children's Social Care",),
        ("Chronology for the Riverbank review. Young person: Ash",),
        (),
        ("Date of contact", "Type of contact", "What happened", "Who was involved", "Outcome", "Recorded on"),
        (date(2021, 9, 27), "Referral", "Referral from Millfield School: Ash tired and hungry, not sleeping at home.", "School", "Assessment", date(2021, 9, 27)),
        (date(2021, 10, 4), "Assessment", "Child and family assessment started.", "SW1", None, date(2021, 10, 4)),
        (date(2021, 10, 14), "Home visit", "Ash and mother seen. Ash spoken to alone. Home clean.", "SW1, Ash, Mo", "Continue", date(2021, 10, 15)),
        (date(2022, 1, 20), "Assessment", "Child and family assessment completed.", "SW1, TM1", "Child in need plan", date(2022, 1, 20)),
        (date(2022, 2, 3), "CIN meeting", "Child in need meeting at school. Plan agreed.", "SW1, Mo, School", "Review in six weeks", date(2022, 2, 4)),
        ("14 February 2022", "Home visit", "Ash seen. Says things are better. Further visit planned for w/c 14/03/2022.", "SW1, Ash", "Continue", date(2022, 2, 14)),
        (date(2022, 7, 20), "Supervision", "SW1 leaving. Case to be reallocated to SW2.", "SW1, TM1", "Reallocate", date(2022, 7, 20)),
        (date(2022, 7, 28), "Home visit", "SW2 introduced to Ash and mother.", "SW2, Ash, Mo", "Continue", date(2022, 7, 28)),
        ("early September 2022", "CIN meeting", "Child in need review meeting. Ash back at school.", "SW2, Mo, School", "Continue", None),
        (date(2022, 9, 30), "Home visit", "Ash and Mo seen. No concerns.", "SW2, Ash, Mo", "Continue", date(2022, 9, 29)),
        (date(2022, 11, 7), "Notification", "Police report Ash missing on 4 November and found on 5 November.", "Police", "Strategy meeting", date(2022, 11, 7)),
        (date(2022, 11, 14), "Strategy meeting", "Strategy meeting with Police and Millfield School about missing episodes and older males.", "SW2, TM1, Police, School", "Return interviews to be offered", date(2022, 11, 14)),
        (date(2022, 11, 16), "Return interview", "Return home interview for the episode of 4 November. Ash would not say where he had been.", "SW2, Ash", "Noted", date(2022, 11, 17)),
        ('"', "Telephone call", "Call to mother. She agreed to ring Police sooner next time.", "SW2, Mo", None, None),
        (date(2022, 12, 1), "Telephone call", "School told us Ash was permanently excluded on 28 November.", "School", "Noted", date(2022, 12, 1)),
        (date(2022, 12, 20), "Home visit", "Ash and mother seen. Festive plans made.", "SW2, Ash, Mo", "Continue", date(2022, 12, 20)),
        (date(2023, 1, 18), "Home visit", "Ash engaging well with YJS and attends his sessions.", "SW2, Ash", "Continue", date(2023, 1, 18)),
        (date(2023, 2, 8), "Home visit", "Mother worried about Ash and older males. Ash out.", "SW2, Mo", "Continue", date(2023, 2, 9)),
        (date(2023, 3, 6), "Strategy meeting", "Strategy meeting after stab wound on 4 March. Police, hospital present.", "SW2, TM1, Police, Hospital", "Section 47 enquiry, child protection conference", date(2023, 3, 6)),
        (date(2023, 3, 8), "Section 47 enquiry", "Section 47 enquiry started. Ash seen in hospital.", "SW2, Ash", None, date(2023, 3, 8)),
        (date(2023, 4, 12), "Child protection conference", "Initial child protection conference. School unable to attend. Minutes not circulated.", "SW2, TM1, Police, YJS, Mo", "Child protection plan", date(2023, 4, 14)),
        (date(2023, 4, 20), "Core group", "First core group.", "SW2, Mo, YJS", "Plan", date(2023, 4, 20)),
        (date(2023, 4, 27), "Home visit", "Ash seen. Safety plan talked through.", "SW2, Ash, Mo", "Continue", date(2023, 4, 27)),
        (date(2023, 5, 18), "Core group", "Core group. Ash at alternative provision.", "SW2, Mo, YJS", "Continue", date(2023, 5, 18)),
        (date(2023, 6, 15), "Core group", "Core group. An un-named manager agreed to end the mentoring.", "SW2, Mo, YJS", "Continue", date(2023, 6, 15)),
        (),
        ("SW: social worker. TM: team manager.",),
    ]  # fmt: skip
    book = Workbook()
    sheet = book.active
    sheet.title = "Chronology"
    for row in rows:
        sheet.append(row)
    for cell in (cell for line in sheet for cell in line if cell.is_date):
        cell.number_format = "dd/mm/yyyy"
    for cell in sheet[4]:
        cell.font = Font(bold=True)
    sheet.merge_cells("A1:F1")
    sheet.merge_cells("A2:F2")
    for column, width in zip("ABCDEF", (18, 20, 60, 26, 30, 14), strict=True):
        sheet.column_dimensions[column].width = width
    words = book.create_sheet("Abbreviations")
    for pair in (("Mo", "mother of Ash"), ("CIN", "child in need"), ("YJS", "Youth Justice Service")):
        words.append(pair)
    book.save(RETURNS / "csc_chronology.xlsx")


def police() -> None:
    """Date and time in two columns, a reference, a column that says with whom it was shared, a hidden row."""
    header = ("Date", "Time", "Reference", "Summary", "Result", "Shared with")
    rows = [
        (date(2021, 9, 10), time(18, 20), "WP/2101/21", "Ash spoken to in the park with friends. No offences.", "No action", None),
        (date(2022, 3, 19), time(23, 5), "WP/0419/22", "Call to the home: argument between mother and her partner. Ash present.", "Words of advice", "MASH"),
        (date(2022, 5, 6), time(1, 40), "WP/0688/22", "Ash found drunk in the town centre and taken to hospital by ambulance.", "Left with hospital", "MASH 06/05/2022"),
        (date(2022, 6, 11), time(16, 0), "WP/0802/22", "Ash named as one of a group who threatened a shopkeeper with a knife.", "No further action", "Not shared"),
        (date(2022, 10, 3), time(15, 30), "WP/1290/22", "Ash arrested for robbery of a mobile phone.", "Youth caution", "YJS"),
        (date(2022, 11, 4), time(22, 15), "WP/1402/22", "Ash reported missing from home by mother.", "Missing, medium risk", "MASH"),
        (date(2022, 11, 5), time(14, 10), "WP/1402/22", "Ash found at a bus station. Safe and well check done.", "Returned home", "MASH"),
        (date(2022, 11, 9), time(10, 0), None, "Strategy meeting with Children's Services and Millfield School about missing episodes and older males.", "Return interviews to be offered", None),
        (date(2022, 12, 9), time(21, 50), "WP/1555/22", "Ash reported missing from home by mother.", "Missing, medium risk", "MASH"),
        (date(2022, 12, 12), time(9, 30), "WP/1555/22", "Ash found at an address in Carrow. Safe and well check done.", "Returned home", "MASH"),
        (date(2023, 1, 21), time(23, 30), "WP/0102/23", "Ash reported missing from home by mother.", "Missing, high risk", "MASH"),
        (date(2023, 1, 24), time(7, 45), "WP/0102/23", "Ash found in Carrow with an older male. Safe and well check done.", "Returned home", "MASH"),
        (date(2023, 3, 4), time(19, 25), "WP/0340/23", "Ash stabbed in the leg in the park. Taken to hospital.", "Under investigation", "MASH"),
        (date(2023, 3, 6), time(14, 0), None, "Strategy meeting with Children's Services and the hospital.", "Section 47 enquiry", None),
        (date(2023, 4, 12), time(9, 30), None, "Officer at the initial child protection conference.", "Child protection plan made", None),
    ]  # fmt: skip
    book = Workbook()
    sheet = book.active
    sheet.title = "Occurrences"
    sheet.append(header)
    for row in rows:
        sheet.append(row)
    for line in sheet.iter_rows(min_row=2):
        line[0].number_format = "dd/mm/yyyy"
        line[1].number_format = "hh:mm"
    sheet.row_dimensions[5].hidden = True
    book.save(RETURNS / "Wolden Police.xlsx")


def school() -> None:
    """A Word document with a table for each school year, headers repeated."""
    years = {
        "School year 2021-22": [
            ("24/09/2021", "Ash arrived hungry and fell asleep in class. DSL spoke to him.", "Referral to MASH made on Friday 24 September 2021", "DSL"),
            ("w/c 04.10.21", "Breakfast club started.", "Continue", "Head of year"),
            ("03/02/2022", "Child in need meeting held in school with social worker and mother.", "Plan agreed", "DSL"),
            ("22/03/2022", "Meeting with the community police officer and mother about friends outside school.", "Officer to visit home", "DSL"),
            ("31/06/2022", "Ash in a fight at break.", "Detention", "Head of year"),
            ("Tuesday 6 July 2022", "Ash told DSL he owes money to older boys and someone will get hurt.", "Told Children's Services by telephone", "DSL"),
        ],
        "School year 2022-23": [
            ("05/09/2022", "Ash back at school for Year 11.", "None", "Tutor"),
            ("13/10/2022", "Fixed term exclusion, three days, for fighting.", "Work sent home", "Head of year"),
            ("09/11/2022", "Strategy meeting attended by DSL with Police and Children's Services.", "Return interviews to be offered", "DSL"),
            ("22/11/2022", "Fifth fixed term exclusion, two days.", "Work sent home", "Head of year"),
            ("28/11/2022", "Permanent exclusion after a knife was found in his bag.", "Governors and council told", "Headteacher"),
            ("", "Work sent home for the first five days.", "None", "Tutor"),
            ("12/12/2022", "Ash came in to hand back his books; seen by the head of year.", "None", "Tutor"),
        ],
    }  # fmt: skip
    document = Document()
    document.add_heading("Millfield School: chronology for the review", level=1)
    for title, rows in years.items():
        document.add_paragraph(title)
        table = document.add_table(rows=1, cols=4)
        table.style = "Table Grid"
        for row in (("Date", "Details of concern or contact", "Action taken", "Staff"), *rows):
            cells = table.rows[0].cells if row[0] == "Date" else table.add_row().cells
            for cell, text in zip(cells, row, strict=True):
                cell.text = text
        document.add_paragraph("")
    document.save(str(RETURNS / "Millfield School.docx"))


def youth_justice() -> None:
    """Semicolons, an old Windows encoding, dates in words."""
    rows = [
        ("Contact date", "Worker", "Type", "Notes", "Attended"),
        ("5 October 2022", "Duty", "Notification", "Police tell us of the arrest of 3 October for robbery.", ""),
        ("10 November 2022", "Court officer", "Youth Court", "Ash convicted of robbery. Referral order, six months.", "Yes"),
        ("17 November 2022", "YJ1", "Supervision", "First session. Ash polite – talked about school.", "Yes"),
        ("1 December 2022", "YJ1", "Supervision", "Did not attend. No reason given.", "No"),
        ("15 December 2022", "YJ1", "Supervision", "Did not attend. Call to mother.", "No"),
        ("5 January 2023", "YJ1", "Supervision", "Did not attend.", "No"),
        ("12 January 2022", "YJ1", "Supervision", "Did not attend. Warning letter sent.", "No"),
        ("26 January 2023", "YJ1", "Supervision", "Attended late.", "Yes"),
        ("9 February 2023", "YJ1", "Supervision", "Attended.", "Yes"),
        ("9 February 2023", "YJ1", "Supervision", "Attended.", "Yes"),
        ("27 February 2023", "YJ1", "Education", "Ash starts at Beacon alternative provision.", "Yes"),
        ("9 March 2023", "YJ1", "Hospital visit", "Ash seen on the ward.", "Yes"),
        ("12 April 2023", "YJ1", "Conference", "Initial child protection conference.", "Yes"),
        ("20 April 2023", "YJ1", "Core group", "First core group.", "Yes"),
        ("10 May 2023", "YJ1", "Closure", "Referral order ended. Closed.", "Yes"),
        ("18 May 2023", "YJ1", "Core group", "Core group attended though closed, at the social worker's request.", "Yes"),
        ("undated", "Duty", "Note", "Referral to the mentoring charity made. No reply on file.", ""),
    ]  # fmt: skip
    with (RETURNS / "yjs contacts.csv").open("w", encoding="cp1252", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)


def hospital() -> None:
    """An export: date and time in one column, a column that asks whether the safeguarding team was told."""
    rows = [
        ("Attendance", "Reason", "Seen by", "Plan", "Safeguarding team told"),
        ("06/05/2022 02:15", "Intoxicated, brought by ambulance. Aged 15. Says he drinks to forget.", "ED doctor", "Referral to Children's Services and to CAMHS", "Yes"),
        ("04/03/2023 19:55", "Stab wound to the thigh.", "ED consultant", "Admitted. Children's Services told", "Yes"),
        ("06/03/2023 14:00", "Strategy meeting with Children's Services and Police.", "Safeguarding nurse", "Section 47 enquiry", "Yes"),
        ("10/03/2023 11:00", "Discharged home with mother.", "Ward", "GP letter", "Yes"),
    ]  # fmt: skip
    with (RETURNS / "st_brannocs_hospital.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


if __name__ == "__main__":
    RETURNS.mkdir(parents=True, exist_ok=True)
    for make in (social_care, police, school, youth_justice, hospital):
        make()
