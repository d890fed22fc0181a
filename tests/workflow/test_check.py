"""``report check`` on a collaborator's broken workbook: words, page and marked copy, and nothing else in the folder."""

import csv

import openpyxl
import pytest

from tests.report_engine.readers.workbooks import workbook
from tests.workflow.conftest import Project, copy_project

PHONE = "070-174 06 35"  # set aside by PTS for fiction


@pytest.fixture
def project(tmp_path):
    return Project(copy_project(tmp_path / "project"))


def broken(project):
    """Put a workbook with a wrong role, a missing year and a phone number in the place of the survey."""
    with project.path("data/raw/survey/actors.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    header = rows[0]
    rows[3][header.index("actor")] = "socialwoker"
    rows[5][header.index("wave")] = ""
    rows[7][header.index("actor")] = f"ring {PHONE}"
    path = project.path("data/raw/survey/our_answers.xlsx")
    path.write_bytes(workbook(("Svar", rows)))
    project.edit("config.yaml", "sources: {}", "sources: {actors: data/raw/survey/our_answers.xlsx}")
    return header, path


def test_a_broken_workbook_is_explained_in_swedish_and_marked(project):
    header, path = broken(project)
    before = path.read_bytes()
    got = project.run("report_engine.cli", "check", "--lang", "sv", "--excel")
    assert got.status == 2
    place = "data/raw/survey/our_answers.xlsx, rad 4, kolumn actor"
    line = next(line for line in got.output.splitlines() if line.startswith(place))
    assert '"socialwoker" är inte något av' in line and 'Menade du "social_worker"?' in line
    assert "Som en sida att läsa: logs/check.html" in got.output
    assert "Markerad kopia: data/checked/our_answers_checked.xlsx" in got.output
    html = project.path("logs/check.html").read_text("utf-8")
    assert '<html lang="sv' in html and "Rapporten kan inte byggas ännu." in html and "socialwoker" in html
    book = openpyxl.load_workbook(project.path("data/checked/our_answers_checked.xlsx"))
    assert book.sheetnames == ["Kontroll", "Svar"]
    cell = book["Svar"].cell(4, header.index("actor") + 1)
    assert cell.value == "socialwoker"
    assert cell.comment.text.startswith("Stoppar rapporten: Är inte något av")
    assert book["Svar"].cell(6, header.index("wave") + 1).comment.text.startswith("Stoppar rapporten: Cellen är tom")
    said = [cell.comment.text for row in book["Svar"].iter_rows() for cell in row if cell.comment]
    said += [str(cell.value) for row in book["Kontroll"].iter_rows() for cell in row]
    assert any("telefonnummer" in text for text in said)
    assert not any(PHONE in text for text in [*said, got.output, html])
    assert path.read_bytes() == before


def test_a_check_leaves_the_published_report_and_its_record_alone(project):
    got = project.run("report_engine.cli", "check", "--lang", "en")
    assert (got.status, got.output.splitlines()[-1]) == (0, "As a page to read: logs/check.html")
    assert not project.path("report/_output").exists()
    assert not project.path("data/checked").exists() and not project.path("data/results").exists()
    page = project.bytes("logs")
    assert project.run("report_engine.cli", "check", "--lang", "en").status == 0
    assert project.bytes("logs") == page
    process = project.run("report_engine.cli", "check")  # in the language of the first edition
    assert process.status == 0 and '<html lang="sv' in project.path("logs/check.html").read_text("utf-8")
    assert not project.path(".snakemake").exists()
