"""A clone holds the bytes that were committed, also where git is set to change line ends."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = {
    "data/raw/survey/actors.csv": b"id;answer\r\n1;yes\n2;no\r\n",  # as exports mix them
    "data/raw/spending/accounts.csv": b"a,b\n1,2\n",
    "report/references.bib": b"@book{a,\r\n title = {B}}\r\n",
    "report/sv/text.qmd": "Å\n\rb\r\n".encode(),
    "report/filters/new.lua": b"-- a\r\n",
    "report/theme/fonts/A.ttf": b"\x00\x01\r\n\x1a\n",
    "report/theme/reference.docx": b"PK\x03\x04\r\n\n",
    "docs/picture.png": b"\x89PNG\r\n\x1a\n",
    "tests/data/export.json": b'{"a":\r\n1}\n',
    "nothing": b"",
}


@pytest.mark.parametrize("setting", ["true", "input", "false"])
def test_every_line_end_survives_a_commit_and_a_clone(tmp_path, setting):
    source = tmp_path / "source"
    for name, content in FILES.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes(content)
    shutil.copy(ROOT / ".gitattributes", source)

    got = cloned(source, tmp_path / "clone", setting)
    assert {name: (got / name).read_bytes() for name in FILES} == FILES


@pytest.mark.parametrize("setting", ["true", "input"])
def test_every_tracked_file_has_its_bytes_in_a_clone(tmp_path, setting):
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout of git: there is nothing to clone")
    tracked = [name for name in git(ROOT, "ls-files", "-z").split("\0") if (ROOT / name).is_file()]
    source = tmp_path / "source"
    for name in tracked:
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, source / name)

    got = cloned(source, tmp_path / "clone", setting)
    assert len(tracked) > 500
    assert [name for name in tracked if (got / name).read_bytes() != (ROOT / name).read_bytes()] == []


def cloned(source: Path, target: Path, setting: str) -> Path:
    """Commit everything in ``source`` and clone it, both with ``core.autocrlf`` so and line ends as on Windows."""
    set_so = ("-c", f"core.autocrlf={setting}", "-c", "core.safecrlf=false")
    git(source, *set_so, "init", "--quiet")
    git(source, *set_so, "add", "--force", "--all")
    git(source, *set_so, "-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "--quiet", "-m", "All")
    git(source, *set_so, "clone", "--quiet", "--no-local", "--config", f"core.autocrlf={setting}", ".", str(target))
    return target


def git(folder: Path, *arguments: str) -> str:
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    plain = own | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}  # not what this machine's owner chose
    run = subprocess.run(["git", *arguments], cwd=folder, env=plain, capture_output=True, text=True, encoding="utf-8")
    assert run.returncode == 0, run.stderr
    return run.stdout
