import ast
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from report_engine.checks import tidy
from report_engine.checks.validate import implausible, validate
from report_engine.contracts import plausibility, plausibility_years
from report_engine.contracts.contract import load_all
from report_engine.contracts.plausibility_check import Asked
from report_engine.model import findings
from report_engine.model.document import DocumentError
from report_engine.readers import read
from tests.contracts import both, contract, field

YEAR = field("year", "integer", unit="year")


SOURCE = both("the office")


def found(checks, columns, tables=None, asked=None):
    names = [name for name in columns if name != "year"]
    fields = [field(name, "integer" if isinstance(columns[name][0], int) else "string") for name in names]
    schema = contract(*([YEAR] if "year" in columns else []), *fields, key=[names[0]], checks=checks)
    got = plausibility.find(schema.checks, columns, tables or {}, asked or Asked(), SOURCE)
    return [(one.at, one.column, str(one.problem)) for one in got]


CLASSES = {
    get_args(one.model_fields["kind"].annotation)[0]: one for one in get_args(get_args(plausibility.AnyCheck)[0])
}

AT_MOST = {"kind": "at_most", "columns": ["cost"], "of": ["cost"]}
SAME = {"kind": "same", "columns": ["cost"]}
SUM = {"kind": "sum", "columns": ["cost"], "of": ["cost"]}
KNOWN = {"kind": "known", "columns": ["cost"], "where": {"year": 2017}, "note": both("is odd")}
JUMP = {"kind": "jump", "columns": ["cost"], "by": ["place"], "over": "year", "factor": 2, "least": 10}


def test_a_value_far_from_the_year_before_in_its_series():
    columns = {
        "place": ["a", "b", "a", "b", "a"],
        "year": [2016, 2016, 2017, 2017, 2018],
        "cost": [100, 9, 110, 2, 300],
    }
    assert found([JUMP], columns) == [(4, "cost", "is 2.7 times the 110 of 2017")]


def test_a_value_far_below_the_year_before():
    columns = {"place": ["a"] * 3, "year": [2016, 2017, 2018], "cost": [100, 110, 40]}
    assert found([JUMP], columns) == [(2, "cost", "is 0.36 times the 110 of 2017")]


@pytest.mark.parametrize("values", [[100, None, 300], [100, 150, 299], [0, 100, 180], [-5, 100, 120]])
def test_gaps_zeros_signs_and_small_steps_are_no_jumps(values):
    columns = {"place": ["a"] * 3, "year": [2016, 2017, 2018], "cost": values}
    assert found([JUMP], columns) == []


def test_a_value_known_to_be_odd_is_named_and_not_compared():
    note = {"sv": "är känt", "en": "is a known slip"}
    known = {"kind": "known", "columns": ["cost"], "where": {"place": "a", "year": 2017}, "note": note}
    columns = {"place": ["a"] * 3, "year": [2016, 2017, 2018], "cost": [100, 900, 110]}
    assert found([known, JUMP], columns) == [(1, "cost", "is a known slip")]


def test_totals_that_do_not_match_their_parts():
    rule = {"kind": "sum", "columns": ["net"], "of": ["gross", "-revenue"], "tolerance": 1}
    columns = {"net": [6, 7, 9, 6], "gross": [10, 10, None, 10], "revenue": [4, 5, 1, 3]}
    assert found([rule], columns) == [(1, "net", "is not gross − revenue, which is 5")]


def test_parts_larger_than_the_whole():
    rule = {"kind": "at_most", "columns": ["work", "study"], "of": ["exits"]}
    assert found([rule], {"exits": [10, 10], "work": [6, 6], "study": [4, 5]}) == [
        (1, "work", "work and study make up 11 of exits 10")
    ]


def test_parts_may_be_larger_than_the_whole_by_the_tolerance():
    rule = {"kind": "at_most", "columns": ["work"], "of": ["exits"], "tolerance": 2}
    assert found([rule], {"exits": [10, 10], "work": [12, 13]}) == [(1, "work", "is 13 of exits 10")]


def test_weights_that_do_not_add_up_to_the_population():
    rule = {
        "kind": "adds_up",
        "columns": ["weight"],
        "by": ["stratum"],
        "table": "frame",
        "of": ["population"],
        "share": 0.02,
    }
    tables = {"frame": {"stratum": ["s1", "s2", "s3"], "population": [100, 50, 10]}}
    got = found([rule], {"stratum": ["s1", "s1", "s2"], "weight": [50, 51, 20]}, tables)
    assert got == [(None, "weight", "adds up to 20 for stratum s2, but frame has population 50")]


def test_municipalities_without_rows():
    rule = {"kind": "complete", "columns": ["place"], "by": ["year"]}
    got = found([rule], {"place": ["a", "b", "a"], "year": [2016, 2016, 2017]}, None, Asked(("a", "b", "c")))
    assert got == [(None, "place", "no rows for c"), (None, "place", "no rows for b in year 2017")]


def test_one_answer_to_everything():
    names = ["q1", "q2", "q3", "q4", "q5"]
    columns = {"id": ["x", "y", "z"]} | {name: [3, 3, 3] for name in names}
    columns["q5"] = [3, 4, None]
    got = found([{"kind": "same", "columns": names}], columns)
    assert got == [(0, None, "gives one and the same answer to all 5 questions")]


def test_a_year_to_come():
    (got,) = plausibility.years_to_come(["year"], {"place": ["a", "b"], "year": [2026, 2062]}, 2026)
    assert (got.at, got.column, str(got.problem)) == (1, "year", "lies in the future: this year is 2026")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            {"kind": "jumps"},
            '.kind: "jumps" is not one of known, jump, sum, at_most, adds_up, complete, covers, between, same. Did you mean "jump"?',
        ),
        ({"factr": 2}, '.factr: unknown key; allowed: kind, columns, over, factor, by, least. Did you mean "factor"?'),
        (
            {"overs": "year"},
            '.overs: unknown key; allowed: kind, columns, over, factor, by, least. Did you mean "over"?',
        ),
        ({"share": 0.1}, ".share: unknown key; allowed: kind, columns, over, factor, by, least"),
        ({"factor": None}, ".factor: expected a whole number or a number, found null"),
        ({"least": "10"}, '.least: expected a whole number or a number, found "10"'),
        ({"least": True}, ".least: expected a whole number or a number, found true"),
        ({"columns": []}, ".columns: expected one string in the list, found []"),
        ({"columns": ["cost", "place"]}, '.columns: expected one string in the list, found ["cost", "place"]'),
        ({"columns": ["costs"]}, '.columns: no column "costs". Did you mean "cost"?'),
        ({"by": ["plase"]}, '.by: no column "plase". Did you mean "place"?'),
        ({"over": "yaer"}, '.over: no column "yaer". Did you mean "year"?'),
        (AT_MOST | {"of": ["cots"]}, '.of: no column "cots". Did you mean "cost"?'),
        (SAME | {"columns": []}, ".columns: expected a list of at least 1, found []"),
        (SUM | {"of": ["-cots"]}, '.of: no column "cots". Did you mean "cost"?'),
        (KNOWN | {"where": {"yaer": 2017}}, '.where: no column "yaer". Did you mean "year"?'),
        (KNOWN | {"where": {2017: 2017}}, ".where.2017: expected text, found 2017"),
        (KNOWN | {"note": {"en": "is odd"}}, ".note: the key sv is missing"),
    ],
)
def test_a_check_that_cannot_be_used_is_named_by_file_number_and_key(change, expected):
    fields = [YEAR, field("place"), field("cost", "integer")]
    with pytest.raises(DocumentError) as caught:
        contract(*fields, checks=[JUMP, JUMP | change if "kind" not in change or len(change) == 1 else change])
    assert str(caught.value) == f"test.yaml: checks.2{expected}"


@pytest.mark.parametrize(
    ("kind", "needed"),
    [
        ("known", ("columns", "where", "note")),
        ("jump", ("columns", "over", "factor")),
        ("sum", ("columns", "of")),
        ("at_most", ("columns", "of")),
        ("adds_up", ("columns", "by", "table", "of")),
        ("complete", ("columns",)),
        ("covers", ("columns", "settings", "lost")),
        ("between", ("columns", "lost")),
        ("same", ("columns",)),
    ],
)
def test_a_parameter_that_a_check_cannot_do_without_is_asked_for(kind, needed):
    every = {"columns": ["cost"], "of": ["cost"], "by": ["place"], "over": "year", "factor": 2, "table": "other"}
    every |= {"where": {"year": 2017}, "note": both("is odd"), "settings": ["years"], "lost": both("All.")}
    fields = [YEAR, field("place"), field("cost", "integer")]
    given = {"kind": kind} | {key: every[key] for key in needed}
    (check,) = contract(*fields, checks=[given]).checks
    assert type(check) is CLASSES[kind]
    for key in needed:
        with pytest.raises(DocumentError, match=f"checks.1.{key}: the key is missing"):
            contract(*fields, checks=[{name: value for name, value in given.items() if name != key}])


def test_every_check_has_a_kind_and_says_what_each_parameter_means():
    modules = [ast.parse(Path(module.__file__).read_text("utf-8")) for module in (plausibility, plausibility_years)]
    classes = [node for module in modules for node in module.body if is_check(node)]
    assert {node.name for node in classes} == {one.__name__ for one in CLASSES.values()}
    for node in classes:
        said = [
            after
            for before, after in pairwise(node.body)
            if isinstance(before, ast.AnnAssign) and before.target.id != "kind"
        ]
        assert said and all(isinstance(one, ast.Expr) and isinstance(one.value.value, str) for one in said), node.name


def is_check(node):
    return isinstance(node, ast.ClassDef) and [ast.unparse(base) for base in node.bases] == ["Check"]


@dataclass(frozen=True)
class Said:
    """Where a finding is, and what it says is wrong."""

    row: int | None
    column: str | None
    say: str


def said(one):
    return Said(one.row, one.column, str(one.problem or findings.refused(one.expected)))


COSTS = contract(
    field("id"),
    field("cost", "number"),
    field("paid", "number"),
    name="costs",
    stream="spending",
    checks=[
        {"kind": "at_most", "columns": ["paid"], "of": ["cost"]},
        {"kind": "sum", "columns": ["cost"], "of": ["paid"]},
    ],
)


def remarks(tmp_path, rows):
    path = tmp_path / "a.csv"
    path.write_text("id;paid;cost\n" + rows, encoding="utf-8")
    raw = read(path, COSTS)
    errors, table = validate(raw, COSTS, {})
    assert errors == []
    return implausible(raw, table, {}, Asked(), 2026)


def test_what_is_implausible_is_a_warning_in_its_place_of_the_file(tmp_path):
    got = [
        (one.severity, one.row, one.column, one.value, str(one.problem))
        for one in remarks(tmp_path, "a;3;2,0\nb;1;4\n")
    ]
    assert got == [
        ("warning", 2, "paid", None, "is 3 of cost 2"),
        ("warning", 2, "cost", "2,0", "is not paid, which is 3"),
        ("warning", 3, "cost", "4", "is not paid, which is 1"),
    ]


def test_a_column_full_of_what_is_implausible_is_cut_short(tmp_path, monkeypatch):
    monkeypatch.setattr(findings.at_most, "__defaults__", (2,))
    rows = "a;3;2\na;4;2\na;5;2\na;6;2\n"
    got = [(one.column, one.row) for one in remarks(tmp_path, rows) if "more like this" not in str(one.problem)]
    assert got == [("paid", 2), ("paid", 3), ("cost", 2), ("cost", 3)]


ACCOUNTS = contract(
    field("place", constraints={"pattern": r"\d{4}"}),
    YEAR,
    field("cost", "number"),
    field("paid", "number"),
    name="accounts",
    stream="spending",
    checks=[
        {"kind": "jump", "columns": ["cost"], "by": ["place"], "over": "year", "factor": 2},
        {"kind": "sum", "columns": ["cost"], "of": ["paid"]},
        {"kind": "complete", "columns": ["place"]},
    ],
)


def test_jumps_and_sums_are_said_with_the_errors_and_what_has_to_wait_is_named(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "place;year;cost;paid\n0581;2016;10;10\n0581;2017;x;10\n0581;2018;90;90\n0581;2019;9;10\n12;2019;5;5\n"
    )
    got, _ = tidy.check({"accounts": path}, {"accounts": ACCOUNTS}, Asked(("0581", "1282")))
    assert [(one.row, one.column, one.say) for one in map(said, got)] == [
        (3, "cost", "is not a number"),
        (6, "place", "is not a code of 4 digits"),
        (None, None, "municipalities with the settings are compared once the errors are mended"),
        (5, "cost", "is 0.1 times the 90 of 2018"),
        (5, "cost", "is not paid, which is 10"),
    ]


def test_of_a_file_without_a_column_only_what_needs_it_waits(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("place;year;cost\n0581;2016;10\n0581;2017;90\n")
    got, _ = tidy.check({"accounts": path}, {"accounts": ACCOUNTS}, Asked(("0581",)))
    assert [said(one).say for one in got] == [
        "the column is missing",
        "municipalities with the settings and sums of columns are compared once the errors are mended",
        "is 9 times the 10 of 2016",
    ]


@given(st.data())
@settings(suppress_health_check=[HealthCheck.too_slow])  # the first text waits for a table of all characters
def test_every_rule_of_every_contract_takes_any_typed_table(data):
    contracts = load_all()
    schema = contracts[data.draw(st.sampled_from(sorted(name for name, its in contracts.items() if its.checks)))]
    kinds = {
        "string": st.text(max_size=3),
        "boolean": st.booleans(),
        "integer": st.integers(-5, 10**6),
        "number": st.floats(-1e9, 1e9),
    }
    rows = data.draw(st.integers(0, 4))
    columns = {
        one.name: data.draw(st.lists(st.none() | kinds[one.type], min_size=rows, max_size=rows))
        for one in schema.fields
    }
    kept = data.draw(st.sets(st.sampled_from(sorted(columns)), min_size=1))  # a file with errors may lack columns
    columns = {name: columns[name] for name in schema.columns if name in kept}
    others = {
        table: {key: [None] for key in names[1:]} for check in schema.checks for table, names in check.elsewhere.items()
    }
    asked = Asked(("0581",), {"years": range(2009, 2026), "price_base": [2023], "index_base": [2016]})
    for one in plausibility.find(schema.checks, columns, others, asked, schema.source, sound=data.draw(st.booleans())):
        assert one.column is None or one.column in columns
