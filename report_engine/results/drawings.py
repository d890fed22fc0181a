"""Figures drawn as SVG and PNG, and left as they are where nothing that a drawing shows has changed.

A drawing follows from its data, the arguments of the function that draws it, the code of these and of what it imports, the
line of its source, fonts, contracts and packages. ``Drawings`` keeps a digest of all that beside each figure that it drew.
"""

import hashlib
import io
import json
import pickle
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any

from report_engine.provenance import fingerprint
from report_engine.provenance.digests import digest
from report_engine.words import texts
from report_engine.words.editions import Edition

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure as Canvas

    from report_engine.model.section import Figure

LANGUAGE: Mapping[Edition, str] = {"sv": "sv-SE", "en": "en-GB"}

NOTE_WIDTH = 110
"""Characters of a figure's source note that fit on a line."""

NARROW_NOTE_WIDTH = 62
"""The same in its narrow form."""

NARROW = "narrow"
"""The folder of a section's narrow figures, beside the wide ones."""

MODULE = "report_engine.results.drawings"


@dataclass(frozen=True)
class Drawing:
    """A figure as files hold it, ``narrow`` as SVG for phones; ``note_share`` is the source note's part of the height (0–1).

    ``values`` lists what the marks of the forms ``wide`` and ``narrow`` say, and where (``drawing.values``).
    """

    svg: bytes
    png: bytes
    narrow: bytes
    note_share: float
    values: Mapping[str, list[Any]]


@dataclass(frozen=True)
class Drawings:
    """What a section drew last: its record (``None``: draw everything), the folder above its figures, and what all rest on.

    ``beside`` digests what every drawing rests on besides its arguments and its code.
    """

    record: Path | None = None
    root: Path = Path()
    beside: str = ""
    new: dict[str, dict[str, Any]] = field(default_factory=dict)

    def draw(self, figure: "Figure", section: str, edition: Edition, line: str) -> Drawing:
        """Return a figure as it was drawn last where that shows the same, or draw it; ``line`` names its source."""
        name = f"figures/{edition}/{section}/{figure.name}"
        key = self._key(figure, name, line)
        drawing = self._kept(name, key) if key else None
        if drawing is None:
            drawing = draw(figure, section, edition, line)
        if key:
            self.new[name] = {"key": key, "note_share": drawing.note_share, "values": drawing.values} | {
                ending: hashlib.sha256(content).hexdigest()
                for ending, content in (("svg", drawing.svg), ("png", drawing.png), ("narrow", drawing.narrow))
            }
        return drawing

    def keep(self) -> None:
        """Write down what was drawn from what; where that can't be done, it will be drawn again."""
        if self.record is not None:
            with suppress(OSError):
                self.record.parent.mkdir(parents=True, exist_ok=True)
                self.record.write_text(json.dumps(self.new), "utf-8")

    def _key(self, figure: "Figure", name: str, line: str) -> str | None:
        if self.record is None:
            return None
        shown = shows(figure)
        if shown is None:
            return None
        content, code = shown
        parts = [name, line, figure.title, self.beside, content, fingerprint.code(MODULE, *code)]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def _kept(self, name: str, key: str) -> Drawing | None:
        try:
            last = json.loads(self.record.read_text("utf-8"))[name] if self.record else {}
            if last.get("key") != key:
                return None
            wide = self.root / name
            files = {
                "svg": wide.with_suffix(".svg"),
                "png": wide.with_suffix(".png"),
                "narrow": wide.parent / NARROW / f"{wide.name}.svg",
            }
            if any(digest(path) != last[kind] for kind, path in files.items()):
                return None
            return Drawing(
                **{kind: path.read_bytes() for kind, path in files.items()},
                note_share=float(last["note_share"]),
                values=last["values"],
            )
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return None


def draw(figure: "Figure", section: str, edition: Edition, line: str) -> Drawing:
    """Draw a figure with its source (``line``) below it, in an edition."""
    from report_engine.drawing import narrow, png, style, svg, values
    from report_engine.methods.rounding import published
    from report_engine.words.typesetting import wrap

    data = published(figure.data)
    with texts.closed():
        wide = figure.draw(data, edition)
        with style.narrow():
            slim = figure.draw(data, edition)
    narrow.fit(slim)
    style.sign(slim, wrap(line, NARROW_NOTE_WIDTH))
    note_share = style.sign(wide, wrap(line, NOTE_WIDTH))
    name = f"{edition}-{section}-{figure.name}"
    finished = _svg(wide, figure.title[edition], edition, name)
    slim_svg = svg.compact(_svg(slim, figure.title[edition], edition, f"{name}-narrow"))
    said = {form: [list(value) for value in values.shown(of)] for form, of in (("wide", wide), ("narrow", slim))}
    return Drawing(finished.encode(), png.write(finished), slim_svg.encode(), round(note_share, 4), said)


def _svg(drawn: "Canvas", title: str, edition: Edition, name: str) -> str:
    import matplotlib as mpl

    from report_engine.drawing import svg

    buffer = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": name}):
        drawn.savefig(buffer, format="svg", metadata={"Date": None})
    return svg.finish(buffer.getvalue(), title, LANGUAGE[edition], name)


def shows(figure: "Figure") -> tuple[str, tuple[str, ...]] | None:
    """Digest a figure's data and the arguments of what draws it, and name the modules of the code in these.

    None where that can't be told: the function that draws is neither a module's nor a ``partial`` of one, or an argument is
    of a kind that can't be written down.
    """
    from report_engine.methods.rounding import published

    function: object = figure.draw
    arguments: list[object] = []
    if isinstance(function, partial):
        arguments = [function.args, list(function.keywords.items())]
        function = function.func
    target = io.BytesIO()
    writer = _Writer(target)
    writer.fast = True  # equal values are written alike, whether or not they are one object
    try:
        writer.dump((function, published(figure.data), arguments))
    except (pickle.PicklingError, AttributeError, TypeError, RecursionError, ValueError):
        return None
    code = sorted({name for name in writer.modules if name.partition(".")[0] in fingerprint.PACKAGES})
    return hashlib.sha256(target.getvalue()).hexdigest(), tuple(code)


class _Writer(pickle.Pickler):
    """Writes values down, frames by their content, and notes the modules of the functions and classes among them."""

    def __init__(self, target: io.BytesIO) -> None:
        super().__init__(target, protocol=5)
        self.modules: set[str] = set()

    def reducer_override(self, value: Any) -> Any:
        import pandas as pd

        if isinstance(value, FunctionType | type):
            self.modules.add(value.__module__)
            return NotImplemented
        if isinstance(value, pd.DataFrame):
            columns = [value.iloc[:, place] for place in range(value.shape[1])]
            head = [dict(value.attrs), list(value.columns), value.index.tolist(), list(value.index.names)]
            return tuple, ([head, *([_dtype(column), column.tolist()] for column in columns)],)
        if isinstance(value, pd.Series):
            return tuple, ([value.name, value.index.tolist(), _dtype(value), value.tolist()],)
        return NotImplemented


def _dtype(column: "pd.Series") -> list[Any]:
    """Say a column's type, and which categories it knows in which order."""
    return [
        repr(column.dtype),
        *([column.cat.categories.tolist(), column.cat.ordered] if hasattr(column, "cat") else []),
    ]
