import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_engine.words import texts
from report_engine.words.editions import EDITIONS

SV = """
figures:
  size:
    title: Storlek
    caption: "{share:percent} av {places:plural(en kommun|# kommuner)}{note}"
claims:
  large: {statement: Den är stor, said: av alla}
labels: {kind: {a: Ett, b: Två}}
"""
EN = SV.replace("av {places:plural(en kommun|# kommuner)}", "of {places:plural(one municipality|# municipalities)}")


def written(root: Path, sv: str = SV, en: str = EN) -> Path:
    for edition, text in (("sv", sv), ("en", en)):
        path = root / texts.path("demo", edition)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="")
    return root


def of(root: Path) -> texts.Texts:
    return texts.read({edition: texts.path("demo", edition) for edition in EDITIONS}, root)


def test_holes_are_filled_in_every_edition(tmp_path):
    got = of(written(tmp_path))("figures.size.caption", share=0.25, places=3, note=None)
    assert got == {"sv": "25\u00a0procent av tre kommuner", "en": "25\u00a0per cent of three municipalities"}


def test_labels_keep_the_order_of_the_file(tmp_path):
    got = of(written(tmp_path)).labels("labels.kind")
    assert list(got.items()) == [("a", {"sv": "Ett", "en": "Ett"}), ("b", {"sv": "Två", "en": "Två"})]


SIZE = "report/sv/texts/demo.yaml, line 5, figures.size.caption"


@pytest.mark.parametrize(
    ("key", "values", "expected"),
    [
        ("figures.size.captoin", {}, "report/sv/texts/demo.yaml: there is no text 'figures.size.captoin'"),
        ("figures.size.caption", {"share": 0.1, "places": 1}, "nothing is known for {note}"),
        ("figures.size.caption", {"share": "x"}, "{share:percent}: expected a number, found 'x'"),
        ("figures.size.title", {"n": 1}, "report/sv/texts/demo.yaml, line 4: figures.size.title: there is no hole {n}"),
    ],
)
def test_what_can_not_be_said_names_file_line_and_key(tmp_path, key, values, expected):
    with pytest.raises(texts.TextError) as error:
        of(written(tmp_path))(key, **values)
    assert expected in str(error.value)
    assert str(error.value).startswith("report/sv/texts/demo.yaml")
    assert ("line 5" in str(error.value)) == ("caption" in key)


@pytest.mark.parametrize(
    ("sv", "expected"),
    [
        ("a: 1\na: 2\n", ", line 2: a: the key stands there twice"),
        ("a: [1]\n", ", line 1: expected a text below a"),
        ("a: 'x\n", ", line 2: not valid YAML: a quotation mark is not closed"),
        ("- a\n", ", line 1: expected a text below a key"),
    ],
)
def test_a_file_that_can_not_be_read_names_the_line(tmp_path, sv, expected):
    with pytest.raises(texts.TextError) as error:
        of(written(tmp_path, sv=sv))
    assert str(error.value) == f"report/sv/texts/demo.yaml{expected}"


@given(st.text(max_size=60))
def test_any_file_is_read_or_refused_with_its_name(text):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "demo.yaml").write_text(text, "utf-8", newline="")
        try:
            assert all(isinstance(line.text, str) for line in texts.lines("demo.yaml", Path(folder)).values())
        except texts.TextError as error:
            assert str(error).startswith("demo.yaml")
