from pathlib import Path

import pytest

from report_engine import render
from report_engine.pipeline import planning
from report_engine.pipeline.build_state import Planned
from report_engine.pipeline.step import Project
from report_engine.settings import config


def test_a_workflow_goes_by_the_plan_that_its_process_has_just_made_and_the_next_one_looks_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    projects = [Project(config.load(Path()), {}, render.choose("embedded")) for _ in range(3)]
    monkeypatch.chdir(tmp_path)
    looks = iter(projects[1:])
    planned: list[Project] = []

    def plan(its: Project) -> list[Planned]:
        planned.append(its)
        return []

    monkeypatch.setattr(planning, "project", lambda: next(looks))
    monkeypatch.setattr(planning, "plan", plan)
    planning.begin(projects[0])
    assert [planning.workflow() is one for one in projects] == [True, True, True]
    assert [one is other for one, other in zip(planned, projects, strict=True)] == [True, True, True]
