"""Estimates, standard errors and intervals against published numbers and independent implementations."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from report_engine.methods.sampling import newcombe_interval, wilson_interval
from report_engine.methods.survey import difference, weighted_mean, weighted_share

# R's survey 4.5 (R 4.6.1) on its example data `apistrat`: 200 Californian schools in three strata (E, H, M). What the
# estimates need is the number, sum and sum of squares of api00 by stratum, comp.imp and awards.
SCHOOLS = [
    ("E", "No", "No", 25, 16675, 11587609),
    ("E", "Yes", "No", 2, 1140, 657242),
    ("E", "Yes", "Yes", 73, 49628, 34793786),
    ("H", "No", "No", 33, 19929, 12310301),
    ("H", "Yes", "No", 1, 770, 592900),
    ("H", "Yes", "Yes", 16, 10592, 7264740),
    ("M", "No", "No", 26, 15577, 9658737),
    ("M", "Yes", "Yes", 24, 16253, 11281659),
]
SCHOOLS_IN_ALL = {"E": 4421, "H": 755, "M": 1018}

# Lohr (2010), Sampling: Design and Analysis, example 3.2: acres of farmland by region; N, n, mean and variance
REGIONS = [
    ("North Central", 1054, 103, 300504.16, 29618183543),
    ("Northeast", 220, 21, 97629.81, 7647472708),
    ("South", 1382, 135, 211315.04, 53587487856),
    ("West", 422, 41, 662295.51, 396185950266),
]

RESPONDENT = st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.integers(1, 5) | st.none(), st.integers(1, 9))
SAMPLES = st.lists(RESPONDENT, min_size=4, max_size=30).filter(lambda rows: any(r[2] for r in rows))


def with_moments(n, total, squares):
    """Give n values that have this sum and sum of squares."""
    steps = np.linspace(-1, 1, n) if n > 1 else np.zeros(1)
    spread = (squares - total**2 / n) / max((steps**2).sum(), 1e-300) if n > 1 else 0
    return total / n + steps * np.sqrt(spread)


def schools():
    parts = [
        pd.DataFrame(
            {"api00": with_moments(n, total, squares), "stratum": stratum, "improved": improved, "awards": awards}
        )
        for stratum, improved, awards, n, total, squares in SCHOOLS
    ]
    frame = pd.concat(parts, ignore_index=True)
    sizes = frame["stratum"].map(frame["stratum"].value_counts())
    return frame.assign(
        weight=frame["stratum"].map(SCHOOLS_IN_ALL) / sizes, award=(frame["awards"] == "Yes").astype(int)
    )


def sample(rows):
    frame = pd.DataFrame(rows, columns=["stratum", "group", "item", "weight"])
    return frame.astype({"item": "Int8", "weight": "float64"})


def test_r_survey_mean_with_and_without_finite_population_correction():
    got = weighted_mean(schools(), "api00", frame_sizes=SCHOOLS_IN_ALL).iloc[0]
    expected = (662.287363577655, 9.408940879434, 643.846178321298, 680.728548834012, 200)
    assert tuple(got) == pytest.approx(expected, rel=1e-11)
    assert weighted_mean(schools(), "api00").iloc[0]["se"] == pytest.approx(9.53613229692516, rel=1e-7)  # R rounds pw


def test_r_survey_domains():
    got = weighted_mean(schools(), "api00", "awards", frame_sizes=SCHOOLS_IN_ALL)
    expected = [[633.734912337968, 15.3347711842501], [678.422405668124, 11.8566310509714]]
    assert got[["estimate", "se"]].to_numpy() == pytest.approx(np.array(expected), rel=1e-11)
    assert got["n"].tolist() == [87, 113]


def test_r_survey_share():
    got = weighted_share(schools(), "award", (1,), frame_sizes=SCHOOLS_IN_ALL).iloc[0]
    assert (got["estimate"], got["se"]) == pytest.approx((0.638936067161769, 0.0344059182016133), rel=1e-11)


def test_r_survey_difference_of_domains_that_share_strata():
    got = difference(schools(), "api00", "improved", "Yes", "No", frame_sizes=SCHOOLS_IN_ALL)
    assert got.estimate == pytest.approx(40.9899292586974, rel=1e-11)
    assert got.estimate / got.se == pytest.approx(2.08424323325384, rel=1e-10)  # svyttest


def test_lohr_farmland():
    frame = pd.concat(
        pd.DataFrame(
            {"stratum": name, "weight": size / n, "acres": with_moments(n, n * mean, (n - 1) * var + n * mean**2)}
        )
        for name, size, n, mean, var in REGIONS
    )
    sizes = {name: size for name, size, *_ in REGIONS}
    got = weighted_mean(frame, "acres", frame_sizes=sizes).iloc[0]
    assert got["estimate"] * 3078 == pytest.approx(909_736_034, abs=50)
    assert got["se"] * 3078 == pytest.approx(50_417_248, abs=50)


@given(SAMPLES)
@settings(deadline=None, max_examples=100)
def test_weights_of_the_design_give_the_textbook_formula(rows):
    """Cochran (1977), 5.3 and 5.13: sum of W²(1 - f)s²/n, in exact fractions."""
    frame = sample([(stratum, group, item or 3, 1) for stratum, group, item, _ in rows])
    strata = {name: [Fraction(int(v)) for v in part["item"]] for name, part in frame.groupby("stratum")}
    if min(len(values) for values in strata.values()) < 2:
        return
    sizes = {name: 3 * len(values) + index for index, (name, values) in enumerate(strata.items())}
    everybody = sum(sizes.values())
    mean = variance = Fraction(0)
    for name, values in strata.items():
        n, size = len(values), sizes[name]
        own = sum(values) / n
        spread = sum((value - own) ** 2 for value in values) / (n - 1)
        mean += Fraction(size, everybody) * own
        variance += Fraction(size, everybody) ** 2 * (1 - Fraction(n, size)) * spread / n
    weighted = frame.assign(weight=[sizes[s] / len(strata[s]) for s in frame["stratum"]])
    got = weighted_mean(weighted, "item", frame_sizes=sizes).iloc[0]
    assert (got["estimate"], got["se"]) == pytest.approx((float(mean), float(variance) ** 0.5), abs=1e-9)


@given(SAMPLES, st.sampled_from(["mean", "share"]))
@settings(deadline=None, max_examples=100)
def test_without_strata_statsmodels_gives_the_same_standard_errors(rows, kind):
    frame = sample(rows).assign(stratum="all")
    answered = frame["item"].notna().to_numpy()
    values = frame["item"].astype("float64").fillna(0).to_numpy()
    if kind == "share":
        values = np.isin(values, (4, 5)).astype(float)
        got = weighted_share(frame, "item", by="group").set_index("group")
    else:
        got = weighted_mean(frame, "item", "group").set_index("group")
    dummies = np.column_stack([(frame["group"] == name).to_numpy() & answered for name in got.index]).astype(float)
    fit = sm.WLS(values, dummies, weights=frame["weight"] * answered).fit(cov_type="HC0")
    scale = np.sqrt(len(frame) / (len(frame) - 1))
    known = got["se"].notna().to_numpy()
    assert got["estimate"].to_numpy() == pytest.approx(fit.params, abs=1e-9)
    assert got["se"].to_numpy()[known] == pytest.approx(fit.bse[known] * scale, abs=1e-8)


def brute_force_error(estimate, rows):
    """Take each respondent's influence on an estimator of weighted rows from tiny changes of the weight; no algebra."""
    strata = {}
    for index, row in enumerate(rows):
        step = row[3] * 1e-5
        values = [estimate([*rows[:index], (*row[:3], row[3] + sign * step), *rows[index + 1 :]]) for sign in (1, -1)]
        strata.setdefault(row[0], []).append(row[3] * (values[0] - values[1]) / (2 * step))
    total = 0.0
    for scores in strata.values():
        n = len(scores)
        centre = sum(scores) / n if n > 1 else 0.0
        total += sum((score - centre) ** 2 for score in scores) * (n / (n - 1) if n > 1 else 1)
    return total**0.5


def plain_mean(rows, group):
    chosen = [row for row in rows if row[1] == group and row[2] is not None]
    return sum(row[2] * row[3] for row in chosen) / sum(row[3] for row in chosen)


@given(SAMPLES)
@settings(deadline=None, max_examples=100)
def test_influence_by_brute_force_gives_the_same_standard_errors(rows):
    got = weighted_mean(sample(rows), "item", "group").set_index("group")
    for group, row in got[got["n"] > 1].iterrows():
        expected = brute_force_error(lambda changed, group=group: plain_mean(changed, group), rows)
        assert row["se"] == pytest.approx(expected, abs=1e-6)
    sure = got.index[got["n"] > 1]
    if len(sure) > 1:
        gap = difference(sample(rows), "item", "group", sure[0], sure[1])
        expected = brute_force_error(lambda changed: plain_mean(changed, sure[0]) - plain_mean(changed, sure[1]), rows)
        assert gap.se == pytest.approx(expected, abs=1e-6)


def test_the_stratified_jackknife_comes_close():
    rng = np.random.default_rng(7)
    rows = [
        (stratum, "xy"[int(rng.integers(2))], int(rng.integers(1, 6)), float(rng.uniform(1, 4)))
        for stratum in "abcdef"
        for _ in range(40)
    ]
    full, variance = plain_mean(rows, "x"), 0.0
    for stratum in "abcdef":
        for index, row in enumerate(rows):
            if row[0] == stratum:
                left = [(*r[:3], r[3] * 40 / 39) if r[0] == stratum else r for r in rows[:index] + rows[index + 1 :]]
                variance += 39 / 40 * (plain_mean(left, "x") - full) ** 2
    got = weighted_mean(sample(rows), "item", "group").set_index("group")
    assert got.loc["x", "se"] == pytest.approx(variance**0.5, rel=0.01)


@given(st.integers(1, 60), st.data())
def test_wilson_and_newcombe_agree_with_statsmodels(n, data):
    counts = [data.draw(st.integers(0, n)) for _ in range(2)]
    shares = [count / n for count in counts]
    bounds = [wilson_interval(share, n) for share in shares]
    assert bounds[0] == pytest.approx(proportion_confint(counts[0], n, method="wilson"), abs=1e-9)
    expected = confint_proportions_2indep(counts[0], n, counts[1], n, method="newcomb", compare="diff")
    assert newcombe_interval(shares, bounds) == pytest.approx(expected, abs=1e-9)


def test_a_share_of_an_unweighted_sample_has_the_logit_interval_of_a_logistic_regression():
    answers = [1] * 9 + [5] * 21
    frame = pd.DataFrame({"stratum": "all", "weight": 1.0, "item": answers})
    got = weighted_share(frame, "item").iloc[0]
    fit = sm.GLM(np.isin(answers, (4, 5)).astype(float), np.ones(30), family=sm.families.Binomial()).fit(cov_type="HC0")
    reach = 1.959963984540054 * fit.bse[0] * np.sqrt(30 / 29)
    expected = [1 / (1 + np.exp(-(fit.params[0] + sign * reach))) for sign in (-1, 1)]
    assert (got["low"], got["high"]) == pytest.approx(tuple(expected), rel=1e-9)
