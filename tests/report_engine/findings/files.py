"""Data files with something wrong in every way, checked against a contract of the tests' own."""

from pathlib import Path

from report_engine.checks import tidy
from report_engine.checks.examined import Examined
from report_engine.readers import Source
from tests.contracts import categories, contract, field
from tests.report_engine.readers.workbooks import workbook

REQUIRED = {"constraints": {"required": True}}
REGISTER = contract(
    field("code", constraints={"required": True, "pattern": r"\d{4}"}), field("name"), name="register", key=["code"]
)
KNOWN = {
    "kind": "known",
    "columns": ["staff"],
    "where": {"year": 2017},
    "note": {"sv": "är ett känt tal", "en": "is known to be odd"},
}
UNITS = contract(
    field("code", **REQUIRED),
    field("year", "integer", unit="year", **REQUIRED),
    field("kind", categories=categories("inner", "outer")),
    field("staff", "number"),
    field("comment", freeText=True),
    name="units",
    key=["code", "year"],
    references=[(["code"], "register", ["code"])],
    checks=[KNOWN],
)
EVIL = "<script>alert(1)</script>"
NUMBER = "811228-9874"
"""A personal identity number that Skatteverket gives as an example."""

HEADER = ["code", "year", "kind", "staff", "comment"]
GOOD = [["0581", 2016, "inner", 3.5, ""], ["1282", 2016, "outer", 2.5, ""], ["1282", 2017, "outer", 0.5, ""]]
WRONG = [
    *GOOD,
    ["0581", 2016, "inner", 1, ""],
    ["0581", 2018, EVIL, "=1+1", ""],
    ["0582", 2019, "iner", 1, f"ring {NUMBER}"],
    *[["1282", 2020 + at, "xx", 1, ""] for at in range(8)],
]


def units(folder: Path, rows=WRONG, header=HEADER, sheets=()) -> Path:
    path = folder / "units.xlsx"
    path.write_bytes(workbook(("Units", [header, *rows]), *sheets))
    return path


def examined(folder: Path, path: Path) -> Examined:
    """Check a file of units (and a register without fault) in a folder."""
    register = folder / "register.csv"
    register.write_text("code,name\n0581,Norrköping\n1282,Landskrona\n", "utf-8")
    sources = {"register": Source((register,)), "units": Source((path,))}
    contracts = {"register": REGISTER, "units": UNITS}
    findings, tables = tidy.check(sources, contracts)
    return Examined(findings, tables, sources, contracts)
