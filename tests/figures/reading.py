"""Bring a section's figure and the words for its codes together."""

from collections.abc import Iterator

from analysis.model import Edition, Figure
from tests.figures.artists import read
from tests.figures.compare import Reading
from tests.figures.diagram import boxes_and_arrows, filled_places
from tests.figures.lexicon import Lexicon, own_names
from tests.figures.rows import rows
from tests.sections.conftest import Shipped


def lexicon_of(shipped: Shipped, section: str, figure: Figure, edition: Edition) -> Lexicon:
    """Collect the names of a figure's codes: the codebook's, the statements of claims, the frame's own, and the lexicon's."""
    import pandas as pd

    codebook = pd.read_parquet(shipped.root / "data" / "tidy" / "codebook.parquet")
    more = dict(zip(codebook["code"], codebook[f"name_{edition}"], strict=True))
    more |= {id_: claim.statement[edition] for id_, claim in shipped.inputs(section).claims.items()}
    more |= {claim.id: claim.statement[edition] for claim in shipped.section(section).claims}
    more |= own_names(figure.data, edition)
    said = rows(figure.data, f"{section}/{figure.name}")
    codes = {code for row in said for code in row.codes.values()} | {column for row in said for column in row.numbers}
    return Lexicon(codes, edition, more)


def marks_faults(shipped: Shipped, section: str, figure: Figure, edition: Edition) -> Iterator[str]:
    """Draw a figure and yield what its marks say otherwise than its frame."""
    name = f"{section}/{figure.name}"
    if "x_km" in figure.data:
        yield from filled_places(figure.draw(figure.data, edition), figure.data)
    if "arrow" in set(figure.data.get("kind", ())):
        yield from boxes_and_arrows(figure.draw(figure.data, edition), figure.data, edition)
        return
    drawn = read(figure.draw(figure.data, edition), edition)
    reading = Reading(name, edition, drawn, rows(figure.data, name), lexicon_of(shipped, section, figure, edition))
    yield from reading.faults()
