"""The same inputs give the same bytes: in another folder, and on a machine set up differently, with another processor."""

import ast
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

import pytest
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__  # type: ignore[attr-defined]

from tests.workflow.conftest import ROOT, copy_project

# Instructions that numpy would choose here and can do without, so that it computes as on an older processor.
NEWER = [name for name in __cpu_dispatch__ if __cpu_features__[name]]
OLDER_CORE = {"x86_64": "Prescott", "AMD64": "Prescott", "aarch64": "ARMV8", "arm64": "ARMV8"}
MADE = ("data/tidy", "data/results", "figures", "logs")

COMPUTE = """
import os, sys
from numpy._core._multiarray_umath import __cpu_features__
umask, cores, noise, *newer = sys.argv[1:]
used = [name for name in newer if __cpu_features__[name]]
assert not used, f"numpy still uses {used}"
os.umask(int(umask, 8))
if cores and hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:int(cores)])

if noise:  # processors that are not here: what they may round differently comes out as the next number
    import numpy

    def noisy(function):
        def next_number(*arguments, **options):
            result = function(*arguments, **options)
            return numpy.nextafter(result, numpy.inf) if getattr(result, "dtype", None) == "float64" else result
        return next_number

    for name in ("exp", "log", "sin", "cos", "tan", "arctan2", "arctanh", "dot", "matmul", "average"):
        setattr(numpy, name, noisy(getattr(numpy, name)))

from report_engine.pipeline import steps
from report_engine.contracts import study
for step in (["tidy"], *(["section", name] for name in study.sections()), ["results"]):
    assert steps.run(step) == 0, step
"""


def test_everything_computed_has_the_same_bytes_on_another_machine(tmp_path):
    if not NEWER:
        pytest.fail("numpy has no instructions here that it could do without: this test would compare like with like")
    here, there = copy_project(tmp_path / "here"), copy_project(tmp_path / "tvåan" / "another folder")
    other = {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "LANG": "tr_TR.UTF-8",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONHASHSEED": "12345",
        "OPENBLAS_NUM_THREADS": "2",
        "OMP_NUM_THREADS": "2",
        "NPY_DISABLE_CPU_FEATURES": " ".join(NEWER),
        "OPENBLAS_CORETYPE": OLDER_CORE[platform.machine()],
        "ARROW_USER_SIMD_LEVEL": "NONE",
    }
    runs = [
        compute(here, "022", "", "", {"TZ": "UTC", "PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1"}),
        compute(there, "077", "1", "noise", other, *NEWER),
    ]
    for run in runs:
        output, _ = run.communicate(timeout=600)
        assert run.returncode == 0, output

    got, expected = made(there), made(here)
    assert len(expected) > 400
    assert [name for name in sorted({*got, *expected}) if got.get(name) != expected.get(name)] == []


def compute(
    root: Path, umask: str, cores: str, noise: str, environment: dict[str, str], *without: str
) -> "subprocess.Popen[str]":
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-c", COMPUTE, umask, cores, noise, *without],
        cwd=root,
        env=kept | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )


def made(root: Path) -> dict[str, bytes]:
    paths = [path for folder in MADE for path in (root / folder).rglob("*") if path.is_file()]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def test_no_order_of_ties_is_left_to_the_processor():
    """Sorted by one column, pandas and numpy order equal values as the processor's instructions happen to do."""
    assert [place for path in modules() for place in unstable(path)] == []


def modules() -> list[Path]:
    return [path for name in ("analysis", "report_engine") for path in sorted((ROOT / name).rglob("*.py"))]


def unstable(path: Path) -> list[str]:
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    return [f"{path.relative_to(ROOT)}:{call.lineno}" for call in calls if _by_one(call) and not _stable(call)]


def _by_one(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    by = call.args[0] if call.args else None
    several = (isinstance(by, ast.List) and len(by.elts) > 1) or (isinstance(by, ast.Name) and by.id.lower() == "keys")
    return name == "argsort" or (name == "sort_values" and not several)


def _stable(call: ast.Call) -> bool:
    return any(each.arg == "kind" and ast.unparse(each.value) == "'stable'" for each in call.keywords)


CLOCKED = {
    "report_engine/fetch/client.py": "how long an office asks to wait",
    "report_engine/fetch/run.py": "when an answer came, which is kept with it",
    "report_engine/provenance/digests.py": "whether a file is old enough for its digest to be remembered",
    "report_engine/preview/server.py": "the version of a page, for the browser that waits for the next one",
    "report_engine/checks/tidy.py": "years to come: a remark that says which year it is",
}


def test_the_clock_is_read_where_it_enters_no_published_byte():

    assert {path.relative_to(ROOT).as_posix() for path in modules() if clocked(path)} == set(CLOCKED)


def clocked(path: Path) -> bool:
    """Say whether a module asks what date or time it is, or when a file was written; a stopwatch is no clock."""
    asked = {
        ast.unparse(node) for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Attribute)
    }
    return any(CLOCK.search(each) for each in asked)


CLOCK = re.compile(r"\b(date(time)?\.(today|now|utcnow)|time\.(time(_ns)?|localtime|gmtime|strftime|ctime))$|mtime")
