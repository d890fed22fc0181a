"""The mapping of a tool's coded passages: what is known is in force, what nobody knows waits with a line for each code."""

import pytest

from report_engine.mappings import passages
from report_engine.readers import Source, parse, sheets
from report_engine.readers.source import Coded
from tests.report_engine.mappings.proposed import CONTRACTS, KNOWN, edits, read
from tests.report_engine.readers.qda_files import Mark, qdpx

SEGMENTS = CONTRACTS["segments"]
CODED = Coded("segment_id", "interview_id", "codebook", lambda: KNOWN.names["codebook"])
TEXTS = {"Intervju GI01.docx": "Vi samverkar inte alls. Det tar tid.", "Skola.docx": "De styr oss hela tiden."}
MARKS = [
    Mark("Intervju GI01.docx", "Vi samverkar inte alls.", "Samverkan"),
    Mark("Intervju GI01.docx", "Vi samverkar inte alls.", "Talare/Deltagare"),
    Mark("Intervju GI01.docx", "Det tar tid.", "Tid"),
    Mark("Intervju GI01.docx", "Det tar tid.", "Talare/Chef, socialtjänsten"),
    Mark("Skola.docx", "De styr oss hela tiden.", "Kontroll"),
]


def written(marks=MARKS, lang="en"):
    table = next(one for one in sheets(qdpx(TEXTS, list(marks)), "a.qdpx") if one.name == "segments")
    return passages.write(table, SEGMENTS, CODED, KNOWN, lang)


def test_what_is_known_is_in_force():
    rules = read(written())
    assert rules.form == "refi-qda"
    assert rules.values == {"interview_id": {"Intervju GI01.docx": "GI01"}}
    assert rules.attributes == {"speaker_actor": {"Talare > Deltagare": "participant"}}
    assert rules.constants == {"stance": ""}


def test_what_nobody_knows_waits_with_what_it_may_be():
    lines = written().splitlines()
    assert '    #Tid: ""' in lines and '    #"Skola.docx": ""' in lines
    assert '    #"Talare > Chef, socialtjänsten": social_services_manager' in lines
    assert "    # Which interview is each document? One of: GI01, GI02." in lines
    assert any("Samverkan" in line for line in lines) is False  # the codebook knows it


def test_once_it_is_filled_in_the_passages_come_in():
    text = written().replace('    #Tid: ""', '    Tid: ""').replace('#"Skola.docx": ""', '"Skola.docx": GI02')
    text = text.replace('#"Talare > Chef', '"Talare > Chef')
    source = Source((), mapping=read(text), coded=CODED)
    raw = parse(qdpx(TEXTS, MARKS), "a.qdpx", SEGMENTS, source)
    got = [raw.columns[name].texts for name in ("interview_id", "code", "speaker_actor")]
    assert got == [["GI01", "GI02"], ["collaboration", "control"], ["participant", ""]]


@pytest.mark.parametrize("marks", [MARKS, MARKS[:1], [Mark("Skola.docx", "De styr oss", "a: b # c")]])
def test_it_can_be_read_after_each_edit_that_it_suggests(marks):
    text = written(marks, "sv")
    assert [read(one).dataset for one in edits(text)] == ["segments"] * len([*edits(text)])


def test_a_tool_that_names_no_coder_leaves_it_to_be_written():
    table = next(one for one in sheets(qdpx(TEXTS, MARKS), "a.qdpx") if one.name == "segments")
    at = table.header.index("coder")
    for _, cells in table.records:
        cells[at] = ""
    rules = read(passages.write(table, SEGMENTS, CODED, KNOWN, "en").replace('#coder: ""', "coder: coder_a"))
    assert rules.ignore == ("coder",) and rules.constants["coder"] == "coder_a"
