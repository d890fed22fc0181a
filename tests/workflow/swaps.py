"""What collaborators send in place of the shipped files, as they really come: written by code, with their mappings."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pyreadstat
import yaml

from tests.report_engine.readers.qda_files import qdpx
from tests.workflow.conftest import Project
from tests.workflow.test_exports import ACTORS, alone, marks, segments_mapping, transcripts

Row = dict[str, str]

AREAS = {
    "labour_market_measures": "Arbetsmarknadsåtgärder",
    "social_assistance": "Ekonomiskt bistånd",
    "refugee_reception": "Flyktingmottagande",
}
AMOUNTS = {"gross_cost_tkr": "Brutto", "revenue_tkr": "Intäkter", "net_cost_tkr": "Netto"}


def rows(project: Project, name: str) -> list[Row]:
    with project.path(f"data/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, table: Iterable[Row]) -> None:
    lines = list(table)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


def turned(names: dict[str, str]) -> dict[str, str]:
    return {theirs: ours for ours, theirs in names.items()}


def mapping(**content: object) -> str:
    return yaml.safe_dump(content, allow_unicode=True)


def officers_workbook(project: Project) -> str:
    """Write the accounts as an officer keeps them; return the mapping.

    Two sheets; on the second two title rows, the year merged over its three amounts, the names merged over both rows of
    the header, a hidden column, a total row and a note below.
    """
    shipped = rows(project, "raw/spending/municipal_accounts")
    names = {row["municipality_code"]: row["municipality"] for row in rows(project, "reference/municipalities")}
    at = {(row["municipality_code"], row["area"], row["year"]): row for row in shipped}
    years = sorted({row["year"] for row in shipped})

    book = openpyxl.Workbook()
    about, sheet = book.active, book.create_sheet("Kostnader")
    about.title = "Om filen"
    about.append(["Uttag ur ekonomisystemet"])
    sheet.append(["Kostnader för arbetsmarknad och försörjning, tkr"])
    sheet.append(["Löpande priser"])
    sheet.append(["Kommun", "Område", "Ansvar", *(cell for year in years for cell in (int(year), None, None))])
    sheet.append([None, None, None, *(list(AMOUNTS.values()) * len(years))])
    for column in "ABC":
        sheet.merge_cells(f"{column}3:{column}4")
    for first in range(4, 4 + 3 * len(years), 3):
        sheet.merge_cells(start_row=3, end_row=3, start_column=first, end_column=first + 2)
    places = dict.fromkeys((code, area) for code, area, _ in at)
    for number, (code, area) in enumerate(places):
        amounts = [at[code, area, year][name] for year in years for name in AMOUNTS]
        cells = [int(amount) if amount else None for amount in amounts]
        sheet.append([names[code], AREAS[area], 4100 + number, *cells])
    totals = [sum(cell.value or 0 for cell in column[4:]) for column in sheet.iter_cols(min_col=4)]
    sheet.append(["Totalt", None, None, *totals])
    sheet.append([])
    sheet.append(["Källa: kommunernas ekonomisystem"])
    sheet.column_dimensions["C"].hidden = True
    book.save(project.path("data/raw/spending/kostnader.xlsx"))
    return mapping(
        dataset="municipal_accounts",
        sheet="Kostnader",
        columns={"Kommun": "municipality_code", "Område": "area"},
        ignore=["Ansvar"],
        values={"municipality_code": "by_name", "area": turned(AREAS)},
        keep={"Område": [*AREAS.values()]},
        constants={"origin": "official", "source": "Kommunernas ekonomisystem"},
        unpivot={"column": "year", "columns": {name: f"{{}} {label}" for name, label in AMOUNTS.items()}},
    )


def agencys_file(project: Project) -> str:
    """Write the survey of the actors as an agency delivers it in SPSS: their names, labelled codes; return the mapping."""
    frame = pd.DataFrame(rows(project, "raw/survey/actors"))
    items = [*frame.columns[7:]]
    theirs = {name: f"F{number}" for number, name in enumerate(items, start=1)}
    places = {row["municipality_code"]: row["municipality"] for row in rows(project, "reference/municipalities")}
    for name in [*items, "weight", "wave"]:
        frame[name] = pd.to_numeric(frame[name])
    numbers = {actor: float(number) for number, actor in enumerate(ACTORS, start=1)}
    frame["actor"] = frame["actor"].map(numbers)
    frame["municipality_code"] = frame["municipality_code"].astype(float)
    own = {"respondent_id": "LopNr", "wave": "Omgang", "municipality_code": "Kommun", "actor": "Roll", "weight": "Vikt"}
    frame = frame.rename(columns=own | theirs | {"age_group": "Alder", "stratum": "Strata"})
    labels = {
        "Roll": {numbers[actor]: label for actor, label in ACTORS.items()},
        "Kommun": {float(code): name for code, name in places.items()},
    }
    labels |= {name: {1.0: "Instämmer inte alls", 8.0: "Vet inte", 9.0: "Inget svar"} for name in theirs.values()}
    pyreadstat.write_sav(
        frame,
        project.path("data/raw/survey/Leverans.sav"),
        variable_value_labels=labels,
        missing_ranges={name: [8.0, 9.0] for name in theirs.values()},
    )
    columns = {label: name for name, label in (own | theirs | {"age_group": "Alder", "stratum": "Strata"}).items()}
    return mapping(
        dataset="actors", form="spss", columns=columns, values={"municipality_code": "by_name", "actor": turned(ACTORS)}
    )


def coders_project(project: Project) -> tuple[str, list[Row]]:
    """Write the coded passages as a project of a qualitative tool; return the mapping and the rows it holds."""
    passages = alone(rows(project, "raw/interviews/segments"))
    texts = {f"{name}.docx": text for name, text in transcripts(passages).items()}
    project.path("data/raw/interviews/Kodning.qdpx").write_bytes(qdpx(texts, marks(passages, "/"), "NVivo 14.23"))
    return segments_mapping("refi-qda", " > "), passages


def one_more_year(project: Project, year: int = 2025) -> None:
    """Add a year to every series of the municipalities, like the last one, and to the prices; ask for it in config.yaml."""
    for name in (
        "raw/spending/municipal_accounts",
        "raw/survey/labour_units",
        "reference/population",
        "reference/exits",
        "reference/consumer_prices",
        "reference/unemployment",
    ):
        shipped = rows(project, name)
        last = max(row["year"] for row in shipped)
        more = [row | {"year": str(year)} for row in shipped if row["year"] == last]
        if int(last) < year:
            write(project.path(f"data/{name}.csv"), [*shipped, *more])
    project.edit("config.yaml", "last: 2024", f"last: {year}")


TWELVE = {
    (2, "municipality_code"): "581",
    (3, "municipality_code"): "9999",
    (4, "year"): "20l0",
    (5, "year"): "",
    (6, "participants"): "tre hundra",
    (7, "participants"): "-5",
    (8, "participants_women"): date(2016, 3, 4),
    (9, "referred_by_pes_share"): "21,9 %",
    (10, "referred_by_social_services_share"): "59.6",
    (11, "documented_goals"): "kanske",
    (12, "origin"): "officiell",
    (13, "exits_total"): "1,234.5",
}
"""What stands in a cell instead, by row of the sheet and column: each is wrong in a way of its own."""


def units_workbook(project: Project, wrong: Mapping[tuple[int, str], object]) -> None:
    """Write the units' survey as a workbook in which these cells, by row and column, hold something else."""
    shipped = rows(project, "raw/survey/labour_units")
    header = list(shipped[0])
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(header)
    for row in shipped:
        sheet.append(list(row.values()))
    for (row, column), value in wrong.items():
        sheet.cell(row, header.index(column) + 1, value)
    book.save(project.path("data/raw/survey/enheter.xlsx"))
