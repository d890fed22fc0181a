"""The conclusions' own tests: what has changed at the labour-market units, and what the interviews say of it."""

import pandas as pd

from analysis.effect_sizes import MEAN_STANCE, VOICED_IN, estimated, size
from analysis.shared import judge, points, some_places
from analysis.survey_items import known, too_few
from report_engine.methods.cluster import clustered_mean
from report_engine.methods.estimate import Estimate
from report_engine.model.section import Outcome, Verdict
from report_engine.words.editions import EDITIONS, Text
from report_engine.words.numbers import count_words, number, percent_words

WINDOW = 3
"""Years that are averaged at either end, so that a single year does not decide."""


def ends(values: pd.DataFrame, window: int = WINDOW) -> pd.DataFrame:
    """Average each municipality's first and last years.

    ``values`` has ``municipality_code``, ``year``, ``value`` (share 0–1). Returns ``municipality_code``, ``first``, ``last``
    over up to ``window`` years at either end, never the same year at both; no rows from a single year.
    """
    years = sorted(values.dropna(subset=["value"])["year"].unique())
    window = min(window, len(years) // 2)
    if not window:
        return pd.DataFrame(columns=["municipality_code", "first", "last"])
    means = {
        name: values[values["year"].isin(chosen)].groupby("municipality_code")["value"].mean()
        for name, chosen in (("first", years[:window]), ("last", years[-window:]))
    }
    return pd.DataFrame(means).dropna().reset_index()


def claim_rose(values: pd.DataFrame, said: Text, window: int = WINDOW) -> Verdict:
    """Something has become more common: its mean over municipalities rose, and it rose in more than half of them.

    ``values`` is as for ``ends``; ``said`` begins the reason. A rise of the mean that fewer municipalities share is
    borderline. The municipalities are described, not sampled, so there is no interval.
    """
    both = ends(values, window)
    if both.empty:
        return Verdict(
            "untestable", {}, {"sv": "Färre än två år har uppgifter.", "en": "Fewer than two years have data."}
        )
    first, last = float(both["first"].mean()), float(both["last"].mean())
    risen, compared = int((both["last"] > both["first"]).sum()), len(both)
    outcome: Outcome = "fails" if last <= first else "holds" if risen > compared / 2 else "borderline"
    years = sorted(values["year"].unique())
    return Verdict(
        outcome,
        {"first": first, "last": last, "risen": risen, "compared": compared},
        {
            "sv": f"{said['sv']}: från {percent_words(first, 'sv')} de första åren till {percent_words(last, 'sv')} de sista "
            f"({points(last - first, 'sv')}, {years[0]}–{years[-1]}); uppgång i {some_places(risen, compared, 'sv')}.",
            "en": f"{said['en']}: from {percent_words(first, 'en')} in the first years to {percent_words(last, 'en')} in the last "
            f"({points(last - first, 'en')}, {years[0]}–{years[-1]}); a rise in {some_places(risen, compared, 'en')}.",
        },
        size(
            last - first,
            "share",
            {"sv": "ändring av medelvärdet över kommunerna", "en": "change of the mean over municipalities"},
            n=compared,
        ),
    )


def claim_from_social_services(units: pd.DataFrame) -> Verdict:
    """The units take their participants from social services: in most municipalities these refer more than the PES does.

    ``units`` is the tidy ``labour_units``; the last year decides. Half of the municipalities or fewer is borderline as
    long as social services refer more on average.
    """
    columns = ["referred_by_social_services_share", "referred_by_pes_share"]
    known = units.dropna(subset=columns)
    if known.empty:
        return too_few()
    year = int(known["year"].max())
    now = known[known["year"] == year]
    social, pes = (float(now[column].mean()) for column in columns)
    more, compared = int((now[columns[0]] > now[columns[1]]).sum()), len(now)
    outcome: Outcome = "fails" if social <= pes else "holds" if more > compared / 2 else "borderline"
    return Verdict(
        outcome,
        {"social_services": social, "pes": pes, "more": more, "compared": compared},
        {
            "sv": f"{year} anvisade socialtjänsten i genomsnitt {percent_words(social, 'sv')} av deltagarna och Arbetsförmedlingen "
            f"{percent_words(pes, 'sv')}; socialtjänsten anvisade flest i {some_places(more, compared, 'sv')}.",
            "en": f"In {year} social services referred {percent_words(social, 'en')} of the participants on average and the PES "
            f"{percent_words(pes, 'en')}; social services referred more in {some_places(more, compared, 'en')}.",
        },
        size(
            social - pes, "share_difference",
            {"sv": "socialtjänstens andel minus Arbetsförmedlingens", "en": "social services' share minus the PES's"},
            n=compared,
        ),
    )  # fmt: skip


def claim_valued(coded: pd.DataFrame, codes: tuple[str, ...], smallest: int, resamples: int, seed: int) -> Verdict:
    """Those who speak of something value it: the mean stance of the segments with ``codes`` is above zero.

    ``coded`` is ``shared.coded_segments``; the interval is over resampled interviews.
    """
    found = valuation(coded, codes, smallest, resamples, seed)
    if not known(found.low):
        return too_few()
    written = {e: [number(x, e, 2, signed=True) for x in (found.estimate, found.low, found.high)] for e in EDITIONS}
    return Verdict(
        judge(found.estimate, found.low, found.high, 0),
        {"mean_stance": found.estimate, "low": found.low, "high": found.high, "n": found.n},
        {
            "sv": f"Den genomsnittliga hållningen är {written['sv'][0]} på en skala från −1 till 1 ({written['sv'][1]} till "
            f"{written['sv'][2]}, {number(found.n, 'sv')} segment).",
            "en": f"The mean stance is {written['en'][0]} on a scale from −1 to 1 ({written['en'][1]} to {written['en'][2]}, "
            f"{number(found.n, 'en')} segments).",
        },
        estimated(found, "stance", MEAN_STANCE),
    )


def valuation(coded: pd.DataFrame, codes: tuple[str, ...], smallest: int, resamples: int, seed: int) -> Estimate:
    """Estimate the mean stance of the segments with ``codes``; NaN with fewer than ``smallest`` of them."""
    spoken = coded[coded["code"].isin(codes) & coded["stance"].notna()]
    if len(spoken) < smallest:
        return Estimate(float("nan"), float("nan"), float("nan"), float("nan"), len(spoken))
    return clustered_mean(spoken, "stance", "interview_id", resamples=resamples, seed=seed)


def claim_voiced_by_all_sides(coded: pd.DataFrame, code: str, sides: tuple[str, ...]) -> Verdict:
    """Something is a common ground: it is voiced by each of ``sides`` (of ``shared.GROUPS``) in more than half of the municipalities together.

    ``coded`` is ``shared.coded_segments``. Holds when all sides voice it and more than half of the municipalities have
    it, borderline when only one of the two is so, fails when neither.
    """
    spoken = coded[(coded["code"] == code) & coded["side"].isin(sides)]
    places = coded["municipality_code"].nunique()
    found, heard = int(spoken["municipality_code"].nunique()), int(spoken["side"].nunique())
    met = [heard == len(sides), found > places / 2]
    outcome: Outcome = "holds" if all(met) else "borderline" if any(met) else "fails"
    return Verdict(
        outcome,
        {"municipalities": found, "of": places, "sides": heard, "of_sides": len(sides)},
        {
            "sv": f"Motprestation tas upp av {count_words(heard, 'sv')} av {count_words(len(sides), 'sv')} grupper, i "
            f"{some_places(found, places, 'sv')}. Gränsen: alla grupper och mer än hälften av kommunerna.",
            "en": f"Quid pro quo is brought up by {count_words(heard, 'en')} of {count_words(len(sides), 'en')} groups, in "
            f"{some_places(found, places, 'en')}. The threshold: all groups and more than half of the municipalities.",
        },
        size(found, "count", VOICED_IN, n=places),
    )
