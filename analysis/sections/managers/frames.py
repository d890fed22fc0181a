"""What survey and interviews say of managers: their views on activation, their roles, and the PES' discretion."""

from collections.abc import Mapping
from functools import cached_property

import pandas as pd

from analysis.actors import ACTORS, MANAGERS, MUNICIPAL_MANAGERS, STAFF
from analysis.frames import StudyFrames
from analysis.interviews import unheard
from analysis.survey import item_shares, latest_wave, unanswered
from report_engine.methods.cluster import clustered_mean
from report_engine.methods.disclosure import suppress
from report_engine.methods.estimate import Estimate
from report_engine.methods.perturbation import cases, share_of_cases
from report_engine.methods.stances import code_counts, stance_shares

JOB, RESOURCE = "sanctions_needed", "education_is_way"
MODELS = (JOB, RESOURCE)
ITEMS = (
    *MODELS,
    "furthest_supported",
    "resources_to_closest",
    "measures_documented",
    "effects_known",
    "caseload_manageable",
)
ROLE_CODES = ("entrepreneur", "implementer", "central_rules", "job_activation", "resource_activation")
RULE_CODES = ("central_rules", "implementer")
SPOKEN_MODELS = ("job_activation", "resource_activation")
OWN_ROLE = ("entrepreneur", *RULE_CODES)
SIDES: Mapping[str, tuple[str, ...]] = {
    "municipal_manager": MUNICIPAL_MANAGERS,
    "pes_manager": ("pes_manager",),
    "staff": STAFF,
}

# Whose segments of which code say how free the PES is: themselves, and those they work with.
SPOKEN_OF = {
    "discretion_own": ("pes_discretion", ("pes_manager",)),
    "discretion_others": ("pes_discretion", (*MUNICIPAL_MANAGERS, *STAFF)),
    "rules_own": ("central_rules", ("pes_manager",)),
}


class Frames(StudyFrames):
    """What the section computes once, when it is asked for: shares, counts and estimates, small cells suppressed.

    Each raises ``Unavailable`` where the data do not bear it.
    """

    @cached_property
    def actors(self) -> pd.DataFrame:
        """The last wave's respondents."""
        return latest_wave(self.inputs.tables["actors"])

    @property
    def wave(self) -> int:
        """The year of the last wave."""
        return int(self.actors["wave"].iloc[0])

    @property
    def interviews(self) -> int:
        """Count the interviews with managers."""
        return int((self.inputs.tables["interviews"]["group"] == "managers").sum())

    @cached_property
    def views(self) -> pd.DataFrame:
        """Agreement with the two models by actor: ``activation_views``."""
        return activation_views(self.actors, self._smallest)

    @cached_property
    def pooled(self) -> pd.DataFrame:
        """Agreement with the two models by side, each actor weighted by its population."""
        return item_shares(sides(self.actors), MODELS, ["side"], self._smallest)

    @cached_property
    def answers(self) -> pd.DataFrame:
        """Managers' agreement with every item, by actor: ``managers_shares``."""
        return managers_shares(self.actors, self._smallest)

    @cached_property
    def roles(self) -> pd.DataFrame:
        """How much each manager actor speaks of roles and models: ``role_codes``."""
        return role_codes(self.coded, self._smallest)

    @cached_property
    def discretion(self) -> pd.DataFrame:
        """Stances on the PES' discretion and rules: ``discretion``."""
        return discretion(self.coded, self._smallest)

    @cached_property
    def ends(self) -> dict[str, Estimate]:
        """How often PES managers say that they have no freedom and much freedom: ``end_shares``."""
        return end_shares(self.coded, smallest=self._smallest, **self._resampled)

    @cached_property
    def rules_share(self) -> Estimate:
        """Which share of what PES managers say is about central rules."""
        return rules_share(self.coded, **self._resampled)

    @cached_property
    def spoken(self) -> dict[str, int | None]:
        """Count the segments behind the shares on discretion, own role and models; None where they are too few to tell."""
        by, code, stance = (self.coded[name] for name in ("speaker_actor", "code", "stance"))
        rows = {
            "discretion": (code == "pes_discretion") & (by == "pes_manager") & stance.notna(),
            "role": code.isin(OWN_ROLE) & by.isin(MUNICIPAL_MANAGERS),
            "model": code.isin(SPOKEN_MODELS) & by.isin(MUNICIPAL_MANAGERS),
        }
        return {name: cases(self.coded[those]) for name, those in rows.items()}

    @property
    def discretion_places(self) -> int:
        """Count the municipalities in which a PES manager speaks of their discretion."""
        said = self.coded[(self.coded["side"] == "pes_manager") & (self.coded["code"] == "pes_discretion")]
        return int(said["municipality_code"].nunique())


def sides(actors: pd.DataFrame) -> pd.DataFrame:
    """Add ``side``: municipal managers, PES managers, (municipal) staff; missing for participants."""
    return actors.assign(
        side=actors["actor"].map({actor: side for side, members in SIDES.items() for actor in members})
    )


def activation_views(actors: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Estimate who agrees with job and with resource activation: ``item``, ``actor``, ``estimate``, ``low``, ``high``, ``n``, ``suppressed``."""
    shares = item_shares(actors, MODELS, ["actor"], smallest)
    order = {actor: place for place, actor in enumerate(ACTORS)}
    shares["place"] = shares["actor"].map(order)
    shares["model"] = shares["item"].map({JOB: 0, RESOURCE: 1})
    return shares.sort_values(["model", "place"]).drop(columns=["model", "place"]).reset_index(drop=True)


def role_codes(coded: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Compute how large a share of each manager actor's coded segments each role or activation code makes up.

    ``coded`` is ``coded_segments``. Returns one row an actor and code: ``actor``, ``code``, ``n``, ``spoken`` (the actor's segments of all codes),
    ``share``, ``suppressed``. Raises Unavailable where no manager speaks.
    """
    spoken = {actor: cases(own) for actor, own in coded.groupby("speaker_actor")}
    actors = [actor for actor in MANAGERS if actor in spoken]
    if not actors:
        unheard()
    cells = pd.MultiIndex.from_product([actors, ROLE_CODES], names=["speaker_actor", "code"])
    frame = code_counts(coded, cells, "speaker_actor")
    frame["spoken"] = frame["speaker_actor"].map(spoken).astype("Int64")
    frame["share"] = share_of_cases(frame["n"], frame["spoken"], coded)
    return suppress(frame, "n", ["share"], smallest=smallest).rename(columns={"speaker_actor": "actor"})


def discretion(coded: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Share out the stances on the PES' discretion and rules, by who speaks.

    Returns one row of ``SPOKEN_OF`` that occurs: ``row``, ``critical`` (no freedom), ``neutral``, ``supportive`` (much freedom), ``mean``,
    ``n`` (segments with a stance), ``suppressed``. Raises Unavailable where nobody speaks of either.
    """
    parts = []
    for row, (code, speakers) in SPOKEN_OF.items():
        said = coded[(coded["code"] == code) & coded["speaker_actor"].isin(speakers)]
        parts.append(stance_shares(said.assign(row=row), "row"))
    frame = pd.concat(parts, ignore_index=True)
    if frame.empty:
        unheard()
    return suppress(frame, "n", ["critical", "neutral", "supportive", "mean"], smallest=smallest)


def end_shares(coded: pd.DataFrame, *, smallest: int, resamples: int, seed: int) -> dict[str, Estimate]:
    """Estimate how often PES managers say that they have no freedom (``none``) and much freedom (``much``), over interviews.

    Shares of their segments on discretion with a stance; NaN where these are fewer than ``smallest``.
    """
    said = coded[(coded["code"] == "pes_discretion") & (coded["speaker_actor"] == "pes_manager")]
    said = said[said["stance"].notna()]
    nan = float("nan")
    if len(said) < smallest:
        return {end: Estimate(nan, nan, nan, nan, len(said)) for end in ("none", "much")}
    marked = said.assign(none=said["stance"] == -1, much=said["stance"] == 1)
    return {
        end: clustered_mean(marked, end, "interview_id", resamples=resamples, seed=seed) for end in ("none", "much")
    }


def rules_share(coded: pd.DataFrame, *, resamples: int, seed: int) -> Estimate:
    """Estimate which share of what PES managers say is about central rules; raises Unavailable where none of them speaks."""
    pes = coded[coded["side"] == "pes_manager"]
    if pes.empty:
        unheard()
    marked = pes.assign(hit=pes["code"].isin(RULE_CODES))
    return clustered_mean(marked, "hit", "interview_id", resamples=resamples, seed=seed)


def managers_shares(actors: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Estimate managers' agreement with ``ITEMS`` by actor (``item_shares``); raises Unavailable where none answered."""
    shares = item_shares(actors, ITEMS, ["actor"], smallest)
    shares = shares[shares["actor"].isin(MANAGERS)]
    if shares.empty:
        unanswered()
    return shares
