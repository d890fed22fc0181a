"""What the columns of a figure's data are called."""

import pytest

from analysis import headings
from analysis.model import EDITIONS, Edition
from analysis.sections import SECTIONS
from tests.sections.conftest import Shipped, shipped  # noqa: F401  (a fixture)


def test_titles_come_from_the_contract_and_codes_get_their_labels() -> None:
    got = headings.describe(["actor", "share", "n"], ["actors"], "sv")
    assert got["headings"] == [["actor", "Aktör"], ["share", "Andel"], ["n", "n"]]
    assert got["labels"]["actor"]["participant"] == "Deltagare"
    assert set(got["labels"]) == {"actor"}


def test_columns_of_another_edition_are_left_out() -> None:
    columns = ["code", "name_sv", "name_en"]
    assert headings.describe(columns, ["segments"], "sv")["headings"][1:] == [["name_sv", "Namn"]]
    assert headings.describe(columns, ["segments"], "en")["headings"][1:] == [["name_en", "Name"]]


def test_questions_are_called_what_the_contract_calls_them() -> None:
    got = headings.describe(["item"], ["actors"], "en")["labels"]["item"]
    assert got["pes_collaboration"] != "pes_collaboration"


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", SECTIONS)
def test_every_column_of_every_figure_has_a_heading(shipped: Shipped, name: str, edition: Edition) -> None:  # noqa: F811
    for figure in shipped.section(name).figures:
        described = headings.describe(map(str, figure.data.columns), figure.provenance.tables, edition)
        bare = [key for key, title in described["headings"] if title == key and key not in ("n", "x", "y")]
        assert bare == [], figure.name
