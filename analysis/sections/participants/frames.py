"""What the section on participants computes: shares, stances and estimates."""

from collections.abc import Iterator
from functools import cached_property

import pandas as pd

from analysis.frames import StudyFrames
from analysis.survey import (
    DISAGREE,
    NO_ESTIMATE,
    Row,
    as_estimate,
    cell,
    compared,
    enough,
    item_shares,
    latest_wave,
    likert_cells,
)
from analysis.survey_claims import Respondents
from report_engine.methods.cluster import clustered_mean
from report_engine.methods.disclosure import suppress
from report_engine.methods.estimate import Estimate
from report_engine.methods.perturbation import cases
from report_engine.methods.survey import AGREE, weighted_mean
from report_engine.model.section import Unavailable
from report_engine.results.inputs import Inputs
from report_engine.settings.settings import Bootstrap
from report_engine.words.texts import Texts

PARTICIPANTS = ("participant",)
ITEMS = (
    "glad_to_have_something",
    "tasks_useful",
    "tasks_match_wishes",
    "unit_staff_help",
    "pes_reachable",
    "feel_controlled",
    "cheap_labour",
)
BY_AGE = ("glad_to_have_something", "tasks_useful", "tasks_match_wishes", "cheap_labour")
COUNTERPARTS = {
    "unit": ("unit_staff_help", AGREE, "unit_staff_support"),
    "social_services": ("feel_controlled", DISAGREE, "felt_controlled"),
    "pes": ("pes_reachable", AGREE, "pes_unreachable"),
}
"""Whom participants meet: the survey item, the answers that are content, and the interview code that tells of it."""
YOUNG = ("18-24",)
CONTENT = ("glad_to_have_something", "tasks_useful", "tasks_match_wishes")
"""The items whose mean says how positive a participant is about what they do."""
_VALUES = ["estimate", "low", "high"]


class Frames(StudyFrames):
    """What the section computes once, when it is asked for, small cells suppressed.

    Each raises ``Unavailable`` where the data do not bear it.
    """

    def __init__(self, inputs: Inputs, say: Texts) -> None:
        super().__init__(inputs)
        self.say = say

    @cached_property
    def actors(self) -> pd.DataFrame:
        """The whole survey, which has participants."""
        actors = self.inputs.tables["actors"]
        if not actors["actor"].isin(PARTICIPANTS).any():
            raise Unavailable(self.say("unavailable.no_participants"))
        return actors

    @cached_property
    def people(self) -> Respondents:
        """The respondents, drawn anew when a claim asks for it."""
        return Respondents(self.actors, self.inputs.settings.bootstrap, self._smallest)

    @cached_property
    def current(self) -> pd.DataFrame:
        """The last wave of the survey."""
        return latest_wave(self.actors)

    @property
    def interviewed(self) -> bool:
        """Whether there are coded interviews."""
        return not {"segments", "interviews"} & self.inputs.empty

    @property
    def first(self) -> int:
        """The year of the first wave."""
        return int(self.actors["wave"].min())

    @property
    def last(self) -> int:
        """The year of the last wave."""
        return int(self.actors["wave"].max())

    @cached_property
    def answers(self) -> pd.DataFrame:
        """How the answers to each item are distributed in the last wave: ``likert_cells``."""
        return likert_cells(self.current, ITEMS, ["actor"], self._smallest).drop(columns="actor")

    @cached_property
    def waves(self) -> pd.DataFrame:
        """Items by wave: item, wave, estimate, low, high, n, suppressed."""
        return item_shares(self.actors, ITEMS, ["wave"], self._smallest)

    def now(self, item: str) -> Row:
        """Give the share agreeing with an item in the last wave."""
        return cell(self.waves, item=item, wave=self.last)

    @cached_property
    def against(self) -> pd.DataFrame:
        """The shares disagreeing with each item in the last wave, by actor."""
        return item_shares(self.current, sorted(set(self.waves["item"])), ["actor"], self._smallest, DISAGREE)

    @cached_property
    def ages(self) -> pd.DataFrame:
        """Items by age group in the last wave."""
        asked = self.current["actor"].isin(PARTICIPANTS)
        aged = self.current.assign(age_group=self.current["age_group"].where(asked))
        return item_shares(aged, BY_AGE, ["age_group"], self._smallest)

    @cached_property
    def contentment(self) -> pd.DataFrame:
        """How content participants are with each counterpart, in the survey and where they were interviewed."""
        rows = [*content_shares(self.current, self._smallest)]
        if self.interviewed:
            rows += content_stances(self.coded, self.inputs.settings.bootstrap)
        return in_streams(rows, self._smallest)

    @cached_property
    def stances(self) -> pd.DataFrame:
        """How content participants are with each counterpart in the interviews alone."""
        return in_streams([*content_stances(self.coded, self.inputs.settings.bootstrap)], self._smallest)

    @cached_property
    def cheap(self) -> Estimate:
        """The share who feel used as cheap labour minus the share who do not."""
        return enough(balance(self.actors, "cheap_labour"), self._smallest)

    @cached_property
    def young(self) -> Estimate:
        """How much more positive the youngest are than the others, in steps of the scale."""
        return young_more_positive(self.actors, self._smallest)

    @cached_property
    def stuck(self) -> Estimate:
        """The share of critical segments in what participants say of getting stuck."""
        return critical_share(self.coded, "stuck_in_system", self._smallest, self.inputs.settings.bootstrap)

    @property
    def respondents(self) -> int | None:
        """Count the participants who answered in the last wave; None where they are too few to tell."""
        return cases(self.current[self.current["actor"].isin(PARTICIPANTS)])


def content_shares(current: pd.DataFrame, smallest: int) -> Iterator[dict[str, object]]:
    """Estimate the share content (0–1) with each counterpart whose item was answered; ``current`` holds one wave."""
    for whom, (item, content, _) in COUNTERPARTS.items():
        if current[item].notna().any():
            share = cell(item_shares(current, [item], ["actor"], smallest, content), actor="participant")
            yield {"whom": whom, "stream": "survey", **{key: share[key] for key in (*_VALUES, "n")}}


def content_stances(coded: pd.DataFrame, boot: Bootstrap) -> Iterator[dict[str, object]]:
    """Estimate participants' mean stance (−1 to 1) on each counterpart they speak of; ``coded`` as ``coded_segments``."""
    spoken = coded[coded["speaker_actor"].isin(PARTICIPANTS) & coded["stance"].notna()]
    for whom, (_, _, code) in COUNTERPARTS.items():
        part = spoken[spoken["code"] == code]
        if len(part):
            mean = clustered_mean(part, "stance", "interview_id", resamples=boot.resamples, seed=boot.seed)
            values = {"estimate": mean.estimate, "low": mean.low, "high": mean.high, "n": mean.n or None}
            yield {"whom": whom, "stream": "interviews", **values}


def in_streams(rows: list[dict[str, object]], smallest: int) -> pd.DataFrame:
    """Frame the rows, counterpart by counterpart: ``whom``, ``stream``, estimate, low, high, ``n`` (Int64), ``suppressed``."""
    frame = pd.DataFrame(rows, columns=["whom", "stream", *_VALUES, "n"]).astype({"n": "Int64"})
    frame = frame.sort_values("whom", key=lambda whom: whom.map([*COUNTERPARTS].index), kind="stable")
    return suppress(frame.reset_index(drop=True), "n", _VALUES, smallest=smallest)


def balance(actors: pd.DataFrame, item: str) -> Estimate:
    """Estimate the share agreeing (4, 5) minus the share disagreeing (1, 2) with an item in the last wave.

    ``actors`` is the whole survey. Returns NaN with n 0 where nobody answered.
    """
    answer = actors[item].where(actors["wave"] == actors["wave"].max())
    if not answer.notna().any():
        return NO_ESTIMATE
    sides = answer.isin(AGREE).astype("float64") - answer.isin(DISAGREE).astype("float64")
    row = weighted_mean(actors.assign(_balance=sides.where(answer.notna())), "_balance").iloc[0].to_dict()
    return as_estimate(row)


def positive(actors: pd.DataFrame) -> pd.Series:
    """Average each respondent's answers to the items of ``CONTENT``, in steps of the scale."""
    return actors[list(CONTENT)].astype("Float64").mean(axis=1)


def young_more_positive(actors: pd.DataFrame, smallest: int) -> Estimate:
    """Estimate how much higher the mean of ``CONTENT`` is among the young participants of the last wave than among the older.

    ``actors`` is the whole survey. All NaN with fewer than ``smallest`` answers, or nobody of an age.
    """
    asked = (actors["wave"] == actors["wave"].max()) & actors["actor"].isin(PARTICIPANTS)
    age = actors["age_group"].isin(YOUNG).map({True: "young", False: "older"}).where(asked)
    aged = actors.assign(_age=age, _content=positive(actors))
    return compared(aged, "_content", "_age", "young", "older", smallest=smallest)


def critical_share(coded: pd.DataFrame, code: str, smallest: int, boot: Bootstrap) -> Estimate:
    """Estimate the share of critical segments in what participants say of a code, of those that take a stance.

    All NaN with fewer than ``smallest`` of them.
    """
    spoken = coded[(coded["code"] == code) & coded["speaker_actor"].isin(PARTICIPANTS) & coded["stance"].notna()]
    if len(spoken) < smallest:
        return NO_ESTIMATE
    critical = spoken.assign(critical=spoken["stance"] == -1)
    return clustered_mean(critical, "critical", "interview_id", resamples=boot.resamples, seed=boot.seed)
