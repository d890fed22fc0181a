"""Hashes of code: they follow imports, and nothing else."""

import json
import sys
from pathlib import Path

import pytest

from report_engine.contracts import study
from report_engine.provenance import fingerprint
from report_engine.settings.settings import Settings

FILES = {
    "analysis/__init__.py": "",
    "analysis/low.py": "RATE = 2\n",
    "analysis/methods/__init__.py": "",
    "analysis/methods/prices.py": "from ..low import RATE\n",
    "analysis/types.py": "",
    "analysis/sections/__init__.py": "",
    "analysis/sections/one.py": (
        "from typing import TYPE_CHECKING\n"
        "import pandas as pd\n"
        "from analysis.methods import prices\n"
        "if TYPE_CHECKING:\n    from analysis.types import Kind\n"
        "TABLES = ('accounts', 'prices')\nRESTS_ON: tuple[str, ...] = ()\nlow = 1\nMADE = len(TABLES)\n"
        "def build(inputs):\n    return helper(inputs.settings.price_base, inputs.tables.years)\n"
    ),
    "analysis/sections/two.py": (
        "def build(inputs):\n    import analysis.low\n    from analysis.sections import shared\n    settings = inputs.settings\n"
    ),
    "analysis/sections/shared.py": "def years(settings):\n    return settings.years.first\n",
}


def test_the_data_of_a_package_are_part_of_its_code(tmp_path: Path) -> None:
    package = tmp_path / "analysis" / "words"
    package.mkdir(parents=True)
    (tmp_path / "analysis" / "__init__.py").write_text("", "utf-8")
    (package / "__init__.py").write_text('PACKAGE_DATA = ("sv.yaml",)\nx = settings.years\n', "utf-8")
    (package / "sv.yaml").write_text("a: ett\n", "utf-8")
    before = fingerprint.code("analysis.words", root=tmp_path)

    assert names(tmp_path, "analysis.words")[-1] == "analysis/words/sv.yaml"
    assert fingerprint.settings_used("analysis.words", keys=["years"], root=tmp_path) == ("years",)
    (package / "sv.yaml").write_text("a: tv\u00e5\n", "utf-8")
    assert fingerprint.code("analysis.words", root=tmp_path) != before


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def names(root: Path, *modules: str) -> list[str]:
    return [path.relative_to(root).as_posix() for path in fingerprint.modules(*modules, root=root)]


def test_modules_follow_imports_through_packages_functions_and_dots(root: Path) -> None:
    assert names(root, "analysis.sections.one") == [
        "analysis/__init__.py",
        "analysis/low.py",
        "analysis/methods/__init__.py",
        "analysis/methods/prices.py",
        "analysis/sections/__init__.py",
        "analysis/sections/one.py",
    ]
    assert "analysis/low.py" in names(root, "analysis.sections.two")
    assert "analysis/sections/shared.py" in names(root, "analysis.sections.two")


def test_a_notebook_counts_with_what_its_cells_import(root: Path) -> None:
    cells = [("markdown", "import analysis.types"), ("code", "%matplotlib inline\nfrom analysis import low")]
    content = {"cells": [{"cell_type": kind, "source": text.splitlines(keepends=True)} for kind, text in cells]}
    (root / "analysis/quality.ipynb").write_text(json.dumps(content), "utf-8")
    assert names(root, "analysis/quality.ipynb") == [
        "analysis/__init__.py",
        "analysis/low.py",
        "analysis/quality.ipynb",
    ]


def test_what_is_saved_while_a_plan_is_made_is_seen_the_next_time(root: Path) -> None:
    with fingerprint.at_one_moment():
        before = names(root, "analysis.sections.one")
        (root / "analysis/methods/prices.py").write_text("", "utf-8")
        assert names(root, "analysis.sections.one") == before
    assert names(root, "analysis.sections.one") == [name for name in before if name != "analysis/low.py"]


def test_what_only_the_type_checker_imports_does_not_count(root: Path) -> None:
    assert "analysis/types.py" not in names(root, "analysis.sections.one")


@pytest.mark.parametrize(
    ("edited", "changed"),
    [
        ("analysis/low.py", {"one", "two"}),
        ("analysis/methods/prices.py", {"one"}),
        ("analysis/sections/shared.py", {"two"}),
        ("analysis/types.py", set()),
    ],
)
def test_an_edit_changes_the_hash_of_what_imports_it(root: Path, edited: str, changed: set[str]) -> None:
    before = {s: fingerprint.code(f"analysis.sections.{s}", root=root) for s in ("one", "two")}
    (root / edited).write_text("RATE = 3\n", "utf-8")
    after = {s: fingerprint.code(f"analysis.sections.{s}", root=root) for s in ("one", "two")}
    assert {s for s in before if before[s] != after[s]} == changed


def test_a_touch_changes_nothing(root: Path) -> None:
    before = fingerprint.code("analysis.sections.one", root=root)
    (root / "analysis/low.py").touch()
    assert fingerprint.code("analysis.sections.one", root=root) == before


def test_packages_are_kept_apart_from_the_code(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint.code("analysis.sections.one", root=root)
    monkeypatch.setattr(sys, "version", "3.13.0")
    assert fingerprint.code("analysis.sections.one", root=root) == before


def test_code_that_python_cannot_read_is_named(root: Path) -> None:
    (root / "analysis/low.py").write_text("RATE = 2\ndef (:\n", "utf-8")
    with pytest.raises(fingerprint.BrokenModule, match=r"analysis/low\.py, line 2: Python can't read this"):
        fingerprint.code("analysis.sections.one", root=root)


def test_literals_are_the_upper_case_constants_that_need_no_computing(root: Path) -> None:
    got = fingerprint.literals("analysis.sections.one", root=root)
    assert got == {"TABLES": ("accounts", "prices"), "RESTS_ON": ()}


def test_settings_are_found_where_they_are_read(root: Path) -> None:
    keys = Settings.model_fields
    assert fingerprint.settings_used("analysis.sections.one", keys=keys, root=root) == ("price_base",)
    assert fingerprint.settings_used("analysis.sections.two", keys=keys, root=root) == ("years",)


def test_an_unknown_module_is_named(root: Path) -> None:
    with pytest.raises(ModuleNotFoundError, match=r"analysis\.sections\.three"):
        fingerprint.code("analysis.sections.three", root=root)


@pytest.mark.parametrize("section", study.sections())
def test_every_section_says_what_it_uses(section: str) -> None:
    got = fingerprint.literals(f"analysis.sections.{section}")
    assert isinstance(got["TABLES"], tuple) and isinstance(got["RESTS_ON"], tuple)
    assert set(got["RESTS_ON"]) <= set(study.sections()[: study.sections().index(section)])
    used = fingerprint.settings_used(f"analysis.sections.{section}", keys=Settings.model_fields)
    assert sorted(got["SETTINGS"]) == list(used)
