"""What sentences are taken to say: events, status, outcome, date, number. The sentences stand in test_events_cases.yaml."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from chrono.model import Agency, Case, Entry, Event, Mention, Source, When
from chrono.normalise.dates import Context, mentions
from chrono.normalise.events import declares, ideas, outcomes, recognise, types
from chrono.normalise.events.phrases import Not, Phrases

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("test_events_cases.yaml").read_text(encoding="utf-8")
)
DAY = When.of_day(date(2020, 6, 10))


@dataclass(frozen=True)
class Expected:
    """One event as a case writes it: 'type status =outcome #ordinal *least-most @date'."""

    type: str
    status: str = "occurred"
    outcome: str = ""
    ordinal: int = 0
    count: tuple[int, int] | None = None
    when: str = ""

    @classmethod
    def of(cls, written: str) -> "Expected":
        type_, *rest = written.split()
        marks = {word[0]: word[1:] for word in rest if not word[0].isalpha()}
        low, _, high = marks.get("*", "").partition("-")
        return cls(
            type_,
            next((word for word in rest if word[0].isalpha()), "occurred"),
            marks.get("=", ""),
            int(marks.get("#", 0)),
            (int(low), int(high)) if low else None,
            marks.get("@", ""),
        )

    def fits(self, event: Event) -> bool:
        return (
            (event.type, event.status) == (self.type, self.status)
            and self.outcome in ("", event.outcome)
            and self.ordinal in (0, event.ordinal)
            and self.count in (None, event.count)
            and self.when in ("", event.when.edtf if event.when else "-")
        )


def said(row: str | dict[str, str], at: str = "social-care", mentioned: tuple[Mention, ...] = ()) -> tuple[Event, ...]:
    """The events of a row, dated 10 June 2020, that an agency of this kind wrote."""
    cells = {"text": row} if isinstance(row, str) else dict(row)
    text = cells.pop("text", "")
    dates = mentions(text, DAY, Context())
    entry = Entry("x", Source("x.csv"), "own", DAY, text, fields=cells, dates=dates, mentions=mentioned)
    return recognise(entry, Case(agencies=(Agency("own", "Own", kind=at), Agency("police", "Police", kind="police"))))


def in_words(events: tuple[Event, ...]) -> str:
    return "; ".join(
        f"{e.type} {e.status} ={e.outcome} #{e.ordinal} *{e.count} @{e.when and e.when.edtf}" for e in events
    )


def listed(case: dict[str, Any], key: str) -> list[str]:
    return [part.strip() for part in case.get(key, "").split(";") if part.strip()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["row"]))
def test_a_sentence_says_what_it_says(case: dict[str, Any]) -> None:
    events = said(case["row"], case.get("at", "social-care"))
    missing = [part for part in listed(case, "is") if not any(Expected.of(part).fits(event) for event in events)]
    wrong = [event.type for event in events if event.type in listed(case, "never")]
    wrong += [
        event.type for event in events if event.type in listed(case, "not_occurred") and event.status == "occurred"
    ]
    assert missing + wrong == [], in_words(events)


def test_cases_name_only_known_kinds_of_event() -> None:
    named = {Expected.of(part).type for case in CASES for part in listed(case, "is")}
    named |= {part for case in CASES for key in ("never", "not_occurred") for part in listed(case, key)}
    assert named <= set(types())


def test_a_heading_of_the_returns_own_names_what_each_of_its_rows_is() -> None:
    events = said({"text": "Medium risk.", "Missing from": "The Larches", "Located": "12/06/2020 09:00"}, "police")
    assert {(event.type, event.when.edtf if event.when else "") for event in events} == {
        ("missing", ""),
        ("found", "2020-06-12T09:00:00"),
    }
    assert not said({"text": "Medium risk.", "Missing from": "n/a", "Located": "by bus"}, "police")


# ------------------------------------------------------------------------------------------------------ the vocabulary


def test_every_kind_has_words_and_a_weight() -> None:
    for kind in types().values():
        assert any(kind.words.values()), kind.id
        assert 0 <= kind.weight <= 4, kind.id
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", kind.id)


def test_families_and_announced_ends_are_kinds_or_names_of_their_own() -> None:
    assert {kind.until for kind in types().values()} - {""} <= set(types())


def test_look_alikes_are_of_different_families() -> None:
    pairs = [
        ("looked-after-review", "secure-review"),
        ("safe-and-well-check", "return-interview"),
        ("initial-conference", "review-conference"),
        ("referral", "contact"),
        ("exclusion-fixed", "exclusion-permanent"),
    ]
    assert all(types()[one].family != types()[other].family for one, other in pairs)


def test_outcomes_have_plain_names() -> None:
    assert outcomes()["no-further-action"] == "no further action"


def test_a_case_adds_its_own_words() -> None:
    case = Case(vocabulary={"events": {"multi-agency-panel": ["harbour forum"], "raft-trip": ["raft trip*"]}})
    entry = Entry("x", Source("x.csv"), "own", DAY, "Sam raised at the Harbour Forum after two raft trips")
    assert [event.type for event in recognise(entry, case)] == ["multi-agency-panel", "raft-trip"]


# -------------------------------------------------------------------------------------------------------- who took part


def agency(text: str, words: str, **about: Any) -> Mention:
    begin = text.find(words)
    return Mention(words, "police", "agency", begin=begin, end=begin + len(words))._replace(**about)


def test_a_named_agency_takes_part_in_a_meeting() -> None:
    text = "Strategy discussion with Northshire Police."
    (event,) = said(text, mentioned=(agency(text, "Northshire Police"),))
    assert event.participants == ("police",)


def test_one_who_was_absent_did_not_take_part() -> None:
    text = "Strategy discussion. Northshire Police unable to attend."
    events = said(text, mentioned=(agency(text, "Northshire Police", part="absent"),))
    assert all(event.participants == () for event in events)


@pytest.mark.parametrize(
    ("text", "sender", "receiver"),
    [
        ("Referral from Northshire Police", "police", "own"),
        ("Referral to Northshire Police", "own", "police"),
        ("Northshire Police notified of the incident", "own", "police"),
        ("Northshire Police: missing report received", "police", "own"),
        ("Northshire Police asked for information sharing", "police", "own"),
    ],
)
def test_a_referral_goes_from_one_to_the_other(text: str, sender: str, receiver: str) -> None:
    event = said(text, mentioned=(agency(text, "Northshire Police"),))[0]
    assert (event.from_agency, event.to_agency) == (sender, receiver)


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("Arrested, crime ref 42/1234/20", ("42/1234/20",)),
        ("PPN submitted, ref. NS204455", ("NS204455",)),
        ("Arrested on 03/06/2020", ()),
        ("Missing report. Log 512 of 4 June.", ("512",)),
    ],
)
def test_references_are_kept(text: str, references: tuple[str, ...]) -> None:
    assert said(text, "police")[0].references == references


def test_documents_are_named() -> None:
    assert "minutes" in said("Strategy discussion. Minutes received.")[1].type
    assert said("Core group reviewed the report and the agreement")[0].documents == ("report", "agreement")


# ------------------------------------------------------------------------------------------------- no event but absence


@pytest.mark.parametrize(
    ("text", "absence"),
    [
        ("No contact in this period", "no-contact"),
        ("Nil return", "no-contact"),
        ("Not open to this service", "not-open"),
        ("Child 2: no records held", "no-records"),
        ("Not known.", "no-records"),
        ("Home visit. No contact made with father.", ""),
        ("Strategy discussion held", ""),
        ("No concerns", ""),
    ],
)
def test_an_absence_that_is_stated(text: str, absence: str) -> None:
    assert declares(text) == absence


# ------------------------------------------------------------------------------------------------------ the small language


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("home visit*", "Two home visits", True),
        ("home visit", "Two home visits", False),
        ("return (home) interview", "return interview", True),
        ("return (home) interview", "Return-home interview", True),
        ("s.47", "S47 and s. 47", True),
        ("referral ... camhs", "referral made by school to CAMHS", True),
        ("referral ... camhs", "referral. Seen by CAMHS", False),
        ("^ closed", "Case closed", False),
        ("closed $", "Case closed.", True),
        ("# day exclusion", "A 5 day exclusion", True),
        ("PE", "pe lesson", False),
        ("rhi", "RHI", True),
        ("manager's decision", "Managers decision", True),
    ],
)
def test_a_phrase_is_found_where_it_stands(phrase: str, text: str, found: bool) -> None:
    assert bool(Phrases([(phrase, "it")]).find(text)) is found


@pytest.mark.parametrize("text", ["", "–", "?!", "..."])
def test_a_text_without_a_word_holds_no_phrase(text: str) -> None:
    assert Phrases([("review", "review")]).find(text) == []


def test_the_longest_phrase_wins_and_may_say_what_it_is_not() -> None:
    phrases = Phrases([("review", "review"), ("secure review", "secure"), ("peer review", Not("review"))])
    assert [one.means for one in phrases.find("Secure review, peer review, review")] == [("secure",), ("review",)]


def test_a_referral_is_known_by_the_kind_of_service_it_goes_to() -> None:
    text = "Referred to Willow House."
    to = Mention("Willow House", "willow", "agency", "text", 12, 24)
    entry = Entry("x", Source("x.csv"), "own", DAY, text, mentions=(to,))
    services = {"mental-health": "mental-health-referral", "early-help": "early-help-referral", "housing": "referral"}
    for kind, type_ in services.items():
        case = Case(agencies=(Agency("own", "Own", kind="school"), Agency("willow", "Willow House", kind=kind)))
        assert [event.type for event in recognise(entry, case)] == [type_]


def test_every_idea_is_told_of_somewhere_and_every_telling_can_be_read() -> None:
    given = yaml.safe_load((Path(ideas.__file__).with_name("ideas.yaml")).read_text(encoding="utf-8"))
    written = [telling for listed in given["tellings"].values() for telling in listed]
    named = {name for telling in written for name in re.findall(r"<([a-z0-9-]+)>", telling)}
    assert named == set(given["ideas"])
    assert set(given["tellings"]) <= set(types())


def test_a_row_that_names_nothing_is_what_its_sheet_is_a_list_of() -> None:
    def of_sheet(sheet: str, text: str) -> list[str]:
        entry = Entry("x", Source("trust.xlsx", sheet, 4), "own", DAY, text)
        return [event.type for event in recognise(entry, Case(agencies=(Agency("own", "Own", kind="hospital"),)))]

    assert of_sheet("Complaints", "Told it would start soon, nothing since") == ["complaint"]
    assert of_sheet("Complaints", "Strategy meeting") == ["strategy-discussion"]
    assert of_sheet("Sheet1", "Told it would start soon, nothing since") == []
    assert of_sheet("Complaints and praise", "Told it would start soon, nothing since") == []
