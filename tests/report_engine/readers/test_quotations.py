import pytest

from report_engine.readers.interviews import quotations
from report_engine.readers.raw import Unreadable
from tests.report_engine.readers.test_survey_tools import table
from tests.report_engine.readers.workbooks import workbook

MAXQDA = [
    ["Color", "Comment", "Document group", "Document name", "Code", "Beginning", "End", "Weight score", "Segment", "Modified by",
     "Modified", "Area", "Coverage %"],
    ["●", "", "Group interviews", "GI01", "Samverkan > Af", 12, 12, 0, "Det är svårt att nå dem.", "Anna", "2017-03-01", 24, 1.5],
    ["●", "oklart", "Group interviews", "GI02", "Insatser\\Korta", 3, 4, 0, "Åtgärderna är korta.", "Bo", "2017-03-02", 20, 1.1],
]  # fmt: skip
GERMAN = [
    [
        "Farbe",
        "Kommentar",
        "Dokumentgruppe",
        "Dokumentname",
        "Code",
        "Anfang",
        "Ende",
        "Gewicht",
        "Segment",
        "Bearbeitet von",
    ],
    ["", "", "Gruppe", "GI01", "Insatser", 1, 1, 0, "Orden", "Anna"],
]
ATLAS = [
    ["ID", "Quotation Name", "Document", "Quotation Content", "Comment", "Codes", "Reference", "Density", "Created by"],
    ["3:10", "", "GI01", "Det är svårt att nå dem.", "", "Insatser: korta\nCoke::diet Coke", "12 - 12", "2", "Anna"],
    ["3:11", "", "GI01", "Utan kod.", "", "", "13 - 13", "0", "Anna"],
]


def by_name(sheet):
    return [dict(zip(sheet.header, cells, strict=True)) for _, cells in sheet.records]


@pytest.mark.parametrize(
    "data", [workbook(("Segments", MAXQDA)), table([[str(c) for c in row] for row in MAXQDA], ";")], ids=["xlsx", "csv"]
)
def test_maxqda_segments_carry_the_path_of_their_code(data):
    assert quotations.matches(data, "any")
    segments, codebook = quotations.sheets(data, "s.xlsx")
    rows = by_name(segments)
    assert [(row["document"], row["code"], row["code_path"], row["coder"], row["text"]) for row in rows] == [
        ("GI01", "Af", "Samverkan > Af", "Anna", "Det är svårt att nå dem."),
        ("GI02", "Korta", "Insatser > Korta", "Bo", "Åtgärderna är korta."),
    ]
    assert rows[1]["comment"] == "oklart"
    assert {row["start"] for row in rows} == {""}
    assert [row for row, _ in segments.records] == [2, 3]
    assert [row["path"] for row in by_name(codebook)] == ["Insatser > Korta", "Samverkan > Af"]
    assert "in which paragraph" in str(segments.findings[0].problem)


def test_maxqda_in_german_is_the_same_table():
    data = workbook(("Codierte Segmente", GERMAN))
    assert quotations.matches(data, "any")
    assert by_name(quotations.sheets(data, "s.xlsx")[0])[0]["coder"] == "Anna"


@pytest.mark.parametrize("data", [workbook(("Quotations", ATLAS)), table(ATLAS)], ids=["xlsx", "csv"])
def test_atlas_quotations_give_one_record_a_code(data):
    assert quotations.matches(data, "any")
    segments, codebook = quotations.sheets(data, "q.xlsx")
    assert [(row["id"], row["code"], row["code_path"]) for row in by_name(segments)] == [
        ("3:10:Insatser: korta", "Insatser: korta", "Insatser: korta"),
        ("3:10:Coke::diet Coke", "Coke::diet Coke", "Coke > diet Coke"),
    ]
    assert [row for row, _ in segments.records] == [2, 2]
    assert len(codebook.records) == 2


def test_a_table_without_a_coded_passage_is_refused():
    with pytest.raises(Unreadable, match="no coded passage"):
        quotations.sheets(table([ATLAS[0], ATLAS[2]]), "q.csv")
