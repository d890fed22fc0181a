import sqlite3

import pytest

from report_engine.readers.interviews import qualcoder
from report_engine.readers.raw import Unreadable
from tests.report_engine.readers.qda_files import QUALCODER, Mark, database
from tests.report_engine.readers.qda_files import qualcoder as written

TEXTS = {"GI01": "Anna: Det är svårt 😀 att nå dem.\nBo: Åtgärderna är korta 😀.", "GI02": "Inget att säga."}
MARKS = [
    Mark("GI01", "svårt 😀 att", "samverkan/af"),
    Mark("GI01", "Åtgärderna är korta", "insatser", "Bo"),
    Mark("GI01", "att nå dem", "insatser"),
    Mark("GI01", "korta 😀", "insatser"),
    Mark("GI02", "Inget", "insatser"),
]


def by_name(sheet):
    return [dict(zip(sheet.header, cells, strict=True)) for _, cells in sheet.records]


def read(data):
    return {sheet.name: sheet for sheet in qualcoder.sheets(data, "data.qda")}


def test_a_project_is_read_with_its_codes_and_coders():
    data = written(TEXTS, MARKS, "2262")
    assert qualcoder.matches(data, "any")
    found = read(data)
    rows = by_name(found["segments"])
    assert [(row["document"], row["text"], row["code"], row["coder"]) for row in rows] == [
        (mark.document, mark.words, mark.code.split("/")[-1], mark.coder) for mark in MARKS
    ]
    for row in rows:
        assert TEXTS[row["document"]][int(row["start"]) : int(row["end"])] == row["text"]
    assert rows[0]["code_path"] == "samverkan > af"
    assert [row["path"] for row in by_name(found["codebook"])] == ["insatser", "samverkan > af"]
    assert by_name(found["documents"])[0] == {
        "document": "GI01", "characters": str(len(TEXTS["GI01"])), "cases": "Case one", "municipality_code": "2262",
    }  # fmt: skip
    assert found["segments"].findings == ()


def changed(data, *statements):
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    return connection.serialize()


def test_pictures_and_lost_codes_are_counted_and_named():
    data = changed(
        written(TEXTS, MARKS),
        "INSERT INTO code_image VALUES (1, 1, 1)",
        "UPDATE code_text SET cid = 99 WHERE ctid = 1",
        "UPDATE code_text SET pos1 = 9999 WHERE ctid = 2",
    )
    sheet = read(data)["segments"]
    assert [row for row, _ in sheet.records] == [3, 4, 5]
    text = "\n".join(map(str, sheet.findings))
    assert 'row 1, column cid: "99" coding 1 has a code that the project does not know' in text
    assert "row 2, column pos0: coding 2 (" in text
    assert "1 codings of pictures or recordings" in text


def test_passages_that_hold_other_words_than_were_coded_are_named():
    data = changed(written(TEXTS, MARKS), "UPDATE code_text SET seltext = 'annat' WHERE ctid IN (2, 5)")
    (finding,) = read(data)["segments"].findings
    assert str(finding) == (
        "data.qda, row 2, column seltext: warning: the passage holds other words than were coded. The same holds for 1 more "
        "row: 5. Compare some passages."
    )


def test_categories_in_a_circle_end():
    data = changed(written(TEXTS, MARKS), "UPDATE code_cat SET supercatid = catid")
    assert by_name(read(data)["segments"])[0]["code_path"].endswith("samverkan > af")


@pytest.mark.parametrize(
    "data",
    [written(TEXTS, MARKS)[:9000], database(QUALCODER, {}), b"SQLite format 3\0code_text"],
    ids=["cut", "empty", "noise"],
)
def test_broken_projects_are_refused_in_one_line(data):
    with pytest.raises(Unreadable) as error:
        qualcoder.sheets(data, "data.qda")
    assert len(str(error.value).splitlines()) == 1
