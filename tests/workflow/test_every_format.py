"""One real build from files of every format at once: what the tools write takes the shipped tables' place, number for number."""

import csv
import json
from itertools import cycle
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest
import yaml

from tests.report_engine.readers.official import as_bytes, json_stat, kolada_page, kolada_row
from tests.report_engine.readers.qda_files import qdpx, qualcoder, taguette
from tests.report_engine.readers.test_opendocument import document
from tests.report_engine.readers.test_survey_tools import imported, table
from tests.report_engine.readers.workbooks import workbook
from tests.workflow.conftest import Project, copy_project
from tests.workflow.test_exports import ACTORS, STANCES, alone, marks, transcripts

pytestmark = pytest.mark.long  # `make test-long`

Row = dict[str, str]


def read(project: Project, name: str) -> list[Row]:
    with project.path(f"data/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def spss(project: Project, rows: list[list[str]], target: Path) -> bytes:
    header, *cells = rows
    pyreadstat.write_sav(pd.DataFrame(cells, columns=header), target)
    return target.read_bytes()


def parquet(rows: list[list[str]], target: Path) -> bytes:
    header, *cells = rows
    columns = list(zip(*cells, strict=True))
    pq.write_table(pa.table({name: list(column) for name, column in zip(header, columns, strict=True)}), target)
    return target.read_bytes()


def extra(rows: list[list[str]], names: list[str], values: list[str]) -> list[list[str]]:
    """Put a tool's own columns before ours."""
    header, *cells = rows
    return [[*names, *header], *([*values, *row] for row in cells)]


def units(project: Project) -> list[str]:
    """Spread the years of the units' survey over the files of ten tools; return their names."""
    shipped = read(project, "raw/survey/labour_units")
    header = list(shipped[0])
    years = sorted({row["year"] for row in shipped})
    folder = project.path("data/raw/units")
    folder.mkdir()

    def lime(rows: list[list[str]]) -> bytes:
        return table(extra(rows, ["id", "submitdate", "lastpage", "startlanguage"], ["1", "2017-01-01", "3", "sv"]))

    def qualtrics(rows: list[list[str]]) -> bytes:
        names = ["Status", "Finished", "ResponseId"]
        first, *cells = extra(rows, names, ["0", "1", "R_1"])
        return table([first, first, imported(*first), *cells])

    def monkey(rows: list[list[str]]) -> bytes:
        first, *cells = extra(rows, ["Respondent ID", "Collector ID", "Date Created"], ["1", "2", "2017"])
        return table([first, ["", "", "", *["Open-Ended Response"] * len(header)], *cells])

    tools = {
        "csv": lambda rows: table(rows, ";"),
        "xlsx": lambda rows: workbook(("Blad1", rows)),
        "ods": lambda rows: document(("Blad1", rows)),
        "parquet": lambda rows: parquet(rows, folder / "made"),
        "sav": lambda rows: spss(project, rows, folder / "made"),
        "limesurvey": lime,
        "qualtrics": qualtrics,
        "surveymonkey": monkey,
        "redcap": lambda rows: table(extra(rows, ["record_id", "units_complete"], ["1", "2"])),
        "kobo": lambda rows: workbook(("Form", extra(rows, ["_id", "_uuid", "_submission_time"], ["1", "u", "2017"]))),
    }
    for year, (tool, write) in zip(years, cycle(tools.items()), strict=False):
        rows = [header, *(list(row.values()) for row in shipped if row["year"] == year)]
        (folder / f"{year}-{tool}").write_bytes(write(rows))
    (folder / "made").unlink()
    project.path("data/raw/survey/labour_units.csv").unlink()
    assert len(years) >= len(tools)
    return [f"data/raw/units/{path.name}" for path in sorted(folder.iterdir())]


def quotations(rows: list[Row]) -> bytes:
    """Write a table of quotations as ATLAS.ti does: a line of codes each, and no positions."""
    lines = [["ID", "Document", "Quotation Content", "Comment", "Codes", "Created by"]]
    for number, row in enumerate(rows, start=1):
        codes = "\n".join(mark.code for mark in marks([row], "::"))
        lines.append([f"1:{number}", f"{row['interview_id']}.docx", row["text"], "", codes, row["coder"].title()])
    return workbook(("Quotations", lines))


def segments(project: Project) -> tuple[list[str], dict[str, object]]:
    """Spread the interviews over the projects and tables of four qualitative tools; return their names and the mapping."""
    rows = alone(read(project, "raw/interviews/segments"))
    held = sorted({row["interview_id"] for row in rows})
    folder = project.path("data/raw/interviews")
    files = []
    for part, tool in enumerate(("qdpx", "sqlite3", "qda", "xlsx")):
        mine = [row for row in rows if held.index(row["interview_id"]) % 4 == part]
        texts = {f"{name}.docx": text for name, text in transcripts(mine).items()}
        if tool == "qdpx":
            data = qdpx(texts, marks(mine, "/"), "NVivo 14.23")
        elif tool == "sqlite3":
            data = taguette({name: [text] for name, text in texts.items()}, marks(mine, "."))
        elif tool == "qda":
            data = qualcoder(texts, marks(mine, "/"))
        else:
            data = quotations(mine)
        (folder / f"interviews.{tool}").write_bytes(data)
        files.append(f"data/raw/interviews/interviews.{tool}")
    (folder / "segments.csv").unlink()
    signs = (" > ", ".")  # as the tools write a code below another
    mapping = {
        "dataset": "segments",
        "columns": {"document": "interview_id"},
        "values": {
            "coder": {"Coder_A": "coder_a", "Coder_B": "coder_b"},
            "interview_id": {f"{name}.docx": name for name in held},
        },
        "attributes": {
            "speaker_actor": {f"Talare{sign}{label}": actor for sign in signs for actor, label in ACTORS.items()},
            "stance": {f"Hållning{sign}{label}": value for sign in signs for value, label in STANCES.items()},
        },
    }
    return files, mapping


PX = (
    'CHARSET="ANSI";\nAXIS-VERSION="2010";\nCODEPAGE="utf-8";\nLANGUAGE="sv";\nMATRIX="T";\nSTUB="region","område";\n'
    'HEADING="år";\nVALUES("region")={places};\nCODES("region")={places};\nVALUES("område")={areas};\nCODES("område")={areas};\n'
    'VALUES("år")="2024";\nCODES("år")="2024";\nDECIMALS=0;\nDATA=\n{numbers};\n'
)
SOURCE = "constants: {source: SCB, origin: official}\nsame: {source_year: year}\n"
MAPPINGS = {
    "municipal_net_cost": "columns: {region: municipality_code, område: area_code, år: year, value: net_cost_tkr}\n",
    "national_net_cost": "columns: {Verksomrkom: area_code, Tid: year, value: net_cost_tkr}\n",
    "unemployment": "columns: {period: year, value: unemployment_percent}\nignore: [ålder, contents, status]\n",
}


def scb(project: Project) -> dict[str, object]:
    """Write three series as a .px file, as JSON of API v1 and as a CSV with the years across; return their entries."""
    folder = project.path("data/raw/official")
    costs = read(project, "reference/municipal_net_cost")
    at = {(row["municipality_code"], row["area_code"]): row["net_cost_tkr"] for row in costs}
    places, areas = (list(dict.fromkeys(key[part] for key in at)) for part in (0, 1))
    quoted = [",".join(f'"{code}"' for code in codes) for codes in (places, areas)]
    numbers = "\n".join(at[place, area] for place in places for area in areas)
    (folder / "costs.px").write_text(PX.format(places=quoted[0], areas=quoted[1], numbers=numbers), "utf-8")
    columns = [
        {"code": code, "text": code, "type": kind}
        for code, kind in (("Verksomrkom", "d"), ("Tid", "t"), ("value", "c"))
    ]
    national = [
        {"key": [row["area_code"], row["year"]], "values": [row["net_cost_tkr"]]}
        for row in read(project, "reference/national_net_cost")
    ]
    answer = {"columns": columns, "comments": [], "data": national, "metadata": [{"label": "x", "source": "SCB"}]}
    (folder / "national.json").write_bytes("\ufeff".encode() + as_bytes(answer))
    rates = read(project, "reference/unemployment")
    header = ['"ålder"', *(f'"Arbetslöshetstal {row["year"]}"' for row in rates)]
    line = ['"15-74 år"', *(row["unemployment_percent"] for row in rates)]
    (folder / "unemployment.csv").write_text(f"{','.join(header)}\r\n{','.join(line)}\r\n", "latin-1", newline="")
    names = {"municipal_net_cost": "costs.px", "national_net_cost": "national.json", "unemployment": "unemployment.csv"}
    for name, mapping in MAPPINGS.items():
        project.path(f"data/mappings/{name}.yaml").write_text(f"dataset: {name}\n{mapping}{SOURCE}", "utf-8")
    return {
        name: {"files": f"data/raw/official/{file}", "mapping": f"data/mappings/{name}.yaml"}
        for name, file in names.items()
    }


def official(project: Project) -> dict[str, object]:
    """Write population as SCB answers and exits as Kolada does; return their entries in config.yaml."""
    folder = project.path("data/raw/official")
    folder.mkdir(parents=True, exist_ok=True)
    people = read(project, "reference/population")
    places = {row["municipality_code"]: row["municipality_code"] for row in people}
    years = {row["year"]: row["year"] for row in people}
    at = {(row["municipality_code"], row["year"]): int(row["population"]) for row in people}
    labels = {"Region": places, "ContentsCode": {"BE0101N1": "Folkmängd"}, "Tid": years}
    values = [at[place, year] for place in places for year in years]
    (folder / "population.json").write_bytes(as_bytes(json_stat(labels, values)))
    exits = [
        kolada_row("U40455", row["municipality_code"], int(row["year"]), float(value) if value else None)
        for row in read(project, "reference/exits")
        for value in [row["exit_to_work_or_study_percent"]]
    ]
    (folder / "exits.json").write_bytes(as_bytes([kolada_page(exits)]))
    return {
        "population": {"files": "data/raw/official/population.json", "mapping": "data/mappings/scb_population.yaml"},
        "exits": {"files": "data/raw/official/exits.json", "mapping": "data/mappings/kolada_exits.yaml"},
    }


@pytest.fixture(scope="module")
def swapped(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(copy_project(tmp_path_factory.mktemp("formats") / "project"))
    files, mapping = segments(project)
    project.path("data/mappings/segments.yaml").write_text(yaml.safe_dump(mapping, allow_unicode=True), "utf-8")
    accounts = read(project, "raw/spending/municipal_accounts")
    accounts[0]["gross_cost_tkr"] = str(int(accounts[0]["gross_cost_tkr"]) + 1)  # a changed Excel file
    accounts[0]["net_cost_tkr"] = str(int(accounts[0]["net_cost_tkr"]) + 1)
    rows = [list(accounts[0]), *(list(row.values()) for row in accounts)]
    project.path("data/raw/spending/accounts.xlsx").write_bytes(workbook(("Räkenskaper", rows)))
    sources = {
        "municipal_accounts": "data/raw/spending/accounts.xlsx",
        "labour_units": units(project),
        "segments": {"files": files, "mapping": "data/mappings/segments.yaml"},
        **official(project),
        **scb(project),
    }
    config = yaml.safe_load(project.path("config.yaml").read_text("utf-8"))
    config |= {"sources": sources, "formats": ["html"], "editions": ["sv"]}
    project.path("config.yaml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
    return project


def test_a_report_is_built_from_every_format_with_the_same_numbers(swapped: Project, built: Project) -> None:
    outcome = swapped.build()
    assert outcome.status == 0, outcome.output
    for name in ("labour_units", "actors"):
        tidy = f"data/tidy/{name}.parquet"
        assert swapped.path(tidy).read_bytes() == built.path(tidy).read_bytes()
    got = pd.read_parquet(swapped.path("data/tidy/exits.parquet"))["exit_to_work_or_study_percent"]
    expected = pd.read_parquet(built.path("data/tidy/exits.parquet"))["exit_to_work_or_study_percent"]
    pd.testing.assert_series_equal(got, expected)
    for name, column in (("municipal_net_cost", "net_cost_tkr"), ("unemployment", "unemployment_percent")):
        series = [pd.read_parquet(each.path(f"data/tidy/{name}.parquet"))[column] for each in (swapped, built)]
        pd.testing.assert_series_equal(*series)
    coded = pd.read_parquet(swapped.path("data/tidy/segments.parquet"))
    assert len(coded) > 2000
    claims = json.loads(swapped.path("data/results/claims.json").read_text("utf-8"))
    verdicts = {
        name: claim["verdict"]["outcome"] for name, claim in claims.items() if "segments" not in claim["tables"]
    }
    before = json.loads(built.path("data/results/claims.json").read_text("utf-8"))
    changed = {name for name, outcome in verdicts.items() if before[name]["verdict"]["outcome"] != outcome}
    assert not {name for name in changed if not name.startswith(("conclusions.", "recommendations."))}
    assert swapped.path("report/_output/sv/report.html").is_file()
