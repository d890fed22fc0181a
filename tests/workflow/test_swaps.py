"""The table of docs/swap-data.md, walked line by line: what a check and a build make of the files that people really bring."""

import html
import json
import re
from pathlib import Path

import pytest

from tests.workflow import swaps
from tests.workflow.conftest import Project, copy_project
from tests.workflow.test_exports import read, use

WORKBOOK = "data/raw/spending/kostnader.xlsx"
DELIVERY = "data/raw/survey/Leverans.sav"
CODING = "data/raw/interviews/Kodning.qdpx"
UNITS = "data/raw/survey/enheter.xlsx"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(copy_project(tmp_path / "project"))


def check(project: Project) -> str:
    """Return what ``report check`` says of the data."""
    outcome = project.run("report_engine.cli", "check")
    assert outcome.status == 0, outcome.output
    return outcome.output


def test_an_officers_workbook_gives_the_same_accounts(project, monkeypatch):
    shipped = read(project, monkeypatch, "municipal_accounts")
    use(project, "municipal_accounts", WORKBOOK, swaps.officers_workbook(project))
    said = check(project)

    assert read(project, monkeypatch, "municipal_accounts") == sorted(
        ((*row[:-2], "official", "Kommunernas ekonomisystem") for row in shipped), key=str
    )
    assert len(shipped) == 16 * 33
    remarks = [line for line in said.splitlines() if line.startswith(WORKBOOK)]
    assert [re.findall(r"row (\d+): warning", line) for line in remarks][:1] == [["1"]]
    assert "stands above the header (row 3) and is left out" in remarks[0]
    assert "Källa: kommunernas ekonomisystem" in remarks[-1] and "taken for a note and left out" in remarks[-1]


def test_what_is_proposed_for_an_officers_workbook_gives_the_same_accounts(project, monkeypatch):
    shipped = read(project, monkeypatch, "municipal_accounts")
    swaps.officers_workbook(project)
    outcome = project.run("report_engine.cli", "map", WORKBOOK)
    assert outcome.status == 0 and "528 rows come in" in outcome.output, outcome.output
    proposed = project.path("data/mappings/kostnader.yaml").read_text("utf-8")
    filled = proposed.replace("#origin: official", "origin: official").replace('#source: ""', "source: Ekonomisystemet")
    use(project, "municipal_accounts", WORKBOOK, filled)
    check(project)
    got = read(project, monkeypatch, "municipal_accounts")
    assert got == sorted(((*row[:-2], "official", "Ekonomisystemet") for row in shipped), key=str)


def test_an_agencys_file_gives_the_same_answers(project, monkeypatch):
    shipped = read(project, monkeypatch, "actors")
    use(project, "actors", DELIVERY, swaps.agencys_file(project))
    check(project)
    assert read(project, monkeypatch, "actors") == shipped
    assert len(shipped) == 917


def test_a_coders_project_gives_the_same_passages(project, monkeypatch):
    mapping, passages = swaps.coders_project(project)
    held = {row["segment_id"] for row in passages}
    swaps.write(
        project.path("data/raw/interviews/segments.csv"),
        [row for row in swaps.rows(project, "raw/interviews/segments") if row["segment_id"] in held],
    )
    expected = read(project, monkeypatch, "segments")
    use(project, "segments", CODING, mapping)
    check(project)
    assert read(project, monkeypatch, "segments") == expected
    assert len(expected) == len(passages) > 2000


def test_one_more_year_is_in_the_tables(project, monkeypatch):
    before = read(project, monkeypatch, "municipal_accounts")
    swaps.one_more_year(project)
    check(project)
    got = read(project, monkeypatch, "municipal_accounts")
    assert [row for row in got if row[0] != 2025] == before
    assert sum(row[0] == 2025 for row in got) == 33


def test_each_of_twelve_errors_is_said_and_nothing_is_built_until_they_are_mended(project, monkeypatch):
    shipped = read(project, monkeypatch, "labour_units")
    swaps.units_workbook(project, swaps.TWELVE)
    project.edit("config.yaml", "sources: {}", f"sources: {{labour_units: {UNITS}}}")
    outcome = project.build()

    found = re.findall(rf"^{UNITS}, row (\d+), column (\w+): (.*)$", outcome.output, re.MULTILINE)
    assert outcome.status == 2
    assert sorted((int(row), column) for row, column, _ in found) == list(swaps.TWELVE)
    said = {int(row): words for row, _, words in found}
    assert 'Did you mean "0581"?' in said[2] and 'Did you mean "0.219"?' in said[9]
    assert "the cell is empty" in said[5] and "was made a date by the spreadsheet" in said[8]
    assert not project.path("report/_output").exists() and not project.path("data/tidy").exists()

    swaps.units_workbook(project, {})
    check(project)
    assert read(project, monkeypatch, "labour_units") == shipped


@pytest.fixture(scope="module")
def collaborators(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A study of real data: an officer's workbook, an agency's survey and a coder's project at once."""
    project = Project(copy_project(tmp_path_factory.mktemp("swaps") / "project"))
    coding, _ = swaps.coders_project(project)
    files = {
        "municipal_accounts": (WORKBOOK, swaps.officers_workbook(project)),
        "actors": (DELIVERY, swaps.agencys_file(project)),
        "segments": (CODING, coding),
    }
    lines = []
    for dataset, (file, mapping) in files.items():
        project.path(f"data/mappings/{dataset}.yaml").write_text(mapping, "utf-8")
        lines.append(f"  {dataset}: {{files: {file}, mapping: data/mappings/{dataset}.yaml}}")
    project.edit("config.yaml", "sources: {}", "\n".join(["sources:", *lines]))
    for dataset in ("actors", "segments"):
        project.edit(f"analysis/contracts/{dataset}.yaml", "synthetic: true", "synthetic: false")
    return swedish_page(project)


def swedish_page(project: Project) -> Project:
    """Build the Swedish edition's page alone."""
    project.edit("config.yaml", "formats: [html, pdf, docx, slides]", "formats: [html]")
    project.edit("config.yaml", "editions: [sv, en]", "editions: [sv]")
    outcome = project.build()
    assert outcome.status == 0, outcome.output
    return project


def text(project: Project) -> str:
    """Return the published page's text, without marks."""
    page = project.path("report/_output/sv/report.html").read_text("utf-8")
    words = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(words).split())


def facts(project: Project) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = json.loads(project.path("data/results/facts.json").read_text("utf-8"))
    return found


@pytest.mark.long
def test_a_report_on_collaborators_files_says_the_same_numbers_and_where_they_come_from(collaborators, built):
    got, before = facts(collaborators), facts(built)
    same = [name for name, fact in before.items() if fact["tables"] and "segments" not in fact["tables"]]
    assert len(same) > 400
    assert {name: got[name]["value"] for name in same} == {name: before[name]["value"] for name in same}

    theirs = [fact for fact in got.values() if set(fact["tables"]) & {"municipal_accounts", "actors"}]
    mixed = {"labour_units", "survey_frame", "interviews", "codebook"}
    origins = {fact["origin"] for fact in theirs if not mixed & set(fact["tables"])}
    assert origins == {"official"}
    said = text(collaborators)
    series = "Källa: Kommunernas ekonomisystem; SCB, folkmängd; SCB, konsumentprisindex. n = 11 kommuner."
    assert f"{series} Officiell statistik." in said
    survey = re.findall(r"Källa: Aktörsenkäten(?: \d+)?\. n = \d+ svarande\. (\w+)", said)
    assert survey and "Syntetiska" not in survey


@pytest.mark.long
def test_a_report_with_one_more_year_reaches_it(tmp_path):
    project = Project(copy_project(tmp_path / "project"))
    swaps.one_more_year(project)
    said = text(swedish_page(project))
    index = project.path("figures/sv/background/index.csv").read_text("utf-8")
    assert "participants,2025," in index and "unemployment,2025," in index
    assert "ökade antalet deltagare med 54 procent mellan 2009 och 2025" in said
    assert "Kommunerna i studien 2025 Officiell statistik" in said
    assert "Folkmängd 2025 Nettokostnad 2024, mnkr" in said  # the comparison of all municipalities ends where it ended
