"""Compiled modules: Python runs what is there, whatever the file's time says."""

import os
import subprocess
import sys
from pathlib import Path

from report_engine.pipeline.bytecode import check_by_content


def run(folder: Path) -> str:
    command = [sys.executable, "-c", "import module; print(module.SMALLEST)"]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_an_edit_of_the_same_size_and_time_is_run(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    got = []
    for value in (5, 1, 5):
        module.write_text(f"SMALLEST = {value}\n", "utf-8")
        os.utime(module, (1_577_836_800, 1_577_836_800))
        check_by_content(tmp_path)
        got.append(run(tmp_path))
    assert got == ["5", "1", "5"]


def test_what_python_compiled_by_time_is_compiled_anew(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text("SMALLEST = 5\n", "utf-8")
    os.utime(module, (1_577_836_800, 1_577_836_800))
    assert run(tmp_path) == "5"  # leaves a compiled file that goes by time
    module.write_text("SMALLEST = 1\n", "utf-8")
    os.utime(module, (1_577_836_800, 1_577_836_800))
    assert run(tmp_path) == "5"  # which is the trap
    check_by_content(tmp_path)
    assert run(tmp_path) == "1"


def test_a_module_that_python_cannot_read_is_left_to_its_step(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("def (:\n", "utf-8")
    check_by_content(tmp_path)
    assert not list(tmp_path.rglob("*.pyc"))
