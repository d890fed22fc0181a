"""Several answers in one cell, and headers of whole questions, in the shapes that survey tools write; all answers are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_engine.contracts.contract import load
from report_engine.model.document import Document
from report_engine.readers import Source, mapping, parse, sheets
from report_engine.readers.raw import Unreadable
from report_engine.readers.surveys import forms
from report_engine.readers.surveys.several import OTHER, spread
from report_engine.readers.tables.sheet import Sheet
from tests.report_engine.readers.binary_books import book
from tests.report_engine.readers.test_survey_tools import imported, table
from tests.report_engine.readers.workbooks import workbook

QUESTION = "Samverkan mellan kommunen och\nArbetsförmedlingen fungerar bra."
MICROSOFT = [
    ["ID", "Starttid", "Slutförandetid", "E-post", "Vilka insatser?", QUESTION],
    [1, "2016-05-01", "2016-05-01", "anonymous", "Praktik;Kurs;", "Instämmer helt"],
    [2, "2016-05-01", "2016-05-01", "anonymous", "Kurs;Egen väg, nästan;", "Varken eller"],
    [3, "2016-05-01", "2016-05-01", "anonymous", "", "Varken eller"],
    [4, "2016-05-01", "2016-05-01", "anonymous", "Praktik;", "Instämmer helt"],
]


@pytest.mark.parametrize("english", [True, False])
def test_microsoft_forms_gives_each_answer_a_column_and_keeps_what_people_wrote(english):
    header = ["Id", "Start time", "Completion time", "Email", *MICROSOFT[0][4:]] if english else MICROSOFT[0]
    (sheet,) = sheets(workbook(("Sheet1", [header, *MICROSOFT[1:]])), "f.xlsx")
    question = "Vilka insatser?"
    columns = [f"{question} [{answer}]" for answer in ("Praktik", "Kurs", OTHER)]
    assert (sheet.form, sheet.header[4:]) == ("forms", [question, *columns, " ".join(QUESTION.split())])
    assert [cells[4:8] for _, cells in sheet.records] == [
        ["Praktik;Kurs;", "1", "1", ""],
        ["Kurs;Egen väg, nästan;", "0", "1", "Egen väg, nästan"],
        ["", "", "", ""],
        ["Praktik;", "1", "0", ""],
    ]
    assert sheet.questions[columns[0]] == question


def test_microsoft_forms_ends_each_answer_so_that_one_answer_each_is_enough():
    rows = [MICROSOFT[0], *([at, "d", "d", "a", given, "4"] for at, given in enumerate(("Kurs;", "Kurs;", "Praktik;")))]
    (sheet,) = sheets(workbook(("Sheet1", rows)), "f.xlsx")
    assert sheet.header[4:7] == ["Vilka insatser?", "Vilka insatser? [Kurs]", f"Vilka insatser? [{OTHER}]"]
    assert [cells[5:7] for _, cells in sheet.records] == [["1", ""], ["1", ""], ["0", "Praktik"]]


def test_an_export_is_known_in_a_binary_workbook_too():
    rows = [[cell if isinstance(cell, str) else float(cell) for cell in row] for row in MICROSOFT]
    (binary,) = sheets(book(("Sheet1", rows, {}, set(), [])), "f.xlsb")
    (expected,) = sheets(workbook(("Sheet1", MICROSOFT)), "f.xlsx")
    assert (binary.form, binary.header, binary.records) == ("forms", expected.header, expected.records)


def google(*answers):
    head = ["Tidstämpel", "Vilka insatser?", QUESTION, "Något mer?"]
    return table([head, *(["2016/05/01 10:00:00 fm CET", *cells] for cells in answers)])


def test_google_forms_takes_answers_apart_also_those_with_a_comma_of_their_own():
    rows = [("Praktik, Kurs", "4", "Ja, det är bra"), ("Kurs", "5", "Nej, inte alls"), ("Annat, ange", "5", ""),
            ("Praktik, Annat, ange", "3", ""), ("", "3", "")]  # fmt: skip
    (sheet,) = sheets(google(*rows), "g.csv")
    assert sheet.header == [
        "Tidstämpel", "Vilka insatser?", "Vilka insatser? [Praktik]", "Vilka insatser? [Kurs]",
        "Vilka insatser? [Annat, ange]", " ".join(QUESTION.split()), "Något mer?",
    ]  # fmt: skip
    assert [cells[2:5] for _, cells in sheet.records] == [
        ["1", "1", "0"], ["0", "1", "0"], ["0", "0", "1"], ["1", "0", "1"], ["", "", ""],
    ]  # fmt: skip


def test_a_table_that_only_begins_like_google_forms_is_no_survey():
    assert not forms.matches(table([["Timestamp", "Value"], ["2016", "3"]]), "a.csv")
    with pytest.raises(Unreadable, match="no answers"):
        forms.sheets(table([[str(cell) for cell in MICROSOFT[0]]]), "f.csv")


@pytest.mark.parametrize(
    ("answers", "offered"),
    [(("1,2", "2", "1,3", "3"), "123"), (("Praktik,Kurs", "Kurs", "Praktik"), ("Praktik", "Kurs"))],
)
def test_qualtrics_with_several_answers_in_one_cell(answers, offered):
    start = ["ResponseId", "Q1", "Q2", "Q2_3_TEXT"]
    words = ["Svars-ID", "Roll", "Vilka? - Selected Choice", "Vilka? - Annat - Text"]
    ids = imported("_recordId", "QID1", "QID2", "QID2_3_TEXT")
    rows = [[f"R_{at}", "1", answer, "kurs"] for at, answer in enumerate(answers)]
    (sheet,) = sheets(table([start, words, ids, *rows]), "q.csv")
    assert sheet.header == [*start[:3], *(f"Q2 [{answer}]" for answer in offered), start[3]]
    assert [cells[3:-1] for _, cells in sheet.records] == [
        [str(int(one in answer.split(","))) for one in offered] for answer in answers
    ]
    assert sheet.questions["Q2 [" + offered[0] + "]"] == words[2]


def test_kobo_with_one_column_for_all_answers():
    header = ["roll", "insatser", "annat", "_id", "_uuid", "_submission_time"]
    rows = [["sw", given, "egen kurs", "5", "u", "2016"] for given in ("praktik kurs", "kurs", "praktik")]
    (sheet,) = sheets(table([header, *rows], ";"), "k.csv")
    assert sheet.header[1:5] == ["insatser", "insatser [praktik]", "insatser [kurs]", "annat"]
    assert [cells[2:4] for _, cells in sheet.records] == [["1", "1"], ["0", "1"], ["1", "0"]]


def test_limesurvey_writes_nothing_where_a_question_was_not_shown():
    header = [
        "Response ID",
        "Date submitted",
        "Last page",
        "Vilka? [Praktik]",
        "Vilka? [Kurs]",
        "Vilka? [Annat]",
        "Ålder",
    ]
    rows = [["1", "2016", "3", "Yes", "No", "N/A", "31"], ["2", "2016", "3", "N/A", "N/A", "N/A", "N/A"],
            ["3", "2016", "3", "Yes", "Yes", "Egen", "40"]]  # fmt: skip
    (sheet,) = sheets(table([header, *rows]), "r.csv")
    assert [cells[3:] for _, cells in sheet.records] == [["1", "0", "", "31"], [""] * 4, ["1", "1", "Egen", "40"]]


WORDS = st.lists(st.text("ab ,;", max_size=8), min_size=1, max_size=8)


@given(WORDS, st.sampled_from([(";", True), (", ", False), (" ", False)]))
def test_whatever_stands_in_a_column_stays_and_what_comes_beside_it_is_1_0_or_empty(cells, way):
    sheet = Sheet("a", "forms", ["q"], [(at, [cell]) for at, cell in enumerate(cells)])
    found = spread(sheet, [0], way[0], ends=way[1])
    assert [line[0] for _, line in found.records] == cells
    assert len({*found.header}) == len(found.header)
    for _, line in found.records:
        assert len(line) == len(found.header)
        ticks = [
            cell
            for name, cell in zip(found.header, line, strict=True)
            if name.startswith("q [") and not name.startswith(f"q [{OTHER}]")
        ]
        assert {*ticks} <= {"0", "1", ""}


def test_questions_whole_texts_become_our_columns_through_a_mapping_without_their_line_breaks():
    actors = load("actors")
    whole = " ".join(QUESTION.split())
    columns = {whole: "pes_collaboration", "Vilka insatser? [Praktik]": "glad_to_have_something"}
    written = {
        "dataset": "actors",
        "columns": columns,
        "values": {"pes_collaboration": {"Instämmer helt": "5", "Varken eller": "3"}},
    }
    rules = mapping.parse(Document("m.yaml", written), actors, dict)
    raw = parse(workbook(("Sheet1", MICROSOFT)), "f.xlsx", actors, Source((), mapping=rules))
    assert raw.columns["pes_collaboration"].texts == ["5", "3", "3", "5"]
    assert raw.columns["glad_to_have_something"].texts == ["1", "0", "", "1"]
    assert raw.place(0, "pes_collaboration").column == whole
