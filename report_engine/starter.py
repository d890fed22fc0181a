"""A new study to start from: a small one that builds, with the look and the workflow of this engine."""

import json
import os
import shutil
from importlib import metadata
from pathlib import Path
from urllib.parse import unquote, urlsplit

from report_engine.provenance import place
from report_engine.words.messages import Message, Told

SHARED = ("Snakefile", "profiles", "report/theme", "report/filters", ".gitattributes", ".gitignore")
"""What every study has as it is, below the folder of the engine's checkout; the wheel carries copies."""

QUARTO = "_quarto.yml"
EXAMPLE = "tests/studies/tiny"
PACKED = Path(__file__).parent / "starter_files"
MAIN_DOCUMENT = "report/sv/index.qmd"


class NotEmpty(Told):
    """The folder for a new study holds something already."""


def write(folder: Path) -> list[str]:
    """Write a study into a new or empty folder and name its files, sorted; ``NotEmpty`` where something is there."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotEmpty(Message("commands.not_empty", {"folder": str(folder)}))
    home = PACKED if PACKED.is_dir() else place.ENGINE_ROOT
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(home / EXAMPLE, folder, ignore=ignore, dirs_exist_ok=True)
    for name in SHARED:
        source, copy = home / name, folder / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        _ = shutil.copytree(source, copy, ignore=ignore) if source.is_dir() else shutil.copy2(source, copy)
    settings = (home / QUARTO).read_text("utf-8").replace(MAIN_DOCUMENT, "report/en/index.qmd")
    (folder / QUARTO).write_text(settings, "utf-8", newline="\n")
    project = folder / "pyproject.toml"
    project.write_text(project.read_text("utf-8").replace("ENGINE", _engine(folder)), "utf-8", newline="\n")
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _engine(folder: Path) -> str:
    """Say where the engine lies, a folder or a wheel, from a new study's folder."""
    try:
        told = json.loads(metadata.distribution("report-engine").read_text("direct_url.json") or "{}")
        found = Path(unquote(urlsplit(told["url"]).path))
    except (metadata.PackageNotFoundError, KeyError, ValueError):
        found = place.ENGINE_ROOT / place.ENGINE_PACKAGE
    return Path(os.path.relpath(found, folder.resolve())).as_posix()
