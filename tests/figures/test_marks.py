"""What every figure's marks say is what its frame says, in both editions."""

import pytest

from analysis.model import EDITIONS, Edition
from analysis.sections import SECTIONS
from tests.figures.faults import marks_faults
from tests.sections.conftest import Shipped, shipped  # noqa: F401  (a fixture)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", SECTIONS)
def test_marks_say_what_the_frame_says(shipped: Shipped, name: str, edition: Edition) -> None:  # noqa: F811
    found = {
        figure.name: list(marks_faults(shipped, name, figure, edition)) for figure in shipped.section(name).figures
    }
    assert {figure: lines for figure, lines in found.items() if lines} == {}
