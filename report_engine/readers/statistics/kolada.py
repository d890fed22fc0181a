"""Kolada's answers to data questions (API v3, and v2 as long as files of it are kept), as JSON."""

from collections.abc import Iterator
from typing import Any

from report_engine.model.findings import Finding, show
from report_engine.readers.raw import BLANKS
from report_engine.readers.tables.sheet import Sheet
from report_engine.readers.tables.strict_json import load, looks_like_json, refused
from report_engine.words.messages import Message

FORM = "kolada"

HEADER = ["kpi", "municipality", "period", "gender", "value", "count", "status", "isdeleted"]
GENDERS = {"T": "total", "M": "men", "K": "women"}
MOST_ROWS = 2_000_000


def matches(data: bytes, name: str) -> bool:
    """Say whether a file holds answers of Kolada: one, or a list of the pages of one."""
    if not looks_like_json(data) or b'"values"' not in data:
        return False
    return b'"kpi"' in data or b'"next_url"' in data or b'"next_page"' in data


def sheets(data: bytes, file: str) -> list[Sheet]:
    """Read answers with data (``/data/…``) into one sheet, a row a KPI, municipality, period and gender.

    Columns as in ``HEADER``. A missing value is ``""`` and keeps its ``status``; values that Kolada has withdrawn are left
    out, with a warning that counts them. Raises ``Unreadable`` for anything else than data.
    """
    content = load(data, file)
    pages = content if isinstance(content, list) else [content]
    records: list[tuple[int, list[str]]] = []
    withdrawn = 0
    unit = "municipality"
    for row, (item, value) in enumerate(_values(pages, file), start=1):
        if row > MOST_ROWS:
            raise refused(
                file, Message("statistics.too_many_values", {"limit": MOST_ROWS}), Message("statistics.ask_for_fewer")
            )
        if value.get("isdeleted") is True:
            withdrawn += 1
            continue
        unit = "ou" if "ou" in item else unit
        records.append((row, _cells(item, value, file, row)))
    findings: tuple[Finding, ...] = ()
    if withdrawn:
        problem = Message("statistics.withdrawn", {"n": withdrawn})
        findings = (Finding(file, "row", problem, severity="warning"),)
    header = [unit if name == "municipality" else name for name in HEADER]
    return [Sheet(file, FORM, header, records, decimal=".", labels={"gender": GENDERS}, findings=findings)]


def _values(pages: list[Any], file: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for page in pages:
        if not isinstance(page, dict) or not isinstance(page.get("values"), list):
            raise refused(file, Message("statistics.not_kolada"))
        for number, item in enumerate(page["values"], start=1):
            if not isinstance(item, dict) or "kpi" not in item or not isinstance(item.get("values"), list):
                problem = Message("statistics.entry_without_kpi", {"entry": number})
                raise refused(file, problem, Message("statistics.save_data"))
            for value in item["values"]:
                if not isinstance(value, dict) or "value" not in value:
                    raise refused(file, Message("statistics.entry_not_values", {"entry": number}))
                yield item, value


def _cells(item: dict[str, Any], value: dict[str, Any], file: str, row: int) -> list[str]:
    place = item.get("municipality", item.get("ou"))
    cells = [item["kpi"], place, item.get("period"), value.get("gender", "T")]
    for name, cell in zip(HEADER, cells, strict=False):
        if not isinstance(cell, str) or not cell.strip(BLANKS):
            raise refused(file, Message("statistics.value_unusable", {"value": row, "name": name}))
    number = value["value"]
    if number is not None and not isinstance(number, str):
        raise refused(
            file, Message("statistics.value_not_number", {"value": row, "kpi": show(cells[0]), "place": show(cells[1])})
        )
    rest = [number or "", _text(value.get("count")), _text(value.get("status")), _text(value.get("isdeleted", False))]
    return [*(cell if cell == (bare := cell.strip(BLANKS)) else bare for cell in cells), *rest]


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell.strip(BLANKS) if type(cell) is str else cell
    return "" if cell is None else str(cell).lower()
