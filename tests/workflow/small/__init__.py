"""A small study on this repository's machinery: two sections, one edition, one format; a build takes seconds."""

import json
import shutil
from pathlib import Path

from tests.workflow.conftest import ROOT

HERE = Path(__file__).resolve().parent
CONTRACTS = ("municipalities", "unemployment", "actors", "survey_frame")
SECTIONS = ("jobs", "lessons")

_STUDY = """editions: [sv, en]
sections:
  jobs: {sv: Arbete, en: Work}
  lessons: {sv: Lärdomar, en: Lessons}
"""
_CONFIG = """sources: {actors: none, survey_frame: none}
years: {first: 2010, last: 2024}
editions: [sv]
formats: [html]
engine: embedded
"""
_CELL = """from IPython.display import Markdown, display
from pathlib import Path
from report_engine.notebooks.data import Data
display(Markdown(f"Antal rader: {len(Data(Path()).table('unemployment'))}."))"""


def make(target: Path) -> Path:
    """Write the study into a folder, as a clone holds it."""
    code = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "report_engine", target / "report_engine", ignore=code)
    ignore = shutil.ignore_patterns("__pycache__", "sections", "synthetic", "*.yaml", "*.ipynb")
    shutil.copytree(ROOT / "analysis", target / "analysis", ignore=ignore)
    (target / "analysis/study.yaml").write_text(_STUDY, "utf-8")
    for name in (
        "Snakefile",
        "_quarto.yml",
        "pyproject.toml",
        "profiles",
        "report/theme",
        "report/filters",
        "report/references.bib",
    ):
        source, copy = ROOT / name, target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        _ = shutil.copytree(source, copy) if source.is_dir() else shutil.copy2(source, copy)
    for name in CONTRACTS:
        _copy(ROOT / f"analysis/contracts/{name}.yaml", target)
    for path in ("data/reference/municipalities.csv", "data/reference/unemployment.csv", "report/numbers.yaml"):
        _copy(ROOT / path, target)
    _copy(ROOT / "report/sv/_metadata.yml", target)
    sections = target / "analysis/sections"
    sections.mkdir()
    (sections / "__init__.py").write_text('"""The sections of a small report."""\n', "utf-8")
    for section in SECTIONS:
        shutil.copy(HERE / f"{section}.py", sections)
        shutil.copy(HERE / f"sv/{section}.qmd", target / "report/sv")
    shutil.copy(HERE / "sv/index.qmd", target / "report/sv")
    (target / "report/images").mkdir()
    shutil.copy(HERE / "dot.svg", target / "report/images")
    (target / "config.yaml").write_text(_CONFIG, "utf-8")
    cell = {"cell_type": "code", "id": "rows", "metadata": {}, "execution_count": None, "outputs": [], "source": _CELL}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (target / "analysis/notebooks/data_quality.ipynb").write_text(json.dumps(notebook), "utf-8")
    return target


def _copy(source: Path, target: Path) -> None:
    copy = target / source.relative_to(ROOT)
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, copy)
