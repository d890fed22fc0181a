"""A new study to start from: a small one that builds, with the look and the workflow of this engine."""

import json
import os
import shutil
from importlib import metadata
from pathlib import Path
from urllib.parse import unquote, urlsplit

from report_engine.provenance import place
from report_engine.words.messages import Message, Told

SHARED = (
    "Snakefile",
    ".ci/uv.txt",
    "profiles",
    "bin/report",
    "bin/report.cmd",
    "bin/say",
    "report/theme",
    "report/filters",
    ".gitattributes",
    ".gitignore",
)
"""What every study has as it is, below the folder of the engine's checkout; the wheel carries copies."""

QUARTO = "_quarto.yml"
EXAMPLE = "tests/studies/tiny"
PACKED = Path(__file__).parent / "starter_files"
ENGINE = '"ENGINE"'
"""Stands in the example's ``pyproject.toml`` where a study says where its engine lies."""

OTHER_EDITION = "    - report/sv/index.qmd\n"
"""Of the documents that Quarto renders, the one that the example lacks."""


class Refused(Told):
    """A new study can't be written there, or from this engine; the message says why."""


def write(folder: Path) -> list[str]:
    """Write a study into a new or empty folder and name its files, sorted; ``Refused`` where something is there."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(Message("commands.not_empty", {"folder": str(folder)}))
    engine = _engine()
    home = PACKED if PACKED.is_dir() else place.ENGINE_ROOT
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(home / EXAMPLE, folder, ignore=ignore, dirs_exist_ok=True)
    for name in SHARED:
        source, copy = home / name, folder / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        _ = shutil.copytree(source, copy, ignore=ignore) if source.is_dir() else shutil.copy2(source, copy)
    settings = (home / QUARTO).read_text("utf-8").replace(OTHER_EDITION, "")
    (folder / QUARTO).write_text(settings, "utf-8", newline="\n")
    project = folder / "pyproject.toml"
    project.write_text(project.read_text("utf-8").replace(ENGINE, _bring(engine, folder)), "utf-8", newline="\n")
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _engine() -> Path:
    """Find what this engine was installed from: its folder in a checkout, or a wheel."""
    try:
        told = json.loads(metadata.distribution("report-engine").read_text("direct_url.json") or "{}")
        found = Path(unquote(urlsplit(told["url"]).path))
    except (metadata.PackageNotFoundError, KeyError, ValueError):
        found = place.ENGINE_ROOT / place.ENGINE_PACKAGE
    if not found.exists():
        raise Refused(Message("commands.engine_gone", {"place": str(found)}))
    return found


def _bring(engine: Path, folder: Path) -> str:
    """Say where a new study finds the engine: the wheel, which is copied into it, or the folder, whose edits count at once."""
    if engine.is_file():
        return json.dumps(Path(shutil.copy2(engine, folder)).name)
    return json.dumps(Path(os.path.relpath(engine, folder.resolve())).as_posix()) + ", editable = true"
