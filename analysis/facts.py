"""Facts of the same form in several sections, and words inside sentences."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from report_engine.methods.estimate import Estimate
from report_engine.model.section import Claim, Fact, Origin
from report_engine.words.editions import EDITIONS, Edition, Text
from report_engine.words.numbers import NBSP, both, number, percent, percent_words, points
from report_engine.words.report import say

Writer = Callable[..., str]

HIDDEN: Text = {"sv": "..", "en": ".."}


def statements(cells: Iterable[str], claims: Mapping[str, Claim]) -> dict[object, Text]:
    """Say what cells that name claims (ids with spaces between them) stand for: the claims' sentences."""
    return {
        cell: {e: "; ".join(claims[claim].statement[e] for claim in cell.split()) for e in EDITIONS}
        for cell in dict.fromkeys(cells)
    }


def inside(text: Text) -> Text:
    """Turn a label into words inside a sentence: a capital becomes small unless the word is an abbreviation or a name."""
    return {edition: _small(text[edition]) for edition in EDITIONS}


def _small(label: str) -> str:
    first = label.split(" ")[0]
    name = sum(letter.isupper() for letter in first) > 1 or first.startswith(("Arbetsförmedling", "Försäkringskass"))
    return label if name else label[:1].lower() + label[1:]


def plain_share(id: str, value: float | None, n: float, tables: tuple[str, ...], origin: Origin) -> Fact:
    """Make a fact of a share without interval; two dots where it is suppressed."""
    if value is None or pd.isna(value):
        return Fact(id, None, same(".."), "share", tables, origin)
    share = float(value)
    return Fact(id, share, both(percent_words, share), "share", tables, origin, n=int(n))


def counted(
    id: str, value: int | None, tables: tuple[str, ...], origin: Origin, *, unit: str = "count", words: Writer = number
) -> Fact:
    """Make a fact of a number of persons or segments, as ``perturbation.cases`` or ``count`` gives it; two dots where it is hidden."""
    return Fact(id, value, about(value, words), unit, tables, origin, n=value)


def about(value: int | None, words: Writer = number) -> Text:
    """Write a number of persons or segments, which is published blurred or rounded, as one; two dots where it is hidden."""
    return HIDDEN if value is None else say("protection.about", n=both(words, value))


def written_share(share: float, low: float, high: float, n: float) -> tuple[str, Text]:
    """Write a share with interval and n for a table: the cell's key (in the CSV) and its wording per edition."""
    if pd.isna(share) or pd.isna(low):
        return "..", same("..")
    value, count = float(share), int(n)
    bounds = f"{number(float(low) * 100, 'en')}–{number(float(high) * 100, 'en')}"
    words: Text = {e: f"{percent(value, e)} ({bounds}; n{NBSP}={NBSP}{number(count, e)})" for e in EDITIONS}
    return f"{number(value * 100, 'en')} ({bounds}; n={count})", words


def same(value: object) -> Text:
    """Give a name or a year the same wording in every edition."""
    return {edition: str(value) for edition in EDITIONS}


def points_interval(low: float, high: float, edition: Edition) -> str:
    """Write the interval of a difference of shares in running text, after the difference: ``−4 till +12``."""
    ends = [number(end * 100, edition, signed=True) for end in (low, high)]
    return f"{ends[0]} {'till' if edition == 'sv' else 'to'} {ends[1]}"


def points_facts(id: str, found: Estimate, tables: tuple[str, ...], origin: Origin) -> tuple[Fact, Fact]:
    """Give a difference of shares as a fact of its own, with its sign, and its interval as another (``<id>_interval``).

    Two dots where it is suppressed, or its interval is not known (NaN).
    """
    value, low, high = float(found.estimate), float(found.low), float(found.high)
    if pd.isna([value, low, high]).any():
        hidden = [Fact(f"{id}{end}", None, same(".."), "share_difference", tables, origin) for end in ("", "_interval")]
        return hidden[0], hidden[1]
    words: Text = {edition: points(value, edition) for edition in EDITIONS}
    interval: Text = {edition: points_interval(low, high, edition) for edition in EDITIONS}
    return (
        Fact(id, value, words, "share_difference", tables, origin, low, high, found.n),
        Fact(f"{id}_interval", None, interval, "text", tables, origin, low, high, found.n),
    )


def share_fact(id: str, row: Mapping[str, Any], tables: tuple[str, ...], origin: Origin) -> Fact:
    """Make a fact of a share: its wording is the percentage; two dots where it is suppressed or nobody answered."""
    if pd.isna(row["low"]):
        return Fact(id, None, HIDDEN, "share", tables, origin)
    share, low, high = (float(row[key]) for key in ("estimate", "low", "high"))
    return Fact(id, share, both(percent_words, share), "share", tables, origin, low, high, int(row["n"]))


def interval_fact(id: str, row: Mapping[str, Any], tables: tuple[str, ...], origin: Origin) -> Fact:
    """Make a fact of a share's interval, for use beside the share: ``54–68 procent``."""
    if pd.isna(row["low"]):
        return Fact(id, None, HIDDEN, "text", tables, origin)
    low, high = float(row["low"]), float(row["high"])
    return Fact(
        id, None, {e: interval(low, high, e) for e in EDITIONS}, "text", tables, origin, low, high, int(row["n"])
    )


def interval(low: float, high: float, edition: Edition) -> str:
    """Write an interval of shares for running text: ``54–68 procent``."""
    return f"{number(low * 100, edition)}–{percent_words(high, edition)}"
