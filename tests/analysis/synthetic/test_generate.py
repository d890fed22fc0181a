import shutil
import subprocess
import sys
from collections import Counter
from itertools import pairwise

import pytest

from analysis.synthetic import interviews, spending
from analysis.synthetic.__main__ import main
from analysis.synthetic.common import chosen, evenly, stream, walk, whole_parts
from analysis.synthetic.generate import generate
from report_engine.contracts.contract import load_all
from tests.analysis.synthetic.shipped import DATA

HAND_WRITTEN = {"raw/interviews/codebook.csv", "raw/literature/studies.csv"}


@pytest.fixture
def copy(tmp_path):
    """A copy of what the generator reads: the reference series and the codebook."""
    shutil.copytree(DATA / "reference", tmp_path / "data/reference")
    (tmp_path / "data/raw/interviews").mkdir(parents=True)
    shutil.copy(DATA / "raw/interviews/codebook.csv", tmp_path / "data/raw/interviews")
    return tmp_path


def test_a_rerun_writes_the_shipped_files_byte_for_byte(copy, monkeypatch, capsys):
    monkeypatch.chdir(copy)
    assert main() == 0
    made = sorted(path.relative_to(copy / "data").as_posix() for path in (copy / "data/raw").rglob("*.csv"))
    assert set(made) == {contract.path for contract in load_all().values() if contract.path.startswith("raw/")} - {
        "raw/literature/studies.csv"
    }
    for name in made:
        assert (copy / "data" / name).read_bytes() == (DATA / name).read_bytes(), name
    assert "data/raw/survey/actors.csv: 917 rows" in capsys.readouterr().out


def test_the_command_says_where_to_run_it(tmp_path):
    run = subprocess.run(
        [sys.executable, "-m", "analysis.synthetic"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert run.returncode == 2
    assert "Run this in the repository's top folder" in run.stderr


def test_every_raw_dataset_is_generated_or_written_by_hand():
    raw = {contract.path for contract in load_all().values() if contract.path.startswith("raw/")}
    assert set(generate(DATA)) | HAND_WRITTEN == raw


def test_a_change_in_one_dataset_does_not_shift_another(monkeypatch):
    before = generate(DATA)
    monkeypatch.setitem(spending.NET_COST_2017, "0581", 70_000)
    monkeypatch.setattr(interviews, "NO_STANCE", 0.5)
    after = generate(DATA)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"raw/spending/municipal_accounts.csv", "raw/interviews/segments.csv"}


def test_a_walk_is_zero_in_its_anchor_year():
    path = walk(range(2009, 2025), 0.05, "test")
    assert path[2017] == 0
    assert len(set(path.values())) == 16


def test_a_few_even_chances_are_spread_over_the_unit_interval():
    chances = sorted(evenly(n, "test") for n in range(10))
    assert max(after - before for before, after in pairwise([chances[-1] - 1, *chances])) < 0.2


@pytest.mark.parametrize(
    ("total", "weights", "expected"),
    [(10, [1, 1, 1], [4, 3, 3]), (7, [0, 2, 5], [0, 2, 5]), (0, [1, 2], [0, 0]), (1, [0.2, 0.8], [0, 1])],
)
def test_whole_parts_add_up_by_largest_remainder(total, weights, expected):
    assert whole_parts(total, weights) == expected


def test_choices_come_in_proportion_to_their_weights():
    got = Counter(chosen({"a": 1.0, "b": 3.0}, n) for n in range(1_000))
    assert got["b"] == pytest.approx(750, abs=45)


def test_shuffled_items_are_the_same_items():
    assert sorted(stream("test").shuffled(range(20))) == list(range(20))
