"""Keys: combinations that may occur once, and values that must occur in another dataset."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from report_engine.contracts.values import Value
from report_engine.model.encoded import together
from report_engine.model.findings import Fault, Finding, escape, found
from report_engine.readers import Raw
from report_engine.words.messages import Message
from report_engine.words.nearest import neighbour

_MOST_NEAREST = 100


def repeated(raw: Raw, columns: Mapping[str, Sequence[Value]]) -> Iterator[Finding]:
    """Give a finding for each row whose combination of values in ``columns`` stands in an earlier row already."""
    first: dict[tuple[Value, ...], int] = {}
    combined = together(columns.values())
    if len(combined.distinct) == len(combined):
        return
    for at, key in combined.repeated():
        if None in key:
            continue  # an empty or wrong part has its own finding
        if key in first:
            shown = raw.hides(first[key]) and not raw.hides(at)
            here, there = (first[key], at) if shown else (at, first[key])
            place = raw.place(here)
            yield found(_twice(raw, here, there), place.file, place.row, _header(raw, here, columns), _shown(key))
        else:
            first[key] = at


def _twice(raw: Raw, here: int, there: int) -> Fault:
    if raw.hides(here):
        return Fault("key", None, Message("checks.stands_hidden"), None, Message("files.show_or_delete_rows"))
    file, row, *_ = raw.place(there)
    where = Message("findings.row", {"row": row})
    if file != raw.place(here).file:
        where = Message("checks.row_of_file", {"file": escape(file), "row": row})
    return Fault("key", None, Message("checks.stands_already", {"where": where}), None, Message("checks.only_once"))


def unknown(
    raw: Raw,
    columns: Mapping[str, Sequence[Value]],
    known: Collection[tuple[Value, ...]],
    resource: str,
) -> Iterator[Finding]:
    """Give a finding for each row whose combination of values in ``columns`` is not among those ``known`` in ``resource``."""
    texts = sorted({_shown(key) for key in known if None not in key})
    meant: dict[str, str | None] = {}
    for at, key in together(columns.values()).those(lambda key: None not in key and key not in known):
        value = _shown(key)
        if value not in meant:
            meant[value] = neighbour(value, texts) if len(meant) < _MOST_NEAREST else None
        place = raw.place(at)
        problem = Message("checks.not_in_dataset", {"dataset": resource})
        fault = Fault("reference", problem=problem, nearest=meant[value])
        yield found(fault, place.file, place.row, _header(raw, at, columns), value)


def _header(raw: Raw, at: int, columns: Iterable[str]) -> str:
    return ", ".join(raw.place(at, name).column for name in columns)


def _shown(key: Sequence[Value]) -> str:
    return ", ".join(str(part) for part in key)
