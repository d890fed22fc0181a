"""Keys: combinations that may occur once, and values that must occur in another dataset."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from analysis.findings import Fault, Finding, found
from analysis.validation.columns import Value
from analysis.validation.nearest import nearest

_MOST_NEAREST = 100


def repeated(file: str, rows: Sequence[int], columns: Mapping[str, Sequence[Value]]) -> Iterator[Finding]:
    """Give a finding for each row whose combination of values in ``columns`` stands in an earlier row already."""
    name = ", ".join(columns)
    first: dict[tuple[Value, ...], int] = {}
    for row, key in zip(rows, zip(*columns.values(), strict=True), strict=True):
        if None in key:
            continue  # an empty or wrong part has its own finding
        if key in first:
            advice = "It may stand only once: correct or remove one of the two rows."
            yield found(
                Fault("key", "", f"stands in row {first[key]} already", None, advice), file, row, name, _shown(key)
            )
        else:
            first[key] = row


def unknown(
    file: str,
    rows: Sequence[int],
    columns: Mapping[str, Sequence[Value]],
    known: Collection[tuple[Value, ...]],
    resource: str,
) -> Iterator[Finding]:
    """Give a finding for each row whose combination of values in ``columns`` is not among those ``known`` in ``resource``."""
    name = ", ".join(columns)
    texts = sorted({_shown(key) for key in known if None not in key})
    meant: dict[str, str | None] = {}
    for row, key in zip(rows, zip(*columns.values(), strict=True), strict=True):
        if None in key or key in known:
            continue
        value = _shown(key)
        if value not in meant:
            meant[value] = nearest(value, texts) if len(meant) < _MOST_NEAREST else None
        yield found(Fault("reference", f"in the dataset {resource}", nearest=meant[value]), file, row, name, value)


def _shown(key: Sequence[Value]) -> str:
    return ", ".join(str(part) for part in key)
