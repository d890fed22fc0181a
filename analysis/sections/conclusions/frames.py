"""What the conclusions rest on: the units over the years, the interviews, and what earlier claims say for each conclusion."""

from collections.abc import Mapping
from functools import cached_property

import pandas as pd

from analysis.evidence import Evidence, by_stream, combine, outcomes, rests_on_synthetic, streams
from analysis.frames import StudyFrames
from analysis.labour_units import MEASURES
from analysis.survey import unanswered
from report_engine.model.section import Claim, Outcome, Unavailable
from report_engine.results.inputs import Inputs
from report_engine.words.texts import Texts

INDICATORS = ("degrees", "premises", "plans", "cofinancing", "subsidised")
"""What is said to be new at the units."""


class Frames(StudyFrames):
    """What the section computes once, when it is asked for.

    ``evidence`` is what each conclusion rests on, by its name. Raises ``Unavailable`` where the data do not bear it.
    """

    def __init__(self, inputs: Inputs, say: Texts, evidence: Mapping[str, tuple[Evidence, ...]]) -> None:
        super().__init__(inputs)
        self.say, self._evidence = say, evidence

    @cached_property
    def units(self) -> pd.DataFrame:
        """The units of the settings' municipalities and years."""
        settings, units = self.inputs.settings, self.inputs.tables["labour_units"]
        studied = units["municipality_code"].isin(settings.municipalities)
        units = units[studied & units["year"].between(settings.years.first, settings.years.last)]
        if units.empty:
            raise Unavailable(self.say("unavailable.no_units"))
        return units

    @cached_property
    def new(self) -> pd.DataFrame:
        """The indicators summed up by year (``over_years``), below each other; those without a value are left out."""
        frames = [over_years(name, indicator(self.units, name)) for name in INDICATORS]
        known = [frame for frame in frames if not frame.empty]
        if not known:
            unanswered()
        return pd.concat(known, ignore_index=True)

    def ends(self, name: str) -> tuple[float, float] | None:
        """Return an indicator's means in its first and its last year; None where it has no value."""
        series = self.new[self.new["indicator"] == name].sort_values("year", kind="stable")
        return None if series.empty else (float(series["mean"].iloc[0]), float(series["mean"].iloc[-1]))

    @property
    def first(self) -> int:
        """The first year with a value of an indicator."""
        return int(self.new["year"].min())

    @property
    def last(self) -> int:
        """The last year with a value of an indicator."""
        return int(self.new["year"].max())

    @cached_property
    def said(self) -> Mapping[str, Mapping[str, Outcome]]:
        """What each of the claims behind a conclusion (by name) says for it."""
        known = self.inputs.claims
        return {name: outcomes(behind, known, f"conclusions.{name}") for name, behind in self._evidence.items()}

    @cached_property
    def overall(self) -> Mapping[str, Outcome]:
        """The verdict on each conclusion."""
        return {name: combine(list(said.values())) for name, said in self.said.items()}

    @cached_property
    def matrix(self) -> pd.DataFrame:
        """Conclusions by stream of evidence: ``matrix``."""
        return matrix(self.said, self.inputs.claims)

    @property
    def behind(self) -> list[Claim]:
        """The claims that conclusions rest on, each once."""
        return [self.inputs.claims[id_] for id_ in dict.fromkeys(id_ for said in self.said.values() for id_ in said)]


def indicator(units: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return an indicator of what is new as ``municipality_code``, ``year``, ``value`` (share 0–1; yes/no as 1/0)."""
    measures = units[[f"measure_{measure}" for measure in MEASURES]]
    column = {
        "degrees": lambda: units["staff_with_relevant_degree_share"],
        "premises": lambda: units["purpose_built_premises"].astype("Float64"),
        "plans": lambda: units["individual_plan_share"],
        "cofinancing": lambda: units["pes_cofinanced_share"],
        "subsidised": lambda: units["measure_subsidised_employment"] / measures.sum(axis=1).replace(0, pd.NA),
    }[name]()
    return units[["municipality_code", "year"]].assign(value=column.astype("Float64").astype("float64"))


def over_years(name: str, values: pd.DataFrame) -> pd.DataFrame:
    """Sum up an indicator by year: ``indicator``, ``year``, ``mean``, ``low``, ``high``, ``municipalities``.

    The range is missing for an indicator that is only 0 or 1 in each municipality.
    """
    known = values.dropna(subset=["value"])
    yearly = known.groupby("year")["value"].agg(mean="mean", low="min", high="max", municipalities="size").reset_index()
    if known["value"].isin([0.0, 1.0]).all():
        yearly[["low", "high"]] = float("nan")
    return yearly.assign(indicator=name)[["indicator", "year", "mean", "low", "high", "municipalities"]]


def matrix(said: Mapping[str, Mapping[str, Outcome]], known: Mapping[str, Claim]) -> pd.DataFrame:
    """Give one row a conclusion and stream of evidence that bears on it, and one for ``overall``: the verdict, the claims behind, and whether it is ``synthetic``, no finding."""
    rows = []
    for name, outcome in said.items():
        for stream, verdict in by_stream(outcome, known).items():
            behind = [id_ for id_ in outcome if stream in streams(known[id_])]
            rows.append({"conclusion": name, "stream": stream, "verdict": verdict, "claims": " ".join(behind)})
        overall = combine(list(outcome.values()))
        rows.append({"conclusion": name, "stream": "overall", "verdict": overall, "claims": " ".join(outcome)})
    synthetic = [
        row["verdict"] != "untestable" and rests_on_synthetic(known[id_] for id_ in row["claims"].split())
        for row in rows
    ]
    return pd.DataFrame(rows).assign(synthetic=synthetic)
