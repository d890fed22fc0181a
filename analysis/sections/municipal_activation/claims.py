"""What the slides say of measures, documentation and the poor-relief logic, judged by the units, the survey and the interviews."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from analysis.actors import ACTORS
from analysis.coding import Coded
from analysis.effect_sizes import size
from analysis.interview_claims import Voiced, again
from analysis.interviews import INTERVIEW_TABLES, reach
from analysis.labour_units import COMPETENCE
from analysis.sections.municipal_activation.frames import Frames, documented, leading, of_practice, together
from analysis.sections.municipal_activation.frames import dispersion as dispersion_of
from analysis.shared_texts import limit_words, some_of, some_places
from analysis.survey import Row, cell, known
from analysis.survey_claims import HALF, against_zero, too_few
from report_engine.model.section import Outcome, Robustness, Stream, Verdict
from report_engine.results import robustness as firm
from report_engine.results.claims import Declared, Function, Say
from report_engine.results.robustness import judge

UNITS = ("labour_units",)
THREE_SOURCES = ("actors", "labour_units", *INTERVIEW_TABLES)

UNEQUAL = 0.25
"""Municipalities differ clearly in a measure when its share typically lies a quarter of the mean or more from the mean."""

MOST = 0.75
"""Something dominates in the municipalities when it does so in three of four."""


POOR_RELIEF = ("poor_relief",)
"""The group of codes of the poor-relief logic."""


def spread(dispersion: pd.DataFrame) -> tuple[Outcome, int, int]:
    """Judge that most measures vary by ``UNEQUAL`` of their mean (coefficient of variation) between municipalities.

    ``dispersion`` has one row a measure with ``variation``. Some, but no more than half of them, is borderline. Returns
    how many do, and of how many, too.
    """
    variation = dispersion["variation"].dropna()
    unequal, measures = int((variation >= UNEQUAL).sum()), len(variation)
    if not measures:
        return "untestable", 0, 0
    return "holds" if unequal > measures / 2 else "borderline" if unequal else "fails", unequal, measures


def heterogeneous(found: Frames, say: Say) -> Verdict:
    """Judge the spread of measures between municipalities."""
    outcome, unequal, measures = spread(found.dispersion)
    highest = float(found.dispersion["variation"].max())
    return Verdict(
        outcome,
        {"unequal": unequal, "measures": measures, "limit": UNEQUAL, "highest": highest},
        say("reason", unequal=some_of(unequal, measures), limit=UNEQUAL),
        size(unequal, "count", say("effect"), n=measures),
        firm.majority(unequal, measures),
    )


def heterogeneous_again(found: Frames, verdict: Verdict) -> Robustness | None:
    """Judge the spread with other municipalities and years."""
    return firm.rerun(
        verdict, (spread(dispersion_of(mix))[0] for mix in found.other_mixes), found.say("robustness.choices")
    )


def dominance(mix: pd.DataFrame) -> Outcome:
    """Judge that task work outweighs what builds competence, overall and in three municipalities of four.

    ``mix`` is ``measure_mix``. Overall or in more than half of the municipalities only is borderline.
    """
    overall = together(mix, "task_work") > together(mix, *COMPETENCE)
    ahead, compared = leading(mix)
    if overall and ahead >= MOST * compared:
        return "holds"
    return "borderline" if overall or ahead > HALF * compared else "fails"


def task_work_dominates(found: Frames, say: Say) -> Verdict:
    """Judge the weight of task work in the latest year."""
    ahead, compared = leading(found.mix)
    task, competence = together(found.mix, "task_work"), together(found.mix, *COMPETENCE)
    places = some_places(ahead, compared)
    return Verdict(
        dominance(found.mix),
        {"leading": ahead, "compared": compared, "task_work": task, "competence": competence},
        say("reason", task=task, competence=competence, places=places, limit=MOST),
        size(task - competence, "share_difference", say("effect"), n=compared),
        firm.leaning(task, competence),
    )


def task_work_again(found: Frames, verdict: Verdict) -> Robustness | None:
    """Judge the weight of task work with other municipalities and years."""
    return firm.rerun(verdict, map(dominance, found.other_mixes), found.say("robustness.choices"))


@dataclass(frozen=True)
class PracticeLacking:
    """The share of municipalities with a practice in the latest year, below a limit; up to ``near`` it is borderline."""

    practice: str
    limit: float = HALF
    near: float = MOST
    stream: Stream = "survey"
    tables: tuple[str, ...] = UNITS

    def outcome(self, practices: pd.DataFrame) -> Outcome:
        """Judge the last of a practice's years; ``untestable`` where nobody answered on it."""
        rows = of_practice(practices, self.practice)
        if rows.empty:
            return "untestable"
        share = rows["municipalities_yes"].iloc[-1] / rows["municipalities"].iloc[-1]
        return "holds" if share < self.limit else "borderline" if share < self.near else "fails"

    def verdict(self, data: Frames, say: Say) -> Verdict:
        """Judge the practice; the text ``reason`` has the holes ``places``, ``year``, ``then``, ``first`` and ``limit``."""
        first, last = data.practice(self.practice)
        return Verdict(
            self.outcome(data.practices),
            {
                "yes": last.yes,
                "municipalities": last.of,
                "year": last.year,
                "yes_first": first.yes,
                "first_year": first.year,
            },
            say(
                "reason",
                places=some_places(last.yes, last.of),
                year=last.year,
                then=some_of(first.yes, first.of),
                first=first.year,
                limit=limit_words(self.limit),
            ),
            size(last.yes, "count", say("effect"), n=last.of),
            firm.leaning(last.yes, last.of * self.limit, sign=-1),
        )

    def robustness(self, data: Frames, verdict: Verdict) -> Robustness | None:
        """Judge the practice again with other municipalities and years."""
        counted = [data.practices_of(units) for units in data.other_units]
        return firm.rerun(verdict, map(self.outcome, counted), data.say("robustness.choices"))


GOALS = PracticeLacking("documented_goals")


def sources(practices: pd.DataFrame, survey: Row, voiced_in: int, places: int) -> tuple[Outcome, list[Outcome]]:
    """Judge that units, survey and interviews agree that documentation is lacking; and what each of them says.

    ``survey`` is the share of municipal managers and staff who agree that measures are documented; ``voiced_in`` counts
    the municipalities in whose interviews lacking documentation is voiced. A source says so when fewer than half of the
    units have goals, when fewer than half agree (whole interval), when it is voiced in more than half of the
    municipalities. All three: holds; one or two: borderline; none: fails.
    """
    if not known(survey["high"]):
        return "untestable", []
    asked = judge(float(survey["low"]), float(survey["high"]), HALF, sign=-1)
    views: list[Outcome] = [GOALS.outcome(practices), asked, "holds" if voiced_in > places / 2 else "fails"]
    says = [view == "holds" for view in views]
    return "holds" if all(says) else "borderline" if any(says) else "fails", views


def documentation_lacking(found: Frames, say: Say) -> Verdict:
    """Judge the three sources on documentation together."""
    goals, survey = of_practice(found.practices, GOALS.practice), cell(found.documented, side="municipal")
    voiced_in, places = found.lacking_in, found.places
    outcome, views = sources(goals, survey, voiced_in, places)
    if outcome == "untestable":
        return too_few()
    share, low, high = (float(survey[name]) for name in ("estimate", "low", "high"))
    yes, asked = goals[["municipalities_yes", "municipalities"]].iloc[-1] if len(goals) else (0, 0)
    return Verdict(
        outcome,
        {
            "sources": views.count("holds"),
            "survey": share,
            "low": low,
            "high": high,
            "voiced_in": voiced_in,
            "municipalities": places,
        },
        say(
            "reason",
            **dict(zip(("units", "survey", "interviews"), views, strict=True)),
            goals=some_of(int(yes), int(asked)),
            share=share,
            low=low,
            high=high,
            places=some_places(voiced_in, places),
        ),
        size(share, "share", say("effect"), low=low, high=high),
        firm.majority(views.count("holds"), len(views)),
    )


def documentation_again(found: Frames, verdict: Verdict) -> Robustness | None:
    """Judge the three sources without each municipality in all of them."""
    return firm.rerun(verdict, _without_each_place(found), firm.ONE_MUNICIPALITY)


def _without_each_place(found: Frames) -> Iterator[Outcome]:
    frames = found.units, found.coded, found.actors
    for code in sorted(found.units["municipality_code"].unique()):
        units, said, actors = (part[part["municipality_code"] != code].reset_index(drop=True) for part in frames)
        if units.empty or said.empty or actors["measures_documented"].isna().all():
            continue
        survey = cell(documented(actors, "municipal", found.inputs.settings.smallest_cell), side="municipal")
        lacking, places = int(reach(said, ["documentation_lacking"]).iloc[0]), said["municipality_code"].nunique()
        yield sources(found.practices_of(units), survey, lacking, places)[0]


def width(reached: pd.Series, places: int) -> tuple[Outcome, int]:
    """Judge that each poor-relief code is voiced in more than half of the municipalities; most of the codes is borderline.

    ``reached`` counts municipalities by code. Returns how many codes are, too.
    """
    wide, parts = int((reached > places / 2).sum()), len(reached)
    return "holds" if wide == parts else "borderline" if wide > parts / 2 else "fails", wide


def poor_relief_voiced(found: Frames, say: Say) -> Verdict:
    """Judge how widely the poor-relief codes are voiced."""
    reached = reach(found.coded, found.codes)
    outcome, wide = width(reached, found.places)
    least, parts = int(reached.min()), len(reached)
    return Verdict(
        outcome,
        {"wide": wide, "parts": parts, "least": least, "municipalities": found.places},
        say("reason", parts=some_of(wide, parts), least=some_places(least, found.places)),
        size(wide, "count", say("effect"), n=parts),
        firm.majority(wide, parts),
    )


def poor_relief_voiced_again(found: Frames, verdict: Verdict) -> Robustness | None:
    """Judge how widely the poor-relief codes are voiced without one municipality at a time."""
    parts = firm.leaving_out(found.coded, "municipality_code")
    judged = (width(reach(part, found.codes), part["municipality_code"].nunique())[0] for part in parts)
    return firm.rerun(verdict, judged, firm.ONE_MUNICIPALITY)


CLAIMS: tuple[Declared[Frames], ...] = (
    Declared("measures_heterogeneous", Function(heterogeneous, "survey", UNITS, heterogeneous_again), "dispersion"),
    Declared("task_work_dominates", Function(task_work_dominates, "survey", UNITS, task_work_again), "measure_mix"),
    Declared("goals_lacking", Voiced("goals_unclear", ACTORS, lacking="not_asked")),
    Declared("effects_not_followed_up", PracticeLacking("effect_follow_up"), "documentation"),
    Declared(
        "documentation_lacking",
        Coded(
            Function(documentation_lacking, "several", THREE_SOURCES, documentation_again), ("documentation_lacking",)
        ),
        "documentation",
    ),
    Declared(
        "poor_relief_voiced",
        Coded(Function(poor_relief_voiced, "interviews", INTERVIEW_TABLES, poor_relief_voiced_again), POOR_RELIEF),
        "poor_relief_codes",
    ),
    Declared(
        "poor_relief_municipal",
        Coded(
            Function(
                lambda found, say: against_zero(found.relief_gap, say("said")),
                "interviews",
                INTERVIEW_TABLES,
                lambda found, verdict: again(verdict, found.relief_gap),
            ),
            POOR_RELIEF,
        ),
        "poor_relief_codes",
    ),
    Declared("project_form", Voiced("project_form", ACTORS, lacking="not_asked")),
    Declared("good_examples_not_spread", Voiced("good_examples_not_spread", ACTORS, lacking="not_asked")),
)
