"""What the documentation names exists: files, modules' names, commands, facts and claims."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from report_engine.commands import app

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
INVENTED = re.compile(
    r"employers|by_age|our_file|^(?:release|seen|facts|claims)\.yaml$|data/raw/official|test_codes|codes\.py|<|…|\*|demo"
)
"""What stands for a name of the reader's own, or is made when it is asked for."""
MADE = (
    "report/_output",
    "report/_staging",
    "report/releases",
    "data/tidy",
    "data/results",
    "figures/",
    "logs/",
    ".snakemake",
    ".venv",
    "dist/",
    "data/checked",
)
PATH = re.compile(
    r"`((?:analysis|report_engine|report|data|docs|tests|figures|logs|profiles)/[^`\s(){}]*|[A-Za-z_.]+\.(?:md|toml|yaml|yml|cff))`"
)


@pytest.fixture(params=DOCUMENTS, ids=lambda path: path.name)
def text(request) -> str:
    return request.param.read_text("utf-8")


def test_files_that_it_names_exist(text):
    named = {path for path in PATH.findall(text) if not INVENTED.search(path) and not path.startswith(MADE)}
    missing = sorted(path for path in named if not (ROOT / path).exists() and not any(ROOT.glob(f"**/{path}")))
    assert missing == []


def test_links_lead_somewhere(text, request):
    folder = request.node.callspec.params["text"].parent
    links = re.findall(r"\]\(((?!https?:|#|/)[^)\s#]+)", re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL))
    assert sorted(link for link in links if not (folder / link).exists()) == []


def test_commands_that_it_names_exist(text):
    known = {"build", *get_command(app).commands}
    code = "\n".join(re.findall(r"```\n(.*?)```", text, re.DOTALL))
    named = {
        *re.findall(r"`(?:\S*/)?report ([a-z]+)", text),
        *re.findall(r"^(?:\S*/)?report ([a-z]+)", code, re.MULTILINE),
    }
    assert named - known == set()


def test_targets_of_make_that_it_names_exist(text):
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        name for pair in re.findall(r"`make ([\w-]+)`|^ *make ([\w-]+)$", text, re.MULTILINE) for name in pair if name
    }
    assert named - targets == set()


def test_modules_that_it_names_can_be_run(text):
    for name in re.findall(r"python -m ((?:analysis|report_engine|tests)[\w.]*)", text):
        path = ROOT / Path(*name.split("."))
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), name


def test_tests_that_it_names_exist(text):
    named = set(re.findall(r"`(test_\w+)`", text))
    if named:
        written = "".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
        assert named - set(re.findall(r"^(?:async )?def (test_\w+)", written, re.MULTILINE)) == set()
