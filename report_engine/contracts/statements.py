"""What the source of a report says, slide by slide, and where the report takes it up: ``report/presentation.yaml``."""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field, StrictStr

from report_engine.model import document
from report_engine.model.validation import Both, KeyPath, Part, Texts, Wrong, show, unknown
from report_engine.words.messages import Message

FILE = "report/presentation.yaml"


class Statement(Part):
    """A statement of the source in the report's own words, the claims and the section of the chapters that take it up.

    ``untested`` says why no claim tests it.
    """

    says: Both
    claims: Texts = ()
    section: StrictStr | None = None
    untested: Both | None = None


class Slide(Part):
    """A slide of the source: its title, and its statements in their order."""

    title: Both
    statements: Annotated[tuple[Statement, ...], Field(min_length=1)]


class Statements(Part):
    """The slides of the source, in their order, and the claims that test none of its statements: the report's ``own``."""

    slides: Annotated[tuple[Slide, ...], Field(min_length=1)]
    own: Texts = ()


def load(root: Path, claims: Collection[str], sections: Collection[str] | None = None) -> Statements | None:
    """Read the statements, None where the report has no such file; ``DocumentError`` for what is wrong with them.

    ``claims`` are the ids of all claims, ``sections`` those of the chapters' headings, None where they are not known.
    """
    if not (root / FILE).is_file():
        return None
    found = document.read(root / FILE, FILE)
    its = found.into(Statements)
    found.refuse(check(its, claims, sections))
    return its


def check(its: Statements, claims: Collection[str], sections: Collection[str] | None) -> Iterator[Wrong]:
    """Give the statements that lead nowhere, and the claims that lead to no statement and are not said to be the report's own."""
    taken: set[str] = set()
    for number, slide in enumerate(its.slides):
        for place, statement in enumerate(slide.statements):
            path: KeyPath = ("slides", number, "statements", place)
            yield from _led(path, statement, sections)
            yield from _known((*path, "claims"), statement.claims, claims)
            taken |= {*statement.claims}
    yield from _known(("own",), its.own, claims)
    for place, claim in enumerate(its.own):
        if claim in taken:
            yield Wrong(("own", place), Message("documents.own_and_tested", {"name": show(claim)}))
    for claim in sorted({*claims} - taken - {*its.own}):
        yield Wrong((), Message("documents.claim_of_nothing", {"name": show(claim), "key": "own"}))


def _led(path: KeyPath, statement: Statement, sections: Collection[str] | None) -> Iterator[Wrong]:
    if not statement.claims and statement.section is None:
        yield Wrong(path, Message("documents.leads_nowhere"))
    if not statement.claims and statement.untested is None:
        yield Wrong(path, Message("documents.needs_why", {"key": "untested"}))
    if statement.section is not None and sections is not None and statement.section not in sections:
        message = Message("documents.no_heading", {"name": show(statement.section)})
        yield unknown((*path, "section"), message, statement.section, sections)


def _known(path: KeyPath, names: Texts, claims: Collection[str]) -> Iterator[Wrong]:
    for place, name in enumerate(names):
        if name not in claims:
            yield unknown((*path, place), Message("documents.no_claim", {"name": show(name)}), name, claims)
