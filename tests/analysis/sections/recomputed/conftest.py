from collections.abc import Callable
from typing import Any

import pytest

from report_engine.model.section import Section
from tests.analysis.sections.conftest import Shipped
from tests.analysis.sections.recomputed.independent import Tidy


class ById(dict[str, Any]):
    """Facts or claims by id; a section is built when one of its is asked for, so that a test of one waits for no other."""

    def __init__(self, section: Callable[[str], Section], kind: str) -> None:
        self._section, self._kind = section, kind

    def __missing__(self, id: str) -> Any:
        found = {one.id: one for one in getattr(self._section(id.split(".")[0]), self._kind)}
        self.update(found)
        return found[id]


@pytest.fixture(scope="package")
def tidy(shipped: Shipped) -> Tidy:
    return Tidy(shipped.root / "data" / "tidy")


@pytest.fixture(scope="package")
def facts(shipped: Shipped) -> ById:
    return ById(shipped.section, "facts")


@pytest.fixture(scope="package")
def claims(shipped: Shipped) -> ById:
    return ById(shipped.section, "claims")
