"""The checks of figures see what they are for: small figures with one fault each, and one without."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from report_engine.drawing.charts import dots_with_interval
from report_engine.drawing.style import canvas, percent_axis
from tests.figures import arrangement, inscriptions, marks, shapes
from tests.figures.artists import read
from tests.figures.lexicon import Lexicon
from tests.figures.numerals import numerals
from tests.figures.reading import Reading
from tests.figures.rows import rows
from tests.figures.told import Text
from tests.figures.words import faults

ACTORS = {"pes_manager": "PES managers", "social_worker": "Social workers", "participant": "Participants"}
FRAME = pd.DataFrame(
    {
        "actor": [*ACTORS] * 2,
        "wave": [2016] * 3 + [2018] * 3,
        "estimate": [0.2, 0.3, 0.4, 0.5, 0.6, 0.7],
        "low": [0.1, 0.2, 0.3, 0.4, 0.5, 0.6],
        "high": [0.3, 0.4, 0.5, 0.6, 0.7, 0.8],
        "n": [30, 40, 50, 31, 41, 51],
    }
)
Plan = dict[str, object]


def drawn(**plan: object):
    """Draw both waves on one axis, a row an actor, with the faults that ``plan`` asks for."""
    figure, (axis,) = canvas(3)
    labels = plan.get("labels", [*ACTORS.values()])
    waves = ((2016, "#111111", "s", 0.15), (2018, "#999999", "o", -0.15))
    for wave, colour, marker, offset in waves:
        part = FRAME[FRAME["wave"] == wave].head(int(str(plan.get("rows", 3))))
        part = part.assign(estimate=part[str(plan.get("value", "estimate"))])
        dots_with_interval(axis, part, labels=labels[: len(part)], colour=colour, marker=marker, offset=offset)
        axis.plot([], [], color=colour, marker=marker, label=str(plan.get("names", {}).get(wave, wave)))
        for row, item in zip(np.arange(len(part))[::-1] + offset, part.itertuples(), strict=True):
            axis.text(item.estimate, row + 0.1, f"{item.estimate:.0%} (n = {item.n + int(str(plan.get('more', 0)))})")
    axis.set_xlim(0, 1)
    percent_axis(axis, "x", "en")
    axis.legend()
    return figure


def found(draw: Callable[[], object], frame: pd.DataFrame = FRAME) -> list[str]:
    made = rows(frame, "test/figure")
    lexicon = Lexicon({code for row in made for code in row.codes.values()}, "en", {})
    reading = Reading("test/figure", "en", read(draw(), "en"), made, lexicon)
    return [fault for part in (marks, shapes, inscriptions, arrangement) for fault in part.faults(reading)]


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ({"labels": [*ACTORS.values()][::-1]}, "shows 0.2, its row says 0.4"),
        ({"names": {2016: "2018", 2018: "2016"}}, "shows 0.2, its row says 0.5"),
        ({"value": "low"}, "shows 0.1, its row says 0.2"),
        ({"rows": 2}, "is not drawn"),
        ({"more": 1}, "31 is none of"),
        ({"labels": ["PES managers", "Social workers", "Others"]}, "'Others' names nothing in the frame"),
    ],
)
def test_a_drawing_that_says_something_else_is_found(plan: Plan, expected: str) -> None:
    assert any(expected in fault for fault in found(lambda: drawn(**plan)))


def test_a_drawing_that_says_what_its_frame_says_has_no_fault() -> None:
    assert found(drawn) == []


def test_a_figure_that_nothing_reads_is_a_fault() -> None:
    def pie():
        figure, (axis,) = canvas(3)
        axis.pie([1, 2, 3])
        return figure

    assert any("nothing reads a Wedge" in fault for fault in found(pie))


def test_a_frame_of_which_nobody_knows_what_is_drawn_is_a_fault() -> None:
    frame = FRAME[["actor", "wave", "estimate"]].rename(columns={"estimate": "amount"})
    assert any("known to be drawn" in fault for fault in found(drawn, frame))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PES managers 50 per cent, social workers 60 per cent and participants 70 per cent.", []),
        ("PES managers 60 per cent, social workers 50 per cent and participants 70 per cent.", ["2 numbers"]),
        ("PES managers 40 per cent, social workers 60 per cent and participants 70 per cent.", ["1 numbers"]),
        ("PES managers 20% and 50%; social workers 30% and 60%; participants 40% and 70%.", []),
        ("PES managers 50% and 20%; social workers 30% and 60%; participants 40% and 70%.", ["2 numbers"]),
        ("From 50 per cent (PES managers) to 70 per cent (participants) in 2018.", []),
        ("From 60 per cent (social workers) to 70 per cent (participants).", ["social_worker is not extreme"]),
        ("The share is highest among social workers (60 per cent).", ["social_worker is not extreme"]),
        ("Participants 70 per cent in 2017.", ["2017 is no year"]),
    ],
)
def test_words_are_held_against_the_rows_they_name(text: str, expected: list[str]) -> None:
    made = rows(FRAME, "test/figure")
    lexicon = Lexicon(set(ACTORS), "en", {})
    got = list(faults(Text(text, "en", lexicon, made), [], {2016.0, 2018.0}, complete=True))

    assert len(got) == len(expected)
    assert all(part in fault for part, fault in zip(expected, got, strict=True))


@pytest.mark.parametrize(
    ("text", "edition", "expected"),
    [
        ("4,8 miljarder, 1\u202f067 kronor och \u221216\u00a0procent", "sv", [4.8, 1067, -16]),
        ("SEK 1,545 and +0.45 (2016\u20132018), TAB4199", "en", [1545, 0.45, 2016, 2018]),
        ("Nio av elva", "sv", [9, 11]),
    ],
)
def test_numbers_are_read_as_their_edition_writes_them(text: str, edition, expected: list[float]) -> None:
    assert [number.value for number in numerals(text, edition, words=True)] == expected
