"""What goes wrong is said in a line, and leaves the report and the tidy tables as they were."""

import os
import signal
import time

import pytest

from tests.workflow import small
from tests.workflow.conftest import EDITIONS, Project, due

INTERRUPTED = ["Interrupted. The next build goes on from here.", "The published report is as it was."]


def test_a_bad_value_ends_with_status_2_before_anything_is_rebuilt(project: Project) -> None:
    kept = project.bytes("report/_output", "data/tidy", "figures", "data/results")
    project.edit("data/raw/survey/actors.csv", "social_worker", "socialwoker")
    outcome = project.build()
    assert outcome.status == 2, outcome.output
    assert "data/raw/survey/actors.csv, row " in outcome.output
    assert 'column actor: "socialwoker" ' in outcome.output
    assert 'Did you mean "social_worker"?' in outcome.output
    assert "The published report is as it was." in outcome.output
    assert "Traceback" not in outcome.output and "rule" not in outcome.output.lower()
    assert outcome.steps == set()
    assert project.bytes("report/_output", "data/tidy", "figures", "data/results") == kept

    project.edit("data/raw/survey/actors.csv", "socialwoker", "social_worker")
    assert project.build().steps == set()


def test_check_says_the_same_and_builds_nothing(project: Project) -> None:
    assert project.run("report_engine.cli", "check").status == 0
    project.edit("data/raw/survey/actors.csv", "social_worker", "socialwoker")
    outcome = project.run("report_engine.cli", "check")
    assert outcome.status == 2
    assert 'Did you mean "social_worker"?' in outcome.output


def test_a_missing_file_is_named(project: Project) -> None:
    kept = project.published()
    project.path("data/raw/literature/studies.csv").unlink()
    outcome = project.build()
    assert outcome.status == 2
    assert "data/raw/literature/studies.csv: the file of the dataset studies is missing." in outcome.output
    assert project.published() == kept

    alone = project.snakemake()
    assert alone.status == 1
    assert "data/raw/literature/studies.csv: the file of the dataset studies is missing." in alone.output


def test_wrong_settings_are_named_key_by_key(project: Project) -> None:
    project.edit("config.yaml", "engine: auto", "engine: quatro")
    project.edit("config.yaml", "smallest_cell: 5", "smallest_cells: 5")
    outcome = project.build()
    assert outcome.status == 2
    assert 'Did you mean "quarto"?' in outcome.output and 'Did you mean "smallest_cell"?' in outcome.output
    assert 'Did you mean "quarto"?' in project.snakemake().output


def test_a_section_that_fails_shows_the_end_of_its_log(small_project: Project) -> None:
    project = small_project
    kept = project.published()
    project.append(
        "analysis/sections/jobs.py", "\n\ndef build(inputs):\n    raise ValueError('no such actor: nobody')\n"
    )
    outcome = project.build()
    assert outcome.status == 1
    assert "The step section-jobs failed; logs/section-jobs.log says:" in outcome.output
    assert "ValueError: no such actor: nobody" in outcome.output
    assert "snakemake" not in outcome.output.lower().replace("/snakemake/", "")
    assert project.published() == kept


def test_a_typed_number_is_named_and_not_published(project: Project) -> None:
    kept = project.published()
    project.append("report/sv/staff.qmd", "\nDe tillfrågade var elva.\n")
    line = project.path("report/sv/staff.qmd").read_text("utf-8").count("\n")
    outcome = project.build()
    assert outcome.status != 0 and outcome.steps == set()
    message = f"report/sv/staff.qmd, line {line}: “elva” in column 20 is a typed number: quote a fact"
    assert outcome.output.count(message) == 1
    assert project.published() == kept


def test_editions_that_differ_are_not_published_until_they_agree(project: Project) -> None:
    kept = project.published()
    added = "\n## Mer {#sec-staff-more}\n"
    project.append("report/en/staff.qmd", added)
    outcome = project.build()
    assert outcome.status != 0 and outcome.steps == set()
    line = project.path("report/en/staff.qmd").read_text("utf-8").count("\n")
    message = f"report/en/staff.qmd, line {line}: the heading sec-staff-more is missing in report/sv/staff.qmd"
    assert outcome.output.count(message) == 1
    assert project.published() == kept

    project.append("report/sv/staff.qmd", added)
    assert project.run("report_engine.pipeline.jobs", "chapters").status == 0
    assert set(due(project)) == {"chapters", *(f"render-{edition}" for edition in EDITIONS)}


@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")
@pytest.mark.parametrize(("sent", "status"), [("SIGKILL", -9), ("SIGINT", 130)])
def test_after_a_build_that_was_ended_the_next_one_completes(small_project: Project, sent: str, status: int) -> None:
    project = small_project
    before = project.bytes("data/results", "figures", "report/_output")
    for section in small.SECTIONS:
        project.path(f"data/results/sections/{section}.json").unlink()
    process = project.command("report_engine.cli", "build")
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("done"):  # in the middle of the sections
            break
    time.sleep(0.1)
    os.killpg(process.pid, signal.Signals[sent])
    output, _ = process.communicate(timeout=60)
    assert process.returncode == status, output
    if sent == "SIGINT":
        assert output.splitlines()[-2:] == INTERRUPTED

    outcome = project.build()
    assert outcome.status == 0, outcome.output
    assert project.bytes("data/results", "figures", "report/_output") == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")
@pytest.mark.parametrize("seconds", [0.0, 0.1, 0.2, 0.3])
def test_a_build_that_is_interrupted_says_so_whenever_it_is(small_project: Project, seconds: float) -> None:
    """Also where its steps are only starting and can't say what ended them."""
    project = small_project
    for section in small.SECTIONS:
        project.path(f"data/results/sections/{section}.json").unlink()
    process = project.command("report_engine.cli", "build")
    assert process.stdout is not None
    next(line for line in process.stdout if line.startswith("done"))
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGINT)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 130, output
    assert output.splitlines()[-2:] == INTERRUPTED


def test_two_builds_at_once_end_well(small_project: Project) -> None:
    project = small_project
    project.append("report/sv/jobs.qmd", "\nEn mening till.\n")
    builds = [project.command("report_engine.cli", "build") for _ in range(2)]
    outputs = [process.communicate(timeout=900)[0] for process in builds]
    assert [process.returncode for process in builds] == [0, 0], outputs
    assert any("Another build is running in this folder; waiting for it to end." in output for output in outputs)
    assert any("Nothing has changed since the last build." in output for output in outputs)
    assert {*project.published()} == {"report/_output/index.html", "report/_output/sv/report.html"}
