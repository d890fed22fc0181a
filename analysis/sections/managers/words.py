"""Captions, alt texts and facts on managers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

import pandas as pd

from analysis.sections.managers.figures import MODEL_LABELS, ROW_LABELS
from analysis.sections.managers.frames import JOB, RESOURCE, ROLE_CODES
from analysis.shared import (
    ABBREVIATIONS,
    INTERVIEW_TABLES,
    MANAGERS,
    inside,
    plain_share,
    points_facts,
    same,
    unheard,
)
from analysis.survey_items import (
    HIDDEN,
    NO_ESTIMATE,
    NONE_SHOWN,
    SURVEY,
    Row,
    cell,
    interval_fact,
    known,
    share_fact,
)
from report_engine.methods.estimate import Estimate
from report_engine.model.section import Fact, Origin
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import Parts
from report_engine.words.editions import EDITIONS, Edition, Text
from report_engine.words.numbers import both, count_words, listing, number, percent, percent_words

TITLES: Mapping[str, Text] = {
    "activation_models": {"sv": "Jobbaktivering och resursaktivering", "en": "Job activation and resource activation"},
    "pes_discretion": {"sv": "Arbetsförmedlingens handlingsfrihet", "en": "Discretion in the PES"},
    "codes_by_actor": {
        "sv": "Roller och modeller i chefernas intervjuer",
        "en": "Roles and models in the managers' interviews",
    },
}
ITEM_LABELS: Mapping[object, Text] = {
    **MODEL_LABELS,
    "furthest_supported": {
        "sv": "De längst från arbete får det stöd de behöver",
        "en": "Those furthest from work get the support they need",
    },
    "resources_to_closest": {
        "sv": "Resurserna går till dem närmast arbete",
        "en": "Resources go to those closest to work",
    },
    "measures_documented": {"sv": "Insatserna dokumenteras", "en": "Measures are documented"},
    "effects_known": {"sv": "Vi vet vilka effekter insatserna har", "en": "We know what effects our measures have"},
    "caseload_manageable": {"sv": "Ärendemängden är rimlig", "en": "The caseload is manageable"},
}
SIDES = ("municipal_manager", "pes_manager", "staff")


@dataclass(frozen=True)
class Frames:
    """The frames and estimates of this section, computed once."""

    views: pd.DataFrame
    pooled: pd.DataFrame  # agreement with the two models by side
    lean: pd.DataFrame
    gap: Estimate  # sanctions needed: municipal minus PES managers
    roles: pd.DataFrame
    discretion: pd.DataFrame
    ends: Mapping[str, Estimate]
    rules_gap: Estimate
    job_within: Estimate
    entrepreneur_within: Estimate
    rules_share: Estimate
    answers: pd.DataFrame
    discretion_places: int
    interviews: int
    wave: int
    code_labels: Mapping[object, Text]
    actor_labels: Mapping[object, Text]


def activation_models(f: Frames) -> tuple[Text, Text]:
    """Word the caption and alt text of job and resource activation."""
    municipal, pes = (
        {item: cell(f.pooled, item=item, side=side) for item in (JOB, RESOURCE)}
        for side in ("municipal_manager", "pes_manager")
    )
    said = {
        e: {
            side: [_share(row[item], e) for item in (JOB, RESOURCE)]
            for side, row in (("municipal", municipal), ("pes", pes))
        }
        for e in EDITIONS
    }
    caption: Text = {
        "sv": f"Bland kommunala chefer anser {said['sv']['municipal'][0]} att krav och sanktioner behövs och {said['sv']['municipal'][1]} att utbildning är "
        f"vägen; bland Arbetsförmedlingens chefer {said['sv']['pes'][0]} respektive {said['sv']['pes'][1]} ({f.wave}). Strecken är 95-procentiga konfidensintervall.",
        "en": f"Among municipal managers {said['en']['municipal'][0]} find demands and sanctions needed and {said['en']['municipal'][1]} education the "
        f"way; among PES managers {said['en']['pes'][0]} and {said['en']['pes'][1]} respectively ({f.wave}). The lines are 95 per cent confidence intervals.",
    }
    rows = {
        e: "; ".join(
            f"{inside(f.actor_labels[actor])[e]} {' / '.join(_share(cell(f.views, item=item, actor=actor), e) for item in (JOB, RESOURCE))}"
            for actor in dict.fromkeys(f.views["actor"])
        )
        for e in EDITIONS
    }
    alt: Text = {
        "sv": f"Punkter med konfidensintervall, en rad per aktör: till vänster andelen för krav och sanktioner, till höger för utbildning: {rows['sv']}.",
        "en": f"Dots with confidence intervals, one row an actor: on the left the share for demands and sanctions, on the right for education: {rows['en']}.",
    }
    return caption, alt


def pes_discretion(f: Frames) -> tuple[Text, Text]:
    """Word the caption and alt text of the PES' discretion."""
    own = cell(f.discretion, row="discretion_own")
    if own["n"] is None:
        unheard()
    ends = {e: [_percent(own[name], e) for name in ("critical", "supportive")] for e in EDITIONS}
    caption: Text = {
        "sv": f"{ends['sv'][0]} av vad Arbetsförmedlingens chefer säger om sin handlingsfrihet går ut på att de inte har någon, {ends['sv'][1]} på att de har mycket.",
        "en": f"{ends['en'][0]} of what PES managers say of their discretion is that they have none, {ends['en'][1]} that they have much.",
    }
    rows = {
        e: "; ".join(
            f"{inside(ROW_LABELS[row['row']])[e]}: {', '.join(_percent(row[name], e) for name in ('critical', 'neutral', 'supportive'))}"
            for row in f.discretion.to_dict("records")
        )
        for e in EDITIONS
    }
    alt: Text = {
        "sv": f"Liggande staplar som summerar till hundra procent: ingen frihet eller kritisk, neutral, mycket frihet eller stödjande; {rows['sv']}.",
        "en": f"Horizontal bars adding up to a hundred per cent: no freedom or critical, neutral, much freedom or supportive; {rows['en']}.",
    }
    return caption, alt


def codes_by_actor(f: Frames) -> tuple[Text, Text]:
    """Word the caption and alt text of the role and activation codes."""
    top = {}
    for actor in MANAGERS:
        rows = f.roles[(f.roles["actor"] == actor) & f.roles["share"].notna()]
        if len(rows):
            top[actor] = rows.sort_values("share", ascending=False, kind="stable").iloc[0]
    if not top:
        return NONE_SHOWN, NONE_SHOWN
    said = {
        e: listing(
            [
                f"{inside(f.actor_labels[a])[e]}: {inside(f.code_labels[row['code']])[e]} ({percent_words(row['share'], e, 1)})"
                for a, row in top.items()
            ],
            e,
        )
        for e in EDITIONS
    }
    caption: Text = {
        "sv": f"Vanligaste kod av {count_words(len(ROLE_CODES), 'sv')}, som andel av allt en grupp säger – {said['sv']}. {ABBREVIATIONS['sv']}",
        "en": f"Commonest code of {count_words(len(ROLE_CODES), 'en')}, as a share of all that a group says – {said['en']}. {ABBREVIATIONS['en']}",
    }
    cells = {
        e: "; ".join(f"{inside(f.code_labels[code])[e]} {_row(f, code, e)}" for code in ROLE_CODES) for e in EDITIONS
    }
    alt: Text = {
        "sv": f"Värmekarta över {count_words(len(ROLE_CODES), 'sv')} koder och grupperna av chefer (Arbetsförmedlingen, socialtjänsten, arbetsmarknadsenheten): {cells['sv']}.",
        "en": f"Heat map of {count_words(len(ROLE_CODES), 'en')} codes and the groups of managers (PES, social services, labour-market unit): {cells['en']}.",
    }
    return caption, alt


def _row(f: Frames, code: str, edition: Edition) -> str:
    shares = [cell(f.roles, actor=actor, code=code).get("share") for actor in MANAGERS]
    return " / ".join(
        ".." if share is None or not known(share) else percent(float(share), edition, 1) for share in shares
    )


def answers(f: Frames) -> Text:
    """Word the caption of the table of managers' answers."""
    shares = f.answers[[f"{actor}_estimate" for actor in MANAGERS]].astype("float64")
    spans = (shares.max(axis=1) - shares.min(axis=1)).dropna()
    if spans.empty:
        return {"sv": "Chefernas svar i enkäten.", "en": "Managers' answers to the survey."}
    widest, closest = (inside(ITEM_LABELS[f.answers.loc[index, "item"]]) for index in (spans.idxmax(), spans.idxmin()))
    return {
        "sv": f"Cheferna skiljer sig mest i frågan om ”{widest['sv']}” och minst i frågan om ”{closest['sv']}” ({f.wave}).",
        "en": f"Managers differ most on “{widest['en']}” and least on “{closest['en']}” ({f.wave}).",
    }


def facts(parts: Parts, inputs: Inputs, f: Frames) -> None:
    """Add the numbers that the chapter quotes."""
    origin = inputs.origin(*SURVEY)
    for add in (_survey_facts, _lean_facts, _gap_facts, _wave_facts):
        parts.facts(partial(add, f, origin))
    spoken = inputs.origin(*INTERVIEW_TABLES)
    for add in (_interview_facts, _rules_facts, _discretion_facts):
        parts.facts(partial(add, f, spoken))


def _survey_facts(f: Frames, origin: Origin) -> Iterable[Fact]:
    for side in SIDES:
        for item, name in ((JOB, "sanctions"), (RESOURCE, "education")):
            row = cell(f.pooled, item=item, side=side)
            yield share_fact(f"managers.{name}_{side}", row, SURVEY, origin)
            yield interval_fact(f"managers.{name}_{side}_interval", row, SURVEY, origin)


def _lean_facts(f: Frames, origin: Origin) -> Iterable[Fact]:
    for side in SIDES:
        lean = cell(f.lean, side=side)
        shown = known(lean["estimate"])
        found = (
            Estimate(lean["estimate"], float("nan"), lean["low"], lean["high"], int(lean["n"]))
            if shown
            else NO_ESTIMATE
        )
        yield from points_facts(f"managers.lean_{side}", found, SURVEY, origin)
        word = lean_word(found) if shown else HIDDEN
        yield Fact(f"managers.lean_{side}_word", None, word, "word", SURVEY, origin)


def _gap_facts(f: Frames, origin: Origin) -> Iterable[Fact]:
    yield from points_facts("managers.sanctions_gap", f.gap, SURVEY, origin)


def _wave_facts(f: Frames, origin: Origin) -> Iterable[Fact]:
    yield Fact("managers.wave", f.wave, same(f.wave), "year", SURVEY, origin)


def _interview_facts(f: Frames, origin: Origin) -> Iterable[Fact]:
    for name, found in (
        ("job_activation_share", f.job_within),
        ("entrepreneur_share", f.entrepreneur_within),
        ("no_freedom", f.ends["none"]),
        ("much_freedom", f.ends["much"]),
    ):
        yield from _share_facts(name, found, origin)
    yield from points_facts("managers.rules_gap", f.rules_gap, INTERVIEW_TABLES, origin)
    for name, count, words in (
        ("interviews", f.interviews, count_words),
        ("discretion_segments", f.ends["none"].n, count_words),
        ("discretion_places", f.discretion_places, count_words),
        ("role_segments", f.entrepreneur_within.n, number),
        ("model_segments", f.job_within.n, number),
    ):
        yield Fact(f"managers.{name}", count, both(words, count), "count", INTERVIEW_TABLES, origin)


def _rules_facts(f: Frames, origin: Origin) -> Iterable[Fact]:
    yield from _share_facts("rules_share", f.rules_share, origin)


def _discretion_facts(f: Frames, origin: Origin) -> Iterable[Fact]:
    for name, who, stance in (
        ("others_no_freedom", "discretion_others", "critical"),
        ("rules_supported", "rules_own", "supportive"),
        ("rules_criticised", "rules_own", "critical"),
    ):
        row = cell(f.discretion, row=who)
        yield plain_share(f"managers.{name}", row.get(stance), row["n"], INTERVIEW_TABLES, origin)


def _share_facts(name: str, found: Estimate, origin: Origin) -> Iterable[Fact]:
    row = {"estimate": found.estimate, "low": found.low, "high": found.high, "n": found.n}
    yield share_fact(f"managers.{name}", row, INTERVIEW_TABLES, origin)
    yield interval_fact(f"managers.{name}_interval", row, INTERVIEW_TABLES, origin)


def lean_word(found: Estimate) -> Text:
    """Say which model a group leans to, or neither where the interval holds zero."""
    if found.low > 0:
        return {"sv": "jobbaktivering", "en": "job activation"}
    if found.high < 0:
        return {"sv": "resursaktivering", "en": "resource activation"}
    return {"sv": "ingendera modellen", "en": "neither model"}


def _share(row: Row, edition: Edition) -> str:
    return _percent(row["estimate"], edition)


def _percent(value: float, edition: Edition) -> str:
    return percent_words(float(value), edition) if known(value) else ".."
