from report_engine.model.findings import (
    FULL_LIST,
    Fault,
    Finding,
    across_sheets,
    at_most,
    found,
    line,
    ordered,
    show,
    summary,
)
from report_engine.words.messages import Message

WRONG = Fault("value", Message("expected.one_of", {"allowed": "a, b"}), nearest="a", advice=Message("checks.add_them"))


def test_one_line_with_place_value_expectation_nearest_and_advice():
    got = str(found(WRONG, "data/raw/a.csv", 14, "actor", "x"))
    assert (
        got
        == 'data/raw/a.csv, row 14, column actor: "x" is not one of a, b. Did you mean "a"? Add them if they are known.'
    )


def test_a_problem_in_words_names_what_was_expected_after_it():
    fault = Fault("required", Message("expected.number"), Message("checks.cell_empty"))
    assert (
        str(found(fault, "a.csv", 2, "cost", None))
        == "a.csv, row 2, column cost: the cell is empty, expected a number."
    )


def test_values_can_t_write_to_the_terminal_or_break_the_line():
    got = str(
        Finding("a\n.csv", "value", Message("checks.too_large"), 2, "co\x1b[31ml", "a\r\n\x1b]0;x\x07\u202e\xa0b\ud800")
    )
    assert got.isprintable()
    assert got == 'a\\n.csv, row 2, column co\\x1b[31ml: "a\\r\\n\\x1b]0;x\\x07\\u202e\\xa0b\\ud800" is too large.'


def test_long_values_are_cut():
    assert show("a" * 60) == f'"{"a" * 60}"'
    assert show("a" * 61) == f'"{"a" * 60}…"'


def test_order_is_by_importance_then_place():
    findings = [
        Finding("b.csv", "extra", severity="warning"),
        Finding("b.csv", "reference", row=2),
        Finding("b.csv", "type", row=10),
        Finding("b.csv", "type", row=9),
        Finding("b.csv", "type", row=9),
        Finding("a.csv", "type", row=30),
        Finding("c.csv", "file"),
    ]
    got = [(finding.file, finding.kind, finding.row) for finding in ordered(findings)]
    assert got == [
        ("c.csv", "file", None), ("a.csv", "type", 30), ("b.csv", "type", 9), ("b.csv", "type", 10),
        ("b.csv", "reference", 2), ("b.csv", "extra", None),
    ]  # fmt: skip


def test_summary_counts_what_it_does_not_show():
    findings = [found(WRONG, "a.csv", row, column, "x") for row in range(2, 27) for column in ("p", "q")]
    findings.append(found(WRONG, "a.csv", 2, "r", "x"))
    got = summary(findings)
    assert len(got) == 43
    assert f"a.csv, column p: 5 more like this; the full list is in {FULL_LIST}." in got
    assert len([line for line in got if "column r" in line]) == 1


def test_findings_of_one_kind_are_limited():
    got = at_most((Finding("a.csv", "key", row=row, value=str(row)) for row in range(25)), most=10)
    assert [finding.row for finding in got] == [*range(10), 9]
    assert str(got[-1].problem) == "15 more like this follow"
    assert len(at_most([Finding("a.csv", "type")], most=1)) == 1


def test_many_cells_with_one_cause_are_one_finding_that_lists_their_rows():
    advice = Message("checks.format_as_text")

    def of(row, value, column="a"):
        return Finding("a.xlsx", "type", Message("checks.made_date"), row, column, value, advice=advice)

    own = Finding("a.xlsx", "type", Message("checks.too_large"), 3, "a", "9e99")
    got = at_most([of(2, "x"), own, *(of(row, "y") for row in range(4, 24)), of(5, "z", "b")])
    assert [(finding.row, finding.column, len(finding.rows)) for finding in got] == [
        (2, "a", 20),
        (3, "a", 0),
        (5, "b", 0),
    ]
    assert str(got[0]) == (
        'a.xlsx, row 2, column a: "x" was made a date by the spreadsheet. The same holds for 20 more rows: 4, 5, 6, 7, 8, 9, '
        "10, 11, 12, 13, 14, 15, …. Format the column as Text in the spreadsheet and type the value again."
    )
    assert at_most([own, of(2, "x"), of(4, "y")], 1)[1:] == [
        Finding("a.xlsx", "type", Message("checks.more_follow", {"n": 1}), 3, "a")
    ]


def wrong(row, value, nearest=None):
    return Finding("a.csv", "value", None, row, "kind", value, Message("expected.text"), nearest)


def test_one_value_in_many_cells_is_one_finding():
    got = at_most([wrong(2, "x"), wrong(3, "iner", "inner"), wrong(4, "x"), wrong(5, "x")])
    assert [(one.row, one.value, one.rows, one.others) for one in got] == [(2, "x", (4, 5), ()), (3, "iner", (), ())]


def test_many_values_that_mean_nothing_of_ours_are_one_finding_and_misspelt_ones_are_not():
    got = at_most([wrong(2, "iner", "inner"), *(wrong(3 + at, f"x{at % 4}") for at in range(8))])
    assert [(one.row, one.nearest, one.others) for one in got] == [(2, "inner", ()), (3, None, ("x1", "x2", "x3"))]
    assert str(got[1]) == (
        'a.csv, row 3, column kind: "x0" is not text. The same holds for 3 other values (x1, x2, x3), in 7 more rows: 4, 5, 6, 7, 8, 9, 10.'
    )


def test_a_whole_column_of_other_codes_is_one_finding_that_proposes_none():
    (got,) = at_most(wrong(at, str(at), "600") for at in range(1, 31))
    assert (got.nearest, len(got.rows), len(got.others)) == (None, 29, 29)
    assert "(2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, …), in 29 more rows" in str(got)


def test_numbers_are_grouped_by_plain_blanks_in_a_line():
    (got,) = at_most(wrong(at, "x") for at in range(1, 2002))
    assert "gäller 2 000 rader till" in line(got, "sv")


def test_what_is_alike_in_sheets_is_said_once_and_files_and_rows_stay_apart():
    def told(row, *files):
        return [(one.file, one.sheets) for one in across_sheets([Finding(f, "column", "x", row) for f in files])]

    assert told(None, "a.xlsx (2023)", "a.xlsx (2024)") == [("a.xlsx (2023)", ("2024",))]
    assert told(None, "a.xlsx (Svar (ny))", "a.xlsx (Svar (kopia))") == [("a.xlsx (Svar (ny))", ("Svar (kopia)",))]
    assert told(None, "svar (1).csv", "svar (2).csv") == [("svar (1).csv", ()), ("svar (2).csv", ())]
    assert told(5, "a.xlsx (2023)", "a.xlsx (2024)") == [("a.xlsx (2023)", ()), ("a.xlsx (2024)", ())]
