"""The checks of a contract for years that a table lacks, and for those that comparisons pass over: what the report then loses."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt

from report_engine.contracts.plausibility_check import Check, Implausible, OneColumn, Tables
from report_engine.contracts.values import is_number
from report_engine.model.encoded import encoded
from report_engine.model.findings import Severity
from report_engine.model.validation import Both, Texts
from report_engine.words.messages import Message, Word


class Covers(Check):
    """Years that the settings ask for and the table has no record of."""

    WHOLE = True
    kind: Literal["covers"]
    column: OneColumn = Field(alias="columns")
    """The year (``columns``, a list of one)."""
    settings: Annotated[tuple[Literal["years", "price_base", "index_base"], ...], Field(min_length=1)]
    """The settings that ask for the years."""
    lost: Both
    """What the report loses where years are lacking, a sentence in both languages."""
    fetch: Texts = ()
    """What of ``fetch:`` in the settings brings the years, by name; without any, where the table comes from is said."""
    known: tuple[StrictInt, ...] = ()
    """Years known to be lacking: they are named as a note."""
    needed: StrictBool = False
    """Whether nothing can be made without the years: then they are no warning but an error."""

    def find(self, tables: Tables) -> Iterator[Implausible]:
        """Look for the years of each setting."""
        there = {*encoded(tables.own[self.column]).values()}
        for setting in self.settings:
            absent = [year for year in tables.asked.years.get(setting, ()) if year not in there]
            known = [year for year in absent if year in self.known]
            new = [year for year in absent if year not in self.known]
            found: tuple[tuple[list[int], Severity], ...] = (
                (new, "error" if self.needed else "warning"),
                (known, "note"),
            )
            for years, severity in found:
                if years:
                    problem = Message("checks.no_years", {"years": _runs(years), "setting": setting})
                    yield Implausible(None, self.column, problem, self._advice(tables), severity=severity)

    def _advice(self, tables: Tables) -> Message:
        about: dict[str, Word] = {"lost": self.lost, "source": tables.source}
        if not self.fetch:
            return Message("checks.years_from", about)
        only = " ".join(f"--only {name}" for name in self.fetch)
        return Message("checks.fetch_years", {**about, "only": only})


class Between(Check):
    """Years of a table that lie between its first and its last, where the report compares these two."""

    WHOLE = True
    kind: Literal["between"]
    column: OneColumn = Field(alias="columns")
    """The year (``columns``, a list of one)."""
    lost: Both
    """What the report says of the years between, a sentence in both languages."""

    def find(self, tables: Tables) -> Iterator[Implausible]:
        """Name the years between."""
        years = sorted({int(year) for year in encoded(tables.own[self.column]).values() if is_number(year)})
        if between := years[1:-1]:
            about = {"years": _runs(between), "first": str(years[0]), "last": str(years[-1])}
            problem, advice = Message("checks.between", about), Message("checks.noted", {"note": self.lost})
            yield Implausible(None, self.column, problem, advice)


def _runs(years: Sequence[int]) -> str:
    """Write years in order, those that follow on each other with a dash between first and last."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
