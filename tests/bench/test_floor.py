"""The parts of the floor, and which of them a change needs."""

from tests.bench.floor import LOADED, TABLES, count, draw, needed

PARTS = {
    LOADED: 1.0,
    TABLES: 2.0,
    "figures/sv/one/a.svg": 4.0,
    "figures/sv/one/a.png": 8.0,
    "report/_output/sv/report.html": 16.0,
    "data/results/sv/quality.md": 32.0,
    "data/results/en/quality.md": 32.0,
}


def test_only_what_came_out_different_counts() -> None:
    assert needed(PARTS, ["report/_output/sv/report.html", "report/sv/one.qmd"]) == 16
    assert needed(PARTS, ["figures/sv/one/a.svg", "figures/sv/one/a.png"]) == 15
    assert needed(PARTS, []) == 0


def test_one_kernel_serves_both_editions() -> None:
    assert needed(PARTS, ["data/results/sv/quality.md", "data/results/en/quality.md"]) == 32


def test_a_changed_table_is_read() -> None:
    assert needed(PARTS, ["data/raw/survey/actors.csv"]) == 3


def test_what_is_counted_is_drawn() -> None:
    lines, marks, texts = count(draw(lines=5, marks=7, texts=3))
    assert (lines >= 5, marks, texts) == (True, 7, 3)
