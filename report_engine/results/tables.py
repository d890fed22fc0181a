"""Tables and source notes as readers meet them: semantic HTML for the report, CSV for spreadsheets."""

import csv
import io
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from report_engine.methods.rounding import significant
from report_engine.model.section import Claim, Column, Outcome, Provenance, Section, Table, combine
from report_engine.model.verdicts import VERDICT_WORDS, verdict_text
from report_engine.words.editions import EDITIONS, Edition, Text
from report_engine.words.numbers import both, count_words, number, percent
from report_engine.words.report import labels, say

if TYPE_CHECKING:
    import pandas as pd

ORIGIN_WORDS: Mapping[str, Text] = labels("origins")

VERDICT_MARKS: Mapping[Outcome, str] = {"holds": "✓", "borderline": "◆", "fails": "✗", "untestable": "○"}

_SUPPRESSED = ".."
MISSING = "–"
"""What stands in an empty cell."""


def claims_table(section: Section) -> Table:
    """Build the table that closes a section: each claim, its verdict and what decided."""
    import pandas as pd

    rows = [
        {
            "claim": claim.id,
            "statement": claim.id,
            "verdict": claim.verdict.outcome,
            "said": claim.id,
            "reason": claim.id,
        }
        for claim in section.claims
    ]
    tables = tuple(sorted({name for claim in section.claims for name in claim.tables}))
    return Table(
        name="claims",
        data=pd.DataFrame(rows, columns=["claim", "statement", "verdict", "said", "reason"]),
        columns=(
            Column("statement", say("claims.statement"), labels={c.id: c.statement for c in section.claims}),
            Column("said", say("claims.verdict"), labels={c.id: marked_verdict(c) for c in section.claims}),
            Column("reason", say("claims.reason"), labels={c.id: c.verdict.reason for c in section.claims}),
        ),
        caption=say("claims.caption", tally=tally(section.claims)),
        provenance=Provenance(
            source=say("claims.source"),
            origin=combine({claim.origin for claim in section.claims}),
            tables=tables,
        ),
        lacking=section.without if all(claim.verdict.outcome == "untestable" for claim in section.claims) else (),
    )


def tally(claims: Sequence[Claim]) -> Text:
    """Say how many claims have each verdict: ``fem håller och två är osäkra``, in digits where a count is above twelve."""
    found = Counter(claim.verdict.outcome for claim in claims)
    write = count_words if max(found.values(), default=0) <= 12 else number
    parts = [say(f"tally.{o}", written=both(write, found[o]), count=found[o]) for o in VERDICT_WORDS if found[o]]
    return say("tally.all", parts=parts)


def marked_verdict(claim: Claim) -> Text:
    """Write a claim's verdict as mark and words: the shape tells them apart as well as the colour."""
    words = verdict_text(claim)
    return {edition: f"{VERDICT_MARKS[claim.verdict.outcome]} {words[edition]}" for edition in EDITIONS}


def verdict_column() -> Column:
    """Write outcomes as mark and word."""
    return Column(
        "verdict",
        say("claims.verdict"),
        labels={o: {e: f"{VERDICT_MARKS[o]} {VERDICT_WORDS[o][e]}" for e in EDITIONS} for o in VERDICT_WORDS},
    )


def source_line(provenance: Provenance, edition: Edition) -> str:
    """Write the note under a figure or table: source, number of cases, origin, hidden cells."""
    parts = [say("source_line.source", source=provenance.source)]
    if provenance.n is not None:
        unit = {"unit": provenance.n_unit} if provenance.n_unit else {}
        parts.append(say("source_line.n_of" if unit else "source_line.n", n=int(provenance.n), **unit))
    parts.append(say("source_line.origin", origin=ORIGIN_WORDS[provenance.origin]))
    if provenance.suppressed:
        parts.append(say("source_line.hidden", cells=int(provenance.suppressed)))
    return " ".join(part[edition] for part in parts)


def table_markdown(table: Table, edition: Edition) -> str:
    """Write a table as semantic HTML in a raw block, which both engines read into a real table of every format."""
    rows = []
    for record in table.data.to_dict("records"):
        cells = []
        for index, column in enumerate(table.columns):
            tag, scope = ("th", ' scope="row"') if index == 0 else ("td", "")
            text = _as_html(cell(record, column, edition))
            cells.append(f'<{tag}{scope} style="text-align: {_align(column)}">{text}</{tag}>')
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return markdown(table, ["\n".join(rows)], edition)


def markdown(table: Table, bodies: Sequence[str], edition: Edition) -> str:
    """Put rows already written as HTML (one string a table body) between a table's headings and its note."""
    heads = "".join(
        f'<th scope="col" style="text-align: {_align(column)}">{_as_html(column.title[edition])}</th>'
        for column in table.columns
    )
    notes = [table.note[edition]] if table.note else []
    note = _as_html(" ".join([*notes, source_line(table.provenance, edition)]))
    lines = [
        "```{=html}",
        "<table>",
        f"<thead><tr>{heads}</tr></thead>",
        *(line for body in bodies for line in ("<tbody>", *([body] if body else []), "</tbody>")),
        f'<tfoot><tr><td colspan="{len(table.columns)}">{note}</td></tr></tfoot>',
        "</table>",
        "```",
    ]
    return "\n".join(lines) + "\n"


def cell(record: Mapping[Any, Any], column: Column, edition: Edition) -> str:
    """Write one cell as its column says."""
    value = record[column.key]
    if record.get(f"{column.key}_suppressed"):
        return _SUPPRESSED
    if _missing(value):
        return MISSING
    if column.format == "integer":
        return number(float(value), edition)
    if column.format == "decimal":
        return number(float(value), edition, column.decimals)
    if column.format == "percent":
        return percent(float(value), edition, column.decimals)
    if value in column.labels:
        return column.labels[value][edition]
    return str(value)


def to_csv(data: "pd.DataFrame") -> str:
    """Write a frame as CSV that a spreadsheet reads as data only: no text cell can start a formula.

    A text that begins like one (``=``, ``+``, ``-``, ``@``, their wide forms, a tab or a line break) has an apostrophe before
    it, as OWASP advises; a carriage return is a line feed, for unquoted it would end the row. Numbers stay as they are.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([_csv_cell(str(name)) for name in data.columns])
    for row in data.itertuples(index=False):
        writer.writerow([_csv_cell(value) for value in row])
    return buffer.getvalue()


def _as_html(text: str) -> str:
    """Escape a text for the raw block: no tag, and no line of backticks that would end the block."""
    return " ".join(escape(text).replace("`", "&#96;").splitlines())


def _align(column: Column) -> str:
    return "left" if column.format in ("text", "code") else "right"


def _missing(value: Any) -> bool:
    """Say whether a cell is empty: None, NaN (which does not equal itself) or pandas' NA (which does not even say so)."""
    same = value == value
    return value is None or type(same).__name__ == "NAType" or not same


def _csv_cell(value: Any) -> Any:
    if _missing(value):
        return ""
    if isinstance(value, float):
        return repr(significant(round(value, 10))).removesuffix(".0") if math.isfinite(value) else ""
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if isinstance(value, str) and text.startswith(_STARTS) else text


_STARTS = tuple("=+-@\t\n\uff1d\uff0b\uff0d\uff20")
