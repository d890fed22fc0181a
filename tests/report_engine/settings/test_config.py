"""config.yaml: what is right is read, what is wrong is one line that names key, value and what is allowed."""

from pathlib import Path

import pytest

from report_engine.contracts import study
from report_engine.contracts.study import Study
from report_engine.model.document import Document, DocumentError
from report_engine.settings import config
from report_engine.settings.config import FILE, load, parse
from report_engine.settings.settings import Settings

ROOT = Path(__file__).resolve().parents[3]


NEEDED: dict[str, object] = {"municipalities": ["0581"], "years": {"first": 2012, "last": 2024}}


def read(content: object) -> Settings:
    return parse(Document(FILE, content))


def problems(content: object) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        read(NEEDED | content if isinstance(content, dict) else content)
    return str(caught.value).splitlines()


def test_a_key_left_out_has_its_default() -> None:
    got = read(NEEDED)
    assert (got.price_base, got.index_base, got.smallest_cell) == (2024, 2012, 5)
    assert got.formats == ("html", "pdf", "docx", "slides")
    assert (got.fetch.kolada.datasets, got.fetch.scb.tables) == ({}, {})


def test_the_years_and_what_the_register_is_to_be_searched_for_have_no_default(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DocumentError, match=r"^config\.yaml: years: the key is missing$"):
        read({})
    expected = "config.yaml: municipalities: name at least one of the dataset municipalities"
    assert problems({"municipalities": []}) == [expected]
    monkeypatch.setattr(study, "load", lambda: Study(editions=("sv",), sections={}))
    assert read({"years": NEEDED["years"]}).municipalities == ()


def test_an_unknown_key_names_the_nearest() -> None:
    assert problems({"price_bas": 2020}) == [
        "config.yaml: price_bas: unknown key; allowed: sources, municipalities, years, price_base, index_base, "
        'smallest_cell, bootstrap, editions, formats, engine, fetch. Did you mean "price_base"?'
    ]


def test_an_unknown_key_inside_another_is_named_with_its_path() -> None:
    assert problems({"years": {"first": 2010, "last": 2012, "frist": 2010}}) == [
        'config.yaml: years.frist: unknown key; allowed: first, last. Did you mean "first"?'
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"engine": "quatro"}, '"quatro" is not one of auto, quarto, embedded. Did you mean "quarto"?'),
        ({"formats": ["html", "pfd"]}, 'formats.2: "pfd" is not one of html, pdf, docx, slides. Did'),
        ({"formats": ["pdf", "pdf"]}, 'formats: "pdf" stands there twice'),
        ({"formats": []}, "formats: expected a list of at least 1, found []"),
        ({"editions": "sv"}, 'editions: expected a list, found "sv"'),
        ({"smallest_cell": "5"}, 'smallest_cell: expected a whole number, found "5"'),
        ({"price_base": True}, "price_base: expected a whole number, found true"),
        ({"smallest_cell": 0}, "smallest_cell: 0 is not allowed; it must be at least 1"),
        (
            {"bootstrap": {"resamples": 10**9}},
            "bootstrap.resamples: 1000000000 is not allowed; it must be at most 100000",
        ),
        (
            {"municipalities": [496]},
            'municipalities.1: 496 is not a code of four digits in quotes, such as "0581"',
        ),
        ({"years": {"first": 2020, "last": 2010}}, "years: first (2020) comes after last (2010)"),
        ({"years": 2020}, "years: expected keys and values, found 2020"),
        ([1], "expected keys and values, found [1]"),
        ({"sources": {"actorz": "a.csv"}}, 'sources.actorz: "actorz" is not one of actors, '),
        ({"sources": {"actors": []}}, "sources.actors: expected a list of at least 1, found []"),
        (
            {"fetch": {"kolada": {"url": "http://kolada.se"}}},
            '"http://kolada.se" is not an address that begins with https',
        ),
        ({"fetch": {"kolada": {"datasets": {"exits": {"a": "40455"}}}}}, 'exits.a: "40455" is not the id of a KPI'),
        (
            {"fetch": {"scb": {"tables": {"../x": {"table": "T", "select": {}}}}}},
            '"../x" is not a name of small letters',
        ),
        (
            {"fetch": {"scb": {"tables": {"x": {"table": "T", "select": {"Tid": [1]}}}}}},
            "fetch.scb.tables.x.select.Tid.1: 1 is not a code without blank or comma",
        ),
        ({"fetch": {"scb": {"tables": {"x": {"table": "T"}}}}}, "fetch.scb.tables.x.select: the key is missing"),
        (
            {"fetch": {"scb": {"tables": {"x": {"table": "T", "select": {}, "tabel": 1}}}}},
            'fetch.scb.tables.x.tabel: unknown key; allowed: table, select, verified. Did you mean "table"?',
        ),
        ({"sources": {"actors": 5}}, "sources.actors: expected keys and values, found 5"),
        ({"sources": {"actors": ["a.csv", 5]}}, "sources.actors.2: expected text, found 5"),
        (
            {"sources": {"actors": {"file": "a.csv", "files": "a.csv"}}},
            'sources.actors.file: unknown key; allowed: files, format, sheet, encoding, mapping. Did you mean "files"?',
        ),
        (
            {"sources": {"actors": {"files": "a.csv", "format": "exel"}}},
            'config.yaml: sources.actors.format: "exel" is not one of csv, ',
        ),
        (
            {"sources": {"actors": {"files": "a.csv", "encoding": "utf8x"}}},
            'sources.actors.encoding: "utf8x" is no encoding, such as utf-8, utf-16, windows-1252',
        ),
        ({"sources": {"actors": {"files": "a.csv", "encoding": "hex"}}}, '"hex" is no encoding'),
    ],
)
def test_a_wrong_value_is_one_line(content: object, expected: str) -> None:
    [line] = problems(content)
    assert expected in line


def test_a_dataset_is_one_file_or_several_with_what_there_is_to_say_about_them() -> None:
    got = read(
        NEEDED
        | {
            "sources": {
                "actors": "a.csv",
                "exits": ["b.csv", "c*.csv"],
                "population": {"files": "d.xlsx", "sheet": "Blad1", "encoding": "cp1252", "format": "xlsx"},
            }
        }
    ).sources
    assert got["actors"].files == ("a.csv",)
    assert got["exits"].files == ("b.csv", "c*.csv")
    assert (got["population"].files, got["population"].sheet, got["population"].mapping) == (("d.xlsx",), "Blad1", None)


def test_everything_wrong_is_said_at_once() -> None:
    assert len(problems({"engine": 1, "price_bas": 2, "smallest_cell": -1})) == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("engine: auto\nengine: quarto\n", "config.yaml, line 2: engine: the key stands there twice"),
        ("formats: [html\n", "config.yaml, line 2: "),
        ("engine: auto\n\tformats: [html]\n", "config.yaml, line 2: "),
        ("engine: \x07\n", "config.yaml: not valid YAML: a character that"),
    ],
)
def test_what_is_not_yaml_is_named_by_line(tmp_path: Path, text: str, expected: str) -> None:
    (tmp_path / "config.yaml").write_text(text, "utf-8")
    with pytest.raises(DocumentError) as caught:
        load(tmp_path)
    assert str(caught.value).startswith(expected)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"config\.yaml: there is no such file"):
        load(tmp_path)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_bytes("# Härnösand".encode("cp1252"))
    with pytest.raises(DocumentError, match="save the file as UTF-8"):
        load(tmp_path)


def test_the_schema_for_editors_is_up_to_date() -> None:
    got = (ROOT / config.SCHEMA_FILE).read_text("utf-8")
    assert got == config.schema(), "run: .venv/bin/python -m report_engine.settings.config"
