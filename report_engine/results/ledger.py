"""The report's own results: the ledger of all claims and the counts and settings that summary and appendices quote."""

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, get_args

from report_engine.contracts import study
from report_engine.methods.perturbation import FEW
from report_engine.model.section import Claim, Column, Fact, Outcome, Provenance, Section, Table, combine
from report_engine.model.verdicts import EVIDENCE, VERDICT_WORDS, Evidence
from report_engine.results import claim_notes as notes
from report_engine.results.tables import MISSING, ORIGIN_WORDS, marked_verdict, tally, verdict_column
from report_engine.results.tables import markdown as table_html
from report_engine.words.editions import EDITIONS, Edition, Text
from report_engine.words.numbers import both, count_words
from report_engine.words.report import labels, say

if TYPE_CHECKING:
    from report_engine.settings.settings import Settings

_NO_SYNTHETIC, _SOME_SYNTHETIC = say("data_state.no_synthetic"), say("data_state.some_synthetic")
DATA_STATE: Mapping[str, Text] = {
    "official": _NO_SYNTHETIC,
    "literature": _NO_SYNTHETIC,
    "none": _NO_SYNTHETIC,
    "mixed": _SOME_SYNTHETIC,
    "synthetic": _SOME_SYNTHETIC,
}
"""What stands on the title page, by the origin of all claims together."""


def report(
    claims: Sequence[Claim], counts: Mapping[str, int], origins: Mapping[str, set[str]], settings: "Settings"
) -> Section:
    """Build the section ``report``: the ledger (in the order of ``claims``) and facts on the report as a whole.

    ``counts`` holds the number of ``figures``, ``tables`` and ``facts`` of all sections, ``origins`` by table where the rows come
    from that sections took from it: what chapters say of synthetic data stands only where these say so.
    """
    facts = (*_facts(claims, counts, settings), *_origins(origins))
    return Section("report", figures=(), tables=(ledger(claims),), facts=facts, claims=())


def _origins(origins: Mapping[str, set[str]]) -> tuple[Fact, ...]:
    found = {table: combine(parts) for table, parts in sorted(origins.items())}
    return tuple(
        Fact(f"report.origin_{table}", None, ORIGIN_WORDS[origin], "text", (table,), origin)
        for table, origin in found.items()
    )


# What a link says where its target is not in the document; else the filters write "Figur 3".
_SHOWN_WORDS = labels("ledger.shown_in")

_LEFT = ' style="text-align: left"'

COLUMNS = (
    Column("claim", say("ledger.claim")),
    verdict_column(),
    *(Column(key, say(f"ledger.{key}")) for key in ("reason", "size", "firmness", "figure")),
)


def ledger(claims: Sequence[Claim]) -> Table:
    """List every claim with its section, verdict, the numbers that decided, how firmly, and where it is shown."""
    import pandas as pd

    rows = [_row(claim) for claim in claims]
    return Table(
        name="ledger",
        data=pd.DataFrame(rows, columns=list(rows[0])),
        columns=COLUMNS,
        caption=say("ledger.caption", tally=tally(claims)),
        provenance=Provenance(
            source=say("ledger.source"),
            origin=combine({claim.origin for claim in claims}),
            tables=tuple(sorted({name for claim in claims for name in claim.tables})),
        ),
    )


def _row(claim: Claim) -> dict[str, Any]:
    size, firm = claim.verdict.effect, claim.robustness
    return {
        "claim": claim.id,
        "section": claim.id.split(".")[0],
        "verdict": claim.verdict.outcome,
        "value": size and size.value,
        "unit": size and size.unit,
        "low": size and size.low,
        "high": size and size.high,
        "cases": size and size.n,
        "same": firm and firm.same,
        "draws": firm and firm.draws,
        "figure": claim.figure,
    }


def markdown(claims: Sequence[Claim], tables: Sequence[str], edition: Edition) -> str:
    """Write the ledger: a group of rows a section, each statement linked to its sentence and to what shows it.

    ``tables`` lists the report's tables (``section/name``). The filters put the rows in the order of the sentences.
    """
    sections = dict.fromkeys(claim.id.split(".")[0] for claim in claims)
    bodies = []
    for section in sections:
        title = escape(study.load().sections[section][edition] if section in study.load().sections else section)
        group = f'<tr><th scope="rowgroup" colspan="{len(COLUMNS)}"{_LEFT}><strong>{title}</strong></th></tr>'
        rows = [_written(claim, tables, edition) for claim in claims if claim.id.split(".")[0] == section]
        bodies.append("\n".join([group, *rows]))
    return table_html(ledger(claims), bodies, edition)


def _written(claim: Claim, tables: Sequence[str], edition: Edition) -> str:
    statement = f'<a href="#{notes.anchor("claim", claim.id)}">{escape(claim.statement[edition])}</a>'
    size, firm = claim.verdict.effect, claim.robustness
    shown = notes.shown_in(claim, tables)
    word = _SHOWN_WORDS["tbl" if claim.figure in tables else "fig"][edition]
    cells = [
        escape(marked_verdict(claim)[edition]),
        escape(claim.verdict.reason[edition]),
        escape(notes.size(size, edition)) if size else MISSING,
        escape(notes.firmness(firm, edition)) if firm else MISSING,
        f'<a class="figure-link" href="#{shown}">{word}</a>' if shown else MISSING,
    ]
    row = f'<span id="{notes.anchor("ledger", claim.id)}">{statement}</span>'
    return f'<tr><th scope="row"{_LEFT}>{row}</th>{"".join(f"<td{_LEFT}>{cell}</td>" for cell in cells)}</tr>'


def tested(claims: Sequence[Claim]) -> dict[Evidence, list[Claim]]:
    """Give the claims that could be tested by their kind of evidence: official, published, synthetic."""
    found: dict[Evidence, list[Claim]] = {kind: [] for kind in get_args(Evidence)}
    for claim in claims:
        if claim.verdict.outcome != "untestable" and claim.origin in EVIDENCE:
            found[EVIDENCE[claim.origin]].append(claim)
    return found


def _listed(claims: Sequence[Claim], outcome: Outcome) -> Text:
    """Quote what claims of an outcome state, one after the other."""
    quoted = [
        say("listed.statement", statement=claim.statement) for claim in claims if claim.verdict.outcome == outcome
    ]
    return say("listed.all", statements=quoted) if quoted else say("listed.none")


def _facts(claims: Sequence[Claim], counts: Mapping[str, int], settings: "Settings") -> tuple[Fact, ...]:
    found = Counter(claim.verdict.outcome for claim in claims)
    by_evidence = tested(claims)
    numbers = {
        "claims_total": len(claims),
        "claims_tested": len(claims) - found["untestable"],
        **{f"claims_{outcome}": found[outcome] for outcome in VERDICT_WORDS},
        **{f"claims_{kind}": len(its) for kind, its in by_evidence.items()},
        **{f"claims_{kind}_holds": sum(c.verdict.outcome == "holds" for c in its) for kind, its in by_evidence.items()},
        "figures_total": counts["figures"],
        "tables_total": counts["tables"],
        "facts_total": counts["facts"],
        "smallest_cell": settings.smallest_cell,
        "smallest_with_design": FEW * settings.smallest_cell,
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
        *(Fact(f"report.listed_{o}", None, _listed(claims, o), "text", (), origin) for o in ("fails", "untestable")),
        Fact("report.tally", None, tally(claims), "text", (), origin),
        *(
            Fact(f"report.tally_{kind}", None, tally(its) if its else say("tally.none"), "text", (), origin)
            for kind, its in by_evidence.items()
        ),
        Fact("report.data_state", None, DATA_STATE[origin], "text", (), origin),
    )
