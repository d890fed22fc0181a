"""The study's claims: whether the material reaches as far as the presentation says, and whether its coding can be trusted."""

import pandas as pd

from analysis.effect_sizes import size
from analysis.shared import inside
from report_engine.methods.reliability import Alpha
from report_engine.model.section import Outcome, Verdict
from report_engine.words.editions import EDITIONS, Text
from report_engine.words.numbers import number, percent_words

RELIABLE = 0.667
"""The lowest alpha from which tentative conclusions may be drawn; Krippendorff (2004), Content Analysis."""

GROUPS = ("managers", "staff", "participants")


def claim_interviews_cover_all(interviews: pd.DataFrame, codes: tuple[str, ...], names: pd.Series) -> Verdict:
    """Managers, staff and participants were interviewed in every municipality of the study (``codes``)."""
    met = set(zip(interviews["municipality_code"], interviews["group"], strict=True))
    lacking = sorted({names.get(code, code) for code in codes for group in GROUPS if (code, group) not in met})
    listed = ", ".join(lacking)
    return Verdict(
        "fails" if lacking else "holds",
        {"municipalities": len(codes), "lacking": len(lacking), "interviews": len(interviews)},
        {
            "sv": f"Någon grupp saknas i {listed}."
            if lacking
            else "Alla grupper finns i kommunen."
            if len(codes) == 1
            else f"Alla grupper finns i samtliga {len(codes)} kommuner.",
            "en": f"A group is missing in {listed}."
            if lacking
            else "All groups are there in the municipality."
            if len(codes) == 1
            else f"All groups are there in each of {len(codes)} municipalities.",
        },
        size(
            len(codes) - len(lacking), "count",
            {"sv": "kommuner där alla grupper intervjuats", "en": "municipalities where all groups were interviewed"},
            n=len(codes),
        ),
    )  # fmt: skip


def claim_answers_from_all(counts: pd.DataFrame) -> Verdict:
    """Every actor answered the survey in every municipality; ``counts`` has one row a municipality and actor, ``n``.

    Takes the counts before disclosure control, but only says how many combinations lack an answer.
    """
    without = int((counts["n"] == 0).sum())
    return Verdict(
        "fails" if without else "holds",
        {"combinations": len(counts), "without": without},
        {
            "sv": f"{number(len(counts) - without, 'sv')} av {number(len(counts), 'sv')} kombinationer av kommun och aktör har svar.",
            "en": f"{number(len(counts) - without, 'en')} of {number(len(counts), 'en')} combinations of municipality and actor have answers.",
        },
        size(
            len(counts) - without, "count",
            {"sv": "kombinationer av kommun och aktör med svar", "en": "combinations of municipality and actor with answers"},
            n=len(counts),
        ),
    )  # fmt: skip


def claim_response_over_half(rates: pd.DataFrame, labels: dict[object, Text]) -> Verdict:
    """More than half of those invited answered, in every group of actors and wave.

    ``rates`` is ``response_rates`` by wave and actor. The reason names the lowest.
    """
    known = rates.dropna(subset=["rate"])
    if known.empty:
        return Verdict("untestable", {}, {"sv": "Ingen tillfrågades.", "en": "Nobody was invited."})
    lowest = known.sort_values(["rate", "wave", "actor"]).iloc[0]
    below = int((known["rate"] <= 0.5).sum())
    return Verdict(
        "fails" if below else "holds",
        {"lowest": float(lowest["rate"]), "groups": len(known), "not_above_half": below},
        {
            e: (
                f"Lägst: {inside(labels[lowest['actor']])[e]} {lowest['wave']}, {percent_words(lowest['rate'], e)}."
                if e == "sv"
                else f"Lowest: {inside(labels[lowest['actor']])[e]} in {lowest['wave']}, {percent_words(lowest['rate'], e)}."
            )
            for e in EDITIONS
        },
        size(
            lowest["rate"],
            "share",
            {"sv": "lägsta svarsfrekvens", "en": "lowest response rate"},
            n=int(lowest["invited"]),
        ),
    )


def claim_reliable(alpha: Alpha) -> Verdict:
    """Two coders agree well enough: alpha at least .667 with its whole interval; with the estimate only, borderline."""
    if alpha.value != alpha.value or alpha.n_units == 0:
        return Verdict("untestable", {}, {"sv": "Inga dubbelkodade segment.", "en": "No segments coded twice."})
    outcome: Outcome = "holds" if alpha.low >= RELIABLE else "borderline" if alpha.value >= RELIABLE else "fails"
    return Verdict(
        outcome,
        {"alpha": alpha.value, "low": alpha.low, "high": alpha.high, "units": alpha.n_units},
        {
            e: (
                f"Krippendorffs alfa {number(alpha.value, e, 2)} (95 procents intervall {number(alpha.low, e, 2)}–{number(alpha.high, e, 2)}) för "
                f"{number(alpha.n_units, e)} dubbelkodade segment; gränsen är {number(RELIABLE, e, 3)}."
                if e == "sv"
                else f"Krippendorff's alpha {number(alpha.value, e, 2)} (95 per cent interval {number(alpha.low, e, 2)}–{number(alpha.high, e, 2)}) for "
                f"{number(alpha.n_units, e)} segments coded twice; the threshold is {number(RELIABLE, e, 3)}."
            )
            for e in EDITIONS
        },
        size(
            alpha.value, "alpha", {"sv": "Krippendorffs alfa", "en": "Krippendorff's alpha"},
            low=alpha.low, high=alpha.high, n=alpha.n_units,
        ),
    )  # fmt: skip
