"""What a result rests on besides the project's own files: this Python, and the packages that engine and study need."""

import hashlib
import json
import platform
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

from report_engine.pipeline.build_state import FOLDER
from report_engine.provenance.digests import digest
from report_engine.provenance.place import ROOT

ENGINE = "report-engine"
"""The distribution whose requirements, with those of the study, are the environment; others that are there decide nothing."""

_CACHE = FOLDER / "environment.json"
_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9._-]+)")


def key() -> str:
    """Digest the version of Python, the system, and what is installed of every package that engine and study need."""
    found = _installed()
    packages = [[path.name, digest(path / "RECORD")] for name in _needed(found) if (path := found.get(name))]
    parts = [sys.version, sys.platform, platform.machine(), packages]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def describe() -> dict[str, object]:
    """Say which Python, system and packages (version by name) results are made with."""
    found = _installed()
    return {
        "python": platform.python_version(),
        "system": f"{sys.platform} {platform.machine()}",
        "packages": {name: _version(found[name]) for name in _needed(found) if name in found},
    }


def _installed() -> dict[str, Path]:
    """Find the folder of each installed distribution by its name; the first on the path counts, as for imports."""
    found: dict[str, Path] = {}
    for folder in sys.path:
        if Path(folder).name in ("site-packages", "dist-packages"):
            for path in sorted(Path(folder).glob("*.dist-info")):
                found.setdefault(_canonical(path.name.partition("-")[0]), path)
    return found


def _needed(installed: dict[str, Path]) -> list[str]:
    """Name what engine and study require, directly or not; all that is installed where the engine itself is not."""
    asked = sorted({ENGINE, *_of_study()})
    names = sorted(path.name for path in installed.values())
    try:
        kept = json.loads(_CACHE.read_text("utf-8"))
        if kept["installed"] == names and kept["asked"] == asked:
            return [str(name) for name in kept["needed"]]
    except (OSError, ValueError, KeyError, TypeError):
        pass
    needed = sorted(_closure(installed, asked)) if ENGINE in installed else sorted(installed)
    try:
        _CACHE.parent.mkdir(parents=True, exist_ok=True)
        _CACHE.write_text(json.dumps({"installed": names, "asked": asked, "needed": needed}), "utf-8")
    except OSError:
        pass
    return needed


def _of_study() -> list[str]:
    """Name what the study itself requires, as its ``pyproject.toml`` says."""
    try:
        content = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
        lines = content.get("project", {}).get("dependencies", [])
    except (OSError, ValueError):
        return []
    return [_canonical(found[1]) for line in lines if (found := _REQUIREMENT.match(line))]


def _closure(installed: dict[str, Path], asked: list[str]) -> set[str]:
    needed: set[str] = set()
    waiting = [*asked]
    while waiting:
        name = waiting.pop()
        if name not in needed and name in installed:
            needed.add(name)
            waiting += _requirements(installed[name])
    return needed


def _requirements(path: Path) -> list[str]:
    """Name what a distribution requires, extras left out; a requirement for another system is not installed anyway."""
    lines = metadata.Distribution.at(path).requires or []
    return [_canonical(found[1]) for line in lines if "extra ==" not in line and (found := _REQUIREMENT.match(line))]


def _version(path: Path) -> str:
    return path.name.removesuffix(".dist-info").partition("-")[2]


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
