"""Releases on disk, and what a reviewer has ticked."""

import contextlib
import dataclasses
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report_engine.changes import store, ticks
from report_engine.changes.compare import compare
from report_engine.changes.state import Dataset, State
from report_engine.changes.store import Refused
from report_engine.changes.text import lines
from report_engine.contracts import contract
from report_engine.model.document import DocumentError
from report_engine.provenance.digests import digest
from report_engine.words.editions import EDITIONS, Edition
from tests.report_engine.changes.states import claim, fact, state
from tests.report_engine.changes.test_page import written

ACTORS = [{"respondent_id": "R1", "wave": 2018, "glad": 1}, {"respondent_id": "R2", "wave": 2018, "glad": 2}]
FRAME = [{"wave": 2018, "stratum": "2018-staff-large", "population": 4, "invited": 2}]
EXITS = [{"year": 2023, "municipality_code": "0581", "share": 0.25}]


def tidy(name: str, rows: list[dict[str, Any]]) -> None:
    path = Path("data/tidy") / f"{name}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows), path)


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> State:
    monkeypatch.chdir(tmp_path)
    tidy("actors", ACTORS)
    tidy("survey_frame", FRAME)
    tidy("exits", EXITS)
    return state("", data=datasets())


def datasets() -> dict[str, Dataset]:
    """Read what is to be kept of the tidy tables here, and of their raw files."""
    names = ("actors", "survey_frame", "exits")
    return {name: store._dataset(name, sorted(Path().glob(f"{name}.csv"))) for name in names}


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_release_is_read_back_as_it_was(built: State) -> None:
    store.keep(built, "v1", None, [])
    assert store.load("v1") == dataclasses.replace(built, name="v1")
    assert store.claims("v1") == built.claims
    assert compare(store.load("v1"), built, store.row_diffs(store.load("v1"), built)).changes == ()


def test_the_same_state_gives_the_same_bytes(built: State) -> None:
    one, other = (bytes_of(store.keep(built, name, "because", ["staff.pressure"])) for name in ("v1", "v2"))
    assert one == other
    assert store.names() == ("v1", "v2")


def test_of_persons_and_small_groups_how_many_rows_there_are_is_kept_and_nothing_else(built: State) -> None:
    folder = store.keep(built, "v1", None, [])
    assert store.load("v1").data["actors"] == Dataset(rows=2)
    assert store.load("v1").data["survey_frame"] == Dataset(rows=1)
    assert [path.name for path in (folder / "tidy").iterdir()] == ["exits.parquet"]
    assert pq.read_table(folder / "tidy/exits.parquet").to_pylist() == EXITS


def test_rows_that_stay_are_lists_and_what_others_have_published() -> None:
    lists = {"codebook", "municipalities", "studies"}
    prices_and_people = {"consumer_prices", "population", "unemployment", "social_assistance"}
    costs_and_exits = {"municipal_net_cost", "national_net_cost", "labour_units_national", "exits"}
    assert contract.public(contract.load_all()) == lists | prices_and_people | costs_and_exits


@given(
    st.lists(st.fixed_dictionaries({"respondent_id": st.text(), "glad": st.integers(1, 5)}), min_size=2, max_size=2),
    st.integers(1, 9),
)
@settings(max_examples=20, deadline=None)
def test_a_release_is_the_same_bytes_whoever_answered_and_whatever(answers: list[dict[str, Any]], asked: int) -> None:
    with TemporaryDirectory() as folder, contextlib.chdir(folder):
        kept = []
        for name, rows, frame in (("v1", ACTORS, FRAME), ("v2", answers, [{**FRAME[0], "population": asked}])):
            tidy("actors", rows)
            tidy("survey_frame", frame)
            tidy("exits", EXITS)
            Path("actors.csv").write_text(str(rows), "utf-8")
            Path("survey_frame.csv").write_text(str(frame), "utf-8")
            kept.append(bytes_of(store.keep(state("", data=datasets()), name, None, [])))
    assert kept[0] == kept[1]


def test_a_release_that_keeps_traces_of_persons_is_refused(built: State) -> None:
    folder = store.keep(built, "v1", None, [])
    about = folder / "release.yaml"
    kept = "\n    files: {actors.csv: aa}\n    tidy: bb\n"
    about.write_text(about.read_text("utf-8").replace("\n    rows: 2\n", kept), "utf-8")
    with pytest.raises(DocumentError, match=r"v1 keeps .* \(actors\).* Delete report/releases/v1 and its line in"):
        store.load("v1")
    assert store.claims("v1") == built.claims


@pytest.mark.parametrize("edition", EDITIONS)
def test_two_releases_with_one_respondent_between_them_show_how_many_there_are_and_nothing_else(
    built: State, edition: Edition
) -> None:
    store.keep(built, "v1", None, [])
    tidy("actors", [*ACTORS, {"respondent_id": "R3-token", "wave": 2018, "glad": 97531}])
    tidy("survey_frame", [{**FRAME[0], "population": 86420}])
    now = dataclasses.replace(built, data=datasets())
    store.keep(now, "v2", None, [])
    old = store.load("v1")
    comparison = compare(old, store.load("v2"), store.row_diffs(old, now))
    assert [change.key for change in comparison.changes] == ["data/actors"]
    assert [side["rows"] for side in (comparison.changes[0].old, comparison.changes[0].new)] == [2, 3]
    made = str(bytes_of(store.FOLDER)) + written(comparison, edition) + "\n".join(lines(comparison, {}, edition))
    digests = [digest(Path(f"data/tidy/{name}.parquet")) for name in ("actors", "survey_frame")]
    assert [token for token in ("R3-token", "97531", "86420", *digests) if token in made] == []


def test_rows_are_compared_with_those_kept(built: State) -> None:
    store.keep(built, "v1", None, [])
    tidy("actors", [{**ACTORS[0], "glad": 5}])
    tidy("exits", [{**EXITS[0], "share": 0.5}, {**EXITS[0], "year": 2024}])
    now = dataclasses.replace(built, data=datasets())
    got = store.row_diffs(store.load("v1"), now)
    assert got.keys() == {"exits"}
    assert got["exits"].changed_examples == (((2023, "0581"), {"share": (0.25, 0.5)}),)
    assert got["exits"].added_examples == ((2024, "0581"),)
    assert "actors: 2 rows before, 1 now" in "\n".join(lines(compare(store.load("v1"), now, got), {}, "en"))


def test_rows_of_a_table_left_out_are_not_compared(built: State) -> None:
    store.keep(built, "v1", None, [])
    Path("data/tidy/exits.parquet").unlink()
    now = dataclasses.replace(built, data=built.data | {"exits": store._dataset("exits", [])})
    assert store.row_diffs(store.load("v1"), now) == {}
    assert [change.key for change in compare(store.load("v1"), now).changes] == ["data/exits"]
    store.keep(now, "v2", None, [])
    assert store.row_diffs(store.load("v2"), built) == {}


@pytest.mark.parametrize(
    "name", ["", "a b", "../v1", ".hidden", "v1/2", "CON", "nul.txt", "index.yaml", "v1.", "x" * 41, "å"]
)
def test_what_can_name_no_folder_is_refused(built: State, name: str) -> None:
    with pytest.raises(Refused, match="can't name a release"):
        store.check_name(name)


def test_a_release_is_never_written_over(built: State) -> None:
    store.check_name("v1.0-rc_1")
    store.keep(built, "v1", None, [])
    for name in ("v1", "V1"):
        with pytest.raises(Refused, match="already"):
            store.check_name(name)


def test_the_last_release_is_the_last_in_the_list(built: State) -> None:
    with pytest.raises(Refused, match="no release yet"):
        store.find(None)
    for name in ("v2", "v1"):
        store.keep(built, name, None, [])
    assert (store.find(None), store.find("v2")) == ("v1", "v2")
    with pytest.raises(Refused, match=r"no release 'v22'; there are: v2, v1\. Did you mean 'v2'\?"):
        store.find("v22")


def test_a_release_that_is_not_whole_is_named(built: State) -> None:
    folder = store.keep(built, "v1", None, [])
    (folder / "facts.json").unlink()
    with pytest.raises(DocumentError, match=r"report/releases/v1/facts\.json: it is not as it was released"):
        store.load("v1")
    for content in ("<<<<<<< HEAD", "[]", '{"staff.pressure": {"verdict": "holds"}}'):
        (folder / "claims.json").write_text(content, "utf-8")
        with pytest.raises(DocumentError, match="restore it from version control"):
            store.claims("v1")
    (folder / "release.yaml").write_text("edition: en\ndata: {actors: 1}\n", "utf-8")
    with pytest.raises(
        DocumentError,
        match=r"line 2: it is not as it was released \(data\.actors: expected keys and values, found 1\): restore",
    ):
        store.load("v1")
    store.INDEX.write_text("v1: v2\n", "utf-8")
    with pytest.raises(DocumentError, match=r"index\.yaml, line 1: expected a list, found"):
        store.names()


def changed(outcome: str = "fails", value: float = 0.4) -> Any:
    return compare(
        state(), state(facts={"staff.high": fact(value)}, claims={"staff.pressure": claim(outcome, str(value))})
    )


def test_a_tick_lapses_when_the_change_is_another() -> None:
    changes = changed().changes
    marked = ticks.add({}, changes, ["all"])
    assert [ticks.is_seen(change, marked) for change in changes] == [True, True]
    assert [ticks.is_seen(change, marked) for change in changed(value=0.3).changes] == [False, False]
    assert ticks.add(marked, changed(value=0.3).changes, []) == {}


@pytest.mark.parametrize("choice", ["claims", "claims/staff.pressure"])
def test_changes_are_ticked_by_kind_or_name(choice: str) -> None:
    assert list(ticks.add({}, changed().changes, [choice])) == ["claims/staff.pressure"]
    with pytest.raises(Refused, match=r"Did you mean 'claims/staff\.pressure'"):
        ticks.add({}, changed().changes, ["claims/staff.presure"])


def test_ticks_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "seen.yaml"
    assert ticks.read(path) == {}
    marked = ticks.add({}, changed().changes, ["all"]) | {"prose/sv/staff.qmd:0e12": "123456789012"}
    path.write_text(ticks.content(marked), "utf-8")
    assert ticks.read(path) == marked
    path.write_text("- a\n", "utf-8")
    with pytest.raises(DocumentError, match=r"seen\.yaml, line 1: expected keys and values, found \["):
        ticks.read(path)
