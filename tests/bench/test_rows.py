"""Every row's edit makes a difference in both commits."""

import subprocess
from pathlib import Path

import pytest

from tests.bench.contestants import ROOT, THEN
from tests.bench.rows import ROWS, Change, Version, cell, dearer

CHANGES = [(row.name, change) for row in ROWS for change in (row.before, row.change) if change]


def test_a_value_is_replaced_in_the_first_row_that_has_it() -> None:
    table = 'id,code,text\n1,b,"x, y"\n2,a,"x, a"\n3,a,z\n'
    got = cell("code", {"a": "c"})(table)
    assert got == 'id,code,text\n1,b,"x, y"\n2,c,"x, a"\n3,a,z\n'


def test_the_last_column_is_replaced_too() -> None:
    assert cell("code", {"a": "c"})("id,code\n1,a\n") == "id,code\n1,c\n"


def test_a_dearer_row_still_adds_up() -> None:
    got = dearer("gross_cost_tkr,revenue_tkr,net_cost_tkr\n50,20,30\n7,2,5\n")
    assert got == "gross_cost_tkr,revenue_tkr,net_cost_tkr\n60,20,40\n7,2,5\n"


@pytest.mark.parametrize("version", ["now", "then"])
def test_every_row_changes_its_file(version: Version, tmp_path: Path) -> None:
    for _, change in CHANGES:  # `before` comes first, and what it changes is changed back
        path = tmp_path / change.files[version]
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_content(change.files[version], version))
        before = path.read_bytes()
        change.apply(tmp_path, version)
        assert path.read_bytes() != before


def test_an_edit_that_changes_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a", "utf-8")
    with pytest.raises(ValueError, match="file is as it was"):
        Change({"now": "file", "then": "file"}, lambda text: text).apply(tmp_path, "now")


def _content(name: str, version: Version) -> bytes:
    if version == "now":
        return (ROOT / name).read_bytes()
    done = subprocess.run(["git", "show", f"{THEN}:{name}"], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"{THEN} is not in this clone")
    return done.stdout
