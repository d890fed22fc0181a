"""``make bench``: how long builds take, beside the time that the work itself takes.

The floor is the same reading, the same sections and the same rendering, called in one process per core that has everything
loaded. What a build takes beyond it goes to starting, deciding what to do, the notebook's kernel and publishing.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import psutil

FLOOR = "floor"


def main() -> None:
    """Build in a temporary copy and print one line a measurement."""
    from tests.workflow.conftest import copy_project

    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        root = copy_project(Path(folder) / "project")
        cold, peak = build(root, watch=True)
        floor = float(run(shutil.copytree(root, Path(folder) / "floor"), "tests.bench", FLOOR))
        print(f"{'floor: reading, sections and renders, all loaded':52}{floor:6.1f} s", flush=True)
        report("cold build", cold, floor)
        report("nothing changed", build(root)[0], floor)
        change(root / "data/raw/survey/actors.csv", answer)
        report("one survey value changed", build(root)[0], floor)
        change(root / "report/sv/background.qmd", lambda text: text.replace(" och ", " samt ", 1))
        report("one word of prose changed", build(root)[0], floor)
        print(f"{'peak memory of the cold build, all processes':52}{peak / 1e6:6.0f} MB")


def report(what: str, seconds: float, floor: float) -> None:
    """Print one measurement."""
    print(f"{what:52}{seconds:6.1f} s{seconds / floor:8.2f} × floor", flush=True)


def build(root: Path, *, watch: bool = False) -> tuple[float, int]:
    """Run ``report build`` and return its seconds and, where it was watched, the most memory (bytes) it had at once."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "report_engine.cli", "build"], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    peak = 0
    while process.poll() is None:
        if watch:  # looking takes time from what is looked at
            peak = max(peak, memory(process.pid))
        time.sleep(0.25 if watch else 0.02)
    seconds = time.perf_counter() - begun
    assert process.stdout is not None
    output = process.stdout.read().decode()
    if process.returncode:
        sys.exit(output)
    return seconds, peak


def memory(pid: int) -> int:
    """Add up what a process and all below it hold; pages that they share count once where the system can tell."""
    total = 0
    try:
        top = psutil.Process(pid)
        for process in (top, *top.children(recursive=True)):
            try:
                info = process.memory_full_info()
                total += getattr(info, "pss", info.rss)
            except psutil.Error:
                continue
    except psutil.Error:
        pass
    return total


def change(path: Path, edit: Callable[[str], str]) -> None:
    """Change a file, which must make a difference."""
    before = path.read_text("utf-8")
    after = edit(before)
    assert after != before
    path.write_text(after, "utf-8", newline="")


def answer(text: str) -> str:
    """Give another answer in the first row that answers the first question."""
    header, *rows = text.splitlines(keepends=True)
    column = header.split(",").index("pes_collaboration")
    for number, row in enumerate(rows):
        cells = row.split(",")
        if cells[column] in ("2", "3"):
            cells[column] = "3" if cells[column] == "2" else "2"
            rows[number] = ",".join(cells)
            break
    return "".join([header, *rows])


def run(root: Path, *arguments: str) -> str:
    """Run a module of this project in the copy and return what it prints last."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parent.parent)}
    done = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return done.stdout.splitlines()[-1]


def measure_floor() -> float:
    """Do the work of a build in this folder, in one loaded process a core, and return the seconds."""
    from report_engine import render
    from report_engine.contracts import study
    from report_engine.pipeline import jobs, steps, warm
    from report_engine.provenance import fingerprint
    from report_engine.settings import config

    os.environ.update(jobs.ENVIRONMENT)
    warm.load()
    settings = config.load(Path())
    needs = {name: set(fingerprint.literals(f"analysis.sections.{name}")["RESTS_ON"]) for name in study.sections()}
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("fork")) as pool:
        list(pool.map(_nothing, range(os.cpu_count() or 1)))  # all processes are there
        begun = time.perf_counter()
        steps.run(["tidy"])
        done: set[str] = set()
        while len(done) < len(study.sections()):
            ready = [name for name in study.sections() if name not in done and needs[name] <= done]
            assert not any(pool.map(_section, ready))
            done |= set(ready)
        steps.run(["results"])
        for edition in settings.editions:
            render.stage(Path(), edition, settings.formats, settings.engine)
        return time.perf_counter() - begun


def _nothing(_: int) -> None:
    time.sleep(0.1)


def _section(name: str) -> int:
    from report_engine.pipeline import steps

    return steps.run(["section", name])


if __name__ == "__main__":
    if sys.argv[1:] == [FLOOR]:
        print(measure_floor())
    else:
        main()
