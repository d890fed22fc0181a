import math

import krippendorff
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report_engine.methods.reliability import Alpha, krippendorff_alpha

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: B (two observers, binary) and C (four observers, gaps)
BINARY = ["0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"]
FOUR = ["1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."]

RATINGS = st.lists(
    st.tuples(st.integers(0, 7), st.sampled_from("ABC"), st.integers(1, 4)),
    min_size=2,
    max_size=24,
    unique_by=lambda r: r[:2],
)


def ratings(rows):
    cells = [(unit, coder, value) for coder, row in enumerate(rows) for unit, value in enumerate(row.split())]
    frame = pd.DataFrame(cells, columns=["unit", "coder", "value"])
    return frame.assign(value=pd.to_numeric(frame["value"].replace(".", None)))


@pytest.mark.parametrize(
    ("rows", "level", "expected"),
    [(BINARY, "nominal", 0.095), (FOUR, "nominal", 0.743), (FOUR, "ordinal", 0.815)],
)
def test_the_published_examples(rows, level, expected):
    assert round(krippendorff_alpha(ratings(rows), level).value, 3) == expected


def test_units_and_pairs_that_could_be_compared():
    got = krippendorff_alpha(ratings(FOUR))
    # unit 12 has one value; 1, 11 and 10 have three, two and three; the other eight have four or three
    assert (got.n_units, got.n_pairs) == (11, 55)
    assert -1 <= got.low < got.value < got.high <= 1


@given(RATINGS, st.sampled_from(["nominal", "ordinal"]))
@settings(deadline=None, max_examples=150)
def test_agrees_with_the_krippendorff_package(rows, level):
    frame = pd.DataFrame(rows, columns=["unit", "coder", "value"])
    got = krippendorff_alpha(frame, level, resamples=5).value
    table = frame.pivot(index="coder", columns="unit", values="value")
    paired = table.loc[:, table.count() >= 2]
    values = pd.unique(paired.to_numpy(dtype="float64").ravel())
    if len(values[~pd.isna(values)]) < 2:
        assert math.isnan(got)
    else:
        expected = krippendorff.alpha(reliability_data=table.to_numpy(dtype="float64"), level_of_measurement=level)
        assert got == pytest.approx(expected, abs=1e-9)


@given(RATINGS, st.randoms(use_true_random=False), st.sampled_from(["nominal", "ordinal"]))
@settings(deadline=None, max_examples=50)
def test_the_order_of_rows_and_the_coders_names_change_nothing(rows, random, level):
    frame = pd.DataFrame(rows, columns=["unit", "coder", "value"])
    shuffled = frame.iloc[random.sample(range(len(rows)), len(rows))].replace({"coder": {"A": "Z"}})
    assert repr(krippendorff_alpha(frame, level, resamples=50)) == repr(
        krippendorff_alpha(shuffled, level, resamples=50)
    )


@given(RATINGS, st.lists(st.integers(1, 4), max_size=5))
@settings(deadline=None, max_examples=50)
def test_units_judged_once_change_nothing(rows, alone):
    frame = pd.DataFrame(rows, columns=["unit", "coder", "value"])
    once = pd.DataFrame([(100 + i, "A", value) for i, value in enumerate(alone)], columns=frame.columns)
    more = pd.concat([frame, once.astype(frame.dtypes)]) if alone else frame
    assert repr(krippendorff_alpha(frame, resamples=20)) == repr(krippendorff_alpha(more, resamples=20))


def test_perfect_agreement_and_values_as_words():
    frame = pd.DataFrame(
        {"unit": [1, 1, 2, 2], "coder": list("abab"), "value": ["control", "control", "sanctions", "sanctions"]}
    )
    got = krippendorff_alpha(frame, resamples=200)
    assert (got.value, got.low, got.high) == (1, 1, 1)


def test_the_interval_depends_on_the_seed_alone():
    frame = ratings(FOUR)
    assert krippendorff_alpha(frame, seed=1) == krippendorff_alpha(frame, seed=1)
    assert krippendorff_alpha(frame, seed=1) != krippendorff_alpha(frame, seed=2)


def test_more_units_narrow_the_interval():
    frame = ratings(FOUR)
    many = pd.concat([frame.assign(unit=frame["unit"] + 100 * copy) for copy in range(9)])
    small, large = krippendorff_alpha(frame), krippendorff_alpha(many)
    assert large.high - large.low < (small.high - small.low) / 2


def test_nothing_to_compare():
    frame = pd.DataFrame({"unit": [1, 2], "coder": ["a", "b"], "value": [1, 2]})
    got = krippendorff_alpha(frame)
    assert isinstance(got, Alpha)
    assert math.isnan(got.value)
    assert (got.n_units, got.n_pairs) == (0, 0)


def test_double_judgements_and_other_levels_are_refused():
    frame = pd.DataFrame({"unit": [1, 1], "coder": ["a", "a"], "value": [1, 2]})
    with pytest.raises(ValueError, match="coder a judged unit 1 more than once"):
        krippendorff_alpha(frame)
    with pytest.raises(ValueError, match="nominal or ordinal, not 'ratio'"):
        krippendorff_alpha(frame, "ratio")
