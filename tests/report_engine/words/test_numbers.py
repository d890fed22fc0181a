from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_engine.words import numbers


def test_swedish_numbers_use_comma_thin_space_and_true_minus():
    got = numbers.number(-1234567.85, "sv", 1)

    assert got == "\u22121\u202f234\u202f567,9"


def test_english_numbers_use_point_and_comma():
    assert numbers.number(1234567.85, "en", 1) == "1,234,567.9"


def test_halves_are_rounded_as_readers_expect():
    assert [numbers.number(value, "en") for value in (0.5, 1.5, 2.5)] == ["1", "2", "3"]


def test_a_value_that_rounds_to_zero_has_no_sign():
    assert numbers.number(-0.04, "sv", 1) == "0,0"
    assert numbers.number(0.04, "sv", 1, signed=True) == "0,0"


def test_signed_numbers_carry_a_plus():
    assert numbers.number(12.3, "sv", 1, signed=True) == "+12,3"


@given(st.floats(-1e12, 1e12), st.integers(0, 3), st.sampled_from(["sv", "en"]))
def test_a_number_reads_back_as_the_rounded_value(value, decimals, edition):
    text = numbers.number(value, edition, decimals)
    plain = text.replace(numbers.MINUS, "-").replace(numbers.THIN, "")
    plain = plain.replace(",", ".") if edition == "sv" else plain.replace(",", "")

    nearest = Decimal("0.5").scaleb(-decimals) + Decimal("1e-9")  # what is so near a half may go either way
    assert abs(Decimal(plain) - Decimal(repr(value))) <= nearest
    assert len(plain.partition(".")[2]) == decimals


@pytest.mark.parametrize("value", [28.5, 28.499999999999996, 28.500000000000004, 0.285 * 100])
def test_a_computed_half_rounds_as_a_half(value):
    assert numbers.number(value, "en") == "29"


def test_percentages_in_figures_and_in_text():
    assert numbers.percent(0.613, "sv") == "61\u00a0%"
    assert numbers.percent(0.613, "en", 1) == "61.3%"
    assert numbers.percent_words(0.613, "sv") == "61\u00a0procent"
    assert numbers.percent_words(0.613, "en") == "61\u00a0per cent"


def test_percentage_points_agree_in_number():
    assert numbers.points_words(-0.01, "sv") == "1\u00a0procentenhet"
    assert numbers.points_words(0.12, "en") == "12\u00a0percentage points"


def test_money_picks_millions_or_billions():
    assert numbers.money(4_800_000, "sv") == "4,8\u00a0miljarder kronor"
    assert numbers.money(4_800_000, "en") == "SEK\u00a04.8\u00a0billion"
    assert numbers.money(618_234, "sv", 0) == "618\u00a0miljoner kronor"


def test_counts_are_words_up_to_twelve():
    assert [numbers.count_words(n, "sv") for n in (1, 11, 12, 13)] == ["ett", "elva", "tolv", "13"]


def test_listing_joins_as_a_sentence():
    assert numbers.listing(["a", "b", "c"], "sv") == "a, b och c"
    assert numbers.listing(["a"], "en") == "a"
    assert numbers.listing([], "en") == ""


def test_a_change_is_a_verb_chosen_by_its_sign():
    assert [numbers.change_word(c, "en", 0.5) for c in (-1, -0.5, 0.5, 1)] == [
        "fell",
        "stood still",
        "stood still",
        "rose",
    ]
    assert numbers.change_word(0.1, "sv") == "ökade"
