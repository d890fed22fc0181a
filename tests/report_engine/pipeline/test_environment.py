"""The environment: what the project needs counts, by what is installed of it; what else is installed does not."""

import sys
from pathlib import Path

import pytest

from report_engine.pipeline import environment


def install(folder: Path, name: str, version: str, requires: tuple[str, ...] = (), content: str = "") -> None:
    for old in folder.glob(f"{name}-*.dist-info"):
        for path in old.iterdir():
            path.unlink()
        old.rmdir()
    about = folder / f"{name}-{version}.dist-info"
    about.mkdir(parents=True)
    lines = [
        f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}",
        *(f"Requires-Dist: {each}" for each in requires),
    ]
    (about / "METADATA").write_text("\n".join(lines) + "\n", "utf-8")
    (about / "RECORD").write_text(content, "utf-8")


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "site-packages"
    monkeypatch.setattr(sys, "path", [str(folder)])
    install(folder, "report_engine", "0.1.0", ("PyYAML>=6", "pandas (>=3)", "jupyterlab>=4; extra == 'explore'"))
    install(folder, "pyyaml", "6.0", content="yaml/__init__.py,sha256=a,1")
    install(folder, "pandas", "3.1", ("python-dateutil>=2; python_version >= '3'",))
    install(folder, "python_dateutil", "2.9")
    install(folder, "ruff", "0.14")
    return folder


def test_it_is_what_the_project_needs_directly_or_not(packages: Path) -> None:
    assert environment.describe()["packages"] == {
        "pandas": "3.1",
        "python-dateutil": "2.9",
        "pyyaml": "6.0",
        "report-engine": "0.1.0",
    }


@pytest.mark.parametrize(
    ("name", "version", "content", "changes"),
    [
        ("pyyaml", "6.1", "", True),
        ("pyyaml", "6.0", "yaml/__init__.py,sha256=b,1", True),
        ("python_dateutil", "2.10", "", True),  # of what another package needs
        ("ruff", "0.15", "", False),
        ("jupyterlab", "4.5", "", False),
    ],
)
def test_another_version_is_another_environment(
    packages: Path, name: str, version: str, content: str, changes: bool
) -> None:
    before = environment.key()
    assert environment.key() == before
    install(packages, name, version, content=content)
    assert (environment.key() != before) is changes


def test_another_python_is_another_environment(packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = environment.key()
    monkeypatch.setattr(sys, "version", "3.13.0")
    assert environment.key() != before
