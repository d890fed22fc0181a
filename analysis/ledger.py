"""The report's own results: the ledger of all claims and the counts and settings that summary and appendices quote."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from analysis.model import EDITIONS, Claim, Column, Fact, Provenance, Section, Table, Text, combine
from analysis.numbers import both, count_words
from analysis.sections import SECTION_TITLES
from analysis.tables import VERDICT_WORDS, tally, verdict_column

if TYPE_CHECKING:
    from analysis.config import Settings

_NO_SYNTHETIC: Text = {
    "sv": "Alla uppgifter är officiell statistik eller publicerad forskning, med källa och år vid varje figur och tabell.",
    "en": "All data are official statistics or published research, with source and year at every figure and table.",
}
_SOME_SYNTHETIC: Text = {
    "sv": (
        "Rapporten vilar delvis på syntetiska data. Varje figur och tabell som gör det säger det; allt annat är officiell "
        "statistik eller publicerad forskning, med källa och år."
    ),
    "en": (
        "The report rests partly on synthetic data. Every figure and table that does says so; everything else is official "
        "statistics or published research, with source and year."
    ),
}
DATA_STATE: Mapping[str, Text] = {
    "official": _NO_SYNTHETIC,
    "literature": _NO_SYNTHETIC,
    "none": _NO_SYNTHETIC,
    "mixed": _SOME_SYNTHETIC,
    "synthetic": _SOME_SYNTHETIC,
}
"""What stands on the title page, by the origin of all claims together."""


def report(claims: Sequence[Claim], counts: Mapping[str, int], settings: "Settings") -> Section:
    """Build the section ``report``: the ledger (in the order of ``claims``) and facts on the report as a whole.

    ``counts`` holds the number of ``figures``, ``tables`` and ``facts`` of all sections.
    """
    return Section("report", figures=(), tables=(ledger(claims),), facts=_facts(claims, counts, settings), claims=())


def ledger(claims: Sequence[Claim]) -> Table:
    """List every claim with its section, verdict and what decided."""
    import pandas as pd

    rows = [
        {"claim": claim.id, "section": claim.id.split(".")[0], "verdict": claim.verdict.outcome, "reason": claim.id}
        for claim in claims
    ]
    return Table(
        name="ledger",
        data=pd.DataFrame(rows, columns=["claim", "section", "verdict", "reason"]),
        columns=(
            Column("claim", {"sv": "Påstående", "en": "Claim"}, labels={c.id: c.statement for c in claims}),
            Column("section", {"sv": "Avsnitt", "en": "Section"}, labels=SECTION_TITLES),
            verdict_column(),
            Column(
                "reason",
                {"sv": "Vad som avgjorde", "en": "What decided"},
                labels={c.id: c.verdict.reason for c in claims},
            ),
        ),
        caption={
            "sv": f"Alla påståenden i rapporten och deras utfall: {tally(claims)['sv']}.",
            "en": f"Every claim of the report and its verdict: {tally(claims)['en']}.",
        },
        provenance=Provenance(
            source={"sv": "Prövning av rapportens data", "en": "Tests on the report's data"},
            origin=combine({claim.origin for claim in claims}),
            tables=tuple(sorted({name for claim in claims for name in claim.tables})),
        ),
    )


def _facts(claims: Sequence[Claim], counts: Mapping[str, int], settings: "Settings") -> tuple[Fact, ...]:
    found = Counter(claim.verdict.outcome for claim in claims)
    numbers = {
        "claims_total": len(claims),
        **{f"claims_{outcome}": found[outcome] for outcome in VERDICT_WORDS},
        "figures_total": counts["figures"],
        "tables_total": counts["tables"],
        "facts_total": counts["facts"],
        "smallest_cell": settings.smallest_cell,
        "resamples": settings.bootstrap.resamples,
    }
    years = {
        "first_year": settings.years.first,
        "last_year": settings.years.last,
        "price_base": settings.price_base,
        "index_base": settings.index_base,
    }
    origin = combine({claim.origin for claim in claims})
    return (
        *(Fact(f"report.{key}", n, both(count_words, n), "count", (), origin) for key, n in numbers.items()),
        *(Fact(f"report.{key}", y, {e: str(y) for e in EDITIONS}, "year", (), origin) for key, y in years.items()),
        Fact("report.tally", None, tally(claims), "text", (), origin),
        Fact("report.data_state", None, DATA_STATE[origin], "text", (), origin),
    )
