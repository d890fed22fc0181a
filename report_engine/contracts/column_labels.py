"""What the columns of a figure's data, and the codes in them, are called where people read them; files keep the codes."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from report_engine.contracts import contract, study
from report_engine.model.verdicts import VERDICT_WORDS
from report_engine.words import report, texts
from report_engine.words.editions import EDITIONS, Edition, Text

if TYPE_CHECKING:
    import pandas as pd

    from report_engine.model.section import Table

_OWN = report.labels("columns")
_STREAMS = report.labels("streams")
_LABELS = {name: report.labels(f"codes.{name}") for name in ("suppressed", "price_status")}
_TRUTH = report.labels("codes.truth")
_NO_SHARES = ("mean", "ratio", "x", "y")
_ESTIMATE = ("estimate", "low", "high")
_CODE = re.compile(r"[a-z][a-z0-9]*(?:[_./-][a-z0-9]+)*")

Labels = Mapping[str, Mapping[object, Text]]
"""What the codes in a column are called: by column and code."""


def describe(
    where: str, data: "pd.DataFrame", tables: Iterable[str], edition: Edition, own: Labels | None = None
) -> dict[str, Any]:
    """Name the columns that an edition's readers see, in order, and what the codes in them stand for.

    ``tables`` are those the data come from, whose contracts know most codes; ``own`` are the section's. A column of another
    edition (``name_en`` in the Swedish one) is left out. Returns ``headings``, a list of key and title, ``labels`` by column and
    code, and ``percent`` and ``points``, the columns of shares and of differences of shares. Raises ValueError, which names
    the figure ``where``, for a column or code without a name in the edition.
    """
    fields = _fields(tables)
    others = tuple(f"_{other}" for other in EDITIONS if other != edition)
    columns = [str(name) for name in data.columns]
    # a code is left out where its words stand beside it
    shown = [name for name in columns if not name.endswith(others) and f"{name}_{edition}" not in columns]
    titles = {name: field.title[edition] for name, field in fields.items()}
    labels: dict[str, dict[str, str]] = {}
    for name in shown:
        found = {str(value) for value in data[name].dropna().unique()} - {""} if _worded(data[name]) else set()
        labels[name] = _labels(name, fields, titles, edition, found, own or {})
        if _free(name, fields) or name.endswith(f"_{edition}"):
            continue
        for code in sorted(found - labels[name].keys()):
            if _CODE.fullmatch(code) or code in _TRUTH:
                raise ValueError(_unnamed(where, f"the code {code} in the column {name}", edition, _FOR_CODES))
    points = _differences(data[shown])
    unit = f" ({report.say_in('units.points', edition)})"
    titled = [[name, _title(where, name, titles, edition) + (unit if name in points else "")] for name in shown]
    return {
        "headings": titled,
        "labels": {name: known for name, known in labels.items() if known},
        "percent": [name for name in shown if name not in points and _within(data[name], 0)],
        "points": points,
    }


def _differences(data: "pd.DataFrame") -> list[str]:
    """Name the columns of an estimate and its interval where these are differences of shares: some of them are negative."""
    its = [name for name in _ESTIMATE if name in data and _within(data[name], -1)]
    return its if any((data[name].dropna() < 0).any() for name in its) else []


def _within(values: "pd.Series[Any]", least: float) -> bool:
    """Say whether a column's numbers lie between ``least`` and 1 as shares do; of a mean or a ratio that tells nothing."""
    known = values.dropna()
    if values.name in _NO_SHARES or values.dtype.kind != "f" or known.empty:
        return False
    return bool(known.between(least, 1).all()) and not bool((known % 1 == 0).all())


def refuse_unnamed(where: str, table: "Table") -> None:
    """Raise ValueError for a column of a table, or a code in one, that has no name in one of the editions."""
    fields = _fields(table.provenance.tables)
    for column in table.columns:
        for edition in EDITIONS:
            if not column.title.get(edition, "").strip():
                raise ValueError(_unnamed(where, f"the column {column.key}", edition, "as the title of its Column"))
            if column.format != "text":
                continue
            for value in table.data[column.key].dropna().unique():
                looks = column.labels and not _free(column.key, fields) and _CODE.fullmatch(str(value))
                coded = str(value) in _TRUTH or looks
                if not column.labels.get(value, {}).get(edition) and (coded or value in column.labels):
                    what = f"the code {value} in the column {column.key}"
                    raise ValueError(_unnamed(where, what, edition, "in the labels of its Column"))


def _fields(tables: Iterable[str]) -> dict[str, contract.Field]:
    """Return the fields of these tables by name, those of the first table before others of the same name."""
    return {field.name: field for name in reversed([*tables]) for field in reversed(contract.load(name).fields)}


def _free(column: str, fields: Mapping[str, contract.Field]) -> bool:
    """Say whether a column holds what somebody wrote in a cell, which stands there as it is, whatever it looks like."""
    return column in fields and fields[column].type == "string" and not fields[column].allowed


_FOR_COLUMNS = "in report/<edition>/texts/columns.yaml, or as the title of a field in the contract"
_FOR_CODES = "with Parts.label where the section is built, or as a category in the contract"


def _unnamed(where: str, what: str, edition: Edition, how: str) -> str:
    return f"{where}: {what} has no name in the edition {edition!r}: give it one {how}"


def _worded(values: "pd.Series[Any]") -> bool:
    return values.dtype.kind not in "iufM"


def _labels(
    name: str,
    fields: Mapping[str, contract.Field],
    titles: Mapping[str, str],
    edition: Edition,
    found: set[str],
    own: Labels,
) -> dict[str, str]:
    """Collect what the codes of one column are called: by the contracts, by what figures have in common, by the section."""
    known: dict[str, str] = {}
    if name in fields:
        known |= {str(category.value): category.label[edition] for category in fields[name].categories}
    groups = _groups()
    if groups and name == groups.name:
        known |= {str(category.value): category.label[edition] for category in groups.categories}
    elif name == "item":
        known |= titles
    elif name == "verdict":
        known |= {outcome: text[edition] for outcome, text in VERDICT_WORDS.items()}
    elif name == "stream":
        known |= {stream: text[edition] for stream, text in _STREAMS.items()}
    if found & _TRUTH.keys():
        known |= {truth: text[edition] for truth, text in _TRUTH.items()}
    known |= {str(code): text[edition] for code, text in _LABELS.get(name, {}).items()}
    return known | {
        str(code): " ".join(text[edition].split())
        for code, text in own.get(name, {}).items()
        if str(code) in found and text.get(edition)
    }


def _groups() -> contract.Field | None:
    """Return the column that says which group a respondent belongs to: figures made from other data name groups by it, too."""
    survey = study.load().roles.answers
    its = contract.load(survey) if survey else None
    return its.field(its.group_column) if its and its.group_column else None


def _by_study(column: str) -> Text | None:
    """Return what the study calls a column, where it has a file of such names and this one in it."""
    if not texts.there(texts.COLUMNS):
        return None
    known = texts.load(texts.COLUMNS)
    return known(column) if column in known else None


def _title(where: str, name: str, titles: Mapping[str, str], edition: Edition) -> str:
    key = name.removesuffix(f"_{edition}")
    words = _by_study(key) or _OWN.get(key)
    title = words[edition] if words else titles.get(name, "")
    if not title.strip():
        raise ValueError(_unnamed(where, f"the column {name}", edition, _FOR_COLUMNS))
    return title
