"""What people write and what a build makes of a project, told apart: copied, put back, compared."""

import hashlib
import shutil
from pathlib import Path

from tests.workflow.conftest import MADE, Project

LEFT_OUT = ("__pycache__", ".snakemake", "logs", "_staging", ".report.lock")
COMPARED = tuple(name for name in MADE if name != "report/_staging")


def sources(root: Path) -> dict[str, str]:
    """Digest what a clone holds of the project, by path."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        made = any(name == each or name.startswith(f"{each}/") for each in MADE)
        if path.is_file() and not made and not set(LEFT_OUT) & set(path.relative_to(root).parts):
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def keep(root: Path, target: Path) -> None:
    """Copy the sources, with their times."""
    shutil.rmtree(target, ignore_errors=True)
    for name in sources(root):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / name, target / name)


def restore(kept: Path, root: Path) -> None:
    """Put kept sources in the place of those there are."""
    for name in sources(root):
        if not (kept / name).exists():
            (root / name).unlink()
    for name in sources(kept):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(kept / name, root / name)


def digests(root: Path) -> dict[str, str]:
    """Digest what a build has made, by path."""
    files = Project(root).bytes(*COMPARED)
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
