from dataclasses import replace

import pytest

from report_engine.model.section import Claim, Verdict
from report_engine.model.verdicts import is_finding, verdict_text

WORDS = {"sv": "Ord", "en": "Word"}
CLAIM = Claim("demo.works", WORDS, Verdict("borderline", {}, WORDS, leaning="for"), "survey", ("actors",), "synthetic")


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("synthetic", "uncertain in the synthetic data, leaning for"),
        ("mixed", "uncertain in partly synthetic data, leaning for"),
        ("official", "uncertain, leaning for"),
        ("literature", "uncertain, leaning for"),
    ],
)
def test_a_verdict_says_what_it_is_found_in_and_which_way_it_leans(origin, expected):
    assert verdict_text(replace(CLAIM, origin=origin))["en"] == expected
    assert is_finding(replace(CLAIM, origin=origin)) == ("synthetic" not in expected)


def test_what_cannot_be_tested_is_found_in_nothing():
    assert verdict_text(replace(CLAIM, verdict=Verdict("untestable", {}, WORDS)))["sv"] == "kan inte prövas"
    assert verdict_text(replace(CLAIM, verdict=Verdict("holds", {}, WORDS)))["sv"] == "håller i syntetiska data"
