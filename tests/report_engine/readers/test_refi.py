import io
import zipfile

import pytest

from report_engine.readers.interviews import codings, refi
from report_engine.readers.raw import Unreadable
from tests.report_engine.readers.qda_files import Mark, guid, qdpx, zipped

TEXT = (
    "Intervjuare: Hur går det?\r\nAnna: Det är svårt 😀 att nå dem.\r\n\r\nBo: Åtgärderna är korta, och så 😀😀 är det."
)
MARKS = [
    Mark("GI01", "Det är svårt 😀 att nå dem.", "samverkan/af"),
    Mark("GI01", "Åtgärderna är korta", "insatser"),
    Mark("GI01", "är det", "insatser", coder="Bo"),
    Mark("GI02", "Hur går det?", "samverkan/af"),
    Mark("GI02", "att nå dem.", "insatser"),
]
TEXTS = {"GI01": TEXT, "GI02": TEXT}


def by_name(sheet):
    return [dict(zip(sheet.header, cells, strict=True)) for _, cells in sheet.records]


def read(data):
    return {sheet.name: sheet for sheet in refi.sheets(data, "study.qdpx")}


@pytest.mark.parametrize(
    ("origin", "unit", "crlf"),
    [
        ("NVivo 12.6.0.959", "utf16", 2),
        ("ATLAS.ti 23.1.1", "utf16", 1),
        ("MAXQDA 2022", "utf16", 2),
        ("QualCoder-3.5", "utf16", 2),
        ("Some new tool", "points", 2),
        ("NVivo 12.6.0.959", "points", 1),  # not as the tool is known to count: found by the texts
        ("ATLAS.ti 23.1.1", "points", 2),
    ],
)
@pytest.mark.parametrize("named", [False, True])
def test_passages_stand_where_their_words_do_however_a_tool_counts(origin, unit, crlf, named):
    data = qdpx(TEXTS, MARKS, origin, unit, crlf, named=named)
    assert refi.matches(data, "anything")
    plain = TEXT.replace("\r\n", "\n")
    got = by_name(read(data)["segments"])
    expected = sorted((mark.document, mark.words, mark.code.split("/")[-1], mark.coder) for mark in MARKS)
    assert sorted((row["document"], row["text"], row["code"], row["coder"]) for row in got) == expected
    assert all(plain[int(row["start"]) : int(row["end"])] == row["text"] for row in got)


def test_another_way_of_counting_is_taken_with_a_warning_only():
    found = read(qdpx(TEXTS, MARKS, "NVivo 12.6", "points", 1))["segments"].findings
    assert [finding.severity for finding in found] == ["warning"]
    assert "line break counted as one" in str(found[0].problem)
    assert read(qdpx(TEXTS, MARKS, "NVivo 12.6"))["segments"].findings == ()


def test_a_passage_loses_the_blanks_around_it():
    row = by_name(read(qdpx({"a": "One  two \r\nthree"}, [Mark("a", "  two \r\n", "c")]))["segments"])[0]
    assert (row["start"], row["end"], row["text"]) == ("5", "8", "two")


def test_texts_inside_the_xml_count_line_breaks_as_the_tool_does():
    text = "First line\nsecond line\nthird line here\nfourth"
    marks = [Mark("a", words, "c") for words in ("First", "second line", "third", "here", "fourth")]
    for crlf in (1, 2):
        counted = qdpx({"a": text.replace("\n", "\r\n")}, marks, "NVivo", "utf16", crlf, inline=True)
        rows = by_name(read(counted)["segments"])
        assert [text[int(row["start"]) : int(row["end"])] for row in rows] == [mark.words for mark in marks]


def test_guids_match_in_any_case_and_with_braces():
    data = qdpx(TEXTS, MARKS, upper=True, project="Project.QDE")
    assert {row["coder"] for row in by_name(read(data)["segments"])} == {"Anna", "Bo"}


def test_the_codebook_gives_paths_and_parents():
    book = by_name(read(qdpx(TEXTS, MARKS))["codebook"])
    expected = {("samverkan", "samverkan", ""), ("af", "samverkan > af", "samverkan"), ("insatser", "insatser", "")}
    assert {(row["code"], row["path"], row["parent"]) for row in book} == expected
    assert {row["guid"] for row in book} == {guid("samverkan"), guid("samverkan/af"), guid("insatser")}


def test_documents_carry_the_variables_of_their_cases():
    extra = (
        f'<Variables><Variable guid="{guid("v")}" name="municipality_code" typeOfVariable="Text"/></Variables>'
        f'<Cases><Case guid="{guid("case")}" name="Timrå"><VariableValue><VariableRef targetGUID="{guid("v")}"/>'
        f'<TextValue>2262</TextValue></VariableValue><SourceRef targetGUID="{guid("GI01")}"/></Case></Cases>'
    )
    documents = by_name(read(qdpx(TEXTS, MARKS, extra=extra))["documents"])
    assert documents[0]["document"] == "GI01"
    assert documents[0]["municipality_code"] == "2262"
    assert documents[0]["cases"] == "Timrå"
    assert int(documents[0]["characters"]) == len(TEXT.replace("\r\n", "\n"))
    assert documents[1]["municipality_code"] == ""


def test_a_codebook_with_an_empty_list_of_sets_is_read():
    data = (
        '<?xml version="1.0" encoding="utf-8"?>\n<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Taguette 1.5.2"><Codes>'
        f'<Code guid="{guid("a").upper()}" name="a" isCodable="true"><Description>About a</Description></Code></Codes>'
        "<Sets/></CodeBook>"
    ).encode()
    assert refi.matches(data, "codebook.qdc")
    assert by_name(refi.sheets(data, "codebook.qdc")[0]) == [
        {"guid": guid("a"), "code": "a", "path": "a", "parent": "", "description": "About a"}
    ]


def refusal(data):
    with pytest.raises(Unreadable) as error:
        refi.sheets(data, "study.qdpx")
    (finding,) = error.value.findings
    return str(finding)


def test_a_project_without_its_texts_says_so():
    data = qdpx(TEXTS, MARKS[:1])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        project = archive.read("project.qde")
    with pytest.raises(Unreadable) as error:
        refi.sheets(zipped({"project.qde": project}), "study.qdpx")
    assert "the text of the document GI01 is not in the project" in str(error.value)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (zipped({"project.qde": b"<Project"}), "the XML is damaged"),
        (zipped({"project.qde": b"<Other/>"}), "the project's root is 'Other'"),
        (zipped({"a.qde": b"", "b.qde": b""}), "holds 2 projects"),
        (zipped({"project.qde": b"<Project/>", "../x": b""}), "name leads out of it"),
        (zipped({"project.qde": b"<Project/>", "C:/x": b""}), "name leads out of it"),
        (zipped({"project.qde": b"<Project/>", "PROJECT.QDE": b""}), "two files of the same name"),
        (zipped({"project.qde": b"<Project>" + b" " * 5_000_000}), "times its size"),
        (zipped({"project.qde": b'<!DOCTYPE a [<!ENTITY b "c">]><Project>&b;</Project>'}), "declares a document type"),
        (zipped({"project.qde": b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><Project/>'}), "declares a document type"),
        (zipped({"project.qde": b"<a>" * 300}), "nested more than 200 levels"),
        (zipped({"project.qde": b"<Project/>"}), "holds no coded passage"),
        (qdpx(TEXTS, MARKS)[:-100], "the archive is damaged"),
        (b'<?xml version="1.0"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0"/>', "holds no codes"),
        (b'<?xml version="1.0"?><Project xmlns="urn:QDA-XML:project:1.0"/>', "a project without its texts"),
        (b'<?xml version="1.0" encoding="x-none"?><CodeBook/>', "the XML"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_can_not_be_read_is_said_in_one_line(data, said):
    assert said in refusal(data)


def test_a_passage_outside_its_text_and_an_unknown_code_are_named():
    data = qdpx({"a": "Some words here"}, [Mark("a", "words", "c"), Mark("a", "Some", "d")])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["project.qde"] = (
        members["project.qde"]
        .replace(b'endPosition="10"', b'endPosition="99"')
        .replace(b'<Code guid="' + guid("d").encode(), b'<Code guid="x')
    )
    with pytest.raises(Unreadable) as error:
        refi.sheets(zipped(members), "study.qdpx")
    text = str(error.value)
    assert "the passage 5 to 99 lies outside the text of the document a" in text
    assert "the code of coding 2 (document a) is not in the project's codebook" in text


def test_passages_that_cover_everything_again_and_again_are_refused(monkeypatch):
    monkeypatch.setattr(codings, "MOST_TEXT", 100)
    assert "more than 100 characters all together" in refusal(qdpx(TEXTS, MARKS * 3))


def test_more_attributes_than_any_project_has_are_refused(monkeypatch):
    monkeypatch.setattr(refi.markup, "MOST_ATTRIBUTES", 10)
    assert "more than 10 attributes" in refusal(qdpx(TEXTS, MARKS))


def test_a_whole_document_that_is_coded_is_a_passage():
    data = qdpx({"a": "Some words\r\nhere"}, [Mark("a", "words", "c")])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    coding = f'<Coding guid="{guid("w")}"><CodeRef targetGUID="{guid("c")}"/></Coding></TextSource>'
    members["project.qde"] = members["project.qde"].replace(b"</TextSource>", coding.encode())
    first, second = by_name(read(zipped(members))["segments"])
    assert (first["start"], first["end"], first["text"]) == ("0", "15", "Some words\nhere")
    assert second["text"] == "words"
