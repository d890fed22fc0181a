"""What the section on recommendations computes: the units' resource activation and exits, and the official exits beside them."""

from collections.abc import Iterable
from functools import cached_property

import pandas as pd

from analysis.frames import StudyFrames
from analysis.sections.recommendations.basis import Basis
from report_engine.methods.association import FEWEST, rank_correlation
from report_engine.methods.estimate import Estimate
from report_engine.model.section import Claim, Unavailable
from report_engine.results.inputs import Inputs
from report_engine.words.texts import Texts

RESOURCE = ("measure_education", "measure_subsidised_employment")
EXIT_PERCENT = "exit_to_work_or_study_percent"
OFFICIAL = ("year", "municipality_code", EXIT_PERCENT)
WINDOW = 3
"""Years that are added up, so that a single year's exits do not decide."""
ANOMALY = 30.0
"""An official exit share this many percentage points from the municipality's own median is flagged."""


class Frames(StudyFrames):
    """What the section computes once, when it is asked for; each raises ``Unavailable`` where the data do not bear it."""

    def __init__(self, inputs: Inputs, say: Texts) -> None:
        super().__init__(inputs)
        self.say = say
        self._claims = dict(inputs.claims)

    def know(self, own: Iterable[Claim]) -> None:
        """Take in the section's own claims: its recommendations rest on them as on earlier ones."""
        self._claims |= {claim.id: claim for claim in own}

    @cached_property
    def basis(self) -> Basis:
        """What the recommendations rest on, once the section's own claims are known."""
        return Basis(self._claims)

    @cached_property
    def units(self) -> pd.DataFrame:
        """The units' rows of the settings' municipalities and of the last years that are added up."""
        units, settings = self.inputs.tables["labour_units"], self.inputs.settings
        units = units[units["municipality_code"].isin(settings.municipalities) & (units["year"] <= settings.years.last)]
        if units.empty:
            raise Unavailable(self.say("unavailable.no_units"))
        return units[units["year"].isin(sorted(units["year"].unique())[-WINDOW:])]

    @property
    def first(self) -> int:
        """The first of the years added up."""
        return int(self.units["year"].min())

    @property
    def last(self) -> int:
        """The last of the years added up."""
        return int(self.units["year"].max())

    @cached_property
    def official_exits(self) -> pd.DataFrame:
        """The official exits of the settings' municipalities, of which at least one has a value."""
        exits = self._of_municipalities(self.inputs.tables["exits"])
        if exits[EXIT_PERCENT].isna().all():
            raise Unavailable(self.say("unavailable.no_official"))
        return exits

    @cached_property
    def exits(self) -> pd.DataFrame:
        """By municipality: ``resource_and_exits`` with its name, and the official medians where there are any."""
        series = self.inputs.tables["exits"] if "exits" not in self.inputs.empty else pd.DataFrame(columns=OFFICIAL)
        medians = official_medians(self._of_municipalities(series))
        exits = resource_and_exits(self.units).merge(medians, on="municipality_code", how="left")
        exits.insert(1, "municipality", self._named(exits).fillna(exits["municipality_code"]))
        return exits

    @cached_property
    def anomalies(self) -> pd.DataFrame:
        """``anomalies`` of the official exits, with the municipality's name."""
        strange = anomalies(self.official_exits)
        return strange.assign(municipality=self._named(strange))

    @cached_property
    def association(self) -> Estimate:
        """The correlation of resource activation with the units' own exits."""
        return self._correlation(self.exits, "exit_share")

    @cached_property
    def official(self) -> Estimate:
        """The correlation of resource activation with the official exits, where there are values."""
        checked = self.exits["municipality_code"].isin(self.official_exits["municipality_code"])
        return self._correlation(self.exits[checked], "official")

    @cached_property
    def sanctions(self) -> pd.DataFrame:
        """The studies that test sanctions, in the order of their years."""
        return self.inputs.tables["studies"].dropna(subset=["sanctions"]).sort_values(["year", "bib_key"])

    def _correlation(self, frame: pd.DataFrame, exits: str) -> Estimate:
        boot = self.inputs.settings.bootstrap
        return correlation(frame, "resource_share", exits, boot.resamples, boot.seed)

    def _of_municipalities(self, frame: pd.DataFrame) -> pd.DataFrame:
        return frame[frame["municipality_code"].isin(self.inputs.settings.municipalities)]

    def _named(self, frame: pd.DataFrame) -> pd.Series:
        names = self.inputs.tables["municipalities"].set_index("municipality_code")["municipality"]
        return frame["municipality_code"].map(names)


def correlation(frame: pd.DataFrame, x: str, y: str, resamples: int, seed: int) -> Estimate:
    """Correlate two columns over municipalities (Spearman, bootstrap interval); all NaN with too few municipalities."""
    pairs = frame[[x, y]].dropna()
    if len(pairs) < FEWEST:
        return Estimate(float("nan"), float("nan"), float("nan"), float("nan"), len(pairs))
    return rank_correlation(pairs[x], pairs[y], resamples=resamples, seed=seed)


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
    known = official.dropna(subset=[EXIT_PERCENT])
    shares = known.groupby("municipality_code", sort=True)[EXIT_PERCENT]
    return pd.DataFrame({"official": shares.median() / 100, "official_years": shares.size()}).reset_index()


def anomalies(official: pd.DataFrame) -> pd.DataFrame:
    """List official exit shares far from the municipality's own median: ``year``, ``municipality_code``, the share and ``median``."""
    median = official.groupby("municipality_code")[EXIT_PERCENT].transform("median")
    far = (official[EXIT_PERCENT] - median).abs() > ANOMALY
    kept = official.assign(median=median).loc[far.fillna(False), [*OFFICIAL, "median"]]
    return kept.sort_values(["municipality_code", "year"], ignore_index=True)
