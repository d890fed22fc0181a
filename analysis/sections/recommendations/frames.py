"""The frames of the recommendations: the units' resource activation and exits, and the official exits beside them."""

import pandas as pd

from analysis.sections.recommendations import claims
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import lack

RESOURCE = ("measure_education", "measure_subsidised_employment")
OFFICIAL = ("year", "municipality_code", "exit_to_work_or_study_percent")


def chosen_units(inputs: Inputs) -> pd.DataFrame:
    """Keep the units' rows of the settings' municipalities, up to the last year."""
    units, settings = inputs.tables["labour_units"], inputs.settings
    units = units[units["municipality_code"].isin(settings.municipalities) & (units["year"] <= settings.years.last)]
    if units.empty:
        lack(
            "Arbetsmarknadsenheterna har inga uppgifter för studiens kommuner och år.",
            "The labour-market units have no data on the municipalities and years studied.",
        )
    return units


def official_exits(inputs: Inputs) -> pd.DataFrame:
    """Keep the official exits of the settings' municipalities; raises Unavailable where none has a value."""
    exits = inputs.tables["exits"]
    exits = exits[exits["municipality_code"].isin(inputs.settings.municipalities)]
    if exits["exit_to_work_or_study_percent"].isna().all():
        lack(
            "Den officiella statistiken över avslut har inga värden för studiens kommuner.",
            "The official statistics on exits have no values for the municipalities studied.",
        )
    return exits


def named(exits: pd.DataFrame, inputs: Inputs, names: pd.Series) -> pd.DataFrame:
    """Name the municipalities, and put the official medians beside the units' own exits where there are any."""
    series = inputs.tables["exits"] if "exits" not in inputs.empty else pd.DataFrame(columns=OFFICIAL)
    own = series[series["municipality_code"].isin(inputs.settings.municipalities)]
    exits = exits.merge(official_medians(own), on="municipality_code", how="left")
    exits.insert(1, "municipality", exits["municipality_code"].map(names).fillna(exits["municipality_code"]))
    return exits


def with_official(exits: pd.DataFrame, official: pd.DataFrame) -> pd.DataFrame:
    """Give the exits where there are official values to check them by."""
    return exits[exits["municipality_code"].isin(official["municipality_code"])]


def resource_and_exits(units: pd.DataFrame) -> pd.DataFrame:
    """Add up the years of each municipality: the share of resource activation and of exits to work or study.

    ``units`` is the tidy ``labour_units`` of the years wanted. Returns ``municipality_code``, ``resource_share``, ``exit_share``
    (0–1; NaN without measures or exits), ``measures``, ``exits`` (whole numbers), sorted by code.
    """
    measures = sorted(name for name in units.columns if name.startswith("measure_"))
    counts = [*measures, "exits_total", "exits_work", "exits_study"]
    sums = units.groupby("municipality_code", sort=True)[counts].sum().astype("float64")
    total, exits = sums[measures].sum(axis=1), sums["exits_total"]
    return pd.DataFrame(
        {
            "municipality_code": sums.index,
            "resource_share": (sums[list(RESOURCE)].sum(axis=1) / total.where(total > 0)).to_numpy(),
            "exit_share": ((sums["exits_work"] + sums["exits_study"]) / exits.where(exits > 0)).to_numpy(),
            "measures": total.astype("int64").to_numpy(),
            "exits": exits.astype("int64").to_numpy(),
        }
    )


def official_medians(official: pd.DataFrame) -> pd.DataFrame:
    """Return each municipality's median official exit share: ``municipality_code``, ``official`` (0–1), ``official_years``.

    The median keeps single implausible years from deciding.
    """
    known = official.dropna(subset=["exit_to_work_or_study_percent"])
    shares = known.groupby("municipality_code", sort=True)["exit_to_work_or_study_percent"]
    return pd.DataFrame({"official": shares.median() / 100, "official_years": shares.size()}).reset_index()


def anomalies(official: pd.DataFrame) -> pd.DataFrame:
    """List official exit shares far from the municipality's own median: ``year``, ``municipality_code``, the share and ``median``."""
    column = "exit_to_work_or_study_percent"
    median = official.groupby("municipality_code")[column].transform("median")
    far = (official[column] - median).abs() > claims.ANOMALY
    kept = official.assign(median=median)[far.fillna(False)]
    return kept[["year", "municipality_code", column, "median"]].sort_values(
        ["municipality_code", "year"], ignore_index=True
    )
