"""Every figure's n, hidden cells and source line, counted again from the data."""

import pytest

from report_engine.contracts import study
from tests.analysis.sections.conftest import Shipped, shipped  # noqa: F401  (a fixture)
from tests.figures.faults import count_faults


@pytest.mark.parametrize("name", study.sections())
def test_cases_are_those_of_the_data(shipped: Shipped, name: str) -> None:  # noqa: F811
    found = {figure.name: list(count_faults(shipped, name, figure)) for figure in shipped.section(name).figures}
    assert {figure: lines for figure, lines in found.items() if lines} == {}
