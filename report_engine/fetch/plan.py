"""What to ask: the addresses for Kolada's series and for a part of one of SCB's tables."""

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import product
from math import prod
from urllib.parse import quote

from report_engine.fetch.client import FetchError
from report_engine.model.findings import listed, show
from report_engine.settings.fetch import LAST_YEAR, MUNICIPALITIES, YEARS, Table
from report_engine.settings.settings import Settings
from report_engine.words.nearest import hint

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
    where = f"fetch.scb.tables.{name} in config.yaml: the table {table.table}"
    for variable in table.select:
        if variable not in codes:
            raise FetchError(
                f"{where} has no variable {show(variable)}; it has: {listed(codes)}{hint(variable, codes)}"
            )
    for variable, optional in may_be_left_out.items():
        if variable not in table.select and not optional:
            raise FetchError(f"{where} needs a choice for the variable {show(variable)}: {listed(codes[variable])}")
    return {
        variable: _codes(f"{where}, variable {variable}", wanted, codes[variable], settings)
        for variable, wanted in table.select.items()
    }


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


def _codes(where: str, wanted: Sequence[str], known: Sequence[str], settings: Settings) -> list[str]:
    found: dict[str, None] = {}
    years = [str(year) for year in range(settings.years.first, settings.years.last + 1)]
    for word in wanted:
        if word in (YEARS, LAST_YEAR):
            some = [year for year in years if year in known]
            some = some[-1:] if word == LAST_YEAR else some
            problem = f"has none of the years {years[0]}–{years[-1]}"
        else:
            asked = settings.municipalities if word == MUNICIPALITIES else (word,)
            some = [code for code in known if any(fnmatchcase(code, one) for one in asked)]
            lacking = [one for one in asked if not any(fnmatchcase(code, one) for code in known)]
            some = [] if lacking else some
            problem = f"has no code {listed(map(show, lacking))}{hint(lacking[0], known) if lacking else ''}"
        if not some:
            raise FetchError(f"{where} {problem}")
        found.update(dict.fromkeys(some))
    return list(found)


def _cut(values: Sequence[str]) -> list[Sequence[str]]:
    return [values[at : at + KOLADA_VALUES] for at in range(0, len(values), KOLADA_VALUES)]
