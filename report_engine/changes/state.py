"""The state of a report, as plain values: what a release keeps and what a comparison reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from report_engine.words.editions import EDITIONS, Edition

Plain = Any
"""What JSON can say."""

_CLAIM_WORDS = ("verdict", "statement", "reason")


@dataclass(frozen=True)
class Dataset:
    """Fingerprints of one dataset: SHA-256 of its raw files by path, and of its tidy table; else how many rows it has alone.

    No digest of rows that are not public, nor of all of them: whoever knows all but one finds that one by trying.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    tidy: str = ""
    rows: int | None = None


@dataclass(frozen=True)
class State:
    """Everything of a report that a reviewer signs off.

    ``facts`` and ``claims`` are as in ``data/results``, by id; ``figures`` (SVG), ``tables`` (CSV), by ``section/name``, and
    ``contracts`` (YAML), by dataset, are texts, as are ``chapters``, by path below ``report/``. Figures are those of ``edition``.
    """

    name: str
    edition: Edition
    data: Mapping[str, Dataset] = field(default_factory=dict)
    facts: Mapping[str, Plain] = field(default_factory=dict)
    claims: Mapping[str, Plain] = field(default_factory=dict)
    figures: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)
    contracts: Mapping[str, str] = field(default_factory=dict)
    chapters: Mapping[str, str] = field(default_factory=dict)


def own_facts(facts: Mapping[str, Plain], claims: Mapping[str, Plain]) -> dict[str, Plain]:
    """Leave out the facts that only repeat what a claim says, and what of a fact no reader meets."""
    repeated = {f"{claim}.{word}" for claim in claims for word in _CLAIM_WORDS}
    kept = ("value", "unit", "low", "high", "n", "text")
    return {key: {name: fact[name] for name in kept} for key, fact in sorted(facts.items()) if key not in repeated}


def edition_of(chapter: str) -> Edition:
    """Name the edition a chapter (``sv/staff.qmd``) belongs to."""
    return next(edition for edition in EDITIONS if chapter.startswith(f"{edition}/"))
