"""The same inputs give the same bytes: in another folder, on a machine set up differently, with another processor."""

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__  # type: ignore[attr-defined]

from tests.workflow.conftest import EDITIONS, Project, copy_project

# Instructions that numpy would choose here and can do without, so that it computes as on an older processor.
NEWER = [name for name in __cpu_dispatch__ if __cpu_features__[name]]
OLDER_CORE = {"x86_64": "Prescott", "AMD64": "Prescott", "aarch64": "ARMV8", "arm64": "ARMV8"}
MADE = ("data/tidy", "data/results", "figures", "report/_staging")
RECORDS = {"data/results/build.json", *(f"data/results/{edition}/published.json" for edition in EDITIONS)}
"""What publishing writes down, which is not done elsewhere."""

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
RENDER = """
import sys
from report_engine.pipeline import jobs
for step in (["chapters"], ["quality"], *([name, e] for name in ("render", "slides") for e in sys.argv[1:])):
    assert jobs.main(step) == 0, step
"""


def test_everything_has_the_same_bytes_in_another_place_on_another_machine(built: Project, tmp_path: Path) -> None:
    if not NEWER:
        pytest.fail("numpy has no instructions here that it could do without: this test would compare like with like")
    there = copy_project(tmp_path / "tvåan" / "another folder")
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
    run(there, other, COMPUTE, "077", "1", "noise", *NEWER)
    elsewhere = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "1", "COLUMNS": "40", "REPORT_LANG": "sv"}
    run(there, elsewhere, RENDER, *EDITIONS)

    got, expected = Project(there).bytes(*MADE), built.bytes(*MADE)
    assert len(got) > 400
    assert [name for name in sorted(got) if got[name] != expected.get(name)] == []
    assert {*expected} - {*got} <= RECORDS
    published = {name.replace("/_output/", "/_staging/"): content for name, content in built.published().items()}
    assert [name for name in published if expected.get(name) != published[name]] == ["report/_staging/index.html"]


def run(root: Path, environment: dict[str, str], code: str, *arguments: str) -> None:
    """Run Python code in a folder, with nothing of this environment but where programs are; see that it ends well."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=root,
        env=kept | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    assert done.returncode == 0, done.stdout
