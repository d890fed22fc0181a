"""What ``config.yaml`` may say, as a model."""

from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StrictInt,
    StrictStr,
    model_validator,
)

from report_engine.model.validation import Part, refusal, show, worded
from report_engine.settings.fetch import Fetch
from report_engine.words.editions import EDITIONS, Edition
from report_engine.words.messages import Message

Format = Literal["html", "pdf", "docx", "slides"]
Engine = Literal["auto", "quarto", "embedded"]
Year = Annotated[StrictInt, Field(ge=1900, le=2100)]
Code = Annotated[StrictStr, Field(pattern=r"^[0-9]{4}$"), worded(Message("expected.municipality_code"))]


def _once(values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if values.count(value) > 1:
            raise refusal(Message("documents.twice", {"name": show(value)}))
    return values


_ONCE = AfterValidator(_once)


class Years(Part):
    """The years the report covers, both included."""

    first: Year
    last: Year

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first > self.last:
            raise refusal(Message("documents.order", {"first": self.first, "last": self.last}))
        return self


class Bootstrap(Part):
    """How intervals are drawn where no formula gives them."""

    resamples: StrictInt = Field(default=1000, ge=100, le=100_000, description="Number of resamples.")
    seed: StrictInt = Field(default=2026, ge=0, le=2**32 - 1, description="Seed of the random numbers.")


class Files(Part):
    """Where a dataset is read from: one file or several that are put together, or none where there are no such data."""

    files: tuple[StrictStr, ...] = Field(
        description="Paths from the project's folder; * and ? stand for any letters or one."
    )
    format: StrictStr | None = Field(default=None, description="Format that the files must have; else content decides.")
    sheet: StrictStr | None = Field(default=None, description="Sheet to read; * stands for any letters.")
    encoding: StrictStr | None = Field(default=None, description="Encoding of text files; else content decides.")
    mapping: StrictStr | None = Field(
        default=None, description="File under data/mappings/: their columns, our columns."
    )


def _listed(value: object) -> object:
    """Take a path or a list of paths for the ``files`` that it stands for, ``none`` for none."""
    if value is None or value == "none":
        return {"files": []}
    if isinstance(value, str):
        return {"files": [value]}
    if value == []:
        raise refusal(Message("documents.too_few", {"n": 1, "found": "[]"}))
    if isinstance(value, list):
        return {"files": value}
    if isinstance(value, dict) and isinstance(value.get("files"), str):
        return value | {"files": [value["files"]]}
    return value


Given = Annotated[Files, BeforeValidator(_listed, json_schema_input_type=str | tuple[str, ...] | Files | None)]


class Settings(Part):
    """What ``config.yaml`` may say; a key that is left out has the value that stands here."""

    sources: dict[StrictStr, Given] = Field(
        default={},
        description="Files that take the place of the shipped ones: dataset name, then path or paths, or none.",
    )
    municipalities: Annotated[tuple[Code, ...], _ONCE] = Field(
        default=(), description="The municipalities studied: codes of four digits, in quotes."
    )
    years: Years = Field(description="First and last year of the series.")
    price_base: Year = Field(
        default_factory=lambda given: given["years"].last,
        description="Year whose prices constant prices are in; left out, the last year.",
    )
    index_base: Year = Field(
        default_factory=lambda given: given["years"].first,
        description="Year in which index series are 100; left out, the first year.",
    )
    smallest_cell: StrictInt = Field(
        5, ge=1, le=1000, description="Survey and interview cells with fewer cases are suppressed."
    )
    bootstrap: Bootstrap = Field(default=Bootstrap(), description="Resamples and seed of bootstrap intervals.")
    memory_gb: StrictInt | None = Field(
        default=None,
        ge=1,
        description="Gigabytes of memory that reading a file may take; left out, half of the machine's.",
    )
    editions: Annotated[tuple[Edition, ...], _ONCE] = Field(
        default=EDITIONS, min_length=1, description="Languages to publish: sv, en."
    )
    formats: Annotated[tuple[Format, ...], _ONCE] = Field(
        default=("html", "pdf", "docx", "slides"),
        min_length=1,
        description="Formats to publish: html, pdf, docx, slides (PowerPoint and PDF).",
    )
    engine: Engine = Field(
        default="auto", description="auto takes Quarto where it is installed, else the embedded engine."
    )
    fetch: Fetch = Field(default=Fetch(), description="Official statistics that `report fetch` brings up to date.")
