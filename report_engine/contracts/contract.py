"""Contracts: the declared schema of every dataset, read from ``analysis/contracts/*.yaml``.

A contract is a Frictionless Table Schema with a few extensions (both languages, units, user-missing values, whom a
question was put to, whether rows are persons). It is what the validator checks, what charts take their labels from and what the data dictionary prints.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Literal, get_args

from report_engine.contracts import plausibility
from report_engine.contracts.plausibility_check import Check
from report_engine.model.document import DocumentError, Node, meant, nearest, read_yaml
from report_engine.provenance import place
from report_engine.words.editions import Edition, Text
from report_engine.words.messages import Message

FOLDER = place.STUDY / "contracts"

FieldType = Literal["string", "integer", "number", "boolean"]
Stream = Literal["spending", "survey", "interviews", "literature", "reference"]
Rows = Literal["persons", "groups", "entries"]
"""What a row is: a person or what persons said; a number about a group, place or year; an entry of a list."""
Synthetic = Literal[True, False, "by_row"]


ContractError = DocumentError  # a contract that can't be used: the message names file and key


@dataclass(frozen=True)
class Constraints:
    """What a value must meet; ``None`` or ``()`` where nothing is asked. ``pattern`` must match the whole value."""

    required: bool = False
    unique: bool = False
    enum: tuple[str | int, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None


@dataclass(frozen=True)
class Category:
    """One allowed value and what it is called."""

    value: str | int
    label: Text


@dataclass(frozen=True)
class UserMissing:
    """A code that stands for a kind of missing answer: ``8`` is ``dont_know``."""

    value: int
    name: str
    label: Text


@dataclass(frozen=True)
class Field:
    """One column of a dataset.

    ``asked_of`` lists the groups a survey question was put to (empty: everyone); the cell is empty for the others.
    ``true_values`` and ``false_values`` are the words a boolean is written with. ``free_text`` marks what people said or wrote:
    no message ever quotes it.
    """

    name: str
    type: FieldType
    title: Text
    description: Text | None = None
    unit: str | None = None
    constraints: Constraints = Constraints()
    categories: tuple[Category, ...] = ()
    user_missing: tuple[UserMissing, ...] = ()
    true_values: tuple[str, ...] = ()
    false_values: tuple[str, ...] = ()
    asked_of: tuple[str, ...] = ()
    free_text: bool = False

    @property
    def allowed(self) -> tuple[str | int, ...]:
        """Every value the column may hold, user-missing codes included; empty where any value will do."""
        values = self.constraints.enum or tuple(category.value for category in self.categories)
        return values + tuple(missing.value for missing in self.user_missing) if values else ()


@dataclass(frozen=True)
class ForeignKey:
    """Columns ``fields`` whose values must occur in the columns ``reference_fields`` of the dataset ``resource``."""

    fields: tuple[str, ...]
    resource: str
    reference_fields: tuple[str, ...]


@dataclass(frozen=True)
class Contract:
    """The schema of one dataset.

    ``path`` is its file under ``data/``. Where ``rows`` are ``persons``, nothing that rests on few of them is published.
    ``group_column`` says which group a row's person belongs to: ``asked_of`` names its values. ``synthetic`` is true, false or ``by_row`` (then the column ``origin`` says).
    ``missing_values`` are the strings that stand for an empty cell. ``checks`` are rules whose breach is a warning.
    """

    name: str
    path: str
    title: Text
    description: Text
    stream: Stream
    rows: Rows
    synthetic: Synthetic
    source: Text
    licence: str
    primary_key: tuple[str, ...]
    fields: tuple[Field, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()
    missing_values: tuple[str, ...] = ("",)
    checks: tuple[Check, ...] = ()
    group_column: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The column names in the file's order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """Return one column; ``KeyError`` names the nearest where there is none of that name."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.name} has no column {name!r}{nearest(name, self.columns)}")


def on_persons(names: Iterable[str]) -> frozenset[str]:
    """Name those of these datasets whose rows are persons, or what persons said."""
    return frozenset(name for name in names if load(name).rows == "persons")


def labels(field: Field, edition: Edition) -> dict[str | int, str]:
    """Return what each value of a column is called in an edition, in the contract's order (user-missing codes last)."""
    named = {category.value: category.label[edition] for category in field.categories}
    return named | {missing.value: missing.label[edition] for missing in field.user_missing}


@cache
def load_all() -> Mapping[str, Contract]:
    """Read every contract, sorted by name; ``ContractError`` for the first thing wrong with one."""
    contracts = {path.stem: _read(path) for path in sorted(FOLDER.glob("*.yaml"))}
    for contract in contracts.values():
        _check_references(contract, contracts)
    return contracts


@cache
def load(name: str) -> Contract:
    """Read one contract; ``ContractError`` names the nearest where there is none of that name."""
    path = FOLDER / f"{name}.yaml"
    if not path.is_file():
        known = sorted(file.stem for file in FOLDER.glob("*.yaml"))
        raise ContractError("", Message("documents.contract_missing", {"name": repr(name)}), meant(name, known))
    return _read(path)


def _read(path: Path) -> Contract:
    where = f"analysis/contracts/{path.name}"
    document = read_yaml(path.read_text(encoding="utf-8"), where)
    contract = parse(document, where)
    if contract.name != path.stem:
        message = Message("documents.file_name", {"found": repr(contract.name), "wanted": repr(path.stem)})
        raise ContractError(f"{where}, name", message)
    return contract


def parse(document: object, where: str) -> Contract:
    """Turn a contract's YAML document into a ``Contract``; ``where`` names its file in error messages."""
    node = Node(document, where)
    contract = Contract(
        name=node.text("name"),
        path=node.text("path"),
        title=node.both("title"),
        description=node.both("description"),
        stream=node.one_of("stream", get_args(Stream)),
        rows=node.one_of("rows", get_args(Rows)),
        synthetic=node.one_of("synthetic", get_args(Synthetic)),
        source=node.both("source"),
        licence=node.text("licence"),
        primary_key=node.texts("primaryKey"),
        fields=(fields := node.items("fields", _field)),
        foreign_keys=node.items("foreignKeys", _foreign_key, optional=True),
        missing_values=node.texts("missingValues"),
        checks=node.items("checks", partial(plausibility.read, columns=[one.name for one in fields]), optional=True),
        group_column=node.text("groupColumn") if "groupColumn" in node else None,
    )
    node.done()
    _check_columns(contract, where)
    return contract


def _field(node: Node) -> Field:
    kind: FieldType = node.one_of("type", get_args(FieldType))
    return Field(
        name=node.text("name"),
        type=kind,
        title=node.both("title"),
        description=node.both("description") if "description" in node else None,
        unit=node.text("unit") if "unit" in node else None,
        constraints=node.child("constraints", _constraints) if "constraints" in node else Constraints(),
        categories=node.items("categories", _category, optional=True),
        user_missing=node.items("userMissing", _user_missing, optional=True),
        true_values=node.texts("trueValues") if kind == "boolean" else (),
        false_values=node.texts("falseValues") if kind == "boolean" else (),
        asked_of=node.texts("askedOf") if "askedOf" in node else (),
        free_text=node.get("freeText", bool, False),
    )


def _constraints(node: Node) -> Constraints:
    return Constraints(
        required=node.get("required", bool, False),
        unique=node.get("unique", bool, False),
        enum=tuple(node.get("enum", list, [])),
        minimum=node.get("minimum", (int, float), None),
        maximum=node.get("maximum", (int, float), None),
        pattern=node.get("pattern", str, None),
    )


def _category(node: Node) -> Category:
    return Category(node.get("value", (str, int)), node.both("label"))


def _user_missing(node: Node) -> UserMissing:
    return UserMissing(node.get("value", int), node.text("name"), node.both("label"))


def _foreign_key(node: Node) -> ForeignKey:
    resource, fields = node.child("reference", lambda to: (to.text("resource"), to.texts("fields")))
    return ForeignKey(node.texts("fields"), resource, fields)


def _check_columns(contract: Contract, where: str) -> None:
    repeated = {name for name in contract.columns if contract.columns.count(name) > 1}
    if repeated:
        raise ContractError(f"{where}, fields", Message("documents.twice", {"names": ", ".join(sorted(repeated))}))
    used = [("primaryKey", contract.primary_key), *(("foreignKeys", key.fields) for key in contract.foreign_keys)]
    for key, names in used:
        for name in names:
            if name not in contract.columns:
                message = Message("documents.no_column", {"name": repr(name)})
                raise ContractError(f"{where}, {key}", message, meant(name, contract.columns))
    _check_groups(contract, where)
    if contract.synthetic == "by_row" and "origin" not in contract.columns:
        raise ContractError(f"{where}, synthetic", Message("documents.needs_origin"))


def _check_groups(contract: Contract, where: str) -> None:
    """Raise ``ContractError`` where questions are put to groups that are no value of the column of groups."""
    groups: tuple[str | int, ...] = ()
    if contract.group_column is not None:
        if contract.group_column not in contract.columns:
            name = contract.group_column
            message = Message("documents.no_column", {"name": repr(name)})
            raise ContractError(f"{where}, groupColumn", message, meant(name, contract.columns))
        groups = contract.field(contract.group_column).allowed
    for field in contract.fields:
        if field.asked_of and not groups:
            raise ContractError(f"{where}, fields {field.name}, askedOf", Message("documents.needs_group_column"))
        for name in field.asked_of:
            if name not in groups:
                message = Message("documents.no_group", {"name": repr(name)})
                raise ContractError(f"{where}, fields {field.name}, askedOf", message, meant(name, map(str, groups)))


def _check_references(contract: Contract, contracts: Mapping[str, Contract]) -> None:
    named = [("foreignKeys", key.resource, key.reference_fields) for key in contract.foreign_keys]
    for number, check in enumerate(contract.checks, 1):
        named += [(f"checks {number}", dataset, names) for dataset, names in check.elsewhere.items()]
    for key, dataset, names in named:
        where = f"analysis/contracts/{contract.name}.yaml, {key}"
        if dataset not in contracts:
            message = Message("documents.no_contract", {"name": repr(dataset)})
            raise ContractError(where, message, meant(dataset, contracts))
        columns = contracts[dataset].columns
        for name in names:
            if name not in columns:
                message = Message("documents.dataset_without_column", {"dataset": dataset, "name": repr(name)})
                raise ContractError(where, message, meant(name, columns))
