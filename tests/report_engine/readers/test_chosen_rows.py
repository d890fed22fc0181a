"""Which rows of a file are read: those a mapping asks for, none that a sheet hides where it says so, and no sums."""

import pytest

from report_engine.checks.validate import validate
from report_engine.readers import Source, Unreadable, parse
from tests.contracts import categories, contract, field
from tests.report_engine.readers.test_cases import CASES, POPULATION
from tests.report_engine.readers.test_mapped import UNITS, lines, read, rule, texts

CODED = contract(
    field("code", constraints={"required": True, "pattern": r"\d{4}"}),
    field("kind", categories=categories("total", "social")),
    field("persons", "integer"),
    key=["code", "kind"],
)


def test_rows_are_left_out_by_what_stands_in_a_column_of_theirs():
    raw = read("year,code,Typ,persons\n2016,1280,x,1\n2016,0581,y,2\n", "leave_out: {Typ: [x]}")
    assert (texts(raw)["code"], raw.rows, "Typ" in raw.columns) == (["0581"], [3], False)


def test_a_mapping_that_leaves_out_every_row_is_refused():
    with pytest.raises(Unreadable, match=r"every row has one of the values under leave_out in m.yaml: x; there is x"):
        read("year,code,Typ\n2016,1280,x\n", "leave_out: {Typ: [x]}")
    with pytest.raises(Unreadable, match=r'column Typp: the column stands under leave_out.* Did you mean "Typ"'):
        read("year,code,Typ\n2016,1280,x\n", "leave_out: {Typp: [x]}")


def test_hidden_rows_are_left_out_where_the_mapping_says_so():
    data = (CASES / "filtered-rows.xlsx").read_bytes()
    rules = rule("hidden_rows: leave_out").model_copy(update={"dataset": "population"})
    raw = parse(data, "a.xlsx", POPULATION, Source((), mapping=rules))
    findings, table = validate(raw, POPULATION, {})
    assert len(table.columns["year"]) == 88
    assert [str(finding) for finding in findings if finding.kind != "extra"] == [
        "a.xlsx, row 3: note: 88 hidden rows (the first is here) left out, as m.yaml says."
    ]


def test_a_total_is_one_warning_and_no_row():
    raw = parse(b"code,kind,persons\n0581,social,3\nTotalt,,4\nSumma:,,4\n", "a.csv", CODED)
    findings, table = validate(raw, CODED, {})
    assert table.columns["code"] == ["0581"]
    assert [(one.severity, one.row, one.value) for one in findings] == [
        ("warning", 3, "Totalt"),
        ("warning", 4, "Summa:"),
    ]


def test_a_word_for_all_that_is_a_code_of_ours_stays():
    raw = parse(b"code,kind,persons\n0581,total,3\n", "a.csv", CODED)
    assert validate(raw, CODED, {})[0] == [] and len(raw.rows) == 1


def test_a_total_by_name_is_no_municipality_that_was_misspelt():
    raw = read("year,Kommun,persons\n2016,Malmö,1\n2016,Summa,2\n", "columns: {Kommun: code}\nvalues: {code: by_name}")
    assert "Did you mean" not in "".join(lines(raw))


def test_a_word_for_all_in_a_column_of_any_text_is_no_total():
    raw = parse(b"year,code\n2016,Sum\n", "a.csv", UNITS)
    assert raw.columns["code"].texts == ["Sum"]
