"""Status 0 means that what is published was made from what is there now."""

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.workflow.conftest import EDITIONS, Project, due

LONG_AGO = 1_577_836_800  # 1 January 2020: older than anything that a build makes


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("report/references.bib", "{andersson2012,", "{andersson2012x,", "@andersson2012 is not in the bibliography"),
        ("report/sv/jobs.qmd", "\n", "\n{{< fact jobs.no_such >}}\n", "unknown fact 'jobs.no_such'"),
    ],
)
def test_a_render_that_fails_fails_again_until_it_is_mended(
    small_project: Project, name: str, old: str, new: str, message: str
) -> None:
    project = small_project
    kept = project.published()
    project.edit(name, old, new)
    for outcome in (project.build(), project.build()):
        assert (outcome.status, outcome.output.count(message)) == (1, 1), outcome.output
        assert name in outcome.output or name.endswith(".bib")
        assert project.published() == kept
    assert project.snakemake().status == 1
    assert project.published() == kept
    project.edit(name, new, old)
    outcome = project.build()
    assert (outcome.status, project.published()) == (0, kept), outcome.output


def test_three_builds_at_once_of_a_refused_chapter_all_fail(small_project: Project) -> None:
    project = small_project
    project.append("report/sv/jobs.qmd", "\n{{< fact jobs.no_such >}}\n")
    builds = [project.command("report_engine.cli", "build") for _ in range(3)]
    outputs = [process.communicate(timeout=900)[0] for process in builds]
    assert [process.returncode for process in builds] == [1, 1, 1], outputs
    assert all("unknown fact 'jobs.no_such'" in output for output in outputs)


def test_a_change_with_an_old_time_stamp_is_built(small_project: Project) -> None:
    """As `cp -p`, unzip and `rsync -a` leave it; here in data, a chapter and code at once."""
    project = small_project
    before = project.published()
    project.edit("data/reference/unemployment.csv", ",8.", ",9.")
    project.edit("report/sv/jobs.qmd", "Att [", "Om [")
    project.edit("analysis/sections/lessons.py", "kommuner", "platser")
    for name in ("data/reference/unemployment.csv", "report/sv/jobs.qmd", "analysis/sections/lessons.py"):
        os.utime(project.path(name), (LONG_AGO, LONG_AGO))
    assert {"tidy", "render-sv", "section-lessons"} <= set(due(project))
    outcome = project.snakemake()
    assert outcome.status == 0, outcome.output
    page = project.published()["report/_output/sv/report.html"].decode()
    assert "Om " in page and "platser" in page and page.encode() != before["report/_output/sv/report.html"]
    assert "Nothing has changed since the last build." in project.build().output


EVERY_FILE = """
import json, os, sys
from pathlib import Path
from report_engine.pipeline import build_state, planning
from report_engine.provenance import digests
its = planning.project()
steps = planning.plan(its)
assert not build_state.mark_all(steps)
known = {name for step in steps for name in build_state.contents((*step.reads, *step.makes))}
asked = json.load(open(sys.argv[1]))
unseen = [name for name in asked if name not in known]
for name in asked[::60]:
    path = Path(name)
    content, found = path.read_bytes(), path.stat()
    path.write_bytes(content + (b"\\n" if path.suffix != ".parquet" else b"x"))
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    if not build_state.mark_all(steps):
        unseen.append(name)
    path.write_bytes(content)
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
print(json.dumps(unseen))
"""

FOLDERS = ("analysis", "report_engine", "data", "report", "figures")
NOT_READ = (
    "report_engine/build.py",  # what `report` does besides the workflow
    "report_engine/cli.py",
    "report_engine/command_help.py",
    "report_engine/commands.py",
    "report_engine/contracts/data_dictionary.py",
    "report_engine/pipeline/display.py",
    "report_engine/preview/gallery.py",
    "report_engine/mappings/",
    "report_engine/pyproject.toml",
    "report_engine/starter.py",
    "report_engine/changes/",
    "report_engine/findings/",
    "report_engine/fetch/",
    "analysis/notebooks/README",
    "report_engine/pipeline/bytecode.py",
    "report_engine/pipeline/lock.py",
    "report_engine/pipeline/planning.py",
    "report_engine/pipeline/writable.py",
    "report_engine/render/fonts.py",
    "report_engine/preview/",
    "report_engine/prose/summary.py",
    "report_engine/render/filtered.py",
    "report_engine/render/office/reference.py",  # writes report/theme/reference.docx, which is kept and read
    "report_engine/render/rehearsal.py",
    "analysis/synthetic/",
    "report_engine/trace/",
    "data/README.md",
    "data/mappings/",
    "data/raw/README",
    "report_engine/pipeline/steps/slides.py",  # where config.yaml asks for no slides
    "report/theme/changes.html",
    "report/theme/check.html",
)
"""Files that no step reads: an edit of them can't change what is published."""
UNFINISHED = ("/report.typ", "/slides.typ")  # what a PDF is made from, in staging


def test_an_edit_of_any_file_of_the_same_time_makes_a_step_due(project: Project, tmp_path: Path) -> None:
    files = [
        path.relative_to(project.root).as_posix()
        for folder in FOLDERS
        for path in sorted(project.path(folder).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    ]
    asked = [
        name
        for name in files
        if not name.startswith(NOT_READ) and not ("_staging" in name and name.endswith(UNFINISHED))
    ]
    (tmp_path / "files.json").write_text(json.dumps(asked), "utf-8")
    outcome = project.run_code(EVERY_FILE, str(tmp_path / "files.json"))
    assert outcome.status == 0, outcome.output
    assert json.loads(outcome.output.splitlines()[-1]) == []
    assert len(asked) > 500


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("report_engine/results/reading.py", "frame.empty", "not len(frame)", {"section-staff", "section-background"}),
        (
            "report_engine/pipeline/steps/section.py",
            "given.settings.smallest_cell, drawings)",
            "1, drawings)",
            {"section-staff"},
        ),
        ("report_engine/readers/mapping.py", '"""', '"""(An edit.) ', {"tidy"}),
        ("report_engine/pipeline/workspace.py", '"""', '"""(An edit.) ', {"tidy"}),
        (
            "analysis/contracts/actors.yaml",
            "\n",
            "\n# an edit\n",
            {"tidy", "section-background", "section-conclusions"},
        ),
        ("report_engine/drawing/svg.py", '"""', '"""(An edit.) ', {"section-staff"}),
        ("report/theme/report.css", "\n", "\n/* an edit */\n", {"render-sv", "render-en"}),
        ("report/filters/figure.lua", "\n", "\n-- an edit\n", {"render-sv", "slides-sv"}),
        ("config.yaml", "smallest_cell: 5", "smallest_cell: 6", {"section-staff"}),
        ("config.yaml", "seed: 2026", "seed: 2027", {"section-staff"}),
    ],
)
def test_what_every_step_runs_and_reads_is_in_its_key(
    planned: Project, name: str, old: str, new: str, expected: set[str]
) -> None:
    path = planned.path(name)
    content, found = path.read_bytes(), path.stat()
    planned.edit(name, old, new)
    os.utime(path, (LONG_AGO, LONG_AGO))
    got = set(due(planned))
    path.write_bytes(content)
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert expected <= got


def test_in_a_copy_of_a_built_project_nothing_is_due(planned: Project) -> None:
    assert due(planned) == {}


def test_an_image_beside_the_chapters_counts(small_project: Project) -> None:
    project = small_project
    project.edit("report/images/dot.svg", 'width="40"', 'width="41"')
    os.utime(project.path("report/images/dot.svg"), (LONG_AGO, LONG_AGO))
    assert set(due(project)) == {"render-sv"}
    project.edit("report/images/dot.svg", 'width="41"', 'width="40"')
    assert due(project) == {}
    project.path("report/images/new.png").write_bytes(b"one")
    assert set(due(project)) == {"render-sv"}


def test_results_that_were_removed_are_made_again(small_project: Project) -> None:
    project = small_project
    before = project.bytes("data/results", "figures")
    for name in ("facts.json", "claims.json", "placements.json", "sv/notes.json", "sources.json", "sv/quality.md"):
        project.path(f"data/results/{name}").unlink()
    shutil.rmtree(project.path("data/results/sv/tables/jobs"))
    shutil.rmtree(project.path("data/results/en/tables/report"))
    outcome = project.build()
    assert outcome.status == 0, outcome.output
    assert project.bytes("data/results", "figures") == before


def test_a_staged_page_edited_by_hand_is_not_published(small_project: Project) -> None:
    project = small_project
    before = project.published()
    page = project.path("report/_staging/sv/report.html")
    page.write_bytes(page.read_bytes().replace(b"</h1>", b" (edited)</h1>", 1))
    project.edit("report_engine/pipeline/steps/publish.py", '"""', '"""(An edit.) ')
    outcome = project.build()
    assert (outcome.status, outcome.steps) == (0, {"render sv", "publish sv"}), outcome.output
    assert project.published() == before


def test_an_edition_left_out_is_taken_away_with_all_that_was_made_for_it(project: Project) -> None:
    one, other = EDITIONS
    before = project.bytes(f"report/_output/{one}")
    project.edit("config.yaml", f"editions: [{one}, {other}]", f"editions: [{one}]")
    outcome = project.build()
    assert outcome.status == 0, outcome.output
    assert sorted(path.name for path in project.path("report/_output").iterdir() if path.is_dir()) == [one]
    assert f'href="{other}/' not in project.path("report/_output/index.html").read_text("utf-8")
    assert project.bytes(f"report/_output/{one}") != before  # it no longer leads to the other
    shutil.copytree(project.path(f"report/_output/{one}"), project.path(f"report/_output/{other}"))
    assert project.build().steps == {"finish"}
    assert not project.path(f"report/_output/{other}").exists()


def test_a_file_saved_while_the_report_is_built_is_built_too(small_project: Project) -> None:
    project = small_project
    project.edit("report/sv/jobs.qmd", "Att [", "Om [")
    process = project.command("report_engine.cli", "build")
    assert process.stdout is not None
    output = ""
    for line in process.stdout:
        output += line
        if line.startswith("done   chapters"):  # what comes next is the render
            project.edit("data/reference/unemployment.csv", ",8.", ",9.")
            break
    rest, _ = process.communicate(timeout=900)
    assert process.returncode == 0, output + rest
    assert "Changed while the report was being built: data/reference/unemployment.csv. Build again." in rest
    assert due(project) == {}
