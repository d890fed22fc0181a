"""What the columns of a figure's data, and the codes in them, are called."""

import re
from pathlib import Path

import pandas as pd
import pytest

from report_engine.contracts import column_labels as headings
from report_engine.contracts import study
from report_engine.model.section import Column, Figure, Provenance, Section, Table
from report_engine.results import outputs
from report_engine.words.editions import EDITIONS, Edition, Text
from tests.analysis.sections.conftest import Shipped, shipped  # noqa: F401  (a fixture)

TEXT: Text = {"sv": "Ord.", "en": "Words."}
SOURCE = Provenance(TEXT, "official", ("municipalities",))


def described(data: dict[str, list[object]], tables: list[str], edition: Edition = "en", **own: object) -> dict:
    return headings.describe("staff/load", pd.DataFrame(data), tables, edition, own)


def test_titles_come_from_the_contract_and_codes_get_their_labels() -> None:
    got = described({"actor": ["participant"], "share": [0.5], "n": [9]}, ["actors"], "sv")
    assert got["headings"] == [["actor", "Aktör"], ["share", "Andel"], ["n", "n"]]
    assert got["labels"]["actor"]["participant"] == "Deltagare"
    assert set(got["labels"]) == {"actor"}


def test_columns_of_another_edition_are_left_out() -> None:
    data: dict[str, list[object]] = {"code": ["x"], "name_sv": ["Ett"], "name_en": ["one"]}
    assert described(data, ["segments"], "sv")["headings"][1:] == [["name_sv", "Namn"]]
    assert described(data, ["segments"], "en")["headings"][1:] == [["name_en", "Name"]]


def test_a_code_is_left_out_where_its_words_stand_beside_it() -> None:
    got = described({"actor": ["participant"], "actor_sv": ["Deltagare"], "actor_en": ["Participants"]}, ["actors"])
    assert [name for name, _ in got["headings"]] == ["actor_en"]


def test_shares_and_differences_of_shares_are_told_apart_from_other_numbers() -> None:
    data: dict[str, list[object]] = {
        "share": [0.042, 1.0],
        "n": [3, 1],
        "estimate": [0.2, 0.4],
        "low": [-0.1, 0.3],
        "ratio": [0.3, 0.4],
    }
    got = described(data, ["actors"], "sv")
    assert (got["percent"], got["points"]) == (["share"], ["estimate", "low"])
    assert dict(got["headings"])["low"] == "Undre gräns (95 %) (procentenheter)"


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", study.sections())
def test_the_tables_of_all_figures_speak_of_shares_in_per_cent(shipped: Shipped, name: str, edition: Edition) -> None:  # noqa: F811
    """What stays a decimal between 0 and 1 is a mean or a ratio."""
    section = shipped.section(name)
    for figure in section.figures:
        named = headings.describe(figure.name, figure.data, sorted(figure.provenance.tables), edition, section.labels)
        shown = [heading for heading, _ in named["headings"]]
        told = {*named["percent"], *named["points"]}
        for column in figure.data[shown].select_dtypes("float").columns.difference([*told, "mean", "ratio", "x", "y"]):
            values = figure.data[column].dropna()
            assert values.empty or (values.abs() > 1).any() or (values % 1 == 0).all(), (figure.name, column)


def test_questions_are_called_what_the_contract_calls_them() -> None:
    got = described({"item": ["pes_collaboration"]}, ["actors"])["labels"]["item"]
    assert got["pes_collaboration"] != "pes_collaboration"


def test_truth_and_hidden_cells_have_words() -> None:
    got = described({"studied": [True, False], "suppressed": ["primary", ""]}, [], "sv")["labels"]
    assert got["studied"] == {"True": "ja", "False": "nej"}
    assert got["suppressed"]["primary"] == "skyddar personer"


def test_a_section_names_its_own_codes() -> None:
    got = described({"part": ["answers"]}, [], "en", part={"answers": {"sv": "Svar", "en": "All\nanswers"}, "no": TEXT})
    assert got["labels"] == {"part": {"answers": "All answers"}}


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_column_without_a_name_is_refused(edition: Edition) -> None:
    with pytest.raises(ValueError, match=rf"staff/load: the column workload has no name in the edition '{edition}'"):
        described({"workload": [1.0]}, ["actors"], edition)


@pytest.mark.parametrize("code", ["dont_know", "all", "background.costs_up", "unit/staff", "a b_c"])
def test_a_code_without_a_name_is_refused(code: str) -> None:
    if code == "a b_c":  # words with a space are no code
        assert described({"part": [code]}, [])["labels"] == {}
        return
    with pytest.raises(ValueError, match=rf"the code {code} in the column part has no name in the edition 'en'"):
        described({"part": ["Answers", code]}, [])


def test_a_code_with_a_name_in_one_edition_is_refused_in_the_other() -> None:
    own = {"part": {"answers": {"sv": "Svar"}}}
    assert described({"part": ["answers"]}, [], "sv", **own)["labels"]["part"] == {"answers": "Svar"}
    with pytest.raises(ValueError, match="the code answers in the column part has no name in the edition 'en'"):
        described({"part": ["answers"]}, [], "en", **own)


def test_what_somebody_wrote_in_a_cell_stands_as_it_is() -> None:
    assert described({"municipality": ["by_a_river"]}, ["municipalities"])["labels"] == {}
    assert described({"name_en": ["control"]}, ["codebook"])["labels"] == {}
    own = {"municipality": {"all": TEXT}}
    got = described({"municipality": ["falun", "all"]}, ["municipalities"], "sv", **own)
    assert got["labels"] == {"municipality": {"all": "Ord."}}
    table = pd.DataFrame({"municipality": ["falun", "all"]})
    column = Column("municipality", TEXT, labels=own["municipality"])
    headings.refuse_unnamed("study/places", Table("places", table, (column,), TEXT, SOURCE))


def section(figure: Figure | None = None, table: Table | None = None) -> Section:
    return Section("staff", (figure,) if figure else (), (table,) if table else (), (), ())


def test_a_section_with_an_unnamed_column_is_not_written(tmp_path: Path) -> None:
    figure = Figure(
        "load", TEXT, pd.DataFrame({"workload": [1.0]}), lambda *_: pytest.fail("drawn"), TEXT, TEXT, SOURCE
    )  # type: ignore[arg-type,return-value]
    with pytest.raises(ValueError, match="staff/load: the column workload has no name"):
        outputs.write(section(figure), tmp_path, 5)
    assert not list(tmp_path.rglob("*.json"))


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (Column("share", {"sv": "Andel"}), "staff/items: the column share has no name in the edition 'en'"),
        (Column("share", {"sv": "Andel", "en": " "}), "staff/items: the column share has no name in the edition 'en'"),
        (Column("item", TEXT, labels={"help": TEXT}), "the code load in the column item has no name in the edition 'sv'"),
        (Column("item", TEXT, labels={"help": TEXT, "load": {"sv": "Last"}}), "the code load in the column item has no name in the edition 'en'"),
        (Column("merged", TEXT), "the code True in the column merged has no name in the edition 'sv'"),
    ],
)  # fmt: skip
def test_a_table_with_an_unnamed_column_or_code_is_not_written(tmp_path: Path, column: Column, expected: str) -> None:
    data = pd.DataFrame({"share": [0.5], "item": ["load"], "merged": [True]})
    table = Table("items", data, (column,), TEXT, SOURCE)
    with pytest.raises(ValueError, match=re.escape(expected)):
        outputs.write(section(table=table), tmp_path, 5)


def test_a_table_whose_columns_and_codes_have_names_passes() -> None:
    data = pd.DataFrame({"item": ["load", "Free words", "of_a_cell"], "merged": [True, False, True]})
    columns = (Column("merged", TEXT, labels={True: TEXT, False: TEXT}), Column("item", TEXT))
    headings.refuse_unnamed("staff/items", Table("items", data, columns, TEXT, SOURCE))


SHOWN_AS_IT_IS = ("bib_key", "n", "x", "y")
"""Columns whose name or content is the same in every language."""


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", study.sections())
def test_every_column_and_code_of_every_figure_has_a_name(shipped: Shipped, name: str, edition: Edition) -> None:  # noqa: F811
    built = shipped.section(name)
    for figure in built.figures:
        where = f"{name}/{figure.name}"
        got = headings.describe(where, figure.data, figure.provenance.tables, edition, built.labels)
        assert [key for key, title in got["headings"] if title == key and key not in SHOWN_AS_IT_IS] == [], where
        for key, _ in got["headings"]:
            if key in SHOWN_AS_IT_IS or figure.data[key].dtype.kind in "iuf" or key.endswith(f"_{edition}"):
                continue
            values = {str(value) for value in figure.data[key].dropna()} - {""} - got["labels"].get(key, {}).keys()
            assert [value for value in sorted(values) if re.fullmatch(r"True|False|[a-z_./ -]+", value)] == [], (
                where,
                key,
            )
    for table in built.tables:
        headings.refuse_unnamed(f"{name}/{table.name}", table)
