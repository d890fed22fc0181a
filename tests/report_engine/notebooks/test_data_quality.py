"""The notebook of the appendix, run on a small set of tidy tables."""

import itertools
import json
import re
from pathlib import Path

import pandas as pd
import pypandoc
import pytest

from report_engine.disclosure import keys
from report_engine.notebooks import data
from report_engine.notebooks.run import NotebookError, execute
from report_engine.provenance import place

CONFIG = 'municipalities: ["0581", "1282"]\nyears: {first: 2009, last: 2024}\n'
NOTEBOOK = place.STUDY / "notebooks" / "data_quality.ipynb"
HOSTILE = "Borlänge | {{< fact x >}} <b>"


def actors():
    people = [
        (wave, actor, f"{wave}-{actor}-{size}")
        for wave, actor, size in itertools.product([2016, 2018], ["social_worker", "participant"], ["large", "small"])
        for _ in range(3 if (wave, actor, size) == (2018, "social_worker", "small") else 6)
    ]
    frame = pd.DataFrame(people, columns=["wave", "actor", "stratum"])
    frame.insert(0, "respondent_id", [f"R{number:03}" for number in range(len(frame))])
    participant = frame["actor"] == "participant"
    frame["pes_collaboration"] = pd.Series(4.0, index=frame.index).mask(participant)
    frame["pes_collaboration_missing"] = pd.Series(None, index=frame.index, dtype="str").mask(participant, "dont_know")
    frame["effects_known"] = pd.Series(2.0, index=frame.index).mask(participant).mask(frame.index == 0)
    reason = pd.Series(None, index=frame.index, dtype="str").mask(participant, "not_asked")
    return frame.assign(effects_known_missing=reason.mask(frame.index == 0, "no_answer"))


def segments():
    rows = [
        ("GI01", start, start + 10, coder, "control" if start % 20 else "collab_pes", 1 if start % 30 else -1)
        for start in range(0, 120, 10)
        for coder in ("coder_a", "coder_b")
    ]
    rows[-1] = (*rows[-1][:4], "collab_pes", 0)
    frame = pd.DataFrame(rows, columns=["interview_id", "start", "end", "coder", "code", "stance"])
    return frame.assign(segment_id=[f"S{number:03}" for number in range(len(frame))])


def tables():
    survey_frame = actors()[["wave", "stratum", "actor"]].drop_duplicates().assign(population=40, invited=12)
    costs = pd.DataFrame(
        {"year": 2024, "municipality_code": ["2081", "2262"], "area_code": "610", "net_cost_tkr": [5, 7]}
    )
    return {
        "actors": actors(),
        "survey_frame": survey_frame,
        "segments": segments(),
        "interviews": pd.DataFrame(
            {"interview_id": ["GI01"], "primary_coder": ["coder_a"], "second_coder": ["coder_b"], "year": [2017]}
        ),
        "codebook": pd.DataFrame(
            {
                "code": ["poor_relief", "control", "collaboration", "collab_pes"],
                "parent": [None, "poor_relief", None, "collaboration"],
                "name_sv": ["Fattigvårdslogik", "Kontroll", "Samverkan", "Samverkan med Af"],
                "name_en": ["Poor-relief logic", "Control", "Collaboration", "Collaboration with the PES"],
            }
        ),
        "exits": pd.DataFrame(
            {
                "year": [2021, 2022, 2023],
                "municipality_code": "2081",
                "exit_to_work_or_study_percent": [None, 100.0, 25.6],
                "origin": "official",
            }
        ),
        "municipalities": pd.DataFrame({"municipality_code": ["2081", "2262"], "municipality": [HOSTILE, "Timrå"]}),
        "municipal_net_cost": costs.assign(origin="official"),
        "national_net_cost": pd.DataFrame(
            {"year": [2024], "area_code": ["610"], "net_cost_tkr": [11], "origin": ["official"]}
        ),
        "municipal_accounts": pd.DataFrame(
            {
                "year": [2024, 2023],
                "municipality_code": "2081",
                "area": "labour_market_measures",
                "gross_cost_tkr": pd.array([None, 9], dtype="Int64"),
                "revenue_tkr": pd.array([None, 2], dtype="Int64"),
                "net_cost_tkr": [5, 7],
                "origin": ["official", "synthetic"],
            }
        ),
    }


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "data" / "tidy"
    folder.mkdir(parents=True)
    for name, table in tables().items():
        table.to_parquet(folder / f"{name}.parquet", index=False)
    (tmp_path / keys.FILE).parent.mkdir()
    (tmp_path / keys.FILE).write_text("the same noise every time these tests run", "utf-8")
    (tmp_path / "config.yaml").write_text(f"{CONFIG}bootstrap: {{resamples: 200, seed: 1}}\nsmallest_cell: 5\n")
    return tmp_path


def blocks(markdown):
    return json.loads(pypandoc.convert_text(markdown, "json", "markdown"))["blocks"]


def test_the_appendix_in_swedish_is_the_same_every_time(root):
    got = execute(NOTEBOOK, ["sv"], root)["sv"]
    assert execute(NOTEBOOK, ["sv"], root)["sv"] == got
    found = blocks(got)
    assert [block["c"][1][0] for block in found if block["t"] == "Header"] == [
        f"sec-appendix-quality-{name}"
        for name in ("missing", "nonresponse", "response", "reliability", "outliers", "sums")
    ]
    divs = [block["c"] for block in found if block["t"] == "Div"]
    assert [div[0][0].removeprefix("tbl-appendix-quality-") for div in divs] == [
        "missing",
        "nonresponse-actor",
        "nonresponse-item",
        "response",
        "reliability",
        "outliers",
        "sums",
    ]
    assert all([block["t"] for block in div[1]] == ["Table", "Para"] for div in divs)
    plain = pypandoc.convert_text(got, "plain", "markdown", extra_args=["--wrap=none", "--columns=500"])
    assert "De obesvarade frågorna är för få för att visas." in plain  # all of a small group don't know: not to be told
    assert "Av 3 värden är 3 avvikande: 1 saknas, 1 är exakt 100 och 1 är språng." in plain
    assert "summerar inte till den publicerade för riket i 1 av 1 fall" in plain
    assert "Borlänge | {{< fact x >}} <b>" in plain
    strata = [line.split() for line in plain.splitlines() if re.search(r"20\d\d +(stora|små)", line)]
    hidden = {tuple(row[:3]) for row in strata if row[-1] == ".."}
    # three social workers in small municipalities in 2018: hidden, as are those whom noise makes as few
    assert ("Socialsekreterare", "2018", "små") in hidden
    assert len(strata) == 8 and f"({len(hidden)})" in plain


def test_the_appendix_in_english_names_what_it_shows(root):
    got = execute(NOTEBOOK, ["en"], root)["en"]
    plain = pypandoc.convert_text(got, "plain", "markdown", extra_args=["--wrap=none", "--columns=500"])
    for words in (
        "Item nonresponse in the survey",
        "Synthetic data.",
        "Official statistics.",
        "Poor-relief logic",
        "exactly 100",
    ):
        assert words in plain
    for words in ("Källa", "Syntetiska", "procent", " saknas"):
        assert words not in plain


def test_without_a_second_coder_the_appendix_says_so(root):
    alone = tables()["interviews"].assign(second_coder=pd.Series([None], dtype="str"))
    alone.to_parquet(root / "data" / "tidy" / "interviews.parquet", index=False)
    assert "No interview was coded by two coders." in execute(NOTEBOOK, ["en"], root)["en"]


def test_without_tidy_tables_the_first_cell_says_what_to_do(tmp_path):
    (tmp_path / "config.yaml").write_text(CONFIG)
    with pytest.raises(
        NotebookError, match=r'cell 2 \("setup"\): FileNotFoundError: data/tidy has no tables: run `bin/report build`'
    ):
        execute(NOTEBOOK, ["sv"], tmp_path)


def test_the_notebook_is_stored_without_outputs_and_with_ids_in_words():
    book = json.loads(NOTEBOOK.read_text("utf-8"))
    code = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    assert (book["nbformat"], book["nbformat_minor"]) == (4, 5)
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    ids = [cell["id"] for cell in book["cells"]]
    assert len(set(ids)) == len(ids)
    assert [cell["id"] for cell in code][:2] == ["setup", "missing"]


def test_the_project_is_found_from_the_notebooks_folder(root):
    inside = root / "analysis" / "notebooks"
    inside.mkdir(parents=True)
    assert data.project(None, inside) == root
    assert data.project("elsewhere", inside) == Path("elsewhere")
    assert data.project(None, Path("/")) == Path("/")
