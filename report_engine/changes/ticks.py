"""What a reviewer has seen: ``report/releases/seen.yaml``, one line a change, which belongs in version control.

A tick holds for one change from one value to another: when either is another, the tick has lapsed.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from pydantic import StrictStr

from report_engine.changes.compare import KINDS, Change
from report_engine.changes.store import FOLDER, Refused
from report_engine.model import document
from report_engine.model.problems import hinted
from report_engine.words.messages import Message

Ticks: TypeAlias = dict[StrictStr, StrictStr]
"""Hashes by the name of a change."""

FILE = FOLDER / "seen.yaml"

HEADING = "# Changes since the last release that someone has looked at: what changed, and a hash of old and new."


def read(path: Path = FILE) -> dict[str, str]:
    """Read the ticks: hash by change; ``DocumentError`` where the file can't be used."""
    if not path.is_file():
        return {}
    return document.read(path).into(Ticks)


def content(ticks: Mapping[str, str]) -> str:
    """Write the file of ticks."""
    return "\n".join([HEADING, *(f"{key}: '{digest}'" for key, digest in sorted(ticks.items()))]) + "\n"


def is_seen(change: Change, ticks: Mapping[str, str]) -> bool:
    """Whether this very change has been ticked."""
    return ticks.get(change.key) == change.digest


def add(ticks: Mapping[str, str], changes: Sequence[Change], chosen: Iterable[str]) -> dict[str, str]:
    """Tick the changes chosen by name, by kind (``claims``) or ``all``, and drop ticks that have lapsed.

    Raises ``Refused`` for a choice that is no change.
    """
    kept = {change.key: change.digest for change in changes if is_seen(change, ticks)}
    known = [change.key for change in changes]
    for choice in chosen:
        found = [c for c in changes if choice in ("all", c.kind, c.key)]
        if not found and choice not in ("all", *KINDS):
            raise Refused(hinted(Message("release.no_change", {"name": repr(choice)}), choice, ["all", *KINDS, *known]))
        kept |= {change.key: change.digest for change in found}
    return kept
