"""Faults in the statistics."""

from tests.mutations.plan import Mutation


def of(module: str, name: str, place: str, old: str, new: str) -> Mutation:
    """A fault in a method, found by the method's own tests."""
    tests = (f"tests/report_engine/methods/test_{module}.py",)
    return Mutation(f"methods: {module}: {name}", f"report_engine/methods/{module}.py", place, old, new, tests)


def survey(name: str, place: str, old: str, new: str, module: str = "survey") -> Mutation:
    """A fault in the survey's estimators or in the arithmetic of samples below them."""
    tests = ("tests/report_engine/methods/test_survey.py", "tests/report_engine/methods/test_survey_against_others.py")
    return Mutation(f"methods: {module}: {name}", f"report_engine/methods/{module}.py", place, old, new, tests)


MUTATIONS = (
    survey("four counts as disagreeing", "AGREE", "(4, 5)", "(5,)"),
    survey("unweighted shares of answers", "likert_shares", "sample.weight[member & (values == answer)].sum() / total", "(member & (values == answer)).sum() / member.sum()"),
    survey("respondents instead of answers counted", "likert_shares", "n: int | None = int(member.sum())", "n: int | None = len(member)"),
    survey("difference turned round", "difference", "one - other, standard_error(", "other - one, standard_error("),
    survey("errors of a difference added", "difference", "standard_error(scores - others, sample)", "standard_error(scores + others, sample)"),
    survey("n of one group only", "difference", "int(sum(member.sum() for member in members))", "int(members[0].sum())"),
    survey("normal instead of logit", "_share_row", "*logit_interval(share, se)", "*(share - 1.96 * se, share + 1.96 * se)"),
    survey("missing answers disagree", "_agreeing", "np.where(np.isnan(values), np.nan, np.isin(values, list(agree)).astype(\"float64\"))",
           "np.isin(values, list(agree)).astype(\"float64\")"),
    survey("response rate of respondents", "response_rates", "respondents / invited.where(invited > 0)", "invited / respondents.where(respondents > 0)"),
    survey("unweighted mean", "ratio", "np.where(member, weight, 0.0)", "np.where(member, 1.0, 0.0)", "sampling"),
    survey("one stratum for all", "design", 'pd.factorize(frame["stratum"], sort=True)', 'pd.factorize(frame["stratum"].where(frame["stratum"].isna(), "one"), sort=True)', "sampling"),
    survey("divided by n instead of n - 1", "standard_error", "np.where(several, sample.size - 1, 1)", "np.where(several, sample.size, 1)", "sampling"),
    survey("ninety per cent interval", "normal_interval", "estimate + NORMAL_95 * se", "estimate + 1.645 * se", "sampling"),
    survey("Kish's size turned round", "effective_size", "load.sum() ** 2 / spent", "spent / load.sum() ** 2", "sampling"),
    survey("correction for a finite population forgotten", "_unsurveyed", "= 1 - size / population", "= 1 - 0 * size / population", "sampling"),
    of("resampling", "one respondent of a stratum is never drawn", "resample", "+ np.arange(rows)[:, None] * count", "% max(1, count - 1) + np.arange(rows)[:, None] * count"),
    of("resampling", "second group's error left out", "differences", "[(one, 1.0), (other, -1.0)]", "[(one, 1.0)]"),
    of("resampling", "order of the rows decides", "resample", 'np.argsort(frame["respondent_id"].to_numpy(dtype="str"), kind="stable")', "np.arange(len(frame))"),
    of("disclosure", "smallest cell itself hidden", "suppress", "(counts > 0) & (counts < smallest)", "(counts > 0) & (counts <= smallest)"),
    of("disclosure", "values left beside a hidden count", "suppress", "for name in (count, *values):", "for name in (count,):"),
    of("reliability", "disagreement as agreement", "_alpha", "1 - (totals - 1) * observed / expected", "(totals - 1) * observed / expected"),
    of("reliability", "a value paired with itself", "_coincidences", "pairs[:, kinds, kinds] -= counts", "pairs[:, kinds, kinds] -= 0 * counts"),
    of("reliability", "order of values ignored", "_distance", 'if level == "nominal":', "if True:"),
    of("prices", "index turned round", "constant_prices", "index[base_year] / index", "index / index[base_year]"),
    of("prices", "years without an index pass", "constant_prices", "if missing:", "if False:"),
    of("rates", "thousands forgotten", "_per_head", "* SEK_PER_TKR / persons", "/ persons"),
    of("rates", "per participant by the population's column", "per_participant", '"participants")', '"population")'),
    of("rates", "index to the last year", "index_series", "numbers / base.iloc[0] * 100", "numbers / numbers.iloc[-1] * 100"),
    of("dispersion", "sample's standard deviation", "coefficient_of_variation", "np.average((numbers - mean) ** 2, weights=loads)",
       "np.average((numbers - mean) ** 2, weights=loads) * len(numbers) / (len(numbers) - 1)"),
    of("dispersion", "lowest and highest named for each other", "share_range", "known.idxmin(), known.idxmax()", "known.idxmax(), known.idxmin()"),
    of("cluster", "segments drawn instead of interviews", "_bootstrap", "if len(sums) < 2:", "if len(sums) < 1:"),
    of("cluster", "groups swapped", "clustered_difference", "order=[first, second]", "order=[second, first]"),
    of("cluster", "ninety per cent interval", "_bootstrap", "[0.025, 0.975]", "[0.05, 0.95]"),
    of("association", "values instead of ranks", "_spearman", ".rank(axis=1).to_numpy()", ".to_numpy()"),
    of("association", "pairs broken up in resamples", "rank_correlation", "_spearman(values[draws])",
       "_spearman(np.stack([values[draws][..., 0], values[draws][:, ::-1, 1]], axis=2))"),
    of("stances", "critical and supportive swapped", "STANCES", '{"critical": -1, "neutral": 0, "supportive": 1}', '{"critical": 1, "neutral": 0, "supportive": -1}'),
    of("stances", "second coder's segments", "primary", '(segments["coder"] == expected)', '(segments["coder"] != expected)'),
    of("perturbation", "a cell and its complement go the same way", "noise", "1 if one == low else -1", "1"),
    of("perturbation", "noise of the cell alone", "noise", "high.to_bytes(8, \"big\")", "b\"\""),
    of("perturbation", "too little noise", "bound", "0.6 * (smallest - 1)", "0.4 * (smallest - 1)"),
    of("perturbation", "few without pass", "spread", "n - sizes.max() < rows.smallest", "sizes.max() < rows.smallest"),
    of("perturbation", "exact numbers of cases", "published_cases", "round(seen / smallest) * smallest", "round(seen)"),
    of("perturbation", "all of a group is told", "count", "min(found, seen, len(frame) - found, len(frame) - seen)", "min(found, seen)"),
    of("perturbation", "shares are not rounded", "Group.tail", "round(share / self.step) * self.step", "share"),
    of("quality", "questions not asked count as missing", "completeness", "asked = {column: ~_is(table[f\"{column}{WHY}\"], NOT_ASKED)", "asked = {column: ~_is(table[f\"{column}{WHY}\"], \"\")"),
    Mutation("methods: quality: net cost is gross plus revenue", "analysis/account_checks.py", "account_check", 'parts["gross_cost_tkr"] - parts["revenue_tkr"]', 'parts["gross_cost_tkr"] + parts["revenue_tkr"]', ("tests/analysis/test_account_checks.py",)),
)  # fmt: skip
