"""What every figure's caption and alt text say is what its frame says, in both editions, which give the same numbers."""

import pytest

from report_engine.contracts import study
from report_engine.words.editions import EDITIONS, Edition
from tests.analysis.sections.conftest import Shipped, shipped  # noqa: F401  (a fixture)
from tests.figures.faults import words_faults


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", study.sections())
def test_words_say_what_the_frame_says(shipped: Shipped, name: str, edition: Edition) -> None:  # noqa: F811
    found = {
        figure.name: list(words_faults(shipped, name, figure, edition)) for figure in shipped.section(name).figures
    }
    assert {figure: lines for figure, lines in found.items() if lines} == {}
