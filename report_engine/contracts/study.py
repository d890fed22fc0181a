"""What the study consists of, as its ``study.yaml`` declares it: the engine knows nothing of it by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import get_args

from report_engine.contracts.contract import Contract
from report_engine.model.document import DocumentError, Node, meant, read_yaml
from report_engine.provenance.place import FILE, STUDY
from report_engine.words.editions import EDITIONS, Edition, Text
from report_engine.words.messages import Message


@dataclass(frozen=True)
class Register:
    """The dataset that lists the places studied, with its columns of codes and of names."""

    dataset: str
    code: str
    name: str


@dataclass(frozen=True)
class Codebook:
    """The dataset that lists the codes of interviews, with its column of codes and those of what they are called."""

    dataset: str
    code: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Segments:
    """The dataset of coded passages, with its columns for a passage's id and for the document that it stands in."""

    dataset: str
    id: str
    document: str


@dataclass(frozen=True)
class Roles:
    """The datasets that the engine has to know; ``None`` where the study has no such dataset.

    ``answers`` is the survey whose contract says (``groupColumn``) what the groups of respondents are called everywhere.
    """

    register: Register | None = None
    codebook: Codebook | None = None
    segments: Segments | None = None
    answers: str | None = None


@dataclass(frozen=True)
class Study:
    """A study: the ``editions`` of its report, the titles of its ``sections`` by name and in order, and the words of its ``units``."""

    editions: tuple[Edition, ...]
    sections: Mapping[str, Text]
    roles: Roles = Roles()
    units: Mapping[str, Text] = field(default_factory=dict)


@cache
def load() -> Study:
    """Read the study's declaration; ``DocumentError`` names what is wrong with it."""
    return parse(read_yaml((STUDY / "study.yaml").read_text("utf-8"), FILE))


def parse(document: object) -> Study:
    """Turn the declaration's YAML document into a ``Study``."""
    node = Node(document, FILE)
    editions = node.texts("editions", least=1)
    for edition in editions:
        if edition not in get_args(Edition):
            known = ", ".join(get_args(Edition))
            raise node.wrong("editions", Message("documents.one_of", {"found": repr(edition), "allowed": known}))
    study = Study(
        editions=EDITIONS,
        sections=_texts(node, "sections"),
        roles=node.child("roles", _roles) if "roles" in node else Roles(),
        units=_texts(node, "units") if "units" in node else {},
    )
    node.done()
    return study


def sections() -> tuple[str, ...]:
    """Name the sections, in the order of the report."""
    return tuple(load().sections)


def roles(contracts: Mapping[str, Contract]) -> Roles:
    """Return the study's roles; ``DocumentError`` for one whose dataset or column the contracts do not have."""
    found = load().roles
    check(found, contracts)
    return found


def check(roles: Roles, contracts: Mapping[str, Contract]) -> None:
    """Raise ``DocumentError`` for the first dataset or column of a role that the contracts do not have."""
    if register := roles.register:
        _check_columns("register", register.dataset, {"code": [register.code], "name": [register.name]}, contracts)
    if codebook := roles.codebook:
        _check_columns("codebook", codebook.dataset, {"code": [codebook.code], "names": codebook.names}, contracts)
    if segments := roles.segments:
        columns = {"id": [segments.id], "document": [segments.document]}
        _check_columns("segments", segments.dataset, columns, contracts)
    if roles.answers:
        _check_columns("answers", roles.answers, {}, contracts)
        if contracts[roles.answers].group_column is None:
            raise DocumentError(
                f"{FILE}, roles, answers", Message("documents.no_group_column", {"dataset": repr(roles.answers)})
            )


def _texts(node: Node, key: str) -> dict[str, Text]:
    names = node.get(key, dict)
    return node.child(key, lambda titles: {str(name): titles.both(name) for name in names})


def _roles(node: Node) -> Roles:
    return Roles(
        register=node.child("register", lambda its: Register(its.text("dataset"), its.text("code"), its.text("name")))
        if "register" in node
        else None,
        codebook=node.child(
            "codebook", lambda its: Codebook(its.text("dataset"), its.text("code"), its.texts("names", least=1))
        )
        if "codebook" in node
        else None,
        segments=node.child("segments", lambda its: Segments(its.text("dataset"), its.text("id"), its.text("document")))
        if "segments" in node
        else None,
        answers=node.text("answers") if "answers" in node else None,
    )


def _check_columns(
    role: str, dataset: str, columns: Mapping[str, Iterable[str]], contracts: Mapping[str, Contract]
) -> None:
    where = f"{FILE}, roles, {role}"
    if dataset not in contracts:
        raise DocumentError(where, Message("documents.no_dataset", {"name": repr(dataset)}), meant(dataset, contracts))
    for key, names in columns.items():
        for name in names:
            if name not in contracts[dataset].columns:
                message = Message("documents.dataset_without_column", {"dataset": dataset, "name": repr(name)})
                raise DocumentError(f"{where}, {key}", message, meant(name, contracts[dataset].columns))
