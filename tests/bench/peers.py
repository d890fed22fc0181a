"""The report's jobs as a user of make, doit, DVC or pytask would write them: files read, files made, one process a figure."""

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml

from report_engine.contracts import study
from report_engine.pipeline.steps import quality, results
from report_engine.pipeline.steps.tidy import MAKES
from report_engine.provenance import fingerprint

TOOLS = ("make", "doit", "dvc", "pytask")
PACKAGES = ("doit==0.37.0", "dvc==3.67.1", "pytask==0.6.0", "pytask-parallel==0.5.5")

_JOB = "peer_job.py"
_COMPUTING = tuple(f"report_engine/{each}/**/*.py" for each in ("methods", "model", "results", "words"))
_DRAWING = ("report_engine/drawing/*.py",)
_READING = tuple(f"report_engine/{each}/**/*.py" for each in ("checks", "contracts", "readers"))
_RENDERING = ("_quarto.yml", "report_engine/render/**/*.py", "report/filters/**/*", "report/theme/**/*", "report/*.bib")


@dataclass(frozen=True)
class Job:
    """A job: what it is called and is started with, and which files it reads and makes (``reads`` may hold patterns)."""

    arguments: Sequence[str]
    reads: Sequence[str]
    makes: Sequence[str]


@dataclass(frozen=True)
class Written:
    """A job as a tool's file holds it: patterns and folders have become files."""

    name: str
    command: str
    reads: list[str]
    makes: list[str]


def figures(built: Path) -> Mapping[str, list[str]]:
    """Name the figures of each section in a built project."""
    folder = built / "data" / "results" / "sections"
    return {name: json.loads((folder / f"{name}.json").read_text("utf-8"))["figures"] for name in study.sections()}


def jobs(drawn: Mapping[str, Sequence[str]], editions: Sequence[str]) -> Iterator[Job]:
    """Yield the jobs of a build, those first that others need."""
    config, contracts = "config.yaml", "analysis/contracts/*.yaml"
    results_of = "data/results/sections/{}.json"
    yield Job(["tidy"], [config, contracts, "data/raw/**/*", "data/reference/*", *_READING], MAKES)
    yield Job(["chapters"], [f"report/{each}/**/*" for each in ("sv", "en")], [])
    for section, names in drawn.items():
        declared = fingerprint.literals(f"analysis.sections.{section}")
        earlier = [results_of.format(name) for name in declared["RESTS_ON"]]
        tables = [f"data/tidy/{table}.parquet" for table in declared["TABLES"]]
        code = [f"analysis/sections/{section}/*.py", "analysis/*.py", *_COMPUTING]
        words = [f"report/{edition}/texts/{each}.yaml" for edition in ("sv", "en") for each in (section, "shared")]
        reads = [config, contracts, *tables, *earlier, *code, *words]
        made = [results_of.format(section), *(f"data/results/{each}/tables/{section}" for each in ("sv", "en"))]
        yield Job(["numbers", section], reads, made)
        for name in names:
            for edition in editions:
                files = [f"figures/{edition}/{section}/{name}.{ending}" for ending in ("svg", "png", "csv", "json")]
                yield Job(["figure", section, name, edition], [*reads, *_DRAWING], files)
    yield Job(["results"], [config, contracts, *map(results_of.format, drawn)], results.MAKES)
    notebook = ["analysis/notebooks/*.ipynb", "analysis/*.py", "analysis/contracts/*.yaml", *_COMPUTING]
    yield Job(["quality"], [*MAKES[:1], *notebook], quality.MAKES)
    for edition in editions:
        yield from _documents(edition, drawn)


def _documents(edition: str, drawn: Mapping[str, Sequence[str]]) -> Iterator[Job]:
    shown = [
        *(f"figures/{edition}/{section}/{name}.{end}" for section in drawn for name in drawn[section] for end in ("svg", "png", "json")),
        *(f"data/results/{edition}/tables/{section}" for section in drawn),
        *(path for path in results.MAKES if "placements" in path or f"/{edition}/" in path),
        f"data/results/{edition}/quality.md",
        "config.yaml",
        *_RENDERING,
    ]  # fmt: skip
    staged, slides = (
        [f"report/_staging/{edition}/{name}" for name in names]
        for names in (("report.html", "report.pdf", "report.docx"), ("slides.pptx", "slides.pdf"))
    )
    yield Job(["render", edition], [f"report/{edition}/*.qmd", *shown], staged)
    yield Job(["slides", edition], [f"report/{edition}/*.qmd", f"report/{edition}/slides/*", *shown], slides)
    yield Job(["publish", edition], [*staged, *slides], [f"report/_output/{edition}"])


def lay(tool: str, folder: Path, programs: Path) -> None:
    """Put what a tool needs beside a project's sources."""
    shutil.copy(Path(__file__).with_name("job.py"), folder / _JOB)
    if tool == "dvc":
        subprocess.run([str(programs / "dvc"), "init", "--no-scm", "--quiet"], cwd=folder, check=True)


def write(tool: str, folder: Path, built: Path, python: str) -> None:
    """Write down the jobs for a tool, as the project's settings want them; folders that jobs make hold what is in ``built``."""
    editions = yaml.safe_load((folder / "config.yaml").read_text("utf-8"))["editions"]
    listed = []
    for job in jobs(figures(built), editions):
        name, call, done = "-".join(job.arguments), shlex.join([python, _JOB, *job.arguments]), ""
        makes = sorted(file for path in job.makes for file in _files(built, path))
        if not makes:
            done = f".peers/{name}.done"
            call += f" && mkdir -p .peers && touch {done}"
        reads = {file for pattern in job.reads for file in _read(folder, built, pattern)}
        listed.append(Written(name, call, sorted(reads), makes or [done]))
    if tool == "make":
        (folder / "peers.mk").write_text(_makefile(listed), "utf-8")
    elif tool == "dvc":
        stages = {each.name: {"cmd": each.command, "deps": each.reads, "outs": each.makes} for each in listed}
        (folder / "dvc.yaml").write_text(json.dumps({"stages": stages}), "utf-8")
    else:
        (folder / "jobs.json").write_text(json.dumps([asdict(each) for each in listed]), "utf-8")
        name, code = {"doit": ("dodo.py", _DOIT), "pytask": ("task_report.py", _PYTASK)}[tool]
        (folder / name).write_text(code, "utf-8")


def command(tool: str, programs: Path, cores: int) -> Sequence[str]:
    """Return the command that brings everything up to date; DVC runs one job at a time."""
    return {
        "make": ["make", f"-j{cores}", "-s", "-f", "peers.mk"],
        "doit": [str(programs / "doit"), "-n", str(cores)],
        "dvc": [str(programs / "dvc"), "repro", "--quiet"],
        "pytask": [str(programs / "pytask"), "-n", str(cores), "--parallel-backend", "threads", "task_report.py"],
    }[tool]


def _read(folder: Path, built: Path, pattern: str) -> list[str]:
    """Name the files that a pattern means; what a job makes need not be there yet."""
    if "*" not in pattern:
        return _files(built, pattern)
    found = (path for path in folder.glob(pattern) if path.is_file() and "__pycache__" not in path.parts)
    paths = (path.relative_to(folder).as_posix() for path in found)
    return [path for path in paths if not re.search(r"/_(output|staging)/|/\.", path)]


def _files(built: Path, path: str) -> list[str]:
    """Name a file, or all the files of a folder."""
    if not (built / path).is_dir():
        return [path]
    return [file.relative_to(built).as_posix() for file in sorted((built / path).rglob("*")) if file.is_file()]


def _makefile(listed: Sequence[Written]) -> str:
    """Write the jobs as a makefile; a file that a job leaves as it was makes nothing new (an empty recipe looks again)."""
    lines = [f"all: {' '.join(f'.peers/{each.name}' for each in listed)}"]
    for each in listed:
        stamp = f".peers/{each.name}"
        lines += [f"{stamp}: {' '.join(each.reads)}", f"\t{each.command}", "\t@mkdir -p .peers && touch $@"]
        lines += [f"{' '.join(each.makes)}: {stamp} ;"]
    return "\n".join(lines) + "\n"


_DOIT = """
import json
from pathlib import Path

def task_report():
    for job in json.loads(Path("jobs.json").read_text("utf-8")):
        yield {"name": job["name"], "actions": [job["command"]], "file_dep": job["reads"], "targets": job["makes"]}
"""

_PYTASK = """
import json
import subprocess
from pathlib import Path
from pytask import task

for job in json.loads(Path("jobs.json").read_text("utf-8")):
    @task(id=job["name"], kwargs={
        "depends_on": [Path(path) for path in job["reads"]],
        "produces": [Path(path) for path in job["makes"]],
        "command": job["command"],
    })
    def task_job(depends_on, produces, command):
        subprocess.run(command, check=True, capture_output=True, shell=True)
"""
