"""What the slides say of the staff, judged by the survey and the interviews."""

import pandas as pd

from analysis.methods.cluster import clustered_difference, clustered_mean
from analysis.methods.estimate import Estimate
from analysis.methods.survey import AGREE, weighted_mean
from analysis.model import EDITIONS, Outcome, Text, Verdict
from analysis.numbers import number
from analysis.sections.shared import STAFF, judge, points, points_interval
from analysis.sections.sizes import MEAN_STANCE, estimated
from analysis.sections.survey_items import Row, compared, direction, known, majority, minority, too_few

ACTIVATION = ("job_activation", "work_compulsion", "quid_pro_quo", "parallel_tracks")
"""Codes in which staff take a stance on activation for its own sake and on the tracks beside the PES."""


ONE_WAVE: Text = {"sv": "Enkäten har bara en våg.", "en": "The survey has only one wave."}


def claim_greatest_need_unsupported(row: Row) -> Verdict:
    """Staff say that those with the greatest need go without: fewer than half agree that they get support."""
    return minority(
        row,
        {
            "sv": "av medarbetarna instämmer i att de längst från arbete får stöd",
            "en": "of the staff agree that those furthest from work get support",
        },
    )


def claim_resources_to_closest(row: Row) -> Verdict:
    """Resources follow those closest to work: more than half of the staff say so."""
    return majority(
        row,
        {
            "sv": "av medarbetarna instämmer i att resurserna går till dem närmast arbete",
            "en": "of the staff agree that resources go to those closest to work",
        },
    )


def claim_effects_unknown(row: Row) -> Verdict:
    """Things are done without knowing the effects: fewer than half of the staff say that they know them."""
    return minority(
        row,
        {
            "sv": "av medarbetarna anser sig känna till insatsernas effekter",
            "en": "of the staff consider that they know the effects of the measures",
        },
    )


def claim_caseload_fell(change: Estimate, first: int, last: int) -> Verdict:
    """The caseload at a workplace fell: a larger share calls it manageable in the last wave than in the first.

    ``change`` is ``caseload_change`` of the workplace. Untestable from a single wave.
    """
    if first == last:
        return Verdict("untestable", {}, ONE_WAVE)
    said: Text = {
        "sv": f"Ändring {first}–{last} av andelen som anser ärendemängden rimlig",
        "en": f"Change {first}–{last} in the share who find the caseload manageable",
    }
    return direction(change, said)


def caseload_change(actors: pd.DataFrame, workplace: str, first: int, last: int) -> Estimate:
    """Estimate the change between waves in the share of a workplace who find the caseload manageable; NaN where a wave has none."""
    place = actors["workplace"].where(actors["workplace"] == workplace)
    waves = actors.assign(_at=actors["wave"].where(place.notna()).astype("Int64"))
    return compared(waves, "caseload_manageable", "_at", last, first, smallest=1, share_of=AGREE)


def claim_caseload_high(row: Row) -> Verdict:
    """The caseload is still high at the labour-market units: fewer than half there find it manageable."""
    return minority(
        row,
        {
            "sv": "vid arbetsmarknadsenheterna anser att ärendemängden är rimlig",
            "en": "at the labour-market units find the caseload manageable",
        },
    )


def claim_managers_dont_listen(coded: pd.DataFrame, smallest: int, resamples: int, seed: int) -> Verdict:
    """Managers know but do not listen: staff who speak of it say so more often than they say the opposite.

    ``coded`` is ``shared.coded_segments``. The mean stance of the staff's segments with that code (−1 they do not
    listen, 1 they do), with an interval over resampled interviews, is below zero. Untestable with fewer than ``smallest`` segments.
    """
    found = listening(coded, smallest, resamples, seed)
    if not known(found.low):
        return too_few()
    low, high, value = found.low, found.high, found.estimate
    return Verdict(
        judge(value, low, high, 0, sign=-1),
        {"mean_stance": value, "low": low, "high": high, "n": found.n},
        {
            e: (
                f"Medarbetarnas genomsnittliga hållning är {number(value, e, 2, signed=True)} på en skala från −1 (cheferna "
                f"lyssnar inte) till 1 (de lyssnar); intervall {number(low, e, 2, signed=True)} till "
                f"{number(high, e, 2, signed=True)}, {number(found.n, e)} segment."
                if e == "sv"
                else f"The mean stance of the staff is {number(value, e, 2, signed=True)} on a scale from −1 (managers do not "
                f"listen) to 1 (they do); interval {number(low, e, 2, signed=True)} to {number(high, e, 2, signed=True)}, "
                f"{number(found.n, e)} segments."
            )
            for e in EDITIONS
        },
        estimated(found, "stance", MEAN_STANCE),
    )


def listening(coded: pd.DataFrame, smallest: int, resamples: int, seed: int) -> Estimate:
    """Estimate the staff's mean stance on whether managers listen; NaN with fewer than ``smallest`` segments."""
    spoken = coded[(coded["code"] == "managers_dont_listen") & coded["speaker_actor"].isin(STAFF)]
    spoken = spoken[spoken["stance"].notna()]
    if len(spoken) < smallest:
        return Estimate(float("nan"), float("nan"), float("nan"), float("nan"), len(spoken))
    return clustered_mean(spoken, "stance", "interview_id", resamples=resamples, seed=seed)


def claim_between_chairs_fk(survey: Estimate, interviews: Estimate) -> Verdict:
    """It is above all towards Försäkringskassan that people fall between chairs: it is judged worse than the PES.

    ``survey``: the share of staff for whom collaboration with Försäkringskassan works minus the share for the PES (below
    zero expected); ``interviews``: the share of critical segments on Försäkringskassan minus that on the PES (above
    zero expected). Holds when both say so beyond their intervals, fails when neither estimate does, else borderline.
    """
    if not (known(survey.low) and known(interviews.low)):
        return too_few()
    found: list[Outcome] = [
        judge(survey.estimate, survey.low, survey.high, 0, sign=-1),
        judge(interviews.estimate, interviews.low, interviews.high, 0),
    ]
    outcome: Outcome = "borderline"
    if len(set(found)) == 1:
        outcome = found[0]
    parts = {
        e: [f"{points(x.estimate, e)} ({points_interval(x.low, x.high, e)})" for x in (survey, interviews)]
        for e in EDITIONS
    }
    return Verdict(
        outcome,
        {"survey": survey.estimate, "interviews": interviews.estimate, "n": survey.n, "segments": interviews.n},
        {
            "sv": "Försäkringskassan jämförd med Arbetsförmedlingen: andelen medarbetare som anser att samverkan fungerar "
            f"skiljer {parts['sv'][0]}, andelen kritiska segment i intervjuerna {parts['sv'][1]}.",
            "en": "The Social Insurance Agency compared with the PES: the share of staff for whom collaboration works differs by "
            f"{parts['en'][0]}, the share of critical segments in the interviews by {parts['en'][1]}.",
        },
        estimated(
            survey, "share_difference",
            {"sv": "skillnad i andel som instämmer, enkäten", "en": "difference in the share who agree, survey"},
        ),
    )  # fmt: skip


def paired_difference(actors: pd.DataFrame, first: str, second: str, group: str) -> Estimate:
    """Estimate the share agreeing with one item minus the share agreeing with another, among the same respondents.

    ``actors`` is the whole survey with a column ``group`` (str); only those of ``group`` who answered both items count.
    Returns NaN with n 0 where nobody did.
    """
    asked = actors[first].notna() & actors[second].notna() & (actors["group"] == group).fillna(False)
    if not asked.any():
        return Estimate(float("nan"), float("nan"), float("nan"), float("nan"), 0)
    agree = [actors[item].isin(AGREE).astype("float64") for item in (first, second)]
    row = weighted_mean(actors.assign(_gap=(agree[0] - agree[1]).where(asked)), "_gap").iloc[0]
    return Estimate(float(row["estimate"]), float(row["se"]), float(row["low"]), float(row["high"]), int(row["n"]))


def critical_difference(
    coded: pd.DataFrame, codes: tuple[str, str], smallest: int, resamples: int, seed: int
) -> Estimate:
    """Estimate how much larger the share of critical segments is in the staff's talk of one code than of another.

    All NaN where either has fewer than ``smallest`` segments that take a stance.
    """
    spoken = coded[coded["speaker_actor"].isin(STAFF) & coded["stance"].notna()]
    if any((spoken["code"] == code).sum() < smallest for code in codes):
        return Estimate(float("nan"), float("nan"), float("nan"), float("nan"), 0)
    return clustered_difference(
        spoken.assign(critical=spoken["stance"] == -1), "critical", "code", *codes, "interview_id",
        resamples=resamples, seed=seed,
    )  # fmt: skip


def claim_social_workers_critical(coded: pd.DataFrame, smallest: int, resamples: int, seed: int) -> Verdict:
    """Social workers are more critical of activation than unit staff: their mean stance is lower.

    ``coded`` is ``shared.coded_segments``; the stance is that of segments with one of ``ACTIVATION``. Untestable where a group
    has fewer than ``smallest`` of them.
    """
    found = activation_gap(coded, smallest, resamples, seed)
    said: Text = {
        "sv": "Socialsekreterarnas genomsnittliga hållning till aktiveringen jämförd med enheternas medarbetares",
        "en": "The mean stance of social workers on activation compared with that of unit staff",
    }
    return direction(found, said, sign=-1, scale="mean")


def activation_gap(coded: pd.DataFrame, smallest: int, resamples: int, seed: int) -> Estimate:
    """Estimate social workers' mean stance on activation minus unit staff's; NaN where either has few segments."""
    spoken = coded[coded["code"].isin(ACTIVATION) & coded["stance"].notna()]
    if any((spoken["speaker_actor"] == actor).sum() < smallest for actor in STAFF):
        return Estimate(float("nan"), float("nan"), float("nan"), float("nan"), len(spoken))
    return clustered_difference(
        spoken, "stance", "speaker_actor", *STAFF, "interview_id", resamples=resamples, seed=seed
    )
