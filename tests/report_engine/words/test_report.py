"""The texts of the engine's own: the same in every edition, and part of the code."""

from pathlib import Path

import pytest

from report_engine.model.section import Provenance
from report_engine.prose.texts import differences
from report_engine.provenance import fingerprint, place
from report_engine.results.tables import source_line
from report_engine.words import report, texts


def test_editions_have_the_same_keys_holes_and_forms() -> None:
    assert [*differences(report.FILES, place.ENGINE_ROOT)] == []


def test_the_files_of_texts_are_all_part_of_the_code() -> None:
    folder = Path(report.__file__).parent
    expected = {folder / name for name in report.PACKAGE_DATA}

    assert expected == {*folder.glob("*.yaml")} == {place.ENGINE_ROOT / file for file in report.FILES.values()}
    assert expected <= {*fingerprint.modules("report_engine.results.outputs")}


def test_a_drawing_may_say_what_the_engine_says() -> None:
    with texts.closed():
        assert report.say_in("drawing.ends", "en", half=20, total=60) == "The 20 at either end of 60"


@pytest.mark.parametrize(
    ("n", "unit", "hidden", "expected"),
    [
        (None, None, 0, "Source: A survey. Synthetic data."),
        (1200, None, 0, "Source: A survey. n\u00a0=\u00a01,200. Synthetic data."),
        (
            9,
            "answers",
            2,
            "Source: A survey. n\u00a0=\u00a09 answers. Synthetic data. “..” = hidden to protect persons (2).",
        ),
    ],
)
def test_the_note_under_a_figure(n: int | None, unit: str | None, hidden: int, expected: str) -> None:
    its = Provenance(
        {"sv": "Enkät", "en": "A survey"}, "synthetic", (), n, {"sv": unit, "en": unit} if unit else None, hidden
    )
    assert source_line(its, "en") == expected
