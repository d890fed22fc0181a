"""What the units, the survey and the interviews say of municipal activation: measures, documentation, poor-relief logic."""

from functools import cached_property
from typing import NamedTuple, NoReturn

import pandas as pd

from analysis.actors import ACTORS, MUNICIPAL_MANAGERS, STAFF
from analysis.frames import StudyFrames
from analysis.interviews import code_difference, reach
from analysis.labour_units import COMPETENCE, MEASURES
from analysis.sections.municipal_activation import poor_relief
from analysis.survey import item_shares, latest_wave
from report_engine.methods.dispersion import coefficient_of_variation, share_range
from report_engine.methods.estimate import Estimate
from report_engine.model.section import Unavailable
from report_engine.results import robustness
from report_engine.results.inputs import Inputs
from report_engine.words.texts import Texts

ALL = "all"  # stands for all municipalities together, where a municipality's code would stand

PRACTICES = ("documented_goals", "effect_follow_up")
SIDES = {"manager": MUNICIPAL_MANAGERS, "staff": STAFF, "municipal": (*MUNICIPAL_MANAGERS, *STAFF)}
"""Who of the municipalities answers on documentation."""

EARLIER = 3
"""Earlier last years that claims on the units are tried with."""

_UNITS = ("part", "practice", "year", "municipalities_yes", "municipalities", "share")
_SURVEY = ("actor", "estimate", "low", "high", "n", "suppressed")


class Counted(NamedTuple):
    """How many municipalities have something in a year, and of how many that answered."""

    year: int
    yes: int
    of: int


class Frames(StudyFrames):
    """What the section computes once, when it is asked for; each raises ``Unavailable`` where the data do not bear it."""

    def __init__(self, inputs: Inputs, say: Texts) -> None:
        super().__init__(inputs)
        self.say = say

    def lacks(self, what: str, year: int | None = None) -> NoReturn:
        """Raise ``Unavailable`` for the reason of this name."""
        raise Unavailable(self.say(f"unavailable.{what}", **({} if year is None else {"year": year})))

    @cached_property
    def units(self) -> pd.DataFrame:
        """The units' rows of the years studied."""
        units, years = self.inputs.tables["labour_units"], self.inputs.settings.years
        chosen = units[units["year"].between(years.first, years.last)]
        if chosen.empty:
            self.lacks("units")
        return chosen

    @cached_property
    def other_units(self) -> list[pd.DataFrame]:
        """The units' rows without one municipality at a time, and with an earlier last year."""
        last = sorted(self.units["year"].unique())[-1 - EARLIER : -1]
        earlier = [self.units[self.units["year"] <= year] for year in last]
        return [*robustness.leaving_out(self.units, "municipality_code"), *earlier]

    @cached_property
    def mix(self) -> pd.DataFrame:
        """The mix of measures in the latest year: ``measure_mix``."""
        return self.mix_of(self.units, int(self.units["year"].max()))

    @cached_property
    def first_mix(self) -> pd.DataFrame:
        """The mix of measures in the first year."""
        return self.mix_of(self.units, int(self.units["year"].min()))

    @cached_property
    def other_mixes(self) -> list[pd.DataFrame]:
        """The mix of measures in the latest year of each of ``other_units``."""
        return [self.mix_of(units, int(units["year"].max())) for units in self.other_units]

    def mix_of(self, units: pd.DataFrame, year: int) -> pd.DataFrame:
        """Share out the measures of these units' rows in a year."""
        mix = measure_mix(units, self.inputs.tables["municipalities"], year)
        if mix.empty:
            self.lacks("counts", year)
        return mix

    @property
    def year(self) -> int:
        """The latest year of the mix of measures."""
        return int(self.mix["year"].iloc[0])

    @property
    def first_year(self) -> int:
        """The first year of the mix of measures."""
        return int(self.first_mix["year"].iloc[0])

    @property
    def municipalities(self) -> int:
        """How many municipalities the mix of measures has."""
        return len(self.mix) - 1

    @property
    def ends(self) -> tuple[pd.Series, pd.Series]:
        """The rows of the municipalities with the largest and the smallest share of task work."""
        single = self.mix[self.mix["municipality_code"] != ALL]
        return single.iloc[0], single.iloc[-1]

    @cached_property
    def dispersion(self) -> pd.DataFrame:
        """How much each measure's share differs; raises ``Unavailable`` with one municipality."""
        if self.municipalities == 1:
            self.lacks("others")
        return dispersion(self.mix)

    @cached_property
    def practices(self) -> pd.DataFrame:
        """Municipalities with goals and follow-up by year: ``practices``."""
        return self.practices_of(self.units)

    def practices_of(self, units: pd.DataFrame) -> pd.DataFrame:
        """Count the practices in these units' rows."""
        counted = practices(units)
        if counted.empty:
            self.lacks("answers")
        return counted

    def practice(self, name: str) -> tuple[Counted, Counted]:
        """Return how many municipalities have a practice in the first and in the latest year that any answered for."""
        rows = of_practice(self.practices, name)[["year", "municipalities_yes", "municipalities"]].astype("int64")
        if rows.empty:
            self.lacks("answers")
        first, last = (Counted(*row) for row in rows.iloc[[0, -1]].to_numpy().tolist())
        return first, last

    @cached_property
    def actors(self) -> pd.DataFrame:
        """The respondents of the last wave."""
        return latest_wave(self.inputs.tables["actors"])

    @property
    def wave(self) -> int:
        """The year of the last wave."""
        return int(self.actors["wave"].iloc[0])

    @cached_property
    def documentation(self) -> pd.DataFrame:
        """Practices and the survey's view of documentation: ``documentation``."""
        return documentation(self.practices, self.actors, self._smallest)

    @cached_property
    def documented(self) -> pd.DataFrame:
        """Who agrees that measures are documented, by ``side`` (of ``SIDES``): estimate, low, high, n."""
        parts = [documented(self.actors, side, self._smallest) for side in SIDES]
        return pd.concat(parts, ignore_index=True)

    @property
    def places(self) -> int:
        """In how many municipalities there are coded interviews."""
        return int(self.coded["municipality_code"].nunique())

    @cached_property
    def codes(self) -> list[str]:
        """The codes below poor-relief logic in the codebook, sorted."""
        codebook = self.inputs.tables["codebook"]
        codes = sorted(codebook.loc[codebook["parent"] == "poor_relief", "code"])
        if not codes:
            self.lacks("poor_relief")
        return codes

    @cached_property
    def relief(self) -> pd.DataFrame:
        """Frequencies and stances of the poor-relief codes by group, told apart by ``part``."""
        said = self.coded, self.codes, self._smallest
        return poor_relief.together(poor_relief.frequencies(*said), poor_relief.stances(*said))

    @property
    def commonest(self) -> list[str]:
        """The poor-relief codes, the most frequent first."""
        return list(dict.fromkeys(self.relief.loc[self.relief["part"] == "codes", "code"]))

    @cached_property
    def totals(self) -> pd.DataFrame:
        """The poor-relief codes' share of what each group says: ``relief_totals``."""
        return poor_relief.totals(self.coded, self.codes, self._smallest, **self._resampled)

    @cached_property
    def relief_gap(self) -> Estimate:
        """The poor-relief codes' share of what municipal managers say minus their share of what PES managers say."""
        first, second, smallest = "municipal_manager", "pes_manager", self._smallest
        return code_difference(self.coded, self.codes, first, second, smallest=smallest, **self._resampled)

    @cached_property
    def lacking_in(self) -> int:
        """In how many municipalities lacking documentation is voiced."""
        if "documentation_lacking" not in set(self.inputs.tables["codebook"]["code"]):
            self.lacks("documentation")
        return int(reach(self.coded, ["documentation_lacking"]).iloc[0])


def together(mix: pd.DataFrame, *measures: str) -> float:
    """Return the share of these measures in all municipalities together."""
    return float(mix.loc[mix["municipality_code"] == ALL, list(measures)].iloc[0].sum())


def leading(mix: pd.DataFrame) -> tuple[int, int]:
    """Count the municipalities where task work outweighs measures that build competence, and all of them."""
    single = mix[mix["municipality_code"] != ALL]
    return int((single["task_work"] > single[list(COMPETENCE)].sum(axis=1)).sum()), len(single)


def measure_mix(units: pd.DataFrame, municipalities: pd.DataFrame, year: int) -> pd.DataFrame:
    """Share out the participation in measures of each municipality in a year.

    ``units`` is ``labour_units``. Returns ``municipality_code``, ``municipality`` (str), ``year`` (int), a share (0–1) for each of
    ``MEASURES`` and ``participations`` (int: a participant may be in several measures), sorted by falling share of task work; the
    last row, with code ``ALL``, is all municipalities together. Municipalities that leave a measure empty are left out;
    no row when none is left.
    """
    columns = [f"measure_{name}" for name in MEASURES]
    counts = units[units["year"] == year].set_index("municipality_code")[columns].dropna().astype("int64")
    counts.columns = pd.Index(MEASURES)
    counts = counts[counts.sum(axis=1) > 0]
    if not counts.empty:
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
    counted["share"] = counted["municipalities_yes"] / counted["municipalities"]
    return counted[["practice", "year", "municipalities_yes", "municipalities", "share"]]


def of_practice(practices: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return a practice's rows in the order of years."""
    return practices[practices["practice"] == name].sort_values("year", kind="stable")


def documented(actors: pd.DataFrame, side: str, smallest: int) -> pd.DataFrame:
    """Estimate who of a side (of ``SIDES``) agrees that measures are documented: one row, or none where nobody answered."""
    grouped = actors.assign(side=actors["actor"].isin(list(SIDES[side])))
    shares = item_shares(grouped, ["measures_documented"], ["side"], smallest)
    return shares[shares["side"]].assign(side=side)


def documentation(practices: pd.DataFrame, actors: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Put the units' practices and the survey's view of documentation into one frame, told apart by ``part``.

    ``part`` "units": ``practice``, ``year``, ``municipalities_yes``, ``municipalities``, ``share``; "survey" (of these respondents):
    ``actor``, ``estimate``, ``low``, ``high``, ``n``, ``suppressed``.
    """
    asked = item_shares(actors, ["measures_documented"], ["actor"], smallest)
    order = {actor: place for place, actor in enumerate(ACTORS)}
    asked = asked.sort_values("actor", key=lambda names: names.map(order), kind="stable").drop(columns="item")
    parts = [practices.assign(part="units", suppressed=""), asked.assign(part="survey")]
    return pd.concat(parts, ignore_index=True)[[*_UNITS, *_SURVEY]]
