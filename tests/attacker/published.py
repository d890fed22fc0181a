"""What a published folder holds: tables from CSV files and from the page, facts and claims from JSON."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pandas as pd
from lxml import html

HIDDEN = ("", "..", "nan", "None")


@dataclass(frozen=True)
class Sheet:
    """A table of text as it is published, under its name (``staff/items``), and where it was found."""

    name: str
    rows: pd.DataFrame
    source: str

    def number(self, row: Any, column: str) -> tuple[float, float] | None:
        """Read a number as what was rounded to it, from and to; None where it is hidden."""
        written = str(row.get(column, ""))
        if written in HIDDEN:
            return None
        return rounded(float(written), max(decimals(x) for x in self.rows[column]))


def rounded(value: float, places: int) -> tuple[float, float]:
    """Give the numbers that are written so with so many decimals; a whole number of cases is itself."""
    half = 0.0 if places == 0 else 0.5 * 10.0**-places
    return value - half, value + half


def decimals(written: object) -> int:
    """Count the decimals of a number as written."""
    return len(str(written).partition(".")[2])


def read_csv(name: str, text: str, source: str) -> Sheet:
    """Read a CSV text, every cell as it is written."""
    header, *rows = csv.reader(io.StringIO(text))
    return Sheet(name, pd.DataFrame(rows, columns=header, dtype="str"), source)


def sheets(root: Path) -> list[Sheet]:
    """Read the figures' and tables' CSV files of every edition, and those inside the pages; the same content once."""
    found: dict[tuple[str, str], Sheet] = {}
    for path in sorted([*root.glob("figures/*/*/*.csv"), *root.glob("data/results/*/tables/*/*.csv")]):
        name, text = f"{path.parent.name}/{path.stem}", path.read_text("utf-8")
        found.setdefault((name, text), read_csv(name, text, path.relative_to(root).as_posix()))
    for path in sorted(root.glob("report/_output/*/*.html")):
        for name, text in embedded(path.read_text("utf-8")):
            found.setdefault((name, text), read_csv(name, text, path.relative_to(root).as_posix()))
    return list(found.values())


def embedded(page: str) -> Iterator[tuple[str, str]]:
    """Give the CSV files inside a page, by name."""
    if not page.strip():
        return
    for link in html.fromstring(page.encode()).iter("a"):
        kind, _, content = (link.get("href") or "").partition(",")
        if kind.startswith("data:text/csv"):
            stem = re.sub(r"\.csv$", "", link.get("download") or "")
            section, _, name = stem.partition("-")
            yield f"{section}/{name}", unquote(content)


def facts(root: Path) -> dict[str, Any]:
    """Read the facts by id."""
    return _read(root / "data" / "results" / "facts.json")


def claims(root: Path) -> dict[str, Any]:
    """Read the claims by id."""
    return _read(root / "data" / "results" / "claims.json")


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return found
