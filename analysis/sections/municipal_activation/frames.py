"""What the units' and interviews' rows say of municipal activation: mix of measures, documentation, poor-relief codes."""

from collections.abc import Sequence

import pandas as pd

from analysis.actors import ACTORS
from analysis.shared import GROUPS
from analysis.survey_items import item_shares
from report_engine.methods.cluster import clustered_mean
from report_engine.methods.disclosure import suppress
from report_engine.methods.dispersion import coefficient_of_variation, share_range
from report_engine.methods.stances import code_counts, stance_shares
from report_engine.results.section_builder import lack

# From what the slides describe as of low quality to what builds competence.
MEASURES = ("task_work", "work_practice", "job_search", "assessment", "subsidised_employment", "education")
COMPETENCE = ("subsidised_employment", "education")
ALL = "all"  # stands for all municipalities together, where a municipality's code would stand

PRACTICES = ("documented_goals", "effect_follow_up")
_UNITS = ("part", "practice", "year", "municipalities_yes", "municipalities", "share")
_SURVEY = ("actor", "estimate", "low", "high", "n", "suppressed")


def measure_mix(units: pd.DataFrame, municipalities: pd.DataFrame, year: int) -> pd.DataFrame:
    """Share out the participation in measures of each municipality in a year.

    ``units`` is ``labour_units``. Returns ``municipality_code``, ``municipality`` (str), ``year`` (int), a share (0–1) for each of
    ``MEASURES`` and ``participations`` (int: a participant may be in several measures), sorted by falling share of task work; the
    last row, with code ``ALL``, is all municipalities together. Municipalities that leave a measure empty are left out.
    Raises Unavailable when no municipality is left.
    """
    columns = [f"measure_{name}" for name in MEASURES]
    counts = units[units["year"] == year].set_index("municipality_code")[columns].dropna().astype("int64")
    counts.columns = pd.Index(MEASURES)
    counts = counts[counts.sum(axis=1) > 0]
    if counts.empty:
        lack(
            f"Ingen kommun har uppgift om alla insatser {year}.",
            f"No municipality has counts for every measure in {year}.",
        )
    counts.loc[ALL] = counts.sum()
    total = counts.sum(axis=1)
    names = municipalities.set_index("municipality_code")["municipality"]
    mix = counts.div(total, axis=0).assign(participations=total, year=year)
    mix.insert(0, "municipality", [names.get(code, code) for code in mix.index])
    mix = mix.rename_axis("municipality_code").reset_index()
    mix["last"] = mix["municipality_code"] == ALL
    mix = mix.sort_values(["last", "task_work", "municipality_code"], ascending=[True, False, True])
    return mix.drop(columns="last").reset_index(drop=True)


def dispersion(mix: pd.DataFrame) -> pd.DataFrame:
    """Describe how much each measure's share differs between municipalities.

    ``mix`` is ``measure_mix``. Returns one row a measure: ``measure``, ``mean`` (of the municipalities, each counted once),
    ``low``, ``high`` (0–1), ``lowest``, ``highest`` (names of municipalities) and ``variation`` (coefficient of variation).
    """
    shares = mix[mix["municipality_code"] != ALL].set_index("municipality")
    rows = []
    for measure in MEASURES:
        span = share_range(shares[measure])
        variation = coefficient_of_variation(shares[measure])
        rows.append((measure, shares[measure].mean(), span.low, span.high, span.lowest, span.highest, variation))
    return pd.DataFrame(rows, columns=["measure", "mean", "low", "high", "lowest", "highest", "variation"])


def practices(units: pd.DataFrame) -> pd.DataFrame:
    """Count the municipalities with documented goals and with follow-up of effects, year by year.

    Returns ``practice`` (of ``PRACTICES``), ``year``, ``municipalities_yes``, ``municipalities`` (int, those that answered) and
    ``share`` (0–1), sorted.
    """
    parts = []
    for practice in PRACTICES:
        answered = units.dropna(subset=[practice])
        yes = answered[practice].astype("int64").groupby(answered["year"]).agg(["sum", "size"])
        yes.columns = pd.Index(["municipalities_yes", "municipalities"])
        parts.append(yes.rename_axis("year").reset_index().assign(practice=practice))
    counted = pd.concat(parts, ignore_index=True)
    if counted.empty:
        lack("Ingen kommun har svarat.", "No municipality has answered.")
    counted["share"] = counted["municipalities_yes"] / counted["municipalities"]
    return counted[["practice", "year", "municipalities_yes", "municipalities", "share"]]


def documentation(practices: pd.DataFrame, actors: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Put the units' practices and the survey's view of documentation into one frame, told apart by ``part``.

    ``part`` "units": ``practice``, ``year``, ``municipalities_yes``, ``municipalities``, ``share``; "survey" (of these respondents):
    ``actor``, ``estimate``, ``low``, ``high``, ``n``, ``suppressed``.
    """
    asked = item_shares(actors, ["measures_documented"], ["actor"], smallest)
    order = {actor: place for place, actor in enumerate(ACTORS)}
    asked = asked.sort_values("actor", key=lambda names: names.map(order), kind="stable").drop(columns="item")
    return pd.concat([practices.assign(part="units"), asked.assign(part="survey")], ignore_index=True)[
        [*_UNITS, *_SURVEY]
    ]


def poor_relief_codes(codebook: pd.DataFrame) -> list[str]:
    """List the codes below poor-relief logic in the codebook, sorted; raises Unavailable where there is none."""
    codes = sorted(codebook.loc[codebook["parent"] == "poor_relief", "code"])
    if not codes:
        lack("Kodboken har inga koder för fattigvårdslogik.", "The codebook has no codes for the poor-relief logic.")
    return codes


def relief_frequencies(coded: pd.DataFrame, codes: Sequence[str], smallest: int) -> pd.DataFrame:
    """Compute how large a share of each group's coded segments each poor-relief code makes up.

    ``coded`` is ``coded_segments``. Returns one row a group (of ``GROUPS``) and code, codes by falling frequency: ``side``, ``code``, ``n``
    (segments with the code), ``spoken`` (the group's segments of all codes), ``share`` (n of spoken), ``suppressed``. Cells of fewer than
    ``smallest`` segments are blank, and so are others where a group's total would give them back.
    """
    spoken = coded.groupby("side").size()
    counts = code_counts(coded[coded["code"].isin(list(codes))], ["side", "code"]).set_index(["side", "code"])["n"]
    order = counts.groupby("code").sum().reindex(list(codes), fill_value=0).sort_values(ascending=False, kind="stable")
    cells = pd.MultiIndex.from_product([[g for g in GROUPS if g in spoken.index], order.index], names=["side", "code"])
    frame = counts.reindex(cells, fill_value=0).reset_index()
    frame["spoken"] = frame["side"].map(spoken).astype("int64")
    frame["share"] = frame["n"] / frame["spoken"]
    return suppress(frame, "n", ["share"], smallest=smallest, rows="side")


def relief_stances(coded: pd.DataFrame, codes: Sequence[str], smallest: int) -> pd.DataFrame:
    """Share out each group's poor-relief segments with a stance: ``side``, ``critical``, ``neutral``, ``supportive``, ``mean``, ``n``, ``suppressed``."""
    shares = stance_shares(coded[coded["code"].isin(list(codes))], "side")
    shares = shares.set_index("side").reindex([g for g in GROUPS if g in set(shares["side"])]).reset_index()
    return suppress(shares, "n", ["critical", "neutral", "supportive", "mean"], smallest=smallest)


def relief_totals(
    coded: pd.DataFrame, codes: Sequence[str], smallest: int, *, resamples: int, seed: int
) -> pd.DataFrame:
    """Estimate which share of each group's coded segments carries a poor-relief code, over interviews.

    Returns one row a group: ``side``, ``n`` (segments with such a code), ``spoken`` (the group's segments), ``estimate``, ``low``, ``high``
    (0–1) and ``suppressed``.
    """
    marked = coded.assign(relief=coded["code"].isin(list(codes)))
    rows = []
    for side in (group for group in GROUPS if (marked["side"] == group).any()):
        own = marked[marked["side"] == side]
        found = clustered_mean(own, "relief", "interview_id", resamples=resamples, seed=seed)
        rows.append((side, int(own["relief"].sum()), len(own), found.estimate, found.low, found.high))
    frame = pd.DataFrame(rows, columns=["side", "n", "spoken", "estimate", "low", "high"])
    return suppress(frame, "n", ["estimate", "low", "high"], smallest=smallest)


def poor_relief(frequencies: pd.DataFrame, stances: pd.DataFrame) -> pd.DataFrame:
    """Put code frequencies and stances into the one frame behind the figure, told apart by ``part``."""
    return pd.concat([frequencies.assign(part="codes"), stances.assign(part="stance")], ignore_index=True)[
        ["part", "side", "code", "n", "spoken", "share", "critical", "neutral", "supportive", "mean", "suppressed"]
    ]
