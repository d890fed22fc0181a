import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_engine.readers.raw import Unreadable
from report_engine.readers.tables.text import EXPECTED, decode, repaired

SWEDISH = "kommun;kostnad\r\nMalmö;1,5\r\nÖrebro – “Åsele”;2\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_that_excel_writes(encoding):
    assert decode(SWEDISH.encode(encoding), "a.csv") == SWEDISH


def test_utf_16_of_either_byte_order():
    assert decode(codecs.BOM_UTF16_BE + SWEDISH.encode("utf-16-be"), "a.csv") == SWEDISH
    assert decode(codecs.BOM_UTF16_LE + SWEDISH.encode("utf-16-le"), "a.csv") == SWEDISH


def test_a_windows_1252_file_that_happens_to_hold_valid_utf_8():
    text = "a;b\n”HÄRNÖ”;å\n"  # Ö and the quotation mark are one Armenian letter in UTF-8
    assert decode(text.encode("cp1252"), "a.csv") == text


def test_mixed_encodings_leave_marks_that_can_be_named():
    got = decode("Malmö\n".encode() + "Örebro".encode("cp1252"), "a.csv")
    assert got == "Malmö\n\udcd6rebro"
    assert repaired(got) == "Malmö\nÖrebro"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ("Gävle å ö".encode("mac-roman"), "line 1"),
        ("a\r\nb\rGävle å ö".encode("cp850"), "line 3"),
        ("första".encode("cp850"), "neither UTF-8 nor Windows-1252"),
        ("Łódź".encode("iso-8859-2"), "neither"),
        (b"a\x81b", "neither"),
        (b"a;b\n1;\x00", "line 2 holds a NUL"),
        ("åäö".encode("utf-16-le"), "UTF-16 without a byte order mark"),
        ("a\0".encode("utf-16"), "NUL"),
        (codecs.BOM_UTF16_LE + b"a", "starts like UTF-16"),
        ("a".encode("utf-32"), "UTF-32"),
    ],
)
def test_what_is_refused(data, problem):
    with pytest.raises(Unreadable) as refusal:
        decode(data, "a.csv")
    assert problem in str(refusal.value)
    assert refusal.value.findings[0].kind == "encoding"


def test_no_character_is_expected_that_utf_8_shows_as_windows_1252():
    shown = {character.encode().decode("cp1252", "ignore")[:1] for character in EXPECTED}
    assert not shown & EXPECTED


@given(st.text(st.sampled_from("abc;,\n 123" + "".join(sorted(EXPECTED - set("„”“…‘‚•±£¼½¾¨"))))))
def test_windows_1252_is_never_read_as_something_else(text):
    try:
        got = decode(text.encode("cp1252"), "a.csv")
    except Unreadable as refusal:
        assert "can be read as UTF-8 and as Windows-1252" in str(refusal)
        return
    assert repaired(got) == text or any(character in got for character in EXPECTED)


@given(st.binary())
def test_any_bytes_give_text_or_a_finding(data):
    try:
        assert isinstance(decode(data, "a.csv"), str)
    except Unreadable as refusal:
        assert str(refusal)
