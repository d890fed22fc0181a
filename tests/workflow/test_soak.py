"""A small study: whatever happens between builds, the next one gives what a build from nothing gives.

`make soak` searches for what breaks that; what stands here without its mark happens each time in the same way.
"""

import os
import random
import re
import shutil
import signal
from pathlib import Path

import pytest

from tests.workflow import small, soak
from tests.workflow.conftest import Project
from tests.workflow.copies import keep

ELSEWHERE = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "1", "COLUMNS": "40", "REPORT_LANG": "sv"}


@pytest.fixture
def soaked(small_built: Project, tmp_path: Path) -> soak.Soak:
    """A built small study that things can happen to."""
    it = soak.Soak(tmp_path, small.make, seed=1)
    shutil.copytree(small_built.root, it.project.root)
    keep(it.project.root, tmp_path / "branch")
    return it


def from_nothing_elsewhere(it: soak.Soak) -> dict[str, str]:
    """Build the sources by `snakemake` alone, in another folder, time zone and locale; return the digests."""
    other = Project(it.root / "en annan mapp")
    keep(it.project.root, other.root)
    outcome = other.snakemake(**ELSEWHERE)
    assert outcome.status == 0, outcome.output
    return soak.digests(other.root)


def test_edits_and_accidents_leave_no_trace(soaked: soak.Soak) -> None:
    """On data, settings, code, words and what was made, before one build; a source that is removed may end in a refusal."""
    project, rng = soaked.project, random.Random(1)
    project.edit("report/sv/jobs.qmd", "Att [", "Om [")
    soak.switch(soaked, rng)
    soak.rename(soaked, rng)
    project.edit("data/reference/unemployment_moved.csv", ",8.", ",9.")
    project.edit("config.yaml", "first: 2010", "first: 2011")
    project.edit("analysis/sections/lessons.py", "kommuner", "platser")
    for accident in (soak.litter, soak.spoil, soak.spoil, soak.forget, soak.touch):
        accident(soaked, rng)
    outcome, again = project.build(), project.build()
    assert (outcome.status, again.status, again.steps) == (0, 0, set()), outcome.output + again.output
    assert soak.digests(project.root) == soaked.from_nothing()[1]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")
def test_a_build_that_is_killed_in_every_phase_is_completed(soaked: soak.Soak, small_built: Project) -> None:
    """The whole group of processes, and at last the main one alone: what it had started may live on for a while."""
    project = soaked.project
    for name in ("data/tidy", "data/results", "figures"):
        shutil.rmtree(project.path(name))
    phases = (("done   check", os.killpg), ("done   section", os.killpg), ("done   results", os.kill))
    for phase, kill in phases:
        process = project.command("report_engine.cli", "build")
        assert process.stdout is not None
        assert any(line.startswith(phase) for line in process.stdout), phase
        kill(process.pid, signal.SIGKILL)
        process.communicate(timeout=300)
    outcome = project.build()
    assert outcome.status == 0, outcome.output
    assert soak.digests(project.root) == soak.digests(small_built.root)


@pytest.mark.soak
def test_random_edits_and_accidents_leave_no_trace(tmp_path: Path) -> None:
    taken = soak.run(tmp_path, whole=False, seed=11, steps=15, kills=0)
    assert [(step.what, step.wrong) for step in taken if step.wrong] == []
    assert [(step.what, step.needless) for step in taken if step.needless] == []
    assert sum(step.status == 0 for step in taken) >= 10


@pytest.mark.soak
def test_builds_that_were_killed_are_completed(tmp_path: Path) -> None:
    taken = soak.run(tmp_path, whole=False, seed=12, steps=0, kills=6)
    assert [(step.what, step.wrong) for step in taken if step.wrong] == []


def test_three_builds_and_snakemake_at_once_give_what_one_gives_elsewhere(soaked: soak.Soak) -> None:
    project = soaked.project
    project.edit("report/sv/jobs.qmd", "Att [", "Att det är så att [")
    commands = [("report_engine.cli", "build")] * 3 + [("snakemake",)]
    builds = [project.command(*command) for command in commands]
    outputs = [process.communicate(timeout=600)[0] for process in builds]
    assert [process.returncode for process in builds] == [0, 0, 0, 0], outputs
    assert soak.digests(project.root) == from_nothing_elsewhere(soaked)


def test_every_kind_of_edit_finds_a_place_in_the_report() -> None:
    root = Path(__file__).parents[2]
    unplaced = [
        edit
        for edit in soak.EDITS
        if edit.files != "report/images/*.svg"  # the small study's
        and not any(re.search(edit.old, path.read_text("utf-8")) for path in root.glob(edit.files))
    ]
    assert unplaced == []
