import shutil
import subprocess
import sys

import pytest

from analysis.synthetic import common, interviews, spending
from analysis.synthetic.__main__ import main
from analysis.synthetic.common import Draws, whole_parts
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
    monkeypatch.setattr(spending, "NATIONAL_NET_COST_TKR", 5_000_000)
    monkeypatch.setattr(interviews, "NO_STANCE", 0.5)
    after = generate(DATA)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"raw/spending/municipal_accounts.csv", "raw/interviews/segments.csv"}


def test_draws_depend_on_the_dataset_and_on_nothing_else():
    first, again, other = Draws("actors"), Draws("actors"), Draws("segments")
    got = [first.normal() for _ in range(3)]
    assert got == [again.normal() for _ in range(3)]
    assert got != [other.normal() for _ in range(3)]


def test_a_walk_is_zero_in_its_anchor_year():
    walk = Draws("test").walk(range(2009, 2025), 0.05, anchor=2017)
    assert walk[2017] == 0
    assert len(set(walk.values())) == 16


@pytest.mark.parametrize(
    ("total", "weights", "expected"),
    [(10, [1, 1, 1], [4, 3, 3]), (7, [0, 2, 5], [0, 2, 5]), (0, [1, 2], [0, 0]), (1, [0.2, 0.8], [0, 1])],
)
def test_whole_parts_add_up_by_largest_remainder(total, weights, expected):
    assert whole_parts(total, weights) == expected


def test_weighted_draws_never_give_a_weight_of_zero():
    draws = Draws("test")
    assert {draws.weighted({"a": 0.0, "b": 1.0, "c": 0.0}) for _ in range(50)} == {"b"}


def test_the_share_of_the_eleven_is_their_share_of_the_population():
    reference = common.read_reference(DATA / "reference")
    assert reference.share == pytest.approx(742_807 / (10_732_616 / 1.067), abs=1e-6)
