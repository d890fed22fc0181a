import pandas as pd
import pytest

from report_engine.model.section import Claim, Fact, Robustness, Unavailable, Verdict
from report_engine.results import outputs
from report_engine.results.reading import Tables
from report_engine.results.section_builder import Parts, borne, firmness, lack, verdict_of

REASON = {"sv": "Uppgifter saknas: Intervjuer.", "en": "There are no data: Interviews."}
TITLE = {"sv": "Röster", "en": "Voices"}
FACT = Fact("managers.a", 1, {"sv": "ett", "en": "one"}, "count", ("actors",), "synthetic")


def lacking():
    raise Unavailable(REASON)


def claim(verdict):
    return Claim("managers.heard", TITLE, verdict, "interviews", ("segments",), "none")


def made():
    parts = Parts("managers")
    parts.figure("voices", TITLE, lacking)
    parts.table("codes", lacking)
    parts.facts(lambda: [FACT])
    parts.facts(lacking)
    parts.facts(lacking)
    parts.claim(lacking, claim)
    return parts.section()


def test_what_the_data_do_not_bear_is_left_out_with_its_reason():
    got = made()
    assert [figure.name for figure in got.figures] == ["voices"]
    assert got.figures[0].caption["sv"] == "Visas inte. Uppgifter saknas: Intervjuer."
    assert got.facts == (FACT,)
    assert got.claims == (claim(Verdict("untestable", {}, REASON)),)
    assert got.without == (REASON,)


def test_a_mistake_in_the_code_is_no_lack_of_data():
    with pytest.raises(KeyError):
        Parts("managers").facts(lambda: {}["x"])


def test_notes_are_written_where_figures_and_tables_would_be(tmp_path):
    outputs.write(made(), tmp_path, 5)
    assert "There are no data: Interviews." in (tmp_path / "figures/en/managers/voices.svg").read_text("utf-8")
    got = (tmp_path / "data/results/sv/tables/managers/codes.md").read_text("utf-8")
    assert "Uppgifter saknas: Intervjuer." in got
    assert (tmp_path / "figures/sv/managers/voices.png").is_file()


def test_asking_for_a_table_without_rows_names_the_dataset():
    tables = Tables({"segments": pd.DataFrame({"code": []})}, {"segments": {"sv": "Segment", "en": "Segments"}})
    with pytest.raises(Unavailable, match=r"There are no data: Segments\."):
        tables["segments"]


@pytest.mark.parametrize(
    "use",
    [
        lambda x: x.iloc,
        lambda x: x["a"],
        lambda x: list(x),
        lambda x: len(x),
        lambda x: x > 1,
        lambda x: x == x,
        lambda x: 1 + x,
        lambda x: bool(x),
        lambda x: f"{x}",
        lambda x: pd.DataFrame({"a": [1]})["a"].isin(x),
        lambda x: pd.concat([x]),
        lambda x: pd.DataFrame({"a": [1]}).merge(x),
    ],
)
def test_using_a_value_that_is_not_borne_says_why(use):
    absent = borne(lacking)
    with pytest.raises(Unavailable):
        use(absent)


def test_a_value_that_is_borne_is_given_as_it_is():
    assert borne(lambda: 5) == 5


def test_a_verdict_or_its_firmness_that_is_not_borne_is_left_open():
    stands = Robustness(9, 10, TITLE)
    assert verdict_of(lacking) == Verdict("untestable", {}, REASON)
    assert verdict_of(lambda: Verdict("holds", {}, TITLE)).outcome == "holds"
    assert firmness({"a": lambda: stands, "b": lacking}) == {"a": stands, "b": None}
    with pytest.raises(Unavailable, match="Too few"):
        lack("För få.", "Too few.")
