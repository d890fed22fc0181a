"""What ``config.yaml`` says under ``fetch:``: which series and tables, and where they are to be had."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictStr

_NAME = r"^[a-z][a-z0-9_]{0,60}$"
_KPI = r"^[A-Z][0-9]{5}$"
_TABLE = r"^[A-Za-z0-9_]{1,40}$"
_ADDRESS = r"^(?:https://[a-z0-9.-]+|http://(?:localhost|127\.0\.0\.1))(?::[0-9]{1,5})?(?:/[A-Za-z0-9._/-]*)?$"
_CODE = r"^[^,\s\[\]]{1,40}$"

PATTERNS = {
    _NAME: "a name of small letters, digits and _",
    _KPI: "the id of a KPI, such as U40455",
    _TABLE: "the id of a table, such as TAB4199",
    _ADDRESS: "an address that begins with https://",
    _CODE: "a code without blank or comma",
}
"""What each pattern means, for messages."""

Name = Annotated[StrictStr, Field(pattern=_NAME)]
Kpi = Annotated[StrictStr, Field(pattern=_KPI)]
TableId = Annotated[StrictStr, Field(pattern=_TABLE)]
Address = Annotated[StrictStr, Field(pattern=_ADDRESS)]
"""Where an API lies: over https, or (to try things out) on this machine."""
Codes = Annotated[tuple[Annotated[StrictStr, Field(pattern=_CODE)], ...], Field(min_length=1)]

MUNICIPALITIES, YEARS, LAST_YEAR = "municipalities", "years", "last_year"
"""Words that stand for codes: the municipalities and years of ``config.yaml``, and the last of those years."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Kolada(_Part):
    """Which series to fetch from Kolada."""

    url: Address = Field(default="https://api.kolada.se/v3", description="Kolada's API, version 3.")
    datasets: dict[Name, dict[Name, Kpi]] = Field(
        default={},
        description="For each file to keep: column of ours, then the id of Kolada's KPI.",
    )


class Table(_Part):
    """Which part of a table to fetch from SCB."""

    table: TableId = Field(description="SCB's id of the table, such as TAB4199.")
    select: dict[StrictStr, Codes] = Field(
        description="For each variable of the table the codes to fetch, where * and ? stand for any letters; "
        "municipalities, years and last_year stand for those of this file. A variable left out is not divided by."
    )


class Scb(_Part):
    """Which tables to fetch from SCB."""

    url: Address = Field(default="https://statistikdatabasen.scb.se/api/v2", description="SCB's PxWeb API, version 2.")
    tables: dict[Name, Table] = Field(
        default={},
        description="For each file to keep: the table and what to select of it.",
    )


class Fetch(_Part):
    """What ``report fetch`` brings up to date."""

    kolada: Kolada = Field(default=Kolada(), description="Series from Kolada (RKA).")
    scb: Scb = Field(default=Scb(), description="Tables from SCB's statistical database.")
