"""Drawings are left as they are where all that they show is the same, and drawn again where any of it is not."""

import json
from dataclasses import replace
from functools import partial

import pandas as pd
import pytest

from report_engine.model.section import Figure, Provenance
from report_engine.results import drawings
from report_engine.results.drawings import Drawings
from report_engine.words import texts

WORDS = {"sv": "Andel", "en": "Share"}


def bars(data, edition, *, heading=WORDS, more=None):
    from report_engine.drawing.style import canvas

    figure, (axis,) = canvas(1.5)
    axis.barh(data["name"], data["share"])
    axis.set_title(heading[edition])
    return figure


def figure(draw=bars, **changes) -> Figure:
    data = pd.DataFrame({"name": ["a", "b"], "share": [0.25, 0.5]})
    made = Figure("bars", WORDS, data, draw, WORDS, WORDS, Provenance(WORDS, "official", ("rows",), 2))
    return replace(made, **changes)


@pytest.fixture
def drawn(tmp_path, monkeypatch):
    """Draw as the workflow does, and say whether anything was drawn."""
    real, times = drawings.draw, []

    def counted(*given):
        times.append(given)
        return real(*given)

    monkeypatch.setattr(drawings, "draw", counted)

    def run(what, line="Source: a register.", beside="packages"):
        times.clear()
        its = Drawings(tmp_path / "record.json", tmp_path, beside)
        made = its.draw(what, "demo", "en", line)
        its.keep()
        folder = tmp_path / "figures/en/demo"
        (folder / "narrow").mkdir(parents=True, exist_ok=True)
        (folder / "bars.svg").write_bytes(made.svg)
        (folder / "bars.png").write_bytes(made.png)
        (folder / "narrow/bars.svg").write_bytes(made.narrow)
        return made, bool(times)

    return run


def test_what_shows_the_same_is_not_drawn_again(drawn):
    first, was_drawn = drawn(figure())
    assert was_drawn
    assert drawn(figure()) == (first, False)
    assert drawn(figure(caption={"sv": "En annan text", "en": "Another text"})) == (first, False)


TABLE = pd.DataFrame({"name": ["a", "b"], "share": [0.25, 0.5]})
CHANGES = {
    "a value": {"data": TABLE.assign(share=[0.25, 0.51])},
    "the order": {"data": TABLE.iloc[::-1]},
    "a type": {"data": TABLE.astype({"name": "category"})},
    "the order of categories": {"data": TABLE.assign(name=pd.Categorical(["a", "b"], ["b", "a"]))},
    "a title": {"title": {"sv": "Andel", "en": "A share"}},
    "an argument": {"draw": partial(bars, heading={"sv": "Del", "en": "Part"})},
    "another function": {"draw": partial(bars, more=drawings.shows)},
    "a frame among the arguments": {"draw": partial(bars, more=TABLE)},
    "a value of a frame among the arguments": {"draw": partial(bars, more=TABLE.assign(share=[0.1, 0.5]))},
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_drawing_shows_decides(drawn, change):
    drawn(figure())
    assert drawn(figure(**CHANGES[change]))[1], change
    assert not drawn(figure(**CHANGES[change]))[1], change


def test_what_lies_beside_decides_too(drawn):
    drawn(figure())
    assert drawn(figure(), line="Source: another register.")[1]
    assert drawn(figure(), line="Source: another register.", beside="other packages")[1]


def test_code_that_is_imported_decides(drawn, monkeypatch):
    drawn(figure())
    real = drawings.fingerprint.code
    monkeypatch.setattr(drawings.fingerprint, "code", lambda *names: f"{real(*names)} edited")
    assert drawn(figure())[1]


@pytest.mark.parametrize("file", ["bars.svg", "bars.png", "narrow/bars.svg"])
@pytest.mark.parametrize("how", ["removed", "edited"])
def test_a_file_that_is_not_as_it_was_made_is_drawn_again(drawn, tmp_path, file, how):
    drawn(figure())
    path = tmp_path / f"figures/en/demo/{file}"
    _ = path.unlink() if how == "removed" else path.write_bytes(path.read_bytes() + b" ")
    assert drawn(figure())[1]


@pytest.mark.parametrize(
    "said", ["", "{", "[]", '{"figures/en/demo/bars": 3}', '{"figures/en/demo/bars": {"key": null}}']
)
def test_a_damaged_record_is_no_record(drawn, tmp_path, said):
    drawn(figure())
    (tmp_path / "record.json").write_text(said, "utf-8")
    assert drawn(figure())[1]


def test_what_cannot_be_told_is_drawn_every_time(drawn, tmp_path):
    its = figure(draw=lambda data, edition: bars(data, edition))
    assert drawn(its)[1] and drawn(its)[1]
    assert json.loads((tmp_path / "record.json").read_text("utf-8")) == {}


def test_a_drawing_looks_up_no_text_of_its_section(tmp_path):
    for edition in ("sv", "en"):
        path = tmp_path / texts.path("demo", edition)
        path.parent.mkdir(parents=True)
        path.write_text("axis: Andel\n", "utf-8")
    say = texts.read({edition: texts.path("demo", edition) for edition in ("sv", "en")}, tmp_path)

    def draw(data, edition):
        return bars(data, edition, heading=say("axis"))

    with pytest.raises(RuntimeError, match="axis: what a figure says must be among the arguments"):
        drawings.draw(figure(draw=draw), "demo", "en", "Source")
