"""The data dictionary ``data/README.md``, made from the contracts: ``python -m report_engine.contracts.data_dictionary`` writes it."""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import get_args

from report_engine.contracts.contract import Contract, Field, Rows, Stream, load_all
from report_engine.words.editions import EDITIONS, Edition, Text

PATH = Path("data/README.md")

_HEAD = """\
# Data dictionary

<!-- Made by `python -m report_engine.contracts.data_dictionary` from analysis/contracts/*.yaml. Edit those, not this file. -->

`raw/` holds the inputs of the analysis, `reference/` small official series that they are compared with. `tidy/` and
`results/` are made by the workflow and are not kept in git.

**Files.** UTF-8 with a header row, comma between columns, decimal point, rows sorted by key. Codes are text: `0581` keeps
its zero. An empty cell is a missing value. To swap in your own data, put a file with the same columns in the same place
(`.csv`, `.xlsx`, `.ods` or Parquet; semicolons, decimal commas and Windows-1252 are understood) and run `bin/report check`.
Several files, other formats, and columns and values with names of their own: `docs/swap-data.md`.

**Origin.** Official statistics are real, and every row names its source and year. Where no open data exist, the
repository ships synthetic data, made by `python -m analysis.synthetic` from a fixed seed: no person has given those answers or
said those words. A dataset is `official`, `synthetic` or mixed row by row in the column `origin`; figures and tables that
rest on synthetic rows say so. When you replace a synthetic dataset with real data, set `synthetic: false` in its contract.

**Licences.** Official statistics belong to their producers, who are named with each dataset, and are used with the source
given. Synthetic data, the codebook and the coding of studies are licensed under CC BY 4.0.
"""

_ROWS: Mapping[Rows, str] = {
    "persons": "persons, or what they said: what few of them answered or said is never published",
    "groups": "numbers about groups, places or years",
    "entries": "entries of a list",
}

_SYNTHETIC = {True: "synthetic", False: "real", "by_row": "row by row, see the column `origin`"}

_STREAMS: Mapping[str, str] = {
    "spending": "Spending",
    "survey": "Survey",
    "interviews": "Interviews",
    "literature": "Literature",
    "reference": "Reference series",
}


_LANGUAGES: Mapping[Edition, str] = {"en": "English", "sv": "Swedish"}
_MAIN: Edition = "en" if "en" in EDITIONS else EDITIONS[0]
_OTHERS = [edition for edition in EDITIONS if edition != _MAIN]


def _said(text: Text) -> str:
    return text[_MAIN]


def dictionary(contracts: Mapping[str, Contract]) -> str:
    """Return the data dictionary as Markdown: an overview, then every dataset by stream with its columns and values."""
    ordered = [one for stream in get_args(Stream) for one in contracts.values() if one.stream == stream]
    parts = [_HEAD, _overview(ordered)]
    for stream in get_args(Stream):
        parts.append(f"## {_STREAMS[stream]}\n")
        parts += [_dataset(one) for one in ordered if one.stream == stream]
    return "\n".join(parts)


def _overview(contracts: Iterable[Contract]) -> str:
    rows = [(f"[{one.name}](#{one.name})", _said(one.title), f"`{one.path}`", _origin(one)) for one in contracts]
    return _table(("dataset", "what", "file", "origin"), rows)


def _origin(contract: Contract) -> str:
    return _SYNTHETIC[contract.synthetic].split(",")[0]


def _dataset(contract: Contract) -> str:
    lines = [
        f"### {contract.name}\n",
        " · ".join((f"**{_said(contract.title)}**", *(f"*{contract.title[e]}*" for e in _OTHERS))) + "\n",
        f"{_said(contract.description)}\n",
        f"- File: `{contract.path}`",
        f"- Rows: {_ROWS[contract.rows]}",
        f"- Origin: {_SYNTHETIC[contract.synthetic]}",
        f"- Source: {_said(contract.source)}",
        f"- Licence: {contract.licence}",
        f"- Key: {_names(contract.primary_key)}",
    ]
    for key in contract.foreign_keys:
        unless = f", or none of them may. {_said(key.lost)}" if key.lost else ""
        lines.append(f"- {_names(key.fields)} must occur in {key.resource} ({_names(key.reference_fields)}){unless}")
    rows = [
        (f"`{one.name}`", _kind(one), _said(one.title), *(one.title[e] for e in _OTHERS), _meaning(one))
        for one in contract.fields
    ]
    lines += ["", _table(("column", "type", *(_LANGUAGES[e] for e in (_MAIN, *_OTHERS)), "values and notes"), rows)]
    return "\n".join(lines)


def _kind(field: Field) -> str:
    unit = f", {field.unit.replace('_', ' ')}" if field.unit else ""
    needed = ", required" if field.constraints.required and not field.lost else ""
    return f"{field.type}{unit}{needed}"


def _meaning(field: Field) -> str:
    notes = [_said(field.description)] if field.description else []
    named = [f"`{one.value}` {_said(one.label)}" for one in field.categories]
    named += [f"`{one.value}` {_said(one.label)} (missing: `{one.name}`)" for one in field.user_missing]
    if named:
        notes.append("; ".join(named) + ".")
    if field.true_values:
        notes.append(f"{_names(field.true_values)} or {_names(field.false_values)}.")
    notes += _limits(field)
    if field.lost:
        notes.append(f"May be missing. {_said(field.lost)}")
    if field.asked_of:
        notes.append(f"Asked of {_names(field.asked_of)}; empty for others.")
    return " ".join(notes)


def _limits(field: Field) -> list[str]:
    limits = field.constraints
    found = []
    if limits.minimum is not None and limits.maximum is not None:
        found.append(f"{limits.minimum} to {limits.maximum}.")
    elif limits.minimum is not None:
        found.append(f"At least {limits.minimum}.")
    elif limits.maximum is not None:
        found.append(f"At most {limits.maximum}.")
    if limits.pattern:
        found.append(f"Pattern `{limits.pattern}`.")
    return found


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def main() -> int:
    """Write the dictionary; status 2 where this is not the repository's folder."""
    if not PATH.parent.is_dir():
        print("There is no data folder here. Run this in the repository's top folder.", file=sys.stderr)
        return 2
    PATH.write_text(dictionary(load_all()), encoding="utf-8", newline="")
    print(PATH)
    return 0


if __name__ == "__main__":
    sys.exit(main())
