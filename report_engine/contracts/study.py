"""What the study consists of, as its ``study.yaml`` declares it: the engine knows nothing of it by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import get_args

from report_engine.model.document import Node, read_yaml
from report_engine.provenance.place import FILE, STUDY
from report_engine.words.editions import EDITIONS, Edition, Text


@dataclass(frozen=True)
class Study:
    """A study: the ``editions`` of its report, and the titles of its ``sections`` by name, in the order of the report."""

    editions: tuple[Edition, ...]
    sections: Mapping[str, Text]


@cache
def load() -> Study:
    """Read the study's declaration; ``DocumentError`` names what is wrong with it."""
    return parse(read_yaml((STUDY / "study.yaml").read_text("utf-8"), FILE))


def parse(document: object) -> Study:
    """Turn the declaration's YAML document into a ``Study``."""
    node = Node(document, FILE)
    names = node.get("sections", dict)
    editions = node.texts("editions", least=1)
    node.must_know("editions", "edition", editions, get_args(Edition))
    study = Study(
        editions=EDITIONS,
        sections=node.child("sections", lambda titles: {str(name): titles.both(name) for name in names}),
    )
    node.done()
    return study


def sections() -> tuple[str, ...]:
    """Name the sections, in the order of the report."""
    return tuple(load().sections)
