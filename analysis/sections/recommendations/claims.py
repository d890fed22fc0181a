"""What the recommendations' own slides say, judged by the units' data, the official exits and the literature."""

import pandas as pd

from analysis.effect_sizes import estimated, size
from analysis.shared import judge
from analysis.survey_items import known
from report_engine.methods.association import FEWEST, rank_correlation
from report_engine.methods.estimate import Estimate
from report_engine.model.section import Outcome, Verdict
from report_engine.words.editions import EDITIONS, Edition
from report_engine.words.numbers import count_words, listing, number

ANOMALY = 30.0
"""An official exit share this many percentage points from the municipality's own median is flagged."""


def claim_exits_go_with_resources(found: Estimate) -> Verdict:
    """Exits to work or study go with resource activation: Spearman's correlation over municipalities is positive.

    ``found`` is ``correlation``: holds when its bootstrap interval is above zero, borderline when the estimate only is.
    """
    return _association(found)


def claim_official_exits_agree(found: Estimate, flagged: int) -> Verdict:
    """The official exit shares show the same association; ``flagged`` values are anomalous, and medians weaken them."""
    verdict = _association(found)
    if verdict.outcome == "untestable":
        return verdict
    more = {
        "sv": f" Officiella värden är medianer över åren; {count_words(flagged, 'sv') if flagged else 'inget'} av årsvärdena avviker kraftigt.",
        "en": f" Official values are medians over the years; {count_words(flagged, 'en') if flagged else 'none'} of the yearly values deviate strongly.",
    }
    return Verdict(
        verdict.outcome,
        {**verdict.numbers, "flagged": flagged},
        {e: verdict.reason[e] + more[e] for e in EDITIONS},
        verdict.effect,
    )


def correlation(frame: pd.DataFrame, x: str, y: str, resamples: int, seed: int) -> Estimate:
    """Correlate two columns over municipalities (Spearman, bootstrap interval); all NaN with too few municipalities."""
    pairs = frame[[x, y]].dropna()
    if len(pairs) < FEWEST:
        return Estimate(float("nan"), float("nan"), float("nan"), float("nan"), len(pairs))
    return rank_correlation(pairs[x], pairs[y], resamples=resamples, seed=seed)


def _association(found: Estimate) -> Verdict:
    if not known(found.low):
        return Verdict(
            "untestable",
            {"n": found.n},
            {"sv": "För få kommuner för ett samband.", "en": "Too few municipalities for an association."},
        )
    words = {e: [number(x, e, 2, signed=True) for x in (found.estimate, found.low, found.high)] for e in EDITIONS}
    return Verdict(
        judge(found.estimate, found.low, found.high, 0),
        {"spearman": found.estimate, "low": found.low, "high": found.high, "n": found.n},
        {
            "sv": f"Rangkorrelationen är {words['sv'][0]} ({words['sv'][1]} till {words['sv'][2]}) över {count_words(found.n, 'sv')} kommuner. "
            "Ett samband, ingen effekt.",
            "en": f"The rank correlation is {words['en'][0]} ({words['en'][1]} to {words['en'][2]}) over {count_words(found.n, 'en')} municipalities. "
            "An association, not an effect.",
        },
        estimated(found, "correlation", {"sv": "rangkorrelation", "en": "rank correlation"}),
    )


def claim_sanctions_raise_dependency(studies: pd.DataFrame) -> Verdict:
    """Research shows that sanctions raise the risk of dependency on social assistance.

    ``studies`` is the tidy ``studies``; those that test sanctions count once per group of authors, so that a thesis and an
    article on the same data are one study. Holds when at least two all find harm, borderline when more than half do,
    fails otherwise.
    """
    tested = studies.dropna(subset=["sanctions"]).sort_values(["year", "bib_key"])
    if tested.empty:
        return Verdict(
            "untestable",
            {},
            {"sv": "Ingen läst studie prövar sanktioner.", "en": "No study that was read tests sanctions."},
        )
    findings = tested.groupby("authors_short", sort=True)["sanctions"].agg(lambda said: _one(list(said)))
    harms = [str(name) for name in findings.index[findings == "harms"]]
    others = [str(name) for name in findings.index[findings != "harms"]]
    agree = len(harms) >= 2 and not others
    outcome: Outcome = "holds" if agree else "borderline" if len(harms) > len(others) else "fails"
    return Verdict(
        outcome,
        {"harm": len(harms), "other": len(others)},
        {e: _studies(harms, others, e) for e in EDITIONS},
        size(
            len(harms), "count",
            {"sv": "studier där sanktioner går ihop med längre biståndstid", "en": "studies in which sanctions go with longer spells"},
            n=len(findings),
        ),
    )  # fmt: skip


def dissenting(tested: pd.DataFrame) -> tuple[str, ...]:
    """Return the bib keys, sorted, of studies of sanctions that find something else than that they do harm."""
    return tuple(sorted(tested.loc[tested["sanctions"] != "harms", "bib_key"]))


def _one(said: list[str]) -> str:
    """Sum up what one group of authors finds; differing findings are mixed."""
    return said[0] if len(set(said)) == 1 else "mixed"


def _studies(harms: list[str], others: list[str], edition: Edition) -> str:
    none = {"sv": "ingen", "en": "none"}[edition]
    short = {"sv": " m.fl.", "en": " et al."}[edition]
    first, second = (
        listing([name.replace(" et al.", short) for name in names], edition) or none for names in (harms, others)
    )
    return {
        "sv": f"Sanktioner går ihop med längre biståndstid enligt {first}, inte enligt {second}; avhandling och artikel ur samma data räknas "
        "som en studie. Samband i få kommuner.",
        "en": f"Sanctions go with longer spells on assistance according to {first}, not according to {second}; a thesis and an article on "
        "the same data count as one study. Associations in few municipalities.",
    }[edition]


def claim_secrecy_in_the_way(items: int, codes: int) -> Verdict:
    """Secrecy is not the real obstacle, or is it: neither the survey nor the codebook asks, so the data can't say.

    ``items`` and ``codes`` count the survey's questions and the codebook's codes that were looked through.
    """
    return Verdict(
        "untestable",
        {"items": items, "codes": codes},
        {
            "sv": f"Ingen av enkätens {number(items, 'sv')} frågor och ingen av kodbokens {number(codes, 'sv')} koder gäller sekretess.",
            "en": f"None of the survey's {number(items, 'en')} items and none of the codebook's {number(codes, 'en')} codes is about secrecy.",
        },
    )
