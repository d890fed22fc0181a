"""Participants: what they think of what they do, by age, and whom they are content with.

The slides say that participants are mostly glad to have something to do but critical of what it is and used as cheap
labour; that the young are more positive; that the PES cannot be reached, that the social services control them without
need, and that the staff of the labour-market units want to help.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pandas as pd

from analysis.population import studied
from analysis.sections.participants import claims, words
from analysis.sections.participants import figures as charts
from analysis.sections.participants.facts import facts
from analysis.sections.participants.robustness import robustness
from analysis.shared import (
    ANSWERS,
    INTERVIEW_TABLES,
    Drawn,
    Evidence,
    Figured,
    coded_segments,
    figure,
    interview_source,
    latest_wave,
    same,
    survey_source,
)
from analysis.shared_texts import say as shared
from analysis.survey_items import (
    SURVEY,
    Row,
    cell,
    enough,
    item_shares,
    likert_cells,
    side_by_side,
    unanswered,
)
from report_engine.methods.cluster import clustered_mean
from report_engine.methods.disclosure import suppress, suppressed_cells
from report_engine.methods.estimate import Estimate
from report_engine.methods.survey import AGREE
from report_engine.model.section import Claim, Column, Provenance, Section, Table, Verdict
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import Absent, Parts, borne, lack, verdict_of
from report_engine.words import texts
from report_engine.words.editions import EDITIONS, Text

TABLES = ("actors", "interviews", "segments", "codebook")
SETTINGS = ("bootstrap", "municipalities", "smallest_cell")
RESTS_ON = ()

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
CONTENT = {
    "unit": ("unit_staff_help", "unit_staff_support"),
    "social_services": ("feel_controlled", "felt_controlled"),
    "pes": ("pes_reachable", "pes_unreachable"),
}
"""Whom participants meet: the survey item (the social services' reversed) and the interview code that tell of it."""
_VALUES = ["estimate", "low", "high"]


@dataclass(frozen=True)
class Frames:
    """What the section computes once, small cells suppressed."""

    first: int
    last: int
    answers: pd.DataFrame
    waves: pd.DataFrame
    """Items by wave: item, wave, estimate, low, high, n, suppressed."""
    ages: pd.DataFrame
    contentment: pd.DataFrame
    cheap: Estimate
    coded: pd.DataFrame
    respondents: int


def build(inputs: Inputs) -> Section:
    """Build the section's figures, tables, facts and claims from the tidy tables."""
    inputs = studied(inputs)
    found = compute(inputs)
    parts = Parts("participants", inputs, texts.load("participants"))
    parts.label("whom", lambda: words.WHOM)
    _figures(parts, inputs, found)
    parts.table("items_by_wave", lambda: _items_table(inputs, found))
    facts(parts, inputs, found)
    parts.claims(_claims(inputs, found))
    return parts.section()


def compute(inputs: Inputs) -> Frames:
    """Compute the section's frames for the waves and interviews at hand; ``parts.Absent`` where not borne."""
    smallest, boot = inputs.settings.smallest_cell, inputs.settings.bootstrap
    actors = borne(lambda: _asked(inputs.tables["actors"]))
    coded = borne(lambda: coded_segments(inputs.tables["segments"], inputs.tables["interviews"]))
    last, current = borne(lambda: int(actors["wave"].max())), borne(lambda: latest_wave(actors))
    return Frames(
        first=borne(lambda: int(actors["wave"].min())),
        last=last,
        answers=borne(lambda: likert_cells(current, ITEMS, ["actor"], smallest).drop(columns="actor")),
        waves=borne(lambda: item_shares(actors, ITEMS, ["wave"], smallest)),
        ages=borne(lambda: item_shares(_with_age(current), BY_AGE, ["age_group"], smallest)),
        contentment=borne(lambda: contentment(current, coded, smallest, boot.resamples, boot.seed)),
        cheap=borne(lambda: enough(claims.balance(actors, "cheap_labour"), smallest)),
        coded=coded,
        respondents=borne(lambda: int(((actors["actor"] == "participant") & (actors["wave"] == last)).sum())),
    )


def _asked(actors: pd.DataFrame) -> pd.DataFrame:
    """Give the whole survey back; raises Unavailable where no participant is in it."""
    if not (actors["actor"] == "participant").any():
        lack("Inga deltagare har svarat på enkäten.", "No participants have answered the survey.")
    return actors


def _with_age(current: pd.DataFrame) -> pd.DataFrame:
    return current.assign(age_group=current["age_group"].where(current["actor"] == "participant"))


def contentment(current: pd.DataFrame, coded: pd.DataFrame, smallest: int, resamples: int, seed: int) -> pd.DataFrame:
    """Estimate how content participants are with unit, social services and PES, in the survey and in the interviews.

    ``current`` holds one wave, ``coded`` the primary coders' segments. Returns ``whom``, ``stream`` (survey: share content,
    0–1; interviews: mean stance, −1 to 1), ``estimate``, ``low``, ``high``, ``n`` (Int64), ``suppressed``. Without interviews
    the survey stands alone, and they without it; raises Unavailable without both.
    """
    rows = []
    spoken = borne(lambda: coded[(coded["speaker_actor"] == "participant") & coded["stance"].notna()])
    for whom, (item, code) in CONTENT.items():
        agree = AGREE if whom != "social_services" else tuple(6 - answer for answer in AGREE)
        share = borne(partial(_share, current, item, smallest, agree))
        if not isinstance(share, Absent):
            rows.append({"whom": whom, "stream": "survey", **{key: share[key] for key in (*_VALUES, "n")}})
        part = None if isinstance(spoken, Absent) else spoken[spoken["code"] == code]
        if part is None or part.empty:
            continue
        mean = clustered_mean(part, "stance", "interview_id", resamples=resamples, seed=seed)
        values = {"estimate": mean.estimate, "low": mean.low, "high": mean.high, "n": mean.n}
        rows.append({"whom": whom, "stream": "interviews", **values})
    if not rows:
        unanswered()
    frame = pd.DataFrame(rows)
    frame["n"] = frame["n"].astype("Int64")
    return suppress(frame, "n", _VALUES, smallest=smallest)


def _share(current: pd.DataFrame, item: str, smallest: int, agree: tuple[int, ...]) -> Row:
    return cell(item_shares(current, [item], ["actor"], smallest, agree), actor="participant")


def _figures(parts: Parts, inputs: Inputs, found: Frames) -> None:
    ages = inputs.labels["actors"]["age_group"]

    def survey() -> Text:
        return survey_source(latest_wave(inputs.tables["actors"]))

    def answers() -> Figured:
        order = [item for item in words.ITEM_TITLES if item in set(found.answers["item"])]
        return found.answers, partial(charts.answers, items=words.items(order)), words.answers(found)

    def by_age() -> Figured:
        drawn = partial(charts.by_age, items=words.items(BY_AGE), ages=ages)
        return found.ages, drawn, words.by_age(inputs, found)

    def content() -> Figured:
        return found.contentment, partial(charts.contentment, whom=words.WHOM), words.contentment(found)

    def both() -> tuple[Text, tuple[str, ...]]:
        if isinstance(found.coded, Absent):
            return survey(), SURVEY
        one, other = survey(), interview_source(inputs.tables["interviews"])
        return {e: f"{one[e]}; {other[e][:1].lower()}{other[e][1:]}" for e in EDITIONS}, SURVEY + INTERVIEW_TABLES

    plan: dict[str, Drawn] = {
        "items": lambda: (*answers(), survey(), SURVEY, found.respondents, ANSWERS),
        "by_age": lambda: (*by_age(), survey(), SURVEY, found.respondents, ANSWERS),
        "contentment": lambda: (*content(), *both(), found.respondents, ANSWERS),
    }
    for name, drawn in plan.items():
        title = words.TITLES[name]
        parts.figure(name, title, partial(figure, inputs, name, title, drawn))


def _items_table(inputs: Inputs, found: Frames) -> Table:
    waves = sorted(int(wave) for wave in found.waves["wave"].unique())
    asked = [item for item in ITEMS if item in set(found.waves["item"])]
    data, wording = side_by_side(found.waves, asked, "wave", waves)
    actors = inputs.tables["actors"]
    participants = actors[actors["actor"] == "participant"]
    return Table(
        name="items_by_wave",
        data=data,
        columns=(
            Column("item", {"sv": "Påstående i enkäten", "en": "Item"}, labels=words.items(ITEMS)),
            *(Column(f"{wave}_text", same(wave), labels=wording) for wave in waves),
        ),
        caption=words.items_caption(found),
        provenance=Provenance(
            survey_source(participants), inputs.origin("actors"), SURVEY, len(participants), ANSWERS,
            suppressed_cells(found.waves),
        ),
        note=shared("survey.agreeing_note"),
    )  # fmt: skip


def _claims(inputs: Inputs, found: Frames) -> tuple[Claim, ...]:
    boot, smallest = inputs.settings.bootstrap, inputs.settings.smallest_cell

    def now(item: str) -> Row:
        return cell(found.waves, item=item, wave=found.last)

    def young() -> Verdict:
        return claims.claim_young_more_positive(_asked(inputs.tables["actors"]), smallest)

    plan: dict[str, tuple[Callable[[], Verdict], str | None]] = {
        "glad": (lambda: claims.claim_glad(now("glad_to_have_something")), "items"),
        "tasks_do_not_match": (lambda: claims.claim_tasks_do_not_match(now("tasks_match_wishes")), "items"),
        "tasks_not_useful": (lambda: claims.claim_tasks_not_useful(now("tasks_useful")), "items"),
        "want_paid_jobs": (lambda: claims.claim_want_paid_jobs(ITEMS), None),
        "young_more_positive": (young, "by_age"),
        "cheap_labour": (lambda: claims.claim_used_as_cheap_labour(found.cheap, now("cheap_labour")), "items"),
        "pes_out_of_reach": (lambda: claims.claim_pes_out_of_reach(now("pes_reachable")), "contentment"),
        "feel_controlled": (lambda: claims.claim_feel_controlled(now("feel_controlled")), "items"),
        "stuck": (lambda: claims.claim_stuck(found.coded, smallest, boot.resamples, boot.seed), None),
        "unit_wants_to_help": (lambda: claims.claim_unit_wants_to_help(now("unit_staff_help")), "contentment"),
    }
    survey: Evidence = ("survey", SURVEY)
    kinds: dict[str, Evidence] = {"stuck": ("interviews", INTERVIEW_TABLES)}
    verdicts = {name: verdict_of(judge) for name, (judge, _) in plan.items()}
    firm = robustness(inputs, found.coded, verdicts)
    made = []
    for name, (_, shown) in plan.items():
        stream, tables = kinds.get(name, survey)
        made.append(
            Claim(
                id=f"participants.{name}",
                statement=words.STATEMENTS[name],
                verdict=verdicts[name],
                stream=stream,
                tables=tables,
                origin=inputs.origin(*tables),
                figure=f"participants/{shown}" if shown else None,
                robustness=firm.get(name),
            )
        )
    return tuple(made)
