"""The frames of the section on the study: its municipalities, its material, and its coders' judgements."""

import dataclasses
from functools import cached_property
from typing import Literal

import pandas as pd

from analysis.actors import ACTORS
from analysis.coding import ratings
from analysis.population import sampled_strata, studied
from analysis.sections.study import map as study_map
from report_engine.methods.disclosure import suppress, suppressed_cells
from report_engine.methods.perturbation import cases, protected, published_cases
from report_engine.methods.perturbation import total as persons
from report_engine.methods.reliability import Alpha, krippendorff_alpha
from report_engine.methods.stances import primary
from report_engine.methods.survey import response_rates
from report_engine.model.section import Unavailable
from report_engine.results.inputs import Inputs
from report_engine.words.texts import Texts


class Frames:
    """What the section computes once, when it is asked for; each raises ``Unavailable`` where the data do not bear it.

    ``inputs`` are those of the municipalities studied; ``say`` holds the section's texts.
    """

    def __init__(self, inputs: Inputs, say: Texts) -> None:
        self.inputs, self.say = studied(inputs), say
        self._everyone = inputs
        self._codes = list(inputs.settings.municipalities)

    @cached_property
    def rates(self) -> pd.DataFrame:
        """The response rates by wave and actor, of the whole survey: its strata hold other municipalities, too."""
        rates = response_rates(*self._sampled, ["wave", "actor"])
        if not (self._sampled[1]["invited"] > 0).any():
            raise Unavailable(self.say("unavailable.uninvited"))
        return rates

    @cached_property
    def waves(self) -> pd.DataFrame:
        """The response rates by wave."""
        return response_rates(*self._sampled, ["wave"]).set_index("wave")

    @property
    def respondents(self) -> int | None:
        """Count the respondents of the sampled strata, all waves; None where they are too few to tell."""
        return cases(self._sampled[0] if self.has_frame else self.inputs.tables["actors"])

    @cached_property
    def years(self) -> list[int]:
        """The waves, in order."""
        years = self.waves.index if self.has_frame else self.inputs.tables["actors"]["wave"].unique()
        return sorted(int(year) for year in years)

    @cached_property
    def has_frame(self) -> bool:
        """Whether there is a survey frame of these respondents."""
        try:
            return bool(self._sampled)
        except Unavailable:
            return False

    @property
    def weighted(self) -> bool:
        """Whether the respondents have weights of their own."""
        return bool(self._everyone.tables["actors"]["weight"].notna().any())

    @property
    def stratified(self) -> bool:
        """Whether the respondents' strata are known."""
        return bool(self._everyone.tables["actors"]["stratum"].notna().any())

    @cached_property
    def _sampled(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        tables = self._everyone.tables
        return sampled_strata(tables["actors"], tables["survey_frame"], tuple(self._codes))

    @cached_property
    def municipalities(self) -> pd.DataFrame:
        """The municipalities studied: ``municipality_rows``."""
        tables = self.inputs.tables
        return municipality_rows(
            tables["municipalities"], tables["population"], tables["municipal_net_cost"], self._codes
        )

    @cached_property
    def counts(self) -> pd.DataFrame:
        """Respondents by municipality and actor, before disclosure control: ``respondent_counts``."""
        return respondent_counts(self.inputs.tables["actors"], self._codes)

    @cached_property
    def _shown(self) -> pd.DataFrame:
        smallest, actors = self.inputs.settings.smallest_cell, self.inputs.tables["actors"]
        shown = self.counts.assign(n=_seen(self.counts, actors, ["municipality_code", "actor"]))
        return suppress(shown, "n", [], smallest=smallest)

    @property
    def hidden(self) -> int:
        """Count the cells of respondents that disclosure control hides."""
        return suppressed_cells(self._shown)

    @cached_property
    def material(self) -> pd.DataFrame:
        """Interviews and respondents by municipality: ``material_rows``."""
        interviews, smallest = self.inputs.tables["interviews"], self.inputs.settings.smallest_cell
        return material_rows(self._shown, self.inputs.tables["actors"], interviews, self.municipalities, smallest)

    @cached_property
    def segments(self) -> pd.DataFrame:
        """The primary coders' segments."""
        return primary(self.inputs.tables["segments"], self.inputs.tables["interviews"])

    @cached_property
    def codes(self) -> Alpha:
        """How far two coders agree on segments' codes."""
        return self._agreement("code")

    @cached_property
    def stances(self) -> Alpha:
        """How far two coders agree on segments' stances, of which taking none is one."""
        return self._agreement("stance")

    def _agreement(self, value: Literal["code", "stance"]) -> Alpha:
        boot = self.inputs.settings.bootstrap
        judged = ratings(self.inputs.tables["segments"], value)
        alpha = krippendorff_alpha(judged, resamples=boot.resamples, seed=boot.seed)
        return published_alpha(alpha, self.segments)


def municipality_rows(
    register: pd.DataFrame, population: pd.DataFrame, net_cost: pd.DataFrame, codes: list[str]
) -> pd.DataFrame:
    """List the studied municipalities with county, group, latest population and latest net cost of measures (610).

    Returns one row a municipality, sorted by name: ``municipality_code``, ``municipality``, ``county``,
    ``skr_group_code``, ``population`` (persons), ``population_year``, ``net_cost_million`` (SEK), ``net_cost_year``,
    ``x_km``, ``y_km`` (a point inside it on the map). Raises ValueError naming codes that the register lacks.
    """
    known = register.set_index("municipality_code")
    if unknown := [code for code in codes if code not in known.index]:
        raise ValueError(f"study: no municipality has the code {', '.join(unknown)} (config.yaml, municipalities)")
    frame = known.loc[codes, ["municipality", "county", "skr_group_code"]].reset_index()
    people = population[population["year"] == population["year"].max()].set_index("municipality_code")["population"]
    measures = net_cost[(net_cost["area_code"] == "610") & (net_cost["year"] == net_cost["year"].max())]
    cost = measures.set_index("municipality_code")["net_cost_tkr"] / 1_000
    frame["population"] = frame["municipality_code"].map(people).astype("Int64")
    frame["population_year"] = int(population["year"].max())
    frame["net_cost_million"] = frame["municipality_code"].map(cost).astype("float64")
    frame["net_cost_year"] = int(net_cost["year"].max())
    frame = frame.merge(study_map.middles(codes), on="municipality_code", validate="one_to_one")
    return frame.sort_values(["municipality", "municipality_code"], ignore_index=True)


def respondent_counts(actors: pd.DataFrame, codes: list[str]) -> pd.DataFrame:
    """Count the survey's respondents, all waves, in every combination of municipality and actor, empty ones too.

    Returns ``municipality_code``, ``actor``, ``n`` (int64), sorted.
    """
    grid = pd.MultiIndex.from_product([sorted(codes), ACTORS], names=["municipality_code", "actor"])
    counted = actors.groupby(["municipality_code", "actor"], observed=True).size()
    return counted.reindex(grid, fill_value=0).rename("n").astype("int64").reset_index()


def material_rows(
    shown: pd.DataFrame, actors: pd.DataFrame, interviews: pd.DataFrame, municipalities: pd.DataFrame, smallest: int = 1
) -> pd.DataFrame:
    """Put interviews and respondents in one row a municipality, and all together in a last row ``all``.

    ``shown`` is ``respondent_counts`` of ``actors`` after disclosure control. Columns: ``municipality``, ``interviews``, ``interviewees``
    (persons), ``<actor>_n`` and ``<actor>_n_suppressed`` for each actor, ``all_n`` and ``all_n_suppressed``; sums below ``smallest`` are blank.
    """
    frame = municipalities[["municipality_code", "municipality"]].copy()
    held = {code: interviews[interviews["municipality_code"] == code] for code in frame["municipality_code"]}
    frame["interviews"] = [len(own) for own in held.values()]
    frame["interviewees"] = pd.array([persons(own, "n_interviewees") for own in held.values()], dtype="Int64")
    met = interviews[interviews["municipality_code"].isin(list(held))]
    total: dict[str, object] = {
        "municipality": "all",
        "interviews": len(met),
        "interviewees": persons(met, "n_interviewees"),
    }
    answered = actors[actors["municipality_code"].isin(list(held)) & actors["actor"].isin(ACTORS)]
    for actor in ACTORS:
        part = shown[shown["actor"] == actor].set_index("municipality_code")
        frame[f"{actor}_n"] = frame["municipality_code"].map(part["n"]).astype("Int64")
        frame[f"{actor}_n_suppressed"] = frame["municipality_code"].map(part["suppressed"] != "").astype("bool")
        everywhere = cases(answered[answered["actor"] == actor])
        total |= {f"{actor}_n": everywhere, f"{actor}_n_suppressed": everywhere is None}
    frame["all_n"] = _seen(frame, answered, ["municipality_code"])
    total["all_n"] = cases(answered)
    frame = pd.concat([frame.drop(columns="municipality_code"), pd.DataFrame([total])], ignore_index=True)
    numbers = {f"{actor}_n": "Int64" for actor in ACTORS} | {"all_n": "Int64", "interviewees": "Int64"}
    frame = frame.astype({"interviews": "int64", **numbers})
    if protected(interviews):
        frame["interviewees_suppressed"] = frame["interviewees"].isna()
    for name in [f"{actor}_n" for actor in ACTORS] + ["all_n"]:  # a sum can be small, too
        few = frame[name].between(1, smallest - 1) | (frame[name].isna() & (name == "all_n"))
        few = few.fillna(False).astype("bool")
        frame[f"{name}_suppressed"] = frame.get(f"{name}_suppressed", False) | few
        frame[name] = frame[name].mask(few)
    return frame


def _seen(groups: pd.DataFrame, actors: pd.DataFrame, by: list[str]) -> "pd.api.extensions.ExtensionArray":
    """Count the respondents in each group, a row of ``groups``, as they may be published (Int64)."""
    return pd.array(
        [cases(actors[(actors[by] == list(its)).all(axis=1)]) for its in groups[by].to_numpy()], dtype="Int64"
    )


def published_alpha(alpha: Alpha, segments: pd.DataFrame) -> Alpha:
    """Round the agreement on passages, and how many there were, where segments are protected."""
    if not protected(segments):
        return alpha
    of = segments[segments["start"].notna()]
    units = published_cases(alpha.n_units, of["_record"].to_numpy(), int(segments["_smallest"].iloc[0])) or 0
    value, low, high = (round(number, 2) for number in (alpha.value, alpha.low, alpha.high))
    return dataclasses.replace(alpha, value=value, low=low, high=high, n_units=units)
