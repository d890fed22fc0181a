"""The facts of municipal activation: every number and computed word that its chapter uses."""

from collections.abc import Callable, Iterable
from functools import partial

from analysis.labour_units import COMPETENCE
from analysis.sections.municipal_activation.figures import MEASURE_LABELS
from analysis.sections.municipal_activation.frames import ALL
from analysis.sections.municipal_activation.words import Frames
from analysis.shared import (
    INTERVIEW_TABLES,
    inside,
    plain_share,
    points_facts,
    same,
    some_of,
    some_places,
)
from analysis.survey_items import cell, interval_fact, share_fact
from report_engine.model.section import Fact, Origin
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import lack
from report_engine.words.editions import EDITIONS, Text
from report_engine.words.numbers import both, change_word, count_words, number, percent_words


def facts(inputs: Inputs, f: Frames) -> tuple[Callable[[], Iterable[Fact]], ...]:
    """Give the numbers that the chapter quotes, in groups by what they rest on."""
    units, survey = ("labour_units",), ("actors",)
    of_units, of_survey = inputs.origin(*units), inputs.origin(*survey)
    of_interviews = inputs.origin(*INTERVIEW_TABLES)
    return (
        *(partial(make, f, units, of_units) for make in (_mix_facts, _change_facts, _spread_facts, _practice_facts)),
        partial(_survey_facts, f, survey, of_survey),
        *(partial(make, f, of_interviews) for make in (_relief_facts, _gap_facts, _voiced_facts)),
    )


def _maker(tables: tuple[str, ...], origin: Origin) -> Callable[..., Fact]:
    def fact(name: str, value: float | int | str, text: Text, unit: str) -> Fact:
        return Fact(f"municipal_activation.{name}", value, text, unit, tables, origin)

    return fact


def _mix_facts(f: Frames, tables: tuple[str, ...], origin: Origin) -> Iterable[Fact]:
    fact = _maker(tables, origin)
    most, least = f.ends()
    shares = {
        "task_work": f.together("task_work"),
        "competence": f.together(*COMPETENCE),
        "task_work_highest": float(most.task_work),
        "task_work_lowest": float(least.task_work),
    }
    for name, value in shares.items():
        yield fact(name, value, both(percent_words, value), "share")
    yield fact("task_work_highest_place", str(most.municipality), same(most.municipality), "word")
    yield fact("task_work_lowest_place", str(least.municipality), same(least.municipality), "word")
    places = len(f.mix) - 1
    yield fact("municipalities", places, both(count_words, places), "count")
    ahead = f.mix["task_work"] > f.mix[list(COMPETENCE)].sum(axis=1)
    leading = int(ahead[f.mix["municipality_code"] != ALL].sum())
    yield fact("task_work_leading", leading, {e: some_of(leading, places, e) for e in EDITIONS}, "count")
    yield fact("task_work_leading_places", leading, {e: some_places(leading, places, e) for e in EDITIONS}, "text")
    yield fact("year", f.year, same(f.year), "year")


def _change_facts(f: Frames, tables: tuple[str, ...], origin: Origin) -> Iterable[Fact]:
    fact = _maker(tables, origin)
    for name, measures in (("task_work", ("task_work",)), ("competence", COMPETENCE)):
        then = f.together(*measures, first=True)
        change = f.together(*measures) - then
        yield fact(f"{name}_first", then, both(percent_words, then), "share")
        yield fact(f"{name}_change", change, both(change_word, change, still=0.005), "word")
    yield fact("first_year", f.first_year, same(f.first_year), "year")


def _spread_facts(f: Frames, tables: tuple[str, ...], origin: Origin) -> Iterable[Fact]:
    fact = _maker(tables, origin)
    if f.dispersion["variation"].isna().all():
        lack("Det finns bara en kommun att jämföra.", "There is only one municipality to compare.")
    widest, narrowest = f.dispersion.loc[f.dispersion["variation"].agg(["idxmax", "idxmin"])].itertuples()
    for name, row in (("widest", widest), ("narrowest", narrowest)):
        yield fact(name, row.measure, inside(MEASURE_LABELS[row.measure]), "word")
        yield fact(f"{name}_variation", row.variation, both(number, row.variation, decimals=2), "coefficient")


def _practice_facts(f: Frames, tables: tuple[str, ...], origin: Origin) -> Iterable[Fact]:
    for name, practice in (("goals", "documented_goals"), ("follow_up", "effect_follow_up")):
        for suffix, first in (("", False), ("_first", True)):
            yes, of = f.practice(practice, first=first)
            text = {e: some_of(yes, of, e) for e in EDITIONS}
            yield Fact(f"municipal_activation.{name}{suffix}", yes, text, "count", tables, origin, n=of)
            if name == "goals" and not first:
                named = {e: some_places(yes, of, e) for e in EDITIONS}
                yield Fact("municipal_activation.goals_places", yes, named, "text", tables, origin, n=of)


def _survey_facts(f: Frames, tables: tuple[str, ...], origin: Origin) -> Iterable[Fact]:
    for side in ("manager", "staff"):
        row = cell(f.documented, side=side)
        id = f"municipal_activation.documented_{side}"
        yield share_fact(id, row, tables, origin)
        yield interval_fact(f"{id}_interval", row, tables, origin)
    yield Fact("municipal_activation.wave", f.wave, same(f.wave), "year", tables, origin)


def _relief_facts(f: Frames, origin: Origin) -> Iterable[Fact]:
    tables = INTERVIEW_TABLES
    for row in f.totals.to_dict("records"):
        id = f"municipal_activation.relief_{row['side']}"
        yield share_fact(id, row, tables, origin)
        yield interval_fact(f"{id}_interval", row, tables, origin)
    for row in f.relief[f.relief["part"] == "stance"].to_dict("records"):
        for stance in ("critical", "supportive"):
            id = f"municipal_activation.relief_{row['side']}_{stance}"
            yield plain_share(id, row[stance], row["n"], tables, origin)
    order = list(dict.fromkeys(f.relief.loc[f.relief["part"] == "codes", "code"]))
    for name, code in zip(("relief_commonest", "relief_second"), order, strict=False):
        yield Fact(f"municipal_activation.{name}", code, inside(f.code_labels[code]), "word", tables, origin)


def _gap_facts(f: Frames, origin: Origin) -> Iterable[Fact]:
    yield from points_facts("municipal_activation.relief_gap", f.relief_gap, INTERVIEW_TABLES, origin)


def _voiced_facts(f: Frames, origin: Origin) -> Iterable[Fact]:
    lacking, n = f.lacking_in, f.places
    for end, write in (("", some_of), ("_places", some_places)):
        text = {e: write(lacking, n, e) for e in EDITIONS}
        unit = "count" if not end else "text"
        yield Fact(
            f"municipal_activation.documentation_voiced_in{end}", lacking, text, unit, INTERVIEW_TABLES, origin, n=n
        )
