"""What a reader meets where a study has fewer data: no sentence, tile, figure or slide without its data, in either edition."""

import html
import json
import re
import subprocess
from pathlib import Path

import pytest

from report_engine.render import embedded, slides
from report_engine.render.source import Source
from tests import other_data
from tests.workflow.conftest import EDITIONS, Project, copy_project

FACTS = """
import importlib
from pathlib import Path
from report_engine.contracts import study
from report_engine.results import outputs, reading, tables
from report_engine.settings import config
import dataclasses
root = Path(".")
(root / "data/results/sections").mkdir(parents=True, exist_ok=True)
for name in study.sections():
    module = importlib.import_module(f"analysis.sections.{name}")
    made = module.build(reading.read(root, module.TABLES, module.RESTS_ON))
    made = dataclasses.replace(made, tables=(*made.tables, tables.claims_table(made)))
    (root / f"data/results/sections/{name}.json").write_text(outputs.dumps(outputs.describe(made)), "utf-8")
outputs.merge(root, root, study.sections(), config.load(root))
"""
"""Facts, claims and what is lacking, without a drawing."""

FILTERS = ("report/filters/embedded/read.lua", "report/filters/missing.lua", "report/filters/synthetic.lua")
HERE = {"sv": "Utelämnat", "en": "Left out"}


def world(folder: Path, name: str) -> Project:
    project = Project(copy_project(folder))
    other_data.WORLDS[name](project.root)
    other_data.settings(project.root, bootstrap="{resamples: 100, seed: 2026}")
    assert (tidy := project.run("report_engine.pipeline.jobs", "tidy")).status == 0, tidy.output
    assert (facts := project.run_code(FACTS)).status == 0, facts.output
    return project


def filtered(root: Path, document: Source) -> str:
    """Return a document after the filters that take away, as HTML."""
    unknown = [problem for problem in document.problems if problem.message.key == "chapters.unknown_fact"]
    assert not unknown
    text = f"---\n{json.dumps(document.meta, ensure_ascii=False)}\n---\n\n{document.text}"
    filters = [f"--lua-filter={path}" for path in FILTERS]
    command = [embedded.pandoc(), "--from=markdown", "--to=html5", "--wrap=none", *filters]
    run = subprocess.run(command, input=text.encode(), cwd=root, capture_output=True, check=True)
    return run.stdout.decode("utf-8")


def quoted_without_data(root: Path, page: str) -> list[str]:
    """List the facts on a page that there are no data for."""
    facts = json.loads((root / "data/results/facts.json").read_text("utf-8"))
    found = re.findall(r'data-fact="([^"]+)"', page)
    return [key for key in found if "reasons" in facts.get(key, facts.get(f"{key.split('.')[0]}.*", {}))]


def references_to_nothing(page: str) -> set[str]:
    cited = " ".join(re.findall(r'data-cites="([^"]*)"', page)).split()
    links = re.findall(r'href="#([^"]+)"', page)
    named = {key for key in [*cited, *links] if re.match(r"(?:fig|tbl|sec|claim)-", key)}
    return named - set(re.findall(r'\sid="([^"]+)"', page))


UNFIT = {
    "sv": r"\bnan\b|\bNone\b|\b(?:1|en|ett) kommuner\b|\b1 av 1\b|\bnoll av ett\b",
    "en": r"\bnan\b|\b(?:1|one) municipalities\b|\b1 of 1\b|\bzero of one\b",
}
LACKING = {"sv": "Uppgifter saknas: ", "en": "There are no data: "}


def unfit(page: str, edition: str) -> list[str]:
    """List the sentences that no person would have written: of numbers that are none, or with a reason in their midst."""
    texts = [html.unescape(re.sub("<[^>]+>", "", text)) for text in re.findall(r"<p>(.*?)</p>", page, re.DOTALL)]
    words = [text for text in texts if re.search(f"{UNFIT[edition]}|^[a-zåäö].*[.]$", text)]
    lines = (HERE[edition], LACKING[edition])
    return words + [text for text in texts if LACKING[edition] in text and not text.startswith(lines)]


def check(project: Project) -> None:
    for edition in EDITIONS:
        document = embedded.read(project.root, edition)
        report = filtered(project.root, document)
        assert not quoted_without_data(project.root, report)
        assert not references_to_nothing(report)
        assert not re.search(r"<p>\s*</p>|<li>\s*</li>|needs=", report)
        assert unfit(report, edition) == []
        assert not quoted_without_data(project.root, filtered(project.root, slides.read(project.root, edition)))


TOLD = {
    "no design": (
        "oviktade, eftersom svaren saknar vikter",
        "obundet slumpmässigt urval i varje våg",
        "om inom sin våg",
    ),
    "own strata": ("oviktade, eftersom svaren saknar vikter", "för ett stratifierat urval", "om inom sina strata"),
    "own weights": (
        "viktade med de vikter som följer med svaren",
        "obundet slumpmässigt urval i varje våg",
        "om inom sin våg",
    ),
}
"""What the method appendix says of a survey whose design is not known."""


@pytest.fixture(scope="module")
def spending(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return world(tmp_path_factory.mktemp("spending"), "spending only")


def test_a_report_on_spending_alone_speaks_of_nothing_else(spending: Project) -> None:
    check(spending)
    for edition in EDITIONS:
        page = filtered(spending.root, embedded.read(spending.root, edition))
        assert f"<strong>{HERE[edition]}:</strong>" in page
        assert 'id="sec-background"' in page and 'id="sec-managers"' not in page
    titles = {
        e: re.findall(r"<h2 id=\"([^\"]+)", filtered(spending.root, slides.read(spending.root, e))) for e in EDITIONS
    }
    assert titles["sv"] == titles["en"] and 0 < len(titles["sv"]) < 30


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name in other_data.WORLDS if name != "spending only"])
def test_no_study_quotes_what_it_has_no_data_for(tmp_path: Path, name: str) -> None:
    project = world(tmp_path / "study", name)
    check(project)
    page = re.sub("<[^>]+>", "", filtered(project.root, embedded.read(project.root, "sv")))
    assert [words for words in TOLD.get(name, ()) if words not in page] == []
    assert not (name in TOLD and "Svarsfrekvensen kan bara anges för hela strata" in page)
