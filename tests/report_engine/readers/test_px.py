"""PC-Axis files: keywords over several lines, code pages, symbols, and values row-major over stub and heading."""

from itertools import product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_engine.readers.raw import Unreadable
from report_engine.readers.statistics import px

HEAD = (
    'CHARSET="ANSI";\nAXIS-VERSION="2010";\n{page}LANGUAGE="sv";\nLANGUAGES="sv","en";\nMATRIX="TAB1";\n'
    'NOTE="En anmärkning som är lång och br"\n"uten; med DATA=1 2 3; i texten";\nSTUB="region","ålder";\nHEADING="år";\n'
    'VARIABLECODE("region")="Region";\nVALUES("region")="Norrköping ","Upplands "\n"Väsby";\nVALUES("ålder")="20","21";\n'
    'VALUES("år")="2023","2024";\nTIMEVAL("år")=TLIST(A1),"2023","2024";\nCODES("region")="0581","0114";\n'
    'STUB[en]="region","age";\nVALUES[en]("region")="Norrkoping","Upplands Vasby";\nDATASYMBOL2="uppgift saknas";\n'
    'DATASYMBOLNIL="-";\nDECIMALS=0;\n'
)
DATA = 'DATA=\n1 ".." \n-3.5 "-"\n5 6\n7 8;\n'


def file(page: str = "", data: str = DATA, encoding: str = "cp1252") -> bytes:
    return (HEAD.format(page=page) + data).encode(encoding)


@pytest.mark.parametrize(
    ("page", "encoding"),
    [
        ("", "cp1252"),
        ('CODEPAGE="iso-8859-1";\n', "latin-1"),
        ('CODEPAGE="utf-8";\n', "utf-8"),
        ("", "utf-8-sig"),
        ('CODEPAGE="cp850";\n', "cp850"),
    ],
)
def test_a_file_in_any_code_page_becomes_long(page: str, encoding: str) -> None:
    data = file(page, encoding=encoding)
    assert px.matches(data, "any")
    [got] = px.sheets(data, "f.px")
    assert got.header == ["Region", "Region_label", "ålder", "ålder_label", "år", "år_label", "value", "status"]
    assert got.records[0] == (1, ["0581", "Norrköping", "20", "20", "2023", "2023", "1", ""])
    assert got.records[1] == (2, ["0581", "Norrköping", "20", "20", "2024", "2024", "", ".."])
    assert got.records[2][1][-2:] == ["-3.5", ""]
    assert got.records[3][1][-2:] == ["", "-"]
    assert got.records[7] == (8, ["0114", "Upplands Väsby", "21", "21", "2024", "2024", "8", ""])
    assert got.labels["status"] == {"..": "uppgift saknas"}
    assert (got.name, got.questions["Region"]) == ("TAB1", "region")


def test_without_a_character_set_the_file_is_dos() -> None:
    data = file().replace(b'CHARSET="ANSI";\n', b"").decode("cp1252").encode("cp850")
    assert px.sheets(data, "f")[0].records[0][1][1] == "Norrköping"


def test_rows_with_keys_may_stand_in_any_order_and_be_left_out() -> None:
    keys = 'KEYS("region")=CODES;\nKEYS("ålder")=VALUES;\n'
    [got] = px.sheets(file(data=keys + 'DATA=\n"0114","21",7 8\n"0581","20",1 2;\n'), "f")
    assert [cells[::2] for _, cells in got.records] == [
        ["0114", "21", "2023", "7"],
        ["0114", "21", "2024", "8"],
        ["0581", "20", "2023", "1"],
        ["0581", "20", "2024", "2"],
    ]
    assert str(got.findings[0]) == "f: warning: 2 rows are not in the file (it has KEYS) and are left out."


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (file(data="DATA=\n1 2 3;\n"), "VALUES promise 8 values, DATA holds 3"),
        (file(data="DATA=\n" + "1 " * 9 + ";"), "VALUES promise 8 values, DATA holds 9"),
        (file(data="DATA=\n1 2 3 4 5 6 7\n"), "VALUES promise 8 values, DATA holds 7"),
        (file(data="DATA=\n1 2 3 4 5 6 7; 8\n"), "DATA does not end with a semicolon"),
        (file(data="DATA=\n1 2 3 4 5 6 7 x;\n"), 'value 8 of DATA is "x", neither a number nor a symbol'),
        (file(data="DATA=\n1 2 3 4 5 6 7 NaN;\n"), 'value 8 of DATA is "NaN"'),
        (file(data=""), "DATA is still missing"),
        (file(data='TITLE="no end\n'), 'the keyword "TITLE" has no end'),
        (file('CODEPAGE="klingon";\n'), 'the code page "klingon" is not known'),
        (file('CODEPAGE="utf-8";\n'), "is not utf-8, the file's code page"),
        (b'STUB="a","b";VALUES("a")="1";DATA=1;', 'the variable "b" has no VALUES'),
        (b'STUB="a","a";DATA=1;', "STUB and HEADING name no variables, or one twice"),
        (b'STUB="a";VALUES("a")="x","y";CODES("a")="1","1";DATA=1 2;', "has 2 VALUES but 1 different CODES"),
        (
            b'STUB="a","b";KEYS("a")=CODES;VALUES("a")="x";VALUES("b")="y";DATA="x",1;',
            "KEYS must be there for every variable of STUB",
        ),
        (b'STUB="a";KEYS("a")=CODES;VALUES("a")="x";DATA="z",1;', 'the key "z" is not declared'),
    ],
)
def test_what_does_not_fit_is_one_clear_finding(data: bytes, expected: str) -> None:
    with pytest.raises(Unreadable) as caught:
        px.sheets(data, "f")
    assert expected in str(caught.value)


def test_a_product_of_sizes_beyond_the_limit_is_refused_before_it_is_made() -> None:
    values = ",".join(f'"{n}"' for n in range(1100))
    head = 'STUB="a","b";HEADING="c";' + "".join(f'VALUES("{name}")={values};' for name in "abc")
    with pytest.raises(Unreadable, match="more than 1,000,000 cells"):
        px.sheets(f"{head}DATA=1;".encode(), "f")


name = st.text(st.sampled_from("abcåäö 12"), min_size=1, max_size=5).map(str.strip).filter(bool)
cell = st.one_of(st.integers(-(10**9), 10**9).map(str), st.sampled_from(['".."', '"-"', '"."']))


@given(st.data())
def test_any_table_comes_back_as_it_was_written(data: st.DataObject) -> None:
    names = data.draw(st.lists(name, min_size=1, max_size=3, unique=True))
    values = {key: data.draw(st.lists(name, min_size=1, max_size=3, unique=True)) for key in names}
    at = data.draw(st.integers(0, len(names)))
    total = prod(map(len, values.values()))
    cells = data.draw(st.lists(cell, min_size=total, max_size=total))
    listed = {
        key: ",".join(f'"{one}"' for one in some) for key, some in {"STUB": names[:at], "HEADING": names[at:]}.items()
    }
    lines = ['CHARSET="ANSI";', *(f"{key}={some};" for key, some in listed.items() if some)]
    lines += [f'VALUES("{key}")=' + ",\n".join(f'"{one}"' for one in some) + ";" for key, some in values.items()]
    [got] = px.sheets("\r\n".join([*lines, "DATA=", " ".join(cells) + ";", ""]).encode("cp1252"), "f")
    assert [tuple(cells[: 2 * len(names) : 2]) for _, cells in got.records] == list(product(*values.values()))
    assert [cells[-2] or f'"{cells[-1]}"' for _, cells in got.records] == cells


@given(st.text(st.sampled_from('STUB="a";VALUES()DATKEYCO,.1- \n[]'), max_size=120))
def test_whatever_text_comes_is_read_or_refused(text: str) -> None:
    for data in (text.encode(), file(data=text), file(data="DATA=" + text)):
        px.matches(data, "f")
        try:
            px.sheets(data, "f")
        except Unreadable as error:
            assert str(error).startswith("f")


def test_a_semicolon_missing_at_the_end_is_a_warning_where_all_values_are_there() -> None:
    (sheet,) = px.sheets(file(data="DATA=\n1 2 3 4 5 6 7 8\n"), "a.px")
    assert [cells[-2] for _, cells in sheet.records] == [*"12345678"]
    assert [str(finding) for finding in sheet.findings] == [
        'a.px, row 8, column value: warning: "8" is the last value, and no semicolon follows it. If it is cut off, download the '
        "table again."
    ]
