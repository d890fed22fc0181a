"""What ``config.yaml`` says under ``fetch:``: which series and tables, and where they are to be had."""

from typing import Annotated

from pydantic import Field, StrictStr

from report_engine.model.validation import Part, worded
from report_engine.words.messages import Message

_NAME = r"^[a-z][a-z0-9_]{0,60}$"
_KPI = r"^[A-Z][0-9]{5}$"
_TABLE = r"^[A-Za-z0-9_]{1,40}$"
_ADDRESS = r"^(?:https://[a-z0-9.-]+|http://(?:localhost|127\.0\.0\.1))(?::[0-9]{1,5})?(?:/[A-Za-z0-9._/-]*)?$"
_CODE = r"^[^,\s\[\]]{1,40}$"

Name = Annotated[StrictStr, Field(pattern=_NAME), worded(Message("expected.short_name"))]
Kpi = Annotated[StrictStr, Field(pattern=_KPI), worded(Message("expected.kpi"))]
TableId = Annotated[StrictStr, Field(pattern=_TABLE), worded(Message("expected.table"))]
Address = Annotated[StrictStr, Field(pattern=_ADDRESS), worded(Message("expected.address"))]
"""Where an API lies: over https, or (to try things out) on this machine."""
VariableCode = Annotated[StrictStr, Field(pattern=_CODE), worded(Message("expected.variable_code"))]
Codes = Annotated[tuple[VariableCode, ...], Field(min_length=1)]

MUNICIPALITIES, YEARS, LAST_YEAR = "municipalities", "years", "last_year"
"""Words that stand for codes: the municipalities and years of ``config.yaml``, and the last of those years."""


class Kolada(Part):
    """Which series to fetch from Kolada."""

    url: Address = Field(default="https://api.kolada.se/v3", description="Kolada's API, version 3.")
    datasets: dict[Name, dict[Name, Kpi]] = Field(
        default={},
        description="For each file to keep: column of ours, then the id of Kolada's KPI.",
    )


class Table(Part):
    """Which part of a table to fetch from SCB."""

    table: TableId = Field(description="SCB's id of the table, such as TAB4199.")
    select: dict[StrictStr, Codes] = Field(
        description="For each variable of the table the codes to fetch, where * and ? stand for any letters; "
        "municipalities, years and last_year stand for those of this file. A variable left out is not divided by."
    )
    verified: bool = Field(default=True, description="Whether id and codes were ever tried against SCB's own server.")


class Scb(Part):
    """Which tables to fetch from SCB."""

    url: Address = Field(default="https://statistikdatabasen.scb.se/api/v2", description="SCB's PxWeb API, version 2.")
    tables: dict[Name, Table] = Field(
        default={},
        description="For each file to keep: the table and what to select of it.",
    )


class Fetch(Part):
    """What ``report fetch`` brings up to date."""

    kolada: Kolada = Field(default=Kolada(), description="Series from Kolada (RKA).")
    scb: Scb = Field(default=Scb(), description="Tables from SCB's statistical database.")
