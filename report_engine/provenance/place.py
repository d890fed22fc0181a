"""Where the study lies, and where the engine does: beside one another in a checkout, or apart where it is installed."""

from importlib.util import find_spec
from pathlib import Path

STUDY_PACKAGE = "analysis"
ENGINE_PACKAGE = "report_engine"

ENGINE_ROOT = Path(__file__).resolve().parents[2]
"""The folder that holds the engine's package."""


def _root() -> Path:
    found = find_spec(STUDY_PACKAGE)
    return Path(found.origin).resolve().parents[1] if found and found.origin else Path.cwd()


ROOT = _root()
"""The study's folder, which holds ``config.yaml``, ``data/`` and ``report/``."""

STUDY = ROOT / STUDY_PACKAGE

FILE = f"{STUDY_PACKAGE}/study.yaml"
"""The study's declaration, below ``ROOT``."""
