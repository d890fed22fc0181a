"""What the last build read and made, by content: whether there is anything to do, and what was changed by hand."""

import hashlib
import json
import os
import shutil
import sys
import sysconfig
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis import workspace
from analysis.model import EDITIONS

FILE = Path("data/results/build.json")

_READ_FOLDERS = ("analysis", "data/raw", "data/reference", "profiles", "report")
_READ_FILES = ("Snakefile", "_quarto.yml", "config.yaml")
_MADE_FOLDERS = ("data/tidy", "data/results", "figures")


@dataclass(frozen=True)
class Record:
    """Digests of the files a build read and made, by path; ``machine`` stands for what it ran on."""

    read: Mapping[str, str]
    made: Mapping[str, str]
    machine: str

    def write(self) -> None:
        """Keep the record for the next build."""
        FILE.write_text(json.dumps(self.__dict__, indent=1, sort_keys=True) + "\n", "utf-8", newline="\n")


def last() -> Record | None:
    """Read what the last build that came to its end recorded."""
    try:
        content = json.loads(FILE.read_text("utf-8"))
        return Record(content["read"], content["made"], content["machine"])
    except (OSError, ValueError, KeyError):
        return None


def current(sources: Iterable[Path]) -> Record:
    """Take the digests of everything as it is now; ``sources`` are the datasets' files, wherever they lie."""
    read = {name for folder in _READ_FOLDERS for name in workspace.files(folder)}
    read |= {name for name in _READ_FILES if Path(name).is_file()}
    read |= {path.as_posix() for path in sources if path.is_file()}
    made = {name for folder in _MADE_FOLDERS for name in workspace.files(folder)} - {FILE.as_posix()}
    made |= {path.as_posix() for edition in EDITIONS for path in workspace.published_files(edition)}
    return Record(_digests(read), _digests(made), _machine())


def undo_changes_by_hand(before: Record, now: Record) -> None:
    """Remove made files that are no longer as the build made them, so that Snakemake makes them again."""
    for name, digest in before.made.items():
        if now.made.get(name) == digest:
            continue
        match Path(name).parts:
            case ("figures", _, section, _) | ("data", "results", _, "tables", section, _):
                Path("data/results/sections", f"{section}.json").unlink(missing_ok=True)
            case ("data", *_):
                Path(name).unlink(missing_ok=True)


def _digests(names: Iterable[str]) -> dict[str, str]:
    return {name: workspace.digest(Path(name)) for name in sorted(names)}


def _machine() -> str:
    """Hash what else a result may depend on: Python, the packages installed and whether Quarto is there."""
    packages = sorted(path.name for path in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    quarto = os.environ.get("QUARTO_PATH") or shutil.which("quarto") or ""
    return hashlib.sha256("\n".join([sys.version, sys.platform, quarto, *packages]).encode()).hexdigest()
