"""The way back from a number to the rows of its raw files: a small project, and the command."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from report_engine import trace
from report_engine.commands import app
from report_engine.contracts import contract
from report_engine.readers import Source, parse
from report_engine.trace import code, command, rows
from report_engine.words import texts
from report_engine.words.spoken import ASKED

ROOT = Path(__file__).resolve().parents[3]

FACT = {"value": 0.5, "unit": "share", "text": {"sv": "50 procent", "en": "50 per cent"}, "tables": ["actors"]}
FACT |= {"origin": "synthetic", "low": 0.4, "high": 0.6, "n": 20}
VERDICT = {
    "outcome": "holds",
    "numbers": {"share": 0.5},
    "reason": {"sv": "Därför.", "en": "Therefore."},
    "effect": None,
}
CLAIM = {"verdict": VERDICT, "figure": "demo/bars", "rests_on": [], "tables": ["actors"], "origin": "synthetic"}
CLAIM |= {
    "citations": [],
    "dissent": [],
    "robustness": {"same": 9, "draws": 10, "over": {"sv": "urval", "en": "samples"}},
}
SIDECAR = {"caption": "Bildtext.", "origin": "synthetic", "n": 20, "suppressed": 1, "tables": ["actors"]}
PROVENANCE = {"code": {"module": "analysis.sections.demo", "hash": "abc"}, "parameters": {"price_base": 2023}}
CHAPTER = """# Demo

Inget här. Det är
{{< fact demo.share >}} som svarat. Att [de flesta
svarat {{< fact demo.share >}}]{.claim #claim-demo-works} prövas.

![{{< fact demo.bars.caption >}}](/figures/sv/demo/bars.svg){#fig-demo-bars}
"""
MODULE = """
def build(inputs):
    return [f"demo.{name}_gap" for name in ("a", "b")]

def facts(frame):
    return {"demo.share": frame["pes_collaboration"]}

def claim_works(frame):
    return True
"""


def results(root=Path(), **changes):
    known = {
        "root": root,
        "facts": {"demo.share": FACT, "demo.works.verdict": FACT | {"low": None}, "demo.bars.caption": FACT},
        "claims": {"demo.works": CLAIM, "end.all": CLAIM | {"rests_on": ["demo.works", "end.all"]}},
        "figures": ("demo/bars",),
        "tables": ("demo/rows",),
        "sources": {"actors": {}},
        "chapters": {"sv/demo.qmd": CHAPTER},
    }
    return trace.Results(**known | changes)


def of(name, **changes):
    return trace.trace(results(**changes), name, lambda table, used: [f"<{table}>"])


def test_a_fact_leads_from_its_sentence_to_its_table():
    assert of("demo.share") == [
        "fact demo.share",
        "  value: 0.5 (share)",
        "  written: “50 procent”, “50 per cent”",
        "  95 per cent interval: 0.4 to 0.6",
        "  n: 20; origin: synthetic",
        "where it stands:",
        "  report/sv/demo.qmd, line 4: Det är 50 procent som svarat.",
        "  report/sv/demo.qmd, line 5: Att de flesta svarat 50 procent prövas.",
        "how it is computed:",
        "  by no section of this project",
        "what it is computed from:",
        "  <actors>",
    ]


def test_a_claim_leads_to_its_sentence_reason_and_robustness():
    got = of("claim-demo-works")
    assert got[0] == "claim demo.works"
    assert "  report/sv/demo.qmd, line 4: de flesta svarat 50 procent" in got
    assert {"  verdict: holds", "  the same in 9 of 10: samples", "it is shown by: demo/bars"} <= set(got)


def test_a_verdict_leads_to_its_claim():
    got = of("demo.works.verdict")
    assert "it is said of the claim demo.works:" in got and "    verdict: holds" in got


def test_what_a_conclusion_rests_on_is_followed_once():
    got = of("end.all")
    at = got.index("it rests on:")
    assert got[at + 1 : at + 3] == ["  demo.works: holds", "  end.all: holds"]


@pytest.mark.parametrize("name", ["demo/bars", "fig-demo-bars", "demo.bars", "#fig-demo-bars"])
def test_a_figure_leads_to_its_sidecar_and_place(tmp_path, name):
    (tmp_path / "figures/sv/demo").mkdir(parents=True)
    (tmp_path / "figures/sv/demo/bars.json").write_text(json.dumps(SIDECAR), "utf-8")
    (tmp_path / "data/results/provenance").mkdir(parents=True)
    (tmp_path / "data/results/provenance/demo.json").write_text(json.dumps(PROVENANCE), "utf-8")
    got = of(name, root=tmp_path)
    assert got[:2] == ["figure demo/bars", "  caption (sv): Bildtext."]
    assert {"  report/sv/demo.qmd, line 7", "  n: 20; origin: synthetic; suppressed cells: 1"} <= set(got)
    assert any("hash abc" in line and "price_base 2023" in line for line in got)


@pytest.mark.parametrize("name", ["demo.shar", "demo/shares", "fact demo.share"])
def test_an_unknown_id_names_the_nearest(name):
    with pytest.raises(trace.Untraceable) as error:
        of(name)
    assert str(error.value.lines[0]) == f"There is no fact, claim, figure or table {name!r}."
    assert "demo.share" in str(error.value.lines[1])


@given(st.text(max_size=30) | st.text("demo.shareworks/-_#@", max_size=20))
def test_any_id_is_traced_or_refused(name):
    try:
        assert of(name)
    except trace.Untraceable as error:
        assert error.lines


@pytest.fixture
def sections(tmp_path):
    (tmp_path / "analysis/sections").mkdir(parents=True)
    for name in ("analysis/__init__.py", "analysis/sections/__init__.py"):
        (tmp_path / name).write_text("", "utf-8")
    (tmp_path / "analysis/sections/demo").mkdir()
    (tmp_path / "analysis/sections/demo/__init__.py").write_text(MODULE, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("share", ["6: facts"]),
        ("share_interval", ["6: facts"]),
        ("works", ["8: claim_works"]),
        ("a_gap", ["3: build"]),
        ("x", ["2: build"]),
    ],
)
def test_the_function_is_found_that_makes_a_result(sections, name, expected):
    got = code.spots(sections, "demo", name)
    assert {spot.file for spot in got} == {"analysis/sections/demo/__init__.py"}
    assert [f"{spot.line}: {spot.function}" for spot in got] == expected


def test_every_claim_of_a_shipped_section_has_its_declaration():
    for name in texts.load("staff").keys("claims"):
        assert code.spots(ROOT, "staff", name)[0].function == "CLAIMS", name
    assert "net_cost_tkr" in code.words(ROOT, "background")


def raw(name, text):
    return parse(text.encode(), "a.csv", contract.load(name))


def test_example_rows_are_those_of_the_municipalities_studied_and_carry_their_number():
    text = "year,municipality_code,area,gross_cost_tkr,revenue_tkr,net_cost_tkr,origin,source\n" + "".join(
        f"2020,{place},{area},,,5,synthetic,x\n"
        for place in ("0180", "0581")
        for area in ("labour_market_measures", "social_assistance")
    )
    its, table = contract.load("municipal_accounts"), raw("municipal_accounts", text)
    chosen = rows.eligible(table, its, {"labour_market_measures"}, {"municipality_code": ["0581"]})
    assert rows.examples(table, its, ["net_cost_tkr", "source"], chosen, "en") == [
        "row 4: year 2020, municipality_code 0581, area labour_market_measures, net_cost_tkr 5"
    ]


def test_of_persons_the_file_its_rows_counted_and_the_columns_used_are_shown(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("hemligt", "utf-8")
    tidy = {"path": "data/tidy/segments.parquet", "rows": 2400, "sha256": "0" * 64, "columns": ["code", "stance"]}
    known = {"tidy": tidy, "raw": [{"path": "a.csv", "rows": 2400, "sha256": "1" * 64}]}
    got = rows.lines("segments", known, contract.load("segments"), Source((path,)), {"stance", "collab_pes"}, {}, "en")
    assert got == [
        "segments: data/tidy/segments.parquet, 2400 rows",
        "  columns in the section's code: stance",
        "  a.csv: 2400 rows (changed since the last build)",
        "    the rows hold persons: none is shown",
    ]


def test_a_raw_file_that_changed_since_the_build_is_said_to_have_changed(tmp_path):
    its = contract.load("unemployment")
    path = tmp_path / "a.csv"
    path.write_bytes((ROOT / "data" / its.path).read_bytes())
    known = {
        "tidy": {
            "path": "data/tidy/unemployment.parquet",
            "rows": 25,
            "sha256": "0" * 64,
            "columns": list(its.columns),
        },
        "raw": [{"path": "a.csv", "rows": 25, "sha256": "1" * 64}],
    }
    got = rows.lines("unemployment", known, its, Source((path,)), {"year"}, {}, "en")
    assert got[2] == "  a.csv: 25 rows, sha256 111111111111 (changed since the last build)"
    assert got[3].startswith("    row 2: year ")


def test_before_the_first_build_it_says_what_to_run(tmp_path):
    with pytest.raises(trace.Untraceable, match="run `bin/report build` first"):
        command.lines(tmp_path, "demo.share")


def test_the_command_ends_with_status_2_for_an_unknown_id(monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(trace, "load", lambda root, spoken: results(spoken=spoken))
    result = CliRunner().invoke(app, ["trace", "demo.shar"])
    assert result.exit_code == 2
    assert "Nearest: demo.share" in result.output


def test_the_command_prints_the_way(monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(trace, "load", lambda root, spoken: results(sources={}, spoken=spoken))
    result = CliRunner().invoke(app, ["trace", "demo.share"])
    assert result.exit_code == 0
    assert result.output.startswith("fact demo.share\n")
    assert result.output.endswith("  actors: not among the tidy tables\n")


def test_the_way_is_written_in_the_language_asked_for(monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv(ASKED, "sv")
    monkeypatch.setattr(trace, "load", lambda root, spoken: results(sources={}, spoken=spoken))
    got = CliRunner().invoke(app, ["trace", "end.all"]).output
    assert got.startswith("påstående end.all\n  utfall: håller\n") and "\ndet vilar på:\n  demo.works: håller\n" in got
    assert "Närmast: demo.share" in CliRunner().invoke(app, ["trace", "demo.shar"]).output
