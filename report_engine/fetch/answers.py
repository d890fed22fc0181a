"""Answers looked at before they are kept: is it data, is it what was asked for, does it go on on another page."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from report_engine.fetch.client import FetchError, Refusal
from report_engine.model.findings import listed, show
from report_engine.readers.raw import Unreadable
from report_engine.readers.statistics import kolada, pxweb
from report_engine.readers.tables.sheet import Sheet
from report_engine.readers.tables.strict_json import load
from report_engine.words.messages import Message, Word


def content(body: bytes, host: str) -> Any:
    """Return the JSON of an answer; ``FetchError`` where it is something else, such as a page that says sorry."""
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise FetchError(Message("fetch.web_page", {"host": host}))
    try:
        return load(body, host)
    except Unreadable as error:
        raise FetchError(Message("fetch.no_data", {"host": host, "problem": _problem(error)})) from None


def following_page(body: bytes, host: str) -> str | None:
    """Return the address of the page after this one of Kolada's, ``None`` on the last."""
    answer = content(body, host)
    if not isinstance(answer, dict) or not isinstance(answer.get("values"), list):
        raise _other_form(host, Message("fetch.no_values"))
    following = answer.get("next_url")
    if following is None:
        return None
    if not isinstance(following, str):
        raise _other_form(host, Message("fetch.no_address"))
    return following


def kolada_values(body: bytes, host: str, asked: Mapping[str, Collection[str]]) -> list[list[str]]:
    """Return the rows of a page; ``FetchError`` where they are not of the KPIs, municipalities and years asked for."""
    try:
        [sheet] = kolada.sheets(body, host)
    except Unreadable as error:
        raise _other_form(host, _problem(error)) from None
    for _, cells in sheet.records:
        for name, cell in zip(("kpi", "municipality", "period"), cells, strict=False):
            if cell not in asked[name]:
                raise FetchError(Message("fetch.not_asked", {"host": host, "name": name, "cell": show(cell)}))
    return [cells for _, cells in sheet.records]


def description(body: bytes, host: str, table: str) -> tuple[dict[str, list[str]], dict[str, bool]]:
    """Return a table's codes by variable, in the table's order, and which variables may be left out."""
    answer = content(body, host)

    def error(problem: Message) -> FetchError:
        return FetchError(Message("fetch.describes", {"host": host, "table": table, "problem": problem}))

    ids = answer.get("id") if isinstance(answer, dict) else None
    dimension = answer.get("dimension") if isinstance(answer, dict) else None
    if (
        not isinstance(ids, list)
        or not isinstance(dimension, dict)
        or not all(key in dimension for key in map(str, ids))
    ):
        raise error(Message("fetch.no_variables"))
    codes: dict[str, list[str]] = {}
    optional: dict[str, bool] = {}
    for key in ids:
        try:
            index = dimension[key]["category"]["index"]
            codes[key] = [
                str(code) for code in (index if isinstance(index, list) else sorted(index, key=lambda c: int(index[c])))
            ]
        except (TypeError, KeyError, ValueError, AttributeError):
            raise error(Message("fetch.no_codes", {"variable": show(str(key))})) from None
        extension = dimension[key].get("extension")
        optional[key] = isinstance(extension, dict) and extension.get("elimination") is True
    return codes, optional


def scb_values(body: bytes, host: str, table: str, chosen: Mapping[str, Sequence[str]]) -> Sheet:
    """Return an answer's table; ``FetchError`` where its variables or codes are not those that were asked for."""
    content(body, host)
    try:
        [sheet] = pxweb.sheets(body, host)
    except (Unreadable, ValueError) as error:
        problem = _problem(error) if isinstance(error, Unreadable) else Message("fetch.several")
        raise FetchError(Message("fetch.table_form", {"host": host, "table": table, "problem": problem})) from None
    variables = [name for name in sheet.header if f"{name}_label" in sheet.header]
    if set(variables) != set(chosen):
        about = {"host": host, "table": table, "names": listed(variables)}
        raise FetchError(Message("fetch.other_variables", about))
    for variable in variables:
        other = set(sheet.labels[variable]) ^ set(chosen[variable])
        if other:
            differing = {"host": host, "table": table, "variable": variable, "names": listed(sorted(other))}
            raise FetchError(Message("fetch.other_codes", differing))
    return sheet


def explained(refusal: Refusal, host: str, table: str) -> FetchError:
    """Return what SCB's refusal means: most often a table that is not there (any more), else its own words."""
    if refusal.status == 404:
        return FetchError(Message("fetch.no_table", {"host": host, "table": table}))
    try:
        answer = load(refusal.body, host)
    except Unreadable:
        return refusal
    words = [answer.get(key) for key in ("title", "detail")] if isinstance(answer, dict) else []
    said = " ".join(show(word) for word in words if isinstance(word, str))
    saying = Message("fetch.refuses_saying", {"refusal": refusal.message, "words": said})
    return FetchError(saying) if said else refusal


def _other_form(host: str, problem: Word) -> FetchError:
    return FetchError(Message("fetch.other_form", {"host": host, "problem": problem}))


def _problem(error: Unreadable) -> Word:
    return error.findings[0].problem or ""
