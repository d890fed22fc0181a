"""The claims on municipal activation: what the slides say of measures, documentation and the poor-relief logic."""

from collections.abc import Mapping

import pandas as pd

from analysis.effect_sizes import size
from analysis.labour_units import COMPETENCE
from analysis.sections.municipal_activation.frames import ALL
from analysis.shared import judge, some, some_of, some_places
from analysis.survey_items import Row, interval, known, too_few
from report_engine.model.section import Outcome, Verdict
from report_engine.words.editions import EDITIONS, Edition, Text
from report_engine.words.numbers import number, percent_words

UNEQUAL = 0.25
"""Municipalities differ clearly in a measure when its share typically lies a quarter of the mean or more from the mean."""

HALF = 0.5
MOST = 0.75
"""Something dominates in the municipalities when it does so in three of four."""

STATEMENTS: Mapping[str, Text] = {
    "measures_heterogeneous": {
        "sv": "Insatserna skiljer sig tydligt mellan kommunerna",
        "en": "The measures differ clearly between municipalities",
    },
    "task_work_dominates": {
        "sv": "Kommunala arbetsuppgifter väger tyngre än kompetenshöjande insatser",
        "en": "Municipal task work outweighs measures that build competence",
    },
    "goals_lacking": {
        "sv": "Insatserna saknar dokumenterade mål",
        "en": "The measures lack documented goals",
    },
    "effects_not_followed_up": {
        "sv": "Insatsernas effekter följs inte upp",
        "en": "The effects of the measures are not followed up",
    },
    "documentation_lacking": {
        "sv": "Dokumentationen av insatserna är bristfällig",
        "en": "The documentation of the measures is lacking",
    },
    "poor_relief_voiced": {
        "sv": "Fattigvårdslogikens alla delar kommer till uttryck i de flesta kommuner",
        "en": "Every part of the poor-relief logic is voiced in most municipalities",
    },
    "poor_relief_municipal": {
        "sv": "Fattigvårdslogiken kommer oftare till uttryck hos kommunala chefer än hos Arbetsförmedlingens chefer",
        "en": "The poor-relief logic is voiced more often by municipal managers than by PES managers",
    },
    "project_form": {
        "sv": "Insatserna är tillfälliga projekt av låg kvalitet",
        "en": "The measures are short-lived projects of low quality",
    },
    "good_examples_not_spread": {
        "sv": "Goda exempel sprids inte mellan kommunerna",
        "en": "Good examples do not spread between municipalities",
    },
}

NOT_ASKED: Mapping[str, Text] = {
    "project_form": {
        "sv": "Underlaget säger inte vilka insatser som är projekt, hur länge de varar eller vilken kvalitet de har.",
        "en": "The data do not say which measures are projects, how long they last or of what quality they are.",
    },
    "good_examples_not_spread": {
        "sv": "Varken enkäten eller kodboken tar upp om arbetssätt sprids mellan kommuner.",
        "en": "Neither the survey nor the codebook takes up whether ways of working spread between municipalities.",
    },
}
"""Why these claims can't be tested as long as the codebook has no code of their name."""


def claim_measures_heterogeneous(dispersion: pd.DataFrame) -> Verdict:
    """More than half of the measures vary by a quarter of their mean (coefficient of variation) between municipalities.

    ``dispersion`` has one row a measure with ``variation``. Some, but no more than half of them, is borderline.
    """
    variation = dispersion["variation"].dropna()
    if variation.empty:
        return _untestable("Det finns bara en kommun att jämföra.", "There is only one municipality to compare.")
    unequal, measures = int((variation >= UNEQUAL).sum()), len(variation)
    outcome: Outcome = "holds" if unequal > measures / 2 else "borderline" if unequal else "fails"
    return Verdict(
        outcome,
        {"unequal": unequal, "measures": measures, "limit": UNEQUAL, "highest": float(variation.max())},
        {
            "sv": f"{some_of(unequal, measures, 'sv', capital=True)} insatser har en variationskoefficient på minst "
            f"{number(UNEQUAL, 'sv', 2)}: kommunernas andelar ligger typiskt {percent_words(UNEQUAL, 'sv')} av medelvärdet eller mer från det. Påståendet "
            "håller om det gäller mer än hälften av insatserna.",
            "en": f"{some_of(unequal, measures, 'en', capital=True)} measures have a coefficient of variation of at "
            f"least {number(UNEQUAL, 'en', 2)}: municipalities' shares typically lie {percent_words(UNEQUAL, 'en')} of the mean or more from it. The claim "
            "holds if that goes for more than half of the measures.",
        },
        size(
            unequal,
            "count",
            {"sv": "insatser som skiljer sig tydligt", "en": "measures that differ clearly"},
            n=measures,
        ),
    )


def claim_task_work_dominates(mix: pd.DataFrame) -> Verdict:
    """Task work outweighs education and subsidised employment together, overall and in three municipalities of four.

    ``mix`` is ``measure_mix``. Overall or in more than half of the municipalities only is borderline.
    """
    ahead = mix["task_work"] > mix[list(COMPETENCE)].sum(axis=1)
    single = mix["municipality_code"] != ALL
    leading, compared = int(ahead[single].sum()), int(single.sum())
    together = bool(ahead[~single].iloc[0])
    dominates = together and leading >= MOST * compared
    outcome: Outcome = "holds" if dominates else "borderline" if together or leading > HALF * compared else "fails"
    task, competence = (float(mix.loc[~single, list(names)].iloc[0].sum()) for names in (("task_work",), COMPETENCE))
    return Verdict(
        outcome,
        {"leading": leading, "compared": compared, "task_work": task, "competence": competence},
        {e: _dominance(e, leading, compared, percent_words(task, e), percent_words(competence, e)) for e in EDITIONS},
        size(
            task - competence, "share_difference",
            {"sv": "arbetsuppgifternas andel minus de kompetenshöjande insatsernas", "en": "share of task work minus that of measures that build competence"},
            n=compared,
        ),
    )  # fmt: skip


def _dominance(edition: Edition, leading: int, compared: int, task: str, competence: str) -> str:
    if edition == "sv":
        return (
            f"Kommunala arbetsuppgifter är {task} av insatserna, utbildning och subventionerad anställning {competence}. Arbetsuppgifterna väger "
            f"tyngre i {some_places(leading, compared, 'sv')}; gränsen går vid {percent_words(MOST, 'sv')}."
        )
    return (
        f"Municipal task work makes up {task} of the measures, education and subsidised employment {competence}. Task work weighs more in "
        f"{some_places(leading, compared, 'en')}; the threshold is {percent_words(MOST, 'en')}."
    )


def claim_practice_lacking(practices: pd.DataFrame, practice: str) -> Verdict:
    """Fewer than half of the municipalities have a practice (documented goals, follow-up of effects) in the latest year.

    ``practices`` has ``practice``, ``year``, ``municipalities_yes``, ``municipalities``. Half to three quarters is borderline.
    """
    rows = practices[practices["practice"] == practice].sort_values("year", kind="stable")
    if rows.empty:
        return _untestable("Ingen kommun har svarat.", "No municipality has answered.")
    first, last = rows.iloc[0], rows.iloc[-1]
    share = float(last["municipalities_yes"] / last["municipalities"])
    outcome: Outcome = "holds" if share < HALF else "borderline" if share < MOST else "fails"
    have = {"documented_goals": ("har dokumenterade mål", "have documented goals"),
            "effect_follow_up": ("följer upp effekter", "follow up effects")}[practice]  # fmt: skip
    yes, all_, then, of = (int(row[key]) for row in (last, first) for key in ("municipalities_yes", "municipalities"))
    return Verdict(
        outcome,
        {
            "yes": yes,
            "municipalities": all_,
            "year": int(last["year"]),
            "yes_first": then,
            "first_year": int(first["year"]),
        },
        {
            "sv": f"{_capital(some_places(yes, all_, 'sv'))} {have[0]} {int(last['year'])}, mot "
            f"{some_of(then, of, 'sv')} {int(first['year'])}. Gränsen går vid färre än hälften.",
            "en": f"{_capital(some_places(yes, all_, 'en'))} {have[1]} in {int(last['year'])}, against "
            f"{some_of(then, of, 'en')} in {int(first['year'])}. The threshold is fewer than half.",
        },
        size(yes, "count", {"sv": f"kommuner som {have[0]}", "en": f"municipalities that {have[1]}"}, n=all_),
    )


def claim_documentation_lacking(goals: Verdict, survey: Row, voiced_in: int, municipalities: int) -> Verdict:
    """Three sources agree that documentation is lacking: the units, the survey and the interviews.

    ``goals`` is the verdict on documented goals; ``survey`` the share of municipal managers and staff who agree that measures are documented
    (``estimate``, ``low``, ``high``); ``voiced_in`` counts the municipalities in whose interviews lacking documentation is voiced. A source
    says so when fewer than half of the units have goals, when fewer than half agree (whole interval), when it is voiced in more
    than half of the municipalities. All three: holds; one or two: borderline; none: fails.
    """
    if not known(survey["high"]):
        return too_few()
    low, high = float(survey["low"]), float(survey["high"])
    share = float(survey["estimate"])
    views: tuple[Outcome, ...] = (
        goals.outcome,
        judge(share, low, high, HALF, sign=-1),
        "holds" if voiced_in > municipalities / 2 else "fails",
    )
    says = [view == "holds" for view in views]
    outcome: Outcome = "holds" if all(says) else "borderline" if any(says) else "fails"
    words = [_SAYS[view] for view in views]
    yes, asked = (int(goals.numbers.get(key, 0)) for key in ("yes", "municipalities"))
    return Verdict(
        outcome,
        {
            "sources": sum(says),
            "survey": share,
            "low": low,
            "high": high,
            "voiced_in": voiced_in,
            "municipalities": municipalities,
        },
        {
            "sv": f"Enheterna: {words[0]['sv']}, {some_of(yes, asked, 'sv')} har dokumenterade mål. Enkäten: {words[1]['sv']}, {percent_words(share, 'sv')} "
            f"anser att insatserna dokumenteras ({interval(low, high, 'sv')}). Intervjuerna: {words[2]['sv']}, brister tas upp i "
            f"{some_places(voiced_in, municipalities, 'sv')}. Påståendet håller om alla källor säger ja.",
            "en": f"The units: {words[0]['en']}, {some_of(yes, asked, 'en')} have documented goals. The survey: {words[1]['en']}, {percent_words(share, 'en')} "
            f"agree that measures are documented ({interval(low, high, 'en')}). The interviews: {words[2]['en']}, shortcomings are brought up in "
            f"{some_places(voiced_in, municipalities, 'en')}. The claim holds if all sources say yes.",
        },
        size(
            share,
            "share",
            {"sv": "andel som anser att insatserna dokumenteras", "en": "share who agree that measures are documented"},
            low=low,
            high=high,
        ),
    )


_SAYS: Mapping[str, Text] = {
    "holds": {"sv": "ja", "en": "yes"},
    "borderline": {"sv": "osäkert", "en": "uncertain"},
    "fails": {"sv": "nej", "en": "no"},
    "untestable": {"sv": "inget svar", "en": "no answer"},
}


def claim_poor_relief_voiced(reach: pd.Series, municipalities: int) -> Verdict:
    """Each poor-relief code is voiced in more than half of the municipalities; most of the codes is borderline.

    ``reach`` counts municipalities by code.
    """
    wide, parts = int((reach > municipalities / 2).sum()), len(reach)
    outcome: Outcome = "holds" if wide == parts else "borderline" if wide > parts / 2 else "fails"
    least = int(reach.min())
    return Verdict(
        outcome,
        {"wide": wide, "parts": parts, "least": least, "municipalities": municipalities},
        {
            "sv": f"{some_of(wide, parts, 'sv', capital=True)} delar tas upp i mer än hälften av de "
            f"{some(municipalities, 'sv')} kommunerna; den minst spridda delen i {some(least, 'sv')}.",
            "en": f"{some_of(wide, parts, 'en', capital=True)} parts are brought up in more than half of the "
            f"{some(municipalities, 'en')} municipalities; the least widespread part in {some(least, 'en')}.",
        },
        size(
            wide,
            "count",
            {
                "sv": "delar som tas upp i mer än hälften av kommunerna",
                "en": "parts brought up in more than half of the municipalities",
            },
            n=parts,
        ),
    )


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _untestable(swedish: str, english: str) -> Verdict:
    return Verdict("untestable", {}, {"sv": swedish, "en": english})
