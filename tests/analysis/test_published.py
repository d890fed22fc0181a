"""What sections publish of persons, from the shipped data: what the protection promises, read from the finished sections."""

import dataclasses
import importlib

import pandas as pd
import pytest

from report_engine.contracts import contract, study
from report_engine.model.section import Section
from report_engine.pipeline.steps import section as step
from report_engine.results import outputs
from report_engine.words.editions import EDITIONS
from tests.analysis.sections.conftest import Shipped, shipped  # noqa: F401  (a fixture)
from tests.figures.faults import marks_faults

SMALLEST = 5
SAMPLED = ("actors", "segments")
BLURRED = ("The verdict rests on the exact numbers", "The numbers are too small to be shown")


@dataclasses.dataclass(frozen=True)
class Published(Shipped):
    """The sections as a build publishes them."""

    made: dict[str, Section] = dataclasses.field(default_factory=dict, hash=False, compare=False)

    def section(self, name: str) -> Section:
        if name not in self.made:
            module = importlib.import_module(f"analysis.sections.{name}")
            self.made[name] = step.published(module, self.inputs(name))
        return self.made[name]


@pytest.fixture(scope="module")
def published(shipped: Shipped) -> Published:  # noqa: F811
    return Published(shipped.root)


def on_persons(section: Section):
    items = (*section.figures, *section.tables)
    return [item for item in items if contract.on_persons(item.provenance.tables)]


@pytest.mark.parametrize("name", study.sections())
def test_no_verdict_is_another_for_being_published(name, published, shipped):  # noqa: F811
    exact = {claim.id: claim for claim in shipped.section(name).claims}
    for claim in published.section(name).claims:
        assert claim.verdict.outcome == exact[claim.id].verdict.outcome
        assert (claim.robustness is None) == (exact[claim.id].robustness is None)


@pytest.mark.parametrize("name", study.sections())
def test_frames_hold_no_key_no_small_count_and_no_exact_share(name, published):
    for item in on_persons(published.section(name)):
        data = item.data[item.data["part"] != "units"] if "part" in item.data else item.data  # no persons
        assert not [column for column in data if str(column).startswith("_")]
        outputs.refuse_small_cells(item.name, data, item.provenance, SMALLEST)
        for column in data.select_dtypes(["floating"]):
            values = data[column].dropna().astype("float64")
            assert (values - values.round(3)).abs().max() < 1e-9 or values.empty, (item.name, column)
        n = item.provenance.n
        of_persons = (item.provenance.n_unit or {"en": ""})["en"] in ("respondents", "segments")
        summed = item.name in {"stance_heat", "overlap_gaps", "reasons"}  # of cells that are blurred themselves
        assert n is None or not of_persons or summed or n % SMALLEST == 0, item.name


@pytest.mark.parametrize("name", study.sections())
def test_facts_of_persons_hold_no_exact_number(name, published):
    units = {"share", "share_difference", "stance", "alpha"}
    for fact in published.section(name).facts:
        if contract.on_persons(fact.tables) and fact.unit in units and isinstance(fact.value, float):
            assert fact.value == pytest.approx(round(fact.value, 3), abs=1e-9), fact.id


@pytest.mark.parametrize("name", study.sections())
def test_every_fact_there_is_stands_in_what_is_published(name, published, shipped):  # noqa: F811
    assert [fact.id for fact in published.section(name).facts] == [fact.id for fact in shipped.section(name).facts]


def test_few_reasons_rest_on_numbers_that_are_not_shown(published):
    claims = [claim for name in study.sections() for claim in published.section(name).claims]
    assert sum(any(words in claim.verdict.reason["en"] for words in BLURRED) for claim in claims) <= 3
    assert not any(pd.isna(number) for claim in claims for number in claim.verdict.numbers.values())


@pytest.mark.parametrize(("smallest", "kept"), [(60, 1.0), (5, 0.03), (1, 1.0)])
@pytest.mark.parametrize(
    "name", ["study", "knowledge_review", "municipal_activation", "managers", "collaboration", "staff", "participants"]
)
def test_nothing_stops_a_section_however_much_is_hidden(name, smallest, kept, shipped):  # noqa: F811
    given = shipped.inputs(name)
    frames = {
        table: frame.sample(frac=kept, random_state=1).reset_index(drop=True) if table in SAMPLED else frame
        for table, frame in given.tables.items()
    }
    settings = given.settings.model_copy(update={"smallest_cell": smallest})
    module = importlib.import_module(f"analysis.sections.{name}")
    outputs.describe(step.published(module, dataclasses.replace(given, tables=frames, settings=settings)))


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", study.sections())
def test_marks_say_what_the_published_frame_says(name, edition, published):
    for figure in published.section(name).figures:
        assert list(marks_faults(published, name, figure, edition)) == [], figure.name
