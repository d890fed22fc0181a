import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_engine.checks import numerals as module
from report_engine.checks.numerals import decimal_signs, numerals, stored
from report_engine.model.findings import Fault

NBSP, THIN, MINUS = "\xa0", "\u202f", "\u2212"


def read(*texts, usual=None, whole=False):
    got = numerals(Counter(texts), usual, whole=whole)
    return [got[text] for text in texts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7", 7.0),
        ("0", 0.0),
        ("-7", -7.0),
        (f"{MINUS}7,5", -7.5),
        ("–7,5", -7.5),
        ("1,5", 1.5),
        ("1.5", 1.5),
        (",5", 0.5),
        ("0,125", 0.125),
        ("0.125", 0.125),
        ("1234,567", 1234.567),
        ("1 234", 1234.0),
        (f"1{NBSP}234{NBSP}567", 1234567.0),
        (f"{MINUS}12{THIN}345,6", -12345.6),
        ("1.234.567", 1234567.0),
        ("1,234,567.5", 1234567.5),
        ("1.234,5", 1234.5),
        ("1e-05", 0.00001),
        ("1,23E+05", 123000.0),
        ("007", 7.0),
    ],
)
def test_one_number_that_can_be_read_in_one_way_only(text, expected):
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    ["", "a", "1,2,3", "1 23", "1 2345", "12 345 67", "1,23.4,5", "--1", "1-", "5 %", "0x10", "1_000", "١٢", "½", "1.5.",
     "nan", "inf", "-Infinity", "NA", "#N/A", "-", "..", "1e999", "1" * 41, "2016-01-01", "1 234\xa0567", "+5", "TRUE"],
)  # fmt: skip
def test_anything_else_is_no_number(text):
    (got,) = read(text)
    assert isinstance(got, Fault)


@pytest.mark.parametrize("text", ["1.234", "1,234", "12.345", f"{MINUS}999,000"])
@pytest.mark.parametrize("whole", [True, False])
def test_thousands_or_decimals_are_never_guessed(text, whole):
    (got,) = read(text, whole=whole)
    assert isinstance(got, Fault)
    assert "can be read as" in str(got.problem)


def test_the_file_s_decimal_sign_decides_what_the_column_leaves_open():
    assert read("1,234", usual=",") == [1.234]
    assert read("1.234", usual=".") == [1.234]
    assert isinstance(read("1.234", usual=",")[0], Fault)
    assert isinstance(read("1,234", usual=".")[0], Fault)
    assert isinstance(read("1,234", usual=",", whole=True)[0], Fault)


def test_the_column_s_own_decimal_sign_comes_before_the_file_s():
    assert read("1.5", "1.234", usual=",") == [1.5, 1.234]
    got = read("1,5", "1.234", usual=".")
    assert got[0] == 1.5
    assert isinstance(got[1], Fault)


def test_groups_beyond_doubt_decide_for_the_others():
    assert read("1.234.567", "1.234", whole=True) == [1234567, 1234]
    assert read("1.234,5", "1.234") == [1234.5, 1234.0]
    assert read("1,234,567", "12,345", usual=",", whole=True) == [1234567, 12345]


def test_the_minority_sign_of_a_column_is_at_fault():
    got = read("1,5", "2,5", "3.5", "4")
    assert got[:2] == [1.5, 2.5]
    assert got[2].nearest == "3,5"
    assert got[3] == 4.0
    assert read("1,5", "2.5", usual=".")[1] == 2.5


def test_whole_numbers():
    assert read("2016", "2017.0", "2018,00".replace(",", "."), whole=True) == [2016, 2017, 2018]
    assert read("1 234", whole=True) == [1234]
    assert type(read("5", whole=True)[0]) is int
    for text in ("1.5", "1e+05", "1,23E+05", "9" * 19, "1.000"):
        assert isinstance(read(text, whole=True)[0], Fault), text


def test_advice_for_missing_words_and_percent_signs():
    assert "leave the cell empty" in str(read("..")[0].advice)
    assert "leave the cell empty" in str(read("NA")[0].advice)
    assert read("45 %")[0].nearest == "45"
    assert read("45,5%")[0].nearest == "45.5"


def test_decimal_signs():
    assert decimal_signs(["1", "1,234", "x", ""]) == set()
    assert decimal_signs(["1,5", "1.234"]) == {","}
    assert decimal_signs(["1.234.567"]) == {","}
    assert decimal_signs(["1,5", "2.5"]) == {",", "."}


def test_numbers_that_a_workbook_stores():
    assert stored("1.234", whole=False) == 1.234
    assert stored("581", whole=True) == 581
    assert isinstance(stored("1.5", whole=True), Fault)
    assert isinstance(stored("1e+20", whole=True), Fault)


@given(st.lists(st.decimals(-10**9, 10**9, places=2), min_size=1, unique=True), st.sampled_from(",."),
       st.sampled_from(["", " ", NBSP, THIN]), st.sampled_from(["-", MINUS]))  # fmt: skip
def test_two_decimals_read_back_as_written(values, sign, group, minus):
    texts = [f"{value:,.2f}".replace(",", "g").replace(".", sign).replace("g", group) for value in values]
    got = read(*[text.replace("-", minus) for text in texts])
    assert got == [float(value) for value in values]


@given(st.lists(st.floats(-1e12, 1e12), min_size=1), st.sampled_from(",."))
def test_a_number_is_right_or_a_fault(values, sign):
    """Never silently another number than the one that was written."""
    texts = [repr(value).replace(".", sign) for value in values]
    for text, got in numerals(Counter(texts), sign, whole=False).items():
        assert isinstance(got, Fault) or got == float(text.replace(sign, "."))
        assert not isinstance(got, Fault)


@given(
    st.lists(st.text(st.sampled_from("0123456789., \xa0-eE%"), max_size=12)),
    st.sampled_from([None, ",", "."]),
    st.booleans(),
)
def test_any_text_gives_a_finite_number_or_a_fault(texts, usual, whole):
    got = numerals(Counter(texts), usual, whole=whole)
    assert set(got) == set(texts)
    for value in got.values():
        assert isinstance(value, Fault) or (type(value) is int if whole else math.isfinite(value))


NUMBERS = st.text(st.sampled_from("0123456789"), min_size=1, max_size=5)


@given(
    st.lists(st.tuples(st.sampled_from(["", "-"]), NUMBERS, st.sampled_from(["", ",", "."]), NUMBERS), min_size=1)
    | st.lists(st.tuples(st.sampled_from(["", "-"]), NUMBERS, st.sampled_from(["", ","]), NUMBERS), min_size=1),
    st.sampled_from([None, ",", "."]),
    st.booleans(),
)
def test_a_column_seen_as_a_whole_is_read_as_its_numbers_one_by_one(parts, usual, whole):
    texts = [minus + digits + sign + (fraction if sign else "") for minus, digits, sign, fraction in parts]
    expected = module._one_by_one(Counter(texts), usual, whole=whole)
    assert numerals(Counter(texts), usual, whole=whole) == expected
    simple = module._simple(texts)
    if simple is not None:
        forms = [module._form(text) for text in texts]
        assert simple[1] == {form.sign for form in forms if form.kind in ("decimal", "grouped") and form.sign}


def test_a_line_break_in_a_cell_joins_no_numbers():
    got = numerals(Counter(["1\n2"]), None, whole=True)
    assert isinstance(got["1\n2"], Fault)
