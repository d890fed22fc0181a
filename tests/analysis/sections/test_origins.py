"""Where no row is synthetic, nothing that people read calls the data so."""

import dataclasses
import json
import re
import subprocess

import pandas as pd
import pytest

from report_engine.contracts import contract, study
from report_engine.model.section import Section
from report_engine.render.embedded import pandoc
from report_engine.results import ledger
from report_engine.results.inputs import Inputs
from report_engine.results.reading import Tables
from report_engine.settings import config
from report_engine.words.editions import EDITIONS
from tests.analysis.sections.conftest import ROOT, Shipped, built_with

MADE_UP = re.compile("syntet|synthet", re.IGNORECASE)


def real(given: Inputs) -> Inputs:
    """Call every row official, and draw few resamples."""
    frames = {
        name: given.tables[name].replace({"synthetic": "official", "Synthetic value": "Own accounts"})
        for name in given.tables
    }
    few = given.settings.bootstrap.model_copy(update={"resamples": 100})
    return dataclasses.replace(
        given,
        tables=Tables(frames, {name: contract.load(name).title for name in frames}),
        settings=given.settings.model_copy(update={"bootstrap": few}),
        synthetic=frozenset(),
    )


@pytest.fixture(scope="module")
def built(shipped: Shipped) -> dict[str, Section]:
    return built_with(shipped, real)


def said(value: object) -> list[str]:
    """List all words in a result, but for the names of codes that none of its data may hold."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, pd.DataFrame):
        return [str(cell) for column in value for cell in value[column].unique()]
    if dataclasses.is_dataclass(value):
        return [
            word for its in dataclasses.fields(value) if its.name != "labels" for word in said(getattr(value, its.name))
        ]
    if isinstance(value, dict):
        return [word for each in value.values() for word in said(each)]
    return [word for each in value for word in said(each)] if isinstance(value, list | tuple) else []


@pytest.mark.parametrize("name", study.sections())
def test_no_result_of_real_data_is_called_synthetic(built: dict[str, Section], name: str) -> None:
    assert [word for word in said(built[name]) if MADE_UP.search(word)] == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_chapter_or_slide_on_real_data_calls_them_synthetic(
    built: dict[str, Section], edition: str, tmp_path
) -> None:
    origins: dict[str, set[str]] = {}
    for section in built.values():
        for table, origin in section.origins.items():
            origins.setdefault(table, set()).add(origin)
    claims = [claim for section in built.values() for claim in section.claims]
    report = ledger.report(claims, {"figures": 1, "tables": 1, "facts": 1}, origins, config.load(ROOT))
    facts = {fact.id: {"origin": fact.origin, "tables": list(fact.tables)} for fact in report.facts}
    (tmp_path / "data/results" / edition).mkdir(parents=True)
    (tmp_path / "data/results" / edition / "facts.json").write_text(json.dumps(facts), "utf-8")
    files = sorted([*(ROOT / "report" / edition).glob("*.qmd"), *(ROOT / "report" / edition / "slides").glob("*.md")])
    command = [
        pandoc(),
        "--from=markdown",
        "--to=plain",
        f"--lua-filter={ROOT}/report/filters/synthetic.lua",
        *map(str, files),
    ]
    text = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout.decode()
    assert len(text) > 10_000
    assert [line for line in text.splitlines() if MADE_UP.search(line)] == []
    assert not any(MADE_UP.search(fact.text[edition]) for fact in report.facts)
