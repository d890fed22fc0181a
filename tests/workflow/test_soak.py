"""A small study: whatever happens between builds, the next one gives what a build from nothing gives."""

import re
from pathlib import Path

from tests.workflow import small, soak


def test_random_edits_and_accidents_leave_no_trace(tmp_path: Path) -> None:
    taken = soak.run(tmp_path, whole=False, seed=11, steps=15, kills=0)
    assert [(step.what, step.wrong) for step in taken if step.wrong] == []
    assert [(step.what, step.needless) for step in taken if step.needless] == []
    assert sum(step.status == 0 for step in taken) >= 10


def test_builds_that_were_killed_are_completed(tmp_path: Path) -> None:
    taken = soak.run(tmp_path, whole=False, seed=12, steps=0, kills=6)
    assert [(step.what, step.wrong) for step in taken if step.wrong] == []


def test_three_builds_and_snakemake_at_once_give_one_result(tmp_path: Path) -> None:
    it = soak.Soak(tmp_path, small.make, seed=1)
    it.start()
    project = it.project
    project.edit("report/sv/jobs.qmd", "Att [", "Att det är så att [")
    commands = [("report_engine.cli", "build")] * 3 + [("snakemake",)]
    builds = [project.command(*command) for command in commands]
    outputs = [process.communicate(timeout=600)[0] for process in builds]
    assert [process.returncode for process in builds] == [0, 0, 0, 0], outputs
    assert soak.digests(project.root) == it.from_nothing()[1]


def test_every_kind_of_edit_finds_a_place_in_the_report() -> None:
    root = Path(__file__).parents[2]
    unplaced = [
        edit
        for edit in soak.EDITS
        if edit.files != "report/images/*.svg"  # the small study's
        and not any(re.search(edit.old, path.read_text("utf-8")) for path in root.glob(edit.files))
    ]
    assert unplaced == []
