"""Whatever a step opens is among what decides whether it is due."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from report_engine.contracts import study
from report_engine.pipeline import build_state
from tests.workflow.conftest import EDITIONS, ROOT, Project

STEPS = [
    "tidy",
    *(f"section-{section}" for section in study.sections()),
    "results",
    "quality",
    "chapters",
    *(f"{step}-{edition}" for step in ("render", "slides", "publish") for edition in EDITIONS),
    # not finish: it looks at everything, to see that nothing has changed
]

SETTINGS = "config.yaml"  # what a step reads of it is in its key by name
NOT_READ = re.compile(r"\.snakemake/|logs/|report/_staging/|report/_output/\.|\.report\.lock")
LISTED = {f"report/{edition}" for edition in EDITIONS}  # a step's reads name each thing in them but the slides
TITLES = re.compile(
    r"slides-\w+ report/\w+/(?!index)\w+\.qmd"
)  # what slides show of a chapter is in their key as words
CODE = re.compile(r"(.*/)?__pycache__/([^/]+)\.cpython-\d+\.pyc")


@pytest.fixture(scope="module")
def plan(built: Project) -> dict[str, build_state.Planned]:
    content = json.loads(built.path(build_state.PLAN.as_posix()).read_text("utf-8"))
    return {name: build_state._planned(each) for name, each in content["steps"].items()}


def opened(project: Project, step: str, tmp_path: Path) -> set[tuple[str, str]]:
    log = tmp_path / "opened"
    command = [sys.executable, "-m", "tests.workflow.watched", str(log), *step.split("-")]
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "REPORT_"))}
    run = subprocess.run(
        command,
        cwd=project.root,
        env=environment | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    lines = log.read_text("utf-8").splitlines()
    return {(kind, name) for kind, name in (line.split(" ", 1) for line in lines)}


def unaccounted(found: set[tuple[str, str]], its: build_state.Planned, root: Path) -> list[str]:
    """Name what was opened or listed and is not in the step's key; a module's compiled file stands for its source."""
    known = {*its.reads, *its.makes}
    wrong = set()
    for kind, name in found:
        source = CODE.sub(r"\1\2.py", name)
        inside = any(source == each or source.startswith(f"{each}/") for each in known)
        if (
            inside
            or NOT_READ.match(name)
            or TITLES.fullmatch(f"{its.name} {name}")
            or (name == SETTINGS and any(key.startswith(SETTINGS) for key in its.beside))
        ):
            continue
        if kind == "folder" and (
            name.startswith(("analysis", "report_engine")) or name in LISTED or not (root / name).exists()
        ):
            continue  # imports look through the folders of modules
        if kind == "file" and not (root / source).exists():
            continue  # what is not there can't be read; were it there, it would be new
        wrong.add(f"{kind} {source}")
    return sorted(wrong)


@pytest.mark.parametrize("step", STEPS)
def test_a_step_opens_only_what_is_in_its_key(
    step: str, planned: Project, plan: dict[str, build_state.Planned], tmp_path: Path
) -> None:
    """In one copy for all steps: each makes what is there."""
    assert unaccounted(opened(planned, step, tmp_path), plan[step], planned.root) == []


_OPENED = re.compile(r'open(?:at)?\((?:AT_FDCWD, |\d+, )?"(?P<path>(?:[^"\\]|\\.)*)", (?P<flags>[A-Z_|]+)[^)]*\) = \d+')


def opened_by_all_programs(project: Project, step: str, tmp_path: Path) -> set[tuple[str, str]]:
    """List what a step opens, whatever opens it: Pandoc, Typst, Arrow and other libraries that Python does not see."""
    log = tmp_path / "strace"
    command = ["strace", "-f", "-qq", "-e", "trace=open,openat", "-e", "status=successful", "-o", str(log)]
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "REPORT_"))}
    argv = [*command, sys.executable, "-m", "report_engine.pipeline.jobs", *step.split("-")]
    run = subprocess.run(argv, cwd=project.root, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    found = set()
    for match in _OPENED.finditer(log.read_text("utf-8", errors="replace")):
        full = Path(os.path.normpath(project.root / match["path"]))
        written = {"O_WRONLY", "O_RDWR", "O_CREAT"} & set(match["flags"].split("|"))
        if full.is_relative_to(project.root) and full != project.root and not written and not full.is_dir():
            found.add(("file", full.relative_to(project.root).as_posix()))
    return found


@pytest.mark.soak
@pytest.mark.parametrize("step", STEPS)
def test_no_program_opens_what_is_not_in_the_steps_key(
    step: str, built: Project, plan: dict[str, build_state.Planned], tmp_path: Path
) -> None:
    project = Project(shutil.copytree(built.root, tmp_path / "project", symlinks=True))
    found = opened_by_all_programs(project, step, tmp_path)
    assert len(found) > 20
    assert unaccounted(found, plan[step], project.root) == []
