"""The facts of the labour-market units, the studies and the material itself: what each must be."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from tests.analysis.sections.recomputed.accounts import SETTINGS, ends, of_section, place
from tests.analysis.sections.recomputed.independent import Found, Recomputed, Tidy, drawn, spearman

MEASURES = ("job_search", "work_practice", "task_work", "subsidised_employment", "education", "assessment")
INDICATORS = {
    "degrees": "staff_with_relevant_degree_share",
    "premises": "purpose_built_premises",
    "plans": "individual_plan_share",
    "cofinancing": "pes_cofinanced_share",
}


def mix(tidy: Tidy, year: int) -> pd.DataFrame:
    """Each municipality's shares of its participations, by measure."""
    counts = pd.DataFrame({name: tidy.column("labour_units", f"measure_{name}", year=year) for name in MEASURES})
    return counts.div(counts.sum(axis=1), axis=0)


def together(tidy: Tidy, year: int, *names: str) -> float:
    """The measures' share of all participations of all municipalities."""
    total = {name: tidy.column("labour_units", f"measure_{name}", year=year).sum() for name in MEASURES}
    return float(sum(total[name] for name in names) / sum(total.values()))


def spread(tidy: Tidy) -> pd.Series:
    shares = mix(tidy, ends(tidy)[1])
    return (shares.std(ddof=0) / shares.mean()).sort_values()


def indicator(tidy: Tidy, name: str, year: int) -> pd.Series:
    """An indicator of what is new, by municipality."""
    if name == "subsidised":
        return mix(tidy, year)["subsidised_employment"]
    return tidy.column("labour_units", INDICATORS[name], year=year)


def resources(tidy: Tidy) -> pd.DataFrame:
    """Resource activation's share of measures and exits to work or study, the last three years together."""
    rows = tidy["labour_units"]
    recent = rows[rows["year"] > rows["year"].max() - 3].groupby("municipality_code").sum(numeric_only=True)
    measures = recent[[f"measure_{name}" for name in MEASURES]].sum(axis=1)
    resource = recent["measure_education"] + recent["measure_subsidised_employment"]
    exits = (recent["exits_work"] + recent["exits_study"]) / recent["exits_total"]
    return pd.DataFrame({"resource": resource / measures, "exits": exits})


def official(tidy: Tidy) -> pd.Series:
    return tidy["exits"].groupby("municipality_code")["exit_to_work_or_study_percent"].median()


def strange(tidy: Tidy) -> int:
    """Official exit shares more than 30 percentage points from their municipality's median."""
    rows = tidy["exits"]
    off = (rows["exit_to_work_or_study_percent"] - rows["municipality_code"].map(official(tidy))).abs()
    return int((off > 30).sum())


def alpha(tidy: Tidy, column: str) -> Found:
    """Krippendorff's nominal alpha of two coders, from pairs of judgements of the same passage; no stance is a judgement."""
    rows = tidy["segments"].dropna(subset=["start", "end"])
    twice = []
    for _, passage in rows.groupby(["interview_id", "start", "end"]):
        given = [sorted({str(value) for value in own[column]}) for _, own in passage.groupby("coder")]
        said = [" ".join(one) for one in given if column == "code" or len(one) == 1]
        if len(said) == 2:
            twice.append(said)
    pairs = np.array(twice)

    def value(chosen: np.ndarray) -> float:
        flat = chosen.reshape(-1)
        apart = (chosen[:, 0] != chosen[:, 1]).mean()
        sizes = np.unique(flat, return_counts=True)[1]
        chance = 1 - (sizes * (sizes - 1)).sum() / (len(flat) * (len(flat) - 1))
        return float(1 - apart / chance)

    def statistic(times: np.ndarray) -> np.ndarray:
        return np.array([value(pairs[np.repeat(np.arange(len(pairs)), row)]) for row in times[:1000]])

    return drawn(statistic, len(pairs), value(pairs), len(pairs))


def answered(tidy: Tidy, wave: str) -> tuple[int, int]:
    """Respondents and invited of a wave."""
    actors, frame = tidy["actors"], tidy["survey_frame"]
    return (
        int((actors["wave"] == actors["wave"].agg(wave)).sum()),
        int(frame.loc[frame["wave"] == frame["wave"].agg(wave), "invited"].sum()),
    )


def rate(wave: str) -> Recomputed:
    def compute(tidy: Tidy) -> Found:
        came, invited = answered(tidy, wave)
        return Found(came / invited, n=invited)

    return compute


def held(tidy: Tidy, group: str) -> int:
    return int((tidy["interviews"]["group"] == group).sum())


def studies(column: str, value: str) -> Callable[[Tidy], int]:
    return lambda tidy: int((tidy["studies"][column] == value).sum())


MATERIAL = {
    "interviews": lambda t: len(t["interviews"]),
    "interviewees": lambda t: int(t["interviews"]["n_interviewees"].sum()),
    "manager_interviews": lambda t: held(t, "managers"),
    "staff_interviews": lambda t: held(t, "staff"),
    "participant_interviews": lambda t: held(t, "participants"),
    "double_coded_interviews": lambda t: int(t["interviews"]["second_coder"].notna().sum()),
    "segments": lambda t: len(t.coded),
    "codes": lambda t: int(t["codebook"]["parent"].notna().sum()),
    "respondents": lambda t: len(t["actors"]),
    "first_respondents": lambda t: answered(t, "min")[0],
    "last_respondents": lambda t: answered(t, "max")[0],
}
REVIEW = {
    "studies": lambda t: len(t["studies"]),
    "descriptive": studies("direction", "descriptive"),
    "with_results": lambda t: int(t["studies"]["direction"].isin(["helps", "no_effect", "harms", "mixed"]).sum()),
    "comparison_groups": studies("method", "quasi_experiment"),
    "from_title": studies("coding_basis", "title"),
    **{f"result_{name}": studies("direction", name) for name in ("helps", "no_effect", "harms", "mixed")},
    **{f"sanctions_{name}": studies("sanctions", name) for name in ("helps", "harms", "mixed")},
}
ACTIVATION = {
    "task_work": lambda t: together(t, ends(t)[1], "task_work"),
    "task_work_first": lambda t: together(t, ends(t)[0], "task_work"),
    "task_work_change": lambda t: together(t, ends(t)[1], "task_work") - together(t, ends(t)[0], "task_work"),
    "competence": lambda t: together(t, ends(t)[1], "education", "subsidised_employment"),
    "competence_first": lambda t: together(t, ends(t)[0], "education", "subsidised_employment"),
    "task_work_highest": lambda t: mix(t, ends(t)[1])["task_work"].max(),
    "task_work_highest_place": lambda t: place(t, mix(t, ends(t)[1])["task_work"].idxmax()),
    "task_work_lowest": lambda t: mix(t, ends(t)[1])["task_work"].min(),
    "task_work_lowest_place": lambda t: place(t, mix(t, ends(t)[1])["task_work"].idxmin()),
    "task_work_leading": lambda t: leading(mix(t, ends(t)[1])),
    "widest": lambda t: spread(t).index[-1],
    "widest_variation": lambda t: spread(t).iloc[-1],
    "narrowest": lambda t: spread(t).index[0],
    "narrowest_variation": lambda t: spread(t).iloc[0],
}
PRACTICES = {
    "goals": lambda t: int(t.column("labour_units", "documented_goals", year=ends(t)[1]).sum()),
    "goals_first": lambda t: int(t.column("labour_units", "documented_goals", year=ends(t)[0]).sum()),
    "follow_up": lambda t: int(t.column("labour_units", "effect_follow_up", year=ends(t)[1]).sum()),
    "follow_up_first": lambda t: int(t.column("labour_units", "effect_follow_up", year=ends(t)[0]).sum()),
}
RECOMMENDATIONS = {
    "exits_highest": lambda t: resources(t)["exits"].max(),
    "exits_highest_where": lambda t: place(t, resources(t)["exits"].idxmax()),
    "exits_lowest": lambda t: resources(t)["exits"].min(),
    "exits_lowest_where": lambda t: place(t, resources(t)["exits"].idxmin()),
    "resource_highest": lambda t: resources(t)["resource"].max(),
    "resource_highest_where": lambda t: place(t, resources(t)["resource"].idxmax()),
    "resource_lowest": lambda t: resources(t)["resource"].min(),
    "resource_lowest_where": lambda t: place(t, resources(t)["resource"].idxmin()),
    "anomalies": strange,
    "official_first_year": lambda t: int(t["exits"]["year"].min()),
    "official_last_year": lambda t: int(t["exits"]["year"].max()),
}
NEW = {
    f"{name}_{when}": lambda t, name=name, end=end: indicator(t, name, ends(t)[end]).mean()
    for name in (*INDICATORS, "subsidised")
    for end, when in enumerate(("first", "last"))
}


def leading(shares: pd.DataFrame) -> int:
    return int((shares["task_work"] > shares["education"] + shares["subsidised_employment"]).sum())


def descriptive_share(tidy: Tidy) -> Found:
    read = tidy["studies"][tidy["studies"]["direction"] != "not_read"]
    return Found(float((read["direction"] == "descriptive").mean()), n=len(read))


FACTS: dict[str, Recomputed] = {
    **{f"study.{name}": lambda t, value=value: Found(value(t), n=value(t)) for name, value in MATERIAL.items()},
    "study.first_response_rate": rate("min"),
    "study.last_response_rate": rate("max"),
    "study.alpha_codes": lambda t: alpha(t, "code"),
    "study.alpha_stances": lambda t: alpha(t, "stance"),
    **of_section("knowledge_review", REVIEW, lambda t: len(t["studies"])),
    "knowledge_review.descriptive_share": descriptive_share,
    **of_section("municipal_activation", ACTIVATION),
    **of_section("municipal_activation", PRACTICES, lambda t: len(SETTINGS["municipalities"])),
    **of_section("recommendations", RECOMMENDATIONS),
    "recommendations.official_missing": lambda t: Found(
        int(t["exits"]["exit_to_work_or_study_percent"].isna().sum()),
        n=int(t["exits"]["exit_to_work_or_study_percent"].isna().sum()),
    ),
    "recommendations.association": lambda t: spearman(resources(t)["resource"], resources(t)["exits"]),
    "recommendations.official": lambda t: spearman(resources(t)["resource"], official(t)),
    **of_section("conclusions", NEW),
}
