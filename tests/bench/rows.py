"""The changes that are measured, each as an edit of one file, in this commit and in the earlier one."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Version = Literal["now", "then"]
Edit = Callable[[str], str]


@dataclass(frozen=True)
class Change:
    """An edit of a file's text; ``files`` says which file that is in each commit."""

    files: Mapping[Version, str]
    edit: Edit

    def apply(self, root: Path, version: Version) -> None:
        """Change the file below ``root``; raises ``ValueError`` where that makes no difference."""
        path = root / self.files[version]
        before = path.read_text("utf-8")
        after = self.edit(before)
        if after == before:
            raise ValueError(f"{self.files[version]} is as it was")
        path.write_text(after, "utf-8", newline="")


@dataclass(frozen=True)
class Row:
    """A row of the table: what is changed between two builds; ``before`` what is changed ahead of the first of them."""

    name: str
    says: str
    change: Change | None = None
    before: Change | None = None


def same(path: str) -> Mapping[Version, str]:
    """Name a file that lies in the same place in both commits."""
    return {"now": path, "then": path}


def replaced(old: str, new: str) -> Edit:
    """Put a text in the place of the first that matches the pattern ``old``."""
    return lambda text: re.sub(old, new, text, count=1)


def cell(column: str, values: Mapping[str, str]) -> Edit:
    """Replace a value of a CSV file's column by another, in the first row that has one of them."""

    def edit(text: str) -> str:
        header, *rows = text.splitlines(keepends=True)
        place = header.rstrip("\r\n").split(",").index(column)
        for number, row in enumerate(rows):
            cells, end = _cells(row)
            if len(cells) > place and cells[place] in values:
                cells[place] = values[cells[place]]
                rows[number] = ",".join(cells) + end
                break
        return header + "".join(rows)

    return edit


def dearer(text: str) -> str:
    """Add ten thousand SEK to the first row's gross and net cost, so that they still add up."""
    header, first, *rest = text.splitlines(keepends=True)
    names, (cells, end) = header.rstrip("\r\n").split(","), _cells(first)
    for column in ("gross_cost_tkr", "net_cost_tkr"):
        place = names.index(column)
        cells[place] = str(int(cells[place]) + 10)
    return "".join([header, ",".join(cells) + end, *rest])


def _cells(row: str) -> tuple[list[str], str]:
    """Split a line at its commas, those in quotes too, and from its end."""
    line = row.rstrip("\r\n")
    return line.split(","), row[len(line) :]


ROWS = (
    Row("cold", "from nothing"),
    Row("nothing", "nothing changed"),
    Row(
        "survey",
        "one survey value",
        Change(same("data/raw/survey/actors.csv"), cell("pes_collaboration", {"2": "3", "3": "2"})),
    ),
    Row(
        "code",
        "one interview code",
        Change(same("data/raw/interviews/segments.csv"), cell("code", {"resource_activation": "job_activation"})),
    ),
    Row("spending", "one spending value", Change(same("data/raw/spending/municipal_accounts.csv"), dearer)),
    Row("word", "one word of a chapter", Change(same("report/sv/background.qmd"), replaced(" och ", " samt "))),
    Row(
        "caption",
        "one caption's wording",
        Change(
            {"now": "report/sv/texts/managers.yaml", "then": "analysis/sections/managers_words.py"},
            replaced("Bland kommunala chefer anser", "Bland kommunala chefer menar"),
        ),
    ),
    Row(
        "figure",
        "one figure's code",
        Change(
            {"now": "analysis/sections/managers/figures.py", "then": "analysis/sections/managers_charts.py"},
            replaced("markersize=7", "markersize=8"),
        ),
    ),
    Row(
        "style",
        "one constant of the style",
        Change(
            {"now": "report_engine/drawing/style.py", "then": "analysis/style.py"},
            replaced('"grid.linewidth": 0.6', '"grid.linewidth": 0.7'),
        ),
    ),
    Row(
        "edition",
        "the second edition switched on",
        Change(same("config.yaml"), replaced(r"(?m)^editions: \[sv\]$", "editions: [sv, en]")),
        before=Change(same("config.yaml"), replaced(r"(?m)^editions: \[sv, en\]$", "editions: [sv]")),
    ),
)
