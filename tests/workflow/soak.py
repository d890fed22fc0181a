"""Random edits, accidents and kills, after each of which a build must give what a build from nothing gives, byte for byte.

``python -m tests.workflow.soak FOLDER [--small] [--steps N] [--kills N] [--seed N]`` goes on where it was stopped: each step's
random numbers follow from the seed and the step's number, and what happened stands in ``FOLDER/steps.jsonl``.
"""

import argparse
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.workflow import small
from tests.workflow.conftest import Project, copy_project
from tests.workflow.copies import COMPARED, LEFT_OUT, digests, keep, restore, sources

SIGNALS = ("SIGKILL", "SIGTERM", "SIGHUP", "SIGINT")


@dataclass(frozen=True)
class Edit:
    """A change to files of a pattern: the first group of the expression, in one place, becomes ``new`` (``\\n`` for a line more)."""

    files: str
    old: str
    new: str


EDITS = (
    Edit("data/reference/unemployment.csv", r",(\d)\.\d,", "7"),
    Edit("data/raw/literature/studies.csv", r",(descriptive|no effect),", "mixed"),
    Edit("data/raw/survey/actors.csv", r",(2),", "3"),
    Edit("data/raw/interviews/segments.csv", r",(-1|0),", "1"),
    Edit("config.yaml", r"first: (20\d\d)", "2011"),
    Edit("config.yaml", r"smallest_cell: (\d+)", "6"),
    Edit("config.yaml", r"seed: (\d+)", "7"),
    Edit("analysis/sections/**/*.py", r"\b(?:UNEQUAL|MOST|COMMON) = 0\.(\d)", "6"),
    Edit("report/*/texts/*.yaml", r" (och|and) ", "/"),
    Edit("report/*/texts/*.yaml", r"\Z", "\n# an edit\n"),
    Edit("report_engine/words/*/*.yaml", r"\Z", "\n# an edit\n"),
    Edit("analysis/study.yaml", r"\Z", "\n# an edit\n"),
    Edit("analysis/**/*.py", r"\Z", "\n# an edit\n"),
    Edit("report_engine/**/*.py", r"\Z", "\n# an edit\n"),
    Edit("report_engine/drawing/style.py", r'ACCENT = "#(\w+)"', "123456"),
    Edit("analysis/contracts/*.yaml", r"\Z", "\n# an edit\n"),
    Edit("analysis/contracts/unemployment.yaml", r"(Labour Force Survey)", "Labour force survey"),
    Edit("analysis/notebooks/*.ipynb", r"(Antal rader|Rader)", "Så många rader"),
    Edit("report/sv/*.qmd", r" (och|är) ", "samt"),
    Edit("report/en/*.qmd", r" (and) ", "as well as"),
    Edit("report/sv/slides/*.md", r" (och) ", "samt"),
    Edit("report/theme/report.css", r"(#[0-9a-f]{6})\b", "#123456"),
    Edit("report/theme/page.html", r"\Z", "\n<!-- an edit -->\n"),
    Edit("report/filters/*.lua", r"\Z", "\n-- an edit\n"),
    Edit("report/filters/embedded/*.lua", r"\Z", "\n-- an edit\n"),
    Edit("report/references.bib", r"year\s*= \{(\d+)\}", "1999"),
    Edit("report/images/*.svg", r'width="(\d+)"', "30"),
)


@dataclass
class Soak:
    """A project that things happen to, and what has happened; ``clean`` keeps builds from nothing by their sources."""

    root: Path
    fresh: Callable[[Path], Path]
    seed: int
    clean: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def project(self) -> Project:
        return Project(self.root / "project")

    def start(self) -> None:
        """Make the project and build it, unless an earlier run has."""
        if not (self.root / "steps.jsonl").exists():
            shutil.rmtree(self.root, ignore_errors=True)
            self.fresh(self.project.root)
            outcome = self.project.build()
            assert outcome.status == 0, outcome.output
            shutil.copytree(
                self.project.root, self.root / "branch", ignore=shutil.ignore_patterns(*LEFT_OUT, *("_output",))
            )
            (self.root / "steps.jsonl").touch()

    def step(self, number: int, *, kill: bool = False) -> "Step":
        """Let something happen, build, and compare; a killed build is followed by one that is not."""
        rng = random.Random(f"{self.seed}/{number}")
        happening = rng.choice(ACCIDENTS if kill is False and rng.random() < 0.45 else [edit])
        what = happening(self, rng)
        if kill:
            what += "; " + self.kill(rng)
        run = self.project.snakemake if rng.random() < 0.2 else self.project.build
        outcome = run()
        again = self.project.build()
        got = digests(self.project.root) if outcome.status == 0 else {}
        status, expected = self.from_nothing()
        wrong = sorted(name for name in got.keys() | expected.keys() if got.get(name) != expected.get(name))
        if bool(outcome.status) != bool(status):
            wrong.insert(0, f"status {outcome.status}, from nothing {status}: {outcome.output[-600:]}")
        needless = sorted(again.steps) if again.status == 0 else []
        if happening in NOTHING:
            needless += sorted(outcome.steps)
        found = Step(number, what, outcome.status, sorted(outcome.steps), wrong, needless)
        if outcome.status:  # what can't be built is taken back
            restore(self.root / "good", self.project.root)
        else:
            keep(self.project.root, self.root / "good")
        with (self.root / "steps.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(found), ensure_ascii=False) + "\n")
        return found

    def from_nothing(self) -> tuple[int, dict[str, str]]:
        """Build the sources as they are now in an empty folder; return the status and the digests of what was made."""
        key = hashlib.sha256(json.dumps(sources(self.project.root)).encode()).hexdigest()
        if key not in self.clean:
            other = Project(self.root / "from nothing")
            shutil.rmtree(other.root, ignore_errors=True)
            keep(self.project.root, other.root)
            outcome = other.build()
            self.clean[key] = {"status": str(outcome.status)} | (digests(other.root) if outcome.status == 0 else {})
        made = dict(self.clean[key])
        return int(made.pop("status")), made

    def kill(self, rng: random.Random) -> str:
        """Start a build and end it at a random moment: its whole group, or the main process alone."""
        process = self.project.command("report_engine.cli", "build")
        seconds = rng.uniform(0.2, 12)
        name = rng.choice(SIGNALS)
        group = rng.random() < 0.6
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            (os.killpg if group else os.kill)(process.pid, signal.Signals[name])
        process.communicate(timeout=300)
        return f"{name} to {'its group' if group else 'the main process'} after {seconds:.1f} s: status {process.returncode}"


@dataclass(frozen=True)
class Step:
    """What happened in a step, which steps of the workflow ran, which files differ, and what ran for nothing."""

    number: int
    what: str
    status: int
    ran: list[str]
    wrong: list[str]
    needless: list[str]


def edit(soak: Soak, rng: random.Random) -> str:
    """Change a file in one place, and give it any time: a new one, an old one, or the one that it had."""
    root = soak.project.root
    for _ in range(100):
        one = rng.choice(EDITS)
        paths = sorted(path for path in root.glob(one.files) if path.is_file())
        path = rng.choice(paths) if paths else None
        found = list(re.finditer(one.old, path.read_text("utf-8"))) if path else []
        if path and found:
            place = rng.choice(found)
            number = next((n for n in range(1, (place.re.groups or 0) + 1) if place[n] is not None), 0)
            text = path.read_text("utf-8")
            stamp = rng.choice((None, path.stat().st_mtime_ns, 1_577_836_800_000_000_000, 4_102_444_800_000_000_000))
            path.write_text(text[: place.start(number)] + one.new + text[place.end(number) :], "utf-8", newline="")
            if stamp:
                os.utime(path, ns=(stamp, stamp))
            return (
                f"edit {path.relative_to(root).as_posix()}: {place[0].strip()[:30]} → {one.new.strip()}, stamp {stamp}"
            )
    raise AssertionError("nothing to edit")


def touch(soak: Soak, rng: random.Random) -> str:
    """Give files another time."""
    paths = rng.sample([Path(name) for name in sources(soak.project.root)], 5)
    for path in paths:
        os.utime(soak.project.root / path, (rng.choice((0, 1_577_836_800, time.time())),) * 2)
    return f"touch {', '.join(path.as_posix() for path in paths)}"


def spoil(soak: Soak, rng: random.Random) -> str:
    """Change or remove a made file by hand."""
    root = soak.project.root
    path = rng.choice([path for name in COMPARED for path in sorted((root / name).rglob("[!.]*")) if path.is_file()])
    how = rng.choice(("removed", "emptied", "written to"))
    if how == "removed":
        path.unlink()
    else:
        path.write_bytes(b"" if how == "emptied" else path.read_bytes() + b"x")
    return f"{path.relative_to(root).as_posix()} {how}"


def litter(soak: Soak, rng: random.Random) -> str:
    """Leave a file among those that were made."""
    folders = [
        path
        for name in ("figures", "data/tidy", "data/results")
        for path in sorted((soak.project.root / name).rglob("*"))
    ]
    folder = rng.choice(
        [path for path in folders if path.is_dir() and path.name in (*small.SECTIONS, "staff", "tidy", "report")]
    )
    (folder / "left_over.svg").write_text("x", "utf-8")
    return f"left_over.svg in {folder.relative_to(soak.project.root).as_posix()}"


def forget(soak: Soak, rng: random.Random) -> str:
    """Lose Snakemake's folder, or a part of it."""
    path = rng.choice(
        (".snakemake", ".snakemake/metadata", ".snakemake/report/digests.json", ".snakemake/report/current")
    )
    whole = soak.project.root / path
    if whole.is_dir():
        shutil.rmtree(whole)
    else:
        whole.unlink(missing_ok=True)
    return f"{path} removed"


def switch(soak: Soak, rng: random.Random) -> str:
    """Switch to the branch as it was at the beginning, or put this state in its place; all with the times of the copies."""
    branch, now = soak.root / "branch", soak.root / "other branch"
    shutil.rmtree(now, ignore_errors=True)
    keep(soak.project.root, now)
    restore(branch, soak.project.root)
    shutil.rmtree(branch)
    now.rename(branch)
    return "switch to another branch"


def remove(soak: Soak, rng: random.Random) -> str:
    """Remove a file that people write."""
    name = rng.choice([name for name in sources(soak.project.root) if not name.endswith((".pyc", "__init__.py"))])
    (soak.project.root / name).unlink()
    return f"{name} removed"


def rename(soak: Soak, rng: random.Random) -> str:
    """Move a dataset's file and name its new place in the settings, or back."""
    root = soak.project.root
    config = root / "config.yaml"
    here, there = "data/reference/unemployment.csv", "data/reference/unemployment_moved.csv"
    text = config.read_text("utf-8")
    if (root / here).exists():
        (root / here).rename(root / there)
        text = re.sub(r"sources: \{", f"sources: {{unemployment: {there}, ", text, count=1).replace(", }", "}")
    else:
        (root / there).rename(root / here)
        text = re.sub(rf"unemployment: {there}(, )?", "", text, count=1)
    config.write_text(text, "utf-8")
    return f"unemployment.csv moved; {text.splitlines()[0]}"


ACCIDENTS = [touch, spoil, spoil, litter, forget, switch, remove, rename]
NOTHING = [touch]
"""What changes neither a source nor a made file: nothing may run after it."""


def run(folder: Path, *, whole: bool, seed: int, steps: int, kills: int) -> list[Step]:
    """Take the steps that an earlier run has not taken, printing each; kills come after the rest."""
    soak = Soak(folder, copy_project if whole else small.make, seed)
    soak.start()
    keep(soak.project.root, folder / "good") if not (folder / "good").exists() else None
    taken = [Step(**json.loads(line)) for line in (folder / "steps.jsonl").read_text("utf-8").splitlines()]
    for number in range(len(taken), steps + kills):
        taken.append(soak.step(number, kill=number >= steps))
        print(json.dumps(asdict(taken[-1]), ensure_ascii=False), flush=True)
    return taken


def main() -> int:
    """Run from the command line; 1 where a file differed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--steps", type=int, default=100)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=2026)
    given = parser.parse_args()
    taken = run(given.folder.resolve(), whole=not given.small, seed=given.seed, steps=given.steps, kills=given.kills)
    wrong, needless = (sum(bool(getattr(step, name)) for step in taken) for name in ("wrong", "needless"))
    refused = sum(step.status != 0 for step in taken)
    print(
        f"{given.steps} edits and accidents, {given.kills} kills ({refused} ended in a refusal): {wrong} mismatches, {needless} with needless reruns"
    )
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
