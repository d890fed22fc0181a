import json
import re
from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest
from matplotlib.layout_engine import ConstrainedLayoutEngine

from report_engine.contracts import contract
from report_engine.drawing import style
from report_engine.model.section import Claim, Column, Fact, Figure, Provenance, Section, Table, Verdict
from report_engine.pipeline.steps.render import made
from report_engine.results import outputs, tables
from report_engine.words.editions import EDITIONS

WORDS = {"sv": "Chefer & <b>personal</b>", "en": "Managers & <b>staff</b>"}
SURVEY = Provenance(
    {"sv": "Enkäten", "en": "The survey"}, "synthetic", ("actors",), 45, {"sv": "svar", "en": "answers"}
)
SETTINGS = SimpleNamespace(
    smallest_cell=5,
    bootstrap=SimpleNamespace(resamples=1000),
    years=SimpleNamespace(first=2009, last=2024),
    price_base=2023,
    index_base=2016,
)


def draw(data, edition):
    figure, (axis,) = style.canvas(2)
    axis.barh(data["actor"], data["share"])
    axis.set_title(WORDS[edition])
    return figure


LINES = pd.DataFrame({"year": range(2009, 2025), "share": [0.05 * step + step % 3 / 9 for step in range(16)]})


def draw_lines(data, edition):
    figure, (left, right) = style.canvas(2, columns=2, grid="both", sharey=True)
    left.plot(data["year"], data["share"], marker="o", label=WORDS[edition])
    left.plot(data["year"], data["year"] - 2009, marker="s")  # points in a line: their joins hang on last bits
    left.legend()
    right.bar(data["year"], data["share"], hatch="//")
    right.set_title(WORDS[edition])
    return figure


def section(data=None):
    data = pd.DataFrame({"actor": ["Chef", "=1+1"], "share": [0.25, None], "n": [20, 25]}) if data is None else data
    columns = (Column("actor", {"sv": "Aktör", "en": "Actor"}), Column("share", WORDS, "percent"))
    verdict = Verdict("fails", {"share": 0.25}, WORDS)
    return Section(
        "demo",
        figures=(Figure("bars", WORDS, data, draw, WORDS, WORDS, SURVEY),),
        tables=(Table("rows", data, columns, WORDS, SURVEY),),
        facts=(Fact("demo.share", 0.25, WORDS, "share", ("actors",), "synthetic", n=20),),
        claims=(Claim("demo.works", WORDS, verdict, "survey", ("actors",), "synthetic"),),
    )


def test_write_gives_every_file_in_both_editions(tmp_path):
    outputs.write(section(), tmp_path, smallest_cell=5)

    got = sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file())
    expected = ["data/results/sections/demo.json"]
    for edition in ("en", "sv"):
        expected += [
            f"data/results/{edition}/tables/demo/{name}.{ending}"
            for name in ("claims", "rows")
            for ending in ("csv", "json", "md")
        ]
        expected += [f"figures/{edition}/demo/bars.{ending}" for ending in ("csv", "json", "png", "svg")]
        expected += [f"figures/{edition}/demo/narrow/bars.svg"]
    assert got == sorted(expected)


def test_written_files_are_the_same_bytes_again(tmp_path):
    for name in ("first", "second"):
        outputs.write(section(), tmp_path / name, smallest_cell=5)

    for path in (tmp_path / "first").rglob("*.*"):
        again = tmp_path / "second" / path.relative_to(tmp_path / "first")
        assert path.read_bytes() == again.read_bytes(), path.name


def test_a_layout_that_differs_in_its_last_bits_gives_the_same_bytes(tmp_path, monkeypatch):
    figure = Figure("lines", WORDS, LINES, draw_lines, WORDS, WORDS, SURVEY)
    outputs.write(Section("demo", (figure,), (), (), ()), tmp_path / "first", smallest_cell=5)
    monkeypatch.setattr(style.Layout, "execute", nudged(style.Layout.execute))
    outputs.write(Section("demo", (figure,), (), (), ()), tmp_path / "second", smallest_cell=5)

    for path in (tmp_path / "first").rglob("lines.*"):
        assert path.read_bytes() == (tmp_path / "second" / path.relative_to(tmp_path / "first")).read_bytes(), path.name


def test_axes_stand_where_they_stand_whatever_the_last_bits_of_the_solver_say(monkeypatch):
    expected = places()
    monkeypatch.setattr(ConstrainedLayoutEngine, "execute", nudged(ConstrainedLayoutEngine.execute))

    assert places() == expected


def nudged(execute):
    def lay_out(self, canvas):
        execute(self, canvas)
        for axis in canvas.axes:
            axis.set_position([edge + 1e-13 for edge in axis.get_position(original=True).bounds])
            axis.set_in_layout(True)

    return lay_out


def places():
    drawn = draw_lines(LINES, "sv")
    drawn.draw_without_rendering()
    return [axis.get_position().bounds for axis in drawn.axes]


def test_svg_keeps_text_as_escaped_text_with_its_fonts(tmp_path):
    outputs.write(section(), tmp_path, smallest_cell=5)
    svg = (tmp_path / "figures/sv/demo/bars.svg").read_text("utf-8")

    assert "Chefer &amp; &lt;b&gt;personal&lt;/b&gt;</text>" in svg
    assert "Källa: Enkäten. n\u00a0=\u00a045 svar. Syntetiska data." in svg
    assert set(re.findall(r"font-weight:(\d+)", svg)) == {"400", "600"}
    assert "<metadata>" not in svg and "http://www.w3.org/2000/svg" in svg


def test_sidecar_carries_alt_text_and_origin(tmp_path):
    outputs.write(section(), tmp_path, smallest_cell=5)
    got = json.loads((tmp_path / "figures/en/demo/bars.json").read_text("utf-8"))

    assert (got["alt"], got["origin"], got["n"]) == (WORDS["en"], "synthetic", 45)
    assert got["source_line"] == "Source: The survey. n\u00a0=\u00a045 answers. Synthetic data."


def test_table_is_semantic_and_escaped():
    got = tables.table_markdown(section().tables[0], "sv")

    assert '<th scope="col" style="text-align: left">Aktör</th>' in got
    assert '<th scope="row" style="text-align: left">=1+1</th><td style="text-align: right">–</td>' in got
    assert "Chefer &amp; &lt;b&gt;personal&lt;/b&gt;" in got
    assert "<tfoot>" in got and "Syntetiska data." in got


def test_csv_cells_cannot_start_a_formula():
    frame = pd.DataFrame({"text": ["=1+1", "@SUM(A1)", "plain"], "value": [-1.5, float("nan"), 2.0]})

    assert tables.to_csv(frame) == "text,value\n'=1+1,-1.5\n'@SUM(A1),\nplain,2\n"


def test_small_survey_cells_are_refused(tmp_path):
    data = pd.DataFrame({"actor": ["Chef"], "share": [0.25], "n": [4]})

    with pytest.raises(ValueError, match=r"demo/bars: 1 cell\(s\) in column n rest on fewer than 5"):
        outputs.write(section(data), tmp_path, smallest_cell=5)


@pytest.mark.parametrize(("rows", "refused"), [("persons", True), ("groups", False), ("entries", False)])
def test_small_cells_of_a_new_dataset_are_refused_where_its_rows_are_persons(tmp_path, monkeypatch, rows, refused):
    document = {"name": "employers", "path": "raw/employers.csv", "title": WORDS, "description": WORDS}
    document |= {"stream": "reference", "rows": rows, "synthetic": False, "source": WORDS, "licence": "CC BY 4.0"}
    document |= {"primaryKey": [], "missingValues": [""], "fields": [{"name": "n", "type": "integer", "title": WORDS}]}
    (tmp_path / "employers.yaml").write_text(json.dumps(document), "utf-8")
    monkeypatch.setattr("report_engine.contracts.contract.FOLDER", tmp_path)
    employers = Provenance(WORDS, "official", ("employers",))
    data, columns = pd.DataFrame({"n": [2]}), (Column("n", WORDS, "integer"),)
    figure = Figure("bars", WORDS, data, draw, WORDS, WORDS, employers)
    table = Table("rows", data, columns, WORDS, employers)
    contract.load.cache_clear()
    try:
        for item in (figure, table):
            if refused:
                with pytest.raises(
                    ValueError, match=rf"demo/{item.name}: 1 cell\(s\) in column n rest on fewer than 5"
                ):
                    outputs.refuse_small_cells(f"demo/{item.name}", item.data, item.provenance, 5)
            else:
                outputs.refuse_small_cells(f"demo/{item.name}", item.data, item.provenance, 5)
        if refused:
            with pytest.raises(ValueError, match="rest on fewer than 5"):
                outputs.write(Section("demo", (figure,), (table,), (), ()), tmp_path, smallest_cell=5)
    finally:
        contract.load.cache_clear()


def test_small_cells_of_public_statistics_pass():
    open_data = Provenance(WORDS, "official", ("municipal_accounts",))
    data = pd.DataFrame({"n": [1]})

    outputs.refuse_small_cells("demo/bars", data, open_data, 5)


def test_suppressed_and_missing_cells_look_different():
    column = Column("share", WORDS, "percent")

    assert tables.cell({"share": None, "share_suppressed": True}, column, "sv") == ".."
    assert tables.cell({"share": float("nan")}, column, "sv") == "–"


def test_a_suppressed_count_is_an_empty_cell_of_the_csv():
    frame = pd.DataFrame({"n": pd.array([7, None], dtype="Int64"), "actor": ["a", "b"]})

    assert tables.to_csv(frame) == "n,actor\n7,a\n,b\n"
    assert tables.cell({"n": pd.NA}, Column("n", WORDS, "integer"), "sv") == "–"


def test_what_there_are_no_data_for_is_no_reason_and_no_list(tmp_path):
    missing = {"sv": "Uppgifter saknas: Enkäten.", "en": "There are no data: The survey."}
    none = Claim("demo.unknown", WORDS, Verdict("untestable", {}, missing), "survey", ("actors", "exits"), "official")
    asked = replace(none, id="demo.unasked", verdict=Verdict("untestable", {}, WORDS))  # that is a reason
    made = section()
    outputs.write(replace(made, claims=(*made.claims, none, asked)), tmp_path, smallest_cell=5)
    outputs.merge(tmp_path, tmp_path, ["demo"], SETTINGS)
    merged = json.loads((tmp_path / "data/results/facts.json").read_text("utf-8"))
    assert merged["demo.unknown.reason"]["reasons"] == [merged["demo.unknown.reason"]["text"]]
    assert not any("reasons" in merged[f"demo.{name}.reason"] for name in ("unasked", "works"))
    assert "reasons" not in merged["report.listed_fails"]
    outputs.write(replace(made, claims=(none,)), tmp_path, smallest_cell=5)
    outputs.merge(tmp_path, tmp_path, ["demo"], SETTINGS)
    merged = json.loads((tmp_path / "data/results/facts.json").read_text("utf-8"))
    assert merged["report.listed_fails"]["reasons"] == []


def test_merge_and_load_give_back_what_was_written(tmp_path):
    outputs.write(section(), tmp_path, smallest_cell=5)
    outputs.merge(tmp_path, tmp_path, ["demo"], SETTINGS)
    facts, claims = outputs.load(tmp_path, "demo")

    assert facts["demo.share"] == section().facts[0]
    assert claims["demo.works"] == section().claims[0]
    merged = json.loads((tmp_path / "data/results/facts.json").read_text("utf-8"))
    assert merged["demo.works.verdict"]["text"] == {
        "sv": "håller inte i syntetiska data",
        "en": "does not hold in the synthetic data",
    }
    assert merged["demo.bars.caption"]["text"] == WORDS
    assert merged["report.claims_fails"]["value"] == 1
    for edition in EDITIONS:
        own = json.loads((tmp_path / f"data/results/{edition}/facts.json").read_text("utf-8"))
        assert own == {key: {**fact, "text": {edition: fact["text"][edition]}} for key, fact in merged.items()}
    judged = json.loads((tmp_path / "data/results/sv/claims.json").read_text("utf-8"))["demo.works"]
    assert judged["verdict"]["reason"].keys() == judged["statement"].keys() == {"sv"}
    placed = json.loads((tmp_path / "data/results/placements.json").read_text("utf-8"))
    assert placed == {"figures": ["demo/bars"], "tables": ["demo/rows", "demo/claims", "report/ledger"]}


def test_words_of_one_edition_change_nothing_that_the_others_documents_rest_on(tmp_path):
    def results(folder, said):
        its = section()
        claim = replace(its.claims[0], statement={**WORDS, "sv": said})
        outputs.write(replace(its, claims=(claim,)), folder, smallest_cell=5)
        outputs.merge(folder, folder, ["demo"], SETTINGS)
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for name in made("en")
            for path in [folder / name, *(folder / name).rglob("*")]
            if path.is_file()
        }

    got, expected = results(tmp_path / "after", "Andra ord"), results(tmp_path / "before", "Ord")
    assert {"data/results/en/facts.json", "data/results/en/claims.json"} <= expected.keys()
    assert got == expected


def test_a_fact_id_that_stands_twice_is_an_error(tmp_path):
    twice = section()
    twice = Section(twice.name, twice.figures, twice.tables, twice.facts * 2, twice.claims)

    with pytest.raises(ValueError, match=r"section demo: fact demo\.share stands there twice"):
        outputs.write(twice, tmp_path, smallest_cell=5)


def test_claims_are_counted_as_a_sentence_counts_them():
    def claims(**counts):
        return [
            Claim(f"demo.c{outcome}{i}", WORDS, Verdict(outcome, {}, WORDS), "survey", ("actors",), "synthetic")
            for outcome, count in counts.items()
            for i in range(count)
        ]

    few = tables.tally(claims(holds=5, borderline=1, fails=2, untestable=1))
    assert few["sv"] == "fem håller, ett är osäkert, två håller inte och ett kan inte prövas"
    assert few["en"] == "five hold, one is uncertain, two do not hold and one cannot be tested"
    many = tables.tally(claims(holds=58, borderline=2))
    assert (many["sv"], many["en"]) == ("58 håller och 2 är osäkra", "58 hold and 2 are uncertain")
    assert tables.tally(claims(fails=1))["en"] == "one does not hold"


def test_english_apostrophes_are_set_as_in_the_chapters(tmp_path):
    text = {"sv": "studiens", "en": "the study's and the staffs' don't"}
    assert outputs.typeset(text["en"], "en") == "the study’s and the staffs’ don’t"
    assert outputs.typeset("It's", "sv") == "It's"
    own = section()
    changed = Section(
        own.name, own.figures, own.tables, (*own.facts, Fact("demo.x", None, text, "text", (), "official")), own.claims
    )
    outputs.write(changed, tmp_path, smallest_cell=5)
    facts = json.loads((tmp_path / "data/results/sections/demo.json").read_text("utf-8"))["facts"]
    assert facts["demo.x"]["text"] == {"sv": "studiens", "en": "the study’s and the staffs’ don’t"}
