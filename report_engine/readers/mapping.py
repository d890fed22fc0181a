"""Mapping files ``data/mappings/*.yaml``: which of our columns and values theirs are."""

from collections.abc import Callable
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from pathlib import Path

from report_engine.contracts.contract import Contract
from report_engine.model.document import DocumentError, Node, meant, read_yaml
from report_engine.words.messages import Message

FOLDER = Path("data/mappings")
BY_NAME = "by_name"
PIECE = "{}"

_LARGEST = 1_000_000  # bytes
_KEYS = (
    "dataset",
    "form",
    "sheet",
    "columns",
    "ignore",
    "values",
    "constants",
    "same",
    "keep",
    "pivot",
    "unpivot",
    "attributes",
)


@dataclass(frozen=True)
class Pivot:
    """From long to wide: the rows' values in the column ``value`` become columns of ours, by what ``column`` says."""

    column: str
    value: str
    into: Dict[str, str]


@dataclass(frozen=True)
class Unpivot:
    """From wide to long: headers such as "2023 Deltagare" become rows, the piece at ``{}`` going to our ``column``.

    ``columns`` maps ours to what their headers look like ("{} Deltagare").
    """

    column: str
    columns: Dict[str, str]


@dataclass(frozen=True)
class Mapping:
    """How the columns and values of a file become those of a dataset.

    ``columns`` maps theirs to ours (several to one of ours: whichever the file has); ``ignore`` lists theirs that are left
    out on purpose; ``values`` maps, by our column, what they write (or the label of a code) to what we write; ``by_name`` gives for
    our columns of municipality codes the code of each name; ``constants`` is a value for every row; ``same`` names, by our column, another of ours that it repeats; ``keep`` lists, by
    their column, the values whose rows are read; ``attributes`` maps our columns to codes of a qualitative tool.
    """

    file: str
    dataset: str
    form: str | None = None
    sheet: str | None = None
    columns: Dict[str, str] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    values: Dict[str, Dict[str, str]] = field(default_factory=dict)
    by_name: Dict[str, Dict[str, str]] = field(default_factory=dict)
    constants: Dict[str, str] = field(default_factory=dict)
    same: Dict[str, str] = field(default_factory=dict)
    keep: Dict[str, tuple[str, ...]] = field(default_factory=dict)
    pivot: Pivot | None = None
    unpivot: Unpivot | None = None
    attributes: Dict[str, Dict[str, str]] = field(default_factory=dict)

    @property
    def given(self) -> frozenset[str]:
        """Our columns that come from elsewhere than a column of theirs."""
        made = {*self.constants, *self.same, *self.attributes}
        if self.pivot:
            made |= {*self.pivot.into.values()}
        if self.unpivot:
            made |= {self.unpivot.column, *self.unpivot.columns}
        return frozenset(made)


def load(path: Path, contract: Contract, register: Callable[[], Dict[str, str]]) -> Mapping:
    """Read a mapping file for a dataset; ``DocumentError`` names file and key. ``register`` gives the code of each municipality."""
    where = path.as_posix()
    try:
        if path.stat().st_size > _LARGEST or not path.is_file():
            raise DocumentError(where, Message("documents.no_mapping"))
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        raise DocumentError(where, Message("documents.not_utf8")) from None
    except (OSError, ValueError):
        near = meant(where, sorted(other.as_posix() for other in path.parent.glob("*.yaml")))
        raise DocumentError(where, Message("documents.mapping_missing"), near) from None
    return parse(read_yaml(text, where, only_text=True), where, contract, register)


def parse(document: object, where: str, contract: Contract, register: Callable[[], Dict[str, str]]) -> Mapping:
    """Turn a mapping's document, all of it text, into a ``Mapping``; ``DocumentError`` for the first thing wrong with it."""
    node = Node(document, where)
    for key in _KEYS:
        key in node  # noqa: B015  # makes it known, so that a misspelt one finds it
    if (dataset := node.text("dataset")) != contract.name:
        message = Message("documents.other_dataset", {"found": repr(dataset), "wanted": repr(contract.name)})
        raise DocumentError(f"{where}, dataset", message)
    values = {name: _table(table, f"{where}, values, {name}") for name, table in node.get("values", dict, {}).items()}
    mapping = Mapping(
        file=where,
        dataset=dataset,
        form=node.text("form") if "form" in node else None,
        sheet=node.text("sheet") if "sheet" in node else None,
        columns=_texts(node.get("columns", dict, {}), f"{where}, columns"),
        ignore=node.texts("ignore") if "ignore" in node else (),
        values={name: table for name, table in values.items() if isinstance(table, dict)},
        by_name={name: register() for name, table in values.items() if table == BY_NAME},
        constants=_texts(node.get("constants", dict, {}), f"{where}, constants"),
        same=_texts(node.get("same", dict, {}), f"{where}, same"),
        keep={name: _list(given, f"{where}, keep, {name}") for name, given in node.get("keep", dict, {}).items()},
        pivot=node.child("pivot", lambda one: Pivot(one.text("column"), one.text("value"), _inner(one, "into", where)))
        if "pivot" in node
        else None,
        unpivot=node.child("unpivot", lambda one: Unpivot(one.text("column"), _inner(one, "columns", where)))
        if "unpivot" in node
        else None,
        attributes={
            name: _texts(table, f"{where}, attributes, {name}")
            for name, table in node.get("attributes", dict, {}).items()
        },
    )
    node.done()
    _check(mapping, contract)
    return mapping


def _table(table: object, where: str) -> dict[str, str] | str:
    if isinstance(table, str) and table != BY_NAME:
        raise DocumentError(where, Message("documents.theirs_ours", {"word": BY_NAME, "found": repr(table)}))
    return table if isinstance(table, str) else _texts(table, where)


def _inner(node: Node, key: str, where: str) -> dict[str, str]:
    return _texts(node.get(key, dict), f"{where}, {key}")


def _texts(table: object, where: str) -> dict[str, str]:
    if not isinstance(table, dict):
        raise DocumentError(where, Message("documents.keys_with_texts", {"found": repr(table)}))
    for key, text in table.items():
        if not isinstance(text, str) or not isinstance(key, str):
            raise DocumentError(f"{where}, {key}", Message("documents.text", {"found": repr(text)}))
    return dict(table)


def _list(given: object, where: str) -> tuple[str, ...]:
    values = given if isinstance(given, list) else [given]
    if not values or not all(isinstance(value, str) for value in values):
        raise DocumentError(where, Message("documents.values", {"found": repr(given)}))
    return tuple(values)


def _check(mapping: Mapping, contract: Contract) -> None:
    """Raise ``DocumentError`` for a column of ours that the contract does not know."""
    ours: list[tuple[str, str]] = [("columns", name) for name in mapping.columns.values()]
    ours += [("same", name) for name in mapping.same.values()]
    for key in ("values", "by_name", "constants", "same", "attributes"):
        ours += [("values" if key == "by_name" else key, name) for name in getattr(mapping, key)]
    if mapping.pivot:
        ours += [("pivot, into", name) for name in mapping.pivot.into.values()]
    if mapping.unpivot:
        ours += [("unpivot, column", mapping.unpivot.column)]
        ours += [("unpivot, columns", name) for name in mapping.unpivot.columns]
    for key, name in ours:
        if name not in contract.columns:
            message = Message("documents.no_column_of", {"name": repr(name), "dataset": contract.name})
            raise DocumentError(f"{mapping.file}, {key}", message, meant(name, contract.columns))
    for name, pattern in (mapping.unpivot.columns if mapping.unpivot else {}).items():
        if pattern.count(PIECE) != 1:
            message = Message("documents.must_hold_once", {"found": repr(pattern), "piece": PIECE})
            raise DocumentError(f"{mapping.file}, unpivot, columns, {name}", message)
    if twice := sorted({*mapping.columns.values()} & mapping.given):
        raise DocumentError(mapping.file, Message("documents.from_two_places", {"name": repr(twice[0])}))
    if both := sorted({*mapping.columns} & {*mapping.ignore}):
        raise DocumentError(mapping.file, Message("documents.also_ignored", {"name": repr(both[0])}))
