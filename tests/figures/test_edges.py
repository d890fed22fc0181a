"""Nothing of any figure is cut off, in either edition: neither in its SVG nor in the PNG that Word and slides show."""

import pytest

from report_engine.contracts import study
from report_engine.drawing import png
from report_engine.results.drawings import Drawing, draw
from report_engine.words.editions import EDITIONS, Edition
from tests.analysis.sections.conftest import Shipped, shipped  # noqa: F401  (a fixture)
from tests.figures import edges


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
