"""What new answers would change: values added, removed and changed, before anything is replaced."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from report_engine.model.findings import escape
from report_engine.readers.statistics import kolada, pxweb
from report_engine.readers.tables.sheet import Sheet
from report_engine.words.messages import Message, Value, Word

Place = tuple[str, ...]

SHOWN = 5
_NO_PLACE = frozenset({"value", "status", "count", "isdeleted"})


@dataclass(frozen=True)
class Difference:
    """Values that come, go and change, each by its place (codes in the order of the columns)."""

    added: Mapping[Place, str]
    removed: Mapping[Place, str]
    changed: Mapping[Place, tuple[str, str]]
    before: int
    after: int

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def values(data: bytes, file: str) -> dict[Place, str]:
    """Return the values of a kept file or of new answers by their place; raises ``Unreadable``."""
    reader = kolada if kolada.matches(data, file) else pxweb
    found: dict[Place, str] = {}
    for sheet in reader.sheets(data, file):
        found.update(_values(sheet))
    return found


def difference(old: Mapping[Place, str], new: Mapping[Place, str]) -> Difference:
    """Compare values; a number written in another way (``12`` and ``12.0``) is the same."""
    return Difference(
        {place: new[place] for place in sorted(new.keys() - old.keys())},
        {place: old[place] for place in sorted(old.keys() - new.keys())},
        {p: (old[p], new[p]) for p in sorted(old.keys() & new.keys()) if _plain(old[p]) != _plain(new[p])},
        len(old),
        len(new),
    )


def lines(name: str, found: Difference) -> list[Message]:
    """Write a difference for a person: one line of counts, then the first few of each kind."""
    if not found.before:
        return [Message("fetch.all_new", {"file": name, "n": found.after})]
    if not found:
        return [Message("fetch.unchanged", {"file": name, "n": found.after})]
    counts: dict[str, Value] = {"file": name, "before": found.before, "after": found.after}
    counts |= {kind: len(getattr(found, kind)) for kind in ("added", "removed", "changed")}
    said = [Message("fetch.counts", counts)]
    said += _examples("added", {place: _show(value) for place, value in found.added.items()})
    said += _examples("removed", {place: _show(value) for place, value in found.removed.items()})
    return said + _examples("changed", {place: _from_to(*values) for place, values in found.changed.items()})


def _values(sheet: Sheet) -> dict[Place, str]:
    places = [
        at for at, name in enumerate(sheet.header) if name not in _NO_PLACE and name.removesuffix("_label") == name
    ]
    value, status = sheet.header.index("value"), sheet.header.index("status")
    return {tuple(cells[at] for at in places): str(cells[value]) or str(cells[status]) for _, cells in sheet.records}


def _plain(text: str) -> Decimal | str:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _show(value: str) -> Word:
    return escape(value) if value else Message("fetch.missing")


def _from_to(old: str, new: str) -> Message:
    return Message("fetch.from_to", {"old": _show(old), "new": _show(new)})


def _examples(kind: str, some: Mapping[Place, Word]) -> list[Message]:
    first = list(some.items())[:SHOWN]
    said = [Message(f"fetched.{kind}", {"place": escape(" ".join(place)), "value": value}) for place, value in first]
    return [*said, Message(f"fetchedmore.{kind}", {"n": len(some) - SHOWN})] if len(some) > SHOWN else said
