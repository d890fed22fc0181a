"""How tests run: commands speak English whatever the machine's language; property tests search without deadlines, which a
busy machine misses, and with the same examples every time; what takes long comes first."""

import os

import pytest
from hypothesis import HealthCheck, settings

from report_engine.words.spoken import ASKED

os.environ[ASKED] = "en"

settings.register_profile("fixed", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("fixed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with builds: of two processes, neither shall wait at the end for the other's long test."""
    items.sort(key=lambda item: "workflow" not in item.path.parts)
