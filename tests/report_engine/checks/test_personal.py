from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from personnummer.personnummer import Personnummer, PersonnummerException

from report_engine.checks import personal
from report_engine.model.findings import Finding
from report_engine.readers import Column, Raw
from report_engine.words.messages import Message
from tests.contracts import categories, contract, field

# Skatteverket's own test numbers
NUMBERS = [
    "189001019802", "18900101-9802", "900101+9802", "19 900118-9811", "199001189811", "9001189811", "900118-9811",
    "900118 9811", "90 01 18 - 9811", "1990-01-18-9811", "19900118 - 9811", "900118–9811",
]  # fmt: skip
SURVEY = contract(field("id"), field("words", freeText=True), field("code"), key=["id"], stream="survey")


@pytest.mark.parametrize("number", NUMBERS)
def test_every_writing_of_a_personal_identity_number_is_found(number):
    got = personal.find(f"Jag heter inget men har {number}, sade hon.")
    assert str(got) == "a personal identity number"


@pytest.mark.parametrize(
    "text", ["900118-9812", "901318-9811", "990230-9812", "0581900118981100", "12.9001189811", "id-2016-000900118"]
)
def test_other_numbers_are_none(text):
    assert personal.find(text) is None


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)), st.integers(1, 999))
def test_it_agrees_with_a_kept_up_library(day, serial):
    for check in range(10):
        number = f"{day:%Y%m%d}-{serial:03d}{check}"
        try:
            expected = bool(Personnummer(number))
        except PersonnummerException:
            expected = False
        assert (personal.find(number) is not None) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ring 070-123 45 67", "a phone number"),
        ("0701234567", "a phone number"),
        ("+46 70 123 45 67", "a phone number"),
        ("+46(0)8-508 000 00", "a phone number"),
        ("08-508 000 00", "a phone number"),
        ("0243-66 000", "a phone number"),
        ("skriv till namn.efternamn@kommun.se", "an e-mail address"),
        ("namn (at) kommun.se", "an e-mail address"),
        ("bor på Storgatan 12 B", "a street address"),
        ("Kungsvägen 3", "a street address"),
        ("192.168.10.7", "a network address"),
        ("900178-9810", None),
        ("701063-2391", "a personal identity number"),  # a coordination number
        ("år 2016-2018", None),
        ("2016-2018-0581", None),
        ("0581", None),
        ("1 234 567,50", None),
        ("v. 3.1.2", None),
        ("300.1.1.1", None),
        ("vi vägde 12 saker", None),
        ("@ordet", None),
        ("01-02-2020", None),
    ],
)
def test_other_personal_data(text, expected):
    got = personal.find(text)
    assert (got and str(got)) == expected


@given(st.text(max_size=200))
def test_any_text_can_be_searched_and_masking_leaves_nothing(text):
    assert personal.find(personal.masked(text)) is None or personal.find(text) is not None


@pytest.mark.parametrize("number", NUMBERS)
def test_masking_removes_the_whole_number(number):
    got = personal.masked(f"x {number} y")
    assert got == f"x {personal.MASK} y"


def test_long_texts_take_no_time():
    assert personal.find("0 " * 200_000 + "1-" * 100_000 + "a." * 50_000 + "@") is None


def raw(**columns):
    texts = {name: Column(list(values)) for name, values in columns.items()}
    return Raw("a.csv", texts, list(range(2, 2 + len(next(iter(columns.values()))))))


def test_a_finding_names_row_and_column_but_not_the_value():
    got = personal.check(raw(id=["a", "b"], words=["inget", "900118-9811 ringde"]), SURVEY)
    expected = (
        "a.csv, row 3, column words: holds what looks like a personal identity number. "
        "Remove it here and in the file it came from; the value is not shown or stored."
    )
    assert [str(finding) for finding in got] == [expected]


def test_columns_that_no_contract_names_are_searched_as_well():
    got = personal.check(raw(id=["a"], IPAddress=["10.0.0.1"]), SURVEY)
    assert [(finding.row, finding.column) for finding in got] == [(2, "IPAddress")]


def test_public_figures_are_not_searched():
    assert personal.check(raw(id=["900118-9811"]), contract(field("id"), key=["id"], stream="spending")) == []
    from_persons = contract(field("id"), key=["id"], stream="spending", rows="persons")
    assert len(personal.check(raw(id=["900118-9811"]), from_persons)) == 1


def test_other_findings_do_not_quote_it_either():
    findings = [
        Finding("a.csv", "value", None, 2, "code", "900118-9811", Message("expected.one_of", {"allowed": "a, b"})),
        Finding("a.csv", "encoding", Message("files.letters_lost"), 2, "words", "Hon sa\ufffd"),
        Finding("a.csv", "row", Message("files.only_filled_cell"), 9, None, "Vi sågs i går"),
        Finding("a.csv", "column", Message("checks.column_missing"), None, "code", nearest="kod"),
    ]
    got = [(finding.value, finding.nearest) for finding in personal.discreet(findings, SURVEY)]
    assert got == [(personal.MASK, None), (None, None), (None, None), (None, "kod")]


PERSONS = contract(
    field("id"), field("group", categories=categories("a", "b")), field("age", "integer"), field("who"), field("code"),
    field("interview"), field("number", "integer"), key=["id", "number"], references=[(["code"], "codebook", ["code"]), (["interview"], "interviews", ["interview_id"])],
    rows="persons",
)  # fmt: skip


def test_of_persons_codes_and_numbers_are_quoted_and_ids_and_other_words_are_not():
    assert personal.quotable(PERSONS) == {"group", "age", "code"}
    findings = [
        Finding("a.csv", "value", None, 2, name, "R1", nearest="R2") for name in ("group", "id", "interview", "who")
    ]
    findings.append(Finding("a.csv", "key", None, 3, "group, id", "a, R1"))
    got = [(finding.value, finding.nearest) for finding in personal.discreet(findings, PERSONS)]
    assert got == [("R1", "R2"), (None, None), (None, None), (None, None), (None, None)]


@pytest.mark.parametrize(("key", "hole"), [("files.no_column_found", "found"), ("exports.text_missing", "document")])
def test_of_persons_no_message_holds_a_row_taken_for_a_header_or_an_interview(key, hole):
    values = {hole: "R1", "coding": 4} if hole == "document" else {hole: "R1"}
    (got,) = personal.discreet([Finding("a.csv", "column", Message(key, values), 1)], PERSONS)
    assert "R1" not in str(got) and personal.MASK in str(got)
