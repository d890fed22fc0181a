"""A server for each test, settings that point at it, and a run whose waiting is noted instead of waited for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from report_engine.fetch.client import Limits
from report_engine.fetch.run import Tools, run
from report_engine.model.document import Document
from report_engine.settings.config import FILE, parse
from report_engine.settings.settings import Settings
from report_engine.words.messages import told
from tests.report_engine.fetch.office import Office

LIMITS = Limits(attempts=5, connect=5, read=20, whole=60, longest_wait=120, bytes=2_000_000, redirects=3)
QUICK = replace(LIMITS, read=0.5, whole=1)
"""For the tests of what is too slow; the others must not fail on a busy machine."""


@pytest.fixture
def office() -> Iterator[Office]:
    office = Office()
    for place, year, value in (
        ("0581", "2023", 40.25),
        ("0581", "2024", 41),
        ("2081", "2023", None),
        ("2081", "2024", 9.5),
    ):
        office.kolada["U40455", place, year] = value
    office.scb = {"0581 610 0000005X 2024": 125220, "2081 610 0000005X 2024": None, "00 610 0000005X 2024": 6698214}
    yield office
    office.close()


@dataclass
class Run:
    """One call of ``report fetch`` after another in one folder."""

    root: Path
    office: Office
    said: list[str] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    time: datetime = datetime(2026, 11, 23, 12, tzinfo=UTC)
    accept: bool = True
    limits: Limits = LIMITS
    changes: dict[str, Any] = field(default_factory=dict)

    def settings(self) -> Settings:
        content: dict[str, Any] = {
            "municipalities": ["0581", "2081"],
            "years": {"first": 2021, "last": 2024},
            "fetch": {
                "kolada": {"url": f"{self.office.url}/v3", "datasets": {"exits": {"percent": "U40455"}}},
                "scb": {
                    "url": f"{self.office.url}/v2",
                    "tables": {
                        "net_cost": {
                            "table": "TAB4199",
                            "select": {
                                "Region": ["municipalities"],
                                "Verksomrkom": ["610"],
                                "ContentsCode": ["0000005X"],
                                "Tid": ["years"],
                            },
                        }
                    },
                },
            },
        }
        for key, value in self.changes.items():
            *outer, last = key.split("/")
            part = content
            for name in outer:
                part = part[name]
            part[last] = value
        return parse(Document(FILE, content))

    def __call__(self, *only: str) -> int:
        self.said.clear()
        self.office.calls.clear()
        self.office.asked.clear()
        tools = Tools(
            self.root,
            lambda words: self.said.append(told(words)),
            lambda: self.accept,
            lambda: self.time,
            self.slept.append,
            self.limits,
        )
        return run(self.settings(), only, tools)

    def later(self, **by: float) -> None:
        self.time += timedelta(**by)

    @property
    def text(self) -> str:
        return "\n".join(self.said)

    def file(self, name: str) -> Path:
        return self.root / "data/raw/official" / name

    def kept(self) -> dict[str, bytes]:
        folder = self.root / "data/raw/official"
        files = sorted(path for path in folder.rglob("*.json") if ".incoming" not in path.parts)
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def fetch(tmp_path: Path, office: Office) -> Callable[..., int]:
    return Run(tmp_path, office)
