"""What a step says of itself: what it reads and makes, and what else its result rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from report_engine.readers import Source
    from report_engine.render.engine import Choice
    from report_engine.settings.settings import Settings

ROOT = Path()
"""The project's folder, which is where the workflow runs."""


@dataclass(frozen=True)
class Project:
    """What is chosen for this run: the settings, each dataset's files, and the engine that renders."""

    settings: "Settings"
    sources: "Mapping[str, Source]"
    engine: "Choice"


@dataclass(frozen=True)
class Needs:
    """What decides whether a step is due.

    ``modules`` are dotted names of what it runs (with all that they import), or a notebook's path; ``reads`` and ``makes`` are
    files and folders; ``settings`` are keys of ``config.yaml``; ``beside`` is anything else, in words by name.
    """

    modules: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    beside: Mapping[str, str] = field(default_factory=dict)
