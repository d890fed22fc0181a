"""The facts of municipal activation: every number and computed word that its chapter uses."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from analysis.actors import GROUPS
from analysis.facts import inside, interval_fact, plain_share, points_facts, same, share_fact
from analysis.interviews import INTERVIEW_TABLES, code_names
from analysis.labour_units import COMPETENCE
from analysis.sections.municipal_activation.frames import Frames, leading, together
from analysis.shared_texts import some_of, some_places
from analysis.survey import SURVEY, cell
from report_engine.model.section import Fact
from report_engine.words.editions import Text
from report_engine.words.numbers import both, change_word, count_words, number, percent_words

UNITS = ("labour_units",)


def groups(found: Frames) -> Iterator[Callable[[], Iterable[Fact]]]:
    """Give the facts in groups that the data bear or lack together."""
    for group in (_mix, _change, _spread, _practices, _survey, _relief, _gap, _voiced):
        yield partial(group, found)


def _of_units(
    found: Frames, name: str, value: float | int | str | None, text: Text, unit: str, n: int | None = None
) -> Fact:
    origin = found.inputs.origin(*UNITS)
    return Fact(f"municipal_activation.{name}", value, text, unit, UNITS, origin, n=n)


def _mix(found: Frames) -> Iterable[Fact]:
    fact = partial(_of_units, found)
    most, least = found.ends
    shares = {
        "task_work": together(found.mix, "task_work"),
        "competence": together(found.mix, *COMPETENCE),
        "task_work_highest": float(most.task_work),
        "task_work_lowest": float(least.task_work),
    }
    for name, value in shares.items():
        yield fact(name, value, both(percent_words, value), "share")
    yield fact("task_work_highest_place", str(most.municipality), same(most.municipality), "word")
    yield fact("task_work_lowest_place", str(least.municipality), same(least.municipality), "word")
    ahead, places = leading(found.mix)
    yield fact("municipalities", places, both(count_words, places), "count")
    yield fact("task_work_leading", ahead, some_of(ahead, places), "count")
    yield fact("task_work_leading_places", ahead, some_places(ahead, places), "text")
    yield fact("year", found.year, same(found.year), "year")


def _change(found: Frames) -> Iterable[Fact]:
    for name, measures in (("task_work", ("task_work",)), ("competence", COMPETENCE)):
        then = together(found.first_mix, *measures)
        change = together(found.mix, *measures) - then
        yield _of_units(found, f"{name}_first", then, both(percent_words, then), "share")
        yield _of_units(found, f"{name}_change", change, both(change_word, change, still=0.005), "word")
    yield _of_units(found, "first_year", found.first_year, same(found.first_year), "year")


def _spread(found: Frames) -> Iterable[Fact]:
    yield _of_units(found, "spread_sentence", None, spread_sentence(found), "text")
    widest, narrowest = found.dispersion.loc[found.dispersion["variation"].agg(["idxmax", "idxmin"])].itertuples()
    for name, row in (("widest", widest), ("narrowest", narrowest)):
        yield _of_units(found, name, row.measure, inside(found.say(f"labels.measure.{row.measure}")), "word")
        variation = both(number, row.variation, decimals=2)
        yield _of_units(found, f"{name}_variation", row.variation, variation, "coefficient")


def spread_sentence(found: Frames) -> Text:
    """Tell for which measure municipalities differ most and least, by the coefficient of variation; where none does, that."""
    frame = found.dispersion.sort_values("variation", kind="stable")
    least, most = frame.iloc[0], frame.iloc[-1]
    if round(most["variation"], 2) == round(least["variation"], 2):
        return found.say("facts.spread_same", variation=most["variation"])
    named = {
        name: inside(found.say(f"labels.measure.{row['measure']}")) for name, row in (("most", most), ("least", least))
    }
    return found.say("facts.spread", **named, widest=most["variation"], narrowest=least["variation"])


def _practices(found: Frames) -> Iterable[Fact]:
    for name, practice in (("goals", "documented_goals"), ("follow_up", "effect_follow_up")):
        first, last = found.practice(practice)
        for suffix, at in (("", last), ("_first", first)):
            yield _of_units(found, f"{name}{suffix}", at.yes, some_of(at.yes, at.of), "count", at.of)
        if name == "goals":
            yield _of_units(found, "goals_places", last.yes, some_places(last.yes, last.of), "text", last.of)


def _survey(found: Frames) -> Iterable[Fact]:
    origin = found.inputs.origin(*SURVEY)
    for side in ("manager", "staff"):
        row, id_ = cell(found.documented, side=side), f"municipal_activation.documented_{side}"
        yield share_fact(id_, row, SURVEY, origin)
        yield interval_fact(f"{id_}_interval", row, SURVEY, origin)
    yield Fact("municipal_activation.wave", found.wave, same(found.wave), "year", SURVEY, origin)


def _relief(found: Frames) -> Iterable[Fact]:
    origin, names = found.inputs.origin(*INTERVIEW_TABLES), code_names(found.inputs.tables["codebook"])
    for row in found.totals.to_dict("records"):
        id_ = f"municipal_activation.relief_{row['side']}"
        yield share_fact(id_, row, INTERVIEW_TABLES, origin)
        yield interval_fact(f"{id_}_interval", row, INTERVIEW_TABLES, origin)
    stances = (
        found.relief[found.relief["part"] == "stance"].set_index("side").reindex(list(GROUPS))
    )  # also who is not heard
    for side, row in stances.iterrows():
        for stance in ("critical", "supportive"):
            id_ = f"municipal_activation.relief_{side}_{stance}"
            yield plain_share(id_, row[stance], row["n"], INTERVIEW_TABLES, origin)
    for name, code in zip(("relief_commonest", "relief_second"), found.commonest, strict=False):
        yield Fact(f"municipal_activation.{name}", code, inside(names[code]), "word", INTERVIEW_TABLES, origin)


def _gap(found: Frames) -> Iterable[Fact]:
    origin = found.inputs.origin(*INTERVIEW_TABLES)
    return points_facts("municipal_activation.relief_gap", found.relief_gap, INTERVIEW_TABLES, origin)


def _voiced(found: Frames) -> Iterable[Fact]:
    lacking, n, tables = found.lacking_in, found.places, INTERVIEW_TABLES
    origin, id_ = found.inputs.origin(*tables), "municipal_activation.documentation_voiced_in"
    yield Fact(id_, lacking, some_of(lacking, n), "count", tables, origin, n=n)
    yield Fact(f"{id_}_places", lacking, some_places(lacking, n), "text", tables, origin, n=n)
