import pandas as pd
import pytest

from report_engine.model.section import Fact, Robustness, Unavailable, Verdict
from report_engine.results import outputs
from report_engine.results.claims import Declared, Function
from report_engine.results.inputs import Inputs
from report_engine.results.reading import Tables
from report_engine.results.section_builder import Drawn, Parts
from report_engine.settings.settings import Settings
from report_engine.words.editions import EDITIONS
from report_engine.words.texts import Line, Texts

REASON = {"sv": "Uppgifter saknas: Intervjuer.", "en": "There are no data: Interviews."}
TITLE = {"sv": "Röster", "en": "Voices"}
FACT = Fact("managers.a", 1, {"sv": "ett", "en": "one"}, "count", ("actors",), "synthetic")
INPUTS = Inputs({}, Settings(years={"first": 2020, "last": 2024}), synthetic=frozenset({"segments"}))
WORDS = {
    "figures.voices.title": TITLE,
    "claims.heard.statement": {"sv": "De hörs", "en": "They are heard"},
    "claims.seen.statement": {"sv": "De syns", "en": "They are seen"},
}
TEXTS = Texts("managers", {e: {key: Line(text[e], "x.yaml", 1) for key, text in WORDS.items()} for e in EDITIONS})


def lacking(*_):
    raise Unavailable(REASON)


def parts():
    return Parts("managers", INPUTS, TEXTS)


def made():
    its = parts()
    its.drawn("voices", lacking)
    its.table("codes", lacking)
    its.facts(lambda: [FACT])
    its.facts(lacking)
    its.facts(lacking)
    its.declared([Declared("heard", Function(lacking, "interviews", ("segments",)))], None)
    return its.section()


def test_what_the_data_do_not_bear_is_left_out_with_its_reason():
    got = made()
    assert [figure.name for figure in got.figures] == ["voices"]
    assert got.figures[0].caption["sv"] == "Visas inte. Uppgifter saknas: Intervjuer."
    assert got.facts == (FACT,)
    assert [claim.verdict for claim in got.claims] == [Verdict("untestable", {}, REASON)]
    assert got.without == (REASON,)


def test_a_mistake_in_the_code_is_no_lack_of_data():
    with pytest.raises(KeyError):
        parts().facts(lambda: {}["x"])


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


def test_a_figure_counts_what_is_hidden_and_says_where_it_comes_from():
    frame = pd.DataFrame({"n": [7, 8], "suppressed": ["", "primary"]})
    its = parts()
    its.drawn("voices", lambda: Drawn(frame, lambda data, edition: None, TITLE, TITLE, TITLE, ("segments",), 15, TITLE))
    (got,) = its.section().figures
    assert (got.title, got.provenance.suppressed, got.provenance.origin) == (TITLE, 1, "synthetic")


def test_a_verdict_that_can_not_be_varied_has_no_robustness():
    stands = Robustness(9, 10, TITLE)

    def holds(*_):
        return Verdict("holds", {}, TITLE)

    its = parts()
    its.declared([
        Declared("heard", Function(holds, "interviews", ("segments",), lambda *_: stands)),
        Declared("seen", Function(holds, "interviews", ("segments",), lacking)),
    ], None)  # fmt: skip
    assert [claim.robustness for claim in its.section().claims] == [stands, None]
