"""The texts of every figure: none touches another, leaves the canvas or is too small to read; and the test itself sees it."""

import re

import pandas as pd
import pytest

from report_engine.contracts import study
from report_engine.drawing import style
from report_engine.model.section import Figure, Provenance
from report_engine.words.editions import EDITIONS, Edition
from tests.analysis.sections.conftest import Shipped, shipped  # noqa: F401  (a fixture)
from tests.layout import faults


def figure_with(*marks: tuple[float, float, str, float]) -> Figure:
    """A figure with nothing but these texts: place (shares of the canvas), text, size."""

    def draw(data: pd.DataFrame, edition: Edition) -> object:
        drawn, (axis,) = style.canvas(2)
        axis.set_axis_off()
        for x, y, text, size in marks:
            drawn.text(x, y, text, fontsize=size)
        return drawn

    words = {"sv": "x", "en": "x"}
    return Figure("f", words, pd.DataFrame(), draw, words, words, Provenance(words, "official", ()))


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (((0.1, 0.5, "apart", 9), (0.6, 0.5, "from", 9), (0.1, 0.8, "each", 9)), []),
        (
            ((0.1, 0.5, "Västerås", 9), (0.13, 0.5, "Falun", 9)),
            [r"'Västerås' and 'Falun' share [\d.]+ x [\d.]+ points"],
        ),
        (((0.97, 0.5, "Trollhättan", 9),), ["'Trollhättan' leaves the canvas"]),
        (((0.1, 0.5, "tiny", 5),), ["'tiny' has 5 points"]),
    ],
)
def test_faults_are_seen(marks: tuple[tuple[float, float, str, float], ...], expected: list[str]) -> None:
    got = list(faults(figure_with(*marks), "sv"))
    assert len(got) == len(expected)
    assert all(re.fullmatch(pattern, line) for pattern, line in zip(expected, got, strict=True))


@pytest.mark.parametrize("slim", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", study.sections())
def test_every_figures_texts_have_room(shipped: Shipped, name: str, edition: Edition, slim: bool) -> None:  # noqa: F811
    found = {figure.name: list(faults(figure, edition, slim=slim)) for figure in shipped.section(name).figures}
    assert {figure: lines for figure, lines in found.items() if lines} == {}
