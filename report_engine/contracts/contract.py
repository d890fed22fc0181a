"""Contracts: the declared schema of every dataset, read from ``analysis/contracts/*.yaml``.

A contract is a Frictionless Table Schema with a few extensions (both languages, units, user-missing values, whom a
question was put to, whether rows are persons). It is what the validator checks, what charts take their labels from and what the data dictionary prints.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, StrictBool, StrictInt, StrictStr
from pydantic.alias_generators import to_camel

from report_engine.contracts.plausibility import AnyCheck
from report_engine.model import document, validation
from report_engine.model.document import Document, DocumentError
from report_engine.model.problems import Problem
from report_engine.model.validation import Both, Code, KeyPath, Number, Texts, Wrong, show, unknown
from report_engine.provenance import place
from report_engine.words.editions import Edition
from report_engine.words.messages import Message
from report_engine.words.nearest import hint, nearest

FOLDER = place.STUDY / "contracts"

FieldType = Literal["string", "integer", "number", "boolean"]
Stream = Literal["spending", "survey", "interviews", "literature", "reference"]
Rows = Literal["persons", "groups", "entries"]
"""What a row is: a person or what persons said; a number about a group, place or year; an entry of a list."""
Synthetic = Literal[True, False, "by_row"]


class Part(validation.Part):
    """A part of a contract, whose keys in YAML are in camelCase."""

    model_config = ConfigDict(alias_generator=to_camel)


class Constraints(Part):
    """What a value must meet; ``None`` or ``()`` where nothing is asked. ``pattern`` must match the whole value."""

    required: StrictBool = False
    unique: StrictBool = False
    enum: tuple[Code, ...] = ()
    minimum: Number | None = None
    maximum: Number | None = None
    pattern: StrictStr | None = None


class Category(Part):
    """One allowed value and what it is called."""

    value: Code
    label: Both


class UserMissing(Part):
    """A code that stands for a kind of missing answer: ``8`` is ``dont_know``."""

    value: StrictInt
    name: StrictStr
    label: Both


class Field(Part):
    """One column of a dataset.

    ``asked_of`` lists the groups a survey question was put to (empty: everyone); the cell is empty for the others.
    ``true_values`` and ``false_values`` are the words a boolean is written with. ``free_text`` marks what people said or wrote:
    no message ever quotes it. ``lost`` says what the report does without the column, which a file may then lack or leave empty.
    """

    name: StrictStr
    type: FieldType
    title: Both
    description: Both | None = None
    unit: StrictStr | None = None
    constraints: Constraints = Constraints()
    categories: tuple[Category, ...] = ()
    user_missing: tuple[UserMissing, ...] = ()
    true_values: Texts = ()
    false_values: Texts = ()
    asked_of: Texts = ()
    free_text: StrictBool = False
    lost: Both | None = None

    @property
    def allowed(self) -> tuple[str | int, ...]:
        """Every value the column may hold, user-missing codes included; empty where any value will do."""
        values = self.constraints.enum or tuple(category.value for category in self.categories)
        return values + tuple(missing.value for missing in self.user_missing) if values else ()


class Reference(Part):
    """The columns of another dataset that a foreign key points at."""

    resource: StrictStr
    fields: Texts


class ForeignKey(Part):
    """Columns ``fields`` whose values must occur in the columns of ``reference``.

    ``lost`` says what the report does where none of them occurs there, which may then be so: the other dataset is not about these.
    """

    fields: Texts
    reference: Reference
    lost: Both | None = None

    @property
    def resource(self) -> str:
        """The dataset pointed at."""
        return self.reference.resource

    @property
    def reference_fields(self) -> tuple[str, ...]:
        """The columns pointed at."""
        return self.reference.fields


class Contract(Part):
    """The schema of one dataset.

    ``path`` is its file under ``data/``. Where ``rows`` are ``persons``, nothing that rests on few of them is published.
    ``group_column`` says which group a row's person belongs to: ``asked_of`` names its values. ``synthetic`` is true, false or ``by_row`` (then the column ``origin`` says).
    ``missing_values`` are the strings that stand for an empty cell. ``checks`` are rules whose breach is a warning.
    """

    name: StrictStr
    path: StrictStr
    title: Both
    description: Both
    stream: Stream
    rows: Rows
    synthetic: Synthetic
    source: Both
    licence: StrictStr
    primary_key: Texts
    fields: tuple[Field, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()
    missing_values: Texts
    checks: tuple[AnyCheck, ...] = ()
    group_column: StrictStr | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The column names in the file's order."""
        return tuple(field.name for field in self.fields)

    def is_coded(self, name: str) -> bool:
        """Whether a column holds codes: values of a list, a pattern or another dataset, not any text."""
        field = self.field(name)
        coded = field.allowed or field.constraints.pattern or any(name in key.fields for key in self.foreign_keys)
        return field.type == "string" and bool(coded)

    def field(self, name: str) -> Field:
        """Return one column; ``KeyError`` names the nearest where there is none of that name."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.name} has no column {name!r}{hint(name, self.columns)}")


def on_persons(names: Iterable[str]) -> frozenset[str]:
    """Name those of these datasets whose rows are persons, or what persons said."""
    return frozenset(name for name in names if load(name).rows == "persons")


def public(names: Iterable[str]) -> frozenset[str]:
    """Name those of these datasets whose rows anybody may have: entries of lists, and what others have published."""
    return frozenset(name for name in names if load(name).rows == "entries" or load(name).stream == "reference")


def labels(field: Field, edition: Edition) -> dict[str | int, str]:
    """Return what each value of a column is called in an edition, in the contract's order (user-missing codes last)."""
    named = {category.value: category.label[edition] for category in field.categories}
    return named | {missing.value: missing.label[edition] for missing in field.user_missing}


@cache
def load_all() -> Mapping[str, Contract]:
    """Read every contract, sorted by name; ``DocumentError`` for what is wrong with one."""
    contracts = {path.stem: _read(path) for path in sorted(FOLDER.glob("*.yaml"))}
    for name, its in contracts.items():
        if wrongs := [*_references(its, contracts)]:
            _document(FOLDER / f"{name}.yaml").refuse(wrongs)
    return contracts


@cache
def load(name: str) -> Contract:
    """Read one contract; ``DocumentError`` names the nearest where there is none of that name."""
    path = FOLDER / f"{name}.yaml"
    if not path.is_file():
        near = nearest(name, sorted(file.stem for file in FOLDER.glob("*.yaml")))
        message = Message("documents.no_contract", {"name": show(name)})
        raise DocumentError(Problem("analysis/contracts", None, message, show(near) if near else None))
    return _read(path)


def _document(path: Path) -> Document:
    return document.read(path, f"analysis/contracts/{path.name}")


def _read(path: Path) -> Contract:
    its = _document(path)
    contract = parse(its)
    if contract.name != path.stem:
        message = Message("documents.file_name", {"found": show(contract.name), "wanted": show(path.stem)})
        its.refuse([Wrong(("name",), message)])
    return contract


def parse(document: Document) -> Contract:
    """Turn a contract's YAML document into a ``Contract``; ``DocumentError`` for what is wrong with it."""
    contract = document.into(Contract)
    document.refuse(_columns(contract))
    return contract


def _columns(contract: Contract) -> Iterator[Wrong]:
    """Give what the contract says of columns that it does not have."""
    known = contract.columns
    for name in dict.fromkeys(name for name in known if known.count(name) > 1):
        yield Wrong(("fields",), Message("documents.twice", {"name": show(name)}))
    used: list[tuple[KeyPath, str]] = [(("primaryKey",), name) for name in contract.primary_key]
    used += [
        (("foreignKeys", at, "fields"), name) for at, key in enumerate(contract.foreign_keys) for name in key.fields
    ]
    used += [(("checks", at, key), name) for at, check in enumerate(contract.checks) for key, name in check.own]
    if contract.group_column is not None:
        used.append((("groupColumn",), contract.group_column))
    for path, name in used:
        if name not in known:
            yield unknown(path, Message("documents.no_column", {"name": show(name)}), name, known)
    if contract.synthetic == "by_row" and "origin" not in known:
        yield Wrong(("synthetic",), Message("documents.needs_origin"))
    yield from _groups(contract)
    for at, field in enumerate(contract.fields):
        for key, words in (("trueValues", field.true_values), ("falseValues", field.false_values)):
            if (field.type == "boolean") != bool(words):
                its = Message("documents.no_boolean") if words else Message("documents.key_missing")
                yield Wrong(("fields", at, key), its)


def _groups(contract: Contract) -> Iterator[Wrong]:
    """Give the questions that are put to groups that are no value of the column of groups."""
    column = next((field for field in contract.fields if field.name == contract.group_column), None)
    groups = [str(value) for value in column.allowed] if column else []
    for at, field in enumerate(contract.fields):
        path = ("fields", at, "askedOf")
        if field.asked_of and not groups:
            yield Wrong(path, Message("documents.needs_group_column"))
            continue
        for name in field.asked_of:
            if name not in groups:
                yield unknown(path, Message("documents.no_group", {"name": show(name)}), name, groups)


def _references(contract: Contract, contracts: Mapping[str, Contract]) -> Iterator[Wrong]:
    """Give the datasets, and columns of theirs, that the contract names and that there are none of."""
    named: list[tuple[KeyPath, str, Iterable[str]]] = [
        (("foreignKeys", at, "reference"), key.resource, key.reference_fields)
        for at, key in enumerate(contract.foreign_keys)
    ]
    for at, check in enumerate(contract.checks):
        named += [(("checks", at), dataset, names) for dataset, names in check.elsewhere.items()]
    for path, dataset, names in named:
        yield from absent(path, dataset, names, contracts)


def absent(path: KeyPath, dataset: str, names: Iterable[str], contracts: Mapping[str, Contract]) -> Iterator[Wrong]:
    """Give a dataset that there is no contract of, or those of these columns that its contract does not have."""
    if dataset not in contracts:
        yield unknown(path, Message("documents.no_dataset", {"name": show(dataset)}), dataset, contracts)
        return
    columns = contracts[dataset].columns
    for name in (name for name in names if name not in columns):
        message = Message("documents.dataset_without_column", {"dataset": dataset, "name": show(name)})
        yield unknown(path, message, name, columns)
