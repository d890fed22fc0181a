import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_engine.words import forms
from report_engine.words.editions import EDITIONS
from report_engine.words.messages import Message

NB, THIN = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("value", "form", "options", "sv", "en"),
    [
        ("ord", "", "", "ord", "ord"),
        ({"sv": "kommun", "en": "municipality"}, "", "", "kommun", "municipality"),
        (None, "", "", "", ""),
        (1234, "number", "", f"1{THIN}234", "1,234"),
        (0.256, "number", "2", "0,26", "0.26"),
        (0.61, "percent", "", f"61{NB}procent", f"61{NB}per cent"),
        (0.61, "percent_sign", "", f"61{NB}%", "61%"),
        (-0.034, "signed_hundredths", "1", "−3,4", "−3.4"),
        (0.01, "points", "", f"+1{NB}procentenhet", f"+1{NB}percentage point"),
        (-0.12, "points", "", f"−12{NB}procentenheter", f"−12{NB}percentage points"),
        (2016, "year", "", "2016", "2016"),
        (11, "words", "", "elva", "eleven"),
        (0, "plural", "ingen kommun|en kommun|# kommuner", "ingen kommun", "ingen kommun"),
        (1, "plural", "en kommun|# kommuner", "en kommun", "en kommun"),
        (3, "plural", "en kommun|# kommuner", "tre kommuner", "three kommuner"),
        ("up", "select", "up=ökade|down=minskade", "ökade", "ökade"),
        ("still", "select", "up=ökade|other=låg still", "låg still", "låg still"),
        (["a", "b", "c"], "and", "", "a, b och c", "a, b and c"),
        (["a", {"sv": "å", "en": "o"}], "semicolons", "", "a; å", "a; o"),
        (None, "percent", "", "..", ".."),
        (float("nan"), "points", "", "..", ".."),
    ],
)
def test_a_value_is_said_in_its_form(value, form, options, sv, en):
    got = [forms.write(value, form, options, edition) for edition in EDITIONS]
    assert got == [sv, en]


@pytest.mark.parametrize(
    ("value", "form", "options", "expected"),
    [
        (0.5, "per_cent", "", "there is no form 'per_cent'; there are"),
        (0.5, "", "", "0.5 needs a form"),
        ("half", "percent", "", "expected a number, found 'half'"),
        ("a", "and", "", "expected several values, found 'a'"),
        (0.5, "number", "two", "expected a number of decimals, found 'two'"),
        (2, "plural", "kommun", "expected (one|several)"),
        ("up", "select", "ökade", "expected (key=words|other=words)"),
        ("flat", "select", "up=ökade", "there are no words for 'flat'"),
    ],
)
def test_what_can_not_be_said_is_refused(value, form, options, expected):
    with pytest.raises(forms.FormError) as error:
        forms.write(value, form, options, "sv")
    assert str(Message(*error.value.why)).startswith(expected)


@given(st.floats() | st.integers(-(10**9), 10**9) | st.text() | st.none(), st.sampled_from(sorted(forms.FORMS)))
def test_any_value_is_said_or_refused(value, form):
    options = {"plural": "one|several", "select": "other=x"}.get(form, "")
    try:
        assert isinstance(forms.write(value, form, options, "en"), str)
    except forms.FormError as error:
        assert str(Message(*error.why))
