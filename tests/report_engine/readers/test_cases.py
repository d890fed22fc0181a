"""Files as collaborators sent them, made small: what is said of each, and what is read."""

import csv
from pathlib import Path

import pytest

from report_engine.checks.validate import validate
from report_engine.contracts.contract import load
from report_engine.model import document
from report_engine.readers import Source, mapping, parse, sheets
from report_engine.readers.interviews.segments import by_name
from report_engine.readers.raw import Unreadable
from report_engine.readers.source import Coded
from tests.contracts import contract, field

CASES = Path(__file__).parent / "cases"
ROOT = Path(__file__).parents[3]
YEAR = field("year", "integer", unit="year", constraints={"required": True, "minimum": 1990, "maximum": 2100})
CODE = field("municipality_code", constraints={"required": True, "pattern": r"\d{4}"})
KEY = ["year", "municipality_code"]
EXITS = contract(YEAR, CODE, field("exit_to_work_or_study_percent", "number", unit="percent"), name="exits", key=KEY)
POPULATION = contract(YEAR, CODE, field("population", "integer", unit="persons"), name="population", key=KEY)


def checked(name, places):
    raw = parse((CASES / name).read_bytes(), name, places)
    findings, table = validate(raw, places, {})
    return [str(finding) for finding in findings if finding.kind != "extra"], table.columns


NET_COST = load("municipal_net_cost")


def with_mapping(name, places, keep="{ContentsCode: [0000005X]}", more=""):
    written = (ROOT / "data/mappings/scb_municipal_net_cost.yaml").read_text("utf-8")
    written = written.replace("keep: {ContentsCode: [0000005X]}", f"keep: {keep}") + more
    rules = mapping.parse(document.parse(written, "m.yaml", only_text=True), places, dict)
    raw = parse((CASES / name).read_bytes(), name, places, Source((), mapping=rules))
    findings, table = validate(raw, places, {})
    return [str(finding) for finding in findings], table.columns


def test_a_whole_table_of_the_statistical_office_is_one_warning_of_the_country_and_one_finding_of_the_other_areas():
    (areas, country), _ = with_mapping("scb-whole-table.json", NET_COST)
    assert areas.startswith(
        'scb-whole-table.json, row 33, column Verksomrkom: "400" is not one of 575, 600, 610, 690. The same holds for 29 other '
        "values (407, 412, 415, 425, 435, 440, 443, 450, 453, 470, 472, 474, …), in 8,699 more rows: 34, "
    )
    assert areas.endswith('Then leave them out in m.yaml, with `keep: {Verksomrkom: ["575", "690"]}` or `leave_out:`.')
    assert country == (
        'scb-whole-table.json, row 1, column Region: warning: "00" stands for a sum or the whole country: the row is left out. '
        "The same holds for 31 more rows: 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, …."
    )


def test_the_whole_table_is_read_once_the_mapping_says_which_rows():
    rows = 'leave_out: {Region: "00"}'
    findings, columns = with_mapping(
        "scb-whole-table.json", NET_COST, keep="{ContentsCode: 0000005X, Verksomrkom: ['575', '690']}", more=rows
    )
    assert findings == []
    assert len(columns["year"]) == 290 * 2 and {*columns["area_code"]} == {"575", "690"}


def refusal(name):
    with pytest.raises(Unreadable) as caught:
        sheets((CASES / name).read_bytes(), name)
    return str(caught.value)


@pytest.fixture
def exits():
    with (ROOT / "data/reference/exits.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_cells_shown_as_percentages_are_read_in_per_cent(exits):
    findings, columns = checked("percent.xlsx", EXITS)
    assert findings == []
    expected = [
        float(row["exit_to_work_or_study_percent"]) if row["exit_to_work_or_study_percent"] else None for row in exits
    ]
    assert columns["exit_to_work_or_study_percent"] == pytest.approx(expected)
    assert sum(value is not None for value in expected) == 80


def test_years_that_are_dates_shown_as_years_are_those_years(exits):
    findings, columns = checked("year-as-date.xlsx", EXITS)
    assert findings == []
    assert columns["year"] == [int(row["year"]) for row in exits]


def test_hidden_rows_are_read_counted_and_named_where_they_repeat_others():
    findings, columns = checked("filtered-rows.xlsx", POPULATION)
    assert len(columns["year"]) == 176
    assert [line.split(". ")[0] for line in findings] == [
        'filtered-rows.xlsx, row 3, column year, municipality_code: "2016, 0581" stands in two rows, and one of them is hidden '
        "(by a filter, or by hand)",
        "filtered-rows.xlsx, row 3: warning: 88 rows are hidden by a filter or by hand (the first is here) and read like the "
        "others",
    ]
    assert "The same holds for 87 more rows: 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, …. Show the" in findings[0]


def test_years_that_a_program_stored_as_timestamps_are_one_finding_that_speaks_of_no_spreadsheet():
    (finding,), _ = checked("timestamp-year.parquet", POPULATION)
    assert 'row 1, column year: "2016-12-31 00:00:00+01:00" is stored as a date' in finding
    assert "87 more rows" in finding
    assert finding.endswith("Store the column as numbers or as text and write the file again.")


def test_a_workbook_with_a_password_is_not_called_an_old_one():
    assert refusal("password.xlsx") == (
        "password.xlsx: the workbook is protected by a password. Open it in Excel, take the password off (File, Info, Protect "
        "Workbook, Encrypt with Password), and save it."
    )


def test_json_of_another_kind_is_called_so():
    assert refusal("surveymonkey-api.json") == (
        "surveymonkey-api.json: the file is JSON of another kind than Kolada's or SCB's. Export it as CSV or .xlsx from the "
        "program that it comes from."
    )


def test_passages_of_qualcoder_are_those_that_were_coded_however_they_are_counted():
    found = sheets((CASES / "emoji.qda").read_bytes(), "emoji.qda")[0]
    assert [cells[found.header.index("text")] for _, cells in found.records] == ["samverkar inte alls", "tungt ändå"]
    assert found.findings == ()


SEGMENTS = load("segments")
CODES = by_name(["caseload", "unit_staff_support"], [])
CODED = Coded("segment_id", "interview_id", "codebook", lambda: CODES)


def coded(values):
    written = f"dataset: segments\nvalues: {{code: {{collab_pes: caseload}}, interview_id: {values}}}\n"
    rules = mapping.parse(document.parse(written, "m.yaml", only_text=True), SEGMENTS, dict)
    return parse(
        (CASES / "same-name.qdpx").read_bytes(), "same-name.qdpx", SEGMENTS, Source((), mapping=rules, coded=CODED)
    )


def test_two_documents_of_one_name_are_a_finding_with_the_lines_that_tell_them_apart():
    (finding,) = coded("{Gruppintervju 1: GI01}").findings
    assert finding.severity == "error"
    assert str(finding) == (
        'same-name.qdpx (segments), column document: "Gruppintervju 1" is the name of 2 documents: their passages can\'t be told apart. '
        "Rename one of them in the project and export it again, or give each an id in the mapping: `values: {interview_id: "
        "{'0912c2d4-056e-50b4-aa05-835ae3892958': …, '35671a38-b3d1-5972-bebf-b308d8b8883d': …}}`. Their first passages: "
        '"samverkar inte alls" (0912c2d4-056e-50b4-aa05-835ae3892958), "Personalen här är helt okej" '
        "(35671a38-b3d1-5972-bebf-b308d8b8883d)."
    )


@pytest.mark.parametrize(
    "values",
    [
        '{"0912c2d4-056e-50b4-aa05-835ae3892958": GI01, "{35671A38-B3D1-5972-BEBF-B308D8B8883D}": GI02}',
        '{"0912c2d4-056e-50b4-aa05-835ae3892958": GI01, Gruppintervju 1: GI02}',
    ],
    ids=["both by GUID", "the other by name"],
)
def test_two_documents_of_one_name_are_two_interviews_where_the_mapping_says_so_by_guid(values):
    raw = coded(values)
    assert raw.findings == ()
    assert raw.columns["interview_id"].texts == ["GI01", "GI01", "GI02"]
    assert len({*raw.columns["segment_id"].texts}) == 3


def test_a_question_with_several_answers_and_a_free_text_is_written_as_1_and_0_beside_the_text():
    (found,) = sheets((CASES / "surveymonkey-other-text.csv").read_bytes(), "sm.csv")
    at = found.header.index("Vilka insatser? [Praktik]")
    assert [cells[at : at + 3] for _, cells in found.records] == [["1", "0", "Egen text"], ["0", "1", ""]]
