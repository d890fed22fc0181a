"""The result as Markdown tables and as a chart: medians of all rounds, ratios taken round by round."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from tests.bench.measure import Cost

Measure = Literal["cpu", "wall"]
Costs = Mapping[str, Mapping[str, Sequence[Cost]]]
"""By row and by contestant: a cost a round."""

FLOOR = "floor"
_NONE = "–"


@dataclass(frozen=True)
class Result:
    """What a run found. ``says`` names the rows; ``names`` the contestants, this commit first and the earlier one second."""

    says: Mapping[str, str]
    names: Sequence[str]
    costs: Costs
    floors: Mapping[str, Cost]

    def middle(self, row: str, name: str, measure: Measure) -> float | None:
        """Return the median of a contestant's rounds, or None where it has none."""
        if name == FLOOR:
            return getattr(self.floors[row], measure) if row in self.floors else None
        found = [getattr(cost, measure) for cost in self.costs.get(row, {}).get(name, ())]
        return median(found) if found else None

    def ratio(self, row: str, measure: Measure) -> float | None:
        """Return the median of this commit's ratios to the earlier one, each within a round."""
        ours, theirs = (self.costs.get(row, {}).get(name, ()) for name in self.names[:2])
        ratios = [getattr(one, measure) / getattr(other, measure) for one, other in zip(ours, theirs, strict=False)]
        return median(ratios) if ratios else None

    def memory(self, row: str, name: str) -> float | None:
        """Return the median of what a contestant held at most, in MB."""
        found = [cost.memory / 1e6 for cost in self.costs.get(row, {}).get(name, ())]
        return median(found) if found else None


def markdown(result: Result, peers: Sequence[str]) -> str:
    """Write the tables: this commit and the earlier one, memory, and the other tools."""
    ours, theirs = result.names
    head = ["", *(f"{name}, {what}" for name in (ours, theirs) for what in ("CPU s", "s"))]
    rows = [
        [
            says,
            *(_number(result.middle(row, name, measure)) for name in (ours, theirs) for measure in ("cpu", "wall")),
            _number(result.ratio(row, "cpu"), 2),
            _number(result.ratio(row, "wall"), 2),
            *(_number(result.middle(row, FLOOR, measure)) for measure in ("cpu", "wall")),
        ]
        for row, says in result.says.items()
    ]
    texts = [table([*head, "ratio of CPU", "ratio of time", "floor, CPU s", "floor, s"], rows)]
    if "cold" in result.says:
        held = [(name, result.memory("cold", name)) for name in (*result.names, *peers)]
        texts.append(table(["from nothing", "memory, MB"], [[name, _number(mb, 0)] for name, mb in held]))
    if peers:
        cells = [[says, *(_pair(result, row, name) for name in (ours, *peers))] for row, says in result.says.items()]
        texts.append(table(["CPU s / s", ours, *peers], cells))
    return "\n\n".join(texts) + "\n"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a Markdown table whose first column is text."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _number(value: float | None, decimals: int = 1) -> str:
    return _NONE if value is None else f"{value:.{decimals}f}"


def _pair(result: Result, row: str, name: str) -> str:
    cpu, wall = (result.middle(row, name, measure) for measure in ("cpu", "wall"))
    return _NONE if cpu is None else f"{_number(cpu)} / {_number(wall)}"


def chart(result: Result, peers: Sequence[str]) -> str:
    """Draw the seconds of every row as SVG: a mark a contestant, on a logarithmic scale."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    from report_engine.drawing import style

    names = [*result.names, FLOOR, *peers]
    colours = dict(zip(names, (style.ACCENT, style.WARM, style.MUTED, *style.PALETTE[2:]), strict=False))
    figure = Figure(figsize=(7.5, 0.42 * len(result.says) + 1.2), layout="constrained")
    axis = figure.add_subplot()
    places = range(len(result.says))[::-1]
    for name, marker in zip(names, "osD^vPX", strict=False):
        seconds = [result.middle(row, name, "wall") for row in result.says]
        axis.plot(
            [value or float("nan") for value in seconds],
            places,
            marker,
            color=colours[name],
            label=name.strip("`"),
            markersize=7 if name in result.names else 5,
        )
    axis.set_yticks(places, list(result.says.values()))
    axis.set(xscale="log", xlabel="seconds (logarithmic scale)")
    axis.grid(visible=True, axis="both", color=style.FAINT)
    axis.xaxis.set_major_formatter("{x:g}")
    figure.legend(loc="outside upper center", ncols=4, frameon=False)
    target = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "performance", "font.family": "sans-serif"}):
        figure.savefig(target, format="svg", metadata={"Date": None, "Creator": None})
    return target.getvalue()
