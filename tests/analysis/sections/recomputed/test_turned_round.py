"""The data turned round: what the report then says of direction, order and size is what other code makes of the turned tables."""

import dataclasses
import functools
import re
from collections.abc import Callable, Mapping

import pandas as pd
import pytest

from analysis.actors import MANAGERS, STAFF
from report_engine.contracts import study
from report_engine.model.section import Claim, Fact, Outcome, Section, Unavailable
from report_engine.results.inputs import Inputs
from report_engine.words.editions import EDITIONS
from tests.analysis.sections.bending import Tables, backwards
from tests.analysis.sections.conftest import Shipped, built_with
from tests.analysis.sections.recomputed import test_facts as told
from tests.analysis.sections.recomputed import words
from tests.analysis.sections.recomputed.claims import CLAIMS
from tests.analysis.sections.recomputed.independent import Tidy

SAMPLED = {"survey", "interviews"}
PRESUMED = {
    "staff.someone_else_answers": "the other code counts whoever says so",
    "study.answers_from_all": "the other code counts the groups that are there",
    "study.response_over_half": "the other code counts the groups that are there",
    "municipal_activation.effects_not_followed_up": "the other code counts the municipalities interviewed",
    "municipal_activation.task_work_dominates": "the other code counts the municipalities interviewed",
}
"""Claims that the other code recomputes for data in which every group is there, and why."""
UNTURNED = {"study.net_cost"}  # of a register of one year, which the other code reads from the series
UNEXPLAINED = re.compile(r"\b[Nn]a[nN]\b|<NA>|\{\w+")


def items(actors: pd.DataFrame) -> list[str]:
    return [column for column in actors.columns if f"{column}_missing" in actors.columns]


def levels(tables: Tables) -> None:
    """Who agreed disagrees, who was critical is supportive."""
    if "actors" in tables:
        tables["actors"][items(tables["actors"])] = 6 - tables["actors"][items(tables["actors"])]
    if "segments" in tables:
        tables["segments"]["stance"] = -tables["segments"]["stance"]


def gaps(tables: Tables) -> None:
    """Managers answer as their staff did, and staff as their managers."""
    pairs = {"social_services_manager": "social_worker", "labour_unit_manager": "labour_unit_staff"}
    both = pairs | {other: one for one, other in pairs.items()}
    for name, column in (("actors", "actor"), ("segments", "speaker_actor"), ("survey_frame", "actor")):
        if name in tables:
            tables[name][column] = tables[name][column].replace(both)
    if "interviews" in tables:
        tables["interviews"]["group"] = tables["interviews"]["group"].replace(
            {"managers": "staff", "staff": "managers"}
        )


def trends(tables: Tables) -> None:
    """Series run from their last year to their first, and the last wave answers as the first did."""
    for name, columns in (
        ("labour_units", None),
        ("municipal_accounts", ["net_cost_tkr"]),
        ("exits", ["exit_to_work_or_study_percent"]),
    ):
        if name in tables:
            keys = {"municipality_code", "year", "origin", "area_code"}
            backwards(tables, name, columns or [column for column in tables[name] if column not in keys])
    if "unemployment" in tables:
        frame = tables["unemployment"].sort_values("year")
        frame["unemployment_percent"] = frame["unemployment_percent"].to_numpy()[::-1]
        tables["unemployment"] = frame.reset_index(drop=True)
    if "actors" in tables:
        actors, (first, last) = tables["actors"], sorted(tables["actors"]["wave"].unique())
        for item in items(actors):
            for wave, shift in ((first, 1), (last, -1)):
                rows = (actors["wave"] == wave) & actors["actor"].isin([*MANAGERS, *STAFF])
                actors.loc[rows, item] = (actors.loc[rows, item] + shift).clip(1, 5)


def dispersion(tables: Tables) -> None:
    """Every municipality's unit does what the first one's does."""
    if "labour_units" not in tables:
        return
    units = tables["labour_units"].sort_values(["year", "municipality_code"])
    own = [column for column in units if column not in {"municipality_code", "year", "origin"}]
    units[own] = units.groupby("year")[own].transform("first")
    tables["labour_units"] = units.reset_index(drop=True)


def reliability(tables: Tables) -> None:
    """The second coder's codes and stances are anybody's."""
    if "segments" not in tables:
        return
    segments = tables["segments"]
    second = segments.duplicated(["interview_id", "start", "end"])
    for column in ("code", "stance"):
        segments.loc[second, column] = segments.loc[second, column].sample(frac=1, random_state=1).to_numpy()


def silent(tables: Tables) -> None:
    """No participant answered, and none was heard."""
    for name, column in (("actors", "actor"), ("segments", "speaker_actor")):
        if name in tables:
            tables[name] = tables[name][tables[name][column] != "participant"].reset_index(drop=True)


def missing(tables: Tables) -> None:
    """There are no interviews."""
    for name in ("segments", "interviews", "codebook"):
        if name in tables:
            tables[name] = tables[name].head(0)


def equal(tables: Tables) -> None:
    """Everybody answers the same, everywhere, every year."""
    dispersion(tables)
    if "actors" in tables:
        actors = tables["actors"]
        actors[items(actors)] = actors[items(actors)].mask(actors[items(actors)].notna(), 3)
    if "segments" in tables:
        segments = tables["segments"]
        segments["stance"] = segments["stance"].mask(segments["stance"].notna(), 0)
    if "unemployment" in tables:
        tables["unemployment"]["unemployment_percent"] = 7.0
    if "municipal_accounts" in tables:
        tables["municipal_accounts"]["net_cost_tkr"] = 50_000


TIED = (dispersion, equal)
DIRECTIONS = (levels, gaps, trends, dispersion, reliability, silent, missing, equal)


@dataclasses.dataclass(frozen=True)
class World:
    sections: Mapping[str, Section]
    tidy: Tidy
    tied: bool

    @functools.cached_property
    def facts(self) -> dict[str, Fact]:
        return {fact.id: fact for section in self.sections.values() for fact in section.facts}

    @functools.cached_property
    def claims(self) -> dict[str, Claim]:
        return {claim.id: claim for section in self.sections.values() for claim in section.claims}


def turned(shipped: Shipped, direction: Callable[[Tables], None]) -> World:
    def change(inputs: Inputs) -> Inputs:
        frames = {name: inputs.tables[name].copy() for name in inputs.tables if name not in inputs.empty}
        direction(frames)
        few = inputs.settings.bootstrap.model_copy(update={"resamples": 100})
        gone = {name for name, frame in frames.items() if frame.empty}
        tables = type(inputs.tables)({**{name: frames[name] for name in frames}}, TITLES)
        settings = inputs.settings.model_copy(update={"bootstrap": few})
        return dataclasses.replace(inputs, tables=tables, settings=settings, empty=frozenset({*inputs.empty, *gone}))

    folder = shipped.root / "data" / "tidy"
    frames = {path.stem: pd.read_parquet(path) for path in sorted(folder.glob("*.parquet"))}
    direction(frames)
    return World(built_with(shipped, change), Tidy(folder, frames), direction in TIED)


class _Titles(dict):
    def __missing__(self, name: str) -> dict[str, str]:
        return {"sv": name, "en": name}


TITLES = _Titles()


@pytest.fixture(scope="module", params=DIRECTIONS, ids=lambda direction: direction.__name__)
def world(request, shipped) -> World:
    return turned(shipped, request.param)


def recomputed(id: str, world: World, what: Mapping[str, Callable[[Tidy], object]]) -> object | None:
    """What other code makes of it; None where there are no such rows."""
    try:
        return what[id](world.tidy)
    except (LookupError, ValueError, ZeroDivisionError, TypeError, Unavailable):
        return None


def test_words_of_direction_and_order_follow_the_data(world):
    wrong = {
        id: (world.facts[id].text["en"], expected)
        for id in words.WORDS
        if id in world.facts
        and (expected := recomputed(id, world, words.WORDS)) not in (None, world.facts[id].text["en"])
    }
    assert wrong == {}


def test_numbers_and_names_follow_the_data(world):
    wrong = {}
    for id in told.FACTS:
        fact, expected = world.facts.get(id), recomputed(id, world, told.FACTS)
        if fact is None or fact.value is None or expected is None or expected.value != expected.value or id in UNTURNED:
            continue
        if isinstance(expected.value, str) and world.tied:  # any of those that come first may be named
            continue
        same = (
            fact.value == expected.value
            if isinstance(expected.value, str)
            else fact.value == pytest.approx(expected.value, abs=1e-9)
        )
        if not same:
            wrong[id] = (fact.value, expected.value)
    assert wrong == {}


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_facts_words_tell_its_own_numbers(world, edition):
    wrong = []
    for name in study.sections():
        for fact in world.sections[name].facts:
            try:
                told.assert_words_tell(fact, edition)
            except AssertionError as error:
                wrong.append((fact.id, fact.text[edition], str(error).split("\n")[0]))
    assert wrong == []


def test_no_sentence_speaks_of_what_is_not_there(world):
    said = [text for claim in world.claims.values() for text in (claim.verdict.reason, claim.statement)]
    for section in world.sections.values():
        said += [text for item in section.figures for text in (item.caption, item.alt, item.title)]
        said += [item.caption for item in section.tables] + [fact.text for fact in section.facts]
    assert [text for text in said for edition in EDITIONS if UNEXPLAINED.search(text[edition])] == []


def test_a_claim_holds_or_fails_only_with_its_whole_interval(world):
    wrong = {id: claim.verdict for id, claim in world.claims.items() if not settled(claim)}
    assert wrong == {}


def settled(claim: Claim) -> bool:
    """Whether a sampled claim's outcome is what its interval and limit say; others have no interval."""
    its, size = claim.verdict, claim.verdict.effect
    if claim.stream not in SAMPLED or size is None or size.low is None or size.high is None:
        return True
    limit = its.numbers.get(
        "limit", 0.667 if size.unit == "alpha" else 0.5 if claim.id == "participants.stuck" else 0.0
    )
    covered = size.low - 1e-9 <= float(limit) <= size.high + 1e-9
    decided: tuple[Outcome, ...] = ("holds", "fails")
    return (its.outcome == "borderline") if covered else its.outcome in decided


def test_what_decides_a_claim_is_what_other_code_makes_of_the_turned_tables(world):
    wrong = {}
    for id in CLAIMS:
        made = recomputed(id, world, CLAIMS)
        got = world.claims[id].verdict.numbers
        if made is None or world.claims[id].verdict.outcome == "untestable" or id in PRESUMED:
            continue
        numbers, _ = made
        different = {
            name: (got[name], number)
            for name, number in numbers.items()
            if number == number and got[name] != pytest.approx(number, abs=1e-9)
        }
        if different:
            wrong[id] = different
    assert wrong == {}
