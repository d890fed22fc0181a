"""Mapping files ``data/mappings/*.yaml``: which of our columns and values theirs are."""

from collections.abc import Callable, Iterator
from collections.abc import Mapping as Dict
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, PlainValidator, StrictStr, TypeAdapter

from report_engine.contracts.contract import Contract
from report_engine.model.document import Document
from report_engine.model.validation import KeyPath, OneOrMany, Part, Texts, Wrong, refusal, show, unknown
from report_engine.readers.recoding import Scale, Table
from report_engine.words.messages import Message

FOLDER = Path("data/mappings")
BY_NAME = "by_name"
PIECE = "{}"
_DIGITS = "[0-9]*"

_TABLE = TypeAdapter(Table)
_Values: TypeAlias = Annotated[OneOrMany, Field(min_length=1)]


def _table(table: object) -> Table | str:
    if table == BY_NAME:
        return BY_NAME
    if isinstance(table, str):
        raise refusal(Message("documents.theirs_ours", {"word": BY_NAME, "found": show(table)}))
    return _TABLE.validate_python(table)


class Pivot(Part):
    """From long to wide: the rows' values in the column ``value`` become columns of ours, by what ``column`` says."""

    column: StrictStr
    value: StrictStr
    into: Table


class Unpivot(Part):
    """From wide to long: headers such as "2023 Deltagare" become rows, the piece at ``{}`` going to our ``column``.

    ``columns`` maps ours to what their headers look like ("{} Deltagare").
    """

    column: StrictStr
    columns: Table


class _Rules(Part):
    """How the columns of a file become those of a dataset.

    ``sheet`` names the sheets of a workbook that are read, put together (``*`` stands for any letters); ``from_sheet`` maps
    ours to how their names look, the piece at ``{}`` being the value of each row.
    ``columns`` maps theirs to ours (several to one of ours: whichever the file has); ``ignore`` lists theirs that are left
    out on purpose; ``constants`` is a value for every row; ``same`` names, by our column, another of ours that it
    repeats; ``keep`` lists, by their column, the values whose rows are read, ``leave_out`` those whose rows are not, and
    ``hidden_rows`` says that those of a sheet are not; ``attributes`` maps our columns to codes of a qualitative tool;
    ``scale`` says how answers on a scale of other steps become ours.
    """

    dataset: StrictStr
    form: StrictStr | None = None
    sheet: OneOrMany = ()
    from_sheet: Table = Field(default={})
    columns: Table = Field(default={})
    ignore: Texts = ()
    constants: Table = Field(default={})
    same: Table = Field(default={})
    keep: dict[StrictStr, _Values] = Field(default={})
    leave_out: dict[StrictStr, _Values] = Field(default={})
    hidden_rows: Literal["leave_out"] | None = None
    pivot: Pivot | None = None
    unpivot: Unpivot | None = None
    attributes: dict[StrictStr, Table] = Field(default={})
    scale: Scale | None = None

    @property
    def given(self) -> frozenset[str]:
        """Our columns that come from elsewhere than a column of theirs."""
        made = {*self.constants, *self.same, *self.attributes, *self.from_sheet}
        if self.pivot:
            made |= {*self.pivot.into.values()}
        if self.unpivot:
            made |= {self.unpivot.column, *self.unpivot.columns}
        return frozenset(made)


class _Written(_Rules):
    """A mapping as its file says it: ``values`` maps, by our column, what they write to what we write, or is ``by_name``."""

    values: dict[StrictStr, Annotated[Table | str, PlainValidator(_table)]] = Field(default={})


class Mapping(_Rules):
    """A mapping: ``values`` maps, by our column, what they write (or the label of a code) to what we write.

    ``by_name`` gives for our columns of municipality codes the code of each name.
    """

    file: str
    values: dict[str, dict[str, str]] = Field(default={})
    by_name: dict[str, Dict[str, str]] = Field(default={})

    def sheet_names(self, contract: Contract) -> tuple[str, ...]:
        """Return what the sheets to read are called; none where the columns decide."""
        numbers = {name for name in self.from_sheet if contract.field(name).type == "integer"}
        looks = [(_DIGITS if name in numbers else "*", pattern) for name, pattern in self.from_sheet.items()]
        return self.sheet or tuple(pattern.replace(PIECE, piece) for piece, pattern in looks)


def parse(document: Document, contract: Contract, register: Callable[[], Dict[str, str]]) -> Mapping:
    """Turn a mapping's document, all of it text, into a ``Mapping``; ``DocumentError`` for what is wrong with it.

    ``register`` gives the code of each municipality. A key whose lines are all comments says nothing.
    """
    written = replace(document, content=_filled(document.content)).into(_Written)
    document.refuse(_wrongs(written, contract))
    values = {name: table for name, table in written.values.items() if isinstance(table, dict)}
    by_name = {name: register() for name in written.values if name not in values}
    return Mapping(**dict(written) | {"file": document.where, "values": values, "by_name": by_name})


def _filled(content: object) -> object:
    """Return a mapping's content without the keys under which nothing stands."""
    if not isinstance(content, dict):
        return content
    inner = {key: _filled(value) if key in ("values", "attributes") else value for key, value in content.items()}
    return {key: value for key, value in inner.items() if value not in ("", None, {})}


def _wrongs(its: _Written, contract: Contract) -> Iterator[Wrong]:
    """Give the columns of ours that the contract does not know, and what is said twice."""
    if its.dataset != contract.name:
        values = {"found": show(its.dataset), "wanted": show(contract.name)}
        yield Wrong(("dataset",), Message("documents.other_dataset", values))
        return
    ours: list[tuple[KeyPath, str]] = [(("columns", theirs), name) for theirs, name in its.columns.items()]
    ours += [(("same", name), other) for name, other in its.same.items()]
    for key in ("from_sheet", "values", "constants", "same", "attributes"):
        ours += [((key, name), name) for name in getattr(its, key)]
    if its.pivot:
        ours += [(("pivot", "into", theirs), name) for theirs, name in its.pivot.into.items()]
    if its.unpivot:
        ours += [(("unpivot", "column"), its.unpivot.column)]
        ours += [(("unpivot", "columns", name), name) for name in its.unpivot.columns]
    if its.scale:
        ours += [(("scale", "columns", at), name) for at, name in enumerate(its.scale.columns)]
    for path, name in ours:
        if name not in contract.columns:
            message = Message("documents.no_column_of", {"name": show(name), "dataset": contract.name})
            yield unknown(path, message, name, contract.columns)
    patterns: list[tuple[KeyPath, str]] = [(("from_sheet", name), pattern) for name, pattern in its.from_sheet.items()]
    if its.unpivot:
        patterns += [(("unpivot", "columns", name), pattern) for name, pattern in its.unpivot.columns.items()]
    for path, pattern in patterns:
        if pattern.count(PIECE) != 1:
            yield Wrong(path, Message("documents.must_hold_once", {"found": show(pattern), "piece": PIECE}))
    for theirs, name in its.columns.items():
        if name in its.given:
            yield Wrong(("columns", theirs), Message("documents.from_two_places", {"name": show(name)}))
        if theirs in its.ignore:
            yield Wrong(("columns", theirs), Message("documents.also_ignored", {"name": show(theirs)}))
