"""Kept answers: whole or not at all, found again byte by byte, and not believed once somebody has changed them."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_engine.fetch import store
from report_engine.fetch.store import Kept
from tests.report_engine.readers.official import as_bytes

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def kept(url: str, content: object) -> Kept:
    return Kept(url, NOW.isoformat(), '"e"', as_bytes(content))


@given(bodies=st.lists(st.dictionaries(st.text(max_size=4), st.text(max_size=6), max_size=3), min_size=1, max_size=4))
def test_answers_come_back_as_they_were_put_together(
    bodies: list[object], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("kept")
    answers = [kept(f"https://x/{at}", body) for at, body in enumerate(bodies)]
    store.replace_kept(folder, "a", answers)
    assert store.kept(folder, "a") == answers


def test_one_file_is_replaced_and_the_others_stay_in_the_manifest(tmp_path: Path) -> None:
    store.replace_kept(tmp_path, "a", [kept("u", {"a": 1})])
    store.replace_kept(tmp_path, "b", [kept("u", {"b": 1})])
    store.replace_kept(tmp_path, "a", [kept("u", {"a": 2})])
    assert store.kept(tmp_path, "a")[0].body == b'{"a": 2}'
    assert store.kept(tmp_path, "b")[0].body == b'{"b": 1}'


@pytest.mark.parametrize("before_the_manifest", [False, True])
def test_a_break_while_writing_leaves_whole_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before_the_manifest: bool
) -> None:
    store.replace_kept(tmp_path, "a", [kept("u", {"a": 1})])
    true_replace = os.replace

    def broken(old: str, new: Path) -> None:
        if new.name == store.MANIFEST or not before_the_manifest:
            raise OSError(28, "No space left on device")
        true_replace(old, new)

    monkeypatch.setattr(os, "replace", broken)
    with pytest.raises(OSError, match="No space"):
        store.replace_kept(tmp_path, "a", [kept("u", {"a": 2})])
    assert (tmp_path / "a.json").read_bytes() == (b'{"a": 2}' if before_the_manifest else b'{"a": 1}')
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", store.MANIFEST]
    # the manifest does not fit the new file: it is fetched anew, and no etag is believed
    assert bool(store.kept(tmp_path, "a")) is not before_the_manifest


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a.json": 1}', '{"a.json": {"sha256": "x", "answers": [{}]}}'])
def test_a_damaged_manifest_counts_as_none(tmp_path: Path, text: str) -> None:
    store.replace_kept(tmp_path, "a", [kept("u", {"a": 1})])
    (tmp_path / store.MANIFEST).write_text(text)
    assert store.kept(tmp_path, "a") == []
    store.replace_kept(tmp_path, "a", [kept("u", {"a": 2})])
    assert len(store.kept(tmp_path, "a")) == 1


def test_held_answers_are_taken_up_for_a_day_and_only_whole(tmp_path: Path) -> None:
    answer = kept("https://x/1", {"a": 1})
    store.hold(tmp_path, answer)
    assert store.held(tmp_path, answer.url, NOW + timedelta(hours=23)) == answer
    assert store.held(tmp_path, answer.url, NOW + timedelta(hours=25)) is None
    assert store.held(tmp_path, answer.url, NOW - timedelta(hours=1)) is None
    assert store.held(tmp_path, "https://x/2", NOW) is None
    [file] = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    assert store.held(tmp_path, answer.url, NOW) is None
