"""Publishing: the old report or the new one, whole, whatever happens on the way."""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from report_engine.render import RenderError, publish, recover

module = sys.modules["report_engine.render.publish"]  # the package gives the function that name

NAMES = ("report.html", "report.pdf")


def stage(root: Path, word: str, names: tuple[str, ...] = NAMES) -> dict[Path, str]:
    """Write files to staging; return them with the digests that they were checked with."""
    folder = root / "report/_staging/sv"
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text(f"{word} {name}", "utf-8")
    return {folder / name: sha256(folder / name) for name in names}


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def published(root: Path) -> dict[str, str]:
    folder = root / "report/_output/sv"
    return {path.name: path.read_text("utf-8").split()[0] for path in sorted(folder.iterdir())}


def left_over(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "report/_output").iterdir() if path.is_dir() and path.name != "sv")


@pytest.fixture(params=["exchange", "two renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "two renames":
        monkeypatch.setattr(module, "_exchange", lambda one, other: False)
    return str(request.param)


def test_a_report_takes_the_last_ones_place(tmp_path: Path, way: str) -> None:
    files = publish(tmp_path, "sv", stage(tmp_path, "old", (*NAMES, "report.docx")))
    assert [path.name for path in files] == [*NAMES, "report.docx"]
    publish(tmp_path, "sv", stage(tmp_path, "new"))
    assert published(tmp_path) == dict.fromkeys(NAMES, "new")  # nothing of the old one stays behind
    assert left_over(tmp_path) == []
    assert all(path.is_file() for path in stage(tmp_path, "new"))  # staging is left as it was


class Died(BaseException):
    """Stands for the end of the process."""


@pytest.mark.parametrize("step", range(8))
def test_a_process_that_dies_leaves_old_or_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str, step: int
) -> None:
    publish(tmp_path, "sv", stage(tmp_path, "old"))
    files = stage(tmp_path, "new")
    count = 0

    def dying(function: object) -> object:
        def call(*arguments: object, **options: object) -> object:
            nonlocal count
            if count == step:
                raise Died
            count += 1
            return function(*arguments, **options)  # type: ignore[operator]

        return call

    with monkeypatch.context() as patch:
        for owner, name in ((os, "replace"), (shutil, "copyfile"), (shutil, "rmtree"), (os, "fsync")):
            patch.setattr(owner, name, dying(getattr(owner, name)))
        with contextlib.suppress(Died):
            publish(tmp_path, "sv", files)
    recover(tmp_path, "sv")
    assert set(published(tmp_path).values()) in ({"old"}, {"new"})
    assert list(published(tmp_path)) == list(NAMES)
    assert left_over(tmp_path) == []
    publish(tmp_path, "sv", files)
    assert published(tmp_path) == dict.fromkeys(NAMES, "new")


def test_a_report_that_is_not_there_changes_nothing(tmp_path: Path, way: str) -> None:
    publish(tmp_path, "sv", stage(tmp_path, "old"))
    with pytest.raises(FileNotFoundError):
        publish(tmp_path, "sv", {tmp_path / "report.html": ""})
    assert published(tmp_path) == dict.fromkeys(NAMES, "old")


def test_a_file_that_is_not_the_one_that_was_checked_is_not_published(tmp_path: Path, way: str) -> None:
    publish(tmp_path, "sv", stage(tmp_path, "old"))
    files = stage(tmp_path, "new")
    next(iter(files)).write_text("by hand", "utf-8")
    with pytest.raises(RenderError, match=r"report\.html: this is not the file that was checked"):
        publish(tmp_path, "sv", files)
    assert published(tmp_path) == dict.fromkeys(NAMES, "old")
    assert left_over(tmp_path) == []


def test_two_builds_at_once_publish_one_after_the_other(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from report_engine.render.publish import publish\n"
        "root, word = Path(sys.argv[1]), sys.argv[2]\n"
        "folder = root / word; folder.mkdir()\n"
        "import hashlib; text = word + ' x' * 100_000\n"
        f"files = {{folder / name: hashlib.sha256(text.encode()).hexdigest() for name in {NAMES!r}}}\n"
        "for file in files: file.write_text(text)\n"
        "for _ in range(15): publish(root, 'sv', files)\n"
    )
    processes = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), word]) for word in ("one", "two")]
    seen = set()
    folder = tmp_path / "report/_output/sv"
    while any(process.poll() is None for process in processes):
        if folder.is_dir():
            try:
                seen |= {path.read_text("utf-8").split()[0] for path in folder.iterdir()}
            except FileNotFoundError:
                continue  # exchanged between listing and reading: whole all the same
    assert [process.wait() for process in processes] == [0, 0]
    assert seen <= {"one", "two"}
    assert len(set(published(tmp_path).values())) == 1
    assert left_over(tmp_path) == []


def test_recovery_with_nothing_to_recover_does_nothing(tmp_path: Path) -> None:
    recover(tmp_path, "sv")
    assert not (tmp_path / "report").exists()
