"""A real build in a temporary copy of the project, made once; every test gets a cheap copy of that."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import filelock
import pytest

from report_engine.settings import config

ROOT = Path(__file__).resolve().parent.parent.parent
EDITIONS = config.load(ROOT).editions

SOURCES = (
    "Snakefile",
    "_quarto.yml",
    "pyproject.toml",
    "config.yaml",
    "CITATION.cff",
    "analysis",
    "report_engine",
    "data/raw",
    "data/reference",
    "data/mappings",
    "profiles",
    "report",
)
MADE = ("data/tidy", "data/results", "figures", "report/_output", "report/_staging")


def copy_project(target: Path) -> Path:
    """Copy what a clone holds, and nothing that a build makes."""
    leave_out = shutil.ignore_patterns("__pycache__", "_output", "_staging", "releases", ".ipynb_checkpoints")
    for name in SOURCES:
        source = ROOT / name
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=leave_out)
        else:
            shutil.copy2(source, target / name)
    return target


@dataclass(frozen=True)
class Outcome:
    """How a command ended: its status, what it printed and the names of the steps that ran to their end."""

    status: int
    output: str

    @property
    def steps(self) -> set[str]:
        return set(re.findall(r"^done +(\S.*?) +[\d.]+ s$", self.output, re.MULTILINE))

    @property
    def sections(self) -> set[str]:
        return {name.removeprefix("section ") for name in self.steps if name.startswith("section ")}


@dataclass(frozen=True)
class Project:
    """A copy of the project in a folder of its own."""

    root: Path

    def command(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        """Start a Python module in the project, in a session of its own, with the project's own code."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "REPORT_", "PYTHON"))}
        return subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=self.root,
            env=kept | {"PYTHONUTF8": "1", "REPORT_LANG": "en"} | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )

    def run(self, *arguments: str, **environment: str) -> Outcome:
        process = self.command(*arguments, **environment)
        output, _ = process.communicate(timeout=900)
        return Outcome(process.returncode, output)

    def run_code(self, code: str, *arguments: str) -> Outcome:
        """Run Python code in the project, with the project's own modules."""
        script = self.root / ".snakemake" / "code.py"
        script.parent.mkdir(exist_ok=True)
        script.write_text(f"import sys; sys.path.insert(0, '.')\n{code}", "utf-8")
        process = subprocess.run(
            [sys.executable, str(script), *arguments], cwd=self.root, capture_output=True, text=True, check=False
        )
        return Outcome(process.returncode, process.stdout + process.stderr)

    def build(self) -> Outcome:
        return self.run("report_engine.cli", "build")

    def snakemake(self, *arguments: str, **environment: str) -> Outcome:
        return self.run("snakemake", *arguments, **environment)

    def path(self, name: str) -> Path:
        return self.root / name

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace the first occurrence of a string in a file, which must be there."""
        path = self.path(name)
        text = path.read_text("utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), "utf-8", newline="")

    def append(self, name: str, text: str) -> None:
        with self.path(name).open("a", encoding="utf-8", newline="") as file:
            file.write(text)

    def bytes(self, *folders: str) -> dict[str, bytes]:
        """Return what is in the files of these folders, by path."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for folder in folders
            for path in sorted(self.path(folder).rglob("*"))
            if path.is_file() and not path.name.startswith(".")  # .snakemake_timestamp, locks
        }

    def published(self) -> dict[str, bytes]:
        return self.bytes("report/_output")

    @property
    def formats(self) -> set[str]:
        """The endings of what is published, which must be the same in every edition."""
        endings = [{Path(name).suffix for name in self.bytes(f"report/_output/{edition}")} for edition in EDITIONS]
        assert all(each == endings[0] for each in endings)
        return endings[0]


DUE = """
import json, sys
from report_engine.pipeline import build_state, planning
print(json.dumps(build_state.mark_all(planning.plan(planning.project()))))
"""


def due(project: Project) -> dict[str, list[str]]:
    """Return the steps that are due, and why, without running any."""
    outcome = project.run_code(DUE)
    assert outcome.status == 0, outcome.output
    found: dict[str, list[str]] = json.loads(outcome.output.splitlines()[-1])
    return found


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Project], Outcome]) -> Project:
    """Make a project that all test processes share, in the first that asks for it."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    project, record = Project(shared / name), shared / f"{name}.json"
    with filelock.FileLock(shared / f"{name}.lock"):
        if not record.exists():
            outcome = make(project)
            record.write_text(json.dumps([outcome.status, outcome.output]), "utf-8")
    status, output = json.loads(record.read_text("utf-8"))
    assert status == 0, output
    return project


_NOTHING_HAS_CHANGED = """
import sys
from report_engine.pipeline import build_state, planning
sys.exit(bool(build_state.mark_all(planning.plan(planning.project()))))
"""


def up_to_date() -> bool:
    """Say whether `report build` has nothing to do in this folder."""
    run = subprocess.run([sys.executable, "-c", _NOTHING_HAS_CHANGED], cwd=ROOT, capture_output=True, check=False)
    return run.returncode == 0


def build_or_copy(project: Project) -> Outcome:
    """Build a copy of the project from nothing, or take along what was built in this folder where that is up to date."""
    copy_project(project.root)
    if not up_to_date():
        return project.build()
    for name in (*MADE, ".snakemake", "logs"):
        shutil.copytree(ROOT / name, project.root / name)
    return Outcome(0, "")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A built project: copy it, don't change it."""
    return once(tmp_path_factory, "built", build_or_copy)


@pytest.fixture(scope="module")
def planned(built: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A built project for edits that are taken back."""
    return Project(shutil.copytree(built.root, tmp_path_factory.mktemp("planned") / "project"))


@pytest.fixture(scope="session")
def light(built: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The same, but published as a page only: a PDF and a Word file at every step would teach nothing more."""

    def make(project: Project) -> Outcome:
        shutil.copytree(built.root, project.root)
        project.edit("config.yaml", "formats: [html, pdf, docx, slides]", "formats: [html]")
        return project.build()

    return once(tmp_path_factory, "light", make)


@pytest.fixture
def project(light: Project, tmp_path: Path) -> Project:
    """A built project of the test's own."""
    return Project(shutil.copytree(light.root, tmp_path / "project"))


@pytest.fixture(scope="session")
def small_built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small study that has been built from nothing: copy it, don't change it."""
    from tests.workflow import small

    return once(tmp_path_factory, "small", lambda project: Project(small.make(project.root)).build())


@pytest.fixture
def first(small_built: Project) -> Outcome:
    """How the first build of the small study, from nothing, went."""
    return Outcome(*json.loads((small_built.root.parent / "small.json").read_text("utf-8")))


@pytest.fixture
def small_project(small_built: Project, tmp_path: Path) -> Project:
    """A built small study of the test's own: for what asks how a build goes, not what is in the report."""
    return Project(shutil.copytree(small_built.root, tmp_path / "project"))
