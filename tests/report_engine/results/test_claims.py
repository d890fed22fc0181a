"""A claim as a section declares it: what of it is found in the data."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from report_engine.model.section import Claim, Robustness, Unavailable, Verdict
from report_engine.results.claims import Declared, Function, Say, as_published, judged
from report_engine.results.inputs import Inputs
from report_engine.settings.settings import Settings
from report_engine.words.editions import EDITIONS
from report_engine.words.texts import Line, Texts

TEXTS = Texts({}, {edition: {"claims.mixed.statement": Line("It is mixed", "x.yaml", 1)} for edition in EDITIONS})
Studies = Mapping[str, str]


def holds(_: Studies, say: Say) -> Verdict:
    return Verdict("holds", {}, say("statement"))


def read(found: Studies) -> tuple[str, ...]:
    if not found:
        raise Unavailable({"sv": "Inga studier.", "en": "No studies."})
    return tuple(key for key, direction in found.items() if direction == "mixed")


@pytest.mark.parametrize(
    ("citations", "found", "expected"),
    [
        (("sbu2022",), {}, ("sbu2022",)),
        (read, {"sbu2022": "mixed", "lundin2008": "helps"}, ("sbu2022",)),
        (read, {}, ()),
    ],
)
def test_citations_are_named_or_found_in_the_data(citations, found, expected):
    declared = Declared("mixed", Function(holds, "literature", ("studies",)), citations=citations)
    inputs = Inputs({}, Settings(years={"first": 2020, "last": 2024}), synthetic=frozenset({"studies"}))

    (got,) = judged("x", [declared], found, inputs, TEXTS)

    assert got.citations == expected


@pytest.mark.parametrize(
    ("table", "draws", "expected"),
    [("actors", 11, 4), ("actors", 1000, 950), ("municipalities", 11, 9), ("municipalities", 1000, 961)],
)
def test_how_firmly_a_verdict_on_persons_stands_is_told_in_steps_or_by_protected_numbers(table, draws, expected):
    over = {"sv": "utan en kommun", "en": "one municipality left out"}
    exact = Robustness({11: 9, 1000: 961}[draws], draws, over)
    claim = Claim("x.y", over, Verdict("holds", {}, over), "survey", (table,), "synthetic", robustness=exact)

    got = as_published(claim, replace(claim, robustness=None), lambda verdict: Robustness(4, draws, over))

    assert got.robustness is not None
    assert (got.robustness.same, got.robustness.draws) == (expected, draws)
