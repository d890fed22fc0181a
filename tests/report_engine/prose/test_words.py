"""Number words: what counts as one, in Swedish and in English, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_engine.prose.words import NUMBERS, SIZES, spans


def found(text, edition):
    return [text[start:end] for start, end in spans(text, edition)]


@pytest.mark.parametrize(
    "word",
    "5 1,5 4–5 61\u00a0% 2\u202f000 ½ elva tjugofem tjugoett etthundra tvåtusen noll miljoner elvakommuners femstegsskala "
    "treårig hälften halva dubbelt fyrdubblats tredubbelt tredjedel varannan vartannat 18-24 H2020".split(" "),
)
def test_swedish_numbers(word):
    assert found(f"Här står {word} i texten.", "sv") == [word]


@pytest.mark.parametrize("words", ["en tredjedel", "var tionde", "vart femte", "en femtedel", "var\ntionde"])
def test_swedish_numbers_of_two_words(words):
    assert found(f"Bland dem är {words} nöjda.", "sv") == [words]


@pytest.mark.parametrize(
    "word",
    "5 1.5 eleven twenty-five tenfold hundreds million dozen half halves twice triple two-thirds 1,067 3rd Eleven".split(),
)
def test_english_numbers(word):
    assert found(f"There are {word} of them.", "en") == [word]


@pytest.mark.parametrize("words", ["a third", "one third", "a quarter", "every third", "every tenth", "every other"])
def test_english_numbers_of_two_words(words):
    assert found(f"Among them {words} agree.", "en") == [words]


@pytest.mark.parametrize(
    ("text", "edition"),
    [
        ("Trender, tron, varandra, sexuell, bilhalva, första och andra, båda, ett en; tions", "sv"),
        (
            "Someone, often, tension, attend, first and second, both, one, none, weight, the third way, double-coded",
            "en",
        ),
    ],
)
def test_words_that_only_look_like_numbers(text, edition):
    assert found(text, edition) == []


@pytest.mark.parametrize(
    ("text", "edition"),
    [
        ("Mer än hälften, flest, ökade, fördubblats, lägst, sjunkit", "sv"),
        ("More than half, most, increased, doubled, the highest, fell", "en"),
    ],
)
def test_words_of_size_and_direction(text, edition):
    assert len(SIZES[edition].findall(text)) == 6


@given(
    st.text(st.sampled_from("elva hundra\n tre half third twenty-0123,.–%½aåb"), max_size=120),
    st.sampled_from(["sv", "en"]),
)
def test_looking_words_up_first_finds_what_the_patterns_find(text, edition):
    assert {*spans(text, edition)} >= {match.span() for match in NUMBERS[edition].finditer(text)}
