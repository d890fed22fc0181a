"""Compare how a figure is arranged with its frame: the order of rows, columns and panels, scales, titles and looks."""

from collections.abc import Iterator
from itertools import groupby

from tests.figures.artists import Panel, plain, to_the_right
from tests.figures.lexicon import contract_order
from tests.figures.numerals import is_year, numerals
from tests.figures.reading import Reading
from tests.figures.rows import PAIRS

ORDERS = {
    "staff/caseload": [
        "social_services", "social_services/social_services_manager", "social_services/social_worker",
        "labour_unit", "labour_unit/labour_unit_manager", "labour_unit/labour_unit_staff",
    ],
}  # fmt: skip
"""Orders of rows that are neither the frame's nor the contract's."""

SORTED = ("skr_group_code",)
"""Columns whose codes are themselves in order."""


def faults(reading: Reading) -> Iterator[str]:
    """Yield what stands in another order, on another scale or under another name than the frame's."""
    for panel in reading.drawn.panels:
        yield from panel.scale_faults()
        yield from _titled(reading, panel)
    yield from _orders(reading)
    yield from _looks(reading)
    yield from _axis_names(reading)


def _looks(reading: Reading) -> Iterator[str]:
    """Yield the looks that stand beside different words, and the words beside different looks: what is no finding has its own."""
    pairs = {
        (
            mark.look,
            (word.text, (row := reading.found.get((index, mark))) is not None and row.numbers.get("synthetic", 0)),
        )
        for index, panel in enumerate(reading.drawn.panels)
        for mark in panel.marks
        if mark.kind == "point" and (word := to_the_right(panel, mark)) and reading.lexicon.codes(word.text)
    }
    for which in (0, 1):
        if len({pair[which] for pair in pairs}) != len(pairs):
            yield f"marks of one look stand beside different words, or of several beside one: {sorted(pairs)}"


def _axis_names(reading: Reading) -> Iterator[str]:
    """Yield the axes of two columns that don't say which is theirs."""
    for panel in reading.drawn.panels if reading.figure in PAIRS else ():
        for column, label in zip(
            PAIRS[reading.figure], (panel.axes.get_xlabel(), panel.axes.get_ylabel()), strict=True
        ):
            if panel.axes.axison and not any(
                {column} & codes for _, _, codes in reading.lexicon.mentions(plain(label))
            ):
                yield f"the axis {label!r} does not say that it shows {column}"


def _titled(reading: Reading, panel: Panel) -> Iterator[str]:
    years = {row.numbers[c] for row in reading.rows for c in row.numbers if c.endswith(("year", "wave"))}
    for number in numerals(panel.units, reading.edition):
        if is_year(number) and number.value not in years:
            yield f"{panel.units!r} names a year that the frame has not"


def _orders(reading: Reading) -> Iterator[str]:
    """Yield the axes, and the panels, whose labels come in another order than the frame's or the contract's."""
    listed = [("the panels", [panel.title for panel in reading.drawn.panels if panel.marks])]
    for panel in reading.drawn.panels:
        down = not panel.axes.yaxis_inverted()
        listed.append(("the rows", [label for _, label in sorted(panel.categories["y"], reverse=down)]))
        listed.append(("the columns", [label for _, label in sorted(panel.categories["x"])]))
    for what, labels in listed:
        named = [codes for codes, _ in groupby(map(reading.lexicon.codes, labels)) if codes]  # two rows can be of one
        columns = [c for c in {c for row in reading.rows for c in row.codes} if _all_in(reading, named, c)]
        if len(named) > 1 and columns and not any(_in_order(reading, named, column) for column in columns):
            yield f"{what} stand in another order than the frame's: {labels}"


def _all_in(reading: Reading, named: list[set[str]], column: str) -> bool:
    present = {row.codes.get(column) for row in reading.rows}
    return all(codes & present for codes in named)


def _in_order(reading: Reading, named: list[set[str]], column: str) -> bool:
    frame = list(dict.fromkeys(row.codes[column] for row in reading.rows if column in row.codes))
    orders = [frame, sorted(frame)] if column in SORTED else [frame]
    orders += [order for order in (contract_order(column), ORDERS.get(reading.figure, [])) if set(frame) <= set(order)]
    for order in orders:
        places = [min(order.index(code) for code in codes if code in order) for codes in named if codes & set(order)]
        if len(places) == len(named) and places == sorted(places) and len(set(places)) == len(places):
            return True
    return False
