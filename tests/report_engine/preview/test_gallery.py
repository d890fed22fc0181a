"""The page that shows all figures side by side."""

import json
from pathlib import Path

import pytest

from report_engine.preview import gallery
from report_engine.render.page import parse
from tests.report_engine.render.test_policy import directives, hash_of

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="504pt" height="252pt"></svg>'


def drawn(root: Path, stem: str, **words: str) -> None:
    path = root / "figures" / stem
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".svg").write_text(SVG, "utf-8")
    path.with_suffix(".png").write_bytes(b"x" * 3000)
    path.with_suffix(".json").write_text(json.dumps({"alt": "Linjer", "caption": "Fler."} | words), "utf-8")


def test_every_figure_stands_there_twice_an_edition_with_its_words(tmp_path: Path) -> None:
    drawn(tmp_path, "sv/staff/a", alt="<Linjer>", caption="Fler & fler.")
    drawn(tmp_path, "en/staff/a", alt="Lines")
    html = (tmp_path / gallery.write(tmp_path, "en")).read_text("utf-8")
    page = parse(html)
    assert page.errors == []
    assert page.resources == []
    assert directives(html)["style-src"] == hash_of(html.partition("<style>")[2].partition("</style>")[0])
    assert page.count["img"] == 4
    assert html.count('width="672" height="336"') == 2
    assert html.count('width="336" height="168"') == 2
    assert "Fler & fler." in page.text
    assert "Alt: <Linjer>" in page.text
    assert "672 × 336 px; SVG 0 kB, PNG 3 kB" in page.text


def test_a_figure_that_one_edition_lacks_is_said_to_be_missing(tmp_path: Path) -> None:
    drawn(tmp_path, "sv/staff/a")
    assert "English: not drawn." in (tmp_path / gallery.write(tmp_path, "en")).read_text("utf-8")


def test_without_figures_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(gallery.NotDrawn, match="report build"):
        gallery.write(tmp_path, "en")
