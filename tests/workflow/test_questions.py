"""What a section publishes follows from the questions that it names: with the whole survey before it, it says the same."""

import dataclasses
import importlib
import json

import pytest

from report_engine.contracts import study
from report_engine.pipeline.steps import section as step
from report_engine.results import outputs, reading, tables
from tests.workflow.conftest import Project

NAMED = [
    name for name in study.sections() if hasattr(importlib.import_module(f"analysis.sections.{name}"), "QUESTIONS")
]


@pytest.mark.parametrize("name", NAMED)
def test_a_section_rests_on_no_question_that_it_does_not_name(
    name: str, built: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(built.root)
    module = importlib.import_module(f"analysis.sections.{name}")
    made = step.published(module, reading.read(built.root, module.TABLES, module.RESTS_ON))
    whole = dataclasses.replace(made, tables=(*made.tables, tables.claims_table(made)))
    got = json.loads(outputs.dumps(outputs.describe(whole)))
    assert got == json.loads(built.path(f"data/results/sections/{name}.json").read_text("utf-8"))
