"""A collaborator's own SPSS file, REFI-QDA project and Taguette database in the place of the shipped tables."""

import csv
import textwrap
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from report_engine.checks import tidy
from report_engine.contracts import contract
from report_engine.pipeline import workspace
from report_engine.settings import config
from tests.report_engine.readers.qda_files import Mark, qdpx, taguette
from tests.report_engine.readers.workbooks import workbook
from tests.workflow.conftest import Project, copy_project

ACTORS = {
    "pes_manager": "Chef, Arbetsförmedlingen",
    "social_services_manager": "Chef, socialtjänsten",
    "labour_unit_manager": "Chef, arbetsmarknadsenheten",
    "social_worker": "Socialsekreterare",
    "labour_unit_staff": "Medarbetare",
    "participant": "Deltagare",
}
STANCES = {"-1": "Kritisk", "0": "Neutral", "1": "Stödjande"}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(copy_project(tmp_path / "project"))


def shipped(project: Project, name: str) -> list[dict[str, str]]:
    with project.path(f"data/raw/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def use(project: Project, dataset: str, file: str, mapping: str) -> None:
    """Name a file and a mapping in config.yaml."""
    project.path(f"data/mappings/{dataset}.yaml").parent.mkdir(parents=True, exist_ok=True)
    project.path(f"data/mappings/{dataset}.yaml").write_text(textwrap.dedent(mapping), "utf-8")
    entry = f"sources:\n  {dataset}: {{files: {file}, mapping: data/mappings/{dataset}.yaml}}"
    project.edit("config.yaml", "sources: {}", entry)


def read(project: Project, monkeypatch: pytest.MonkeyPatch, dataset: str) -> list[tuple[object, ...]]:
    """Return a dataset's rows as the project has them, without their ids."""
    monkeypatch.chdir(project.root)
    contracts = contract.load_all()
    findings, tables = tidy.check(workspace.sources(config.load(Path()), contracts), contracts)
    assert [str(finding) for finding in findings if finding.severity == "error"] == []
    columns = [values for name, values in tables[dataset].columns.items() if name != "segment_id"]
    return sorted(zip(*columns, strict=True), key=str)


def test_an_spss_file_takes_the_place_of_the_survey(project, monkeypatch):
    expected = read(project, monkeypatch, "actors")
    rows = shipped(project, "survey/actors")
    frame = pd.DataFrame(rows)
    items = [name for name in frame.columns if name not in {*list(frame.columns)[:7]}]
    for name in [*items, "weight", "wave"]:
        frame[name] = pd.to_numeric(frame[name])
    frame["actor"] = frame["actor"].map({actor: float(number) for number, actor in enumerate(ACTORS, start=1)})
    frame = frame.rename(columns={"actor": "ROLL", "municipality_code": "KOMMUN", "respondent_id": "LopNr"})
    labels = {"ROLL": {float(number): label for number, label in enumerate(ACTORS.values(), start=1)}}
    labels |= {name: {1.0: "Instämmer inte alls", 8.0: "Vet inte", 9.0: "Inget svar"} for name in items}
    target = project.path("data/raw/survey/Enkät 2018.sav")
    missing = {name: [8.0, 9.0] for name in items}
    pyreadstat.write_sav(frame, target, variable_value_labels=labels, missing_ranges=missing)
    values = "\n".join(f"    {label!r}: {actor}" for actor, label in ACTORS.items())
    mapping = "dataset: actors\nform: spss\ncolumns: {LopNr: respondent_id, KOMMUN: municipality_code, ROLL: actor}\n"
    use(project, "actors", '"data/raw/survey/Enkät 2018.sav"', f"{mapping}values:\n  actor:\n{values}\n")
    outcome = project.run("report_engine.cli", "check")
    assert outcome.status == 0, outcome.output
    assert read(project, monkeypatch, "actors") == expected


def transcripts(rows: list[dict[str, str]]) -> dict[str, str]:
    """Write texts in which every passage stands where it stood; what lies between is filled up."""
    lengths: dict[str, int] = {}
    for row in rows:
        lengths[row["interview_id"]] = max(lengths.get(row["interview_id"], 0), int(row["end"]))
    texts = {name: ["·"] * length for name, length in lengths.items()}
    for row in rows:
        texts[row["interview_id"]][int(row["start"]) : int(row["end"])] = row["text"]
    return {name: "".join(text) for name, text in texts.items()}


def marks(rows: list[dict[str, str]], separator: str) -> list[Mark]:
    """Code each passage with its code, its speaker and its stance, by the coder who did."""
    found = []
    for row in rows:
        names = [f"Teman{separator}{row['code']}", f"Talare{separator}{ACTORS[row['speaker_actor']]}"]
        if row["stance"]:
            names.append(f"Hållning{separator}{STANCES[row['stance']]}")
        found += [Mark(f"{row['interview_id']}.docx", row["text"], name, row["coder"].title()) for name in names]
    return found


def segments_mapping(form: str, separator: str) -> str:
    """Write the mapping that a person would, for either tool."""
    speakers = "\n".join(f"    {f'Talare{separator}{label}'!r}: {actor}" for actor, label in ACTORS.items())
    stances = "\n".join(f"    {f'Hållning{separator}{label}'!r}: {value!r}" for value, label in STANCES.items())
    interviews = "\n".join(f"    GI{number:02}.docx: GI{number:02}" for number in range(1, 100))
    return (
        f"dataset: segments\nform: {form}\ncolumns: {{document: interview_id}}\nvalues:\n"
        f"  coder: {{Coder_A: coder_a, Coder_B: coder_b}}\n  interview_id:\n{interviews}\n"
        f"attributes:\n  speaker_actor:\n{speakers}\n  stance:\n{stances}\n"
    )


def alone(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Keep the passages whose words stand in their transcript once, for the writers find a place by its words."""
    texts = transcripts(rows)
    return [row for row in rows if texts[row["interview_id"]].count(row["text"]) == 1]


@pytest.mark.parametrize("tool", ["refi-qda", "taguette"])
def test_a_project_of_a_qualitative_tool_takes_the_place_of_the_segments(project, monkeypatch, tool):
    rows = alone(shipped(project, "interviews/segments"))
    assert len(rows) > 2000
    texts = {f"{name}.docx": text for name, text in transcripts(rows).items()}
    expected = sorted(
        (
            (row["interview_id"], row["speaker_actor"], row["code"], row["coder"], int(row["stance"]) if row["stance"] else None,
             int(row["start"]), int(row["end"]), row["text"])
            for row in rows
        ),
        key=str,
    )  # fmt: skip
    if tool == "refi-qda":
        file, data = "data/raw/interviews/Intervjuer.qdpx", qdpx(texts, marks(rows, "/"), "NVivo 14.23")
    else:
        file = "data/raw/interviews/project.sqlite3"
        data = taguette({name: [text] for name, text in texts.items()}, marks(rows, "."))
    project.path(file).write_bytes(data)
    use(project, "segments", file, segments_mapping(tool, " > " if tool == "refi-qda" else "."))
    outcome = project.run("report_engine.cli", "check")
    assert outcome.status == 0, outcome.output
    assert read(project, monkeypatch, "segments") == expected


def test_a_table_without_positions_takes_the_place_of_the_segments(project, monkeypatch):
    rows = alone(shipped(project, "interviews/segments"))
    quotations = [["ID", "Document", "Quotation Content", "Comment", "Codes", "Created by"]]
    for number, row in enumerate(rows, start=1):
        codes = "\n".join(mark.code for mark in marks([row], "::"))
        coder = row["coder"].title()
        quotations.append([f"1:{number}", f"{row['interview_id']}.docx", row["text"], "", codes, coder])
    file = project.path("data/raw/interviews/Quotations.xlsx")
    file.write_bytes(workbook(("Quotations", quotations)))
    use(project, "segments", "data/raw/interviews/Quotations.xlsx", segments_mapping("qda-table", " > "))
    outcome = project.run("report_engine.cli", "check")
    assert outcome.status == 0, outcome.output
    assert "in which paragraph a passage stands" in outcome.output
    got = read(project, monkeypatch, "segments")
    expected = [(row["interview_id"], row["speaker_actor"], row["code"], row["coder"], row["text"]) for row in rows]
    assert sorted(((*line[:4], line[-1]) for line in got), key=str) == sorted(expected, key=str)
    assert {line[5:7] for line in got} == {(None, None)}
