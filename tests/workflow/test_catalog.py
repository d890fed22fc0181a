"""Datasets in files of other shapes, several of them, and with columns of their own, in the real thing."""

import csv
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.report_engine.readers.test_opendocument import document
from tests.workflow.conftest import Project, copy_project

SOURCES = """sources:
  labour_units:
    files: data/raw/units/*.csv
    mapping: data/mappings/units.yaml
  state_programmes: data/raw/spending/programmes.ods
  survey_frame: {files: [data/raw/survey/frame.parquet], format: parquet}
"""

MAPPING = """dataset: labour_units
columns: {Kommun: municipality_code, År: year}
values:
  municipality_code: by_name
  documented_goals: {Ja: yes, Nej: no}
"""


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def swap(project: Project) -> None:
    """Put the shipped datasets' content into a file a year with names and words of its own, an .ods and a Parquet file."""
    names = {code: name for code, name, *_ in rows(project.path("data/reference/municipalities.csv"))}
    header, *records = rows(project.path("data/raw/survey/labour_units.csv"))
    year, code, goals = (header.index(name) for name in ("year", "municipality_code", "documented_goals"))
    header[year], header[code] = "År", "Kommun"
    folder = project.path("data/raw/units")
    folder.mkdir()
    for each in sorted({record[year] for record in records}):
        with (folder / f"{each}.csv").open("w", encoding="cp1252", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(header)
            for record in (record for record in records if record[year] == each):
                record[code] = names[record[code]]
                record[goals] = {"yes": "Ja", "no": "Nej"}.get(record[goals], "")
                writer.writerow(record)
    programmes = rows(project.path("data/raw/spending/state_programmes.csv"))
    project.path("data/raw/spending/programmes.ods").write_bytes(document(("Blad1", programmes)))
    titles, *frame = rows(project.path("data/raw/survey/survey_frame.csv"))
    columns = dict(zip(titles, map(list, zip(*frame, strict=True)), strict=True))
    numbers = {name: [int(text) for text in columns[name]] for name in ("wave", "population", "invited")}
    pq.write_table(pa.table(columns | numbers), project.path("data/raw/survey/frame.parquet"))
    for name in ("survey/labour_units", "spending/state_programmes", "survey/survey_frame"):
        project.path(f"data/raw/{name}.csv").unlink()
    project.path("data/mappings").mkdir(exist_ok=True)
    project.path("data/mappings/units.yaml").write_text(MAPPING, "utf-8")
    project.edit("config.yaml", "sources: {}\n", SOURCES)


@pytest.fixture
def copy(tmp_path: Path) -> Project:
    return Project(copy_project(tmp_path / "copy"))


def test_what_is_wrong_in_one_of_several_files_is_found_in_that_file(copy: Project) -> None:
    swap(copy)
    outcome = copy.run("report_engine.cli", "check")
    assert outcome.status == 0, outcome.output

    last = copy.path("data/raw/units/2024.csv").read_text("cp1252")
    line = last.splitlines()[1]
    copy.path("data/raw/units/extra.csv").write_text(f"{last.splitlines()[0]}\n{line}\n", "cp1252")
    copy.path("data/raw/units/2023.csv").write_text(
        copy.path("data/raw/units/2023.csv").read_text("cp1252").replace(";Ja;", ";Jo;", 1), "cp1252"
    )
    outcome = copy.run("report_engine.cli", "check")
    assert outcome.status == 2
    assert "data/raw/units/extra.csv, row 2, column År, Kommun: " in outcome.output
    assert "stands in data/raw/units/2024.csv, row 2, already" in outcome.output
    assert "data/raw/units/2023.csv, row " in outcome.output
    assert 'column documented_goals: "Jo" is not one of yes, no' in outcome.output

    copy.edit("data/mappings/units.yaml", "Ja: yes", "Ja: yess")
    outcome = copy.run("report_engine.cli", "check")
    assert outcome.status == 2
    assert (
        'data/mappings/units.yaml, line 5: values.documented_goals.Ja: "yess" is not one of yes, no.' in outcome.output
    )
    copy.path("data/mappings/units.yaml").unlink()
    assert "data/mappings/units.yaml: there is no such file" in copy.run("report_engine.cli", "check").output


def tidied(project: Project) -> dict[str, bytes]:
    outcome = project.snakemake("tidy")
    assert outcome.status == 0, outcome.output
    return project.bytes("data/tidy")


def test_the_same_data_in_other_files_give_the_same_tables_and_every_file_counts(copy: Project) -> None:
    shipped = tidied(copy)
    swap(copy)
    assert tidied(copy) == shipped

    units = "data/tidy/labour_units.parquet"
    copy.edit("data/mappings/units.yaml", "Nej: no", "Nej: yes")
    mapped = tidied(copy)
    assert [name for name in shipped if mapped[name] != shipped[name]] == [units]

    last = copy.path("data/raw/units/2024.csv").read_bytes()
    copy.path("data/raw/units/2025.csv").write_bytes(last.replace(b"2024;", b"2025;"))  # no edit of config.yaml
    later = tidied(copy)
    assert [name for name in mapped if later[name] != mapped[name]] == [units]
