"""What the study consists of, as its ``study.yaml`` declares it: the engine knows nothing of it by name."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated

from pydantic import Field, StrictStr

from report_engine.contracts.contract import Contract, absent
from report_engine.model import document
from report_engine.model.validation import Both, KeyPath, Part, SomeTexts, Wrong, show
from report_engine.provenance.place import FILE, STUDY
from report_engine.words.editions import Edition
from report_engine.words.messages import Message


class Register(Part):
    """The dataset that lists the places studied, with its columns of codes and of names."""

    dataset: StrictStr
    code: StrictStr
    name: StrictStr


class Codebook(Part):
    """The dataset that lists the codes of interviews, with its column of codes and those of what they are called."""

    dataset: StrictStr
    code: StrictStr
    names: SomeTexts


class Segments(Part):
    """The dataset of coded passages, with its columns for a passage's id and for the document that it stands in."""

    dataset: StrictStr
    id: StrictStr
    document: StrictStr


class Roles(Part):
    """The datasets that the engine has to know; ``None`` where the study has no such dataset.

    ``answers`` is the survey whose contract says (``groupColumn``) what the groups of respondents are called everywhere.
    """

    places: Register | None = Field(default=None, alias="register")
    codebook: Codebook | None = None
    segments: Segments | None = None
    answers: StrictStr | None = None


class Study(Part):
    """A study: the ``editions`` of its report, the titles of its ``sections`` by name and in order, and the words of its ``units``."""

    editions: Annotated[tuple[Edition, ...], Field(min_length=1)]
    sections: dict[StrictStr, Both]
    roles: Roles = Roles()
    units: dict[StrictStr, Both] = Field(default={})


@cache
def load() -> Study:
    """Read the study's declaration; ``DocumentError`` names what is wrong with it."""
    return _document().into(Study)


def _document() -> document.Document:
    return document.read(STUDY / "study.yaml", FILE)


def sections() -> tuple[str, ...]:
    """Name the sections, in the order of the report."""
    return tuple(load().sections)


def roles(contracts: Mapping[str, Contract]) -> Roles:
    """Return the study's roles; ``DocumentError`` for those whose datasets or columns the contracts do not have."""
    found = load().roles
    if wrongs := [*check(found, contracts)]:
        _document().refuse(wrongs)
    return found


def check(roles: Roles, contracts: Mapping[str, Contract]) -> Iterator[Wrong]:
    """Give the datasets and columns of roles that the contracts do not have."""
    for name, its in roles:
        path: KeyPath = ("roles", Roles.model_fields[name].alias or name)
        if its is None:
            continue
        if isinstance(its, str):
            yield from absent(path, its, (), contracts)
            if its in contracts and contracts[its].group_column is None:
                yield Wrong(path, Message("documents.no_group_column", {"dataset": show(its)}))
            continue
        yield from absent((*path, "dataset"), its.dataset, (), contracts)
        for key, names in its:
            if key != "dataset" and its.dataset in contracts:
                yield from absent((*path, key), its.dataset, [names] if isinstance(names, str) else names, contracts)
