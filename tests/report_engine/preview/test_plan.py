"""What a saved file makes necessary."""

from pathlib import PurePath

import pytest

from report_engine.contracts import study
from report_engine.preview.plan import Plan, plan, watched


@pytest.mark.parametrize("name", ["report/sv/staff.qmd", "report/theme/report.css", "_quarto.yml"])
def test_prose_and_looks_need_the_page_alone(name: str) -> None:
    assert plan({name}, ()) == Plan(page=True)


def test_a_sections_module_needs_that_section() -> None:
    assert plan({"analysis/sections/study/map.py", "report/sv/study.qmd"}, ()) == Plan(page=True, sections=("study",))


def test_what_all_sections_share_needs_all_of_them_and_packages_loaded_again() -> None:
    assert plan({"report_engine/drawing/style.py"}, ()) == Plan(page=True, sections=study.sections(), again=True)


@pytest.mark.parametrize(
    "name",
    ["data/raw/survey/actors.csv", "config.yaml", "analysis/contracts/actors.yaml", "report_engine/checks/tidy.py"],
)
def test_data_settings_and_their_checks_need_the_workflow(name: str) -> None:
    expected = Plan(page=True, workflow=True)
    got = plan({name, "analysis/sections/staff/__init__.py"}, ())
    assert (got.page, got.workflow, got.sections) == (expected.page, expected.workflow, ())


def test_the_previews_own_code_is_named() -> None:
    got = plan({"report_engine/preview/server.py"}, {"report_engine.preview.server"})
    assert got == Plan(own=("report_engine/preview/server.py",))


def test_code_that_the_page_does_not_rest_on_needs_nothing() -> None:
    assert plan({"report_engine/cli.py"}, ()) == Plan()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("report/sv/staff.qmd", True),
        ("data/raw/survey/actors.csv", True),
        ("config.yaml", True),
        ("README.md", False),
        ("data/tidy/actors.parquet", False),
        ("data/results/facts.json", False),
        ("report/_staging/sv/preview/report.html", False),
        ("analysis/__pycache__/style.cpython-311.pyc", False),
    ],
)
def test_only_what_people_write_is_watched(path: str, expected: bool) -> None:
    assert watched(PurePath(path)) is expected
