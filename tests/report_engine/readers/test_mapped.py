import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report_engine.checks import mapped_values
from report_engine.checks.validate import Checked, validate
from report_engine.model.document import Document, DocumentError
from report_engine.model.document import parse as yaml
from report_engine.readers import Sheet, Source, Unreadable, parse
from report_engine.readers import mapping as rules
from report_engine.readers.mapped import without_missing
from report_engine.readers.raw import BLANKS, Column, Raw
from report_engine.readers.register import code_of, spellings
from tests.contracts import categories, contract, field
from tests.report_engine.readers.workbooks import workbook

REQUIRED = {"constraints": {"required": True}}
UNITS = contract(
    field("year", "integer", **REQUIRED),
    field("code", **REQUIRED, ),
    field("kind", categories=categories("pes", "social")),
    field("persons", "integer"),
    field("staff", "number"),
    key=["year", "code"],
    name="units",
)  # fmt: skip
REGISTER = {"Malmö": "1280", "Västerås": "1980", "Gotland": "0980", "Norrköping": "0581"}


def rule(text, places=UNITS):
    document = yaml(f"dataset: units\n{text}", "m.yaml", only_text=True)
    parsed = rules.parse(document, places, lambda: REGISTER)
    document.refuse(mapped_values.check(parsed, places))
    return parsed


def read(text, mapping, name="a.csv"):
    data = text.encode() if isinstance(text, str) else text
    return parse(data, name, UNITS, Source((), mapping=rule(mapping)))


def texts(raw):
    return {name: column.texts for name, column in raw.columns.items()}


def lines(raw):
    return [str(finding) for finding in validate(raw, UNITS, {})[0]]


NAMES = "columns: {År: year, Kommun: code, Vem: kind, Antal: persons, Tjänster: staff}\n"


def test_columns_and_values_become_ours_and_are_found_again_in_the_file():
    raw = read("År;Kommun;Vem;Antal;Tjänster;Not\n2016;1280;AF;5;1,5;x\n2017;1280;Soc;7;2;\n",
               NAMES + "values: {kind: {AF: pes, Soc: social}}\nignore: [Not]")  # fmt: skip
    assert texts(raw) == {"year": ["2016", "2017"], "code": ["1280", "1280"], "kind": ["pes", "social"],
                          "persons": ["5", "7"], "staff": ["1,5", "2"]}  # fmt: skip
    assert raw.place(1, "kind") == ("a.csv", 3, "Vem", "Soc")
    assert lines(raw) == []


def test_a_value_without_a_mapping_is_said_in_their_words():
    raw = read(
        "År;Kommun;Vem;Antal;Tjänster\n2016;1280;AF;5;1\n2017;1280;Scial;7;2\n", NAMES + "values: {kind: {AF: pes}}"
    )
    assert lines(raw) == [
        'a.csv, row 3, column Vem: "Scial" is not one of pes, social. Did you mean "social"? '
        "Correct it, or say what it is under values in m.yaml."
    ]


def test_labels_of_codes_and_codes_that_mean_no_answer():
    sheet = Sheet(
        "a.sav", "spss", ["v1", "kind"], [], labels={"v1": {"1": "AF", "2": "Soc"}}, missing={"v1": frozenset("89")}
    )
    table = Raw("a.sav", {"v1": Column(["1", "2", "9"]), "kind": Column(["pes", "", ""])}, [1, 2, 3])
    from report_engine.readers.mapped import apply

    got = apply(table, rule("columns: {v1: persons}\nvalues: {persons: {AF: '10', Soc: '20'}}"), UNITS, sheet)
    assert without_missing(got, sheet, UNITS).columns["persons"].texts == ["10", "20", ""]
    assert without_missing(got, sheet, UNITS).place(2, "persons") == ("a.sav", 3, "v1", "9")


def test_municipalities_by_name():
    raw = read("År;Kommun;Vem;Antal;Tjänster\n2016;Malmö stad;;1;1\n2017;Norköping;;1;1\n2018; ;;1;1\n",
               NAMES + "values: {code: by_name}")  # fmt: skip
    assert raw.columns["code"].texts == ["1280", "Norköping", ""]
    assert lines(raw) == [
        "a.csv, row 4, column Kommun: the cell is empty, expected text.",
        'a.csv, row 3, column Kommun: "Norköping" is not the name or code of a municipality. Did you mean "Norrköping"?',
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Malmö", "1280"), ("MALMÖ STAD", "1280"), ("Norrköpings kommun", "0581"), ("Västerås kommun", "1980"),
        ("Region Gotland", "0980"), ("0581", "0581"), ("581", "0581"), ("0581 Norrköping", "0581"), ("1280, Malmö stad", "1280"),
        ("0581 Malmö", None), ("9999", None), ("Malm", None), ("", None), ("58", None),
    ],
)  # fmt: skip
def test_how_people_write_a_municipality(text, expected):
    assert code_of(text, spellings(REGISTER)) == expected


def test_constants_and_rows_that_are_kept():
    raw = read("Kommun;Antal;Del\n1280;5;Alla\n1280;2;Kvinnor\n1281;3;Alla\n",
               "columns: {Kommun: code, Antal: persons}\nconstants: {year: 2016, kind: pes, staff: ''}\nkeep: {Del: Alla}")  # fmt: skip
    assert texts(raw) == {"code": ["1280", "1281"], "persons": ["5", "3"], "year": ["2016"] * 2, "kind": ["pes"] * 2,
                          "staff": ["", ""]}  # fmt: skip
    assert raw.rows == [2, 4]
    with pytest.raises(Unreadable, match="no row has one of the values under keep in m"):
        read("Kommun;Del\n1280;Alla\n1281;Kvinnor\n", "columns: {Kommun: code}\nkeep: {Del: [Men]}")


PIVOT = "columns: {kpi_year: year, kommun: code}\npivot: {column: kpi, value: value, into: {U1: persons, U2: staff}}\n"


def test_long_becomes_wide():
    raw = read("kpi,kommun,kpi_year,value\nU1,1280,2016,5\nU2,1280,2016,1.5\nU3,1280,2016,9\nU2,1281,2016,2\nU1,1280,2016,6\n",
               PIVOT + "constants: {kind: pes}")  # fmt: skip
    assert texts(raw) == {"code": ["1280", "1281"], "year": ["2016", "2016"], "persons": ["5", ""], "staff": ["1.5", "2"],
                          "kind": ["pes", "pes"]}  # fmt: skip
    assert raw.place(0, "staff") == ("a.csv", 3, "value", "1.5")
    assert lines(raw) == ["a.csv, row 6, column kpi: stands in row 2 already with the same code, year."]


def test_what_a_mapping_leaves_out_is_searched_for_personal_data_and_free_text_is_not_quoted():
    raw = read("År;Kommun;Vem;Antal;Tjänster;Namn\n2016;1280;pes;5;1;anna@example.se\n", NAMES + "ignore: [Namn]")
    assert [line.split(". ")[0] for line in lines(raw)] == [
        "a.csv, row 2, column Namn: holds what looks like an e-mail address"
    ]


def test_wide_becomes_long():
    raw = read("Kommun;2016 Antal;2016 Tjänster;2017 Antal;Not\n1280;5;1,5;6;x\n1281;7;;;\n",
               "columns: {Kommun: code}\nignore: [Not]\nunpivot: {column: year, columns: {persons: '{} Antal', staff: '{} Tjänster'}}\n"
               "constants: {kind: pes}")  # fmt: skip
    assert texts(raw) == {"code": ["1280", "1280", "1281"], "year": ["2016", "2017", "2016"], "persons": ["5", "6", "7"],
                          "staff": ["1,5", "", ""], "kind": ["pes"] * 3}  # fmt: skip
    assert raw.rows == [2, 2, 3]
    assert raw.place(1, "persons") == ("a.csv", 2, "2017 Antal", "6")
    assert lines(raw) == []


def test_wide_under_two_rows_of_headers_in_a_workbook():
    rows = [["Kommun", "2016", None, "2017", None], [None, "Antal", "Tjänster", "Antal", "Tjänster"],
            ["Malmö", 5, 1.5, 6, 2], ["Källa: kommunen själv"]]  # fmt: skip
    raw = read(workbook(("Blad1", rows)), "columns: {Kommun: code}\nvalues: {code: by_name}\nconstants: {kind: pes}\n"
               "unpivot: {column: year, columns: {persons: '{} Antal', staff: '{} Tjänster'}}", "a.xlsx")  # fmt: skip
    assert texts(raw)["year"] == ["2016", "2017"]
    assert texts(raw)["staff"] == ["1.5", "2"]
    assert lines(raw) == []
    _, table = validate(raw, UNITS, {})
    assert table.columns["persons"] == [5, 6]


def test_columns_of_theirs_that_are_not_there_or_meant_twice():
    raw = read("År;Komun;Vem;Antal;Tjänster\n2016;1280;pes;5;1\n", NAMES)
    assert lines(raw) == [
        'a.csv, column Kommun: the column stands under columns in m.yaml but not in the file. Did you mean "Komun"? '
        "The file has: År, Komun, Vem, Antal, Tjänster.",
        "a.csv, column Komun: warning: the column is not in the contract and is left out.",
    ]
    raw = read(
        "year;År;code\n2016;2016;1280\n",
        "columns: {År: year}\nconstants: {code: '1', kind: '', persons: '', staff: ''}",
    )
    assert lines(raw) == [
        "a.csv, column code: is to be code, and so is what stands under constants. Take one of the two out in m.yaml.",
        "a.csv, column År: is to be year, and so is year. Take one of the two out in m.yaml.",
    ]
    raw = read("year;code;kind;persons\n2016;1280;;5\n", "ignore: [Not]")
    assert lines(raw) == [
        "a.csv, column staff: the column is missing. Say which of your columns it is, or give it under constants, in m.yaml."
    ]
    either = read("Årtal;code;kind;persons;staff\n2016;1280;;;\n", "columns: {År: year, Årtal: year}")
    assert either.columns["year"].texts == ["2016"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("columns: {År: yaer}", 'columns.År: "yaer" is no column of units. Did you mean "year"?'),
        ("colums: {År: year}", "colums: unknown key; allowed: dataset, form, sheet, from_sheet, columns, "),
        ("values: {kind: {AF: pess}}", 'values.kind.AF: "pess" is not one of pes, social. Did you mean "pes"?'),
        ("values: {code: by-name}", 'values.code: expected theirs: ours, or by_name, found "by-name"'),
        ("values: {code: {A: [b]}}", 'values.code.A: expected text, found ["b"]'),
        ("constants: {year: soon}", 'constants.year: "soon" is not a whole number'),
        ("constants: {year: [2016]}", 'constants.year: expected text, found ["2016"]'),
        ("columns: {År: year}\nconstants: {year: '2016'}", 'columns.År: "year" comes from a column and from elsewhere, too'),
        ("columns: {År: year}\nignore: [År]", 'columns.År: "År" stands under columns and under ignore'),
        ("keep: {Del: {a: b}}", 'keep.Del: expected a list, found {"a": "b"}'),
        ("pivot: {column: kpi, into: {U1: persons}}", "pivot.value: the key is missing"),
        ("unpivot: {column: year, columns: {persons: Antal}}", 'unpivot.columns.persons: "Antal" must hold {} once'),
        ("from_sheet: {year: År}", 'from_sheet.year: "År" must hold {} once'),
        ('columns: {År: year}\nfrom_sheet: {year: "{}"}', 'columns.År: "year" comes from a column and from elsewhere, too'),
        ("form: exel", 'form: "exel" is not one of '),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_mapping_is_one_line(text, line):
    with pytest.raises(DocumentError) as caught:
        rule(text)
    assert str(caught.value).startswith(f"m.yaml, line 2: {line}")


def test_a_key_under_which_all_is_a_comment_says_nothing():
    text = "columns:\n  År: year\nvalues:\n  persons:\n    #a: b\nkeep:\n  #Kön: [T]\nignore:\nconstants:\n"
    assert rule(text) == rule("columns: {År: year}")


def test_a_mapping_for_another_dataset_is_refused():
    with pytest.raises(
        DocumentError, match=r'm\.yaml: dataset: it is for "other", but config\.yaml names it for "units"'
    ):
        rules.parse(Document("m.yaml", {"dataset": "other"}), UNITS, dict)


CELL = st.text(st.characters(codec="ascii", exclude_categories=["Cc"], exclude_characters="#;,\""), min_size=1, max_size=5).map(
    lambda text: text.strip(BLANKS)).filter(bool)  # fmt: skip


@settings(deadline=None)
@given(st.data())
def test_any_renaming_and_recoding_gives_the_table_back(data):
    theirs = data.draw(st.lists(CELL.map(lambda text: f"x{text}"), min_size=5, max_size=5, unique=True))
    codes = data.draw(st.lists(CELL, min_size=2, max_size=2, unique=True))
    rows = data.draw(st.lists(st.tuples(st.integers(1990, 2030), st.integers(1000, 9999), st.sampled_from([0, 1]),
                                        st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=6,
                              unique_by=lambda row: row[:2]))  # fmt: skip
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=";").writerows([theirs, *([a, b, codes[c], d, e] for a, b, c, d, e in rows)])
    mapping = rules.Mapping(file="m.yaml", dataset="units", columns=dict(zip(theirs, UNITS.columns, strict=True)),
                            values={"kind": dict(zip(codes, ("pes", "social"), strict=True))})  # fmt: skip
    raw = parse(target.getvalue().encode(), "a.csv", UNITS, Source((), mapping=mapping))
    found, table = validate(raw, UNITS, {})
    assert [str(finding) for finding in found] == []
    assert table == Checked(
        UNITS,
        {
            "year": [row[0] for row in rows],
            "code": [str(row[1]) for row in rows],
            "kind": [("pes", "social")[row[2]] for row in rows],
            "persons": [row[3] for row in rows],
            "staff": [float(row[4]) for row in rows],
        },
        table.meant,
    )
    assert [raw.place(at, "kind").text for at in range(len(rows))] == [codes[row[2]] for row in rows]


def test_a_column_of_ours_may_repeat_another():
    raw = read("year,code,persons\n2016,1280,5\n", "same: {staff: persons}")
    assert texts(raw)["staff"] == ["5"]
    raw = read("year,code,persons,staff\n2016,1280,5,2\n", "same: {staff: persons}")
    assert any("is to be staff, and so is what stands under same" in line for line in lines(raw))
    with pytest.raises(DocumentError, match=r'same\.staff: "person" is no column of units'):
        rule("same: {staff: person}")
