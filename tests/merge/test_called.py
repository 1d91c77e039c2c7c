"""Whom a row means by 'officers', 'the ward', 'Clearwell': agencies called by their people or by part of their name."""

from chrono.merge.called import Callers
from chrono.model import Agency

POLICE = Agency("police", "Marlow Vale Constabulary")
MATERNITY = Agency("mat", "Southdown Maternity Unit")
CARE = Agency("csc", "Marlow Vale Children's Services")
DRUGS = Agency("drugs", "Clearwell Recovery Service")
CALLERS = Callers((POLICE, MATERNITY, CARE, DRUGS))


def test_people_are_taken_for_the_one_service_that_has_such_people() -> None:
    assert CALLERS.calls("csc", "Home at 2 with two officers").named == {"police"}


def test_nobody_calls_its_own_people_another_agency() -> None:
    assert not CALLERS.calls("police", "Officers attended").named


def test_part_of_a_name_that_no_other_agency_has_means_it_where_it_is_written_as_a_name() -> None:
    assert CALLERS.calls("csc", "Appt at Clearwell kept").named == {"drugs"}
    assert not CALLERS.calls("csc", "clearwell").named


def test_who_rang_sent_it_and_who_was_rung_received_it() -> None:
    assert CALLERS.calls("csc", "Midwife rang, baby here").senders == {"mat"}
    assert CALLERS.calls("mat", "Mother wants to leave. Rang SW.").receivers == {"csc"}
    assert CALLERS.calls("mat", "SW told of the birth").receivers == {"csc"}


def test_a_word_for_two_services_of_the_case_means_neither() -> None:
    second = Agency("mat2", "Northdown Maternity")
    assert not Callers((CARE, MATERNITY, second)).calls("csc", "midwife rang").named


def test_the_beginning_of_a_name_means_the_agency_though_both_its_words_are_plain_ones() -> None:
    school = Agency("sch", "Oak Grove Primary School")
    callers = Callers((CARE, school))
    assert callers.calls("csc", "Form from Oak Grove").senders == {"sch"}
    assert not callers.calls("csc", "an oak grove behind the house").named
