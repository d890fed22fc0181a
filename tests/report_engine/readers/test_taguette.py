import csv
import io
import sqlite3

import pytest

from report_engine.readers.interviews import taguette
from report_engine.readers.raw import Unreadable
from tests.report_engine.readers.qda_files import TAGUETTE, Mark, database
from tests.report_engine.readers.qda_files import taguette as written
from tests.report_engine.readers.workbooks import workbook

TEXTS = {
    "GI01": ["Moderator: Hur fungerar det?", "Anna: Åtgärderna är <korta> & få 😀.", "Bo: Så är det, så är det."],
    "GI02": ["Inget att säga."],
}
MARKS = [
    Mark("GI01", "Åtgärderna är <korta> & få 😀.", "insatser.korta", "anna"),
    Mark("GI01", "Så är det", "enighet", "bo"),
    Mark("GI02", "Inget", "insatser.korta", "bo"),
]
HIGHLIGHTS = [
    ["id", "document", "tag", "content"],
    ["1", "GI01", "insatser", "Åtgärderna är korta"],
    ["1", "GI01", "insatser.korta", "Åtgärderna är korta"],
    ["2", "GI02", "insatser", "Inget"],
]


def by_name(sheet):
    return [dict(zip(sheet.header, cells, strict=True)) for _, cells in sheet.records]


def table(rows):
    target = io.StringIO(newline="")
    csv.writer(target).writerows(rows)
    return target.getvalue().encode()


def test_byte_offsets_become_code_points():
    data = written(TEXTS, MARKS)
    assert taguette.matches(data, "any")
    segments, codebook = taguette.sheets(data, "t.sqlite3")
    rows = by_name(segments)
    assert [(row["document"], row["text"], row["code"], row["coder"]) for row in rows] == [
        (mark.document, mark.words, mark.code, mark.coder) for mark in MARKS
    ]
    for row in rows:
        assert "".join(TEXTS[row["document"]])[int(row["start"]) : int(row["end"])] == row["text"]
    assert len({row["id"] for row in rows}) == 3
    assert by_name(codebook)[1] == {
        "guid": "", "code": "insatser.korta", "path": "insatser > korta", "parent": "insatser",
        "description": "About insatser.korta",
    }  # fmt: skip
    assert segments.findings == ()


def test_a_highlight_with_two_tags_gives_two_records_of_one_number_and_one_without_any_is_counted():
    marks = [MARKS[0], Mark("GI01", "Hur fungerar", "x")]
    data = written(TEXTS, marks, untagged=[Mark("GI01", "Så", "enighet")])
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    connection.execute("INSERT INTO highlight_tags VALUES (1, 2)")
    connection.commit()
    segments, _ = taguette.sheets(connection.serialize(), "t.sqlite3")
    assert [row for row, _ in segments.records] == [1, 1, 2]
    (finding,) = segments.findings
    assert (finding.severity, str(finding.problem)) == ("warning", "1 highlight without a tag is left out")


def test_several_projects_are_several_pairs_of_sheets():
    data = written(TEXTS, MARKS)
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    for statement in (
        "INSERT INTO projects VALUES (2, 'Other', '')",
        "INSERT INTO documents VALUES (9, 'D', 2, '<p>Words</p>')",
        "INSERT INTO tags VALUES (9, 2, 'c', '')",
        "INSERT INTO highlights VALUES (9, 9, 0, 5, '<p>Words</p>')",
        "INSERT INTO highlight_tags VALUES (9, 9)",
    ):
        connection.execute(statement)
    connection.commit()
    sheets = taguette.sheets(connection.serialize(), "t.sqlite3")
    assert [sheet.name for sheet in sheets] == [
        "segments (Study)", "codebook (Study)", "segments (Other)", "codebook (Other)",
    ]  # fmt: skip
    assert by_name(sheets[2])[0]["text"] == "Words"


@pytest.mark.parametrize("data", [table(HIGHLIGHTS), workbook(("highlights", HIGHLIGHTS))], ids=["csv", "xlsx"])
def test_a_table_of_highlights_is_read_and_says_what_it_lacks(data):
    assert taguette.matches(data, "any")
    (segments,) = taguette.sheets(data, "all_tags.csv")
    assert [row for row, _ in segments.records] == [2, 3, 4]
    assert by_name(segments)[1] == {
        "id": "1:insatser.korta", "document": "GI01", "code": "insatser.korta", "code_path": "insatser > korta",
        "code_guid": "", "coder": "", "start": "", "end": "", "text": "Åtgärderna är korta", "comment": "", "document_key": "",
    }  # fmt: skip
    assert "neither where a passage stands nor who coded it" in str(segments.findings[0].problem)


@pytest.mark.parametrize("write", [table, lambda rows: workbook(("codebook", rows))], ids=["csv", "xlsx"])
def test_a_table_of_tags_is_a_codebook(write):
    data = write([["tag", "description", "number of highlights", "number of documents"], ["a.b", "About", "1", "1"]])
    assert taguette.matches(data, "any")
    (codebook,) = taguette.sheets(data, "codebook.csv")
    assert by_name(codebook) == [{"guid": "", "code": "a.b", "path": "a > b", "parent": "a", "description": "About"}]


def hostile(statement):
    return database(TAGUETTE.replace("CREATE TABLE highlights", "CREATE TABLE highlights_old") + statement, {})


@pytest.mark.parametrize(
    "data",
    [
        written(TEXTS, MARKS)[:6000],
        b"SQLite format 3\0" + b"\xff" * 5000,
        hostile(
            "CREATE VIEW highlights AS WITH RECURSIVE a(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM a) SELECT x AS id FROM a;"
        ),
        hostile("CREATE TABLE highlights (id INTEGER);"),
        hostile("CREATE VIRTUAL TABLE highlights USING fts5(id, document_id, start_offset, end_offset, snippet);"),
        database(TAGUETTE, {}),
    ],
    ids=["cut", "noise", "endless view", "columns missing", "virtual table", "empty"],
)
def test_hostile_databases_are_refused_in_one_line(data):
    with pytest.raises(Unreadable) as error:
        taguette.sheets(data, "t.sqlite3")
    assert len(str(error.value).splitlines()) == 1


def test_an_expression_of_the_schema_is_never_computed():
    columns = "id INTEGER, document_id AS (abs(-9223372036854775808)), start_offset INT, end_offset INT, snippet TEXT"
    script = TAGUETTE.replace("CREATE TABLE highlights (", "CREATE TABLE x (") + f"CREATE TABLE highlights ({columns});"
    data = database(script, {})
    with pytest.raises(Unreadable):
        taguette.sheets(data, "t.sqlite3")


def test_a_passage_outside_its_document_is_named():
    connection = sqlite3.connect(":memory:")
    connection.deserialize(written(TEXTS, MARKS[:2]))
    connection.execute("UPDATE highlights SET end_offset = 9999 WHERE id = 1")
    connection.commit()
    segments, _ = taguette.sheets(connection.serialize(), "t.sqlite3")
    assert len(segments.records) == 1
    assert str(segments.findings[0]).startswith("t.sqlite3, row 1, column start_offset: highlight 1 (")
