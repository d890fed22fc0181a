"""What to ask: the addresses for Kolada's series and for a part of one of SCB's tables."""

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import product
from math import prod
from urllib.parse import quote

from report_engine.fetch.client import FetchError
from report_engine.model.findings import listed, show
from report_engine.model.problems import hinted
from report_engine.settings.fetch import LAST_YEAR, MUNICIPALITIES, YEARS, Table
from report_engine.settings.settings import Settings
from report_engine.words.messages import Message, Told

KOLADA_VALUES = 25  # in one segment of a path: Kolada takes no more
KOLADA_PAGE = 5000
SCB_CELLS = 100_000
SCB_ADDRESS = 2_000  # characters: what PxWeb takes

LANGUAGE = "sv"


def kolada(base: str, kpis: Sequence[str], municipalities: Sequence[str], years: range) -> list[str]:
    """Return the addresses that together ask for these KPIs in these municipalities and years."""
    parts = (_cut(sorted(kpis)), _cut(sorted(municipalities)), _cut([str(year) for year in years]))
    return [
        f"{base}/data/kpi/{','.join(k)}/municipality/{','.join(m)}/year/{','.join(y)}?per_page={KOLADA_PAGE}"
        for k, m, y in product(*parts)
    ]


def metadata(base: str, table: str) -> str:
    """Return the address of the description of one of SCB's tables."""
    return f"{base}/tables/{table}/metadata?lang={LANGUAGE}"


def chosen(
    name: str,
    table: Table,
    codes: Mapping[str, Sequence[str]],
    may_be_left_out: Mapping[str, bool],
    settings: Settings,
) -> dict[str, list[str]]:
    """Return the codes to ask for, by variable, from what config.yaml selects and what the table has.

    ``codes`` are the table's codes by variable. Years that the table does not have are left out; everything else that it
    does not have is a ``FetchError``.
    """

    def error(problem: Message) -> FetchError:
        return FetchError(Message("fetch.about_table", {"name": name, "table": table.table, "problem": problem}))

    for variable in table.select:
        if variable not in codes:
            problem = Message("fetch.no_variable", {"variable": show(variable), "known": listed(codes)})
            raise error(hinted(problem, variable, codes))
    for variable, optional in may_be_left_out.items():
        if variable not in table.select and not optional:
            raise error(Message("fetch.needs_choice", {"variable": show(variable), "known": listed(codes[variable])}))
    chosen = {}
    for variable, wanted in table.select.items():
        try:
            chosen[variable] = _codes(wanted, codes[variable], settings)
        except _Lacking as lacking:
            about = {"name": name, "table": table.table, "variable": variable, "problem": lacking.message}
            raise FetchError(Message("fetch.about_variable", about)) from None
    return chosen


def years_lacking(table: Table, codes: Mapping[str, Sequence[str]], settings: Settings) -> list[str]:
    """Return the years of the settings that are selected of a table and that it does not have."""
    variables = [variable for variable, wanted in table.select.items() if YEARS in wanted]
    return [year for variable in variables for year in _years(settings) if year not in codes[variable]]


def data(base: str, table: str, chosen: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the addresses that together ask for a part of a table, none for too many cells and none too long."""
    cells = prod(len(codes) for codes in chosen.values())
    query = "".join(f"&valueCodes[{quote(key)}]={','.join(map(quote, codes))}" for key, codes in chosen.items())
    address = f"{base}/tables/{table}/data?lang={LANGUAGE}&outputFormat=json-stat2{query}"
    largest = max(chosen, key=lambda key: len(chosen[key]), default=None)
    if (cells <= SCB_CELLS and len(address) <= SCB_ADDRESS) or largest is None or len(chosen[largest]) == 1:
        return [address]
    codes = chosen[largest]
    half = len(codes) // 2
    return [part for some in (codes[:half], codes[half:]) for part in data(base, table, {**chosen, largest: some})]


class _Lacking(Told):
    """What is selected of a variable, and the table does not have."""


def _codes(wanted: Sequence[str], known: Sequence[str], settings: Settings) -> list[str]:
    found: dict[str, None] = {}
    years = _years(settings)
    for word in wanted:
        if word in (YEARS, LAST_YEAR):
            some = [year for year in years if year in known]
            some = some[-1:] if word == LAST_YEAR else some
            problem = Message("fetch.no_year", {"first": settings.years.first, "last": settings.years.last})
        else:
            asked = settings.municipalities if word == MUNICIPALITIES else (word,)
            some = [code for code in known if any(fnmatchcase(code, one) for one in asked)]
            lacking = [one for one in asked if not any(fnmatchcase(code, one) for code in known)]
            some = [] if lacking else some
            problem = Message("fetch.no_code", {"codes": listed(map(show, lacking))})
            problem = hinted(problem, lacking[0], known) if lacking else problem
        if not some:
            raise _Lacking(problem)
        found.update(dict.fromkeys(some))
    return list(found)


def _years(settings: Settings) -> list[str]:
    return [str(year) for year in range(settings.years.first, settings.years.last + 1)]


def _cut(values: Sequence[str]) -> list[Sequence[str]]:
    return [values[at : at + KOLADA_VALUES] for at in range(0, len(values), KOLADA_VALUES)]
