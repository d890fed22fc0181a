"""What the slides say of the participants, judged by the survey and the interviews."""

from collections.abc import Sequence

import pandas as pd

from analysis.effect_sizes import estimated
from analysis.shared import judge
from analysis.survey_items import HALF, Row, compared, direction, interval, known, majority, minority, too_few
from report_engine.methods.cluster import clustered_mean
from report_engine.methods.estimate import Estimate
from report_engine.methods.survey import AGREE, weighted_mean
from report_engine.model.section import Verdict
from report_engine.words.editions import EDITIONS, Text
from report_engine.words.numbers import count_words, number, percent_words

YOUNG = ("18-24",)
CONTENT = ("glad_to_have_something", "tasks_useful", "tasks_match_wishes")
"""The items whose mean says how positive a participant is about what they do."""


def claim_glad(row: Row) -> Verdict:
    """Participants are mostly glad to have something to do: more than half agree."""
    return majority(
        row,
        {"sv": "är glada att ha något att göra", "en": "are glad to have something to do"},
    )


def claim_tasks_do_not_match(row: Row) -> Verdict:
    """Tasks do not match what participants want: fewer than half say that they do."""
    return minority(
        row,
        {
            "sv": "anser att uppgifterna stämmer med deras önskemål",
            "en": "find that the tasks match their wishes",
        },
    )


def claim_tasks_not_useful(row: Row) -> Verdict:
    """Participants find it hard to see the use of what they do: fewer than half say that it is of use."""
    return minority(
        row,
        {"sv": "anser att uppgifterna är till nytta", "en": "find the tasks of use"},
    )


def claim_young_more_positive(actors: pd.DataFrame, smallest: int = 1) -> Verdict:
    """Young participants are more positive: the mean of three items on what they do is higher than among older ones.

    ``actors`` is the whole survey with the items of ``CONTENT``, ``age_group``, ``actor`` and ``wave``; the last wave
    decides. Untestable with fewer than ``smallest`` answers.
    """
    asked = (actors["wave"] == actors["wave"].max()) & (actors["actor"] == "participant")
    age = actors["age_group"].isin(YOUNG).map({True: "young", False: "older"}).where(asked)
    if not {"young", "older"} <= set(age.dropna()):
        return too_few()
    index = actors[list(CONTENT)].astype("Float64").mean(axis=1)
    found = compared(actors.assign(_age=age, _content=index), "_content", "_age", "young", "older", smallest=smallest)
    said: Text = {
        "sv": f"De yngsta jämförda med övriga, medelvärde av {count_words(len(CONTENT), 'sv')} påståenden på skalan 1–5",
        "en": f"The youngest compared with the others, mean of {count_words(len(CONTENT), 'en')} items on the scale 1–5",
    }
    return direction(found, said, scale="mean")


def claim_used_as_cheap_labour(found: Estimate, agree: Row) -> Verdict:
    """Several feel used as cheap labour: more participants agree than disagree.

    ``found`` is ``balance`` of the item; ``agree`` the share agreeing, told in the reason. The slide says "several",
    not "most": a majority would be too much to ask.
    """
    if not (known(found.low) and known(agree["estimate"])):
        return too_few()
    against = float(agree["estimate"]) - found.estimate
    return Verdict(
        judge(found.estimate, found.low, found.high, 0),
        {"balance": found.estimate, "low": found.low, "high": found.high, "n": found.n},
        {
            "sv": f"{percent_words(agree['estimate'], 'sv')} instämmer och {percent_words(against, 'sv')} tar avstånd "
            f"(n = {number(found.n, 'sv')}). Gränsen: fler instämmer än tar avstånd.",
            "en": f"{percent_words(agree['estimate'], 'en')} agree and {percent_words(against, 'en')} disagree "
            f"(n = {number(found.n, 'en')}). The threshold: more agree than disagree.",
        },
        estimated(
            found,
            "share_difference",
            {"sv": "andel som instämmer minus andel som tar avstånd", "en": "share who agree minus share who disagree"},
        ),
    )


def balance(actors: pd.DataFrame, item: str) -> Estimate:
    """Estimate the share agreeing (4, 5) minus the share disagreeing (1, 2) with an item in the last wave.

    ``actors`` is the whole survey. Returns NaN with n 0 where nobody answered.
    """
    answer = actors[item].where(actors["wave"] == actors["wave"].max())
    if not answer.notna().any():
        return Estimate(float("nan"), float("nan"), float("nan"), float("nan"), 0)
    against = [6 - step for step in AGREE]
    sides = answer.isin(AGREE).astype("float64") - answer.isin(against).astype("float64")
    row = weighted_mean(actors.assign(_balance=sides.where(answer.notna())), "_balance").iloc[0]
    return Estimate(float(row["estimate"]), float(row["se"]), float(row["low"]), float(row["high"]), int(row["n"]))


def claim_pes_out_of_reach(row: Row) -> Verdict:
    """The PES is out of reach: fewer than half can reach their officer there."""
    return minority(
        row,
        {
            "sv": "når sin handläggare på Arbetsförmedlingen när de behöver",
            "en": "can reach their officer at the PES when they need to",
        },
    )


def claim_unit_wants_to_help(row: Row) -> Verdict:
    """Participants are content with the units' staff: more than half say that they want to help."""
    return majority(
        row,
        {"sv": "anser att enhetens personal vill hjälpa", "en": "find that the unit's staff want to help"},
    )


def claim_feel_controlled(row: Row) -> Verdict:
    """Participants feel controlled without need: more than half agree."""
    return majority(
        row,
        {"sv": "känner sig kontrollerade i onödan", "en": "feel controlled without need"},
    )


def claim_stuck(coded: pd.DataFrame, smallest: int, resamples: int, seed: int) -> Verdict:
    """Participants get stuck in the system: more than half of what they say of it is critical.

    ``coded`` is ``shared.coded_segments``; the share is of segments that take a stance, of which there must be ``smallest``.
    """
    found = stuck(coded, smallest, resamples, seed)
    if not known(found.low):
        return too_few()
    return Verdict(
        judge(found.estimate, found.low, found.high, HALF),
        {"critical": found.estimate, "low": found.low, "high": found.high, "n": found.n},
        {
            e: (
                f"{percent_words(found.estimate, e)} av deltagarnas segment om detta är kritiska "
                f"({interval(found.low, found.high, e)}, {number(found.n, e)} segment). Gränsen: mer än hälften."
                if e == "sv"
                else f"{percent_words(found.estimate, e)} of what participants say of it is critical "
                f"({interval(found.low, found.high, e)}, {number(found.n, e)} segments). The threshold: more than half."
            )
            for e in EDITIONS
        },
        estimated(found, "share", {"sv": "andel kritiska segment", "en": "share of critical segments"}),
    )


def stuck(coded: pd.DataFrame, smallest: int, resamples: int, seed: int) -> Estimate:
    """Estimate the share of critical segments in what participants say of getting stuck; NaN where there are few."""
    spoken = coded[(coded["code"] == "stuck_in_system") & (coded["speaker_actor"] == "participant")]
    spoken = spoken[spoken["stance"].notna()]
    if len(spoken) < smallest:
        return Estimate(float("nan"), float("nan"), float("nan"), float("nan"), len(spoken))
    critical = spoken.assign(critical=spoken["stance"] == -1)
    return clustered_mean(critical, "critical", "interview_id", resamples=resamples, seed=seed)


def claim_want_paid_jobs(items: Sequence[str]) -> Verdict:
    """Everyone wants a job with real pay: nobody was asked, so the survey can't say.

    ``items`` are the survey's questions to participants.
    """
    count = len(items)
    return Verdict(
        "untestable",
        {"items": count},
        {
            "sv": f"Ingen av enkätens {number(count, 'sv')} frågor till deltagarna gäller vad de helst vill, och kodboken har ingen kod för det.",
            "en": f"None of the survey's {number(count, 'en')} questions to participants is about what they want most, and the codebook has "
            "no code for it.",
        },
    )
