import sqlite3

import pytest

from report_engine.checks.validate import validate
from report_engine.contracts import contract
from report_engine.model.document import Document
from report_engine.readers import Source, Unreadable, mapping, parse
from report_engine.readers.interviews import refi, segments, taguette
from report_engine.readers.interviews.segments import by_name
from report_engine.readers.source import Coded
from tests.report_engine.readers.qda_files import Mark, guid, qdpx
from tests.report_engine.readers.qda_files import qualcoder as qualcoder_file
from tests.report_engine.readers.qda_files import taguette as taguette_file
from tests.report_engine.readers.test_survey_tools import table

CONTRACT = contract.load("segments")
KNOWN = by_name(
    ["tasks_meaningless", "sanctions", "effects"],
    [["Meningslösa uppgifter", "Sanktioner", "Effekter"], ["Meaningless tasks", "Sanctions", "Effects"]],
)
CODED = Coded("segment_id", "interview_id", "codebook", lambda: KNOWN)
TEXT = "Moderator: Hur är det? Deltagare: Uppgifterna är meningslösa, tycker jag. Men kravet är bra. Chef: Effekterna vet vi inte."
MARKS = [
    Mark("GI01.docx", "Uppgifterna är meningslösa, tycker jag.", "Innehåll/Meningslösa uppgifter"),
    Mark("GI01.docx", "kravet är bra", "Krav"),
    Mark("GI01.docx", "Effekterna vet vi inte.", "sanctions", "Bo"),
    Mark("GI01.docx", "Uppgifterna är meningslösa, tycker jag. Men kravet är bra.", "Talare/Deltagare"),
    Mark("GI01.docx", "Chef: Effekterna vet vi inte.", "Talare/Chef"),
    Mark("GI01.docx", "Uppgifterna är meningslösa", "Hållning/Negativ"),
    Mark("GI01.docx", "kravet är bra", "Hållning/Positiv"),
]
RULES = {
    "dataset": "segments",
    "columns": {"document": "interview_id"},
    "values": {
        "code": {"Krav": "sanctions", "sanctions": "effects"},
        "interview_id": {"GI01.docx": "GI01"},
        "coder": {"Anna": "coder_a", "Bo": "coder_b"},
    },
    "attributes": {
        "speaker_actor": {"Talare > Deltagare": "participant", "Talare > Chef": "labour_unit_manager"},
        "stance": {"Negativ": "-1", "Positiv": "1"},
    },
}


def rules(**changes):
    return mapping.parse(Document("data/mappings/m.yaml", {**RULES, **changes}), CONTRACT, dict)


def read(data, given=None):
    return parse(data, "study.qdpx", CONTRACT, Source((), mapping=given, coded=CODED))


def rows(raw):
    names = ("interview_id", "speaker_actor", "code", "coder", "stance", "start", "end", "text")
    return [tuple(raw.columns[name].texts[at] for name in names) for at in range(len(raw.rows))]


def test_a_project_becomes_our_segments():
    raw = read(qdpx({"GI01.docx": TEXT}, MARKS), rules())
    starts = {mark.words: str(TEXT.index(mark.words)) for mark in MARKS}

    def row(actor, code, coder, stance, words):
        return ("GI01", actor, code, coder, stance, starts[words], str(TEXT.index(words) + len(words)), words)

    assert rows(raw) == [
        row("participant", "tasks_meaningless", "coder_a", "-1", MARKS[0].words),
        row("participant", "sanctions", "coder_a", "1", MARKS[1].words),
        row("labour_unit_manager", "effects", "coder_b", "", MARKS[2].words),
    ]
    assert len({*raw.columns["segment_id"].texts}) == 3
    findings, _ = validate(raw, CONTRACT, {})
    assert findings == []


def test_codes_are_found_by_guid_path_name_or_our_codebook():
    marks = [Mark("d", "Moderator", code) for code in ("one", "a/two", "a/three", "TASKS_meaningless", "Effekter")]
    codes = {guid("one").upper(): "sanctions", "a > two": "effects", "three": "sanctions"}
    raw = read(qdpx({"d": TEXT}, marks), rules(values={"code": codes}, columns={}, attributes={}))
    assert sorted(raw.columns["code"].texts) == ["effects", "effects", "sanctions", "sanctions", "tasks_meaningless"]


def test_a_code_nobody_knows_is_one_finding_with_the_nearest_of_ours():
    marks = [Mark("d", word, "Sanktion") for word in ("Moderator", "Hur", "det")] + [Mark("d", "Men", "Sanktioner")]
    raw = read(qdpx({"d": TEXT}, marks))
    assert raw.columns["code"].texts == ["sanctions"]
    (finding,) = [finding for finding in raw.findings if finding.severity == "error"]
    assert str(finding) == (
        'study.qdpx (segments), row 1, column code: "Sanktion" is not in the dataset codebook (3 passages). '
        'Did you mean "sanctions"? Say which of ours it is under `values: code:` in the mapping (an empty one leaves it out).'
    )


def test_an_empty_code_leaves_a_coding_out_on_purpose():
    marks = [Mark("d", "Moderator", "Todo"), Mark("d", "Men", "Sanktioner")]
    raw = read(qdpx({"d": TEXT}, marks), rules(values={"code": {"Todo": ""}}, columns={}, attributes={}))
    assert raw.columns["code"].texts == ["sanctions"]
    assert raw.findings == ()


def test_nothing_but_unknown_codes_is_refused_with_each_of_them_named():
    with pytest.raises(Unreadable) as error:
        read(qdpx({"d": TEXT}, [Mark("d", "Moderator", "Zzz")]))
    assert '"Zzz" is not in the dataset codebook (1 passage)' in str(error.value)


def test_two_values_for_one_passage_are_a_finding():
    marks = [Mark("d", "Men kravet", code) for code in ("Sanktioner", "Positiv", "Negativ")]
    raw = read(
        qdpx({"d": TEXT}, marks), rules(columns={}, values={}, attributes={"stance": RULES["attributes"]["stance"]})
    )
    (finding,) = raw.findings
    assert str(finding.problem) == "is coded as -1 and as 1 in the same place"


def test_a_coders_own_attribute_comes_before_another_coders():
    marks = [
        Mark("d", "Men kravet", "Sanktioner", "Anna"), Mark("d", "Men kravet", "Sanktioner", "Bo"),
        Mark("d", "Men kravet är bra", "Positiv", "Anna"), Mark("d", "Men", "Negativ", "Bo"),
    ]  # fmt: skip
    given = rules(columns={}, values={}, attributes={"stance": RULES["attributes"]["stance"]})
    raw = read(qdpx({"d": TEXT}, marks), given)
    got = dict(zip(raw.columns["coder"].texts, raw.columns["stance"].texts, strict=True))
    assert got == {"Anna": "1", "Bo": "-1"}


def test_an_id_that_is_missing_is_always_made_the_same():
    marks = [Mark("d", "Men", "sanctions", "anna"), Mark("d", "Hur", "sanctions", "anna")]
    (sheet, _) = taguette.sheets(taguette_file({"d": [TEXT]}, marks), "t.sqlite3")
    bare = [(row, ["", *cells[1:]]) for row, cells in sheet.records]
    made = [segments.prepared(type(sheet)(**{**vars(sheet), "records": bare}), None, CODED)[0] for _ in range(2)]
    start = TEXT.index("Men")
    assert made[0] == made[1]
    assert made[0].records[0][1][0] == f"d:{start}-{start + 3}:sanctions:anna"


def test_passages_without_a_place_belong_together_by_their_text():
    rows_ = [["id", "document", "tag", "content"], ["1", "d", "Sanktioner", "Orden"], ["1", "d", "Positiv", "Orden"],
             ["2", "d", "Sanktioner", "Andra"]]  # fmt: skip
    given = rules(columns={}, values={}, attributes={"stance": RULES["attributes"]["stance"]})
    raw = parse(table(rows_), "t.csv", CONTRACT, Source((), mapping=given, coded=CODED))
    assert raw.columns["stance"].texts == ["1", ""]


def test_too_many_comparisons_are_refused(monkeypatch):
    monkeypatch.setattr(segments, "MOST_COMPARED", 2)
    with pytest.raises(Unreadable, match="too many codings to find speaker_actor"):
        read(qdpx({"GI01.docx": TEXT}, MARKS), rules())


def test_a_codebook_of_a_tool_is_not_taken_for_segments():
    sheets = refi.sheets(qdpx({"d": TEXT}, [Mark("d", "Men", "c")]), "x.qdpx")
    assert [segments.is_coded(sheet) for sheet in sheets] == [True, False, False]


def test_names_that_two_codes_share_say_nothing():
    got = by_name(["a", "b"], [["Samma", "Samma"], ["One", "Two"]])
    assert got == {"one": "a", "two": "b", "a": "a", "b": "b"}


def renamed(data, table, name):
    """Return a database in which all documents have one name, as some versions let them."""
    with sqlite3.connect(":memory:") as connection:
        connection.deserialize(data)
        connection.execute(f"UPDATE {table} SET name = ?", (name,))
        connection.commit()
        return connection.serialize()


@pytest.mark.parametrize(("write", "of"), [(taguette_file, "documents"), (qualcoder_file, "source")])
def test_documents_of_one_name_in_a_database_are_told_apart_by_their_numbers(write, of):
    texts = {"a": ["Uppgifterna är meningslösa."], "b": ["Kravet är bra."]}
    if of == "source":
        texts = {name: "".join(parts) for name, parts in texts.items()}
    marks = [Mark("a", "Uppgifterna", "sanctions"), Mark("b", "Kravet", "sanctions")]
    data = renamed(write(texts, marks), of, 'Grupp "1"')
    only_name = rules(columns={}, values={"interview_id": {'Grupp "1"': "GI01"}}, attributes={})
    (finding,) = read(data, only_name).findings
    assert finding.value == 'Grupp "1"'
    assert """`values: {interview_id: {'Grupp "1" [1]': …, 'Grupp "1" [2]': …}}`""" in str(finding)
    numbered = {'Grupp "1" [1]': "GI01", 'Grupp "1" [2]': "GI02"}
    raw = read(data, rules(columns={}, values={"interview_id": numbered}, attributes={}))
    assert raw.findings == ()
    assert raw.columns["interview_id"].texts == ["GI01", "GI02"]
