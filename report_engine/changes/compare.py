"""Two states of a report, compared: what differs, as a list of changes that a reviewer can tick one by one."""

import hashlib
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from report_engine.changes import prose
from report_engine.changes.rows import RowDiff
from report_engine.changes.state import Plain, State

Kind = Literal["claims", "numbers", "words", "figures", "tables", "data", "contracts", "prose"]
KINDS: tuple[Kind, ...] = get_args(Kind)

# A unit whose values have a natural scale; others are measured against the larger of the two values.
_SCALES = {
    "share": 1.0,
    "share_difference": 1.0,
    "stance": 1.0,
    "alpha": 1.0,
    "correlation": 1.0,
    "coefficient": 1.0,
    "percent": 100.0,
}

_CLAIM = ("statement", "verdict", "figure", "citations", "dissent", "robustness")


@dataclass(frozen=True)
class Change:
    """One thing that differs: ``None`` stands for what was not there before, or is not there any more.

    ``size`` says how far a number moved, relative to its scale; ``flip`` that a claim has another verdict, or is gone.
    """

    kind: Kind
    id: str
    old: Plain
    new: Plain
    size: float = 0.0
    flip: bool = False

    @property
    def key(self) -> str:
        """What the change is called in the file of ticks and on the command line."""
        return f"{self.kind}/{self.id}"

    @property
    def digest(self) -> str:
        """A hash of the old and the new: a tick counts for no other change of the same thing."""
        return short_hash(self.old, self.new)


@dataclass(frozen=True)
class Comparison:
    """All changes, in the order of ``KINDS`` and the most important first, and how much was compared."""

    old: State
    new: State
    changes: tuple[Change, ...]
    rows: Mapping[str, RowDiff]
    compared: Mapping[str, int]

    def of(self, kind: Kind) -> tuple[Change, ...]:
        """Return the changes of one kind."""
        return tuple(change for change in self.changes if change.kind == kind)

    @property
    def flips(self) -> tuple[Change, ...]:
        """Claims that have another verdict, or are gone."""
        return tuple(change for change in self.changes if change.flip)

    @property
    def empty(self) -> bool:
        """Whether facts, claims or figures have nothing in common: then nothing was compared."""
        return not all(self.compared.values())


def short_hash(*parts: Plain) -> str:
    """Return twelve digits that stand for plain values."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:12]


def compare(old: State, new: State, rows: Mapping[str, RowDiff] | None = None) -> Comparison:
    """Compare two states; ``rows`` holds what differs in the rows of those datasets whose tidy table differs."""
    found = rows or {}
    changes = [
        *_claims(old.claims, new.claims),
        *_numbers(old.facts, new.facts),
        *_by_key("words", _texts(old.facts), _texts(new.facts)),
        *_by_key("figures", old.figures, new.figures, _text_hash),
        *_by_key("tables", old.tables, new.tables),
        *_data(old, new, found),
        *_by_key("contracts", old.contracts, new.contracts),
        *_prose(old.chapters, new.chapters),
    ]
    compared = {kind: len(set(getattr(old, kind)) & set(getattr(new, kind))) for kind in ("facts", "claims", "figures")}
    return Comparison(old, new, tuple(changes), found, compared)


def no_longer_holding(old: Mapping[str, Plain], new: Mapping[str, Plain]) -> list[str]:
    """List the claims that held in ``old`` and do not in ``new``, or are not there."""
    return [
        key
        for key, claim in old.items()
        if outcome(claim) == "holds" and (key not in new or outcome(new[key]) != "holds")
    ]


def flipped(old: Mapping[str, Plain], new: Mapping[str, Plain]) -> list[str]:
    """List the claims of ``old`` that have another verdict in ``new``, or are not there."""
    return [key for key, claim in old.items() if key not in new or outcome(new[key]) != outcome(claim)]


def outcome(claim: Plain) -> str:
    """Return a claim's verdict in one word."""
    return str(claim["verdict"]["outcome"])


def _claims(old: Mapping[str, Plain], new: Mapping[str, Plain]) -> list[Change]:
    flips = set(flipped(old, new))
    found = _by_key("claims", old, new, lambda claim: {key: claim.get(key) for key in _CLAIM})
    marked = [Change(c.kind, c.id, c.old, c.new, flip=c.id in flips) for c in found]
    return sorted(marked, key=lambda change: not change.flip)


def _numbers(old: Mapping[str, Plain], new: Mapping[str, Plain]) -> list[Change]:
    def numbers(facts: Mapping[str, Plain]) -> dict[str, Plain]:
        return {key: fact for key, fact in facts.items() if not _is_text(fact)}

    before, after = numbers(old), numbers(new)
    found = [
        Change(c.kind, c.id, c.old, c.new, size=size(c.old, c.new)) for c in _by_key("numbers", before, after, dict)
    ]
    return sorted(found, key=lambda change: (not _in_print(change), -change.size, change.id))


def size(old: Plain, new: Plain) -> float:
    """Return how far a number, or an end of its interval, moved: a share of its scale, 1 for what came or went."""
    if old is None or new is None:
        return 1.0
    scale = _SCALES.get(new["unit"]) if old["unit"] == new["unit"] else None
    moves = [_moved(old[key], new[key], scale) for key in ("value", "low", "high")]
    return max(*moves, _moved(old["n"], new["n"], None))


def _moved(old: Any, new: Any, scale: float | None) -> float:
    if old == new:
        return 0.0
    if not isinstance(old, int | float) or not isinstance(new, int | float):
        return 1.0
    return min(1.0, math.fabs(new - old) / (scale or max(math.fabs(old), math.fabs(new))))


def _in_print(change: Change) -> bool:
    """Whether a reader of the report can see that a number moved."""
    return change.old is None or change.new is None or change.old["text"] != change.new["text"]


def _is_text(fact: Plain) -> bool:
    return fact["unit"] in ("text", "verdict")


def _texts(facts: Mapping[str, Plain]) -> dict[str, Plain]:
    return {key: fact["text"] for key, fact in facts.items() if _is_text(fact)}


def _data(old: State, new: State, rows: Mapping[str, RowDiff]) -> list[Change]:
    def fingerprints(state: State) -> dict[str, Plain]:
        # another version of what writes tidy tables changes their bytes, and nothing that a reviewer need see
        return {
            name: {"files": dict(its.files), "tidy": its.tidy if rows.get(name, True) else "", "rows": its.rows}
            for name, its in state.data.items()
        }

    return _by_key("data", fingerprints(old), fingerprints(new))


def _prose(old: Mapping[str, str], new: Mapping[str, str]) -> list[Change]:
    changes = []
    for chapter in sorted(old.keys() | new.keys()):
        seen: dict[str, int] = {}
        for before, after in prose.paragraphs(old.get(chapter, ""), new.get(chapter, "")):
            name = short_hash(*sorted((before, after)))
            seen[name] = seen.get(name, 0) + 1  # the same change to two paragraphs that are alike
            number = f".{seen[name]}" if seen[name] > 1 else ""
            changes.append(Change("prose", f"{chapter}:{name}{number}", before or None, after or None))
    return changes


def _by_key(
    kind: Kind, old: Mapping[str, Any], new: Mapping[str, Any], seen_as: Callable[[Any], Plain] = lambda item: item
) -> list[Change]:
    """List what differs between two mappings, by key; ``seen_as`` gives of an item what counts."""
    changes = []
    for key in sorted(old.keys() | new.keys()):
        before, after = (seen_as(state[key]) if key in state else None for state in (old, new))
        if before != after:
            changes.append(Change(kind, key, before, after))
    return changes


def _text_hash(text: str) -> str:
    return short_hash(text)
