from types import SimpleNamespace

import krippendorff
import pandas as pd
import pytest

from analysis import coding
from report_engine.model.section import Unavailable, Verdict
from report_engine.results.claims import Function

WORDS = {"sv": "Ord", "en": "Word"}
CODEBOOK = pd.DataFrame(
    {
        "code": ["rules", "help", "heat", "cold", "manners", "weather"],
        "parent": ["manners", "manners", "weather", "weather", None, None],
        "name_sv": "Namn",
        "name_en": "Name",
    }
)


def segments(*pairs, stances=()):
    """A passage a pair: what the first coder and the second made of it."""
    rows = []
    for at, (first, second) in enumerate(pairs):
        for coder, code in (("a", first), ("b", second)):
            stance = dict(zip("ab", stances[at], strict=True))[coder] if stances else 1
            rows.append(("i1", at * 10, at * 10 + 9, coder, code, stance))
    columns = ["interview_id", "start", "end", "coder", "code", "stance"]
    return pd.DataFrame(rows, columns=columns).astype({"start": "Int64", "end": "Int64", "stance": "Int8"})


def inputs(rows):
    return SimpleNamespace(tables={"segments": rows, "codebook": CODEBOOK})


SURE = [("rules", "rules")] * 10 + [("help", "help")] * 10
TORN = [("heat", "cold"), ("cold", "rules")] * 5 + [("heat", "heat")] * 2


def test_a_unit_is_a_passage_that_two_coders_judged():
    alone = segments(("x", "y"), ("z", "z")).drop(index=3)
    got = coding.ratings(alone, "code")

    assert got["unit"].unique().tolist() == ["i1:0-9"]
    assert got["value"].tolist() == ["x", "y"]


def test_codes_of_one_coder_on_one_passage_are_one_judgement_and_several_stances_are_none():
    rows = segments(("y", "x"), ("z", "z"))
    more = rows.iloc[[0]].assign(code="x", stance=-1)
    nowhere = rows.assign(start=pd.NA)
    rows = pd.concat([rows, more, nowhere], ignore_index=True).astype({"start": "Int64"})

    codes = coding.ratings(rows, "code").sort_values(["unit", "coder"])
    assert codes["value"].tolist() == ["x y", "x", "z", "z"]
    assert (
        coding.ratings(rows, "stance").sort_values(["unit", "coder"])["value"].isna().tolist() == [True] + [False] * 3
    )


def test_no_stance_is_a_judgement():
    pairs = [(1, 1)] * 4 + [(-1, -1)] * 3 + [(None, 1), (None, None), (0, 0)]
    rows = segments(*[("x", "x")] * len(pairs), stances=pairs)
    numbers = {None: 9, 1: 1, 0: 0, -1: -1}
    given = [[numbers[one] for one in side] for side in zip(*pairs, strict=True)]
    expected = krippendorff.alpha(given, level_of_measurement="nominal")

    assert coding.alpha(coding.ratings(rows, "stance")) == pytest.approx(expected)


def test_what_coders_agree_on_is_evidence():
    coding.trusted(inputs(segments(*SURE)), ("rules",), stances=True)
    coding.trusted(inputs(segments(*TORN * 3)), ("unheard_of",))  # a code that the codebook lacks is another matter
    coding.trusted(inputs(segments(*TORN).query("coder == 'a'")), ("heat",))  # nobody knows


@pytest.mark.parametrize(
    ("pairs", "codes", "expected"),
    [
        (TORN * 3, ("heat",), "agree too little on the codes for"),
        (SURE * 3 + TORN, ("heat",), "on the codes of the group Name"),
        (SURE * 3 + TORN, ("weather",), "on the codes of the group Name"),
        (SURE * 3 + TORN, ("rules",), None),
        (SURE * 3 + TORN[:9], ("heat",), None),  # too few to tell the group apart
    ],
)
def test_a_group_of_codes_that_coders_do_not_agree_on_is_no_evidence(pairs, codes, expected):
    given = inputs(segments(*pairs))
    if expected is None:
        coding.trusted(given, codes)
        return
    with pytest.raises(Unavailable, match=expected):
        coding.trusted(given, codes)


def test_stances_that_coders_do_not_agree_on_decide_no_claim_on_stances():
    torn = [(1, -1), (-1, 1), (0, None), (1, 1)] * 5
    given = SimpleNamespace(inputs=inputs(segments(*SURE, stances=torn)))
    judged = Function(lambda found, say: Verdict("holds", {}, WORDS), "interviews", ("segments",))

    assert coding.Coded(judged, ("rules",)).verdict(given, None).outcome == "holds"
    with pytest.raises(Unavailable, match="too little on the stance"):
        coding.Coded(judged, ("rules",), stances=True).verdict(given, None)
