"""The allowed value that a wrong one was probably meant to be: one of its own kind, or none."""

import pytest

from report_engine.words.nearest import nearest, neighbour


def test_case_and_kind_of_dash_come_first():
    assert neighbour("Social_Worker", ["social_workers", "social_worker"]) == "social_worker"
    assert neighbour("18–24", ["18-24", "25-34"]) == "18-24"


def test_lost_leading_zeros():
    assert neighbour("581", ["0581", "0580", "5810"]) == "0581"
    assert neighbour("581.0", ["0581", "1581"]) == "0581"


def test_what_a_value_is_called_leads_to_it():
    assert neighbour("Socialsekreterare", ["social_worker"], {"Socialsekreterare": "social_worker"}) == "social_worker"
    assert neighbour("socialsekretrare", ["social_worker"], {"Socialsekreterare": "social_worker"}) == "social_worker"


def test_spelling_mistakes_and_nothing_near():
    assert neighbour("socialwoker", ["pes_manager", "social_worker"]) == "social_worker"
    assert neighbour("xyz", ["pes_manager", "social_worker"]) is None
    assert neighbour("", []) is None


def test_a_code_of_another_length_is_of_another_kind():
    assert neighbour("00", ["2080", "0180"]) is None
    assert neighbour("0582", ["0581", "2080"]) == "0581"


@pytest.mark.parametrize(
    ("value", "allowed"),
    [
        ("Summa", ["Surahammar", "Sunne"]),
        ("Uppsala län", ["Uppsala", "Upplands-Bro"]),
        ("Stockholms län", ["Stockholm"]),
        ("Instämmer", ["Instämmer helt", "Instämmer delvis"]),
        ("65-74", ["25-34", "35-49", "50-64"]),
        ("0581A0010", ["0581"]),
        ("05", ["0580", "0581"]),
        ("R-107", ["R-106", "R-108"]),
        ("2016-chef", ["2018-chef"]),
        ("0582", ["0580", "0581", "0583"]),
    ],
)
def test_what_is_of_another_kind_or_as_near_to_several_is_none(value, allowed):
    assert neighbour(value, allowed) is None


def test_a_misspelt_name_is_still_found():
    assert neighbour("Norköping", ["Norrköping", "Nyköping"]) == "Norrköping"
    assert neighbour("Upplands-Vasby", ["Upplands Väsby", "Upplands-Bro"]) == "Upplands Väsby"


def test_names_of_ours_may_differ_in_a_number_or_a_word():
    assert nearest("interview", ["interview_id", "document"]) == "interview_id"
    assert nearest("Berg2040", ["berg2020", "a"]) == "berg2020"
    assert nearest("years.FIRST", ["years.first"]) == "years.first"
    assert nearest("", []) is None
