"""Who is who in an invented case with two children, two police forces, two councils and two hospitals."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chrono.model import Actor, Agency, Case, Person, Subject
from chrono.normalise.actors import Registry, proposals
from chrono.normalise.actors.decisions import World
from chrono.normalise.actors.spans import sentences
from chrono.normalise.dates import read

CASE = Case(
    from_file=True,
    subjects=(Subject("ada", "Child A", ("A",)), Subject("ben", "Child B", ("B",))),
    people=(
        Person("a-mother", "Mother of Child A", "mother of Child A"),
        Person("b-mother", "Mother of Child B", "mother of Child B"),
        Person("sw1", "SW1", "social worker"),
        Person("sw11", "SW11", "social worker"),
        Person("aunt", "Joanna Fernleigh", "aunt of Child A"),
    ),
    agencies=(
        Agency("csc", "Eastmoor Council", ("CSC",), asked=True),
        Agency("west", "Westmoor Council", asked=True),
        Agency("east-police", "Eastmoor Police", asked=True),
        Agency("west-police", "Westmoor Police", asked=True),
        Agency("alda", "St Alda's Hospital", asked=True),
        Agency("brook", "Royal Brook Hospital", asked=True),
    ),
)
HOME = ("c.csv", "csc")
POLICE = ("p.csv", "east-police")


def who(cell: str, subjects: tuple[str, ...] = (), at: tuple[str, str] = HOME, column: str = "text") -> list[str]:
    """The actors a cell names, in order, in a fresh registry."""
    return [mention.actor for mention in Registry(CASE).mentions([(column, cell)], *at, subjects)]


@pytest.mark.parametrize(
    ("cell", "subjects", "actors"),
    [
        ("Mother rang", ("ada",), ["a-mother"]),
        ("Mother rang", ("ben",), ["b-mother"]),
        ("B's mum rang", ("ada",), ["b-mother"]),
        ("B’s mum rang", ("ada",), ["b-mother"]),
        ("Mother rang", ("ada", "ben"), ["unresolved-mother-csc"]),
        ("half-sister of A seen", ("ben",), ["ada-half-sister"]),
        ("the young person rang", ("ben",), ["ben"]),
        ("A was seen. A decision was made", (), ["ada"]),
        ("Message left for mother. Mother rang back", ("ada",), ["a-mother", "a-mother"]),
        ("the victim's mother rang", ("ada",), ["unresolved-mother-csc"]),
        ("mother of another pupil rang", ("ada",), ["unresolved-mother-csc"]),
        ("Mother of the victim rang", ("ada",), ["unresolved-mother-csc"]),
        ("Rowan's mother rang", ("ada",), ["unresolved-mother-csc"]),
        ("the child's mother rang", ("ada",), ["a-mother"]),
        ("stepfather's mother rang", ("ada",), ["unresolved-stepfathers-mother-csc"]),
        ("great-aunt rang", ("ada",), ["ada-great-aunt"]),
        ("step-siblings seen", ("ada",), ["ada-step-siblings"]),
    ],
)
def test_relatives_and_children_are_those_of_the_row(cell: str, subjects: tuple[str, ...], actors: list[str]) -> None:
    assert who(cell, subjects) == actors


PROBATION = replace(
    CASE,
    subjects=(Subject("tilda", "Tilda"),),
    agencies=(*CASE.agencies, Agency("probation", "Eastmoor Probation Service", asked=True)),
    people=(),
)


@pytest.mark.parametrize(
    ("cell", "actors"),
    [
        ("Client seen, his mother rang later", ["unresolved-client-probation", "unresolved-mother-probation"]),
        ("Mother rang", ["tilda-mother"]),
        ("Tilda seen", ["tilda"]),
    ],
)
def test_the_client_of_a_service_for_adults_is_not_the_child(cell: str, actors: list[str]) -> None:
    found = Registry(PROBATION).mentions([("text", cell)], "probation.csv", "probation", ())
    assert [mention.actor for mention in found] == actors


@pytest.mark.parametrize(
    ("written", "actors"),
    [("Tillda seen", ["tilda"]), ("Tidla seen", ["tilda"]), ("Linda seen", []), ("Tilla seen", [])],
)
def test_a_short_name_is_mended_only_where_letters_are_doubled_or_swapped(written: str, actors: list[str]) -> None:
    found = Registry(PROBATION).mentions([("text", written)], "c.csv", "csc", ())
    assert [mention.actor for mention in found] == actors


@pytest.mark.parametrize(
    ("cell", "actors"),
    [
        ("Father came with his sister", ["tilda-father", "unresolved-sister-csc"]),
        ("Father came with his mother", ["tilda-father", "unresolved-mother-csc"]),
        ("Mum says her mother is ill", ["tilda-mother", "tilda-maternal-grandmother"]),
        ("Mum says his father is ill", ["tilda-mother", "tilda-father"]),
        ("Tilda came with her mother", ["tilda", "tilda-mother"]),
        ("Foster carer's son hit Tilda", ["unresolved-foster-carers-son-csc", "tilda"]),
        ("Tildas dad rang, Tildas were seen", ["tilda-father"]),
        ("Moher rang, no bother, farther on", ["tilda-mother"]),
        ("Father spoke to Tilda and her mother", ["tilda-father", "tilda", "tilda-mother"]),
    ],
)
def test_his_and_her_behind_a_relative_may_be_that_relatives(cell: str, actors: list[str]) -> None:
    found = Registry(PROBATION).mentions([("text", cell)], "c.csv", "csc", ())
    assert [mention.actor for mention in found] == actors


DRUGS = replace(
    PROBATION,
    agencies=(*CASE.agencies, Agency("drugs", "Eastmoor Drug Service", asked=True), Agency("mw", "Eastmoor Midwifery")),
)


@pytest.mark.parametrize(
    ("agency", "rows", "actors"),
    [
        (
            "drugs",
            ["Client (mother of Tilda) seen.", "Client late, her mother rang"],
            ["tilda-mother", "tilda-maternal-grandmother"],
        ),
        (
            "drugs",
            ["She came with her son.", "Client late, his mother rang"],
            ["tilda-mother", "unresolved-mother-drugs"],
        ),
        ("drugs", ["He asked for his daughter.", "Pt and his wife came"], ["tilda-father", "tilda-mother"]),
        ("drugs", ["His girlfriend and her daughter live with him.", "Client came"], ["tilda-mothers-partner"]),
        ("drugs", ["He and she came. Her son, his daughter.", "Client came"], ["unresolved-client-drugs"]),
        ("mw", ["Booked.", "Patient's mother rang"], ["tilda-maternal-grandmother"]),
        ("mw", ["Pt (father of Tilda) rang.", "Patient came"], ["tilda-father"]),
        ("mw", ["Booked.", "Patient and her sister came"], ["tilda-mother", "tilda-maternal-aunt"]),
        ("alda", ["Pt (mother of Tilda) seen.", "Patient came"], ["tilda"]),
        ("alda", ["Patient has two sons, her mother rang"], ["unresolved-patient-alda", "unresolved-mother-alda"]),
        ("alda", ["34 yr old pt seen"], ["unresolved-pt-alda"]),
        ("alda", ["Pt has child protection plan"], ["tilda"]),
        ("alda", ["Pt came with father and his son"], ["tilda", "tilda-father", "tilda"]),
    ],
)
def test_who_the_client_of_a_service_for_adults_is_is_told_by_all_its_rows(
    agency: str, rows: list[str], actors: list[str]
) -> None:
    registry = Registry(DRUGS)
    registry.learn_client("d.csv", agency, rows)
    found = registry.mentions([("text", rows[-1])], "d.csv", agency, ())
    assert [mention.actor for mention in found] == actors


@pytest.mark.parametrize(
    ("day", "actor"), [("03/05/2014", "tilda"), ("03/05/2019", "unresolved-baby-csc"), ("", "tilda")]
)
def test_a_baby_is_the_child_only_while_it_is_so_young(day: str, actor: str) -> None:
    tilda = Subject("tilda", "Tilda", dob=read("01/02/2013"))
    registry = Registry(replace(PROBATION, subjects=(tilda,)))
    found = registry.mentions([("text", "Baby seen")], "c.csv", "csc", ("tilda",), read(day))
    assert [mention.actor for mention in found] == [actor]


def test_whoever_is_named_inside_a_name_is_listed() -> None:
    registry = Registry(PROBATION)
    registry.mentions([("text", "Tilda's aunt rang the police officer")], "c.csv", "csc", ())
    forms = {actor.id: {surface.text for surface in actor.surfaces} for actor in registry.actors()}
    assert "Tilda" in forms["tilda"]
    assert "Tilda's aunt" in forms["tilda-aunt"]


LISTED = replace(
    PROBATION,
    people=(
        Person("mum", "Carla Reeve", "mother"),
        Person("stepdad", "Paul Reeve", "stepfather"),
        Person("sw", "Anna Lowe", "social worker"),
    ),
)


@pytest.mark.parametrize(
    ("cell", "actors"),
    [
        ("Mr Reeve and Mrs Reeve came", ["stepdad", "mum"]),
        ("Ms R rang", ["mum"]),
        ("Dr Reeve rang", ["unresolved-dr-reeve-csc"]),
        ("Mr Lowe rang", ["unresolved-mr-lowe-csc"]),
        ("Seen with Paul", ["stepdad"]),
        ("Seen by Dr Fern. Carla rang", ["csc-dr-fern", "mum"]),
        ("M said no. Letter to M.", ["mum", "mum"]),
        ("F rang, told M", ["tilda-father", "mum"]),
        ("15 yr old M seen, M/F not known. Form F", []),
        ("M Reed rang", []),
        ("Tilda mother aware", ["mum"]),
        ("Gran came with her daughter", ["tilda-grandmother", "unresolved-daughter-csc"]),
        ("Mum came with her daughter", ["mum", "tilda"]),
        ("mum's partner is not stepdad", ["stepdad", "stepdad"]),
    ],
)
def test_short_names_in_notes(cell: str, actors: list[str]) -> None:
    found = Registry(LISTED).mentions([("text", cell)], *HOME, ())
    assert [mention.actor for mention in found] == actors


def test_a_first_name_or_a_title_never_makes_sure() -> None:
    registry = Registry(LISTED)
    registry.mentions([("text", "Mr Reeve rang. Carla came")], *HOME, ())
    surfaces = [surface for actor in registry.actors() for surface in actor.surfaces]
    assert [(one.text, one.sure) for one in surfaces] == [("Carla", False), ("Mr Reeve", False)]


def test_m_is_nobody_where_a_child_is_called_so() -> None:
    case = replace(CASE, subjects=(Subject("maya", "Maya"),), people=())
    assert "maya-mother" not in [one.actor for one in Registry(case).mentions([("text", "M said no")], *HOME, ())]


PLACES = replace(
    PROBATION, agencies=(*CASE.agencies, Agency("force", "Fellshire Police"), Agency("eh", "Moorby Early Help"))
)


@pytest.mark.parametrize(
    ("cell", "actors"),
    [
        ("Call from Fellshire, seen there", ["force"]),
        ("Fellshire have been told", ["force"]),
        ("Moved to Fellshire. Lives in Fellshire", []),
        ("Records expected from Fellshire", []),
        ("EH told", ["eh"]),
        ("EH/17 closed", []),
        ("Westford Police attended", ["westford-police"]),
        ("Response police attended", ["east-police"]),
    ],
)
def test_a_place_by_itself_is_the_agency_there_only_where_it_acts(cell: str, actors: list[str]) -> None:
    found = Registry(PLACES).mentions([("text", cell)], *HOME, ())
    assert [mention.actor for mention in found] == actors


@pytest.mark.parametrize(
    ("cell", "at", "actors"),
    [
        ("Westmoor Police told", HOME, ["west-police"]),
        ("Police attended", POLICE, ["east-police"]),
        ("Eastmoor CSC told", POLICE, ["csc"]),
        ("Westmoor CSC told", POLICE, ["west"]),
        ("seen at Royal Brook Hospital", HOME, ["brook"]),
        ("taken to hospital", HOME, ["unresolved-hospital-csc"]),
        ("call from Northfield Police", POLICE, ["northfield-police"]),
        ("call from Northfield Police", HOME, ["northfield-police"]),
        ("Informed Police at once", POLICE, ["east-police"]),
        ("told by Police", POLICE, ["east-police"]),
    ],
)
def test_two_agencies_of_one_kind_stay_apart(cell: str, at: tuple[str, str], actors: list[str]) -> None:
    assert who(cell, at=at) == actors


@pytest.mark.parametrize(
    ("cell", "actors"),
    [
        ("SW 1 visited", ["sw1"]),
        ("SW 11 visited", ["sw11"]),
        ("SW12 visited", ["csc-social-worker-12"]),
        ("social worker visited", ["unresolved-social-worker-csc"]),
    ],
)
def test_a_number_is_part_of_who_it_is(cell: str, actors: list[str]) -> None:
    assert who(cell) == actors


def test_workers_of_one_role_number_in_two_agencies_are_two() -> None:
    assert who("PC 12 attended", at=POLICE) != who("PC 12 attended", at=("w.csv", "west-police"))


def test_a_worker_of_a_place_and_one_whom_the_case_calls_by_a_service() -> None:
    people = (
        Person("ew1", "EW1", "exploitation worker, Westmoor", ("exploitation worker",)),
        Person("mc1", "MC1", "missing co-ordinator, Westmoor", ("Missing co-ordinator",)),
    )
    case = replace(CASE, people=people)
    cell = "Rang Westmoor's exploitation worker and the missing co-ordinator"
    assert [one.actor for one in Registry(case).mentions([("text", cell)], "c.csv", "csc", ())] == ["ew1", "mc1"]


def test_of_two_health_services_a_role_tells_which() -> None:
    health = (Agency("hv", "Eastmoor 0-19 Health Visiting"), Agency("mw", "Eastmoor Maternity Service"))
    case = replace(CASE, agencies=(*CASE.agencies, *health), people=(Person("hv1", "HV1", "health visitor"),))
    (known,) = World.of(case).people
    assert known.agency == "hv"
    assert [one.actor for one in Registry(case).mentions([("text", "Midwife rang")], "c.csv", "csc", ())] == [
        "mw-midwife"
    ]


def test_what_the_case_calls_somebody_comes_before_the_words_of_the_field() -> None:
    people = (
        Person("mum", "Mother of Ada and Bo", "mother", ("pt",)),
        Person("bo-father", "Father of Bo", "father of Bo", ("baby's father",)),
        Person("ada-father", "Father of Ada", "father of Ada"),
        Person("dr-m", "Dr M", "consultant paediatrician"),
    )
    clinic = Agency("amh", "Eastmoor Mental Health Trust")
    case = replace(CASE, agencies=(*CASE.agencies, clinic), people=people)

    def who_is(text: str, agency: str) -> list[str]:
        return [one.actor for one in Registry(case).mentions([("text", text)], f"{agency}.csv", agency, ("ada",))]

    assert who_is("Pt told of the list", "amh") == ["mum"]
    assert who_is("Pt seen", "csc") == ["ada"]
    assert who_is("Baby's father at the gate", "csc") == ["bo-father"]
    assert who_is("Out to see Dr M. Back for lunch", "csc") == ["dr-m"]
    assert who_is("Out to see Dr T. Ferris in town", "csc") == ["csc-dr-t-ferris"]


@pytest.mark.parametrize("slip", ["Joanna Fernliegh came", "Joanna Fernleig came", "Joana Fernleigh came"])
def test_a_slip_is_told_but_never_sure_or_not_told_at_all(slip: str) -> None:
    registry = Registry(CASE)
    found = registry.mentions([("text", slip)], *HOME, ("ada",))
    surfaces = [surface for actor in registry.actors() if actor.id == "aunt" for surface in actor.surfaces]
    assert {mention.actor for mention in found} <= {"aunt"}
    assert not any(surface.sure for surface in surfaces)


def test_a_slip_never_crosses_numbers_or_roles() -> None:
    assert "sw1" not in who("SW2 visited")
    assert "csc" not in who("Westmoor Council told")


def test_a_glossary_holds_in_its_own_file_only() -> None:
    registry = Registry(CASE)
    registry.learn("c.csv", [("MH", "Mother of Child A")])
    assert [m.actor for m in registry.mentions([("text", "MH rang")], "c.csv", "csc", ("ben",))] == ["a-mother"]
    assert "a-mother" not in [m.actor for m in registry.mentions([("text", "MH rang")], "h.csv", "alda", ("ada",))]


def test_the_case_comes_before_a_glossary() -> None:
    registry = Registry(CASE)
    registry.learn("c.csv", [("SW1", "Joanna Fernleigh")])
    assert "aunt" not in [m.actor for m in registry.mentions([("text", "SW1 rang")], "c.csv", "csc", ("ada",))]


@pytest.mark.parametrize(
    ("cell", "text", "titles", "subjects"),
    [
        (None, "both boys were seen", (), ("ada", "ben")),
        ("A & B", "seen", (), ("ada", "ben")),
        ("A/B", "seen", (), ("ada", "ben")),
        ("A+B", "seen", (), ("ada", "ben")),
        ("A&B", "seen", (), ("ada", "ben")),
        ("A + B", "seen", (), ("ada", "ben")),
        ("B", "A was seen too", (), ("ben",)),
        ("", "B was seen", ("Child A",), ("ada",)),
        (None, "B was seen", (), ("ben",)),
        (None, "a manager agreed", (), ()),
        ("N/A", "training day", (), ()),
    ],
)
def test_the_children_of_a_row(cell: str | None, text: str, titles: tuple[str, ...], subjects: tuple[str, ...]) -> None:
    assert Registry(CASE).subjects(cell, text, file="c.csv", titles=titles) == subjects


@pytest.mark.parametrize("cell", ["Tansy A", "seen with Tansy A.", "Tansy A and her mother"])
def test_a_child_whose_name_ends_with_a_capital_a_is_told_from_another(cell: str) -> None:
    case = Case(subjects=(Subject("one", "Tansy A"), Subject("other", "Tansy B")), from_file=True)
    assert Registry(case).subjects(cell, file="c.csv") == ("one",)


def test_a_partner_of_the_mother_whom_the_case_calls_so_is_meant_whichever_child_the_row_is_about() -> None:
    partner = Person("mr-k", "Mr K", "mother's partner, father of Child B", ("Mum's boyfriend",))
    case = replace(CASE, people=(*CASE.people, partner))
    found = Registry(case).mentions([("text", "A says Mum's boyfriend shouts")], *HOME, ("ada",))
    assert [mention.actor for mention in found] == ["ada", "mr-k"]


def test_the_brother_of_somebody_the_case_names_is_meant_by_each_name_of_that_one() -> None:
    people = (
        Person("step", "Stepfather", "stepfather", ("SF", "step-dad")),
        Person("ray", "Ray", "brother of stepfather"),
    )
    case = Case(subjects=(Subject("freya", "Freya"),), people=people, from_file=True)
    for cell in ("Her step-dad's brother was there", "SF's brother in drink", "The stepfather's brother left"):
        named = Registry(case).mentions([("text", cell)], *HOME, ("freya",))
        assert "ray" in {mention.actor for mention in named}, cell


def test_capitals_of_few_places_mean_whom_the_case_calls_so() -> None:
    people = (Person("mother", "Mother", "mother", ("MO",)), Person("father", "Birth father", "father", ("BF",)))
    case = Case(subjects=(Subject("freya", "Freya"),), people=people, from_file=True)
    named = Registry(case).mentions([("text", "MO and BF told")], *HOME, ("freya",))
    assert [mention.actor for mention in named] == ["mother", "father"]


def test_the_name_of_a_saint_keeps_its_ending() -> None:
    case = replace(CASE, agencies=(*CASE.agencies, Agency("osyth", "Osyth Centre", ("St Osyth's",))))
    found = Registry(case).mentions([("text", "Moved to St Osyth's overnight")], *HOME, ("ada",))
    assert [mention.text for mention in found] == ["St Osyth's"]


def test_an_indefinite_manager_is_no_person_of_the_case() -> None:
    (mention,) = Registry(CASE).mentions([("text", "a manager agreed")], *HOME, ("ada",))
    assert mention.kind == "role"


def test_initials_that_two_people_share_are_not_told() -> None:
    case = Case(subjects=(Subject("lena", "Lena Fern"),), people=(Person("l", "Luke Fosse"),), from_file=True)
    registry = Registry(case)
    found = registry.mentions([("text", "LF rang")], "c.csv", "", ("lena",))
    assert [(mention.kind, mention.text) for mention in found] == [("unresolved", "LF")]


@pytest.mark.parametrize("cell", ["A letter was sent home", "Class A drugs found", "A&E attended", "Seen in Block A"])
def test_an_article_or_a_label_is_nobodys_initial(cell: str) -> None:
    case = Case(from_file=True, subjects=(Subject("adam", "Adam Fernleigh"),))
    assert "adam" not in [mention.actor for mention in Registry(case).mentions([("text", cell)], *HOME, ())]


def test_proposals_hold_nothing_that_may_be_somebody_else() -> None:
    registry = Registry(CASE)
    for cell in ("social worker rang", "Mother rang", "hospital rang", "Mr Reed rang", "Ms Reed rang", "parents rang"):
        registry.mentions([("text", cell)], *HOME, ())
    assert proposals(CASE, registry.actors()) == ()


@pytest.mark.parametrize("cell", ["MH rang", "seen by MH", "MH referral made"])
def test_an_abbreviation_of_two_things_is_nobody_without_a_glossary(cell: str) -> None:
    assert who(cell, ("ada",)) == []


def test_one_abbreviation_means_two_things_in_two_files() -> None:
    registry = Registry(CASE)
    registry.learn("c.csv", [("JF", "Mother of Child A")])
    registry.learn("p.csv", [("JF", "Joanna Fernleigh")])
    rows = (("c.csv", "csc"), ("p.csv", "east-police"), ("h.csv", "alda"))
    found = [[m.actor for m in registry.mentions([("text", "JF rang")], *row, ("ada",))] for row in rows]
    assert found == [["a-mother"], ["aunt"], []]


@pytest.mark.parametrize(
    ("before", "name", "actor"),
    [("Police spoke to", "SW1", "sw1"), ("At home:", "the young person", "ben"), ("Letter to", "Mother", "b-mother")],
)
@given(after=st.sampled_from(["", ".", " today", " (at home)", "; no answer", " 3 times"]))
def test_who_is_meant_does_not_depend_on_the_words_behind(before: str, name: str, actor: str, after: str) -> None:
    assert who(f"{before} {name}{after}", ("ben",))[-1] == actor


def test_a_name_met_before_in_other_words_means_the_same() -> None:
    registry = Registry(CASE)
    cells = [
        "Class A drugs",
        "A was late",
        "told A",
        "child protection",
        "the child was late",
        "SW 1",
        "SW 1 hour",
        "SW 11",
    ]
    for cell in (*cells, *reversed(cells)):
        met = [m.actor for m in registry.mentions([("text", cell)], *HOME, ("ada",))]
        assert met == who(cell, ("ada",)), cell


# ------------------------------------------------------------------------------------------------- whatever the order

ROWS = (
    ("c.csv", "csc", "Mother and SW1 met Westmoor Police", ("ada",)),
    ("p.csv", "east-police", "PC 12 told the social worker, the hospital and CSC", ("ben",)),
    ("h.csv", "alda", "B's mum and Dr Reed saw the patient; MH referral", ("ben",)),
    ("w.csv", "west", "SW1, SW12 and Joanna Fernliegh", ()),
)


def resolved(rows: tuple[tuple[str, str, str, tuple[str, ...]], ...]) -> tuple[Actor, ...]:
    registry = Registry(CASE)
    for file, agency, cell, subjects in rows:
        registry.mentions([("text", cell)], file, agency, subjects)
    return registry.actors()


def test_the_order_of_files_changes_nothing() -> None:
    assert len({resolved(rows) for rows in permutations(ROWS)}) == 1


@settings(max_examples=50)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_another_file_changes_nobody_in_the_others(cell: str) -> None:
    registry = Registry(CASE)
    registry.learn("other.csv", [("MH", "Joanna Fernleigh"), (cell[:5] or "x", "SW1")])
    registry.mentions([("people", cell)], "other.csv", "brook", ("ada",))
    alone = [Registry(CASE).mentions([("text", text)], file, agency, who_) for file, agency, text, who_ in ROWS]
    assert [registry.mentions([("text", text)], file, agency, who_) for file, agency, text, who_ in ROWS] == alone


@given(st.text(max_size=80))
def test_places_are_those_of_the_words(cell: str) -> None:
    for mention in Registry(CASE).mentions([("people", cell)], *HOME, ()):
        assert 0 <= mention.begin < mention.end <= len(cell)


LABELLED = replace(
    CASE,
    people=(
        Person("mw", "MW", "mother of Child A", ("tenant",)),
        Person("okell", "R. Okell", "social worker", ("Okell",)),
    ),
)


@pytest.mark.parametrize(
    ("cell", "actors"),
    [("MW seen at home", ["mw"]), ("Letter to MW (sole tenant)", ["mw"]), ("tenant out", ["mw"])],
)
def test_the_labels_of_the_case_come_before_words_of_the_field(cell: str, actors: list[str]) -> None:
    """'MW' is otherwise a midwife, and 'tenant' a parent of whom nobody says which."""
    assert [one.actor for one in Registry(LABELLED).mentions([("text", cell)], *HOME, ("ada",))] == actors


def test_a_name_with_its_role_in_brackets_is_heard_without_it_too() -> None:
    registry = Registry(LABELLED)
    registry.mentions([("worker", "R. Okell (SW)")], *HOME, ())
    okell = next(actor for actor in registry.actors() if actor.id == "okell")
    assert {surface.text for surface in okell.surfaces} == {"R. Okell (SW)", "R. Okell"}


# ------------------------------------------------------------------------------------------- sentence by sentence


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Mother rang. SW1 came.", ["Mother rang.", "SW1 came."]),
        ("Seen by Prof. Reed and Mrs. Reed. Well.", ["Seen by Prof. Reed and Mrs. Reed.", "Well."]),
        ("Attended St. Alda's with J. Fern.", ["Attended St. Alda's with J. Fern."]),
        ("Log 45 of 2020. Mother rang.", ["Log 45 of 2020.", "Mother rang."]),
    ],
)
def test_a_sentence_ends_where_no_name_can_go_on(text: str, parts: list[str]) -> None:
    assert [sentence for _, sentence in sentences(text)] == parts


@given(st.text(alphabet="abc. SW1Dr", max_size=60))
def test_sentences_stand_where_they_are_said_to_and_nothing_is_lost(text: str) -> None:
    told = sentences(text)
    assert all(text[at : at + len(sentence)] == sentence for at, sentence in told)
    assert " ".join(sentence for _, sentence in told) == text


def test_a_text_names_whom_its_sentences_name() -> None:
    parts = ["SW1 rang.", "Mother told Dr Reed.", "B's mum and CSC met.", "Nothing seen."]
    assert who(" ".join(parts)) == [actor for part in parts for actor in who(part)]


FAMILY = Case(
    from_file=True,
    subjects=(Subject("kit", "Kit", ("K",)), Subject("bea", "Bea", ("B",))),
    people=(
        Person("mother", "Mother of Kit and Bea", "mother", ("Ms T",)),
        Person("jf", "JF", "father of Kit"),
        Person("ds", "DS", "father of Bea"),
        Person("jf-mother", "JF's mother", "paternal grandmother of Kit"),
        Person("gran", "Maternal grandmother", "maternal grandmother"),
        Person("liam", "Liam", "older brother", ("L",)),
        Person("girl", "Girl next door", "neighbour's child", ("daughter",)),
        Person("dsl", "Safeguarding lead, Fold", "designated safeguarding lead"),
        Person("sw1", "SW1", "social worker"),
    ),
    agencies=(
        Agency("csc", "Marl Council", asked=True),
        Agency("school", "Fold Primary School", ("Fold",), asked=True),
        Agency("mw", "Marl Midwifery", asked=True),
        Agency("probation", "Marl Probation Service", asked=True),
    ),
)


@pytest.mark.parametrize(
    ("cell", "actor", "form"),
    [
        ("Seen with brother L", "liam", "brother L"),
        ("Seen with brother L", "liam", "L"),
        ("Her partner DS was in", "ds", "Her partner DS"),
        ("mummy's boyfriend DS was in", "ds", "mummy's boyfriend DS"),
        ("Came with her son K", "kit", "son K"),
        ("Came with sister B", "bea", "sister B"),
        ("Kit collected by his brother (14)", "liam", "his brother (14)"),
        ("L (b. 17.01.07) was in", "liam", "L (b. 17.01.07)"),
        ("Liam, aged 14, was in", "liam", "Liam"),
        ("DSL at Fold rang", "dsl", "DSL at Fold"),
        ("Fold DSL rang", "dsl", "DSL"),
        ("daughter in, well", "girl", "daughter"),
    ],
)
def test_what_stands_beside_a_name_is_one_of_its_forms(cell: str, actor: str, form: str) -> None:
    registry = Registry(FAMILY)
    registry.mentions([("text", cell)], "c.csv", "csc", ("kit",))
    assert form in {surface.text for one in registry.actors() if one.id == actor for surface in one.surfaces}


@pytest.mark.parametrize(
    ("cell", "actors"),
    [
        ("Told mother K was hurt", ["mother", "kit"]),
        ("Told social worker DS was there", ["sw1", "ds"]),
        ("Social worker at Fold to see her", ["sw1", "school"]),
        ("JF's mother rang", ["jf-mother"]),
        ("Ms T's mother rang", ["gran"]),
        ("DS's sister rang", ["bea-paternal-aunt"]),
        ("Liam's mother rang", ["unresolved-liams-mother-csc"]),
    ],
)
def test_two_who_stand_side_by_side_are_two_or_a_relative_of_one(cell: str, actors: list[str]) -> None:
    found = Registry(FAMILY).mentions([("text", cell)], "c.csv", "csc", ("kit",))
    assert [mention.actor for mention in found] == actors


def test_a_return_named_after_a_relative_speaks_of_that_one_as_its_client() -> None:
    cells = [("text", "Client late. His mother rang")]
    found = Registry(FAMILY)
    found.learn_client("Probation JF.xlsx", "probation", ["Client late. His mother rang"])
    named = found.mentions(cells, "Probation JF.xlsx", "probation", ())
    assert [mention.actor for mention in named] == ["jf", "jf-mother"]


def test_a_school_with_another_number_is_not_the_one_that_the_case_calls_the_school() -> None:
    named = replace(FAMILY, agencies=(Agency("school", "School 1", ("the school",), asked=True),))
    registry = Registry(named)
    found = registry.mentions([("text", "Kit left the school and starts at School 2")], "yjs.csv", "", ("kit",))
    assert [mention.actor for mention in found if mention.kind == "agency"] == ["school", "school-2"]


def test_the_partner_of_a_client_is_not_the_client_whom_the_case_calls_partner() -> None:
    partner = Person("jf", "JF", "father of Kit", ("partner",))
    registry = Registry(replace(FAMILY, people=(partner,)))
    registry.learn_client("Probation JF.xlsx", "probation", ["Has a new partner"])
    own = registry.mentions([("text", "Has a new partner")], "Probation JF.xlsx", "probation", ())
    other = registry.mentions([("text", "Mother and partner seen")], "csc.xlsx", "csc", ("kit",))
    assert own[0].kind == "unresolved"
    assert "jf" in [mention.actor for mention in other]


def test_the_client_of_midwives_is_the_mother_of_all_children_where_they_have_one() -> None:
    found = Registry(FAMILY)
    found.learn_client("mw.csv", "mw", ["Came with her mother"])
    assert [one.actor for one in found.mentions([("text", "Came with her mother")], "mw.csv", "mw", ("bea",))] == [
        "gran"
    ]


def test_titles_are_heard_of_whom_the_case_lists_only() -> None:
    registry = Registry(FAMILY)
    registry.hear(["Household of Ms T, aunt and GP; Kit (b. 12.05.14)"], "h.xlsx", "csc")
    heard = {surface.text: actor.id for actor in registry.actors() for surface in actor.surfaces}
    assert heard == {"Ms T": "mother", "Kit": "kit", "Kit (b. 12.05.14)": "kit"}


GIRLS = replace(
    FAMILY,
    subjects=(
        Subject("kit", "Kit", ("K",), dob=read("12/05/2010")),
        Subject("bea", "Bea", ("B",), dob=read("03/02/2014")),
    ),
    people=(Person("mother", "Mother", "mother of both girls"),),
    agencies=(*FAMILY.agencies, Agency("homes", "Marl Housing Association", asked=True)),
)
BOY_AND_GIRL = replace(GIRLS, people=(Person("mother", "Mother", "mother of both"),))
THREE_GIRLS = replace(GIRLS, people=(*GIRLS.people, Person("ada", "Ada", "sister")))


@pytest.mark.parametrize(
    ("case", "agency", "cell", "actors"),
    [
        (GIRLS, "csc", "Kit and her sister seen", ["kit", "bea"]),
        (GIRLS, "csc", "Her brother was in", ["kit-brother"]),
        (GIRLS, "csc", "Half-sister was in", ["kit-half-sister"]),
        (BOY_AND_GIRL, "csc", "Her sister was in", ["kit-sister"]),
        (BOY_AND_GIRL, "csc", "Her sibling was in", ["bea"]),
        (THREE_GIRLS, "csc", "Her sister was in", ["ada"]),
        (GIRLS, "homes", "The eldest was in, her younger daughter out", ["kit", "bea"]),
        (GIRLS, "csc", "Mother and her youngest were in", ["mother", "bea"]),
        (GIRLS, "csc", "The older girl hit him", ["unresolved-older-girl-csc"]),
        (GIRLS, "csc", "Mother in, younger child asleep", ["mother", "bea"]),
        (GIRLS, "csc", "Mother in, older child out", ["mother", "unresolved-older-child-csc"]),
        (GIRLS, "school", "Pushed by older child", ["unresolved-older-child-school"]),
        (THREE_GIRLS, "homes", "Her eldest was in", ["unresolved-eldest-homes"]),
    ],
)
def test_one_of_the_children_by_sex_and_age(case: Case, agency: str, cell: str, actors: list[str]) -> None:
    found = Registry(case).mentions([("text", cell)], "c.csv", agency, ("kit",))
    assert [mention.actor for mention in found] == actors
