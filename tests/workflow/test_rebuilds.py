"""What runs again after a change: exactly what depends on it, decided by content."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from report_engine.contracts import study, tidy_tables
from report_engine.provenance import fingerprint
from tests.workflow import small
from tests.workflow.conftest import ROOT, Outcome, Project, due

DECLARED = {s: fingerprint.literals(f"analysis.sections.{s}") for s in study.sections()}


def users_of_module(name: str) -> set[str]:
    path = ROOT / name
    modules = ("report_engine.pipeline.jobs", "report_engine.pipeline.steps", "report_engine.pipeline.steps.section")
    return {s for s in study.sections() if path in fingerprint.modules(*modules, f"analysis.sections.{s}")}


def test_the_first_build_runs_every_step_and_publishes(first: Outcome, small_built: Project, built: Project) -> None:
    assert first.sections == set(small.SECTIONS)
    assert first.steps >= {"check", "tidy tables", "data-quality notebook", "results"}
    assert first.steps >= {"chapters", "render sv", "publish sv", "finish"}
    assert "claims: " in first.output
    for file in small_built.published():
        assert file in first.output
    assert built.formats == {".html", ".pdf", ".docx", ".pptx"}


def test_a_second_build_runs_nothing(project: Project) -> None:
    outcome = project.build()
    assert (outcome.status, outcome.steps) == (0, set())
    assert "Nothing has changed since the last build." in outcome.output


def test_snakemake_alone_agrees_that_there_is_nothing_to_do(project: Project) -> None:
    outcome = project.snakemake("--dry-run")
    assert outcome.status == 0
    assert "Nothing to be done" in outcome.output


def test_touching_files_runs_nothing(project: Project) -> None:
    for name in (
        "data/raw/survey/actors.csv",
        "report_engine/drawing/style.py",
        "report/sv/background.qmd",
        "config.yaml",
    ):
        os.utime(project.path(name))
    assert project.build().steps == set()
    assert "Nothing to be done" in project.snakemake("--dry-run").output


def test_raw_data_that_change_without_changing_the_tidy_table_run_nothing_after_it(project: Project) -> None:
    path = project.path("data/raw/survey/actors.csv")
    header, *rows = path.read_text("utf-8").splitlines()
    path.write_text(
        "\r\n".join([header.replace(",", ";"), *(row.replace(",", ";") for row in reversed(rows)), ""]), "utf-8"
    )
    outcome = project.build()
    assert outcome.status == 0, outcome.output
    assert outcome.steps == {"check", "tidy tables"}


READ = {
    s: {*sum(tidy_tables.read_for(its["TABLES"], its.get("QUESTIONS")).values(), ())} for s, its in DECLARED.items()
}


READERS = {file: frozenset(s for s, its in READ.items() if file in its) for file in sorted(set().union(*READ.values()))}


@pytest.mark.parametrize("file", sorted({users: file for file, users in READERS.items()}.values()))
def test_a_changed_table_or_question_makes_only_the_sections_due_that_use_it(
    changed: Callable[..., dict[str, list[str]]], file: str
) -> None:
    users = {f"section-{s}" for s in READERS[file]}
    assert set(changed(file)) == {"tidy", "quality"} | users


@pytest.fixture
def changed(planned: Project) -> Iterator[Callable[..., dict[str, list[str]]]]:
    """Say which steps an edit makes due, without running any: a file's end, or in it ``old`` for ``new``."""
    kept: dict[Path, bytes] = {}

    def edit(name: str, old: str = "", new: str = "") -> dict[str, list[str]]:
        path = planned.path(name)
        kept[path] = path.read_bytes()
        if old:
            planned.edit(name, old, new)
        else:
            path.write_bytes(kept[path] + b"\n# an edit\n")
        return due(planned)

    yield edit
    for path, content in kept.items():
        path.write_bytes(content)


def test_an_edited_helper_makes_exactly_the_sections_due_that_import_it(
    changed: Callable[..., dict[str, list[str]]],
) -> None:
    helpers = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "report_engine/methods").glob("*.py"))
    used = {name: users_of_module(name) for name in helpers}
    helper = min((name for name in helpers if used[name]), key=lambda name: (len(used[name]), name))
    assert used[helper] != set(study.sections())
    assert set(changed(helper)) == {f"section-{section}" for section in used[helper]}


def test_a_setting_makes_only_the_sections_due_that_read_it(changed: Callable[..., dict[str, list[str]]]) -> None:
    keys = ("price_base",)
    readers = {s for s in study.sections() if fingerprint.settings_used(f"analysis.sections.{s}", keys=keys)}
    assert readers
    due = changed("config.yaml", "price_base: 2023", "price_base: 2022")
    assert {name for name in due if name.startswith("section-")} == {f"section-{s}" for s in readers}
    assert [name for name in due if name.startswith(("tidy", "chapters", "render"))] == [
        "tidy"
    ]  # it looks for that year


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("report/sv/slides/study.md", "::: {.notes}\n", "::: {.notes}\nEn mening till. ", {"chapters", "slides-sv"}),
        ("report/sv/staff.qmd", "", "", {"chapters", "render-sv"}),
        ("report/sv/staff.qmd", "# ", "# Om ", {"chapters", "render-sv", "slides-sv"}),  # its title stands on a slide
    ],
)
def test_of_words_only_what_shows_them_is_due(
    changed: Callable[..., dict[str, list[str]]], name: str, old: str, new: str, expected: set[str]
) -> None:
    assert set(changed(name, old, new)) == expected


def test_edited_prose_only_renders(small_project: Project) -> None:
    project = small_project
    before = project.published()
    project.append("report/sv/jobs.qmd", "\nEn mening till.\n")
    outcome = project.build()
    assert (outcome.status, outcome.steps) == (0, {"chapters", "render sv", "publish sv", "finish"})
    assert b"En mening till." in project.published()["report/_output/sv/report.html"] != before


def test_an_edited_renderer_only_renders(small_project: Project) -> None:
    small_project.append("report_engine/render/embedded.py", "\n# an edit\n")
    assert small_project.build().steps == {"chapters", "render sv", "publish sv", "finish"}


def test_a_published_file_changed_by_hand_is_published_again(small_project: Project) -> None:
    project = small_project
    before = project.published()
    page = project.path("report/_output/sv/report.html")
    page.write_bytes(b"saved over")
    assert project.build().steps == {"publish sv"}
    page.unlink()
    project.path("report/_output/index.html").write_bytes(b"saved over")
    assert project.build().steps == {"publish sv", "finish"}
    assert project.published() == before


def test_made_files_changed_by_hand_are_made_again(small_project: Project) -> None:
    project = small_project
    before = project.bytes("data/tidy", "data/results", "figures")
    shutil.rmtree(project.path("figures/en/jobs"))
    project.path("figures/sv/jobs/line.svg").write_text("drawn over", "utf-8")
    project.path("figures/sv/lessons/left_over.svg").write_text("of another version", "utf-8")
    project.path("data/tidy/unemployment.parquet").write_bytes(b"")
    outcome = project.build()
    assert outcome.steps == {"check", "tidy tables", "section jobs", "section lessons"}
    assert project.bytes("data/tidy", "data/results", "figures") == before
