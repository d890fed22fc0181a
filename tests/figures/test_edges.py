"""Nothing of any figure is cut off, in either edition: neither in its SVG nor in the PNG that Word and slides show."""

from itertools import combinations

import pandas as pd
import pytest
from matplotlib.figure import Figure as Canvas

from analysis.sections.background import all_290, drawing
from report_engine.contracts import study
from report_engine.drawing import png
from report_engine.results.drawings import Drawing, draw
from report_engine.words.editions import EDITIONS, Edition, Text
from tests.analysis.sections.conftest import Shipped, shipped  # noqa: F401  (a fixture)
from tests.figures import edges

AXIS: Text = {"sv": "Kronor", "en": "SEK"}


def _faults(drawing: Drawing) -> list[str]:
    return [*edges.inked(drawing.png), *edges.leaving(drawing.svg.decode())]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", study.sections())
def test_no_letter_is_cut_off(shipped: Shipped, name: str, edition: Edition) -> None:  # noqa: F811
    line = "Källa: prov. n = 1. Syntetiska data."
    found = {figure.name: _faults(draw(figure, name, edition, line)) for figure in shipped.section(name).figures}
    assert {figure: faults for figure, faults in found.items() if faults} == {}


TEXT = (
    '<svg width="100pt" height="50pt" viewBox="0 0 100 50" xmlns="http://www.w3.org/2000/svg"><text style="font-size: 9px; '
    'font-family: \'Report Sans\'; text-anchor: {anchor}; fill: #000" x="{x}" y="25">Arbetsförmedlingen</text></svg>'
)


@pytest.mark.parametrize(
    ("anchor", "x", "sides"), [("end", 60, ["left"]), ("start", 60, ["right"]), ("middle", 50, [])]
)
def test_a_letter_that_is_cut_off_is_found(anchor: str, x: int, sides: list[str]) -> None:
    svg = TEXT.format(anchor=anchor, x=x)
    assert list(edges.leaving(svg)) == (["Arbetsförmedlingen"] if sides else [])
    assert edges.inked(png.write(svg)) == sides


@pytest.mark.parametrize("n", [60, 290])
def test_many_municipalities_keep_their_names_apart_and_inside(n: int) -> None:
    places = pd.DataFrame(
        {"municipality": [f"Kommunen {i}" for i in range(n)], "ratio": [0.05 + i % 97 / 40 for i in range(n)]}
    )
    places = places.assign(studied=True, skr_group_code=[f"B{i % 3}" for i in range(n)], skr_group_sv="Större stad")
    figure = all_290.draw(places, "sv", axis_label=AXIS)
    assert len([text for text in figure.axes[0].texts if text.get_text().startswith("Kommunen")]) == 12
    costs = pd.DataFrame(
        {"municipality": places["municipality"], "first": 900.0, "last": [float(n - i) for i in range(n)]}
    )
    costs = costs.assign(first_year=2016, last_year=2023)
    for drawn in (figure, drawing.per_inhabitant(costs, "sv", axis_label=AXIS)):
        assert _overlaps(drawn) == []


def _overlaps(figure: Canvas) -> list[tuple[str, str]]:
    """Pair the texts of the first axes, its labels among them, that lie on each other or leave the figure."""
    figure.draw_without_rendering()
    axis = figure.axes[0]
    texts = [text for text in (*axis.texts, *axis.get_yticklabels()) if text.get_text()]
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts]
    inside = figure.bbox
    outside = [(words, "") for words, box in boxes if not (inside.x0 <= box.x0 and box.x1 <= inside.x1)]
    return outside + [(one, other) for (one, a), (other, b) in combinations(boxes, 2) if a.overlaps(b)]
