import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_engine.checks.columns import judge
from report_engine.checks.validate import Checked, validate
from report_engine.readers import Column, Raw, Unreadable, parse, read
from tests.contracts import categories, contract, field
from tests.report_engine.readers.workbooks import workbook

REQUIRED = {"constraints": {"required": True}}
CODE = field("code", constraints={"required": True, "pattern": r"\d{4}"})
ITEM = {
    "categories": categories(1, 2, 3, 4, 5),
    "userMissing": [{"value": 8, "name": "dont_know", "label": {"sv": "Vet inte", "en": "Don't know"}}],
}
SURVEY = contract(
    field("id", constraints={"required": True, "unique": True}),
    CODE,
    field("wave", "integer", constraints={"required": True, "minimum": 1990, "maximum": 2100}),
    field("actor", categories=categories("pes_manager", "social_worker", "participant"), **REQUIRED),
    field("share", "number", unit="share", constraints={"minimum": 0, "maximum": 1}),
    field("cost", "number"),
    field("goals", "boolean", trueValues=["yes"], falseValues=["no"]),
    field("glad", "integer", askedOf=["participant"], **ITEM),
    name="survey",
    key=["id"],
    references=[(["code"], "register", ["code"])],
    groups="actor",
)
REGISTER = contract(CODE, name="register", key=["code"])
TABLES = {"register": Checked(REGISTER, {"code": ["0180", "0581", "1280"]})}

HEADER = "id;code;wave;actor;share;cost;goals;glad\n"
GOOD = "a1;0180;2016;participant;0,5;1 234,5;yes;4\na2;0581;2018;social_worker;;;no;\n"


def findings(tmp_path, text, schema=SURVEY, tables=TABLES):
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    got, _ = validate(read(path, schema), schema, tables)
    return [str(finding).removeprefix(f"{path.as_posix()}, ") for finding in got]


def test_what_is_right_has_no_finding_and_typed_values(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(HEADER + GOOD, encoding="utf-8")
    got, table = validate(read(path, SURVEY), SURVEY, TABLES)
    assert got == []
    assert table.columns == {
        "id": ["a1", "a2"],
        "code": ["0180", "0581"],
        "wave": [2016, 2018],
        "actor": ["participant", "social_worker"],
        "share": [0.5, None],
        "cost": [1234.5, None],
        "goals": [True, False],
        "glad": [4, None],
    }


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (";0180;2016;participant;;;;1", "row 4, column id: the cell is empty, expected text."),
        ("a3;581;2016;participant;;;;1", 'row 4, column code: "581" is not a code of 4 digits. Did you mean "0581"? '
         "Spreadsheets drop leading zeros: format the column as Text and type the code again."),
        ("a3;0582;2016;participant;;;;1", 'row 4, column code: "0582" is not in the dataset register. Did you mean "0581"?'),
        ("a3;1,3E+05;2016;participant;;;;1", 'row 4, column code: "1,3E+05" is a code that a spreadsheet shortened, expected a code of 4'),
        ("a3;0180;16;participant;;;;1", 'row 4, column wave: "16" is not a whole number from 1990 to 2100.'),
        ("a3;0180;2016,5;participant;;;;1", 'row 4, column wave: "2016,5" is not a whole number.'),
        ("a3;0180;2.016;participant;;;;1", 'row 4, column wave: "2.016" can be read as 2016 and as 2.016. Did you mean "2016"? Write it'),
        ("a3;0180;;participant;;;;1", "row 4, column wave: the cell is empty, expected a whole number from 1990 to 2100."),
        ("a3;0180;2016;socialwoker;;;;1", 'row 4, column actor: "socialwoker" is not one of pes_manager, social_worker, participant. '
         'Did you mean "social_worker"?'),
        ("a3;0180;2016;label participant;;;;1", 'is not one of pes_manager, social_worker, participant. Did you mean "participant"?'),
        ("a3;0180;2016;participant;45;;;1", 'row 4, column share: "45" is not a number from 0 to 1. '
         "A percentage is written as a share: 0.45."),
        ("a3;0180;2016;participant;45 %;;;1", 'row 4, column share: "45 %" is not a number. Did you mean "0,45"?'),
        ("a3;0180;2016;participant;;1.5;;1", 'has a decimal point in a column that is written with a decimal comma. Did you mean "1,5"?'),
        ("a3;0180;2016;participant;;1.234;;1", 'row 4, column cost: "1.234" can be read as 1234 and as 1.234.'),
        ("a3;0180;2016;participant;;nan;;1", 'row 4, column cost: "nan" is not a number. Where the value is missing, leave the cell empty.'),
        ("a3;0180;2016;participant;;;ja;1", 'row 4, column goals: "ja" is not one of yes, no. Did you mean "yes"?'),
        ("a3;0180;2016;participant;;;;7", 'row 4, column glad: "7" is not one of 1, 2, 3, 4, 5, 8.'),
        ("a3;0180;2016;participant;;;;Vet inte", 'row 4, column glad: "Vet inte" is not a whole number. Did you mean "8"?'),
        ("a3;0180;2016;participant;;;;", "row 4, column glad: the cell is empty, expected one of 1, 2, 3, 4, 5, 8. "
         "Where there is no answer, write 8 (dont_know)."),
        ("a3;0180;2016;social_worker;;;;5", 'row 4, column glad: "5" answers a question not put to social_worker, '
         "expected only of participant. Empty the cell, or correct the group."),
        ("a1;0180;2016;participant;;;;1", 'row 4, column id: "a1" stands in row 2 already. It may stand only once: '),
    ],
)  # fmt: skip
def test_one_fault_is_one_line(tmp_path, row, line):
    (got,) = findings(tmp_path, HEADER + GOOD + row + "\n")
    assert line in got


@pytest.mark.parametrize(
    ("texts", "advice"),
    [
        (["581", "138"], "Spreadsheets drop leading zeros"),  # 0581, 0138
        (["581", "0180"], "Spreadsheets drop leading zeros"),
        (["058", "013"], "The code is cut off at its end"),
        (["018", "138"], "The code is cut off at its end"),  # of 0180 and 1380
        (["148", "158"], "The code is cut off at its end"),  # of 1480 and 1580: no code is 0148
    ],
)
def test_codes_that_lost_their_beginning_and_codes_that_lost_their_end(texts, advice):
    known = ["0138", "0180", "0581", "1380", "1480", "1580"]
    code = SURVEY.field("code")
    _, faults = judge(code, Column(texts), (), None, known)
    assert all(str(fault.advice).startswith(advice) for fault in faults.values())
    assert all(fault.nearest is None for fault in faults.values()) == ("cut off" in advice)
    assert len(faults) == sum(len(text) < 4 for text in texts)


def test_county_codes_among_municipality_codes_are_neither():
    _, faults = judge(SURVEY.field("code"), Column(["0581", "05", "1480"]), (), None, ["0581", "1480"])
    assert [(fault.nearest, fault.advice) for fault in faults.values()] == [(None, None)]


def test_ten_different_faults_are_ten_findings(tmp_path):
    rows = [
        "a1;581;2016;participant;0,5;1,5;yes;1",  # a lost zero
        "a2;0180;x;participant;0,5;1,5;yes;1",  # no number
        "a2;0180;2016;participant;0,5;1,5;yes;1",  # the key again
        "a4;9999;2016;participant;0,5;1,5;yes;1",  # not in the register
        "a5;0180;1016;participant;0,5;1,5;yes;1",  # out of range
        "a6;0180;2016;Participants;0,5;1,5;yes;1",  # no such category
        "a7;0180;2016;participant;1,5;1,5;yes;1",  # more than all
        "a8;0180;2016;participant;0,5;1,5;maybe;1",  # neither yes nor no
        "a9;0180;2016;social_worker;0,5;1,5;yes;1",  # was not asked
        "b1;0180;2016;participant;0,5;1,5;yes",  # too few cells
    ]
    got = findings(tmp_path, HEADER + "\n".join(rows) + "\n")
    assert [line.split(":")[0] for line in got] == [
        "row 11",
        "row 3, column wave",
        "row 2, column code",
        "row 7, column actor",
        "row 9, column goals",
        "row 6, column wave",
        "row 8, column share",
        "row 10, column glad",
        "row 4, column id",
        "row 5, column code",
    ]


def test_a_type_error_does_not_hide_the_range_errors_of_its_column(tmp_path):
    got = findings(tmp_path, HEADER + "a1;0180;x;participant;;;;1\na2;0180;3000;participant;;;;1\n")
    assert len(got) == 2


def test_a_missing_column_is_named_with_the_header_that_is_like_it(tmp_path):
    header = HEADER.replace("wave", "Waves").replace("code", "cod ").replace(";cost", ";")
    got = findings(tmp_path, header + GOOD.replace("1 234,5", ""))
    assert got == [
        'column code: the column is missing. Did you mean "cod"? Rename it to code.',
        "column cost: the column is missing. The columns are: id, code, wave, actor, share, cost, goals, glad.",
        'column wave: the column is missing. Did you mean "Waves"? Rename it to wave.',
    ]


def test_a_header_in_another_language_leads_to_its_column(tmp_path):
    year = contract(
        {"name": "year", "type": "integer", "title": {"sv": "År", "en": "Year"}},
        field("code"),
        name="years",
        key=["code"],
    )
    assert findings(tmp_path, "code;år\n1;2016\n", year, {})[0].startswith(
        'column year: the column is missing. Did you mean "år"?'
    )


def test_a_column_too_many_is_a_warning(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("code;note\n0180;x\n", encoding="utf-8")
    ((finding,), table) = validate(read(path, REGISTER), REGISTER, {})
    assert finding.severity == "warning"
    assert "column note: warning: the column is not in the contract and is left out." in str(finding)
    assert table.columns == {"code": ["0180"]}


def test_keys_of_several_columns_and_a_dataset_that_refers_to_itself(tmp_path):
    codes = contract(
        field("code"), field("parent"), name="codes", key=["code"], references=[(["parent"], "codes", ["code"])]
    )
    assert findings(tmp_path, "code;parent\nwork;\nwork_first;work\n", codes, {}) == []
    (got,) = findings(tmp_path, "code;parent\nwork;\nwork_first;wrok\n", codes, {})
    assert got == 'row 3, column parent: "wrok" is not in the dataset codes. Did you mean "work"?'
    pairs = contract(
        field("a"),
        field("b", "integer"),
        name="pairs",
        key=["a", "b"],
        references=[(["a", "b"], "codes", ["code", "parent"])],
    )
    got = findings(
        tmp_path, "a;b\nx;1\nx;2\nx;1.0\n", pairs, {"codes": Checked(codes, {"code": ["x", "y"], "parent": [1, 2]})}
    )
    assert got == [
        'row 4, column a, b: "x, 1" stands in row 2 already. It may stand only once: correct or remove one of the two rows.',
        'row 3, column a, b: "x, 2" is not in the dataset codes. Did you mean "y, 2"?',
    ]  # fmt: skip


def test_codes_and_dates_that_excel_made_of_them(tmp_path):
    rows = [["id", "code"], ["a1", 581], ["a2", 1280], ["a3", 180.0], ["a4", "0581"]]
    places = contract(
        field("id", **REQUIRED), CODE, name="places", key=["id"], references=[(["code"], "register", ["code"])]
    )
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(("Blad1", rows), formats={(2, 1): "yyyy-mm-dd"}))
    got, _ = validate(read(path, places), places, TABLES)
    assert [(finding.row, finding.value, finding.nearest, finding.rows) for finding in got] == [
        (3, "1903-07-03", None, ()), (2, "581", "0581", (4,)),
    ]  # fmt: skip
    assert "was made a date by the spreadsheet" in str(got[0].problem)
    assert "format the column as Text" in str(got[1].advice)


def test_numbers_stored_as_text_in_a_workbook_follow_the_rules_of_text(tmp_path):
    costs = contract(field("id"), field("cost", "number"), name="costs", key=["id"])
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(("Blad1", [["id", "cost"], ["a", 1.234], ["b", "1,5"], ["c", "2 000"], ["d", 7]])))
    got, table = validate(read(path, costs), costs, {})
    assert got == []
    assert table.columns["cost"] == [1.234, 1.5, 2000.0, 7.0]
    path.write_bytes(workbook(("Blad1", [["id", "cost"], ["a", 1.234], ["b", "1.234"]])))
    ((finding,), _) = validate(read(path, costs), costs, {})
    assert "can be read as 1234 and as 1.234" in str(finding)


def test_damaged_cells_have_one_finding_only(tmp_path):
    (got,) = findings(tmp_path, HEADER + GOOD + "a3;0180;2016;#N/A;;;;\n")
    assert (
        got
        == 'row 4, column actor: "#N/A" is an error of the spreadsheet, no value. Correct the formula, or empty the cell.'
    )


def test_numbers_of_one_column_lend_their_decimal_sign_to_another(tmp_path):
    two = contract(field("id"), field("a", "number"), field("b", "number"), name="two", key=["id"])
    assert findings(tmp_path, "id\ta\tb\nx\t1,5\t1,234\n", two, {}) == []
    assert len(findings(tmp_path, "id\ta\tb\nx\t1\t1,234\n", two, {})) == 1
    assert len(findings(tmp_path, "id;a;b\nx;1,5;1.234\n", two, {})) == 1


def test_every_file_with_nothing_but_the_header_s_first_name_is_judged(tmp_path):
    got = findings(tmp_path, "id\nx\n", SURVEY, {})
    assert len(got) == 7
    assert all("the column is missing" in line for line in got)


def test_a_table_without_columns_is_a_finding_and_no_crash():
    (finding,), table = validate(Raw("a.csv", {}, []), REGISTER, {})
    assert finding.kind == "column"
    assert table.columns == {}


def test_a_register_with_lost_zeros_does_not_make_every_reference_wrong(tmp_path):
    path = tmp_path / "register.csv"
    path.write_text("code\n581\n0180\n", encoding="utf-8")
    got, register = validate(read(path, REGISTER), REGISTER, {})
    assert [finding.nearest for finding in got] == ["0581"]
    assert findings(tmp_path, HEADER + GOOD, SURVEY, {"register": register}) == []


@pytest.mark.parametrize("text", ["18-aug", "aug-24", "Maj 18", "2024-08-18"])
def test_categories_that_a_spreadsheet_took_for_dates(tmp_path, text):
    ages = contract(field("age", categories=categories("18-24", "25-34")), field("id"), name="ages", key=["id"])
    (got,) = findings(tmp_path, f"id;age\n1;{text}\n", ages, {})
    assert "The spreadsheet took it for a date. Format the column as Text" in got


PIECES = st.sampled_from(
    ["0180", "581", "2016", "participant", "social_worker", "0,5", "1.5", "1.234", "1 234", "yes", "ja", "8", "9", "x", "nan",
     "inf", "#N/A", "Ã¶", "\ufffd", "\x1b[2J", "\u202e", "=1+1", "", ";", ";", ";", ";", ";", "\n", "\n", '"', " ", "\xa0", "\r", ","]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_whatever_stands_in_a_file_each_finding_is_one_harmless_line(pieces, encoding):
    data = (HEADER + GOOD + "".join(pieces)).encode(encoding, "replace")
    try:
        got, table = validate(parse(data, "a.csv", SURVEY), SURVEY, TABLES)
    except Unreadable as refusal:
        got, table = list(refusal.findings), None
    assert all(str(finding).isprintable() and finding.file == "a.csv" for finding in got)
    assert table is None or len({len(values) for values in table.columns.values()}) == 1
    if table is not None and not got:
        assert all(type(value) in (float, type(None)) for value in table.columns["share"])
        assert all(type(value) is int for value in table.columns["wave"])


def lost(text):
    return {"sv": f"{text}, sv", "en": f"{text}, en"}


DESIGNED = contract(
    field("id", **REQUIRED),
    field("weight", "number", lost=lost("no weights"), constraints={"required": True, "minimum": 0}),
    field("stratum", lost=lost("no strata"), **REQUIRED),
    name="designed",
    key=["id"],
    references=[(["stratum"], "frame", ["stratum"], lost("no rates"))],
)
FRAMED = {"frame": Checked(contract(field("stratum"), name="frame", key=["stratum"]), {"stratum": ["north", "south"]})}


@pytest.mark.parametrize(
    ("text", "warned", "stratum"),
    [
        ("id;weight;stratum\na;1;north\nb;2;south\n", [], ["north", "south"]),
        ("id\na\nb\n", ["column weight", "no weights, en", "column stratum", "no strata, en"], [None, None]),
        ("id;weight;stratum\na;;\nb;;\n", ["column weight", "no weights, en", "column stratum", "no strata, en"], [None, None]),
        ("id;weight;stratum\na;1;A\nb;2;B\n", ["column stratum", "none of the values is in the dataset frame", "no rates, en"],
         ["A", "B"]),
    ],
)  # fmt: skip
def test_a_survey_without_a_design_or_with_its_own_is_taken_and_what_is_lost_is_said(tmp_path, text, warned, stratum):
    path = tmp_path / "a.csv"
    path.write_text(text)
    found, table = validate(read(path, DESIGNED), DESIGNED, FRAMED)
    assert {finding.severity for finding in found} <= {"warning"}
    said = " ".join(map(str, found))
    assert [words for words in warned if words not in said] == []
    assert bool(found) == bool(warned)
    assert table.columns["stratum"] == stratum


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("id;weight;stratum\na;1;north\nb;;south\n", "row 3, column weight: the cell is empty"),
        ("id;wieght;stratum\na;1;north\nb;1;south\n", 'column weight: the column is missing. Did you mean "wieght"?'),
        ("id;weight;stratum\na;1;north\nb;2;nroth\n", 'row 3, column stratum: "nroth" is not in the dataset frame. Did you mean "north"?'),
    ],
)  # fmt: skip
def test_a_design_that_is_only_partly_there_is_an_error(tmp_path, text, line):
    errors = [one for one in findings(tmp_path, text, DESIGNED, FRAMED) if "warning" not in one]
    assert len(errors) == 1 and line in errors[0]
